"""Formulas that would keep the program busy, or that SQLite could not read, are refused when loaded; all others run."""

from __future__ import annotations

import time

import pytest

from models.formula.context import Context, Parameter
from models.formula.errors import FormulaError
from models.formula.limits import depth, shared, size
from models.formula.rows import row_formula
from models.kinds import Text
from models.ledgers import ledger

TOO_COMPLEX = "公式第 1 个字：公式太复杂，请拆成几条"
SHAPES = {
    "minus": lambda n: "-" * n + "营业收入 > 0",
    "若 last": lambda n: "若(营业收入 > 1, 利润总额, " * n + "营业收入" + ")" * n + " > 0",
    "若 middle": lambda n: "若(营业收入 > 1, " * n + "营业收入" + ", 利润总额)" * n + " > 0",
    "若 first": lambda n: "若(" * n + "营业收入 > 1" + ", 营业收入 > 2, 营业收入 > 3)" * n,
    "绝对值": lambda n: "绝对值(" * n + "利润总额" + ")" * n + " > 0",
    "按零": lambda n: "按零(" * n + "利润总额" + " / 营业成本) * 1万元" * n + " > 0",
    "divisor": lambda n: "(营业收入 / " * n + "利润总额" + " * 1万元)" * n + " > 0",
    "dividend": lambda n: "(" * n + "利润总额" + " / 营业收入 * 1万元)" * n + " > 0",
    "取整": lambda n: "取整(" * n + "利润总额" + " / 营业收入 * 1万元)" * n + " > 0",
    "按比例": lambda n: "按比例(利润总额, " * n + "利润总额" + ", 营业收入)" * n + " > 0",
    "非": lambda n: "非 (" * n + "营业收入 > 0" + " 且 利润总额 > 0)" * n,
    "或 且": lambda n: "(营业收入 > 0 或 (利润总额 > 1 且 " * n + "营业收入 > 1" + "))" * n,
    "已填": lambda n: "已填(" * n + "营业收入" + ")" * n,
    "天数": lambda n: "天数(若(" * n + "营业收入 > 1" + ", 期初, 期末), 期末) > 1" * n,
    "合计": lambda n: "合计(全区.到资流水.折万元, " * n + "折万元 > 1" + ") > 1" * n,
    "sum": lambda n: " + ".join(["营业收入"] * n) + " > 0",
    "或": lambda n: " 或 ".join(["rev > 1"] * n),
    "chain": lambda n: " < ".join(["rev"] * (n + 1)),
    "在": lambda n: f"rev 在 ({','.join(map(str, range(n)))})",
    "horner": lambda n: "(" * n + "营业收入" + " + 利润总额) * 期末从业人员 / 1人" * n + " > 0",
    "texts": lambda n: f"备注说明 在 ({','.join(chr(34) + str(each) + chr(34) for each in range(n))})",
}


def accepted(text):
    try:
        return row_formula(text, ledger("经济数据"))
    except FormulaError:
        return None


@pytest.mark.parametrize("shape", SHAPES)
def test_the_largest_that_is_accepted_runs(data, shape):
    data.add("企业", 1)
    data.add("经济数据", 2, 企业=1, 营业收入=5, 利润总额=-7, 营业成本=3)
    write = SHAPES[shape]
    largest = next(n for n in (900, 600, 400, 200, 90, 60, 40, *range(30, 0, -1)) if accepted(write(n)))
    assert data.judged("经济数据", write(largest)) == data.judged("经济数据", write(largest), single=[2])
    if largest < 30:
        with pytest.raises(FormulaError):
            row_formula(write(30), ledger("经济数据"))


@pytest.mark.parametrize("shape", ["若 last", "绝对值", "按零", "divisor", "取整", "按比例", "minus", "天数"])
def test_too_complex(shape):
    begin = time.perf_counter()
    with pytest.raises(FormulaError) as caught:
        row_formula(SHAPES[shape](20), ledger("经济数据"))
    assert str(caught.value) == TOO_COMPLEX
    assert time.perf_counter() - begin < 2


