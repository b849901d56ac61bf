"""Rows of one file that are about one record become one: equal and complementary values are put together, others disputed."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from importers.cells import Grid
from importers.merge.filled import Filled
from models.columns import shown
from models.fields import Field
from models.kinds import CreditCode, Kind, Raw, Stored, Text
from models.text import fold

_TOLD = re.compile(r"([A-Z]{1,3}\d+):(.*)")


@dataclass(frozen=True, slots=True)
class Groups:
    """The records of a file in the order of their first rows.

    ``keys`` tell them apart, ``first`` are their first data rows, ``several`` all rows of those that have more than one.
    """

    keys: Sequence[Hashable]
    first: Sequence[int]
    several: dict[int, list[int]]

    def rows(self, record: int) -> list[int]:
        """The data rows of a record."""
        return self.several.get(record) or [self.first[record]]


@dataclass(slots=True)
class Column:
    """A field's values by record; ``index`` is the column of the grid.

    ``disputed`` tells all that the file says of a record where it says several things, with the places; ``told`` are the
    texts a resolved reference stands for.
    """

    field: Field
    values: Sequence[Stored]
    index: int
    told: Sequence[Stored] = ()
    disputed: dict[int, Raw] = dataclasses.field(default_factory=dict)


def group(keys: Sequence[Hashable]) -> Groups:
    """Rows by key; rows without a key (None) belong to no record."""
    numbers = dict(zip(keys, range(len(keys)), strict=True))
    if len(numbers) == len(keys) and None not in numbers:
        return Groups(keys, range(len(keys)), {})
    numbers = {}
    first: list[int] = []
    several: dict[int, list[int]] = {}
    for row, key in enumerate(keys):
        if key is None:
            continue
        number = numbers.setdefault(key, len(first))
        if number == len(first):
            first.append(row)
        else:
            several.setdefault(number, [first[number]]).append(row)
    return Groups([*numbers], first, several)


def put_together(grid: Grid, rows: Sequence[int], filled: Filled, groups: Groups) -> Column:
    """A column by record."""
    field, stored = filled.field, filled.cells.stored
    if len(groups.first) == len(stored):
        return Column(field, stored, filled.index, filled.told)
    told = [filled.told[row] for row in groups.first] if filled.told else ()
    column = Column(field, values := [stored[row] for row in groups.first], filled.index, told)
    for record, mine in groups.several.items():
        said: dict[Stored, int] = {}
        for row in mine:
            if stored[row] is not None:
                said.setdefault(_alike(field.kind, stored[row]), row)
        places = [*said.values()]
        exact = _most_exact(field.kind, [stored[row] for row in places])
        if exact:
            values[record] = exact[0]
        if len(exact) > 1:
            column.disputed[record] = _dispute(grid, [(rows[row], filled.index) for row in places])
            sure = [
                value for row in places if isinstance(field.kind, CreditCode) and looks_like_code(value := stored[row])
            ]
            values[record] = sure[0] if len(sure) == 1 else column.disputed[record]
    return column


def alike(kind: Kind, one: Stored, other: Stored) -> bool:
    """Whether two values say the same: equal, or texts that differ only in spaces, width or quotes."""
    return _alike(kind, one) == _alike(kind, other) and isinstance(one, Raw) == isinstance(other, Raw)


def coarser(kind: Kind, one: Stored, other: Stored) -> bool:
    """Whether ``one`` says no more than ``other``: the same less exactly. Texts kept as typed say what they say."""
    return not isinstance(one, Raw) and not isinstance(other, Raw) and kind.coarser(one, other)


def _most_exact(kind: Kind, values: Sequence[Stored]) -> list[Stored]:
    """The values without those that another one says more exactly."""
    if len(values) < 2:
        return [*values]
    return [one for one in values if not any(coarser(kind, one, other) for other in values)]


def _alike(kind: Kind, value: Stored) -> Stored:
    return fold(value) if isinstance(value, str) and isinstance(kind, Text) else value


def looks_like_code(text: Stored) -> bool:
    """Whether a text is meant as a 统一社会信用代码, be it right or wrong; only that can be disputed by nothing less."""
    return isinstance(text, str) and len(text) == 18 and text.isascii() and text.isalnum()


def told(text: str) -> list[tuple[str, str]]:
    """The places and texts in a disputed value; none in any other.

    >>> told("C12:甲;C77:乙"), told("甲")
    ([('C12', '甲'), ('C77', '乙')], [])
    """
    found = [_TOLD.fullmatch(part) for part in text.split(";")] if ";" in text else []
    return [(one[1], one[2]) for one in found if one] if all(found) else []


def _dispute(grid: Grid, cells: Sequence[tuple[int, int]]) -> Raw:
    """“C12:甲;C77:乙”"""
    return Raw(";".join(f"{grid.address(row, column)}:{shown(grid.rows[row][column])}" for row, column in cells))
