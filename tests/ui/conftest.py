"""A window over a made-up zone, with real key events."""

from __future__ import annotations

import gc
import shutil
import threading
from contextlib import suppress
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from models.demo import fill as fill_demo
from models.store.file import DataFile
from tests.ui.desk import Desk
from tests.ui.sample import NOW, fill
from ui import fonts
from ui.app import make_app, make_window
from ui.sweeping import Sweeper
from ui.theme import Look


@pytest.fixture(scope="session")
def qapp():
    return make_app()


@pytest.fixture(scope="session")
def sweeper(qapp):
    made = Sweeper(qapp)
    gc.collect()
    gc.freeze()  # all the tests, which are there by now, need not be looked through time and again
    made.end()
    return made


@pytest.fixture(autouse=True)
def swept(sweeper):
    """As in the program, nothing is collected but in the window's thread; the tests of other rooms have no loop that sweeps."""
    before = set(threading.enumerate())
    sweeper.begin()
    yield
    for thread in set(threading.enumerate()) - before:
        thread.join(10)
    sweeper.sweep()
    sweeper.end()


@pytest.fixture(scope="session")
def family(qapp, tmp_path_factory):
    folder = tmp_path_factory.mktemp("fonts")
    return fonts.load(folder)


@pytest.fixture
def look(family):
    look = Look(family)
    look.apply()
    yield look
    look.deleteLater()  # Qt holds what is connected to it, and so the whole window, for as long as it is there


@pytest.fixture(scope="session")
def sample(tmp_path_factory):
    path = tmp_path_factory.mktemp("sample") / "园区.db"
    fill(path).close()
    return path


@pytest.fixture
def data(tmp_path, sample):
    with DataFile(Path(shutil.copy(sample, tmp_path / "园区.db")), who="录入员") as file:
        yield file


@pytest.fixture
def window(qtbot, data, look):
    made = make_window(data, look, period=NOW, page="ent_period")
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made
    with suppress(RuntimeError):  # gone already
        made.session.deleteLater()


class Hands:
    """A person at the keyboard of a ledger's table."""

    def __init__(self, window, page):
        self.window = window
        window.open(page, {})
        self.page = window.current
        self.grid, self.model = self.page.grid, self.page.model

    def at(self, row, label):
        self.grid.go(row, self.column(label))
        self.grid.setFocus()
        return self

    def column(self, label):
        return next(n for n, s in enumerate(self.model.columns) if s.field.label == label and not s.column.prior)

    def press(self, key, modifier=Qt.KeyboardModifier.NoModifier, times=1):
        for _ in range(times):
            QTest.keyClick(self.focus(), key, modifier)
        return self

    def type(self, text):
        for letter in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):  # QTest itself only types Latin letters
                QApplication.sendEvent(self.focus(), QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))
        return self

    def focus(self):
        return QApplication.focusWidget() or self.grid

    def text(self, row, label):
        return self.model.index(row, self.column(label)).data()

    def place(self):
        index = self.grid.currentIndex()
        return index.row(), self.model.columns[index.column()].field.label


@pytest.fixture
def economy(window):
    return Hands(window, "ent_period")


@pytest.fixture
def roster(window):
    return Hands(window, "enterprise")


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    path = tmp_path_factory.mktemp("demo") / "演示.db"
    with DataFile(path) as file:
        fill_demo(file)
    return path


@pytest.fixture
def desk(qtbot, demo, tmp_path, look):
    with DataFile(Path(shutil.copy(demo, tmp_path / "演示.db")), who="录入员") as file:
        made = make_window(file, look, period=NOW, page="importing")  # which has nothing to work out
        made.resize(1440, 900)
        with qtbot.waitActive(made):
            made.show()
            made.activateWindow()
        at = Desk(qtbot, made, file)
        yield at
        at.leave()
