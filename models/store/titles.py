"""How a row is named to a person: its key (a code where it has one) and its title, through references where need be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, and_, func, select

from models.kinds import Reference
from models.ledger import Ledger
from models.ledgers import BY_ID
from models.ledgers.zone import ZONE
from models.store.tables import table_of
from models.store.values import chunks


@dataclass(frozen=True)
class Title:
    """``key`` identifies the record (信用代码, 凭证号 …), ``name`` is what a person calls it."""

    key: str
    name: str


def titles(connection: Connection, ledger: Ledger, rows: Iterable[bytes]) -> dict[bytes, Title]:
    """The titles of rows of a ledger; rows that are gone are left out."""
    found: dict[bytes, Title] = {}
    table = table_of(ledger)
    link = ledger.by_id[ledger.title[0]] if ledger.title else None
    if link is not None and isinstance(link.kind, Reference):
        own = ledger.key[0] if ledger.key[0] != link.id else None
        target = BY_ID[link.kind.ledger]
        other = table_of(target).alias()
        source = table.outerjoin(other, and_(other.c.zone_code == table.c.zone_code, other.c.id == table.c[link.id]))
        key, name = (table.c[own] if own else other.c[target.key[0]]), other.c[target.title[0]]
        statement = select(table.c.id, key, name).select_from(source)
    elif not ledger.key:  # one row of a zone for each period: called by the zone
        zone = table_of(ZONE).alias()
        own_file = and_(zone.c.zone_code == table.c.zone_code, zone.c.code == table.c.zone_code)
        called = func.coalesce(func.nullif(zone.c.short_name, ""), zone.c.name)
        statement = select(table.c.id, table.c.zone_code, called).select_from(table.outerjoin(zone, own_file))
    else:
        statement = select(table.c.id, table.c[ledger.key[0]], table.c[ledger.title[0]])
    for some in chunks(list(rows)):
        for id, key_text, name_text in connection.execute(statement.where(table.c.id.in_(some))):
            found[id] = Title(str(key_text or ""), str(name_text or key_text or ""))
    return found


def called_by(ledger: Ledger) -> frozenset[tuple[str, str]]:
    """The fields of another ledger (its id and theirs) that rows of this one are called by."""
    if not ledger.key:
        return frozenset({(ZONE.id, "name"), (ZONE.id, "short_name")})
    link = ledger.by_id[ledger.title[0]] if ledger.title else None
    if link is None or not isinstance(link.kind, Reference):
        return frozenset()
    target = BY_ID[link.kind.ledger]
    return frozenset((target.id, name) for name in (target.key[0], target.title[0]))


def is_private(ledger: Ledger) -> bool:
    """Whether a ledger's rows are called by a person's data: outside the file by their key only (decision 0007)."""
    field = ledger.by_id[ledger.title[0]] if ledger.title else None
    if field is not None and isinstance(field.kind, Reference):
        return is_private(BY_ID[field.kind.ledger])
    return bool(field and field.personal)


def home_of(connection: Connection, ledger: Ledger, row: bytes, zone: str) -> str:
    """The zone that a row of a ledger belongs to: ``zone`` itself, or another of the file; ``zone`` too where the row is gone."""
    table = table_of(ledger)
    found = set(connection.execute(select(table.c.zone_code).where(table.c.id == row)).scalars())
    return zone if zone in found or not found else str(min(found))
