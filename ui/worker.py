"""Work away from the window's thread, so that it never stands still: with progress, and to be stopped between steps."""

from __future__ import annotations

import atexit
import sys
import threading
from collections.abc import Callable, Generator
from functools import cache
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal

from models.packs.tables import BadPack
from models.store.batches import Refused
from models.store.faults import EnvironmentFault

SAID = (
    EnvironmentFault,
    Refused,
    BadPack,
    OSError,
)  # faults that are sentences for the clerk; others are the program's


class Task(QObject):
    """One piece of work in a thread of its own. ``work`` gives a result, or is a generator of Progress that returns it.

    Made and told in the window's thread. With its owner it goes at any time: the work then stops after the step under way.
    """

    progressed = Signal(object)
    done = Signal(object)
    failed = Signal(object)
    stopped = Signal()

    def __init__(self, owner: QObject, work: Callable[[], object], expected: tuple[type[Exception], ...] = ()) -> None:
        super().__init__(owner)
        self._expected = SAID + expected
        self._job = _Job(work, self)
        self.destroyed.connect(self._job.leave)
        self._thread = threading.Thread(target=_carry_out, args=([self._job], _post()), daemon=True)

    def start(self) -> Task:
        """Begin."""
        self._thread.start()
        return self

    @property
    def cancelled(self) -> bool:
        """Whether it was asked to stop."""
        return self._job.cancelled.is_set()

    def cancel(self) -> None:
        """Stop after the step under way; what is done so far is undone by the work itself."""
        self._job.cancelled.set()

    def finish(self) -> None:
        """Cancel and wait for the step under way, as before the data file is closed; nothing is told any more: nothing follows."""
        self._job.leave()
        if self._thread.is_alive():
            self._thread.join()
        self.deleteLater()

    def end(self, result: object, error: Exception | None, *, stopped: bool) -> None:
        """Tell how the work has ended, and go."""
        if error is not None and not isinstance(error, self._expected):
            trace: TracebackType | None = error.__traceback__
            sys.excepthook(type(error), error, trace)
        if stopped:
            self.stopped.emit()
        elif error is not None:
            self.failed.emit(error)
        else:
            self.done.emit(result)
        self.deleteLater()


class _Job:
    """What the thread knows of a task: nothing that is Qt's, but for handing it back."""

    def __init__(self, work: Callable[[], object], task: Task) -> None:
        self.work, self.cancelled = work, threading.Event()
        self.task: Task | None = task

    def leave(self) -> None:
        """The task is gone: there is nobody to work for, or to tell."""
        self.task = None
        self.cancelled.set()

    def pumped(self, post: _Post) -> object:
        """Do the work, step by step if it is one of steps; its result."""
        work = self.work()
        if not isinstance(work, Generator):
            return work
        while not self.cancelled.is_set():
            try:
                step = next(work)
            except StopIteration as end:
                return end.value
            post.put([(self, step)])
        work.close()
        return None


Letter = list[
    tuple[_Job, object] | tuple[_Job, object, Exception | None]
]  # a step, or a result and the fault in its place


class _Post(QObject):
    """Where the threads hand over what they have to tell, taken out in the window's thread.

    It outlives them all. A task may be taken apart, with the window it belongs to, in the very moment its thread has something to
    tell; a signal of its own would then be read while it is freed. What a letter holds is taken out of it, so that a thread is never
    the last to hold a page or a widget, which only the window's thread may take apart.
    """

    came = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._turn, self._shut = threading.Lock(), False
        self.came.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        atexit.register(self.shut)  # before Qt is taken apart: what is registered last comes first

    def put(self, letter: Letter) -> None:
        """Hand over, from any thread; when the program ends, nobody is told any more."""
        with self._turn:
            if not self._shut:
                self.came.emit(letter)

    def shut(self) -> None:
        """The program ends: who is handing over is waited for, and nobody comes after."""
        with self._turn:
            self._shut = True

    def _deliver(self, letter: Letter) -> None:
        job, *told = letter.pop()
        task = job.task
        if task is None:
            return
        if len(told) == 1:
            task.progressed.emit(told[0])
        else:
            stopped = job.cancelled.is_set()
            job.leave()
            task.end(*told, stopped=stopped)


@cache
def _post() -> _Post:
    return _Post()


def _carry_out(jobs: list[_Job], post: _Post) -> None:
    job, result, error = jobs.pop(), None, None
    try:
        result = job.pumped(post)
    except Exception as fault:  # noqa: BLE001 - told in the window's thread, where it is known or goes to the fault report
        error = fault
    letter = [(job, result, error)]
    del job, result, error
    post.put(letter)
