"""The preview: what an import would do, record by record and field by field, before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from importers.cells import Grid
from importers.matching import Matching
from importers.merge.filled import Filled
from importers.merge.grouping import Groups
from importers.merge.parts import Change, Part
from importers.merge.table import Table
from models.ledger import Ledger

NEW, UPDATED, SAME, CONFLICT, RETURNED, MERGED = "新增", "更新", "相同", "冲突", "退回", "并入"
Cell = tuple[int, int, int]  # part, record, column of the part


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row cannot be placed: the column of the grid to look at and a Chinese sentence."""

    column: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Counts:
    """Every data row of the file once: rows = new + updated + same + conflicts + returned + merged.

    The first four count records, ``merged`` the further rows of records that have several. ``aside`` are rows that are no
    data; ``kept`` the cells kept as typed because they do not fit, ``rounded`` those with more decimals than are stored.
    """

    rows: int
    new: int
    updated: int
    same: int
    conflicts: int
    returned: int
    merged: int
    aside: int
    kept: int
    rounded: int


@dataclass
class Plan:
    """What an import would do. Records are numbered in the order of the file; ``title`` is what one is called, ``names`` what
    the records are called that references lead to.

    ``faults`` are the rows that come back, by data row; ``taken`` the fields for which the file's value was chosen over
    what the ledger keeps.
    """

    table: Table
    zone: str
    filled: list[Filled]
    groups: Groups
    parts: list[Part]
    faults: dict[int, Fault]
    title: Callable[[int], str]
    names: Mapping[bytes, str]
    taken: set[Cell] = field(default_factory=set)

    @property
    def path(self) -> Path:
        """The file."""
        return self.table.path

    @property
    def grid(self) -> Grid:
        """The cells of its sheet."""
        return self.table.grid

    @property
    def matching(self) -> Matching:
        """What its columns are taken for."""
        return self.table.matching

    @property
    def ledger(self) -> Ledger:
        """The ledger imported into."""
        return self.matching.ledger

    @cached_property
    def states(self) -> list[str]:
        """What becomes of each record."""
        count = len(self.groups.first)
        new, there, changed = [False] * count, [False] * count, set[int]()
        for part in self.parts:
            changed |= part.changes.keys()
            for record, fresh in enumerate(part.fresh):
                new[record] |= fresh
                there[record] |= part.rows[record] is not None
        states = [
            NEW if fresh and not old else UPDATED if fresh else SAME for fresh, old in zip(new, there, strict=True)
        ]
        for record in changed:
            states[record] = UPDATED
        for _, record, _ in self.disputes:
            states[record] = CONFLICT
        for part in self.parts:
            for record in part.doubled:
                states[record] = RETURNED
        return states

    @cached_property
    def disputes(self) -> list[Cell]:
        """The fields of which the file says two things, or that a person typed otherwise."""
        found = [
            (number, record, index)
            for number, part in enumerate(self.parts)
            for index, column in enumerate(part.columns)
            for record in column.disputed
        ]
        found += [
            (number, record, index)
            for number, part in enumerate(self.parts)
            for record, changes in part.changes.items()
            for index, change in changes.items()
            if change.stays and record not in part.columns[index].disputed
        ]
        return sorted(found, key=lambda cell: cell[1])

    @cached_property
    def counts(self) -> Counts:
        """How many rows and cells meet which fate."""
        states = Counter(self.states)
        rows = len(self.matching.heading.data)
        records = len(self.groups.first) - states[RETURNED]
        return Counts(
            rows=rows,
            new=states[NEW],
            updated=states[UPDATED],
            same=states[SAME],
            conflicts=states[CONFLICT],
            returned=len(self.faults),
            merged=rows - len(self.faults) - records,
            aside=len(self.matching.heading.aside),
            kept=sum(len(one.cells.raw) + len(one.cells.destroyed) for one in self.filled) - self._faulty_cells,
            rounded=sum(len(one.cells.rounded) for one in self.filled),
        )

    @property
    def _faulty_cells(self) -> int:
        """Faulty cells of rows that come back: they are not kept."""
        return sum(row in one.cells.raw or row in one.cells.destroyed for one in self.filled for row in self.faults)

    def keeps(self, cell: Cell) -> bool:
        """Whether the ledger's value of a field stays although the file says otherwise: unless chosen, what was typed does,
        and what the file itself disputes."""
        number, record, index = cell
        change = self.parts[number].changes.get(record, {}).get(index)
        if change is None or cell in self.taken:
            return False
        return change.now is not None and (change.stays or record in self.parts[number].columns[index].disputed)

    def choose(self, cell: Cell, *, take_file: bool) -> None:
        """Take the file's value of a disputed field, or keep the ledger's."""
        (self.taken.add if take_file else self.taken.discard)(cell)

    def take_all(self) -> None:
        """Take the file's value of every disputed field."""
        self.taken.update(self.disputes)

    def change(self, cell: Cell) -> Change | None:
        """What a field of an existing row holds now, where the file says otherwise."""
        number, record, index = cell
        return self.parts[number].changes.get(record, {}).get(index)
