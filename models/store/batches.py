"""The one door for writing: every change — a typed cell, a paste, an import, an undo — is a named batch.

A batch is one transaction, durable when its ``with`` block ends, with one history record per row: the changed fields old → new;
a created row carries no copy until it is first changed, a removed one its whole content. Nothing changed, nothing is recorded.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from models.kinds import Stored
from models.ledger import Ledger
from models.ledgers import LEDGERS
from models.periods import Period
from models.store.file import DataFile
from models.store.tables import BATCH, PERIOD_COLUMNS, stored_columns, table_of
from models.store.values import Row, chunks, dumps, join, new_ids, pack, split, with_digests

NEW, EDIT, GONE = 0, 1, 2


class Refused(Exception):
    """A change that cannot be made; the message says why and how to go on (Chinese)."""


@dataclass
class _Record:
    op: int
    data: dict[str, list[object]] = field(default_factory=dict)
    place: int | None = None


def period_values(ledger: Ledger, period: Period | None) -> dict[str, Stored]:
    """The period columns of a row of ``ledger``; {} for lasting and event ledgers."""
    names = PERIOD_COLUMNS.get(ledger.time, ())
    if names and period is None:
        raise Refused(f"“{ledger.label}”要先选报告期")
    return {name: getattr(period, name) for name in names}


class Batch:
    """What may be done inside one batch. ``no`` is its number once it has changed something."""

    def __init__(self, connection: Connection, zone: str) -> None:
        self.connection = connection
        self.zone = zone
        self.records: dict[tuple[str, bytes], _Record] = {}
        self._bulk: list[tuple[str, Sequence[bytes], Sequence[int] | None]] = []

    def set(self, ledger: Ledger, row: bytes, values: Mapping[str, Stored]) -> None:
        """Write some fields of one row; fields that have the value already are left alone."""
        self.set_many(ledger, {row: dict(values)})

    def set_many(self, ledger: Ledger, rows: Mapping[bytes, Row], places: Mapping[bytes, int] | None = None) -> None:
        """Write some fields of many rows; ``places`` are the rows of the file they came from."""
        wanted = {row: with_digests(ledger, dict(values)) for row, values in rows.items()}
        now = self._now(ledger, list(wanted), sorted({name for values in wanted.values() for name in values}))
        groups: dict[tuple[str, ...], list[dict[str, object]]] = {}
        for row, values in wanted.items():
            if row not in now:
                raise Refused("这一行已经不在了(可能被删除或撤销),请刷新后再改")
            old, raw = now[row]
            changed = {name: value for name, value in values.items() if not _same(old.get(name), value)}
            if not changed:
                continue
            typed, texts = split(changed)
            kept = {
                name: text for name, text in (json.loads(raw) if raw else {}).items() if name not in changed
            } | texts
            names = tuple(typed)
            groups.setdefault(names, []).append(
                {f"v_{n}": v for n, v in typed.items()} | {"v_raw": dumps(kept) if kept else None, "row": row}
            )
            self._note(ledger.id, row, {n: [old.get(n), v] for n, v in changed.items()}, places and places.get(row))
        table = table_of(ledger)
        for names, parameters in groups.items():
            columns = {name: bindparam(f"v_{name}") for name in (*names, "raw")}
            statement = (
                update(table).where(table.c.zone_code == self.zone, table.c.id == bindparam("row")).values(columns)
            )
            self.connection.execute(statement, parameters)

    def add(
        self, ledger: Ledger, values: Mapping[str, Stored], period: Period | None = None, place: int | None = None
    ) -> bytes:
        """Create a row; its id. Raises Refused when the record has its one row already."""
        row = with_digests(ledger, dict(values)) | period_values(ledger, period)
        typed, texts = split(row)
        names = [*typed, "raw"]
        return self.insert(
            ledger, names, [(*typed.values(), dumps(texts) if texts else None)], [place] if place else None
        )[0]

    def insert(
        self,
        ledger: Ledger,
        columns: Sequence[str],
        rows: Sequence[tuple[object, ...]],
        places: Sequence[int] | None = None,
    ) -> list[bytes]:
        """Create many rows from tuples of column values in ``columns`` order (period columns and ``raw`` included); their ids."""
        ids = new_ids(len(rows))
        names = ", ".join(f'"{name}"' for name in ("id", "zone_code", *columns))
        marks = ", ".join("?" * (len(columns) + 2))
        try:
            cursor = self.connection.connection.cursor()
            cursor.executemany(
                f'INSERT INTO "{ledger.id}" ({names}) VALUES ({marks})',
                [(id, self.zone, *row) for id, row in zip(ids, rows, strict=True)],
            )
        except self.connection.dialect.dbapi.IntegrityError:  # type: ignore[union-attr]
            raise Refused(f"“{ledger.label}”里这个记录在这一期已经有一行了,请改那一行") from None
        self._bulk.append((ledger.id, ids, places))
        return ids

    def remove(self, ledger: Ledger, rows: Sequence[bytes]) -> None:
        """Delete rows and those of other ledgers that belong to them; all can be restored from history."""
        names = [name for name in stored_columns(ledger) if name not in ("id", "zone_code", "raw")]
        now = self._now(ledger, list(rows), names)
        for other in LEDGERS:
            for link in other.links:
                if getattr(link.kind, "ledger", "") == ledger.id:
                    held = self._holding(other, link.id, list(now))
                    if held:
                        self.remove(other, held)
        for row, (values, _) in now.items():
            self.records[(ledger.id, row)] = _Record(
                GONE, {name: [value, None] for name, value in values.items() if value is not None}
            )
        table = table_of(ledger)
        for some in chunks(list(now)):
            self.connection.execute(delete(table).where(table.c.zone_code == self.zone, table.c.id.in_(some)))

    def put_back(self, ledger: Ledger, rows: Mapping[bytes, Row]) -> list[bytes]:
        """Create removed rows again under their old ids; those that cannot return (their record has another row now) are listed."""
        names = [name for name in stored_columns(ledger) if name not in ("id", "zone_code", "raw")]
        parts = {row: split(values) for row, values in rows.items()}
        records = [
            {"id": row, "zone_code": self.zone, "raw": dumps(texts) if texts else None}
            | {name: typed.get(name) for name in names}
            for row, (typed, texts) in parts.items()
        ]
        refused: list[bytes] = []
        try:
            with self.connection.begin_nested():
                self.connection.execute(insert(table_of(ledger)), records)
        except IntegrityError:
            if len(records) > 1:
                return [row for one in rows for row in self.put_back(ledger, {one: rows[one]})]
            refused = list(rows)
        self.records.update({(ledger.id, row): _Record(NEW) for row in rows if row not in refused})
        return refused

    def values_of(self, ledger: Ledger, rows: list[bytes], names: Sequence[str]) -> dict[bytes, Row]:
        """The present values of some fields of rows."""
        return {row: values for row, (values, _) in self._now(ledger, rows, names).items()}

    def _holding(self, ledger: Ledger, column: str, targets: list[bytes]) -> list[bytes]:
        table = table_of(ledger)
        found: list[bytes] = []
        for some in chunks(targets):
            found += self.connection.scalars(
                select(table.c.id).where(table.c.zone_code == self.zone, table.c[column].in_(some))
            )
        return found

    def _now(self, ledger: Ledger, rows: list[bytes], names: Sequence[str]) -> dict[bytes, tuple[Row, str | None]]:
        table = table_of(ledger)
        columns = [table.c.id, table.c.raw, *(table.c[name] for name in names)]
        found: dict[bytes, tuple[Row, str | None]] = {}
        for some in chunks(rows):
            for id, raw, *values in self.connection.execute(
                select(*columns).where(table.c.zone_code == self.zone, table.c.id.in_(some))
            ):
                found[id] = (join(dict(zip(names, values, strict=True)), raw), raw)
        return found

    def _note(self, ledger: str, row: bytes, changed: dict[str, list[object]], place: int | None) -> None:
        record = self.records.setdefault((ledger, row), _Record(EDIT, place=place))
        if record.op != EDIT:
            return
        for name, (old, new) in changed.items():
            record.data[name] = [record.data[name][0] if name in record.data else old, new]

    def write_history(self, meta: Mapping[str, object]) -> int | None:
        """Record what was done; the batch's number, None when nothing was."""
        if not self.records and not self._bulk:
            return None
        no = (self.connection.scalar(select(func.max(BATCH.c.no))) or 0) + 1
        self.connection.execute(insert(BATCH).values(zone_code=self.zone, no=no, id=new_ids()[0], **meta))
        cursor = self.connection.connection.cursor()
        sql = "INSERT INTO change (zone_code, batch, ledger, row, op, data, place) VALUES (?, ?, ?, ?, ?, ?, ?)"
        created = {(ledger, id) for ledger, ids, _ in self._bulk for id in ids} if self.records else set()
        gone = {key for key in created if key in self.records and self.records[key].op == GONE}
        for ledger, ids, places in self._bulk:
            rows = zip(ids, places or [None] * len(ids), strict=True)
            cursor.executemany(
                sql, [(self.zone, no, ledger, id, NEW, None, place) for id, place in rows if (ledger, id) not in gone]
            )
        cursor.executemany(
            sql,
            [
                (self.zone, no, ledger, row, record.op, _pack(record.data), record.place)
                for (ledger, row), record in self.records.items()
                if (ledger, row) not in created
            ],
        )
        return no


