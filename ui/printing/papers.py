"""What can be previewed and printed: the pages of a return, of charts, of a ledger."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from PySide6.QtGui import QPainter

from exporters.page import PAPERS, WIDTH, Layout


class Papers(Protocol):
    """Pages, each of its own size, drawn by the one painter that also draws them on the screen.

    ``name`` is what the printer's queue and a proposed file name show; ``key`` names the place where paper, printer and scale
    are remembered (``return/台办``, ``charts/台办``).
    """

    name: str
    key: str

    def count(self) -> int:
        """How many pages there are."""

    def size(self, number: int) -> tuple[float, float]:
        """Width and height of page ``number`` (from 0) in points of 1/72 inch."""

    def paint(self, painter: QPainter, number: int, zoom: float) -> None:
        """Draw page ``number`` with its upper left corner at the painter's origin; ``zoom`` is pixels a point."""


@runtime_checkable
class Parted(Protocol):
    """Papers of several parts, as a return of several sheets."""

    def part(self, number: int) -> str:
        """The name of the part that page ``number`` is of."""


@runtime_checkable
class Source(Protocol):
    """What lays its own pages out for a paper. Papers without it are put on another paper larger or smaller, as they are."""

    name: str
    key: str

    def laid(self, layout: Layout) -> Papers:
        """The pages on that paper; called away from the window's thread."""


class Rescaled:
    """Papers of fixed pages put on another paper: as wide as it is, or at a scale, in its middle."""

    def __init__(self, papers: Papers, layout: Layout) -> None:
        self.papers, self.layout = papers, layout
        self.name, self.key = papers.name, papers.key

    def count(self) -> int:
        """How many pages there are."""
        return self.papers.count()

    def size(self, number: int) -> tuple[float, float]:
        """The paper's size: the one chosen, upright or turned as asked for, else as the page is."""
        own = self.papers.size(number)
        short, long = sorted(PAPERS.get(self.layout.paper, own))
        turned = self.layout.turned or ("横" if own[0] > own[1] else "纵")
        return (long, short) if turned == "横" else (short, long)

    def paint(self, painter: QPainter, number: int, zoom: float) -> None:
        """Draw page ``number``."""
        (wide, high), own, scale = self.size(number), self.papers.size(number), self.scale(number)
        painter.save()
        painter.setClipRect(0, 0, int(wide * zoom + 1), int(high * zoom + 1))
        painter.translate((wide - own[0] * scale) / 2 * zoom, (high - own[1] * scale) / 2 * zoom)
        self.papers.paint(painter, number, zoom * scale)
        painter.restore()

    def scale(self, number: int) -> float:
        """How many times as large as it is a page is drawn."""
        if self.layout.percent:
            return self.layout.percent
        (wide, high), own = self.size(number), self.papers.size(number)
        across = wide / own[0]
        return across if self.layout.scale == WIDTH else min(across, high / own[1])

    def part(self, number: int) -> str:
        """The part that page ``number`` is of."""
        return part_of(self.papers, number)


def part_of(papers: Papers, number: int) -> str:
    """The part a page is of; "" of papers without parts."""
    return papers.part(number) if isinstance(papers, Parted) else ""


def laid_out(papers: Papers | Source, layout: Layout) -> Papers:
    """The pages for a layout, by themselves or put on its paper as they are."""
    return papers.laid(layout) if isinstance(papers, Source) else Rescaled(papers, layout)
