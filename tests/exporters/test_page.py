"""The page model says what the workbook says, cell by cell, where it will be printed."""

from __future__ import annotations

import io
from collections import Counter
from datetime import datetime
from decimal import Decimal

import openpyxl
import pytest
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties

from exporters.page import Layout
from exporters.paging import page_sheets
from exporters.references import split_address
from exporters.workbook import fill
from models.packs.pack import pack, pack_ids
from tests.exporters import forms

THIN = Side(style="thin")


def cells_of(sheet):
    return {cell.address: cell for page in sheet.pages for cell in page.cells}


def book():
    made = openpyxl.Workbook()
    made.active.title = "表"
    return made, made.active


def pages(made):
    return page_sheets(forms.save(made))[0].pages


def agrees(text, cell):
    """Whether a shown text is the value of a cell, read independently of how it was made."""
    if cell.value is None:
        return text == ""
    if isinstance(cell.value, str):
        return text == cell.value
    if isinstance(cell.value, datetime):
        return text == cell.value.strftime("%Y-%m-%d")
    shown = Decimal(text.replace(",", ""))
    return abs(shown - Decimal(str(cell.value))) <= Decimal("0.5") * Decimal(1).scaleb(shown.as_tuple().exponent)


@pytest.mark.parametrize("draft", [True, False])
def test_every_cell_of_a_filled_return_is_on_a_page_with_its_own_text(draft):
    content = fill(forms.a_return(), forms.figures(), draft=draft).content
    book = forms.load(content, data_only=True)
    told = page_sheets(content)
    assert [sheet.name for sheet in told] == [sheet.title for sheet in book if sheet.sheet_state == "visible"]
    for sheet in told:
        shown = cells_of(sheet)
        written = {
            cell.coordinate: cell for row in book[sheet.name].iter_rows() for cell in row if cell.value is not None
        }
        assert {at for at, cell in shown.items() if cell.text} == set(written)
        assert [at for at, cell in written.items() if not agrees(shown[at].text, cell)] == []
        assert bool(sheet.pages[0].header) == draft


def test_merged_cells_widths_and_borders_stand_where_excel_has_them():
    made, sheet = book()
    sheet["A1"], sheet["A2"] = "标题", "右"
    sheet.merge_cells("A1:B1")
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 38, 7
    sheet.row_dimensions[1].height = 30
    sheet.page_margins.left, sheet.page_margins.top = 0.5, 1
    for at in ("A1", "B1"):
        sheet[at].border = Border(THIN, THIN, THIN, THIN)
    title = pages(made)[0].cells[0]
    assert (title.x, title.y, title.width, title.height) == (36, 72, (266 + 49) * 0.75, 30)
    assert title.lines == (0.5, 0.5, 0.5, 0.5)


def test_a_wide_sheet_is_printed_to_the_paper_s_width():
    made, sheet = book()
    for number in range(1, 23):
        sheet.cell(1, number, number).font = Font(name="宋体", size=10)
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.sheet_properties.pageSetUpPr = openpyxl.worksheet.properties.PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    page = pages(made)[0]
    last = page.cells[-1]
    assert (page.width, page.height) == (841.9, 595.3)
    assert last.x + last.width == pytest.approx(page.width - page.margin[2])
    assert last.font.size < 10


def test_a_sheet_too_wide_to_be_read_gives_up_margins_then_splits_beside_its_names():
    made, sheet = book()
    sheet.append(["序号", "企业名称", *(f"列{n}" for n in range(3, 27))])
    sheet.append([1, "赣州某某公司", *range(3, 27)])
    for cell in (*sheet[1], *sheet[2]):
        cell.font = Font(name="宋体", size=10)
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.sheet_properties.pageSetUpPr = openpyxl.worksheet.properties.PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.page_margins.left = sheet.page_margins.right = 0.7
    found = pages(made)
    assert len(found) == 2
    assert {cell.font.size for page in found for cell in page.cells} == {7.0}
    assert [[cell.text for cell in page.cells][:2] for page in found] == [["序号", "企业名称"]] * 2
    told = [cell.text for page in found for cell in page.cells if cell.text.startswith("列")]
    assert told == [f"列{n}" for n in range(3, 27)]  # none is missing, none printed twice
    sheet.delete_cols(24, 4)
    (page,) = pages(made)
    assert page.margin[0] == page.margin[2] < 0.7 * 72
    assert {cell.font.size for cell in page.cells} == {7.0}
    wide = max(cell.x + cell.width for cell in page.cells) - min(cell.x for cell in page.cells)
    assert wide == pytest.approx(page.width - 2 * page.margin[0])


