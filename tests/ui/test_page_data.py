"""数据与备份: backups and going back to one, the history, deleted rows, a colleague's file; by real clicks and keys."""

from __future__ import annotations

import csv
import shutil

import openpyxl
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFileDialog, QPushButton

from models.kinds import Raw
from models.ledgers import BY_ID
from models.store.backup import backup
from models.store.batches import batch
from models.store.content import content_hash
from models.store.file import DataFile
from models.store.history import done
from models.store.rotation import BEFORE_MERGE, BY_HAND, backups_of
from models.store.rows import Rows
from tests.ui.desk import texts
from ui.app import make_window
from ui.pages import data as data_module
from ui.pages.data_history import days

ENTERPRISE = BY_ID["enterprise"]


@pytest.fixture
def page(desk):
    return desk.turn("data")


def tab(desk, name):
    """Click a tab of the page."""
    button = next(each for each in desk.window.current.tabs.findChildren(QPushButton) if each.text() == name)
    desk.click(button)


def first(desk, number=0):
    return desk.session.names.all(ENTERPRISE, desk.session.zone)[number]


def change(desk, row, **values):
    assert desk.session.write("录入", f"改 {'、'.join(values)}", lambda work: work.set(ENTERPRISE, row, values))
    desk.settle()


def value(desk, row, name):
    with desk.file.reading() as connection:
        return Rows(connection, desk.session.zone).values_of(ENTERPRISE, [row], [name])[row][name]


# --- the file and its backups


def test_the_file_is_told_and_checked(desk, page):
    assert page.where.text() == str(desk.file.path)
    assert "还没有检查过" in page.whole.text()
    desk.click(page.check)
    assert "上次检查 今天" in page.whole.text()
    assert page.whole.text().split("　")[1].endswith("完好")
    assert "完好" in desk.window.status.said.text()


def test_faults_of_the_file_are_listed(desk, page, monkeypatch):
    monkeypatch.setattr(data_module, "check", lambda path: [f"第 {n} 处不对" for n in range(20)])
    desk.click(page.check)
    assert page.notice.head.text() == "数据文件有 20 处不对"
    assert page.notice.text.text().endswith("第 7 处不对\n另有 12 处")


def test_a_backup_is_made_at_once_and_verified(desk, page):
    desk.click(page.now)
    (made,) = backups_of(desk.file.path)
    assert made.reason == BY_HAND
    assert texts(page.backups.list)[0][1:2] == ["手动"]
    assert page.backups.list.current() == made
    desk.click(page.backups.verify)
    assert texts(page.backups.list)[0][3] == "完好"
    made.path.write_bytes(made.path.read_bytes()[:-5000])
    desk.click(page.backups.verify)
    assert texts(page.backups.list)[0][3] == "已损坏"
    assert "不能用来恢复" in desk.window.status.said.text()


def test_a_second_copy_goes_to_the_folder_that_was_set(desk, page, tmp_path):
    desk.session.settings.put("backup/second", str(tmp_path / "U盘"))
    desk.click(page.now)
    assert "U 盘没有插上" in desk.window.status.said.text()
    assert len(backups_of(desk.file.path)) == 1
    (tmp_path / "U盘").mkdir()
    desk.click(page.now)
    assert len(backups_of(desk.file.path, tmp_path / "U盘")) == 1


def test_a_backup_is_saved_elsewhere_but_never_over_somebodys_file(desk, page, tmp_path, monkeypatch):
    target = tmp_path / "存这里"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    desk.click_text("另存备份到…")
    saved = target.with_suffix(".db")
    assert content_hash(saved) == content_hash(desk.file.path)
    saved.write_bytes(b"PK a zip of somebody's" * 20)
    desk.click_text("另存备份到…")
    assert saved.read_bytes().startswith(b"PK")
    assert "不是园区年报通的数据文件" in desk.window.status.said.text()


def test_what_a_restore_replaces_is_shown_before(desk, page):
    desk.click(page.now)
    row = first(desk).value
    change(desk, row, tel="1")
    change(desk, row, tel="2")
    page = desk.turn("data")
    desk.click(page.backups.restore)
    assert "备份以后的 2 步会不在：改 tel、改 tel" in page.backups.sure.text.text()
    assert "不会丢" in page.backups.sure.text.text()
    desk.click_text("不恢复")
    assert page.backups.sure.isHidden()
    assert value(desk, row, "tel") == "2"


def test_on_a_small_screen_the_question_and_its_buttons_are_whole(desk, page):
    desk.click(page.now)
    desk.window.resize(880, 480)
    desk.settle()
    desk.click(page.backups.restore)
    for widget in (page.backups.yes, page.backups.sure.text):
        assert (
            widget.height() >= widget.heightForWidth(widget.width())
            if widget.hasHeightForWidth()
            else widget.sizeHint().height()
        )
        assert widget.mapTo(page, widget.rect().bottomRight()).y() < page.height()
    desk.click_text("不恢复")
    assert page.backups.tools.isVisible()


