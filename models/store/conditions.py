"""What a clerk writes over a column to see only some rows: >1000, 100~500, 空, 3973, 电子, dz, 2023年, 不是…; read into tests.

A condition is one or more alternatives parted by 或; of numbers and dates two bounds parted by a space or 且 both hold. Each test
knows how to be asked of a stored value; models/store/filtering.py asks the same of the database.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from models.codes import CodeList, code_list
from models.columns import MARK, is_mark
from models.dates import parse_date
from models.fields import Field
from models.kinds import BadValue, Choice, Day, Flag, Month, Quantity, Raw, Stored
from models.text import clean, fold
from models.units import Unit, UnitError, unit

_OR, _OR_TEXT, _CODES = (
    re.compile(r"\s*(?:或|\|)\s*"),
    re.compile(r"\s+或\s+|\s*\|\s*"),
    re.compile(r"[\s、,，;；·・]+"),
)
_AND = re.compile(r"\s*且\s*|\s+(?=[<>=≤≥≠＜＞＝])")
_SPAN = re.compile(r"(.+?)\s*(?:~|～|—|–|\.\.|至|到)\s*(.+)")
_DASH = re.compile(r"([\d.,]+)\s*-\s*([\d.,]+)")
_SIGN = re.compile(r"(>=|<=|<>|!=|>|<|=|≥|≤|≠|大于等于|不小于|小于等于|不大于|大于|小于|等于|不等于)\s*(.+)")
_SIGNS = {
    "≥": ">=", "≤": "<=", "≠": "!=", "<>": "!=", "大于等于": ">=", "不小于": ">=", "小于等于": "<=", "不大于": "<=", "大于": ">",
    "小于": "<", "等于": "=", "不等于": "!=",
}  # fmt: skip
_NOT = re.compile(r"(?:不是|不含|不包含|[!！])\s*(.+)")
_AMOUNT = re.compile(r"(.*?[\d.])\s*([^\d.\s,)）]*)")
_BLANK = frozenset({"空", "空白", "未填", "没填", "缺", "缺项"})
_FILLED = frozenset({"非空", "已填", "有", "不空"})


class BadCondition(ValueError):
    """A condition that cannot be read; the message is one Chinese sentence."""


@dataclass(frozen=True, slots=True)
class Test:
    """One test of a value: within bounds, one of some, holding or beginning with a text, empty, 不适用; ``negated`` the contrary.

    What is not filled in passes no test but ``blank`` and the contraries.
    """

    low: int | None = None
    high: int | None = None
    among: frozenset[Stored] | None = None
    within: tuple[str, ...] = ()  # the text in the ways it may have been written
    begins: bool = False
    whole: bool = False
    blank: bool = False
    mark: bool = False
    negated: bool = False

    def holds(self, value: Stored) -> bool:
        """Whether a stored value (of a reference: its title) passes."""
        return self._plain(value) is not self.negated

    def _plain(self, value: Stored) -> bool:
        if self.blank or self.mark:
            return value is None if self.blank else isinstance(value, Raw) and value == MARK
        if value is None or isinstance(value, Raw):
            return False
        if self.among is not None:
            return value in self.among
        if self.within:
            return any(self._fits(str(value).lower(), each.lower()) for each in self.within)
        assert isinstance(value, int)
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)

    def _fits(self, value: str, text: str) -> bool:
        return value == text if self.whole else value.startswith(text) if self.begins else text in value


BLANK = Test(blank=True)
Read = Callable[[str], Test]


def read_condition(field: Field, text: str, year: int) -> tuple[tuple[Test, ...], ...]:
    """Alternatives, each of tests that all hold; ``year`` is the one a date without year means. Raises :class:`BadCondition`."""
    parts = (_OR if _plain_kind(field) else _OR_TEXT).split(clean(text))
    return tuple(_all_of(field, part, year) for part in parts if part)


def _plain_kind(field: Field) -> bool:
    return isinstance(field.kind, Quantity | Day | Month | Flag | Choice)


def _all_of(field: Field, text: str, year: int) -> tuple[Test, ...]:
    word = fold(text).removeprefix("=")
    if word in _BLANK or word in _FILLED:
        return (replace(BLANK, negated=word in _FILLED),)
    if _plain_kind(field) and is_mark(text) and not (isinstance(field.kind, Flag) and word == "无"):
        return (Test(mark=True),)
    match field.kind:
        case Quantity():
            return _bounds(text, lambda part: _amount(field.kind, part))  # type: ignore[arg-type]
        case Day() | Month():
            days = isinstance(field.kind, Day)
            return _bounds(text, lambda part: _days(part, year, days=days))
    found = _NOT.fullmatch(text) or re.fullmatch(r"(?:≠|<>|!=)\s*(.+)", text)
    test = _one(field, found[1] if found else text)
    return (replace(test, negated=bool(found)),)


def _one(field: Field, text: str) -> Test:
    text = text.strip()
    match field.kind:
        case Flag():
            try:
                return Test(among=frozenset({field.kind.parse(text.removeprefix("="))}))
            except BadValue as error:
                raise BadCondition(f"{error}；也可以写 空、非空") from None
        case Choice(codes=codes):
            return Test(among=_codes(code_list(codes), text.removeprefix("=")))
    begins = text.endswith("*")
    whole = text.startswith(("=", "＝"))
    return Test(within=_spellings(text.strip("*=＝ ")), begins=begins, whole=whole)


def _spellings(text: str) -> tuple[str, ...]:
    """The ways a text may have been written: full-width and half-width brackets and letters."""
    half = fold(text)
    full = text.replace("(", "（").replace(")", "）")
    ways = (text, full, text.replace("（", "(").replace("）", ")"), half)
    return tuple(dict.fromkeys(filter(None, ways)))


def _codes(codes: CodeList, text: str) -> frozenset[Stored]:
    """Every code the words mean, with all below them."""
    found: set[str] = set()
    for word in filter(None, _CODES.split(text)):
        one = codes.find(word, typed=True)
        meant = {one.code} if one else {code.code for code in codes.search(word, limit=len(codes))}
        if not meant:
            raise BadCondition(f"“{word}”不在“{codes.title}”里，可以写代码、名称里的字或拼音")
        found |= {code for code in codes if any(codes.under(code, each) for each in meant)}
    return frozenset(found)


# --- figures and dates


def _bounds(text: str, value: Callable[[str], tuple[int, int]]) -> tuple[Test, ...]:
    """The tests of a condition on figures; ``value`` gives the first and last stored value a part means."""
    return tuple(_bound(part, value) for part in _AND.split(text) if part)


def _bound(text: str, value: Callable[[str], tuple[int, int]]) -> Test:
    negated = _NOT.fullmatch(text)
    text = negated[1] if negated else text
    plain = text.replace("＞", ">").replace("＜", "<").replace("＝", "=").replace("！", "!")
    signed = _SIGN.fullmatch(plain)
    span = _SPAN.fullmatch(plain) or _DASH.fullmatch(plain)
    if signed:
        first, last = value(signed[2])
        sign = _SIGNS.get(signed[1], signed[1])
        return {
            ">": Test(low=last + 1),
            "<": Test(high=first - 1),
            ">=": Test(low=first),
            "<=": Test(high=last),
            "=": Test(low=first, high=last),
            "!=": Test(low=first, high=last, negated=True),
        }[sign]
    if span and not _readable(plain, value):
        return Test(low=value(span[1])[0], high=value(span[2])[1], negated=bool(negated))
    first, last = value(plain)
    return Test(low=first, high=last, negated=bool(negated))


def _readable(text: str, value: Callable[[str], tuple[int, int]]) -> bool:
    """2023-11 is a month, no span."""
    try:
        value(text)
    except BadCondition:
        return False
    return True


def _amount(kind: Quantity, text: str) -> tuple[int, int]:
    """A number, in the field's unit or the one written behind it (5亿元): what is shown as that number."""
    parts = _AMOUNT.fullmatch(fold(text).replace("。", "."))
    try:
        plain = Quantity("", scale=12, high=10**30, low=-(10**30)).parse(parts[1] if parts else text)
        if not isinstance(plain, int):
            raise BadCondition("写一个数，如 >1000、100~500；也可以写 空、非空")
        amount = Fraction(plain, 10**12)
        stored = kind.store(amount, _unit_of(parts[2] if parts else "", kind))
    except (BadValue, UnitError) as error:
        raise BadCondition(f"{error}；可以写 >1000、100~500、空、非空") from None
    return stored, stored


