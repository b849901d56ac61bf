"""A line that shows what is being done, how far it is, and lets it be stopped."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QProgressBar, QWidget

from models.progress import Progress
from ui.widgets import Button, label, row
from ui.worker import Task

Tell = Callable[[int, int], None]  # left and in all, as the store's copying tells it


class Stopped(Exception):
    """The work was asked to stop."""


class BusyLine(QWidget):
    """The line by itself, hidden at first; ``stop`` is what its button does, ``wide`` the bar's width in pixels."""

    def __init__(self, stop: Callable[[], None], wide: int = 220) -> None:
        super().__init__()
        self.doing, self.bar = label("", "secondary"), QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(wide)
        line = row(self, spacing=12)
        line.addWidget(self.doing)
        line.addWidget(self.bar)
        line.addWidget(Button("停下", stop))
        line.addStretch(1)
        self.hide()

    def tell(self, step: Progress) -> None:
        """How far it is."""
        self.doing.setText(step.text)
        self.bar.setRange(0, step.total)
        self.bar.setValue(step.done)


class Busy(BusyLine):
    """One piece of work at a time; hidden while there is none."""

    def __init__(self) -> None:
        super().__init__(self.cancel)
        self.task: Task | None = None

    def run(
        self, text: str, work: Callable[[], object], then: Callable[[Any], None], failed: Callable[[Exception], None]
    ) -> None:
        """Do ``work`` in the background: it gives a result or is a generator of Progress. Nothing is done while other work lasts."""
        if self.task is not None:
            return
        self.task = task = Task(self, work, (Stopped,))
        task.progressed.connect(self.tell)
        task.done.connect(lambda result: self._end() or then(result))
        task.failed.connect(lambda error: self._end() or failed(error))
        task.stopped.connect(self._end)
        self.tell(Progress(0, 0, text))
        self.show()
        task.start()

    def run_told(
        self,
        text: str,
        work: Callable[[Tell], object],
        then: Callable[[Any], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Like :meth:`run` for work that tells by a call how far it is, and is stopped there."""

        def tell(left: int, all_: int) -> None:
            task = self.task
            if task is None or task.cancelled:
                raise Stopped
            task.progressed.emit(Progress(all_ - left, all_, text))

        self.run(text, lambda: work(tell), then, failed)

    def cancel(self) -> None:
        """Stop what is under way; nothing half-done stays."""
        if self.task is not None:
            self.task.cancel()

    def _end(self) -> None:
        self.task = None
        self.hide()
