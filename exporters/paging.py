"""Laying a worksheet out on paper: which rows and columns stand on which page, and where (see exporters/page.py)."""

from __future__ import annotations

import io
import re
import warnings
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import openpyxl
from openpyxl.styles import Border
from openpyxl.utils import column_index_from_string, get_column_letter, range_boundaries

from exporters.display import display
from exporters.measure import INDENT, PADDING, column_points, default_column, line_count, text_height
from exporters.page import LARGEST, NAMES, PAPERS, READABLE, WIDTH, Layout, Page, PageCell, PageFont, PageSheet

_NUMBERS = {8: "A3", 9: "A4", 11: "A5"}  # what a workbook calls them
_NARROW = 8 / 25.4 * 72  # points: so far the side margins give way before columns go to another page
_LINES = {"hair": 0.25, "thin": 0.5, "medium": 1.2, "thick": 1.8, "double": 1.5}
_CODES = re.compile(r'&"[^"]*"|&K[0-9A-Fa-f]{6}|&\d+|&.', re.DOTALL)
_SECTIONS = re.compile(r"&([LCR])")


Spans = dict[int, tuple[float, float]]  # row or column → where it begins on the page, and its size


def page_sheets(
    content: bytes, kept: Mapping[str, Collection[str]] | None = None, layout: Layout | None = None
) -> tuple[PageSheet, ...]:
    """The visible sheets of a workbook as pages; formulas show the values kept with them.

    ``kept`` are cells, by sheet, that are there even when nothing stands in or around them.
    """
    with warnings.catch_warnings(action="ignore"):  # what openpyxl would lose on writing is of no matter here
        book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    there = kept or {}
    shown = (sheet for sheet in book.worksheets if sheet.sheet_state == "visible")
    return tuple(_Sheet(sheet, there.get(sheet.title, ()), layout or Layout()).as_pages() for sheet in shown)


_SMALLEST = 0.1  # Excel scales no smaller


