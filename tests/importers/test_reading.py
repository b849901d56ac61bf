from __future__ import annotations

import datetime as dt
import io
import math
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from importers.cells import CellError, Percent
from importers.reading import SheetInfo, UnreadableFile, open_book
from tests.importers import xlsb
from tests.importers.cellbook import CELLS, TITLE, build

FILES = Path(__file__).parent / "files"
EXPECTED = [(label, value) for label, _, _, value in CELLS]


@pytest.fixture(params=["xlsx", "xlsx 1904", "xls", "xls 1904", "ods"])
def cells(request, tmp_path):
    """The workbook of cellbook.py in each file kind and date system."""
    kind, _, epoch = request.param.partition(" ")
    if kind == "xlsx":
        return build(tmp_path / "格子.xlsx", CALENDAR_MAC_1904 if epoch else CALENDAR_WINDOWS_1900)
    return FILES / f"格子{epoch}.{kind}"


def test_cells_of_every_kind(cells):
    grid = open_book(cells).grid("格子")
    assert grid.rows[0] == [TITLE, "", "表号"]
    for row, (label, value) in zip(grid.rows[1:], EXPECTED, strict=True):
        assert row[0] == label
        assert row[1] == value, label
        assert isinstance(row[1], Percent) == isinstance(value, Percent), label
        assert isinstance(row[1], dt.datetime) == isinstance(value, dt.datetime), label


def test_places_and_merged_cells(cells):
    grid = open_book(cells).grid("格子")
    assert (grid.first_row, grid.first_col, grid.width) == (3, 3, 3)
    assert grid.place(0, 0) == "格子!C3"
    assert grid.place(4, 1) == "格子!D7"
    assert grid.merged == ((0, 0, 0, 1), (1, 2, 3, 2))
    assert [row[2] for row in grid.rows[1:5]] == ["并格", "并格", "并格", ""]


def test_sheets_in_order_with_hidden_and_empty_ones(cells):
    book = open_book(cells)
    assert book.sheets == (SheetInfo("格子", True), SheetInfo("藏", False), SheetInfo("空表", True))
    assert book.grid("藏").rows == [["别的错", CellError("#REF!")], ["别的率", Percent(0.5)]]
    assert isinstance(book.grid("藏").rows[1][1], Percent)
    assert book.grid("空表").rows == []
    assert book.notes == ()


def test_xlsb(tmp_path):
    rows = [["企业名称", None, "占比"], ["甲公司", True, (0.25, xlsb.PERCENT)], ["乙公司", "#N/A", (45000.0, xlsb.DAY)]]
    book = open_book(xlsb.write(tmp_path / "a.xlsb", rows, merges=[(0, 0, 0, 1)]))
    grid = book.grid("名录")
    assert book.kind == "xlsb"
    assert grid.rows == [
        ["企业名称", "", "占比"],
        ["甲公司", True, 0.25],
        ["乙公司", CellError("#N/A"), dt.date(2023, 3, 15)],
    ]
    assert isinstance(grid.rows[1][2], Percent)
    assert grid.merged == ((0, 0, 0, 1),)


def test_long_numbers_come_as_excel_left_them(tmp_path):
    book = openpyxl.Workbook()
    for value in (9136012345678901e4, 123456789012345600, 913601234567890, "91360123456789012X"):
        book.active.append([value])
    book.save(tmp_path / "a.xlsx")
    column = [row[0] for row in open_book(tmp_path / "a.xlsx").grid("Sheet").rows]
    assert column == [9.136012345678901e19, 1.234567890123456e17, 913601234567890.0, "91360123456789012X"]


