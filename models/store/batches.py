"""The one door for writing: every change — a typed cell, a paste, an import, an undo — is a named batch.

A batch is one transaction, durable when its ``with`` block ends, with one history record per row: the changed fields old → new;
a created row carries no copy until it is first changed, a removed one its whole content. Nothing changed, nothing is recorded.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cache

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from models.kinds import Stored
from models.ledger import Ledger
from models.ledgers.zone import ZONE
from models.periods import Period
from models.store.carried import confirmed
from models.store.file import DataFile
from models.store.prepared import Prepared
from models.store.records import EDIT, GONE, NEW, Records, changed
from models.store.rows import Rows, content_columns
from models.store.tables import BATCH, CARRIED, CHANGE, PERIOD_COLUMNS, table_of
from models.store.values import Row, chunks, digest, dumps, new_ids, raw_texts, split, with_digests

Watch = Callable[[int], None]  # told how many rows are written; what it raises undoes the batch
_STEP = 500  # rows written at a time where somebody watches


class Refused(Exception):
    """A change that cannot be made; the message says why and how to go on (Chinese)."""


def period_values(ledger: Ledger, period: Period | None) -> dict[str, Stored]:
    """The period columns of a row of ``ledger``; {} for lasting and event ledgers."""
    names = PERIOD_COLUMNS.get(ledger.time, ())
    if names and period is None:
        raise Refused(f"“{ledger.label}”要先选报告期")
    return {name: getattr(period, name) for name in names}


class Batch(Rows):
    """What may be done inside one batch. ``no`` is its number once it has ended and changed something."""

    def __init__(self, connection: Connection, zone: str, watch: Watch | None = None) -> None:
        super().__init__(connection, zone)
        self.no: int | None = None
        self.records = Records()
        self._watch, self._written = watch, 0

    def _tell(self, rows: int) -> None:
        self._written += rows
        if self._watch is not None:
            self._watch(self._written)

    def set(self, ledger: Ledger, row: bytes, values: Mapping[str, Stored]) -> None:
        """Write some fields of one row; fields that have the value already are left alone."""
        self.set_many(ledger, {row: dict(values)})

    def set_many(self, ledger: Ledger, rows: Mapping[bytes, Row], places: Mapping[bytes, int] | None = None) -> None:
        """Write some fields of many rows, which confirms them; ``places`` are the rows of the file they came from.

        Raises Refused when a row is gone, or would become a second one for its record.
        """
        wanted = {row: with_digests(ledger, values) for row, values in rows.items()}
        fields = set().union(*wanted.values()) | ({CARRIED} if ledger.rolls else set())
        now = self.read(ledger, list(wanted), sorted(fields))
        groups: dict[tuple[str, ...], list[tuple[object, ...]]] = {}
        changes: list[tuple[bytes, Row, Row]] = []
        for row, values in wanted.items():
            if row not in now:
                raise Refused("这一行已经不在了（可能被删除或撤销），请刷新后再改")
            old, raw = now[row]
            given = confirmed(values, old) if ledger.rolls else values
            new = changed(old, given)
            if not new:
                continue
            self._of_this_zone(ledger, [new.get("code", self.zone)])
            typed, texts = split(new)
            kept = {name: text for name, text in raw_texts(raw).items() if name not in new} | texts if raw else texts
            groups.setdefault(tuple(typed), []).append((*typed.values(), dumps(kept) if kept else None, self.zone, row))
            changes.append((row, old, new))
        try:
            for columns, many in groups.items():
                for start in range(0, len(many), _STEP):
                    some = many[start : start + _STEP]
                    _writer(ledger.id, columns).run_rows(self.connection, _parameters(columns), some)
                    self._tell(len(some))
        except sqlite3.IntegrityError:
            raise _taken(ledger) from None
        for row, old, new in changes:
            self.records.edited(ledger.id, row, old, new, places.get(row) if places else None)

    def add(
        self, ledger: Ledger, values: Mapping[str, Stored], period: Period | None = None, place: int | None = None
    ) -> bytes:
        """Create a row; its id. Raises Refused when the record has its one row already."""
        return self.add_many(ledger, [values], period, None if place is None else [place])[0]

    def add_many(
        self,
        ledger: Ledger,
        rows: Sequence[Mapping[str, Stored]],
        period: Period | None = None,
        places: Sequence[int] | None = None,
    ) -> list[bytes]:
        """Create rows; their ids. Raises Refused when a record has its one row already."""
        when = period_values(ledger, period)
        columns = list(dict.fromkeys([name for values in rows for name in values] + list(when)))
        made: list[tuple[object, ...]] = []
        for values in rows:
            typed, texts = split({**values, **when})
            made.append((*map(typed.get, columns), dumps(texts) if texts else None))
        return self.insert(ledger, [*columns, "raw"], made, places)

    def insert(
        self,
        ledger: Ledger,
        columns: Sequence[str],
        rows: Sequence[tuple[object, ...]],
        places: Sequence[int] | None = None,
    ) -> list[bytes]:
        """Create many rows from tuples of column values in ``columns`` order (period columns and ``raw`` included); their ids."""
        if not rows:
            return []
        if "code" in columns:
            self._of_this_zone(ledger, [row[columns.index("code")] for row in rows])
        columns, rows = _digested(ledger, columns, rows)
        ids = new_ids(len(rows))
        try:
            self._insert(ledger, columns, ((id, self.zone, *row) for id, row in zip(ids, rows, strict=True)))
        except IntegrityError:
            raise _taken(ledger) from None
        self.records.created(ledger.id, ids, places)
        return ids

    def _of_this_zone(self, ledger: Ledger, codes: Sequence[object]) -> None:
        """A zone's code begins the key of all its rows: its own row can bear no other one. Raises Refused."""
        other = next((code for code in codes if code != self.zone), self.zone) if ledger is ZONE else self.zone
        if other != self.zone:
            raise Refused(
                f"开发区代码 {self.zone} 不能改成“{other or ''}”：全部数据都按它存；别的开发区请另外新建，建错了请另建数据文件"
            )

    def _insert(self, ledger: Ledger, columns: Sequence[str], rows: Iterable[tuple[object, ...]]) -> None:
        names = ", ".join(f'"{name}"' for name in ("id", "zone_code", *columns))
        marks = ", ".join("?" * (len(columns) + 2))
        new = list(rows)
        step = _STEP if self._watch is not None else len(new)
        for start in range(0, len(new), step):
            some = new[start : start + step]
            self.connection.exec_driver_sql(f'INSERT INTO "{ledger.id}" ({names}) VALUES ({marks})', some)
            self._tell(len(some))

    def remove(self, ledger: Ledger, rows: Sequence[bytes]) -> None:
        """Delete rows and those of other ledgers that belong to them; all can be restored from history.

        Raises Refused for a zone's own row: nothing of the file could be shown without it.
        """
        if ledger is ZONE and rows:
            raise Refused("开发区自己的这一行不能删：全部数据都按它存；不再用这个开发区，请另建数据文件")
        now = self.values_of(ledger, rows, content_columns(ledger))
        held: dict[Ledger, list[bytes]] = {}
        for _, other, row in self.holders(ledger, list(now)):
            held.setdefault(other, []).append(row)
        for other, theirs in held.items():
            self.remove(other, theirs)
        for row, values in now.items():
            self.records.removed(ledger.id, row, values)
        table = table_of(ledger)
        for some in chunks(list(now)):
            self.connection.execute(delete(table).where(table.c.zone_code == self.zone, table.c.id.in_(some)))
            self._tell(len(some))

    def put_back(self, ledger: Ledger, rows: Mapping[bytes, Row]) -> list[bytes]:
        """Create removed rows again under their old ids; those that cannot return are listed.

        A row cannot when its record has another row now or when a record it belongs to is gone.
        """
        refused = dict.fromkeys(self.orphans(ledger, rows))
        return [
            *refused,
            *self._create_again(ledger, {row: values for row, values in rows.items() if row not in refused}),
        ]

    def _create_again(self, ledger: Ledger, rows: Mapping[bytes, Row]) -> list[bytes]:
        if not rows:
            return []
        names = content_columns(ledger)
        created = []
        for row, values in rows.items():
            typed, texts = split(values)
            created.append((row, self.zone, dumps(texts) if texts else None, *map(typed.get, names)))
        try:
            with self.connection.begin_nested():
                self._insert(ledger, ["raw", *names], created)
        except IntegrityError:
            if len(rows) == 1:
                return list(rows)
            return [row for one in rows for row in self._create_again(ledger, {one: rows[one]})]
        for row, values in rows.items():
            self.records.returned(ledger.id, row, dict(values))
        return []

    def write_history(self, meta: Mapping[str, object], *, always: bool) -> None:
        """Record what was done; nothing when nothing was, unless ``always``."""
        entries = list(self.records.entries())
        if not entries and not always:
            return
        self.no = (_LAST_NO.run(self.connection, {}).fetchall()[0][0] or 0) + 1
        _ADD_BATCH.run(self.connection, {"zone_code": self.zone, "no": self.no, "id": new_ids()[0], **meta})
        told = [{"zone_code": self.zone, "batch": self.no, **entry} for entry in entries]
        for start in range(0, len(told), _STEP):
            _ADD_CHANGE.run_many(self.connection, told[start : start + _STEP])
            self._tell(0)


