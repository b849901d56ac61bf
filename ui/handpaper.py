"""The paper with cells that are filled in by hand: light yellow, an editor opens in them, Tab goes from one to the next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QHideEvent,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from exporters.page import PageSheet
from exporters.references import split_address
from ui.composing import Composition
from ui.paper import PaperView
from ui.theme import Look

WIDE, LINES = 150, 12  # pixels of the drawings an editor is wide at least, lines it grows to
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STAYS = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)  # a menu, another program
_BOX = 8  # border and margins of the editor, pixels of the drawings


class PaperEditor(QPlainTextEdit):
    """The text of one cell. ``left`` is called when the focus goes elsewhere in the window."""

    def __init__(self, parent: QWidget, left: Callable[[], object]) -> None:
        super().__init__(parent)
        self._left = left
        self.composition = Composition(self)
        self.setObjectName("onpaper")
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(2)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _STAYS:
            self._left()


class HandPaper(PaperView):
    """``keep(address, text)`` keeps what was typed in a cell and says whether it could. ``locked``: nothing can be typed."""

    def __init__(self, look: Look, keep: Callable[[str, str], bool], *, locked: bool = False) -> None:
        super().__init__(look)
        self.keep, self.locked = keep, locked
        self.hands: dict[str, str] = {}  # address → what keying it again starts from
        self.editor: PaperEditor | None = None
        self.composition = Composition(self)
        self._composing = (
            False  # the first word of an input method is being put together; until it is, the focus stays here
        )

    def put(self, sheet: PageSheet, *, draft: bool, hands: Mapping[str, str] | None = None) -> None:
        """Show another sheet, or the same one filled anew: what is being typed stays."""
        self.hands = dict(hands or {})
        self.yellow = frozenset(self.hands)
        if self.editor and (self.sheet is None or self.sheet.name != sheet.name or self.cell not in self.hands):
            self.leave(keep=False)
        super().put(sheet, draft=draft)
        self._take_words()
        self._lay()

    def choose(self, address: str) -> None:
        """Choose a cell; a word begun in an input method opens the editor only where there is something to fill in."""
        super().choose(address)
        self._take_words()

    def _take_words(self) -> None:
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, self._ready)

    @property
    def _ready(self) -> bool:
        """Whether the chosen cell can be typed in."""
        return self.cell in self.hands and not self.locked

    # --- the editor

    def open(self, text: str | None = None, *, focus: bool = True) -> None:
        """Open the editor in the chosen cell, over its text unless another is given."""
        if self.editor or not self._ready:
            return
        self._reveal()
        self.editor = editor = PaperEditor(self.viewport(), self.leave)
        editor.setPlainText(self.hands[self.cell] if text is None else text)
        editor.moveCursor(QTextCursor.MoveOperation.End)
        editor.installEventFilter(self)
        editor.textChanged.connect(self._lay)
        self._lay()
        editor.show()
        if focus:
            editor.setFocus()

    def leave(self, *, keep: bool = True) -> bool:
        """Close the editor; with ``keep`` its text goes where it belongs. False when that was refused and it stays open."""
        editor, address = self.editor, self.cell
        if editor is None:
            return True
        text, focused = editor.toPlainText(), editor.hasFocus()
        self.editor, self._composing = None, False  # hiding it takes its focus, which would leave it again
        if keep and text != self.hands.get(address):
            if not self.keep(address, text):
                self.editor = editor
                editor.setFocus()
                return False
            self._say(address, text)
        editor.hide()
        editor.deleteLater()
        if focused:
            self.setFocus()
        return True

    def _say(self, address: str, text: str) -> None:
        """Show what was typed until the form is filled anew."""
        assert self.sheet is not None
        self.hands[address] = text
        pages = tuple(
            replace(page, cells=tuple(replace(c, text=text) if c.address == address else c for c in page.cells))
            for page in self.sheet.pages
        )
        self.sheet = replace(self.sheet, pages=pages)
        self.viewport().update()

    def _lay(self) -> None:
        """Put the editor over its cell, as high as its text needs."""
        editor = self.editor
        if editor is None:
            return
        font, least = self.cell_font(self.cell), self.look.font(12.5)
        font = font if font and QFontMetrics(font).height() >= QFontMetrics(least).height() else least
        editor.setFont(font)
        rect, view = self.cell_rect(self.cell).toAlignedRect(), self.viewport().rect()
        rect.setWidth(min(max(rect.width(), self.look.px(WIDE)), view.width()))
        inside = QRect(0, 0, max(1, rect.width() - self.look.px(2 * _BOX)), 100_000)
        text = editor.toPlainText() + ("　" if editor.toPlainText().endswith("\n") else "")
        lines = QFontMetrics(font).boundingRect(inside, int(Qt.TextFlag.TextWrapAnywhere), text or "　").height()
        most = QFontMetrics(font).lineSpacing() * LINES
        rect.setHeight(min(max(rect.height(), min(lines, most) + self.look.px(2 * _BOX)), view.height()))
        corner = QPoint(min(rect.left(), view.right() - rect.width()), min(rect.top(), view.bottom() - rect.height()))
        rect.moveTopLeft(QPoint(max(0, corner.x()), max(0, corner.y())))
        editor.setGeometry(rect)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.editor and watched is self.editor and self.editor.composition.owns(event):
            event.setAccepted(True)
            return True
        if watched is self.editor and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        """A key pressed in the editor: whether it leaves the cell or breaks the line."""
        assert self.editor is not None
        key, held = Qt.Key(event.key()), event.modifiers()
        if key in _ENTER and held & Qt.KeyboardModifier.AltModifier:
            self.editor.insertPlainText("\n")
        elif key in _ENTER:
            if self.leave():
                self._below()
        elif key == Qt.Key.Key_Escape:
            self.leave(keep=False)
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            if self.leave():
                self._next(1 if key == Qt.Key.Key_Tab else -1)
        else:
            return False
        return True

    # --- from cell to cell

    def _next(self, way: int) -> bool:
        """Go to the next cell to be filled in, in the order of reading, or the one before."""
        here = split_address(self.cell) if self.cell else (0, 0)
        places = {split_address(address): address for address in self.hands}
        ahead = [place for place in places if (place > here if way > 0 else place < here)]
        if ahead:
            self.choose(places[min(ahead) if way > 0 else max(ahead)])
        return bool(ahead)

    def _below(self) -> None:
        """Go to the next cell to be filled in below, in the same column."""
        row, column = split_address(self.cell)
        below = [(r, address) for address in self.hands for r, c in [split_address(address)] if c == column and r > row]
        if below:
            self.choose(min(below)[1])

    def focusNextPrevChild(self, next: bool) -> bool:
        return self._next(1 if next else -1) or super().focusNextPrevChild(next)

    # --- what opens it

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, text, held = Qt.Key(event.key()), event.text(), event.modifiers() & _COMMANDS
        if not self._ready:
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_F2:
            self.open()
        elif key == Qt.Key.Key_Delete and not held:
            if self.hands[self.cell] and self.keep(self.cell, ""):
                self._say(self.cell, "")
        elif key == Qt.Key.Key_V and held == Qt.KeyboardModifier.ControlModifier:
            self.open(QApplication.clipboard().text())
        elif text and text.isprintable() and not held:
            self.open("")
            if self.editor:
                QApplication.sendEvent(self.editor, event)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.composition.finish()
        if self.leave():  # the focus went to the editor only now, and does not leave it by this click
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)
        self.open()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """The first word of an input method opens the editor and goes there; the focus follows when it is whole (as in tables)."""
        if not (event.preeditString() or event.commitString()) and not self._composing:
            event.ignore()
            return
        if self.editor is None:
            self.open("", focus=False)
            self._composing = self.editor is not None
        if self.editor is None:
            event.ignore()
            return
        QApplication.sendEvent(self.editor, event)
        if event.commitString() or not event.preeditString():
            self._composing = False
            if event.commitString():
                self.editor.setFocus()
            else:
                self.leave(keep=False)

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> object:
        if self._composing and self.editor:
            found = self.editor.inputMethodQuery(query)
            at = self.editor.mapTo(self, QPoint())
            return found.translated(at) if isinstance(found, QRect | QRectF) else found
        if query == Qt.InputMethodQuery.ImCursorRectangle:
            return self.cell_rect(self.cell).toAlignedRect().translated(self.viewport().pos())
        return super().inputMethodQuery(query)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self._lay()

    def _measure(self) -> None:
        super()._measure()
        self._lay()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.leave()