@pytest.mark.parametrize("shape", ["若 last", "绝对值", "按零", "divisor", "minus", "非", "或 且"])
def test_what_people_write_is_far_from_complex(shape):
    assert accepted(SHAPES[shape](3))
    assert accepted(SHAPES["取整"](2))
    assert accepted(SHAPES["合计"](2))


def test_parameters_that_double_each_other():
    pack = {f"层{n}": Parameter(f"层{n + 1} 或 层{n + 1}") for n in range(40)} | {"层40": Parameter("营业收入 > 1")}
    with pytest.raises(FormulaError, match="参数套用太多，一条公式最多读 200 次"):
        row_formula("层0", ledger("经济数据"), Context(pack))
    assert row_formula("层36", ledger("经济数据"), Context(pack))


def test_parameters_nested_deeper_than_python_goes():
    long = "(1 + " * 30 + "{}" + ")" * 30
    pack = {f"层{n}": Parameter(long.format(f"层{n + 1}")) for n in range(100)} | {
        "层100": Parameter("营业收入 / 1万元")
    }
    with pytest.raises(FormulaError, match="公式太复杂"):
        row_formula("层0", ledger("经济数据"), Context(pack))


COLUMNS = [
    field.label for field in ledger("企业").stored if isinstance(field.kind, Text) and field.label.isidentifier()
]
TIES = [f"计数(企业, {one} = 本行.{other}) >= 0" for one in COLUMNS for other in COLUMNS]


def test_more_tables_than_one_statement_can_join(data):
    """Each of these ties is a table of its own: SQLite joins 64."""
    data.add("企业", 1)
    assert data.judged("企业", " 且 ".join(TIES[:48])) == {}
    with pytest.raises(FormulaError) as caught:
        row_formula(" 且 ".join(TIES[:49]), ledger("企业"))
    assert str(caught.value) == TOO_COMPLEX
    with pytest.raises(FormulaError) as caught:
        row_formula(f"计数(全区.企业, {' 且 '.join(TIES[:49]).replace('本行.', '')}) > 1", ledger("经济数据"))
    assert str(caught.value) == TOO_COMPLEX


def test_rules_that_join_too_many_tables_together_are_asked_in_parts(data):
    data.add("企业", 1)
    asked = shared([(text, row_formula(text, ledger("企业")).node) for text in TIES[:100]])
    assert [len(part) for part in asked] == [48, 48, 4]
    assert [text for part in asked for text in part] == TIES[:100]
    for part in asked:
        assert data.judged("企业", *part) == {}
    links = [f"{'上年.' * n}企业年度.是否规上 或 是" for n in range(60)]
    nodes = [(text, row_formula(text, ledger("企业")).node) for text in links + links]
    assert [len(part) for part in shared(nodes)] == [48, 48, 24]


def test_depth_is_that_of_the_brackets():
    """What goes on without a bracket may be long, what opens one may not."""

    def deep(text):
        return depth(row_formula(text, ledger("经济数据")).node)

    assert deep("营业收入 + 利润总额 > 0") == 2
    assert deep("营业收入 + 利润总额 - 营业成本 + 利润总额 > 0") == 2
    assert deep("营业收入 * 利润总额 * 营业成本 / 利润总额 / 1万元 / 1万元 > 0") == 5
    assert deep("营业收入 * 2 / 3 > 0") == 1
    assert deep("营业收入 / 利润总额 > 0") == 5
    assert deep("(营业收入 + 利润总额) * 营业成本 > 0万元 * 1万元") == 3
    assert deep("绝对值(绝对值(营业收入)) > 0") == 3
    assert deep("合计(经济数据.营业收入) > 0") == 7


@pytest.mark.parametrize(
    ("formula", "names", "brackets"),
    [
        ("营业收入 > 1", 3, 1),
        ("营业收入 * 2 > 1", 4, 1),
        ("营业收入 * 2 / 3 > 1", 5, 1),
        ("营业收入 + 利润总额 > 1", 5, 2),
        ("营业收入 / 利润总额 > 1", 11, 5),
    ],
)
def test_how_large_a_formula_is_reckoned(formula, names, brackets):
    node = row_formula(formula, ledger("经济数据"), expect="bool").node
    assert (size(node), depth(node)) == (names, brackets)
