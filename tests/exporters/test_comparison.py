"""Two versions of a return beside one another: whose row has changed, what came and went, values as they are printed."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from exporters.comparison import NONE, ROW, compare
from exporters.formwords import FormWords
from exporters.references import split_address
from exporters.template import open_template
from exporters.workbook import fill
from tests.exporters.forms import Given, save

ROWS = (
    ("91A", "甲公司", Decimal("1234.50"), date(2021, 3, 5)),
    ("91B", "乙公司", Decimal(20), date(2022, 1, 1)),
    ("91C", "丙公司", Decimal(7), None),
)
CLUSTERS = (("电子", 3), ("稀土", 5))


def form():
    """Two lists, one under the other, a figure above them and a sum under the first."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "表"
    cells = {
        "A1": "企业情况", "A2": "项目", "B2": "单位", "C2": "本年", "A3": "产值", "B3": "万元", "C3": "{{ 产值 }}",
        "A4": "其中：规上", "B4": "万元", "C4": "{{ 合计(产值, 规上) }}",
        "A5": "序号", "B5": "企业", "C5": "代码", "D5": "产值\n(万元)", "E5": "投产", "B6": "甲", "D6": "1",
        "A7": "{{ * 序号 }}", "B7": "{{ * 名称 }}", "C7": "{{ * 信用代码 }}", "D7": "{{ * 产值 }}", "E7": "{{ * 投产日期 }}",
        "B8": "合计", "D8": "=SUM(D7:D7)", "A9": "序号", "B9": "集群", "C9": "企业数", "B10": "甲", "C10": "1",
        "A11": "{{ * 序号 }}", "B11": "{{ * 集群 }}", "C11": "{{ * 企业数 }}", "A12": "说明：按台账，共{{ 个数 }}家，其余见附表。",
    }  # fmt: skip
    for at, value in cells.items():
        sheet[at] = value
    for at in ("C3", "C4", "D7", "D8"):
        sheet[at].number_format = "#,##0.00"
    sheet["E7"].number_format = "yyyy-mm-dd"
    sheet.merge_cells("A1:E1")
    return save(book)


class Two(Given):
    def records(self, sheet, expressions, number=0):
        return self.lists[number]


def version(rows=ROWS, clusters=CLUSTERS, **figures):
    values = {"产值": Decimal(100), "合计(产值, 规上)": Decimal("12.345"), "个数": len(rows)} | figures
    records = [[(name, code, value, day) for code, name, value, day in rows], clusters]
    return fill(form(), Two(values, records), draft=False, values=True).content


def told(was, now):
    def whose(_, number):
        return (2, 3) if number == 0 else (2,)

    found = compare(was, now, form(), whose)
    return [(each.cell, each.what, each.unit, each.was, each.now, each.gap) for each in found]


def test_the_same_is_no_difference():
    assert told(version(), version()) == []


def test_a_changed_row_says_whose_it_is_and_what_is_printed():
    code, name, _, day = ROWS[1]
    now = version((ROWS[0], (code, name, Decimal("21.5"), day), ROWS[2]))
    assert told(version(), now) == [
        ("D8", "第 2 行 乙公司（91B） · 产值(万元)", "", "20.00", "21.50", "+1.50"),
        ("D10", "合计 · 产值(万元)", "", "1,261.50", "1,263.00", "+1.50"),
    ]


def test_a_row_that_goes_is_one_difference_and_the_others_only_stand_higher():
    assert told(version(), version(ROWS[1:])) == [
        (ROW, "删去原第 1 行 甲公司（91A）", "", "产值(万元) 1,234.50", NONE, ""),
        ("D9", "合计 · 产值(万元)", "", "1,261.50", "27.00", "-1,234.50"),
        ("A14", "说明", "", "说明：按台账，共3家，其余见附表。", "说明：按台账，共2家，其余见附表。", ""),
    ]


def test_a_row_that_comes_stands_under_its_new_number():
    found = told(version(ROWS[1:]), version())
    assert found[0] == (ROW, "新增第 1 行 甲公司（91A）", "", NONE, "产值(万元) 1,234.50", "")
    assert len(found) == 3


def test_rows_in_another_order_are_no_difference():
    assert told(version(), version(ROWS[::-1], CLUSTERS[::-1])) == []


def test_a_renamed_firm_is_known_by_its_code():
    now = version((ROWS[0], ("91B", "乙集团", *ROWS[1][2:]), ROWS[2]))
    assert told(version(), now) == [("B8", "第 2 行 乙集团（91B） · 企业", "", "乙公司", "乙集团", "")]


@pytest.mark.parametrize("rows", [(), ROWS[:1], ROWS])
@pytest.mark.parametrize("clusters", [(), CLUSTERS[:1], CLUSTERS])
def test_each_list_of_a_sheet_is_compared_by_itself(rows, clusters):
    found = told(version(rows, clusters), version(rows, (*clusters, ("医药", 9))))
    last = len(clusters) + 1
    assert found == [(ROW, f"新增第 {last} 行 医药", "", NONE, "企业数 9", "")]


def test_a_cell_with_a_formula_of_its_own_is_called_by_the_words_of_the_form():
    now = version(**{"合计(产值, 规上)": Decimal("13.345"), "产值": Decimal("100.001")})
    assert told(version(), now) == [
        ("C3", "产值 · 本年", "万元", "100", "100.001", "+0.001"),  # printed alike: told with all their places
        ("C4", "产值 其中：规上 · 本年", "万元", "12.35", "13.35", "+1.00"),
    ]


def test_of_a_long_text_what_stands_around_the_difference_is_told():
    long = "本区全年运行平稳，" * 9
    (found,) = told(version(个数=f"{long}三{long}"), version(个数=f"{long}四{long}"))
    assert found[3:5] == tuple(
        f"…全年运行平稳，本区全年运行平稳，{each}本区全年运行平稳，本区全年运行平…" for each in "三四"
    )


def test_a_sheet_that_no_longer_stands_on_the_form_is_compared_all_the_same():
    book = openpyxl.load_workbook(io.BytesIO(version()))
    book["表"]["B10"] = "总计"
    found = told(save(book), version())
    assert ("B10", "B10", "", "总计", "合计", "") in found


def test_the_words_of_a_form():
    words = FormWords(open_template(form()).forms[0])
    for cell, called in {"C4": ("产值 其中：规上 · 本年", "万元"), "C11": ("企业数", ""), "A12": ("说明", "")}.items():
        assert words.called(split_address(cell)) == called
