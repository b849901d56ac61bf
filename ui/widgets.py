"""Small pieces that pages are made of. They carry names and properties; the style sheet gives them their looks."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayoutItem,
    QLineEdit,
    QMenu,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.composing import Composition
from ui.ends import Arranged, Ends


def label(text: str = "", name: str = "", *, wrap: bool = False) -> QLabel:
    """A line of text; ``name`` is one of the sheet's: title, heading, strong, figure, fact, secondary, note, error, good …"""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if name:
        made.setObjectName(name)
    made.setWordWrap(wrap)
    return made


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a property the style sheet asks for, and show it."""
    if widget.property(name) == value:
        return  # styled so already: to look it up anew is slow
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class Elided(QLabel):
    """One line that takes the room there is: what does not fit is told by … and, in full, by the tip."""

    def __init__(self, text: str = "", name: str = "fact") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def shown(self) -> str:
        """What can be read of the text."""
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())

    def paintEvent(self, event: QPaintEvent) -> None:
        shown = self.shown()
        self.setToolTip("" if shown == self.text() else self.text())
        painter = QPainter(self)
        self.style().drawItemText(
            painter, self.rect(), Qt.AlignmentFlag.AlignVCenter, self.palette(), True, shown, self.foregroundRole()
        )


class Shrinking(Elided):
    """One line as wide as its text where there is room; on a narrow screen it gives way."""

    def __init__(self, text: str = "", name: str = "fact") -> None:
        super().__init__(text, name)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        least = self.fontMetrics().horizontalAdvance("四个字…")
        return super().minimumSizeHint().boundedTo(QSize(least, 1000))


class Chip(QLabel):
    """A word on a soft ground: tone plain, accent, error, warning or good."""

    def __init__(self, text: str = "", tone: str = "plain") -> None:
        super().__init__(text)
        self.setProperty("chip", tone)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)

    def put(self, text: str, tone: str) -> None:
        """Say something else."""
        self.setText(text)
        restyle(self, "chip", tone)
        self.setVisible(bool(text))


class KeyHint(QLabel):
    """The key that does the same."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.setObjectName("key")


class Button(QPushButton):
    """A button; ``primary`` for the one thing to do next, ``key`` shown beside the word."""

    def __init__(self, text: str, on_click: Callable[[], object], *, primary: bool = False, key: str = "") -> None:
        super().__init__("" if key else text)
        self.setProperty("primary", primary)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(text)
        self.clicked.connect(lambda _: on_click())
        if key:
            row = QHBoxLayout(self)
            row.setContentsMargins(12, 0, 10, 0)
            row.setSpacing(6)
            for piece in (QLabel(text), KeyHint(key)):
                piece.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
                row.addWidget(piece)

    def sizeHint(self) -> QSize:
        row = self.layout()
        hint = super().sizeHint()
        return QSize(row.sizeHint().width(), hint.height()) if row else hint


def link(text: str, on_click: Callable[[], object]) -> QPushButton:
    """A word that goes somewhere."""
    made = QPushButton(text)
    made.setProperty("link", True)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.clicked.connect(lambda _: on_click())
    return made


class Pick(QPushButton):
    """A button that says what is chosen and opens a menu of what else there is."""

    def __init__(self, name: str, menu: QMenu, *, flat: bool = False) -> None:
        super().__init__()
        self.setProperty("flat", flat)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.value = Shrinking("", "secondary" if flat else "strong")
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 10, 0)
        row.setSpacing(6)
        for piece in (label(name, "secondary"), self.value, label("▼", "arrow")):
            piece.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            row.addWidget(piece)
        self.setMenu(menu)

    def put(self, text: str) -> None:
        """Say what is chosen now."""
        self.value.setText(text)
        self.setAccessibleDescription(text)

    def sizeHint(self) -> QSize:
        return QSize(self.layout().sizeHint().width(), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self.layout().minimumSize().width(), super().minimumSizeHint().height())


class PageHeader(QWidget):
    """A page's title with the one fact beside it, and the page's actions at the right."""

    def __init__(self, title: str, fact: str = "") -> None:
        super().__init__()
        self.title, self.fact = Shrinking(title, "title"), Elided(fact)
        self._row = Ends(self)
        self._row.left(self.title)
        self._row.left(self.fact)

    def add(self, text: str, on_click: Callable[[], object], *, primary: bool = False, key: str = "") -> Button:
        """Add an action at the right end."""
        made = Button(text, on_click, primary=primary, key=key)
        self.put(made)
        return made

    def put(self, widget: QWidget) -> None:
        """Add a widget at the right end."""
        self._row.right(widget)


class Card(QFrame):
    """A white field with a thin border; its ``rows`` layout takes what it holds."""

    def __init__(self, title: str = "", *, name: str = "card") -> None:
        super().__init__()
        self.setObjectName(name)
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(16, 14, 16, 14)
        self.rows.setSpacing(8)
        if title:
            self.rows.addWidget(label(title, "strong"))


