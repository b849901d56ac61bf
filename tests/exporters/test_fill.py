from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from lxml import etree
from openpyxl.styles import Alignment, Font

from exporters.placement import Origin
from exporters.workbook import fill
from exporters.xlsx_package import WorkbookFault
from tests.exporters import forms

REFERENCE = Path(__file__).with_name("reference") / "a_return.txt"
SHEET1 = "xl/worksheets/sheet1.xml"


def filled(cells, values=None, records=(), *, draft=False):
    """Fill a one-sheet form and give the worksheet as openpyxl reads it."""
    content = fill(forms.sheet_of(cells), forms.Given(values, {"表": records}), draft=draft).content
    return forms.load(content)["表"]


def raw_cell(content, at, part=SHEET1):
    root = etree.fromstring(forms.parts(content)[part])
    return root.find(f".//{{*}}c[@r='{at}']")


def test_the_whole_return_equals_its_reference():
    assert forms.dump(fill(forms.a_return(), forms.figures(), draft=False).content) == REFERENCE.read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize(
    ("value", "type_", "text"),
    [
        (Decimal("1986.40"), None, "1986.40"),
        (Decimal("0.1"), None, "0.1"),
        (23, None, "23"),
        (True, "b", "1"),
        (date(2025, 12, 31), None, "46022"),
        (None, None, None),
    ],
)
def test_a_lone_expression_keeps_its_values_type(value, type_, text):
    cell = raw_cell(fill(forms.sheet_of({"B2": " {{ x }} "}), forms.Given({"x": value}), draft=False).content, "B2")
    assert (cell.get("t"), cell.findtext("{*}v")) == (type_, text)


@pytest.mark.parametrize(
    "text", ["—", "=1+1", "+86 797", "-5", "@甲", " 前后有空 ", "一\n二", "_x0041_", "2.19E+26", "007", "<甲>&"]
)
def test_text_stays_text(text):
    sheet = filled({"A1": "{{ x }}"}, {"x": text})
    assert (sheet["A1"].data_type, sheet["A1"].value.replace("_x005F_", "_")) == ("s", text)


@pytest.mark.parametrize(("text", "quoted"), [("=1+1", True), ("@甲", True), ("甲=乙", False), ("—", False)])
def test_text_that_looks_like_a_formula_is_marked_so_that_editing_keeps_it_text(text, quoted):
    assert bool(filled({"A1": "{{ x }}"}, {"x": text})["A1"].quotePrefix) is quoted


def test_expressions_inside_text_are_written_into_it():
    values = {"年": 2025, "末": date(2025, 3, 31), "额": Decimal("12.50"), "缺": None, "是": True}
    text = "{{ 年 }}年 截至{{ 末 }},到资{{ 额 }}万元{{ 缺 }},规上:{{ 是 }}"
    assert filled({"A1": text}, values)["A1"].value == "2025年 截至2025年3月31日,到资12.50万元,规上:是"


def test_a_value_keeps_the_forms_format_and_a_date_gets_one_where_there_is_none():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"], sheet["A2"], sheet["A3"] = "{{ 日 }}", "{{ 日 }}", "{{ 额 }}"
    sheet["A1"].number_format, sheet["A3"].number_format = 'yyyy"年"m"月"d"日"', "#,##0.00"
    given = forms.Given({"日": date(2025, 1, 2), "额": Decimal(3)})
    result = forms.load(fill(forms.save(book), given, draft=False).content).active
    assert [result[at].number_format for at in ("A1", "A2", "A3")] == ['yyyy"年"m"月"d"日"', "mm-dd-yy", "#,##0.00"]
    assert [result[at].is_date for at in ("A1", "A2", "A3")] == [True, True, False]


def test_dates_follow_the_workbooks_own_calendar():
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active["A1"], book.active["A1"].number_format = "{{ 日 }}", "yyyy-mm-dd"
    result = fill(forms.save(book), forms.Given({"日": date(2025, 1, 2)}), draft=False).content
    assert forms.load(result).active["A1"].value.date() == date(2025, 1, 2)


def test_a_text_longer_than_a_cell_is_refused_with_a_sentence():
    with pytest.raises(WorkbookFault, match=r"A1 格、以“长长.*最多 32767 字"):
        filled({"A1": "{{ x }}"}, {"x": "长" * 32_768})
    with pytest.raises(WorkbookFault, match="长 32768 字"):  # Excel counts an emoji as two
        filled({"A1": "{{ x }}"}, {"x": "😀" * 16_384})
    assert filled({"A1": "{{ x }}"}, {"x": "😀" * 16_383 + "长"})["A1"].value.endswith("😀长")


