"""Kinds of field: each owns how its values are read, shown and stored; nothing else converts (style: one field, one definition).

Stored values are what the data file holds, exactly: integers of the smallest unit for quantities, ``yyyymmdd`` integers for
dates (``yyyymm00`` or ``yyyy0000`` where the day or month is not known), ``yyyymm`` for months, 0/1 for flags, code texts for
choices, 16 bytes for a reference, text for text. Text that does not fit its kind is kept as :class:`Raw`, never lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import ClassVar

from models.codes import code_list
from models.dates import parse_date, parse_month, show_date, show_month
from models.numbers import decimal_of, half_up, read_number
from models.text import clean, fold
from models.units import Unit, ratio, unit
from models.uscc import compact, looks_destroyed


class Raw(str):
    """Text kept as typed because it does not fit its field's kind; shown red, unknown to every formula."""

    __slots__ = ()


Stored = int | str | bytes | Raw | None
NOT_APPLICABLE = ("—", "-", "--", "－", "——", "/", "无", "不适用", "不涉及")


class BadValue(ValueError):
    """A value that does not fit its kind; the message is one Chinese sentence."""


class DestroyedCode(BadValue):
    """A code that Excel has turned into a rounded number: its last digits are gone for good."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What every kind can do. ``parse`` takes text or a cell's value, ``show`` and ``edit`` give the text to read and to type over."""

    numeric: ClassVar[bool] = False

    def parse(self, value: object) -> Stored:
        """The stored value meant by ``value``; None when it is blank. Raises :class:`BadValue`."""
        raise NotImplementedError

    def show(self, stored: Stored) -> str:
        """The text shown for a stored value ("" for none)."""
        return "" if stored is None else str(stored)

    def edit(self, stored: Stored) -> str:
        """The text to start editing from; parsing it gives the stored value back."""
        return self.show(stored)

    def coarser(self, one: Stored, other: Stored) -> bool:
        """Whether ``one`` says the same as ``other``, but less exactly (2019-03 beside 2019-03-15). A figure never does."""
        return False


@dataclass(frozen=True, slots=True)
class Text(Kind):
    """Text of at most ``limit`` characters, one line unless ``lines``; ``nested`` for 区划代码, where 3607 holds 360703."""

    limit: int = 200
    lines: bool = False
    nested: bool = False

    def parse(self, value: object) -> Stored:
        if value is None:
            return None
        text = _cell_text(value)
        text = "\n".join(filter(None, map(clean, text.splitlines()))) if self.lines else clean(text)
        if len(text) > self.limit:
            raise BadValue(f"有 {len(text)} 个字，最多 {self.limit} 个")
        return text or None

    def coarser(self, one: Stored, other: Stored) -> bool:
        if not self.nested or not (isinstance(one, str) and isinstance(other, str) and one.isdecimal()):
            return False
        outer, inner = _without_zeros(one), _without_zeros(other)
        return outer != inner and other.isdecimal() and bool(outer) and inner.startswith(outer)


@dataclass(frozen=True, slots=True)
class CreditCode(Kind):
    """统一社会信用代码: normalised on entry; a wrong one is still kept as text, the audit names what is wrong with it."""

    def parse(self, value: object) -> Stored:
        if value is None or value == "":
            return None
        if looks_destroyed(value):
            shown = value if isinstance(value, str) else f"{value:.5E}"  # as the cell shows it
            raise DestroyedCode(f"“{shown}”：Excel 已丢掉后几位，请向企业重新要这个代码，单元格设成文本再填")
        return compact(_cell_text(value)) or None


@dataclass(frozen=True, slots=True)
class Choice(Kind):
    """One entry of a code list, stored as its code."""

    codes: str = ""

    def parse(self, value: object) -> Stored:
        text = _cell_text(value)
        if not clean(text):
            return None
        found = code_list(self.codes).find(text)
        if found is None:
            raise BadValue(f"“{clean(text)}”不在“{self.codes}”代码表里")
        return found.code

    def show(self, stored: Stored) -> str:
        if stored is None or isinstance(stored, Raw):
            return stored or ""
        found = code_list(self.codes).get(str(stored))
        return found.name if found else str(stored)

    def edit(self, stored: Stored) -> str:
        name = self.show(stored)
        if (
            not name
            or isinstance(stored, Raw)
            or code_list(self.codes).find(name) == code_list(self.codes).get(str(stored))
        ):
            return name
        return str(stored)  # 其他农业 is 0190 before it is 019

    def coarser(self, one: Stored, other: Stored) -> bool:
        return one != other and code_list(self.codes).under(str(other), str(one))


@dataclass(frozen=True, slots=True)
class Flag(Kind):
    """是 or 否, stored as 1 or 0."""

    _TRUE: ClassVar[frozenset[str]] = frozenset(
        map(fold, ("是", "1", "y", "yes", "true", "√", "✓", "✔", "有", "对", "t"))
    )
    _FALSE: ClassVar[frozenset[str]] = frozenset(
        map(fold, ("否", "0", "n", "no", "false", "×", "✗", "x", "无", "没有", "不是", "f"))
    )

    def parse(self, value: object) -> Stored:
        if isinstance(value, bool):
            return int(value)
        text = fold(_cell_text(value))
        if not text:
            return None
        if text in self._TRUE or text in self._FALSE:
            return int(text in self._TRUE)
        raise BadValue(f"“{clean(_cell_text(value))}”看不出是“是”还是“否”")

    def show(self, stored: Stored) -> str:
        return stored if isinstance(stored, Raw) else "" if stored is None else "是" if stored else "否"


