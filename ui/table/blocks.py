"""The selection as a block of cells, and writing texts into one; what copying, pasting and filling are made of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ui.table.cells import Typed, Writable

if TYPE_CHECKING:
    from ui.table.view import Grid


def block(grid: Grid) -> tuple[list[int], list[int]]:
    """Rows and columns of the selection, as one rectangle around it."""
    ranges = grid.selectionModel().selection()
    rows = sorted({row for part in ranges for row in range(part.top(), part.bottom() + 1)})
    columns = sorted({column for part in ranges for column in range(part.left(), part.right() + 1)})
    at = grid.currentIndex()
    return (rows or [at.row()]), (columns or [at.column()])


def runs(places: Iterable[int]) -> list[tuple[int, int]]:
    """First and last of each run of places that follow one another.

    >>> runs([3, 4, 9, 5])
    [(3, 5), (9, 9)]
    """
    found: list[tuple[int, int]] = []
    for place in sorted(places):
        if found and found[-1][1] == place - 1:
            found[-1] = (found[-1][0], place)
        else:
            found.append((place, place))
    return found


def cells_of(grid: Grid) -> Writable:
    """The table's model as the keys use it."""
    return grid.model()  # type: ignore[return-value]


def open_cells(grid: Grid, rows: Iterable[int], columns: Iterable[int]) -> dict[int, list[int]]:
    """The rows that can be typed into, by column."""
    rows, model = list(rows), cells_of(grid)
    found = {column: model.open_rows(rows, column) for column in columns}
    return {column: open_ for column, open_ in found.items() if open_}


def spread(grid: Grid, rows: Iterable[int], columns: Iterable[int], value: object) -> Typed:
    """``value`` for every cell that can be typed into."""
    return {column: dict.fromkeys(open_, value) for column, open_ in open_cells(grid, rows, columns).items()}


def put(grid: Grid, typed: Typed, kind: str) -> bool:
    """Write ``typed`` as one step; one cell's is named after the cell."""
    amount = sum(map(len, typed.values()))
    return amount > 0 and cells_of(grid).put_cells(typed, kind, f"{kind} {amount:,} 格" if amount > 1 else "")


def say_refused(grid: Grid, typed: Typed) -> None:
    """Nothing of the block can be typed into: say why."""
    if not typed and grid.currentIndex().isValid():
        grid.refused.emit(grid.currentIndex().column())
