"""Formulas on rows: three-valued logic, links, 上年 上期 本期, set functions on a row, operands, many rules at once."""

from __future__ import annotations

from fractions import Fraction

import pytest
from sqlalchemy import Text, create_engine, literal, select

from models.formula.context import Context, Parameter
from models.formula.listed import listed_in, lists
from models.formula.rows import FAIL, PASS, UNKNOWN, RowQuery, row_formula, verdicts
from models.formula.tree import Kind
from models.ledgers import ledger
from tests.models.formula.world import row_id


@pytest.fixture
def company(data):
    """Enterprise 1 of Z1 with this year and last, enterprise 2 with little, and the same number in another zone."""
    data.add("开发区", 90, 开发区代码="Z1", 级别="1")
    data.add("开发区年度", 91, 规上工业营业收入=10**9)
    data.add(
        "企业",
        1,
        单位详细名称="甲公司",
        统一社会信用代码="A",
        行业代码="3963",
        成立时间=20200300,
        首次入规年月=202501,
        世界500强=1,
    )
    data.add("企业", 2, 单位详细名称="乙", 统一社会信用代码="A")
    data.add("企业", 3, zone="Z2", 统一社会信用代码="A")
    data.add("企业年度", 11, 企业=1, 是否规上=1, 是否台资=0, 运营状态="1")
    data.add("企业年度", 12, 企业=1, year=2024, 是否规上=0)
    data.add("企业年度", 13, zone="Z2", 企业=3, 是否规上=1)
    data.add("经济数据", 21, 企业=1, 营业收入=200_000, 利润总额=0, 期末从业人员=10)
    data.add("经济数据", 22, 企业=1, year=2024, 营业收入=100_000)
    data.add("经济数据", 23, 企业=2, 营业收入=None, 利润总额=-1)
    data.add("经济数据", 24, zone="Z2", 企业=3, 营业收入=5)
    for seq, revenue in ((1, 30), (2, 50), (3, None), (4, 80)):
        data.add("经济数据", 30 + seq, 企业=1, form="Q", seq=seq, 营业收入=revenue * 10_000 if revenue else None)
    for number, (day, amount, counted) in enumerate(
        [(20250000, 10, 1), (20251231, 20, 0), (20241231, 40, 1), (20260101, None, 1)], 41
    ):
        data.add(
            "到资流水",
            number,
            企业=1,
            凭证号=str(number),
            到资日期=day,
            折万美元=amount and amount * 10_000,
            计入台办口径=counted,
        )
    return data


