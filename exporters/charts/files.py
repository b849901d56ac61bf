"""Pages of charts as a PDF, as pictures (PNG, SVG), and as pixels for the screen: all drawn by the one page()."""

from __future__ import annotations

import io
import threading
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

from exporters.charts.leaf import A4, Leaf, Spot
from exporters.charts.page import Sheet, page
from exporters.charts.pen import Pen
from exporters.charts.screen import pixels
from models.charts import Drawn
from models.progress import finish

DPI = 300  # of a PNG, as a printing house asks for
Place = tuple[int, int]  # a page's number and how many there are
_drawing = threading.RLock()  # matplotlib is not made for several threads at once
_pen = cache(Pen)


@dataclass(frozen=True)
class Picture:
    """A page in pixels, four bytes each (red, green, blue, 255), and where its bars are."""

    width: int
    height: int
    pixels: bytes
    spots: tuple[Spot, ...]


@contextmanager
def _alone() -> Iterator[Pen]:
    """Nobody else draws meanwhile; texts are kept as TrueType in a PDF, as outlines in an SVG, and as wide as the font says."""
    with _drawing:
        pen = _pen()
        # slow to load, see Pen
        import matplotlib

        with matplotlib.rc_context(
            {"pdf.fonttype": 42, "svg.fonttype": "path", "svg.hashsalt": "图表", "text.hinting": "none"}
        ):
            yield pen


def warm() -> None:
    """Load what drawing needs, while something else is waited for."""
    with _alone() as pen:
        pixels(Leaf(pen, A4), 1)


def picture(drawn: Drawn, sheet: Sheet, place: Place, width: int) -> Picture:
    """A page ``width`` pixels wide."""
    with _alone() as pen:
        leaf = page(pen, drawn, sheet, place)
        return Picture(*pixels(leaf, width), tuple(leaf.spots))


def png(drawn: Drawn, sheet: Sheet, place: Place = (1, 1)) -> bytes:
    """A page as a picture of 300 dots an inch."""
    with _alone() as pen:
        figure, buffer = page(pen, drawn, sheet, place).figure(), io.BytesIO()
        figure.savefig(buffer, format="png", dpi=DPI, metadata={"Title": drawn.chart.name, "Software": None})
        return buffer.getvalue()


def svg(drawn: Drawn, sheet: Sheet, place: Place = (1, 1)) -> bytes:
    """A page as a drawing that can be made larger without loss; its texts are outlines, so that no font is asked for."""
    with _alone() as pen:
        figure, buffer = page(pen, drawn, sheet, place).figure(), io.BytesIO()
        figure.savefig(buffer, format="svg", metadata={"Title": drawn.chart.name, "Creator": None, "Date": None})
        return buffer.getvalue()


def pdf_steps(charts: Sequence[Drawn], sheet: Sheet) -> Generator[int, None, bytes]:
    """The charts as a PDF, one on a page, in their order; told after each page how many are done."""
    with _alone():
        # slow to load, see Pen
        from matplotlib.backends.backend_pdf import FigureCanvasPdf, PdfPages
    buffer = io.BytesIO()
    pages: Any = PdfPages(buffer, metadata={"Title": f"{sheet.zone} {sheet.period} 图表", "CreationDate": None})
    try:
        for number, drawn in enumerate(charts, 1):
            with _alone() as pen:
                figure = page(pen, drawn, sheet, (number, len(charts))).figure()
                FigureCanvasPdf(figure)
                pages.savefig(figure)
            yield number
    finally:
        with _alone():
            pages.close()
    return buffer.getvalue()


def pdf(charts: Sequence[Drawn], sheet: Sheet) -> bytes:
    """The charts as a PDF."""
    return finish(pdf_steps(charts, sheet))
