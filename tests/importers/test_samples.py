"""Real published files; they stay outside the repository."""

from __future__ import annotations

from pathlib import Path

import pytest

from importers.cells import Percent
from importers.headers import find_heading
from importers.reading import open_book

SAMPLES = Path(__file__).resolve().parents[2].parent / "shared" / "samples"
pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="../shared/samples is absent")


def read(name):
    book = open_book(SAMPLES / name)
    grid = book.grid(book.sheets[0].name)
    return book, grid, find_heading(grid)


def test_enterprises_of_shandong():
    _, grid, heading = read("企业名单_山东.xlsx")
    assert [column.label for column in heading.columns] == [
        "序号", "序列", "企业名称", "统一社会信用代码", "所属地市", "所属区县", "行业［固定污染源排污许可分类管理名录（2017年版）］",
    ]  # fmt: skip
    assert [column.label for column in heading.columns if column.serial] == ["序号"]
    assert heading.data == range(1, 4811)
    assert heading.aside == ()
    assert grid.place(heading.data[0], 3) == "企业名单!D2"


def test_small_listed_firms():
    _, grid, heading = read("企业名单_三板.xlsx")
    units = {column.label: column.unit for column in heading.columns if column.unit}
    assert units == {
        "增发数量": "万股", "预计募集资金": "万元", "实际募资总额": "万元", "发行费用": "万元", "实际募资净额": "万元",
        "大股东认购比例": "%", "大股东认购金额": "万元",
    }  # fmt: skip
    assert heading.data == range(1, 1381)
    assert [(one.place, one.reason, one.text) for one in heading.aside] == [
        ("工作表1!A1382", "注释行", "数据来源:Wind资讯")
    ]
    assert not any(isinstance(cell, Percent) for row in grid.rows for cell in row)


def test_land_results_of_beijing():
    _, grid, heading = read("土地供应结果_北京.xlsx")
    assert (heading.bottom, len(heading.columns), heading.data) == (0, 28, range(1, 59))
    assert heading.columns[4].label.startswith("Area")
    assert all(isinstance(cell, str) for row in grid.rows for cell in row)


def test_listed_companies_in_gbk_with_stray_bytes():
    book, grid, heading = read("上市公司_GBK.csv")
    assert [column.label for column in heading.columns] == ["code", "stockName", "market", "ipoDate"]
    assert len(heading.data) == len(grid.rows) - 1 == 3969
    assert grid.rows[1701][:2] == ["2", "万\xa0 科Ａ"]
    assert book.notes == (
        "有 7 个字节不是 GBK 文字（第 1702、1711、1719、1819、1968、2058 行），0xA0 按空格读入，其余以“�”代替，请核对",
    )
