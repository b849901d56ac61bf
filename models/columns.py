"""Whole columns of a file → stored values: the same as reading cell by cell with the field's kind, many times faster.

Each distinct cell is read once; plain numbers are scaled all together where floating point is proved to give what exact
arithmetic would. A cell that does not fit is kept as typed and told.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, time
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import repeat
from math import isfinite
from operator import mul, truediv

from models.kinds import (
    NOT_APPLICABLE,
    BadValue,
    CreditCode,
    Day,
    DestroyedCode,
    Kind,
    Month,
    Quantity,
    Raw,
    Stored,
    Text,
)
from models.text import clean, fold

MARK = Raw("—")  # 不适用: a third state beside a value and nothing
_MARKS = frozenset(map(fold, NOT_APPLICABLE))
_DIGITS = 15
_SAFE = 10**_DIGITS
_PLAIN_NUMBER = re.compile(r"-?(?=[\d,.]{1,16}$)(?:\d{1,15}|\d{1,3}(?:,\d{3}){1,3})(?:\.\d{1,14})?", re.ASCII)
_ANY_NUMBER = Quantity("", scale=400, high=10**900, low=-(10**900))  # reads a number as written, whatever its field
_ANY_PERCENT = Quantity("%", scale=400, high=10**900, low=-(10**900))


@dataclass(slots=True)
class Converted:
    """A column's ``stored`` values by index: None where blank, :class:`Raw` where the cell is kept as typed.

    ``raw`` gives (text, Chinese sentence) of each cell that does not fit, ``destroyed`` the sentence about each code that
    Excel has rounded, ``rounded`` the cells with more decimals than are stored. 不适用 marks are no faults.
    """

    stored: list[Stored]
    raw: dict[int, tuple[str, str]] = field(default_factory=dict)
    destroyed: dict[int, str] = field(default_factory=dict)
    rounded: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Read:
    """What one distinct cell means."""

    stored: Stored
    fault: str = ""
    destroyed: bool = False
    rounded: bool = False


def convert(kind: Kind, values: Sequence[object], factor: Fraction = Fraction(1)) -> Converted:
    """The stored values of a column's cells; ``factor`` is how many of the field's units one of the column's is.

    A cell that is :class:`Raw` already stays so: the spreadsheet itself shows an error there. ``MARK`` says 不适用.
    """
    found = Converted([None] * len(values))
    left: Sequence[int] = range(len(values))
    if isinstance(kind, Quantity) and (scale := _scale(kind.step * factor)):
        with suppress(ValueError, OverflowError):  # not a number, or infinite: told apart one by one
            found, left = _scaled(kind, values, scale)
    rest = values if len(left) == len(values) else [values[index] for index in left]
    keys = _keys(rest)
    reads = {key: _read(kind, value, factor) for key, value in dict(zip(keys, rest, strict=True)).items()}
    _put(found, left, keys, reads)
    return found


def is_mark(text: str) -> bool:
    """Whether a text says that there is nothing to say: —, /, 无, 不适用."""
    return fold(text) in _MARKS


def shown(value: object) -> str:
    """A cell as its reader sees it: whole numbers without .0, a day without midnight."""
    if isinstance(value, float) and value.is_integer() and abs(value) < _SAFE:
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return str(value.date())
    return clean(str(value))


@dataclass(frozen=True, slots=True)
class _Scale:
    """Cells times ``times`` / ``parts``; a whole number below ``most`` divided by that is a decimal of at most 15 digits."""

    times: int
    parts: int
    most: int


def _scale(factor: Fraction) -> _Scale | None:
    """The scale of a factor by which whole numbers divide into decimals that end; None for any other."""
    places = max(factor.numerator.bit_length(), 1)
    if 10**places % factor.numerator:
        return None
    while 10 ** (places - 1) % factor.numerator == 0:
        places -= 1
    return _Scale(
        factor.numerator, factor.denominator, _SAFE // (factor.denominator * (10**places // factor.numerator))
    )


def _scaled(kind: Quantity, values: Sequence[object], scale: _Scale) -> tuple[Converted, Sequence[int]]:
    """Plain numbers scaled, blanks as None, and the indexes of the cells that must be read one by one.

    A whole number n is exact when n divided by the scale is the very float of the cell: both are decimals of at most 15
    digits, no two of which share a float. A product that is none is off by less than 2**-50 of itself, so it is rounded
    rightly when it is further than that from a half.
    """
    low, high = max(kind.low, -scale.most), min(kind.high, scale.most)
    numbers: Sequence[float] = values  # type: ignore[assignment]
    others: list[int] = []
    types = {*map(type, values)}
    if types == {str} and (exact := _alike(values, scale)) and low <= min(exact) <= max(exact) <= high:  # type: ignore[arg-type]
        return Converted([*exact]), ()
    if types != {float}:
        numbers = [*map(_plain, values)]
        others = [index for index, value in enumerate(values) if type(value) is not float]
    products, whole, back = _products(numbers, scale)
    stored: list[Stored] = whole  # type: ignore[assignment]
    left: list[int] = []
    rounded: list[int] = []
    if back != numbers or (whole and not low <= min(whole) <= max(whole) <= high):
        for index, (n, again, number) in enumerate(zip(whole, back, numbers, strict=True)):
            if again == number and low <= n <= high:
                continue
            product = products[index]
            if low <= n <= high and abs(abs(product - n) - 0.5) > abs(product) * 2**-50:
                rounded.append(index)
            else:
                left.append(index)
    for index in others:
        value = values[index]
        if value is None or value == "":
            stored[index] = None
        elif not (isinstance(value, str) and _PLAIN_NUMBER.fullmatch(value)):
            left.append(index)
    return Converted(stored, rounded=rounded), sorted({*left})


def _alike(texts: Sequence[str], scale: _Scale) -> list[int]:
    """Texts of plain numbers that all have as many decimals, scaled exactly and in one go; [] for any others."""
    places = len(texts[0].partition(".")[2])
    step, rest = divmod(scale.times, scale.parts * 10**places)
    joined = "\n".join(texts)
    if rest or places >= _DIGITS or not _column_of(places).fullmatch(joined):
        return []
    found = [*map(mul, map(int, joined.replace(".", "").split("\n")), repeat(step))]
    return found if len(found) == len(texts) else []


@cache
def _column_of(places: int) -> re.Pattern[str]:
    """Plain numbers of so many decimals, one on each line."""
    decimals = rf"\.\d{{{places}}}" if places else ""
    return re.compile(rf"(?:-?\d{{1,{_DIGITS - places}}}{decimals}(?:\n(?!\Z)|\Z))+", re.ASCII)


def _products(numbers: Sequence[float], scale: _Scale) -> tuple[list[float], list[int], list[float]]:
    """The numbers scaled, those rounded, and the rounded ones scaled back."""
    products = [*map(mul, numbers, repeat(float(scale.times)))]
    if scale.parts != 1:
        products = [*map(truediv, products, repeat(scale.parts))]
    whole = [*map(float.__round__, products)]
    parts = whole if scale.parts == 1 else map(mul, whole, repeat(scale.parts))
    return products, whole, [*map(truediv, parts, repeat(scale.times))]


def _plain(value: object) -> float:
    """A cell as a float when it is one, or a text of at most 15 digits; else 0, to be looked at by itself."""
    if type(value) is float:
        return value
    return float(value.replace(",", "")) if isinstance(value, str) and _PLAIN_NUMBER.fullmatch(value) else 0.0


def _keys(values: Sequence[object]) -> Sequence[Hashable]:
    """What tells cells apart: 1, 1.0 and True are equal to Python but not to a reader."""
    types = {*map(type, values)}
    if any(sum(issubclass(one, alike) for one in types) > 1 for alike in (int | float, str)):
        return [*zip(map(type, values), values, strict=True)]
    return values


def _put(found: Converted, places: Sequence[int], keys: Iterable[Hashable], reads: dict[Hashable, _Read]) -> None:
    """Write what the cells mean to their places."""
    if len(places) == len(found.stored):
        found.stored = [reads[key].stored for key in keys]
    odd = {key for key, read in reads.items() if read.fault or read.rounded or len(places) < len(found.stored)}
    for index, key in zip(places, keys, strict=True) if odd else ():
        if key not in odd:
            continue
        read = reads[key]
        found.stored[index] = read.stored
        if read.destroyed:
            found.destroyed[index] = read.fault
        elif read.fault:
            found.raw[index] = str(read.stored), read.fault
        elif read.rounded:
            found.rounded.append(index)


def _read(kind: Kind, value: object, factor: Fraction) -> _Read:
    """What one cell means."""
    if value is MARK:
        return _Read(MARK)
    if isinstance(value, Raw):
        told = "是公式出错，请在原表改正" if value.startswith("#") else "请在 Excel 或 WPS 中打开、保存后再导入"
        return _Read(value, f"单元格显示“{value}”，{told}")
    marked = not isinstance(kind, Text | CreditCode) and isinstance(value, str) and is_mark(value)
    if marked and isinstance(kind, Quantity | Day | Month):
        return _Read(MARK)
    try:
        if isinstance(kind, Quantity):
            return _quantity(kind, value, factor)
        return _Read(kind.parse(value))
    except DestroyedCode as fault:
        return _Read(Raw(shown(value)), str(fault), destroyed=True)
    except BadValue as fault:
        if marked:  # 无 may be 否, or an entry of the code list: only what is nothing else is 不适用
            return _Read(MARK)
        return _Read(Raw(shown(value)), str(fault))


def _quantity(kind: Quantity, value: object, factor: Fraction) -> _Read:
    """A number of another unit, or with more decimals than are stored: rounded half up, and told."""
    if type(value) is float and isfinite(value):
        amount, parts = Decimal(repr(value)).as_integer_ratio()
    else:
        number = (_ANY_PERCENT if kind.unit == "%" else _ANY_NUMBER).parse(value)
        if not isinstance(number, int):
            return _Read(None)
        amount, parts = number, _ANY_NUMBER.step.numerator
    exact = kind.step * factor
    amount, parts = amount * exact.numerator, parts * exact.denominator
    whole = (2 * abs(amount) + parts) // (2 * parts)
    return _Read(kind.bounded(whole if amount >= 0 else -whole), rounded=amount % parts != 0)
