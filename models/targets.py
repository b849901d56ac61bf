"""Targets of an indicator: the policy's own (in the pack) and the zone's share of them (目标 ledger), and how far they are."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from models.kinds import Quantity, decimal_of
from models.ledgers.target import TARGET
from models.packs.pack import Indicator, Pack
from models.periods import Period
from models.store import Connection
from models.store.listing import own_targets

REACHED, CLOSE, FAR = "达到", "接近", "未达"


@dataclass(frozen=True)
class Goal:
    """One target in the indicator's unit: from ``low`` (to ``high``), compared by ≥ > ≤ < or 约, of a level and year."""

    level: str
    year: int
    compare: str
    low: Fraction
    high: Fraction | None
    words: str

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
    """The zone's own target of the year first, then the policy's, those of the coming years by year."""
    found = [
        Goal(
            "本区",
            period.year,
            "≥",
            _amount("target_min", low),
            None if high is None else _amount("target_max", high),
            words or "",
        )
        for name, low, high, words in own_targets(connection, zone, period.year)
        if name in (indicator.id, indicator.name) and low is not None
    ]
    policy = [t for t in pack.targets if t.indicator == indicator.id and t.year >= period.year]
    for target in sorted(policy, key=lambda t: t.year):
        high = Fraction(target.high) if target.high else None
        found.append(Goal(target.level, target.year, target.compare, Fraction(target.low), high, target.words))
    return found


def own_goal(found: list[Goal]) -> Goal | None:
    """The zone's own target among them."""
    return next((goal for goal in found if goal.level == "本区"), None)


def _amount(field: str, stored: int) -> Fraction:
    kind = TARGET.by_id[field].kind
    assert isinstance(kind, Quantity)
    return kind.amount(stored)


def shown(goal: Goal, places: int) -> str:
    """“≥ 100”, “3—5”, “约 120” as the indicators page shows it."""
    low = f"{decimal_of(goal.low, places).normalize():,f}"
    return f"{low}—{decimal_of(goal.high, places).normalize():,f}" if goal.high is not None else f"{goal.compare} {low}"
