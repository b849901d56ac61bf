"""A table whose first columns stay in place while the others go by, column by column; widths are kept whatever goes by."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QScrollBar, QTableView, QVBoxLayout, QWidget

from ui.session import Session
from ui.table.cells import PAD, Head, Shows
from ui.table.delegates import CellDelegate
from ui.table.header import Heading, Numbers

FIRST, SAMPLE = 60, 200  # rows looked at for the width of a column, at first and when it is asked for
WIDEST = 240  # the most a column gets by itself
LEAST = 140  # room for the columns that go by


class Gliding(QTableView):
    """Columns scrolled past are hidden, so that editing, input methods and selecting go on in one ordinary view.

    ``widened(column, width)``: a column's border was dragged.
    """

    widened = Signal(int, int)
    cells: CellDelegate

    def __init__(self, session: Session, *, numbers: bool, two_lines: bool) -> None:
        super().__init__()
        self.session = session
        self.across = QScrollBar(Qt.Orientation.Horizontal, self)
        self.across.hide()
        self._asked = self.frozen = 0  # columns that should stay, and do
        self.past = 0  # columns scrolled past
        self._widths: list[int] = []  # of all columns, hidden ones too
        self.heading = Heading(session.look, self, two_lines=two_lines)
        self.setHorizontalHeader(self.heading)
        self.numbers = Numbers(session.look, self)
        self.setVerticalHeader(self.numbers)
        self.numbers.setVisible(numbers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.across.valueChanged.connect(self._go_past)
        self.heading.sectionResized.connect(self._resized)
        session.look.changed.connect(self._follow_look)

    def boxed(self) -> QWidget:
        """The view with its scroll bar beneath, as one widget with a rounded border."""
        box = QWidget()
        box.setObjectName("tablebox")
        box.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        rows = QVBoxLayout(box)
        rows.setContentsMargins(1, 1, 1, 1)
        rows.setSpacing(0)
        rows.addWidget(self)
        rows.addWidget(self.across)
        return box

    def take_columns(self, frozen: int, widths: Mapping[int, int] | None = None) -> None:
        """After the model's columns changed: widths (those not given as they fit), frozen columns, nothing scrolled past."""
        self._go_past(0)
        self._asked = frozen
        shows: Shows = self.model()  # type: ignore[assignment]
        given = widths or {}
        self._widths = [given.get(column) or self._fitting(column, head) for column, head in enumerate(shows.heads)]
        for column, width in enumerate(self._widths):
            self.setColumnWidth(column, width)
        self._measure()
        self.scrollTo(self.currentIndex())  # the cell one is at stays in sight

    def freeze(self, amount: int) -> None:
        """Keep other columns in place."""
        self._go_past(0)
        self._asked = amount
        self._measure()

    def fit(self, column: int) -> None:
        """Make a column as wide as what is in it."""
        shows: Shows = self.model()  # type: ignore[assignment]
        self._widths[column] = self._fitting(column, shows.heads[column], SAMPLE)
        self.setColumnWidth(column, self._widths[column])
        self._measure()

    def _fitting(self, column: int, head: Head, sample: int = FIRST) -> int:
        """Room for the heading and for what the first rows hold, within reason."""
        px, model = self.session.look.px, self.model()
        metrics = QFontMetrics(self.session.look.font(12.5))
        rows = range(min(sample, model.rowCount()))
        shows: Shows = model  # type: ignore[assignment]
        texts = [head.label, *(shows.cell(model.index(row, column)).text for row in rows)]
        widest = max(metrics.horizontalAdvance(text) for text in texts) + px(2 * PAD) + 1
        return max(px(head.width), min(widest, px(WIDEST)))

    def _follow_look(self) -> None:
        self.heading.resize_to_look()
        self.numbers.resize_to_look()
        if self.model():
            self.take_columns(self._asked)
        self.viewport().update()

    # --- columns that go by

    def _go_past(self, past: int) -> None:
        if past == self.past:
            return
        for column in range(self.frozen, self.model().columnCount()):
            self.setColumnHidden(column, column < self.frozen + past)
        self.past = past
        self.across.setValue(past)

    def _resized(self, column: int, old: int, new: int) -> None:
        # hiding and showing are told as resizing from and to nothing
        if old and new and column < len(self._widths) and self._widths[column] != new:
            self._widths[column] = new
            self._measure()
            self.widened.emit(column, new)

    def _measure(self) -> None:
        """How far there is to go until the last column is whole."""
        widths = self._widths
        self._freeze()
        room = self.viewport().width() - sum(widths[: self.frozen])
        most = len(widths) - self.frozen
        while most > 0 and widths and sum(widths[self.frozen + most - 1 :]) <= room:
            most -= 1
        self.across.setRange(0, max(0, most))
        self.across.setPageStep(max(1, len(widths) - self.frozen - most))
        self.across.setVisible(most > 0 and self.across.parent() is not self)

    def _freeze(self) -> None:
        """Keep the columns asked for in place, as far as they leave room for others."""
        room = self.viewport().width() - self.session.look.px(LEAST)
        stays = next((n for n in range(self._asked, 1, -1) if sum(self._widths[:n]) <= room), min(1, self._asked))
        if stays != self.frozen:
            self._go_past(0)
            self.frozen = self.heading.frozen = self.cells.frozen = stays
            self.heading.viewport().update()
            self.viewport().update()

    def reveal(self, column: int) -> None:
        """Bring a column into sight."""
        if column < self.frozen:
            return
        if column < self.frozen + self.past:
            self._go_past(column - self.frozen)
        while self.past < self.across.maximum() and self._right_of(column) > self.viewport().width():
            if column == self.frozen + self.past:
                break
            self._go_past(self.past + 1)

    def _right_of(self, column: int) -> int:
        return self.columnViewportPosition(column) + self.columnWidth(column)

    def updateGeometries(self) -> None:
        super().updateGeometries()
        self.horizontalScrollBar().setRange(0, 0)

    def sizeHint(self) -> QSize:  # a few rows: it takes the room there is, and scrolls
        return QSize(super().sizeHint().width(), self.session.look.px(120))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        before = self.frozen
        self._measure()
        if self.frozen != before:  # the columns begin anew then
            self.scrollTo(self.currentIndex())

    def wheelEvent(self, event: QWheelEvent) -> None:
        sideways = event.angleDelta().x() or (
            event.angleDelta().y() if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 0
        )
        if sideways:
            self.across.setValue(self.across.value() - (1 if sideways > 0 else -1))
            event.accept()
        else:
            super().wheelEvent(event)

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        if index.isValid():
            self.reveal(index.column())
        super().scrollTo(index, hint)
