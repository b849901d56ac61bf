"""What a workbook's cells say, in a form that re-saving in Excel, WPS or LibreOffice does not change.

Empty cells and formats are left out; a text is the same whether shared or inline; a number is what a double keeps of it
for sure, 15 significant digits; a date is its number; a formula counts by its cached value.
"""

from __future__ import annotations

import io
import unicodedata
from dataclasses import dataclass
from typing import TypeAlias

from lxml import etree

from exporters.cellxml import unescape_text
from exporters.references import address, split_address
from exporters.sheetxml import read_shared_strings, text_of
from exporters.xlsx_package import Element, Package, WorkbookFault, local_name

Cells: TypeAlias = "dict[str, Content]"  # by address

NUMBER, TEXT, TRUTH, ERROR, CALCULATED = "n", "s", "b", "e", "f"  # CALCULATED: a number that a formula gives


@dataclass(frozen=True, slots=True)
class Content:
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
        return {"1": "是", "0": "否"}[self.value] if self.type == TRUTH else self.value


def read_cells(package: Package, leave_out: frozenset[str] = frozenset()) -> dict[str, Cells]:
    """Read every cell that holds something, by sheet; sheets named in `leave_out` are not read."""
    strings = read_shared_strings(package)
    return {
        sheet.name: _sheet_cells(package.parts[sheet.part], strings)
        for sheet in package.sheets()
        if sheet.is_worksheet and sheet.name not in leave_out
    }


def canonical_number(text: str) -> str:
    """Write a number as 15 significant digits: 0.1, 0.10 and 0.10000000000000001 are the same."""
    return f"{float(text) + 0.0:.15g}"


def canonical_text(text: str) -> str:
    """Write a text with its line ends and composed characters in one way."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def _sheet_cells(xml: bytes, strings: list[str]) -> Cells:
    """Read one sheet; it may be written by any program, so names are taken without their namespace."""
    found: Cells = {}
    row, last = 0, ""
    events = etree.iterparse(io.BytesIO(xml), events=("start", "end"), tag=("{*}row", "{*}c"), resolve_entities=False)
    try:
        for event, item in events:
            if event == "start":
                if local_name(item) == "row":
                    row, last = int(item.get("r", row + 1)), ""
            elif local_name(item) == "row":
                item.clear()
            else:
                last = item.get("r") or address(row, split_address(last)[1] + 1 if last else 1)
                content = _content(item, strings)
                if content is not None:
                    found[last] = content
    except (etree.XMLSyntaxError, ValueError, IndexError) as error:
        raise WorkbookFault("工作簿里有一张表已损坏,读不出来;请向报送单位重新索要。") from error
    return found


def _content(cell: Element, strings: list[str]) -> Content | None:
    kind = cell.get("t", "n")
    inline = cell.find("{*}is")
    text = text_of(inline) if inline is not None else cell.findtext("{*}v") or ""
    if kind == "s" and text:
        text = strings[int(text)]
    if not text:
        return None
    if kind == "n":
        return Content(CALCULATED if cell.find("{*}f") is not None else NUMBER, canonical_number(text))
    if kind in {TRUTH, ERROR}:
        return Content(kind, text)
    return Content(TEXT, canonical_text(unescape_text(text) if kind == "str" else text))
