"""Growth over several years: 年均增长 between two figures, 定基指数 of a yearly rate on one row (indicators.md JX09, JX13)."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from models.formula import syntax
from models.formula.combine import PERCENT, Mismatch, arithmetic, common
from models.formula.names import YEAR, Place
from models.formula.tree import COUNT, FLAG, Aggregate, Cell, Const, Func, Kind, Node, Path, Type, Years
from models.units import unit

if TYPE_CHECKING:
    from models.formula.check import Checker

DIGITS = 40  # decimals that a root is reckoned to; an exact root is given exactly
LONGEST = 200  # years; a greater number is a count of something else, whose root would keep the program busy
EVERY = Years(every=True)


def annual_growth(checker: Checker, call: syntax.Call) -> Node:
    """年均增长(现值, 基值, 年数): a figure only, for a root is no whole number of anything."""
    if checker.rows.place is not None:
        checker.fail(call, "“年均增长”只能写在指标里、合计和计数的外面")
    now, base, years = map(checker.number, call.args)
    try:
        now, base = common(now, base, (checker.source(call.args[0]), checker.source(call.args[1])), "比较")
    except Mismatch as found:
        checker.fail(call, found.fault)
    if not years.type.unit.plain and years.type.unit.powers != unit("年").powers:
        checker.fail(call.args[2], f"{checker.source(call.args[2])}不是年数")
    return Func(name="年均增长", args=(now, base, years), type=Type(Kind.NUMBER, unit("%")))


def annual(now: Fraction, base: Fraction, years: Fraction) -> Fraction | None:
    """((now / base) ^ (1 / years) − 1) × 100; None where the base is not above zero, the figure below it, or the years are none."""
    if base <= 0 or now < 0 or not 0 < years <= LONGEST or years.denominator != 1:
        return None
    return (_root(now / base, years.numerator) - 1) * 100


def _root(value: Fraction, degree: int) -> Fraction:
    """The root of a fraction not below zero: exact where it is a fraction, else to DIGITS decimals."""
    top, bottom = _whole_root(value.numerator, degree), _whole_root(value.denominator, degree)
    if top**degree == value.numerator and bottom**degree == value.denominator:
        return Fraction(top, bottom)
    many = 10**DIGITS
    return Fraction(_whole_root(value.numerator * many**degree // value.denominator, degree), many)


def _whole_root(value: int, degree: int) -> int:
    """The greatest whole number whose power is not above ``value``, by Newton's method from above."""
    if value < 2:
        return value
    guess = 1 << -(-value.bit_length() // degree)
    while True:
        better = ((degree - 1) * guess + value // guess ** (degree - 1)) // degree
        if better >= guess:
            return guess
        guess = better


def fixed_base_index(checker: Checker, call: syntax.Call) -> Node:
    """定基指数(增速, 基期): Π(1 + 增速 ÷ 100) over the years after the base up to this row's; empty when one is missing."""
    rate, base = map(checker.number, call.args)
    place = checker.rows.place
    if place is None or not isinstance(rate, Cell) or rate.path != place.path or rate.type.unit.powers != PERCENT:
        checker.fail(call.args[0], "“定基指数”的第一项要是本行的一个增速（%），写在一行的公式里")
    if not isinstance(base, Const) or base.type.unit.powers != unit("年").powers:
        checker.fail(call.args[1], "“定基指数”的第二项要是基期的年份，如 2020年")
    ledger, own = place.ledger, Path()
    if not ledger.dated:
        checker.fail(call, f"“{ledger.label}”不按年记，没有“定基指数”")
    base = Const(value=base.value, type=COUNT)
    this = Cell(path=own, field=YEAR, label="年度", type=COUNT)
    until = Cell(path=place.path, field=YEAR, label="年度", outer=True, type=COUNT)
    growth = Cell(path=own, field=rate.field, label=rate.field.label, type=rate.type)
    tests = [
        Func(name=">", args=(this, base), type=FLAG),
        Func(name="<=", args=(this, until), type=FLAG),
        Func(name="已填", args=(growth,), type=FLAG),
        *(_same(checker, place, key, call) for key in ledger.key),
    ]
    where = Func(name="and", args=tuple(tests), type=FLAG)
    one = Const(value=Fraction(1), type=Type(Kind.NUMBER, bare=True))
    hundred = Const(value=Fraction(100), type=Type(Kind.NUMBER, unit("%"), bare=True))
    share = arithmetic("/", growth, hundred, ("", ""))
    factor = Func(name="+", args=(one, share), type=Type(Kind.NUMBER))

    def over(name: str, value: Node | None, kind: Type) -> Node:
        return Aggregate(name=name, ledger=ledger.id, years=EVERY, value=value, where=where, type=kind)

    passed = Func(name="-", args=(Cell(path=place.path, field=YEAR, label="年度", type=COUNT), base), type=COUNT)
    parts = (over("连乘", factor, Type(Kind.NUMBER)), over("计数", None, COUNT), passed)
    return Func(name="定基指数", args=parts, type=Type(Kind.NUMBER))


def _same(checker: Checker, place: Place, key: str, call: syntax.Call) -> Node:
    """That a row of another year is of the same record."""
    field, rows = place.ledger.by_id[key], type(checker.rows)
    name = syntax.Name((field.name,), at=call.at, end=call.end)
    there = Place(place.ledger)
    theirs = replace(checker, rows=rows(there)).cell(name, there, field)
    ours = replace(checker, rows=rows(place, outer=True)).cell(name, place, field)
    return Func(name="=", args=(theirs, ours), type=FLAG)
