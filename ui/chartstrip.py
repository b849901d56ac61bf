"""The charts of a return as a strip of small sheets with their titles; where there is little room, their numbers only."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from models.packs.pack import Chart
from ui.theme import Look

Index = QModelIndex | QPersistentModelIndex
WIDE, NARROW = 156, 56  # pixels of the drawings
_SMALL = 120  # how wide a small sheet is
_ACROSS = 0.7071  # of a sheet's width, as A-papers are
_ROOM = 56


class _Charts(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.charts: Sequence[Chart] = ()
        self.images: dict[int, QImage] = {}

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.charts)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        chart = self.charts[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{chart.id} {chart.name}"
        return None


class _Painter(QStyledItemDelegate):
    def __init__(self, strip: ChartStrip) -> None:
        super().__init__(strip)
        self.strip = strip

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        look, strip = self.strip.look, self.strip
        wide = look.px(NARROW if strip.narrow else WIDE) - look.px(16)
        return QSize(wide, look.px(34) if strip.narrow else int(look.px(_SMALL) * _ACROSS) + look.px(_ROOM))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, rect = self.strip.look, QRect(option.rect)  # type: ignore[attr-defined]
        chart = self.strip.model_.charts[index.row()]
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]
        focus = bool(option.state & QStyle.StateFlag.State_HasFocus)  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.setPen(look.color("accent") if focus else Qt.PenStyle.NoPen)
            painter.setBrush(look.color("accent_soft"))
            painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), look.px(6), look.px(6))
        painter.setPen(look.color("accent" if chosen else "text"))
        painter.setFont(look.font(12, bold=chosen))
        if self.strip.narrow:
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, chart.id)
        else:
            self._whole(painter, rect, index.row(), f"{chart.id}　{chart.name}")
        painter.restore()

    def _whole(self, painter: QPainter, rect: QRect, number: int, title: str) -> None:
        look, pad = self.strip.look, self.strip.look.px(10)
        room = QRect(rect.left() + pad, rect.top() + pad, rect.width() - 2 * pad, int(look.px(_SMALL) * _ACROSS))
        image = self.strip.model_.images.get(number)
        shape = image.size() if image is not None else QSize(297, 210)
        size = shape.scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        paper = QRect(room.left() + (room.width() - size.width()) // 2, room.top(), size.width(), size.height())
        painter.fillRect(paper, QColor("#FFFFFF"))
        if image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(paper, image)
        ink = painter.pen()
        painter.setPen(look.color("line"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(paper)
        painter.setPen(ink)
        text = QRect(room.left(), room.bottom() + look.px(4), room.width(), rect.bottom() - room.bottom() - look.px(6))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(text, int(flags), title)


class ChartStrip(QListView):
    """``chosen(number)``: another chart is the current one."""

    chosen = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look, self.narrow = look, False
        self.model_ = _Charts()
        self.setModel(self.model_)
        self.setItemDelegate(_Painter(self))
        self.setObjectName("thumbs")
        self.setAccessibleName("图表清单")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.viewport().setAutoFillBackground(False)
        look.changed.connect(self._follow_look)
        self._follow_look()

    @property
    def dots(self) -> int:
        """How many pixels of the screen a small sheet is wide."""
        return int(self.look.px(_SMALL) * self.devicePixelRatioF())

    def put(self, charts: Sequence[Chart], current: int) -> None:
        """Show other charts; their small sheets follow (:meth:`draw`)."""
        if list(charts) != list(self.model_.charts):
            self.model_.beginResetModel()
            self.model_.charts, self.model_.images = charts, {}
            self.model_.endResetModel()
        self.select(current)

    def draw(self, number: int, image: QImage) -> None:
        """Show a small sheet."""
        self.model_.images[number] = image
        self.viewport().update()

    def select(self, number: int) -> None:
        """Make a chart the current one."""
        if 0 <= number < len(self.model_.charts):
            self.setCurrentIndex(self.model_.index(number))

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)  # type: ignore[arg-type]
        if current.isValid():
            self.chosen.emit(current.row())

    def keyboardSearch(self, search: str) -> None:
        """Letters do nothing."""

    def fold(self, *, narrow: bool) -> None:
        """Give room to the sheet on a small screen."""
        if narrow != self.narrow:
            self.narrow = narrow
            self._follow_look()

    def _follow_look(self) -> None:
        self.setFixedWidth(self.look.px(NARROW if self.narrow else WIDE))
        self.scheduleDelayedItemsLayout()
        self.viewport().update()
