"""Adding up the selected cells, however many: some hundreds of lines at a time, exact, in the fields' own unit."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from importers.progress import Progress
from models.kinds import Quantity, decimal_of
from models.store.file import DataFile
from models.store.view import Column, Line
from models.store.views import Page
from ui.table.scanning import narrow, scan

MANY = 5_000  # lines the database adds up in one go


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
        self.take(kind, len(values), sum(values))

    def take(self, kind: Quantity, amount: int, total: int) -> None:
        """Take in so many values of one column that add up to ``total``."""
        if amount:
            self.figures += amount
            self.total += kind.amount(total)
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
    alike: dict[tuple[int, ...], list[Column]] = {}
    for column, rows in wanted.items():
        alike.setdefault(tuple(row for row in rows if row < len(ids)), []).append(column)
    for rows, columns in alike.items():
        some = [ids[row] for row in rows]
        stored = [column for column in columns if not column.field.formula]
        if stored:
            yield from _add_stored(found, file, narrow(page, stored), stored, some)
        if len(stored) < len(columns):
            yield from _add_derived(found, file, page, [c for c in columns if c.field.formula], some)
    return found


def _add_stored(
    found: Sum, file: DataFile, page: Page, columns: Sequence[Column], ids: Sequence[bytes]
) -> Generator[Progress, None, None]:
    """Take in stored columns, added up by the database."""
    for start in range(0, len(ids), MANY):
        yield Progress(start, len(ids), "正在求和")
        with file.reading() as connection:
            sums = page.sums(connection, columns, ids[start : start + MANY])
        for column, (amount, total) in zip(columns, sums, strict=True):
            kind = column.field.kind
            assert isinstance(kind, Quantity)
            found.take(kind, amount, total)


def _add_derived(
    found: Sum, file: DataFile, page: Page, columns: Sequence[Column], ids: Sequence[bytes]
) -> Generator[Progress, None, None]:
    """Take in columns that are worked out."""
    for start, _, lines in scan(file, narrow(page, columns), ids, columns):
        yield Progress(start, len(ids), "正在求和")
        here = dict(enumerate(lines.values()))
        add_lines(found, here, dict.fromkeys(columns, range(len(here))))
