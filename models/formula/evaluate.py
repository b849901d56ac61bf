"""What stands outside set functions, worked out in Python with exact fractions; None is empty, or unknown for a condition."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import trunc
from typing import Any

from models.dates import as_date
from models.formula.growth import annual
from models.formula.listed import listed_in
from models.formula.styles import matches
from models.formula.tree import Aggregate, Const, Func, Kind, Member, Moment, Node, Shown
from models.formula.whole import COMPARE

Given = Any  # Fraction in base units, text, yyyymmdd, bool, or None


@dataclass(frozen=True)
class Evaluator:
    """``found`` are the values of the set functions, ``moments`` the constants of the report period."""

    found: Mapping[Aggregate, Given]
    moments: Mapping[str, int]

    def value(self, node: Node) -> Given:
        """The value of a node."""
        match node:
            case Aggregate():
                return self.found[node]
            case Const(value=value):
                return value
            case Moment(name=name):
                return Fraction(self.moments[name]) if node.type.kind is Kind.NUMBER else self.moments[name]
            case Shown(of=of, times=times):
                value = self.value(of)
                return value * times if isinstance(value, Fraction) else value
            case Member(of=of, values=values):
                value = self.value(of)
                return None if value is None else value in values
            case Func(name=name, args=args):
                return (
                    self._lazy(name, args) if name in _LAZY else self._strict(node, [self.value(arg) for arg in args])
                )
        raise AssertionError(node)

    def _lazy(self, name: str, args: tuple[Node, ...]) -> Given:
        """Those that may have a value though one of their arguments has none."""
        values = [self.value(arg) for arg in args]
        match name:
            case "and":
                return False if False in values else None if None in values else True
            case "or":
                return True if True in values else None if None in values else False
            case "已填":
                return values[0] is not None
            case "按零":
                return Fraction(0) if values[0] is None else values[0]
        return None if values[0] is None else values[1] if values[0] else values[2]

    def _strict(self, node: Func, values: list[Given]) -> Given:
        if None in values:
            return None
        first = values[0]
        if node.name in COMPARE:
            return COMPARE[node.name](*values)
        if node.name == "取整":
            step = node.type.unit.factor
            return first // step * step
        return _STRICT[node.name](*values)


def _days(begin: int, end: int) -> Fraction:
    return Fraction((as_date(end) - as_date(begin)).days)


def _years(begin: int, end: int) -> Fraction:
    whole = [day.year * 10000 + day.month * 100 + day.day for day in map(as_date, (begin, end))]
    return Fraction(trunc(Fraction(whole[1] - whole[0], 10000)))


_LAZY = {"and", "or", "若", "已填", "按零"}
_STRICT: dict[str, Callable[..., Given]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": lambda a, b: a / b if b else None,
    "not": operator.not_,
    "绝对值": abs,
    "年均增长": annual,
    "长度": lambda text: Fraction(len(text)),
    "行数": lambda text: Fraction(text.count("\n") + 1),
    "开头是": lambda text, *heads: text.startswith(heads),
    "列有": lambda text, *values: not listed_in(text).isdisjoint(values),
    "符合": lambda text, style: bool(matches(text, style)),
    "天数": _days,
    "满年": _years,
    "年": lambda day: Fraction(day // 10000),
    "月": lambda day: Fraction(day // 100 % 100) if day // 100 % 100 else None,
}
