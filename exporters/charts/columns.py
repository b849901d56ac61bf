"""Columns by year: this year in the accent, last year grey, those before light; above them a line where the chart has one."""

from __future__ import annotations

from exporters.charts.leaf import ACCENT, EARLIER, INK, LAST, QUIET, Area, Leaf
from models.chart_table import text
from models.charts import CHANGED, Bar, Drawn
from models.overridden import MARK

_LEAST_COLUMNS = 5  # as many have room at least, so that two bars do not become walls
_SHARE = 0.6  # of its place a column takes
_BAND = 0.32  # of the height, for the line


def columns(leaf: Leaf, drawn: Drawn, area: Area) -> None:
    """Draw the columns of ``drawn`` into ``area``."""
    k, count = leaf.k, len(drawn.bars)
    step = area.width / max(_LEAST_COLUMNS, count)
    start = area.left + (area.width - step * count) / 2
    middles = [start + step * (place + 0.5) for place in range(count)]
    foot = _labels(leaf, [bar.label for bar in drawn.bars], middles, step, area.bottom)
    roof = area.top - (area.height * _BAND if drawn.line else 0)
    said = [figure_told(bar) for bar in drawn.bars]
    size, turned = _fitting(leaf, said, step, 15 * k)
    room = leaf.pen.width(max(said, key=leaf.pen.width), size) + 6 * k if turned else size * 1.5
    heights = [float(bar.value or 0) for bar in drawn.bars]
    top, low = max(*heights, 0, 0), min(*heights, 0, 0)
    below = room if low < 0 else 0
    scale = (roof - room - foot - below) / ((top - low) or 1)
    ground = foot + below - low * scale
    for place, (middle, height) in enumerate(zip(middles, heights, strict=True)):
        colour = {count - 1: ACCENT, count - 2: LAST}.get(place, EARLIER)
        half, end = step * _SHARE / 2, ground + height * scale
        leaf.bar(Area(middle - half, ground, middle + half, end), colour)
        ink = INK if drawn.bars[place].value is not None else QUIET
        _figure(leaf, (middle, end), said[place], (size, ink), turned=turned, under=height < 0)
        leaf.spot(place, Area(middle - step / 2, area.bottom - 7 * k, middle + step / 2, area.top + 14 * k))
    leaf.line([(area.left, ground), (area.right, ground)], QUIET, 0.8)
    if drawn.line:
        band = Area(area.left, roof + 8 * k, area.right, area.top)
        _line(leaf, drawn.line, middles, band)


def figure_told(bar: Bar) -> str:
    """A bar's figure, marked where it is not the calculated one."""
    return f"{text(bar.value)}{MARK * (bar.source == CHANGED)}"


def _fitting(leaf: Leaf, said: list[str], step: float, wanted: float) -> tuple[float, bool]:
    """The size at which the texts fit beside one another, else turned upright."""
    size = leaf.pen.size(said, step * 0.88, wanted, 0)
    if size >= 7.5 * leaf.k:
        return size, False
    return min(9 * leaf.k, step * 0.75), True


def _labels(leaf: Leaf, labels: list[str], middles: list[float], step: float, bottom: float) -> float:
    """Write the labels under the columns; how high what is above them begins."""
    k = leaf.k
    size, turned = _fitting(leaf, labels, step, 13.5 * k)
    high = max(leaf.pen.width(each, size) for each in labels) if turned else size
    for place, (middle, label) in enumerate(zip(middles, labels, strict=True)):
        ink = INK if place == len(labels) - 1 else QUIET
        if turned:
            leaf.text((middle, bottom + high), label, size, ink, rotation=90, ha="right")
        else:
            leaf.text((middle, bottom + high / 2), label, size, ink, ha="center")
    return bottom + high + 9 * k


def _figure(
    leaf: Leaf, at: tuple[float, float], said: str, look: tuple[float, str], *, turned: bool, under: bool
) -> None:
    (x, y), (size, ink), gap = at, look, 4 * leaf.k
    if turned:
        leaf.text((x, y - gap if under else y + gap), said, size, ink, rotation=90, ha="right" if under else "left")
    else:
        leaf.text((x, y - size * 0.8 if under else y + size * 0.8), said, size, ink, ha="center")


def _line(leaf: Leaf, points: tuple[Bar, ...], middles: list[float], band: Area) -> None:
    """Points with a line in a band of their own above the columns, so that no figure lies on another; a gap where one is missing."""
    known = [float(bar.value) for bar in points if bar.value is not None]
    least, span = min(known, default=0), (max(known, default=0) - min(known, default=0)) or 1
    said = [figure_told(bar) for bar in points]
    step = middles[1] - middles[0] if len(middles) > 1 else band.width
    size, turned = _fitting(leaf, said, step, 13.5 * leaf.k)
    room = max(leaf.pen.width(each, size) for each in said) if turned else size
    low, high = band.bottom + band.height * (0.05 if turned else 0.25), band.top - room
    heights = [
        float("nan") if bar.value is None else low + (float(bar.value) - least) / span * (high - low) for bar in points
    ]
    leaf.line(
        list(zip(middles, heights, strict=True)), INK, 1.3,
        marker="o", markersize=6 * leaf.k, markerfacecolor="white", markeredgewidth=1.2 * leaf.k,
    )  # fmt: skip
    for place, (middle, height) in enumerate(zip(middles, heights, strict=True)):
        missing = points[place].value is None
        under = not turned and _is_dip(heights, place)  # above it the line would run through the figure
        at = (middle, low if missing else height + (-5 if under else 5) * leaf.k)
        _figure(leaf, at, said[place], (size, QUIET if missing else INK), turned=turned, under=under)


def _is_dip(heights: list[float], place: int) -> bool:
    """Whether the line rises to both sides; a missing neighbour (nan) is none."""
    return 0 < place < len(heights) - 1 and all(heights[place + step] > heights[place] for step in (-1, 1))