def test_shared_and_rich_strings_are_read_and_their_table_is_left_alone():
    template = forms.share_strings(forms.a_return(), 1)
    result = fill(template, forms.figures(), draft=False).content
    assert forms.cached(result)["主要指标"]["A2"] == "2025年(截至 2025年12月31日)"
    assert forms.cached(result)["主要指标"]["A7"] == "增速"
    assert forms.parts(result)["xl/sharedStrings.xml"] == forms.parts(template)["xl/sharedStrings.xml"]


def test_parts_that_need_not_change_stay_byte_for_byte():
    """Same size of list as the form's own row: nothing moves, only the two sheets and the workbook's calcPr change."""
    template = forms.a_return()
    before = forms.parts(template)
    after = forms.parts(fill(template, forms.figures(forms.COMPANIES[:1]), draft=False).content)
    assert {name for name in before if before[name] != after[name]} == {
        SHEET1,
        "xl/worksheets/sheet2.xml",
        "xl/workbook.xml",
    }
    assert list(before) == list(after)


def test_within_a_filled_sheet_everything_but_the_cells_stays():
    template = forms.a_return()
    before, after = (
        etree.fromstring(forms.parts(content)["xl/worksheets/sheet2.xml"])
        for content in (template, fill(template, forms.figures(forms.COMPANIES[:1]), draft=False).content)
    )
    assert len(before) == len(after)
    for old, new in zip(before, after, strict=True):
        if not old.tag.endswith("sheetData"):
            assert etree.tostring(old, method="c14n") == etree.tostring(new, method="c14n")


def test_a_draft_says_so_on_every_visible_sheet_and_changes_nothing_else():
    template = forms.a_return()
    plain, draft = (forms.parts(fill(template, forms.figures(), draft=mark).content) for mark in (False, True))
    changed = {name for name in plain if plain[name] != draft[name]}
    assert changed == {SHEET1, "xl/worksheets/sheet2.xml"}
    for name in changed:
        rows = [
            part[name][part[name].index(b"<sheetData") : part[name].index(b"</sheetData>")] for part in (plain, draft)
        ]
        assert rows[0] == rows[1]
        root = etree.fromstring(draft[name])
        assert "草  稿 · 未签发" in root.findtext("{*}headerFooter/{*}oddHeader")
        assert "&P 页 共 &N" in root.findtext("{*}headerFooter/{*}oddFooter")


def test_the_same_form_and_figures_give_the_same_bytes():
    assert (
        fill(forms.a_return(), forms.figures(), draft=True).content
        == fill(forms.a_return(), forms.figures(), draft=True).content
    )


def test_records_are_asked_for_once_with_the_rows_expressions_from_the_left():
    given = forms.figures()
    fill(forms.a_return(), given, draft=False)
    assert given.asked == [("名录", ("企业.名称", "到资", "日期"))]


def test_a_list_row_is_repeated_with_height_formats_and_its_own_words():
    sheet = forms.load(fill(forms.a_return(), forms.figures(), draft=False).content)["名录"]
    assert [[cell.value for cell in row] for row in sheet["A6:E8"]] == [
        [1, "赣州甲电子有限公司", 1234.5, sheet["D6"].value, "在业"],
        [2, "=乙+1", 0.1, None, "在业"],
        [3, "丙 & <丁>", 7, sheet["D8"].value, "在业"],
    ]
    assert sheet["D6"].value.date() == date(2021, 3, 5)
    assert [sheet.row_dimensions[row].height for row in (6, 7, 8)] == [24, 24, 24]
    assert sheet["C6"].number_format == sheet["C8"].number_format == "#,##0.00"
    assert sheet["B8"].border.left.style == "thin"


def test_without_records_the_row_stays_blank_with_its_formats():
    result = fill(forms.a_return(), forms.figures(()), draft=False).content
    sheet = forms.load(result)["名录"]
    assert [cell.value for cell in sheet[6]] == [None] * 5
    assert sheet["C6"].border.left.style == "thin"
    assert forms.cached(result)["名录"]["C8"] == 0  # the total of nothing
    assert raw_cell(result, "A6", "xl/worksheets/sheet2.xml") is not None