class _Sheet:
    """One worksheet being laid out."""

    def __init__(self, sheet: Any, kept: Collection[str], layout: Layout) -> None:
        self.sheet, self.kept, self.layout = sheet, kept, layout
        area = str(sheet.print_area or sheet.dimensions).rpartition("!")[2].replace("$", "").partition(",")[0]
        self.first_column, self.first_row, self.last_column, self.last_row = (n or 1 for n in range_boundaries(area))
        self.merged = {
            (row, column): area
            for area in sheet.merged_cells.ranges
            for row in range(area.min_row, area.max_row + 1)
            for column in range(area.min_col, area.max_col + 1)
        }
        self.left, self.top, self.right, self.bottom = (
            getattr(sheet.page_margins, side) * 72 if layout.points is None else layout.points
            for side in ("left", "top", "right", "bottom")
        )
        self.paper = self._paper()
        widths = {column: self._column_width(column) for column in range(self.first_column, self.last_column + 1)}
        least = min(1.0, READABLE / self._body_size())
        self.scale = self._scale(sum(widths.values()), least)
        while True:
            self.widths = {column: width * self.scale for column, width in widths.items()}
            self.heights = {row: self._row_height(row) for row in range(self.first_row, self.last_row + 1)}
            room = self.paper[1] - self.top - self.bottom
            if not self._one_page_high() or sum(self.heights.values()) <= room or self.scale <= least:
                break
            # wrapped lines change with the width, so the scale is found in small steps
            self.scale = max(least, min(self.scale * 0.98, self.scale * room / sum(self.heights.values()) + 0.005))
        self.fonts: dict[int, PageFont] = {}

    def as_pages(self) -> PageSheet:
        """All pages, in the order the form asks for."""
        sheet = self.sheet
        rows = list(
            _parted(
                self.heights, _titles(sheet.print_title_rows), self.paper[1] - self.top - self.bottom, sheet.row_breaks
            )
        )
        columns = list(
            _parted(self.widths, self._title_columns(), self.paper[0] - self.left - self.right, sheet.col_breaks)
        )
        parts = [(down, across) for across in columns for down in rows]
        if sheet.page_setup.pageOrder == "overThenDown":
            parts = [(down, across) for down in rows for across in columns]
        pages = tuple(self._page(down, across, (number, len(parts))) for number, (down, across) in enumerate(parts, 1))
        return PageSheet(sheet.title, pages)

    # --- measures

    def _paper(self) -> tuple[float, float]:
        setup = self.sheet.page_setup
        wide, high = PAPERS[self.layout.paper or _NUMBERS.get(int(setup.paperSize or 9), "A4")]
        turned = self.layout.turned or ("横" if setup.orientation == "landscape" else "纵")
        return (high, wide) if turned == "横" else (wide, high)

    def _body_size(self) -> float:
        """The size of the table's own text: the one that most cells have."""
        sizes = Counter(
            float(cell.font.sz or 11)
            for row in self.sheet.iter_rows(self.first_row, self.last_row, self.first_column, self.last_column)
            for cell in row
            if cell.value is not None
        )
        return sizes.most_common(1)[0][0] if sizes else READABLE

    def _scale(self, width: float, least: float) -> float:
        """The scale on the paper; side margins give way where the table's text would become too small for it."""
        setup, fit = self.sheet.page_setup, self.sheet.sheet_properties.pageSetUpPr
        if self.layout.percent:
            return max(_SMALLEST, self.layout.percent)
        most = LARGEST if self.layout.scale == WIDTH else max(1.0, self._larger())
        if self.layout.scale != WIDTH and not (fit is not None and fit.fitToPage and setup.fitToWidth != 0):
            return float(setup.scale or 100) / 100 * self._larger()
        room = self.paper[0] - self.left - self.right
        if room / width < least <= (self.paper[0] - 2 * _NARROW) / width and self.layout.points is None:
            self.left = self.right = (self.paper[0] - least * width) / 2
            return least
        return max(least, min(most, room / width))

    def _larger(self) -> float:
        """How many times as wide as the form's own paper the paper asked for is."""
        own = PAPERS[_NUMBERS.get(int(self.sheet.page_setup.paperSize or 9), "A4")]
        return PAPERS[self.layout.paper][0] / own[0] if self.layout.paper else 1.0

    def _title_columns(self) -> list[int]:
        """The columns repeated beside split ones: those the form names, else its first ones up to the name of each row."""
        named = _titles(self.sheet.print_title_cols)
        if named or sum(self.widths.values()) <= self.paper[0] - self.left - self.right + 0.5:
            return named
        below = max(_titles(self.sheet.print_title_rows), default=self.first_row)
        columns: list[int] = []
        for column in self.widths:
            columns.append(column)
            if sum(self.widths[each] for each in columns) > NAMES * self.paper[0]:
                return columns[:-1]
            cells = [self.sheet.cell(row, column).value for row in range(below + 1, self.last_row + 1)]
            words = [value for value in cells if isinstance(value, str) and len(value) > 1]
            if len(words) * 2 > sum(value is not None for value in cells):
                break
        return columns

    def _one_page_high(self) -> bool:
        if self.layout.scale:
            return False
        setup, fit = self.sheet.page_setup, self.sheet.sheet_properties.pageSetUpPr
        return bool(fit is not None and fit.fitToPage and setup.fitToHeight not in (0, None))

    def _column_width(self, column: int) -> float:
        for held in self.sheet.column_dimensions.values():
            if held.min and held.min <= column <= held.max:
                return 0.0 if held.hidden else column_points(held.width)
        return column_points(self.sheet.sheet_format.defaultColWidth or default_column())

    def _row_height(self, row: int) -> float:
        held = self.sheet.row_dimensions[row]
        if held.hidden:
            return 0.0
        if held.height:
            return float(held.height) * self.scale
        needed = [self._text_height(row, column) for column in self.widths]
        return max([float(self.sheet.sheet_format.defaultRowHeight or 15) * self.scale, *needed])

    def _text_height(self, row: int, column: int) -> float:
        """The height that a wrapped text needs; a merged area never makes its row higher, as in Excel."""
        cell = self.sheet.cell(row, column)
        if cell.value is None or not cell.alignment.wrap_text or (row, column) in self.merged:
            return 0.0
        size = float(cell.font.sz or 11) * self.scale
        lines = line_count(display(cell.value, cell.number_format), size, self.widths[column] - PADDING)
        return text_height(lines, size)

    # --- cells

    def _page(self, rows: list[int], columns: list[int], number: tuple[int, int]) -> Page:
        wide = sum(self.widths[column] for column in columns)
        centred = self.sheet.print_options.horizontalCentered
        across = _spans(columns, self.widths, (self.paper[0] - wide) / 2 if centred else self.left)
        down = _spans(rows, self.heights, self.top)
        cells = [cell for row in rows for column in columns if (cell := self._cell(row, column, down, across))]
        margin = (self.left, self.top, self.right, self.bottom)
        header, footer = (_running(text, *number) for text in (self.sheet.oddHeader, self.sheet.oddFooter))
        return Page(*self.paper, margin, tuple(cells), header, footer)

    def _cell(self, row: int, column: int, down: Spans, across: Spans) -> PageCell | None:
        """The cell at a place; of a merged area at its first place on the page, its text where the area begins."""
        area = self.merged.get((row, column))
        seen = [column] if area is None else [c for c in across if area.min_col <= c <= area.max_col]
        if area is not None and (row, column) != (area.min_row, seen[0]):
            return None
        cell = self.sheet.cell(row, area.min_col if area else column)
        begins = area is None or column == area.min_col
        text = display(cell.value, cell.number_format) if begins else ""
        lines = self._lines(cell, area)
        fill = cell.fill.fgColor.rgb if cell.fill.fill_type == "solid" else None
        fill = f"#{fill[-6:]}" if isinstance(fill, str) else ""
        if not (text or any(lines) or fill or cell.coordinate in self.kept):
            return None
        width = sum(across[each][1] for each in seen)
        height = sum(down[each][1] for each in range(row, (area.max_row if area else row) + 1) if each in down)
        whole = sum(self.widths.get(c, 0.0) for c in range(area.min_col, area.max_col + 1)) if area else width
        alignment = cell.alignment
        number = isinstance(cell.value, int | float | date) and not isinstance(cell.value, bool)
        side = alignment.horizontal if alignment.horizontal not in {None, "general"} else "right" if number else "left"
        spills = side == "left" and not alignment.wrap_text and not number and begins
        return PageCell(
            address=f"{get_column_letter(cell.column)}{row}", x=across[column][0], y=down[row][0], width=width, height=height, text=text,
            font=self._font(cell), across=str(side), down=str(alignment.vertical or "bottom"), wrap=bool(alignment.wrap_text),
            indent=float(alignment.indent or 0) * INDENT * self.scale,
            room=whole + (self._beside(row, seen[-1], across) if spills else 0.0),
            cut=whole > width + 0.01, lines=lines, fill=fill,
        )  # fmt: skip

    def _beside(self, row: int, column: int, across: Spans) -> float:
        """How far a text runs on over empty cells of the page."""
        room, place = 0.0, column + 1
        while place in across and self.sheet.cell(row, place).value is None and (row, place) not in self.merged:
            room += across[place][1]
            place += 1
        return room

    def _lines(self, cell: Any, area: Any) -> tuple[float, float, float, float]:
        own: Border = cell.border
        far: Border = self.sheet.cell(area.max_row, area.max_col).border if area else own
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


