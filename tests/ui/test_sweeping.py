"""What is no longer wanted goes in the window's thread only, whatever the other threads do, and it does go."""

from __future__ import annotations

import gc
import threading
import weakref
from math import prod
from time import monotonic, sleep

from PySide6.QtCore import QEvent, QObject

from tests.ui import test_daily
from tests.ui.sample import NOW
from ui import app
from ui.sweeping import Sweeper
from ui.worker import Task


class Page(QObject):
    """As a page that was closed: it holds itself, so that only the collector finds it."""

    def __init__(self, gone):
        super().__init__()
        self.me = self
        weakref.finalize(self, lambda: gone.append(threading.get_ident()))


class Ring:
    """A cycle that is no window's."""

    def __init__(self):
        self.me = self


def busy(thousands):
    """Make so many cycles, however long it takes, as reading a large file does, and as there the window's thread has its turn."""
    for _ in range(thousands):
        for _ in range(1_000):
            Ring()
        sleep(0.001)
    return thousands * 1_000


def alive(kind):
    return sum(type(each) is kind for each in gc.get_objects())


def test_a_page_that_was_closed_goes_in_the_windows_thread(qtbot):
    gone, told = [], []
    owner = QObject()
    for _ in range(50):
        Page(gone)
    task = Task(owner, lambda: busy(500))
    task.done.connect(told.append)
    task.start()
    qtbot.waitUntil(lambda: bool(told), timeout=20_000)
    qtbot.waitUntil(lambda: len(gone) == 50, timeout=20_000)
    assert set(gone) == {threading.get_ident()}


def test_what_a_thread_makes_does_not_pile_up(qtbot):
    told, most = [], []
    task = Task(owner := QObject(), lambda: busy(1_000))
    task.done.connect(told.append)
    task.start()

    def ended():
        most.append(gc.get_count()[0])
        return bool(told)

    qtbot.waitUntil(ended, timeout=20_000)
    assert owner is not None
    assert max(most) < told[0] / 3  # swept as it went
    least = prod(gc.get_threshold())  # so many may wait until there are more
    qtbot.waitUntil(lambda: alive(Ring) <= least, timeout=20_000)


def test_what_is_due_is_swept_also_when_nothing_more_is_made(sweeper, monkeypatch):
    swept = []
    monkeypatch.setattr(gc, "collect", lambda generation=2: swept.append(generation))
    monkeypatch.setattr(gc, "get_count", lambda: (100, 0, 0))
    monkeypatch.setattr(gc, "get_threshold", lambda: (700, 10, 10))
    sweeper.begin()
    sweeper._middle, sweeper._old, sweeper._rested = 0, 80_000, 0
    sweeper.sweep(late=True)
    assert swept == []
    sweeper.sweep()
    sweeper.sweep()
    assert swept == [2]


def test_everything_is_swept_when_the_loop_is_not_behind(sweeper, monkeypatch):
    swept, made = [], 0
    monkeypatch.setattr(gc, "collect", lambda generation=2: swept.append(generation))
    monkeypatch.setattr(gc, "get_count", lambda: (made, 0, 0))
    monkeypatch.setattr(gc, "get_threshold", lambda: (700, 10, 10))
    sweeper.begin()
    sweeper._middle = sweeper._old = sweeper._rested = 0
    for made, late, generation in [
        (700, False, None), (5_000, False, 0), (5_000, False, 1), (5_000, False, 0), (60_000, False, 2), (5_000, False, 0),
        (200_000, True, 1), (200_000, True, 1), (400_000, True, 2),
    ]:  # fmt: skip
        sweeper._rested = 0
        sweeper.sweep(late=late)
        assert swept == [generation] * (generation is not None), made
        swept.clear()
    made, sweeper._rested = 200_000, monotonic() + 100
    sweeper.sweep()
    assert swept == [1]  # everything took long just now


def test_the_program_sweeps_by_itself_and_python_does_not(qapp, demo, tmp_path, monkeypatch, qtbot):
    begun = []
    monkeypatch.setattr(Sweeper, "begin", lambda self, *, settled=False: begun.append(settled))
    monkeypatch.setattr(app, "CALM", 0)
    gc.enable()
    test_daily.test_the_program_makes_it_when_it_opens_a_file(qapp, demo, tmp_path, monkeypatch, qtbot)
    assert not gc.isenabled()
    assert begun == [True]


def test_a_window_that_is_closed_leaves_nothing_behind(qapp, data, look):
    before = set(qapp.topLevelWidgets())
    window = app.make_window(data, look, period=NOW, page="ent_period")
    window.show()
    for id in window.nav.items:
        window.open(id, {})
    assert len(qapp.topLevelWidgets()) > len(before) + 1
    window.close()
    window.session.deleteLater()
    window.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert set(qapp.topLevelWidgets()) <= before
