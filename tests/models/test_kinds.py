from __future__ import annotations

import re
from contextlib import suppress
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.codes import code_list
from models.fields import area, count, money, number, percent
from models.kinds import (
    BadValue,
    Choice,
    CreditCode,
    Day,
    DestroyedCode,
    Flag,
    Kind,
    Month,
    Quantity,
    Raw,
    Reference,
    Text,
    decimal_of,
)
from models.ledgers import LEDGERS
from models.units import unit

WAN = money("营业收入", "rev").kind
MU = area("用地面积", "area", unit="亩").kind
PERCENT = percent("台资占比", "share").kind
PEOPLE = count("人数", "n", "人").kind
KINDS = sorted({field.kind for ledger in LEDGERS for field in ledger.stored}, key=repr)
QUANTITIES = [kind for kind in KINDS if isinstance(kind, Quantity)]


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("86420", 864_200_000), ("86,420.00", 864_200_000), ("８６，４２０．５", 864_205_000), ("86 420.5", 864_205_000),
        ("12。5", 125_000), ("0.0001", 1), ("12.3456", 123_456), (".5", 5_000), ("5.", 50_000), ("+5", 50_000), ("-5", -50_000),
        ("－5", -50_000), ("−5", -50_000), ("(5)", -50_000), ("（1,234.5）", -12_345_000), ("(¥5)", -50_000), ("¥-5", -50_000),
        ("-¥5", -50_000),
        ("￥5", 50_000), ("$5", 50_000), ("1.2E+05", 1_200_000_000), ("1e-4", 1), ("-0", 0), ("0", 0), ("0.00", 0),
        ("\u3000 5 \xa0", 50_000),
        ("'5", 50_000),
        (5, 50_000), (5.0, 50_000), (0.1 + 0.2, 3_000), (1.005, 10_050), (2.675, 26_750), (1 / 3, 3_333), (-0.00005, -1),
        (0.00005, 1), (0, 0),
        (None, None), ("", None), ("  ", None), ("\u3000", None),
    ],
)  # fmt: skip
def test_an_amount_of_money_is_whole_yuan(written, stored):
    assert WAN.parse(written) == stored


NO_NUMBERS = [
    "无",
    "—",
    "12人",
    "1,23",
    "1,2345",
    ",123",
    "1 2",
    "1_000",
    "1.2.3",
    "--5",
    "-¥-5",
    "(-5)",
    "()",
    "(",
    "-",
    ".",
    "e5",
    "nan",
    "Infinity",
]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        *((text, "不是数") for text in [*NO_NUMBERS, "0x10", "9" * 200]),
        ("１２％", "是百分数，这里不填百分数"),
        ("0.00001", "“0.00001”的小数太长，这里只存到 0.0001 万元"),
        ("1000000001", "1,000,000,001 万元太大，请核对计量单位是不是万元"),
        *((value, "太大") for value in ("1e999", "9" * 90, 10**40)),
        *((float(name), "算不出的数") for name in ("nan", "inf", "-inf")),
        (True, "不是“是/否”"),
    ],
)
def test_what_is_no_amount_is_told_in_one_sentence(written, said):
    with pytest.raises(BadValue, match=re.escape(said)):
        WAN.parse(written)


def test_empty_is_not_nought():
    for kind in QUANTITIES:
        assert (kind.parse(""), kind.parse("0"), kind.parse(0)) == (None, 0, 0)
        assert kind.show(None) == "" != kind.show(0)
    assert (Flag().parse(""), Flag().parse("0"), Flag().show(None), Flag().show(0)) == (None, 0, "", "否")


