"""The rows of two files side by side, and what each file changed since they were one: what :mod:`models.store.joining` weighs.

``main`` is the open file, ``theirs`` the colleague's, attached to the same connection.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from models.kinds import Raw, Reference, Stored
from models.ledger import Ledger
from models.ledgers import BY_ID
from models.ledgers.reporting import AUDIT_NOTE, RETURN_BATCH
from models.periods import period_label
from models.store.carried import marked, packed
from models.store.records import EDIT, GONE, NEW, same
from models.store.rows import content_columns
from models.store.tables import CARRIED, PERIOD_COLUMNS
from models.store.values import Row, changes, chunks, join
from models.text import fold

Ids = dict[str, dict[bytes, bytes]]  # ledger → their row → ours, where the two differ


@dataclass(frozen=True)
class Mark:
    """Who changed something, when (ISO)."""

    who: str
    at: str

    def __str__(self) -> str:
        return f"{self.who} {self.at[:16].replace('T', ' ')}"


@dataclass
class Touched:
    """What one file did since the two were one: the last change of each field that is not as it was, rows made and removed."""

    fields: dict[tuple[str, bytes], dict[str, Mark]] = field(default_factory=dict)
    made: dict[tuple[str, bytes], Mark] = field(default_factory=dict)
    gone: dict[tuple[str, bytes], Mark] = field(default_factory=dict)

    def get(self, ledger: str, row: bytes, name: str) -> Mark | None:
        """Who changed a field last, None where nobody did."""
        return self.fields.get((ledger, row), {}).get(name) or self.made.get((ledger, row))

    def changed(self, ledger: str, row: bytes, name: str) -> bool:
        """Whether a field is another than before."""
        return name in self.fields.get((ledger, row), {})

    def any(self, ledger: str, row: bytes) -> Mark | None:
        """Who touched a row last."""
        marks = [*self.fields.get((ledger, row), {}).values()]
        marks += [each[ledger, row] for each in (self.made, self.gone) if (ledger, row) in each]
        return max(marks, key=lambda mark: mark.at, default=None)


@dataclass
class Since:
    """What both files did since they were one; ``common`` is False where they never were."""

    ours: Touched
    theirs: Touched
    common: bool

    @classmethod
    def read(cls, connection: sqlite3.Connection, zone: str) -> Since:
        """Out of the two histories: the batches that only one of them has."""
        count = "SELECT count(*) FROM main.batch WHERE zone_code = ? AND id IN (SELECT id FROM theirs.batch)"
        common = bool(connection.execute(count, (zone,)).fetchone()[0])
        return cls(_touched(connection, zone, "main", "theirs"), _touched(connection, zone, "theirs", "main"), common)


def _touched(connection: sqlite3.Connection, zone: str, here: str, there: str) -> Touched:
    found = Touched()
    first: dict[tuple[str, bytes, str], Stored] = {}
    last: dict[tuple[str, bytes, str], Stored] = {}
    steps = connection.execute(
        f"SELECT b.who, b.at, c.ledger, c.row, c.op, c.data FROM {here}.change c JOIN {here}.batch b ON b.no = c.batch"
        f" WHERE c.zone_code = ? AND b.id NOT IN (SELECT id FROM {there}.batch) ORDER BY c.batch",
        (zone,),
    )
    for who, at, ledger, row, op, data in steps:
        mark, key = Mark(who, at), (ledger, row)
        if op == NEW:
            if found.gone.pop(key, None) is None:
                found.made[key] = mark
        elif op == GONE:
            if found.made.pop(key, None) is None:  # what came and went since is as if it had never been
                found.gone[key] = mark
        elif op == EDIT:
            for name, (old, new) in changes(data).items():
                first.setdefault((*key, name), old)
                last[*key, name] = new
                found.fields.setdefault(key, {})[name] = mark
    for (ledger, row, name), value in last.items():
        if same(first[ledger, row, name], value):  # there and back again
            del found.fields[ledger, row][name]
    return found


@dataclass
class Pair:
    """One record in both files, with what differs of it: the row's id here and there."""

    ledger: Ledger
    row: bytes
    their_row: bytes
    ours: Row
    theirs: Row

    def sides(self, since: Since) -> tuple[Row, list[str]]:
        """The fields to take from theirs, and those that are conflicts."""
        takes: Row = {}
        conflicts: list[str] = []
        known = since.common and self.row == self.their_row
        for name in _told_columns(self.ledger):
            ours, theirs = self.ours.get(name), self.theirs.get(name)
            if same(ours, theirs):
                continue
            mine = since.ours.changed(self.ledger.id, self.row, name)
            hers = since.theirs.changed(self.ledger.id, self.their_row, name)
            if known and mine != hers:
                if hers:
                    takes[name] = theirs
            elif not known and None in (ours, theirs):
                if ours is None:
                    takes[name] = theirs
            else:
                conflicts.append(name)
        if self.ledger.rolls:
            takes |= self._marks(takes)
        return takes, conflicts

    def _marks(self, takes: Row) -> Row:
        """A value that either confirmed is confirmed, one that is taken has the mark it had there."""
        ours, theirs = set(marked(self.ours.get(CARRIED))), set(marked(self.theirs.get(CARRIED)))
        after = packed({name for name in ours & theirs if name not in takes} | (theirs & takes.keys()))
        return {} if same(after, self.ours.get(CARRIED)) and not takes else {CARRIED: after}


