"""Finds the heading of a table among title lines, merged rows, unit rows and column numbers, and what belongs to it.

The heading is the block of rows that names columns: its best row is found by form, by the contrast with what stands
below and, when given, by how much its texts look like the ledger's labels; then it grows up and down over merged and
grouped rows. Everything that is no record is listed, with its place and the reason.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from importers.asides import Aside, Sorter, aside
from importers.block import Block, find_block
from importers.cells import Grid
from importers.labels import is_serial, sheet_units, split_unit, text_of
from importers.lines import is_blank, is_instruction, is_numbering, row_units
from importers.others import OTHER_TABLE
from models.text import clean, fold

JOINT = "｜"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the table: ``path`` are its heading's parts from top to bottom, cleaned and without the unit.

    ``below`` says that the unit stands in a row of units below the heading, so that it is not a part of the name.
    """

    index: int
    letter: str
    path: tuple[str, ...]
    unit: str | None
    raw: str
    serial: bool
    below: bool = False

    @property
    def where(self) -> str:
        """C 列, or 第 5 行 in a table that stands upright."""
        return f"第 {self.letter} 行" if self.letter.isdigit() else f"{self.letter} 列"

    @property
    def label(self) -> str:
        """The parts joined: “财务｜营业收入”; empty when the file gives the column no name."""
        return JOINT.join(self.path)


@dataclass(frozen=True, slots=True)
class Heading:
    """A table found in a grid; rows are indexes into ``grid.rows``. ``sheet_units`` hold for columns without their own.

    ``serial`` columns only count lines and are no data. ``data`` are the rows to import, ``aside`` all the other filled
    rows below the title lines ``titles``.
    """

    sheet: str
    top: int
    bottom: int
    columns: tuple[Column, ...]
    titles: tuple[str, ...]
    sheet_units: tuple[str, ...]
    data: Sequence[int]
    aside: tuple[Aside, ...]

    def fingerprint(self) -> str:
        """The same for the same heading in another file or year: a hash of the folded paths and units."""
        parts = [[*map(fold, column.path), column.unit or ""] for column in self.columns] + [list(self.sheet_units)]
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]

    def others(self) -> tuple[int, int] | None:
        """The first and last row of other tables on the sheet; None when there are none."""
        rows = [one.row for one in self.aside if one.reason == OTHER_TABLE]
        return (rows[0], rows[-1]) if rows else None


class NoHeading(Exception):
    """A sheet in which no row names columns; the message is one Chinese sentence."""


def find_heading(grid: Grid, vocabulary: Callable[[str], float] | None = None) -> Heading:
    """The table of ``grid``; ``vocabulary`` tells how much a text looks like a label of the ledger (0 to 1).

    Raises :class:`NoHeading`.
    """
    if not any(not is_blank(cell) for row in grid.rows for cell in row):
        raise NoHeading(f"工作表“{grid.sheet}”是空的，请选择另一张工作表")
    block = find_block(grid, vocabulary)
    if block is None:
        raise NoHeading(
            f"工作表“{grid.sheet}”里没有找到标题行，请在表格上方写一行列名（如 企业名称），或选择另一张工作表"
        )
    start, units, asides = _below(grid, block)
    columns = _columns(grid, block, units, start)
    serial = {column.index for column in columns if column.serial}
    records, others = Sorter(grid, start, serial, vocabulary).sort()
    above = [aside(grid, row, OTHER_TABLE) for row in block.above if not all(map(is_blank, grid.rows[row]))]
    titles = _titles(grid, block)
    return Heading(
        sheet=grid.sheet,
        top=block.top,
        bottom=block.bottom,
        columns=columns,
        titles=titles,
        sheet_units=tuple(dict.fromkeys(unit for title in titles for unit in sheet_units(title))),
        data=records,
        aside=(*above, *asides, *others),
    )


def _below(grid: Grid, block: Block) -> tuple[int, dict[int, str], list[Aside]]:
    """The first row after unit and numbering rows, the units by column, and those rows as set aside."""
    row, units, asides = block.bottom + 1, dict[int, str](), list[Aside]()
    while row < len(grid.rows):
        if found := row_units(grid.rows[row]):
            units |= found
            asides.append(aside(grid, row, "计量单位行"))
        elif is_numbering(grid.rows[row], len(block.columns)):
            asides.append(aside(grid, row, "栏次行"))
        elif is_instruction(grid.rows[row]):
            asides.append(aside(grid, row, "填写说明行"))
        else:
            break
        row += 1
    return row, units, asides


def _columns(grid: Grid, block: Block, units: dict[int, str], start: int) -> tuple[Column, ...]:
    """All named columns, and those without a name that hold something."""
    columns = []
    for index in range(grid.width):
        texts = block.texts(index)
        if (not texts or block.continues_left(index)) and all(is_blank(row[index]) for row in grid.rows[start:]):
            continue
        parts = [split_unit(text) for text in texts]
        own = [unit for _, unit in parts if unit]
        path = tuple(name for name, _ in parts if name)
        unit = units.get(index) or (own[-1] if own else None)
        raw = JOINT.join(texts)
        serial = bool(path) and is_serial(path[-1])
        columns.append(Column(index, grid.letter(index), path, unit, raw, serial, below=index in units))
    return tuple(columns)


def _titles(grid: Grid, block: Block) -> tuple[str, ...]:
    """What stands above the heading, that below another table first: its unit is the nearer one."""
    rows = [*range(block.above.stop, block.top), *range(block.above.start)] if block.above else range(block.top)
    return tuple(clean(text_of(cell)) for row in rows for cell in grid.rows[row] if not is_blank(cell))
