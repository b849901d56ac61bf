"""Nothing is rounded and nothing overflows: decimals in SQL, ties, units, products beyond 64 bits."""

from __future__ import annotations

import sqlite3
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy.dialects import postgresql

from models.formula.figures import Asked, figure
from models.formula.rows import FAIL, PASS, UNKNOWN, RowQuery, row_formula
from models.formula.wide import register
from models.ledgers import ledger
from tests.models.formula.world import row_id

BIG = 10**13


@pytest.mark.parametrize(
    ("revenue", "profit", "formula", "verdict"),
    [
        (121_000, 2000, "营业收入 + 利润总额 = 12.30", PASS),
        (121_000, 2001, "营业收入 + 利润总额 = 12.30", FAIL),
        (23_000, 20_000, "营业收入 >= 利润总额 * 1.15", PASS),
        (22_999, 20_000, "营业收入 >= 利润总额 * 1.15", FAIL),
        (23_000, 20_000, "营业收入 / 利润总额 = 1.15", PASS),
        (-23_000, -20_000, "营业收入 / 利润总额 >= 1.15", PASS),
        (-23_001, 20_000, "营业收入 / 利润总额 >= -1.15", FAIL),
        (23_001, -20_000, "营业收入 / 利润总额 >= -1.15", FAIL),
        (1, 3, "营业收入 / 利润总额 = 1 / 3", PASS),
        (1, 3, "营业收入 / 利润总额 * 3 = 1", PASS),
        (1, 3, "营业收入 / 利润总额 + 营业收入 / 利润总额 + 营业收入 / 利润总额 = 1", PASS),
        (1, 0, "营业收入 / 利润总额 = 1", UNKNOWN),
        (0, 0, "营业收入 / 利润总额 * 0 = 0", UNKNOWN),
        (None, 5, "营业收入 * 0 = 0", UNKNOWN),
        (5, 7, "营业收入 / (利润总额 - 利润总额) >= 0", UNKNOWN),
        (5, 7, "0 <= 营业收入 / 利润总额", PASS),
        (30_000, 9999, "利润总额 / 营业收入 * 100 <= 33.33%", PASS),
        (30_000, 10_000, "利润总额 / 营业收入 * 100 <= 33.33%", FAIL),
        (30_000, 10_000, "利润总额 / 营业收入 <= 0.5倍", PASS),
        (30_000, 10_000, "绝对值(利润总额 / 营业收入 - 1) * 100 <= 66%", FAIL),
        (30_000, 10_000, "绝对值(利润总额 / 营业收入 - 1) * 100 <= 67%", PASS),
        (30_000, 10_000, "33% < 100 * 利润总额 / 营业收入 < 34%", PASS),
        (30_000, 10_000, "利润总额 / 营业收入 / 0.01 < 34%", PASS),
        (30_000, 10_000, "利润总额 * 1000 / 营业收入 < 334‰", PASS),
        (30_000, 10_000, "利润总额 / 营业收入 * 1000 <= 333‰", FAIL),
        (30_000, 10_000, "利润总额 / 营业收入 * 100 - 利润总额 / 营业收入 * 100 = 0百分点", PASS),
        (30_000, 10_000, "若(利润总额 > 0, 利润总额 / 营业收入 * 100, 50%) < 34%", PASS),
        (30_000, 10_000, "营业收入 > 若(利润总额 > 1, 2, 4)", FAIL),
        (30_000, 10_000, "营业收入 > 若(利润总额 > 0, 2, 4)", PASS),
        (30_000, 10_000, "若(利润总额 > 0, 2, 4) * 2 - 1 = 营业收入", PASS),
        (30_000, 10_000, "营业收入 - -若(利润总额 > 0, 2, 4) = 5万元", PASS),
        (30_000, 10_000, "营业收入 > 取整(2.5) + 绝对值(-0.5) + 按零(0)", PASS),
        (30_000, 10_000, "营业收入 > 取整(2.5) + 绝对值(-0.5) + 按零(0.5)", FAIL),
        (10_000, 3, "按比例(营业收入, 1, 3) = 0.3333", PASS),
        (5, 1, "按比例(营业收入, 1, 2) = 0.0003", PASS),
        (-5, 1, "按比例(营业收入, 1, 2) = -0.0003", PASS),
        (-4, 1, "按比例(营业收入, 1, 3) = -0.0001", PASS),
        (7, -2, "按比例(营业收入, 1万元, 利润总额) = -3.5", PASS),
        (5, 0, "按比例(营业收入, 营业收入, 利润总额) = 0", UNKNOWN),
        (None, 5, "按比例(营业收入, 1, 2) = 0", UNKNOWN),
        (BIG, 70_000_000, "按比例(营业收入, 营业收入, 利润总额) = 142857142857142.8571", PASS),
        (BIG, 70_000_000, "按比例(营业收入, 营业收入, 利润总额) = 142857142857142.8572", FAIL),
        (100_000, 50_000, "利润总额 = 营业收入 * 50%", PASS),
        (100_000, 50_000, "利润总额 / 50% = 营业收入", PASS),
        (100_000, 50_000, "营业收入 = 利润总额 * 2倍", PASS),
        (10**8, 1, "营业收入 = 1亿元", PASS),
        (10**8, 1, "营业收入 = 10000", PASS),
        (19_999, 1, "取整(营业收入) = 1", PASS),
        (-1, 1, "取整(营业收入) = -1", PASS),
        (-20_000, 1, "取整(营业收入) = -2", PASS),
        (70_000, 20_000, "取整(营业收入 / 利润总额) = 3", PASS),
        (-70_000, 20_000, "取整(营业收入 / 利润总额) = -4", PASS),
        (12_340_000, 1, "取整(营业收入 / 1000) * 1000 = 营业收入", FAIL),
        (12_340_000, 1, "取整(营业收入 / 2) * 2 = 营业收入", PASS),
        (100, 105, "约等(营业收入, 利润总额, 0.0005)", PASS),
        (100, 106, "约等(营业收入, 利润总额, 0.0005)", FAIL),
        (106, 100, "约等(营业收入, 利润总额, 0.0005)", FAIL),
        (BIG, BIG, "营业收入 * 利润总额 = 营业收入 * 营业收入", PASS),
        (BIG, BIG - 1, "营业收入 * 利润总额 < 营业收入 * 营业收入", PASS),
        (BIG, -BIG, "营业收入 * 利润总额 < 0 - 营业收入", None),
        (BIG, BIG - 1, "营业收入 * 营业收入 * 营业收入 / (利润总额 * 利润总额 * 利润总额) > 1", PASS),
        (BIG, 1 - BIG, "绝对值(营业收入 * 利润总额) / 营业收入 = 绝对值(利润总额)", PASS),
        (BIG, 7, "取整(营业收入 * 营业收入 / 利润总额 / 1万元) * 1万元 <= 营业收入 * 营业收入 / 利润总额", PASS),
        (BIG, 7, "按零(营业收入 * 利润总额) > 按零(利润总额 * 利润总额)", PASS),
        (BIG, None, "按零(营业收入 * 利润总额) = 0元 * 1元", PASS),
        (BIG, 0, "营业收入 / (利润总额 * 利润总额) > 0", UNKNOWN),
        (BIG, -3, "若(利润总额 < 0, 营业收入 * 营业收入, 利润总额 * 利润总额) = 营业收入 * 营业收入", PASS),
        (BIG, -3, "营业收入 * 营业收入 * 利润总额 / (利润总额 * 利润总额 * 利润总额) > 0", PASS),
        (BIG, 1, "营业收入 * 999999999999999999 > 利润总额 * 0.000000000000000001", PASS),
    ],
)
def test_one_row(data, revenue, profit, formula, verdict):
    data.add("企业", 1)
    data.add("经济数据", 2, 企业=1, 营业收入=revenue, 利润总额=profit)
    if verdict is None:
        with pytest.raises(ValueError, match="不能比较"):
            data.judged("经济数据", formula)
        return
    assert data.judged("经济数据", formula).get(2, [PASS]) == [verdict]
    assert data.judged("经济数据", formula, single=[2]).get(2, [PASS]) == [verdict]


