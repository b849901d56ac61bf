"""Whole-number SQL expressions that know their bounds, so that no operation leaves 64 bits unnoticed."""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, case, false, func, literal_column, true

from models.formula import wide

MOST = 2**63 - 1
Sql = ColumnElement[Any]
COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "=": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Whole:
    """``sql`` is an integer from ``low`` to ``high``, or NULL; ``known`` for a constant; a ``wide`` one may not fit 64 bits."""

    sql: Sql
    low: int
    high: int
    wide: bool = False
    known: bool = False

    def __add__(self, other: Whole) -> Whole:
        if other.known and other.low == 0:
            return self
        if self.known and self.low == 0:
            return other
        return _operated(self, other, wide.Add, lambda a, b: a + b, (self.low + other.low, self.high + other.high))

    def __sub__(self, other: Whole) -> Whole:
        if other.known and other.low == 0:
            return self
        low, high = self.low - other.high, self.high - other.low
        if not (self.known and other.known) and (self.wide or other.wide or max(-low, high) > MOST):
            return self + other * whole(-1)
        return _operated(self, other, wide.Add, lambda a, b: a - b, (low, high))

    def __mul__(self, other: Whole) -> Whole:
        for one, rest in ((self, other), (other, self)):
            if one.known and one.low == 1:
                return rest
        corners = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return _operated(self, other, wide.Multiply, lambda a, b: a * b, (min(corners), max(corners)))

    def compare(self, op: str, other: Whole) -> Sql:
        """The condition ``self op other``."""
        pair = (
            (wide.Compare(self.sql, other.sql), literal_column("0", BigInteger))
            if self.wide or other.wide
            else (self.sql, other.sql)
        )
        found: Sql = COMPARE[op](*pair)
        return found

    def size(self) -> Whole:
        """The absolute value."""
        if self.low >= 0:
            return self
        high = max(-self.low, self.high)
        if self.wide:
            return chosen(self.compare("<", whole(0)), whole(0) - self, self)
        return Whole(func.abs(self.sql, type_=BigInteger), 0, high)

    def modulo(self, other: Whole) -> Whole:
        """The remainder by a positive number, never negative."""
        high = other.high - 1
        if self.wide or other.wide or other.high > MOST // 4:
            return Whole(wide.Modulo(self.sql, other.sql), 0, high, wide=True)
        if self.low >= 0:
            return Whole(self.sql % other.sql, 0, high)
        return Whole((self.sql % other.sql + other.sql) % other.sql, 0, high)

    def share(self, other: Whole) -> Whole:
        """The nearest whole number to this one over a positive one, half away from zero."""
        least = max(other.low, 1)
        low, high = (-(2 * abs(end) + least) // (2 * least) for end in (self.low, self.high))
        low, high = low if self.low < 0 else 0, -high if self.high > 0 else 0
        return Whole(wide.Share(self.sql, other.sql), low, high, wide=max(-low, high) > MOST)

    def or_else(self, value: int) -> Whole:
        """The number, or ``value`` where there is none."""
        sql = func.coalesce(self.sql, whole(value).sql, type_=BigInteger)
        return Whole(sql, min(self.low, value), max(self.high, value), self.wide)

    def where(self, test: Sql) -> Whole:
        """The number, or nothing where the test does not hold."""
        return Whole(case((test, self.sql)), self.low, self.high, self.wide)

    def non_zero(self) -> Whole:
        """The number, or nothing where it is zero (so that a quotient by it is empty)."""
        if self.low > 0 or self.high < 0:
            return self
        if self.wide:
            return self.where(self.compare("!=", whole(0)))
        return Whole(func.nullif(self.sql, whole(0).sql, type_=BigInteger), self.low, self.high)


def whole(value: int) -> Whole:
    """A known number."""
    if abs(value) > MOST:
        return Whole(literal_column(f"'{value}'", BigInteger), value, value, wide=True, known=True)
    return Whole(literal_column(str(value), BigInteger), value, value, known=True)


def _operated(
    a: Whole, b: Whole, far: type[wide.Wide], near: Callable[[Any, Any], Any], bounds: tuple[int, int]
) -> Whole:
    """The operation, by plain operators where the bounds say that it fits."""
    if a.known and b.known:
        return whole(near(a.low, b.low))
    low, high = bounds
    if a.wide or b.wide or max(-low, high) > MOST:
        return Whole(wide.chain(far, a.sql, b.sql), low, high, wide=True)
    return Whole(near(a.sql, b.sql), low, high)


def chosen(test: Sql, yes: Whole, no: Whole) -> Whole:
    """``yes`` where the test holds, ``no`` where it does not, nothing where that is unknown."""
    sql = case({true(): yes.sql, false(): no.sql}, value=test)
    return Whole(sql, min(yes.low, no.low), max(yes.high, no.high), yes.wide or no.wide)
