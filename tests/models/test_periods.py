from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.periods import Period

years = st.integers(1900, 2099)
periods = st.one_of(
    years.map(Period),
    st.builds(Period, years, st.just("H"), st.integers(1, 2)),
    st.builds(Period, years, st.just("Q"), st.integers(1, 4)),
    st.builds(Period, years, st.just("M"), st.integers(1, 12)),
)


@pytest.mark.parametrize(
    ("written", "period"),
    [
        ("2025", Period(2025)), ("2025年", Period(2025)), ("2025年度", Period(2025)), ("2025年年报", Period(2025)),
        ("２０２５", Period(2025)),
        ("2025H1", Period(2025, "H", 1)), ("2025年上半年", Period(2025, "H", 1)), ("2025下半年", Period(2025, "H", 2)),
        ("2025Q3", Period(2025, "Q", 3)), ("2025q3", Period(2025, "Q", 3)), ("2025年三季度", Period(2025, "Q", 3)),
        ("2025年第三季度", Period(2025, "Q", 3)), ("2025年3季度", Period(2025, "Q", 3)),
        ("2025-09", Period(2025, "M", 9)), ("2025-9", Period(2025, "M", 9)), ("202509", Period(2025, "M", 9)),
        ("2025年9月", Period(2025, "M", 9)), ("2025.12", Period(2025, "M", 12)), (" 2025 年 12 月 ", Period(2025, "M", 12)),
    ],
)  # fmt: skip
def test_ways_to_write_a_period(written, period):
    assert Period.parse(written) == period


@pytest.mark.parametrize(
    "written",
    [
        "",
        "20259",
        "去年",
        "25",
        "2025H0",
        "2025H3",
        "2025Q0",
        "2025Q5",
        "2025Q",
        "2025-00",
        "2025-13",
        "2025年五季度",
        "2025-09-01x",
        "1825",
    ],
)
def test_what_is_no_period_is_told(written):
    with pytest.raises(ValueError, match="不是报告期，请写成 2025、2025H1、2025Q3 或 2025-09"):
        Period.parse(written)


@given(periods)
def test_what_is_written_is_read_back(period):
    assert Period.parse(str(period)) == period
    assert Period.parse(period.label) == period


@given(periods)
def test_first_and_last_day(period):
    assert period.start.day == 1
    assert (period.end + timedelta(days=1)).day == 1
    assert period.start < period.end
    assert {period.start.year, period.end.year} == {period.year}
    months = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1
    assert months == {"Y": 12, "H": 6, "Q": 3, "M": 1}[period.form]
    assert period.back().end.month == period.end.month
    assert period.back(3) == Period(period.year - 3, period.form, period.seq)


@given(periods)
def test_the_period_before_ends_where_this_one_starts(period):
    before = period.before()
    if before:
        assert before.end + timedelta(days=1) == period.start
        assert before.form == period.form
    else:
        assert period.start == date(period.year, 1, 1)


def test_the_parts_of_a_year_cover_it():
    for form, count in (("H", 2), ("Q", 4), ("M", 12)):
        days = [(Period(2024, form, n).start, Period(2024, form, n).end) for n in range(1, count + 1)]
        assert sum((end - start).days + 1 for start, end in days) == 366
    assert (Period(2024, "M", 2).end, Period(2023, "M", 2).end, Period(2100, "M", 2).end) == (
        date(2024, 2, 29),
        date(2023, 2, 28),
        date(2100, 2, 28),
    )
    assert Period(2025, "Q", 3).label == "2025年三季度"
