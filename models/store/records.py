"""What one batch did to each row, gathered while it works: before → after, whatever happened in between."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import repeat
from operator import eq

from models.kinds import Stored
from models.store.values import PLAIN, Row, dumps, pack

NEW, EDIT, GONE = 0, 1, 2
Entry = dict[str, str | bytes | int | None]


def same(old: Stored, new: Stored) -> bool:
    """Equal in value and in kind: the number 1 is not the text "1", nor typed text the same text kept as typed."""
    return old == new and type(old) is type(new)


def changed(old: Mapping[str, Stored], new: Row) -> Row:
    """Those of the fields ``new`` that are not in ``old`` already."""
    if not any(map(eq, map(old.get, new), new.values())):  # a block pasted, in one go
        return new
    return {
        name: value
        for name, value in new.items()
        if (was := old.get(name)) != value or type(was) is not type(value)  # as same, which costs a call a cell
    }


@dataclass(slots=True)
class _Record:
    """``old`` and ``new`` hold the fields that were touched; a removed row's ``old`` all it had."""

    existed: bool
    exists: bool
    old: Row = field(default_factory=dict)
    new: Row = field(default_factory=dict)
    place: int | None = None

    def entry(self) -> tuple[int, str | None] | None:
        """How the history tells it: what happened and {field: [old, new]}; None when nothing came of it."""
        if not self.existed and not self.exists:
            return None
        if not self.exists:
            data = {name: [pack(old), None] for name, old in self.old.items() if old is not None}
            return GONE, dumps(data) if data else None
        new = self.new
        if plain := _figures(self.old, new):
            return EDIT, plain
        data = {  # what is plain already needs no call: a block pasted has many cells
            name: [old if type(old) in PLAIN else pack(old), now if type(now) in PLAIN else pack(now)]
            for name, old in self.old.items()
            if old != (now := new.get(name)) or type(old) is not type(now)
        }
        if not self.existed:  # one that was returned as it had been, then changed
            return NEW, dumps(data) if data else None
        return (EDIT, dumps(data)) if data else None


_FIGURES = {int, type(None)}


def _figures(old: Row, new: Row) -> str:
    """The same text for a row of figures and blanks alone, as a block pasted has them by the thousand; "" for any other."""
    names, before, after = tuple(old), old.values(), new.values()
    kinds = {*map(type, before), *map(type, after)}
    if not kinds or not kinds <= _FIGURES or names != tuple(new) or any(map(eq, before, after)):
        return ""
    pairs: list[object] = [None] * (2 * len(names))
    pairs[::2], pairs[1::2] = before, after
    return _template(names) % tuple(pairs if len(kinds) == 1 else ["null" if n is None else n for n in pairs])


@lru_cache(64)
def _template(names: tuple[str, ...]) -> str:
    return "{" + ",".join(dumps(name).replace("%", "%%") + ":[%s,%s]" for name in names) + "}"


class Records:
    """The rows a batch touched. Rows created in bulk are kept as runs of ids."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, bytes], _Record] = {}
        self._runs: list[tuple[str, Sequence[bytes], Sequence[int] | None]] = []

    def __len__(self) -> int:
        return len(self._rows) + sum(len(rows) for _, rows, _ in self._runs)

    @contextmanager
    def forgetting(self, ledger: str, rows: Iterable[bytes]) -> Iterator[None]:
        """A try at changing ``rows``: where it raises, what was told of them inside is forgotten, as the database forgets it."""
        keys = [(ledger, row) for row in rows]
        before = {key: self._rows[key] for key in keys if key in self._rows}
        for key, record in before.items():
            self._rows[key] = replace(record, old=dict(record.old), new=dict(record.new))
        done = False
        try:
            yield
            done = True
        finally:
            if not done:
                for key in keys:
                    self._rows.pop(key, None)
                self._rows |= before

    def created(self, ledger: str, rows: Sequence[bytes], places: Sequence[int] | None = None) -> None:
        """Rows that never were before."""
        self._runs.append((ledger, rows, places))

    def edited(self, ledger: str, row: bytes, old: Mapping[str, Stored], new: Row, place: int | None = None) -> None:
        """Fields ``new`` of a row were written; ``old`` is what they held."""
        record = self._rows.get((ledger, row))
        if record is None:
            before = dict(zip(new, map(old.get, new), strict=True))
            self._rows[ledger, row] = _Record(True, True, before, dict(new), place)
            return
        for name, value in new.items():
            record.old.setdefault(name, old.get(name))
            record.new[name] = value

    def removed(self, ledger: str, row: bytes, values: Mapping[str, Stored]) -> None:
        """A row is gone; ``values`` is all it held."""
        record = self._rows.setdefault((ledger, row), _Record(True, True))
        record.old = {**{name: value for name, value in values.items() if value is not None}, **record.old}
        record.exists, record.new = False, {}

    def returned(self, ledger: str, row: bytes, values: Row) -> None:
        """A row that had been removed, in this batch or before it, is there again with ``values``."""
        record = self._rows.setdefault((ledger, row), _Record(False, True))
        record.exists = True
        if record.existed:
            record.new = dict(values)
            record.old = dict.fromkeys(values) | record.old

    def entries(self) -> Iterator[Entry]:
        """The history's columns ledger, row, op, data and place for each row that is not as it was."""
        made: set[tuple[str, bytes]] = set()
        if self._rows:
            made = {(ledger, row) for ledger, rows, _ in self._runs for row in rows}
        gone = {key for key in made if key in self._rows and not self._rows[key].exists}
        for ledger, rows, places in self._runs:
            for row, place in zip(rows, places or repeat(None, len(rows)), strict=True):
                if not gone or (ledger, row) not in gone:
                    yield {"ledger": ledger, "row": row, "op": NEW, "data": None, "place": place}
        for (ledger, row), record in self._rows.items():
            entry = None if (ledger, row) in made else record.entry()
            if entry is not None:
                yield {"ledger": ledger, "row": row, "op": entry[0], "data": entry[1], "place": record.place}
