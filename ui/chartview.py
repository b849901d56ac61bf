"""A chart on the screen as the sheet it prints to: white paper on grey, drawn dot for dot, a bar pointed at or chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea

from exporters.charts import Paper, Picture, Spot
from ui.theme import Look

GAP = 12  # pixels of the drawings around the paper
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
_PAGES = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
_SIZES = {Qt.Key.Key_Plus: 1.2, Qt.Key.Key_Equal: 1.2, Qt.Key.Key_Minus: 1 / 1.2, Qt.Key.Key_0: 0.0}
_CHOSEN, _POINTED = QColor("#1D5FBF"), QColor(29, 95, 191, 20)  # paper is light in both looks


def image_of(picture: Picture) -> QImage:
    """A picture's pixels for Qt (which keeps no copy of its own: the copy is made here)."""
    stride = picture.width * 4
    return QImage(picture.pixels, picture.width, picture.height, stride, QImage.Format.Format_RGBX8888).copy()


class ChartView(QAbstractScrollArea):
    """``chosen(number)``: a bar was chosen (−1: none); ``turned(step)``: the next or previous chart is wanted; ``wanted()``: the
    page has another size than its picture; ``hovered(number)``: a bar is pointed at.
    """

    chosen = Signal(int)
    turned = Signal(int)
    wanted = Signal()
    hovered = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.paper: Paper | None = None
        self.image: QImage | None = None
        self.spots: Sequence[Spot] = ()
        self.tips: Sequence[str] = ()
        self.bar, self.pointed = -1, -1
        self.larger = 1.0  # than fits (Ctrl and the wheel)
        self.setObjectName("desk")
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("图表")
        self.viewport().setMouseTracking(True)
        look.changed.connect(self._measure)

    def put(self, paper: Paper, tips: Sequence[str], name: str, *, keep: bool) -> None:
        """Another chart, whose picture follows (:meth:`draw`); ``tips`` are what its bars say. ``keep``: it is the same one anew."""
        if not keep:
            self.image, self.bar, self.pointed, self.spots = None, -1, -1, ()
        self.paper, self.tips = paper, tips
        self.setAccessibleName(f"图表 {name}")
        self._measure()

    def draw(self, picture: Picture) -> None:
        """Show a picture of the page."""
        self.image, self.spots = image_of(picture), picture.spots
        self.viewport().update()

    # --- where the paper lies

    @property
    def dots(self) -> int:
        """How many pixels of the screen the paper is wide."""
        return max(1, int(self.sheet.width() * self.devicePixelRatioF() + 0.5))

    @property
    def sheet(self) -> QRectF:
        """Where the paper lies in the viewport, its corner on a whole pixel of the screen."""
        if self.paper is None:
            return QRectF()
        gap, view, dots = self.look.px(GAP), self.viewport().size(), self.devicePixelRatioF()
        wide, high = self.paper.points
        fits = max(0.1, min((view.width() - 2 * gap) / wide, (view.height() - 2 * gap) / high))
        width, height = wide * fits * self.larger, high * fits * self.larger
        x = max(gap, (view.width() - width) / 2) - self.horizontalScrollBar().value()
        y = max(gap, (view.height() - height) / 2) - self.verticalScrollBar().value()
        return QRectF(round(x * dots) / dots, round(y * dots) / dots, width, height)

    def spot_rect(self, number: int) -> QRectF:
        """Where a bar can be pointed at in the viewport (an empty rectangle where there is none)."""
        sheet = self.sheet
        for spot in self.spots:
            if spot.number == number:
                left, top = sheet.x() + spot.left * sheet.width(), sheet.y() + spot.top * sheet.height()
                size = (spot.right - spot.left) * sheet.width(), (spot.bottom - spot.top) * sheet.height()
                return QRectF(left, top, *size)
        return QRectF()

    def enlarge(self, larger: float) -> None:
        """Show the paper that many times as large as fits; what is in the middle stays there."""
        before, bars = self.larger, (self.horizontalScrollBar(), self.verticalScrollBar())
        middles = [bar.value() + bar.pageStep() / 2 for bar in bars]
        self.larger = min(4.0, max(1.0, larger))
        self._measure()
        for bar, middle in zip(bars, middles, strict=True):
            bar.setValue(int(middle * self.larger / before - bar.pageStep() / 2))

    def _measure(self) -> None:
        if self.paper is None:
            return
        sheet, gap, view = self.sheet, self.look.px(GAP), self.viewport().size()
        for bar, whole, room in (
            (self.horizontalScrollBar(), sheet.width(), view.width()),
            (self.verticalScrollBar(), sheet.height(), view.height()),
        ):
            bar.setRange(0, max(0, int(whole + 2 * gap - room)) if self.larger > 1 else 0)
            bar.setPageStep(room)
            bar.setSingleStep(self.look.px(40))
        if self.image is None or self.image.width() != self.dots:
            self.wanted.emit()
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), self.look.color("line"))
        if self.paper is None:
            return
        sheet = self.sheet
        for spread in (3, 2, 1):
            painter.fillRect(sheet.adjusted(-spread, -spread + 1, spread, spread + 1), QColor(0, 0, 0, 9))
        painter.fillRect(sheet, QColor("#FFFFFF"))
        if self.image is None:
            painter.setPen(QColor("#5D6876"))
            painter.setFont(self.look.font())
            painter.drawText(sheet, Qt.AlignmentFlag.AlignCenter, "正在画…")
            return
        if self.image.width() == self.dots:
            self.image.setDevicePixelRatio(self.devicePixelRatioF())
            painter.drawImage(sheet.topLeft(), self.image)
        else:  # until the one of this size is drawn
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(sheet, self.image, QRectF(self.image.rect()))
        if self.pointed >= 0:
            painter.fillRect(self.spot_rect(self.pointed), _POINTED)
        if self.bar >= 0:
            painter.setPen(QPen(_CHOSEN, 2))
            painter.drawRect(self.spot_rect(self.bar).adjusted(1, 1, -1, -1))

    # --- hands

    def choose(self, number: int) -> None:
        """Choose a bar."""
        self.bar = number if 0 <= number < len(self.tips) else -1
        self.setAccessibleDescription(self.tips[self.bar] if self.bar >= 0 else "")
        self.viewport().update()
        self.chosen.emit(self.bar)

    def mark(self, number: int) -> None:
        """Show a bar as the chosen one, without saying so."""
        self.bar = number
        self.viewport().update()

    def _at(self, point: QPointF) -> int:
        return next((spot.number for spot in self.spots if self.spot_rect(spot.number).contains(point)), -1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point(self._at(event.position()))

    def _point(self, number: int) -> None:
        if number != self.pointed:
            self.pointed = number
            self.viewport().update()
            self.hovered.emit(number)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.choose(self._at(event.position()))

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._point(-1)
        return super().viewportEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.enlarge(self.larger * (1.2 if event.angleDelta().y() > 0 else 1 / 1.2))
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, count = Qt.Key(event.key()), len(self.tips)
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and key in _SIZES:
            self.enlarge(self.larger * _SIZES[key])
        elif key in _STEPS and count:
            step = _STEPS[key]
            self.choose((0 if step > 0 else count - 1) if self.bar < 0 else min(max(0, self.bar + step), count - 1))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and count:
            self.choose(0 if key == Qt.Key.Key_Home else count - 1)
        elif key == Qt.Key.Key_Escape and self.bar >= 0:
            self.choose(-1)
        elif key in _PAGES:
            self.turned.emit(_PAGES[key])
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()
