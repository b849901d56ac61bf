"""Targets of an indicator: the policy's own (in the pack) and the zone's share of them (目标 ledger), and how far they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from models.kinds import Quantity, decimal_of
from models.ledgers.target import TARGET
from models.packs.pack import EVERY_YEAR, NO_YEAR, Indicator, Pack, Target
from models.periods import Period
from models.store import Connection
from models.store.listing import zone_targets
from models.store.zones import zone_fields, zone_rank
from models.text import fold
from models.units import convertible, ratio, unit

OWN, _ZONE = "本区", "开发区"  # the zone's own target, and what its level is called in the 目标 ledger
BY_RANK = "级开发区"  # ends the levels that are for zones of one rank: 国家级开发区, 省级开发区


@dataclass(frozen=True)
class Goal:
    """One target in the indicator's unit: from ``low`` (to ``high``), compared by ≥ > ≤ < or 约, of a level and year (None: none said)."""

    level: str
    year: int | None
    compare: str
    low: Fraction
    high: Fraction | None
    words: str

    @property
    def when(self) -> str:
        """The year in words: 2025 年, 无年度."""
        return NO_YEAR if self.year is None else f"{self.year} 年"

    def reached(self, value: Fraction) -> bool:
        """Whether ``value`` meets the target: 以上 is ≥, 超 and 突破 are > (indicators.md)."""
        return {">": value > self.low, "≤": value <= self.low, "<": value < self.low}.get(
            self.compare, value >= self.low
        )

    def progress(self, value: Fraction) -> Fraction | None:
        """Per cent of the target reached (CM02; target over value for ≤ and <); None when it cannot be said."""
        above, below = (self.low, value) if self.compare in ("≤", "<") else (value, self.low)
        return above / below * 100 if below > 0 else None


def goals(connection: Connection, pack: Pack, indicator: Indicator, zone: str, period: Period) -> list[Goal]:
    """The zone's own target of the year first, then others it keeps, then the policy's of this and the coming years, then without one.

    Those of another rank (省级开发区) or of another zone by name are nobody else's, so they are not among them.
    A figure that the pack keeps in two units (TW03 in 亿元, the form's row in 万元) has its targets in both.
    """
    found = [
        goal for each, rate in _same_figure(pack, indicator) for goal in _of(connection, (each, rate), zone, period)
    ]
    name, rank = zone_fields(connection, zone, ("name",))["name"], zone_rank(connection, zone)
    policy = [
        Goal(t.level, year, t.compare, Fraction(t.low) * rate, Fraction(t.high) * rate if t.high else None, t.words)
        for each, rate in _same_figure(pack, indicator)
        for t in pack.targets
        if t.indicator == each.id and ((year := _year(t, period)) is None or year >= period.year)
        if _concerns(t.level, name, rank)
    ]
    return sorted(found, key=lambda goal: goal.level != OWN) + sorted(
        policy, key=lambda goal: (goal.year is None, goal.year)
    )


def _concerns(level: str, name: str, rank: str) -> bool:
    """Whether targets of a level are for the zone: those of another rank, or of another zone that is named, are not."""
    if level.endswith(BY_RANK):
        return level == f"{rank}{_ZONE}"
    named = level.endswith(_ZONE) and level != _ZONE  # 南通经济技术开发区
    return not named or level == name


def _year(target: Target, period: Period) -> int | None:
    """The year a target of the policy is for; one of every year is for the report year too."""
    if target.year == EVERY_YEAR:
        return period.year
    return None if target.year == NO_YEAR else int(target.year)


def _same_figure(pack: Pack, indicator: Indicator) -> list[tuple[Indicator, Fraction]]:
    """The indicator and those with its very formula in another unit, each with what one of its units is in this one's."""
    here = unit(indicator.unit)
    others = [
        each for each in pack.indicators if each is not indicator and fold(each.formula) == fold(indicator.formula)
    ]
    found = [(each, unit(each.unit)) for each in others]
    return [
        (indicator, Fraction(1)),
        *((each, ratio(there, here)) for each, there in found if convertible(there, here)),
    ]


def _of(connection: Connection, of: tuple[Indicator, Fraction], zone: str, period: Period) -> list[Goal]:
    """The zone's targets of one indicator, at a rate."""
    indicator, rate = of
    return [
        Goal(
            OWN if target.level in (_ZONE, None) else str(target.level),
            period.year,
            "≥",
            _amount("target_min", target.low) * rate,
            None if target.high is None else _amount("target_max", target.high) * rate,
            target.words,
        )
        for target in zone_targets(connection, zone, period.year)
        if target.indicator in (indicator.id, indicator.name) and target.low is not None
    ]


def own_goal(found: Sequence[Goal]) -> Goal | None:
    """The zone's own target among them."""
    return next((goal for goal in found if goal.level == OWN), None)


def _amount(field: str, stored: int) -> Fraction:
    kind = TARGET.by_id[field].kind
    assert isinstance(kind, Quantity)
    return kind.amount(stored)


def shown(goal: Goal, places: int) -> str:
    """“≥ 100”, “3—5”, “约 120” as the indicators page shows it."""
    low = f"{decimal_of(goal.low, places).normalize():,f}"
    return f"{low}—{decimal_of(goal.high, places).normalize():,f}" if goal.high is not None else f"{goal.compare} {low}"