def test_areas_and_shares():
    assert [MU.parse(text) for text in ("1", "1.5", "0.0015")] == [66_667, 100_000, 100]
    assert MU.show(66_667) == "1.00"
    assert MU.amount(100_000) == Fraction(3, 2)
    assert [PERCENT.parse(text) for text in ("65", "65%", "６５．５％", 0.5, "(5%)")] == [
        650_000,
        650_000,
        655_000,
        5_000,
        -50_000,
    ]
    assert PERCENT.show(650_000) == "65.00"
    with pytest.raises(BadValue, match="-1 人太小"):
        PEOPLE.parse("-1")
    with pytest.raises(BadValue, match="小数太长，这里只存到 1 人"):
        PEOPLE.parse("1.5")
    assert PEOPLE.parse(1.5) == 2


def test_twelve_ten_and_twenty_cents_make_twelve_thirty():
    assert WAN.parse("12.10") + WAN.parse("0.20") == WAN.parse("12.30")
    assert 12.10 + 0.20 != 12.30


ways = [
    ("亩", "公顷"),
    ("亩", "㎡"),
    ("㎡", "平方公里"),
    ("公顷", "平方公里"),
    ("元", "万元"),
    ("千元", "亿元"),
    ("万元", "亿元"),
    ("元", "千元"),
]


@given(st.sampled_from(ways), st.integers(-(10**9), 10**9))
def test_an_amount_of_one_unit_is_kept_exactly_in_another(pair, stored):
    """What is stored does not depend on the unit it is shown in, and comes back whole from each."""
    one, other = (Quantity(name, 2, 2, 10**15, -(10**15)) for name in pair)
    amount = one.amount(stored)
    assert one.store(amount) == stored
    assert other.store(amount, unit(pair[0])) == stored
    assert other.amount(stored) * unit(pair[1]).factor == amount * unit(pair[0]).factor
    assert one.store(other.amount(stored), unit(pair[1])) == stored


@given(
    st.fractions(-(10**9), 10**9) | st.integers(-(10**40), 10**40).map(lambda n: Fraction(n, 2000)), st.integers(0, 6)
)
def test_halves_are_rounded_away_from_nought(amount, places):
    with localcontext() as context:
        context.prec = 400
        wanted = (Decimal(amount.numerator) / Decimal(amount.denominator)).quantize(
            Decimal(1).scaleb(-places), ROUND_HALF_UP
        )
    if (2 * amount * 10**places).denominator == 1:  # decimal cannot tell a half it has cut off from a true one
        assert decimal_of(amount, places) == wanted
    assert abs(Fraction(decimal_of(amount, places)) - amount) <= Fraction(1, 2 * 10**places)
    assert decimal_of(Fraction(5, 2 * 10**places) / 5, places) == Decimal(1).scaleb(-places)
    assert decimal_of(-Fraction(5, 2 * 10**places) / 5, places) == -Decimal(1).scaleb(-places)


@settings(max_examples=400)
@given(st.sampled_from(QUANTITIES), st.data())
def test_every_quantity_is_typed_over_as_it_is_kept(kind, data):
    stored = data.draw(st.integers(kind.low, kind.high) | st.integers(max(kind.low, -1000), min(kind.high, 1000)))
    assert kind.parse(kind.edit(stored)) == stored
    assert kind.bounded(stored) == stored
    step = kind.parse(str(Decimal(1).scaleb(-kind.places))) + 1
    if kind.low + step <= stored <= kind.high - step:  # at the very bounds what is shown may be rounded beyond them
        shown = kind.parse(kind.show(stored))
        assert abs(kind.amount(shown) - kind.amount(stored)) <= Fraction(1, 10**kind.places)
    for out in (kind.low - 1, kind.high + 1):
        with pytest.raises(BadValue, match="请核对"):
            kind.bounded(out)


@given(st.floats(-(10**8), 10**8))
def test_a_cell_with_a_float_is_what_it_shows(value):
    exact = Fraction(Decimal(repr(value))) * 10_000
    assert abs(WAN.parse(value) - exact) <= Fraction(1, 2)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if isinstance(kind, Choice)], ids=lambda kind: kind.codes)
