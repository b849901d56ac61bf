"""A ledger as a plain list, for files: every stored row of some zones, references told by code and name, values as kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, and_, select

from models.fields import Field
from models.kinds import Raw, Reference, Stored
from models.ledger import Ledger
from models.ledgers import BY_ID
from models.periods import Period
from models.store.tables import PERIOD_COLUMNS, table_of
from models.store.values import join


@dataclass(frozen=True)
class Listed:
    """One column of the list: its heading and, where it is a field's own value, the field.

    ``typed`` is the field whose text stands here as typed when it names no record: the reference this column tells the name of.
    """

    heading: str
    field: Field | None = None
    typed: Field | None = None

    def text(self, value: Stored) -> str:
        """The value as a file shows it, exactly: 12.3456, 2025-11-05, 是."""
        if value is None:
            return ""
        return self.field.kind.edit(value) if self.field else str(value)


def listing(
    connection: Connection,
    ledger: Ledger,
    zones: Sequence[str],
    period: Period | None = None,
    *,
    personal: bool = False,
) -> tuple[list[Listed], Iterator[list[Stored]]]:
    """The columns and rows of a ledger in ``zones`` (of ``period`` only, where given); personal fields only when asked for."""
    table = table_of(ledger)
    fields = [field for field in ledger.stored if personal or not field.personal]
    columns = [Listed("开发区")]
    cells = [table.c.zone_code]
    if ledger.dated:
        columns.append(Listed("报告期"))
    source = table
    for field in fields:
        if not isinstance(field.kind, Reference):
            columns.append(Listed(field.label + (f"({field.unit})" if field.unit else ""), field))
            cells.append(table.c[field.id])
            continue
        target = BY_ID[field.kind.ledger]
        other = table_of(target).alias(field.id)
        source = source.outerjoin(other, and_(other.c.zone_code == table.c.zone_code, other.c.id == table.c[field.id]))  # type: ignore[assignment]
        known_by = [*dict.fromkeys((target.key[0], target.title[0]))]  # 宗地 is known by one thing only
        columns += [Listed(f"{field.label}:{target.by_id[name].label}") for name in known_by[:-1]]
        columns.append(Listed(f"{field.label}:{target.by_id[known_by[-1]].label}", typed=field))
        cells += [other.c[name] for name in known_by]
    dates = [table.c[name] for name in PERIOD_COLUMNS.get(ledger.time, ())]
    wanted = select(table.c.raw, *dates, *cells).select_from(source).where(table.c.zone_code.in_(zones))
    if period is not None:
        wanted = wanted.where(*(column == getattr(period, column.name) for column in dates))
    rows = connection.execution_options(yield_per=1000).execute(wanted.order_by(table.c.zone_code, table.c.id))
    return columns, (_row(row, len(dates), columns) for row in rows)


def _row(row: Sequence[Stored], dates: int, columns: Sequence[Listed]) -> list[Stored]:
    raw, parts, (zone, *cells) = row[0], row[1 : 1 + dates], row[1 + dates :]
    head: list[Stored] = [zone, str(Period(*parts))] if dates else [zone]  # type: ignore[arg-type]
    kept = join({}, raw) if isinstance(raw, str) else {}
    values = [
        kept.get(of.id, value) if (of := column.field or column.typed) else value
        for column, value in zip(columns[len(head) :], cells, strict=True)
    ]
    return head + [Raw(value) if isinstance(value, Raw) else value for value in values]


@dataclass(frozen=True)
class Target:
    """One row of the 目标 ledger: bounds as stored, ``level`` a code of 目标层级 or None."""

    indicator: str
    level: str | None
    low: int | None
    high: int | None
    words: str


def zone_targets(connection: Connection, zone: str, year: int) -> list[Target]:
    """The targets a zone keeps for a year, in the order they were made."""
    table = table_of("target")
    columns = (table.c.ind_id, table.c.level, table.c.target_min, table.c.target_max, table.c.target_text)
    wanted = select(*columns).where(table.c.zone_code == zone, table.c.year == year).order_by(table.c.id)
    return [Target(row[0] or "", row[1], row[2], row[3], row[4] or "") for row in connection.execute(wanted)]
