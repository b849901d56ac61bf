"""Dates as people and spreadsheets write them (20231105, 2023.11, 2023年11月5日) ↔ the stored yyyymmdd and yyyymm integers."""

from __future__ import annotations

import re
from datetime import date, datetime

from models.text import clean, fold

_SPLIT = re.compile(
    r"(\d{4})(?:年|[-/.])(?:(\d{1,2})(?:(?:月|[-/.])(?:(\d{1,2})日?)?)?月?)?(?:[ T]?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
)
_SOLID = re.compile(r"(\d{4})(?:(\d{2})(\d{2})?)?")
_YEARS = range(1900, 2101)


def parse_date(value: object) -> int:
    """Stored form of a date; the day, or month and day, may be missing. ValueError with a Chinese sentence.

    >>> parse_date("2023年11月"), parse_date("2023.11.5"), parse_date(20231105)
    (20231100, 20231105, 20231105)
    """
    if isinstance(value, date | datetime):
        return value.year * 10000 + value.month * 100 + value.day
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    shown = clean(str(value))
    if isinstance(value, float) and shown.endswith(".1"):
        raise ValueError(f"“{shown}”分不清是 1 月还是 10 月（表里写成了小数），请写成 {shown[:4]}-01 或 {shown[:4]}-10")
    match = _SPLIT.fullmatch(shown) or _SOLID.fullmatch(fold(shown)) or _SPLIT.fullmatch(fold(shown))
    if not match:
        raise ValueError(f"“{shown}”看不出是哪一天，请写成 2023-11-05、20231105 或 2023年11月")
    year, month, day = (int(part or 0) for part in match.groups())
    try:
        date(year, month or (0 if day else 1), day or 1)
    except ValueError:
        raise ValueError(f"“{shown}”不是真有的日子，请核对") from None
    if year not in _YEARS:
        raise ValueError(f"“{shown}”的年份不在 1900—2100 之间，请核对")
    return year * 10000 + month * 100 + day


def parse_month(value: object) -> int:
    """Stored form of a year and month; a day that is given is dropped, a bare year is refused."""
    stored = parse_date(value)
    if not stored // 100 % 100:
        raise ValueError(f"“{clean(str(value))}”没有写月份，请写成 2023-11")
    return stored // 100


def show_date(stored: int) -> str:
    """2023-11-05, 2023-11 or 2023."""
    year, month, day = stored // 10000, stored // 100 % 100, stored % 100
    return f"{year}-{month:02}-{day:02}" if day else f"{year}-{month:02}" if month else str(year)


def show_month(stored: int) -> str:
    """2023-11."""
    return f"{stored // 100}-{stored % 100:02}"


def as_date(stored: int) -> date:
    """A calendar date; unknown parts count as the first."""
    return date(stored // 10000, stored // 100 % 100 or 1, stored % 100 or 1)


def stored_date(day: date) -> int:
    """The stored form of a calendar date."""
    return day.year * 10000 + day.month * 100 + day.day
