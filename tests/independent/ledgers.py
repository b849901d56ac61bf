"""Ledgers read from the CSV files that the program exports: plain text, and what it means. Imports nothing of the program.

What a text means is said by docs/公式.md: what does not fit its kind is as if not filled in, and that is unknown, not nought; a
day that is not known counts as the first.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable
from fractions import Fraction
from pathlib import Path
from typing import TypeVar

Day = tuple[int, int, int]
Key = tuple[str, ...]
Figures = dict[str, Fraction | None]
T = TypeVar("T")
MU = Fraction(15, 10_000)  # of a ㎡
WAN = Fraction(1, 10_000)
YI = {10: 100_000, 20: 200_000, 50: 500_000, 100: 1_000_000}  # 亿元 in 万元
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_UNIT = re.compile(r"\((万元|万美元|原币万元|㎡|亩|人|人次|家|项|次|件|笔|位|万吨|吨标准煤|%)\)$")


class Row:
    """One row: its texts by label, without the unit that stands behind it in the heading."""

    def __init__(self, zone: str, period: str, cells: dict[str, str]) -> None:
        self.zone, self.period, self.cells = zone, period, cells

    def text(self, label: str) -> str:
        """What is written, "" for nothing."""
        return self.cells[label]

    def number(self, label: str) -> Fraction | None:
        """A number, None when nothing that is one is filled in."""
        written = self.cells[label]
        return Fraction(written) if _NUMBER.fullmatch(written) else None

    def day(self, label: str) -> Day | None:
        """A date, its unknown parts as the first ones."""
        found = _DAY.fullmatch(self.cells[label])
        return (int(found[1]), int(found[2] or 1), int(found[3] or 1)) if found else None

    def yes(self, label: str) -> bool:
        """Whether it is known to be so."""
        return self.cells[label] == "是"

    def link(self, label: str) -> Key:
        """The record another ledger's row is known by: zone, and what the columns say; () for none."""
        named = [text for heading, text in self.cells.items() if heading.startswith(f"{label}:")]
        return (self.zone, *named) if any(named) else ()

    def key(self, *labels: str) -> Key:
        """What rows of other ledgers call this one."""
        return (self.zone, *(self.cells[label] for label in labels))


Ledgers = dict[str, list[Row]]


def read(folder: Path) -> Ledgers:
    """Every CSV file of a folder, by its name."""
    found: Ledgers = {}
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            head, *rows = csv.reader(file)
        labels = [_UNIT.sub("", heading) for heading in head]
        found[path.stem] = [_row(dict(zip(labels, row, strict=True))) for row in rows]
    return found


def _row(cells: dict[str, str]) -> Row:
    return Row(cells.pop("开发区"), cells.pop("报告期", ""), cells)


class Zone:
    """What one zone with all its sub-parks keeps, seen at the end of a year."""

    FIRM = ("统一社会信用代码", "单位详细名称")

    def __init__(self, ledgers: Ledgers, code: str, year: int) -> None:
        parents = {row.zone: row.text("上级开发区代码") for row in ledgers["开发区"]}
        self.codes = {zone for zone in parents if code in _upwards(zone, parents)}
        self.year, self.first, self.end = year, (year, 1, 1), (year, 12, 31)
        self.kept = {name: [row for row in rows if row.zone in self.codes] for name, rows in ledgers.items()}
        self.firms = {row.key(*self.FIRM): row for row in self.kept["企业"]}
        self.states = {row.link("企业"): row for row in self.now("企业年度")}

    def now(self, name: str, year: int = 0) -> list[Row]:
        """The rows of the report year, or of another one."""
        return [row for row in self.kept[name] if row.period == str(year or self.year)]

    def whole_zone(self, year: int = 0) -> list[Row]:
        """The zone's own rows of 开发区年度: it reports for its sub-parks too, whose rows are not added again (audit.md M008)."""
        roles = {row.zone: row.text("层级角色") for row in self.kept["开发区"]}
        return [row for row in self.now("开发区年度", year) if roles[row.zone] != "分园/片区"]

    def marked(self, firm: Key, label: str) -> bool:
        """Whether an enterprise has a mark in the report year."""
        return firm in self.states and self.states[firm].yes(label)

    def state(self, firm: Key, label: str) -> str:
        """What an enterprise is in the report year."""
        return self.states[firm].text(label) if firm in self.states else ""

    def within(self, day: Day | None) -> bool:
        """In the report year."""
        return day is not None and self.first <= day <= self.end

    def until(self, day: Day | None) -> bool:
        """By the end of the report year."""
        return day is not None and day <= self.end

    def lasts(self, row: Row, begin: str, end: str, last: str = "") -> bool:
        """Under way at the year's end; the day called ``end`` is over already, the day called ``last`` is the last one."""
        if not self.until(row.day(begin)):
            return False
        stop = row.day(end or last)
        return stop is None or (stop > self.end if end else stop >= self.end)


def _upwards(code: str, parents: dict[str, str]) -> list[str]:
    """A zone, its parent, and so on."""
    return [code, *_upwards(parents[code], parents)] if code in parents else []


def total(numbers: Iterable[Fraction | None]) -> Fraction | None:
    """The sum of what is known: nought of nothing, unknown where there are rows and none is filled in."""
    every = list(numbers)
    known = [number for number in every if number is not None]
    return sum(known, Fraction(0)) if known or not every else None


def sum_of(rows: Iterable[Row], label: str, when: Callable[[Row], bool] = lambda _: True) -> Fraction | None:
    """The sum of a field over some rows."""
    return total(row.number(label) for row in rows if when(row))


def over(top: Fraction | None, bottom: Fraction | None, times: int = 1) -> Fraction | None:
    """A quotient; unknown where a part is, or the lower one is nought."""
    return None if top is None or not bottom else top * times / bottom


def minus(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    """A difference, unknown where a part is."""
    return None if one is None or other is None else one - other


def plus(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    """A sum of two, unknown where a part is."""
    return None if one is None or other is None else one + other


def scaled(number: Fraction | None, factor: Fraction | int) -> Fraction | None:
    """In another unit."""
    return None if number is None else number * factor


def rounded(number: Fraction, places: int) -> Fraction:
    """Half up, away from nought."""
    sized = abs(number) * 10**places * 2 + 1
    return Fraction((sized.numerator // sized.denominator) // 2, 10**places) * (-1 if number < 0 else 1)


def count(rows: Iterable[T], when: Callable[[T], bool]) -> Fraction:
    """How many of them."""
    return Fraction(sum(map(when, rows)))


def at_least(row: Row, label: str, least: int) -> bool:
    """Whether a number is filled in and comes to so much."""
    number = row.number(label)
    return number is not None and number >= least
