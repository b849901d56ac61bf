"""What the history says: the batches, what each did to which row, what can be undone; looking only."""

from __future__ import annotations

from dataclasses import dataclass, fields

from sqlalchemy import ColumnElement, Connection, RowMapping, func, select

from models.kinds import Stored
from models.ledger import Ledger
from models.ledgers import BY_ID
from models.store.faults import Damaged
from models.store.file import DataFile
from models.store.records import EDIT, GONE, NEW, same
from models.store.rows import Rows, content_columns
from models.store.tables import BATCH, CHANGE
from models.store.values import UNREADABLE, Row, changes

UNDO, REDO, RESTORE = "撤销", "重做", "恢复"
LASTING = ("新建", "签发")  # a zone and an issued version are not taken back: others have seen them


@dataclass(frozen=True)
class Done:
    """One batch as the history page shows it. ``reversed_by`` is the batch that took it back, if one did."""

    no: int
    zone: str
    at: str
    who: str
    host: str
    kind: str
    title: str
    source: str | None
    reverses: int | None
    reversed_by: int | None


@dataclass(frozen=True)
class Step:
    """What one batch did to one row: ``changed`` maps field → (old, new); ``place`` is the row of the imported file."""

    batch: Done
    ledger: str
    row: bytes
    op: int
    changed: dict[str, tuple[Stored, Stored]]
    place: int | None

    @property
    def before(self) -> Row:
        """What the changed fields held before; all of a removed row."""
        return {name: old for name, (old, _) in self.changed.items()}


def read_done(row: RowMapping) -> Done:
    """A row of the batch table."""
    return Done(**{field.name: row["zone_code" if field.name == "zone" else field.name] for field in fields(Done)})


def done(file: DataFile, limit: int = 200) -> list[Done]:
    """The latest batches, newest first."""
    with file.reading() as connection:
        return [
            read_done(row)
            for row in connection.execute(select(BATCH).order_by(BATCH.c.no.desc()).limit(limit)).mappings()
        ]


def next_undo(connection: Connection) -> Done | None:
    """The batch Ctrl+Z takes back: the latest that is neither taken back nor itself a taking back."""
    wanted = (
        select(BATCH)
        .where(BATCH.c.kind.not_in((UNDO, *LASTING)), BATCH.c.reversed_by.is_(None))
        .order_by(BATCH.c.no.desc())
        .limit(1)
    )
    row = connection.execute(wanted).mappings().first()
    return read_done(row) if row else None


def next_redo(connection: Connection) -> Done | None:
    """The undo that Ctrl+Y takes back: the latest open one, unless something new was done since."""
    latest = (
        select(BATCH.c.no)
        .where(BATCH.c.kind.not_in((UNDO, REDO)))
        .order_by(BATCH.c.no.desc())
        .limit(1)
        .scalar_subquery()
    )
    wanted = (
        select(BATCH)
        .where(BATCH.c.kind == UNDO, BATCH.c.reversed_by.is_(None), BATCH.c.no > latest)
        .order_by(BATCH.c.no.desc())
        .limit(1)
    )
    row = connection.execute(wanted).mappings().first()
    return read_done(row) if row else None


def size(connection: Connection, of: Done) -> int:
    """How many rows a batch touched."""
    rows = select(func.count()).select_from(CHANGE).where(CHANGE.c.zone_code == of.zone, CHANGE.c.batch == of.no)
    return connection.scalar(rows) or 0


def steps_of(connection: Connection, *conditions: ColumnElement[bool], limit: int | None = None) -> list[Step]:
    """The steps (the first ``limit``) that fit ``conditions`` on the change table, in the order they were done. Raises Damaged
    for what is no step."""
    joined = select(BATCH, CHANGE.c.ledger, CHANGE.c.row, CHANGE.c.op, CHANGE.c.data, CHANGE.c.place).join_from(
        CHANGE, BATCH, CHANGE.c.batch == BATCH.c.no
    )
    known: dict[int, Done] = {}
    found = []
    for row in connection.execute(joined.where(*conditions).order_by(CHANGE.c.batch).limit(limit)).mappings():
        of = known.get(row["no"]) or known.setdefault(row["no"], read_done(row))
        changed = changes(row["data"])
        ledger = BY_ID.get(row["ledger"])
        if ledger is None or row["op"] not in (NEW, EDIT, GONE) or not changed.keys() <= {*content_columns(ledger)}:
            raise Damaged(UNREADABLE)  # a flipped byte in a name
        found.append(Step(of, ledger.id, row["row"], row["op"], changed, row["place"]))
    return found


def last_word(connection: Connection, zone: str, ledger: Ledger) -> dict[bytes, Done]:
    """The batch that touched each row of a ledger last: who said what stands there, and when."""
    steps = steps_of(connection, CHANGE.c.zone_code == zone, CHANGE.c.ledger == ledger.id)
    return {step.row: step.batch for step in steps}


def touched_since(connection: Connection, origin: Done, rows: set[bytes]) -> set[bytes]:
    """Rows whose content is no longer what batch ``origin`` left: later changes that did not cancel out."""
    if not rows:
        return set()
    first: dict[tuple[bytes, str], Stored] = {}
    last: dict[tuple[bytes, str], Stored] = {}
    for step in steps_of(
        connection, CHANGE.c.batch > origin.no, CHANGE.c.zone_code == origin.zone, CHANGE.c.op == EDIT
    ):
        for name, (old, new) in step.changed.items() if step.row in rows else ():
            first.setdefault((step.row, name), old)
            last[(step.row, name)] = new
    return {row for (row, name), value in last.items() if not same(first[(row, name)], value)}


def past_of(file: DataFile, zone: str, row: bytes) -> list[Step]:
    """Everything that ever happened to a row, oldest first."""
    with file.reading() as connection:
        mine = CHANGE.alias("mine")
        # batches and ledgers from the index of rows, so that the key is whole: else SQLite looks through all that those batches did
        batches, ledgers = (
            select(column).where(mine.c.zone_code == zone, mine.c.row == row)
            for column in (mine.c.batch, mine.c.ledger)
        )
        key = (CHANGE.c.batch.in_(batches), CHANGE.c.ledger.in_(ledgers), CHANGE.c.row == row)
        return steps_of(connection, CHANGE.c.zone_code == zone, *key)


def deleted(file: DataFile, zone: str, ledger: Ledger) -> list[Step]:
    """The latest removal of each row of a ledger that is not there now (回收站), newest first."""
    with file.reading() as connection:
        gone: dict[bytes, Step] = {}
        for step in steps_of(connection, CHANGE.c.zone_code == zone, CHANGE.c.ledger == ledger.id, CHANGE.c.op == GONE):
            gone.pop(step.row, None)
            gone[step.row] = step
        there = Rows(connection, zone).there(ledger, gone.keys())
    return [step for row, step in reversed(gone.items()) if row not in there]
