"""Each kind of element that a growing list moves: one test, one row of docs/filler.md."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest
from lxml import etree
from openpyxl.chart import BarChart, Reference
from openpyxl.worksheet.table import Table

from exporters.attachments import CARRIED
from exporters.growth import MOVES
from exporters.workbook import fill
from exporters.xlsx_package import WorkbookFault
from tests.exporters import forms

HANDBOOK = Path(__file__).parents[2] / "docs" / "filler.md"
SHEET = "xl/worksheets/sheet1.xml"
LIST_SHEET = "xl/worksheets/sheet2.xml"


@pytest.fixture(scope="module")
def grown():
    """The parts of `a_return` with three records: what stood below row 6 is two rows lower."""
    return forms.parts(fill(forms.a_return(), forms.figures(), draft=False).content)


def find(xml, path):
    return [dict(item.attrib) for item in etree.fromstring(xml).iterfind(path)]


def texts(xml, path):
    return [item.text for item in etree.fromstring(xml).iterfind(path)]


def grow(template, count=3, part=SHEET):
    """Fill a one-list form with `count` records and give one part."""
    records = [(number,) for number in range(count)]
    return forms.parts(fill(template, forms.Given({}, {"表": records}), draft=False).content)[part]


def with_element(element, **cells):
    """A form with a list at A4, something at A6, and one raw element put behind its cells."""
    template = forms.sheet_of({"A3": "表头", "A4": "{{ * x }}", "A6": "表尾", **cells})
    return forms.edit(template, SHEET, ("</sheetData>", "</sheetData>" + element))


def test_rows_and_cells(grown):
    root = etree.fromstring(grown[LIST_SHEET])
    rows = [int(row.get("r")) for row in root.iter("{*}row")]
    assert rows == sorted(rows) == [1, 3, 5, 6, 7, 8, 10, 12, 13]
    assert all(re.fullmatch(rf"[A-E]{cell.getparent().get('r')}", cell.get("r")) for cell in root.iter("{*}c"))


def test_dimension(grown):
    assert find(grown[LIST_SHEET], "{*}dimension") == [{"ref": "A1:E13"}]


def test_merged_cells(grown):
    assert sorted(item["ref"] for item in find(grown[LIST_SHEET], "{*}mergeCells/*")) == ["A12:B13", "A1:E1"]


def test_merged_cells_inside_the_list_row_are_repeated():
    book = forms.load(forms.sheet_of({"A3": "名", "A4": "{{ * x }}", "A6": "尾"}))
    book.active.merge_cells("A4:B4")
    xml = grow(forms.save(book))
    assert [item["ref"] for item in find(xml, "{*}mergeCells/*")] == ["A4:B4", "A5:B5", "A6:B6"]
    assert find(xml, "{*}mergeCells") == [{"count": "3"}]


def test_print_area_print_titles_filter_and_own_names(grown):
    names = {item["name"]: item for item in find(grown["xl/workbook.xml"], "{*}definedNames/*")}
    areas = dict(zip(names, texts(grown["xl/workbook.xml"], "{*}definedNames/*"), strict=True))
    assert areas == {
        "名录合计": "名录!$C$10",
        "_xlnm._FilterDatabase": "'名录'!$A$5:$E$8",
        "_xlnm.Print_Titles": "'名录'!$4:$5",
        "_xlnm.Print_Area": "'名录'!$A$1:$E$14",
    }


def test_drop_downs(grown):
    assert [item["sqref"] for item in find(grown[LIST_SHEET], "{*}dataValidations/*")] == ["E6:E8", "C12:C13"]
    assert texts(grown[LIST_SHEET], "{*}dataValidations/*/{*}formula1") == ['"在业,停业"', "$C$10"]


def test_x14_drop_downs(grown):
    assert texts(grown[LIST_SHEET], ".//{http://schemas.microsoft.com/office/excel/2006/main}sqref") == ["E6:E8 E12"]
    assert texts(grown[LIST_SHEET], ".//{http://schemas.microsoft.com/office/excel/2006/main}f") == ["代码!$A$1:$A$3"]


def test_x14_conditional_formats_and_sparklines():
    xm = 'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"'
    rule = "<xm:f>A6&gt;$A$4</xm:f><xm:sqref>A4:A6 A8</xm:sqref>"
    line = "<xm:f>表!A4:A6</xm:f><xm:sqref>B6</xm:sqref>"
    xml = grow(with_element(f'<extLst><ext {xm} uri="x">{rule}{line}</ext></extLst>'))
    assert texts(xml, ".//{*}ext/*") == ["A8>$A$4", "A4:A8 A10", "表!A4:A8", "B8"]


def test_conditional_formats(grown):
    assert find(grown[LIST_SHEET], "{*}conditionalFormatting") == [{"sqref": "C6:C8"}]
    assert texts(grown[LIST_SHEET], "{*}conditionalFormatting/*/*") == ["$C6>$C$10/2"]


def test_thresholds_of_conditional_formats():
    scale = '<colorScale><cfvo type="formula" val="$A$6"/><cfvo type="max"/><color rgb="FFFF0000"/></colorScale>'
    rule = f'<conditionalFormatting sqref="A4"><cfRule type="colorScale" priority="1">{scale}</cfRule></conditionalFormatting>'
    assert [item.get("val") for item in find(grow(with_element(rule)), ".//{*}cfvo")] == ["$A$8", None]


def test_ranges_that_go_down_to_the_last_row_stay_within_it():
    rule = '<dataValidation type="list" sqref="B:B A2:A1048576"><formula1>$A$6:$A$1048576</formula1></dataValidation>'
    xml = grow(with_element(f"<dataValidations>{rule}</dataValidations>"))
    assert [item["sqref"] for item in find(xml, "{*}dataValidations/*")] == ["B:B A2:A1048576"]
    assert texts(xml, ".//{*}formula1") == ["$A$8:$A$1048576"]


def test_a_list_longer_than_a_sheet_is_refused():
    with pytest.raises(WorkbookFault, match="超过 Excel 一张表的 1048576 行"):
        grow(forms.sheet_of({"A4": "{{ * x }}", "A1048575": "尾"}))


def test_filter(grown):
    assert find(grown[LIST_SHEET], "{*}autoFilter") == [{"ref": "A5:E8"}]


def test_sorting_of_a_filter():
    state = '<autoFilter ref="A3:A4"><sortState ref="A4:A4"><sortCondition ref="A4:A4"/></sortState></autoFilter>'
    assert [item["ref"] for item in find(grow(with_element(state)), "{*}autoFilter//*")] == ["A4:A6", "A4:A6"]


def test_links(grown):
    assert [item["ref"] for item in find(grown[LIST_SHEET], "{*}hyperlinks/*")] == ["D12"]


def test_links_to_a_place_in_the_workbook():
    xml = grow(with_element('<hyperlinks><hyperlink ref="A6" location="表!A6" display="尾"/></hyperlinks>'))
    assert [(item["ref"], item["location"]) for item in find(xml, "{*}hyperlinks/*")] == [("A8", "表!A8")]


@pytest.mark.parametrize(
    ("location", "after"),
    [("#表!A6", "#表!A8"), ("'表'!A6:B8", "'表'!A8:B10"), ("本表合计", "本表合计"), ("#_x[1", "#_x[1"), ("A6", "A8")],
)
def test_links_however_they_are_written(location, after):
    xml = grow(with_element(f'<hyperlinks><hyperlink ref="A6" location="{location}"/></hyperlinks>'))
    assert [item["location"] for item in find(xml, "{*}hyperlinks/*")] == [after]


def test_page_breaks(grown):
    assert [item["id"] for item in find(grown[LIST_SHEET], "{*}rowBreaks/*")] == ["10"]


def test_a_page_break_under_the_list_row_stands_under_the_last_record():
    assert [
        item["id"] for item in find(grow(with_element('<rowBreaks><brk id="4"/></rowBreaks>')), "{*}rowBreaks/*")
    ] == ["6"]


@pytest.mark.parametrize(
    ("element", "path", "attribute", "after"),
    [
        (
            '<protectedRanges><protectedRange sqref="A4 A6" name="填"/></protectedRanges>',
            "{*}protectedRanges/*",
            "sqref",
            "A4:A6 A8",
        ),
        ('<ignoredErrors><ignoredError sqref="A4:A6"/></ignoredErrors>', "{*}ignoredErrors/*", "sqref", "A4:A8"),
        ('<sortState ref="A3:A6"/>', "{*}sortState", "ref", "A3:A8"),
    ],
)
def test_protected_ranges_ignored_errors_and_sorting(element, path, attribute, after):
    assert [item[attribute] for item in find(grow(with_element(element)), path)] == [after]


def test_what_is_selected_and_shown_first():
    template = forms.edit(
        forms.sheet_of({"A3": "名", "A4": "{{ * x }}", "A6": "尾"}),
        SHEET,
        (
            '<selection activeCell="A1" sqref="A1"/>',
            '<pane ySplit="3" topLeftCell="A6" state="frozen"/><selection activeCell="A6" sqref="A6"/>',
        ),
    )
    xml = grow(template)
    assert find(xml, ".//{*}selection") == [{"activeCell": "A8", "sqref": "A8"}]
    assert find(xml, ".//{*}pane")[0]["topLeftCell"] == "A8"


def test_comments_and_their_boxes(grown):
    assert [item["ref"] for item in find(grown["xl/comments/comment1.xml"], ".//{*}comment")] == ["A10"]
    box = next(data for name, data in grown.items() if name.endswith(".vml"))
    assert re.findall(rb"Row>(\d+)<", box) == [b"9"]


def test_a_comments_box_moves_as_far_as_its_cell():
    template = forms.a_return()
    name = next(name for name in forms.parts(template) if name.endswith(".vml"))
    prefix = re.search(r"<(\w+):Row>", forms.parts(template)[name].decode())[1]
    anchor = f"<{prefix}:Anchor>1, 15, 7, 2, 3, 15, 11, 16</{prefix}:Anchor>"
    template = forms.edit(template, name, (f"<{prefix}:Row>", f"{anchor}<{prefix}:Row>"))
    moved = forms.parts(fill(template, forms.figures(), draft=False).content)[name].decode()
    assert "1, 15, 9, 2, 3, 15, 13, 16" in moved


def rows_of_anchors(xml):
    drawing = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
    root = etree.fromstring(xml)
    return [[int(row.text) for row in anchor.iter(f"{drawing}row")] for anchor in root]


def test_text_boxes_below_the_list_move_and_those_above_stay(grown):
    assert rows_of_anchors(grown["xl/drawings/drawing92.xml"]) == [[11, 14], [0, 2]]


def test_text_boxes_that_span_the_list_do_as_excel_does():
    boxes = [
        forms.text_box(1, 8, edit_as=mode, number=number) for number, mode in enumerate(("", "oneCell", "absolute"), 2)
    ]
    boxes.append(forms.text_box(5, 8, edit_as="oneCell", number=9))
    template = forms.add_drawing(forms.sheet_of({"A4": "{{ * x }}"}), 1, boxes)
    assert rows_of_anchors(grow(template, part="xl/drawings/drawing91.xml")) == [[1, 10], [1, 8], [1, 8], [7, 10]]


def test_a_text_box_that_shows_a_cell_follows_it():
    template = forms.add_drawing(
        forms.sheet_of({"A4": "{{ * x }}", "A6": "尾"}), 1, [forms.text_box(0, 2, link="表!$A$6")]
    )
    assert b'textlink="\xe8\xa1\xa8!$A$8"' in grow(template, part="xl/drawings/drawing91.xml")


def test_excel_tables():
    book = forms.load(forms.sheet_of({"A3": "名", "A4": "{{ * x }}", "A6": "尾"}))
    book.active.add_table(Table(displayName="清单", ref="A3:A4"))
    xml = grow(forms.save(book), part="xl/tables/table1.xml")
    assert [item.get("ref") for item in etree.fromstring(xml).iter() if item.get("ref")] == ["A3:A6", "A3:A6"]


def test_charts():
    book = forms.load(forms.sheet_of({"A3": "额", "A4": "{{ * x }}", "A6": "尾"}))
    chart = BarChart()
    chart.add_data(Reference(book.active, min_col=1, min_row=4, max_row=4))
    book.active.add_chart(chart, "C8")
    template = forms.edit(forms.save(book), "xl/charts/chart1.xml", ("'表'!$A$4", "'表'!$A$4:$A$4"))
    content = fill(template, forms.Given({}, {"表": [(1,), (2,)]}), draft=False).content
    assert texts(forms.parts(content)["xl/charts/chart1.xml"], ".//{*}f") == ["'表'!$A$4:$A$5"]
    assert rows_of_anchors(forms.parts(content)["xl/drawings/drawing1.xml"]) == [[8]]


def test_calculation_chain_is_dropped_with_its_mentions():
    entries = forms.parts(forms.a_return())
    entries["xl/calcChain.xml"] = b'<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"
    link = f'<Relationship Id="rId99" Type="{kind}" Target="calcChain.xml"/></Relationships>'.encode()
    entries["xl/_rels/workbook.xml.rels"] = entries["xl/_rels/workbook.xml.rels"].replace(b"</Relationships>", link)
    override = b'<Override PartName="/xl/calcChain.xml" ContentType="x"/></Types>'
    entries["[Content_Types].xml"] = entries["[Content_Types].xml"].replace(b"</Types>", override)
    after = forms.parts(fill(forms.pack(entries), forms.figures(), draft=False).content)
    assert "xl/calcChain.xml" not in after
    assert not [name for name, data in after.items() if b"calcChain" in data]
    kept = forms.parts(fill(forms.pack(entries), forms.figures(forms.COMPANIES[:1]), draft=False).content)
    assert "xl/calcChain.xml" in kept  # nothing moved, nothing to drop


def test_formulas_below_beside_and_on_other_sheets():
    book = openpyxl.Workbook()
    book.active.title = "表"
    for at, text in {"A4": "{{ * x }}", "A6": "=SUM(A4:A4)", "A7": "=A6*2", "C2": "=A6+SUM(A1:A5)", "A8": 5}.items():
        book.active[at] = text
    other = book.create_sheet("别的 表")
    other["A1"], other["A2"] = "=表!A6+A9+SUM(表!$A$4:$A$8)", "=SUM(表!A4)"
    content = fill(forms.save(book), forms.Given({}, {"表": [(1,), (2,), (3,)]}), draft=False).content
    formulas = {
        c.coordinate: c.value for s in forms.load(content) for row in s.iter_rows() for c in row if c.data_type == "f"
    }
    assert formulas == {
        "C2": "=A8+SUM(A1:A7)", "A8": "=SUM(A4:A6)", "A9": "=A8*2",
        "A1": "=表!A8+A9+SUM(表!$A$4:$A$10)", "A2": "=SUM(表!A4:A6)",
    }  # fmt: skip
    seen = forms.cached(content)
    assert (seen["表"]["C2"], seen["别的 表"]["A1"], seen["别的 表"]["A2"]) == (12, 6 + 6 + 6 + 12 + 5, 6)


def test_drop_downs_of_another_sheet_that_look_into_the_list_follow_it():
    book = openpyxl.Workbook()
    book.active.title = "表"
    book.active["A4"] = "{{ * x }}"
    other = book.create_sheet("录入")
    rule = openpyxl.worksheet.datavalidation.DataValidation("list", formula1="表!$A$4:$A$4", sqref="B4:B9")
    other.add_data_validation(rule)
    content = fill(forms.save(book), forms.Given({}, {"表": [("一",), ("二",)]}), draft=False).content
    rules = forms.load(content)["录入"].data_validations.dataValidation
    assert [(rule.formula1, str(rule.sqref)) for rule in rules] == [("表!$A$4:$A$5", "B4:B9")]


def test_a_sheet_nobody_looks_into_stays_byte_for_byte(grown):
    before = forms.parts(forms.a_return())
    assert grown["xl/worksheets/sheet3.xml"] == before["xl/worksheets/sheet3.xml"]
    assert grown["xl/theme/theme1.xml"] == before["xl/theme/theme1.xml"]


@pytest.mark.parametrize("kind", sorted({*MOVES, *CARRIED}))
def test_each_kind_is_in_the_handbook(kind):
    assert f"`{kind}`" in HANDBOOK.read_text(encoding="utf-8")
