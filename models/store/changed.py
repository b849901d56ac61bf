"""Which rows changed since a batch, so that only these need looking at again."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from models.ledgers import BY_ID
from models.periods import Period
from models.store.tables import BATCH, CHANGE, PERIOD_COLUMNS, table_of

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


def rows_within(connection: Connection, rows: Rows, period: Period) -> Rows:
    """Those of ``rows`` that are of ``period``, as a whole audit of it asks them; of ledgers without periods all."""
    found: Rows = {}
    when = {"year": period.year, "form": period.form, "seq": period.seq}
    for name, ids in rows.items():
        columns = PERIOD_COLUMNS.get(BY_ID[name].time, ())
        table = table_of(BY_ID[name])
        of = [table.c[column] == when[column] for column in columns]
        found[name] = list(connection.scalars(select(table.c.id).where(table.c.id.in_(ids), *of))) if of else list(ids)
    return found
