"""What a person changed in a return, told in its workbook: overridden cells coloured, a table of them; the tables of 更正 and 快报.

A table is a sheet of its own after the form's: the form keeps every row, so that it is read by place as before.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from exporters.cellxml import escape_text
from exporters.measure import PADDING, column_points, line_count, text_height
from exporters.pagemarks import mark_draft, mark_foot
from exporters.references import address
from exporters.sheetxml import edit_frame
from exporters.styles import Styles
from exporters.xlsx_package import MAIN, Package, main_tag, parse, serialise

OVERRIDDEN, CORRECTION, SINCE_QUICK = "人工改数", "更正对照表", "快报对照表"
TABLES = frozenset({OVERRIDDEN, CORRECTION, SINCE_QUICK})
HEADS = ("表", "格", "项目", "单位", "原计算值", "改为", "差", "理由", "改的人", "时间")
FIGURES = frozenset({"原计算值", "改为", "差", "更正前", "更正后", "快报", "正式"})
_WIDTHS = {"表": 10, "格": 7, "项目": 34, "单位": 8, "理由": 34, "改的人": 9, "时间": 17} | dict.fromkeys(
    ("更正前", "更正后", "快报", "正式"), 18
)
_HEADS_ROW = 2
_SIZE, _USUAL = 11, 14  # points of the letters; how many of them wide a column is
_GROUND = "FFFFE0B2"  # a light orange, told from the yellow of what is filled in by hand


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet of texts after the form's: a title, heads and rows; ``above`` is printed over each of its pages."""

    name: str
    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    above: str = ""


def tell(content: bytes, cells: Mapping[str, Collection[str]], tables: Sequence[Table], *, draft: bool) -> bytes:
    """Colour ``cells`` (sheet → addresses), say at the foot of their pages that they are overridden, append the tables."""
    if not tables and not cells:
        return content
    package = Package(content)
    styles = Styles(package)
    for sheet in package.sheets():
        if places := cells.get(sheet.name):
            xml = _coloured(package.parts[sheet.part], places, styles)
            note = f"本表有 {len(places)} 格人工改数，见“{OVERRIDDEN}”表"
            package.parts[sheet.part] = edit_frame(xml, partial(mark_foot, note=note))
    for table in tables:
        made = _table(table, styles)
        package.add_sheet(table.name, edit_frame(made, mark_draft) if draft else made, hidden=False)
        package.print_again(table.name, _HEADS_ROW)
    styles.save()
    return package.content()


def _coloured(xml: bytes, places: Collection[str], styles: Styles) -> bytes:
    root = parse(xml)
    for cell in root.iter(main_tag("c")):
        if cell.get("r") in places:
            cell.set("s", str(styles.coloured(int(cell.get("s", "0")), _GROUND)))
    return serialise(root)


def _table(table: Table, styles: Styles) -> bytes:
    boxed, figure, head = styles.boxed(), styles.boxed(right=True), styles.boxed(ground="FFE8EDF3")
    widths = [_WIDTHS.get(name, _USUAL) for name in table.heads]
    lines = [_row(1, [table.title]), _row(_HEADS_ROW, table.heads, [head] * len(table.heads), widths)]
    for number, row in enumerate(table.rows, _HEADS_ROW + 1):
        right = (name in FIGURES and text[-1:].isdigit() for name, text in zip(table.heads, row, strict=True))
        lines.append(_row(number, row, [figure if each else boxed for each in right], widths))
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>' for at, width in enumerate(widths, 1)
    )
    start = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    above = f"&amp;L&amp;9{escape_text(table.above.replace('&', '&&'))}" if table.above else ""
    return (
        f'{start}<worksheet xmlns="{MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><cols>{columns}</cols>'
        f"<sheetData>{''.join(lines)}</sheetData>"
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
        f"<headerFooter><oddHeader>{above}</oddHeader></headerFooter></worksheet>"
    ).encode()


def _row(number: int, texts: Sequence[str], looks: Sequence[int] = (), widths: Sequence[int] = ()) -> str:
    """A row as high as its texts need: a program that only shows or prints it does not measure them."""
    styles = [f' s="{look}"' for look in looks] or [""] * len(texts)
    cells = (
        f'<c r="{address(number, column)}"{style} t="inlineStr"><is><t xml:space="preserve">{escape_text(text)}</t></is></c>'
        for column, (text, style) in enumerate(zip(texts, styles, strict=True), 1)
    )
    rooms = (column_points(width) - PADDING for width in widths)
    lines = max((line_count(text, _SIZE, room) for text, room in zip(texts, rooms, strict=False)), default=1)
    return f'<row r="{number}" ht="{text_height(lines, _SIZE)}" customHeight="1">{"".join(cells)}</row>'
