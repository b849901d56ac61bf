"""Figures beside their targets and the time of the year."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from models.indicators import Result
from models.pace import (
    BEHIND,
    GREEN,
    ON_PACE,
    PART,
    REACHED,
    RED,
    UNKNOWN,
    YELLOW,
    elapsed,
    goal_for,
    need,
    standing,
    standing_by_own,
)
from models.packs.pack import pack
from models.periods import Period
from models.targets import OWN, Goal

YEAR, TODAY = Period(2025), date(2025, 11, 22)
COUNT, RATE = pack("台办").indicator("TW02"), pack("工信").indicator("JX01")


def goal(level=OWN, year=2025, low=30, compare="≥"):
    return Goal(level, year, compare, Fraction(low), None, "")


def result(value, *goals, of=COUNT):
    return Result(of, None if value is None else Fraction(value), None, "台账", goals)


@pytest.mark.parametrize(
    ("today", "share"),
    [((2024, 12, 31), 0), ((2025, 1, 1), Fraction(100, 365)), ((2025, 11, 22), Fraction(32600, 365)), ((2025, 12, 31), 100),
     ((2026, 5, 1), 100)],
)  # fmt: skip
def test_the_time_of_a_year(today, share):
    assert elapsed(YEAR, date(*today)) == share


@pytest.mark.parametrize(
    ("period", "today", "share"),
    [
        (Period(2025, "Q", 4), TODAY, Fraction(32600, 365)), (Period(2025, "Q", 3), TODAY, 75), (Period(2025, "Q", 1), TODAY, 25),
        (Period(2025, "M", 9), date(2025, 9, 30), 75), (Period(2025, "H", 1), date(2026, 1, 1), 50),
        (Period(2025, "Q", 4), date(2025, 1, 1), Fraction(100, 365)), (Period(2025, "Q", 4), date(2024, 1, 1), 0),
    ],
)  # fmt: skip
def test_the_time_of_a_quarter_or_month_is_that_of_the_year_whose_target_it_is(period, today, share):
    assert elapsed(period, today) == share


def test_a_quarter_of_the_years_target_by_march_is_on_pace():
    """As the form's 灯 says it (models/standings.py); K42: 62 per cent by September are 13.0 points behind."""
    march = standing(result(25, goal(low=100)), Period(2025, "Q", 1), date(2025, 4, 10))
    assert (march.state, march.light) == (ON_PACE, GREEN)
    september = standing(result(62, goal(low=100)), Period(2025, "M", 9), date(2025, 10, 9))
    assert (september.ahead, september.light) == (-13, RED)


def test_a_paper_has_a_light_only_beside_per_cent_of_the_zones_own_target():
    """“没有本区目标的不亮灯” is printed under every form that has lights; the page names the target it goes by."""
    held = goal("区")
    assert standing(result(30, held), YEAR, TODAY).light == GREEN
    assert standing_by_own(result(30, held), YEAR, TODAY) is None
    assert standing_by_own(result(0, goal(low=0)), YEAR, TODAY) is None  # no per cent of nothing
    both = standing_by_own(result(20, held, goal(low=100)), YEAR, TODAY)
    assert (both.share, both.light) == (20, RED)


@pytest.mark.parametrize(("value", "state"), [(30, REACHED), (31, REACHED), (27, ON_PACE), (26, BEHIND), (0, BEHIND)])
def test_by_pace(value, state):
    found = standing(result(value, goal()), YEAR, TODAY)
    assert (found.state, found.share) == (state, Fraction(value, 30) * 100)
    assert found.missing == abs(Decimal(30) - value)


def test_more_than_is_not_reached_by_as_many():
    assert standing(result(1000, goal(compare=">", low=1000)), YEAR, TODAY).state == ON_PACE


def test_a_target_not_to_be_exceeded_has_no_pace():
    over = standing(result(31, goal(compare="≤")), YEAR, TODAY)
    assert (over.state, over.elapsed) == (BEHIND, None)
    assert standing(result(30, goal(compare="≤")), YEAR, TODAY).state == REACHED


@pytest.mark.parametrize(("value", "state"), [(30, REACHED), (29, ON_PACE), (0, ON_PACE)])
def test_a_target_of_no_year_is_never_late(value, state):
    found = standing(result(value, goal("区", year=None)), YEAR, TODAY)
    assert (found.state, found.elapsed) == (state, None)


def test_of_a_wider_area_only_the_share_is_told():
    found = standing(result(23, goal("合作区", low=100), goal("合作区", 2035, 200)), YEAR, TODAY)
    assert (found.state, found.share, found.elapsed) == (PART, 23, None)


def test_an_average_holds_for_every_zone():
    found = standing(result(9, goal("省", low=10), of=RATE), YEAR, TODAY)
    assert (found.state, found.elapsed) == (ON_PACE, elapsed(YEAR, TODAY))


def test_a_later_year_is_not_due():
    found = standing(result(3, goal("区", 2030)), YEAR, TODAY)
    assert (found.state, found.elapsed) == (ON_PACE, None)


def test_the_zone_s_own_target_comes_first():
    wide, own, rank = goal("合作区", low=100), goal(low=30), goal("国家级开发区", low=2)
    assert goal_for(result(1, wide, rank, own)) is own
    assert goal_for(result(1, wide, rank)) is rank
    assert goal_for(result(1, wide)) is wide
    assert goal_for(result(1)) is None
    assert standing(result(1), YEAR, TODAY) is None


def test_without_a_figure_nothing_is_said_of_it():
    found = standing(result(None, goal()), YEAR, TODAY)
    assert (found.state, found.share, found.missing) == (UNKNOWN, None, None)


@pytest.mark.parametrize(
    ("value", "light"), [(30, GREEN), (27, GREEN), (26, YELLOW), (24, YELLOW), (23, RED), (0, RED)]
)
def test_the_light_is_the_progress_less_the_time(value, light):
    """89.3 % of the year is over: 26 of 30 is 2.6 points behind it, 24 is 9.3, 23 is 12.7 (returns.md C2)."""
    found = standing(result(value, goal()), YEAR, TODAY)
    assert found.light == light
    assert found.ahead == Fraction(value, 30) * 100 - Fraction(32600, 365)


def test_no_light_where_the_target_is_another_s_or_later():
    assert standing(result(23, goal("合作区", low=100)), YEAR, TODAY).light == ""
    assert standing(result(23, goal(year=2030)), YEAR, TODAY).light == ""
    assert standing(result(None, goal()), YEAR, TODAY).light == ""
    assert standing(result(31, goal(compare="≤")), YEAR, TODAY).light == RED


@pytest.mark.parametrize(
    ("today", "period", "year", "months"),
    [((2025, 11, 22), YEAR, 2025, 2), ((2025, 11, 30), YEAR, 2025, 1), ((2025, 11, 22), Period(2025, "Q", 3), 2025, 3),
     ((2025, 1, 1), YEAR, 2025, 12), ((2025, 11, 22), YEAR, 2027, 26)],
)  # fmt: skip
def test_the_pace_needed_every_month(today, period, year, months):
    found = need(standing(result(24, goal(year=year)), period, date(*today)), period, date(*today))
    assert (found.months, found.monthly) == (months, Fraction(6, months))


def test_nothing_is_needed_when_it_is_reached_or_too_late_or_not_ours():
    after = date(2026, 1, 1)
    assert need(standing(result(24, goal()), YEAR, after), YEAR, after) is None
    for value, of in ((30, goal()), (31, goal(compare="≤")), (24, goal("合作区", low=100)), (None, goal())):
        assert need(standing(result(value, of), YEAR, TODAY), YEAR, TODAY) is None