def _pack(data: dict[str, list[object]]) -> str | None:
    return dumps({name: [pack(old), pack(new)] for name, (old, new) in data.items()}) if data else None  # type: ignore[arg-type]


def _same(old: Stored, new: Stored) -> bool:
    return old == new and type(old) is type(new)


@contextmanager
def batch(
    file: DataFile,
    zone: str,
    kind: str,
    title: str,
    source: Mapping[str, object] | None = None,
    reverses: int | None = None,
) -> Iterator[Batch]:
    """Open a batch on ``zone``: ``kind`` is 录入, 粘贴, 导入, 删除, 撤销 …, ``title`` what the clerk reads in the history."""
    if file.read_only:
        holder = file.lock.holder
        raise Refused(f"这个文件正由 {holder} 编辑,这里只能看" if holder else "这个文件现在只能看,不能改")
    with file.writing() as connection:
        work = Batch(connection, zone)
        yield work
        at = datetime.now().isoformat(timespec="milliseconds")
        meta = {
            "at": at,
            "who": file.who,
            "host": file.host,
            "kind": kind,
            "title": title,
            "source": dumps(source) if source else None,
        }
        no = work.write_history(meta | {"reverses": reverses})
        if no is not None and reverses is not None:
            connection.execute(update(BATCH).where(BATCH.c.no == reverses).values(reversed_by=no))
