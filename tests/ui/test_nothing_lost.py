"""What is being typed into a cell is never lost, whatever happens around it; and a step taken back meanwhile touches nothing of it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QMessageBox

from models.ledgers.enterprise import ENTERPRISE
from models.store.batches import batch
from models.store.file import DataFile
from models.store.history import done
from models.store.views import Page
from tests.ui.sample import NOW, ZONE
from ui.session import Mark
from ui.table.view import Grid

Key, Ctrl = Qt.Key, Qt.KeyboardModifier.ControlModifier
Left = Qt.MouseButton.LeftButton


@pytest.fixture(params=["table", "form"])
def typing(request, economy):
    """A clerk in the middle of a figure, in the table or in the form."""
    economy.at(2, "利润总额")
    if request.param == "form":
        economy.page.form.grid.setFocus()
    economy.type("77")
    assert economy.grid.typing or economy.page.form.grid.typing
    return economy


def kept(hands, data, period=NOW):
    """The figure of the third enterprise as it is on the disk."""
    view = hands.model.view
    page = Page(view, ZONE, period)
    with data.reading() as connection:
        line = page.lines(connection, page.ids(connection))[hands.third]
    value = line.values["ent_period", "profit", False]
    return None if value is None else value / 10_000


@pytest.fixture(autouse=True)
def _third(economy):
    economy.third = economy.model.ids[2]


def test_closing_the_window(typing, data, window):
    window.close()
    with DataFile(data.path) as again:
        assert kept(typing, again) == 77


def test_turning_the_page(typing, data, window, qtbot):
    qtbot.mouseClick(window.nav.items["enterprise"], Left)
    assert kept(typing, data) == 77


def test_another_period_takes_the_figure_to_the_one_it_was_typed_in(typing, data, window):
    window.session.show_scope(period=NOW.back())
    assert kept(typing, data) == 77
    assert kept(typing, data, NOW.back()) == 4400.9


def test_the_keyboard_s_undo_belongs_to_the_text_while_one_types(typing, data, window):
    before = [step.title for step in done(data)]
    typing.press(Key.Key_Z, Ctrl)
    assert [step.title for step in done(data)] == before
    typing.type("78").press(Key.Key_Return)
    assert kept(typing, data) == 78


def test_an_undo_from_elsewhere_first_writes_what_is_typed(typing, data, window):
    window.session.undo()
    assert kept(typing, data) == 4905.77
    window.session.redo()
    assert kept(typing, data) == 77


def test_a_modal_question(typing, data, window):
    box = QMessageBox(QMessageBox.Icon.Question, "园区年报通", "还要吗？", parent=window)
    QTimer.singleShot(50, box.accept)
    box.exec()
    assert kept(typing, data) == 77


def test_another_program_comes_to_the_front(typing, data, window):
    other = QMessageBox()
    other.show()
    other.activateWindow()
    window.leave_editor()
    assert kept(typing, data) == 77


def test_a_change_of_columns_or_rows(typing, data):
    typing.page.columns.show_group("全部")
    assert kept(typing, data) == 77


def test_sorting(typing, data):
    typing.page.columns.sort(typing.column("营业收入"), False)
    assert kept(typing, data) == 77


def test_filtering(typing, data, qtbot):
    typing.press(Key.Key_L, Ctrl | Qt.KeyboardModifier.ShiftModifier)
    typing.type(">6000")
    qtbot.waitUntil(lambda: typing.model.known == 1)
    assert kept(typing, data) == 77


def test_searching(typing, data):
    typing.press(Key.Key_F, Ctrl).type("电子")
    assert kept(typing, data) == 77


def test_rows_that_come_and_go_meanwhile_wait_until_one_is_done(typing, data, window, qtbot):
    """An import in the background adds an enterprise: the editor stays open, the row comes when the figure is finished."""
    with batch(data, ZONE, "导入", "导入 企业名录 1 行") as work:
        work.add(ENTERPRISE, {"ent_name": "赣州后来企业"})
    window.session.note_written()
    assert typing.model.known == 20
    typing.type("5").press(Key.Key_Return)
    assert kept(typing, data) == 775
    qtbot.waitUntil(lambda: typing.model.known == 21)


def test_cells_drawn_anew_meanwhile(typing, data, window):
    """The audit in the background comes to its end: its findings are shown, the text stays."""
    row = typing.model.line(2).rows["ent_period", False]
    window.session.put_marks({("ent_period", row, "profit"): Mark("强制", "P001 强制")}, (1, 0))
    typing.type("5").press(Key.Key_Return)
    assert kept(typing, data) == 775


def test_folding_the_form_and_another_look(typing, data, look):
    look.apply(scale=1.25)
    typing.page.fold.click()
    typing.press(Key.Key_Return)
    assert kept(typing, data) == 77


def test_a_click_elsewhere_in_the_same_table(typing, data, qtbot):
    grid: Grid = typing.grid
    qtbot.mouseClick(grid.viewport(), Left, pos=grid.visualRect(typing.model.index(6, 2)).center())
    assert kept(typing, data) == 77