_LAST_NO = Prepared(select(func.max(BATCH.c.no)))
_ADD_BATCH = Prepared(insert(BATCH))
_ADD_CHANGE = Prepared(insert(CHANGE))


def _taken(ledger: Ledger) -> Refused:
    return Refused(f"“{ledger.label}”里这个记录在这一期已经有一行了，请改那一行")


@cache
def _parameters(names: tuple[str, ...]) -> tuple[str, ...]:
    """The parameters of a row written: the new values of fields, the texts kept as typed, which row."""
    return (*(f"v_{name}" for name in (*names, "raw")), "zone", "row")


@cache
def _writer(ledger: str, names: tuple[str, ...]) -> Prepared:
    table = table_of(ledger)
    which = table.c.zone_code == bindparam("zone"), table.c.id == bindparam("row")
    return Prepared(update(table).where(*which).values({name: bindparam(f"v_{name}") for name in (*names, "raw")}))


def _digested(
    ledger: Ledger, columns: Sequence[str], rows: Sequence[tuple[object, ...]]
) -> tuple[Sequence[str], Sequence[tuple[object, ...]]]:
    """``columns`` and ``rows`` with the digests of personal fields among them."""
    for field in ledger.stored:
        if field.digest in columns and field.id not in columns:
            at = columns.index(field.digest)
            columns, rows = [*columns, field.id], [(*row, digest(row[at])) for row in rows]  # type: ignore[arg-type]
    return columns, rows


