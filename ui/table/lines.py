"""A list to read and choose from: whole rows, long texts wrapped, one column taking the room that is left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ui.table.cells import BLANK, PAD, ROW, Cell, Head
from ui.table.delegates import CellDelegate
from ui.table.header import Heading
from ui.theme import Look

Index = QModelIndex | QPersistentModelIndex
TWO_LINES = 48
MANY = 1000  # in a longer list each row has one line: measuring and placing them all would be felt
_OPENING, _CLOSING = "“‘（《「【(", "”’）》」】，。；：、),;:"


@dataclass(frozen=True, slots=True)
class Row:
    """One line: its cells, what it stands for (None for a heading within the list)."""

    cells: tuple[Cell, ...]
    of: object = None


class LinesModel(QAbstractTableModel):
    """Rows of ready cells."""

    def __init__(self) -> None:
        super().__init__()
        self.heads: list[Head] = []
        self.rows: Sequence[Row] = ()

    def put(self, heads: list[Head], rows: Sequence[Row]) -> None:
        """Show something else."""
        self.beginResetModel()
        self.heads, self.rows = heads, rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.heads)

    def cell(self, index: Index) -> Cell:
        """The cell to draw."""
        cells = self.rows[index.row()].cells
        return cells[index.column()] if index.column() < len(cells) else BLANK

    def flags(self, index: Index) -> Qt.ItemFlag:
        heading = self.rows[index.row()].of is None
        return Qt.ItemFlag.NoItemFlags if heading else Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cell(index).text
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.cell(index).tip or None
        return None


class _Painter(CellDelegate):
    """Draws long texts on two lines where their column allows it."""

    def __init__(self, look: Look, parent: Lines) -> None:
        super().__init__(look, parent)
        self.whole_rows = True
        self.lines = parent

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell: Cell = index.model().cell(index)  # type: ignore[attr-defined]
        if index.column() not in self.lines.wrapped or cell.chip or option.rect.height() < self.look.px(TWO_LINES):  # type: ignore[attr-defined]
            super().paint(painter, option, index)
            return
        look, rect = self.look, QRect(option.rect)  # type: ignore[attr-defined]
        if option.state & QStyle.StateFlag.State_Selected:  # type: ignore[attr-defined]
            painter.fillRect(rect, look.color("accent_soft"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), look.color("inner"))
        painter.setFont(look.font(12.5, bold=cell.bold))
        painter.setPen(look.color(cell.ink))
        inner = rect.adjusted(look.px(PAD), 0, -look.px(PAD), 0)
        # no word wrap: the text is on its lines already, and Qt would break them once more where it allows no break
        painter.drawText(
            inner, int(Qt.AlignmentFlag.AlignVCenter), _two_lines(cell.text, painter.fontMetrics(), inner.width())
        )

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(10, self.look.px(ROW))


class Lines(QTableView):
    """``chosen(of)``: another row is the current one; ``wanted(of)``: it was double-clicked, or Enter pressed on it.

    ``stretch`` is the column that takes the room left, ``wrapped`` those whose texts go on a second line; where there is little
    room the columns ``drop`` go first, in this order, then all get narrower.
    """

    chosen = Signal(object)
    wanted = Signal(object)

    def __init__(self, look: Look, *, stretch: int = 0, wrapped: Sequence[int] = (), drop: Sequence[int] = ()) -> None:
        super().__init__()
        self.look, self.stretch, self.wrapped, self.drop = look, stretch, wrapped, drop
        self.lines = LinesModel()
        self._place = 0  # where the current row stood when it went away: going on begins there
        self.setModel(self.lines)
        self.heading = Heading(look, self, two_lines=False)
        self.setHorizontalHeader(self.heading)
        self.heading.setSectionsClickable(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(1)
        self.setItemDelegate(_Painter(look, self))
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.doubleClicked.connect(lambda index: self._ask(index.row()))
        look.changed.connect(self._follow_look)

    def put(self, heads: list[Head], rows: Sequence[Row], keep: Callable[[object], object] | None = None) -> None:
        """Show other rows; with ``keep`` the current one stays current when a row of the same key is among them."""
        at = self.current()
        wanted = keep(at) if keep and at is not None else None
        self._place = self.currentIndex().row() if at is not None else self._place
        self.lines.put(heads, rows)
        self.clearSpans()
        for number, row in enumerate(rows):
            if row.of is None and len(heads) > 1:
                self.setSpan(number, 0, 1, len(heads))
        self._follow_look()
        if wanted is not None and keep is not None:
            self.select(next((n for n, row in enumerate(rows) if row.of is not None and keep(row.of) == wanted), None))

    def current(self) -> object:
        """What the current row stands for."""
        at = self.currentIndex()
        return self.lines.rows[at.row()].of if at.isValid() and at.row() < len(self.lines.rows) else None

    def select(self, row: int | None) -> None:
        """Make a row the current one and show it."""
        if row is not None and 0 <= row < len(self.lines.rows):
            self.setCurrentIndex(self.lines.index(row, 0))

    def step(self, by: int, such: Callable[[object], bool] = lambda of: True) -> bool:
        """Go to the next row (or back) that is ``such``, past headings and round at the end; False when there is none."""
        rows, at = self.lines.rows, self.currentIndex().row()
        start = at if at >= 0 else self._place - (by > 0)
        for distance in range(1, len(rows) + 1):
            place = (start + by * distance) % len(rows)
            if rows[place].of is not None and such(rows[place].of):
                self.select(place)
                return True
        return False

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)  # type: ignore[arg-type]
        self.chosen.emit(self.current())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ask(self.currentIndex().row())
        elif event.matches(QKeySequence.StandardKey.Copy):
            row = self.currentIndex().row()
            texts = [self.lines.index(row, column).data() or "" for column in range(len(self.lines.heads))]
            QGuiApplication.clipboard().setText("\t".join(texts))
        else:
            super().keyPressEvent(event)

    def whole_height(self) -> int:
        """The height at which nothing has to be scrolled."""
        return self.heading.height() + self.verticalHeader().length()

    def sizeHint(self) -> QSize:  # a few rows: lists take the room there is, and scroll
        return QSize(super().sizeHint().width(), self.look.px(ROW * 4))

    def keyboardSearch(self, search: str) -> None:
        """Letters do nothing: a list is not searched by its first column."""

    def _ask(self, row: int) -> None:
        if 0 <= row < len(self.lines.rows) and self.lines.rows[row].of is not None:
            self.wanted.emit(self.lines.rows[row].of)

    # --- measures

    def _follow_look(self) -> None:
        self.heading.resize_to_look()
        self.verticalHeader().setDefaultSectionSize(self.look.px(ROW))
        self._fit()

    def _fit(self) -> None:
        """Give the stretching column what is left, and two lines to the rows that need them."""
        if not self.lines.heads:
            return
        self._share_out(self.viewport().width())
        tall, short = self.look.px(TWO_LINES), self.look.px(ROW)
        metrics = QFontMetrics(self.look.font(12.5))
        widths = {column: self.columnWidth(column) - self.look.px(2 * PAD) for column in self.wrapped}
        for number, row in enumerate(self.lines.rows if len(self.lines.rows) <= MANY else ()):
            long = row.of is not None and any(
                metrics.horizontalAdvance(row.cells[c].text) > w for c, w in widths.items()
            )
            if self.rowHeight(number) != (tall if long else short):
                self.setRowHeight(number, tall if long else short)

    def _share_out(self, room: int) -> None:
        widths = {column: self.look.px(head.width) for column, head in enumerate(self.lines.heads)}
        for column in filter(widths.__contains__, self.drop):
            gone = sum(widths.values()) > room
            self.setColumnHidden(column, gone)
            if gone:
                del widths[column]
        for column, width in self._shared(widths, room).items():
            self.setColumnWidth(column, width)

    def _shared(self, widths: dict[int, int], room: int) -> dict[int, int]:
        """What each column gets: long texts give way before a heading does."""
        words, around = QFontMetrics(self.heading.label_font()), self.look.px(2 * PAD) + 1
        least = {column: words.horizontalAdvance(self.lines.heads[column].label) + around for column in widths}
        wanted = {column: max(width, least[column]) for column, width in widths.items()}
        kept, spare = sum(least.values()), sum(wanted.values()) - sum(least.values())
        if kept > room:
            wanted = {column: width * room // kept for column, width in least.items()}
        elif kept + spare > room:
            wanted = {
                column: least[column] + (wanted[column] - least[column]) * (room - kept) // spare for column in least
            }
        wanted[self.stretch] += room - sum(wanted.values())
        return wanted

    def resizeEvent(self, event: QResizeEvent) -> None:
        at = self.currentIndex()
        seen = at.isValid() and QRect(QPoint(), event.oldSize()).intersects(self.visualRect(at))
        super().resizeEvent(event)
        self._fit()
        if seen:  # a panel that opens takes room of the list, whose row stays in sight
            self.scrollTo(at)


def _two_lines(text: str, metrics: QFontMetrics, width: int) -> str:
    """The text as far as it goes on two lines."""
    if metrics.horizontalAdvance(text) <= width:
        return text
    end = next((n for n in range(len(text), 0, -1) if metrics.horizontalAdvance(text[:n]) <= width), 1)
    while end > 1 and (text[end - 1] in _OPENING or text[end : end + 1] in _CLOSING or _in_figure(text, end)):
        end -= 1
    return text[:end] + "\n" + metrics.elidedText(text[end:], Qt.TextElideMode.ElideRight, width)


def _in_figure(text: str, end: int) -> bool:
    """Whether a break at ``end`` would part a figure."""
    before, after = text[end - 1], text[end : end + 1]
    point = before.isdigit() and after in (".", ",") and text[end + 1 : end + 2].isdigit()
    return (point or (after.isdigit() and (before.isdigit() or before in ".,-"))) and end > 1


def boxed(lines: QWidget) -> QWidget:
    """A list in the thin rounded border of the tables."""
    box = QWidget()
    box.setObjectName("tablebox")
    box.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    rows = QVBoxLayout(box)
    rows.setContentsMargins(1, 1, 1, 1)
    rows.addWidget(lines)
    return box
