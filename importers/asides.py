"""Sorts the rows below a heading: records, and those that are none (totals, notes, headings repeated on each page).

Going through 100,000 rows must be quick, so a row is looked at closely only when it is nearly empty or one of its first
filled cells begins like such a line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from importers.cells import Cell, Grid
from importers.labels import text_of
from importers.lines import is_blank, is_chinese_number, is_section, is_sentence, may_be_aside, reason_of
from importers.others import OTHER_TABLE, starts_table
from models.text import clean, fold

_LOOKED_AT = 3  # filled cells from the left
_DATE = re.compile(r"\d{4}[年./-]\d{1,2}(?:月|[月./-]\d{1,2}日?)?(?:00:00:00)?")
_DIGITS = re.compile(r"\d+(?:\.0)?")


@dataclass(frozen=True, slots=True)
class Aside:
    """A row that is not taken as a record: its index in the grid, where it stands (名录!A12), why, and what it says."""

    row: int
    place: str
    reason: str
    text: str


def aside(grid: Grid, row: int, reason: str) -> Aside:
    """The note about one row set aside; its place is that of its first filled cell."""
    filled = [(column, clean(text_of(cell))) for column, cell in enumerate(grid.rows[row]) if not is_blank(cell)]
    return Aside(row, grid.place(row, filled[0][0]), reason, " ".join(text for _, text in filled)[:200])


class Sorter:
    """Tells records from the other rows from ``start`` on, which is below the heading; ``serial`` columns count lines."""

    def __init__(
        self, grid: Grid, start: int, serial: set[int], vocabulary: Callable[[str], float] | None = None
    ) -> None:
        self._grid, self._start, self._serial, self._vocabulary = grid, start, serial, vocabulary
        above = grid.rows[:start]
        self._above = [folded for row in above if any(folded := [fold(str(cell)) for cell in row])]
        self._heads = frozenset(cell for row in above for cell in row if cell != "")
        near = grid.rows[start : start + 50]
        self._counted = any(_DIGITS.fullmatch(fold(str(row[column]))) for row in near for column in serial)
        self._wide = {
            top for top, left, _, right in grid.merged if top >= start and (right - left + 1) * 2 > grid.width
        }

    def sort(self) -> tuple[Sequence[int], list[Aside]]:
        """Indexes of the records, and the rows set aside. Blank rows are neither."""
        rows, heads = self._grid.rows, self._heads
        records: list[int] = []
        asides: list[Aside] = []
        gap = False
        for index in range(self._start, len(rows)):
            plain = _is_plain(rows[index], heads)
            if (gap or not plain) and self._starts_another(index):
                self._take_rest(index, records, asides)
                break
            gap = False
            if plain:
                records.append(index)
                continue
            filled = self._filled(index)
            gap = len(filled) < 2
            if filled and (reason := self._reason(index, filled)):
                asides.append(aside(self._grid, index, reason))
            elif filled:
                records.append(index)
        self._take_tail(records, asides)
        whole = range(records[0], records[-1] + 1) if records else range(0)
        return whole if len(whole) == len(records) else records, sorted(asides, key=lambda one: one.row)

    def _starts_another(self, index: int) -> bool:
        return starts_table(self._grid, index, self._vocabulary) and not self._is_heading_again(index)

    def _is_heading_again(self, index: int) -> bool:
        """Whether a row says nothing but what a row above the data says in the same columns; merged cells are said once."""
        row = [fold(str(cell)) for cell in self._grid.rows[index]]
        if row in self._above:
            return True
        filled = [column for column, text in enumerate(row) if text]
        return len(filled) > 1 and any(all(row[column] == above[column] for column in filled) for above in self._above)

    def _take_rest(self, index: int, records: list[int], asides: list[Aside]) -> None:
        """Sets aside another table, from its title lines to the end of the sheet."""
        while records and len(self._filled(records[-1])) == 1:
            index = records.pop()
        asides += (
            aside(self._grid, row, OTHER_TABLE) for row in range(index, len(self._grid.rows)) if self._filled(row)
        )

    def _filled(self, index: int) -> list[int]:
        return [column for column, cell in enumerate(self._grid.rows[index]) if cell != "" and not is_blank(cell)]

    def _reason(self, index: int, filled: list[int]) -> str | None:
        """Why a row is no record; None when it is one."""
        row = self._grid.rows[index]
        first = fold(str(row[filled[0]]))
        if not self._heads.isdisjoint(row) and self._is_heading_again(index):
            return "重复的标题行"
        texts = [fold(text) if isinstance(text := row[column], str) else "" for column in filled[:_LOOKED_AT]]
        if reason := reason_of(texts, len(filled), self._grid.width):
            return reason
        if self._counted and filled[0] in self._serial and is_chinese_number(first):
            return "分组行"
        return self._reason_alone(index, filled[0], first) if len(filled) == 1 else None

    def _reason_alone(self, index: int, column: int, text: str) -> str | None:
        if column in self._serial:
            return "只有序号" if _DIGITS.fullmatch(text) else "注释行"
        if self._grid.width < 3:
            return None
        if _DATE.fullmatch(text):
            return "表尾说明"
        return "分组行" if is_section(text) or index in self._wide else None

    def _take_tail(self, records: list[int], asides: list[Aside]) -> None:
        """Sets aside lines after the last record that say one thing only: a sentence, a place or date at the right."""
        while self._grid.width > 2 and len(records) > 1:
            column, *more = self._filled(records[-1])
            if more or (column < _LOOKED_AT and not is_sentence(str(self._grid.rows[records[-1]][column]))):
                return
            asides.append(aside(self._grid, records.pop(), "表尾说明"))


def _is_plain(row: list[Cell], heads: frozenset[Cell]) -> bool:
    """Whether a row is surely a record: its first filled cells say nothing of heads, totals or notes."""
    seen = 0
    for cell in row:
        if cell != "":
            if cell in heads or (type(cell) is str and may_be_aside(cell)):
                return False
            seen += 1
            if seen == _LOOKED_AT:
                return True
    return False