@pytest.mark.parametrize(
    ("formula", "first", "second"),
    [
        ("营业收入 > 10", PASS, UNKNOWN),
        ("营业收入 > 10 且 利润总额 > 0", FAIL, FAIL),
        ("营业收入 > 10 或 利润总额 < 0", PASS, PASS),
        ("营业收入 > 20 或 利润总额 < 0", FAIL, PASS),
        ("营业收入 > 10 且 利润总额 < 0", FAIL, UNKNOWN),
        ("非 营业收入 > 10", FAIL, UNKNOWN),
        ("已填(营业收入)", PASS, FAIL),
        ("非 已填(营业收入, 利润总额)", FAIL, PASS),
        ("按零(营业收入) >= 0", PASS, PASS),
        ("10 < 营业收入 <= 20", PASS, UNKNOWN),
        ("10 < 营业收入 < 20", FAIL, UNKNOWN),
        ("若(利润总额 < 0, 是, 营业收入 > 10)", PASS, PASS),
        ("若(营业收入 > 10, 利润总额, 期末从业人员 * 1万元/人) = 0", PASS, UNKNOWN),
        ("已填(若(营业收入 > 10, 期末从业人员, 5人))", PASS, FAIL),
        ("企业.单位详细名称 = “甲公司”", PASS, FAIL),
        ("企业.世界500强", PASS, UNKNOWN),
        ("非 企业.世界500强", FAIL, UNKNOWN),
        ("企业.世界500强 = 是", PASS, UNKNOWN),
        ("企业.世界500强 ≠ \"否\"", PASS, UNKNOWN),
        ("企业年度.是否规上", PASS, UNKNOWN),
        ("上年.企业年度.是否规上", FAIL, UNKNOWN),
        ("企业年度.是否规上 = 企业年度.是否台资", FAIL, UNKNOWN),
        ("企业年度.运营状态 = \"正常运营\"", PASS, UNKNOWN),
        ("企业年度.运营状态 = \"1\"", PASS, UNKNOWN),
        ("企业年度.运营状态 = 若(营业收入 > 10, \"正常运营\", \"筹建\")", PASS, UNKNOWN),
        ("若(营业收入 > 10, \"筹建\", 若(营业收入 > 5, \"正常运营\", \"停业\")) = 企业年度.运营状态", FAIL, UNKNOWN),
        ("企业年度.运营状态 在 (\"筹建\", \"正常运营\")", PASS, UNKNOWN),
        ("企业年度.运营状态 不在 (\"筹建\", \"正常运营\")", FAIL, UNKNOWN),
        ("企业.行业代码 >= \"0610\" 且 企业.行业代码 <= \"4690\"", PASS, UNKNOWN),
        ("属于(企业.行业代码, 代码表(\"高技术制造业\"))", PASS, UNKNOWN),
        ("属于(企业年度.运营状态, \"正常运营\", 代码表(\"币种\"))", PASS, UNKNOWN),
        ("开头是(企业.行业代码, \"13\", \"39\")", PASS, UNKNOWN),
        ("开头是(企业.行业代码, \"63\")", FAIL, UNKNOWN),
        ("长度(企业.单位详细名称) >= 2", PASS, FAIL),
        ("营业收入 在 (10, 20)", PASS, UNKNOWN),
        ("营业收入 在 (10万元, 2000元)", FAIL, UNKNOWN),
        ("营业收入 = 上年.营业收入 * 2", PASS, UNKNOWN),
        ("上年.上年.营业收入 > 0", UNKNOWN, UNKNOWN),
        ("本期.营业收入 = 营业收入", PASS, UNKNOWN),
        ("开发区.级别 = \"国家级\"", PASS, PASS),
        ("开发区年度.规上工业营业收入 >= 营业收入", PASS, UNKNOWN),
        ("企业年度.开发区.级别 = \"国家级\"", PASS, PASS),
        ("企业.成立时间 <= 期末", PASS, UNKNOWN),
        ("企业.成立时间 = \"2020-03\"", PASS, UNKNOWN),
        ("企业.成立时间 = \"2020\"", PASS, UNKNOWN),
        ("企业.成立时间 ≠ \"2020-04\"", PASS, UNKNOWN),
        ("企业.成立时间 <= \"2020-03\"", PASS, UNKNOWN),
        ("企业.成立时间 > \"2020-03\"", FAIL, UNKNOWN),
        ("企业.成立时间 < \"2020-03\"", FAIL, UNKNOWN),
        ("企业.成立时间 >= \"2020-03\"", PASS, UNKNOWN),
        ("\"2020-03\" < 企业.成立时间", FAIL, UNKNOWN),
        ("\"2020-03\" >= 企业.成立时间", PASS, UNKNOWN),
        ("企业.首次入规年月 在 本年", PASS, UNKNOWN),
        ("企业.首次入规年月 = \"2025-01\"", PASS, UNKNOWN),
        ("年(企业.成立时间) = 2020", PASS, UNKNOWN),
        ("年(企业.成立时间) >= 报告年 - 5", PASS, UNKNOWN),
        ("年(企业.成立时间) > 报告年 - 5年", FAIL, UNKNOWN),
        ("月(企业.成立时间) = 3", PASS, UNKNOWN),
        ("月(企业.首次入规年月) = 1", PASS, UNKNOWN),
        ("满年(企业.成立时间, 期末) = 5", PASS, UNKNOWN),
        ("满年(期末, 企业.成立时间) = -5", PASS, UNKNOWN),
        ("天数(企业.成立时间, \"2020-03-31\") = 30", PASS, UNKNOWN),
        ("天数(期初, 期末) = 364天", PASS, PASS),
        ("天数(上年末, 今天) = 370", PASS, PASS),
        ("计数(到资流水) = 4", PASS, FAIL),
        ("计数(到资流水, 到资日期 在 本年) = 2", PASS, FAIL),
        ("计数(到资流水, 到资日期 在 上年) = 1家", PASS, FAIL),
        ("合计(到资流水.折万美元) = 70", PASS, FAIL),
        ("合计(到资流水.折万美元) = 0", FAIL, PASS),
        ("合计(到资流水.折万美元, 到资日期 > 期末) = 0", UNKNOWN, PASS),
        ("平均(到资流水.折万美元, 计入台办口径) = 25", PASS, UNKNOWN),
        ("最大(到资流水.折万美元, 计入台办口径) = 40", PASS, UNKNOWN),
        ("最小(到资流水.到资日期) = \"2024-12-31\"", PASS, UNKNOWN),
        ("比率(到资流水, 计入台办口径, 到资日期 <= 期末) = 100%", PASS, UNKNOWN),
        ("计数(全区.到资流水) = 4", PASS, PASS),
        ("计数(企业, 统一社会信用代码 = 本行.企业.统一社会信用代码) = 2", PASS, PASS),
        ("计数(企业, 统一社会信用代码 ≠ 本行.企业.统一社会信用代码) = 0", PASS, PASS),
        ("计数(经济数据) = 2", PASS, PASS),
        ("计数(上年.经济数据) = 1", PASS, PASS),
        ("合计(上年.经济数据.营业收入, 营业收入 < 本行.营业收入) = 10", PASS, FAIL),
        ("计数(企业年度, 是否规上) = 1", PASS, FAIL),
        ("计数(上年.企业年度, 是否规上) = 0", PASS, PASS),
        ("计数(企业, 计数(到资流水) > 0) = 1", PASS, PASS),
        ("去重计数(到资流水.企业) = 1", PASS, FAIL),
        ("合计(到资流水.折万美元) / 去重计数(到资流水.企业) = 70", PASS, UNKNOWN),
        ("合计(到资流水.折万美元) / 去重计数(到资流水.折万美元) = 70 / 3", PASS, UNKNOWN),
        ("合计(到资流水.折万美元) / 计数(到资流水) = 17.5", PASS, UNKNOWN),
        ("名次(经济数据.利润总额) = 2", FAIL, PASS),
        ("名次(-经济数据.利润总额) = 1", FAIL, PASS),
        ("名次(经济数据.利润总额) = 1位", PASS, FAIL),
        ("名次(经济数据.利润总额, 利润总额 < 0) = 1", PASS, PASS),
        ("名次(经济数据.营业收入) = 1", PASS, UNKNOWN),
        ("名次(上年.经济数据.营业收入) + 0 = 1", PASS, UNKNOWN),
        ("计数(经济数据, 名次(经济数据.利润总额) = 1) = 1", PASS, PASS),
        ("计数(企业, 名次(经济数据.利润总额) <= 2 且 统一社会信用代码 = 本行.企业.统一社会信用代码) = 2", PASS, PASS),
        ("计数(到资流水, 企业 = 本行.企业 且 到资日期 >= 本行.企业.成立时间) = 4", PASS, FAIL),
    ],
)  # fmt: skip
def test_conditions(company, formula, first, second):
    for single in (None, [21, 23]):
        found = company.judged("经济数据", formula, single=single)
        assert [found.get(row, [PASS])[0] for row in (21, 23)] == [first, second]


