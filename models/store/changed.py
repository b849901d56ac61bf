"""Which rows changed since a batch, so that only these need looking at again."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from models.store.tables import BATCH, CHANGE

Rows = dict[str, list[bytes]]  # ledger id → row ids


def latest(connection: Connection) -> int:
    """The number of the latest batch, 0 before the first."""
    return connection.scalar(select(func.max(BATCH.c.no))) or 0


def count_since(connection: Connection, after: int) -> int:
    """How many rows batches later than ``after`` touched."""
    return connection.scalar(select(func.count()).select_from(CHANGE).where(CHANGE.c.batch > after)) or 0


def rows_since(connection: Connection, after: int) -> dict[str, Rows]:
    """Zone code → the rows that batches later than ``after`` touched, each once."""
    found: dict[str, Rows] = {}
    statement = select(CHANGE.c.zone_code, CHANGE.c.ledger, CHANGE.c.row).where(CHANGE.c.batch > after).distinct()
    for zone, ledger, row in connection.execute(statement):
        found.setdefault(zone, {}).setdefault(ledger, []).append(row)
    return found
