"""The algebra under the SQL: bounds hold, operations stay in 64 bits just as long as they fit, numbers equal fractions."""

from __future__ import annotations

import sqlite3
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import literal_column

from models.formula.calendar import counted
from models.formula.number import Number, constant, either
from models.formula.sets import ROWS
from models.formula.whole import MOST, Whole, whole
from models.formula.wide import register


def named(low, high, sql="x"):
    return Whole(literal_column(sql), low, high)


def test_the_64_bits():
    assert MOST == 9_223_372_036_854_775_807
    assert ROWS * 10**13 <= MOST
    assert (whole(MOST).wide, whole(-MOST).wide, whole(MOST + 1).wide, whole(-MOST - 1).wide) == (
        False,
        False,
        True,
        True,
    )


@pytest.mark.parametrize(
    ("made", "low", "high", "wide"),
    [
        (named(0, MOST - 1) + named(0, 1), 0, MOST, False),
        (named(0, MOST) + named(0, 1), 0, MOST + 1, True),
        (named(-MOST, 0) + named(-1, 5), -MOST - 1, 5, True),
        (named(0, 7) - named(-3, 5), -5, 10, False),
        (named(-MOST, 0) - named(0, 1), -MOST - 1, 0, True),
        (named(-3, 5) * named(-7, 2), -35, 21, False),
        (named(0, MOST // 7) * named(0, 7), 0, MOST // 7 * 7, False),
        (named(0, MOST // 7 + 1) * named(0, 7), 0, (MOST // 7 + 1) * 7, True),
        (named(-9, 4).size(), 0, 9, False),
        (named(2, 4).size(), 2, 4, False),
        (named(-9, 4).or_else(0), -9, 4, False),
        (named(2, 4).or_else(0), 0, 4, False),
        (named(2, 4).or_else(7), 2, 7, False),
        (named(-9, 4).modulo(named(1, 5)), 0, 4, False),
        (named(0, 9).modulo(named(1, MOST // 4)), 0, MOST // 4 - 1, False),
        (named(0, 9).modulo(named(1, MOST // 4 + 1)), 0, MOST // 4, True),
    ],
)
def test_bounds(made, low, high, wide):
    assert (made.low, made.high, made.wide) == (low, high, wide)


def test_what_is_known_is_reckoned_at_once():
    assert [(w.low, w.known, str(w.sql)) for w in (whole(3) + whole(4), whole(3) - whole(5), whole(3) * whole(-5))] == [
        (7, True, "7"), (-2, True, "-2"), (-15, True, "-15"),
    ]  # fmt: skip
    assert str((named(0, 9) * whole(1)).sql) == str((whole(1) * named(0, 9)).sql) == "x"
    assert (
        str((named(0, 9) + whole(0)).sql)
        == str((whole(0) + named(0, 9)).sql)
        == str((named(0, 9) - whole(0)).sql)
        == "x"
    )
    assert str((whole(0) - named(0, 9)).sql) == "0 - x"
    assert str(named(0, 9).size().sql) == "x"  # what is never negative needs no abs and, as a divisor, no case
    assert str((column("a") / column("b", low=0)).top.sql) == "a"
    assert "+" not in str(named(0, 9).modulo(named(1, 4, "y")).sql)
    assert str(named(1, 9).non_zero().sql) == str(named(-9, -1).non_zero().sql) == "x"
    assert str(named(0, 9).non_zero().sql) == str(named(-9, 0).non_zero().sql).replace("-9", "0") == "nullif(x, 0)"


def test_a_difference_beyond_64_bits_is_a_sum():
    for left, right in ((named(-MOST, 0), named(0, 1)), (named(0, MOST), named(-1, 0))):
        assert str((left - right).sql) == str((left + right * whole(-1)).sql)


def test_how_far_calendar_numbers_reach():
    days = [literal_column("x"), literal_column("y")]
    reach = {name: counted(name, days).top for name in ("年", "月", "天数", "满年")}
    assert {name: (top.low, top.high) for name, top in reach.items()} == {
        "年": (0, 21_000_000), "月": (0, 1200), "天数": (-(10**6), 10**6), "满年": (-(10**8), 10**8),
    }  # fmt: skip


@pytest.fixture(scope="module")
def sqlite():
    connection = sqlite3.connect(":memory:")
    register(connection)
    yield connection
    connection.close()


parts = st.none() | st.integers(-20, 20) | st.sampled_from((10**13, -(10**13), 10**13 - 1))
scales = st.sampled_from((Fraction(1), Fraction(1, 3), Fraction(23, 20), Fraction(2000, 3)))


def column(sql, low=-(10**13), high=10**13):
    return Number(Whole(literal_column(sql), low, high))


@given(a=parts, b=parts, c=parts, d=parts, s=scales, t=scales)
def test_numbers_equal_fractions(sqlite, a, b, c, d, s, t):
    """(s·a/b) and (t·c/d): their sums, products, quotients, comparisons, floors and sizes, wide or not."""
    x, y = (column("a") / column("b")).times(s), (column("c") / column("d")).times(t)
    p = None if a is None or not b else s * Fraction(a, b)
    q = None if c is None or not d else t * Fraction(c, d)
    step = Fraction(1, 2)
    expected = {
        "sum": (x + y, None if p is None or q is None else p + q),
        "difference": (x - y, None if p is None or q is None else p - q),
        "less one": (x - constant(Fraction(1)), None if p is None else p - 1),
        "product": (x * y, None if p is None or q is None else p * q),
        "quotient": (x / y, None if p is None or not q else p / q),
        "by a constant": (x / constant(Fraction(-3, 7)), None if p is None else p / Fraction(-3, 7)),
        "size": (x.size(), None if p is None else abs(p)),
        "floor": (x.floor(step), None if p is None else p // step * step),
        "or zero": (x.or_zero(), p or 0),
        "either": (either(literal_column("a > b"), x, y), None if a is None or b is None else p if a > b else q),
        "plain": (column("a") + constant(Fraction(1, 3)), None if a is None else a + Fraction(1, 3)),
    }
    columns = [sql for number, _ in expected.values() for sql in (number.top.sql, number.under.sql)]
    marks = {"=": p == q, "!=": p != q} if p is not None and q is not None else {"=": None, "!=": None}
    if p is not None and q is not None:
        marks |= {"<": p < q, "<=": p <= q, ">": p > q, ">=": p >= q}
    columns += [x.compare(op, y) for op in marks] + [x.filled()]
    given = "SELECT ? AS a, ? AS b, ? AS c, ? AS d"
    texts = [str(sql.compile(compile_kwargs={"literal_binds": True})) for sql in columns]
    row = list(sqlite.execute(f"SELECT {', '.join(texts)} FROM ({given})", (a, b, c, d)).fetchone())
    for n, (name, (number, wanted)) in enumerate(expected.items()):
        top, bottom = row[2 * n], row[2 * n + 1]
        got = None if top is None or bottom is None else number.scale * Fraction(int(top), int(bottom))
        assert got == wanted, name
        if top is not None and bottom is not None:
            assert number.top.low <= int(top) <= number.top.high, name
            assert int(bottom) > 0, name
            assert number.top.wide or -MOST <= int(top) <= MOST
    tests = row[2 * len(expected) :]
    assert [None if test is None else bool(test) for test in tests] == [*marks.values(), p is not None]
