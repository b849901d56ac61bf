"""What is wrong with a form and its lists is told at its cell."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl

from tests.models.pack_copies import at, edit, form, found, found_by_place, write


def test_faults_of_the_form(copy: Path) -> None:
    def spoil(book: openpyxl.Workbook) -> None:
        book["表TW-1"]["D8"] = "{{ 台资企业树 }}"
        book["表TW-1"]["D9"] = "{{ 上年(无此指标) }}"
        book["表TW-1"]["A60"] = "{{ * 企业.单位详细名称 }}"
        book["表TW-2"]["B8"] = "{{ * 企业.名字 }}"
        book["表TW-4"]["G10"] = "{{ 台资企业数"

    form(copy, spoil)
    told = found_by_place(copy)
    assert set(told) == {"表TW-1!D8", "表TW-1!D9", "表TW-1!A60", "表TW-2!B8", "表TW-4!G10"}
    assert any("清单台账" in sentence for sentence in told["表TW-1!A60"])
    assert told["表TW-1!D8"] == ["公式第 1 个字：没有“台资企业树”这个指标，是否想写“台资企业数”？"]
    assert "“无此指标”" in told["表TW-1!D9"][0]


def test_only_a_list_of_zones_asks_of_indicators(copy: Path) -> None:
    def spoil(book: openpyxl.Workbook) -> None:
        book["表TW-2"]["B8"] = "{{ * 增速(台资企业数) }}"
        book["表TW-2"]["C8"] = "{{ * 台资企业数 }}"

    form(copy, spoil)
    assert set(found_by_place(copy)) == {"表TW-2!B8", "表TW-2!C8"}


def test_a_rule_does_not_look_at_sub_parks(copy: Path) -> None:
    """Zones are audited one by one: what is asked of 本区和分园 would be the zone's own rows only."""
    line = edit(copy, "规则", "W012", 公式="计数(本区和分园.企业) > 0")
    (fault,) = found_by_place(copy)[at("公式", "规则", line)]
    assert "规则里不能写“本区和分园”" in fault


def test_nothing_personal_leaves_the_zone(copy: Path) -> None:
    """What a cell or a message shows is carried inside the issued workbook; asking whether it is filled in shows nothing."""

    def spoil(book: openpyxl.Workbook) -> None:
        book["表TW-2"]["T8"] = "{{ * 企业.联系电话 }}"
        book["表TW-2"]["U8"] = "{{ * 已填(企业.联系电话) }}"

    form(copy, spoil)
    line = edit(copy, "规则", "W012", 提示="{姓名}({证件类型}) 起始时 {起始时周岁} 周岁")
    told = found_by_place(copy)
    assert set(told) == {"表TW-2!T8", at("提示", "规则", line)}
    assert "“企业.联系电话”是个人信息" in told["表TW-2!T8"][0]
    assert ["姓名" in sentence for sentence in told[at("提示", "规则", line)]] == [True, False]


def test_two_lists_side_by_side(copy: Path) -> None:
    form(copy, lambda book: book["表TW-4"].cell(9, 16, "{{ * 凭证号 }}"))
    assert any(place.startswith("表TW-4!") for place in found_by_place(copy))


def test_sheets_and_tables_belong_together(copy: Path) -> None:
    def spoil(book: openpyxl.Workbook) -> None:
        book["表TW-2"].title = "名录"

    form(copy, spoil)
    told = found(copy)
    assert "没有工作表“表TW-2”" in told["报表!C3"]
    line = edit(copy, "报表", "表TW-1", 清单台账="台资企业")
    assert "清单行" in found(copy)[at("清单台账", "报表", line)]


def test_an_unknown_ledger_of_a_list_is_told_once(copy: Path) -> None:
    line = edit(copy, "报表", "表TW-4", 清单台账="到资流氺", 条件="", 排序="")
    assert set(found(copy)) == {at("清单台账", "报表", line)}


def test_two_lists_on_one_sheet(copy: Path) -> None:
    """The second list row takes the second line of the table; a line or a row too many is told."""

    def second(book: openpyxl.Workbook) -> None:
        sheet = book["表TW-4"]
        sheet["B14"], sheet["B15"], sheet["C15"] = "企业", "{{ * 企业.单位详细名称 }}", "{{ * 台资占比 }}"

    form(copy, second)
    assert found_by_place(copy) == {
        f"表TW-4!{cell}": ["这一行要逐条列出，“报表”表里却没有给“表TW-4”的第 2 个清单写清单台账"]
        for cell in ("B15", "C15")
    }
    path = copy / "报表.csv"
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    at = next(n for n, row in enumerate(rows) if row[2] == "表TW-4")
    extra = ["表TW-4乙", "股东", "表TW-4", "台资企业", "", ""]
    write(path, [*rows[: at + 1], extra, *rows[at + 1 :]])
    assert found_by_place(copy) == {}
    write(path, [*rows[: at + 1], extra, [f"{extra[0]}二", *extra[1:]], *rows[at + 1 :]])
    assert found_by_place(copy) == {f"报表!D{at + 3}": ["“表TW-4”里没有第 3 个 {{ * }} 的清单行"]}
