"""导入: the file beside the fields, what would happen to every row, conflicts decided, one step that can be undone."""

from __future__ import annotations

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton

from models.store.history import done
from models.uscc import make
from tests.ui.desk import texts

Key, Ctrl = Qt.Key, Qt.KeyboardModifier.ControlModifier
HEADS = ["序号", "企业名称", "统一社会信用代码", "法人", "地址所在地", "备注"]


@pytest.fixture
def table(tmp_path, desk):
    """A roster: two enterprises that are there (one changed), two new ones, a destroyed code."""
    desk.window.open("enterprise", {})
    model = desk.window.current.model
    code = next(n for n, s in enumerate(model.columns) if s.field.id == "uscc")
    known = [(model.name_of(row), model.index(row, code).data()) for row in (0, 1)]
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "名录"
    sheet.append(["园区企业名录"])
    sheet.append(HEADS)
    sheet.append([1, *known[0], "赵新", "", ""])
    sheet.append([2, *known[1], "钱新", "示范路8号", ""])
    for number in (3, 4):
        sheet.append(
            [
                number,
                f"赣州新来{number}科技有限公司",
                make("91", "360700", f"MA9{number:02}T{number:02}"),
                "孙某",
                "",
                "甲",
            ]
        )
    sheet.append([5, "赣州失真科技有限公司", 9.13601e17, "李某", "", ""])
    path = tmp_path / "名录11月.xlsx"
    book.save(path)
    return path


@pytest.fixture
def page(desk, table):
    desk.session.go("importing", path=str(table), ledger="enterprise")
    desk.settle()
    return desk.window.current


def counts(page):
    return {kind: int(card.number.text()) for kind, card in page.preview.counts.items()}


def told(page):
    notice = page.outcome.notice
    return [each.text() for each in notice.findChildren(QLabel)]


def test_the_file_stands_beside_the_fields(page):
    assert page.header.title.text() == "导入 · 名录11月.xlsx"
    assert page.header.fact.text() == "1 张工作表 · 名录 5 行，标题在第 2 行"
    shown = {row[0]: row[2] for row in texts(page.columns.list)}
    assert shown["B 企业名称"] == "单位详细名称"
    assert shown["C 统一社会信用代码"] == "统一社会信用代码"
    assert shown["F 备注"] == "— 忽略 —"


def test_every_row_is_counted_before_anything_is_written(desk, page):
    assert counts(page) == {"新增": 2, "更新": 2, "相同": 0, "冲突": 0, "退回": 1}
    assert page.write.text() == "导入 4 行（可一步撤销）"
    first = texts(page.preview.list)[0]
    assert first[0] == "退回"
    assert "Excel" in first[4]
    assert first[5] == "名录!C7"
    assert done(desk.file)[0].kind == "演示"


def test_a_count_pressed_lists_its_kind_alone(desk, page):
    desk.click(page.preview.counts["新增"])
    assert [row[1] for row in texts(page.preview.list)] == ["赣州新来3科技有限公司", "赣州新来4科技有限公司"]
    desk.click(page.preview.counts["新增"])
    assert len(texts(page.preview.list)) > 2


def test_a_column_is_taken_for_another_field_with_keys_alone(desk, page):
    rows = [row[0] for row in texts(page.columns.list)]
    page.columns.list.setFocus()
    page.columns.list.select(rows.index("E 地址所在地"))
    desk.press(Key.Key_Return)
    for letter in "xxdz":
        desk.type(letter)
    desk.press(Key.Key_Return)
    assert {row[0]: row[2:4] for row in texts(page.columns.list)}["E 地址所在地"] == ["详细地址", "手选"]
    assert "示范路8号" in [row[4] for row in texts(page.preview.list)]


def test_the_import_is_one_step_and_one_undo_takes_it_back(desk, page):
    before = len(done(desk.file))
    desk.click(page.write)
    assert told(page)[0] == "已导入“名录11月.xlsx”"
    assert len(done(desk.file)) == before + 1
    assert desk.window.nav.items["enterprise"].count.text() == "26"
    assert list((desk.file.path.parent).glob("*/*导入前*"))
    desk.press(Key.Key_Z, Ctrl)
    assert desk.window.nav.items["enterprise"].count.text() == "24"


def test_what_was_typed_by_hand_stays_unless_the_file_is_chosen(desk, table):
    desk.turn("enterprise")
    model = desk.window.current.model
    column = next(n for n, s in enumerate(model.columns) if s.field.label == "法定代表人")
    desk.window.current.grid.go(0, column)
    desk.window.current.grid.setFocus()
    desk.type("王手填")
    desk.press(Key.Key_Return)
    desk.session.go("importing", path=str(table), ledger="enterprise")
    desk.settle()
    page = desk.window.current
    assert counts(page)["冲突"] == 1
    row = next(n for n, line in enumerate(texts(page.preview.list)) if line[0] == "冲突")
    assert texts(page.preview.list)[row][3:5] == ["✓ 王手填（手填）", "赵新"]
    desk.click_row(page.preview.list, row, 4)
    assert texts(page.preview.list)[row][3:5] == ["王手填（手填）", "✓ 赵新"]
    desk.click(page.write)
    desk.turn("enterprise")
    assert model.index(0, column).data() == "赵新"


