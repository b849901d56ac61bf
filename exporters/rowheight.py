"""The height of a list's rows: as the form draws them, higher where a record's text would be cut off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from exporters.measure import INDENT, PADDING, column_points, default_column, line_count, text_height
from exporters.styles import Styles
from exporters.xlsx_package import Element

HIGHEST = 409.5  # Excel's limit, points

_SURE = 0.95  # of a column's width: words that do not break leave some of each line empty


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A column of a list whose texts go on in a new line: its number, its font's size and its text's width in points."""

    column: int
    size: float
    width: float

    def height(self, text: str) -> float:
        """Give the height that a text needs, 0 where one line is plainly enough."""
        if len(text) * self.size <= self.width and "\n" not in text:
            return 0.0
        return text_height(line_count(text, self.size, self.width), self.size)


def wrapped_columns(root: Element, cells: Sequence[tuple[int, int]], styles: Styles) -> list[Wrapped]:
    """List the columns, of cells given as (column, style), that wrap their text."""
    found = []
    for column, style in cells:
        size, wraps, indent = styles.text_layout(style)
        if wraps:
            width = (column_points(_width(root, column)) - PADDING - indent * INDENT) * _SURE
            found.append(Wrapped(column, size, max(width, size)))
    return found


def _width(root: Element, column: int) -> float:
    for item in root.iterfind("{*}cols/{*}col"):
        if int(item.get("min")) <= column <= int(item.get("max")) and item.get("width"):
            return float(item.get("width"))
    standard = root.find("{*}sheetFormatPr")
    return float(standard.get("defaultColWidth") or default_column()) if standard is not None else default_column()
