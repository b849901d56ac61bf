"""Forms for tests: built with openpyxl, with what openpyxl cannot write put in as raw XML."""

from __future__ import annotations

import functools
import html
import io
import re
import warnings
import zipfile
from datetime import date
from decimal import Decimal

import openpyxl
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.pagebreak import Break

LIST_ROW = 6
COMPANIES = (
    ("赣州甲电子有限公司", Decimal("1234.50"), date(2021, 3, 5)),
    ("=乙+1", Decimal("0.1"), None),
    ("丙 & <丁>", 7, date(2024, 2, 29)),
)

TEXT_BOX = """<xdr:twoCellAnchor{edit}><xdr:from><xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{top}</xdr:row>\
<xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>3</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{bottom}</xdr:row>\
<xdr:rowOff>0</xdr:rowOff></xdr:to><xdr:sp macro="" textlink="{link}"><xdr:nvSpPr><xdr:cNvPr id="{number}" name="文本框"/>\
<xdr:cNvSpPr txBox="1"/></xdr:nvSpPr><xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="300000"/></a:xfrm>\
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:srgbClr val="FFF2CC"/></a:solidFill><a:ln w="9525">\
<a:solidFill><a:srgbClr val="999999"/></a:solidFill></a:ln></xdr:spPr><xdr:txBody><a:bodyPr/><a:p><a:r><a:rPr lang="zh-CN" sz="900">\
<a:solidFill><a:srgbClr val="333333"/></a:solidFill></a:rPr><a:t>{text}</a:t></a:r></a:p></xdr:txBody></xdr:sp>\
<xdr:clientData/></xdr:twoCellAnchor>"""
DRAWING = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<xdr:wsDr '
    'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">{}</xdr:wsDr>'
)
X14 = (
    '<extLst><ext uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}" '
    'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
    'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:dataValidations count="1">'
    '<x14:dataValidation type="list" allowBlank="1"><x14:formula1><xm:f>{}</xm:f></x14:formula1><xm:sqref>{}</xm:sqref>'
    "</x14:dataValidation></x14:dataValidations></ext></extLst>"
)
THIN = Border(*(Side(style="thin", color="808080"),) * 4)


class Given:
    """Figures handed over in the test: one value per expression, records per sheet."""

    def __init__(self, values=None, records=None):
        self.values, self.lists, self.asked = values or {}, records or {}, []

    def value(self, sheet, expression):
        return self.values[expression]

    def records(self, sheet, expressions, number=0):
        self.asked.append((sheet, tuple(expressions)))
        return self.lists[sheet]


def save(book):
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def sheet_of(cells, **names):
    """One-sheet workbook of the given cells, {"A1": value}, as bytes."""
    book = openpyxl.Workbook()
    book.active.title = names.get("title", "表")
    for at, value in cells.items():
        book.active[at] = value
    return save(book)


def load(content, **options):
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Data Validation extension is not supported")  # openpyxl, of x14 drop-downs
        return openpyxl.load_workbook(io.BytesIO(content), **options)


