"""A list as a workbook: any name of a list is a tab's, every column has its width."""

from __future__ import annotations

import openpyxl

from exporters.roster_sheet import write_sheets


def test_a_name_with_a_stroke_and_more_columns_than_letters(tmp_path):
    heads = [f"第{n}列" + "长" * 20 for n in range(30)]
    write_sheets(tmp_path / "名单.xlsx", [("省级/国家级平台[2025]", heads, [["=1"] * 30])])
    sheet = openpyxl.load_workbook(tmp_path / "名单.xlsx").active
    assert sheet.title == "省级_国家级平台_2025_"
    assert sheet["AD2"].data_type == "s"
    assert all(sheet.column_dimensions[name].width > 40 for name in ("Z", "AA", "AB", "AD"))
