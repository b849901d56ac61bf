"""What a table shows: headings and cells, and how one is painted. Models give these; delegate and header draw them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QModelIndex, QPointF, QRect, Qt
from PySide6.QtGui import QPainter, QPolygonF

from ui.theme import Look

ROW = 30  # pixels of the drawings
PAD = 8
SMALLEST = 7
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Head:
    """A column's heading: label, the unit beneath it, its width in the drawings' pixels; figures stand right."""

    label: str
    unit: str = ""
    width: int = 120
    right: bool = False
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text and how it looks, in names of tokens: ``ink``, ``fill`` behind, ``corner`` triangle, ``chip`` around.

    ``short`` is said where there is no room for the text; ``note`` stands behind it in quieter ink; ``indent`` counts steps from the left.
    ``share``, from 0 to 1, is drawn as a bar in place of the text.
    """

    text: str = ""
    right: bool = False
    ink: str = "text"
    fill: str = ""
    corner: str = ""
    chip: str = ""
    note: str = ""
    tip: str = ""
    indent: int = 0
    bold: bool = False
    italic: bool = False
    short: str = ""
    share: float | None = None


BLANK = Cell()


class Shows(Protocol):
    """What a model offers to be drawn: a head per column, a cell per index."""

    heads: list[Head]

    def cell(self, index: QModelIndex) -> Cell:
        """The cell at ``index``."""


Typed = Mapping[int, Mapping[int, object]]  # by column and row of a table: a text, or the option chosen from a list


class Writable(Protocol):
    """What a model offers to the keys: ``known`` rows are records, and one that ``grows`` takes new ones below them."""

    known: int
    grows: bool

    def texts(self, rows: Sequence[int], columns: Sequence[int]) -> list[list[str]]:
        """The texts to edit of a block of cells, without the row where a new record begins."""

    def open_rows(self, rows: Sequence[int], column: int) -> list[int]:
        """Those of ``rows`` where a column can be typed into."""

    def put_cells(self, typed: Typed, kind: str, title: str) -> bool:
        """Write texts into many cells as one step."""


def paint(painter: QPainter, rect: QRect, cell: Cell, look: Look) -> None:
    """Draw a cell's content into ``rect``; background and selection are the caller's."""
    if cell.chip:
        _paint_chip(painter, rect, cell, look)
        return
    if cell.share is not None:
        middle = QRect(
            rect.left() + look.px(PAD), rect.center().y() - look.px(4) + 1, rect.width() - 2 * look.px(PAD), look.px(8)
        )
        paint_bar(painter, middle, cell.share, look)
        return
    if cell.text or cell.note:
        _paint_text(painter, rect, cell, look)
    if cell.corner:
        _paint_corner(painter, rect, cell, look)


def _paint_text(painter: QPainter, rect: QRect, cell: Cell, look: Look) -> None:
    painter.setFont(look.kept_font(12.5, bold=cell.bold, italic=cell.italic))
    painter.setPen(look.color(cell.ink))
    inner = rect.adjusted(look.px(PAD + 10 * cell.indent), 0, -look.px(PAD), 0)
    metrics, room = painter.fontMetrics(), inner.width()
    text = cell.text.replace("\n", " ")
    wide = metrics.horizontalAdvance(text)
    if cell.short and wide > room:
        text = cell.short
        wide = metrics.horizontalAdvance(text)
    if cell.right and wide > room:
        # a figure is not cut off: it is written smaller, as long as it can be read
        painter.setFont(look.kept_font(max(SMALLEST, 12.5 * room / wide), bold=cell.bold))
        metrics = painter.fontMetrics()
        wide = metrics.horizontalAdvance(text)
    if wide > room:
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room + 1)
    painter.drawText(inner, RIGHT if cell.right else LEFT, text)
    if cell.note:
        rest = inner.adjusted(metrics.horizontalAdvance(text) + look.px(6), 0, 0, 0)
        painter.setFont(look.kept_font(11.5))
        painter.setPen(look.color("secondary"))
        shown = painter.fontMetrics().elidedText(cell.note, Qt.TextElideMode.ElideRight, rest.width())
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, shown)


def paint_bar(painter: QPainter, rect: QRect, share: float, look: Look, tone: str = "accent") -> None:
    """Draw how much of a whole there is; never full before it is."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    round_ = rect.height() / 2
    painter.setBrush(look.color("inner"))
    painter.drawRoundedRect(rect, round_, round_)
    part = rect.width() if share >= 1 else min(rect.width() - 2, int(rect.width() * max(0.0, share)))
    if part > 0:
        painter.setBrush(look.color(tone))
        painter.setClipRect(QRect(rect.left(), rect.top(), part, rect.height()))
        painter.drawRoundedRect(rect.adjusted(0, 0, max(part, rect.height()) - rect.width(), 0), round_, round_)
    painter.restore()


def _paint_corner(painter: QPainter, rect: QRect, cell: Cell, look: Look) -> None:
    size, right, top = look.px(8), rect.right() + 1, rect.top()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.color(cell.corner))
    painter.drawPolygon(QPolygonF([QPointF(right - size, top), QPointF(right, top), QPointF(right, top + size)]))
    painter.restore()


def _paint_chip(painter: QPainter, rect: QRect, cell: Cell, look: Look) -> None:
    if not cell.text:
        return
    painter.save()
    painter.setFont(look.kept_font(11.5))
    metrics = painter.fontMetrics()
    width = min(metrics.horizontalAdvance(cell.text) + look.px(14), rect.width() - look.px(PAD))
    height = look.px(20)
    left = rect.right() + 1 - look.px(PAD) - width if cell.right else rect.left() + look.px(PAD)
    box = QRect(left, rect.center().y() - height // 2 + 1, width, height)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.color("inner" if cell.chip == "plain" else f"{cell.chip}_soft"))
    painter.drawRoundedRect(box, look.px(4), look.px(4))
    painter.setPen(look.color("secondary" if cell.chip == "plain" else cell.chip))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, cell.text)
    painter.restore()
