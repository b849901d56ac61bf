"""The frame: navigation at the left, zone, period and search at the top, what is saved and selected at the bottom."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QGridLayout, QMainWindow, QStackedWidget, QWidget

from ui.composing import finish
from ui.keys import Keys, name_lists
from ui.nav import Navigation
from ui.page import Entry, PageWidget
from ui.scrolled import Stage
from ui.session import Session
from ui.statusbar import StatusBar
from ui.topbar import TopBar
from ui.worker import Task


class Window(QMainWindow):
    """Builds a page when it is first asked for and keeps it; knows none by name."""

    def __init__(self, session: Session, entries: list[Entry]) -> None:
        super().__init__()
        self.session = session
        self.entries = {entry.id: entry for entry in entries}
        self.pages: dict[str, PageWidget] = {}
        self.setWindowTitle("园区年报通")
        self.nav = Navigation(session, entries)
        self.top = TopBar(session, entries)
        self.status = StatusBar(session)
        self.stack = QStackedWidget()
        self.keys = Keys(self)
        self._place()
        self._connect()
        self._resize_to_look()

    def _place(self) -> None:
        frame = QWidget()
        frame.setObjectName("frame")
        self.setCentralWidget(frame)  # while it is empty: what is in something is slow to move
        grid = QGridLayout(frame)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        grid.addWidget(self.top, 0, 0, 1, 2)
        grid.addWidget(self.nav, 1, 0)
        grid.addWidget(self.stack, 1, 1)
        grid.addWidget(self.status, 2, 0, 1, 2)
        grid.setColumnStretch(1, 1)

    def _connect(self) -> None:
        session = self.session
        self.nav.chosen.connect(lambda id: self.open(id, {}))
        session.wanted.connect(self.open)
        session.help_wanted.connect(self.help)
        self.top.left.connect(lambda: self.current.arrive({}))
        session.look.changed.connect(self._resize_to_look)
        for keys, slot in (
            (QKeySequence.StandardKey.Undo, session.undo),
            (QKeySequence.StandardKey.Redo, session.redo),
            (QKeySequence("Ctrl+Y"), session.redo),
            (QKeySequence(QKeySequence.StandardKey.HelpContents), self.help),
            (QKeySequence("Ctrl+K"), self.top.open_search),
        ):
            sequence = QKeySequence(keys)
            if not any(shortcut.key() == sequence for shortcut in self.findChildren(QShortcut)):
                QShortcut(sequence, self).activated.connect(slot)

    def _resize_to_look(self) -> None:
        # what fits a 1366 × 768 screen at 150 %
        self.setMinimumSize(880, 480)
        self.nav.fold(narrow=self.width() < self.session.look.px(1000))

    def open(self, id: str, where: Mapping[str, object]) -> None:
        """Turn to a page; ``where`` is handed to it."""
        entry = self.entries.get(id)
        if entry is None:
            return
        self.leave_editor()
        page = self.pages.get(id)
        if page is None:
            page = self.pages[id] = entry.build(self.session)
            self.stack.addWidget(Stage(page, self.stack))
        self.stack.setCurrentIndex(list(self.pages).index(id))
        self.nav.mark(id)
        self.session.settings.put("window/page", id)
        self.session.selected.emit("")
        name_lists(page, entry.label)
        page.arrive(where)

    def help(self) -> None:
        """The manual, at the chapter on the page on show (F1)."""
        # reads Markdown: loaded when it is asked for
        from ui.help import show as show_manual

        show_manual(self, self.session.look, next(id for id, page in self.pages.items() if page is self.current))

    @property
    def current(self) -> PageWidget:
        """The page on show."""
        stage = self.stack.currentWidget()
        assert isinstance(stage, Stage)
        return stage.page

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.keys.left_over(event):
            super().keyPressEvent(event)

    def leave_editor(self) -> None:
        """Whoever is typing is done: the text goes where it belongs."""
        focus = QApplication.focusWidget()
        if focus is not None and focus.window() is self:
            finish(focus)  # a word begun in a cell goes to the cell's editor, and the focus with it
            (QApplication.focusWidget() or focus).clearFocus()

    def resizeEvent(self, event) -> None:  # noqa: ANN001
        super().resizeEvent(event)
        self.nav.fold(narrow=self.width() < self.session.look.px(1000))

    def closeEvent(self, event: QCloseEvent) -> None:
        self.leave_editor()
        self.hide()  # the window is gone at once; what is being read or written may take a moment to end
        for task in (*self.findChildren(Task), *self.session.findChildren(Task)):
            task.finish()
        self.session.file.close()
        super().closeEvent(event)