@dataclass
class Compared:
    """One ledger of both files: rows to come in by id, pairs that differ, rows removed here that they went on with, rows removed
    there, what else must be told.
    """

    ledger: Ledger
    new: dict[bytes, Row] = field(default_factory=dict)
    pairs: list[Pair] = field(default_factory=list)
    gone_here: dict[bytes, Row] = field(default_factory=dict)
    gone_there: list[bytes] = field(default_factory=list)
    same: int = 0
    only_ours: int = 0
    notes: list[str] = field(default_factory=list)

    @staticmethod
    def named(connection: sqlite3.Connection, zone: str, ledger: Ledger, row: bytes) -> tuple[str, str]:
        """What a row is called and its period, in whichever file it is."""
        for side in ("main", "theirs"):
            values = next(_read((connection, side), zone, ledger, "id = ?", (row,)), None)
            if values is None:
                continue
            for name in ledger.title:
                value, kind = values[1].get(name), ledger.by_id[name].kind
                if isinstance(kind, Reference) and isinstance(value, bytes):
                    return Compared.named(connection, zone, BY_ID[kind.ledger], value)[0], _period(ledger, values[1])
                if value is not None:
                    return told_of(ledger, name, value), _period(ledger, values[1])
            return "", _period(ledger, values[1])
        return "", ""


def compare(connection: sqlite3.Connection, zone: str, ledger: Ledger, since: Since, ids: Ids) -> Compared:
    """One ledger of both files; ``ids`` learns their rows that stand here under another id."""
    found = Compared(ledger)
    columns = content_columns(ledger)
    differ = " OR ".join(f't."{name}" IS NOT o."{name}"' for name in ("raw", *columns))
    both = f'main."{ledger.id}" o JOIN theirs."{ledger.id}" t ON t.zone_code = o.zone_code AND t.id = o.id'
    total = connection.execute(f"SELECT count(*) FROM {both} WHERE o.zone_code = ?", (zone,)).fetchone()[0]
    unlike = [
        id for (id,) in connection.execute(f"SELECT o.id FROM {both} WHERE o.zone_code = ? AND ({differ})", (zone,))
    ]
    found.same = total - len(unlike)
    for some in chunks(unlike):
        among = f"id IN ({', '.join('?' * len(some))})"
        theirs = dict(_read((connection, "theirs"), zone, ledger, among, some))
        for id, ours in _read((connection, "main"), zone, ledger, among, some):
            found.pairs.append(Pair(ledger, id, id, ours, _here(ledger, theirs[id], ids)))
    _only_theirs(connection, zone, found, since, ids)
    _only_ours(connection, zone, found, since, set(ids.get(ledger.id, {}).values()))
    return found


