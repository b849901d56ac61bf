"""The findings of the last audit, and the explanations written for them (核实性说明)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Table, delete, func, insert, select

from models.ledgers.reporting import AUDIT_NOTE
from models.periods import Period
from models.store.batches import Batch
from models.store.tables import FINDING, table_of


@dataclass(frozen=True)
class Note:
    """An explanation: of ``rule`` on ``row``, written when the scene read ``seen``."""

    id: bytes
    rule: str
    row: bytes
    seen: str
    text: str


def keep_findings(
    connection: Connection, zone: str, pack: str, period: Period, found: Iterable[tuple[str, bytes]]
) -> None:
    """Replace the findings of a zone's return by ``found`` (rule, row)."""
    scope = (FINDING.c.zone_code == zone, FINDING.c.pack == pack, FINDING.c.period == str(period))
    connection.execute(delete(FINDING).where(*scope))
    rows = [{"zone_code": zone, "pack": pack, "period": str(period), "rule": rule, "row": row} for rule, row in found]
    if rows:
        connection.execute(insert(FINDING), rows)


def counted(connection: Connection, zone: str, pack: str, period: Period) -> Counter[str]:
    """How many findings of each rule the last audit kept."""
    scope = (FINDING.c.zone_code == zone, FINDING.c.pack == pack, FINDING.c.period == str(period))
    rows = connection.execute(select(FINDING.c.rule, func.count()).where(*scope).group_by(FINDING.c.rule))
    return Counter({row[0]: row[1] for row in rows})


def kept(connection: Connection, zone: str, pack: str, period: Period) -> list[tuple[str, bytes]]:
    """What the last audit of a zone's return found: rule and row."""
    scope = (FINDING.c.zone_code == zone, FINDING.c.pack == pack, FINDING.c.period == str(period))
    return [(row[0], row[1]) for row in connection.execute(select(FINDING.c.rule, FINDING.c.row).where(*scope))]


def notes(connection: Connection, zone: str, packs: Sequence[str], period: Period) -> dict[tuple[str, bytes], Note]:
    """The explanations by (rule, row) of a zone's return: of its pack and of those it extends."""
    table = table_of(AUDIT_NOTE)
    scope = (table.c.zone_code == zone, table.c.pack.in_(packs), *_of(table, period))
    return {(note.rule, note.row): note for note in _notes(connection, scope)}


def notes_ever(connection: Connection, zone: str, packs: Sequence[str]) -> dict[tuple[str, bytes, str], Note]:
    """The explanations of a zone's returns of all periods, by (rule, row, what the scene read); of several the latest."""
    table = table_of(AUDIT_NOTE)
    scope = (table.c.zone_code == zone, table.c.pack.in_(packs))
    return {(note.rule, note.row, note.seen): note for note in _notes(connection, scope)}


def _notes(connection: Connection, scope: Sequence[ColumnElement[bool]]) -> Iterator[Note]:
    table = table_of(AUDIT_NOTE)
    columns = (table.c.id, table.c.rule, table.c.row, table.c.seen, table.c.text)
    for row in connection.execute(select(*columns).where(*scope).order_by(table.c.id)):
        yield Note(row.id, row.rule, bytes.fromhex(row.row), row.seen or "", row.text or "")


def said_of(connection: Connection, zone: str, packs: Sequence[str], rule: str) -> list[tuple[Period, bytes, str]]:
    """All that a zone ever explained of a rule: period, row and text."""
    table = table_of(AUDIT_NOTE)
    columns = (table.c.year, table.c.form, table.c.seq, table.c.row, table.c.text)
    wanted = (table.c.zone_code == zone, table.c.pack.in_(packs), table.c.rule == rule)
    rows = connection.execute(select(*columns).where(*wanted).order_by(table.c.id))
    return [(Period(row.year, row.form, row.seq), bytes.fromhex(row.row), row.text or "") for row in rows]


def write_note(  # noqa: PLR0913, PLR0917
    work: Batch, packs: Sequence[str], period: Period, rule: str, ledger: str, row: bytes, seen: str, text: str
) -> None:
    """Write or rewrite the explanation of ``rule`` on ``row``, with what the scene reads now.

    It is kept with the first of ``packs``, the one that has the rule, so that it counts for every return that asks it.
    """
    old = notes(work.connection, work.zone, packs, period).get((rule, row))
    if old:
        work.set(AUDIT_NOTE, old.id, {"seen": seen, "text": text or None})
    else:
        values = {"pack": packs[0], "rule": rule, "ledger": ledger, "row": row.hex(), "seen": seen, "text": text}
        work.add(AUDIT_NOTE, values, period)


def _of(table: Table, period: Period) -> tuple[ColumnElement[bool], ...]:
    return table.c.year == period.year, table.c.form == period.form, table.c.seq == period.seq