def test_ranks(data):
    """Largest first, equals share a place, the empty have none; the whole zone's rows count and no other zone's."""
    for number, (revenue, staff, zone) in enumerate(
        [(30, 3, "Z1"), (50, 10, "Z1"), (50, 0, "Z1"), (None, 1, "Z1"), (20, 1, "Z1"), (90, 1, "Z2")], 1
    ):
        data.add("企业", number, zone=zone)
        data.add("企业年度", 10 + number, zone=zone, 企业=number, 是否规上=number != 2)
        data.add("经济数据", 20 + number, zone=zone, 企业=number, 营业收入=revenue, 期末从业人员=staff)
        data.add("经济数据", 30 + number, zone=zone, 企业=number, year=2024, 营业收入=number)
    texts = (
        "名次(经济数据.营业收入)",
        "名次(-经济数据.营业收入)",
        "名次(经济数据.营业收入, 企业年度.是否规上)",
        "名次(经济数据.营业收入 / 期末从业人员)",
        "名次(上年.经济数据.营业收入) - 名次(经济数据.营业收入)",
    )
    expected = {
        21: (3, 2, 2, 2, 2),
        22: (1, 3, 1, 3, 3),
        23: (1, 3, 1, None, 2),
        24: (None, None, None, None, None),
        25: (4, 1, 3, 1, -3),
    }
    assert data.values("经济数据", *texts) == expected
    found = data.values("企业", "名次(经济数据.营业收入)")
    assert {row: places[0] for row, places in found.items()} == {1: 3, 2: 1, 3: 1, 4: None, 5: 4}
    assert [operand.label for operand in row_formula(texts[2], ledger("经济数据")).operands] == ["经济数据.营业收入"]
    assert data.figure("计数(企业, 名次(经济数据.营业收入) <= 3 且 企业年度.是否规上)") == 2