def _only_theirs(connection: sqlite3.Connection, zone: str, found: Compared, since: Since, ids: Ids) -> None:
    ledger = found.ledger
    missing = f'id NOT IN (SELECT id FROM main."{ledger.id}" WHERE zone_code = ?)'
    rows = list(_read((connection, "theirs"), zone, ledger, missing, (zone,)))
    known = _by_key(connection, zone, ledger) if rows else {}
    dropped = issued = 0
    for id, values in rows:
        here = _here(ledger, values, ids)
        key = (ledger.id, id)
        at = known.get(_key(ledger, here) or ("", id))
        if at is not None:
            ids.setdefault(ledger.id, {})[id] = at[0]
            if ledger is RETURN_BATCH:
                issued += 1
            else:
                found.pairs.append(Pair(ledger, at[0], id, at[1], here))
        elif key not in since.ours.gone:
            found.new[id] = here
        elif since.theirs.any(*key):
            found.gone_here[id] = here
        else:
            dropped += 1
    if dropped:
        found.notes.append(f"“{ledger.label}”有 {dropped:,} 行本文件已删除、对方没有再改，不带回")
    if issued:
        found.notes.append(f"两边各签发过同一版的报表 {issued} 份，留本文件的；对方那份请核对后另行签发")


def _only_ours(connection: sqlite3.Connection, zone: str, found: Compared, since: Since, matched: set[bytes]) -> None:
    ledger = found.ledger
    rows = connection.execute(
        f'SELECT id FROM main."{ledger.id}" WHERE zone_code = ? AND id NOT IN'
        f' (SELECT id FROM theirs."{ledger.id}" WHERE zone_code = ?)',
        (zone, zone),
    )
    for (id,) in rows:
        if id in matched:
            continue
        if (ledger.id, id) in since.theirs.gone:
            found.gone_there.append(id)
        else:
            found.only_ours += 1


def _read(
    file: tuple[sqlite3.Connection, str], zone: str, ledger: Ledger, where: str, values: Sequence[object]
) -> Iterator[tuple[bytes, Row]]:
    """Rows of one file: id and values."""
    connection, side = file
    columns = content_columns(ledger)
    names = ", ".join(f'"{name}"' for name in columns)
    statement = f'SELECT id, raw, {names} FROM {side}."{ledger.id}" WHERE zone_code = ? AND {where} ORDER BY id'
    for id, raw, *cells in connection.execute(statement, (zone, *values)):
        yield id, join(dict(zip(columns, cells, strict=True)), raw)


def _by_key(connection: sqlite3.Connection, zone: str, ledger: Ledger) -> dict[object, tuple[bytes, Row]]:
    """Our rows by key; a key that two rows have tells none of them."""
    found: dict[object, tuple[bytes, Row]] = {}
    twice: set[object] = set()
    for id, values in _read((connection, "main"), zone, ledger, "1", ()):
        key = _key(ledger, values)
        if key is not None and key in found:
            twice.add(key)
        elif key is not None:
            found[key] = id, values
    return {key: row for key, row in found.items() if key not in twice}


def _key(ledger: Ledger, values: Mapping[str, Stored]) -> tuple[Stored, ...] | None:
    """What a record is known by within its period; None where a part of it is empty."""
    parts = [values.get(name) for name in (*ledger.key, *PERIOD_COLUMNS.get(ledger.time, ()))]
    if not parts or None in parts:
        return None
    return tuple(fold(part) if isinstance(part, str) else part for part in parts)


def _here(ledger: Ledger, values: Row, ids: Ids) -> Row:
    """Their values with our ids of what they refer to."""
    found = dict(values)
    for link in ledger.links:
        assert isinstance(link.kind, Reference)
        value = found.get(link.id)
        if isinstance(value, bytes):
            found[link.id] = ids.get(link.kind.ledger, {}).get(value, value)
    if ledger is AUDIT_NOTE:
        of = BY_ID.get(str(found.get("ledger")))
        row = str(found.get("row") or "")
        for theirs, ours in ids.get(of.id, {}).items() if of else ():
            if theirs.hex() == row:
                found["row"] = ours.hex()
    return found


def _told_columns(ledger: Ledger) -> list[str]:
    """The columns that are weighed: what follows from others is not, nor what was not confirmed."""
    derived = {each.id for each in ledger.stored if each.digest}
    return [name for name in content_columns(ledger) if name not in derived and name != CARRIED]


def told_of(ledger: Ledger, name: str, value: Stored) -> str:
    """A value as people read it; what a reference leads to is told by its mark alone."""
    if value is None:
        return "（空）"
    if isinstance(value, Raw) or name not in ledger.by_id:
        return str(value)
    return "另一条记录" if isinstance(value, bytes) else ledger.by_id[name].kind.show(value)


def _period(ledger: Ledger, values: Row) -> str:
    parts = [values.get(name) for name in PERIOD_COLUMNS.get(ledger.time, ())]
    return period_label(parts)
