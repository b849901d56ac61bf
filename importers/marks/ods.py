"""Marks of .ods: error cells, percentages and merged cells from content.xml (OpenDocument 1.3, 9.1 and 19.387)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import IO
from xml.etree import ElementTree

from importers.marks.found import Marks

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_CALC_TYPE = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_CELLS = {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}


def find(data: bytes, sheet: str) -> Marks:
    """Marks of one sheet of the workbook ``data``."""
    marks = Marks()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("content.xml") as stream:
        row = 0
        for element in _rows(stream, sheet):
            column = 0
            for cell in element:
                if cell.tag in _CELLS:
                    _mark(cell, row, column, marks)
                    column += int(cell.get(f"{_TABLE}number-columns-repeated", 1))
            row += int(element.get(f"{_TABLE}number-rows-repeated", 1))
    return marks


def _rows(stream: IO[bytes], sheet: str) -> Iterator[ElementTree.Element]:
    """The rows of one sheet, each forgotten when the next is asked for."""
    inside = False
    events = ElementTree.iterparse(stream, ("start", "end"))  # noqa: S314 - expat refuses entity bombs
    for event, element in events:
        if element.tag == f"{_TABLE}table":
            inside = event == "start" and element.get(f"{_TABLE}name") == sheet
        elif event == "end" and element.tag == f"{_TABLE}table-row":
            if inside:
                yield element
            element.clear()


def _mark(cell: ElementTree.Element, row: int, column: int, marks: Marks) -> None:
    if cell.get(_CALC_TYPE) == "error":
        marks.errors[row, column] = "".join(cell.itertext())
    elif cell.get(f"{_OFFICE}value-type") == "percentage":
        repeated = int(cell.get(f"{_TABLE}number-columns-repeated", 1))
        marks.percents += [(row, column + i) for i in range(repeated)]
    down, across = (int(cell.get(f"{_TABLE}number-{way}-spanned", 1)) for way in ("rows", "columns"))
    if down > 1 or across > 1:
        marks.merged.append((row, column, row + down - 1, column + across - 1))
