"""名单: the lists counted at the left, rows with why at the right, rates with the rows behind, the monthly round, Excel and paper."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton

from models.ledgers import ledger
from models.ledgers.project import PROJECT
from models.moves import round_of
from models.packs.pack import pack
from models.packs.rosters import Roster
from models.periods import Period
from models.rosters import Rosters
from tests.ui.desk import texts
from tests.ui.layout import unheaded
from tests.ui.sample import NOW
from ui.pages.audit_settings import decide
from ui.pages.roster_panel import sheets

Key = Qt.Key


@pytest.fixture
def page(desk):
    return desk.turn("rosters")


def choose(desk, page, name):
    """Go to a list with the arrow keys, as a clerk does."""
    page.list.setFocus()
    rows = page.list.lines.rows
    place = next(n for n, row in enumerate(rows) if name in (row.of, getattr(row.of, "id", None)))
    for _ in range(len(rows)):
        at = page.list.currentIndex().row()
        if at == place:
            break
        desk.press(Key.Key_Down if at < place else Key.Key_Up)
    desk.settle()
    assert page.list.currentIndex().row() == place


def listed(desk, of, today=None):
    chosen = pack("台办")
    with desk.file.reading() as connection:
        lists = Rosters(connection, chosen, [desk.session.zone], NOW, today or date.today())
        return lists.found(next(each for each in chosen.rosters if each.id == of))


def test_every_list_is_there_with_its_number_of_rows(desk, page):
    shown = {row.of.id: row.cells[1].text for row in page.list.lines.rows if isinstance(row.of, Roster)}
    assert shown == {each.id: f"{len(listed(desk, each.id).rows):,}" for each in pack("台办").rosters}
    assert "14 张名单" in page.header.fact.text()


@pytest.mark.parametrize("id", [each.id for each in pack("台办").rosters])
def test_where_there_is_little_room_long_texts_give_way_and_no_heading(desk, look, page, id):
    look.apply(scale=1.5)
    desk.window.resize(1366, 768)
    choose(desk, page, id)
    assert list(unheaded(page.panel.list)) == []


def test_the_rows_of_a_list_with_why_and_days(desk, page):
    choose(desk, page, "MD01")
    told = listed(desk, "MD01")
    shown = texts(page.panel.list)
    assert [row[0] for row in shown] == [each.title.name for each in told.rows]
    assert [row[-1] for row in shown] == [each.why for each in told.rows]
    assert [row[-2] for row in shown] == ["" if each.days is None else f"{each.days:,}" for each in told.rows]
    inks = [row.cells[-2].ink == "error" for row in page.panel.list.lines.rows]
    assert inks == [each.late for each in told.rows]
    assert any(inks)
    assert "建立完善储备" in page.panel.words.text()
    assert page.panel.told.text().startswith("为什么在名单里：在“")


def tabs(page):
    return [each for each in page.panel.tabs.findChildren(QPushButton) if not each.isHidden()]


def test_a_stage_is_shown_alone_and_those_left_out_say_why(desk, page):
    choose(desk, page, "MD01")
    told = listed(desk, "MD01")
    (tab,) = (each for each in tabs(page) if each.text().startswith("签约 "))
    desk.click(tab)
    assert {row[3] for row in texts(page.panel.list)} == {"签约"}
    assert f"签约 {len(texts(page.panel.list))}" == tab.text()
    desk.click(tabs(page)[-1])
    assert tabs(page)[-1].text() == f"没列入 {len(told.left_out)}"
    assert {row[1] for row in texts(page.panel.list)} == {"不满足 当前阶段 ≠ 终止"}
    assert page.panel.told.text().startswith("没列入：")


def test_columns_hidden_for_one_list_come_back_for_another(desk, page):
    choose(desk, page, "MD01")
    choose(desk, page, "MD07")
    lines = page.panel.list
    assert not lines.isColumnHidden(lines.lines.columnCount() - 1)
    assert lines.lines.heads[-1].label == "为什么在名单里"


def test_enter_leads_to_the_record(desk, page):
    choose(desk, page, "MD02")
    desk.press(Key.Key_Return)
    assert page.panel.list.hasFocus()
    desk.press(Key.Key_Down)
    wanted = page.panel.list.current().id
    desk.press(Key.Key_Return)
    desk.settle()
    there = desk.window.current
    assert there.ledger is PROJECT
    assert there.model.ids[there.grid.currentIndex().row()] == wanted


def test_a_rate_opens_the_rows_behind_it(desk, page):
    choose(desk, page, "MD01")
    (button,) = (each for each in page.panel.rates.findChildren(QPushButton) if each.text().startswith("进资率"))
    rate = listed(desk, "MD01").rates[3]
    assert button.text() == f"进资率 {rate.told}"
    desk.click(button)
    assert page.panel.behind.isVisible()
    assert not page.panel.list.isVisible()
    amounts = [Decimal(row[1].replace(",", "")) for row in texts(page.panel.behind.list) if row[1]]
    signed = [each for each in listed(desk, "MD01").rows if each.cells[3][:4] == "2025"]
    assert len(amounts) >= len(signed)
    desk.click(page.panel.back)
    assert page.panel.list.isVisible()


def test_the_list_follows_a_changed_record(desk, page):
    choose(desk, page, "MD01")
    gone = page.panel.list.current()
    desk.session.write("录入", "终止", lambda work: work.set(PROJECT, gone.id, {"stage": "90", "d_stop": 20251101}))
    desk.settle()
    assert gone.id not in [row.of.id for row in page.panel.list.lines.rows]
    assert gone.id in [each.id for each in page.panel.found.left_out]


def test_the_monthly_round_adds_up_and_the_month_changes(desk, page):
    choose(desk, page, "一月一调度")
    assert page.round.title.text() == "一月一调度　2025年12月"
    desk.click(page.round.before)
    assert page.round.title.text() == "一月一调度　2025年11月"
    with desk.file.reading() as connection:
        told = round_of(connection, [desk.session.zone], Period(2025, "M", 11))
    shown = texts(page.round.stages)
    assert [row[0] for row in shown] == [*(each.name for each in told.stages), "合计"]
    for row in shown:
        before, came, went, after = (int(text.replace("·", "0")) for text in row[1:5])
        assert before + came - went == after
        assert row[5] == f"{after} ✓"
    assert [row[0] for row in texts(page.round.list)] == [each.title.name for each in told.moved]
    desk.click(page.round.tabs.findChildren(QPushButton)[-2])
    assert [row[0] for row in texts(page.round.list)] == [each.title.name for each in told.still(3)]
    page.round.list.setFocus()
    desk.press(Key.Key_Return)
    desk.settle()
    assert desk.window.current.ledger is ledger("项目")


def test_a_list_is_exported_with_exact_numbers_and_those_left_out(desk, page, monkeypatch, tmp_path):
    choose(desk, page, "MD09")
    path = tmp_path / "闲置.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(path), ""))
    desk.click_text("导出 Excel")
    told = listed(desk, "MD09")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["闲置土地", "没列入", "所用的阈值"]
    assert book["所用的阈值"]["A2"].value == "闲置天数上限 730"
    head, *rows = book["闲置土地"].iter_rows(values_only=True)
    assert head[:4] == ("宗地", "编号", "坐落", "宗地面积（㎡）")
    assert [row[1] for row in rows] == [each.title.key for each in told.rows]
    assert [Decimal(str(row[3])) for row in rows] == [Decimal(each.cells[1].replace(",", "")) for each in told.rows]
    assert [row[-1] for row in rows] == [each.why for each in told.rows]
    assert book["没列入"].max_row == len(told.left_out) + 1
    assert f"已导出 {len(rows)} 行" in page.panel.outcome.notice.text.text()


def test_a_list_is_printed_as_it_is_shown(desk, page):
    choose(desk, page, "MD12")
    page.panel.list.setFocus()
    desk.press(Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    preview = page.panel.printing.preview
    assert preview.isVisible()


def test_another_return_brings_its_own_lists(desk, page):
    desk.session.show_scope(pack="工信")
    desk.settle()
    ids = [row.of.id for row in page.list.lines.rows if isinstance(row.of, Roster)]
    assert "JX-M1" in ids
    assert "TW-M1" not in ids


def test_a_limit_changed_in_the_settings_shows_in_the_list(desk, page):
    """Written as the panel 规则与阈值 does; the list says the limit it goes by, and the workbook too."""
    choose(desk, page, "MD01")
    assert "按 项目停留天数 180　" in page.panel.scope.text()
    before = sum(row.cells[-2].ink == "error" for row in page.panel.list.lines.rows)
    desk.turn("audit")
    assert decide(desk.session, "项目停留天数", "1", "领导要求逐日盯紧每一个项目")
    desk.turn("rosters")
    desk.settle()
    assert "项目停留天数 1（改过，报表包 180；" in page.panel.scope.text()
    assert sum(row.cells[-2].ink == "error" for row in page.panel.list.lines.rows) > before
    assert sheets(page.panel.found)[-1][0] == "所用的阈值"
    assert "改过，报表包 180" in sheets(page.panel.found)[-1][2][0][0]