def _titles(printed: str | None) -> list[int]:
    """The rows or columns that are printed again on every page: $6:$7, $A:$B."""
    ends = [end for end in str(printed or "").replace("$", "").split(":") if end]
    numbers = [int(end) if end.isdecimal() else column_index_from_string(end) for end in ends]
    return list(range(numbers[0], numbers[-1] + 1)) if numbers else []


def _parted(sizes: Mapping[int, float], titles: Sequence[int], room: float, breaks: Any) -> Iterator[list[int]]:
    """The rows (or columns) of each page; titles come again on every page after their own."""
    after = {item.id for item in breaks.brk}
    page: list[int] = []
    used = 0.0
    for place, size in sizes.items():
        if page and (used + size > room + 0.5 or place - 1 in after):
            yield page
            page = [title for title in titles if title < place]
            used = sum(sizes.get(title, 0.0) for title in page)
        page.append(place)
        used += size
    yield page


def _spans(places: Sequence[int], sizes: Mapping[int, float], start: float) -> Spans:
    spans: Spans = {}
    for place in places:
        spans[place] = (start, sizes.get(place, 0.0))
        start += sizes.get(place, 0.0)
    return spans


def _line(side: Any) -> float:
    return _LINES.get(side.style, 0.5) if side is not None and side.style else 0.0


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
