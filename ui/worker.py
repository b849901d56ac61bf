"""Work away from the window's thread, so that it never stands still: with progress, and to be stopped between steps."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Generator
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
    """One piece of work in a thread of its own. ``work`` gives a result, or is a generator of Progress that returns it."""

    progressed = Signal(object)
    done = Signal(object)
    failed = Signal(object)
    stopped = Signal()
    _ended = Signal(object, object)

    def __init__(self, owner: QObject, work: Callable[[], object], expected: tuple[type[Exception], ...] = ()) -> None:
        super().__init__(owner)
        self._work, self._expected = work, SAID + expected
        self._cancelled = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._ended.connect(self._end, Qt.ConnectionType.QueuedConnection)

    def start(self) -> Task:
        """Begin."""
        self._thread.start()
        return self

    @property
    def cancelled(self) -> bool:
        """Whether it was asked to stop."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Stop after the step under way; what is done so far is undone by the work itself."""
        self._cancelled.set()

    def finish(self) -> None:
        """Cancel and wait for the step under way, as before the data file is closed; nothing is told any more."""
        self.cancel()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        result, error = None, None
        try:
            result = self._pumped(self._work())
        except Exception as fault:  # noqa: BLE001 - told in the window's thread, where it is known or goes to the fault report
            error = fault
        try:
            self._ended.emit(result, error)
        except RuntimeError:  # the window has closed meanwhile
            return

    def _pumped(self, work: object) -> object:
        if not isinstance(work, Generator):
            return work
        while not self._cancelled.is_set():
            try:
                step = next(work)
            except StopIteration as end:
                return end.value
            self.progressed.emit(step)
        work.close()
        return None

    def _end(self, result: object, error: Exception | None) -> None:
        if error is not None and not isinstance(error, self._expected):
            trace: TracebackType | None = error.__traceback__
            sys.excepthook(type(error), error, trace)
        if self._cancelled.is_set():
            self.stopped.emit()
        elif error is not None:
            self.failed.emit(error)
        else:
            self.done.emit(result)
        self.deleteLater()
