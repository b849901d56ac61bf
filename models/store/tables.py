"""SQLAlchemy Core tables, built from the ledger definitions; quantities are integers, every key begins with the zone.

A ledger's table has ``id`` (16-byte time-ordered UUID), ``zone_code``, the period columns its :class:`~models.ledger.Time` asks
for, ``raw`` (JSON of field id → text kept as typed because it does not fit), one column per stored field and, where the ledger
rolls over, ``carried``.
"""

from __future__ import annotations

from functools import cache
from threading import Lock
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
)
from sqlalchemy.types import TypeEngine

from models import kinds
from models.fields import Field
from models.ledger import Ledger, Time
from models.ledgers import BY_ID, LEDGERS

METADATA = MetaData()  # a ledger's table is built when somebody asks for it; schema() has them all
_BUILDING = Lock()
SCHEMA = 7  # the number of the schema below; models/store/migrations has one step for each
CARRIED = "carried"  # the fields whose value is last year's and not confirmed yet; see models/store/carried.py
PERIOD_COLUMNS = {Time.YEARLY: ("year",), Time.PERIOD: ("year", "form", "seq")}


def column_type(field: Field) -> type[TypeEngine[Any]]:
    """The SQL type a field is stored in."""
    match field.kind:
        case kinds.Quantity():
            return BigInteger
        case kinds.Flag():
            return SmallInteger
        case kinds.Day() | kinds.Month():
            return Integer
        case kinds.Reference():
            return LargeBinary
        case _:
            return Text


def _period_columns(ledger: Ledger) -> list[Column[Any]]:
    types: dict[str, type[TypeEngine[Any]]] = {"year": SmallInteger, "form": Text, "seq": SmallInteger}
    return [Column(name, types[name], nullable=False) for name in PERIOD_COLUMNS.get(ledger.time, ())]


def _foreign_key(ledger: Ledger, field: Field) -> ForeignKeyConstraint:
    assert isinstance(field.kind, kinds.Reference)
    target = field.kind.ledger
    return ForeignKeyConstraint(
        ["zone_code", field.id],
        [f"{target}.zone_code", f"{target}.id"],
        name=f"fk_{ledger.id}_{field.id}",
        deferrable=True,
        initially="DEFERRED",
    )


def _build(ledger: Ledger) -> Table:
    period = list(PERIOD_COLUMNS.get(ledger.time, ()))
    references = {field.id for field in ledger.links}
    table = Table(
        ledger.id,
        METADATA,
        Column("id", LargeBinary, nullable=False),
        Column("zone_code", Text, nullable=False),
        *_period_columns(ledger),
        Column("raw", Text),
        *(Column(field.id, column_type(field)) for field in ledger.stored),
        *([Column(CARRIED, Text)] if ledger.rolls else []),
        PrimaryKeyConstraint("zone_code", "id", name=f"pk_{ledger.id}"),
        *(_foreign_key(ledger, field) for field in ledger.links),
    )
    key = ["zone_code", *ledger.key, *period]
    unique = bool(ledger.one_per) or not ledger.key
    Index(f"key_{ledger.id}", *(table.c[name] for name in key), unique=unique)
    for name in sorted(references - set(ledger.key[:1])):
        Index(f"by_{ledger.id}_{name}", table.c.zone_code, table.c[name])
    return table


@cache
def table_of(ledger: Ledger | str) -> Table:
    """The table of a ledger (or ledger id)."""
    of = BY_ID[ledger] if isinstance(ledger, str) else ledger
    with _BUILDING:
        return METADATA.tables[of.id] if of.id in METADATA.tables else _build(of)


def schema() -> MetaData:
    """Every table there is."""
    for ledger in LEDGERS:
        table_of(ledger)
    return METADATA


META = Table("meta", METADATA, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))

BATCH = Table(
    "batch",
    METADATA,
    Column("zone_code", Text, nullable=False),
    Column("no", Integer, nullable=False),
    Column("id", LargeBinary, nullable=False),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("host", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("source", Text),
    Column("reverses", Integer),
    Column("reversed_by", Integer),
    PrimaryKeyConstraint("zone_code", "no", name="pk_batch"),
    Index("batch_no", "no", unique=True),
)

CHANGE = Table(
    "change",
    METADATA,
    Column("zone_code", Text, nullable=False),
    Column("batch", Integer, nullable=False),
    Column("ledger", Text, nullable=False),
    Column("row", LargeBinary, nullable=False),
    Column("op", SmallInteger, nullable=False),
    Column("data", Text),
    Column("place", Integer),
    PrimaryKeyConstraint("zone_code", "batch", "ledger", "row", name="pk_change"),
    Index("change_row", "zone_code", "row", "batch"),
    sqlite_with_rowid=False,
)

FINDING = Table(
    "finding",
    METADATA,
    Column("zone_code", Text, nullable=False),
    Column("pack", Text, nullable=False),
    Column("period", Text, nullable=False),
    Column("rule", Text, nullable=False),
    Column("row", LargeBinary, nullable=False),
    PrimaryKeyConstraint("zone_code", "pack", "period", "rule", "row", name="pk_finding"),
    sqlite_with_rowid=False,
)


def stored_columns(ledger: Ledger) -> tuple[str, ...]:
    """Every column of a ledger's table in order, as inserts and history use them."""
    return tuple(column.name for column in table_of(ledger).columns)


def is_ledger(name: str) -> bool:
    """Whether a table name is a ledger's."""
    return name in BY_ID