def test_the_rows_that_come_back_are_saved_red(desk, page, monkeypatch, tmp_path):
    target = tmp_path / "退回.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    desk.click(page.red)
    assert told(page)[0] == "退回行已存好"
    assert [each.text() for each in page.outcome.findChildren(QPushButton)] == ["打开", "打开所在文件夹"]
    assert openpyxl.load_workbook(target)["名录"]["C7"].fill.fgColor.rgb == "FFFFC7CE"


def test_a_file_that_is_no_such_table_says_so_in_one_sentence(desk, tmp_path):
    path = tmp_path / "说明.csv"
    path.write_text("1,2\n3,4\n", encoding="utf-8")
    desk.session.go("importing", path=str(path), ledger="enterprise")
    desk.settle()
    page = desk.window.current
    head, text = told(page)[:2]
    assert head == "没有导入"
    assert "说明.csv" in text
    assert not page.write.isVisible()


def test_columns_nobody_knows_are_matched_by_hand_and_known_the_next_time(desk, tmp_path):
    path = tmp_path / "上市公司.csv"
    path.write_text("code,stockName,ipoDate\n600000,浦发示范银行,1999/11/10\n", encoding="gbk")
    desk.session.go("importing", path=str(path), ledger="enterprise")
    desk.settle()
    page = desk.window.current
    assert told(page)[0] == "还不能导入"
    assert "手工对上" in told(page)[1]
    assert not page.write.isVisible()
    assert not page.preview.isVisible()
    take(desk, page, "A code", "zqdm")
    assert told(page)[0] == "还不能导入"
    take(desk, page, "B stockName", "dwxxmc")
    assert counts(page)["新增"] == 1
    assert page.outcome.notice is None
    desk.click(page.write)
    desk.settle()
    page.open(path)
    desk.settle()
    assert counts(page)["相同"] == 1
    assert {row[0]: row[3] for row in texts(page.columns.list)}["B stockName"] == "记得"


def take(desk, page, column, letters):
    page.columns.list.setFocus()
    page.columns.list.select([row[0] for row in texts(page.columns.list)].index(column))
    desk.press(Key.Key_Return)
    for letter in letters:
        desk.type(letter)
    desk.press(Key.Key_Return)
    desk.settle()


def test_what_else_the_file_holds_is_told(desk, tmp_path):
    book = openpyxl.Workbook()
    for name, state in (("一月", "visible"), ("二月", "visible"), ("旧表", "hidden")):
        sheet = book.create_sheet(name)
        sheet.append(["企业名称", "法人"])
        sheet.append([f"{name}公司", "某"])
        sheet.sheet_state = state
    book.remove(book["Sheet"])
    book.save(tmp_path / "多表.xlsx")
    desk.session.go("importing", path=str(tmp_path / "多表.xlsx"), ledger="enterprise")
    desk.settle()
    page = desk.window.current
    head, text = told(page)[:2]
    assert head == "请留意"
    assert "“二月”（1 行）" in text
    assert "隐藏的工作表“旧表”" in text
    assert page.write.isEnabled()


def test_a_file_dropped_on_a_ledger_is_imported_there(desk, table):
    desk.turn("enterprise")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(table))])
    held = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(desk.window, QDragEnterEvent(QPoint(300, 300), *held))
    QApplication.sendEvent(desk.window, QDropEvent(QPointF(300, 300), *held))
    desk.settle()
    assert desk.window.current.header.title.text() == "导入 · 名录11月.xlsx"
    assert counts(desk.window.current)["新增"] == 2


def test_a_table_copied_with_its_headings_is_pasted_and_previewed(desk):
    page = desk.turn("importing")
    QApplication.clipboard().setText(
        "企业名称\t统一社会信用代码\t法人\r\n赣州新来科技有限公司\t91360703DEM6FRH80K\t赵新\r\n"
    )
    desk.press(Key.Key_V, Ctrl)
    assert page.path.name == "剪贴板.csv"
    assert counts(page)["新增"] + counts(page)["更新"] == 1
    assert done(desk.file, 1)[0].kind != "导入"
    desk.click(page.write)
    assert done(desk.file, 1)[0].kind == "导入"


def test_without_a_table_on_the_clipboard_it_says_what_to_do(desk):
    page = desk.turn("importing")
    QApplication.clipboard().setText("只有几个字")
    said = []
    desk.session.said.connect(lambda text, tone: said.append((text, tone)))
    desk.press(Key.Key_V, Ctrl)
    assert page.path is None
    assert said[-1][1] == "error"
    assert "连标题一起复制" in said[-1][0]
