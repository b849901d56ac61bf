"""The charts of a return as a PDF: a page of A4 for each, direct labels, searchable Chinese, readable in black and white.

Text is drawn with the program's own font file, never by a family's name (asks.md 22), and kept as TrueType (font type 42) so
that a search finds it.
"""

from __future__ import annotations

import io
import os
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from exporters.fonts import cache_folder, font_file, searchable
from models.charts import REST, Bar, Drawn

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH, HEIGHT = 297 / 25.4, 210 / 25.4  # A4, landscape, in inches
INK, QUIET, LINE, TRACK = "#1B2430", "#5D6876", "#C9D0D8", "#EEF1F4"
ACCENT, LAST, EARLIER = "#1D5FBF", "#98A2AF", "#C9D0D8"
MISSING = "〓"
NOTHING = "还没有数据"
_LEFT, _RIGHT, _TOP, _BOTTOM = 0.075, 0.925, 0.80, 0.13  # of the page
_ROWS, _COLUMNS = 7, 5  # as many have room at least, so that two bars do not become walls
_MARGIN = 0.6
_LINE_ROOM = 0.75  # of the columns' height: what a line above them takes
_MOST = 160  # per cent: what is further over its target is cut there, the figure beside it says how far


@dataclass(frozen=True)
class Sheet:
    """What stands around the charts: whose they are and of when."""

    zone: str
    period: str
    basis: str


class _Pen:
    """Writes with the program's font."""

    def __init__(self) -> None:
        # the person's own folder may hold a font list of another version, or not be writable
        os.environ.setdefault("MPLCONFIGDIR", str(cache_folder() / "matplotlib"))
        # half a second, and only charts need it
        from matplotlib.font_manager import FontProperties
        from matplotlib.ft2font import FT2Font

        self._font = FontProperties
        self._file = str(searchable(font_file(), cache_folder()))
        self._there = FT2Font(self._file).get_charmap()

    def __call__(self, size: float) -> Any:
        return self._font(fname=self._file, size=size)

    def shown(self, text: str) -> str:
        """The text; a character that the font lacks is 〓, as printers set it."""
        return "".join(letter if ord(letter) in self._there else MISSING for letter in text)


def pdf(charts: Sequence[Drawn], sheet: Sheet) -> bytes:
    """The charts, one on a page, in their order."""
    pen = _Pen()
    # slow to load, see _Pen
    import matplotlib
    from matplotlib.backends.backend_pdf import FigureCanvasPdf, PdfPages
    from matplotlib.figure import Figure

    buffer = io.BytesIO()
    with (
        matplotlib.rc_context({"pdf.fonttype": 42, "text.parse_math": False}),
        PdfPages(buffer, metadata={"Title": f"{sheet.zone} {sheet.period} 图表", "CreationDate": None}) as pages,
    ):
        for number, drawn in enumerate(charts, 1):
            page = Figure(figsize=(WIDTH, HEIGHT))
            FigureCanvasPdf(page)
            _page(page, drawn, pen, sheet)
            _footer(page, pen, sheet, f"{number} / {len(charts)}")
            pages.savefig(page)
    return buffer.getvalue()


def _page(page: Figure, drawn: Drawn, pen: _Pen, sheet: Sheet) -> None:
    chart = drawn.chart
    page.text(_LEFT, 0.925, pen.shown(f"{chart.id}　{chart.name}"), fontproperties=pen(20), color=INK, va="top")
    source = "；".join(part for part in (chart.source, chart.clause or sheet.basis) if part)
    unit = "%（本年数 ÷ 本区本年目标）" if chart.kind == "目标" else drawn.unit
    unit = f"柱 {unit}，线 {drawn.line_unit}" if drawn.line else unit
    page.text(
        _LEFT, 0.865, pen.shown(f"单位：{unit}　　来源：{source}"), fontproperties=pen(10.5), color=QUIET, va="top"
    )
    if not drawn.bars or (chart.kind != "目标" and all(bar.value is None for bar in drawn.bars)):
        page.text(0.5, 0.5, NOTHING, fontproperties=pen(14), color=QUIET, ha="center")
        return
    draw = {"历年": _columns, "柱线": _columns, "目标": _progress}.get(chart.kind, _bars)
    draw(page, drawn, pen)