def test_quarters(company):
    found = company.values("经济数据", "本期.营业收入", "上期.营业收入", "营业收入", period="2025Q2")
    assert found == {32: (20, 30, 50)}
    assert company.values("经济数据", "本期.营业收入", period="2025Q1") == {31: (30,)}
    assert company.values("经济数据", "本期.营业收入", period="2025Q4") == {34: (None,)}
    assert company.values(
        "企业", "经济数据.营业收入", "本期.经济数据.营业收入", "上年.经济数据.营业收入", period="2025Q2"
    )[1] == (50, 20, None)


@pytest.mark.parametrize(
    ("period", "span", "days"),
    [
        ("2025Q2", "本期", [20250400, 20250630]),
        ("2025Q2", "本年", [20250000, 20250100, 20250101, 20250400, 20250630]),
        ("2025Q2", "上年", [20240000, 20240700, 20241231]),
        ("2025Q2", "上年同期", [20240000]),
        ("2025", "本期", [20250000, 20250100, 20250101, 20250400, 20250630, 20250701, 20251231]),
        ("2025-12", "本期", [20251231]),
    ],
)
def test_spans(data, period, span, days):
    every = [
        20231231,
        20240000,
        20240700,
        20241231,
        20250000,
        20250100,
        20250101,
        20250400,
        20250630,
        20250701,
        20251231,
        20260000,
    ]
    for number, day in enumerate(every, 1):
        data.add("企业", number, 成立时间=day)
    found = data.judged("企业", f"成立时间 不在 {span}", period=period)
    assert [every[row - 1] for row in found] == days


def test_each_zone_sees_its_own_rows_only(company):
    assert company.judged("企业年度", "计数(企业年度) = 1", zones=("Z1", "Z2")) == {}
    assert company.values("经济数据", "营业收入", zones=("Z2",)) == {24: (Fraction(5, 10_000),)}
    assert set(company.values("企业", "计数(企业)", zones=("Z1", "Z2"))) == {1, 2, 3}
    assert company.values("企业", "计数(企业)", zones=("Z1", "Z2")) == {1: (2,), 2: (2,), 3: (1,)}


