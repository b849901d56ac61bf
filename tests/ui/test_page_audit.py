"""审核: the verdict, each finding with its scene, the way to the cell, explanations; kept up to date while the clerk types."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from models.packs.pack import pack
from models.store.history import done
from tests.models.demo_rows import named
from tests.ui.desk import texts
from ui.pages.audit import BY_LEDGER, BY_RECORD, UNKNOWN

Key, Ctrl, Shift = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
DOUBLED, SURGED, LEFT_OUT = named("P013"), named("P014", 1), named("E013")


@pytest.fixture
def page(desk):
    return desk.turn("audit")


def choose(desk, page, rule, name):
    rows = [row.of for row in page.list.lines.rows]
    place = next(n for n, each in enumerate(rows) if each and each.rule.id == rule and each.title.name == name)
    desk.click_row(page.list, place, 3)


def test_the_verdict_and_the_counts_say_the_same_everywhere(desk, page):
    assert page.verdict.text() == "还不能签发：强制 6 处要改，核实 4 处要说明"
    assert [row[1] for row in texts(page.list)] == [
        "E010",
        "E013",
        "P002",
        "Y001",
        "W003",
        "W007",
        "P006",
        "P013",
        "P014",
        "P014",
        "B012",
        "B012",
    ]
    assert (desk.window.status.must.text(), desk.window.status.check.text()) == ("强制 6", "核实 4")
    assert desk.window.nav.items["audit"].chip.text() == "10"
    assert f"{len(pack('台办').rules)} 条公式" in page.header.fact.text()


def test_a_finding_shows_the_values_at_the_scene_and_last_year_s(desk, page):
    choose(desk, page, "P013", DOUBLED)
    assert texts(page.detail.values)[0] == ["营业收入（万元）", "65,211.30", "6,508.12", "10.0"]
    marked = page.detail.values.lines.rows[0].cells[1]
    assert (marked.fill, marked.corner) == ("warning_soft", "warning")
    assert page.detail.formula.text().startswith("公式 P013：")
    assert "改成万元" in page.detail.basis.text()
    assert "填入虚构的园区" in page.detail.source.text()


def test_f8_goes_round_the_findings_and_says_where_it_is(desk, page):
    assert desk.window.status.selected.text() == "第 1 / 12 处"
    desk.press(Key.Key_F8)
    assert desk.window.status.selected.text() == "第 2 / 12 处"
    desk.press(Key.Key_F8, Shift)
    desk.press(Key.Key_F8, Shift)
    assert desk.window.status.selected.text() == "第 10 / 12 处"  # past the two that are only told


@pytest.mark.parametrize(
    ("rule", "name", "cell"),
    [
        ("P014", SURGED, ("ent_period", SURGED, "营业收入")),
        ("E013", LEFT_OUT, ("enterprise", LEFT_OUT, "是否规上")),
        ("W003", named("W003"), ("tw_ent", named("W003"), "第三地名称")),
        ("W007", named("W007"), ("capital_in", named("W007"), "折万美元")),
    ],
)
def test_the_button_goes_to_the_marked_cell(desk, page, rule, name, cell):
    choose(desk, page, rule, name)
    desk.click(page.detail.jump)
    assert desk.cell() == cell
    shown = desk.window.current
    assert shown.model.cell(shown.grid.currentIndex()).corner in {"error", "warning"}


def test_f8_on_a_ledger_goes_from_cell_to_cell(desk, page):
    desk.turn("ent_period")
    desk.window.current.grid.setFocus()
    desk.press(Key.Key_F8)  # from E010, chosen on the page, to E013
    assert desk.cell() == ("enterprise", LEFT_OUT, "是否规上")
    desk.press(Key.Key_F8)
    assert desk.cell()[0::2] == ("ent_period", "利润总额")


def test_a_cell_put_right_takes_its_findings_away_and_undo_brings_them_back(desk, page):
    choose(desk, page, "P013", DOUBLED)
    desk.click(page.detail.jump)
    desk.type("6521.13")
    desk.press(Key.Key_Return)
    assert not [name for rule, name in desk.findings() if name == DOUBLED]
    assert "Y001" not in [rule for rule, _ in desk.findings()]
    assert (desk.window.status.must.text(), desk.window.status.check.text()) == ("强制 5", "核实 1")
    desk.press(Key.Key_Z, Ctrl)
    desk.turn("audit")  # Y001 stands on another row
    assert len(desk.findings()) == 10


def test_a_new_fault_is_found_as_it_is_typed(desk, page):
    desk.turn("ent_period")
    ledger = desk.window.current
    column = next(n for n, s in enumerate(ledger.model.columns) if s.field.label == "利润总额" and not s.column.prior)
    row = next(n for n in range(ledger.model.known) if ledger.model.name_of(n) == SURGED)
    ledger.grid.go(row, column)
    ledger.grid.setFocus()
    desk.type("1")
    desk.press(Key.Key_Return)
    assert ("P002", SURGED) in desk.findings()
    assert ledger.model.cell(ledger.model.index(row, column)).corner == "error"


def test_an_explanation_must_explain(desk, page):
    choose(desk, page, "P014", SURGED)
    desk.click(page.detail.explain)
    desk.type("核实无误。")
    assert "没有说出原因" in page.detail.editor.wants.text()
    assert not page.detail.editor.keep.isEnabled()
    desk.press(Key.Key_Return, Ctrl)
    assert ("P014", SURGED) in desk.findings()


def test_an_explanation_counts_until_its_figures_change(desk, page):
    choose(desk, page, "P014", SURGED)
    desk.click(page.detail.explain)
    desk.type("二期产线2025年3月投产，新增产能6亿元")
    desk.press(Key.Key_Return, Ctrl)
    assert ("P014", SURGED) not in desk.findings()
    assert done(desk.file)[0].title == f"说明 P014 · {SURGED}"
    assert page.detail.said.text() == "已说明：二期产线2025年3月投产，新增产能6亿元"
    assert page.beside.text() == "已说明 1 · 提示 2"
    desk.click(page.detail.jump)
    desk.type("130000")
    desk.press(Key.Key_Return)
    assert ("P014", SURGED) in desk.findings()
    desk.turn("audit")
    choose(desk, page, "P014", SURGED)
    assert "数变了" in page.detail.said.text()


def test_escape_leaves_the_explanation_unwritten(desk, page):
    choose(desk, page, "P014", SURGED)
    desk.click(page.detail.explain)
    desk.type("二期产线投产，新增产能")
    desk.press(Key.Key_Escape)
    assert page.detail.editor.isHidden()
    assert ("P014", SURGED) in desk.findings()


def test_findings_may_be_read_by_record_by_ledger_and_what_was_not_judged(desk, page):
    desk.click(page.groups[BY_RECORD])
    shown = texts(page.list)
    heading = next(n for n, row in enumerate(shown) if row[0] == DOUBLED)
    assert [row[1] for row in shown[heading + 1 : heading + 4]] == ["P006", "P013", "P014"]
    desk.click(page.groups[BY_LEDGER])
    assert "到资流水" in [row[0] for row in texts(page.list)]
    desk.click(page.groups[UNKNOWN])
    shown = sorted((row[1], row[3]) for row in texts(page.list))
    assert [rule for rule, _ in shown] == ["P006", "P008", "P009", "P013", "P014", "P017", "P020", "P023", "P028"]
    assert [each for each in shown if each[0] in ("P013", "P014", "P023")] == [
        ("P013", "2 行没有审：上年.营业收入 是 0，不能作除数 1 行；上年.营业收入 未填 1 行"),
        ("P014", "2 行没有审：备注说明 未填、上年.营业收入 是 0，不能作除数 1 行；上年.营业收入、备注说明 未填 1 行"),
        ("P023", "1 行没有审：上年.累计固定资产投资 未填 1 行"),
    ]


def test_another_year_is_audited_anew(desk, page):
    desk.session.show_scope(period=desk.session.period.back())
    desk.settle()
    assert desk.session.marks == {}
    desk.turn("ent_period")
    desk.turn("audit")
    assert desk.auditor.report.period == desk.session.period
    assert page.header.fact.text().startswith("台办 产业园年度建设运行情况 · 2024年")
