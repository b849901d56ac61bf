"""What a person changed in a return, told in its workbook: overridden cells coloured, a table of them; the tables of 更正 and 快报.

A table is a sheet of its own after the form's: the form keeps every row, so that it is read by place as before.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from exporters.cellxml import escape_text
from exporters.pagemarks import mark_draft, mark_foot
from exporters.references import address
from exporters.sheetxml import edit_frame
from exporters.styles import Styles
from exporters.xlsx_package import MAIN, Package, main_tag, parse, serialise

OVERRIDDEN, CORRECTION, SINCE_QUICK = "人工改数", "更正对照表", "快报对照表"
TABLES = frozenset({OVERRIDDEN, CORRECTION, SINCE_QUICK})
HEADS = ("表", "格", "项目", "单位", "原计算值", "改为", "差", "理由", "改的人", "时间")
_WIDTHS = {"表": 12, "格": 8, "项目": 30, "单位": 9, "理由": 40, "改的人": 10, "时间": 18}
_LINE = 15  # points of a line
_GROUND = "FFFFE0B2"  # a light orange, told from the yellow of what is filled in by hand


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet of texts after the form's: a title, heads and rows."""

    name: str
    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


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
    styles.save()
    return package.content()


def _coloured(xml: bytes, places: Collection[str], styles: Styles) -> bytes:
    root = parse(xml)
    for cell in root.iter(main_tag("c")):
        if cell.get("r") in places:
            cell.set("s", str(styles.coloured(int(cell.get("s", "0")), _GROUND)))
    return serialise(root)


def _table(table: Table, styles: Styles) -> bytes:
    boxed, head = styles.boxed(), styles.boxed(ground="FFE8EDF3")
    lines = [_row(1, [table.title], ""), _row(2, table.heads, f' s="{head}"')]
    lines += [_row(number, row, f' s="{boxed}"') for number, row in enumerate(table.rows, 3)]
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{_WIDTHS.get(name, 15)}" customWidth="1"/>'
        for at, name in enumerate(table.heads, 1)
    )
    start = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return (
        f'{start}<worksheet xmlns="{MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><cols>{columns}</cols>'
        f"<sheetData>{''.join(lines)}</sheetData>"
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    ).encode()


def _row(number: int, texts: Sequence[str], style: str) -> str:
    lines = max(text.count("\n") for text in texts) + 1 if texts else 1
    cells = (
        f'<c r="{address(number, column)}"{style} t="inlineStr"><is><t xml:space="preserve">{escape_text(text)}</t></is></c>'
        for column, text in enumerate(texts, 1)
    )
    tall = (
        f' ht="{_LINE * lines}" customHeight="1"' if lines > 1 else ""
    )  # a program that only shows it does not measure texts
    return f'<row r="{number}"{tall}>{"".join(cells)}</row>'
