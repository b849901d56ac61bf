"""A clerk at the whole window over the demonstration zone: pages turned to, background work waited for, real clicks and keys."""

from __future__ import annotations

from contextlib import suppress

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from ui.auditing import Auditor
from ui.worker import Task

WAIT = 20_000


class Desk:
    def __init__(self, qtbot, window, file):
        self.qtbot, self.window, self.file = qtbot, window, file
        self.session = window.session
        self.auditor = Auditor.of(self.session)

    def turn(self, page):
        """Click the page's name in the navigation and wait until it is worked out."""
        self.qtbot.mouseClick(self.window.nav.items[page], Qt.MouseButton.LeftButton)
        self.settle()
        return self.window.current

    def settle(self):
        """Wait until nothing is worked on in the background."""
        QApplication.processEvents()
        self.qtbot.waitUntil(
            lambda: not self.window.findChildren(Task) and not self.session.findChildren(Task), timeout=WAIT
        )
        QApplication.processEvents()
        self.window.nav.recount()  # which waits for a pause in the clerk's typing

    def leave(self):
        """Close the window once nothing is worked on, while it is there: closed by pytest-qt it is gone before anybody can wait."""
        with suppress(RuntimeError):  # gone already
            self.settle()
            self.window.close()
            self.window.deleteLater()
            self.session.deleteLater()

    def click(self, widget):
        assert widget.isVisible()
        assert widget.isEnabled()
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)
        self.settle()

    def click_text(self, text):
        """Click the visible button or link that says ``text``."""
        found = [
            each for each in self.window.current.findChildren(QPushButton) if each.text() == text and each.isVisible()
        ]
        assert len(found) == 1, [each.text() for each in self.window.current.findChildren(QPushButton)]
        self.click(found[0])

    def click_row(self, lines, row, column=0, *, double=False):
        """Click a cell of a list."""
        at = lines.visualRect(lines.lines.index(row, column)).center()
        self.qtbot.mouseClick(lines.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(at))
        if double:
            self.qtbot.mouseDClick(lines.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(at))
        self.settle()

    def press(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)
        self.settle()

    def type(self, text):
        for letter in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                focus = QApplication.focusWidget()
                QApplication.sendEvent(focus, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))

    def findings(self):
        """Code and name of what is still open."""
        return [(each.rule.id, each.title.name) for each in self.auditor.report.findings if each.open]

    def cell(self):
        """Ledger page, record and field the clerk's cursor stands on."""
        page = self.window.current
        index = page.grid.currentIndex()
        return page.ledger.id, page.model.name_of(index.row()), page.model.columns[index.column()].field.label


def texts(lines):
    """All texts of a list."""
    model = lines.lines
    return [[model.index(r, c).data() or "" for c in range(model.columnCount())] for r in range(model.rowCount())]
