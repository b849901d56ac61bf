from __future__ import annotations

import openpyxl
import pytest
from openpyxl.worksheet.formula import ArrayFormula

from exporters.figures import Figures
from exporters.template import TemplateCell, expressions
from exporters.template_check import problems
from exporters.workbook import fill
from exporters.xlsx_package import WorkbookFault
from tests.exporters import forms

LIST = {"A7": "序号", "B7": "名称", "C7": "金额", "A8": "{{ * 序号 }}", "B8": "{{ * 名称 }}", "C8": "{{ * 金额 }}"}


def form(change=None, **cells):
    """A sheet with a list A8:C8, further cells, and anything else done to it."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "表"
    for at, value in {**LIST, **cells}.items():
        sheet[at] = value
    if change:
        change(sheet)
    return forms.save(book)


def where(template):
    return [(sheet, cell) for sheet, cell, _ in problems(template)]


def test_expressions_are_listed_in_reading_order():
    cells = {
        "A1": "{{ 年份 }}年({{ 期末 }})",
        "B1": "名",
        "A3": "{{ * 序号 }}",
        "B3": "{{*企业.名称}}",
        "C3": "{{ * a * 2 }}",
    }
    assert expressions(forms.sheet_of(cells)) == [
        TemplateCell("表", "A1", "年份", False),
        TemplateCell("表", "A1", "期末", False),
        TemplateCell("表", "B3", "企业.名称", True),
        TemplateCell("表", "C3", "a * 2", True),
    ]


def test_a_form_in_order_has_no_problems():
    assert problems(forms.a_return()) == []
    assert problems(form()) == []


@pytest.mark.parametrize(
    ("cells", "cell", "sentence"),
    [
        ({"A1": "{{ 合计"}, "A1", "花括号没有配对"),
        ({"A1": "{{ 年份 }}和{{ 期末"}, "A1", "花括号没有配对"),
        ({"A1": "｛｛ 年份 ｝｝"}, "A1", "半角"),
        ({"A1": "{{ }}"}, "A1", "没有写公式"),
        ({"A1": "=VLOOKUP(1,A7:B8,2)"}, "A1", "这格的 Excel 公式程序算不了，请改成 {{ }}"),
        ({"A1": "=没有!A1"}, "A1", "工作表“没有”不存在"),
        ({"A1": "=A2", "A2": "=SUM(A1:A1)"}, "A1", "循环引用"),
        ({"A1": "=C8*2"}, "A1", "请改成 SUM(C8)"),
        ({"D7": "加倍", "D8": "=C8*2"}, "D8", "清单行里不能写 Excel 公式"),
        ({"D7": "单位", "D8": "{{ 单位 }}"}, "D8", "都要带 *"),
        ({"D7": "混", "D8": "{{ * 甲 }}{{ 乙 }}"}, "D8", "带 * 有的不带"),
        ({"A9": "{{ * 丙 }}"}, "A9", "一条记录只能占一行"),
        ({"E8": "{{ * 丙 }}", "F8": "{{ * 丁 }}"}, "E8", "两个清单并排"),
        ({"E7": "项目", "E8": "{{ * 丙 }}"}, "E8", "两个清单并排"),
        ({"E6": "面积", "E7": 1, "E8": 2, "E9": 3}, "E9", "撕成两截"),
        ({"F7": "面积", "F9": 3}, "F9", "撕成两截"),
        ({"D8": "附", "D9": "注"}, "D9", "撕成两截"),
        ({"E8": "{{ 单位 }}", "E9": "{{ 单位 }}"}, "E9", "撕成两截"),
    ],
)
def test_a_fault_is_named_with_sheet_and_cell(cells, cell, sentence):
    found = problems(form(**cells))
    assert ("表", cell) in [(sheet, at) for sheet, at, _ in found]
    assert any(sentence in text for _, at, text in found if at == cell)


@pytest.mark.parametrize(
    "cells",
    [
        {"D7": "备注"},  # a column left for the pen
        {"D7": "备注", "A9": "合计", "C9": "=SUM(C8:C8)", "D9": "其中外资略"},
        {"D7": "单位", "D8": "万元", "A9": "合计", "D9": "万元"},
        {"F1": "表号", "F2": "文号", "F6": "万元"},
        {"F10": "单位负责人：", "A10": "填表人："},
        {"A12": "序号", "A13": "{{ * 序号 }}", "B13": "{{ * 项目 }}"},  # a second list below the first
        {"F12": "名", "F13": "{{ * 项目 }}"},
    ],
)
def test_what_may_stand_around_a_list(cells):
    assert problems(form(**cells)) == []


@pytest.mark.parametrize(
    ("change", "cell", "sentence"),
    [
        (lambda sheet: sheet.merge_cells("B7:B8"), "B8", "上下合并的格（B7:B8）"),
        (lambda sheet: sheet.merge_cells("B8:C9"), "B8", "上下合并的格（B8:C9）"),
        (lambda sheet: setattr(sheet, "freeze_panes", "A9"), "A8", "冻结"),
        (lambda sheet: setattr(sheet.sheet_properties.pageSetUpPr, "fitToPage", True), "A8", "缩成一页"),
        (lambda sheet: setattr(sheet.oddHeader.left, "text", "长" * 200), "A1", "页眉"),
        (lambda sheet: setattr(sheet.oddHeader.left, "text", "{{ 年份 }}"), "A1", "页眉页脚里的"),
        (lambda sheet: setattr(sheet, "title", "_Meta"), "A1", "封签用的工作表名"),
        (lambda sheet: sheet.__setitem__("E1", ArrayFormula("E1", "=SUM(A1:A2*B1:B2)")), "E1", "数组公式"),
    ],
)
def test_settings_that_a_list_cannot_live_with(change, cell, sentence):
    assert [(at, sentence in text) for _, at, text in problems(form(change))] == [(cell, True)]


def test_marks_in_a_text_box_are_pointed_out():
    template = forms.add_drawing(form(), 1, [forms.text_box(1, 2, "{{ 年份 }}")])
    assert [("文本框" in text) for _, _, text in problems(template)] == [True]


def test_elements_that_cannot_move_are_refused_beside_a_list():
    controls = "<controls/></worksheet>"
    assert where(forms.edit(form(), "xl/worksheets/sheet1.xml", ("</worksheet>", controls))) == [("表", "A8")]
    without_list = forms.sheet_of({"A1": "{{ 年份 }}"})
    assert problems(forms.edit(without_list, "xl/worksheets/sheet1.xml", ("</worksheet>", controls))) == []


@pytest.mark.parametrize("formula", ["Sheet2:表!A9", "表!A9#"])
def test_formulas_outside_cells_that_cannot_follow_a_list_are_refused(formula):
    named = f'<definedNames><definedName name="合计">{formula}</definedName></definedNames><calcPr'
    faults = problems(forms.edit(form(), "xl/workbook.xml", ("<calcPr", named)))
    assert [("合计" in sentence, "读不懂" in sentence) for _, _, sentence in faults] == [(True, True)]
    rule = f'<cfRule type="expression" priority="1"><formula>{formula}</formula></cfRule>'
    rule = f'<conditionalFormatting sqref="A9">{rule}</conditionalFormatting>'
    template = forms.edit(form(), "xl/worksheets/sheet1.xml", ("</sheetData>", f"</sheetData>{rule}"))
    assert ["读不懂" in sentence for _, _, sentence in problems(template)] == [True]
    assert problems(forms.edit(forms.sheet_of({"A1": 1}), "xl/workbook.xml", ("<calcPr", named))) == []


DAMAGED = ('r="A6B"><v>1', 'r="A6" t="s"><v>99', 'r="A6"><v>一', 'r="A6" t="s"><v>-', 'r="A6" t="s"><v>1.5')


@pytest.mark.parametrize("cell", DAMAGED)
def test_a_damaged_cell_is_a_sentence(cell):
    template = forms.edit(forms.sheet_of({"A6": 7}), "xl/worksheets/sheet1.xml", ('r="A6" t="n"><v>7', cell))
    with pytest.raises(WorkbookFault, match="工作表“表”里有损坏的格子"):
        problems(template)


def test_a_workbook_with_macros_is_refused_before_excel_refuses_the_return():
    plain = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    macros = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    with pytest.raises(WorkbookFault, match="这份工作簿带宏"):
        problems(forms.edit(form(), "[Content_Types].xml", (plain, macros)))


def test_a_control_in_an_old_style_drawing_is_refused():
    template = forms.a_return()
    drawing = next(name for name in forms.parts(template) if name.endswith(".vml"))
    text = forms.parts(template)[drawing].decode()
    row = text[text.index(":Row>") - 4 :].split(">", 2)
    assert "".join(row[:1]).endswith(":Row")
    broken = forms.pack({**forms.parts(template), drawing: text.replace(":Row>", ":Line>").encode()})
    assert ["旧式窗体控件" in sentence for _, _, sentence in problems(broken)] == [True]


def test_a_list_of_running_numbers_only_is_pointless():
    assert where(forms.sheet_of({"A2": "{{ * 序号 }}"})) == [("表", "A2")]


def test_filling_refuses_a_form_that_is_not_in_order():
    with pytest.raises(WorkbookFault, match=r"模板 表!A1：花括号没有配对.*共 2 处"):
        fill(form(A1="{{ 合计", A2="{{ }}"), forms.Given(), draft=True)


def test_a_pack_without_a_form_asks_for_nothing_and_gives_no_return():
    assert expressions(b"") == []
    with pytest.raises(WorkbookFault, match="没有表样，只用来审核"):
        fill(b"", forms.Given(), draft=True)


def test_a_figures_object_needs_two_methods_only():
    given: Figures = forms.Given({}, {"表": []})
    assert fill(form(), given, draft=False).content
