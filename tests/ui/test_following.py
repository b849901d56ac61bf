"""The cursor and the form stay with the record: through filters, other periods, undo; what is wrong and what is missing is told."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from models.periods import Period
from models.store.history import done
from tests.ui.conftest import Hands
from tests.ui.sample import NOW
from ui.session import Mark

Key, Ctrl = Qt.Key, Qt.KeyboardModifier.ControlModifier
CtrlShift = Ctrl | Qt.KeyboardModifier.ShiftModifier


def here(hands):
    """Whose record the cursor and the form are on."""
    row = hands.grid.currentIndex().row()
    assert hands.page.form.model.row == row
    return hands.model.name_of(row), hands.page.form.name.text()


def test_the_form_follows_the_filter(economy):
    economy.at(5, "营业收入").press(Key.Key_F, CtrlShift)
    economy.type("稀土")
    assert economy.model.known == 2
    name, told = here(economy)
    assert "稀土" in name
    assert told == name
    economy.press(Key.Key_Return)
    assert economy.focus() is economy.grid
    economy.type("5").press(Key.Key_Return)
    assert done(economy.model.session.file)[0].title.startswith(f"改 {name} · 营业收入")


def test_with_nothing_found_the_form_takes_nothing_and_esc_leads_back(economy, data):
    economy.at(5, "营业收入").press(Key.Key_F, CtrlShift)
    economy.type("没有这家")
    form, steps = economy.page.form, len(done(data))
    assert (form.name.text(), form.model.row) == ("没有选中的行", -1)
    assert economy.page.hint.isVisible()
    assert "没有这家" in economy.page.hint.text()
    form.grid.setFocus()
    form.grid.go(3, 1)
    economy.type("5").press(Key.Key_Return)
    assert len(done(data)) == steps
    economy.page.filter.setFocus()
    economy.press(Key.Key_Escape)
    assert economy.focus() is economy.grid
    assert (economy.model.known, economy.grid.currentIndex().isValid()) == (20, True)
    assert economy.page.hint.isHidden()


def test_esc_leaves_the_search_for_the_table(economy, window):
    economy.at(3, "营业收入").press(Key.Key_K, Ctrl)
    assert economy.focus() is window.top.search
    economy.type("gz").press(Key.Key_Escape)
    assert economy.focus() is economy.grid
    assert economy.place() == (3, "营业收入")


def test_another_period_keeps_the_cursor(economy, window):
    economy.at(5, "营业收入")
    before = here(economy)
    window.session.show_scope(period=NOW.back())
    assert (economy.place(), here(economy)) == ((5, "营业收入"), before)
    window.session.show_scope(period=Period(2019))
    economy.type("7").press(Key.Key_Return)
    assert economy.text(5, "营业收入") == "7.00"


def test_undo_of_new_records_leaves_the_cursor_where_it_was(roster):
    count = roster.model.known
    QGuiApplication.clipboard().setText("赣州甲有限公司\r\n\r\n赣州乙有限公司")
    roster.at(count, "单位详细名称").press(Key.Key_V, Ctrl)
    assert roster.model.known == count + 2
    assert "其中新增 2 行" in roster.window.status.said.text()
    roster.press(Key.Key_Z, Ctrl)
    assert roster.grid.currentIndex().row() == count
    roster.type("赣州丙有限公司").press(Key.Key_Return)
    assert roster.text(count, "单位详细名称") == "赣州丙有限公司"


def test_undo_to_the_very_beginning_leaves_the_zone(desk, qtbot):
    hands = Hands(desk.window, "ent_period")
    for _ in range(3):
        hands.press(Key.Key_Z, Ctrl)
        desk.settle()
    assert hands.model.known == 0
    assert "先到“企业”新增或导入" in hands.page.hint.text()
    assert hands.page.hint.isVisible()
    desk.turn("audit")
    hands = Hands(desk.window, "ent_period").press(Key.Key_Y, Ctrl)
    desk.settle()
    assert hands.model.known == 24


def test_what_the_audit_finds_stands_in_the_form_the_field_s_own_first(economy, window):
    line = economy.at(3, "营业收入").model.line(3)
    row = line.rows["ent_period", False]
    marks = {
        ("ent_period", row, "gov"): Mark("强制", "P001 强制：产值"),
        ("ent_period", row, "rev"): Mark("核实", "P013 核实：十倍"),
    }
    window.session.put_marks(marks, (1, 1))
    notice = economy.page.form.fault
    assert notice.isVisible()
    assert notice.text.text() == "P013 核实：十倍\nP001 强制：产值"
    assert notice.property("notice") == "error"
    economy.at(3, "工业总产值")
    assert notice.text.text().startswith("P001")
    economy.at(4, "工业总产值")
    assert notice.isHidden()


@pytest.mark.parametrize("digits", [40, 500])
def test_a_number_far_too_long_is_drawn_all_the_same(economy, qtlog, digits):
    QGuiApplication.clipboard().setText("9" * digits)
    economy.at(0, "营业收入").press(Key.Key_V, Ctrl)
    economy.grid.grab()
    assert economy.text(0, "营业收入") == "9" * digits
    assert [record.message for record in qtlog.records] == []
