"""Adding up the selected cells, however many: some hundreds of lines at a time, exact, in the fields' own unit."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from importers.progress import Progress
from models.kinds import Quantity, decimal_of
from models.store.file import DataFile
from models.store.view import Column, Line, View
from models.store.views import Page
from ui.table.scanning import AT_ONCE, scan


@dataclass
class Sum:
    """What is known of a selection of ``cells`` cells."""

    cells: int
    figures: int = 0
    total: Fraction = Fraction(0)
    places: int = 0
    units: set[str] = field(default_factory=set)

    def add(self, kind: Quantity, values: Sequence[int]) -> None:
        """Take in values of one column."""
        if values:
            self.figures += len(values)
            self.total += kind.amount(sum(values))
            self.places = max(self.places, kind.places)
            self.units.add(kind.unit)

    def words(self) -> str:
        """For the status bar; "" for a single cell."""
        if self.cells < 2:
            return ""
        told = f"选中 {self.cells:,} 格"
        if not self.figures:
            return told
        if len(self.units) > 1:
            return f"{told}　{self.figures:,} 个数，单位不同，不求和"
        counted = f"　{self.figures:,} 个数" if self.figures != self.cells else ""
        (unit,) = self.units
        mean = decimal_of(self.total / self.figures, max(self.places, 2))
        total = f"{decimal_of(self.total, self.places):,f} {unit}".rstrip()
        return f"{told}{counted}　合计 {total}　平均 {mean:,f}"


def add_lines(found: Sum, lines: Mapping[int, Line], wanted: Mapping[Column, Sequence[int]]) -> None:
    """Take in the figures of columns on the lines of some rows."""
    for column, rows in wanted.items():
        kind = column.field.kind
        if isinstance(kind, Quantity):
            values = [lines[row].values.get(column.key) for row in rows if row in lines]
            found.add(kind, [value for value in values if isinstance(value, int)])


def add_up(
    file: DataFile, page: Page, ids: Sequence[bytes], wanted: Mapping[Column, Sequence[int]], cells: int
) -> Generator[Progress, None, Sum]:
    """The sum of columns on rows, ``ids`` being the page's lines; a generator for :class:`ui.worker.Task`."""
    found = Sum(cells)
    rows = sorted({row for some in wanted.values() for row in some if row < len(ids)})
    view = page.view
    own = tuple(column for column in wanted if not column.field.formula)
    derived = [column for column in wanted if column.field.formula]
    keep = tuple(column for column in view.columns if column in own or any(d.ledger is column.ledger for d in derived))
    narrow = Page(View(view.base, view.own, keep), page.zone, page.period)
    inside = {column: set(some) for column, some in wanted.items()}
    for start, _, lines in scan(file, narrow, [ids[row] for row in rows], derived):
        yield Progress(start, len(rows), "正在求和")
        some = rows[start : start + AT_ONCE]
        here = {row: lines[ids[row]] for row in some if ids[row] in lines}
        add_lines(found, here, {column: [row for row in some if row in inside[column]] for column in wanted})
    return found
