"""A strip between a page's tools and its table, for work that takes a few words: find, fill, a condition. Esc puts it away."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from ui.theme import Look
from ui.widgets import Flow, column, row


class Strip(QFrame):
    """``closed``: it was put away, the keyboard goes back to the table."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("strip")
        self._rows = column(self, spacing=6)
        self._rows.setContentsMargins(10, 6, 6, 6)
        outer = row(spacing=8)
        self._rows.addLayout(outer)
        inside = QWidget()
        self.pieces = Flow(inside)
        self.shut = QPushButton("×")
        self.shut.setProperty("flat", True)
        self.shut.setAccessibleName("收起")
        self.shut.setToolTip("收起（Esc）")
        self.shut.clicked.connect(self.close_strip)
        outer.addWidget(inside, 1)
        outer.addWidget(self.shut, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def place(self, *pieces: QWidget) -> None:
        """Put the pieces in a row, or in several where there is little room; the × stands at the end."""
        for piece in pieces:
            self.pieces.addWidget(piece)

    def under(self, piece: QWidget) -> None:
        """Put a piece below them, over the whole width."""
        self._rows.addWidget(piece)

    def close_strip(self) -> None:
        """Put it away."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_strip()
            return
        super().keyPressEvent(event)


class _Width(QObject):
    """Goes with its widget, which may be gone before the look is."""

    def __init__(self, look: Look, widget: QWidget, pixels: int) -> None:
        super().__init__(widget)
        self.look, self.widget, self.pixels = look, widget, pixels
        look.changed.connect(self.follow)
        self.follow()

    def follow(self) -> None:
        self.widget.setFixedWidth(self.look.px(self.pixels))


def wide(look: Look, widget: QWidget, pixels: int) -> None:
    """Keep a widget as wide as so many of the drawings' pixels, at any scale."""
    _Width(look, widget, pixels)
