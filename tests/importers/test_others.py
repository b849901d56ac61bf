"""Two tables on one sheet: one is imported, of the other every row is told."""

from __future__ import annotations

import pytest

from importers.cells import Grid
from importers.headers import find_heading
from importers.matching import vocabulary
from importers.others import OTHER_TABLE
from models.ledgers import ledger

ENTERPRISE = ledger("企业")
ROSTER = [
    ["企业名称", "统一社会信用代码", "法定代表人"],
    ["甲公司", "91360703MA0000015K", "张三"],
    ["乙公司", "91360703MA0000023E", "李四"],
]
GONE = [["单位名称", "信用代码", "法人", "注销原因"], ["丙公司", "91360703MA00000319", "王五", "搬迁"]]
LAND = [["序号", "宗地编号", "用地面积(亩)", "土地用途"], [1, "ZD-1", 20.5, "工业"], [2, "ZD-2", 8, "商业"]]
TITLE = [["停产名单"]]


def heading(*blocks, named=True):
    lines = [line for block in blocks for line in block]
    width = max(map(len, lines))
    rows = [line + [""] * (width - len(line)) for line in lines]
    found = find_heading(Grid("名录", rows), vocabulary(ENTERPRISE) if named else None)
    told = {*range(found.bottom + 1), *found.data, *(one.row for one in found.aside)}
    assert {index for index, row in enumerate(rows) if any(row)} <= told, "a filled row is dropped silently"
    return rows, found


def others(found):
    return [one.row for one in found.aside if one.reason == OTHER_TABLE]


@pytest.mark.parametrize("other", [GONE, LAND], ids=["注销", "用地"])
@pytest.mark.parametrize(
    "between", [[[]], [[], []], [[], *TITLE], [*TITLE]], ids=["1 行空", "2 行空", "空行和标题", "标题"]
)
def test_a_table_below_is_set_aside_with_its_title(other, between):
    rows, found = heading(ROSTER, between, other)
    assert [rows[row][0] for row in found.data] == ["甲公司", "乙公司"]
    start = 3 + sum(not line for line in between)
    assert others(found) == [*range(start, len(rows))]
    assert found.others() == (start, len(rows) - 1)


def test_a_table_above_is_set_aside_and_its_lines_are_no_titles():
    rows, found = heading([["附件1"], ["单位：千元"]], LAND, [[]], [["单位：万元"]], ROSTER)
    assert [rows[row][0] for row in found.data] == ["甲公司", "乙公司"]
    assert [rows[row][0] for row in others(found)] == ["序号", 1, 2]
    assert found.titles == ("单位：万元", "附件1", "单位：千元")
    assert found.sheet_units[0] == "万元"


@pytest.mark.parametrize("gap", [[], [[]], TITLE], ids=["", "空行", "标题"])
def test_the_same_heading_again_is_the_same_table(gap):
    rows, found = heading(ROSTER, gap, ROSTER[:1], [["丙公司", "91360703MA00000319", "王五"]])
    assert [rows[row][0] for row in found.data][-1] == "丙公司"
    assert others(found) == []


@pytest.mark.parametrize(
    "lines",
    [
        [[], ["丙公司", "无", "赵六"]],
        [[], ["进出口贸易公司", "", "法人"], ["丁公司", "x", "钱七"]],
        [["一、电子信息产业"], ["丙公司", "办理中", "待定"]],
        [[], ["丙公司", "统一社会信用代码", "李"]],
    ],
)
def test_records_after_a_gap_are_records(lines):
    rows, found = heading(ROSTER, lines)
    assert others(found) == []
    assert [rows[row] for row in found.data][2:] == [line + [""] * (3 - len(line)) for line in lines if len(line) > 1]


@pytest.mark.parametrize(
    "line", [["填报单位：赣州经开区", "", "2025-12-31"], ["年份", 2025, "月份", 12], ["单位：万元", "", "", 1]]
)
def test_title_lines_are_no_table(line):
    _, found = heading([["一览表"], line, ["制表日期", "2025-12-31"]], ROSTER)
    assert others(found) == []
    assert str(line[0]) in found.titles
