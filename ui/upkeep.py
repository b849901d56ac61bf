"""What a page shows is kept up to date: worked out in the background when it is looked at, and anew after what has changed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from ui.busy import Busy
from ui.session import Session
from ui.worker import Task

Job = tuple[Callable[[], object], Callable[[Any], None]]  # the work of a task, and what shows its result


class Upkeep:
    """One piece of work at a time; a result that something changed meanwhile is not shown, the work is done again.

    ``prepare`` reads in the window's thread what is asked for and gives the work with what shows its result, or None where there is
    nothing to work out. A fault is said as “``name``没有算出来：…”, unless ``failed`` tells it elsewhere; ``expected`` are further
    faults that are sentences for the clerk. With ``busy`` it is shown how far the work is, and it can be stopped.
    """

    def __init__(
        self,
        owner: QWidget,
        session: Session,
        name: str,
        prepare: Callable[[], Job | None],
        *,
        failed: Callable[[Exception], None] | None = None,
        expected: tuple[type[Exception], ...] = (),
        busy: Busy | None = None,
    ) -> None:
        self.owner, self.session, self.name = owner, session, name
        self.expected, self.busy = expected, busy
        self.stale = True
        self._task: Task | None = None
        self._prepare, self._told = prepare, failed or self._say

    @property
    def working(self) -> bool:
        """Whether work is under way."""
        return (self.busy.task if self.busy else self._task) is not None

    def follow(self) -> None:
        """What is shown is stale after whatever is written, and for another zone, period or return."""
        self.session.data_changed.connect(lambda _: self.spoil())
        self.session.scope_changed.connect(self.spoil)

    def spoil(self) -> None:
        """Something changed: work it out again, once somebody looks."""
        self.stale = True
        if self.owner.isVisible():
            self.begin()

    def again(self) -> None:
        """Something else is wanted: work that out, whoever looks."""
        self.stale = True
        self.begin()

    def begin(self) -> None:
        """Work it out; where work is under way, after that, if it is stale by then."""
        if self.working:
            return
        self.stale = False
        job = self._prepare()
        if job is None:
            return
        work, done = job[0], partial(self._done, job[1])
        if self.busy is not None:
            self.busy.run(f"正在算{self.name}…", work, done, self._told)
            return
        self._task = task = Task(self.owner, work, self.expected)
        task.done.connect(done)
        task.failed.connect(self._failed)
        task.start()

    def _done(self, show: Callable[[Any], None], result: object) -> None:
        self._task = None
        if self.stale:
            self.begin()
        else:
            show(result)

    def _failed(self, error: Exception) -> None:
        self._task = None
        self._told(error)

    def _say(self, error: Exception) -> None:
        self.session.said.emit(f"{self.name}没有算出来：{error}", "error")
