"""Pages one below the other on grey, as large as fits or as one likes: what the preview shows."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea

from ui.printing.papers import Papers
from ui.theme import Look

GAP = 14  # pixels of the drawings between pages and around them
KEPT = 6  # pages kept as pictures
WHOLE, WIDE = "整页", "页宽"
_STEP, _LEAST, _MOST = 1.2, 0.2, 6.0
_ZOOMS = {Qt.Key.Key_Plus: _STEP, Qt.Key.Key_Equal: _STEP, Qt.Key.Key_Minus: 1 / _STEP}


class PagesView(QAbstractScrollArea):
    """``turned(number)``: another page is the one in sight."""

    turned = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.papers: Papers | None = None
        self.fit, self._own = WHOLE, 1.0
        self._pictures: OrderedDict[int, QPixmap] = OrderedDict()
        self._here = -1
        self.setObjectName("desk")
        self.setAccessibleName("打印预览")
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        look.changed.connect(self._measure)

    def put(self, papers: Papers | None) -> None:
        """Show other pages, near the one that was in sight."""
        here = max(0, self._here)
        self.papers = papers
        self._measure()
        if papers is not None:
            self.go(min(here, papers.count() - 1))

    @property
    def zoom(self) -> float:
        """Pixels a point of the paper takes."""
        if self.papers is None or not self.papers.count():
            return 1.0
        if not self.fit:
            return self._own
        sizes = [self.papers.size(number) for number in range(self.papers.count())]
        across = (self.viewport().width() - 2 * self._gap) / max(wide for wide, _ in sizes)
        down = (self.viewport().height() - 2 * self._gap) / max(high for _, high in sizes)
        return float(max(_LEAST, min(across, down) if self.fit == WHOLE else across))

    def show_fitted(self, fit: str) -> None:
        """Show whole pages, or pages as wide as there is room."""
        self.fit = fit
        self._change(lambda: None)

    def enlarge(self, times: float) -> None:
        """Show the pages that many times as large."""
        own = min(_MOST, max(_LEAST, self.zoom * times))

        def change() -> None:
            self.fit, self._own = "", own

        self._change(change)

    def _change(self, change) -> None:  # noqa: ANN001
        here = max(0, self._here)
        change()
        self._measure()
        self.go(here)

    def go(self, number: int) -> None:
        """Bring a page into sight."""
        for each, place in self._laid():
            if each == number:
                self.verticalScrollBar().setValue(int(place.y()) - self._gap)
        self._say_here()

    @property
    def here(self) -> int:
        """The page in sight: the first of which the middle is."""
        return max(0, self._here)

    @property
    def _gap(self) -> int:
        return self.look.px(GAP)

    def _laid(self) -> Iterator[tuple[int, QRectF]]:
        """Each page and where it lies on the whole desk."""
        if self.papers is None:
            return
        zoom, y = self.zoom, float(self._gap)
        sizes = [self.papers.size(number) for number in range(self.papers.count())]
        room = max(self.viewport().width(), max((w for w, _ in sizes), default=0) * zoom + 2 * self._gap)
        for number, (wide, high) in enumerate(sizes):
            yield number, QRectF(round((room - wide * zoom) / 2), round(y), wide * zoom, high * zoom)
            y += high * zoom + self._gap

    def _measure(self) -> None:
        self._pictures.clear()
        places = [place for _, place in self._laid()]
        view = self.viewport()
        high = max((place.bottom() for place in places), default=0) + self._gap
        wide = max((place.width() for place in places), default=0) + 2 * self._gap
        for bar, whole, room in (
            (self.verticalScrollBar(), high, view.height()),
            (self.horizontalScrollBar(), wide, view.width()),
        ):
            bar.setRange(0, max(0, int(whole - room)))
            bar.setPageStep(room)
            bar.setSingleStep(self.look.px(40))
        view.update()
        self._say_here()

    def _say_here(self) -> None:
        middle = self.verticalScrollBar().value() + self.viewport().height() / 2
        here = next((number for number, place in self._laid() if place.bottom() + self._gap >= middle), 0)
        if here != self._here:
            self._here = here
            self.turned.emit(here)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self.viewport().update()
        self._say_here()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), self.look.color("line"))
        if self.papers is None:
            painter.setPen(self.look.color("secondary"))
            painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, "正在排版…")
            return
        painter.translate(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
        seen = QRectF(self.viewport().rect()).translated(
            self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        )
        for number, place in self._laid():
            if place.intersects(seen):
                for spread in (3, 2, 1):
                    painter.fillRect(place.adjusted(-spread, -spread + 1, spread, spread + 1), QColor(0, 0, 0, 9))
                painter.drawPixmap(place.topLeft(), self._picture(number, place.toAlignedRect()))

    def _picture(self, number: int, place: QRect) -> QPixmap:
        """A page as it was drawn last at this size, else drawn now."""
        assert self.papers is not None
        found = self._pictures.pop(number, None)
        if found is None:
            dots = self.viewport().devicePixelRatioF()
            found = QPixmap(int(place.width() * dots), int(place.height() * dots))
            found.setDevicePixelRatio(dots)
            found.fill(Qt.GlobalColor.white)  # paper is light in both looks
            painter = QPainter(found)
            painter.setRenderHints(QPainter.RenderHint.TextAntialiasing | QPainter.RenderHint.Antialiasing)
            self.papers.paint(painter, number, self.zoom)
            painter.end()
        self._pictures[number] = found
        while len(self._pictures) > KEPT:
            self._pictures.popitem(last=False)
        return found

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        here = max(0, self._here)
        self._measure()
        if self.fit:
            self.go(here)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.enlarge(_STEP if event.angleDelta().y() > 0 else 1 / _STEP)
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, last = Qt.Key(event.key()), (self.papers.count() - 1 if self.papers else 0)
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and key in _ZOOMS:
            self.enlarge(_ZOOMS[key])
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier and key == Qt.Key.Key_0:
            self.show_fitted(WHOLE)
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.go(min(last, max(0, self.here + (1 if key == Qt.Key.Key_PageDown else -1))))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.go(0 if key == Qt.Key.Key_Home else last)
        else:
            super().keyPressEvent(event)
