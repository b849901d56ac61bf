"""One workbook of every kind of cell, and what must come out of it in each file kind.

``files/*.xls`` and ``files/*.ods`` are this workbook converted by LibreOffice 7.4: run this file, then
``soffice --headless --convert-to xls --outdir tests/importers/files 格子.xlsx`` (and 格子1904.xlsx, and ods).
"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from importers.cells import CellError, Percent

TITLE = "园区企业名录"
CELLS = [  # label, what is put in, number format, what must come out
    ("文字", "甲公司", None, "甲公司"),
    ("文字数", "0123456789", None, "0123456789"),
    ("换行", "企业\n名称", None, "企业\n名称"),
    ("整数", 5, None, 5),
    ("小数", 5.25, None, 5.25),
    ("十六位", 913601234567890.0 * 1000, None, 9.1360123456789e17),
    ("日期", dt.date(2024, 5, 1), None, dt.date(2024, 5, 1)),
    ("时刻", dt.datetime(2024, 5, 1, 12, 30), None, dt.datetime(2024, 5, 1, 12, 30)),
    ("钟点", dt.time(8, 30), None, dt.time(8, 30)),
    ("中文日期", dt.date(2023, 3, 15), 'yyyy"年"m"月"d"日"', dt.date(2023, 3, 15)),
    ("会计格式", 1234.5, "#,##0.00_);[Red]\\(#,##0.00\\)", 1234.5),
    ("百分数", 0.25, "0.00%", Percent(0.25)),
    ("百分号是字", 25, '0.0"%"', 25),
    ("错误", "#N/A", None, CellError("#N/A")),
    ("除零", "#DIV/0!", None, CellError("#DIV/0!")),
    ("空", None, None, ""),
    ("末行", "完", None, "完"),
]


def build(path, epoch=None):
    """Titles merged in C3:E3, labels from C4 (C4:C5 merged), values in D; a hidden sheet with other marks, and an empty one."""
    book = openpyxl.Workbook()
    if epoch:
        book.epoch = epoch
    page = book.active
    page.title = "格子"
    page["C3"], page["E3"] = TITLE, "表号"
    page.merge_cells("C3:D3")
    for row, (label, value, number_format, _) in enumerate(CELLS, 4):
        page.cell(row, 3, label)
        cell = page.cell(row, 4, value)
        if number_format:
            cell.number_format = number_format
        if str(value).startswith("#"):
            cell.data_type = "e"
    page["E4"] = "并格"
    page.merge_cells("E4:E6")
    hidden = book.create_sheet("藏")
    hidden.sheet_state = "hidden"
    hidden["C5"], hidden["D5"] = "别的错", "#REF!"
    hidden["D5"].data_type = "e"
    hidden["C6"].value, hidden["D6"].value = "别的率", 0.5
    hidden["D6"].number_format = "0%"
    book.create_sheet("空表")
    book.save(path)
    return path


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    build(folder / "格子.xlsx")
    build(folder / "格子1904.xlsx", CALENDAR_MAC_1904)
