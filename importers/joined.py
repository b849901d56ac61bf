"""The rows of several files as one grid: each cell still knows its file, sheet and address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from importers.cells import Grid
from models.store.places import number_in


@dataclass(frozen=True)
class Where:
    """Where a row of the joined table stands: the number of its file and sheet, its row there, the letters of its columns."""

    file: str
    sheet: str
    number: int
    row: int
    letters: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class JoinedGrid(Grid):
    """The rows of one form from several files; row 0 are the headings. ``sheets`` are the files and sheets in their order."""

    where: tuple[Where | None, ...] = ()
    sheets: tuple[tuple[str, str], ...] = ()

    def row_number(self, row: int) -> int:
        """The row's number in its file; that of a further file is told by the millions, as the history keeps it."""
        place = self.where[row]
        return number_in(place.number, place.row) if place else 1

    def address(self, row: int, column: int) -> str:
        place = self.where[row]
        return f"{place.letters.get(column, '?')}{place.row}" if place else Grid.letter(self, column)

    def line(self, row: int) -> str:
        place = self.where[row]
        return f"{place.file} 第 {place.row} 行" if place else ""

    def row_place(self, row: int) -> str:
        place = self.where[row]
        return f"{place.sheet} 第 {place.row} 行（{place.file}）" if place else self.sheet

    def place(self, row: int, column: int) -> str:
        place = self.where[row]
        return f"{place.sheet}!{self.address(row, column)}（{place.file}）" if place else self.sheet
