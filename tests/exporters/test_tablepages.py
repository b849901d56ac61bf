"""A ledger's table on paper: nothing lost, nothing twice, names and headings again on every page, nothing too small."""

from __future__ import annotations

import re

import pytest

from exporters.page import Layout
from exporters.tablepages import Heading, TableSheet, table_pages

HEADS = (Heading("企业名称"), *(Heading(f"指标{n}", "万元", right=True) for n in range(1, 31)))
ROWS = [[f"赣州第{row}有限公司", *(f"{row},{n:03}.00" for n in range(1, 31))] for row in range(1, 101)]
TABLE = TableSheet("经济数据", "赣州经开区　2025年 · 100 家", HEADS, ROWS, names=1)


@pytest.mark.parametrize(
    "asked", [Layout(), Layout(turned="纵"), Layout(paper="A3"), Layout(scale="100"), Layout(margin="25")]
)
def test_every_cell_is_printed_once_beside_its_name_and_under_its_heading(asked):
    pages = table_pages(TABLE, asked).pages
    said = {}
    for number, page in enumerate(pages, 1):
        cells = {cell.address: cell for cell in page.cells}
        assert cells["T1"].text == "经济数据"
        assert page.footer == (("center", f"第 {number} 页 共 {len(pages)} 页"),)
        rows = {int(found[1]) for at in cells if (found := re.fullmatch(r"R(\d+)C0", at))}
        columns = {int(at[1:]) for at in cells if at.startswith("H")}
        assert 0 in columns
        for at, cell in cells.items():
            left, top, right, bottom = page.margin
            assert left - 0.5 <= cell.x
            assert cell.x + cell.width <= page.width - right + 0.5
            assert top - 0.5 <= cell.y
            assert cell.y + cell.height <= page.height - bottom + 0.5
            if found := re.fullmatch(r"R(\d+)C(\d+)", at):
                row, column = int(found[1]), int(found[2])
                assert row in rows
                assert cell.text == ROWS[row][column]
                assert cell.x == cells[f"H{column}"].x
                assert cell.font.size >= 7 - 1e-9
                said[row, column] = said.get((row, column), 0) + 1
        assert {cells[f"H{column}"].text for column in columns - {0}} <= {f"指标{n}\n万元" for n in range(1, 31)}
    assert set(said) == {(row, column) for row in range(100) for column in range(31)}
    assert {count for (_, column), count in said.items() if column} == {1}
    assert said[0, 0] > 1  # the names stand beside every piece of the columns


def test_a_narrow_table_is_not_made_larger_and_a_long_text_goes_on_below():
    table = TableSheet("问题", "", (Heading("名称"), Heading("说明")), [["甲", "很长的说明" * 12]])
    (page,) = table_pages(table, Layout()).pages
    cells = {cell.address: cell for cell in page.cells}
    assert cells["R0C1"].font.size == 9
    assert cells["R0C1"].height > 3 * cells["H0"].height / 2
    assert table_pages(TableSheet("空", "", HEADS, []), Layout()).pages[0].cells
