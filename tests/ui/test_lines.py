"""A list of lines beside a panel: the row the clerk is at stays in sight when the panel takes room."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.table.cells import Cell
from ui.table.lines import Head, Lines, Row


@pytest.fixture
def box(qtbot, look):
    made = QWidget()
    made.list, made.panel = Lines(look), QWidget(made)
    made.panel.setMinimumHeight(300)
    made.panel.hide()
    rows = QVBoxLayout(made)
    rows.addWidget(made.list)
    rows.addWidget(made.panel)
    made.list.put([Head("名称", width=100)], [Row((Cell(f"第 {n} 行"),), n) for n in range(200)])
    made.resize(600, 700)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def click_low(box):
    """Click the last row that is whole on the screen; it."""
    view = box.list
    at = view.indexAt(QPoint(20, view.viewport().height() - view.rowHeight(0) - 2))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(at).center())
    assert view.currentIndex() == at
    return at


def test_the_row_one_is_at_stays_in_sight_when_a_panel_opens(box, qtbot):
    at = click_low(box)
    box.panel.show()
    qtbot.waitUntil(lambda: box.list.height() < 420)
    assert box.list.viewport().rect().contains(box.list.visualRect(at))


def test_what_was_scrolled_away_is_not_fetched_back(box, qtbot):
    click_low(box)
    box.list.verticalScrollBar().setValue(box.list.verticalScrollBar().maximum() // 2)
    top = box.list.indexAt(QPoint(20, 2))
    box.panel.show()
    qtbot.waitUntil(lambda: box.list.height() < 420)
    assert box.list.indexAt(QPoint(20, 2)) == top