@dataclass(frozen=True, slots=True)
class Quantity(Kind):
    """A number with a unit. ``unit`` is the one shown and typed; stored are whole 10**-``scale`` parts of the base unit.

    ``places`` are the decimals shown; ``low`` and ``high`` bound the *stored* value so that SQL's 64 bits are never left.
    """

    numeric: ClassVar[bool] = True
    unit: str = ""
    scale: int = 0
    places: int = 0
    high: int = 10**13
    low: int = -(10**13)

    @property
    def measure(self) -> Unit:
        """The unit as an object."""
        return unit(self.unit)

    @property
    def step(self) -> Fraction:
        """How many stored parts one shown unit is (万元 stored as 元: 10,000)."""
        return _step(self.unit, self.scale)

    def parse(self, value: object) -> Stored:
        try:
            amount = read_number(value, percent=self.unit == "%")
        except ValueError as error:
            raise BadValue(str(error)) from None
        if amount is None:
            return None
        stored = self.bounded(half_up(Fraction(amount) * self.step))
        if not isinstance(value, float):
            decimals = max(0, -int(amount.as_tuple().exponent))
            if decimal_of(self.amount(stored), decimals) != amount:
                raise BadValue(f"“{value}”的小数太长，这里只存到 {self._as_decimal(1):f} {self.unit}".rstrip())
        return stored

    def bounded(self, stored: int) -> int:
        """``stored`` itself when it is in bounds; raises :class:`BadValue`."""
        if not self.low <= stored <= self.high:
            word = "太大" if stored > self.high else "太小"
            unit = f"计量单位是不是{self.unit}" if self.unit else "这个数"
            raise BadValue(f"{self._as_decimal(stored):,f} {self.unit}{word}，请核对{unit}")
        return stored

    def amount(self, stored: int) -> Fraction:
        """A stored value in the shown unit, exactly."""
        return Fraction(stored) / self.step

    def store(self, amount: Fraction, source: Unit | None = None) -> int:
        """An amount given in ``source`` (default: the shown unit) as a stored value, rounded half up to the smallest part."""
        factor = ratio(source, self.measure) if source else Fraction(1)
        return self.bounded(half_up(amount * factor * self.step))

    def rounded(self, stored: int, places: int) -> Decimal:
        """A stored value in the shown unit with ``places`` decimals, half up; whole numbers only, for it is asked for every cell."""
        step = self.step
        top = stored * step.denominator * int(10**places)
        whole = (2 * abs(top) + step.numerator) // (2 * step.numerator)
        return Decimal(whole if top >= 0 else -whole).scaleb(-places)

    def _as_decimal(self, stored: int) -> Decimal:
        return self.rounded(stored, 6).normalize()

    def show(self, stored: Stored) -> str:
        if not isinstance(stored, int):
            return stored if isinstance(stored, Raw) else ""
        return f"{self.rounded(stored, self.places):,f}"

    def edit(self, stored: Stored) -> str:
        if not isinstance(stored, int):
            return self.show(stored)
        step, places = self.step, self.places
        # as many decimals as give the stored value back; of most units (万元) some number gives it exactly
        while stored * step.denominator * 10**places % step.numerator and places < 12:
            if half_up(Fraction(self.rounded(stored, places)) * step) == stored:
                break
            places += 1
        return f"{self.rounded(stored, places):f}"


@dataclass(frozen=True, slots=True)
class Day(Kind):
    """A date, stored yyyymmdd; the day, or month and day, may be unknown (00)."""

    def parse(self, value: object) -> Stored:
        if _is_blank(value):
            return None
        try:
            return parse_date(value)
        except ValueError as error:
            raise BadValue(str(error)) from None

    def show(self, stored: Stored) -> str:
        return show_date(stored) if isinstance(stored, int) else stored if isinstance(stored, Raw) else ""

    def coarser(self, one: Stored, other: Stored) -> bool:
        if not (isinstance(one, int) and isinstance(other, int)) or one == other:
            return False
        return one in {other // 100 * 100, other // 10000 * 10000}


@dataclass(frozen=True, slots=True)
class Month(Kind):
    """A year and month, stored yyyymm."""

    def parse(self, value: object) -> Stored:
        if _is_blank(value):
            return None
        try:
            return parse_month(value)
        except ValueError as error:
            raise BadValue(str(error)) from None

    def show(self, stored: Stored) -> str:
        return show_month(stored) if isinstance(stored, int) else stored if isinstance(stored, Raw) else ""


@dataclass(frozen=True, slots=True)
class Reference(Kind):
    """Another ledger's record, stored as its id; finding it by code or name is the store's work."""

    ledger: str = ""

    def parse(self, value: object) -> Stored:
        if value is None or isinstance(value, bytes):
            return value
        text = clean(_cell_text(value))
        if not text:
            return None
        raise BadValue(f"“{text}”不在名录里")

    def show(self, stored: Stored) -> str:
        return (
            stored
            if isinstance(stored, Raw)
            else ""
            if stored is None
            else bytes(stored).hex()
            if isinstance(stored, bytes)
            else str(stored)
        )


@cache
def _step(name: str, scale: int) -> Fraction:
    return unit(name).factor * int(10**scale)


def _is_blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not clean(value))


def _without_zeros(code: str) -> str:
    """A 区划代码 without the pairs of noughts that stand for “all of it”: 360700 → 3607."""
    while len(code) > 2 and code.endswith("00"):
        code = code[:-2]
    return code


def _cell_text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return str(value.date())
    return "" if value is None else str(value)


__all__ = [
    "NOT_APPLICABLE", "BadValue", "Choice", "CreditCode", "Day", "DestroyedCode", "Flag", "Kind", "Month", "Quantity", "Raw", "Reference",
    "Stored", "Text", "decimal_of",
]  # fmt: skip
