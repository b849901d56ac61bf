"""A change as a waterfall: last year's figure, what came and went, this year's; signs on every bar, so that colour is not needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Look

HEIGHT = 158
PICTURE = (1000, 420)  # of a file, in the drawings' pixels; twice as many are written
FLAT = Decimal(
    "0.25"
)  # a change smaller than this part of the figures is shown enlarged: the feet of the columns are cut off
_CUT = 5


@dataclass(frozen=True)
class Bar:
    """A column: a whole figure standing on the ground, or a step up or down; ``told`` stands above it."""

    name: str
    value: Decimal
    told: str
    whole: bool = False


class Waterfall(QWidget):
    """Draws bars as wide as there is room for."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.bars: Sequence[Bar] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)

    def put(self, bars: Sequence[Bar]) -> None:
        """Show others; they are also read aloud."""
        self.bars = bars
        self.setAccessibleName("增减图：" + "，".join(f"{bar.name} {bar.told}" for bar in bars))
        self.update()

    @property
    def cut(self) -> bool:
        """Whether the feet of the whole columns are cut off."""
        return bool(self.bars) and _foot(_levels(self.bars), self.bars) is not None

    def sizeHint(self) -> QSize:
        return QSize(self.look.px(300), self.look.px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.bars:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw(painter, QRectF(self.rect()), self.look, self.bars)

    def save(self, path: Path, title: str) -> bool:
        """Write the picture on white paper, under its title."""
        look = Look(self.look.family)
        image = QImage(PICTURE[0] * 2, PICTURE[1] * 2, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(2)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(look.color("text"))
        painter.setFont(look.font(18, bold=True))
        painter.drawText(QRectF(24, 14, PICTURE[0] - 48, 36), int(Qt.AlignmentFlag.AlignLeft), title)
        draw(painter, QRectF(24, 60, PICTURE[0] - 48, PICTURE[1] - 76), look, self.bars, size=15)
        painter.end()
        return image.save(str(path))


def draw(painter: QPainter, room: QRectF, look: Look, bars: Sequence[Bar], *, size: float = 11.5) -> None:
    """Draw the bars into ``room``."""
    names, figures = _fonts(look, bars, room.width() / len(bars), size)
    line = QFontMetricsF(names).height()
    plot = room.adjusted(0, line + 2, 0, -line - 6)
    levels = _levels(bars)
    ends = [end for pair in levels for end in pair]
    low, high = min(ends), max(ends)
    cut = _foot(levels, bars)
    low = min(low, Decimal(0)) if cut is None else cut
    high = max(high, Decimal(0)) if cut is None else high
    span = float(high - low) or 1.0

    def y(level: Decimal) -> float:
        return plot.bottom() - float(max(level, low) - low) / span * plot.height()

    step = plot.width() / len(bars)
    for number, (bar, (begin, end)) in enumerate(zip(bars, levels, strict=True)):
        left, wide = plot.left() + number * step, step * 0.62
        top, bottom = min(y(begin), y(end)), max(y(begin), y(end))
        box = QRectF(left + (step - wide) / 2, top, wide, max(bottom - top, 1.5))
        token = "accent" if bar.whole else "good" if bar.value > 0 else "error" if bar.value < 0 else "secondary"
        painter.fillRect(box, look.color(token))
        if bar.whole and cut is not None:
            _tear(painter, box, look)
        painter.setPen(look.color("text"))
        painter.setFont(figures)
        painter.drawText(QRectF(left, top - line - 1, step, line), int(Qt.AlignmentFlag.AlignCenter), bar.told)
        painter.setFont(names)
        painter.setPen(look.color("secondary"))
        painter.drawText(QRectF(left, plot.bottom() + 4, step, line), int(Qt.AlignmentFlag.AlignCenter), bar.name)
        if number + 1 < len(bars):
            painter.setPen(QPen(look.color("secondary"), 1, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(box.right(), y(end)), QPointF(box.right() + step - wide, y(end)))
    painter.setPen(QPen(look.color("line"), 1))
    ground = plot.bottom() if cut is not None else y(Decimal(0))
    painter.drawLine(QPointF(plot.left(), ground), QPointF(plot.right(), ground))


def _levels(bars: Sequence[Bar]) -> list[tuple[Decimal, Decimal]]:
    """Where each bar begins and ends."""
    found, at = [], Decimal(0)
    for bar in bars:
        begin = Decimal(0) if bar.whole else at
        at = bar.value if bar.whole else at + bar.value
        found.append((begin, at))
    return found


def _foot(levels: Sequence[tuple[Decimal, Decimal]], bars: Sequence[Bar]) -> Decimal | None:
    """The level at which the whole columns are cut off where the steps would hardly be seen; None where they stand on nought."""
    ends = [end for _, end in levels] + [begin for (begin, _), bar in zip(levels, bars, strict=True) if not bar.whole]
    low, high = min(ends), max(ends)
    if low <= 0 or high - low > FLAT * high or low == high:
        return None
    return max(Decimal(0), low - (high - low) / 2)


def _tear(painter: QPainter, box: QRectF, look: Look) -> None:
    """Two white strokes across the foot: it does not stand on nought."""
    painter.setPen(QPen(look.color("surface"), 2))
    for up in (_CUT, 2 * _CUT):
        painter.drawLine(int(box.left()), int(box.bottom() - up + 2), int(box.right()) + 1, int(box.bottom() - up - 2))


def _fonts(look: Look, bars: Sequence[Bar], room: float, size: float) -> list[QFont]:
    """The largest fonts at which names and figures fit."""
    found = []
    for bold, texts in ((False, [bar.name for bar in bars]), (True, [bar.told for bar in bars])):
        at = size
        while at > 7 and max(QFontMetricsF(look.font(at, bold=bold)).horizontalAdvance(text) for text in texts) > room:
            at -= 0.5
        found.append(look.font(at, bold=bold))
    return found