# --- drives


@pytest.mark.parametrize(("network", "stick", "said"), [(False, True, "可移动盘"), (True, False, "")])
def test_a_drive_that_does_not_do_is_told(desk, page, monkeypatch, network, stick, said):
    monkeypatch.setattr(data_module, "on_network", lambda _: network)
    monkeypatch.setattr(data_module, "on_removable", lambda _: stick)
    page.arrive({})
    assert said in page.notice.text.text()
    assert page.copy.isHidden() is False
    assert page.now.isEnabled() is not network


# --- the history


def test_steps_are_found_by_name_person_and_day(desk, page, qtbot):
    row = first(desk, 3)
    change(desk, row.value, tel="0797-1")
    desk.file.sign_as("李四")
    change(desk, first(desk, 4).value, tel="0797-2")
    tab(desk, "历史")
    history = page.history
    assert [line[1] for line in texts(history.list)][:2] == ["李四", "录入员"]
    history.find.setFocus()
    desk.type(row.text)
    qtbot.waitUntil(
        lambda: [line[2] for line in texts(history.list)] == ["改 tel", texts(history.list)[-1][2]], timeout=3000
    )
    desk.press(Qt.Key.Key_Escape)
    history.who.menu().aboutToShow.emit()
    next(action for action in history.who.menu().actions() if action.text() == "李四").trigger()
    assert [line[1] for line in texts(history.list)] == ["李四"]
    history.day.setFocus()
    desk.type("20200101")
    qtbot.waitUntil(lambda: texts(history.list) == [], timeout=3000)
    assert history.title.text() == "没有符合的"


@pytest.mark.parametrize(
    ("typed", "span"),
    [("20251105", ("2025-11-05", "2025-11-05")), ("2025年11月", ("2025-11-01", "2025-11-31")), ("2025.11.5", ("2025-11-05", "2025-11-05")),
     ("", ("", "")), ("昨天", ("", ""))],
)  # fmt: skip
def test_days_as_they_are_typed(typed, span):
    assert days(typed) == span


def test_a_step_opened_tells_old_and_new_and_is_taken_back(desk, page):
    row = first(desk)
    old = value(desk, row.value, "tel")
    change(desk, row.value, tel="0797-9", legal_rep="王某")
    tab(desk, "历史")
    history = page.history
    lines = texts(history.steps)
    assert lines[0][0] == f"企业 · {row.text} · 修改"
    assert [line[0] for line in lines[1:]] == ["法定代表人", "联系电话"]
    assert lines[2][1:] == [old, "0797-9"]
    desk.click(history.undo)
    assert value(desk, row.value, "tel") == old
    assert texts(history.list)[1][5] == "已撤销"
    desk.click_row(history.list, 1)
    assert history.undo.isHidden()
    assert "已撤销它" in history.why.text()


def test_rows_that_stay_are_told(desk, page):
    row, other = first(desk), first(desk, 1)
    desk.session.write(
        "粘贴", "一列", lambda work: work.set_many(ENTERPRISE, {each.value: {"tel": "旧"} for each in (row, other)})
    )
    change(desk, row.value, tel="新")
    tab(desk, "历史")
    desk.click_row(page.history.list, 1)
    desk.click(page.history.undo)
    assert value(desk, row.value, "tel") == "新"
    assert value(desk, other.value, "tel") != "旧"
    assert texts(page.history.steps) == [["企业", row.text, "同一格后来又改过，没有撤销"]]
    assert "有 1 行没动" in desk.window.status.said.text()


def test_one_record_s_own_history(desk):
    row = first(desk, 2)
    change(desk, row.value, tel="1")
    change(desk, first(desk, 5).value, tel="2")
    desk.session.go("data", row=row.value, name=row.text)
    page = desk.window.current
    assert page.at == 1
    assert page.history.of_row.text() == f"只看“{row.text}” ×"
    assert texts(page.history.list)[0][2] == "改 tel"
    count = len(texts(page.history.list))
    desk.click(page.history.of_row)
    assert len(texts(page.history.list)) > count


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_history_is_exported(desk, page, tmp_path, monkeypatch, kind):
    row = first(desk)
    change(desk, row.value, address="=1+1")
    youth = BY_ID["tw_youth"]
    person = desk.session.names.all(youth, desk.session.zone)[0].value
    desk.session.write("录入", "改证件", lambda work: work.set(youth, person, {"id_no": "87654321"}))
    tab(desk, "历史")
    path = tmp_path / f"历史.{kind}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    desk.click(page.history.export)
    if kind == "csv":
        rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    else:
        rows = [
            [cell or "" for cell in line] for line in openpyxl.load_workbook(path).active.iter_rows(values_only=True)
        ]
    assert rows[0][:3] == ["步", "时间", "谁"]
    change_line = next(line for line in rows if line[12] == "=1+1")
    assert change_line[6:8] == ["企业", row.text]
    assert not any("87654321" in cell for line in rows for cell in line)
    assert any(line[12] == "（个人信息）" for line in rows)
    assert len(rows) > 1000
    assert f"{len(rows) - 1:,} 行" in desk.window.status.said.text()


