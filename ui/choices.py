"""The list under a text field: narrows while a code, characters or pinyin are typed; Enter takes the marked entry."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QLineEdit, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.composing import ask_first
from ui.names import Option
from ui.theme import Look

ROWS = 9


class _Options(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.options: list[Option] = []

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.options)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return self.options[index.row()].text if role == Qt.ItemDataRole.DisplayRole else None

    def put(self, options: list[Option]) -> None:
        self.beginResetModel()
        self.options = options
        self.endResetModel()


class _Painter(QStyledItemDelegate):
    def __init__(self, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self.look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(10, self.look.px(28))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        look = self.look
        entry = index.model().options[index.row()]  # type: ignore[attr-defined]
        rect = option.rect  # type: ignore[attr-defined]
        if option.state & QStyle.StateFlag.State_Selected:  # type: ignore[attr-defined]
            painter.fillRect(rect, look.color("accent_soft"))
        inner = rect.adjusted(look.px(8), 0, -look.px(8), 0)
        painter.setFont(look.font(12.5))
        painter.setPen(look.color("secondary"))
        detail = painter.fontMetrics().elidedText(entry.detail, Qt.TextElideMode.ElideRight, inner.width() // 2)
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, detail)
        room = inner.width() - painter.fontMetrics().horizontalAdvance(detail) - look.px(10)
        painter.setPen(look.color("text"))
        text = painter.fontMetrics().elidedText(entry.text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, text)


class Choices(QListView):
    """The popup of one text field. It never takes the focus; ``taken`` is the entry chosen with the mouse or Enter."""

    def __init__(self, line: QLineEdit, look: Look, search: Callable[[str], list[Option]]) -> None:
        super().__init__(line.window())
        self.setObjectName("choices")
        self.line, self.look, self.search = line, look, search
        self.taken: Option | None = None
        self.on_taken: Callable[[Option], None] = lambda option: None
        self._options = _Options(self)
        self.setModel(self._options)
        self.setItemDelegate(_Painter(look, self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.hide()
        line.textEdited.connect(self._typed)
        line.installEventFilter(self)
        ask_first(line)
        self.clicked.connect(self._clicked)

    def open(self, text: str = "") -> None:
        """Show what fits ``text`` ("" everything)."""
        self._options.put(self.search(text))
        if not self._options.options:
            self.hide()
            return
        # with nothing typed nothing is marked, so that Enter leaves the field as it is
        self.setCurrentIndex(self._options.index(0) if text else QModelIndex())
        self._place()
        self.show()
        self.raise_()

    def refresh(self, text: str) -> None:
        """Show what fits now; the entry that was marked stays so."""
        before = self.marked()
        self.open(text)
        if before is not None and before in self._options.options:
            self.setCurrentIndex(self._options.index(self._options.options.index(before)))

    def marked(self) -> Option | None:
        """The entry Enter would take."""
        marked = self.isVisible() and self.currentIndex().isValid()
        return self._options.options[self.currentIndex().row()] if marked else None

    def _typed(self, text: str) -> None:
        self.taken = None
        self.open(text) if text.strip() else self.hide()

    def _place(self) -> None:
        window, line = self.line.window(), self.line
        if self.parentWidget() is not window:  # the line has got its place since: within it the list could not be seen
            self.setParent(window)
        height = self.look.px(28) * min(ROWS, self._options.rowCount()) + self.look.px(8)
        width = max(line.width(), self.look.px(260))
        below = line.mapTo(window, QPoint(0, line.height() + 2))
        if below.y() + height > window.height():
            below = line.mapTo(window, QPoint(0, -height - 2))
        self.setGeometry(QRect(min(below.x(), window.width() - width - 4), below.y(), width, height))

    def _clicked(self, index: QModelIndex) -> None:
        self._take(self._options.options[index.row()])
        self.on_taken(self._options.options[index.row()])

    def _take(self, option: Option) -> None:
        self.taken = option
        self.line.setText(option.text)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide or event.type() == QEvent.Type.FocusOut:
            self.hide()
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        key = event.key()
        if key == Qt.Key.Key_Down and not self.isVisible():
            if event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self.open()
                return True
            return False
        if not self.isVisible():
            return False
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: ROWS, Qt.Key.Key_PageUp: -ROWS}
        if key in steps:
            row = min(max(0, self.currentIndex().row() + steps[key]), self._options.rowCount() - 1)
            self.setCurrentIndex(self._options.index(row))
            return True
        marked = self.marked()
        if marked and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
            self._take(marked)
        return False
