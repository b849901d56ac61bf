"""A filled return as pages: where each cell stands on the paper and what it says, for screen and printer alike.

Lengths are points (1/72 inch) on the paper, the sheet's print scale applied. Read from the workbook itself — print area,
repeated titles, paper, margins, scale, breaks, merges — so that the screen shows what Excel prints. exporters/paging.py lays it out.
"""

from __future__ import annotations

from dataclasses import dataclass

PAPERS = {"A3": (841.9, 1190.6), "A4": (595.3, 841.9), "A5": (419.5, 595.3)}  # upright
READABLE = 7.0  # points: a table's own text is printed no smaller, rather on more pages (asks.md 69)
LARGEST = 1.5  # to the paper's width, a table is made larger at most
NAMES = 0.4  # of the paper's width: what is repeated beside split columns takes at most
WIDTH = "width"  # scale: the table as wide as the paper


@dataclass(frozen=True, slots=True)
class Layout:
    """How pages are laid out; "" is as the form says. ``paper`` A4, A3 or A5; ``turned`` 横 or 纵; ``scale`` WIDTH or per cent;
    ``margin`` millimetres at all four sides.
    """

    paper: str = ""
    turned: str = ""
    scale: str = ""
    margin: str = ""

    @property
    def percent(self) -> float:
        """The scale asked for in so many words, 1.0 for 100 %; 0 where none is."""
        return int(self.scale) / 100 if self.scale.isdecimal() else 0.0

    @property
    def points(self) -> float | None:
        """The margin in points; None as the form says."""
        return int(self.margin) / 25.4 * 72 if self.margin.isdecimal() else None


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
    may run: over empty neighbours where nothing stops it, or beyond the page where the area is ``cut`` by its edge.
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
    cut: bool
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
