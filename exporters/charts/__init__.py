"""The charts of a return: a page of A4 or A3 for each, direct labels, readable in black and white, for screen, printer and files.

Text is drawn with the program's own font file, never by a family's name (asks.md 22).
"""

from exporters.charts.files import DPI, Picture, pdf, pdf_steps, picture, png, svg, warm
from exporters.charts.leaf import A4, PAPERS, Paper, Spot
from exporters.charts.page import NOTHING, Sheet, empty, source_told, unit_told
from exporters.charts.pen import MISSING

__all__ = (
    "A4",
    "DPI",
    "MISSING",
    "NOTHING",
    "PAPERS",
    "Paper",
    "Picture",
    "Sheet",
    "Spot",
    "empty",
    "pdf",
    "pdf_steps",
    "picture",
    "png",
    "source_told",
    "svg",
    "unit_told",
    "warm",
)
