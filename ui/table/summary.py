"""Count, sum and average of the selected cells for the status bar: few at once, many in the background."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QItemSelection, QObject, QTimer

from models.kinds import Quantity
from models.store.view import Column
from ui.table.model import LedgerModel
from ui.table.sums import Sum, add_lines, add_up
from ui.worker import Task

AT_ONCE = 20_000  # more cells than this are added up in the background
PAUSE = 120  # milliseconds a big selection rests before that begins

Wanted = Mapping[Column, list[int]]


class Summary(QObject):
    """Tells the session what the selection adds up to."""

    def __init__(self, model: LedgerModel) -> None:
        super().__init__(model)
        self.model = model
        self._task: Task | None = None
        self._big: tuple[Wanted, int] = ({}, 0)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._begin)

    def tell(self, selection: QItemSelection) -> None:
        """Another selection."""
        self.stop()
        parts = [(p.top(), p.bottom(), p.left(), p.right()) for p in selection]
        amount = sum((bottom - top + 1) * (right - left + 1) for top, bottom, left, right in parts)
        say = self.model.session.selected.emit
        if amount < 2:
            say("")
            return
        wanted, cells = self._wanted(parts)
        if amount <= AT_ONCE:
            say(self._now(wanted, cells).words())
            return
        say(f"选中 {cells:,} 格")
        self._big = wanted, cells
        self._pause.start()

    def stop(self) -> None:
        """The sum under way is not wanted any more."""
        self._pause.stop()
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _wanted(self, parts: list[tuple[int, int, int, int]]) -> tuple[Wanted, int]:
        """The rows wanted of each column that holds figures, and how many cells there are in all, none counted twice."""
        places: dict[int, set[int]] = {}
        for top, bottom, left, right in parts:
            for place in range(left, right + 1):
                places.setdefault(place, set()).update(range(top, bottom + 1))
        found: dict[Column, list[int]] = {}
        for place, rows in places.items():
            shown = self.model.columns[place]
            if isinstance(shown.field.kind, Quantity) and not shown.growth:
                found[shown.column] = sorted(rows)
        return found, sum(map(len, places.values()))

    def _now(self, wanted: Wanted, cells: int) -> Sum:
        found = Sum(cells)
        lines = self.model.lines({row for rows in wanted.values() for row in rows})
        derived = any(column.field.formula for column in wanted)
        known = {row: self.model.derived.known(line) for row, line in lines.items()} if derived else lines
        add_lines(found, known, wanted)
        return found

    def _begin(self) -> None:
        model = self.model
        wanted, cells = self._big
        model.session.selected.emit(f"选中 {cells:,} 格　正在求和…")
        ids, page = list(model.ids), model.page()
        task = Task(model.session, lambda: add_up(model.session.file, page, ids, wanted, cells))
        task.done.connect(lambda found: self._done(task, found))
        self._task = task.start()

    def _done(self, task: Task, found: Sum) -> None:
        if task is self._task:
            self._task = None
            self.model.session.selected.emit(found.words())
