"""Units of measure and exact conversion between them (计量单位).

A :class:`Unit` is a factor to the base unit of its dimension, kept as a fraction, so 亩 ↔ 公顷 ↔ ㎡ and 元 ↔ 万元 ↔ 亿元
convert exactly both ways (1 公顷 = 15 亩 = 10,000 ㎡; ledgers.md §0.1). Units multiply and divide: 万元/亩 is one.

>>> convert(Fraction(25), unit("万元/亩"), unit("万元/公顷"))
Fraction(375, 1)
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from models.text import fold


class UnitError(ValueError):
    """Two quantities that cannot be added, compared or converted; the message says which (Chinese)."""


@dataclass(frozen=True, slots=True)
class Unit:
    """``name`` as shown, ``factor`` base units in one of it, ``powers`` the dimension as sorted (dimension, exponent) pairs."""

    name: str
    factor: Fraction
    powers: tuple[tuple[str, int], ...]

    def __mul__(self, other: Unit) -> Unit:
        return _combine(self, other, 1)

    def __truediv__(self, other: Unit) -> Unit:
        return _combine(self, other, -1)

    @property
    def plain(self) -> bool:
        """True for a bare number, which has no dimension."""
        return not self.powers


NUMBER = Unit("", Fraction(1), ())

_DIMENSIONS: dict[str, dict[str, Fraction]] = {
    "金额": {
        "元": Fraction(1),
        "百元": Fraction(100),
        "千元": Fraction(1000),
        "万元": Fraction(10_000),
        "百万元": Fraction(1_000_000),
        "千万元": Fraction(10_000_000),
        "亿元": Fraction(100_000_000),
    },
    "美元": {
        "美元": Fraction(1),
        "千美元": Fraction(1000),
        "万美元": Fraction(10_000),
        "亿美元": Fraction(100_000_000),
    },
    "原币": {"原币": Fraction(1), "原币万元": Fraction(10_000)},
    "面积": {
        "㎡": Fraction(1),
        "万㎡": Fraction(10_000),
        "亩": Fraction(2000, 3),
        "公顷": Fraction(10_000),
        "平方公里": Fraction(1_000_000),
    },
    "能耗": {"吨标准煤": Fraction(1), "万吨标准煤": Fraction(10_000)},
    "质量": {"千克": Fraction(1, 1000), "吨": Fraction(1), "万吨": Fraction(10_000)},
    "电量": {
        "千瓦时": Fraction(1),
        "兆瓦时": Fraction(1000),
        "万千瓦时": Fraction(10_000),
        "亿千瓦时": Fraction(100_000_000),
    },
    "人": {"人": Fraction(1), "万人": Fraction(10_000)},
    "人次": {"人次": Fraction(1), "万人次": Fraction(10_000)},
    "百分比": {"%": Fraction(1), "‰": Fraction(1, 10)},
    "百分点": {"百分点": Fraction(1)},
    "股": {"股": Fraction(1), "万股": Fraction(10_000), "亿股": Fraction(100_000_000)},
    "倍": {"倍": Fraction(1)},
    "天": {"天": Fraction(1)},
    "年": {"年": Fraction(1)},
    "岁": {"周岁": Fraction(1)},
    "分": {"分": Fraction(1)},
    "级": {"级": Fraction(1)},
} | {
    word: {word: Fraction(1)} for word in ("家", "个", "项", "件", "次", "场", "笔", "宗", "条", "位", "层", "份", "批")
}

_ALIASES = {
    "元": "人民币元,元人民币,yuan",
    "千元": "千元人民币",
    "万元": "人民币万元,万元人民币,万,ten thousand yuan",
    "亿元": "亿元人民币,亿",
    "美元": "usd,美金",
    "万美元": "万美金",
    "亿美元": "亿美金",
    "原币万元": "万原币",
    "㎡": "m2,m²,平方米,平米",
    "万㎡": "万m2,万平方米,万平米",
    "公顷": "ha,hectare,hectares",
    "平方公里": "km2,平方千米",
    "吨标准煤": "吨标煤,tce",
    "万吨标准煤": "万吨标煤",
    "千克": "kg,公斤",
    "吨": "t",
    "兆瓦时": "mwh",
    "千瓦时": "度,kwh,kw·h,千瓦·时",
    "万千瓦时": "万度,万kwh,万kw·h,万千瓦·时",
    "亿千瓦时": "亿度,亿kwh,亿千瓦·时",
    "人": "名",
    "家": "户",
    "周岁": "岁",
    "%": "百分比",
    "百分点": "个百分点",
}

_UNITS = {
    fold(name): Unit(name, factor, ((dimension, 1),))
    for dimension, units in _DIMENSIONS.items()
    for name, factor in units.items()
}
_UNITS |= {fold(alias): _UNITS[fold(name)] for name, aliases in _ALIASES.items() for alias in aliases.split(",")}


def _combine(left: Unit, right: Unit, sign: int) -> Unit:
    powers = dict(left.powers)
    for dimension, exponent in right.powers:
        powers[dimension] = powers.get(dimension, 0) + sign * exponent
    kept = tuple(sorted((d, e) for d, e in powers.items() if e))
    if not kept:
        # 万元/元 is a bare number: the ratio of base amounts, whatever the units were shown in
        return NUMBER
    factor = left.factor * right.factor**sign
    name = f"{left.name}{'·' if sign > 0 else '/'}{right.name}" if right.powers else left.name
    return Unit(name if left.name else f"1/{right.name}" if sign < 0 else right.name, factor, kept)


def find_unit(text: str) -> Unit | None:
    """The unit a heading or a person means by ``text`` (m2, 平方米, 万元, 万元/亩 …); None when it is no unit."""
    parts = [_UNITS.get(part) for part in fold(text).split("/")]
    if not parts or any(part is None for part in parts):
        return None
    found: Unit | None = None
    for part in parts:
        assert part is not None
        found = part if found is None else found / part
    return found


@cache
def unit(text: str) -> Unit:
    """Like :func:`find_unit` but an unknown name is an error naming the nearest one; "" is the bare number."""
    if not text:
        return NUMBER
    found = find_unit(text)
    if found is None:
        near = difflib.get_close_matches(text, [u.name for u in _UNITS.values()], 1)
        raise UnitError(f"没有“{text}”这个计量单位" + (f"，是否想写“{near[0]}”？" if near else ""))
    return found


def convertible(a: Unit, b: Unit) -> bool:
    """Whether amounts in the two units measure the same thing (亩 and 公顷 do, 人 and 人次 do not)."""
    return a.powers == b.powers


def ratio(source: Unit, target: Unit) -> Fraction:
    """How many ``target`` units one ``source`` unit is. Raises :class:`UnitError` when they measure different things."""
    if not convertible(source, target):
        raise UnitError(f"“{source.name or '纯数'}”和“{target.name or '纯数'}”不是同一种量，不能换算")
    return source.factor / target.factor


def convert(amount: Fraction, source: Unit, target: Unit) -> Fraction:
    """``amount`` of ``source`` units in ``target`` units, exactly."""
    return amount * ratio(source, target)
