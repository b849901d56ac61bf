"""Typing into a ledger's table with real keys: as in Excel, saved at once, nothing lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from models.kinds import Raw
from models.store.history import done

Key, Ctrl, Shift = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def test_a_figure_typed_over_is_saved_when_enter_leaves_the_cell(economy, data):
    economy.at(0, "营业收入").type("99000.5").press(Key.Key_Return)
    assert economy.text(0, "营业收入") == "99,000.50"
    assert economy.place() == (1, "营业收入")
    assert done(data)[0].title == "改 赣州岚阳微电子有限公司 · 营业收入"


@pytest.mark.parametrize(
    ("key", "modifier", "place"),
    [
        (Key.Key_Return, Qt.KeyboardModifier.NoModifier, (3, "营业收入")),
        (Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier, (3, "营业收入")),
        (Key.Key_Return, Shift, (1, "营业收入")),
        (Key.Key_Tab, Qt.KeyboardModifier.NoModifier, (2, "营业收入")),
        (Key.Key_Backtab, Shift, (2, "工业销售产值")),
        (Key.Key_Down, Qt.KeyboardModifier.NoModifier, (3, "营业收入")),
        (Key.Key_Up, Qt.KeyboardModifier.NoModifier, (1, "营业收入")),
    ],
)
@pytest.mark.parametrize("typed", ["", "7"])
def test_keys_leave_a_cell_as_in_excel(economy, key, modifier, place, typed):
    economy.at(2, "营业收入").type(typed).press(key, modifier)
    assert economy.place() == place
    assert economy.text(2, "营业收入") == ("7.00" if typed else "54,880.32")


def test_f2_edits_what_is_there_and_arrows_stay_inside(economy):
    economy.at(0, "营业收入").press(Key.Key_F2).press(Key.Key_End).press(Key.Key_Left).press(Key.Key_Backspace)
    economy.type("9").press(Key.Key_Return)
    assert economy.text(0, "营业收入") == "86,420.90"


def test_escape_always_leaves_the_cell_as_it_was(economy, data):
    before = len(done(data))
    economy.at(0, "营业收入").type("1").press(Key.Key_Escape)
    assert economy.text(0, "营业收入") == "86,420.00"
    economy.at(0, "营业收入").type("乱写").press(Key.Key_Escape).press(Key.Key_Down)
    assert economy.place() == (1, "营业收入")
    assert len(done(data)) == before


def test_a_value_that_does_not_fit_is_kept_red_with_its_reason(economy):
    economy.at(1, "营业收入").type("约5000").press(Key.Key_Return)
    line = economy.model.line(1)
    assert line.values["ent_period", "rev", False] == Raw("约5000")
    cell = economy.model.cell(economy.model.index(1, economy.column("营业收入")))
    assert (cell.text, cell.ink, cell.corner) == ("约5000", "error", "error")
    assert cell.tip == "营业收入：“约5000”不是数，请只写数字"
    economy.at(1, "营业收入")
    assert economy.page.form.fault.text.text() == cell.tip
    economy.type("5000").press(Key.Key_Return)
    assert economy.text(1, "营业收入") == "5,000.00"


def test_the_first_figure_makes_the_row_of_an_enterprise_that_had_none(economy, qtbot):
    economy.at(19, "工业总产值")
    assert economy.model.line(19).rows.get(("ent_period", False)) is None
    economy.type("120").press(Key.Key_Tab).type("118").press(Key.Key_Return)
    assert [economy.text(19, name) for name in ("工业总产值", "工业销售产值")] == ["120.00", "118.00"]
    qtbot.waitUntil(lambda: "19 家有数" in economy.page.header.fact.text())


def test_leaving_the_cell_with_the_mouse_loses_nothing(economy, qtbot):
    economy.at(0, "利润总额").type("12.5")
    rect = economy.grid.visualRect(economy.model.index(5, 0))
    qtbot.mouseClick(economy.grid.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert economy.text(0, "利润总额") == "12.50"


def test_turning_to_another_page_or_closing_loses_nothing(economy, window, data):
    economy.at(0, "利润总额").type("31")
    window.open("enterprise", {})
    assert economy.text(0, "利润总额") == "31.00"
    window.open("ent_period", {})
    economy.at(1, "利润总额").type("32")
    window.leave_editor()
    assert done(data)[0].title == "改 赣州泽禾新能源有限公司 · 利润总额"


def test_an_input_method_keeps_its_first_letter(roster):
    """A composition that begins on the cell itself: preedit "g", then the chosen characters."""
    roster.at(3, "单位详细名称")
    for event in (QInputMethodEvent("g", []), QInputMethodEvent("gan", []), _committed("赣南")):
        QApplication.sendEvent(roster.focus(), event)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "赣南"
    roster.type("x").press(Key.Key_Return)
    assert roster.text(3, "单位详细名称") == "赣南x"


def _committed(text):
    event = QInputMethodEvent()
    event.setCommitString(text)
    return event


@pytest.mark.parametrize(
    ("label", "typed", "shown"),
    [
        ("营业收入", "１２３．５", "123.50"),
        ("营业收入", "1,234。5", "1,234.50"),
        ("期末从业人员", "８０", "80"),
    ],
)
def test_full_width_figures_are_figures(economy, label, typed, shown):
    economy.at(0, label).type(typed).press(Key.Key_Return)
    assert economy.text(0, label) == shown


@pytest.mark.parametrize(
    ("typed", "shown"), [("20231105", "2023-11-05"), ("2023.11", "2023-11"), ("2023年11月", "2023-11"), ("", "")]
)
def test_dates_are_read_as_people_write_them_and_may_be_empty(roster, typed, shown):
    roster.at(0, "成立时间").press(Key.Key_F2).press(Key.Key_A, Ctrl).press(Key.Key_Delete).type(typed).press(
        Key.Key_Return
    )
    assert roster.text(0, "成立时间") == shown


def test_a_column_of_another_ledger_cannot_be_typed_into_and_says_where(economy, qtbot):
    with qtbot.waitSignal(economy.page.session.said) as said:
        economy.at(0, "单位详细名称").type("改名")
    assert said.args == ["这一列不能在这里改：“单位详细名称”在“企业”台账里改", "error"]
    assert economy.text(0, "单位详细名称") == "赣州岚阳微电子有限公司"


def test_a_new_record_begins_below_the_last(roster):
    count = roster.model.known
    roster.at(0, "单位详细名称").press(Key.Key_Insert)
    assert roster.place() == (count, "单位详细名称")
    roster.type("赣州新来企业").press(Key.Key_Tab).type("91360700MA3XXXXXX1").press(Key.Key_Return)
    assert roster.model.known == count + 1
    assert roster.text(count, "单位详细名称") == "赣州新来企业"


def test_the_wheel_changes_no_value(economy, qtbot, data):
    before = len(done(data))
    economy.at(0, "营业收入").press(Key.Key_F2)
    from PySide6.QtCore import QPoint, QPointF
    from PySide6.QtGui import QWheelEvent

    editor = QApplication.focusWidget()
    event = QWheelEvent(
        QPointF(5, 5), editor.mapToGlobal(QPointF(5, 5)), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(editor, event)
    economy.press(Key.Key_Return)
    assert economy.text(0, "营业收入") == "86,420.00"
    assert len(done(data)) == before
