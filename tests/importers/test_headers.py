from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.cells import Grid
from importers.headers import NoHeading, find_heading
from tests.importers.layouts import HEADINGS
from tests.importers.layouts_below import BELOW
from tests.importers.tables import asides, columns, data, grid_of, heading_of, write


@pytest.mark.parametrize("layout", HEADINGS + BELOW, ids=lambda layout: layout.name)
def test_layout(layout, tmp_path):
    path = write(tmp_path / "表.xlsx", layout.text, layout.merges, first=layout.first)
    grid, heading = grid_of(path), heading_of(path)
    assert columns(heading) == layout.columns
    assert data(grid, heading) == layout.data
    assert asides(heading) == layout.asides
    assert heading.titles == layout.titles
    assert heading.sheet_units == layout.units
    told = {*range(heading.bottom + 1), *heading.data, *(one.row for one in heading.aside)}
    assert {index for index, row in enumerate(grid.rows) if any(row)} <= told, "a filled row is dropped silently"


LABELS = [
    "企业名称",
    "统一社会信用代码",
    "所属行业",
    "注册地址",
    "联系电话",
    "营业收入(万元)",
    "用地面积（亩）",
    "投产日期",
    "是否规上",
    "备注",
]
VALUES = {
    "企业名称": "甲公司",
    "统一社会信用代码": "91360100MA35F9XX1A",
    "所属行业": "电子信息",
    "注册地址": "工业一路",
}
TITLES = ["2025年园区企业名录", "填报单位：赣州经开区", "附件1", "（单位：万元）", "填表说明：金额以万元为单位。"]


@given(
    labels=st.permutations(LABELS).flatmap(lambda labels: st.integers(3, len(LABELS)).map(lambda n: labels[:n])),
    titles=st.lists(st.sampled_from(TITLES), max_size=4, unique=True),
    blank=st.integers(0, 2),
    records=st.integers(1, 6),
    right=st.integers(0, 2),
)
def test_heading_is_found_below_any_titles(labels, titles, blank, records, right):
    width = len(labels) + right
    record = [VALUES.get(label, 7.0) for label in labels]
    rows = [[title] + [""] * (width - 1) for title in titles] + [[""] * width] * blank
    rows += [["", "", *row][2 - right :] for row in [labels, *[record] * records]]
    heading = find_heading(Grid("名录", rows))
    assert heading.top == heading.bottom == len(titles) + blank
    assert [column.raw for column in heading.columns] == labels
    assert list(heading.data) == [heading.bottom + 1 + n for n in range(records)]


def fingerprint(*rows):
    return find_heading(Grid("名录", [list(row) for row in rows])).fingerprint()


def test_same_heading_has_the_same_fingerprint_next_year():
    last = fingerprint(["2024年名录", "", ""], ["企业名称", "营业收入（万元）", "行业"], ["甲公司", 1.0, "电子"])
    this = fingerprint(["企业\n名称", "营业收入 (万元)", "行　业"], ["乙公司", 2.0, "化工"], ["丙公司", 3.0, "化工"])
    assert last == this


@pytest.mark.parametrize("other", ["营业收入（千元）", "营业收入", "利润（万元）"])
def test_another_unit_or_name_has_another_fingerprint(other):
    record = ["甲公司", 1.0, "电子"]
    assert fingerprint(["企业名称", other, "行业"], record) != fingerprint(
        ["企业名称", "营业收入（万元）", "行业"], record
    )


def test_unit_above_the_table_is_part_of_the_fingerprint():
    table = [["企业名称", "营业收入", "行业"], ["甲公司", 1.0, "电子"]]
    assert fingerprint(["单位：万元", "", ""], *table) != fingerprint(["单位：千元", "", ""], *table)


@pytest.mark.parametrize(
    "rows",
    [
        [["甲公司", "91360100MA35F9XX1A", 1.0], ["乙公司", "91360100MA35F9XX2B", 2.0]],
        [[1.0, 2.0], [3.0, 4.0]],
        [["企业名称", "甲公司", "统一社会信用代码", "91360100MA35F9XX1A"], ["营业收入", 12.0, "利润", 3.0]],
        [["法定代表人", "张三", "联系电话", "13800000000"], ["注册资本", 1000.0, "营业收入", 2000.0]],
    ],
    ids=["records only", "numbers only", "form with names at the left", "another form"],
)
def test_sheet_without_heading_is_refused(rows):
    with pytest.raises(NoHeading, match="工作表“名录”里没有找到标题行"):
        find_heading(Grid("名录", rows))


@pytest.mark.parametrize("rows", [[], [["", " "], ["\u3000", ""]]])
def test_empty_sheet_is_refused(rows):
    with pytest.raises(NoHeading, match="工作表“名录”是空的"):
        find_heading(Grid("名录", rows))


def test_vocabulary_finds_a_heading_that_form_does_not():
    rows = [["红", "黄", "蓝"], ["大", "中", "小"], ["红", "中", "蓝"], ["大", "黄", "小"]]
    assert find_heading(Grid("名录", rows), lambda text: float(text in "大中小")).bottom == 1


def test_data_of_a_large_sheet_is_a_range():
    rows = [["企业名称", "营业收入", "税收"]] + [[f"第{n}公司", float(n), 1.0] for n in range(5000)]
    assert find_heading(Grid("名录", rows)).data == range(1, 5001)
