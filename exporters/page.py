"""A filled return as pages: where each cell stands on the paper and what it says, for screen and printer alike.

Lengths are points (1/72 inch) on the paper, the sheet's print scale applied. Read from the workbook itself — print area,
repeated titles, paper, margins, fit to width, breaks, merges — so that the screen shows what Excel prints.
"""

from __future__ import annotations

import io
import re
import unicodedata
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import openpyxl
from openpyxl.styles import Border
from openpyxl.utils import get_column_letter, range_boundaries

from exporters.display import display

PAPERS = {8: (841.9, 1190.6), 9: (595.3, 841.9), 11: (419.5, 595.3)}  # A3, A4, A5 upright
_LINES = {"hair": 0.25, "thin": 0.5, "medium": 1.2, "thick": 1.8, "double": 1.5}
_DIGIT = 7  # pixels of a digit in the default font, by which column widths are counted
_POINT = 0.75  # points of a pixel
_PADDING = 3.0  # points between a cell's text and its border, at both sides together
_CODES = re.compile(r'&"[^"]*"|&K[0-9A-Fa-f]{6}|&\d+|&.', re.DOTALL)
_SECTIONS = re.compile(r"&([LCR])")


@dataclass(frozen=True, slots=True)
class PageFont:
    """A font as the form asks for it, its size in points on the paper."""

    name: str
    size: float
    bold: bool = False
    italic: bool = False
    color: str = "#000000"


