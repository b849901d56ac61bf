"""Figures: known answers with their traps, empties, units, rounding, one statement for many, words and rows behind."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from sqlalchemy import update

from models.formula.behind import rows_behind, unknown_because
from models.formula.context import Context, Parameter
from models.formula.figures import figure, figure_values
from models.formula.rows import row_formula
from models.ledgers import ledger
from models.store.tables import table_of
from tests.models.formula.world import row_id

WAN = 10_000


@pytest.fixture
def money(data):
    """K30, K31: three payments that count and one that does not; HK$, US$ and 人民币 each at its own rate."""
    rows = [
        (256_4000, 1820 * WAN, 1),
        (500 * WAN, 3550 * WAN, 1),
        (200 * WAN, 1420 * WAN, 1),
        (900 * WAN, 6000 * WAN, 0),
    ]
    for number, (usd, cny, counted) in enumerate(rows, 1):
        data.add("企业", number)
        data.add("企业年度", 10 + number, 企业=number, 是否台资=number < 3, 运营状态="1" if number != 2 else "2")
        data.add("经济数据", 20 + number, 企业=number, 营业收入=number * 1000 * WAN, 期末从业人员=number)
        data.add(
            "到资流水",
            30 + number,
            企业=number,
            凭证号=str(number),
            到资日期=20250100 + number,
            折万美元=usd,
            折万元=cny,
            计入台办口径=counted,
        )
    data.add("到资流水", 35, 企业=4, 凭证号="5", 到资日期=20240601, 折万元=None, 计入台办口径=1)
    data.add("经济数据", 40, 企业=1, year=2024, 营业收入=4000 * WAN)
    return data


@pytest.mark.parametrize(
    ("formula", "unit", "value"),
    [
        ("合计(到资流水.折万美元, 计入台办口径)", "", "956.40"),
        ("合计(到资流水.折万元, 计入台办口径)", "万元", "6790"),
        ("合计(到资流水.折万元, 计入台办口径)", "亿元", "0.679"),
        ("合计(到资流水.折万元)", "", "12790"),
        ('合计(到资流水.折万元, 到资日期 < "2025")', "", None),
        ('合计(到资流水.折万元, 到资日期 < "2020")', "", "0"),
        ('平均(到资流水.折万元, 到资日期 < "2020")', "", None),
        ('最大(到资流水.折万元, 到资日期 < "2020")', "", None),
        ("合计(到资流水.折万元 + 到资流水.折万元, 计入台办口径)", "", "13580"),
        ("计数(企业年度, 是否台资)", "家", "2"),
        ("计数(企业年度)", "", "4"),
        ('计数(企业年度, 是否台资 且 运营状态 在 ("正常运营", "筹建"))', "个", "1"),
        ("计数(上年.企业年度)", "", "0"),
        ("去重计数(到资流水.企业)", "家", "4"),
        ("去重计数(到资流水.企业, 到资日期 在 本年)", "家", "4"),
        ('比率(企业年度, 是否台资 且 运营状态 = "正常运营", 是否台资)', "%", "50"),
        ("比率(企业年度, 是否台资, 是否规上)", "%", None),
        ("平均(经济数据.营业收入)", "", "2500"),
        ("平均(经济数据.营业收入, 企业年度.是否台资)", "", "1500"),
        ("最大(经济数据.营业收入)", "", "4000"),
        ("最小(经济数据.营业收入)", "", "1000"),
        ("合计(经济数据.营业收入) / 合计(经济数据.期末从业人员)", "", "1000"),
        ("合计(经济数据.营业收入) / 合计(经济数据.期末从业人员)", "元/人", "10000000"),
        ("合计(经济数据.营业收入) / 合计(上年.经济数据.营业收入)", "倍", "2.5"),
        ("(合计(经济数据.营业收入) / 合计(上年.经济数据.营业收入) - 1) * 100", "%", "150"),
        ("合计(经济数据.营业收入) / 计数(企业年度, 是否规上)", "", None),
        ("按零(合计(经济数据.营业收入) / 计数(企业年度, 是否规上))", "", "0"),
        ("已填(合计(经济数据.营业收入) / 计数(企业年度, 是否规上))", "", False),
        ("合计(经济数据.营业收入) >= 1亿元", "", True),
        ("合计(经济数据.营业收入) > 1亿元 且 计数(企业年度) > 0", "", False),
        ("若(计数(企业年度) > 3, 合计(经济数据.营业收入), 0万元)", "亿元", "1"),
        ("取整(合计(经济数据.营业收入) / 3)", "", "3333"),
        ("合计(经济数据.营业收入 / 50%) * 2倍 * 10%", "", "4000"),
        ("绝对值(合计(上年.经济数据.营业收入) - 合计(经济数据.营业收入))", "", "6000"),
        ("最大(到资流水.到资日期)", "", date(2025, 1, 4)),
        ("期末", "", date(2025, 12, 31)),
        ("报告年", "", "2025"),
        ("报告年 - 2000", "年", "25"),
        ("最大(开发区年度.规上工业增加值可比价增速) - 最小(开发区年度.规上工业增加值可比价增速)", "百分点", None),
        ("合计(经济数据.营业收入) / 合计(上年.经济数据.营业收入) * 1000", "‰", "2500"),
        ("100 * 合计(经济数据.营业收入) / 合计(上年.经济数据.营业收入)", "%", "250"),
        ("合计(经济数据.营业收入 * 100) / 合计(上年.经济数据.营业收入) - 100", "%", "150"),
        ("天数(期初, 期末) + 1", "天", "365"),
        ('满年("2000-05-06", 期末)', "周岁", "25"),
        ('满年("2000-02-29", "2025-02-28")', "", "24"),
        ('满年("2000-02-28", "2025-02-28")', "", "25"),
        ('满年("2000-02-28", "2025-01-29")', "", "24"),
        ('满年("2000-01-30", "2025-02-01")', "", "25"),
        ('满年("2025-02-28", "2000-03-01")', "", "-24"),
        ('满年("2025-03-01", "2000-02-28")', "", "-25"),
        ("1亩 + 1亩 / 2", "㎡", "1000"),
        ("年(最大(到资流水.到资日期))", "", "2025"),
        ("月(最大(到资流水.到资日期)) * 1", "", "1"),
        ("最大(到资流水.到资日期) 在 本年", "", True),
        ('最大(到资流水.到资日期) < "2025-01"', "", False),
        ("计数(企业, 合计(到资流水.折万元) > 3000)", "", "2"),
        ("计数(企业, 计数(到资流水) = 1 且 企业年度.是否台资)", "", "2"),
        ("合计(经济数据.营业收入 * 经济数据.营业收入)", "", "30000000"),
        ("合计(经济数据.营业收入 * 0.1, 企业年度.是否台资)", "", "300"),
        ("营业收入门槛", "", "500"),
        ("若(计数(企业) > 3, 计数(企业), 0)", "家", "4"),
        ("1 + 若(计数(企业) > 4, 0, 计数(企业)) - 计数(企业年度)", "个", "1"),
        ("若(计数(企业) > 3, 7, 0)", "万元", "7"),
    ],
)
def test_values(money, formula, unit, value):
    context = Context({"营业收入门槛": Parameter("500万元")})
    found = figure(formula, context, unit=unit).value(money.connection, *money.scene())
    assert found == (Fraction(value) if isinstance(value, str) else value)
    assert type(found) is (Fraction if isinstance(value, str) else type(value))


@pytest.mark.parametrize(
    ("tail", "places", "printed"),
    [
        (5_000, 0, "1"),
        (4_999, 0, "0"),
        (-5_000, 0, "-1"),
        (-4_999, 0, "0"),
        (50, 2, "0.01"),
        (49, 2, "0.00"),
        (11_500, 3, "1.150"),
    ],
)
def test_rounded_once_half_up(data, tail, places, printed):
    data.add("企业", 1)
    data.add("经济数据", 2, 企业=1, 营业收入=tail)
    made = figure("合计(经济数据.营业收入)", places=places)
    value = made.value(data.connection, *data.scene())
    assert made.rounded(value) == Decimal(printed)
    assert str(made.rounded(value)) in {printed, f"-{printed}"}


def test_zones_are_added_up(money):
    money.add("企业", 50, zone="Z2")
    money.add("经济数据", 51, zone="Z2", 企业=50, 营业收入=WAN)
    assert money.figure("合计(经济数据.营业收入)", zones=("Z1", "Z2")) == 10_001
    assert money.figure("合计(经济数据.营业收入)", zones=("Z2",)) == 1
    assert money.figure("合计(经济数据.营业收入)", zones=()) == 0


def test_many_figures_are_one_statement(money):
    texts = (
        "计数(企业年度)",
        "合计(经济数据.营业收入)",
        "合计(上年.经济数据.营业收入)",
        "合计(经济数据.营业收入, 企业年度.是否台资)",
        "计数(企业, 计数(到资流水) > 0)",
        "期末",
    )
    figures = [figure(text) for text in texts]
    money.statements.clear()
    values = figure_values(figures, money.connection, *money.scene())
    assert values == [4, 10_000, 4000, 3000, 4, date(2025, 12, 31)]
    (statement,) = money.statements
    assert statement.count("FROM ent_period") == 2  # one scan of this year, one of last year
    assert " / " not in statement


def test_last_year_of_last_year(data):
    """上年 inside a set function over 上年 is two years back, and a row without a year has that of the rows around it."""
    data.add("企业", 1)
    for year in (2023, 2024, 2025):
        data.add("企业年度", year - 2000, 企业=1, year=year)
        data.add("经济数据", year, 企业=1, year=year, 营业收入=year * WAN)
    assert data.figure("合计(上年.企业年度.上年.经济数据.营业收入)") == 2023
    for text in (
        "计数(上年.企业年度, 合计(上年.经济数据.营业收入) = 2023) = 1",
        "计数(上年.企业年度, 合计(经济数据.营业收入) = 2024) = 1",
        "计数(上年.企业年度, 上年.经济数据.营业收入 = 2023) = 1",
        "计数(上年.企业年度, 企业.经济数据.营业收入 = 2024) = 1",
        "计数(上年.企业年度, 计数(企业, 经济数据.营业收入 = 2024) > 0) = 1",
    ):
        assert data.figure(text) is True, text
        assert data.judged("企业年度", text) == {}, text
        assert data.judged("企业年度", text, single=[25]) == {}, text


def test_more_figures_than_one_statement_can_give(money):
    figures = [figure(f"平均(经济数据.营业收入, 营业收入 > {number})") for number in range(1001)]
    money.statements.clear()
    values = figure_values(figures, money.connection, *money.scene())
    assert (values[0], values[999], values[1000]) == (2500, 2500, 3000)
    assert len(money.statements) == 4


def test_figures_without_sets_ask_nothing(money):
    money.statements.clear()
    assert figure("报告年 * 2").value(money.connection, *money.scene()) == 4050
    assert money.statements == []


@pytest.mark.parametrize(
    ("formula", "unit", "words", "filled"),
    [
        (
            "合计(到资流水.折万元, 计入台办口径) / 计数(企业年度, 是否台资)",
            "",
            "“到资流水”折万元之和（只计 计入台办口径） ÷ “企业年度”的行数（只计 是否台资）",
            "6,790.00 万元 ÷ 2 = 3,395.00 万元",
        ),
        (
            "(合计(经济数据.营业收入) / 合计(上年.经济数据.营业收入) - 1) * 100",
            "%",
            "(“经济数据”营业收入之和 ÷ 上年“经济数据”营业收入之和 - 1) × 100",
            "(10,000.00 万元 ÷ 4,000.00 万元 - 1) × 100 = 150.00%",
        ),
        (
            "合计(经济数据.营业收入) - (合计(上年.经济数据.营业收入) - 3亿元)",
            "亿元",
            "“经济数据”营业收入之和 - (上年“经济数据”营业收入之和 - 3 亿元)",
            "10,000.00 万元 - (4,000.00 万元 - 3 亿元) = 3.60 亿元",
        ),
        (
            "平均(经济数据.营业收入, 企业年度.运营状态 = \"停业(歇业)\" 或 非 (企业年度.是否台资 且 营业收入 > 0.5))",
            "",
            "“经济数据”营业收入的平均（只计 企业年度.运营状态 = 停业（歇业） 或 非 (企业年度.是否台资 且 营业收入 > 0.5 万元)）",
            "3,000.00 万元 = 3,000.00 万元",
        ),
        (
            "去重计数(到资流水.企业, 到资日期 在 本年 且 属于(企业.行业代码, \"3963\"))",
            "家",
            "“到资流水”企业去重后的个数（只计 到资日期 ≥ 本年初 且 到资日期 ≤ 期末 且 企业.行业代码 属于(智能无人飞行器制造)）",
            "0 = 0.00 家",
        ),
        ("计数(经济数据, 非 已填(营业收入))", "", "“经济数据”的行数（只计 非 已填(营业收入)）", "0 = 0.00"),
        ("合计(经济数据.本期.营业收入)", "", "“经济数据”本期.营业收入之和", "10,000.00 万元 = 10,000.00 万元"),
        ("最大(到资流水.到资日期)", "", "“到资流水”到资日期的最大值", "2025-01-04 = 2025-01-04"),
        ("合计(到资流水.折万元, 到资日期 < \"2025\")", "", "“到资流水”折万元之和（只计 到资日期 < 2025）", "空 = 空"),
        ("合计(经济数据.营业收入) > 1亿元", "", "“经济数据”营业收入之和 > 1 亿元", "10,000.00 万元 > 1 亿元 = 否"),
        (
            "计数(企业, 3 - 名次(经济数据.营业收入) > 0)", "",
            "“企业”的行数（只计 3 - (“经济数据”的行数（只计 营业收入 > 本行.经济数据.营业收入） + 1) > 0）",
            "2 = 2.00",
        ),
        ("若(计数(企业) > 1, 报告年, 1 - 计数(企业年度) / 2)", "", "若(“企业”的行数 > 1,报告年,1 - “企业年度”的行数 ÷ 2)", None),
        ("-合计(经济数据.营业收入) / 2 * 3", "", "(-“经济数据”营业收入之和) ÷ 2 × 3", "(-10,000.00 万元) ÷ 2 × 3 = -15,000.00 万元"),
        ("-(合计(经济数据.营业收入) / 2)", "", "-(“经济数据”营业收入之和 ÷ 2)", "-(10,000.00 万元 ÷ 2) = -5,000.00 万元"),
        (
            "按零(合计(经济数据.期末从业人员)) / (2 * 计数(企业))",
            "",
            "按零(“经济数据”期末从业人员之和) ÷ (2 × “企业”的行数)",
            "按零(10 人) ÷ (2 × 4) = 1.25 人",
        ),
    ],
)  # fmt: skip
def test_in_words(money, formula, unit, words, filled):
    made = figure(formula, unit=unit)
    assert made.words == words
    if filled:
        assert made.filled(money.connection, *money.scene()) == filled


def test_rows_behind_a_figure(money):
    made = figure("合计(到资流水.折万元, 企业年度.是否台资 且 到资日期 在 本年) / 计数(企业年度, 是否规上)")
    money.add("企业", 60)
    money.add("到资流水", 61, 企业=60, 凭证号="6", 到资日期=20250505, 折万元=1)
    money.add("到资流水", 62, 企业=1, 凭证号="7", 到资日期=20250505, 折万元=None)
    money.add("到资流水", 63, zone="Z2", 凭证号="8", 到资日期=20250505, 折万元=1)
    paid, counted = rows_behind(made, money.connection, *money.scene())
    assert (paid.ledger.label, paid.words) == (
        "到资流水",
        "“到资流水”折万元之和（只计 企业年度.是否台资 且 到资日期 ≥ 本年初 且 到资日期 ≤ 期末）",
    )
    assert paid.included == ((row_id(31), 1820), (row_id(32), 3550))
    assert dict(paid.left_out) == {
        row_id(33): "不满足 企业年度.是否台资",
        row_id(34): "不满足 企业年度.是否台资",
        row_id(35): "不满足 企业年度.是否台资",
        row_id(61): "企业年度.是否台资 未填",
        row_id(62): "折万元 未填",
    }
    assert counted.included == ()
    assert dict(counted.left_out) == dict.fromkeys(map(row_id, range(11, 15)), "是否规上 未填")


def test_what_was_typed_wrongly_is_told_apart_from_what_is_empty(money):
    table = table_of(ledger("到资流水"))
    wrong = {"amt_usd": None, "raw": '{"amt_usd": "约五百"}'}
    money.connection.execute(update(table).where(table.c.id == row_id(33)).values(wrong))
    (rows,) = rows_behind(figure("合计(到资流水.折万美元 * 到资流水.折万元)"), money.connection, *money.scene())
    assert dict(rows.left_out) == {
        row_id(33): "折万美元 填的是“约五百”，不能用",
        row_id(35): "折万美元、折万元 未填",
    }


def test_why_rows_are_not_judged(money):
    money.add("企业年度", 80, 企业=1, year=2024, 是否台资=1)
    formula = row_formula(
        "营业收入 / (期末从业人员 - 1人) > 上年.营业收入 / 1人 或 上年.企业年度.是否台资", ledger("经济数据")
    )
    assert unknown_because(formula, money.connection, *money.scene()) == {
        "上年.营业收入、上年.企业年度.是否台资 未填": 3
    }
    formula = row_formula("营业收入 / (期末从业人员 - 1人) > 1", ledger("经济数据"))
    assert unknown_because(formula, money.connection, *money.scene()) == {
        "营业收入 ÷ (期末从业人员 - 1 人) > 1 万元/人 算不出": 1
    }
    money.add("企业", 81)
    money.add("经济数据", 82, 企业=81, 营业收入=0, 期末从业人员=0, 营业成本=1)
    formula = row_formula(
        "营业收入 / 期末从业人员 + 营业收入 / 期末从业人员 > 1 或 营业成本 / 营业收入 > 1", ledger("经济数据")
    )
    assert unknown_because(formula, money.connection, *money.scene()) == {"期末从业人员、营业收入 是 0，不能作除数": 1}
    formula = row_formula("合计(到资流水.折万元) > 0 且 已填(上年.营业收入)", ledger("经济数据"))
    assert unknown_because(formula, money.connection, *money.scene()) == {}


def test_rows_behind_give_values_of_any_kind(money):
    (rows,) = rows_behind(figure("去重计数(到资流水.企业, 折万元 / 折万美元 > 0)"), money.connection, *money.scene())
    assert rows.included[0] == (row_id(31), row_id(1))
    assert rows.left_out == ((row_id(35), "折万元、折万美元 未填"),)
    (rows,) = rows_behind(figure("计数(企业年度, 是否台资)"), money.connection, *money.scene())
    assert rows.included == ((row_id(11), 1), (row_id(12), 1))
    (rows,) = rows_behind(
        figure("计数(经济数据, 营业收入 / (期末从业人员 - 1人) > 0)"), money.connection, *money.scene()
    )
    assert rows.left_out == ((row_id(21), "营业收入 ÷ (期末从业人员 - 1 人) > 0 万元/人 算不出"),)
    assert rows_behind(figure("报告年"), money.connection, *money.scene()) == ()
