"""A chart's page: title, unit and source above, the bars, whose they are and of when below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from exporters.charts.columns import columns
from exporters.charts.leaf import A4, QUIET, Area, Leaf, Paper
from exporters.charts.pen import Pen
from exporters.charts.rows import bars, progress
from models.charts import Drawn

NOTHING = "还没有数据"
_SIDE, _TOP, _FOOT = 54, 46, 36  # points of an A4
MOST_NOTES = 4  # lines; the table of overridden figures in the workbook has all


@dataclass(frozen=True)
class Sheet:
    """What stands around the charts: whose they are and of when; the seal's short code once issued, 草稿 before; the paper."""

    zone: str
    period: str
    basis: str
    code: str = ""
    draft: bool = False
    paper: Paper = A4


def page(pen: Pen, drawn: Drawn, sheet: Sheet, place: tuple[int, int]) -> Leaf:
    """The page of a chart; ``place`` is its number and how many there are."""
    leaf = Leaf(pen, sheet.paper)
    if sheet.draft:
        leaf.mark_draft()
    foot = _notes(leaf, drawn.notes)
    area = Area(_SIDE * leaf.k, foot, leaf.width - _SIDE * leaf.k, _head(leaf, drawn, sheet))
    _foot(leaf, sheet, place)
    if empty(drawn):
        leaf.text((leaf.width / 2, leaf.height / 2), NOTHING, 14 * leaf.k, QUIET, ha="center")
        return leaf
    {"历年": columns, "柱线": columns, "目标": progress}.get(drawn.chart.kind, bars)(leaf, drawn, area)
    return leaf


def empty(drawn: Drawn) -> bool:
    """Whether there is nothing to draw."""
    return all(bar.value is None for bar in (*drawn.bars, *drawn.line))


def unit_told(drawn: Drawn) -> str:
    """The unit of a chart in words."""
    if drawn.chart.kind == "目标":
        return "%（本年数 ÷ 本区本年目标）"
    return f"柱 {drawn.unit}，线 {drawn.line_unit}" if drawn.line else drawn.unit


def source_told(drawn: Drawn, basis: str) -> str:
    """Where a chart's figures are from and the paper they rest on."""
    return "；".join(part for part in (drawn.chart.source, drawn.chart.clause or basis) if part)


def _head(leaf: Leaf, drawn: Drawn, sheet: Sheet) -> float:
    """Write the title, and below it unit and source; where the bars begin."""
    k, pen, left = leaf.k, leaf.pen, _SIDE * leaf.k
    room, y = leaf.width - 2 * left, leaf.height - (_TOP + 10) * k
    title = f"{drawn.chart.id}　{drawn.chart.name}"
    size = pen.size([title], room, 22 * k, 16 * k)
    for line in pen.broken(title, room + 0.01, size, 2):
        leaf.text((left, y), line, size)
        y -= size * 1.3
    y -= 4 * k
    below = f"单位：{unit_told(drawn)}　　来源：{source_told(drawn, sheet.basis)}"
    for line in pen.broken(below, room, 12 * k, 2):
        leaf.text((left, y), line, 12 * k, QUIET)
        y -= 16.5 * k
    return y - 16 * k


def _notes(leaf: Leaf, notes: Sequence[str]) -> float:
    """Write what is to be said of figures above the foot; where the bars end."""
    k, pen = leaf.k, leaf.pen
    room, size = leaf.width - 2 * _SIDE * k, 10.5 * k
    lines = [line for note in notes for line in pen.broken(note, room, size, 2)]
    for number, line in enumerate(reversed(lines[:MOST_NOTES])):
        leaf.text((_SIDE * k, (_FOOT + 20 + 15 * number) * k), line, size, QUIET)
    return (70 + 15 * min(len(lines), MOST_NOTES)) * k


def _foot(leaf: Leaf, sheet: Sheet, place: tuple[int, int]) -> None:
    k, y, size = leaf.k, _FOOT * leaf.k, 10.5 * leaf.k
    left, right = _SIDE * k, leaf.width - _SIDE * k
    number, count = place
    pages = f"第 {number} 页 共 {count} 页"
    state = f"校验码 {sheet.code}" if sheet.code else "草稿 · 未签发" if sheet.draft else ""
    room = right - left - leaf.pen.width(f"{pages}{state}", size) - 40 * k
    whose = leaf.pen.broken(f"{sheet.zone}　{sheet.period}", room, size, 1)[0]
    leaf.text((left, y), whose, size, QUIET)
    leaf.text((right, y), pages, size, QUIET, ha="right")
    leaf.text((right - leaf.pen.width(pages, size) - 20 * k, y), state, size, QUIET, ha="right")
