"""Pages of a return on the screen as they will be printed: white paper on grey, the draft's mark, one cell chosen."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea

from exporters.page import Page, PageCell, PageFont, PageSheet
from exporters.references import split_address
from ui.theme import Look

GAP = 14  # pixels of the drawings between pages and around them
WIDEST = 1.6  # pixels of the drawings a point of paper takes at most
_ACROSS = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "center": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
}
_DOWN = {
    "top": Qt.AlignmentFlag.AlignTop,
    "center": Qt.AlignmentFlag.AlignVCenter,
    "bottom": Qt.AlignmentFlag.AlignBottom,
}
_MOVES = {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0)}
_SIZES = {Qt.Key.Key_Plus: 1.2, Qt.Key.Key_Equal: 1.2, Qt.Key.Key_Minus: 1 / 1.2, Qt.Key.Key_0: 0.0}
_STEPS = 5  # of a twentieth by which a wrapped text is drawn smaller where it does not fit
_PAPER, _INK, _MARK = QColor("#FFFFFF"), QColor("#1B1B1B"), QColor(195, 53, 43, 28)
_YELLOW = QColor("#FFF8DC")  # cells to be filled in by hand; paper is light in both looks


def _rect(cell: PageCell, zoom: float) -> QRectF:
    return QRectF(cell.x * zoom, cell.y * zoom, cell.width * zoom, cell.height * zoom)


class PaperPainter:
    """Draws one page; ``zoom`` is how many pixels a point of the paper takes. For the screen now, the printer later."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self._families = set(QFontDatabase.families())

    def font(self, wanted: PageFont, zoom: float, dpi: float) -> QFont:
        """The form's own font where the machine has it, else the program's."""
        font = QFont(wanted.name if wanted.name in self._families else self.look.family)
        font.setPointSizeF(max(1.0, wanted.size * zoom * 72 / dpi))
        font.setBold(wanted.bold)
        font.setItalic(wanted.italic)
        return font

    def paint(self, painter: QPainter, page: Page, zoom: float, *, draft: bool, yellow: Collection[str] = ()) -> None:
        """Draw the page with its upper left corner at the painter's origin; ``yellow`` cells on a yellow ground."""
        paper = QRectF(0, 0, page.width * zoom, page.height * zoom)
        painter.fillRect(paper, _PAPER)
        for cell in page.cells:
            if cell.fill or cell.address in yellow:
                ground = _YELLOW if cell.address in yellow else QColor(cell.fill)
                painter.fillRect(_rect(cell, zoom), ground)
        if draft:
            self.mark(painter, paper)  # over the grounds, under lines and texts
        for cell in page.cells:
            self._cell(painter, cell, zoom)
        for texts, y in ((page.header, page.margin[1] / 2), (page.footer, page.height - page.margin[3] / 2)):
            self._running(painter, page, texts, y, zoom)

    def mark(self, painter: QPainter, paper: QRectF) -> None:
        """Write 草稿 across a paper."""
        painter.save()
        font = self.look.font(13, bold=True)
        font.setPixelSize(max(8, int(paper.height() / 7)))
        painter.setFont(font)
        painter.setPen(_MARK)
        painter.translate(paper.center())
        painter.rotate(-22)
        area = QRectF(-paper.width() / 2, -paper.height() / 4, paper.width(), paper.height() / 2)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, "草 稿")
        painter.restore()

    def _cell(self, painter: QPainter, cell: PageCell, zoom: float) -> None:
        rect = _rect(cell, zoom)
        self._borders(painter, rect, cell, zoom)
        if cell.text:
            self._text(painter, rect, cell, zoom)

    @staticmethod
    def _borders(painter: QPainter, rect: QRectF, cell: PageCell, zoom: float) -> None:
        dots = painter.device().devicePixelRatioF()  # lines lie on whole pixels of the screen, at any scaling

        def snapped(length: float) -> float:
            return int(length * dots + 0.5 + 1e-6) / dots

        left, top, right, bottom = (max(1 / dots, snapped(width * zoom)) if width else 0.0 for width in cell.lines)
        x, y, far, low = snapped(rect.left()), snapped(rect.top()), snapped(rect.right()), snapped(rect.bottom())
        for wide, area in (
            (left, QRectF(x, y, left, low - y)),
            (top, QRectF(x, y, far - x, top)),
            (right, QRectF(far, y, right, low - y + bottom)),
            (bottom, QRectF(x, low, far - x, bottom)),
        ):
            if wide:
                painter.fillRect(area, _INK)

    def _text(self, painter: QPainter, rect: QRectF, cell: PageCell, zoom: float) -> None:
        font = self.font(cell.font, zoom, painter.device().logicalDpiY())
        pad, indent = 2.5 * zoom, cell.indent * zoom
        inner = rect.adjusted(pad + indent * (cell.across != "right"), 0, -pad - indent * (cell.across == "right"), 0)
        if cell.room > cell.width:
            inner.setWidth(cell.room * zoom - 2 * pad)
        wide = QFontMetricsF(font, painter.device()).horizontalAdvance(cell.text)
        if not cell.wrap and wide > inner.width() > 0:
            font.setPointSizeF(max(1.0, font.pointSizeF() * inner.width() / wide * 0.99))
        elif cell.wrap and (wide > inner.width() or "\n" in cell.text):
            self._fit(font, painter, inner, cell.text)
        painter.save()
        if cell.cut or cell.wrap:
            painter.setClipRect(rect)
        painter.setFont(font)
        painter.setPen(QColor(cell.font.color))
        flags = _ACROSS.get(cell.across, Qt.AlignmentFlag.AlignLeft) | _DOWN.get(
            cell.down, Qt.AlignmentFlag.AlignVCenter
        )
        way = Qt.TextFlag.TextWrapAnywhere if cell.wrap else Qt.TextFlag.TextSingleLine | Qt.TextFlag.TextDontClip
        painter.drawText(inner, int(flags | way), cell.text)
        painter.restore()

    @staticmethod
    def _fit(font: QFont, painter: QPainter, inner: QRectF, text: str) -> None:
        """Make a font that stands in for the form's own, with higher lines, small enough for the cell's lines."""
        for _ in range(_STEPS):
            high = QFontMetricsF(font, painter.device()).boundingRect(inner, int(Qt.TextFlag.TextWrapAnywhere), text)
            if high.height() <= inner.height():
                return
            font.setPointSizeF(max(1.0, font.pointSizeF() * 0.95))

    def _running(self, painter: QPainter, page: Page, texts: Sequence[tuple[str, str]], y: float, zoom: float) -> None:
        painter.setFont(self.font(PageFont("宋体", 9), zoom, painter.device().logicalDpiY()))
        painter.setPen(QColor("#808080"))
        area = QRectF(
            page.margin[0] * zoom, (y - 10) * zoom, (page.width - page.margin[0] - page.margin[2]) * zoom, 20 * zoom
        )
        for side, text in texts:
            painter.drawText(area, int(_ACROSS[side] | Qt.AlignmentFlag.AlignVCenter), text)


