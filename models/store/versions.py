"""Issued versions of a return (上报批次): each keeps its figures, so that next year's 上年 column says what was reported."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import Connection, select

from models.kinds import Stored
from models.ledgers.reporting import RETURN_BATCH
from models.periods import Period
from models.store.batches import Batch
from models.store.tables import table_of
from models.store.values import dumps

SENT_BACK = "退回"


@dataclass(frozen=True)
class Version:
    """One issued version: its number, state, code, when it was issued, and indicator id → exact figure."""

    id: bytes
    no: int
    state: str
    short_code: str
    issued_at: str
    figures: Mapping[str, Fraction | None]

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
        Version(row.id, row.version, row.state, row.short_code or "", row.issued_at or "", _figures(row.figures))
        for row in connection.execute(select(table).where(*scope).order_by(table.c.version))
    ]


def said(connection: Connection, zone: str, pack: str, period: Period) -> Version | None:
    """The version that counts as what was reported: the latest that was not sent back."""
    found = [version for version in versions(connection, zone, pack, period) if version.state != SENT_BACK]
    return found[-1] if found else None


def keep_version(
    work: Batch, period: Period, figures: Mapping[str, Fraction | None], values: Mapping[str, Stored]
) -> bytes:
    """Keep an issued version with its figures."""
    packed = {id: None if value is None else [value.numerator, value.denominator] for id, value in figures.items()}
    return work.add(RETURN_BATCH, {**values, "figures": dumps(packed)}, period)


def _figures(text: str | None) -> dict[str, Fraction | None]:
    return {id: None if pair is None else Fraction(*pair) for id, pair in json.loads(text or "{}").items()}
