"""Whole columns read as cell by cell: the same values, the same refusals, whatever stands in the cells."""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from models.columns import MARK, convert, shown
from models.kinds import NOT_APPLICABLE, BadValue, Choice, CreditCode, Day, Flag, Month, Quantity, Raw, Reference, Text
from models.ledgers import LEDGERS
from models.units import ratio, unit

KINDS = list(
    {
        repr(field.kind): field.kind
        for ledger in LEDGERS
        for field in ledger.stored
        if not isinstance(field.kind, Reference)
    }.values()
)
MONEY = Quantity("万元", 0, 2)
AREA = Quantity("㎡", 2, 2, 10**13, 0)

plain = st.decimals(min_value=-(10**9), max_value=10**9, places=4, allow_nan=False)
cells = st.one_of(
    st.none(),
    st.just(""),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=True),
    plain.map(float),
    plain.map(str),
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.sampled_from(
        [
            "—",
            "无",
            "不适用",
            "是",
            "否",
            "１２.５",
            "1,234.50",
            "(3)",
            "12%",
            "约5000",
            "制造业39",
            "2023年11月5日",
            "2023.11",
            " 3 ",
        ]
    ),
    st.dates(),
    st.datetimes(),
    st.text(max_size=20),
)


def read(kind, value):
    """What one cell means, by the kind alone; numbers by Decimal, rounded half up to what is stored."""
    if isinstance(value, str) and isinstance(kind, Quantity | Day | Month) and value in NOT_APPLICABLE:
        return MARK
    try:
        return kind.parse(value)
    except BadValue as fault:
        if "小数太长" in str(fault):
            return kind.store(Fraction(Decimal(str(value).strip())))
        return MARK if value in NOT_APPLICABLE and not isinstance(kind, Text) else Raw(shown(value))


def same(one, other):
    return one == other and type(one) is type(other)


@given(st.sampled_from(KINDS), st.lists(cells, max_size=12))
@example(KINDS[0], [1.0, True, 1, "1"])
@example(MONEY, [1.0, True, 1, "1", float("nan"), float("inf")])
@example(MONEY, [0.1 + 0.2, 1e15, -0.0, 1e-320])
def test_a_column_is_read_as_its_cells_are(kind, values):
    try:
        expected = [read(kind, value) for value in values]
    except (InvalidOperation, ValueError):
        return
    found = convert(kind, values)
    assert all(map(same, found.stored, expected)), (found.stored, expected)
    faulty = {index for index, value in enumerate(found.stored) if isinstance(value, Raw) and value is not MARK}
    assert faulty == found.raw.keys() | found.destroyed.keys()


@given(st.lists(st.floats(-1e11, 1e11), max_size=20), st.sampled_from(["元", "千元", "万元", "亿元"]))
def test_every_float_is_exactly_its_shortest_text(values, name):
    factor = ratio(unit(name), MONEY.measure)
    found = convert(MONEY, values, factor)
    step = Decimal(int(MONEY.step)) * factor.numerator / factor.denominator
    for index, value in enumerate(values):
        exact = Decimal(repr(value)) * step
        whole = int(exact.quantize(Decimal(1), ROUND_HALF_UP))
        if abs(whole) <= MONEY.high:
            assert found.stored[index] == whole
            assert (index in found.rounded) == (exact != whole)
        else:
            assert index in found.raw


def test_units_convert_exactly_and_what_is_rounded_is_told():
    mu = ratio(unit("亩"), unit("㎡"))
    found = convert(AREA, [30.0, 1.0, "0.003", ""], mu)
    assert found.stored == [2_000_000, 66_667, 200, None]
    assert found.rounded == [1]
    assert convert(MONEY, [12.1, 0.2, 12345.6], ratio(unit("千元"), unit("万元"))).stored == [12_100, 200, 12_345_600]


def test_more_decimals_than_stored_are_rounded_half_up():
    found = convert(MONEY, [0.00005, 0.00015, "0.00025", -0.00005, 2.5])
    assert found.stored == [1, 2, 3, -1, 25_000]
    assert found.rounded == [0, 1, 2, 3]


def test_not_applicable_is_a_third_state_and_no_fault():
    found = convert(MONEY, ["—", "不适用", "无", "", 0.0])
    assert found.stored == [MARK, MARK, MARK, None, 0]
    assert not found.raw
    assert convert(Flag(), ["无", "—", "/"]).stored == [0, MARK, MARK]
    assert convert(Choice("用地方式"), ["无", "—"]).stored == ["4", MARK], "无 is an entry of this list"
    assert convert(Text(), ["—"]).stored == ["—"]


def test_a_cell_that_does_not_fit_stays_as_typed_and_is_told():
    found = convert(MONEY, [5.0, "约5000", Raw("#N/A"), datetime(2020, 3, 1)])
    assert found.stored == [50_000, Raw("约5000"), Raw("#N/A"), Raw("2020-03-01")]
    assert found.raw[1] == ("约5000", "“约5000”不是数，请只写数字")
    assert "公式" in found.raw[2][1]
    assert 3 in found.raw


def test_a_failed_formula_is_no_text():
    found = convert(Text(), ["甲", Raw("#REF!")])
    assert isinstance(found.stored[1], Raw)
    assert 1 in found.raw


def test_codes_that_excel_rounded_are_told_apart():
    found = convert(CreditCode(), ["91360500716575125F", 9.13605e17, "9.13605E+17", ""])
    assert found.stored[0] == "91360500716575125F"
    assert sorted(found.destroyed) == [1, 2]
    assert not found.raw


@pytest.mark.parametrize(
    ("kind", "values", "stored"),
    [
        (Choice("国民经济行业"), ["制造业39", "制造业39", ""], ["39", "39", None]),
        (Day(), [date(2020, 3, 1), "2020年3月", 20200301.0], [20200301, 20200300, 20200301]),
        (Text(), [13800138000.0, " 甲 "], ["13800138000", "甲"]),
    ],
)
def test_kinds_other_than_numbers(kind, values, stored):
    assert convert(kind, values).stored == stored