def parts(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pack(entries):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def edit(content, part, *changes):
    """Replace texts in one part; each must be there."""
    entries = parts(content)
    text = entries[part].decode()
    for old, new in changes:
        assert old in text, (part, old)
        text = text.replace(old, new, 1)
    return pack({**entries, part: text.encode()})


def add_drawing(content, number, anchors):
    """Hang text boxes on sheet `number`, which has no drawing yet."""
    entries = parts(content)
    name = f"xl/drawings/drawing9{number}.xml"
    entries[name] = DRAWING.format("".join(anchors)).encode()
    rels = f"xl/worksheets/_rels/sheet{number}.xml.rels"
    old = entries.get(
        rels, b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    )
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing"
    link = f'<Relationship Id="rId90" Type="{kind}" Target="/{name}"/></Relationships>'
    entries[rels] = old.replace(b"</Relationships>", link.encode())
    override = f'<Override PartName="/{name}" ContentType="application/vnd.openxmlformats-officedocument.drawing+xml"/></Types>'
    entries["[Content_Types].xml"] = entries["[Content_Types].xml"].replace(b"</Types>", override.encode())
    sheet = f"xl/worksheets/sheet{number}.xml"
    tag = '<drawing xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rId90"/>'
    before = re.search(rb"<legacyDrawing|<tableParts|<extLst|</worksheet>", entries[sheet])
    entries[sheet] = entries[sheet][: before.start()] + tag.encode() + entries[sheet][before.start() :]
    return pack(entries)


def text_box(top, bottom, text="说明", *, link="", edit_as="", number=2):
    mode = f' editAs="{edit_as}"' if edit_as else ""
    return TEXT_BOX.format(edit=mode, top=top, bottom=bottom, text=text, link=link, number=number)


def share_strings(content, number):
    """Move the texts of sheet `number` into the shared strings, as Excel and WPS write them; one of them as rich text."""
    entries = parts(content)
    sheet, items = f"xl/worksheets/sheet{number}.xml", []

    def shared(match):
        items.append(html.unescape(match[3].decode()))
        return b'<c %s t="s"><v>%d</v></c>' % (match[1] or match[2], len(items) - 1)

    pattern = rb'<c (?:([^>]*?) t="inlineStr"|t="inlineStr" ([^>]*?))><is><t[^>]*>([^<]*)</t></is></c>'
    entries[sheet] = re.sub(pattern, shared, entries[sheet])
    items = [html.escape(item, quote=False) for item in items]
    runs = [f"<r><t>{item[:3]}</t></r><r><rPr><b/></rPr><t>{item[3:]}</t></r>" for item in items]
    table = "".join(f'<si>{run}<rPh sb="0" eb="1"><t>拼音</t></rPh></si>' for run in runs)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    entries["xl/sharedStrings.xml"] = f'<sst xmlns="{main}">{table}</sst>'.encode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    link = f'<Relationship Id="rId95" Type="{kind}" Target="sharedStrings.xml"/></Relationships>'
    name = "xl/_rels/workbook.xml.rels"
    entries[name] = entries[name].replace(b"</Relationships>", link.encode())
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    entries["[Content_Types].xml"] = entries["[Content_Types].xml"].replace(b"</Types>", override.encode())
    return pack(entries)


def add_x14(content, number, sqref, formula):
    """Put an Excel-2010 drop-down into sheet `number`."""
    return edit(
        content, f"xl/worksheets/sheet{number}.xml", ("</worksheet>", X14.format(formula, sqref) + "</worksheet>")
    )


@functools.cache  # openpyxl writes the time of day into its files
def a_return():
    """A small return with everything in it: three sheets, one with a list and all that may stand around it."""
    book = openpyxl.Workbook()
    _main_sheet(book.active)
    _list_sheet(book.create_sheet("名录"))
    codes = book.create_sheet("代码")
    for row, text in enumerate(("在业", "停业", "注销"), 1):
        codes.cell(row, 1, text)
    codes.sheet_state = "hidden"
    book.defined_names["名录合计"] = DefinedName("名录合计", attr_text="名录!$C$8")
    content = save(book)
    content = add_drawing(content, 2, [text_box(9, 12), text_box(0, 2, "表号:表TW-2", number=3)])
    return add_x14(content, 2, f"E{LIST_ROW} E10", "代码!$A$1:$A$3")


def _main_sheet(sheet):
    sheet.title = "主要指标"
    sheet.merge_cells("A1:D1")
    for column, width in zip("ABCD", (24, 12, 16, 16), strict=True):
        sheet.column_dimensions[column].width = width
    sheet["A1"] = "产业园建设运行主要指标"
    sheet["A1"].font, sheet["A1"].alignment = Font(size=18, bold=True), Alignment(horizontal="center")
    sheet["A2"] = "{{ 年份 }}年(截至 {{ 期末 }})"
    for column, text in enumerate(("指标名称", "计量单位", "本年", "上年"), 1):
        sheet.cell(4, column, text).border = THIN
    for row, (name, unit) in enumerate(
        (("台资企业数", "家"), ("实际进资", "万美元"), ("增速", "%"), ("全部", "万美元")), 5
    ):
        sheet.cell(row, 1, name).border = sheet.cell(row, 2, unit).border = THIN
        for column, year in ((3, "本年"), (4, "上年")):
            cell = sheet.cell(row, column, f"{{{{ {name}.{year} }}}}")
            cell.border, cell.number_format, cell.fill = THIN, "#,##0.00", PatternFill("solid", fgColor="FFFDE7")
    sheet["C8"], sheet["D8"] = "=名录!C8", "=C6+名录!$C$8/2"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.oddFooter.center.text = "第 &P 页 共 &N 页"


def _list_sheet(sheet):
    sheet.merge_cells("A1:E1")
    for column, width in zip("ABCDE", (12, 30, 18, 14, 10), strict=True):
        sheet.column_dimensions[column].width = width
    sheet["A1"] = "台资企业名录"
    sheet["A1"].font, sheet["A1"].alignment = Font(size=18, bold=True), Alignment(horizontal="center")
    sheet["A3"] = "填报单位(盖章):{{ 单位 }}"
    for column, text in enumerate(("序号", "企业名称", "到资(万美元)", "日期", "状态"), 1):
        sheet.cell(5, column, text).border = THIN
    sheet.row_dimensions[LIST_ROW].height = 24
    fields = ("{{ * 序号 }}", "{{ * 企业.名称 }}", "{{ * 到资 }}", "{{ * 日期 }}", "在业")
    for column, text in enumerate(fields, 1):
        sheet.cell(LIST_ROW, column, text).border = THIN
    sheet["C6"].number_format, sheet["D6"].number_format = "#,##0.00", "yyyy-mm-dd"
    sheet["A8"], sheet["C8"] = "合计", "=SUM(C6:C6)"
    sheet["C8"].number_format = "#,##0.00"
    sheet["A8"].comment = Comment("含增资", "省台办")
    sheet.merge_cells("A10:B11")
    sheet["A10"], sheet["C10"] = "单位负责人:", "=ROUND(C8/3,1)"
    sheet["D10"], sheet["D10"].hyperlink = "见主要指标", "#主要指标!A1"
    validation = DataValidation("list", formula1='"在业,停业"', sqref="E6")
    sheet.add_data_validation(validation)
    below = DataValidation("decimal", operator="lessThan", formula1="$C$8", sqref="C10:C11")
    sheet.add_data_validation(below)
    sheet.conditional_formatting.add("C6:C6", FormulaRule(["$C6>$C$8/2"], fill=PatternFill(bgColor="FFE0E0")))
    sheet.auto_filter.ref = "A5:E6"
    sheet.row_breaks.append(Break(id=8))
    sheet.print_area, sheet.print_title_rows = "A1:E12", "4:5"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9


def figures(records=COMPANIES):
    """Figures for `a_return`."""
    values = {
        "年份": 2025, "期末": date(2025, 12, 31), "单位": "赣州经开区管委会",
        "台资企业数.本年": 23, "台资企业数.上年": 20, "实际进资.本年": Decimal("1986.40"), "实际进资.上年": None,
        "增速.本年": "—", "增速.上年": Decimal("-0.00"),
    }  # fmt: skip
    return Given(values, {"名录": records})


def dump(content):
    """Write a workbook as text: sheet, coordinate, type, format and value, one cell a line."""
    lines = []
    for sheet in load(content):
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    lines.append(
                        f"{sheet.title}!{cell.coordinate}\t{cell.data_type}\t{cell.number_format}\t{cell.value}"
                    )
    return "\n".join(lines) + "\n"


def cached(content):
    """Give what a reader sees who does not calculate: {sheet: {address: value}}."""
    book = load(content, data_only=True)
    return {s.title: {c.coordinate: c.value for row in s.iter_rows() for c in row if c.value is not None} for s in book}
