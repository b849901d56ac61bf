"""The pages of charts, for the preview and the printer: drawn anew for the paper asked for, as vectors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtSvg import QSvgRenderer

from exporters.charts import PAPERS, Paper, svg
from exporters.page import WIDTH, Layout
from ui.charting import Charted
from ui.printing.kept import key_of
from ui.printing.papers import Papers, Rescaled

_SIDE = 54 / 595.3  # of a paper's shorter side: a chart's own margin


class ChartPapers:
    """Pages drawn on one paper; a part each."""

    def __init__(self, name: str, key: str, paper: Paper, pages: Sequence[tuple[str, bytes]]) -> None:
        self.name, self.key = name, key
        self._paper, self._pages = paper, pages
        self._ready: dict[int, QSvgRenderer] = {}

    def count(self) -> int:
        """How many charts there are."""
        return len(self._pages)

    def size(self, number: int) -> tuple[float, float]:
        """The paper's width and height in points."""
        return self._paper.points

    def part(self, number: int) -> str:
        """The chart's number and title."""
        return self._pages[number][0]

    def paint(self, painter: QPainter, number: int, zoom: float) -> None:
        """Draw a page."""
        if number not in self._ready:
            self._ready[number] = QSvgRenderer(QByteArray(self._pages[number][1]))
        wide, high = self._paper.points
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ready[number].render(painter, QRectF(0, 0, wide * zoom, high * zoom))
        painter.restore()


@dataclass(frozen=True)
class ChartSource:
    """Charts that are drawn for whatever paper the preview asks for."""

    charts: Charted

    @property
    def name(self) -> str:
        """What the printer's queue shows."""
        return self.charts.name

    @property
    def key(self) -> str:
        """Where the paper is remembered."""
        return key_of(self.charts.asked.pack.id)

    def laid(self, layout: Layout) -> Papers:
        """The pages on that paper, larger or smaller where a scale or a margin is asked for."""
        own = self.charts.sheet.paper
        paper = PAPERS.get(f"{layout.paper or own.name[:2]}{layout.turned or own.name[2:]}", own)
        made, count = self.charts.on(paper), len(self.charts.drawn)
        pages = [
            (f"{drawn.chart.id} {drawn.chart.name}", svg(drawn, made.sheet, (number, count)))
            for number, drawn in enumerate(made.drawn, 1)
        ]
        papers = ChartPapers(self.name, self.key, paper, pages)
        percent = layout.percent
        if not percent and layout.scale != WIDTH and layout.points is not None:
            wide = paper.points[0]
            percent = (wide - 2 * layout.points) / (wide - 2 * _SIDE * min(paper.points))
        return Rescaled(papers, Layout(scale=str(int(percent * 100)))) if percent else papers
