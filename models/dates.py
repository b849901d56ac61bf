"""Dates as people and spreadsheets write them (20231105, 2023.11, 2023年11月5日, 二〇二三年十一月) ↔ stored yyyymmdd and yyyymm."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from models.text import clean, fold

_SPLIT = re.compile(
    r"(\d{4})(?:年|[-/.、])(?:(\d{1,2})(?:(?:月份?|[-/.、])(?:(\d{1,2})[日号]?)?)?月?)?(?:[ T]?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
)
_SOLID = re.compile(r"(\d{4})(?:(\d{2})(\d{2})?)?")
_YEARS = range(1949, 2101)
_NUMERALS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_TENS = re.compile(r"([一二三]?)十([一二三四五六七八九]?)")
_SERIALS = range(18264, 73416)  # Excel counts days from 1899-12-30: 1950 to 2100
_FIRST_DAY = date(1899, 12, 30)


def parse_date(value: object) -> int:
    """Stored form of a date; the day, or month and day, may be missing. ValueError with a Chinese sentence.

    >>> parse_date("2023年11月"), parse_date("2023.11.5"), parse_date(20231105)
    (20231100, 20231105, 20231105)
    """
    if isinstance(value, date | datetime):
        return _within(value.year * 10000 + value.month * 100 + value.day, value.strftime("%Y-%m-%d"))
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    shown = clean(str(value))
    if isinstance(value, float) and shown.endswith(".1"):
        raise ValueError(f"“{shown}”分不清是 1 月还是 10 月（表里写成了小数），请写成 {shown[:4]}-01 或 {shown[:4]}-10")
    digits = _digits(shown)
    match = _SPLIT.fullmatch(digits) or _SOLID.fullmatch(fold(digits)) or _SPLIT.fullmatch(fold(digits))
    if not match:
        if isinstance(value, int) and value in _SERIALS:
            meant = _FIRST_DAY + timedelta(value)
            raise ValueError(f"“{shown}”是不是 {meant}？请在 Excel 里把这一格设成日期格式，或写成 {meant}")
        raise ValueError(f"“{shown}”看不出是哪一天，请写成 2023-11-05、20231105 或 2023年11月")
    year, month, day = (int(part or 0) for part in match.groups())
    try:
        date(year, month or (0 if day else 1), day or 1)
    except ValueError:
        raise ValueError(f"“{shown}”不是真有的日子，请核对") from None
    return _within(year * 10000 + month * 100 + day, shown)


def _within(stored: int, shown: str) -> int:
    """``stored`` itself; a day of 1900 is a small number that a spreadsheet shows as a date."""
    if stored // 10000 not in _YEARS:
        raise ValueError(f"“{shown}”的年份不在 {_YEARS[0]}—{_YEARS[-1]} 之间，请核对")
    return stored


def _digits(text: str) -> str:
    """二〇二三年十一月五日 → 2023年11月5日; any other text as it is."""
    if not any(mark in text for mark in "〇零○一二三四五六七八九十"):
        return text
    return _TENS.sub(lambda found: f"{found[1] or 1}{found[2] or 0}", text).translate(_NUMERALS)


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
