"""A filled return as pages: where each cell stands on the paper and what it says, for screen and printer alike.

Lengths are points (1/72 inch) on the paper, the sheet's print scale applied. Read from the workbook itself — print area,
repeated titles, paper, margins, scale, breaks, merges — so that the screen shows what Excel prints. exporters/paging.py lays it out.
"""

from __future__ import annotations

from dataclasses import dataclass


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
