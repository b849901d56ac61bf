"""人工改数 on the 报表 page: typed, told, taken back; 快报 and 更正 in the panel of signing."""

from __future__ import annotations

import io

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QScrollArea

from models.numbering import CORRECTED, QUICK
from models.store.versions import versions
from tests.ui.issued import issue_as_is
from ui.asking import asked_of

Key, Ctrl = Qt.Key, Qt.KeyboardModifier.ControlModifier
WHY = "两家企业的报表在途，按快报数填报"


@pytest.fixture
def page(desk):
    return desk.turn("returns")


def choose(desk, page, address):
    rect = page.paper.cell_rect(address)
    desk.qtbot.mouseClick(page.paper.viewport(), Qt.MouseButton.LeftButton, pos=rect.center().toPoint())
    return page.panel.cell.override


def drawn(desk, page, holds):
    desk.qtbot.waitUntil(lambda: bool(not page.upkeep.working and not page.upkeep.stale and holds()), timeout=20_000)


def override(desk, page, figure="170000", why=WHY):
    panel = choose(desk, page, "D19")
    desk.click(panel.change)
    desk.type(figure)
    desk.press(Key.Key_Return)
    desk.type(why)
    desk.press(Key.Key_Return)
    return panel


def test_the_indicators_page_says_what_the_return_says_and_what_the_ledgers_come_to(desk, page):
    override(desk, page)
    drawn(desk, page, lambda: page.drawing.overridden)
    indicators = desk.turn("indicators")
    place, row = next((n, row) for n, row in enumerate(indicators.list.lines.rows) if row.of.by)
    assert row.cells[1].text == "170,000.00※"
    assert "原计算值 163,078.27" in row.cells[1].tip
    desk.click_row(indicators.list, place)
    assert indicators.detail.figure.text() == "170,000.00※"
    assert WHY in indicators.detail.texts["改数"].text()
    assert indicators.detail.texts["代入"].text().startswith("163,078.27 万元")


def report_first(desk, page):
    """A first version is issued and reported."""
    session = desk.session
    asked = asked_of(session)
    issue_as_is(session.file, asked)
    session.note_written()
    with session.file.reading() as connection:
        (version,) = versions(connection, asked.zone.code, asked.pack.id, asked.period)
    page._move(version, "上报", "")


def test_a_figure_is_overridden_by_keyboard_told_undone_and_made_again(desk, page):
    panel = override(desk, page, why="核实无误")
    assert panel.fault.isVisible()
    assert not page.drawing.overridden
    desk.press(Key.Key_A, Ctrl)
    desk.type(WHY)
    desk.press(Key.Key_Return)
    drawn(desk, page, lambda: page.drawing.overridden)
    choose(desk, page, "D19")
    assert page.panel.cell.figure.text() == "170,000.00"
    assert "原计算值 163,078.27，改为 170,000" in panel.said.text()
    assert WHY in panel.said.text()
    assert page.drawing.sheets[-1].name == "人工改数"
    (cell,) = [c for each in page.drawing.sheets[0].pages for c in each.cells if c.address == "D19"]
    assert cell.fill.upper().endswith("FFE0B2")
    book = openpyxl.load_workbook(io.BytesIO(page.drawing.content))
    assert book["人工改数"]["E3"].value == "163,078.27"
    assert "人工改数 1 个" in page.bar.reason.text() or page.auditor.busy
    desk.click(panel.back)
    drawn(desk, page, lambda: not page.drawing.overridden)
    desk.press(Key.Key_Z, Ctrl)
    drawn(desk, page, lambda: page.drawing.overridden)


def test_verifying_a_file_tells_what_is_not_calculated_in_it(desk, page, monkeypatch, tmp_path):
    override(desk, page)
    drawn(desk, page, lambda: page.drawing.overridden)
    path = tmp_path / "签发.xlsx"
    path.write_bytes(issue_as_is(desk.file, page.drawing.asked).content)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    desk.click_text("核验文件…")
    first, second = page.panel.outcome.notice.text.text().split("\n")
    assert first.startswith("完好：")
    assert second.startswith(f"人工改数 台资工业总产值：原计算值 163078.27，改为 170000，理由：{WHY}（")


