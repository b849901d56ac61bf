"""What a ledger page shows: one line per record, with the record's own fields and those of its row of the report period.

企业 is shown with its 企业年度, 经济数据 line by line of the roster whether or not a row exists yet (the first figure typed makes
it), events as they are; a reference is shown by the title of what it refers to, last year's value can stand beside a figure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from sqlalchemy import ColumnElement, Connection, FromClause, Select, and_, func, null, or_, select
from sqlalchemy.sql.expression import Alias

from models.fields import Field
from models.kinds import Raw, Reference, Stored
from models.ledger import Ledger, Time
from models.ledgers import BY_ID, LEDGERS
from models.periods import Period
from models.store.batches import Batch
from models.store.tables import PERIOD_COLUMNS, table_of
from models.store.values import chunks, join


@dataclass(frozen=True)
class Column:
    """One column of a page: a field of ``ledger``; ``prior`` shows the same record's value a year earlier."""

    ledger: Ledger
    field: Field
    prior: bool = False

    @property
    def key(self) -> tuple[str, str, bool]:
        """Names the column whatever the definitions' objects are."""
        return self.ledger.id, self.field.id, self.prior


@dataclass(frozen=True)
class View:
    """A page: ``base`` gives the lines, ``own`` is the ledger the page is about, ``columns`` what is shown in order."""

    base: Ledger
    own: Ledger
    columns: tuple[Column, ...]

    @cached_property
    def companions(self) -> tuple[tuple[Ledger, bool], ...]:
        """The ledgers joined to the base, each with whether it is last year's row."""
        return tuple(dict.fromkeys((c.ledger, c.prior) for c in self.columns if c.ledger is not self.base or c.prior))

    def with_prior(self, *fields: str) -> View:
        """The view with last year's column behind each of ``fields`` of the own ledger."""
        wide: list[Column] = []
        for column in self.columns:
            wide.append(column)
            if column.ledger is self.own and column.field.id in fields:
                wide.append(Column(column.ledger, column.field, True))
        return View(self.base, self.own, tuple(wide))


@dataclass(frozen=True)
class Line:
    """One line of a page: the base row's id, the ids of the companion rows that exist, values by column key, texts of references."""

    id: bytes
    rows: Mapping[tuple[str, bool], bytes]
    values: Mapping[tuple[str, str, bool], Stored]
    titles: Mapping[tuple[str, str, bool], str]


@cache
def view_of(ledger: Ledger) -> View:
    """The page of a ledger, read off the definitions."""
    base = BY_ID[ledger.one_per] if ledger.one_per and ledger.dated else ledger
    own = tuple(Column(ledger, field) for field in ledger.stored if not (base is not ledger and field.id in ledger.key))
    if base is not ledger:
        return View(base, ledger, tuple(Column(base, base.by_id[name]) for name in base.title) + own)
    yearly = (
        each
        for each in LEDGERS
        if each.time is Time.YEARLY and (each.one_per == ledger.id or (ledger.id == "zone" and not each.key))
    )
    return View(
        ledger,
        ledger,
        own + tuple(Column(each, field) for each in yearly for field in each.stored if field.id not in each.key),
    )


