"""Which values of a row were taken over from last year and are not confirmed yet: the column ``carried`` of ledgers that roll over.

It holds field ids, so it travels with its row: history, undo, 回收站 and merging treat it as part of the content. Writing a field,
be it the value it has, confirms it (:meth:`models.store.batches.Batch.set_many`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, select

from models.kinds import Stored
from models.ledger import Ledger
from models.ledgers import LEDGERS
from models.store.tables import CARRIED, table_of
from models.store.values import Row, chunks

if TYPE_CHECKING:
    from models.store.batches import Batch

ROLLING = tuple(ledger for ledger in LEDGERS if ledger.rolls)


def packed(names: Iterable[str]) -> str | None:
    """The column's text for some fields, the same in whatever order they come; None for none."""
    return " ".join(sorted(set(names))) or None


def marked(value: Stored) -> tuple[str, ...]:
    """The field ids in the column's text."""
    return tuple(value.split()) if isinstance(value, str) else ()


def without(value: Stored, names: Collection[str]) -> str | None:
    """The column's text when ``names`` are confirmed."""
    return packed(name for name in marked(value) if name not in names)


def taken_back(now: Stored, old: Stored, new: Stored) -> str | None:
    """The marks when the step ``old`` → ``new`` is taken back, whatever was confirmed of other fields since."""
    before, after = marked(old), marked(new)
    kept = [name for name in marked(now) if name in before or name not in after]
    return packed([*kept, *(name for name in before if name not in after)])


def confirmed(values: Mapping[str, Stored], old: Row) -> Row:
    """``values`` to be written on a row that held ``old``, with the marks they leave behind."""
    if CARRIED in values or not old.get(CARRIED):
        return dict(values)
    return {**values, CARRIED: without(old[CARRIED], values.keys())}


def confirm(work: Batch, ledger: Ledger, rows: Mapping[bytes, Collection[str] | None]) -> int:
    """Confirm fields of rows (None: all of a row's); how many rows it changed."""
    found = unconfirmed_rows(work.connection, work.zone, ledger, list(rows))
    changes: dict[bytes, Row] = {}
    for row, marks in found.items():
        names = rows[row]
        left = None if names is None else without(packed(marks), names)
        if left != packed(marks):
            changes[row] = {CARRIED: left}
    work.set_many(ledger, changes)
    return len(changes)


def unconfirmed_rows(
    connection: Connection, zone: str, ledger: Ledger, rows: Sequence[bytes]
) -> dict[bytes, tuple[str, ...]]:
    """Those of ``rows`` that hold unconfirmed values, with their fields."""
    if not ledger.rolls:
        return {}
    table = table_of(ledger)
    wanted = select(table.c.id, table.c[CARRIED]).where(table.c.zone_code == zone, table.c[CARRIED].is_not(None))
    return {
        row: marked(text)
        for some in chunks(rows)
        for row, text in connection.execute(wanted.where(table.c.id.in_(some)))
    }


def year_rows(connection: Connection, zone: str, ledger: Ledger, year: int) -> list[bytes]:
    """The rows of a year, in the order they were made."""
    table = table_of(ledger)
    wanted = select(table.c.id).where(table.c.zone_code == zone, table.c.year == year)
    return list(connection.scalars(wanted.order_by(table.c.id)))


@dataclass(frozen=True)
class Unconfirmed:
    """What of one ledger and zone is not confirmed for a year: how many rows, and the first of them with its first field."""

    ledger: Ledger
    zone: str
    year: int
    rows: int
    first: bytes
    field: str

    @property
    def sentence(self) -> str:
        """What is the matter."""
        return f"{self.ledger.label} {self.rows:,} 行是从上年带来的，还没有确认"

    def to_json(self) -> dict[str, object]:
        """As the audit's list tells it."""
        return {
            "code": "结转", "level": "强制", "ledger": self.ledger.label, "zone": self.zone, "key": "", "name": "",
            "message": self.sentence, "remedy": REMEDY, "explanation": "",
        }  # fmt: skip


REMEDY = "核对后改正；没有变的，选中后按 F9 或点“确认”"


def unconfirmed(
    connection: Connection, zones: Sequence[str], year: int, ledgers: Iterable[Ledger] = ROLLING
) -> tuple[Unconfirmed, ...]:
    """What is not confirmed of a year, by ledger and zone."""
    found = []
    for ledger in ledgers:
        table = table_of(ledger)
        there = (table.c.zone_code.in_(zones), table.c.year == year, table.c[CARRIED].is_not(None))
        counts = select(table.c.zone_code, func.count()).where(*there).group_by(table.c.zone_code)
        for zone, rows in connection.execute(counts.order_by(table.c.zone_code)).all():
            oldest = select(table.c.id).where(*there, table.c.zone_code == zone).order_by(table.c.id).limit(1)
            first = connection.scalars(oldest).one()
            marks = unconfirmed_rows(connection, zone, ledger, [first])[first]
            field = next((field.id for field in ledger.stored if field.id in marks), "")
            found.append(Unconfirmed(ledger, zone, year, rows, first, field))
    return tuple(found)
