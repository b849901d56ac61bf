"""Counting with dates stored as yyyymmdd, in SQL. An unknown day or month counts as the first, as in models.dates.as_date."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, case, func, literal_column

from models.formula import wide
from models.formula.number import Number
from models.formula.whole import Whole

Sql = ColumnElement[Any]
COUNTS = {"天数", "满年", "年", "月"}


def _n(value: int) -> Sql:
    return literal_column(str(value), BigInteger)


def counted(name: str, dates: list[Sql]) -> Number:
    """天数, 满年, 年 or 月 of the dates."""
    first = dates[0]
    match name:
        case "年":
            return Number(Whole(first - first % _n(10000), 0, 21_000_000), Fraction(1, 10000))
        case "月":
            month = first % _n(10000) - first % _n(100)
            return Number(Whole(func.nullif(month, _n(0), type_=BigInteger), 0, 1200), Fraction(1, 100))
    begin, end = map(_complete, dates)
    if name == "天数":
        return Number(Whole(wide.DayNumber(end) - wide.DayNumber(begin), -(10**6), 10**6))
    apart = end - begin
    return Number(Whole(apart - apart % _n(10000), -(10**8), 10**8), Fraction(1, 10000))


def _complete(day: Sql) -> Sql:
    """The date with its unknown month and day as 1."""
    return case((day % _n(10000) == _n(0), day + _n(101)), (day % _n(100) == _n(0), day + _n(1)), else_=day)
