"""The small square at the selection's lower right corner: dragged down or to the right, it fills."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPen

from ui.table.blocks import block, cells_of, open_cells
from ui.table.filling import drag

if TYPE_CHECKING:
    from ui.table.view import Grid

SIZE, REACH = 6, 4  # pixels of the drawings: the square, and how far beside it still counts


class Handle:
    """Asked by the grid when it paints and when the mouse does something; it is there where the selection can be typed into."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self._source: tuple[list[int], list[int]] | None = None  # dragged from
        self._by = (0, 0)  # rows and columns dragged over

    @property
    def dragging(self) -> bool:
        """Whether the button is down."""
        return self._source is not None

    def rect(self) -> QRect:
        """Where it is; empty where there is none."""
        corner = self._corner(*block(self.grid))
        size = self.grid.session.look.px(SIZE)
        return QRect(corner.right() - size // 2 - 1, corner.bottom() - size // 2 - 1, size, size) if corner else QRect()

    def _corner(self, rows: list[int], columns: list[int]) -> QRect | None:
        grid = self.grid
        if rows[0] < 0 or rows[-1] >= cells_of(grid).known or not open_cells(grid, rows[:1], columns):
            return None
        found = grid.visualRect(grid.model().index(rows[-1], columns[-1]))
        return found if not found.isEmpty() and found.intersects(grid.viewport().rect()) else None

    def hit(self, at: QPoint) -> bool:
        """Whether the mouse is on it."""
        reach, rect = self.grid.session.look.px(REACH), self.rect()
        return not rect.isEmpty() and rect.adjusted(-reach, -reach, reach, reach).contains(at)

    def press(self) -> None:
        """The button goes down on it."""
        self._source, self._by = block(self.grid), (0, 0)

    def move(self, at: QPoint) -> None:
        """The mouse is dragged to ``at``; beyond the last row shown the table goes on."""
        grid = self.grid
        if self._source is None:
            return
        if at.y() > grid.viewport().height():
            grid.verticalScrollBar().setValue(grid.verticalScrollBar().value() + 1)
        inside = grid.viewport().rect()
        index = grid.indexAt(QPoint(min(max(0, at.x()), inside.right()), min(max(0, at.y()), inside.bottom())))
        if not index.isValid():
            return
        rows, columns = self._source
        last = cells_of(grid).known - 1
        down, right = min(index.row(), last) - rows[-1], index.column() - columns[-1]
        self._by = (max(0, down), 0) if down >= right else (0, max(0, right))
        grid.viewport().update()

    def release(self) -> None:
        """Fill what was dragged over, and select it."""
        if self._source is None:
            return
        (rows, columns), (down, right) = self._source, self._by
        self._source = None
        if down or right:
            drag(self.grid, (rows, columns), down=down, right=right)
            self.grid.go(rows[0], columns[0])
            self.grid.go(rows[-1] + down, columns[-1] + right, extend=True)
        self.grid.viewport().update()

    def cancel(self) -> None:
        """Esc while dragging."""
        self._source = None
        self.grid.viewport().update()

    def paint(self, painter: QPainter) -> None:
        """Draw the square, and a broken line around what is dragged over."""
        grid, look = self.grid, self.grid.session.look
        if self._source is not None and any(self._by):
            (rows, columns), (down, right) = self._source, self._by
            first = grid.visualRect(grid.model().index(rows[0], columns[0]))
            last = grid.visualRect(grid.model().index(rows[-1] + down, columns[-1] + right))
            painter.setPen(QPen(look.color("accent"), 1, Qt.PenStyle.DashLine))
            painter.drawRect(first.united(last).adjusted(0, 0, -1, -1))
        rect = self.rect()
        if not rect.isEmpty():
            painter.fillRect(rect.adjusted(-1, -1, 1, 1), look.color("surface"))
            painter.fillRect(rect, look.color("accent"))
