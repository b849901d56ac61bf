"""How a figure stands against its target and the time of the year: reached, keeping pace, behind, or a share of a wider area's.

A target of the whole province or of the cooperation zone (“合作区 100 家”) is not what one zone has to reach; only where it is an
average (a rate, 万元 per 亩) does it hold for each zone alike, unless its level says 合计: a rate that the parts of the zones add up
to. So the zone's own target comes first, then one that holds for it, and of a wider target only the share is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import ceil

from models.indicators import Result
from models.kinds import decimal_of
from models.periods import Period
from models.targets import BY_RANK, OWN, Goal

REACHED, ON_PACE, BEHIND, PART, UNKNOWN = "已达到", "跟上进度", "落后", "占比", "算不出"
EACH_ZONE = (OWN, "区", "产业园")  # levels of targets that each zone has to reach by itself
GREEN, YELLOW, RED = "绿", "黄", "红"
SLACK = 10  # per cent points behind the time that are still yellow
TOGETHER = "合计"  # ends the levels of targets that zones reach only together, a per cent of which each brings its part
_RATES = ("%", "百分点", "倍")


@dataclass(frozen=True)
class Standing:
    """One indicator beside the target that counts: its state, per cent reached, and per cent of the year over.

    ``share`` is None where it cannot be said, ``elapsed`` where the target is not one of this year's pace (a later year's, one of
    a wider area, or one that is not to be exceeded).
    """

    result: Result
    goal: Goal
    state: str
    share: Fraction | None
    elapsed: Fraction | None

    @property
    def ahead(self) -> Fraction | None:
        """Per cent reached less per cent of the time over (时间进度差, CM03); None where there is no pace."""
        return None if self.share is None or self.elapsed is None else self.share - self.elapsed

    @property
    def light(self) -> str:
        """绿, 黄 or 红 (returns.md C2); "" where the target is not one the zone has to reach by now."""
        if self.state in (PART, UNKNOWN):
            return ""
        if self.state == REACHED:
            return GREEN
        if self.ahead is not None:
            return GREEN if self.ahead >= 0 else YELLOW if self.ahead >= -SLACK else RED
        return RED if self.state == BEHIND else ""

    @property
    def missing(self) -> Decimal | None:
        """How far the printed figure is from the target, at the indicator's places."""
        now = self.result.rounded
        return None if now is None else decimal_of(abs(self.goal.low - Fraction(now)), self.result.indicator.places)


def elapsed(period: Period, today: date) -> Fraction:
    """Per cent of the year that is over: by the period's end its month of twelve (CM03), before that the days, today included.

    Of the year, whatever the period: a target is the year's, and the figure of a quarter or a month is that from January on.
    """
    if today >= period.end:
        return Fraction(period.end.month, 12) * 100
    year = Period(period.year)
    days = (year.end - year.start).days + 1
    return Fraction(max((today - year.start).days + 1, 0), days) * 100


def standing_by_own(result: Result, period: Period, today: date) -> Standing | None:
    """How ``result`` stands to the zone's own target, as a paper says it beside 完成%; None where that says nothing."""
    found = _standing(result, result.aim, period, today)
    return None if found is None or found.share is None else found


def standing(result: Result, period: Period, today: date) -> Standing | None:
    """How ``result`` stands; None where no target concerns the zone."""
    return _standing(result, goal_for(result), period, today)


def _standing(result: Result, goal: Goal | None, period: Period, today: date) -> Standing | None:
    if goal is None:
        return None
    now = result.rounded
    if now is None:
        return Standing(result, goal, UNKNOWN, None, None)
    value = Fraction(now)
    share = goal.progress(value)
    if not holds(goal, result):
        return Standing(result, goal, PART, share, None)
    upward = goal.compare not in ("≤", "<")
    over = elapsed(period, today) if upward and goal.year == period.year else None
    if goal.reached(value):
        return Standing(result, goal, REACHED, share, over)
    # a figure that is not to be exceeded has been; a later year's target is not due yet
    late = not upward if over is None else share is None or share < over
    return Standing(result, goal, BEHIND if late else ON_PACE, share, over)


def goal_for(result: Result) -> Goal | None:
    """The target that counts for the zone: its own, else one that holds for it, else the nearest of a wider area."""
    own = [goal for goal in result.goals if goal.level == OWN]
    held = [goal for goal in result.goals if holds(goal, result)]
    return next(iter([*own, *held, *result.goals]), None)


def holds(goal: Goal, result: Result) -> bool:
    """Whether one zone has to reach the target by itself."""
    if goal.level.endswith(TOGETHER):
        return False
    unit = result.indicator.unit
    average = unit in _RATES or "/" in unit
    return goal.level in EACH_ZONE or goal.level.endswith(BY_RANK) or average


@dataclass(frozen=True)
class Need:
    """What is wanting every month until the target's year is over: ``months`` left from ``first`` on, its first day or one in it."""

    months: int
    monthly: Fraction
    first: date

    def at(self, places: int) -> Decimal:
        """The pace at so many places, rounded up: what is rounded down does not reach the target, and may read as nought."""
        return decimal_of(Fraction(ceil(self.monthly * 10**places), 10**places), places)


def need(of: Standing, period: Period, today: date) -> Need | None:
    """The monthly pace at which a target not reached yet would be; None where it is reached, past, not to be exceeded or another's,
    and where as much as the target is there and only more would do. From the day on, or from the end of a period that is over.
    """
    now, goal = of.result.rounded, of.goal
    if now is None or goal.year is None or of.state in (REACHED, PART, UNKNOWN) or goal.compare in ("≤", "<"):
        return None
    day = min(today, period.end)
    first = day + timedelta(days=day == _month_end(day))
    months = (goal.year - first.year) * 12 + 13 - first.month
    wanting = goal.low - Fraction(now)
    return Need(months, wanting / months, first) if months > 0 and wanting > 0 else None


def _month_end(day: date) -> date:
    return Period(day.year, "M", day.month).end