def test_single_rows_are_judged_whatever_their_period(company):
    assert company.judged("经济数据", "营业收入 > 10", single=[22, 31]) == {22: [FAIL]}
    assert company.judged("企业年度", "是否规上", single=[12]) == {12: [FAIL]}


def test_many_rules_are_packed_31_to_an_integer(company):
    texts = [f"营业收入 {'>' if n % 3 else '<'} {n}" for n in range(70)]
    found = company.judged("经济数据", *texts)
    assert found[21] == [PASS if (n < 20 if n % 3 else n > 20) else FAIL for n in range(70)]
    assert found[23] == [UNKNOWN] * 70
    assert verdicts((b"", 0b100100), 3) == [PASS, FAIL, UNKNOWN]


def test_rows_on_which_all_holds(company):
    book = ledger("经济数据")
    query = RowQuery(book, [row_formula("营业收入 > 10", book), row_formula("企业年度.是否规上", book)])
    rows = company.connection.execute(query.holding(), query.bind(*company.scene())).all()
    assert rows == [(row_id(21),)]


def test_operands_and_what_stands_there(company):
    book = ledger("经济数据")
    formula = row_formula(
        "营业收入 > 上年.营业收入 + 利润总额 * 0 且 企业年度.是否规上 且 企业.是否工业 且 营业收入 > 1", book
    )
    assert [operand.label for operand in formula.operands] == [
        "营业收入",
        "上年.营业收入",
        "利润总额",
        "企业年度.是否规上",
        "企业.行业代码",
    ]
    assert [operand.ledger for operand in formula.operands] == [
        "ent_period",
        "ent_period",
        "ent_period",
        "enterprise_year",
        "enterprise",
    ]
    assert (formula.kind, formula.sets) == (Kind.FLAG, ())
    scene = RowQuery(book, [formula]).scene()
    rows = company.connection.execute(scene.statement, RowQuery.bind(*company.scene(), [row_id(21), row_id(23)])).all()
    found = {
        int.from_bytes(row.id): [(seen.row and int.from_bytes(seen.row), seen.stored) for seen in scene.read(row)]
        for row in rows
    }
    assert found[21] == [(21, 200_000), (22, 100_000), (21, 0), (11, 1), (1, "3963")]
    assert found[23] == [(23, None), (None, None), (23, -1), (None, None), (2, None)]


def test_operands_of_derived_fields_and_parameters_are_named_with_their_ledger():
    context = Context({"口径": Parameter("上年.营业收入 > 0 且 企业.是否工业")})

    def labels(label, text):
        return [operand.label for operand in row_formula(text, ledger(label), context).operands]

    assert labels("经济数据", "口径") == ["上年.营业收入", "企业.行业代码"]
    assert labels("企业", "是否工业") == ["行业代码"]
    assert labels("企业", "台资企业.注册资本折美元 > 0") == ["台资企业.注册资本", "台资企业.折美元汇率"]
    assert labels("到资流水", "台资企业.企业员工数 > 0") == ["经济数据.期末从业人员"]
    assert labels("企业", "本期.经济数据.营业收入 > 0") == ["经济数据.营业收入", "上期.经济数据.营业收入"]
    assert labels("经济数据", "本期.营业收入 > 0") == ["营业收入", "上期.营业收入"]


def test_values_of_every_kind(company):
    texts = (
        "营业收入",
        "企业.单位详细名称",
        "企业.成立时间",
        "企业年度.是否规上",
        "企业",
        "企业年度.运营状态",
        "营业收入 > 15",
        "本期.营业收入 / 0.5",
    )
    assert company.values("经济数据", *texts)[21] == (20, "甲公司", 20200300, True, row_id(1), "1", True, 40)
    assert company.values("经济数据", *texts)[23] == (None, "乙", None, None, row_id(2), None, None, None)
    book = ledger("经济数据")
    assert row_formula("营业收入", book).unit.name == "万元"
    assert row_formula("营业收入 / 期末从业人员", book).unit.name == "万元/人"


