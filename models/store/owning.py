"""Which enterprise a row is of: itself, the one it refers to, or that of the record it refers to."""

from __future__ import annotations

from sqlalchemy import Connection, select

from models.kinds import Reference
from models.ledger import Ledger
from models.ledgers import BY_ID
from models.ledgers.enterprise import ENTERPRISE
from models.store.tables import table_of


def owners(connection: Connection, ledger: Ledger, zone: str) -> dict[bytes, bytes]:
    """Row id → enterprise id, for the rows of a ledger that are some enterprise's."""
    return _owners(connection, ledger, zone, frozenset())


def _owners(connection: Connection, ledger: Ledger, zone: str, seen: frozenset[str]) -> dict[bytes, bytes]:
    table = table_of(ledger)
    if ledger is ENTERPRISE:
        return {id: id for id in connection.scalars(select(table.c.id).where(table.c.zone_code == zone))}
    found: dict[bytes, bytes] = {}
    for link in ledger.links:
        assert isinstance(link.kind, Reference)
        target = link.kind.ledger
        direct = target == ENTERPRISE.id
        if target in seen or not (direct or link.id in ledger.key):
            continue
        above = {} if direct else _owners(connection, BY_ID[target], zone, seen | {ledger.id})
        wanted = select(table.c.id, table.c[link.id]).where(table.c.zone_code == zone, table.c[link.id].is_not(None))
        for id, to in connection.execute(wanted):
            owner = to if direct else above.get(to)
            if owner is not None:
                found.setdefault(id, owner)
        if direct:
            break
    return found
