"""The rows that could not be placed, given back: marked in a copy of the workbook, or in a new one for other files."""

from __future__ import annotations

import openpyxl

from importers.merge import run_import, save_returned
from tests.importers.merge.made import CODE, ENTERPRISE, NAME, ZONE, code, take, write

RED = "FFFFC7CE"


def test_a_copy_of_the_workbook_with_those_cells_red(file, tmp_path):
    path = write(
        tmp_path / "名录.xlsx",
        ["园区企业"],
        [NAME, CODE, "电话"],
        ["甲公司", code(1), "=1+1"],
        ["乙公司", 9.13605e17, "2"],
        [None, None, "3"],
    )
    result = take(file, path)
    assert result.returned == 2
    save_returned(result.plan, tmp_path / "退回.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "退回.xlsx")["名录"]
    assert sheet["A1"].value == "园区企业"
    assert sheet["A3"].value == "甲公司"
    assert sheet["C3"].value == "=1+1"
    red = {cell.coordinate for row in sheet for cell in row if cell.fill.fgColor.rgb == RED}
    assert red == {"B4", "D4", "B5", "D5"}
    assert sheet["D2"].value == "退回原因"
    assert sheet["D4"].value.startswith("名录!B4：")
    assert "Excel" in sheet["D4"].value
    assert openpyxl.load_workbook(path)["名录"]["D2"].value is None


def test_of_a_text_file_the_rows_themselves(file, tmp_path):
    path = tmp_path / "名录.csv"
    path.write_text(
        f"企业名称,统一社会信用代码,备注\n甲公司,{code(1)},\n乙公司,9.13605E+17,=HYPERLINK(1)\n", encoding="gbk"
    )
    result = run_import(file, path, ENTERPRISE, ZONE)
    save_returned(result.plan, tmp_path / "退回.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "退回.xlsx").active
    assert next([cell.value for cell in row] for row in sheet) == ["企业名称", "统一社会信用代码", "备注", "退回原因"]
    assert [cell.value for cell in sheet[2]][:3] == ["乙公司", "9.13605E+17", "=HYPERLINK(1)"]
    assert sheet["C2"].data_type == "s"
    assert sheet["B2"].fill.fgColor.rgb == RED
    assert sheet.max_row == 2


def test_what_comes_back_can_be_corrected_and_imported(file, tmp_path):
    path = write(tmp_path / "名录.xlsx", [NAME, CODE], ["甲公司", code(1)], ["乙公司", 9.13605e17])
    save_returned(take(file, path).plan, tmp_path / "退回.xlsx")
    book = openpyxl.load_workbook(tmp_path / "退回.xlsx")
    book["名录"]["B3"] = code(2)
    book.save(tmp_path / "退回.xlsx")
    result = take(file, tmp_path / "退回.xlsx")
    assert (result.counts.same, result.counts.new, result.counts.returned) == (1, 1, 0)