@dataclass(frozen=True, slots=True)
class PageCell:
    """One cell or merged area. ``lines`` are the widths of its left, top, right and bottom border; ``room`` is how wide its text
    may run: over empty neighbours where nothing stops it.
    """

    address: str
    x: float
    y: float
    width: float
    height: float
    text: str
    font: PageFont
    across: str
    down: str
    wrap: bool
    indent: float
    room: float
    lines: tuple[float, float, float, float]
    fill: str


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet of paper: its size, its cells, and the header and footer as (side, text) with side left, center or right."""

    width: float
    height: float
    margin: tuple[float, float, float, float]
    cells: tuple[PageCell, ...]
    header: tuple[tuple[str, str], ...]
    footer: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PageSheet:
    """One sheet of the workbook as pages."""

    name: str
    pages: tuple[Page, ...]


def page_sheets(content: bytes) -> tuple[PageSheet, ...]:
    """The visible sheets of a workbook as pages; formulas show the values kept with them."""
    with warnings.catch_warnings(action="ignore"):  # what openpyxl would lose on writing is of no matter here
        book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    return tuple(_Sheet(sheet).as_pages() for sheet in book.worksheets if sheet.sheet_state == "visible")


class _Sheet:
    """One worksheet being laid out."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet
        area = str(sheet.print_area or sheet.dimensions).rpartition("!")[2].replace("$", "").partition(",")[0]
        self.first_column, self.first_row, self.last_column, self.last_row = (n or 1 for n in range_boundaries(area))
        self.merges = {(m.min_row, m.min_col): m for m in sheet.merged_cells.ranges}
        self.covered = {
            (row, column)
            for m in self.merges.values()
            for row in range(m.min_row, m.max_row + 1)
            for column in range(m.min_col, m.max_col + 1)
        }
        self.left, self.top, self.right, self.bottom = (
            getattr(sheet.page_margins, side) * 72 for side in ("left", "top", "right", "bottom")
        )
        self.paper = self._paper()
        widths = [self._column_width(column) for column in range(self.first_column, self.last_column + 1)]
        self.scale = self._scale(sum(widths))
        self.edges = _edges([width * self.scale for width in widths])
        self.fonts: dict[int, PageFont] = {}

    def as_pages(self) -> PageSheet:
        """All pages, downwards."""
        parts = list(self._parts())
        pages = [self._page(rows, number, len(parts)) for number, rows in enumerate(parts, 1)]
        return PageSheet(self.sheet.title, tuple(pages))

    # --- measures

    def _paper(self) -> tuple[float, float]:
        setup = self.sheet.page_setup
        wide, high = PAPERS.get(int(setup.paperSize or 9), PAPERS[9])
        return (high, wide) if setup.orientation == "landscape" else (wide, high)

    def _scale(self, width: float) -> float:
        setup, fit = self.sheet.page_setup, self.sheet.sheet_properties.pageSetUpPr
        if fit is not None and fit.fitToPage and setup.fitToWidth != 0:
            return float(min(1.0, (self.paper[0] - self.left - self.right) / width))
        return float(setup.scale or 100) / 100

    def _column_width(self, column: int) -> float:
        for held in self.sheet.column_dimensions.values():
            if held.min and held.min <= column <= held.max:
                return 0.0 if held.hidden else _points(held.width)
        return _points(self.sheet.sheet_format.defaultColWidth or 8.43 + 5 / _DIGIT)

    def _row_height(self, row: int) -> float:
        held = self.sheet.row_dimensions[row]
        if held.hidden:
            return 0.0
        if held.height:
            return float(held.height) * self.scale
        needed = [self._text_height(row, column) for column in range(self.first_column, self.last_column + 1)]
        return max([float(self.sheet.sheet_format.defaultRowHeight or 15) * self.scale, *needed])

    def _text_height(self, row: int, column: int) -> float:
        """The height that a wrapped text needs; a merged area never makes its row higher, as in Excel."""
        cell = self.sheet.cell(row, column)
        if cell.value is None or not cell.alignment.wrap_text or (row, column) in self.covered:
            return 0.0
        place = column - self.first_column
        width = self.edges[place + 1] - self.edges[place] - _PADDING
        font = self._font(cell)
        return _lines(display(cell.value, cell.number_format), font.size, width) * font.size * 1.25 + 2

    # --- parting into pages

    def _titles(self) -> list[int]:
        rows = str(self.sheet.print_title_rows or "").replace("$", "")
        if not rows:
            return []
        first, _, last = rows.partition(":")
        return list(range(int(first), int(last or first) + 1))

    def _parts(self) -> Iterator[list[tuple[int, float]]]:
        """The rows of each page with their heights; titles come again on every page after their own."""
        heights = {row: self._row_height(row) for row in range(self.first_row, self.last_row + 1)}
        titles = [(row, heights.get(row) or self._row_height(row)) for row in self._titles()]
        room = self.paper[1] - self.top - self.bottom
        breaks = {item.id for item in self.sheet.row_breaks.brk}
        page: list[tuple[int, float]] = []
        used = 0.0
        for row, height in heights.items():
            if page and (used + height > room + 0.5 or row - 1 in breaks):
                yield page
                page = [title for title in titles if title[0] < row]
                used = sum(high for _, high in page)
            page.append((row, height))
            used += height
        yield page

    # --- cells

    def _page(self, rows: list[tuple[int, float]], number: int, count: int) -> Page:
        wide = self.edges[-1]
        centred = self.sheet.print_options.horizontalCentered
        x = (self.paper[0] - wide) / 2 if centred else self.left
        y = self.top
        tops, cells = {}, []
        for row, height in rows:
            tops[row] = (y, height)
            y += height
        for row in tops:
            cells += [
                cell
                for column in range(self.first_column, self.last_column + 1)
                if (cell := self._cell(row, column, x, tops))
            ]
        margin = (self.left, self.top, self.right, self.bottom)
        texts = self.sheet.oddHeader, self.sheet.oddFooter
        header, footer = (_running(text, number, count) for text in texts)
        return Page(*self.paper, margin, tuple(cells), header, footer)

    def _cell(self, row: int, column: int, x: float, tops: dict[int, tuple[float, float]]) -> PageCell | None:
        merge = self.merges.get((row, column))
        if merge is None and (row, column) in self.covered:
            return None
        cell = self.sheet.cell(row, column)
        last_row, last_column = (merge.max_row, merge.max_col) if merge else (row, column)
        text = display(cell.value, cell.number_format)
        lines = self._lines(cell, last_row, last_column)
        fill = cell.fill.fgColor.rgb if cell.fill.fill_type == "solid" else None
        fill = f"#{fill[-6:]}" if isinstance(fill, str) else ""
        if not (text or any(lines) or fill):
            return None
        place = column - self.first_column
        left, right = self.edges[place], self.edges[min(last_column - self.first_column + 1, len(self.edges) - 1)]
        height = sum(tops[each][1] for each in range(row, last_row + 1) if each in tops)
        alignment = cell.alignment
        number = isinstance(cell.value, int | float | date) and not isinstance(cell.value, bool)
        across = (
            alignment.horizontal if alignment.horizontal not in {None, "general"} else "right" if number else "left"
        )
        spills = across == "left" and not alignment.wrap_text and not number
        return PageCell(
            address=f"{get_column_letter(column)}{row}", x=x + left, y=tops[row][0], width=right - left, height=height, text=text,
            font=self._font(cell), across=str(across), down=str(alignment.vertical or "bottom"), wrap=bool(alignment.wrap_text),
            indent=float(alignment.indent or 0) * 9 * self.scale, room=self._room(row, last_column, left) if spills else right - left,
            lines=lines, fill=fill,
        )  # fmt: skip

    def _room(self, row: int, column: int, left: float) -> float:
        """How far a text runs on over empty cells."""
        while (
            column < self.last_column
            and self.sheet.cell(row, column + 1).value is None
            and (row, column + 1) not in self.covered
        ):
            column += 1
        return self.edges[min(column - self.first_column + 1, len(self.edges) - 1)] - left

    def _lines(self, cell: Any, last_row: int, last_column: int) -> tuple[float, float, float, float]:
        own: Border = cell.border
        far: Border = (
            self.sheet.cell(last_row, last_column).border if (last_row, last_column) != (cell.row, cell.column) else own
        )
        return _line(own.left), _line(own.top), _line(far.right), _line(far.bottom)

    def _font(self, cell: Any) -> PageFont:
        found = self.fonts.get(cell._style.fontId)
        if found is None:
            font = cell.font
            color = font.color.rgb if font.color is not None and isinstance(font.color.rgb, str) else "FF000000"
            found = PageFont(
                font.name or "宋体", float(font.sz or 11) * self.scale, bool(font.b), bool(font.i), f"#{color[-6:]}"
            )
            self.fonts[cell._style.fontId] = found
        return found


