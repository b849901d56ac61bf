"""The charts of the return on show, worked out in the background, one after another, the one in sight first."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QObject, Signal

from exporters.charts import Paper, warm
from models.charts import ChartFigures, Drawn
from models.packs.pack import Chart
from ui.asked import Asked
from ui.asking import asked_of
from ui.charting import Charted, open_charts, steps
from ui.printing.kept import keep_paper, kept_paper
from ui.session import Session
from ui.worker import Task

_PATIENCE = 1.0  # seconds


class ChartWork(QObject):
    """``begun(anew)``: the charts are those of ``asked``, other ones than before where ``anew``; ``found(number)``: one is worked
    out; ``finished``: all are; ``paper_changed``: they are drawn on another paper.
    """

    begun = Signal(bool)
    found = Signal(int)
    finished = Signal()
    paper_changed = Signal()

    def __init__(self, owner: QObject, session: Session) -> None:
        super().__init__(owner)
        self.session = session
        self.asked: Asked | None = None
        self.charts: Charted | None = None
        self.drawn: dict[int, Drawn] = {}
        self.stale = True
        self.shown = threading.Event()  # the chart in sight is drawn: until then the others do not take time from it
        self._task: Task | None = None

    @property
    def names(self) -> tuple[Chart, ...]:
        """The charts there are, worked out or not."""
        return self.asked.pack.charts if self.asked else ()

    @property
    def paper(self) -> Paper:
        """The paper chosen last."""
        return kept_paper(self.session.settings, asked_of(self.session).pack.id)

    @property
    def whole(self) -> Charted | None:
        """All charts; None while they are being worked out."""
        return self.charts if self.charts and self._task is None and self.charts.drawn else None

    def one(self, number: int) -> Charted | None:
        """One chart, if it is worked out."""
        drawn = self.drawn.get(number)
        return replace(self.charts, drawn=(drawn,)) if self.charts and drawn else None

    def place(self, number: int) -> tuple[int, int]:
        """A chart's page and how many pages there are."""
        return number + 1, len(self.names)

    def number_of(self, name: str) -> int | None:
        """The chart of that number or title."""
        return next((n for n, each in enumerate(self.names) if name in (each.id, each.name)), None)

    def take_paper(self, paper: Paper) -> None:
        """Draw on another paper, and remember it."""
        keep_paper(self.session.settings, asked_of(self.session).pack.id, paper)
        self.follow_paper()

    def follow_paper(self) -> None:
        """Draw on the paper chosen last, here or in the preview."""
        if self.charts is not None and self.charts.sheet.paper != self.paper:
            self.charts = self.charts.on(self.paper)
            self.paper_changed.emit()

    def run(self, number: int, name: str = "") -> None:
        """Work the charts out, ``number`` (or the one of that name) first."""
        if self._task is not None:
            self.stale = True
            self._task.cancel()
            self.shown.set()
            return
        self.stale = False
        before, asked, file = self.asked, asked_of(self.session), self.session.file
        anew = before is None or (before.pack, before.period, before.zone) != (asked.pack, asked.period, asked.zone)
        if anew:
            self.charts, self.drawn, number = None, {}, 0
        self.asked = asked
        first = self.number_of(name)
        first = number if first is None else first
        self.begun.emit(anew)
        if not self.names:
            return
        order, paper = [first, *(n for n in range(len(self.names)) if n != first)], self.paper

        def work() -> Iterator[object]:
            with file.reading() as connection:
                figures = ChartFigures(connection, asked.pack, asked.zones, asked.period, date.today())
                yield open_charts(figures, asked).on(paper)
                yield from steps(figures, order[:1])
                self.shown.wait(_PATIENCE)
                yield from steps(figures, order[1:])

        self.shown.clear()
        Task(self, warm).start()  # what draws is loaded while the figures are worked out
        self._task = task = Task(self, work)
        task.progressed.connect(self._take)
        task.done.connect(lambda _: self._end(number))
        task.stopped.connect(lambda: self._end(number))
        task.failed.connect(self._fail)
        task.start()

    def _take(self, step: object) -> None:
        if isinstance(step, Charted):
            self.charts, self.drawn = step.on(self.paper), {}
        elif isinstance(step, tuple):
            number, self.drawn[step[0]] = step
            self.found.emit(number)

    def _end(self, number: int) -> None:
        self._task = None
        if self.stale:
            self.run(number)
        elif self.charts is not None:
            self.charts = replace(self.charts, drawn=tuple(self.drawn[n] for n in sorted(self.drawn)))
            self.finished.emit()

    def _fail(self, error: Exception) -> None:
        self._task = None
        self.tell(error)

    def tell(self, error: Exception) -> None:
        """Say why there is no picture."""
        self.session.said.emit(f"图没有画出来：{error}", "error")
