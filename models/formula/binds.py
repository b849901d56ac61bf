"""What a compiled statement is given when it runs: zones, report period, today, and the rows asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import BindParameter, Integer, LargeBinary, Text, bindparam

from models.dates import stored_date
from models.periods import Period

ZONES = bindparam("zones", expanding=True, type_=Text)
IDS = bindparam("ids", expanding=True, type_=LargeBinary)
YEAR = bindparam("year", type_=Integer)
FORM = bindparam("form", type_=Text)
SEQ = bindparam("seq", type_=Integer)


def moment(name: str) -> BindParameter[Any]:
    """The parameter of a constant such as 期末 (``end``), 所选开发区 (``chosen``)."""
    return bindparam(name, type_=Text if name == "chosen" else Integer)


def moments(period: Period, today: date) -> dict[str, int]:
    """The constants of a report period, dates as stored; a span's first bound lets in dates known by year or month only."""
    year, first = period.year * 10000, period.start
    return {
        "year": period.year,
        "year_start": year,
        "start": stored_date(first),
        "period_start": year if period.form == "Y" else year + first.month * 100,
        "end": stored_date(period.end),
        "last_start": year - 10000,
        "last_end": year - 10000 + 1231,
        "last_same_end": stored_date(period.back().end),
        "today": stored_date(today),
    }


def bindings(zones: Sequence[str], period: Period, today: date, ids: Iterable[bytes] | None = None) -> dict[str, Any]:
    """The parameters of every statement that formulas compile to."""
    given: dict[str, Any] = {"zones": list(zones), "form": period.form, "seq": period.seq, **moments(period, today)}
    given["chosen"] = zones[0] if zones else ""
    if ids is not None:
        given["ids"] = list(ids)
    return given
