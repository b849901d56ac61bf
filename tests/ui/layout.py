"""What is cut off, laid over something else or scrolled sideways on a window, in words; nothing where all is well."""

from __future__ import annotations

import sys
from itertools import combinations
from pathlib import Path

from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QLabel, QLayout, QPushButton, QWidget

from models.ledgers import BY_ID
from models.store.file import DataFile
from tests.ui.sample import NOW
from tests.ui.shot_pages import Patience, Scenes
from ui import fonts
from ui.app import make_app, make_window
from ui.page import LEDGERS
from ui.paper import PaperView
from ui.table.cells import PAD
from ui.table.lines import Lines
from ui.theme import Look
from ui.widgets import Elided


def faults(window):
    """Every fault of the widgets on show."""
    seen = [each for each in window.findChildren(QWidget) if each.isVisible() and each.window() is window]
    found = []
    for widget in seen:
        found += _cut(widget)
        found += _placed(widget)
        found += _sideways(widget)
        found += unheaded(widget)
    return found


def kinds(window):
    """The pages, of the ledgers' one in each group: they are built by the same class."""
    return [id for id in window.entries if id not in BY_ID or id in LEDGERS.values()]


def _name(widget):
    text = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
    return f"{type(widget).__name__} {widget.objectName()} “{text or widget.accessibleName()}”"


def _cut(widget):
    """A text that is longer or taller than its widget."""
    if isinstance(widget, Elided) or not isinstance(widget, QLabel | QPushButton) or not widget.text():
        return
    if isinstance(widget, QLabel):
        room, metrics = widget.contentsRect(), widget.fontMetrics()
        if widget.wordWrap():
            if widget.heightForWidth(widget.width()) > widget.height() + 1:
                yield f"{_name(widget)}: 高 {widget.height()}，要 {widget.heightForWidth(widget.width())}"
            return
        wide = max(map(metrics.horizontalAdvance, widget.text().splitlines()))
        tall = metrics.height() * len(widget.text().splitlines())
        if wide > room.width() + 1 or tall > room.height() + 2:
            yield f"{_name(widget)}: {room.width()}×{room.height()}，要 {wide}×{tall}"
    elif widget.sizeHint().width() > widget.width() + 1 or widget.fontMetrics().height() > widget.height():
        yield f"{_name(widget)}: {widget.width()}×{widget.height()}，要 {widget.sizeHint().width()}"


def _widgets(layout):
    """All widgets on show that a layout places, those of the layouts within it too."""
    for number in range(layout.count()):
        item = layout.itemAt(number)
        if item.widget() is not None:
            if item.widget().isVisible():
                yield item.widget()
        elif item.layout() is not None:
            yield from _widgets(item.layout())


def _placed(widget):
    """Widgets of one parent that lie on one another, or beyond it."""
    layout = widget.layout()
    if not isinstance(layout, QLayout):
        return
    placed = list(_widgets(layout))
    for one, other in combinations(placed, 2):
        over = one.geometry().intersected(other.geometry())
        if over.width() > 1 and over.height() > 1:
            yield f"{_name(one)} 与 {_name(other)} 重叠 {over.width()}×{over.height()}"
    room = widget.rect().adjusted(-1, -1, 1, 1)
    for one in placed:
        if not room.contains(one.geometry()):
            yield f"{_name(one)} {_box(one.geometry())} 伸出 {_name(widget)} {_box(widget.rect())}"


def _box(rect: QRect):
    return f"{rect.x()},{rect.y()} {rect.width()}×{rect.height()}"


def _sideways(widget):
    """A list, panel or page that has to be scrolled sideways (paper and the ledger's own columns may be)."""
    if isinstance(widget, QAbstractScrollArea) and not isinstance(widget, PaperView):
        bar = widget.horizontalScrollBar()
        if bar.isVisible() and bar.maximum() > bar.minimum():
            yield f"{_name(widget)}: 要左右滚动"


def unheaded(widget):
    """A list whose heading is cut, though there is a column that could give way."""
    if not isinstance(widget, Lines) or not widget.lines.heads:
        return
    words, around = QFontMetrics(widget.heading.label_font()), widget.look.px(2 * PAD)
    needed = {n: words.horizontalAdvance(head.label) + around for n, head in enumerate(widget.lines.heads)}
    shown = {n: widget.columnWidth(n) for n in needed if not widget.isColumnHidden(n)}
    if sum(needed[n] for n in shown) <= sum(shown.values()):
        for n, width in shown.items():
            if needed[n] > width:
                yield f"{_name(widget)}: 表头“{widget.lines.heads[n].label}” {width}，要 {needed[n]}"


def main() -> None:
    """Every page at one size, in a process of its own: what Qt's scale factor needs. Prints the faults."""
    size, folder = sys.argv[1], Path(sys.argv[2])
    app = make_app()
    look = Look(fonts.load())
    look.apply()
    with DataFile(folder / "演示.db", who="录入员") as file:
        window = make_window(file, look, period=NOW)
        window.resize(*map(int, size.split("x")))
        window.show()
        scenes = Scenes(Patience(app), window, folder)
        for id in kinds(window):
            window.open(id, {})
            scenes.desk.settle()
            for fault in faults(window):
                sys.stdout.write(f"{id}: {fault}\n")
        sys.stdout.write(f"pages at {window.devicePixelRatioF()}\n")
        window.close()


if __name__ == "__main__":
    main()
