"""The modified z-score against an independent computation, and who is compared with whom."""

from __future__ import annotations

import statistics
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.doubts.economy import Economy
from models.doubts.kinds import FEWEST, GAP, LINE, TIMES, Settings
from models.doubts.outliers import Peers, Ratio, spread_of
from models.doubts.ratios import RATIOS, outliers, values_of
from models.periods import Period
from models.store.compared import Figures, Firm

VALUES = st.lists(st.integers(-(10**6), 10**6), min_size=1, max_size=60)


@given(VALUES, st.integers(-(10**6), 10**6))
def test_the_score_is_that_of_iglewicz_and_hoaglin(values, value):
    spread = spread_of([float(each) for each in values])
    exact = [Fraction(each) for each in values]
    middle = statistics.median(exact)
    mad = statistics.median(abs(each - middle) for each in exact)
    assert spread.middle == pytest.approx(float(middle))
    assert spread.mad == pytest.approx(float(mad))
    expected = Fraction(6745, 10_000) * (value - middle) / mad if mad else Fraction(0)
    assert spread.score(value) == pytest.approx(float(expected), abs=1e-9)


@given(VALUES, st.data())
def test_one_wrong_figure_moves_neither_middle_nor_spread_beyond_its_peers(values, data):
    """What is looked for does not hide itself: with 8 peers or more, one figure of any size leaves the middle among the others."""
    values = values + [0] * max(0, 8 - len(values))
    wild = data.draw(st.sampled_from([10.0**12, -(10.0**12)]))
    assert min(values) <= spread_of([*values, wild]).middle <= max(values)


def test_where_more_than_half_say_the_same_nothing_is_told():
    peers = Peers(
        {bytes([n]): 5.0 for n in range(9)} | {b"x": 500.0},
        {bytes([n]): ("39",) for n in range(9)} | {b"x": ("39",)},
        8,
    )
    assert peers.far(3.5) == {}


def test_the_narrowest_group_with_enough_peers_is_taken():
    values = {bytes([n]): float(n) for n in range(12)}
    groups = {key: ("39", "C", "全部企业") if key[0] < 7 else ("26", "C", "全部企业") for key in values}
    assert Peers(values, groups, 7).of(bytes([0]))[0] == "39"
    assert Peers(values, groups, 7).of(bytes([11]))[0] == "C"
    assert Peers(values, groups, 12).of(bytes([0]))[1].count == 12
    assert Peers(values, groups, 13).of(bytes([0])) is None


def test_a_lopsided_ratio_is_compared_by_how_many_times():
    ratio = Ratio("人均营业收入", "rev", "emp_end", "万元/人", log=True)
    assert ratio.scale(100) == pytest.approx(2)
    assert ratio.scale(0) is None
    assert Ratio("营收利润率", "profit", "rev", "%").scale(-3) == -3


def economy(rows, settings=None, industry="3985"):
    """This year's figures, in 万元 and people, of enterprises of one industry."""
    wan = {"rev", "profit", "tax_paid", "assets", "liab", "payroll"}
    now, firms = {}, {}
    for number, row in enumerate(rows):
        ent = number.to_bytes(16)
        values = {name: value * 10_000 if name in wan else value for name, value in row.items()}
        now[ent] = Figures(ent, "360701", ent, values)
        firms[ent] = Firm(ent, "360701", f"甲{number}", "", industry, "", "", "")
    return Economy(Period(2025), {2023: {}, 2024: {}, 2025: now}, firms, {}, settings or Settings())


USUAL = [{"rev": 5000 + 100 * n, "emp_end": 100, "profit": 400 + 10 * n} for n in range(10)]


def test_a_ratio_is_in_its_unit():
    found = values_of(economy(USUAL), RATIOS[0])
    assert found[(3).to_bytes(16)] == pytest.approx(53)  # 5,300 万元 for 100 people
    land = Economy(Period(2025), {2023: {}, 2024: {}, 2025: economy([{"tax_paid": 600}]).now}, economy([{}]).firms,
                   {(0).to_bytes(16): 2_000_000}, Settings())  # fmt: skip
    per_mu = next(each for each in RATIOS if each.name == "亩均税收")
    assert values_of(land, per_mu)[(0).to_bytes(16)] == pytest.approx(20)  # 2 公顷 are 30 亩


def test_an_enterprise_far_from_its_peers_is_told_with_their_middle_and_number():
    far = {"rev": 80_000, "emp_end": 100, "profit": 6000}
    (doubt,) = outliers(economy([*USUAL, far]), {})
    assert doubt.title.name == "甲10"
    assert (
        "人均营业收入 800.00 万元/人，同行业（计算机、通信和其他电子设备制造业） 11 家中位数 55.00 万元/人"
        in doubt.message
    )
    assert doubt.fields == ("rev", "emp_end")
    assert doubt.seen == "营业收入 80,000.00，期末从业人员 100"
    assert doubt.fix is None


def test_what_differs_little_is_not_told_however_alike_the_peers_are():
    assert not list(outliers(economy([*USUAL, {"rev": 9000, "emp_end": 100, "profit": 700}]), {}))
    strict = Settings(values=((TIMES, "1.1倍"), (LINE, "2"), (GAP, "1个百分点"), (FEWEST, "8家")))
    assert list(outliers(economy([*USUAL, {"rev": 9000, "emp_end": 100, "profit": 700}], strict), {}))


def test_too_few_peers_say_nothing():
    assert not list(outliers(economy([*USUAL[:5], {"rev": 80_000, "emp_end": 100}]), {}))
