"""The heading of a table: label above, unit beneath; and the numbers of the rows."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QFont, QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from ui.table.cells import PAD, ROW, Head, Shows
from ui.theme import Look

HEIGHT = 38


class Heading(QHeaderView):
    """Columns. A click on the arrow, a right click, or a double one asks for the column's menu."""

    asked = Signal(int)

    def __init__(self, look: Look, parent: QWidget, *, two_lines: bool = True) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.look = look
        self.frozen = 0
        self.sorted: tuple[int, bool] | None = None
        self.below = 0  # pixels kept beneath the words for something else (the filter row)
        self._over = -1  # the column under the mouse: it shows that it has a menu
        self._two_lines = two_lines
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.setMinimumSectionSize(look.px(40))
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(lambda at: self.asked.emit(self.logicalIndexAt(at)))
        self.resize_to_look()

    def resize_to_look(self) -> None:
        """Take the height that belongs to the scale."""
        self.setFixedHeight(self.words() + self.below)

    def words(self) -> int:
        """The height of the words alone."""
        return self.look.px(HEIGHT if self._two_lines else ROW - 4)

    def label_font(self) -> QFont:
        """The font of the labels."""
        return self.look.font(12.5)

    def arrow(self, logical: int) -> QRect:
        """Where a column's arrow is: pressing it opens the menu."""
        size = self.look.px(16)
        right = self.sectionViewportPosition(logical) + self.sectionSize(logical) - self.look.px(4)
        return QRect(right - size, self.words() - size - 1, size, size)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        over = self.logicalIndexAt(event.position().toPoint()) if self._two_lines else -1
        if over != self._over:
            self._over = over
            self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._over = -1
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        logical = self.logicalIndexAt(at)
        edge = self.cursor().shape() == Qt.CursorShape.SplitHCursor
        if self._two_lines and logical >= 0 and not edge and self.arrow(logical).contains(at):
            self.asked.emit(logical)
            return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        at = self.logicalIndexAt(event.position().toPoint())
        if at >= 0 and self.cursor().shape() != Qt.CursorShape.SplitHCursor:
            self.asked.emit(at)
        else:
            super().mouseDoubleClickEvent(event)

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        look, model = self.look, self.model()
        painter.save()
        painter.fillRect(rect, look.color("inner"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), look.color("line"))
        if self.frozen and logical == self.frozen - 1:
            painter.fillRect(QRect(rect.right() - 1, rect.top(), 2, rect.height()), look.color("line"))
        self._paint_words(painter, rect.adjusted(0, 0, 0, -self.below), heads(model)[logical], logical)
        painter.restore()

    def _paint_words(self, painter: QPainter, rect: QRect, head: Head, logical: int) -> None:
        look = self.look
        inner = rect.adjusted(look.px(PAD), 0, -look.px(PAD), -1)
        side = Qt.AlignmentFlag.AlignRight if head.right else Qt.AlignmentFlag.AlignLeft
        under = head.unit
        if self.sorted and self.sorted[0] == logical:
            under = f"{under} {'▼' if self.sorted[1] else '▲'}".strip()
        top = bottom = inner
        if under and self._two_lines:
            top = inner.adjusted(0, look.px(4), 0, -look.px(15))
            bottom = inner.adjusted(0, look.px(19), 0, -look.px(1))
        painter.setFont(self.label_font())
        painter.setPen(look.color("secondary"))
        text = painter.fontMetrics().elidedText(head.label, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(top, side | Qt.AlignmentFlag.AlignVCenter, text)
        if under and self._two_lines:
            painter.setFont(look.font(10.5))
            painter.drawText(bottom, side | Qt.AlignmentFlag.AlignVCenter, under)
        if logical == self._over:
            box = self.arrow(logical)
            painter.fillRect(box, look.color("inner"))
            painter.setFont(look.font(10.5))
            painter.setPen(look.color("accent"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "▼")


class Numbers(QHeaderView):
    """Rows: quiet numbers; the row after the last, where a new one begins, shows +."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.look = look
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.resize_to_look()

    def resize_to_look(self) -> None:
        """Take the row height and width that belong to the scale."""
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(1)
        self.setDefaultSectionSize(self.look.px(ROW))
        self.setFixedWidth(self.look.px(30))

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        look = self.look
        painter.save()
        painter.fillRect(rect, look.color("inner"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), look.color("surface"))
        painter.setFont(look.font(11.5 if logical < 9999 else 9))
        painter.setPen(look.color("secondary"))
        ghost = logical >= getattr(self.model(), "known", logical + 1)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, "+" if ghost else str(logical + 1))
        painter.restore()


def heads(model: object) -> list[Head]:
    """The headings of a model made for these tables."""
    shown: Shows = model  # type: ignore[assignment]
    return shown.heads
