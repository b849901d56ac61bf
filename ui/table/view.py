"""The table: one view whose first columns stay in place while the others go by, column by column, and an Excel user's keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QAbstractItemView

from ui.composing import Composition
from ui.session import Session
from ui.table import hands
from ui.table.blocks import runs
from ui.table.delegates import CellDelegate, EditDelegate
from ui.table.filling import fill
from ui.table.gliding import Gliding
from ui.table.handle import Handle

Flag = QItemSelectionModel.SelectionFlag
Trigger = QAbstractItemView.EditTrigger


class Grid(Gliding):
    """Going, selecting, typing. ``wanted_row``: Ins was pressed; ``refused``: a key met a cell that cannot be typed into."""

    wanted_row = Signal()
    refused = Signal(int)

    def __init__(
        self, session: Session, *, numbers: bool = True, two_lines: bool = True, editable: bool = True
    ) -> None:
        super().__init__(session, numbers=numbers, two_lines=two_lines)
        self._anchor: QModelIndex | None = None
        self._run = (-1, -1, -1)  # the cell a row of Tabs has come to, and the column where it began
        self.handle = Handle(self)
        self.fills = editable and numbers  # whether the selection's corner can be dragged
        self.composition = Composition(self)
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
        self.setAutoScroll(False)
        session.turning.connect(self.commit)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        if model is not None:
            model.modelAboutToBeReset.connect(self.commit)

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
        way = {Qt.Key.Key_Tab: True, Qt.Key.Key_Backtab: False}.get(Qt.Key(event.key()))
        if way is not None and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().focusNextPrevChild(way)
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
        return False  # Tab belongs to the cells; Ctrl+Tab and F6 leave the table
