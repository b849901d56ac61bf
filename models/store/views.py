"""What a ledger page shows: one line per record, with the record's own fields and those of its row of the report period.

企业 is shown with its 企业年度, 经济数据 line by line of the roster whether or not a row exists yet (the first figure typed makes
it), events as they are; a reference is shown by the title of what it refers to, last year's value can stand beside a figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    Text,
    and_,
    bindparam,
    false,
    func,
    null,
    or_,
    select,
)
from sqlalchemy import text as sql

from models.kinds import BadValue, Raw, Reference, Stored
from models.kinds import Text as TextKind
from models.ledger import Ledger
from models.ledgers import BY_ID
from models.periods import Period
from models.store.batches import Batch
from models.store.carried import marked
from models.store.tables import CARRIED, PERIOD_COLUMNS, table_of
from models.store.values import Row, chunks, raw_texts
from models.store.view import Column, Key, Line, View, view_of
from models.text import fold

HEADS = 3  # of each table read for a line: id, raw, carried


class Page:
    """A view of one zone and period, ready to be read."""

    def __init__(self, view: View, zone: str, period: Period) -> None:
        self.view, self.zone, self.period = view, zone, period
        self.base = table_of(view.base)
        self._keys = [column.key for column in view.columns]
        self._tables: dict[tuple[str, bool], FromClause] = {(view.base.id, False): self.base}
        self._from: FromClause = self.base
        for ledger, prior in view.companions:
            alias = table_of(ledger).alias(f"{ledger.id}_{'prior' if prior else 'now'}")
            self._tables[(ledger.id, prior)] = alias
            self._from = self._from.outerjoin(alias, self._belongs(ledger, alias, prior))
        self._title_columns: dict[Key, ColumnElement[Any]] = {}
        for column in view.columns:
            if isinstance(column.field.kind, Reference):
                self._join_title(column)

    def _belongs(self, ledger: Ledger, alias: FromClause, prior: bool) -> ColumnElement[bool]:
        period = self.period.back() if prior else self.period
        conditions = [alias.c.zone_code == self.base.c.zone_code]
        conditions += [alias.c[name] == getattr(period, name) for name in PERIOD_COLUMNS.get(ledger.time, ())]
        if ledger.one_per:
            conditions.append(alias.c[ledger.key[0]] == self.base.c.id)
        elif ledger is self.view.base:
            conditions += [alias.c[name] == self.base.c[name] for name in ledger.key]
        return and_(*conditions)

    def _join_title(self, column: Column) -> None:
        assert isinstance(column.field.kind, Reference)
        target = BY_ID[column.field.kind.ledger]
        alias = table_of(target).alias(f"title_{column.ledger.id}_{column.field.id}")
        table = self._tables[(column.ledger.id, column.prior)]
        self._from = self._from.outerjoin(
            alias, and_(alias.c.zone_code == table.c.zone_code, alias.c.id == table.c[column.field.id])
        )
        self._title_columns[column.key] = alias.c[target.title[0]]

    def column(self, column: Column) -> ColumnElement[Any]:
        """The SQL column behind a page column (a reference's title, so that sorting and searching mean what is seen)."""
        return self._title_columns.get(column.key, self._tables[(column.ledger.id, column.prior)].c[column.field.id])

    def raw(self, column: Column) -> ColumnElement[Any]:
        """The texts kept as typed beside a column's values."""
        raw: ColumnElement[Any] = self._tables[(column.ledger.id, column.prior)].c.raw
        return raw

    def rows(self, connection: Connection, ledger: Ledger, ids: Sequence[bytes]) -> dict[bytes, bytes]:
        """This year's rows of a ledger on the page → the lines ``ids`` they stand on."""
        if ledger is self.view.base:
            return {id: id for id in ids}
        row = self._tables[(ledger.id, False)].c.id
        wanted = self._scope(select(row, self.base.c.id)).where(row.is_not(null()))
        return {
            made: id
            for some in chunks(list(ids))
            for made, id in connection.execute(wanted.where(self.base.c.id.in_(some)))
        }

    def _scope(self, statement: Select[Any], source: FromClause | None = None) -> Select[Any]:
        statement = statement.select_from(self._from if source is None else source).where(
            self.base.c.zone_code == self.zone
        )
        if self.view.base.dated:
            names = PERIOD_COLUMNS[self.view.base.time]
            statement = statement.where(*(self.base.c[name] == getattr(self.period, name) for name in names))
        return statement

    def ids(
        self,
        connection: Connection,
        *,
        search: str = "",
        order: Column | None = None,
        descending: bool = False,
        carried: bool = False,
        only: Sequence[ColumnElement[bool]] = (),
    ) -> list[bytes]:
        """The ids of the lines, in the order they were made or by one column (empties last); ``search`` looks in all texts.

        ``carried``: only those with a value taken over from last year that is not confirmed; ``only``: what else must hold.
        """
        plain = not (search or carried or only) and order is None  # what is shown beside the lines adds none
        statement = self._scope(select(self.base.c.id), self.base if plain else None).where(*only)
        if carried:
            statement = statement.where(
                or_(false(), *(table.c[CARRIED].is_not(None) for table in self._rolling.values()))
            )
        if search:
            named = (*self.view.base.title, *self.view.own.title, *self.view.own.key)
            columns = (self.column(each) for each in self.view.columns if each.field.id in named)
            found = [text.contains(search, autoescape=True) for text in columns if isinstance(text.type, Text)]
            statement = statement.where(or_(false(), *found))
        if order is not None:
            key = self.column(order)
            statement = statement.order_by(key.is_(null()), key.desc() if descending else key.asc())
        cursor: Any = connection.execute(statement.order_by(self.base.c.id)).cursor
        return list(chain.from_iterable(cursor))  # straight from the driver: there may be a million

    @cached_property
    def _rolling(self) -> dict[Ledger, FromClause]:
        """This year's tables of the ledgers on the page that roll over."""
        return {
            ledger: table
            for (name, prior), table in self._tables.items()
            if not prior and (ledger := BY_ID[name]).rolls
        }

    @property
    def rolls(self) -> bool:
        """Whether anything on the page can have been taken over from last year."""
        return bool(self._rolling)

    def carried(self, connection: Connection, ids: Sequence[bytes]) -> dict[Ledger, dict[bytes, bytes]]:
        """What is not confirmed on the lines ``ids``: by ledger, the line's id → the row there."""
        found: dict[Ledger, dict[bytes, bytes]] = {}
        for ledger, table in self._rolling.items():
            wanted = self._scope(select(self.base.c.id, table.c.id)).where(table.c[CARRIED].is_not(None))
            for some in chunks(ids):
                rows = connection.execute(wanted.where(self.base.c.id.in_(some)))
                found.setdefault(ledger, {}).update((line, row) for line, row in rows)
        return found

    def count(self, connection: Connection) -> int:
        """How many lines there are; what is shown beside them adds none."""
        return connection.scalar(self._scope(select(func.count()), self.base)) or 0

    def texts(self, connection: Connection) -> Iterator[tuple[bytes, tuple[str, ...]]]:
        """Every line's id with the texts of its columns as they are shown, in the order they were made; one statement."""
        shows = [str if isinstance(each.field.kind, Reference) else each.field.kind.show for each in self.view.columns]
        wanted = self._scope(select(self.base.c.id, *map(self.column, self.view.columns))).order_by(self.base.c.id)
        for id, *values in connection.execution_options(yield_per=1000).execute(wanted):
            yield id, tuple(["" if v is None else show(v) for show, v in zip(shows, values, strict=True)])

    def filled(self, connection: Connection) -> tuple[int, list[int]]:
        """How many lines there are, and on how many of them each column holds a value; one statement."""
        counts: list[ColumnElement[Any]] = [func.count(), *(func.count(cell) for cell in self._cells())]
        row = connection.execute(self._scope(select(*counts))).one()
        return row[0], list(row[1:])

    def first_gap(self, connection: Connection) -> tuple[bytes, Column] | None:
        """The first line on which one of the columns holds no value, with that column; None when all are filled."""
        cells = self._cells()
        wanted = self._scope(select(self.base.c.id, *cells)).where(or_(false(), *(cell.is_(null()) for cell in cells)))
        row = connection.execute(wanted.order_by(self.base.c.id).limit(1)).first()
        return None if row is None else (row[0], self.view.columns[list(row[1:]).index(None)])

    def _cells(self) -> list[ColumnElement[Any]]:
        """The stored columns behind the view's: of a reference the record it means, of a text that does not fit nothing."""
        return [self._tables[(each.ledger.id, each.prior)].c[each.field.id] for each in self.view.columns]

    def lines(self, connection: Connection, ids: Sequence[bytes]) -> dict[bytes, Line]:
        """The lines of ``ids``; those that are gone are left out."""
        found: dict[bytes, Line] = {}
        for some in chunks(list(ids)):
            cursor: Any = connection.execute(self._wanted, {"ids": list(some)}).cursor
            found.update(
                (row[0], self._line(row)) for row in cursor
            )  # straight from the driver: a scroll bar pulled reads on and on
        return found

    @cached_property
    def _wanted(self) -> Select[Any]:
        """Of each table id, raw and carried, then the columns, then the titles; made once, as it is long."""
        tables = self._tables.values()
        heads = [part for table in tables for part in (table.c.id, table.c.raw, table.c.get(CARRIED, null()))]
        wanted = self._scope(select(*heads, *self._cells(), *self._title_columns.values()))
        return wanted.where(self.base.c.id.in_(bindparam("ids", expanding=True)))

    def _line(self, row: Sequence[Any]) -> Line:
        start = HEADS * len(self._tables)
        offset = start + len(self._keys)
        values: dict[Key, Stored] = dict(zip(self._keys, row[start:offset], strict=True))
        ids, raws, marks = (row[place:start:HEADS] for place in range(HEADS))
        rows = {name: id for name, id in zip(self._tables, ids, strict=True) if id is not None}
        titles = zip(self._title_columns, row[offset:], strict=True)
        shown = {key: str(title) for key, title in titles if title is not None}
        if not any(raws) and not any(marks):  # most lines have neither
            return Line(row[0], rows, values, shown)
        carried: set[Key] = set()
        for name, raw, mark in zip(self._tables, raws, marks, strict=True):
            if mark and not name[1]:
                carried.update((name[0], field, False) for field in marked(mark))
            if raw:
                kept = {(name[0], field, name[1]): Raw(text) for field, text in raw_texts(raw).items()}
                values |= {key: text for key, text in kept.items() if key in values}
        return Line(row[0], rows, values, shown, frozenset(carried))

    def sums(self, connection: Connection, columns: Sequence[Column], ids: Sequence[bytes]) -> list[tuple[int, int]]:
        """Of each column how many of the lines ``ids`` have a value, and their sum as stored."""
        found = [(0, 0)] * len(columns)
        cells = [self._tables[(c.ledger.id, c.prior)].c[c.field.id] for c in columns]
        wanted = self._scope(select(*(each for cell in cells for each in (func.count(cell), func.sum(cell)))))
        for some in chunks(list(ids)):
            row = connection.execute(wanted.where(self.base.c.id.in_(some))).one()
            found = [(amount + row[2 * n], total + int(row[2 * n + 1] or 0)) for n, (amount, total) in enumerate(found)]
        return found

    def write(self, work: Batch, line: Line, values: Mapping[Column, Stored]) -> None:
        """Write cells of a line; a companion row that does not exist yet is made."""
        self.write_many(work, [line], {column: {line.id: value} for column, value in values.items()})

    def write_many(self, work: Batch, lines: Iterable[Line], values: Mapping[Column, Mapping[bytes, Stored]]) -> None:
        """Write cells of many lines, given by column and the line's id; companion rows that do not exist yet are made."""
        by_ledger = {ledger: _by_line(values, ledger) for ledger in dict.fromkeys(column.ledger for column in values)}
        known = {line.id: line.rows for line in lines}
        for ledger, rows in by_ledger.items():
            there = {id: row for id in rows if (row := known[id].get((ledger.id, False)))}
            there |= self._made_since(work, ledger, [id for id in rows if id not in there])
            if there:
                work.set_many(ledger, {there[id]: fields for id, fields in rows.items() if id in there})
            new = [
                {**({ledger.key[0]: id} if ledger.one_per else {}), **fields}
                for id, fields in rows.items()
                if id not in there and any(value is not None for value in fields.values())
            ]
            if new:
                work.add_many(ledger, new, self.period)

    def _made_since(self, work: Batch, ledger: Ledger, ids: list[bytes]) -> dict[bytes, bytes]:
        """The companion rows that other cells of the lines ``ids`` have made since the lines were read."""
        row = self._tables[(ledger.id, False)].c.id
        wanted = self._scope(select(self.base.c.id, row)).where(row.is_not(null()))
        return {
            id: made
            for some in chunks(ids)
            for id, made in work.connection.execute(wanted.where(self.base.c.id.in_(some)))
        }

    def add_many(self, work: Batch, lines: Sequence[Mapping[str, Stored]]) -> list[bytes]:
        """New lines: rows of the base ledger; their ids."""
        return work.add_many(self.view.base, lines, self.period)


def _by_line(values: Mapping[Column, Mapping[bytes, Stored]], ledger: Ledger) -> dict[bytes, Row]:
    """The cells of a ledger's columns, gathered line by line."""
    mine = {column.field.id: cells for column, cells in values.items() if column.ledger is ledger}
    ids = [*next(iter(mine.values()))]
    if all([*cells] == ids for cells in mine.values()):  # a block
        lines = zip(*(cells.values() for cells in mine.values()), strict=True)
        return {id: dict(zip(mine, line, strict=True)) for id, line in zip(ids, lines, strict=True)}
    rows: dict[bytes, Row] = {}
    for name, cells in mine.items():
        for id, value in cells.items():
            rows.setdefault(id, {})[name] = value
    return rows


def count_of(connection: Connection, ledger: Ledger, zone: str, period: Period) -> int:
    """How many rows a ledger has in a zone, of the period where it has one. Asked of all ledgers at once: nothing is compiled."""
    wanted = {"zone_code": zone, **{name: getattr(period, name) for name in PERIOD_COLUMNS.get(ledger.time, ())}}
    where = " AND ".join(f"{name} = :{name}" for name in wanted)
    return connection.scalar(sql(f'SELECT count(*) FROM "{ledger.id}" WHERE {where}'), wanted) or 0


def find_reference(connection: Connection, ledger: Ledger, zone: str, text: str) -> list[bytes]:
    """The ids of the records a person means by a code or a name, exactly as kept; one when it is clear."""
    table = table_of(ledger)
    for name in dict.fromkeys((*ledger.key, *ledger.title)):
        kind = ledger.by_id[name].kind
        meant = find_reference(connection, BY_ID[kind.ledger], zone, text) if isinstance(kind, Reference) else [text]
        wanted = select(table.c.id).where(table.c.zone_code == zone, table.c[name].in_(meant)).order_by(table.c.id)
        found = list(connection.scalars(wanted)) if meant else []
        if found:
            return found
    return []


def whole_key(ledger: Ledger, text: str) -> list[str]:
    """The parts of a record's whole key, parted by /; [] when ``text`` has not as many as the key."""
    parts = [part.strip() for part in text.split("/", max(len(ledger.key) - 1, 0))]
    return parts if len(parts) == len(ledger.key) and all(parts) else []


def find_record(connection: Connection, ledger: Ledger, zone: str, text: str) -> list[bytes]:
    """The ids of the records a person means by the whole key (台办/绿色通道件数, texts compared folded), a code or a name."""
    parts = whole_key(ledger, text)
    if len(parts) < 2:
        return find_reference(connection, ledger, zone, text)
    table, spelt = table_of(ledger), {}
    conditions: list[ColumnElement[bool]] = []
    for name, part in zip(ledger.key, parts, strict=True):
        kind = ledger.by_id[name].kind
        if isinstance(kind, Reference):
            conditions.append(table.c[name].in_(find_reference(connection, BY_ID[kind.ledger], zone, part)))
        elif isinstance(kind, TextKind):
            spelt[name] = fold(part)
        else:
            try:
                conditions.append(table.c[name] == kind.parse(part))
            except BadValue:
                return []
    columns = [table.c[name] for name in spelt]
    wanted = select(table.c.id, *columns).where(table.c.zone_code == zone, *conditions).order_by(table.c.id)
    rows = connection.execute(wanted).all()
    found = [row[0] for row in rows if [fold(each or "") for each in row[1:]] == list(spelt.values())]
    return found or find_reference(connection, ledger, zone, text)


__all__ = ["Column", "Line", "Page", "Raw", "View", "count_of", "find_record", "find_reference", "view_of", "whole_key"]
