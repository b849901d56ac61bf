"""Bars by group and progress of targets: labels at the left, figures in words at the right, last year's as a thin grey bar beneath."""

from __future__ import annotations

from exporters.charts.leaf import ACCENT, INK, LAST, OTHERS, QUIET, TRACK, Area, Leaf
from models.chart_table import text
from models.charts import REST, Bar, Drawn

_LEAST_ROWS = 7  # as many have room at least
_MOST = 160.0  # per cent: what is further over its target is cut there, the figure beside it says how far
_LABELS, _REMARKS = (0.36, 0.28), (0.42, 0.36)  # of the width at most, on paper that lies and that stands
_SMALLEST = 6  # points of an A4 that can still be read


class _Rows:
    """The rows of a chart: where each lies, its label, and the room between labels and remarks."""

    def __init__(self, leaf: Leaf, drawn: Drawn, area: Area, remarks: list[str]) -> None:
        self.leaf, self.area, k = leaf, area, leaf.k
        labels = [bar.label for bar in drawn.bars]
        self.step = area.height / max(len(labels), _LEAST_ROWS)
        self.size = min(13.5 * k, self.step * 0.7)
        pen, stands = leaf.pen, leaf.height > leaf.width
        widest = max(pen.width(label, self.size) for label in labels)
        self.left = area.left + min(widest, area.width * _LABELS[stands]) + 9 * k
        said = max(pen.width(remark, self.size) for remark in remarks)
        self.remarks = min(said, area.width * _REMARKS[stands])
        self.right = area.right - self.remarks - 8 * k
        for place, label in enumerate(labels):
            self._write(self.left - 9 * k, place, label, ha="right", room=self.left - 9 * k - area.left)
            leaf.spot(place, Area(area.left, self.bottom(place), area.right, self.bottom(place) + self.step))

    def bottom(self, place: int) -> float:
        """Where a row ends."""
        return self.area.top - (place + 1) * self.step

    def middle(self, place: int) -> float:
        """A row's middle."""
        return self.bottom(place) + self.step / 2

    def bar(self, place: int, span: tuple[float, float], colour: str, *, edge: str = "", prior: float | None) -> None:
        """A row's bar from the place ``span[0]`` to ``span[1]``, and last year's to ``prior`` beneath."""
        half, middle = self.step * (0.2 if prior is not None else 0.3), self.middle(place)
        up = self.step * 0.06 if prior is not None else 0.0
        self.leaf.bar(Area(span[0], middle - half + up, span[1], middle + half + up), colour, edge=edge)
        if prior is not None:
            low = middle - half + up - self.step * 0.14
            self.leaf.bar(Area(span[0], low, prior, low + self.step * 0.1), LAST)

    def remark(self, x: float, place: int, said: str) -> None:
        """What stands beside a bar, from ``x`` on."""
        self._write(x, place, said, ha="left", room=self.remarks)

    def _write(self, x: float, place: int, said: str, *, ha: str, room: float) -> None:
        pen = self.leaf.pen
        size, lines = pen.size([said], room, self.size, self.size * 0.8), 1
        if pen.width(said, size) > room + 0.01:  # on two lines, where the row is high enough
            low = min(self.size, self.step / 2.5, 1.85 * room / pen.width(said))
            size, lines = (low, 2) if low >= _SMALLEST * self.leaf.k else (pen.size([said], room, size, 0.6 * size), 1)
        self.leaf.lines((x, self.middle(place)), pen.broken(said, room + 0.01, size, lines), size, ha=ha)


