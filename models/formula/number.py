"""Exact numbers in SQL: a fraction known beforehand times a whole number over another; division is never emitted.

A quotient stays a pair until it is compared, and is then multiplied out. ``bottom`` is always positive, or NULL where it
would be zero: then the number is empty.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import gcd
from typing import Any

from sqlalchemy import ColumnElement, and_, case, false, true

from models.formula.whole import Whole, chosen, whole

Sql = ColumnElement[Any]
ONE = whole(1)


@dataclass(frozen=True, eq=False)
class Number:
    """``scale * top / bottom``, in base units; ``scale`` is positive, no ``bottom`` means 1."""

    top: Whole
    scale: Fraction = Fraction(1)
    bottom: Whole | None = None

    @property
    def under(self) -> Whole:
        """The divisor, 1 when there is none."""
        return self.bottom or ONE

    def __add__(self, other: Number) -> Number:
        return _joined(self, other, lambda a, b: a + b)

    def __sub__(self, other: Number) -> Number:
        return _joined(self, other, lambda a, b: a - b)

    def __mul__(self, other: Number) -> Number:
        bottom = None if self.bottom is None and other.bottom is None else self.under * other.under
        return Number(self.top * other.top, self.scale * other.scale, bottom)

    def __truediv__(self, other: Number) -> Number:
        divisor = other.top
        top = self.top * other.under
        if divisor.known:
            return Number(
                top * whole(1 if divisor.low > 0 else -1), self.scale / other.scale / abs(divisor.low), self.bottom
            )
        if divisor.low < 0:
            top = chosen(divisor.compare("<", whole(0)), whole(0) - top, top)
        positive = divisor.size().non_zero()
        return Number(top, self.scale / other.scale, positive if self.bottom is None else self.bottom * positive)

    def times(self, factor: Fraction) -> Number:
        """The number times a positive fraction."""
        return Number(self.top, self.scale * factor, self.bottom)

    def compare(self, op: str, other: Number) -> Sql:
        """``self op other``, unknown where either is empty."""
        one, other = _like(self, other), _like(other, self)
        ours, theirs, _ = _aligned(one.scale, other.scale)
        return (self.top * other.under * whole(ours)).compare(op, other.top * self.under * whole(theirs))

    def size(self) -> Number:
        """The absolute value."""
        return Number(self.top.size(), self.scale, self.bottom)

    def floor(self, step: Fraction) -> Number:
        """The greatest multiple of ``step`` that is not above the number."""
        parts = self.scale / step
        top, bottom = self.top * whole(parts.numerator), self.under * whole(parts.denominator)
        if bottom.known and bottom.low == 1:
            return Number(top, step)
        rest = top - top.modulo(bottom)
        return Number(rest, step / bottom.low) if bottom.known else Number(rest, step, bottom)

    def rounded(self, step: Fraction) -> Number:
        """The nearest whole number of ``step``, half away from zero, without a divisor: it may be added up."""
        parts = self.scale / step
        top, bottom = self.top * whole(parts.numerator), self.under * whole(parts.denominator)
        return Number(top.share(bottom), step)

    def or_zero(self) -> Number:
        """The number, zero where it is empty."""
        if self.bottom is None:
            return Number(self.top.or_else(0), self.scale)
        top, bottom = self.top, self.bottom
        filled = and_(top.sql.is_not(None), bottom.sql.is_not(None))
        nothing = Whole(case((filled, top.sql), else_=whole(0).sql), min(top.low, 0), max(top.high, 0), top.wide)
        return Number(nothing, self.scale, bottom.or_else(1))

    def else_one(self) -> Number:
        """The number, 1 where it is empty, as a product of nothing is; only of numbers on no scale of their own."""
        assert self.scale == 1
        return Number(self.top.or_else(1), self.scale, self.bottom.or_else(1) if self.bottom else None)

    def where(self, test: Sql) -> Number:
        """The number, or nothing where the test does not hold."""
        return Number(self.top.where(test), self.scale, self.bottom)

    def filled(self) -> Sql:
        """Whether there is a number."""
        here = self.top.sql.is_not(None)
        return here if self.bottom is None else and_(here, self.bottom.sql.is_not(None))


def constant(value: Fraction) -> Number:
    """A known number."""
    if value == 0:
        return Number(whole(0))
    return Number(whole(1 if value > 0 else -1), abs(value))


def either(test: Sql, yes: Number, no: Number) -> Number:
    """``yes`` or ``no`` as a condition holds; nothing where it is unknown."""
    ours, theirs, scale = _aligned(yes.scale, no.scale)
    top = chosen(test, yes.top * whole(ours), no.top * whole(theirs))
    if yes.bottom is None and no.bottom is None:
        return Number(top, scale)
    return Number(top, scale, chosen(test, yes.under, no.under))


def either_sql(test: Sql, yes: Sql, no: Sql) -> Sql:
    """Like :func:`either` for texts, dates and conditions."""
    return case({true(): yes, false(): no}, value=test)


def _aligned(a: Fraction, b: Fraction) -> tuple[int, int, Fraction]:
    """Whole numbers m, n without common factor and a fraction s with a = m*s, b = n*s."""
    step = Fraction(gcd(a.numerator * b.denominator, b.numerator * a.denominator), a.denominator * b.denominator)
    return int(a / step), int(b / step), step


def _like(a: Number, b: Number) -> Number:
    """``a``; a known zero on the scale of ``b``."""
    return Number(a.top, b.scale) if a.top.known and not a.top.low and a.bottom is None else a


def _joined(a: Number, b: Number, operate: Any) -> Number:
    """The sum or difference on one denominator."""
    a, b = _like(a, b), _like(b, a)
    ours, theirs, scale = _aligned(a.scale, b.scale)
    if a.bottom is b.bottom:
        return Number(operate(a.top * whole(ours), b.top * whole(theirs)), scale, a.bottom)
    top = operate(a.top * b.under * whole(ours), b.top * a.under * whole(theirs))
    bottom = b.bottom if a.bottom is None else a.bottom if b.bottom is None else a.bottom * b.bottom
    return Number(top, scale, bottom)
