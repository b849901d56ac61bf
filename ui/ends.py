"""A line with a left and a right end: where there is no room for both, the right end stands on lines of its own beneath."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget


class Arranged(QLayout):
    """A layout that puts its items by itself, and is as high as its width asks for; :meth:`_place` puts them."""

    def __init__(self, parent: QWidget | None = None, *, across: int = 8, down: int = 6) -> None:
        super().__init__(parent) if parent is not None else super().__init__()
        self.across, self.down = across, down
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def _place(self, rect: QRect, *, move: bool) -> int:
        """The height of all items within ``rect``; with ``move`` they are put there."""
        raise NotImplementedError


class Ends(Arranged):
    """``left(widget)`` and ``right(widget)`` add; a widget that takes any width (policy Ignored) gets what the line leaves, one
    that may shrink (policy Maximum) is narrowed when alone it is wider than the line.
    """

    def __init__(self, parent: QWidget | None = None, *, across: int = 8, down: int = 6) -> None:
        super().__init__(parent, across=across, down=down)
        self._right: set[int] = set()  # of the items, by id: Qt takes and hands them back

    def left(self, widget: QWidget) -> None:
        """Add at the left end."""
        self.addWidget(widget)

    def right(self, widget: QWidget) -> None:
        """Add at the right end."""
        self.addWidget(widget)
        self._right.add(id(self._items[-1]))

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def sizeHint(self) -> QSize:
        shown = [item for item in self._items if not item.isEmpty()]
        wide = sum(item.sizeHint().width() + self.across for item in shown)
        return QSize(wide, max((item.sizeHint().height() for item in shown), default=0))

    def minimumSize(self) -> QSize:
        shown = [item for item in self._items if not item.isEmpty()]
        wide = max((_least(item) for item in shown), default=0)
        return QSize(wide, max((item.sizeHint().height() for item in shown), default=0))

    def _place(self, rect: QRect, *, move: bool) -> int:
        left = [item for item in self._items if id(item) not in self._right and not item.isEmpty()]
        right = [item for item in self._items if id(item) in self._right and not item.isEmpty()]
        if self._wide(left) + self._wide(right) + self.across * bool(left and right) <= rect.width():
            lines = [[*left, *right]]
        else:
            lines = [*self._broken(left, rect.width()), *self._broken(right, rect.width())]
        y = rect.y()
        for line in lines:
            tall = max((item.sizeHint().height() for item in line), default=0)
            if move:
                self._put(line, QRect(rect.x(), y, rect.width(), tall))
            y += tall + self.down * bool(line)
        return max(0, y - self.down - rect.y())

    def _put(self, line: list[QLayoutItem], rect: QRect) -> None:
        """Put one line's widgets in their places: what is over goes to those that take any width, else before the right end."""
        greedy = [item for item in line if _greedy(item)]
        over = max(0, rect.width() - self._wide(line))
        x = rect.x()
        for number, item in enumerate(line):
            wide = min(_width(item), rect.width())
            if greedy and item is greedy[-1]:
                wide += over
            elif not greedy and id(item) in self._right and (number == 0 or id(line[number - 1]) not in self._right):
                x += over
            tall = min(item.sizeHint().height(), rect.height())
            item.setGeometry(QRect(QPoint(x, rect.y() + (rect.height() - tall) // 2), QSize(wide, tall)))
            x += wide + self.across

    def _broken(self, items: list[QLayoutItem], width: int) -> list[list[QLayoutItem]]:
        """Lines none of which is wider than there is room."""
        lines: list[list[QLayoutItem]] = []
        for item in items:
            if lines and self._wide([*lines[-1], item]) <= width:
                lines[-1].append(item)
            else:
                lines.append([item])
        return lines

    def _wide(self, items: list[QLayoutItem]) -> int:
        return sum(map(_width, items)) + self.across * max(0, len(items) - 1)


def _greedy(item: QLayoutItem) -> bool:
    widget = item.widget()
    return widget is not None and widget.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Ignored


def _width(item: QLayoutItem) -> int:
    return 0 if _greedy(item) else item.sizeHint().width()


def _least(item: QLayoutItem) -> int:
    widget = item.widget()
    shrinks = widget is not None and widget.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Maximum
    return 0 if _greedy(item) or shrinks else item.sizeHint().width()
