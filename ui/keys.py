"""The whole window by keyboard: F6 goes round its parts, Ctrl+PageUp and Ctrl+PageDown turn pages, Esc goes back to the work,
Alt+← to the page from which a row was looked up.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, SignalInstance
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QAbstractScrollArea, QApplication, QWidget

from models.periods import Period

if TYPE_CHECKING:
    from ui.window import Window

AUDIT = "audit"  # the page that goes from one place to the next
PAPER = "desk"  # what a sheet of a return lies on
STEPS = 20  # looked up one after another that can be gone back
_REASON = Qt.FocusReason.ShortcutFocusReason


class Keys(QObject):
    """Of one window."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self.window = window
        session = window.session
        for keys, act in (
            ("F6", lambda: self.go_round(1)),
            ("Shift+F6", lambda: self.go_round(-1)),
            ("Ctrl+PgDown", lambda: self.turn(1)),
            ("Ctrl+PgUp", lambda: self.turn(-1)),
            ("Alt+Left", self.go_back),
            ("F8", lambda: self._seek(session.sought, 1)),
            ("Shift+F8", lambda: self._seek(session.sought, -1)),
            ("F7", lambda: self._seek(session.explaining)),
        ):
            QShortcut(QKeySequence(keys), window).activated.connect(act)
        self.trail: list[tuple[str, str, Period]] = []
        session.wanted.connect(self._note)  # before the window turns the page

    def _note(self, _page: str, where: Mapping[str, object]) -> None:
        """Somebody is led to a row: whence is kept, to come back to."""
        session = self.window.session
        scope, session.left_at = session.left_at or (session.zone, session.period), None
        if "row" in where and self.window.pages:
            here = next(id for id, page in self.window.pages.items() if page is self.window.current)
            self.trail = [*self.trail[1 - STEPS :], (here, *scope)]

    def _seek(self, asked: SignalInstance, *by: int) -> None:
        """Ask for a place to put right; the audit, which knows of them, is turned to where it has not been looked at yet."""
        if AUDIT in self.window.pages:
            asked.emit(*by)
        else:
            self.window.session.go(AUDIT)

    def go_back(self) -> None:
        """To the page, the zone and the period, from which the last row was looked up."""
        if self.trail:
            page, zone, period = self.trail.pop()
            self.window.session.show_scope(zone=zone, period=period)
            self.window.open(page, {})

    def parts(self) -> list[QWidget]:
        """Where the keyboard can go: what is open in the navigation, the page's work, its panels, the search."""
        window, page = self.window, self.window.current
        panels = [each for each in page.findChildren(QWidget, "panel") if each.isVisible()]
        inside = [_first(panel, []) for panel in panels]
        found = [window.nav.current(), _first(page, panels), *inside, window.top.search]
        return list(dict.fromkeys(each for each in found if each is not None and each.isVisible()))

    def go_round(self, way: int) -> None:
        """To the next part, or the one before."""
        parts, focus = self.parts(), QApplication.focusWidget()
        here = next((n for n, part in enumerate(parts) if focus is not None and _same(part, focus, self.window)), -1)
        parts[(here + way) % len(parts) if here >= 0 else 0].setFocus(_REASON)

    def turn(self, way: int) -> None:
        """To the next page of the navigation, or the one before."""
        shown = self.window.nav.shown()
        here = next((n for n, id in enumerate(shown) if self.window.nav.items[id].isChecked()), 0)
        self.window.open(shown[(here + way) % len(shown)], {})

    def left_over(self, event: QKeyEvent) -> bool:
        """A key nobody took: Esc goes back to the page's work, Enter presses the button the keyboard is on."""
        focus = QApplication.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            work = _first(self.window.current, self.window.current.findChildren(QWidget, "panel"))
            if work is not None:
                work.setFocus(_REASON)
            return work is not None
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focus, QAbstractButton):
            focus.click()
            return True
        return False


def name_lists(page: QWidget, label: str) -> None:
    """Give the tables, lists and papers of a page that have no name of their own the page's, to be read aloud."""
    panels = page.findChildren(QWidget, "panel")
    for each in page.findChildren(QAbstractScrollArea):
        if not each.accessibleName():
            beside = any(panel.isAncestorOf(each) for panel in panels)
            each.setAccessibleName(f"{label}，旁边的内容" if beside else label)


def _first(within: QWidget, without: list[QWidget]) -> QWidget | None:
    """Where the work is: the first list, table or paper, else the first thing that takes the keyboard."""
    takes = [each for each in within.findChildren(QWidget) if _takes(each)]
    takes = [each for each in takes if not any(panel.isAncestorOf(each) for panel in without)]
    lists = [each for each in takes if isinstance(each, QAbstractItemView) or each.objectName() == PAPER]
    return next(iter(lists or takes), None)


def _takes(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isVisible() and widget.isEnabled()


def _same(part: QWidget, focus: QWidget, window: Window) -> bool:
    """Whether the keyboard is in this part of the window."""
    if part is focus or part.isAncestorOf(focus):
        return True
    home = _home(part, window)
    return home is not None and home is _home(focus, window)


def _home(widget: QWidget, window: Window) -> QWidget | None:
    """The panel, page or bar a widget is in."""
    at: QWidget | None = widget
    while at is not None:
        if at.objectName() == "panel" or at in (window.nav, window.top, window.current):
            return at
        at = at.parentWidget()
    return None