def test_every_code_is_read_by_itself_by_its_name_and_as_it_is_typed_over(kind):
    for code, entry in code_list(kind.codes).items():
        assert kind.parse(code) == kind.parse(kind.edit(code)) == code
        assert kind.show(code) == entry.name
        assert kind.parse(f" {entry.name} ") in code_list(kind.codes)
    with pytest.raises(BadValue, match=f"“没有这一项”不在“{kind.codes}”代码表里"):
        kind.parse("没有这一项")
    assert kind.parse("") is None is kind.parse(None)
    assert kind.show("消失了的") == "消失了的"


@pytest.mark.parametrize(
    ("written", "stored"),
    [("是", 1), ("否", 0), ("Y", 1), ("n", 0), ("√", 1), ("×", 0), ("TRUE", 1), ("false", 0), (True, 1), (False, 0),
     (1, 1), (0.0, 0), ("有", 1), ("没有", 0), (None, None), (" ", None)],
)  # fmt: skip
def test_yes_and_no(written, stored):
    assert Flag().parse(written) == stored


@pytest.mark.parametrize("written", ["也许", "2", 2, "是否"])
def test_neither_yes_nor_no(written):
    with pytest.raises(BadValue, match="看不出是“是”还是“否”"):
        Flag().parse(written)


def test_texts():
    assert Text().parse("  江西\u200b ") == "江西"
    assert Text().parse(13970712345.0) == "13970712345"
    assert Text().parse(datetime(2023, 11, 5)) == "2023-11-05"
    assert Text().parse("a\nb") == "a b"
    assert Text(lines=True).parse(" a \r\n\r\n b ") == "a\nb"
    assert Text(3).parse("三个字") == "三个字"
    with pytest.raises(BadValue, match="有 4 个字，最多 3 个"):
        Text(3).parse("四个字了")
    assert Text().parse("\u200b") is None


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: type(kind).__name__)
@pytest.mark.parametrize("blank", [None, "", " ", "\u3000", "\u200b\xa0", "\t\n"])
def test_a_cell_that_shows_nothing_is_empty(kind, blank):
    assert kind.parse(blank) is None


def test_codes_of_enterprises():
    assert CreditCode().parse(" 9136 0700mA35 9999xx") == "91360700MA359999XX"
    with pytest.raises(DestroyedCode, match="Excel 已丢掉后几位"):
        CreditCode().parse("9.13607E+17")
    assert CreditCode().parse("") is None is CreditCode().parse("  ")


@given(st.sampled_from([kind for kind in KINDS if not isinstance(kind, Reference | Quantity)]), st.text(max_size=20))
def test_what_was_read_is_typed_over_as_it_is(kind, text):
    with suppress(BadValue):
        stored = kind.parse(text)
        assert kind.parse(kind.edit(stored)) == stored


anything = st.none() | st.text(max_size=30) | st.integers() | st.floats() | st.booleans() | st.datetimes()


@given(st.sampled_from(KINDS), anything)
def test_anything_at_all_is_a_value_or_one_sentence(kind, value):
    with suppress(BadValue):
        stored = kind.parse(value)
        assert stored is None or isinstance(stored, int | str)
        assert not isinstance(stored, bool)
        assert isinstance(kind.show(stored), str)


@given(st.sampled_from(KINDS), st.text())
def test_what_is_kept_as_typed_is_shown_as_typed(kind, text):
    assert kind.show(Raw(text)) == kind.edit(Raw(text)) == text


def test_references_are_found_by_the_store():
    kind = Reference("enterprise")
    assert kind.parse(bytes(16)) == bytes(16)
    assert kind.parse(" ") is None
    assert kind.show(bytes(16)) == "0" * 32
    with pytest.raises(BadValue, match="“某厂”不在名录里"):
        kind.parse("某厂")


def test_every_kind_is_known_here():
    assert {type(kind) for kind in KINDS} == {Text, CreditCode, Choice, Flag, Quantity, Day, Month, Reference}
    with pytest.raises(NotImplementedError):
        Kind().parse("x")
    assert number("汇率", "fx", scale=6).kind.parse("7.123456") == 7_123_456