def test_paper_scale_and_margins_asked_for_are_those_of_the_pages():
    made, sheet = book()
    for column in range(1, 31):
        sheet.cell(1, column, f"列{column}").font = Font(name="宋体", size=10)
    sheet.sheet_properties.pageSetUpPr = openpyxl.worksheet.properties.PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0
    content = forms.save(made)

    def first(**asked):
        return page_sheets(content, layout=Layout(**asked))[0].pages[0]

    assert [(first(paper=p, turned=t).width, first(paper=p, turned=t).height) for p, t in (
        ("A3", "横"), ("A4", "纵"), ("A5", ""))] == [(1190.6, 841.9), (595.3, 841.9), (419.5, 595.3)]  # fmt: skip
    assert first(scale="100").cells[0].font.size == 10
    assert first(scale="50").cells[0].font.size == 5  # asked for in so many words
    assert first(paper="A3", turned="横", scale="width").cells[0].font.size == pytest.approx(
        10 * (1190.6 - 2 * first().margin[0]) / (30 * 64 * 0.75), rel=0.01
    )
    assert first(margin="15").margin == pytest.approx((15 / 25.4 * 72,) * 4)
    assert first(margin="15").cells[0].x == pytest.approx(15 / 25.4 * 72)


def test_a_long_list_goes_on_on_the_next_page_under_its_titles():
    made, sheet = book()
    for row in range(1, 101):
        sheet.cell(row, 1, f"第{row}行" if row > 2 else f"标题{row}")
    sheet.print_title_rows = "1:2"
    sheet.row_breaks.append(Break(id=90))
    found = pages(made)
    assert [page.cells[0].text for page in found] == ["标题1"] * len(found)
    told = [cell.text for page in found for cell in page.cells if cell.text.startswith("第")]
    assert told == [f"第{row}行" for row in range(3, 101)]
    assert found[-1].cells[2].text == "第91行"
    for page in found:
        assert max(cell.y + cell.height for cell in page.cells) <= page.height - page.margin[3] + 0.5


def test_a_wide_sheet_goes_on_to_the_right_beside_its_repeated_columns():
    made, sheet = book()
    for column in range(1, 13):
        sheet.cell(1, column, f"列{column}")
        sheet.column_dimensions[get_column_letter(column)].width = 12
    sheet["A2"], sheet["A3"] = "很长的标题", "名"
    sheet.merge_cells("A2:L2")
    sheet["A2"].border = Border(THIN, THIN, THIN, THIN)
    sheet["L2"].border = Border(THIN, THIN, THIN, THIN)
    sheet.print_title_cols = "A:A"
    sheet.col_breaks.append(Break(id=4))
    found = pages(made)
    assert [[cell.text for cell in page.cells if cell.address.endswith("1")] for page in found] == [
        ["列1", "列2", "列3", "列4"], ["列1", "列5", "列6", "列7", "列8", "列9", "列10"], ["列1", "列11", "列12"],
    ]  # fmt: skip
    titles = [next(cell for cell in page.cells if cell.address == "A2") for page in found]
    assert [(cell.text, cell.cut) for cell in titles] == [("很长的标题", True)] * 3
    assert titles[0].room == pytest.approx(12 * titles[0].width / 4)
    for page in found:
        assert max(cell.x + cell.width for cell in page.cells) <= page.width - page.margin[2] + 0.5


