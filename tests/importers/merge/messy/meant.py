"""What a clerk means by a cell, written out by hand: the amounts, days, marks and names of messy workbooks beside what must be stored.

Nothing here asks the program how a value is read: units, factors, smallest parts, date forms and code lists are this file's own.
"""

from __future__ import annotations

import csv
import datetime
from fractions import Fraction
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

from models.kinds import Raw

CODES = Path(__file__).parents[4] / "resources" / "codes"
MU = Fraction(2000, 3)  # ㎡

IN_FILES: dict[str, dict[str, Fraction]] = {  # a field's unit: how files write it, and how many of the field's one of the file's is
    "万元": {"万元": Fraction(1), "千元": Fraction(1, 10), "元": Fraction(1, 10_000), "亿元": Fraction(10_000), "人民币：万元": Fraction(1),
            "万元人民币": Fraction(1), "百万元": Fraction(100)},
    "万美元": {"万美元": Fraction(1), "美元": Fraction(1, 10_000), "亿美元": Fraction(10_000), "万美金": Fraction(1)},
    "原币万元": {"万元": Fraction(1), "元": Fraction(1, 10_000), "万美元": Fraction(1), "原币万元": Fraction(1)},
    "㎡": {"㎡": Fraction(1), "平方米": Fraction(1), "m²": Fraction(1), "Ｍ２": Fraction(1), "亩": MU, "公顷": Fraction(10_000),
          "万平方米": Fraction(10_000)},
    "公顷": {"公顷": Fraction(1), "亩": Fraction(1, 15), "平方米": Fraction(1, 10_000), "平方公里": Fraction(100), "ha": Fraction(1)},
    "亩": {"亩": Fraction(1), "公顷": Fraction(15), "平方米": 1 / MU},
    "万㎡": {"万㎡": Fraction(1), "万平方米": Fraction(1), "平方米": Fraction(1, 10_000), "亩": MU / 10_000, "公顷": Fraction(1)},
    "%": {"%": Fraction(1), "％": Fraction(1)},
    "吨标准煤": {"吨标准煤": Fraction(1), "吨标煤": Fraction(1), "万吨标准煤": Fraction(10_000), "tce": Fraction(1)},
    "万千瓦时": {"万千瓦时": Fraction(1), "千瓦时": Fraction(1, 10_000), "万度": Fraction(1), "万kWh": Fraction(1),
             "万千瓦·时": Fraction(1)},
    "吨": {"吨": Fraction(1), "万吨": Fraction(10_000)},
    "万吨": {"万吨": Fraction(1), "吨": Fraction(1, 10_000)},
    "元/㎡": {"元/㎡": Fraction(1), "元/平方米": Fraction(1), "元／㎡·月": Fraction(1), "元/平方米/月": Fraction(1)},
    "万元/亩": {"万元/亩": Fraction(1), "万元／亩": Fraction(1), "万元/公顷": Fraction(1, 15)},
    "吨标准煤/万元": {"吨标准煤/万元": Fraction(1), "吨标煤/万元": Fraction(1)},
}  # fmt: skip
_PARTS: dict[str, Fraction] = {  # a field's unit: how many of the smallest parts that are kept one of it is
    "万元": Fraction(10_000), "万美元": Fraction(10_000), "原币万元": Fraction(10_000), "㎡": Fraction(100), "公顷": Fraction(1_000_000),
    "亩": MU * 100, "万㎡": Fraction(1_000_000), "%": Fraction(10_000), "吨标准煤": Fraction(100), "万千瓦时": Fraction(10_000),
    "万吨": Fraction(10_000), "元/㎡": Fraction(100), "万元/亩": Fraction(1500), "吨标准煤/万元": Fraction(10_000),
}  # fmt: skip
_OWN_PARTS: dict[str, int] = {  # fields that keep more or fewer decimals than others of their unit
    "fx_usd": 10**6, "fx_cny": 10**6, "reg_fx_usd": 10**6, "sl_far": 100, "far_plan": 100, "water_t": 100, "pol_eq": 10**4, "cod": 10**4,
    "target_min": 10**4, "target_max": 10**4, "base_value": 10**4, "value": 10**4, "amount": 10**4,
}  # fmt: skip
_STEPS: dict[str, Fraction] = {  # amounts are whole multiples of this, so that they can be written in every unit of files
    "万元": Fraction(1, 100), "万美元": Fraction(1, 100), "原币万元": Fraction(1, 100), "㎡": Fraction(2000), "公顷": Fraction(1, 5),
    "亩": Fraction(3), "万㎡": Fraction(1, 5), "%": Fraction(1, 100), "吨标准煤": Fraction(1, 100), "万千瓦时": Fraction(1, 100),
    "万吨": Fraction(1, 100), "元/㎡": Fraction(1, 100), "万元/亩": Fraction(15, 100), "吨标准煤/万元": Fraction(1, 1000),
}  # fmt: skip
NOTHING = ("—", "/", "-", "——", "无", "不适用")
NOT_APPLICABLE = Raw("—")


