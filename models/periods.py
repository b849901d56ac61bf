"""Report periods (报告期): a year, half-year, quarter or month (ledgers.md §0.2).

>>> Period.parse("2025Q3").label
'2025年三季度'
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from models.text import fold

_FORMS = {"Y": 1, "H": 2, "Q": 4, "M": 12}
_HALVES = ("上半年", "下半年")
_QUARTERS = ("一季度", "二季度", "三季度", "四季度")
# a month that nothing tells from the year has two digits: 20255 is a slip, not 2025-05
_PATTERN = re.compile(
    r"(?P<year>(?:19|20)\d\d)年?(?:(?P<form>[HQ])(?P<n>\d)|(?:(?<=年)|[-/.]|(?=\d\d|\d月))(?P<month>\d{1,2})月?|(?P<word>.+))?",
    re.ASCII,
)
_WORDS = {
    "上半年": ("H", 1),
    "下半年": ("H", 2),
    "年报": ("Y", 0),
    "全年": ("Y", 0),
    "度": ("Y", 0),
    "年度": ("Y", 0),
} | {
    word: ("Q", number % 4 + 1)
    for number, word in enumerate(
        (*_QUARTERS, "1季度", "2季度", "3季度", "4季度", "第一季度", "第二季度", "第三季度", "第四季度")
    )
}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """``form`` is Y, H, Q or M; ``seq`` counts from 1 within the year and is 0 for a whole year."""

    year: int
    form: str = "Y"
    seq: int = 0

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read 2025, 2025H1, 2025Q3, 2025-09, 2025年三季度, 202509 …; ValueError with a Chinese sentence otherwise."""
        match = _PATTERN.fullmatch(fold(text))
        found = None
        if match and match["word"]:
            form, seq = _WORDS.get(match["word"], ("", 0))
            found = cls(int(match["year"]), form, seq) if form else None
        elif match:
            form = match["form"] or ("M" if match["month"] else "Y")
            found = cls(int(match["year"]), form, int(match["n"] or match["month"] or 0))
        if found is None or not (1 <= found.seq <= _FORMS[found.form] or found.form == "Y"):
            raise ValueError(f"“{text}”不是报告期，请写成 2025、2025H1、2025Q3 或 2025-09")
        return found

    def __str__(self) -> str:
        """The form commands and files use."""
        return (
            str(self.year)
            if self.form == "Y"
            else f"{self.year}-{self.seq:02}"
            if self.form == "M"
            else f"{self.year}{self.form}{self.seq}"
        )

    @property
    def label(self) -> str:
        """As printed: 2025年, 2025年上半年, 2025年三季度, 2025年9月."""
        names = {"Y": ("",), "H": _HALVES, "Q": _QUARTERS, "M": tuple(f"{n}月" for n in range(1, 13))}[self.form]
        return f"{self.year}年{names[max(self.seq - 1, 0)]}"

    @property
    def _months(self) -> tuple[int, int]:
        span = 12 // _FORMS[self.form]
        last = self.seq * span if self.form != "Y" else 12
        return last - span + 1, last

    @property
    def start(self) -> date:
        """First day of the period."""
        return date(self.year, self._months[0], 1)

    @property
    def end(self) -> date:
        """Last day of the period (期末)."""
        month = self._months[1]
        return date(self.year, month, calendar.monthrange(self.year, month)[1])

    def back(self, years: int = 1) -> Period:
        """The same period ``years`` earlier (上年)."""
        return Period(self.year - years, self.form, self.seq)

    def before(self) -> Period | None:
        """The period before in the same year (上期), None for the first one."""
        return Period(self.year, self.form, self.seq - 1) if self.seq > 1 else None

    def previous(self) -> Period:
        """The period before, over the turn of the year: December before January."""
        return self.before() or Period(self.year - 1, self.form, _FORMS[self.form] if self.seq else 0)


def period_label(parts: Sequence[object]) -> str:
    """What a row's period columns (year, or year, form and number) are called; "" for a row that has none."""
    return Period(*parts).label if parts and None not in parts else ""  # type: ignore[arg-type]
