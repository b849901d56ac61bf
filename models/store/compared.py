"""What doubts look at: enterprises' figures of three years, who they are and the land they stand on, what changed between two moments."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from models.dates import stored_date
from models.ledger import Ledger, Time
from models.ledgers.economy import ECONOMY
from models.ledgers.enterprise import ENTERPRISE
from models.ledgers.land import PARCEL_USE
from models.periods import Period
from models.store.tables import BATCH, CHANGE, table_of

LET = "3"  # 占用方式 租出: counted with whoever rents it
NUMERIC = tuple(field.id for field in ECONOMY.stored if field.kind.numeric)
YEARS = 3


@dataclass(frozen=True, slots=True)
class Figures:
    """An enterprise's row of one period: ``values`` by field id, those that are empty left out."""

    row: bytes
    zone: str
    ent: bytes
    values: dict[str, int]


@dataclass(frozen=True, slots=True)
class Firm:
    """Who an enterprise is."""

    row: bytes
    zone: str
    name: str
    code: str
    industry: str
    legal: str
    phone: str
    address: str


def figures_of(connection: Connection, zones: Sequence[str], period: Period) -> dict[int, dict[bytes, Figures]]:
    """Year → enterprise → its figures of ``period`` and of the same one in the two years before; one statement."""
    table = table_of(ECONOMY)
    years = range(period.year - YEARS + 1, period.year + 1)
    wanted = select(table.c.year, table.c.id, table.c.zone_code, table.c.ent, *(table.c[name] for name in NUMERIC))
    scope = table.c.zone_code.in_(zones), table.c.form == period.form, table.c.seq == period.seq
    result = connection.execute(wanted.where(table.c.year.in_(years), *scope))
    assert result.cursor is not None
    found: dict[int, dict[bytes, Figures]] = {year: {} for year in years}
    # as the driver gives them: they may be 15,000 rows of 50 columns
    for year, row, zone, ent, *values in result.cursor.fetchall():
        kept = {name: value for name, value in zip(NUMERIC, values, strict=True) if value is not None}
        found[year][ent] = Figures(row, zone, ent, kept)
    result.close()
    return found


def zone_rows(
    connection: Connection, ledger: Ledger, zones: Sequence[str], period: Period
) -> dict[int, dict[str, tuple[bytes, dict[str, int]]]]:
    """Year → zone → its row of a ledger with one for each period, of ``period`` and of the same one in the two years before: id and
    figures; one statement.
    """
    table, names = table_of(ledger), [each.id for each in ledger.stored if each.kind.numeric]
    years = range(period.year - YEARS + 1, period.year + 1)
    scope: list[ColumnElement[bool]] = [table.c.zone_code.in_(zones), table.c.year.in_(years)]
    if ledger.time is Time.PERIOD:
        scope += [table.c.form == period.form, table.c.seq == period.seq]
    found: dict[int, dict[str, tuple[bytes, dict[str, int]]]] = {year: {} for year in years}
    wanted = select(table.c.year, table.c.zone_code, table.c.id, *(table.c[name] for name in names))
    for year, zone, row, *values in connection.execute(wanted.where(*scope)):
        found[year][zone] = row, {name: each for name, each in zip(names, values, strict=True) if each is not None}
    return found


@dataclass(frozen=True, slots=True)
class Standing:
    """A row of a ledger kept without years: its figures, those that are empty left out, and what its links point to."""

    row: bytes
    zone: str
    values: dict[str, int]
    links: dict[str, bytes]


def standing_rows(connection: Connection, ledger: Ledger, zones: Sequence[str]) -> list[Standing]:
    """The rows of ``zones``; one statement."""
    table, links = table_of(ledger), [each.id for each in ledger.links]
    names = [each.id for each in ledger.stored if each.kind.numeric]
    wanted = select(table.c.id, table.c.zone_code, *(table.c[name] for name in (*names, *links)))
    found = []
    for row, zone, *values in connection.execute(wanted.where(table.c.zone_code.in_(zones)).order_by(table.c.id)):
        there = {name: each for name, each in zip([*names, *links], values, strict=True) if each is not None}
        own = {name: there.pop(name) for name in links if name in there}
        found.append(Standing(row, zone, there, own))
    return found


def largest(connection: Connection, ledger: Ledger, by: str, field: str, zones: Sequence[str]) -> dict[bytes, int]:
    """What a column ``by`` of a ledger says → the largest figure of the rows that say so; one statement."""
    table = table_of(ledger)
    wanted = select(table.c[by], func.max(table.c[field])).where(table.c.zone_code.in_(zones)).group_by(table.c[by])
    return {key: value for key, value in connection.execute(wanted) if key is not None and value is not None}


def firms_of(connection: Connection, zones: Sequence[str]) -> dict[bytes, Firm]:
    """The enterprises of ``zones``; one statement."""
    table = table_of(ENTERPRISE)
    names = ("id", "zone_code", "ent_name", "uscc", "ind_code", "legal_rep", "tel", "address")
    rows = connection.execute(
        select(*(table.c[name] for name in names)).where(table.c.zone_code.in_(zones)).order_by(table.c.id)
    )
    return {row[0]: Firm(row[0], row[1], *(value or "" for value in row[2:])) for row in rows}


def land_of(connection: Connection, zones: Sequence[str], period: Period) -> dict[bytes, int]:
    """Enterprise → the land it occupies at the period's end, as 占用土地面积 is stored; one statement."""
    table = table_of(PARCEL_USE)
    end = stored_date(period.end)
    there = and_(table.c.from_date <= end, or_(table.c.to_date.is_(None), table.c.to_date > end))
    area = func.sum(table.c.area_m2)
    wanted = select(table.c.ent, area).where(table.c.zone_code.in_(zones), there, table.c.use_way != LET)
    rows = connection.execute(wanted.group_by(table.c.ent))
    return {row[0]: row[1] for row in rows if row[1]}


def changed_between(
    connection: Connection, zones: Sequence[str], ledgers: Collection[str], after: str, before: str = ""
) -> tuple[int, str]:
    """How many rows of ``ledgers`` were changed after one moment (and up to another), and the latest step's title."""
    scope = [BATCH.c.at > after, CHANGE.c.zone_code.in_(zones), CHANGE.c.ledger.in_(list(ledgers))]
    scope += [BATCH.c.at <= before] * bool(before)
    joined = CHANGE.join(BATCH, and_(CHANGE.c.batch == BATCH.c.no, CHANGE.c.zone_code == BATCH.c.zone_code))
    count = connection.scalar(select(func.count()).select_from(joined).where(*scope)) or 0
    last = select(BATCH.c.title).select_from(joined).where(*scope).order_by(BATCH.c.no.desc()).limit(1)
    return count, connection.scalar(last) or ""
