from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.dates import as_date, parse_date, parse_month, show_date, show_month, stored_date

days = st.dates(date(1949, 1, 1), date(2100, 12, 31))
parts = st.one_of(
    days.map(stored_date),
    days.map(lambda day: day.year * 10000 + day.month * 100),
    days.map(lambda day: day.year * 10000),
)


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("20231105", 20231105), ("2023-11-05", 20231105), ("2023-11-5", 20231105), ("2023/11/5", 20231105), ("2023.11.5", 20231105),
        ("2023年11月5日", 20231105), ("2023年11月5", 20231105), ("２０２３年１１月５日", 20231105), (" 2023 年 11 月 5 日 ", 20231105),
        ("2023-11-05 08:30", 20231105), ("2023-11-05T08:30:00", 20231105), ("2023-11-05 00:00:00.000", 20231105),
        (20231105, 20231105), (20231105.0, 20231105), (date(2023, 11, 5), 20231105), (datetime(2023, 11, 5, 8, 30), 20231105),
        ("2023年11月", 20231100), ("2023.11", 20231100), ("2023-1", 20230100), ("202311", 20231100), (202311, 20231100),
        (2023.11, 20231100), (2023.05, 20230500), (2023.2, 20230200), ("2023-11-00", 20231100), ("20231100", 20231100),
        ("2023", 20230000), ("2023年", 20230000), (2023, 20230000), ("2024-02-29", 20240229),
        ("二〇二三年十一月五日", 20231105), ("二○一九年三月", 20190300), ("二零二〇年十月二十日", 20201020),
        ("二〇二三年十二月三十一日", 20231231), ("二〇二三年", 20230000),
    ],
)  # fmt: skip
def test_ways_to_write_a_day(written, stored):
    assert parse_date(written) == stored


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("去年", "看不出是哪一天"), ("", "看不出"), ("45235", "看不出"), ("11/5/2023", "看不出"), ("2023-11-05 下午", "看不出"),
        (True, "看不出"),
        ("2023-02-29", "不是真有的日子"), ("20231131", "不是真有的日子"), ("2023-13", "不是真有的日子"), ("2023-00-05", "不是真有的日子"),
        ("20230005", "不是真有的日子"), ("0000-01-01", "不是真有的日子"), ("1948-12-31", "年份不在 1949—2100"), ("2101", "年份不在"),
        (datetime(1900, 1, 5), "年份不在"), (45800.0, "是不是 2025-05-23？"), (45800, "写成 2025-05-23"), ("二月", "看不出"),
        ("二〇二三年十三月", "不是真有的日子"), (2023.1, "分不清是 1 月还是 10 月"),
    ],
)  # fmt: skip
def test_what_is_no_day_is_told_in_one_sentence(written, said):
    with pytest.raises(ValueError, match=said) as caught:
        parse_date(written)
    assert str(written)[:4] in str(caught.value) or written == ""


@pytest.mark.parametrize(
    ("written", "stored"), [("2023-11", 202311), ("2023年1月", 202301), (20231105, 202311), ("2023.11.5", 202311)]
)
def test_a_month_drops_the_day(written, stored):
    assert parse_month(written) == stored


def test_a_year_is_no_month():
    with pytest.raises(ValueError, match="没有写月份"):
        parse_month("2023年")


@given(parts)
def test_what_is_shown_is_read_back(stored):
    assert parse_date(show_date(stored)) == stored
    assert parse_date(stored) == stored
    if stored // 100 % 100:
        assert parse_month(show_month(stored // 100)) == stored // 100


@given(days)
def test_calendar_dates(day):
    assert as_date(stored_date(day)) == day
    assert as_date(day.year * 10000) == date(day.year, 1, 1)
    assert as_date(day.year * 10000 + day.month * 100) == day.replace(day=1)
    assert parse_date(day) == parse_date(datetime(day.year, day.month, day.day)) == stored_date(day)


@given(st.text(max_size=12) | st.floats() | st.integers())
def test_anything_at_all_is_a_day_or_one_sentence(value):
    with suppress(ValueError):
        stored = parse_date(value)
        assert parse_date(show_date(stored)) == stored
        return
    with pytest.raises(ValueError, match=r"(?s)^“.*”.*请"):
        parse_date(value)
