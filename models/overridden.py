"""Figures of a return with what a person put in their place (人工改数): the results so changed, and how a change is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from models.indicators import Result, indicator_set
from models.kinds import decimal_of
from models.packs.pack import Indicator, Pack
from models.periods import Period
from models.store import Connection
from models.store.overrides import Override, overrides
from models.store.zones import pick
from models.store.zones import scope as scope_of
from models.text import fold

MARK = "※"  # stands at a figure that is not the calculated one
TO_CONFIRM = "；算出的数已经变了，要重新确认"
Values = Mapping[str, Fraction | None]


@dataclass(frozen=True)
class Overridden:
    """A figure that a person put in place of ``calculated``, what the ledgers come to now; ``open`` until it is confirmed."""

    by: Override
    name: str
    unit: str
    calculated: Decimal | None

    @property
    def open(self) -> bool:
        """Whether the calculated figure is another one than was seen when it was overridden."""
        return not self.by.confirmed(self.calculated)

    def to_json(self) -> dict[str, str | bool | None]:
        """As commands and the sealed workbook tell it."""
        return {
            "item": self.by.item, "name": self.name, "unit": self.unit, "value": f"{self.by.value:f}",
            "calculated": None if self.calculated is None else f"{self.calculated:f}", "why": self.by.why,
            "who": self.by.who, "at": self.by.at, "open": self.open,
        }  # fmt: skip

    @property
    def sentence(self) -> str:
        """The footnote: 台资企业数 原计算值 12，改为 13。理由：……（改的人 日期）."""
        was = "—" if self.calculated is None else f"{self.calculated:,f}"
        who = f"{self.by.who} {self.by.at[:10]}".strip()
        return f"{self.name} 原计算值 {was}，改为 {self.by.value:,f}。理由：{self.by.why.rstrip('。')}（{who}）"


def with_overrides(found: Iterable[Result], by: Mapping[str, Override]) -> list[Result]:
    """The results, those that ``by`` (folded item → override) names with the figure put in their place."""
    return [
        replace(result, value=Fraction(over.value), by=over, calculated=result.value)
        if (over := by.get(fold(result.indicator.id)))
        else result
        for result in found
    ]


def reported_results(
    connection: Connection, pack: Pack, zones: Sequence[str], period: Period, today: date
) -> list[Result]:
    """Every indicator's result as the return of the first of ``zones`` has it: those of the ledgers, some put in place by hand."""
    found = indicator_set(pack).results(connection, zones, period, today)
    return with_overrides(found, of_return(connection, pack, zones[0], zones, period))


def told_by_hand(of: Result) -> str:
    """How a result was put in place by hand, and whether that is to be confirmed; "" for one that is calculated."""
    if of.by is None:
        return ""
    was = None if of.calculated is None else decimal_of(of.calculated, of.indicator.places)
    told = Overridden(of.by, of.indicator.name, of.indicator.unit, was)
    return told.sentence + TO_CONFIRM * told.open


def overridden(of: Indicator, by: Mapping[str, Override], calculated: Decimal | None) -> Overridden | None:
    """How ``by`` (folded item → override) puts the figure of an indicator in place; None where it does not."""
    over = by.get(fold(of.id))
    return Overridden(over, of.name, of.unit, calculated) if over else None


def of_return(
    connection: Connection, pack: Pack, zone: str, scope: Sequence[str], period: Period
) -> dict[str, Override]:
    """The overrides of a zone's return, by folded item; none where ``scope`` is not what that return is of (a part of it)."""
    found = overrides(connection, zone, pack.id, period)
    return found if found and set(scope) == set(scope_of(connection, pick(connection, zone))) else {}


def as_reported(
    connection: Connection, pack: Pack, of: tuple[str, Sequence[str], Period], values: Values
) -> tuple[dict[str, Fraction | None], dict[str, Overridden]]:
    """The figures as the return of a zone has them, and those that were put there by hand; ``of``: zone, zones ranged over, period."""
    zone, scope, period = of
    by = of_return(connection, pack, zone, scope, period)
    found, changed = dict(values), dict[str, Overridden]()
    for each in pack.indicators if by else ():
        was = None if (value := values.get(each.id)) is None else decimal_of(value, each.places)
        if each.id in values and (told := overridden(each, by, was)):
            found[each.id], changed[each.id] = Fraction(told.by.value), told
    return found, changed


def reported_values(
    connection: Connection, pack: Pack, ids: Sequence[str], scopes: Mapping[str, Sequence[str]], *,
    period: Period, today: date,
) -> dict[str, dict[str, Fraction | None]]:  # fmt: skip
    """Zone → indicator → its figure as that zone's return says it; ``scopes``: zone → the zones its own figure ranges over."""
    found: dict[str, dict[str, Fraction | None]] = {}
    for zone, scope in scopes.items():
        values = indicator_set(pack).values(connection, scope, period, today, ids)
        found[zone], _ = as_reported(connection, pack, (zone, scope, period), values)
    return found