def _footer(page: Figure, pen: _Pen, sheet: Sheet, number: str) -> None:
    page.text(_LEFT, 0.06, pen.shown(f"{sheet.zone}　{sheet.period}"), fontproperties=pen(9.5), color=QUIET)
    page.text(_RIGHT, 0.06, number, fontproperties=pen(9.5), color=QUIET, ha="right")


def _bare(page: Figure, left: float, right: float) -> Axes:
    """Axes without frame, ticks or numbers: every bar says its own."""
    axes: Axes = page.add_axes((left, _BOTTOM, right - left, _TOP - _BOTTOM))
    for side in ("top", "right", "bottom", "left"):
        axes.spines[side].set_visible(False)
    axes.set_xticks([])
    axes.set_yticks([])
    return axes


def figure_text(bar: Bar) -> str:
    """A bar's figure as it is printed beside it."""
    return "—" if bar.value is None else f"{bar.value:,f}"


def _columns(page: Figure, drawn: Drawn, pen: _Pen) -> None:
    """Columns by year: this year in the accent, last year grey, those before light."""
    axes = _bare(page, _LEFT, _RIGHT)
    heights = [float(bar.value or 0) for bar in drawn.bars]
    top, low = max(*heights, 0, 0), min(*heights, 0, 0)
    span = (top - low) or 1
    count = len(drawn.bars)
    first = max(_COLUMNS - count, 0) / 2
    for place, (bar, height) in enumerate(zip(drawn.bars, heights, strict=True)):
        at = first + place
        colour = {count - 1: ACCENT, count - 2: LAST}.get(place, EARLIER)
        axes.bar(at, height, width=_MARGIN, color=colour, linewidth=0)
        over = height >= 0
        axes.text(at, height + span * (0.015 if over else -0.015), figure_text(bar), fontproperties=pen(13),
                  color=INK, ha="center", va="bottom" if over else "top")  # fmt: skip
        axes.text(at, low - span * (0.03 if low >= 0 else 0.10), bar.label, fontproperties=pen(12),
                  color=INK if place == count - 1 else QUIET, ha="center", va="top")  # fmt: skip
    axes.axhline(0, color=QUIET, linewidth=0.8)
    axes.set_xlim(-0.6, max(_COLUMNS, count) - 0.4)
    room = span * (_LINE_ROOM if drawn.line else 0.1)
    axes.set_ylim(low - span * (0.12 if low >= 0 else 0.2), top + room)
    if drawn.line:
        _line(axes, drawn, pen, (top + room * 0.35, top + room * 0.85), first)


def _line(axes: Axes, drawn: Drawn, pen: _Pen, band: tuple[float, float], first: float) -> None:
    """Points with a line in a band of their own above the columns, so that no figure lies on another; a gap where one is missing."""
    known = [float(bar.value) for bar in drawn.line if bar.value is not None]
    least, span = min(known, default=0), (max(known, default=0) - min(known, default=0)) or 1
    low, high = band
    heights = [
        low + (float(bar.value) - least) / span * (high - low) if bar.value is not None else float("nan")
        for bar in drawn.line
    ]
    places = [first + place for place in range(len(heights))]
    axes.plot(places, heights, color=INK, linewidth=1.4, marker="o", markersize=6, markerfacecolor="white")
    for place, height, bar in zip(places, heights, drawn.line, strict=True):
        at = low if bar.value is None else height + (high - low) * 0.12
        axes.text(place, at, figure_text(bar), fontproperties=pen(12), color=INK, ha="center", va="bottom",
                  bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5})  # fmt: skip


