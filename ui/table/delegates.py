"""Drawing cells, and the editors that open in them: one line, several lines, or one line with a list under it."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QTextCursor
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from models.fields import Field
from models.kinds import Text
from ui.choices import Choices
from ui.composing import Composition
from ui.session import Session
from ui.table.cells import Cell, paint
from ui.table.reading import options
from ui.theme import Look

Index = QModelIndex | QPersistentModelIndex
_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_TABS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
_ARROWS = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}

_SELECTED = QStyle.StateFlag.State_Selected.value


class CellDelegate(QStyledItemDelegate):
    """Draws what a model's ``cell`` says. For tables that are only read."""

    def __init__(self, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self.look = look
        self.frozen = 0
        self.whole_rows = False

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, rect = self.look, option.rect  # type: ignore[attr-defined]
        cell: Cell = index.model().cell(index)  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        current = not self.whole_rows and index == self.parent().currentIndex()  # type: ignore[attr-defined]
        selected = bool(state.value & _SELECTED) and not current
        # always filled: the style paints selected cells in the full accent beforehand
        painter.fillRect(rect, look.color("accent_soft" if selected else cell.fill or "surface"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), look.color("inner"))
        paint(painter, rect, cell, look)
        if self.frozen and index.column() == self.frozen - 1:
            painter.fillRect(QRect(rect.right() - 1, rect.top(), 2, rect.height()), look.color("line"))
        if current:
            _frame(painter, rect, look)


def _frame(painter: QPainter, rect: QRect, look: Look) -> None:
    wide, color = look.px(2), look.color("accent")
    painter.fillRect(QRect(rect.left(), rect.top(), rect.width(), wide), color)
    painter.fillRect(QRect(rect.left(), rect.bottom() + 1 - wide, rect.width(), wide), color)
    painter.fillRect(QRect(rect.left(), rect.top(), wide, rect.height()), color)
    painter.fillRect(QRect(rect.right() + 1 - wide, rect.top(), wide, rect.height()), color)


class LineEditor(QLineEdit):
    """One line of text. ``over`` says that typing began it, so arrow keys leave it as in a spreadsheet; ``begun``, that it has its text."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("cell")
        self.setFrame(False)
        self.over = self.begun = False
        self.choices: Choices | None = None
        self.composition = Composition(self)


class LinesEditor(QPlainTextEdit):
    """Several lines; Alt+Enter breaks a line, Enter leaves the cell."""

    over = begun = False
    choices: Choices | None = None

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("cell")
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.composition = Composition(self)

    def text(self) -> str:
        """What was typed."""
        return self.toPlainText()

    def setText(self, text: str) -> None:
        """Put text in."""
        self.setPlainText(text)


class EditDelegate(CellDelegate):
    """Draws, and opens editors for the fields of a model with ``field_at``. ``stepped(rows, columns)``: where to go after an arrow,
    ``left(tab, back)`` after Enter or Tab; ``filled(text)``: Ctrl+Enter asks for the text in every selected cell; ``closed``: the
    editor is gone.
    """

    stepped = Signal(int, int)
    left = Signal(bool, bool)
    closed = Signal()
    filled = Signal(object)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(session.look, parent)
        self.session = session
        self.over = False  # set by the view before an editor opens
        self.editor: LineEditor | LinesEditor | None = None

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        field: Field = index.model().field_at(index)  # type: ignore[attr-defined]
        several = isinstance(field.kind, Text) and field.kind.lines
        editor = LinesEditor(parent) if several else LineEditor(parent)
        editor.over = self.over
        if isinstance(editor, LineEditor):
            if field.kind.numeric:
                editor.setAlignment(Qt.AlignmentFlag.AlignRight)
            if options(self.session, field, ""):
                editor.choices = Choices(editor, self.look, lambda text: options(self.session, field, text))
                editor.choices.on_taken = lambda _: self._leave(editor, 0, 0)
        self.editor = editor
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        assert isinstance(editor, LineEditor | LinesEditor)
        if editor.begun:
            return  # cells are drawn anew while somebody types: the text is theirs
        editor.begun = True
        editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))
        editor.selectAll()
        if editor.choices and not editor.over:
            editor.choices.open()

    def put_cursor(self) -> None:
        """F2 goes on at the end of the text; what is typed comes in place of it only in a list, where it is looked for."""
        editor = self.editor
        if editor is None or editor.over or editor.choices:
            return
        if isinstance(editor, LinesEditor):
            editor.moveCursor(QTextCursor.MoveOperation.End)
        else:
            editor.end(False)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        assert isinstance(editor, LineEditor | LinesEditor)
        # nothing typed, nothing written: what was there may not survive being shown and read again
        if editor.text() != str(index.data(Qt.ItemDataRole.EditRole) or "") or (
            editor.choices and editor.choices.taken
        ):
            model.setData(index, self.typed(editor), Qt.ItemDataRole.EditRole)  # type: ignore[arg-type]

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, LineEditor) and editor.choices:
            editor.choices.deleteLater()
        if editor is self.editor:
            self.editor = None
        super().destroyEditor(editor, index)
        self.closed.emit()

    def commit(self) -> None:
        """Whoever is typing is done: the text goes where it belongs."""
        if self.editor is not None:
            self._close(self.editor)

    @staticmethod
    def typed(editor: LineEditor | LinesEditor) -> object:
        """What the editor stands for: the entry chosen, else its text."""
        return (editor.choices and editor.choices.taken) or editor.text()

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        rect = QRect(option.rect)  # type: ignore[attr-defined]
        if isinstance(editor, LinesEditor):
            rect.setHeight(self.look.px(110))
        if isinstance(editor, LinesEditor) or editor.choices:  # type: ignore[attr-defined]
            rect.setWidth(max(rect.width(), self.look.px(180)))
        within = editor.parentWidget().rect()
        rect.moveRight(min(rect.right(), within.right()))
        rect.moveBottom(min(rect.bottom(), within.bottom()))
        editor.setGeometry(rect)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, LineEditor | LinesEditor):
            if watched.composition.owns(event):
                event.setAccepted(True)
                return True
            if event.type() == QEvent.Type.FocusOut:
                watched.composition.finish()
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pressed and isinstance(watched, LineEditor | LinesEditor) and self._key(watched, event):
            return True
        return super().eventFilter(watched, event)

    def _key(self, editor: LineEditor | LinesEditor, event: QKeyEvent) -> bool:
        if editor.choices and editor.choices.eventFilter(editor, event):
            return True
        key, held = Qt.Key(event.key()), event.modifiers()
        enter = key in _ENTERS
        if enter and held & Qt.KeyboardModifier.AltModifier and isinstance(editor, LinesEditor):
            editor.insertPlainText("\n")
        elif enter and held & Qt.KeyboardModifier.ControlModifier:
            text = self.typed(editor)
            self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.RevertModelCache)
            self.filled.emit(text)
        elif enter or key in _TABS:
            self._close(editor)
            self.left.emit(not enter, key == Qt.Key.Key_Backtab or bool(held & Qt.KeyboardModifier.ShiftModifier))
        elif key in _ARROWS and editor.over and not held & ~Qt.KeyboardModifier.KeypadModifier:
            self._leave(editor, *_ARROWS[key])
        else:
            return False
        return True

    def _close(self, editor: LineEditor | LinesEditor) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)

    def _leave(self, editor: LineEditor | LinesEditor, down: int, right: int) -> None:
        self._close(editor)
        self.stepped.emit(down, right)
