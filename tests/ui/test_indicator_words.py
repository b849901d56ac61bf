"""What is said of a figure beside its targets: nothing contradicts the light, and the pace told is enough."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from models.indicators import Result
from models.pace import RED, need, standing
from models.packs.pack import pack
from models.periods import Period
from models.targets import OWN, Goal
from ui.pages.home_cards import gap_words
from ui.pages.indicator_words import change_told, changed, gap_told, goals_told, light_cell, need_told, progress_told

YEAR, TODAY = Period(2025), date(2025, 11, 22)
COUNT, RATE, MOVED = pack("台办").indicator("TW02"), pack("工信").indicator("JX10"), pack("赣州").indicator("GZ12")


def result(value, *goals, of=COUNT):
    return Result(of, None if value is None else Fraction(value), None, "台账", goals)


def goal(level=OWN, year=2025, low=30, compare="≥"):
    return Goal(level, year, compare, Fraction(low), None, "")


@pytest.mark.parametrize(
    ("value", "low", "of", "told"),
    [(8, 10, COUNT, "每月还要 0.3 家"), ("9.9", 10, RATE, "每月还要 0.1 百分点")],
)
def test_the_pace_told_is_enough_and_never_nought(value, low, of, told):
    """Rounded half up two of nine months would be 0.2 家, with which 1.8 come; a tenth of a point a month would be 0.0."""
    found, march = standing(result(value, goal(low=low), of=of), YEAR, date(2025, 3, 31)), date(2025, 3, 31)
    assert need_told(found, YEAR, march) == f"{told}（还有 9 个月，到 2025 年 12 月底）"
    wanted = need(found, YEAR, march)
    assert Fraction(wanted.at(1)) * wanted.months + Fraction(value) >= low


@pytest.mark.parametrize(
    ("period", "today", "told"),
    [
        (Period(2025, "Q", 1), date(2025, 11, 22), "2025 年 4 月起每月要 0.7 家（9 个月，到 2025 年 12 月底）"),
        (Period(2025, "M", 9), date(2026, 1, 5), "2025 年 10 月起每月要 2.0 家（3 个月，到 2025 年 12 月底）"),
        (Period(2025, "Q", 4), date(2025, 11, 22), "每月还要 3.0 家（还有 2 个月，到 2025 年 12 月底）"),
        (Period(2025, "Q", 4), date(2026, 1, 5), ""),
        (Period(2025), date(2026, 1, 5), ""),
    ],
)
def test_after_a_period_the_months_are_said_to_be_those_after_it(period, today, told):
    """“还有 9 个月” of a first quarter looked at in November would be false."""
    assert need_told(standing(result(24, goal()), period, today), period, today) == told


def test_as_much_as_the_target_where_more_is_asked():
    """GZ12 “排名逐年前移” is > 0: not “差 0”, no pace of nought a month, and why there is no per cent."""
    found = standing(result(0, goal("区", low=0, compare=">"), of=MOVED), YEAR, TODAY)
    assert found.light == RED
    assert gap_told(found) == ("超过 0 才算达到区目标", "error")
    assert gap_words(found) == "红灯 · 要超过 0 位"
    thousand = standing(result(1000, goal(low=1000, compare=">")), YEAR, TODAY)
    assert gap_told(thousand)[0] == "超过 1,000 才算达到本区目标"
    assert need_told(thousand, YEAR, TODAY) == need_told(found, YEAR, TODAY) == ""
    assert progress_told(found) == "目标是 0，不按比例算：红灯"


def test_no_colour_where_there_is_no_light():
    wide, later, never = goal("合作区", low=100), goal("区", 2030), goal("区", year=None)
    for each in (wide, later, never):
        found = standing(result(23, each), YEAR, TODAY)
        assert found.light == ""
        assert gap_told(found) == (f"离{each.level}目标差 {each.low - 23}", "plain")


def test_a_small_share_of_a_wider_target_is_not_nought():
    found = standing(result(2, goal("合作区", low=1000)), YEAR, TODAY)
    assert light_cell(found).text == "占 0.2%"
    assert progress_told(found).startswith("占合作区目标的 0.2%")


def test_the_year_of_a_target_is_told_where_it_is_not_the_return_s():
    """Also where no target of the return's year stands before it: 200 of 2035 is not this year's."""
    told = goals_told(result(8, goal("合作区", 2035, 200), goal("区", None, 3)), YEAR)
    assert told.splitlines() == ["合作区 2035 ≥ 200", "区 无年度 ≥ 3"]
    assert goals_told(result(8, goal("合作区", 2025, 100)), YEAR) == "合作区 ≥ 100"


def test_what_is_as_it_was_has_no_plus():
    same, more = (replace(result(value, of=of), prior=Fraction(7)) for value, of in ((7, COUNT), (8, COUNT)))
    assert [changed(each) for each in (same, more)] == ["持平", "+14.3%"]
    assert [change_told(each) for each in (same, more)] == ["0 家", "+1 家（+14.3%）"]
    assert changed(replace(result(0), prior=Fraction(0))) == "持平"
    assert changed(replace(result(1), prior=Fraction(0))) == "—"
