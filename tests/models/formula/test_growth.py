"""Growth over several years: base years, 年均增长 (K18) and 定基指数, on rows and in figures, with what makes them empty."""

from __future__ import annotations

from fractions import Fraction

import pytest

from models.formula.context import Context, Parameter
from models.formula.errors import FormulaError
from models.formula.figures import figure
from models.formula.growth import annual
from models.formula.rows import row_formula
from models.formula.words import words
from models.ledgers import ledger

WAN = 10_000
BASE = Context({"基期": Parameter("2021年"), "期": Parameter('"2021"')})
INDEX = "定基指数(规上工业增加值可比价增速, 2020年)"
RATES = {2021: 80_000, 2022: 55_000, 2023: -12_500, 2024: 100_000, 2025: 60_001}  # ten-thousandths of a per cent


@pytest.fixture
def years(data):
    """开发区年度 of two zones, 2020 to 2025; Z2 lacks 2023."""
    for zone, first in (("Z1", 1), ("Z2", 101)):
        for n, year in enumerate(range(2020, 2026)):
            if (zone, year) != ("Z2", 2023):
                data.add(
                    "开发区年度", first + n, zone=zone, year=year, 规上工业增加值=(1000 + n) * WAN,
                    rev_all=100 * WAN * (15 if year == 2025 else 10), 规上工业增加值可比价增速=RATES.get(year),
                )  # fmt: skip
    return data


@pytest.mark.parametrize(
    ("now", "base", "years", "rounded"),
    [
        ("150", "100", 4, "10.668"),  # K18; a fifth root or 50 ÷ 4 would be another number
        ("14641", "10000", 4, "10.000"),
        ("0", "100", 3, "-100.000"),
        ("100", "150", 4, "-9.640"),
        ("100", "100", 1, "0.000"),
    ],
)
def test_the_yearly_growth(now, base, years, rounded):
    found = annual(Fraction(now), Fraction(base), Fraction(years))
    assert f"{float(found):.3f}" == rounded
    assert abs((1 + found / 100) ** years - Fraction(now) / Fraction(base)) < Fraction(1, 10**35)


def test_an_exact_root_is_exact():
    assert annual(Fraction(11005, 10000) ** 4 * 7, Fraction(7), Fraction(4)) == Fraction(1005, 100)


@pytest.mark.parametrize(
    ("now", "base", "years"),
    [(1, 0, 4), (1, -5, 4), (-1, 5, 4), (1, 1, 0), (1, 1, -2), (1, 1, Fraction(1, 2)), (2, 1, 10**5)],
)
def test_what_has_no_yearly_growth(now, base, years):
    assert annual(Fraction(now), Fraction(base), Fraction(years)) is None


def test_a_figure_over_base_year_and_years(years):
    text = "年均增长(合计(开发区年度.rev_all), 合计(基期.开发区年度.rev_all), 报告年 - 基期)"
    made = figure(text, BASE, unit="%", places=1)
    asked = (years.connection, *years.scene())
    assert str(made.rounded(made.value(*asked))) == "10.7"
    assert made.words == "年均增长(“开发区年度”rev_all之和,2021年“开发区年度”rev_all之和,报告年 - 2021 年)"
    assert made.value(years.connection, *years.scene(period="2021")) is None  # no year has passed
    assert years.figure(
        "合计(【2020年】.开发区年度.rev_all) / 合计(开发区年度.rev_all)", zones=("Z1", "Z2")
    ) == Fraction(2, 3)


def test_the_same_record_in_the_base_year(data):
    for firm, base, now in ((1, 40, 60), (2, None, 70), (3, 55, 80), (4, 10, 49)):
        data.add("企业", firm)
        data.add("经济数据", 10 + firm, 企业=firm, 营业收入=now * 10**8)
        if base:
            data.add("经济数据", 20 + firm, 企业=firm, year=2021, 营业收入=base * 10**8)
            data.add("经济数据", 30 + firm, 企业=firm, year=2024, 营业收入=1)

    def count(text):
        return figure(text, BASE).value(data.connection, *data.scene())

    assert count("计数(经济数据, 营业收入 >= 50亿元 且 按零(基期.营业收入) < 50亿元)") == 2
    assert count("计数(经济数据, 营业收入 >= 50亿元 且 基期.营业收入 < 50亿元)") == 1  # who was not there is unknown
    assert count("计数(基期.经济数据, 营业收入 >= 40亿元)") == 2
    assert count("计数(企业, 合计(基期.经济数据.营业收入) >= 40亿元)") == 2