class PaperView(QAbstractScrollArea):
    """The pages of a sheet one below the other, as wide as there is room. ``chosen(address)``: a cell was chosen."""

    chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.painter = PaperPainter(look)
        self.sheet: PageSheet | None = None
        self.draft = False
        self.yellow: frozenset[str] = frozenset()
        self.cell = ""
        self.larger = 1.0  # than the room's width (Ctrl and the wheel)
        self.setObjectName("desk")
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        look.changed.connect(self._measure)

    def put(self, sheet: PageSheet, *, draft: bool) -> None:
        """Show another sheet; the cell stays chosen when it has it."""
        self.sheet, self.draft = sheet, draft
        if not any(cell.address == self.cell for page in sheet.pages for cell in page.cells):
            self.cell = ""
        self._measure()

    @property
    def zoom(self) -> float:
        """Pixels a point of the paper takes."""
        if self.sheet is None:
            return 1.0
        room = self.viewport().width() - 2 * self._gap
        fits = min(self.look.px(100) / 100 * WIDEST, max(0.3, room / self._widest))
        return float(fits * self.larger)

    @property
    def _widest(self) -> float:
        return max((page.width for page in self.sheet.pages), default=1.0) if self.sheet else 1.0

    def enlarge(self, larger: float) -> None:
        """Show the paper that many times as large as fits the width; what is in the middle stays there."""
        before, bars = self.zoom, (self.horizontalScrollBar(), self.verticalScrollBar())
        middles = [bar.value() + bar.pageStep() / 2 for bar in bars]
        self.larger = min(4.0, max(1.0, larger))
        self._measure()
        for bar, middle in zip(bars, middles, strict=True):
            bar.setValue(int(middle * self.zoom / before - bar.pageStep() / 2))
        if self.cell:
            self._reveal()

    @property
    def _gap(self) -> int:
        return self.look.px(GAP)

    def _measure(self) -> None:
        if self.sheet is None:
            return
        whole = sum(page.height * self.zoom + self._gap for page in self.sheet.pages) + self._gap
        room = self.viewport().height()
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, int(whole - room)))
        bar.setPageStep(room)
        bar.setSingleStep(self.look.px(40))
        wide, side = self._widest * self.zoom + 2 * self._gap, self.horizontalScrollBar()
        side.setRange(0, max(0, int(wide - self.viewport().width())))
        side.setPageStep(self.viewport().width())
        self.viewport().update()

    def _places(self) -> Iterator[tuple[Page, QRectF]]:
        """Each page and where it lies in the viewport."""
        if self.sheet is None:
            return
        y = self._gap - self.verticalScrollBar().value()
        for page in self.sheet.pages:
            size = page.width * self.zoom, page.height * self.zoom
            middle = max(self.viewport().width(), self._widest * self.zoom + 2 * self._gap) / 2
            yield page, QRectF(middle - size[0] / 2 - self.horizontalScrollBar().value(), y, *size)
            y += int(size[1]) + self._gap

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.fillRect(self.viewport().rect(), self.look.color("line"))
        if self.sheet is None:
            painter.setPen(self.look.color("secondary"))
            painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, "正在填表…")
        for page, place in self._places():
            if place.intersects(QRectF(event.rect())):
                self._page(painter, page, place)

    def _page(self, painter: QPainter, page: Page, place: QRectF) -> None:
        for spread in (3, 2, 1):
            painter.fillRect(place.adjusted(-spread, -spread + 1, spread, spread + 1), QColor(0, 0, 0, 9))
        painter.save()
        painter.translate(QPointF(round(place.x()), round(place.y())))
        self.painter.paint(painter, page, self.zoom, draft=self.draft, yellow=self.yellow)
        zoom = self.zoom
        for cell in page.cells:
            if cell.address == self.cell:
                pen = painter.pen()
                pen.setColor(QColor("#1D5FBF"))  # paper is light in both looks
                pen.setWidth(2)
                painter.setPen(pen)
                painter.drawRect(
                    QRectF(cell.x * zoom + 1, cell.y * zoom + 1, cell.width * zoom - 1, cell.height * zoom - 1)
                )
        painter.restore()

    def cell_rect(self, address: str) -> QRectF:
        """Where a cell lies in the viewport (an empty rectangle where there is none)."""
        zoom = self.zoom
        for page, place in self._places():
            for cell in page.cells:
                if cell.address == address:
                    return QRectF(
                        place.x() + cell.x * zoom, place.y() + cell.y * zoom, cell.width * zoom, cell.height * zoom
                    )
        return QRectF()

    def cell_font(self, address: str) -> QFont | None:
        """The font a cell's text is drawn in; None where there is no such cell."""
        cells = (cell for page in self.sheet.pages for cell in page.cells) if self.sheet else ()
        found = next((cell for cell in cells if cell.address == address), None)
        return self.painter.font(found.font, self.zoom, self.viewport().logicalDpiY()) if found else None

    def choose(self, address: str) -> None:
        """Choose a cell and bring it into sight."""
        self.cell = address
        self._reveal()
        self.viewport().update()
        self.chosen.emit(address)

    def _reveal(self) -> None:
        rect, view = self.cell_rect(self.cell), self.viewport()
        for bar, near, far, room in (
            (self.verticalScrollBar(), rect.top(), rect.bottom(), view.height()),
            (self.horizontalScrollBar(), rect.left(), rect.right(), view.width()),
        ):
            if near < 0:
                bar.setValue(bar.value() + int(near) - self._gap)
            elif far > room:
                bar.setValue(bar.value() + int(far) - room + self._gap)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.enlarge(self.larger * (1.2 if event.angleDelta().y() > 0 else 1 / 1.2))
        else:
            super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at, zoom = event.position(), self.zoom
        for page, place in self._places():
            x, y = (at.x() - place.x()) / zoom, (at.y() - place.y()) / zoom
            for cell in page.cells:
                if cell.x <= x < cell.x + cell.width and cell.y <= y < cell.y + cell.height:
                    self.choose(cell.address)
                    return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.key() in _SIZES:
            self.enlarge(self.larger * _SIZES[Qt.Key(event.key())])
            return
        move = _MOVES.get(Qt.Key(event.key()))
        bar = self.verticalScrollBar()
        if move and self.cell:
            self._step(*move)
        elif event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            bar.setValue(bar.value() + (bar.pageStep() if event.key() == Qt.Key.Key_PageDown else -bar.pageStep()))
        else:
            super().keyPressEvent(event)

    def _step(self, down: int, right: int) -> None:
        """Go to the nearest cell in a direction, in the same column or row."""
        assert self.sheet is not None
        row, column = split_address(self.cell)
        places = {split_address(cell.address): cell.address for page in self.sheet.pages for cell in page.cells}
        ahead = [
            (abs(r - row) + abs(c - column), address)
            for (r, c), address in places.items()
            if ((r - row) * down > 0 and c == column) or ((c - column) * right > 0 and r == row)
        ]
        if ahead:
            self.choose(min(ahead)[1])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()