@pytest.mark.parametrize(
    ("stored", "formula"),
    [
        (2_000_000, "核准面积 = 2"),
        (2_000_000, "核准面积 = 30亩"),
        (2_000_000, "核准面积 = 20000平方米"),
        (2_000_000, "核准面积 = 0.02平方公里"),
        (2_000_001, "核准面积 > 30亩"),
        (200_000_000, "核准面积 + 1500亩 = 3平方公里"),
        (None, "非 已填(核准面积)"),
    ],
)
def test_areas(data, stored, formula):
    data.add("开发区", 1, 开发区代码="Z1", 核准面积=stored)
    assert data.judged("开发区", formula) == {}


def test_numbers_come_out_exact_in_their_unit(data):
    data.add("企业", 1)
    data.add("经济数据", 2, 企业=1, 营业收入=10_000, 利润总额=3333, 期末从业人员=7)
    formulas = (
        "营业收入 / 期末从业人员",
        "营业收入 / 利润总额",
        "营业收入 * 0.1",
        "(营业收入 + 1亿元) / 3",
        "1亿元 + 营业收入",
        "营业收入 * 利润总额 * 营业收入",
    )
    assert data.values("经济数据", *formulas) == {
        2: (
            Fraction(1, 7),
            Fraction(10_000, 3333),
            Fraction(1, 10),
            Fraction(10_001, 3),
            Fraction(10_001, 10_000),
            Fraction(3333, 10_000),
        )
    }