def test_esc_leaves_the_figure_as_it_is(desk, page):
    panel = choose(desk, page, "D19")
    desk.click(panel.change)
    desk.type("170000")
    desk.press(Key.Key_Escape)
    assert not panel.form.isVisible()
    assert not page.drawing.overridden


def test_a_reason_half_written_is_there_when_she_comes_back_to_the_cell(desk, page):
    panel = choose(desk, page, "D19")
    desk.click(panel.change)
    desk.type("170000")
    desk.press(Key.Key_Return)
    desk.type("两家企业的报表")
    choose(desk, page, "D20")
    assert not panel.form.isVisible()
    choose(desk, page, "D19")
    assert panel.change.text() == "接着改…"
    desk.click(panel.change)
    assert (panel.figure.text(), panel.why.text()) == ("170000", "两家企业的报表")


def test_on_a_small_screen_the_whole_form_and_what_is_wrong_are_in_sight(desk, page):
    desk.window.resize(900, 520)
    desk.settle()
    panel = choose(desk, page, "D19")
    desk.click(panel.change)
    for part in (panel.figure, panel.why, panel.save):
        assert part.visibleRegion().boundingRect().height() == part.height()
    desk.type("170000")
    desk.press(Key.Key_Return)
    desk.type("无")
    desk.press(Key.Key_Return)
    for part in (panel.fault, panel.save):
        assert part.visibleRegion().boundingRect().height() == part.height()


def test_what_is_printed_on_the_form_cannot_be_overridden(desk, page):
    assert not choose(desk, page, "B19").isVisible()
    choose(desk, page, "D19")
    assert page.panel.cell.override.isVisible()


def test_a_quick_version_is_offered_and_told(desk, page):
    desk.click(page.issue) if page.issue.isEnabled() else page.issuing.open()
    sign = page.panel.sign
    assert QUICK in sign.kind.words
    sign.kind._take(QUICK)
    assert "不作下一年的上年数" in sign.told.text()
    assert not sign.why.isVisible()


def test_after_a_reported_version_only_a_correction_is_offered_and_it_says_why(desk, page, monkeypatch):
    report_first(desk, page)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    page.issuing.open()
    sign = page.panel.sign
    assert set(sign.kind.words) == {CORRECTED}
    assert sign.why.isVisible()
    for name, edit in sign.names.items():
        edit.setText(name)
    assert not sign.button.isEnabled()
    sign.why.setFocus()
    desk.type("核实无误")
    assert not sign.button.isEnabled()
    desk.press(Key.Key_A, Ctrl)
    desk.type("一家企业更正了工业总产值，多报了 120 万元")
    assert sign.button.isEnabled()


@pytest.mark.parametrize(("corrects", "scale"), [(False, 1.0), (False, 1.5), (True, 1.5)])
def test_signing_begins_in_sight_on_a_small_screen_and_enter_signs(desk, page, monkeypatch, corrects, scale):
    asked_for = []
    if corrects:
        report_first(desk, page)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *told: asked_for.append(told[2]) or ("", ""))
    desk.session.look.apply(scale=scale)
    desk.window.resize(960, 600)
    desk.settle()
    page.paper.choose("D19")
    bar = page.panel.findChild(QScrollArea).verticalScrollBar()
    bar.setValue(bar.maximum())
    page.issuing.open()
    desk.settle()
    sign = page.panel.sign
    first = QApplication.focusWidget()
    assert first is (sign.why if corrects else next(iter(sign.names.values())))
    parts = [first, *[sign.head] * (scale == 1.0)]  # with large letters there is room for little more than one line
    for part in parts:
        assert part.visibleRegion().boundingRect().height() == part.height()
    if corrects:
        desk.press(Key.Key_Return)
        assert not asked_for  # without a reason nothing is issued
        desk.type("一家企业更正了工业总产值，多报了 120 万元")
    desk.press(Key.Key_Return)
    (path,) = asked_for
    assert path.endswith("_v2.xlsx" if corrects else "_快报1.xlsx")
    desk.session.look.apply(scale=1.0)
