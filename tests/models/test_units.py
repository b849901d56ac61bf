"""Units: what each is worth, how they combine, exact conversions both ways, and what is refused."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.units import NUMBER, UnitError, convert, convertible, find_unit, ratio, unit

WORTH = {
    "元": 1, "百元": 100, "千元": 1000, "万元": 10_000, "百万元": 10**6, "千万元": 10**7, "亿元": 10**8,
    "美元": 1, "千美元": 1000, "万美元": 10_000, "亿美元": 10**8, "原币": 1, "原币万元": 10_000,
    "㎡": 1, "万㎡": 10_000, "亩": Fraction(2000, 3), "公顷": 10_000, "平方公里": 10**6,
    "吨标准煤": 1, "万吨标准煤": 10_000, "千克": Fraction(1, 1000), "吨": 1, "万吨": 10_000,
    "千瓦时": 1, "万千瓦时": 10_000, "亿千瓦时": 10**8, "人": 1, "万人": 10_000, "人次": 1, "万人次": 10_000,
    "%": 1, "‰": Fraction(1, 10), "百分点": 1, "股": 1, "万股": 10_000, "亿股": 10**8,
    "倍": 1, "天": 1, "年": 1, "周岁": 1, "分": 1, "级": 1, "家": 1, "个": 1, "项": 1, "件": 1, "次": 1,
}  # fmt: skip
ALIKE = [
    {"元", "百元", "千元", "万元", "百万元", "千万元", "亿元"}, {"美元", "千美元", "万美元", "亿美元"}, {"原币", "原币万元"},
    {"㎡", "万㎡", "亩", "公顷", "平方公里"}, {"吨标准煤", "万吨标准煤"}, {"千克", "吨", "万吨"}, {"千瓦时", "万千瓦时", "亿千瓦时"},
    {"人", "万人"}, {"人次", "万人次"}, {"%", "‰"}, {"股", "万股", "亿股"},
]  # fmt: skip


def test_worth_of_every_unit():
    assert {name: unit(name).factor for name in WORTH} == WORTH
    assert all(unit(name).name == name for name in WORTH)


def test_what_measures_the_same():
    for one in WORTH:
        alike = next((group for group in ALIKE if one in group), {one})
        assert {other for other in WORTH if convertible(unit(one), unit(other))} == alike


@pytest.mark.parametrize(
    ("written", "name"),
    [("m2", "㎡"), ("M²", "㎡"), ("平方米", "㎡"), ("万平方米", "万㎡"), ("ha", "公顷"), ("万", "万元"), ("亿", "亿元"), ("户", "家"),
     ("岁", "周岁"), ("度", "千瓦时"), ("tce", "吨标准煤"), ("个百分点", "百分点"), ("％", "%"), ("USD", "美元"), ("名", "人")],
)  # fmt: skip
def test_other_ways_to_write_a_unit(written, name):
    assert find_unit(written) == unit(name)


def test_combined_units():
    per = unit("万元") / unit("亩")
    assert (per.name, per.factor, per.powers) == ("万元/亩", Fraction(15), (("金额", 1), ("面积", -1)))
    assert unit("万元/亩") == per
    assert convert(Fraction(25), per, unit("万元/公顷")) == 375
    product = unit("万元") * unit("亩")
    assert (product.name, product.factor, product.powers) == (
        "万元·亩",
        Fraction(20_000_000, 3),
        (("金额", 1), ("面积", 1)),
    )
    assert (per * unit("公顷")).powers == unit("元").powers
    square = unit("人") * unit("人")
    assert (square.powers, (square / unit("人")).powers) == ((("人", 2),), (("人", 1),))
    assert unit("万元") / unit("元") == NUMBER
    assert (unit("万元") / NUMBER) == (unit("万元") * NUMBER) == (NUMBER * unit("万元")) == unit("万元")
    assert ((NUMBER / unit("亩")).name, (NUMBER / unit("亩")).factor) == ("1/亩", Fraction(3, 2000))
    assert NUMBER.plain
    assert not unit("元").plain


@given(amount=st.fractions(), source=st.sampled_from(sorted(WORTH)), target=st.sampled_from(sorted(WORTH)))
def test_conversion_is_exact_both_ways(amount, source, target):
    a, b = unit(source), unit(target)
    if convertible(a, b):
        assert convert(convert(amount, a, b), b, a) == amount
        assert convert(amount, a, b) == amount * WORTH[source] / WORTH[target]
    else:
        with pytest.raises(UnitError):
            ratio(a, b)


def test_faults():
    with pytest.raises(UnitError, match=r"^“万元”和“人”不是同一种量，不能换算$"):
        ratio(unit("万元"), unit("人"))
    with pytest.raises(UnitError, match=r"^“纯数”和“人”不是同一种量，不能换算$"):
        ratio(NUMBER, unit("人"))
    with pytest.raises(UnitError, match=r"^“人”和“纯数”不是同一种量，不能换算$"):
        ratio(unit("人"), NUMBER)
    with pytest.raises(UnitError, match=r"^没有“忆元”这个计量单位，是否想写“元”？$"):
        unit("忆元")
    with pytest.raises(UnitError, match=r"^没有“甲乙丙丁”这个计量单位$"):
        unit("甲乙丙丁")
    assert unit("") == NUMBER
    assert find_unit("万元/甲") is None
    assert find_unit("") is None