class Notice(QFrame):
    """A sentence on a soft ground of its tone (error, warning, good, plain), its first words in bold."""

    def __init__(self, head: str = "", text: str = "", tone: str = "plain") -> None:
        super().__init__()
        self.head, self.text = label(head, tone), label(text, wrap=True)
        self.setProperty("notice", tone)
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(12, 10, 12, 10)
        self.rows.setSpacing(3)
        font = self.head.font()
        font.setBold(True)
        self.head.setFont(font)
        self.rows.addWidget(self.head)
        self.rows.addWidget(self.text)
        self.head.setVisible(bool(head))  # after it has a place: shown before, it would be a window of its own

    def put(self, head: str, lines: Sequence[str], tone: str) -> None:
        """Say something else; nothing at all hides it."""
        restyle(self, "notice", tone)
        for part, text in ((self.head, head), (self.text, "\n".join(lines))):
            part.setText(text)
            part.setVisible(bool(text))
        self.setVisible(bool(head or lines))


class TextLine(QLineEdit):
    """A line of text that input methods can be trusted with; ``name`` is what it is called aloud."""

    def __init__(self, text: str = "", name: str = "") -> None:
        super().__init__(text)
        self.setAccessibleName(name)
        Composition(self)

    def setPlaceholderText(self, text: str) -> None:
        super().setPlaceholderText(text)
        if not self.accessibleName():
            self.setAccessibleName(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()  # it was meant for the line, not for the button that may have the keyboard by now


class FindLine(TextLine):
    """A line to search or filter with; Esc empties it and gives the keyboard back (``left``)."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit()
            return
        super().keyPressEvent(event)


class EmptyState(QWidget):
    """Says in the middle what there is not yet, and what to do next."""

    def __init__(self, title: str, hint: str = "") -> None:
        super().__init__()
        self._rows = QVBoxLayout(self)
        self._rows.setSpacing(8)
        self._rows.addStretch(2)
        for text, name in ((title, "heading"), (hint, "secondary")):
            words = label(text, name, wrap=True)
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._rows.addWidget(words)
        self.actions = QHBoxLayout()
        self.actions.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._rows.addSpacing(4)
        self._rows.addLayout(self.actions)
        self._rows.addStretch(3)


class Tabs(QWidget):
    """Words in a row, wrapped where there is no room; one of them is chosen."""

    chosen = Signal(int)

    def __init__(self, names: list[str] | None = None) -> None:
        super().__init__()
        self._flow = Flow(self, across=14, down=2)
        self._buttons: list[QPushButton] = []
        self.put(names or [])

    def put(self, names: list[str], current: int = 0) -> None:
        """Show other words."""
        for button in self._buttons:
            button.deleteLater()
            self._flow.removeWidget(button)
        self._buttons = []
        for number, name in enumerate(names):
            button = QPushButton(name)
            button.setProperty("tab", True)
            button.setCheckable(True)
            button.setAutoExclusive(True)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.setChecked(number == current)
            button.clicked.connect(lambda _, n=number: self.chosen.emit(n))
            self._flow.addWidget(button)
            self._buttons.append(button)

    def mark(self, number: int) -> None:
        """Show one as chosen, without telling."""
        self._buttons[number].setChecked(True)

    def choose(self, number: int) -> None:
        """Choose one as a click would."""
        self._buttons[number].setChecked(True)
        self.chosen.emit(number)


class Flow(Arranged):
    """Widgets one after another, on as many lines as they need."""

    def __init__(self, parent: QWidget, *, across: int = 8, down: int = 6) -> None:
        super().__init__(parent, across=across, down=down)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        shown = [item for item in self._items if not item.isEmpty()]
        widths = (item.sizeHint().width() for item in shown if not _gives_way(item))
        return QSize(max(widths, default=0), max((item.sizeHint().height() for item in shown), default=0))

    def _place(self, rect: QRect, *, move: bool) -> int:
        """Put the items that are shown line by line, each in the middle of its line's height; the height of all lines."""
        lines: list[list[tuple[QLayoutItem, QRect]]] = [[]]
        x, y = rect.x(), rect.y()
        for item in (each for each in self._items if not each.isEmpty()):
            size = _size(item).boundedTo(QSize(max(rect.width(), 1), item.sizeHint().height()))
            if lines[-1] and x + size.width() > rect.x() + rect.width():
                x, y = rect.x(), y + _tallest(lines[-1]) + self.down
                lines.append([])
            lines[-1].append((item, QRect(QPoint(x, y), size)))
            x += size.width() + self.across
        for line in lines if move else ():
            tall = _tallest(line)
            for item, place in line:
                item.setGeometry(place.translated(0, (tall - place.height()) // 2))
        return y + _tallest(lines[-1]) - rect.y()


def _size(item: QLayoutItem) -> QSize:
    """The size an item would like; Qt itself says nothing of one that gives way."""
    widget, size = item.widget(), item.sizeHint()
    return QSize(widget.sizeHint().width(), size.height()) if widget and _gives_way(item) else size


def _gives_way(item: QLayoutItem) -> bool:
    """Whether an item takes what room there is (a text that ends in …)."""
    widget = item.widget()
    return widget is not None and widget.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Ignored


def _tallest(line: list[tuple[QLayoutItem, QRect]]) -> int:
    return max((place.height() for _, place in line), default=0)


def row(parent: QWidget | None = None, *, spacing: int = 8) -> QBoxLayout:
    """A horizontal layout without margins."""
    made = QHBoxLayout(parent) if parent else QHBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(spacing)
    return made


def column(parent: QWidget | None = None, *, spacing: int = 8) -> QBoxLayout:
    """A vertical layout without margins."""
    made = QVBoxLayout(parent) if parent else QVBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(spacing)
    return made


def rule() -> QFrame:
    """A thin line."""
    made = QFrame()
    made.setObjectName("rule")
    return made