@pytest.mark.parametrize(
    ("order", "corners"), [("downThenOver", ["A1", "A61", "C1", "C61"]), ("overThenDown", ["A1", "C1", "A61", "C61"])]
)
def test_pages_come_in_the_order_the_form_asks_for(order, corners):
    made, sheet = book()
    for row in range(1, 101):
        for column in range(1, 5):
            sheet.cell(row, column, row)
    sheet.row_breaks.append(Break(id=60))
    sheet.col_breaks.append(Break(id=2))
    sheet.page_setup.pageOrder, sheet.page_setup.scale = order, 50
    assert [page.cells[0].address for page in pages(made)] == corners


def test_text_runs_on_over_empty_cells_and_figures_stand_right():
    made, sheet = book()
    sheet["A1"], sheet["D1"], sheet["A2"], sheet["B2"] = (
        "填报单位(盖章):赣州经济技术开发区",
        "止",
        12.5,
        datetime(2025, 9, 1),
    )
    found = {cell.address: cell for cell in pages(made)[0].cells}
    assert found["A1"].room == pytest.approx(3 * found["A1"].width)
    assert [found[at].across for at in ("A1", "A2", "B2")] == ["left", "right", "right"]


def test_a_row_without_a_height_grows_with_its_wrapped_text():
    made, sheet = book()
    sheet["A1"] = "说明" * 40
    sheet["A1"].alignment = Alignment(wrap_text=True)
    sheet["A2"] = "下"
    sheet["A2"].fill = PatternFill("solid", fgColor="FFEEEEEE")
    first, second = pages(made)[0].cells
    assert second.y == pytest.approx(first.y + first.height)
    assert first.height > 10 * 11
    assert second.fill == "#EEEEEE"


def test_only_the_print_area_is_printed_and_hidden_things_are_not():
    made, sheet = book()
    sheet["A1"], sheet["B1"], sheet["A2"], sheet["Z9"] = "甲", "乙", "丙", "打印区外"
    sheet.print_area = "A1:B2"
    sheet.column_dimensions["B"].hidden = True
    made.create_sheet("藏").sheet_state = "hidden"
    told = page_sheets(forms.save(made))
    assert [sheet.name for sheet in told] == ["表"]
    assert {at: cell.width for at, cell in cells_of(told[0]).items()} | {"A1": 0, "A2": 0} == {
        "A1": 0,
        "A2": 0,
        "B1": 0,
    }


def test_header_and_footer_say_what_is_printed():
    made, sheet = book()
    sheet["A1"] = "甲"
    sheet.oddHeader.center.text = '&"-,Bold"&18&K999999草  稿'
    sheet.oddFooter.right.text = "第 &P 页 共 &N 页"
    page = pages(made)[0]
    assert page.header == (("center", "草  稿"),)
    assert page.footer == (("right", "第 1 页 共 1 页"),)


def test_a_form_fitted_to_one_page_is_one_page(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in range(1, 70):
        sheet.cell(row, 1, f"第{row}行")
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight, sheet.page_setup.fitToWidth = 1, 1
    buffer = io.BytesIO()
    book.save(buffer)
    (paged,) = page_sheets(buffer.getvalue())
    assert len(paged.pages) == 1
    sheet.page_setup.fitToHeight = 0
    buffer = io.BytesIO()
    book.save(buffer)
    (paged,) = page_sheets(buffer.getvalue())
    assert len(paged.pages) > 1


@pytest.mark.parametrize("id", pack_ids())
def test_the_tables_of_the_packs_are_printed_large_enough_to_be_read(id):
    """A list's own text is 7.2 points and more; a wide one is parted where the form says, never where the paper ends."""
    if not (form := pack(id).form):
        return
    for sheet, told in zip(forms.load(form).worksheets, page_sheets(form), strict=True):
        if sheet.page_setup.fitToHeight == 1 and sheet.sheet_properties.pageSetUpPr.fitToPage:
            continue  # a page of its own, as high as the paper
        sizes = Counter(cell.font.size for page in told.pages for cell in page.cells if cell.text and any(cell.lines))
        assert sizes.most_common(1)[0][0] > 7.19, sheet.title
        across = {tuple(cell.x for cell in page.cells if split_address(cell.address)[0] == 6) for page in told.pages}
        assert len(across) == 1 + len(sheet.col_breaks.brk), sheet.title
