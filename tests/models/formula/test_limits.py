"""Formulas that would keep the program busy, or that SQLite could not read, are refused when loaded; all others run."""

from __future__ import annotations

import time

import pytest

from models.formula.context import Context, Parameter
from models.formula.errors import FormulaError
from models.formula.rows import row_formula
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
    "非": lambda n: "非 (" * n + "营业收入 > 0" + " 且 利润总额 > 0)" * n,
    "或 且": lambda n: "(营业收入 > 0 或 (利润总额 > 1 且 " * n + "营业收入 > 1" + "))" * n,
    "已填": lambda n: "已填(" * n + "营业收入" + ")" * n,
    "天数": lambda n: "天数(若(" * n + "营业收入 > 1" + ", 期初, 期末), 期末) > 1" * n,
    "合计": lambda n: "合计(全区.到资流水.折万元, " * n + "折万元 > 1" + ") > 1" * n,
    "sum": lambda n: " + ".join(["营业收入"] * n) + " > 0",
    "或": lambda n: " 或 ".join(["rev > 1"] * n),
    "chain": lambda n: " < ".join(["rev"] * (n + 1)),
    "在": lambda n: f"rev 在 ({','.join(map(str, range(n)))})",
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


@pytest.mark.parametrize("shape", ["若 last", "绝对值", "按零", "divisor", "取整", "minus", "天数"])
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
