"""Indicators: every figure of a pack for a zone and period, exactly, with last year's, its targets and the rows behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache

from models.formula.figures import Figure, Prepared, figure
from models.joined import MEAN
from models.kinds import decimal_of
from models.packs.pack import Indicator, Pack
from models.periods import Period
from models.reported import reported
from models.rules import context_of
from models.store import Connection
from models.store.overrides import Override
from models.store.zones import reporting_below
from models.targets import Goal, goals, own_goal


@dataclass(frozen=True)
class Result:
    """One indicator's figure: ``value`` exact in the indicator's unit (None: cannot be worked out), ``rounded`` as it is printed.

    ``prior`` is last year's figure, from last year's issued version or the 期初数 keyed for it where there is one
    (``prior_source`` says which), else worked out from the ledgers.
    """

    indicator: Indicator
    value: Fraction | None
    prior: Fraction | None
    prior_source: str
    goals: tuple[Goal, ...]
    by: Override | None = (
        None  # the figure is one that a person put in place (人工改数) of ``calculated``, the ledgers'
    )
    calculated: Fraction | None = None

    @property
    def rounded(self) -> Decimal | None:
        """The figure as printed: rounded once, half up, at the indicator's places."""
        return None if self.value is None else decimal_of(self.value, self.indicator.places)

    @property
    def rounded_prior(self) -> Decimal | None:
        """Last year's figure as printed."""
        return None if self.prior is None else decimal_of(self.prior, self.indicator.places)

    @property
    def aim(self) -> Goal | None:
        """The zone's own target."""
        return own_goal(self.goals)

    @property
    def progress(self) -> Fraction | None:
        """Per cent of the zone's own target that the printed figure reaches; None without a target or a figure."""
        aim, now = self.aim, self.rounded
        return None if aim is None or now is None else aim.progress(Fraction(now))

    @property
    def difference(self) -> Decimal | None:
        """This year's printed figure less last year's."""
        now, prior = self.rounded, self.rounded_prior
        return None if now is None or prior is None else now - prior

    @property
    def growth(self) -> Decimal | None:
        """Per cent of growth over last year, one place; None where last year is not above zero (CM01)."""
        now, prior = self.rounded, self.rounded_prior
        return growth(now, prior)


def growth(now: Decimal | None, prior: Decimal | None) -> Decimal | None:
    """(now / prior − 1) × 100 at one place, from figures as printed; None where prior is not above zero (indicators.md CM01)."""
    if now is None or prior is None or prior <= 0:
        return None
    return decimal_of((Fraction(now) / Fraction(prior) - 1) * 100, 1)


class IndicatorSet:
    """All indicators of a pack, compiled. Making one raises FormulaError at the first faulty formula."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        context = context_of(pack)
        self.figures: Mapping[str, Figure] = {
            each.id: figure(each.formula, context, unit=each.unit, places=each.places) for each in pack.indicators
        }
        self._prepared: dict[tuple[str, ...], Prepared] = {}

    def values(
        self, connection: Connection, zones: Sequence[str], period: Period, today: date, only: Sequence[str] = ()
    ) -> dict[str, Fraction | None]:
        """Indicator id → exact value in its unit: of all rows, or the plain mean of the zones where the text means that (合并 平均) and
        the first of ``zones`` stands above several: a city's 首位产业集聚度 (indicators.md GZ03).
        """
        found = self._anew(connection, zones, period, today, only)
        if means := [each.id for each in self.pack.indicators if each.joined == MEAN and each.id in found]:
            for id, apart in self._apart(connection, zones, period, today, means).items():
                some = [value for value in apart.values() if value is not None]
                found[id] = sum(some, Fraction(0)) / len(some) if some else None
        return found

    def apart(
        self, connection: Connection, zones: Sequence[str], period: Period, today: date, of: Indicator
    ) -> Mapping[str, Fraction | None]:
        """The zones whose mean a figure is, each with its own; none where the figure is no mean."""
        found = self._apart(connection, zones, period, today, [of.id]) if of.joined == MEAN else {}
        return found.get(of.id, {})

    def _apart(
        self, connection: Connection, zones: Sequence[str], period: Period, today: date, ids: Sequence[str]
    ) -> dict[str, dict[str, Fraction | None]]:
        """Indicator id → zone → its own figure, of the zones below the first; nothing where it does not stand above several."""
        parts = reporting_below(connection, zones[0]) if len(zones) > 2 else []
        if len(parts) < 2:
            return {}
        own = {part[0]: self._anew(connection, part, period, today, ids) for part in parts}
        return {id: {zone: values[id] for zone, values in own.items()} for id in ids}

    def _anew(
        self, connection: Connection, zones: Sequence[str], period: Period, today: date, only: Sequence[str]
    ) -> dict[str, Fraction | None]:
        """Of the rows of all ``zones``; statements over the same ledger and period are shared."""
        wanted = tuple(id for id in self.figures if not only or id in only)
        if wanted not in self._prepared:  # building the statement takes a good part of asking it
            self._prepared[wanted] = Prepared([self.figures[id] for id in wanted])
        found = self._prepared[wanted].values(connection, zones, period, today)
        return {id: value if isinstance(value, Fraction) else None for id, value in zip(wanted, found, strict=True)}

    def results(
        self, connection: Connection, zones: Sequence[str], period: Period, today: date, only: Sequence[str] = ()
    ) -> list[Result]:
        """Every indicator's result; last year's figure is what was issued or keyed for last year, else the ledgers'."""
        told = reported(connection, zones[0], self.pack, period.back())
        now, before = (self.values(connection, zones, when, today, only) for when in (period, period.back()))
        results = []
        for each in (one for one in self.pack.indicators if one.id in now):
            aims = tuple(goals(connection, self.pack, each, zones[0], period))
            prior, source = told.get(each.id, (before[each.id], "台账"))
            results.append(Result(each, now[each.id], prior, source, aims))
        return results


@cache
def indicator_set(pack: Pack) -> IndicatorSet:
    """The compiled indicators of a pack, made once."""
    return IndicatorSet(pack)
