"""By keyboard alone and read aloud: names of all that takes the keyboard, the way to every button, round the window and back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QLabel, QLineEdit, QWidget

from tests.ui.layout import kinds
from tests.ui.shot_pages import Scenes
from ui.pages import entries
from ui.settings import Settings

Key, Ctrl, Shift = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
IDS = [entry.id for entry in entries()]


def takes(widget):
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isVisible() and widget.isEnabled()


def spoken(widget):
    """What a screen reader says of a widget."""
    return widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton | QLabel) else "")


def nameless(window):
    """Widgets that take the keyboard, or are pressed, and have nothing to be called by."""
    all_ = [each for each in window.findChildren(QWidget) if each.isVisible() and each.window() is window]
    asked = [each for each in all_ if takes(each) or isinstance(each, QAbstractButton)]
    return [each for each in asked if not spoken(each).strip() and not of_qt(each)]


def of_qt(widget):
    """A piece of a Qt widget: the corner of a table, the arrow that empties a line."""
    return isinstance(widget.parentWidget(), QAbstractItemView | QLineEdit) or widget.objectName().startswith("qt_")


def test_all_that_takes_the_keyboard_has_a_name(desk, tmp_path):
    window = desk.window
    scenes = Scenes(desk.qtbot, window, tmp_path).all()
    found = []
    for name, turn in {**{id: lambda id=id: window.open(id, {}) for id in window.entries}, **scenes}.items():
        turn()
        desk.settle()
        found += [f"{name}: {type(each).__name__} {each.objectName()}" for each in nameless(window)]
    assert not found, "\n".join(dict.fromkeys(found))


def test_no_letter_alone_does_anything(desk):
    """A letter belongs to the input method: shortcuts have Ctrl or Alt, or are keys no letter is typed with."""
    for id in desk.window.entries:
        desk.window.open(id, {})
        desk.settle()
    keys = [each.key() for each in desk.window.findChildren(QShortcut)]
    keys += [key for each in desk.window.findChildren(QAction) for key in each.shortcuts()]
    assert len(keys) > 8
    held = Ctrl | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
    for sequence in keys:
        first = sequence[0]
        named = QKeySequence(first.key()).toString()
        assert first.keyboardModifiers() & held or len(named) > 1, sequence.toString()
    marks = [each.text() for each in desk.window.findChildren(QAbstractButton) if "&" in each.text().replace("&&", "")]
    marks += [each.text() for each in desk.window.findChildren(QAction) if "&" in each.text().replace("&&", "")]
    assert not marks


def walk(window, steps=400):
    """Everything Tab comes to, from where the keyboard is until it has gone round; a table is left with Ctrl+Tab."""
    seen = []
    for _ in range(steps):
        focus = QApplication.focusWidget()
        if focus in seen:
            break
        seen.append(focus)
        before = focus
        QTest.keyClick(focus, Key.Key_Tab)
        if QApplication.focusWidget() is before or isinstance(before, QAbstractItemView):
            QTest.keyClick(before, Key.Key_Tab, Ctrl)
        QApplication.processEvents()
    return seen


@pytest.mark.parametrize(
    "scene", ["ent_period", "enterprise", "importing", "rolling", "audit", "indicators", "returns", "import"]
)
def test_tab_comes_to_every_button(desk, tmp_path, scene):
    window = desk.window
    scenes = Scenes(desk.qtbot, window, tmp_path).all()
    scenes[scene]() if scene in scenes else desk.turn(scene)
    desk.settle()
    window.top.search.setFocus()
    seen = walk(window)
    assert window.top.search in seen
    buttons = [each for each in window.findChildren(QAbstractButton) if each.isVisible() and each.isEnabled()]
    buttons = [each for each in buttons if each.window() is window and not of_qt(each)]
    lost = [each for each in buttons if each not in seen and not in_row(each, seen)]
    assert not lost, [spoken(each) for each in lost]


def in_row(button, seen):
    """Of words of which one is chosen, Tab comes to one and the arrows to the others."""
    group = button.group()
    if group is not None:
        return any(each in seen for each in group.buttons())
    alike = [each for each in button.parentWidget().findChildren(QAbstractButton) if each.autoExclusive()]
    return button.autoExclusive() and any(each in seen for each in alike)


@pytest.mark.parametrize("id", IDS)
def test_every_page_can_be_turned_to_by_keyboard(window, id):
    """By Ctrl+PageDown alone, those that stand beneath a page from that page."""
    under = next(entry.under for entry in entries() if entry.id == id)
    window.session.settings.put("nav/all", True)
    window.open(under or "importing", {})
    window.nav._show()
    for _ in range(len(IDS)):
        if window.nav.items[id].isChecked():
            break
        QTest.keyClick(QApplication.focusWidget() or window, Key.Key_PageDown, Ctrl)
    assert window.nav.items[id].isChecked()
    QTest.keyClick(QApplication.focusWidget() or window, Key.Key_PageUp, Ctrl)
    assert not window.nav.items[id].isChecked()


def test_f6_goes_round_navigation_page_panel_and_search(economy, window):
    window.resize(1440, 900)
    QTest.qWait(10)
    economy.at(2, "营业收入")
    seen = []
    for _ in range(4):
        economy.press(Key.Key_F6)
        seen.append(QApplication.focusWidget())
    assert seen == [economy.page.form.grid, window.top.search, window.nav.items["ent_period"], economy.grid]
    economy.press(Key.Key_F6, Shift)
    assert QApplication.focusWidget() is window.nav.items["ent_period"]


def test_the_navigation_by_arrows_and_enter(economy, window):
    economy.press(Key.Key_F6, Shift)
    assert QApplication.focusWidget() is window.nav.items["ent_period"]
    economy.press(Key.Key_Up)
    assert QApplication.focusWidget() is window.nav.items["enterprise"]
    assert window.nav.items["ent_period"].isChecked(), "going past a page does not turn to it"
    economy.press(Key.Key_Return)
    assert window.nav.items["enterprise"].isChecked()
    assert window.current.ledger.id == "enterprise"


@pytest.mark.parametrize("times", [1, 2, 3])
def test_esc_goes_back_to_the_table_from_anywhere(economy, window, times):
    window.resize(1440, 900)
    QTest.qWait(10)
    economy.at(2, "营业收入").press(Key.Key_F6, times=times)
    assert QApplication.focusWidget() is not economy.grid
    economy.press(Key.Key_Escape)
    assert QApplication.focusWidget() is economy.grid
    assert economy.place() == (2, "营业收入")


def test_enter_presses_the_button_the_keyboard_is_on(desk):
    page = desk.turn("audit")
    button = page.groups["台账"]
    button.setFocus()
    desk.press(Key.Key_Return)
    assert page.group == "台账"


@pytest.mark.qt_log_ignore("This plugin does not support")  # raising and grabbing, without a screen
def test_menus_open_and_are_chosen_from_by_keys(desk):
    window = desk.window
    window.top.pack.setFocus()
    menu = window.top.pack.menu()
    QTest.keyClick(window.top.pack, Key.Key_Space)
    desk.qtbot.waitUntil(menu.isVisible)
    for key in (Key.Key_Down, Key.Key_Down, Key.Key_Return):
        QTest.keyClick(menu, key)
    desk.settle()
    assert window.top.pack.value.text() == "工信"


# --- the keyboard's place can be seen


@pytest.mark.parametrize("dark", [False, True])
def test_where_the_keyboard_is_can_be_seen(desk, look, dark):
    look.apply(dark=dark)
    window = desk.window
    for id in [*kinds(window)[:1], "audit", "returns", "indicators", "importing", "rolling"]:
        desk.turn(id)
        asked = [each for each in window.findChildren(QAbstractButton) if takes(each) and each.window() is window]
        for button in asked:
            if not button.visibleRegion().isEmpty():
                window.setFocus()
                plain = button.grab().toImage()
                button.setFocus(Qt.FocusReason.TabFocusReason)
                assert button.grab().toImage() != plain, f"{id}: {spoken(button)}"


# --- the navigation


def test_ledgers_not_in_use_are_behind_one_line(window, qtbot, data):
    nav = window.nav
    nav.recount()  # as it does itself after a moment
    shown = set(nav.shown())
    assert {"enterprise", "ent_period", "parcel", "tw_ent"} <= shown  # with rows, or asked for by 台办
    assert "liaison" not in shown
    assert nav.more.text().startswith("更多台账（")
    qtbot.mouseClick(nav.more, Qt.MouseButton.LeftButton)
    assert "liaison" in nav.shown()
    assert window.session.settings.get("nav/all", False) is True
    qtbot.mouseClick(nav.more, Qt.MouseButton.LeftButton)
    assert "liaison" not in nav.shown()
    window.open("liaison", {})  # from the search
    assert "liaison" in nav.shown()


def test_another_return_asks_for_other_ledgers(window):
    window.nav.recount()
    assert "platform" not in window.nav.shown()
    window.session.show_scope(pack="工信")
    window.nav.recount()  # as it does itself after a moment
    assert "platform" in window.nav.shown()


@pytest.mark.parametrize("key", [Key.Key_F8, Key.Key_F7])
def test_the_keys_of_the_audit_lead_to_it_before_anybody_looked_at_it(window, key):
    assert "audit" not in window.pages
    QTest.keyClick(QApplication.focusWidget() or window, key)
    assert window.current is window.pages["audit"]


def test_groups_fold_away_and_stay_folded(window, qtbot):
    nav = window.nav
    qtbot.mouseClick(nav.heads["土地与厂房"], Qt.MouseButton.LeftButton)
    assert not {"parcel", "factory"} & set(nav.shown())
    assert window.session.settings.get("nav/folded", []) == ["土地与厂房"]
    window.open("parcel", {})
    assert "parcel" in nav.shown()  # what is open is seen
    assert "factory" not in nav.shown()
    nav.heads["土地与厂房"].setFocus()
    QTest.keyClick(nav.heads["土地与厂房"], Key.Key_Space)
    assert {"parcel", "factory"} <= set(nav.shown())
    assert isinstance(window.session.settings, Settings)
