"""The history as a list to search: which steps there were, by whom, when and on which records; one step opened, field by field."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Select, Text, cast, func, or_, select, union_all

from models.kinds import Raw, Reference, Stored
from models.ledger import Ledger
from models.ledgers import BY_ID, LEDGERS
from models.periods import period_label
from models.store.carried import marked
from models.store.past import Done, Step, read_done, steps_of
from models.store.records import GONE, NEW
from models.store.tables import BATCH, CARRIED, CHANGE, PERIOD_COLUMNS, table_of
from models.store.titles import titles
from models.store.values import chunks

DONE_TO = ("新增", "修改", "删除")  # by Step.op
COLUMNS = ("步", "时间", "谁", "电脑", "类别", "做了什么", "台账", "记录", "报告期", "改动", "项目", "原来", "改为")
PERSONAL = "（个人信息）"
AT_ONCE = 1000  # rows that are named at once
LONG = 1000  # characters of a value that are told


@dataclass(frozen=True)
class Search:
    """What is looked for: a text (in a step's title, in records' names and codes, in what was changed), a person, days (ISO, both
    included), a record. Empty ones do not count.
    """

    text: str = ""
    who: str = ""
    since: str = ""
    until: str = ""
    row: bytes = b""


@dataclass(frozen=True)
class Listed:
    """One step and how many rows it touched."""

    done: Done
    rows: int


def journal(connection: Connection, zone: str, search: Search, limit: int = 500) -> list[Listed]:
    """The steps on a zone that fit the search, newest first."""
    rows = select(func.count()).where(CHANGE.c.zone_code == BATCH.c.zone_code, CHANGE.c.batch == BATCH.c.no)
    wanted = select(BATCH, rows.scalar_subquery().label("rows")).where(BATCH.c.zone_code == zone, *_fits(zone, search))
    found = connection.execute(wanted.order_by(BATCH.c.no.desc()).limit(limit)).mappings()
    return [Listed(read_done(row), row["rows"]) for row in found]


def people(connection: Connection, zone: str) -> list[str]:
    """Who ever wrote anything, those who wrote last first."""
    wanted = select(BATCH.c.who).where(BATCH.c.zone_code == zone).group_by(BATCH.c.who)
    return list(connection.scalars(wanted.order_by(func.max(BATCH.c.no).desc())))


def steps_in(connection: Connection, zone: str, no: int, limit: int | None = None) -> list[Step]:
    """What one step did to each row, to the first ``limit`` of them."""
    return steps_of(connection, CHANGE.c.zone_code == zone, CHANGE.c.batch == no, limit=limit)


def entries(
    connection: Connection, zone: str, search: Search, tell: Callable[[int, int], None] = lambda left, of: None
) -> Iterator[list[str]]:
    """All that was done in the steps that fit the search, oldest first: a row for each field changed, one for a row made.

    Columns are :data:`COLUMNS`. What is personal is not told (decision 0007). ``tell`` is called with the rows left and in all.
    """
    listed = journal(connection, zone, search, limit=10**9)
    done, total = 0, sum(each.rows for each in listed)
    for each in reversed(listed):
        of = each.done
        head = [str(of.no), of.at.replace("T", " ")[:19], of.who, of.host, of.kind, of.title]
        steps = steps_in(connection, zone, of.no)
        for start in range(0, len(steps), AT_ONCE):
            tell(total - done, total)
            some = steps[start : start + AT_ONCE]
            done += len(some)
            namer = Namer(connection, zone)
            namer.learn(some)
            for step in some:
                yield from ([*head, *cells] for cells in _cells(step, namer))


def _cells(step: Step, namer: Namer) -> Iterator[list[str]]:
    ledger = BY_ID[step.ledger]
    of = [ledger.label, namer.name(ledger, step.row), namer.period(step), DONE_TO[step.op]]
    if step.op == NEW and not step.changed:
        yield [*of, "", "", ""]
    for field, *values in fields_of(step):
        hidden = field in ledger.by_id and ledger.by_id[field].personal
        said = [PERSONAL if hidden and value else namer.value(ledger, field, value) for value in values]
        yield [*of, label_of(ledger, field), *said]


def _fits(zone: str, search: Search) -> Iterator[ColumnElement[bool]]:
    if search.who:
        yield BATCH.c.who == search.who
    if search.since:
        yield BATCH.c.at >= search.since
    if search.until:
        yield BATCH.c.at < f"{search.until}~"  # all of that day: what follows the date in a time sorts before ~
    if search.row:
        yield BATCH.c.no.in_(_touching(zone).where(CHANGE.c.row == search.row))
    if search.text:
        touched = _touching(zone).where(
            or_(CHANGE.c.row.in_(_named(zone, search.text)), _has(CHANGE.c.data, search.text))
        )
        yield or_(_has(BATCH.c.title, search.text), _has(BATCH.c.source, search.text), BATCH.c.no.in_(touched))


def _touching(zone: str) -> Select[tuple[int]]:
    return select(CHANGE.c.batch).where(CHANGE.c.zone_code == zone)


def _has(column: ColumnElement[str], text: str) -> ColumnElement[bool]:
    return column.contains(text, autoescape=True)


def _named(zone: str, text: str) -> ColumnElement[bytes]:
    """The rows whose name or code has the text, and those that belong to such a row."""
    found: list[Select[tuple[bytes]]] = []
    for ledger in LEDGERS:
        table = table_of(ledger)
        words = dict.fromkeys((*ledger.title, *ledger.key))
        names = [name for name in words if not isinstance(ledger.by_id[name].kind, Reference)]
        here = [_has(cast(table.c[name], Text), text) for name in names]
        for link in ledger.links:
            assert isinstance(link.kind, Reference)
            target = table_of(link.kind.ledger)
            known = BY_ID[link.kind.ledger]
            own = [
                _has(target.c[name], text)
                for name in dict.fromkeys((*known.title, *known.key))
                if not isinstance(known.by_id[name].kind, Reference)
            ]
            if link.id in words and own:
                here.append(table.c[link.id].in_(select(target.c.id).where(target.c.zone_code == zone, or_(*own))))
        if here:
            found.append(select(table.c.id).where(table.c.zone_code == zone, or_(*here)))
    return union_all(*found)  # type: ignore[return-value]


class Namer:
    """What rows and values of the history are called, also of rows that are there no more."""

    def __init__(self, connection: Connection, zone: str) -> None:
        self._connection, self._zone = connection, zone
        self._known: dict[tuple[str, bytes], str] = {}
        self._periods: dict[tuple[str, bytes], str] = {}

    def learn(self, steps: Iterable[Step]) -> None:
        """Read the names of many rows at once."""
        wanted: dict[str, set[bytes]] = {}
        for step in steps:
            wanted.setdefault(step.ledger, set()).add(step.row)
            for link in BY_ID[step.ledger].links:
                assert isinstance(link.kind, Reference)
                for value in step.changed.get(link.id, ()):
                    if isinstance(value, bytes):
                        wanted.setdefault(link.kind.ledger, set()).add(value)
        self._learn(wanted)

    def learn_rows(self, rows: Iterable[tuple[str, bytes]]) -> None:
        """Read the names of rows: ledger, id."""
        wanted: dict[str, set[bytes]] = {}
        for ledger, row in rows:
            wanted.setdefault(ledger, set()).add(row)
        self._learn(wanted)

    def _learn(self, wanted: Mapping[str, Collection[bytes]]) -> None:
        for name, rows in wanted.items():
            missing = [row for row in rows if (name, row) not in self._known]
            self._learn_periods(BY_ID[name], missing)
            for row, title in titles(self._connection, BY_ID[name], missing).items():
                self._known[name, row] = title.name
            for row in missing:
                if (name, row) not in self._known:
                    self._known[name, row] = self._gone(BY_ID[name], row)

    def name(self, ledger: Ledger, row: bytes) -> str:
        """What a row is called."""
        return self._known.get((ledger.id, row), "")

    def period(self, step: Step) -> str:
        """The report period of the row a step touched, "" where its ledger has none."""
        parts = [step.before.get(name) for name in PERIOD_COLUMNS.get(BY_ID[step.ledger].time, ())]
        return period_label(parts) or self._periods.get((step.ledger, step.row), "")

    def _learn_periods(self, ledger: Ledger, rows: Sequence[bytes]) -> None:
        table, names = table_of(ledger), PERIOD_COLUMNS.get(ledger.time, ())
        wanted = select(table.c.id, *(table.c[name] for name in names)).where(table.c.zone_code == self._zone)
        for some in chunks(rows) if names else ():
            for row, *parts in self._connection.execute(wanted.where(table.c.id.in_(some))):
                self._periods[ledger.id, row] = period_label(parts)

    def value(self, ledger: Ledger, field: str, value: Stored) -> str:
        """A value as people read it."""
        if value is None:
            return ""
        if field == CARRIED:
            return "、".join(ledger.by_id[name].label for name in marked(value) if name in ledger.by_id)
        if isinstance(value, str) and len(value) > LONG:  # a report's figures, an issued workbook
            return f"{value[:LONG]}……（共 {len(value):,} 字）"
        if isinstance(value, Raw) or field not in ledger.by_id:
            return str(value)
        kind = ledger.by_id[field].kind
        if isinstance(kind, Reference):
            return self.name(BY_ID[kind.ledger], value) if isinstance(value, bytes) else str(value)
        return kind.show(value)

    def _gone(self, ledger: Ledger, row: bytes) -> str:
        """The name of a row that is not there: out of its removal."""
        removals = steps_of(
            self._connection, CHANGE.c.zone_code == self._zone, CHANGE.c.row == row, CHANGE.c.op == GONE
        )
        if not removals:
            return ""
        self.learn([replaced for replaced in removals[-1:] if replaced.ledger != ledger.id])
        before = removals[-1].before
        for name in (*ledger.title, *ledger.key):
            value, kind = before.get(name), ledger.by_id[name].kind
            if isinstance(value, bytes) and isinstance(kind, Reference):
                found = titles(self._connection, BY_ID[kind.ledger], [value]).get(value)
                if found:
                    return found.name
                if said := self._gone(BY_ID[kind.ledger], value):
                    return said
            elif value is not None:
                return self.value(ledger, name, value)
        return ""


def label_of(ledger: Ledger, field: str) -> str:
    """What a column is called."""
    return ledger.by_id[field].label if field in ledger.by_id else "待确认" if field == CARRIED else "报告期"


def fields_of(step: Step) -> list[tuple[str, Stored, Stored]]:
    """Field, old and new of what a step changed, in the ledger's order; digests, which nobody typed, left out."""
    ledger = BY_ID[step.ledger]
    order = [field.id for field in ledger.stored if not field.digest]
    names = [name for name in order if name in step.changed]
    names += [CARRIED] if CARRIED in step.changed else []
    return [(name, *step.changed[name]) for name in names]


__all__ = [
    "COLUMNS", "DONE_TO", "Listed", "Namer", "Search", "entries", "fields_of", "journal", "label_of", "people", "steps_in",
]  # fmt: skip