def _points(characters: float) -> float:
    """A column's width as Excel reckons it: whole pixels of so many digits of the default font."""
    return int((256 * characters + int(128 / _DIGIT)) / 256 * _DIGIT) * _POINT


def _edges(widths: list[float]) -> list[float]:
    edges = [0.0]
    for width in widths:
        edges.append(edges[-1] + width)
    return edges


def _line(side: Any) -> float:
    return _LINES.get(side.style, 0.5) if side is not None and side.style else 0.0


def _lines(text: str, size: float, width: float) -> int:
    """How many lines a text takes in a font whose Chinese characters are square and others half as wide (宋体, 黑体, 仿宋)."""
    count = 0
    for line in text.split("\n"):
        wide = sum(1.0 if unicodedata.east_asian_width(letter) in "WFA" else 0.5 for letter in line) * size
        count += max(1, -int(-wide // max(width, size)))
    return count


def _running(parts: Any, number: int, count: int) -> tuple[tuple[str, str], ...]:
    """A header or footer's texts by side, page numbers filled in, without their font codes."""
    found = []
    for side in ("left", "center", "right"):
        text = getattr(parts, side).text or ""
        text = text.replace("&P", str(number)).replace("&N", str(count))
        plain = _CODES.sub("", text).strip()
        if plain:
            found.append((side, plain))
    return tuple(found)