def test_parameters(company):
    context = Context(
        {
            "门槛": Parameter("20万元"),
            "倍数": Parameter("2"),
            "起算日": Parameter('"2020-03"'),
            "在产": Parameter('("正常运营", "筹建")'),
            "规上工业": Parameter("企业年度.是否规上 且 企业.是否工业"),
            "规上好企业": Parameter("规上工业 且 营业收入 >= 门槛"),
            "名字": Parameter('"甲公司"'),
        }
    )  # fmt: skip
    formulas = (
        "营业收入 >= 门槛", "营业收入 = 上年.营业收入 * 倍数", "企业.成立时间 >= 起算日", "企业年度.运营状态 在 在产", "规上好企业",
        "非 规上好企业", "企业.单位详细名称 = 名字", "计数(经济数据, 规上好企业) = 1",
    )  # fmt: skip
    found = company.judged("经济数据", *formulas, context=context)
    assert found[21] == [PASS, PASS, PASS, PASS, PASS, FAIL, PASS, PASS]
    assert found[23][-1] == PASS
    book = ledger("经济数据")
    assert [operand.label for operand in row_formula("规上工业", book, context).operands] == [
        "企业年度.是否规上",
        "企业.行业代码",
    ]


@pytest.mark.parametrize(
    ("style", "fits", "others"),
    [
        ("统一社会信用代码", ["91360500716575125F"], ["91360500716575125G", "9136050071657512", "甲"]),
        ("组织机构代码", ["91360500716575125F"], ["913605007165751265", "X1360500716575126F"]),
        ("注册号", ["360500210000123"], ["36050021000012", "3605002100001234", "36050021000012X"]),
        (
            "电话",
            ["0797-1234567", "(0797) 12345678", "（0797）1234567", "13800000000"],
            ["123456789", "1234567890123", "0797-123456a"],
        ),
        ("邮箱", ["a@b.cn"], ["a@b", "a b@c.cn", "@b.cn", "a@@b.cn"]),
        ("台胞证", ["01234567"], ["0123456", "012345678"]),
        ("台湾居民居住证", ["830000199001011234", "83000019900101123X"], ["110000199001011234", "8300001990010112345"]),
        ("行政区划代码", ["360703", "360703000000"], ["3607030", "36070"]),
        ("年份", ["1999", "2025"], ["2125", "25", "20255"]),
        ("不含空格", ["甲公司"], ["甲 公司", "甲\u3000公司"]),
        ("说明", ["本年新增两条生产线,产能翻番"], ["核实无误", "正常"]),
    ],
)
def test_styles(data, style, fits, others):
    for number, text in enumerate([*fits, *others, None], 1):
        data.add("企业", number, 单位详细名称=text)
    found = data.judged("企业", f'符合(单位详细名称, "{style}")')
    last = len(fits) + len(others) + 1
    assert found == {number: [FAIL] for number in range(len(fits) + 1, last)} | {last: [UNKNOWN]}


def test_a_query_is_of_one_ledger():
    with pytest.raises(ValueError, match="on ent_period, not on enterprise"):
        RowQuery(ledger("企业"), [row_formula("营业收入 > 1", ledger("经济数据"))])


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("A类、B类", ["a类"]),
        ("第1批", ["第_批"]),
        ("X第1批", ["%批"]),
        ("甲、乙", ["乙", "丙"]),
        ("甲乙", ["乙"]),
        ("", ["乙"]),
    ],
)
def test_what_a_text_lists_is_the_same_in_the_store_and_outside(text, values):
    with create_engine("sqlite://").connect() as connection:
        found = connection.scalar(select(lists(literal(text, Text), values)))
    assert bool(found) is not listed_in(text).isdisjoint(values)
