"""Chinese input by the events an input method sends: the first letter is kept, its keys are its own, its list is at the cell."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from models.store.history import done
from tests.ui.words import commit, compose, write
from ui.auditing import Auditor
from ui.composing import Composition
from ui.table.view import Grid

Key, Ctrl = Qt.Key, Qt.KeyboardModifier.ControlModifier
NAME, FIGURE = "单位详细名称", "营业收入"
ITS_OWN = [
    Key.Key_Return,
    Key.Key_Enter,
    Key.Key_Escape,
    Key.Key_Tab,
    Key.Key_Left,
    Key.Key_Right,
    Key.Key_Up,
    Key.Key_Down,
]


def cursor(widget):
    """Where the list of words opens, on the window."""
    rect = widget.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
    return rect.translated(widget.mapTo(widget.window(), QPoint()))


def cell(grid):
    """The current cell on the window."""
    return grid.visualRect(grid.currentIndex()).translated(grid.viewport().mapTo(grid.window(), QPoint()))


# --- nothing is lost, nothing goes in raw


@pytest.mark.parametrize("begin", [None, Key.Key_F2])
def test_composing_in_a_cell_takes_all_letters_and_only_the_words(roster, begin):
    roster.at(3, NAME)
    if begin:
        roster.press(begin).press(Key.Key_A, Ctrl)
    compose("n", "ni", "nihao")
    assert roster.grid.cells.editor.text() in ("", roster.text(3, NAME))  # no letter stands in the text
    commit("你好")
    assert QApplication.focusWidget().text() == "你好"
    write("公司")
    roster.press(Key.Key_Return)
    assert roster.text(3, NAME) == "你好公司"
    assert roster.place() == (4, NAME)


@pytest.mark.parametrize("key", ITS_OWN)
@pytest.mark.parametrize("begin", [None, Key.Key_F2])
def test_keys_pressed_while_composing_are_the_input_method_s(roster, data, key, begin):
    roster.at(3, NAME)
    before, steps = roster.text(3, NAME), len(done(data))
    if begin:
        roster.press(begin).press(Key.Key_A, Ctrl)
    compose("n", "nihao")
    roster.press(key)
    assert roster.place() == (3, NAME)
    assert roster.text(3, NAME) == before
    assert len(done(data)) == steps
    commit("你好")
    roster.press(Key.Key_Return)
    assert roster.text(3, NAME) == "你好"
    assert roster.place() == (4, NAME)


def test_composing_and_giving_up_leaves_the_cell_as_it_was(roster, data):
    roster.at(3, NAME)
    before, steps = roster.text(3, NAME), len(done(data))
    compose("n", "ni", "")
    roster.press(Key.Key_Escape)
    assert roster.text(3, NAME) == before
    assert len(done(data)) == steps
    assert QApplication.focusWidget() is roster.grid


def test_undo_while_composing_undoes_nothing(economy, data):
    economy.at(0, FIGURE).type("5").press(Key.Key_Return)
    steps = len(done(data))
    economy.at(1, FIGURE)
    compose("n", "ni")
    economy.press(Key.Key_Z, Ctrl)
    assert len(done(data)) == steps
    assert economy.text(0, FIGURE) == "5.00"
    commit("8")
    economy.press(Key.Key_Return)
    assert len(done(data)) == steps + 1


@pytest.mark.parametrize("begin", [None, Key.Key_F2])
def test_clicking_elsewhere_while_composing_keeps_what_was_typed(roster, qtbot, begin):
    roster.at(3, NAME)
    if begin:
        roster.press(begin).press(Key.Key_A, Ctrl)
    compose("n", "nihao")
    other = roster.grid.visualRect(roster.model.index(6, 0)).center()
    qtbot.mouseClick(roster.grid.viewport(), Qt.MouseButton.LeftButton, pos=other)
    assert roster.text(3, NAME) == "nihao"
    assert roster.place()[0] == 6


@pytest.mark.parametrize("begin", [None, Key.Key_F2])
@pytest.mark.parametrize("way", ["page", "search", "close"])
def test_going_away_while_composing_keeps_what_was_typed(roster, window, data, begin, way):
    roster.at(3, NAME)
    if begin:
        roster.press(begin).press(Key.Key_A, Ctrl)
    compose("n", "nihao")
    if way == "page":
        window.open("ent_period", {})
    elif way == "search":
        window.top.search.setFocus()
    else:
        window.leave_editor()
    assert roster.text(3, NAME) == "nihao"
    assert done(data)[0].title.endswith(NAME)


# --- full-width figures and letters


@pytest.mark.parametrize(("words", "shown"), [("１２３．５", "123.50"), ("１２３。５", "123.50"), ("8０", "80.00")])
@pytest.mark.parametrize("composed", [True, False])
def test_full_width_figures_become_figures(economy, words, shown, composed):
    economy.at(0, FIGURE)
    if composed:
        compose("1", "123")
    commit(words)
    assert economy.grid.cells.editor.text() == words
    economy.press(Key.Key_Return)
    assert economy.text(0, FIGURE) == shown


def test_a_mark_sent_without_composing_joins_what_is_typed(economy):
    economy.at(0, FIGURE).type("12")
    commit("。")
    economy.type("5").press(Key.Key_Return)
    assert economy.text(0, FIGURE) == "12.50"


def test_full_width_letters_in_a_code_are_a_code(roster):
    row = roster.model.known
    roster.at(row, NAME).type("赣州新来企业").press(Key.Key_Tab)
    commit("９１３６０７００ＭＡ３００Ｔ１９９９")
    roster.press(Key.Key_Return)
    assert roster.text(row, "统一社会信用代码") == "91360700MA300T1999"


def test_a_code_list_narrows_on_the_words_chosen(roster):
    roster.at(0, "行业代码")
    write("集成电路")
    assert [each.text for each in roster.grid.cells.editor.choices._options.options][:1] == ["集成电路制造"]
    roster.press(Key.Key_Return)
    assert roster.text(0, "行业代码") == "集成电路制造"


# --- the list of words opens at the cell


@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize("where", [(0, 0), (3, 25), (15, 5)])
def test_the_list_of_words_opens_at_the_cell(economy, look, window, scale, where):
    window.resize(1366, 768)
    look.apply(scale=scale)
    QTest.qWait(10)
    economy.model.rearrange("全部")
    row, steps = where
    economy.at(row, "工业总产值").press(Key.Key_Right, times=steps)
    while not economy.grid.currentIndex().flags() & Qt.ItemFlag.ItemIsEditable:
        economy.press(Key.Key_Right)
    QTest.qWait(10)
    assert cell(economy.grid).contains(cursor(economy.grid).center())
    compose("n")
    assert QApplication.focusWidget() is economy.grid
    assert cell(economy.grid).adjusted(-8, -8, 8, 8).contains(cursor(economy.grid).center())
    commit("1")
    editor = QApplication.focusWidget()
    assert editor is economy.grid.cells.editor
    assert cell(economy.grid).adjusted(-8, -8, 8, 8).contains(cursor(editor).center())


def test_input_methods_are_on_where_one_can_type_only(economy):
    attribute = Qt.WidgetAttribute.WA_InputMethodEnabled
    assert economy.at(0, FIGURE).grid.testAttribute(attribute)
    assert not economy.at(0, NAME).grid.testAttribute(attribute)  # belongs to the roster
    economy.at(0, FIGURE).press(Key.Key_F2)
    assert QApplication.focusWidget().testAttribute(attribute)


# --- the form, the search, the filter, the explanation, the base figure


def test_composing_in_the_form(roster):
    roster.at(3, NAME)
    grid = roster.page.form.grid
    grid.setFocus()
    row = next(n for n, each in enumerate(grid.model().fields) if each.field.label == NAME)
    grid.go(row, 1)
    assert cell(grid).contains(cursor(grid).center())
    compose("n", "nihao")
    roster.press(Key.Key_Return)
    assert grid.currentIndex().row() == row
    commit("你好")
    roster.press(Key.Key_Return)
    assert roster.text(3, NAME) == "你好"


def test_composing_in_the_search(economy, window):
    economy.press(Key.Key_K, Ctrl)
    line = window.top.search
    assert QApplication.focusWidget() is line
    compose("j", "jingji")
    for key in (Key.Key_Return, Key.Key_Escape, Key.Key_Down):
        economy.press(key)
    assert line.text() == ""
    assert QApplication.focusWidget() is line
    assert window.current is economy.page
    commit("审")
    compose("h", "he")
    economy.press(Key.Key_Return)
    assert line.text() == "审"
    commit("核")
    economy.press(Key.Key_Return)
    assert window.nav.items["audit"].isChecked()


def test_composing_in_the_filter(roster):
    roster.page.filter.setFocus()
    compose("z", "zehe")
    roster.press(Key.Key_Escape)
    assert QApplication.focusWidget() is roster.page.filter
    assert roster.model.known == 20
    commit("泽禾")
    assert roster.model.known == 1


def test_composing_in_the_explanation(desk):
    page = desk.turn("audit")
    finding = next(each for each in Auditor.of(desk.session).report.findings if each.rule.level == "核实" and each.open)
    page.detail.show_finding(finding, Auditor.of(desk.session).asked)
    desk.click(page.detail.explain)
    text = page.detail.editor.text
    assert QApplication.focusWidget() is text
    compose("e", "erqi")
    for key in (Key.Key_Escape, Key.Key_Return, Key.Key_Tab):
        QTest.keyClick(text, key)
    QTest.keyClick(text, Key.Key_Return, Ctrl)
    assert text.isVisible()
    assert QApplication.focusWidget() is text
    commit("二期")
    assert text.toPlainText() == "二期"


# --- wherever text is taken, and never by keys


def test_every_text_widget_of_every_page_follows_the_input_method(desk):
    for id in desk.window.entries:
        desk.turn(id) if desk.window.nav.items[id].isVisible() else desk.window.open(id, {})
        desk.settle()
    found = [
        *desk.window.findChildren(QLineEdit),
        *desk.window.findChildren(QPlainTextEdit),
        *desk.window.findChildren(Grid),
    ]
    takers = [each for each in found if not (isinstance(each, QPlainTextEdit) and each.isReadOnly())]
    assert takers
    lost = [each for each in takers if not any(isinstance(child, Composition) for child in each.children())]
    assert not lost, [(type(each).__name__, each.accessibleName()) for each in lost]


READ_TEXT = {"ui/handpaper.py": "opens the editor on the first letter and hands the key itself to it"}


def test_no_widget_makes_text_of_keys_itself():
    """Letters reach an editor as Qt sends them: whoever reads ``event.text()`` loses an input method's first letter."""
    root = Path(__file__).parents[2]
    readers = set()
    for path in sorted((root / "ui").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name == "keyPressEvent":
                calls = {ast.unparse(each.func) for each in ast.walk(node) if isinstance(each, ast.Call)}
                if "event.text" in calls:
                    readers.add(path.relative_to(root).as_posix())
    assert readers == set(READ_TEXT)