def sheet_xml(tmp_path, xml):
    """A workbook whose sheet part is replaced by hand-written XML."""
    plain = io.BytesIO()
    openpyxl.Workbook().save(plain)
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w") as target:
        for part in source.namelist():
            target.writestr(part, xml if part == "xl/worksheets/sheet1.xml" else source.read(part))
    return path


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@pytest.mark.parametrize("x", ["", "x:"], ids=["plain", "prefixed"])
def test_errors_and_formulas_nobody_calculated(tmp_path, x):
    cells = [
        f'<{x}c r="A1" t="inlineStr"><{x}is><{x}t>t="e" &gt; </{x}t></{x}is></{x}c>',
        f'<{x}c r="B1"><{x}f>1+1</{x}f></{x}c>',
        f'<{x}c r="C1"><{x}f>1+1</{x}f><{x}v></{x}v></{x}c>',
        f'<{x}c r="D1"><{x}f>1+1</{x}f><{x}v>2</{x}v></{x}c>',
        f'<{x}c r="E1" t="str"><{x}f>""</{x}f><{x}v></{x}v></{x}c>',
        f'<{x}c r="F1" t="e"><{x}f>1/0</{x}f><{x}v>#DIV/0!</{x}v></{x}c>',
        f'<{x}c r="G1" s="0" t="e"><{x}v>#REF!</{x}v></{x}c>',
        f'<{x}c r="H1"><{x}v>5</{x}v></{x}c>',
    ]
    first = f'<{x}row r="1">{"".join(cells)}</{x}row>'
    second = f'<{x}row r="2"><{x}c r="A2" t="e"><{x}v>#NUM!</{x}v></{x}c></{x}row>'
    sheet = f"<{x}sheetData>{first}{second}</{x}sheetData>"
    space = f'xmlns{":x" if x else ""}="{MAIN}"'
    grid = open_book(sheet_xml(tmp_path, f"<{x}worksheet {space}>{sheet}</{x}worksheet>")).grid("Sheet")
    assert grid.rows[1] == [CellError("#NUM!"), *[""] * 7]
    nobody = CellError("公式未计算")
    assert grid.rows[0][1:] == [nobody, nobody, 2.0, "", CellError("#DIV/0!"), CellError("#REF!"), 5.0]


def test_errors_far_down_a_long_sheet(tmp_path):
    """The sheet's XML is searched in pieces; an error in each row must be found whatever piece it falls in."""
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet("长表")
    for number in range(3000):
        cell = openpyxl.cell.WriteOnlyCell(page, "#N/A")
        cell.data_type = "e"
        page.append([f"第{number}公司" * 8, number, cell])
    book.save(tmp_path / "a.xlsx")
    grid = open_book(tmp_path / "a.xlsx").grid("长表")
    assert [row[2] for row in grid.rows] == [CellError("#N/A")] * 3000
    assert [row[1] for row in grid.rows] == [float(number) for number in range(3000)]


def test_percent_format_on_text_and_empty_cells_changes_nothing(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["约两成", None, 0.2, 5])
    for cell in book.active[1]:
        cell.number_format = "0%"
    book.active["D1"].number_format = "General"
    book.save(tmp_path / "a.xlsx")
    row = open_book(tmp_path / "a.xlsx").grid("Sheet").rows[0]
    assert row == ["约两成", "", 0.2, 5.0]
    assert [type(value) for value in row] == [str, str, Percent, float]


def test_numbers_merged_downwards_are_not_repeated(tmp_path):
    book = openpyxl.Workbook()
    for row in (["企业名称", "用地面积"], ["甲公司", 100], ["乙公司", None]):
        book.active.append(row)
    book.active.merge_cells("B2:B3")
    book.save(tmp_path / "a.xlsx")
    assert [row[1] for row in open_book(tmp_path / "a.xlsx").grid("Sheet").rows] == ["用地面积", 100.0, ""]


@pytest.mark.parametrize(
    ("made", "named"), [("格子.xls", "名录.xlsx"), ("格子.ods", "名录.xls"), ("格子.xls", "名录.csv")]
)
def test_kind_is_told_by_content(tmp_path, made, named):
    path = tmp_path / named
    path.write_bytes((FILES / made).read_bytes())
    book = open_book(path)
    assert f"格子.{book.kind}" == made
    assert book.grid("格子").rows[0][0] == TITLE


def test_text_under_a_workbooks_name(tmp_path):
    path = tmp_path / "导出.xls"
    path.write_text("企业名称\t营业收入\n甲公司\t12\n", encoding="gbk")
    book = open_book(path)
    assert (book.kind, book.sheets) == ("csv", (SheetInfo("导出", True),))
    assert book.grid("导出").rows == [["企业名称", "营业收入"], ["甲公司", "12"]]
    assert book.grid("导出").place(1, 1) == "导出!B2"


def test_reading_takes_no_hold_of_the_file(tmp_path):
    path = build(tmp_path / "a.xlsx")
    book = open_book(path)
    path.replace(tmp_path / "b.xlsx").unlink()
    assert book.grid("格子").rows[0][0] == TITLE


def test_a_stray_cell_far_away_is_told_instead_of_filling_the_memory(tmp_path, monkeypatch):
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD9"] = "企业名称", " "
    book.save(tmp_path / "a.xlsx")
    assert open_book(tmp_path / "a.xlsx").grid("Sheet").width == 16384
    monkeypatch.setattr("importers.reading._MOST_CELLS", 100_000)
    with pytest.raises(UnreadableFile, match="工作表“Sheet”一直用到 XFD9，请删掉表格右边、下边多余的列和行"):
        open_book(tmp_path / "a.xlsx").grid("Sheet")


def test_percent_is_the_stored_number():
    assert math.isclose(Percent(0.25), 0.25)
