"""A ledger's table on paper: title, headings with their units on every page, names repeated where columns go on on other pages."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from exporters.measure import line_count
from exporters.page import LARGEST, NAMES, PAPERS, READABLE, WIDTH, Layout, Page, PageCell, PageFont, PageSheet

SIZE, TITLE = 9.0, 14.0  # points, of texts and of the title
_SIDE, _END = 36.0, 43.0  # margins left and right, above and below
_PAD, _LINE, _LEADING = 6.0, 0.5, 1.3
_NARROWEST, _WIDEST = 3.0, 16.0  # characters of a column; what is longer goes on on another line
_GROUND, _QUIET = "#F2F2F2", "#606060"
_FONT = "宋体"


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's heading and its unit; figures stand right."""

    label: str
    unit: str = ""
    right: bool = False


@dataclass(frozen=True, slots=True)
class TableSheet:
    """A table to be printed: what it is, a line about it, its columns and rows; ``names`` columns are repeated."""

    title: str
    about: str
    heads: tuple[Heading, ...]
    rows: Sequence[Sequence[str]]
    names: int = 1


class _Laid:
    """A table being laid out."""

    def __init__(self, table: TableSheet, layout: Layout) -> None:
        self.table = table
        short, long = PAPERS[layout.paper or "A4"]
        self.paper = (short, long) if layout.turned == "纵" else (long, short)
        side, end = (_SIDE, _END) if layout.points is None else (layout.points, layout.points)
        self.margin = (side, end, side, end)
        self.room = self.paper[0] - 2 * side
        plain = [_column(table, column) * SIZE + _PAD for column in range(len(table.heads))]
        whole = sum(plain)
        most = LARGEST if layout.scale == WIDTH else 1.0
        self.scale = layout.percent or max(READABLE / SIZE, min(most, self.room / max(1.0, whole)))
        self.size = SIZE * self.scale
        self.widths = [width * self.scale for width in plain]

    def columns(self) -> list[list[int]]:
        """The columns of each page beside one another, the names again on every one."""
        names = list(range(min(self.table.names, len(self.widths))))
        while names and sum(self.widths[each] for each in names) > NAMES * self.room:
            names.pop()
        found: list[list[int]] = [[]]
        for column, width in enumerate(self.widths):
            page = found[-1]
            if page != names[: len(page)] and sum(self.widths[each] for each in page) + width > self.room + 0.5:
                found.append([*names])
            found[-1].append(column)
        return found

    def rows(self, top: float) -> Iterator[list[tuple[int, float]]]:
        """The rows of each page below one another, with their heights."""
        room = self.paper[1] - self.margin[3] - top
        page: list[tuple[int, float]] = []
        used = 0.0
        for number, row in enumerate(self.table.rows):
            lines = max((self._lines(text, column) for column, text in enumerate(row)), default=1)
            high = self._high(lines)
            if page and used + high > room:
                yield page
                page, used = [], 0.0
            page.append((number, high))
            used += high
        yield page

    def _lines(self, text: str, column: int) -> int:
        return line_count(text, self.size, self.widths[column] - _PAD * self.scale) if text else 1

    def _high(self, lines: int) -> float:
        return (lines * SIZE * _LEADING + 4) * self.scale

    def pages(self) -> PageSheet:
        """All pages: downwards first."""
        labels = [self._lines(head.label, column) + bool(head.unit) for column, head in enumerate(self.table.heads)]
        head_high = self._high(max(labels, default=1))
        top = self.margin[1] + (TITLE * 1.6 + SIZE * 1.6) * self.scale
        parts = [(down, across) for across in self.columns() for down in self.rows(top + head_high)]
        return PageSheet(
            self.table.title,
            tuple(
                self._page(down, across, (top, head_high), (n, len(parts))) for n, (down, across) in enumerate(parts, 1)
            ),
        )

    def _page(
        self, down: list[tuple[int, float]], across: list[int], head: tuple[float, float], number: tuple[int, int]
    ) -> Page:
        wide = sum(self.widths[column] for column in across)
        left = (self.paper[0] - wide) / 2
        cells = [
            self._words("T1", self.table.title, (left, self.margin[1], wide, TITLE * 1.6 * self.scale), TITLE),
            self._words(
                "T2", self.table.about, (left, head[0] - SIZE * 1.6 * self.scale, wide, SIZE * 1.6 * self.scale), SIZE
            ),
        ]
        x = left
        for column in across:
            told = self.table.heads[column]
            label = f"{told.label}\n{told.unit}" if told.unit else told.label
            cells.append(self._cell(f"H{column}", label, (x, head[0], self.widths[column], head[1]), "center", _GROUND))
            y = head[0] + head[1]
            for row, high in down:
                side = "right" if told.right else "left"
                text = self.table.rows[row][column]
                cells.append(self._cell(f"R{row}C{column}", text, (x, y, self.widths[column], high), side))
                y += high
            x += self.widths[column]
        footer = (("center", f"第 {number[0]} 页 共 {number[1]} 页"),)
        return Page(*self.paper, self.margin, tuple(cells), (), footer)

    def _words(self, address: str, text: str, place: tuple[float, float, float, float], size: float) -> PageCell:
        big = size == TITLE
        font = PageFont(_FONT, size * self.scale, big, color="#000000" if big else _QUIET)
        return PageCell(
            address, *place, text, font, "center" if big else "left", "center", wrap=False, indent=0.0, room=place[2], cut=False,
            lines=(0.0, 0.0, 0.0, 0.0), fill="",
        )  # fmt: skip

    def _cell(
        self, address: str, text: str, place: tuple[float, float, float, float], across: str, fill: str = ""
    ) -> PageCell:
        return PageCell(
            address, *place, text, PageFont(_FONT, self.size), across, "center", wrap=True, indent=0.0, room=place[2],
            cut=False, lines=(_LINE,) * 4, fill=fill,
        )  # fmt: skip


def _column(table: TableSheet, column: int) -> float:
    """How wide a column has to be, in characters."""
    head = table.heads[column]
    longest = max((_wide(row[column]) for row in table.rows), default=0.0)
    return min(_WIDEST, max(_NARROWEST, longest, _wide(head.unit), min(_wide(head.label), _wide(head.label) / 2 + 1)))


def _wide(text: str) -> float:
    return sum(1.0 if unicodedata.east_asian_width(letter) in "WFA" else 0.62 for letter in text)


def table_pages(table: TableSheet, layout: Layout) -> PageSheet:
    """A table's pages on a paper: A4 turned wide where nothing else is asked for."""
    return _Laid(table, layout).pages()
