"""Why rules could not judge rows: asked beside the window, for it takes about as long as half an audit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Signal

from models.audit import Report, unjudged
from ui.session import Session
from ui.worker import Task

Why = Mapping[str, str]  # rule → the reasons


class Reasons(QObject):
    """Of one audit page. ``changed``: there are those of the report that was asked for."""

    changed = Signal()

    def __init__(self, page: QObject, session: Session) -> None:
        super().__init__(page)
        self.session = session
        self._report: Report | None = None  # whose reasons are known
        self._why: Why = {}
        self._task: Task | None = None

    def of(self, report: Report, zones: Sequence[str]) -> Why:
        """The reasons of a report; until they are known those of the audit before it, none of another return."""
        if report is not self._report and self._task is None:
            file = self.session.file
            self._task = task = Task(self, lambda: unjudged(file, report, zones))
            task.done.connect(lambda why: self._found(report, why))
            task.failed.connect(self._failed)
            task.start()
        before = self._report
        same = before is not None and (before.pack, before.period) == (report.pack, report.period)
        return self._why if same else {}

    def _found(self, report: Report, why: Why) -> None:
        self._task, self._report, self._why = None, report, why
        self.changed.emit()

    def _failed(self, error: Exception) -> None:
        self._task = None
        self.session.said.emit(f"没有找出不能审核的原因：{error}", "error")