def test_a_height_excel_worked_out_for_the_forms_own_text_is_not_kept_for_records():
    auto = forms.edit(forms.sheet_of({"A1": "{{ * x }}"}), SHEET1, ('<row r="1"', '<row r="1" ht="60"'))
    result = fill(auto, forms.Given({}, {"表": [("一",), ("二",)]}), draft=False).content
    assert forms.load(result).active.row_dimensions[2].height is None


def wrapping_list(name, *, merged=False):
    """Heights of the rows of a list whose first column wraps, drawn 24 points high, for one text each of the given names."""
    book = forms.load(forms.sheet_of({"A3": "名称", "A4": "{{ * x }}", "B4": "{{ * y }}"}))
    sheet = book.active
    sheet["A4"].alignment, sheet["A4"].font = Alignment(wrap_text=True), Font(size=10)
    sheet.column_dimensions["A"].width, sheet.row_dimensions[4].height = 20, 24
    if merged:
        sheet.merge_cells("A4:B4")
    filled_book = fill(
        forms.save(book), forms.Given({}, {"表": [(name,) if merged else (name, "长" * 99)]}), draft=False
    ).content
    return float(etree.fromstring(forms.parts(filled_book)[SHEET1]).find(".//{*}row[@r='4']").get("ht"))


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("短名", 1),
        ("名" * 18, 2),
        ("名" * 20, 3),
        ("甲\n乙\n丙", 3),
        ("x" * 36, 2),
        ("名" * 900, 100),
        (None, 1),
        (12345, 1),
    ],
)
def test_a_row_of_a_list_is_as_high_as_its_longest_text_needs(name, lines):
    height = wrapping_list(name)
    assert height == (24 if lines == 1 else min(max(24, lines * 12.5 + 2), 409.5))


def test_a_text_over_merged_cells_makes_no_row_higher():
    assert wrapping_list("名" * 60, merged=True) == 24


def test_several_expressions_in_one_list_cell_and_the_running_number():
    cells = {"A1": "{{ * 序号 }}.{{ * 甲 }}({{ * 乙 }})", "B1": "{{ * 丙 }}"}
    sheet = filled(cells, records=[("一", 1, 10), ("二", None, 20)])
    assert [[cell.value for cell in row] for row in sheet["A1:B2"]] == [["1.一(1)", 10], ["2.二()", 20]]


def test_two_lists_one_below_the_other():
    cells = {"A1": "{{ * 甲 }}", "A2": "=SUM(A1)", "A3": "表二", "A4": "{{ * 乙 }}", "A5": "=SUM(A4:A4)+A2"}

    class Two(forms.Given):
        def records(self, sheet, expressions, number=0):
            assert number == ("甲", "乙").index(expressions[0])
            return [[(1,), (2,)], [(10,), (20,), (30,)]][number]

    result = fill(forms.sheet_of(cells), Two(), draft=False).content
    assert forms.cached(result)["表"] == {
        "A1": 1,
        "A2": 2,
        "A3": 3,
        "A4": "表二",
        "A5": 10,
        "A6": 20,
        "A7": 30,
        "A8": 63,
    }


def test_records_of_the_wrong_length_are_our_mistake():
    with pytest.raises(ValueError, match="must have 1 values"):
        filled({"A1": "{{ * x }}"}, records=[(1, 2)])


def test_every_formula_has_its_exact_cached_value():
    result = fill(forms.a_return(), forms.figures(), draft=False).content
    seen = forms.cached(result)
    assert (seen["名录"]["C10"], seen["名录"]["C12"]) == (1241.6, 413.9)
    assert (seen["主要指标"]["C8"], seen["主要指标"]["D8"]) == (1241.6, 2607.2)
    assert raw_cell(result, "C10", "xl/worksheets/sheet2.xml").findtext("{*}v") == "1241.60"
    calculation = etree.fromstring(forms.parts(result)["xl/workbook.xml"]).find("{*}calcPr")
    assert calculation.get("fullCalcOnLoad") == "1"


def test_a_return_may_hold_values_in_place_of_formulas():
    cells = {"A4": "{{ * x }}", "A6": "=SUM(A4)", "A7": "=A6/3", "A8": '=IFERROR(A6/0,"—")', "A9": "=1/0"}
    template, figures = forms.sheet_of(cells), forms.Given({}, {"表": [(1,), (Decimal("0.1"),)]})
    content = fill(template, figures, draft=False, values=True).content
    assert b"<f>" not in forms.parts(content)[SHEET1]
    kept = fill(template, figures, draft=False).content
    assert forms.cached(content) == forms.cached(kept) == {"表": {
        "A4": 1, "A5": 0.1, "A7": 1.1, "A8": 1.1 / 3, "A9": "—", "A10": "#DIV/0!",
    }}  # fmt: skip
    sheet = forms.load(content)["表"]
    assert [sheet[at].data_type for at in ("A7", "A8", "A9", "A10")] == ["n", "n", "s", "e"]


