"""What an import does to one ledger's rows of each record's period: found in the ledger, compared field by field."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from operator import attrgetter

from importers.merge.grouping import Column, alike, coarser, looks_like_code
from importers.merge.times import of_each
from models.kinds import CreditCode, Raw, Stored
from models.ledger import Ledger
from models.periods import Period
from models.store.merging import Present, period_columns


@dataclass(frozen=True, slots=True)
class Change:
    """The value a field of an existing row has now; ``typed`` by a person since, and not only less exact than the file's.

    What was typed stays unless told otherwise, and so does a code: it says which record this is.
    """

    now: Stored
    typed: bool
    code: bool = False

    @property
    def stays(self) -> bool:
        """Whether the ledger's value is kept unless the file's is chosen."""
        return self.typed or self.code


@dataclass(slots=True)
class Part:
    """One ledger's rows, one per record of the file. ``owner`` names the reference to the import's main ledger, if any.

    ``rows`` are the ids of rows that are there; ``fresh`` the records whose row the import makes; ``changes`` record →
    column → what is there now, where the file says otherwise; ``doubled`` the records that meet several rows.
    """

    ledger: Ledger
    columns: list[Column]
    periods: Sequence[Period]
    owner: str = ""
    rows: list[bytes | None] = field(default_factory=list)
    fresh: list[bool] = field(default_factory=list)
    changes: dict[int, dict[int, Change]] = field(default_factory=dict)
    doubled: dict[int, list[bytes]] = field(default_factory=dict)

    def compare(self, store: Present, owners: Sequence[bytes | None], count: int) -> None:
        """Find each record's row and what would change. ``owners`` are the main ledger's ids, by record."""
        names = [*dict.fromkeys((*self.ledger.key, *(column.field.id for column in self.columns)))]
        years = {*of_each(self.periods, attrgetter("year"))} if self.ledger.dated else set[int]()
        ids, *rest = store.columns(self.ledger, names, years)
        width = len(period_columns(self.ledger))
        there = dict(zip(names, rest[width:], strict=True))
        at: list[int | None] = [None] * count
        if ids:
            at = self._found(ids, rest[:width], there, owners, count)
        self.rows = [None if index is None else ids[index] for index in at]  # type: ignore[misc]
        said = self._said(count)
        self.fresh = [index is None and said[record] for record, index in enumerate(at)]
        for record in self.doubled:
            self.fresh[record] = False
        if ids:
            self._changes(store, there, [(record, index) for record, index in enumerate(at) if index is not None])

    def _found(
        self,
        ids: Sequence[Stored],
        times: list[list[Stored]],
        there: dict[str, list[Stored]],
        owners: Sequence[bytes | None],
        count: int,
    ) -> list[int | None]:
        """The index of each record's row: by its id where the main ledger's records are known, else by key and period."""
        if not self.owner and len(owners):
            places = {id: index for index, id in enumerate(ids)}
            return [places.get(owner) for owner in owners]
        known: dict[Hashable, list[int]] = {}
        for index, key in enumerate(zip(*(there[name] for name in self.ledger.key), *times, strict=True)):
            known.setdefault(key, []).append(index)
        found: list[int | None] = []
        unresolved = [*self._keys(owners, count, told=True)] if self._has_texts(there) else []
        for record, key in enumerate(self._keys(owners, count)):
            here = known.get(key) or (known.get(unresolved[record], []) if unresolved else [])
            found.append(here[0] if len(here) == 1 else None)
            if len(here) > 1:
                self.doubled[record] = [ids[index] for index in here]  # type: ignore[misc]
        return found

    def _has_texts(self, there: dict[str, list[Stored]]) -> bool:
        """Whether rows are there whose reference was kept as typed: the file may name its record the same way again."""
        links = {column.field.id for column in self.columns if column.told} & {*self.ledger.key}
        return any(isinstance(value, Raw) for name in links for value in there[name])

    def _keys(self, owners: Sequence[bytes | None], count: int, *, told: bool = False) -> Iterator[tuple[Stored, ...]]:
        """The key and period of each record as the ledger's columns hold them, or ``told``: with references as texts."""
        by_field = {column.field.id: (told and column.told) or column.values for column in self.columns}
        columns: list[Sequence[Stored]] = [
            owners if name == self.owner else by_field.get(name) or [None] * count for name in self.ledger.key
        ]
        names = period_columns(self.ledger)
        times = (
            of_each(self.periods, lambda period: tuple(getattr(period, name) for name in names))
            if names
            else repeat((), count)
        )
        keys = zip(*columns, strict=True) if columns else repeat((), count)
        return ((*key, *time) for key, time in zip(keys, times, strict=True))

    def _said(self, count: int) -> list[bool]:
        """Whether the file says anything of the record for this ledger beyond which record it is."""
        if not self.ledger.dated:
            return [True] * count
        said = [False] * count
        for column in self.columns:
            if column.field.id in self.ledger.key:
                continue
            if None not in column.values:
                return [True] * count
            for record, value in enumerate(column.values):
                if value is not None:
                    said[record] = True
        return said

    def _changes(self, store: Present, there: dict[str, list[Stored]], pairs: Sequence[tuple[int, int]]) -> None:
        found: dict[int, dict[int, Stored]] = {}
        for number, column in enumerate(self.columns):
            now, values, kind = there[column.field.id], column.values, column.field.kind
            for record, index in pairs:
                value, old = values[record], now[index]
                if value is None or (value == old and type(value) is type(old)):
                    continue
                if old is None or not (alike(kind, value, old) or coarser(kind, value, old)):
                    found.setdefault(record, {})[number] = old
        replaced = [record for record, olds in found.items() if any(old is not None for old in olds.values())]
        typed = store.typed(self.ledger, [row for record in replaced if (row := self.rows[record])])
        for record, olds in found.items():
            row = self.rows[record]
            assert row is not None
            self.changes[record] = {
                number: self._change(
                    self.columns[number], record, old, typed=(row, self.columns[number].field.id) in typed
                )
                for number, old in olds.items()
            }

    def _change(self, column: Column, record: int, old: Stored, *, typed: bool) -> Change:
        kind = column.field.kind
        contradicts = old is not None and not coarser(kind, old, column.values[record])
        return Change(old, typed=typed and contradicts, code=isinstance(kind, CreditCode) and looks_like_code(old))