def test_the_index_on_a_row(years):
    found = years.values("开发区年度", INDEX, f"按比例(【2020年】.规上工业增加值, {INDEX}, 1)", "年度")
    exact = Fraction(1)
    for rate in RATES.values():
        exact *= 1 + Fraction(rate, 10**6)
    (index, value, year) = found[6]
    assert index == exact
    assert value == Fraction(round(1000 * WAN * exact), WAN)
    assert year == 2025
    assert years.values("开发区年度", INDEX, period="2020")[1] == (1,)
    assert years.values("开发区年度", INDEX, period="2022")[3] == (Fraction(108, 100) * Fraction(1055, 1000),)


def test_a_missing_year_makes_no_index(years):
    assert years.values("开发区年度", INDEX, zones=("Z2",), period="2022")[103] == (Fraction(11394, 10000),)
    assert years.values("开发区年度", INDEX, zones=("Z2",), period="2024")[105] == (None,)
    assert years.judged("开发区年度", f"{INDEX} > 1", zones=("Z2",), period="2024") == {105: [2]}


def test_indices_added_up_over_zones(years):
    value = f"按比例(【2020年】.规上工业增加值, {INDEX}, 1)"
    summed = f"合计(按比例(开发区年度.规上工业增加值, {INDEX.replace('(规', '(开发区年度.规')}, 1))"
    for period, zones, rows in (("2025", ("Z1",), [6]), ("2022", ("Z1", "Z2"), [3, 103]), ("2024", ("Z1", "Z2"), [5])):
        found = years.values("开发区年度", value.replace("【2020年】.", ""), zones=zones, period=period)
        assert years.figure(summed, zones=zones, period=period) == sum(found[row][0] for row in rows)


@pytest.mark.parametrize(
    ("text", "ledger_name", "fault"),
    [
        ("合计(基期.企业.rev)", None, "“企业”不按年记，没有“2021年”，请把日期写进条件"),
        ("合计(期.经济数据.营业收入)", None, "参数“期”不是年份"),
        ("年均增长(合计(经济数据.营业收入), 合计(经济数据.期末从业人员), 3)", None, "不能比较"),
        ("年均增长(合计(经济数据.营业收入), 1, 合计(经济数据.营业收入))", None, "不是年数"),
        ("年均增长(营业收入, 上年.营业收入, 1) > 1", "经济数据", "“年均增长”只能写在指标里"),
        ("定基指数(规上工业增加值, 2020年) > 1", "开发区年度", "第一项要是本行的一个增速（%）"),
        ("定基指数(规上工业增加值可比价增速, 2020) > 1", "开发区年度", "第二项要是基期的年份"),
        ("定基指数(规上工业增加值可比价增速, 2020年)", None, "要写在合计、计数这样的函数里"),
        ("期.营业收入 > 1", "经济数据", "参数“期”不是年份"),
        ('基期.单位详细名称 = "甲"', "企业", "“企业”不按年记，没有“2021年”"),
        ("年度 = 2025", "企业", "没有“年度”这一项"),
    ],
)
def test_faults(text, ledger_name, fault):
    with pytest.raises(FormulaError, match=fault):
        row_formula(text, ledger(ledger_name), BASE) if ledger_name else figure(text, BASE)


def test_in_words():
    made = row_formula(f"按比例(【2020年】.规上工业增加值, {INDEX}, 1)", ledger("开发区年度"))
    assert words(made.node) == "【2020年】.规上工业增加值 × 定基指数(规上工业增加值可比价增速,2020年) ÷ 1"
