"""What stands for an earlier period's figures before the ledgers do: the version that was issued, else the 期初数 keyed for it.

A zone's first year has no ledgers of the year before; where that year's return has only totals, these are keyed: rows of 表上手填
named after the indicator (its 编号 or 名称), for the pack and that period.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from models.ledger import nearest
from models.numbers import read_number
from models.packs.pack import Indicator, Pack
from models.periods import Period
from models.store import Connection
from models.store.batches import Batch
from models.store.entries import entries, put_entry
from models.store.versions import said
from models.text import fold

BASE = "期初数"


def reported(connection: Connection, zone: str, pack: Pack, period: Period) -> dict[str, tuple[Fraction | None, str]]:
    """Indicator id → its figure for ``period`` and where that is from; what is neither issued nor keyed is left out."""
    found: dict[str, tuple[Fraction | None, str]] = {}
    kept = entries(connection, zone, pack.id, period)
    for each in pack.indicators if kept else ():
        entry = kept.get(fold(each.id)) or kept.get(fold(each.name))
        if entry and isinstance(entry.value, int | Decimal):
            found[each.id] = Fraction(entry.value), BASE
    if issued := said(connection, zone, pack.id, period):
        found |= {id: (figure, issued.name) for id, figure in issued.figures.items()}
    return found


def indicator_named(pack: Pack, name: str) -> Indicator:
    """The indicator by 编号 or 名称; KeyError with a Chinese sentence naming the nearest one."""
    for each in pack.indicators:
        if fold(name) in (fold(each.id), fold(each.name)):
            return each
    raise KeyError(f"“{pack.id}”里没有“{name}”这个指标{nearest(name, [each.name for each in pack.indicators])}")


def put_base(work: Batch, pack: Pack, period: Period, of: Indicator, text: str) -> None:
    """Keep the 期初数 of an indicator, a number in its unit; an empty text takes it away. ValueError for what is no number."""
    if text.strip():
        read_number(text)
    put_entry(work, pack.id, period, of.id, text)
