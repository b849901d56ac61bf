"""The pages of a workbook, for the preview and the printer: a return, issued or a draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QPainter

from exporters.page import Layout, Page, PageSheet
from exporters.paging import page_sheets
from ui.paper import PaperPainter
from ui.printing.papers import Papers
from ui.theme import Look


class SheetPapers:
    """Sheets laid out on paper, one after another; a part each."""

    def __init__(self, name: str, key: str, sheets: Sequence[PageSheet], look: Look, *, draft: bool) -> None:
        self.name, self.key, self.draft = name, key, draft
        self.pages: list[tuple[str, Page]] = [(sheet.name, page) for sheet in sheets for page in sheet.pages]
        self._look, self._painter = look, None

    def count(self) -> int:
        """How many pages there are."""
        return len(self.pages)

    def size(self, number: int) -> tuple[float, float]:
        """Width and height in points."""
        page = self.pages[number][1]
        return page.width, page.height

    def part(self, number: int) -> str:
        """The sheet's name."""
        return self.pages[number][0]

    def paint(self, painter: QPainter, number: int, zoom: float) -> None:
        """Draw a page as the screen does."""
        if self._painter is None:
            self._painter = PaperPainter(self._look)
        self._painter.paint(painter, self.pages[number][1], zoom, draft=self.draft)


@dataclass(frozen=True)
class Workbook:
    """A return's workbook as a source of pages. ``key`` is ``return/台办``; ``only`` names the sheets wanted (all)."""

    name: str
    key: str
    content: bytes
    look: Look
    draft: bool
    only: tuple[str, ...] = ()

    def laid(self, layout: Layout) -> Papers:
        """Its pages on that paper."""
        sheets = [
            sheet for sheet in page_sheets(self.content, layout=layout) if not self.only or sheet.name in self.only
        ]
        return SheetPapers(self.name, self.key, sheets, self.look, draft=self.draft)
