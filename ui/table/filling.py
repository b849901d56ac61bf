"""Filling cells from their neighbours as one step: down, to the right, the cell above, one text everywhere, a dragged corner."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ui.table.blocks import block, cells_of, open_cells, put, say_refused, spread

if TYPE_CHECKING:
    from ui.table.view import Grid


def fill(grid: Grid, typed: object) -> None:
    """Ctrl+Enter: the typed text in every selected cell."""
    rows, columns = block(grid)
    known = cells_of(grid).known + (len(rows) * len(columns) == 1)
    put(grid, spread(grid, [row for row in rows if row < known], columns, typed), "填充")
    grid.setFocus()


def fill_down(grid: Grid) -> None:
    """Ctrl+D: the top row of the selection in the rows below it; one row: the row above in it."""
    rows, columns = block(grid)
    source = rows[0] if len(rows) > 1 else rows[0] - 1
    _repeat(grid, ([source], columns), ([r for r in rows if r != source], columns), "向下填充")


def fill_right(grid: Grid) -> None:
    """Ctrl+R: the leftmost column of the selection in those right of it; one column: the column to the left in it."""
    rows, columns = block(grid)
    source = columns[0] if len(columns) > 1 else columns[0] - 1
    _repeat(grid, (rows, [source]), (rows, [c for c in columns if c != source]), "向右填充")


def copy_above(grid: Grid) -> None:
    """Ctrl+': the cell above."""
    at = grid.currentIndex()
    _repeat(grid, ([at.row() - 1], [at.column()]), ([at.row()], [at.column()]), "照抄上一格")


def drag(grid: Grid, source: tuple[list[int], list[int]], *, down: int, right: int) -> None:
    """The block ``source`` again and again over the rows below it, or the columns right of it."""
    rows, columns = source
    onto = range(rows[-1] + 1, min(rows[-1] + 1 + down, cells_of(grid).known))
    beside = range(columns[-1] + 1, min(columns[-1] + 1 + right, grid.model().columnCount()))
    target = (list(onto), columns) if down else (rows, list(beside))
    _repeat(grid, source, target, "拖动填充")


def _repeat(
    grid: Grid,
    source: tuple[Sequence[int], Sequence[int]],
    target: tuple[Sequence[int], Sequence[int]],
    kind: str,
) -> None:
    """Write the block ``source`` over ``target``, beginning anew where it ends."""
    (rows, columns), model = source, cells_of(grid)
    rows = [row for row in rows if row < model.known]
    if not rows or rows[0] < 0 or columns[0] < 0 or not all(target):
        return
    texts = model.texts(rows, columns)
    left, top = target[1][0], target[0][0]
    typed = {
        column: {row: texts[(row - top) % len(rows)][(column - left) % len(columns)] for row in open_}
        for column, open_ in open_cells(grid, *target).items()
    }
    if not put(grid, typed, kind):
        say_refused(grid, typed)