def bars(leaf: Leaf, drawn: Drawn, area: Area) -> None:
    """Bars by group, the largest in the accent; what no group has is an empty box. Of stages none stands out for being large."""
    before = [bar.prior for bar in drawn.bars]
    thin = any(each is not None for each in before) and len(before) <= 20
    said = [_said(bar, prior=any(each is not None for each in before)) for bar in drawn.bars]
    rows = _Rows(leaf, drawn, area, said)
    now = [float(bar.value or 0) for bar in drawn.bars]
    known = [*now, *(float(each or 0) for each in before if thin), 0.0]
    scale = (rows.right - rows.left) / ((max(known) - min(known)) or 1)
    zero = rows.left - min(known) * scale
    leads = drawn.chart.kind != "阶段" and now.count(now[0]) == 1 and now[0] == max(now)  # among equals none stands out
    for place, (bar, value) in enumerate(zip(drawn.bars, now, strict=True)):
        end, prior = zero + value * scale, before[place]
        old = zero + float(prior) * scale if thin and prior is not None else None
        colour = ACCENT if leads and place == 0 else OTHERS
        rows.bar(place, (zero, end), colour, edge=LAST if bar.label == REST else "", prior=old)
        rows.remark(max(end, old or zero, zero) + 6 * leaf.k, place, said[place])
    leaf.line([(zero, area.top), (zero, rows.bottom(len(now) - 1))], QUIET, 0.8)


def _said(bar: Bar, *, prior: bool) -> str:
    last = f"上年 {text(bar.prior)}" if prior and bar.prior is not None else ""
    return "　".join(filter(None, (text(bar.value), bar.remark, last)))


def progress(leaf: Leaf, drawn: Drawn, area: Area) -> None:
    """Progress bars: a track to 100 %, a line there, the per cent and the figures in words beside it."""
    k = leaf.k
    area = Area(area.left, area.bottom + 16 * k, area.right, area.top)
    beside = area.height / max(len(drawn.bars), 1) < 18 * k  # in rows as low as these nothing can be written on a bar
    said = [_told(bar, percent=beside) for bar in drawn.bars]
    rows = _Rows(leaf, drawn, area, said)
    now = [_capped(bar.value) for bar in drawn.bars]
    thin = len(now) <= 20
    longest = max([100.0, *now, *(_capped(bar.prior) for bar in drawn.bars if thin)])
    scale = (rows.right - rows.left) / longest
    whole = rows.left + 100 * scale
    for place, (bar, value) in enumerate(zip(drawn.bars, now, strict=True)):
        prior = rows.left + _capped(bar.prior) * scale if thin and bar.prior is not None else None
        rows.bar(place, (rows.left, whole), TRACK, prior=prior)
        rows.bar(place, (rows.left, rows.left + value * scale), ACCENT, prior=prior)
        if not beside:
            _percent(rows, place, bar, (value * scale, whole))
        rows.remark(rows.right + 8 * k, place, said[place])
    foot = rows.bottom(len(now) - 1)
    leaf.line([(whole, area.top), (whole, foot)], INK, 1, linestyle=(0, (3, 2)))
    leaf.text((whole, foot - 9 * k), "目标 100%", 11 * k, QUIET, ha="center")


def _percent(rows: _Rows, place: int, bar: Bar, at: tuple[float, float]) -> None:
    """The per cent, white within the bar before the target's line where there is room, else behind the bar."""
    (length, whole), k, size = at, rows.leaf.k, min(rows.size, rows.step * 0.36)
    said = _per_cent(bar)
    middle = rows.middle(place) + (rows.step * 0.06 if bar.prior is not None else 0)
    pen, end = rows.leaf.pen, rows.left + length
    inside = min(end, whole) - rows.left > pen.width(said, size) + 12 * k
    if not inside and end + pen.width(said, size) + 6 * k > rows.right:  # neither within the bar nor behind it
        size, inside = pen.size([said], min(end, whole) - rows.left - 6 * k, size, 4 * k), True
    x = min(end, whole) - 6 * k if inside else end + 6 * k
    ink = "white" if inside else INK if bar.value is not None else QUIET
    rows.leaf.text((x, middle), said, size, ink, ha="right" if inside else "left")


def _per_cent(bar: Bar) -> str:
    return text(bar.value) + ("%" if bar.value is not None else "")


def _told(bar: Bar, *, percent: bool) -> str:
    last = f"上年 {text(bar.result.rounded_prior)}" if bar.result and bar.result.rounded_prior is not None else ""
    return "　".join(filter(None, (_per_cent(bar) if percent else "", bar.remark, last)))


def _capped(value: object) -> float:
    return min(max(float(value or 0), 0.0), _MOST)  # type: ignore[arg-type]
