"""Other tables on the same sheet, above or below the one that is imported: found so that none of their rows is lost silently."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from importers.cells import Cell, Grid
from importers.labels import is_serial, is_title, likeness, looks_like_data, split_unit
from importers.lines import is_blank

OTHER_TABLE = "另一张表"
KNOWN = 0.9  # nearly a label of the ledger
_NAME = 0.8  # by its form a column's name
_CAN_BE = 0.3
_BELOW = 5


def is_record(cells: Sequence[Cell]) -> bool:
    """Whether the filled cells of a row above a heading are data rather than names or titles."""
    texts = [cell for cell in cells if isinstance(cell, str)]
    data = any(looks_like_data(cell) and not likeness(cell) for cell in cells)  # 2024 may head a column
    return data and len(cells) > 1 and not any(map(is_title, texts))


def starts_table(grid: Grid, row: int, vocabulary: Callable[[str], float] | None) -> bool:
    """Whether a row below a table names the columns of another: names only, several of them surely, and data below."""
    cells = _filled(grid, row)
    if len(cells) < 2 or not all(isinstance(cell, str) and _can_be_name(cell) for cell in cells):
        return False
    texts = [split_unit(cell)[0] for cell in cells if isinstance(cell, str)]
    known = sum(vocabulary(text) >= KNOWN for text in texts) if vocabulary else 0
    named = sum(is_serial(text) or likeness(text) >= _NAME for text in texts)
    sure = known > 1 and known * 2 >= len(texts)
    formal = len(texts) > 2 and named * 3 >= len(texts) * 2
    return (sure or formal) and any(
        looks_like_data(cell)
        for below in range(row + 1, min(row + 1 + _BELOW, len(grid.rows)))
        for cell in _filled(grid, below)
    )


def _can_be_name(cell: str) -> bool:
    return is_serial(cell) or likeness(cell) >= _CAN_BE


def _filled(grid: Grid, row: int) -> list[Cell]:
    return [cell for cell in grid.rows[row] if cell != "" and not is_blank(cell)]