def _unit_of(text: str, kind: Quantity) -> Unit | None:
    """The unit written behind a number; 万 and 亿 alone count the field's own (8万 of 万元 are 8万元)."""
    if not text:
        return None
    return unit(text + kind.unit.lstrip("百千万亿")) if text in {"万", "亿"} else unit(text)


def _days(text: str, year: int, *, days: bool) -> tuple[int, int]:
    """The first and last stored date that a year, month or day takes in."""
    known = {"本年": str(year), "今年": str(year), "上年": str(year - 1), "去年": str(year - 1)}
    text = known.get(text, text)
    short = re.fullmatch(r"(\d{1,2})(?:[-/.]|月)(\d{1,2})日?", fold(text))
    month = re.fullmatch(r"(\d{1,2})月", fold(text))
    text = f"{year}-{short[1]}-{short[2]}" if short else f"{year}-{month[1]}" if month else text
    try:
        found = parse_date(text)
    except ValueError as error:
        raise BadCondition(f"{error}；也可以写 2023、2023-11、>2023-06、2021~2023、空、非空") from None
    last = found if found % 100 else found + 99 if found // 100 % 100 else found + 9999
    return (found, last) if days else (found // 100, last // 100)


def passes(alternatives: Iterable[tuple[Test, ...]], value: Stored) -> bool:
    """Whether a value passes a condition."""
    return any(all(test.holds(value) for test in tests) for tests in alternatives)
