"""What Python's collector of cycles finds is let go in the window's own thread, and in no other.

Left to itself the collector runs in whatever thread happens to allocate, and a page that was closed is a cycle: a thread that reads an
import would then take widgets apart while the window's thread paints them, which ends the program or stops it for good. So it is off in
the window's process, and the window's thread sweeps whenever its loop comes round, by the collector's own counts and limits: what is
young often, for that takes no time; everything only when the loop is not behind, so that a clerk who types is not kept waiting.
"""

from __future__ import annotations

import gc
from time import monotonic

from PySide6.QtCore import QObject, QTimer

EVERY = 100  # milliseconds
LATE = 0.05  # seconds behind its time: the loop has other things to do
OVERDUE = 10  # times the limit, when everything is swept however late the loop is
REST = 20  # times as long as sweeping everything took, it is not done again


class Sweeper(QObject):
    """One for the process, made in the window's thread; nothing is collected from then on but by it."""

    def __init__(self, owner: QObject) -> None:
        super().__init__(owner)
        gc.disable()
        self._due = self._rested = 0.0
        self._middle = self._old = 0  # made since those of middle age, and since everything, were swept
        self._timer = QTimer(self, interval=EVERY)
        self._timer.timeout.connect(self._beat)

    def begin(self, *, settled: bool = False) -> None:
        """Sweep from now on. ``settled``: what is there by now is the program itself, which need never be looked through."""
        gc.disable()
        if settled:
            gc.freeze()
        self._due, self._rested = monotonic() + EVERY / 1000, 0.0
        self._timer.start()

    def end(self) -> None:
        """No window is left, as between two tests: Python may collect wherever it likes."""
        self._timer.stop()
        gc.enable()

    def _beat(self) -> None:
        self.sweep(late=monotonic() - self._due > LATE)
        self._due = monotonic() + EVERY / 1000

    def sweep(self, *, late: bool = False) -> None:
        """Let go of what is due; of everything only when the loop is not ``late``."""
        made, (young, middle, old) = gc.get_count()[0], gc.get_threshold()
        start, limit = monotonic(), young * middle * old
        if made <= young and (late or self._old <= limit):
            return
        # by what was made and not by how often was swept, for between two beats a thread may make a great deal
        self._middle, self._old = self._middle + made, self._old + made
        if self._old > limit * (OVERDUE if late else 1) and start > self._rested:
            gc.collect()
            self._middle = self._old = 0
            self._rested = monotonic() + REST * (monotonic() - start)
        elif self._middle > young * middle:
            gc.collect(1)
            self._middle = 0
        else:
            gc.collect(0)
