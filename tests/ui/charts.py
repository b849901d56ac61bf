"""What tests of the page of charts do by hand: choose a chart or a bar, wait for its picture, use a menu, answer where a file goes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel

from models.charts import ChartFigures
from models.packs.pack import pack
from tests.ui.sample import NOW


def figures(desk, name="台办"):
    with desk.file.reading() as connection:
        found = ChartFigures(connection, pack(name), [desk.session.zone], NOW, date.today())
        return [found.drawn(chart) for chart in pack(name).charts]


def choose(desk, page, number):
    """Click a chart in the strip."""
    page.strip.scrollTo(page.strip.model_.index(number))
    at = page.strip.visualRect(page.strip.model_.index(number)).center()
    desk.qtbot.mouseClick(page.strip.viewport(), Qt.MouseButton.LeftButton, pos=at)
    desk.settle()
    settled(desk, page)


def settled(desk, page):
    """Wait until the picture is the one of this size."""
    desk.qtbot.waitUntil(lambda: page.view.image is not None and page.view.image.width() == page.view.dots)
    desk.settle()


def click_bar(desk, page, number):
    at = page.view.spot_rect(number).center().toPoint()
    desk.qtbot.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    desk.settle()


def choose_from(desk, button, words):
    """Open a button's menu by a click and click the entry that says ``words``."""
    menu = button.menu()
    clicked = []

    def click():
        (entry,) = [each for each in menu.actions() if words in each.text()]
        assert entry.isEnabled()
        clicked.append(entry)
        QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(entry).center())

    QTimer.singleShot(50, menu, click)
    desk.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    desk.qtbot.waitUntil(lambda: bool(clicked) and not menu.isVisible())
    desk.settle()


def where(monkeypatch, *places):
    """The places that the clerk gives, one after another; the titles and kinds asked with."""
    left, asked = list(places), []

    def dialog(parent, title, start, kind):
        asked.append((title, Path(start).name, kind))
        return (str(left.pop(0)), "") if left else ("", "")

    monkeypatch.setattr(QFileDialog, "getSaveFileName", dialog)
    return asked


def said(page):
    """What the panel says of the last thing done."""
    return [each.text() for each in page.panel.outcome.notice.findChildren(QLabel)]
