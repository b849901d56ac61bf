"""What a file's sheet holds, as it was read: cells, and the grid that knows where each one stands in the file."""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CellError:
    """A cell whose formula failed: ``text`` is what the spreadsheet shows (``#N/A``, ``#REF!``, ``#DIV/0!``)."""

    text: str

    def __str__(self) -> str:
        return self.text


class Percent(float):
    """A number that the spreadsheet shows with a % sign: the cell holds 0.25, the person sees and means 25 %."""

    __slots__ = ()


Cell = (
    str | int | float | bool | datetime.date | datetime.datetime | datetime.time | datetime.timedelta | CellError | None
)
Span = tuple[int, int, int, int]  # top, left, bottom, right; both ends belong to it


def letters(column: int) -> str:
    """The letters of a column counted from 1.

    >>> letters(1), letters(28), letters(16384)
    ('A', 'AB', 'XFD')
    """
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet's cells. ``rows`` are all equally long; an empty cell is ``""``; numbers are floats, in .xls also ints.

    ``first_row`` and ``first_col`` are the place of ``rows[0][0]`` in the sheet, counted from 1. ``merged`` are spans of
    indexes into ``rows``, clipped to it.
    """

    sheet: str
    rows: list[list[Cell]]
    first_row: int = 1
    first_col: int = 1
    merged: tuple[Span, ...] = ()

    @property
    def width(self) -> int:
        """How many columns each row has."""
        return len(self.rows[0]) if self.rows else 0

    def row_number(self, row: int) -> int:
        """The number the spreadsheet shows left of ``rows[row]``."""
        return self.first_row + row

    def letter(self, column: int) -> str:
        """The letters the spreadsheet shows above column ``column`` of ``rows``."""
        return letters(self.first_col + column)

    def address(self, row: int, column: int) -> str:
        """C12"""
        return f"{self.letter(column)}{self.row_number(row)}"

    def line(self, row: int) -> str:
        """第 12 行"""
        return f"第 {self.row_number(row)} 行"

    def row_place(self, row: int) -> str:
        """名录!第 12 行"""
        return f"{self.sheet}!{self.line(row)}"

    def place(self, row: int, column: int) -> str:
        """名录!C12"""
        return f"{self.sheet}!{self.address(row, column)}"