def test_bounds_of_a_product_decide_between_plain_and_wide_sql():
    def sql(text):
        economy = ledger("经济数据")
        return str(RowQuery(economy, [row_formula(text, economy)]).verdicts())

    assert "wide" not in sql("营业收入 * 900000 > 利润总额")  # 9e18 fits
    assert "wide" in sql("营业收入 * 930000 > 利润总额")  # 9.3e18 does not
    assert "wide" not in sql("期末从业人员 * 期末从业人员 * 9 > 期末从业人员 * 1人")
    assert "wide" in sql("期末从业人员 * 期末从业人员 * 10 > 期末从业人员 * 1人")


def test_sums_leave_64_bits_only_where_they_may(data):
    """500,000 rows of the largest amount fit; the same rows of twice that do not, and go through wide_sum."""

    def sql(text):
        return str(Asked((figure(text).node,)).statement())

    assert "wide" not in sql("合计(经济数据.营业收入)")
    assert "wide_sum" in sql("合计(经济数据.营业收入 * 2 - 经济数据.利润总额)")
    assert "wide_sum" in sql("合计(经济数据.期末从业人员 * 经济数据.期末从业人员)")
    assert "wide_sum" in sql("合计(-(经济数据.期末从业人员 * 经济数据.期末从业人员))")


def test_sums_and_products_beyond_64_bits_are_chains_not_nests():
    """SQLite reads no 60 functions inside one another."""
    economy = ledger("经济数据")

    def sql(text):
        return str(RowQuery(economy, [row_formula(text, economy)]).values().statement)

    assert sql("营业收入 * 营业收入 * 利润总额 * 营业成本").count("wide_mul(") == 1
    assert sql("营业收入 * 营业收入 + 营业收入 * 营业成本 - 利润总额 * 营业成本").count("wide_add(") == 1


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("营业收入" + " * 营业收入 / 1万元" * 40, Fraction(2) ** 41),
        ("营业收入" + " * 营业收入" * 89, Fraction(2) ** 90),
        ("营业收入 * 利润总额" + " - 营业收入 * 利润总额" * 59, Fraction(-58 * 6)),
        ("营业收入 * 利润总额" + " + 营业收入 * 利润总额 - 利润总额 * 利润总额" * 29, Fraction(6 + 29 * (6 - 9))),
        ("合计(经济数据.营业收入" + " * 经济数据.营业收入" * 60 + ")", Fraction(2) ** 61),
    ],
)
def test_long_chains_beyond_64_bits(data, formula, expected):
    data.add("企业", 1)
    data.add("经济数据", 2, 企业=1, 营业收入=20_000, 利润总额=30_000)
    assert data.values("经济数据", formula) == {2: (expected,)}


def test_no_statement_divides(data):
    """Databases divide whole numbers each in its own way, so none is asked to."""
    data.add("企业", 1, 成立时间=20200300)
    data.add("经济数据", 2, 企业=1, 营业收入=1)
    texts = (
        "营业收入 / 利润总额 >= 营业成本 / 3万元",
        "取整(营业收入 / 7) = 0",
        "天数(企业.成立时间, 期末) / 365 > 满年(企业.成立时间, 期末)",
        "年(企业.成立时间) / 2 > 月(企业.成立时间) / 3",
        "平均(全区.经济数据.营业收入) > 合计(经济数据.营业收入) / 计数(经济数据)",
        "名次(经济数据.营业收入 / 期末从业人员) < 5",
    )
    data.statements.clear()
    data.judged("经济数据", *texts)
    data.judged("经济数据", *texts, single=[2])
    data.values("经济数据", *texts)
    data.figure("平均(经济数据.营业收入) / 计数(企业, 天数(成立时间, 期末) / 7 > 1)")
    assert len(data.statements) >= 4
    assert not [statement for statement in data.statements if "/" in statement]


def test_a_reference_is_followed_without_its_row(data):
    """企业年度 of an economic row is found by the row's own reference: 企业 itself is not joined."""
    data.add("企业", 1, 单位详细名称="甲公司")
    data.add("企业年度", 2, 企业=1, 是否规上=0)
    data.add("经济数据", 3, 企业=1)
    data.statements.clear()
    assert data.judged("经济数据", "企业年度.是否规上") == {3: [FAIL]}
    assert not [statement for statement in data.statements if "JOIN enterprise " in statement]


