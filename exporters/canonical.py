"""What a workbook's cells say, in a form that re-saving in Excel, WPS or LibreOffice does not change.

Empty cells and formats are left out; a text is the same whether shared or inline; a number is what a double keeps of it
for sure, 15 significant digits; a date is its number; a formula counts by its cached value.
"""

from __future__ import annotations

import unicodedata
from typing import NamedTuple, TypeAlias

from exporters.cellxml import unescape_text
from exporters.references import address, split_address
from exporters.sheetxml import read_shared_strings, text_of
from exporters.xlsx_package import Element, Package, WorkbookFault, parse

Cells: TypeAlias = "dict[str, Content]"  # by address

NUMBER, TEXT, TRUTH, ERROR, CALCULATED = "n", "s", "b", "e", "f"  # CALCULATED: a number that a formula gives


class Content(NamedTuple):
    """What one cell holds: its type and its value as text."""

    type: str
    value: str

    def same_as(self, other: Content) -> bool:
        """Compare two contents; a calculated number may differ by what adding up doubles loses."""
        if CALCULATED not in {self.type, other.type} or not {self.type, other.type} <= {NUMBER, CALCULATED}:
            return self == other
        mine, its = float(self.value), float(other.value)
        return abs(mine - its) <= max(1e-6, 1e-12 * abs(mine))

    @property
    def kind_name(self) -> str:
        """What a person calls the type."""
        return {NUMBER: "数", CALCULATED: "数", TEXT: "文字", TRUTH: "是否", ERROR: "错误值"}[self.type]

    def __str__(self) -> str:
        return {"1": "是", "0": "否"}.get(self.value, self.value) if self.type == TRUTH else self.value


def read_cells(package: Package) -> dict[str, Cells]:
    """Read every cell that holds something, by sheet."""
    strings = read_shared_strings(package)
    return {
        sheet.name: _sheet_cells(package.parts[sheet.part], strings) for sheet in package.sheets() if sheet.is_worksheet
    }


def canonical_number(text: str) -> str:
    """Write a number as 15 significant digits: 0.1, 0.10 and 0.10000000000000001 are the same."""
    return f"{float(text) + 0.0:.15g}"


def canonical_text(text: str) -> str:
    """Write a text with its line ends and composed characters in one way."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def _sheet_cells(xml: bytes, strings: list[str]) -> Cells:
    """Read one sheet; it may be written by any program, so names are taken in the namespace of its root."""
    root = parse(xml)
    names = _Names(root.tag.rpartition("worksheet")[0])
    found: Cells = {}
    number = 0
    try:
        for row in root.iterfind(f"{names.space}sheetData/{names.space}row"):
            number, last = int(row.get("r", number + 1)), ""
            for cell in row.iterfind(names.cell):
                last = cell.get("r") or address(number, split_address(last)[1] + 1 if last else 1)
                content = _content(cell, names, strings)
                if content is not None:
                    found[last] = content
    except (ValueError, IndexError) as error:
        raise WorkbookFault("工作簿里有一张表已损坏，读不出来；请向报送单位重新索要。") from error
    return found


class _Names:
    """The element names of cells in one file's namespace."""

    def __init__(self, space: str) -> None:
        self.space, self.cell, self.value, self.formula, self.inline = (
            space,
            *(f"{space}{name}" for name in ("c", "v", "f", "is")),
        )


def _content(cell: Element, names: _Names, strings: list[str]) -> Content | None:
    kind, text, calculated = cell.get("t", NUMBER), "", False
    for child in cell:
        if child.tag == names.value:
            text = child.text or ""
        elif child.tag == names.formula:
            calculated = True
        elif child.tag == names.inline:
            text = text_of(child)
    if not text:
        return None
    if kind == NUMBER:
        return Content(CALCULATED if calculated else NUMBER, canonical_number(text))
    if kind in {TRUTH, ERROR}:
        return Content(kind, text)
    if kind == "s":
        text = strings[int(text)]
    return Content(TEXT, canonical_text(unescape_text(text) if kind == "str" else text)) if text else None
