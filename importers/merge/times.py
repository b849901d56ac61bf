"""The report period of each row, from its 报告期, 年度, 季度 and 月份 columns."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import TypeVar

from importers.cells import Cell, Grid
from importers.matching import Matching
from importers.matching.targets import MONTH, PERIOD, QUARTER, YEAR
from models.columns import shown
from models.ledger import Time
from models.periods import Period
from models.text import fold

T = TypeVar("T")
U = TypeVar("U")
_NUMERALS = {"一": 1, "二": 2, "三": 3, "四": 4}
_QUARTER = re.compile(r"第?([一二三四1-4])(?:季度?)?|Q([1-4])")
_SINCE_JANUARY = re.compile(r"(?:((?:19|20)\d\d)年?)?0?1(?:月份?)?[-~至到](1[0-2]|0?[1-9])月份?(?:累计)?")
_MONTH = re.compile(r"(1[0-2]|0?[1-9])月?份?")


class NoPeriod(ValueError):
    """A row's period cannot be told; the message is one Chinese sentence."""


def row_periods(grid: Grid, rows: Sequence[int], matching: Matching) -> list[Period | str] | None:
    """The period of each data row, or the sentence why there is none; None when no column tells it."""
    columns = {one.target.part: one.column.index for one in matching.matched if one.target and one.target.part}
    if not columns:
        return None
    texts = [*zip(*([grid.rows[row][index] for row in rows] for index in columns.values()), strict=True)]
    known: dict[tuple[Cell, ...], Period | str] = {}
    for cells in set(texts):
        try:
            known[cells] = _period(dict(zip(columns, cells, strict=True)), matching)
        except ValueError as error:
            known[cells] = str(error)
    return [known[cells] for cells in texts]


def of_each(periods: Sequence[T], make: Callable[[T], U]) -> list[U]:
    """``make`` of each period, worked out once for each object: a hundred thousand rows share a few."""
    known = {key: make(period) for key, period in {id(period): period for period in periods}.items()}
    return [known[id(period)] for period in periods]


def _period(cells: Mapping[str, Cell], matching: Matching) -> Period:
    """The period that a row's cells tell, what they leave out taken from the period of the import."""
    base = matching.period
    found = _whole(cells.get(PERIOD, ""), base) or base
    if year := shown(cells.get(YEAR, "")):
        whole = Period.parse(year)
        found = Period(whole.year, base.form, base.seq) if base and whole.form == "Y" else whole
    if month := shown(cells.get(MONTH, "")):
        found = _part(month, "M", _MONTH, found)
    elif quarter := shown(cells.get(QUARTER, "")):
        found = _part(quarter, "Q", _QUARTER, found)
    if found is None:
        raise NoPeriod("没有写报告期，不知道是哪一期的数")
    return Period(found.year) if matching.ledger.time is Time.YEARLY else found


def _whole(cell: Cell, base: Period | None) -> Period | None:
    if isinstance(cell, datetime.date):
        return Period(cell.year, "M", cell.month)
    if not (text := shown(cell)):
        return None
    if base and (since := _SINCE_JANUARY.fullmatch(fold(text))) and int(since[2]) == base.end.month:
        return Period(int(since[1] or base.year), base.form, base.seq)  # the same months as the import's own period
    try:
        return Period.parse(text)
    except ValueError as wrong:
        if base is None:
            raise
        with suppress(ValueError):
            return Period.parse(f"{base.year}年{text}")
        raise wrong from None


def _part(text: str, form: str, pattern: re.Pattern[str], found: Period | None) -> Period:
    """The month or quarter that a cell tells, with its own year or that of ``found``."""
    match = pattern.fullmatch(fold(text))
    if not match:
        return Period.parse(text)
    if found is None:
        raise NoPeriod("没有写年度，不知道是哪一年的数")
    number = next(part for part in match.groups() if part)
    return Period(found.year, form, _NUMERALS.get(number) or int(number))