def test_a_workbook_without_formulas_or_lists_keeps_its_workbook_part():
    template = forms.sheet_of({"A1": "{{ x }}"})
    result = fill(template, forms.Given({"x": 1}), draft=False).content
    assert forms.parts(result)["xl/workbook.xml"] == forms.parts(template)["xl/workbook.xml"]


def test_formulas_without_a_figure_show_what_excel_shows():
    cells = {"A1": "{{ x }}", "A2": "=1/A1", "A3": '=IFERROR(1/A1,"—")', "A4": "=A2+1", "A5": "=SUM(A1:A2)"}
    result = fill(forms.sheet_of(cells), forms.Given({"x": None}), draft=False).content
    assert [(raw_cell(result, at).get("t"), raw_cell(result, at).findtext("{*}v")) for at in ("A2", "A3", "A4", "A5")] == [
        ("e", "#DIV/0!"), ("str", "—"), ("e", "#DIV/0!"), ("e", "#DIV/0!"),
    ]  # fmt: skip


def test_a_result_beyond_what_a_number_can_be_is_excels_error():
    assert forms.cached(fill(forms.sheet_of({"A1": "=1E400", "A2": "=A1*2"}), forms.Given(), draft=False).content) == {
        "表": {"A1": "#NUM!", "A2": "#NUM!"}
    }


def test_shared_formulas_are_written_out_each_for_its_own_cell():
    template = forms.sheet_of({"A1": "{{ x }}", "A2": 5, "B1": "=A1*2", "B2": "=A2*2"})
    shared = [("<f>A1*2</f>", '<f t="shared" ref="B1:B2" si="0">A1*2</f>'), ("<f>A2*2</f>", '<f t="shared" si="0"/>')]
    result = fill(forms.edit(template, SHEET1, *shared), forms.Given({"x": 4}), draft=False).content
    assert forms.cached(result)["表"] == {"A1": 4, "A2": 5, "B1": 8, "B2": 10}
    assert [forms.load(result).active[at].value for at in ("B1", "B2")] == ["=A1*2", "=A2*2"]


def test_rows_and_cells_without_numbers_are_counted():
    template = forms.sheet_of({"A1": "甲", "A2": "{{ x }}"})
    bare = forms.edit(
        template, SHEET1, ('<row r="2">', "<row>"), ('<c r="A2"', "<c"), ('<row r="1">', "<row>"), ('<c r="A1"', "<c")
    )
    assert forms.cached(fill(bare, forms.Given({"x": 9}), draft=False).content)["表"] == {"A1": "甲", "A2": 9}


def test_every_cell_knows_what_it_came_from():
    placement = fill(forms.a_return(), forms.figures(), draft=False).placement
    assert placement.origin("主要指标", "C5") == Origin("C5", ("台资企业数.本年",), None)
    assert placement.origin("主要指标", "A2") == Origin("A2", ("年份", "期末"), None)
    assert placement.origin("名录", "B8") == Origin("B6", ("企业.名称",), 2)
    assert placement.origin("名录", "C10") is None
    assert placement.origin("没有", "A1") is None


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "加了密码，或是旧版 .xls"),
        (b"PK\x03\x04 torn", "不是完好的 .xlsx"),
        (forms.pack({"[Content_Types].xml": b"<Types/>"}), "没有工作簿"),
        (forms.edit(forms.sheet_of({"A1": 1}), SHEET1, ("</sheetData>", "")), "已损坏"),
        (
            forms.edit(forms.sheet_of({"A1": 1}), SHEET1, ('xmlns="', 'xmlns="urn:'), ("/2006/main", "/2006/x")),
            "不认得",
        ),
    ],
)
def test_a_form_that_is_no_workbook_is_refused_with_a_sentence(content, sentence):
    with pytest.raises(WorkbookFault, match=sentence):
        fill(content, forms.Given(), draft=False)


def test_a_form_may_be_given_as_a_path(tmp_path):
    path = tmp_path / "台办 return.xlsx"
    path.write_bytes(forms.a_return())
    assert (
        fill(path, forms.figures(), draft=False).content == fill(forms.a_return(), forms.figures(), draft=False).content
    )
