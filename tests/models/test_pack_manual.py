"""docs/报表包.md says what is so: every table, column, entry of the head and kind of cell is there as it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from models.packs.pack import pack
from models.packs.tables import COLUMNS, HEAD
from models.returns import SIGNATURES, check_cell

MANUAL = (Path(__file__).parents[2] / "docs" / "报表包.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("table", COLUMNS)
def test_the_manual_explains_each_column(table: str) -> None:
    section = MANUAL.split(f"\n### {table}\n")[1].split("\n#")[0]
    explained = section.split("| 列 | 填什么 |\n|---|---|\n")[1].split("\n\n")[0].splitlines()
    assert tuple(line.split("`")[1] for line in explained) == COLUMNS[table]


def test_the_manual_explains_each_entry_of_the_head() -> None:
    section = MANUAL.split("\n## 包的名片\n")[1].split("\n#")[0]
    assert tuple(line.split("`")[1] for line in section.splitlines() if line.startswith("| `")) == HEAD


def test_the_manuals_cells_are_right() -> None:
    cells = re.findall(r"^\| `\{\{ (.*?) \}\}` \|", MANUAL, re.MULTILINE)
    assert {cell.split("(")[0] for cell in cells} >= {"上年", "增减", "增速", "目标", "完成", "填报单位"}
    for cell in cells:
        check_cell(pack("工信" if cell.startswith("基期") else "台办"), cell)
    names = MANUAL.split("| `{{ 填报单位 }}` |")[1].split("|")[0]
    assert all(name in names for name in SIGNATURES)


def test_the_manuals_case_is_a_case() -> None:
    rows = [line for line in MANUAL.splitlines() if line.startswith("| E016 |")]
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    kept = [e for e in pack("通用").source.tables["用例"] if (e["规则"], e["例"]) == ("E016", "失败")]
    assert [[row[2], row[3], row[5], row[6]] for row in cells] == [
        [e["台账"], e["行"], e["应查出"], e["改正"]] for e in kept
    ]
