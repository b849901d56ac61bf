"""Nothing changes by accident on any page: the wheel changes no value, no letter alone does anything, no money in spin boxes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QShortcut, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QTabBar,
)

from models.ledgers import BY_ID
from models.store.history import done
from ui.pages import entries

# every page that is not a ledger's, and one ledger of each kind of time: the pages of ledgers are one class
LASTING, YEARLY, PERIOD, EVENT = "enterprise", "target", "ent_period", "capital_in"
OTHERS = [each.id for each in entries() if each.id not in BY_ID] + [LASTING, YEARLY, PERIOD, EVENT]


def wheel(widget, by):
    at = QPointF(widget.rect().center())
    event = QWheelEvent(
        at, QPointF(widget.mapToGlobal(at.toPoint())), QPoint(), QPoint(0, by), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)


def value(widget):
    match widget:
        case QComboBox() | QTabBar():
            return widget.currentIndex()
        case QAbstractSlider() | QAbstractSpinBox():
            return widget.property("value")
        case QLineEdit():
            return widget.text()
        case QPlainTextEdit():
            return widget.toPlainText()
        case QAbstractButton():
            return widget.isChecked(), widget.text()
    return None


@pytest.mark.parametrize("page", OTHERS)
def test_the_wheel_changes_no_value_on_any_page(desk, page):
    desk.window.open(page, {})
    desk.settle()
    before = len(done(desk.file))
    kinds = (QComboBox, QAbstractSlider, QAbstractSpinBox, QLineEdit, QPlainTextEdit, QTabBar, QAbstractButton)
    widgets = [w for kind in kinds for w in desk.window.findChildren(kind) if w.isVisible()]
    for widget in (w for w in widgets if not isinstance(w, QScrollBar)):
        widget.setFocus()
        was = value(widget)
        for by in (120, -120, 120):
            wheel(widget, by)
        assert value(widget) == was, (page, widget, widget.accessibleName())
    assert len(done(desk.file)) == before


def test_no_letter_alone_is_a_shortcut_and_no_number_has_a_spin_box(desk):
    for entry in entries():
        desk.window.open(entry.id, {})
    desk.settle()
    found = [each.key() for each in desk.window.findChildren(QShortcut)]
    found += [keys for action in desk.window.findChildren(QAction) for keys in action.shortcuts()]
    found += [each.shortcut() for each in desk.window.findChildren(QAbstractButton)]
    assert len(found) > 50
    assert [keys.toString() for keys in found if _types_something(keys)] == []
    assert desk.window.findChildren(QAbstractSpinBox) == []


def _types_something(keys):
    """Whether the first key of a shortcut types a letter, digit or sign by itself."""
    if not keys.count():
        return False
    first = keys[0]
    held = first.keyboardModifiers() & ~Qt.KeyboardModifier.ShiftModifier & ~Qt.KeyboardModifier.KeypadModifier
    return held == Qt.KeyboardModifier.NoModifier and 0x20 <= first.key() <= 0x10FFFF and first.key() < 0x01000000


def test_the_rule_sees_a_letter(desk):
    action = QAction("x", desk.window)
    for keys, alone in (("J", True), ("Shift+J", True), ("5", True), ("Ctrl+J", False), ("F3", False), ("Del", False)):
        action.setShortcut(keys)
        assert _types_something(action.shortcut()) is alone
