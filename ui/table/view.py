"""The table: one view whose first columns stay in place while the others go by, column by column, and an Excel user's keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFontMetrics,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QScrollBar, QTableView, QVBoxLayout, QWidget

from ui.composing import Composition
from ui.session import Session
from ui.table import hands
from ui.table.blocks import runs
from ui.table.cells import PAD, Head, Shows
from ui.table.delegates import CellDelegate, EditDelegate
from ui.table.filling import fill
from ui.table.handle import Handle
from ui.table.header import Heading, Numbers

FIRST, SAMPLE = 60, 200  # rows looked at for the width of a column, at first and when it is asked for
WIDEST = 240  # the most a column gets by itself
LEAST = 140  # room for the columns that go by
Flag = QItemSelectionModel.SelectionFlag
Trigger = QAbstractItemView.EditTrigger


class Grid(QTableView):
    """Columns scrolled past are hidden, so that editing, input methods and selecting go on in one ordinary view.

    ``wanted_row``: Ins was pressed; ``refused``: a key met a cell that cannot be typed into; ``widened(column, width)``: its border
    was dragged.
    """

    wanted_row = Signal()
    refused = Signal(int)
    widened = Signal(int, int)

    def __init__(
        self, session: Session, *, numbers: bool = True, two_lines: bool = True, editable: bool = True
    ) -> None:
        super().__init__()
        self.session = session
        self.across = QScrollBar(Qt.Orientation.Horizontal, self)
        self.across.hide()
        self._asked = self.frozen = 0  # columns that should stay, and do
        self.past = 0  # columns scrolled past
        self._anchor: QModelIndex | None = None
        self._run = (-1, -1, -1)  # the cell a row of Tabs has come to, and the column where it began
        self.handle = Handle(self)
        self.fills = editable and numbers  # whether the selection's corner can be dragged
        self._widths: list[int] = []  # of all columns, hidden ones too
        self.composition = Composition(self)
        self.heading = Heading(session.look, self, two_lines=two_lines)
        self.setHorizontalHeader(self.heading)
        self.numbers = Numbers(session.look, self)
        self.setVerticalHeader(self.numbers)
        self.numbers.setVisible(numbers)
        self.cells = EditDelegate(session, self) if editable else CellDelegate(session.look, self)
        self.setItemDelegate(self.cells)
        if isinstance(self.cells, EditDelegate):
            self.cells.stepped.connect(self.step)
            self.cells.left.connect(self._left)
            self.cells.filled.connect(lambda typed: fill(self, typed))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setEditTriggers(
            Trigger.AnyKeyPressed | Trigger.EditKeyPressed | Trigger.DoubleClicked
            if editable
            else Trigger.NoEditTriggers
        )
        self.setTabKeyNavigation(False)
        self.viewport().setMouseTracking(editable)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAutoScroll(False)
        self.across.valueChanged.connect(self._go_past)
        self.heading.sectionResized.connect(self._resized)
        session.look.changed.connect(self._follow_look)
        session.turning.connect(self.commit)

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
        self._measure()

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

    # --- going and selecting

    def go(self, row: int, column: int, *, extend: bool = False) -> None:
        """Make a cell the current one; with ``extend`` the selection grows to it instead."""
        model = self.model()
        row = min(max(0, row), model.rowCount() - 1)
        column = min(max(0, column), model.columnCount() - 1)
        index = model.index(row, column)
        if not index.isValid():
            return
        if extend:
            start = self.anchor()
            self.selectionModel().setCurrentIndex(index, Flag.NoUpdate)
            self.selectionModel().select(QItemSelection(start, index), Flag.ClearAndSelect)
            self._anchor = start
        else:
            self.selectionModel().setCurrentIndex(index, Flag.ClearAndSelect)
            self._anchor = index
        self.scrollTo(index)

    def select_block(self, rows: Sequence[int], columns: Sequence[int]) -> None:
        """Select the cells of several rows and columns; the current one stays."""
        model, found = self.model(), QItemSelection()
        if len(rows) * len(columns) < 2 or columns[-1] >= model.columnCount():
            return
        for first, last in runs(rows):
            for left, right in runs(columns):
                found.select(model.index(first, left), model.index(last, right))
        self.selectionModel().select(found, Flag.ClearAndSelect)

    def anchor(self) -> QModelIndex:
        """Where the selection began."""
        kept = self._anchor
        return kept if kept is not None and kept.isValid() and kept.model() is self.model() else self.currentIndex()

    def step(self, down: int, right: int) -> None:
        """Go on from the current cell (after Enter, Tab or an arrow)."""
        self.setFocus()
        at = self.currentIndex()
        if down or right:
            self.go(at.row() + down, at.column() + right)

    def leave(self, *, tab: bool, back: bool) -> None:
        """Go on after Tab or Enter; after a row of Tabs Enter returns to the column where they began, as in Excel."""
        at, by = self.currentIndex(), -1 if back else 1
        row, column = at.row(), at.column()
        begun = self._run[2] if self._run[:2] == (row, column) else column
        if tab:
            self.go(row, column + by)
            self._run = (row, self.currentIndex().column(), begun)
        elif self.session.settings.get("table/enter", "down") == "right":
            self.go(row, column + by)
        else:
            self.go(row + by, column if back else begun)

    def _left(self, tab: bool, back: bool) -> None:
        self.setFocus()
        self.leave(tab=tab, back=back)

    def commit(self) -> None:
        """What is being typed into a cell is written."""
        if isinstance(self.cells, EditDelegate):
            self.cells.commit()

    @property
    def typing(self) -> bool:
        """Whether a cell's editor is open."""
        return isinstance(self.cells, EditDelegate) and self.cells.editor is not None

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.fills:
            self.handle.paint(QPainter(self.viewport()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.composition.finish()
        left = event.button() == Qt.MouseButton.LeftButton
        if left and self.fills and self.handle.hit(event.position().toPoint()):
            self.commit()
            self.handle.press()
            return
        index = self.indexAt(event.position().toPoint())
        extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton and extend:
            self.go(index.row(), index.column(), extend=True)
            return
        if index.isValid():
            self._anchor = index
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.handle.dragging:
            self.handle.release()
            return
        super().mouseReleaseEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.handle.dragging:
            self.handle.move(event.position().toPoint())
            return
        on = self.fills and not event.buttons() and self.handle.hit(event.position().toPoint())
        self.viewport().setCursor(Qt.CursorShape.CrossCursor if on else Qt.CursorShape.ArrowCursor)
        if event.buttons() & Qt.MouseButton.LeftButton and self._anchor is not None:
            inside = self.viewport().rect()
            at = event.position().toPoint()
            spot = QPoint(min(max(0, at.x()), inside.right()), min(max(0, at.y()), inside.bottom()))
            index = self.indexAt(spot)
            if index.isValid() and index != self.currentIndex():
                self.go(index.row(), index.column(), extend=True)
            return
        super().mouseMoveEvent(event)

    # --- keys

    def edit(self, index: QModelIndex, trigger: Trigger = Trigger.NoEditTriggers, event: QEvent | None = None) -> bool:  # type: ignore[override]
        if isinstance(self.cells, EditDelegate):
            self.cells.over = trigger == Trigger.AnyKeyPressed
        begun = super().edit(index, trigger, event)  # type: ignore[arg-type]
        if begun and isinstance(self.cells, EditDelegate):
            self.cells.put_cursor()
        return begun

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.handle.dragging and event.key() == Qt.Key.Key_Escape:
            self.handle.cancel()
            return
        if hands.key(self, event):
            event.accept()
            return
        super().keyPressEvent(event)

    # --- input methods: Qt's own way of opening the editor on the first letter, with what it leaves out

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        shut = not self.isPersistentEditorOpen(self.currentIndex()) and self.state() != self.State.EditingState
        super().inputMethodEvent(event)
        if self.state() != self.State.EditingState:
            self.composition.text = ""  # nothing can be typed here, and no key is kept from anybody
        if shut and event.commitString() and self.state() == self.State.EditingState:
            # typed without being put together (full-width digits, punctuation): Qt opens the editor and drops the text
            QGuiApplication.sendEvent(self.cells.editor, event)  # type: ignore[union-attr]

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> object:
        found = super().inputMethodQuery(query)
        if query != Qt.InputMethodQuery.ImCursorRectangle or self.composition:
            return found
        # Qt forgets the headings: the list of words would open a line above the cell
        return QRect(self.visualRect(self.currentIndex()).translated(self.viewport().pos()))

    def keyboardSearch(self, search: str) -> None:
        at = self.currentIndex()
        if at.isValid() and search.strip() and not at.flags() & Qt.ItemFlag.ItemIsEditable:
            self.refused.emit(at.column())

    def focusNextPrevChild(self, next: bool) -> bool:
        # Tab belongs to the cells; Ctrl+Tab and F6 leave the table
        held = QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ControlModifier
        return super().focusNextPrevChild(next) if held else False