class Cell(NamedTuple):
    """What is put in a cell, how Excel shows it, and what must be stored."""

    put: object
    stored: object
    shown: str = ""


def amount(rng: Random, field: str, unit: str, written: str) -> Cell:
    """An amount of a field kept in ``unit``, in the unit ``written`` in the heading."""
    parts = Fraction(_OWN_PARTS.get(field, 0)) or _PARTS.get(unit, Fraction(1))
    step = _STEPS.get(unit, Fraction(1, 100) if field in _OWN_PARTS else Fraction(1))
    own = step * rng.randint(1, 40_000)
    stored = own * parts
    assert stored.denominator == 1, (field, unit, own)
    shown = own / IN_FILES.get(unit, {}).get(written, Fraction(1))
    return _number(rng, shown, int(stored), percent=unit == "%")


def _number(rng: Random, value: Fraction, stored: int, *, percent: bool) -> Cell:
    """A number as people type it: a number, text with separators, full-width, with spaces, a currency or per-cent sign."""
    text = _decimal(value)
    whole, _, rest = text.partition(".")
    parted = f"{int(whole):,}" + (f".{rest}" if rest else "")
    forms: list[tuple[object, str]] = [
        (float(text), ""), (float(text), "#,##0.00"), (text, ""), (parted, ""), (f" {parted}\u3000", ""), (_wide(text), ""),
        (_wide(parted), ""), (text + " ", ""),
    ]  # fmt: skip
    if percent:
        forms += [(f"{text}%", ""), (f"{text}％", ""), (float(value) / 100, "0.00%"), (f"{text} %", "")]
    put, shown = rng.choice(forms)
    return Cell(put, stored, shown)


def day(rng: Random) -> Cell:
    """A date in one of the forms people and programs write; sometimes only its month or year is known."""
    year, month, date = rng.randint(2005, 2025), rng.randint(1, 12), rng.randint(1, 28)
    real = datetime.date(year, month, date)
    whole, to_month, to_year = year * 10_000 + month * 100 + date, year * 10_000 + month * 100, year * 10_000
    forms: list[tuple[object, int, str]] = [
        (f"{year}.{month}.{date}", whole, ""), (f"{year}年{month}月{date}日", whole, ""), (f"{year}{month:02}{date:02}", whole, ""),
        (float(f"{year}{month:02}{date:02}"), whole, ""), (real, whole, "yyyy-mm-dd"), (real, whole, 'yyyy"年"m"月"d"日"'),
        (f"{year}/{month:02}/{date:02}", whole, ""), (f" {year}-{month}-{date} ", whole, ""), (_wide(f"{year}.{month}.{date}"), whole, ""),
        (f"{year} 年 {month} 月 {date} 日", whole, ""), (f"{year}年{month}月{date}号", whole, ""),
        (f"{year}-{month:02}-{date:02} 00:00:00", whole, ""),
        (f"{year}年{month}月", to_month, ""), (f"{year}.{month:02}", to_month, ""), (f"{year}-{month:02}", to_month, ""),
        (f"{year}年", to_year, ""), (f"{year}、{month}、{date}", whole, ""), (f"{_numerals(year)}年{_TENS[month]}月", to_month, ""),
    ]  # fmt: skip
    return Cell(*rng.choice(forms))


