"""How long the window stands still while something else is going on: the longest time between two beats of its own thread."""

from __future__ import annotations

from time import perf_counter

from PySide6.QtCore import Qt, QTimer


class Heartbeat:
    """Beats every two milliseconds between ``with`` and its end; ``longest`` is in seconds."""

    def __init__(self):
        self.longest, self._last = 0.0, perf_counter()
        self._timer = QTimer(interval=2, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    def __enter__(self):
        self._last = perf_counter()
        self._timer.start()
        return self

    def _beat(self):
        now = perf_counter()
        self.longest, self._last = max(self.longest, now - self._last), now

    def __exit__(self, *_):
        self._beat()
        self._timer.stop()