def _wide(text: str) -> float:
    """About how many characters' widths a text takes."""
    return sum(1 if unicodedata.east_asian_width(letter) in "WFA" else 0.56 for letter in text)


def _rows(page: Figure, drawn: Drawn, pen: _Pen, room: float) -> Axes:
    """Axes for horizontal bars with their labels at the left; ``room`` is kept free at the right for what is written there."""
    longest = max(_wide(bar.label) for bar in drawn.bars)
    left = _LEFT + min(longest * 12.5 / 72 / WIDTH, 0.3) + 0.012
    axes = _bare(page, left, _RIGHT - room)
    for place, bar in enumerate(drawn.bars):
        axes.text(-0.012, place, pen.shown(bar.label), fontproperties=pen(12), color=INK, ha="right", va="center",
                  transform=axes.get_yaxis_transform())  # fmt: skip
    axes.set_ylim(max(len(drawn.bars), _ROWS) - 0.5, -0.5)
    return axes


def _bars(page: Figure, drawn: Drawn, pen: _Pen) -> None:
    """Bars by group, the largest in the accent; what no group has is hatched. Of stages none stands out for being large."""
    remark = max(_wide(f"{figure_text(bar)}　{bar.remark}") for bar in drawn.bars)
    axes = _rows(page, drawn, pen, min(remark * 12.5 / 72 / WIDTH, 0.3))
    widths = [float(bar.value or 0) for bar in drawn.bars]
    span = (max(*widths, 0, 0) - min(*widths, 0, 0)) or 1
    leads = drawn.chart.kind != "阶段" and widths.count(widths[0]) == 1  # among equals none stands out
    first = drawn.bars[0] if leads else None
    for place, (bar, width) in enumerate(zip(drawn.bars, widths, strict=True)):
        if bar.label == REST:
            axes.barh(place, width, height=_MARGIN, color="white", edgecolor=LAST, hatch="///", linewidth=0.8)
        else:
            axes.barh(place, width, height=_MARGIN, color=ACCENT if bar is first else LAST, linewidth=0)
        said = "　".join(filter(None, (figure_text(bar), bar.remark)))
        axes.text(max(width, 0) + span * 0.012, place, said, fontproperties=pen(12), color=INK, va="center")
    axes.axvline(0, color=QUIET, linewidth=0.8)
    axes.set_xlim(min(*widths, 0, 0), max(*widths, 0, 0) or 1)


def _progress(page: Figure, drawn: Drawn, pen: _Pen) -> None:
    """Progress bars: a track to 100 %, a line there, the per cent and the figures in words beside it."""
    remark = max(_wide(bar.remark) for bar in drawn.bars)
    axes = _rows(page, drawn, pen, min((remark + 1) * 11.5 / 72 / WIDTH, 0.33))
    for place, bar in enumerate(drawn.bars):
        width = min(max(float(bar.value or 0), 0), _MOST)
        axes.barh(place, 100, height=_MARGIN * 0.75, color=TRACK, linewidth=0)
        axes.barh(place, width, height=_MARGIN * 0.75, color=ACCENT, linewidth=0)
        inside = width > 30
        at = min(width, 100) - 1 if inside else width + 1
        axes.text(at, place, figure_text(bar) + ("%" if bar.value is not None else ""), fontproperties=pen(12),
                  color="white" if inside else INK, ha="right" if inside else "left", va="center")  # fmt: skip
        axes.text(1.02, place, pen.shown(bar.remark), fontproperties=pen(11), color=INK, va="center",
                  transform=axes.get_yaxis_transform())  # fmt: skip
    axes.plot([100, 100], [-0.5, len(drawn.bars) - 0.5], color=INK, linewidth=1, linestyle=(0, (3, 2)))
    axes.text(100, len(drawn.bars) - 0.38, "目标 100%", fontproperties=pen(10), color=QUIET, ha="center", va="top")
    axes.set_xlim(0, max([100.0, *(min(float(bar.value or 0), _MOST) for bar in drawn.bars)]))