def test_postgresql_reckons_with_numeric():
    economy = ledger("经济数据")
    texts = ("营业收入 * 利润总额 > 营业收入 * 营业成本", "取整(营业收入 * 利润总额 / 营业成本) > 1")
    query = RowQuery(economy, [row_formula(texts[0], economy, expect="bool")])
    found = str(query.verdicts().compile(dialect=postgresql.dialect()))
    assert "wide" not in found
    assert (
        "CAST(SIGN(CAST((CAST(ent_period_1.rev AS NUMERIC) * CAST(ent_period_1.profit AS NUMERIC)) AS NUMERIC) - "
        in found
    )
    found = str(RowQuery(economy, [row_formula(texts[1], economy)]).verdicts().compile(dialect=postgresql.dialect()))
    assert "MOD(MOD(CAST(" in found
    assert "wide" not in found
    assert "OFFSET" in found
    company = ledger("企业")
    query = RowQuery(company, [row_formula("天数(成立时间, 期末) > 1", company)])
    found = str(query.verdicts().compile(dialect=postgresql.dialect()))
    assert "TO_DATE(CAST(CAST(CASE WHEN" in found
    assert "day_number" not in found
    made = Asked(
        (figure("合计(台资企业.注册资本折美元) + 最大(台资企业.注册资本折美元) - 最小(台资企业.注册资本折美元)").node,)
    )
    found = str(made.statement().compile(dialect=postgresql.dialect()))
    assert [found.count(f"{name}(CAST(") for name in ("SUM", "MAX", "MIN")] == [1, 1, 1]


@pytest.fixture(scope="module")
def sqlite():
    connection = sqlite3.connect(":memory:")
    register(connection)
    yield connection
    connection.close()


sizes = st.none() | st.integers(-(2**63), 2**63 - 1) | st.integers(-(10**60), 10**60)


@given(a=sizes, b=sizes)
@example(a=0, b=0)
@example(a=-7, b=3)
@example(a=2**63 - 1, b=2**63 - 1)
def test_wide_functions_reckon_as_python_does(sqlite, a, b):
    given = [value if value is None or -(2**63) <= value < 2**63 else str(value) for value in (a, b)]

    def asked(name):
        (found,) = sqlite.execute(f"SELECT {name}(?, ?)", given).fetchone()
        return found if found is None else int(found)

    empty = a is None or b is None
    assert asked("wide_add") == (None if empty else a + b)
    assert asked("wide_mul") == (None if empty else a * b)
    assert asked("wide_cmp") == (None if empty else (a > b) - (a < b))
    if b != 0:
        assert asked("wide_mod") == (None if empty else a % b)


@given(values=st.lists(sizes, max_size=5))
def test_wide_aggregates(sqlite, values):
    given = [value if value is None or -(2**63) <= value < 2**63 else str(value) for value in values]
    rows = " UNION ALL ".join(["SELECT ? AS x"] * len(given)) or "SELECT 1 AS x WHERE 0"
    found = sqlite.execute(f"SELECT wide_sum(x), wide_max(x), wide_min(x) FROM ({rows})", given).fetchone()
    filled = [value for value in values if value is not None]
    expected = (sum(filled), max(filled), min(filled)) if filled else (None, None, None)
    assert tuple(value if value is None else int(value) for value in found) == expected


def test_derived_amounts_beyond_64_bits(data):
    """注册资本 × 汇率 may reach 10**22 parts: sums, extremes and comparisons go through wide functions."""
    for number, (capital, rate) in enumerate([(BIG, 10**9), (-BIG, 10**9), (2 * 10**9, 128_200), (None, 5)], 1):
        data.add("企业", number)
        data.add("台资企业", 10 + number, 企业=number, 注册资本=capital, 折美元汇率=rate)
    assert data.values("台资企业", "注册资本折美元")[13] == (Fraction("25640"),)
    assert data.figure("合计(台资企业.注册资本折美元)") == Fraction("25640")
    assert data.figure("最大(台资企业.注册资本折美元)") == 10**12
    assert data.figure("最小(台资企业.注册资本折美元)") == -(10**12)
    assert data.figure("平均(台资企业.注册资本折美元)") == Fraction(25640, 3)
    assert data.figure("去重计数(台资企业.注册资本折美元)") == 3
    assert data.judged("企业", "合计(台资企业.注册资本折美元) >= 0") == {2: [FAIL], 4: [UNKNOWN]}
    assert row_id(1) == b"\0" * 15 + b"\1"
