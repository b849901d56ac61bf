"""Large changes: the window answers meanwhile, shows how far they are, holds what is typed; a cancelled one leaves nothing."""

from __future__ import annotations

import shutil
import time

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from models.store import batches
from models.store.file import DataFile
from models.store.history import done
from tests.bench.zone import MONEY, NOW, make
from ui import patience
from ui.app import make_window

ROWS = 1_500
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    path = tmp_path_factory.mktemp("large") / "园区.db"
    make(path, ROWS)
    return path


@pytest.fixture
def window(qtbot, large, look, tmp_path, monkeypatch):
    monkeypatch.setattr(patience, "SHOWN_AFTER", 0)
    monkeypatch.setattr(batches, "_STEP", 20)
    monkeypatch.setattr(
        batches.Batch, "_tell", slowed(batches.Batch._tell)
    )  # so that there is a meanwhile on any machine
    with DataFile(shutil.copy(large, tmp_path / "园区.db")) as file:
        made = make_window(file, look, period=NOW, page="ent_period")
        qtbot.addWidget(made)
        with qtbot.waitActive(made):
            made.show()
            made.activateWindow()
        yield made


@pytest.fixture
def grid(window):
    return window.current.grid


def slowed(tell):
    def slowly(work, rows):
        time.sleep(0.005)
        tell(work, rows)

    return slowly


class Meanwhile:
    """Does something once when a change has begun to tell how far it is, and keeps what it told."""

    def __init__(self, window, act=lambda: None):
        self.told, self.act = [], act
        self.window, window.meanwhile = window, self  # a signal does not keep whom it tells
        window.session.working.connect(self.tell)

    def tell(self, step):
        if step is not None:
            self.told.append(step.text)
            if len(self.told) == 1:
                QTimer.singleShot(0, self.window, self.act)


def column(model, field):
    return next(n for n, shown in enumerate(model.columns) if shown.field is field and not shown.column.prior)


def paste(grid, rows=ROWS):
    at = column(grid.model(), MONEY[0])
    QGuiApplication.clipboard().setText("\n".join(str(row) for row in range(rows)))
    grid.go(0, at)
    grid.setFocus()
    QTest.keyClick(grid, Qt.Key.Key_V, CTRL)
    return at


def shown(grid, row, at):
    return grid.model().index(row, at).data()


def batches_of(window):
    return len(done(window.session.file))


def test_a_large_paste_tells_how_far_it_is(window, grid):
    seen = []

    def look_around():
        window.grab()  # everything can be drawn
        seen.append((window.status.stop.isVisible(), window.status.work.text()))

    meanwhile = Meanwhile(window, look_around)
    at = paste(grid)
    assert shown(grid, ROWS - 1, at) == f"{ROWS - 1:,}.00"
    ((visible, text),) = seen
    assert visible
    assert text.startswith("正在粘贴 ")
    assert text.endswith(f" / {ROWS:,} 行")
    assert len(meanwhile.told) > 10
    assert window.status.stop.isHidden()
    assert window.status.said.text().startswith(f"粘贴了 {ROWS} 行")


def test_a_cancelled_paste_leaves_nothing(window, grid):
    before = [shown(grid, row, column(grid.model(), MONEY[0])) for row in (0, ROWS - 1)]
    batches_before = batches_of(window)
    Meanwhile(window, lambda: QTest.mouseClick(window.status.stop, Qt.MouseButton.LeftButton))
    at = paste(grid)
    assert [shown(grid, row, at) for row in (0, ROWS - 1)] == before
    assert batches_of(window) == batches_before
    assert "取消了，什么都没有改" in window.status.said.text()
    paste(grid)
    assert shown(grid, ROWS - 1, at) == f"{ROWS - 1:,}.00"


def test_esc_cancels_too(window, grid):
    before = batches_of(window)
    Meanwhile(window, lambda: QTest.keyClick(grid, Qt.Key.Key_Escape))
    paste(grid)
    assert batches_of(window) == before


def test_what_is_typed_meanwhile_is_not_lost_and_nothing_else_begins(window, grid, qtbot):
    at = column(grid.model(), MONEY[0])

    def impatient():
        rect = grid.visualRect(grid.model().index(5, at))
        QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(rect.center()))
        for letter in "88":
            QTest.keyClick(QApplication.focusWidget(), letter)
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)

    before = batches_of(window)
    Meanwhile(window, impatient)
    paste(grid)
    qtbot.waitUntil(lambda: shown(grid, 0, at) == "88.00")
    assert shown(grid, 1, at) == "1.00"
    assert shown(grid, 5, at) == "5.00"
    assert batches_of(window) == before + 2  # the paste and what was typed


def test_a_second_change_asked_for_meanwhile_is_refused(window, grid):
    refused = []
    Meanwhile(window, lambda: refused.append(window.session.write("录入", "", lambda work: None)))
    at = paste(grid)
    assert refused == [False]
    assert shown(grid, ROWS - 1, at) == f"{ROWS - 1:,}.00"


def test_a_window_closed_meanwhile_closes_when_the_paste_is_on_the_disk(window, grid, qtbot):
    at, file = column(grid.model(), MONEY[0]), window.session.file.path
    Meanwhile(window, window.close)
    paste(grid)
    assert shown(grid, ROWS - 1, at) == f"{ROWS - 1:,}.00"
    qtbot.waitUntil(window.isHidden)
    with DataFile(file) as again:
        assert done(again)[0].kind == "粘贴"


def test_undo_and_redo_of_an_import_tell_how_far_they_are(window, grid):
    at, before = column(grid.model(), MONEY[0]), shown(grid, 0, column(grid.model(), MONEY[0]))
    meanwhile = Meanwhile(window)
    QTest.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert shown(grid, 0, at) == ""
    assert meanwhile.told[-1] == f"正在撤销 {ROWS:,} / {ROWS:,} 行"
    QTest.keyClick(window, Qt.Key.Key_Y, CTRL)
    assert shown(grid, 0, at) == before
    assert meanwhile.told[-1] == f"正在重做 {ROWS:,} / {ROWS:,} 行"


def test_a_cancelled_undo_leaves_the_import_and_can_be_asked_for_again(window, grid):
    at = column(grid.model(), MONEY[0])
    before = shown(grid, 0, at)
    Meanwhile(window, lambda: QTest.mouseClick(window.status.stop, Qt.MouseButton.LeftButton))
    QTest.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert shown(grid, 0, at) == before
    QTest.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert shown(grid, 0, at) == ""


def test_deleting_many_rows_can_be_cancelled(window):
    window.open("enterprise", {})
    grid = window.current.grid
    Meanwhile(window, lambda: QTest.mouseClick(window.status.stop, Qt.MouseButton.LeftButton))
    grid.setFocus()
    QTest.keyClick(grid, Qt.Key.Key_A, CTRL)
    QTest.keyClick(grid, Qt.Key.Key_Minus, CTRL)
    assert grid.model().known == ROWS
    QTest.keyClick(grid, Qt.Key.Key_Minus, CTRL)
    assert grid.model().known == 0