# --- deleted rows


def test_a_deleted_row_comes_back_with_what_went_with_it(desk, page):
    row = first(desk)
    before = content_hash(desk.file.path)
    desk.session.write("删除", "删除企业 1 行", lambda work: work.remove(ENTERPRISE, [row.value]))
    tab(desk, "回收站")
    desk.settle()
    (line,) = texts(page.bin.list)
    assert line[:2] == ["企业", row.text]
    assert page.bin.list.current().others > 5
    desk.click(page.bin.back)
    assert desk.window.current.ledger is ENTERPRISE
    assert content_hash(desk.file.path) == before
    desk.turn("data")
    desk.settle()
    assert page.bin.empty.isVisible()


def test_what_was_only_taken_back_is_not_in_the_bin(desk, page):
    desk.session.write("录入", "新增", lambda work: work.add(ENTERPRISE, {"ent_name": "来了又走"}))
    desk.session.undo()
    tab(desk, "回收站")
    desk.settle()
    assert texts(page.bin.list) == []


# --- a colleague's file


@pytest.fixture
def hers(desk, tmp_path):
    """A colleague's copy: one telephone changed, one changed that is changed here too, one enterprise added."""
    path = backup(desk.file.path, tmp_path / "李四.db")
    one, both = first(desk), first(desk, 1)
    change(desk, both.value, tel="我改的")
    with DataFile(path, who="李四") as file:
        zone = desk.session.zone
        with batch(file, zone, "录入", "改") as work:
            work.set(ENTERPRISE, one.value, {"tel": "她改的"})
        with batch(file, zone, "录入", "改") as work:
            work.set(ENTERPRISE, both.value, {"tel": "她也改的"})
        with batch(file, zone, "录入", "新增") as work:
            work.add(ENTERPRISE, {"ent_name": "她加的", "uscc": Raw("没有代码")})
    return path


def numbers(merge):
    return [card.number.text() for card in merge.counts.values()]


def test_a_colleagues_file_is_previewed_chosen_merged_and_taken_back(desk, page, hers, monkeypatch):
    before = content_hash(desk.file.path, ids=True)
    tab(desk, "合并同事的文件")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(hers), ""))
    desk.click(page.merge.choose)
    merge = page.merge
    assert [numbers(merge)[n] for n in (0, 1, 3, 4)] == ["1", "1", "0", "1"]
    assert content_hash(desk.file.path, ids=True) == before
    (line,) = texts(merge.list)
    assert (line[1], line[2]) == (first(desk, 1).text, "联系电话")
    assert line[3].endswith("我改的")
    assert line[5] == "✓ 她也改的"  # the later one
    at = merge.list.visualRect(merge.list.lines.index(0, 3)).center()
    desk.qtbot.mouseClick(merge.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(at))
    assert texts(merge.list)[0][3] == "✓ 我改的"
    merge.list.setFocus()
    desk.press(Qt.Key.Key_Return)  # the other one
    assert texts(merge.list)[0][5] == "✓ 她也改的"
    desk.click_text("全用本文件的")
    desk.click(merge.go)
    assert value(desk, first(desk).value, "tel") == "她改的"
    assert value(desk, first(desk, 1).value, "tel") == "我改的"
    assert "她加的" in [each.text for each in desk.session.names.all(ENTERPRISE, desk.session.zone)]
    assert merge.notice.head.text() == "已合并“李四.db”"
    assert [each.reason for each in backups_of(desk.file.path)] == [BEFORE_MERGE]
    desk.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert content_hash(desk.file.path, ids=True) == before
    assert done(desk.file)[0].title == "撤销：合并“李四.db”"


def test_a_file_that_cannot_be_merged_is_told(desk, page, tmp_path):
    (tmp_path / "x.db").write_bytes(b"PK something else" * 100)
    desk.session.go("data", path=str(tmp_path / "x.db"))
    desk.settle()
    assert page.merge.notice.head.text() == "没有合并"
    assert "不是园区年报通的数据文件" in page.merge.notice.text.text()
    assert page.merge.empty.isVisible()


def test_a_file_for_looking_only_offers_nothing_that_writes(qtbot, demo, tmp_path, look):
    shutil.copy(demo, tmp_path / "a.db")
    with DataFile(tmp_path / "a.db", read_only=True) as file:
        window = make_window(file, look, page="data")
        qtbot.addWidget(window)
        window.show()
        window.current.tabs.choose(1)
        assert window.current.history.undo.isHidden()
        assert window.current.history.why.text() == "这个文件只能看"