def key_day(rng: Random, number: int) -> Cell:
    """A whole date, another for each number."""
    year, month = 2011 + number, rng.randint(1, 9)
    return rng.choice(
        (
            Cell(f"{year}.{month}.8", year * 10_000 + month * 100 + 8),
            Cell(datetime.date(year, month, 8), year * 10_000 + month * 100 + 8, "yyyy/m/d"),
            Cell(float(f"{year}{month:02}08"), year * 10_000 + month * 100 + 8),
        )
    )


def month(rng: Random) -> Cell:
    """A year and month."""
    year, number = rng.randint(1990, 2025), rng.randint(1, 12)
    forms: list[tuple[object, int, str]] = [
        (text, year * 100 + number, shown)
        for text, shown in (
            (f"{year}.{number:02}", ""), (f"{year}年{number}月", ""), (f"{year}{number:02}", ""), (float(f"{year}{number:02}"), ""),
            (datetime.date(year, number, 1), 'yyyy"年"m"月"'), (f"{year}-{number:02}", ""), (_wide(f"{year}/{number}"), ""),
            (f"{year}年{number:02}月份", ""),
        )
    ]  # fmt: skip
    return Cell(*rng.choice(forms))


def flag(rng: Random) -> Cell:
    """是 or 否 in one of the ways of ticking."""
    yes = rng.choice(("是", "√", "1", 1, "有", "是 ", "Y", "✓", True))
    no = rng.choice(("否", "×", "0", 0, "无", " 否", "N", "✗", False, "没有"))
    return rng.choice((Cell(yes, 1), Cell(no, 0)))


@cache
def codes(name: str) -> tuple[tuple[str, str], ...]:
    """The (code, name) of a code list whose names are borne once, from the files of resources/codes as they are."""
    own = CODES / f"{name}.csv"
    rows: list[list[str]] = []
    here = own.exists()
    with (own if here else CODES / "小代码表.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file):
            if row[0].startswith("# "):
                here = row[0][2:].split(";")[0] == name
            elif here and row[0] != "code":
                rows.append(row)
    borne = [word for row in rows for word in {row[1], *row[3].split("|")}]
    return tuple((row[0], row[1]) for row in rows if borne.count(row[1]) == 1)


def choice(rng: Random, name: str) -> Cell:
    """An entry of a code list by its code, its name, or both."""
    code, called = rng.choice(codes(name))
    forms: list[object] = [called, f" {called}\u3000", called, code]
    if code.isdigit():
        forms += [] if called[0].isdigit() else [f"{code}{called}"]
        forms += [f"{code}-{called}", f"{called}（{code}）", f"{code}.{called}", _wide(code)]
        forms += [float(code)] * (code[0] != "0")
    return Cell(rng.choice(forms), code)


def words(rng: Random, label: str, number: int, limit: int, *, lines: bool) -> Cell:
    """Any text; where a field takes several lines they stay, else a wrapped text is one line."""
    if limit == 4:
        return Cell(rng.choice((f"{2010 + number}", float(2010 + number), f"{2010 + number} ")), f"{2010 + number}")
    plain = f"{''.join(filter(str.isalpha, label))}之{_TENS[number % 10 + 1]}"[-limit:]
    half = len(plain) // 2
    wrapped = f"{plain[:half]}\n{plain[half:]}"
    forms = [
        (plain, plain),
        (f"{plain}  ", plain),
        (f"\u3000{plain}", plain),
        (wrapped, wrapped if lines and half else plain),
    ]
    return Cell(*rng.choice(forms))


_TENS = ("", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")


def _numerals(year: int) -> str:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(year))


def _wide(text: str) -> str:
    """Digits, point and comma in full width."""
    return "".join(chr(ord(char) + 0xFEE0) for char in text)


def _decimal(value: Fraction) -> str:
    """A terminating decimal, exactly."""
    places = next(n for n in range(20) if (value * 10**n).denominator == 1)
    digits = str(int(value * 10**places)).rjust(places + 1, "0")
    return f"{digits[:-places]}.{digits[-places:]}" if places else digits
