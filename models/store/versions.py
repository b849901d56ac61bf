"""Issued versions of a return (上报批次): each keeps its figures, so that next year's 上年 column says what was reported."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from sqlalchemy import Connection, select

from models.kinds import Stored
from models.ledgers.reporting import RETURN_BATCH
from models.periods import Period
from models.store.batches import Batch
from models.store.entries import Keyed, plain
from models.store.tables import table_of
from models.store.values import dumps

SENT_BACK = "退回"
_KEYED = "手填("  # begins the keys under which what was filled in by hand is kept beside the figures


@dataclass(frozen=True)
class Version:
    """One issued version: its number, state, code, when it was issued, indicator id → exact figure, what was keyed by hand
    by folded name.
    """

    id: bytes
    no: int
    state: str
    short_code: str
    issued_at: str
    figures: Mapping[str, Fraction | None]
    keyed: Mapping[str, Keyed] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """As the 上年 column's source is told."""
        return f"{self.issued_at[:4]}年签发的第 {self.no} 版"


def versions(connection: Connection, zone: str, pack: str, period: Period) -> list[Version]:
    """The versions of a return, oldest first."""
    table = table_of(RETURN_BATCH)
    scope = (
        table.c.zone_code == zone,
        table.c.pack == pack,
        table.c.year == period.year,
        table.c.form == period.form,
        table.c.seq == period.seq,
    )
    return [
        Version(row.id, row.version, row.state, row.short_code or "", row.issued_at or "", *_read(row.figures))
        for row in connection.execute(select(table).where(*scope).order_by(table.c.version))
    ]


def issued_in(connection: Connection, zone: str, year: int) -> dict[str, int]:
    """Pack id → the latest version issued for any period of a year and not sent back."""
    table = table_of(RETURN_BATCH)
    scope = table.c.zone_code == zone, table.c.year == year, table.c.state != SENT_BACK
    rows = connection.execute(
        select(table.c.pack, table.c.version).where(*scope).order_by(table.c.pack, table.c.version)
    )
    return {row.pack: row.version for row in rows}


def said(connection: Connection, zone: str, pack: str, period: Period) -> Version | None:
    """The version that counts as what was reported: the latest that was not sent back."""
    found = [version for version in versions(connection, zone, pack, period) if version.state != SENT_BACK]
    return found[-1] if found else None


def keep_version(
    work: Batch,
    period: Period,
    figures: Mapping[str, Fraction | None],
    values: Mapping[str, Stored],
    keyed: Mapping[str, Keyed] | None = None,
) -> bytes:
    """Keep an issued version with its figures and what was filled in by hand."""
    packed: dict[str, object] = {id: _pair(value) for id, value in figures.items()}
    packed |= {
        f"{_KEYED}{name})": value if value is None or isinstance(value, str) else _pair(Fraction(value))
        for name, value in (keyed or {}).items()
    }
    return work.add(RETURN_BATCH, {**values, "figures": dumps(packed)}, period)


def _pair(value: Fraction | None) -> list[int] | None:
    return None if value is None else [value.numerator, value.denominator]


def _read(text: str | None) -> tuple[dict[str, Fraction | None], dict[str, Keyed]]:
    """The figures and what was keyed by hand, as :func:`keep_version` packed them."""
    figures: dict[str, Fraction | None] = {}
    keyed: dict[str, Keyed] = {}
    for id, kept in json.loads(text or "{}").items():
        if not id.startswith(_KEYED):
            figures[id] = None if kept is None else Fraction(*kept)
        else:
            keyed[id[len(_KEYED) : -1]] = kept if kept is None or isinstance(kept, str) else plain(Fraction(*kept))
    return figures, keyed
