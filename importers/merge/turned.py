"""Tables that stand upright: one line for each figure, one column for each year, as a zone's own yearly form is laid out.

They are turned so that a figure is a column and a year is a row like in any other table; the cells keep their addresses.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from importers.cells import Cell, Grid
from importers.labels import is_serial, split_unit, text_of, unit_of
from importers.lines import is_blank, reason_of
from importers.matching.spoken import period_of, without_prefix
from models.periods import Period
from models.text import clean, fold

_LEAST = 3  # figures by which the column of names is known
_LOOK = 200
_NO_UNIT = {"-", "—", "/"}
_CODES = {"代码", "指标代码", "编码", "编号", "指标编号"}


@dataclass(frozen=True, slots=True)
class TurnedGrid(Grid):
    """A grid whose rows are columns of the sheet: ``across`` are the sheet's columns by row, ``down`` its rows by column.

    ``out`` are sentences about columns that are the figures of no period.
    """

    across: tuple[int, ...] = ()
    down: tuple[int, ...] = ()
    out: tuple[str, ...] = ()

    def row_number(self, row: int) -> int:
        return self.first_row + self.down[1]

    def letter(self, column: int) -> str:
        return str(self.first_row + self.down[column])

    def address(self, row: int, column: int) -> str:
        return f"{Grid.letter(self, self.across[row])}{self.letter(column)}"

    def line(self, row: int) -> str:
        return f"{Grid.letter(self, self.across[row])} 列"


def turned(grid: Grid, vocabulary: Callable[[str], float], base: Period | None) -> TurnedGrid | None:
    """The grid turned, when its figures stand below one another; None when they do not. ``base`` is the period of the import."""
    names, lines = _figures(grid, vocabulary)
    if len(lines) < _LEAST:
        return None
    units = _units(grid, names, lines)
    top = _heading_above(grid, names, lines[0])
    down = [row for row in range(lines[0], len(grid.rows)) if _is_figure(grid, row, names, units)]
    years, out = _years(grid, [column for column in range(names + 1, grid.width) if column != units], top, down, base)
    if not years:
        return None
    told = [("" if units is None else clean(text_of(grid.rows[row][units]))) for row in down]
    known = [unit_of(text.strip("()（）")) or "" for text in told]
    titles = [cell for row in grid.rows[: max(top, 0)] for cell in row if not is_blank(cell)]
    heading: list[Cell] = ["报告期"]
    for row, text, unit in zip(down, told, known, strict=True):
        name = text_of(grid.rows[row][names])
        heading.append(f"{name}（{text}）" if text and not unit and text not in _NO_UNIT else name)
    rows: list[list[Cell]] = [*([title, *([""] * len(down))] for title in titles), heading, ["", *known]]
    rows += [[year, *(grid.rows[row][column] for row in down)] for column, year in years.items()]
    across = (*(names for _ in titles), names, names if units is None else units, *years)
    return TurnedGrid(grid.sheet, rows, grid.first_row, grid.first_col, (), across, (max(top, 0), *down), out)


def _years(
    grid: Grid, columns: Sequence[int], top: int, down: Sequence[int], base: Period | None
) -> tuple[dict[int, str], tuple[str, ...]]:
    """The columns that hold the figures of a period, with it; sentences about the others that hold anything."""
    years: dict[int, str] = {}
    out: list[str] = []
    for column in columns:
        said = clean(text_of(grid.rows[top][column])) if top >= 0 else ""
        if all(is_blank(grid.rows[row][column]) for row in down):
            continue
        plain, period = period_of(said, base)
        if plain:
            years[column] = str(period or "")
        elif not is_serial(said) and fold(said) not in _CODES:
            out.append(f"竖排的表里 {grid.letter(column)} 列“{said}”不是某一期的数，没有导入")
    return years, tuple(out)


def _figures(grid: Grid, vocabulary: Callable[[str], float]) -> tuple[int, list[int]]:
    """The column that names the most of the ledger's figures, and the rows in which it does."""
    found: dict[int, list[int]] = {}
    for row, cells in enumerate(grid.rows[:_LOOK]):
        for column, cell in enumerate(cells):
            if isinstance(cell, str) and not is_blank(cell):
                name = without_prefix(fold(split_unit(cell)[0]))
                if name and vocabulary(name) == 1.0:
                    found.setdefault(column, []).append(row)
    across = max((len(_known_in(row, found)) for row in range(min(_LOOK, len(grid.rows)))), default=0)
    column = max(found, key=lambda one: len(found[one]), default=0)
    lines = found.get(column, [])
    return column, lines if len(lines) > across else []


def _known_in(row: int, found: dict[int, list[int]]) -> list[int]:
    return [column for column, rows in found.items() if row in rows]


def _units(grid: Grid, names: int, lines: Sequence[int]) -> int | None:
    """The column of units beside the names; None when there is none."""
    for column in range(names + 1, grid.width):
        told = [clean(text_of(cell)) for row in lines if not is_blank(cell := grid.rows[row][column])]
        told = [text.strip("()（）") for text in told if text not in _NO_UNIT]
        if sum(unit_of(text) is not None for text in told) * 2 > len(told):
            return column
    return None


def _heading_above(grid: Grid, names: int, first: int) -> int:
    """The row that says what the columns of figures are: the nearest above with something right of the names; -1 for none."""
    rows = (row for row in reversed(range(first)) if any(not is_blank(cell) for cell in grid.rows[row][names + 1 :]))
    return next(rows, -1)


def _is_figure(grid: Grid, row: int, names: int, units: int | None) -> bool:
    """Whether a row is a figure: it has a name and something besides its unit, and is no note or signature."""
    cells = grid.rows[row]
    if is_blank(cells[names]):
        return False
    filled = [column for column, cell in enumerate(cells) if not is_blank(cell)]
    texts = [fold(text_of(cells[column])) for column in filled[:3]]
    if reason_of([text for text in texts if not text.startswith("其中")] or [""], len(filled), grid.width):
        return False
    return any(column > names and column != units for column in filled)