@contextmanager
def batch(
    file: DataFile,
    zone: str,
    kind: str,
    title: str,
    source: Mapping[str, object] | None = None,
    *,
    reverses: int | None = None,
    watch: Watch | None = None,
) -> Iterator[Batch]:
    """Open a batch on ``zone``: ``kind`` is 录入, 粘贴, 导入, 删除, 撤销 …, ``title`` what the clerk reads in the history.

    Raises Refused for what cannot be done and :class:`~models.store.faults.EnvironmentFault`, both with nothing written.
    """
    if file.read_only:
        raise Refused(file.notice or "这个文件是只为查看打开的，不能改")
    with file.writing() as connection:
        work = Batch(connection, zone, watch)
        yield work
        meta = {
            "at": datetime.now().isoformat(timespec="milliseconds"),
            "who": file.who,
            "host": file.host,
            "kind": kind,
            "title": title,
            "source": dumps(source) if source else None,
            "reverses": reverses,
            "reversed_by": None,
        }
        work.write_history(meta, always=reverses is not None)
        if reverses is not None:
            connection.execute(update(BATCH).where(BATCH.c.no == reverses).values(reversed_by=work.no))


__all__ = ["EDIT", "GONE", "NEW", "Batch", "Refused", "Watch", "batch", "period_values"]