class Page:
    """A view of one zone and period, ready to be read."""

    def __init__(self, view: View, zone: str, period: Period) -> None:
        self.view, self.zone, self.period = view, zone, period
        self.base = table_of(view.base)
        self._tables: dict[tuple[str, bool], FromClause] = {(view.base.id, False): self.base}
        self._from: FromClause = self.base
        for ledger, prior in view.companions:
            alias = table_of(ledger).alias(f"{ledger.id}_{'prior' if prior else 'now'}")
            self._tables[(ledger.id, prior)] = alias
            self._from = self._from.outerjoin(alias, self._belongs(ledger, alias, prior))
        self._title_columns: dict[tuple[str, str, bool], ColumnElement[str]] = {}
        for column in view.columns:
            if isinstance(column.field.kind, Reference):
                self._join_title(column)

    def _belongs(self, ledger: Ledger, alias: Alias, prior: bool) -> ColumnElement[bool]:
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

    def column(self, column: Column) -> ColumnElement[object]:
        """The SQL column behind a page column (a reference's title, so that sorting and searching mean what is seen)."""
        return self._title_columns.get(column.key, self._tables[(column.ledger.id, column.prior)].c[column.field.id])

    def _scope(self, statement: Select[tuple[object, ...]]) -> Select[tuple[object, ...]]:
        statement = statement.select_from(self._from).where(self.base.c.zone_code == self.zone)
        if self.view.base.dated:
            names = PERIOD_COLUMNS[self.view.base.time]
            statement = statement.where(*(self.base.c[name] == getattr(self.period, name) for name in names))
        return statement

    def ids(
        self, connection: Connection, *, search: str = "", order: Column | None = None, descending: bool = False
    ) -> list[bytes]:
        """The ids of the lines, in the order they were made or by one column (empties last); ``search`` looks in all texts."""
        statement = self._scope(select(self.base.c.id))
        if search:
            texts = [
                self.column(c)
                for c in self.view.columns
                if c.field.id in (*self.view.base.title, *self.view.own.title, *self.view.own.key)
            ]
            statement = statement.where(or_(*(text.contains(search, autoescape=True) for text in texts)))
        if order is not None:
            key = self.column(order)
            statement = statement.order_by(key.is_(null()), key.desc() if descending else key.asc())
        return list(connection.scalars(statement.order_by(self.base.c.id)))  # type: ignore[arg-type]

    def count(self, connection: Connection) -> int:
        """How many lines there are."""
        return connection.scalar(self._scope(select(func.count()))) or 0  # type: ignore[return-value]

    def lines(self, connection: Connection, ids: Sequence[bytes]) -> dict[bytes, Line]:
        """The lines of ``ids``; those that are gone are left out."""
        found: dict[bytes, Line] = {}
        tables = list(self._tables.items())
        heads = [part for _, table in tables for part in (table.c.id, table.c.raw)]
        cells = [self._tables[(c.ledger.id, c.prior)].c[c.field.id] for c in self.view.columns]
        titles = list(self._title_columns.items())
        for some in chunks(list(ids)):
            wanted = self._scope(select(*heads, *cells, *(text for _, text in titles))).where(self.base.c.id.in_(some))
            for row in connection.execute(wanted):
                found[row[0]] = self._line(row, tables, titles)
        return found

    def _line(
        self,
        row: Sequence[object],
        tables: Sequence[tuple[tuple[str, bool], FromClause]],
        titles: Sequence[tuple[tuple[str, str, bool], object]],
    ) -> Line:
        columns = self.view.columns
        start = 2 * len(tables)
        values: dict[tuple[str, str, bool], Stored] = {c.key: row[start + n] for n, c in enumerate(columns)}  # type: ignore[misc]
        rows: dict[tuple[str, bool], bytes] = {}
        for n, (name, _) in enumerate(tables):
            if row[2 * n] is not None:
                rows[name] = row[2 * n]  # type: ignore[assignment]
            raw = row[2 * n + 1]
            if raw:
                values |= {
                    (name[0], f, name[1]): v for f, v in join({}, raw).items() if (name[0], f, name[1]) in values
                }  # type: ignore[arg-type]
        offset = start + len(columns)
        shown = {key: str(row[offset + n]) for n, (key, _) in enumerate(titles) if row[offset + n] is not None}
        return Line(row[0], rows, values, shown)  # type: ignore[arg-type]

    def write(self, work: Batch, line: Line, values: Mapping[Column, Stored]) -> None:
        """Write cells of a line; a companion row that does not exist yet is made."""
        by_ledger: dict[Ledger, dict[str, Stored]] = {}
        for column, value in values.items():
            by_ledger.setdefault(column.ledger, {})[column.field.id] = value
        for ledger, fields in by_ledger.items():
            there = line.rows.get((ledger.id, False))
            if there is not None:
                work.set(ledger, there, fields)
            elif any(value is not None for value in fields.values()):
                key = {ledger.key[0]: line.id} if ledger.one_per else {}
                work.add(ledger, key | fields, self.period)

    def add(self, work: Batch, values: Mapping[str, Stored]) -> bytes:
        """A new line: a row of the base ledger."""
        return work.add(self.view.base, values, self.period)


def find_reference(connection: Connection, ledger: Ledger, zone: str, text: str) -> list[bytes]:
    """The ids of the records a person means by a code or a name, exactly as kept; one when it is clear."""
    table = table_of(ledger)
    for name in (*ledger.key, *ledger.title):
        if isinstance(ledger.by_id[name].kind, Reference):
            continue
        found = list(
            connection.scalars(
                select(table.c.id).where(table.c.zone_code == zone, table.c[name] == text).order_by(table.c.id)
            )
        )
        if found:
            return found
    return []


__all__ = ["Column", "Line", "Page", "Raw", "View", "find_reference", "view_of"]
