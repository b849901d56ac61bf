"""Writing what is sent out, on the page that asks for it: how far it is, a way to stop, and where it lies now."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.progress import Progress
from ui.busy import BusyLine
from ui.outcome import Outcome
from ui.outside import open_file
from ui.sent import Sent
from ui.worker import Task


class Sending(QWidget):
    """One thing at a time; hidden until there is something to say."""

    def __init__(self) -> None:
        super().__init__()
        self.outcome = Outcome()
        self._task: Task | None = None
        self.busy = BusyLine(self.stop)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.busy)
        outer.addWidget(self.outcome)
        self.hide()

    def run(self, work: Callable[[], object], told: Callable[[Sent], tuple[str, str]]) -> None:
        """Do it in the background; ``told`` gives the head and the sentence of what came of it."""
        self.stop()
        self.outcome.clear()
        self._task = task = Task(self, work)
        task.progressed.connect(self.busy.tell)
        task.done.connect(lambda sent: self._done(task, sent, told))
        task.failed.connect(lambda error: self._ended(task) and self.say("没有写成", str(error), "error"))
        task.stopped.connect(
            lambda: self._ended(task) and self.say("停下了", "写好的文件留着，没写的没有写。", "warning")
        )
        self.busy.tell(Progress(0, 0, "准备"))
        self.busy.show()
        self.show()
        task.start()

    def stop(self) -> None:
        """Stop after the file under way."""
        if self._task is not None:
            self._task.cancel()

    def fold(self) -> None:
        """What was told has been read: give its room back."""
        if self._task is None:
            self.outcome.clear()
            self.hide()

    def say(self, head: str, text: str, tone: str, where: Path | None = None) -> None:
        """Tell what came of it; what lies somewhere can be opened."""
        self.show()
        if where is not None and where.is_dir():
            self.outcome.put(head, text, tone, [("打开文件夹", lambda: open_file(where))])
        else:
            self.outcome.put(head, text, tone, file=where)

    def _ended(self, task: Task) -> bool:
        if task is not self._task:
            return False
        self._task = None
        self.busy.hide()
        return True

    def _done(self, task: Task, sent: Sent, told: Callable[[Sent], tuple[str, str]]) -> None:
        if self._ended(task):
            head, text = told(sent)
            self.say(head, text, "good" if sent.files else "warning", sent.where if sent.files else None)
