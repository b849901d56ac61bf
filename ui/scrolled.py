"""Content that takes the height it needs where there is room, and scrolls where there is not."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLayout, QScrollArea, QSizePolicy, QWidget

from ui.page import PageWidget

LEAST = 60


class Fitted(QScrollArea):
    """Gives what it holds its size anew whenever that or the room changes; :meth:`_fit` says which."""

    def hold(self, inside: QWidget) -> None:
        """Hold a widget."""
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inside)
        inside.installEventFilter(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def reveal(self, part: QWidget) -> None:
        """Bring a part that has just been shown wholly into sight, once it has its place."""
        if (layout := self.widget().layout()) is not None:
            layout.activate()
        self._fit()
        if layout is not None:
            layout.activate()
        self.ensureWidgetVisible(part, 0, 8)

    def begin(self, part: QWidget, first: QWidget) -> None:
        """Bring a part that has just been shown into sight from its top, but ``first`` of it, where one goes on, in any case."""
        self.reveal(part)
        self.verticalScrollBar().setValue(part.mapTo(self.widget(), QPoint()).y())
        around: QWidget | None = self
        while around is not None:  # a page that scrolls too, on a small screen
            if isinstance(around, QScrollArea):
                # by its foot: of a line of text Qt would only show where the cursor stands
                foot = first.mapTo(around.widget(), QPoint(0, first.height()))
                around.ensureVisible(around.horizontalScrollBar().value(), foot.y(), 0, 8)
            around = around.parentWidget()

    def _fit(self) -> None:
        raise NotImplementedError


class Stage(Fitted):
    """A page with all the room of the window; where that is less than the page can do with, it scrolls."""

    def __init__(self, page: PageWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.page = page
        self.setObjectName("stage")
        self.hold(page)

    def _fit(self) -> None:
        room, layout = self.maximumViewportSize(), self.page.layout()
        if layout is None:
            self.page.resize(room)
            return
        wide = max(room.width(), layout.totalMinimumSize().width())
        least = layout.totalMinimumHeightForWidth(wide) if layout.hasHeightForWidth() else -1
        tall = least if least > 0 else layout.totalMinimumSize().height()
        if tall > room.height():  # the bar takes its width
            bar = self.verticalScrollBar().sizeHint().width()
            wide = max(room.width() - bar, layout.totalMinimumSize().width())
            tall = layout.totalMinimumHeightForWidth(wide) if layout.hasHeightForWidth() else tall
        self.page.resize(wide, max(room.height(), tall))


class Filled(Fitted):
    """Holds ``content`` as wide as itself and as high, or higher where lines that wrap need it: then it scrolls."""

    def __init__(self, content: QLayout) -> None:
        super().__init__()
        self._inside = QWidget()
        self._inside.setObjectName("inside")
        self._inside.setLayout(content)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hold(self._inside)

    def _fit(self) -> None:
        layout, room = self._inside.layout(), self.viewport().size()
        tall = (
            layout.totalHeightForWidth(room.width())
            if layout.hasHeightForWidth()
            else layout.totalMinimumSize().height()
        )
        self._inside.resize(room.width(), max(room.height(), tall))


class Scrolled(QScrollArea):
    """Holds ``content``; never wider than its own width."""

    def __init__(self, content: QLayout) -> None:
        super().__init__()
        self._inside = QWidget()
        self._inside.setObjectName("inside")
        self._inside.setLayout(content)
        content.setContentsMargins(0, 0, 0, 0)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setWidget(self._inside)

    def sizeHint(self) -> QSize:
        layout = self._inside.layout()
        width = self.viewport().width()
        height = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.sizeHint().height()
        return QSize(layout.sizeHint().width(), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, min(LEAST, self.sizeHint().height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def reveal(self, part: QWidget) -> None:
        """Bring a part that has just been shown wholly into sight, once it has its place."""
        QTimer.singleShot(0, self, lambda: self._bring(part))

    def _bring(self, part: QWidget) -> None:
        if (layout := self._inside.layout()) is not None:
            layout.activate()
        self._inside.adjustSize()
        self.ensureWidgetVisible(part, 0, 0)
