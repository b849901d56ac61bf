"""The navigation at the left: pages in their groups, a count or a warning beside each."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ui.page import GROUPS, HOME, LEDGERS, Badge, Entry
from ui.session import Session
from ui.widgets import Chip, label, restyle

WIDE, NARROW = 196, 150
LEAST = 2  # ledgers that are to be seen above what is below
PAUSE = 200  # milliseconds: who types cell after cell does not wait for the counts


class _Item(QPushButton):
    """One page's name and count."""

    def __init__(self, entry: Entry) -> None:
        super().__init__()
        self.entry = entry
        self.setProperty("nav", True)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(entry.label)
        self.count, self.chip = label("", "count"), Chip()
        row = QHBoxLayout(self)
        row.setContentsMargins(22 if entry.under else 10, 0, 10, 0)
        row.setSpacing(4)
        self._name = label(entry.label, "name")
        row.addWidget(self._name, 1)
        for widget in (self.count, self.chip):
            row.addWidget(widget)
        for child in self.findChildren(QLabel):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.toggled.connect(lambda on: restyle(self._name, "on", on))
        self.show_badge(None)

    def show_badge(self, badge: Badge | None) -> None:
        """Show a count, or a warning in colour."""
        quiet = badge is not None and not badge.tone
        self.count.setText(badge.text if badge and quiet else "")
        self.chip.put("" if badge is None or quiet else badge.text, badge.tone if badge and badge.tone else "plain")


class Navigation(QWidget):
    """``chosen(id)``: a page was asked for."""

    chosen = Signal(str)

    def __init__(self, session: Session, entries: list[Entry]) -> None:
        super().__init__()
        self.session = session
        self.setObjectName("side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.items: dict[str, _Item] = {}
        self._one = QButtonGroup(self)  # one page is open, above or below
        self._inside, self._foot = self._column(), self._column()
        self._fill(entries)
        self._scroll()
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self.recount)
        for signal in (session.scope_changed, session.data_changed, session.marks_changed):
            signal.connect(lambda *_: self._timer.start())
        session.look.changed.connect(self._resize_to_look)
        self._narrow = False
        self._resize_to_look()
        self._timer.start()  # the window is on the screen before anything is counted

    def _column(self) -> QVBoxLayout:
        inside = QWidget(self)
        inside.setObjectName("inside")
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(8, 8, 8, 8)
        rows.setSpacing(2)
        return rows

    def _fill(self, entries: list[Entry]) -> None:
        """The ledgers above, which may be scrolled; below them what is always in reach."""
        for group in GROUPS:
            rows = self._inside if group == HOME or group in LEDGERS else self._foot
            mine = [entry for entry in entries if entry.group == group]
            if mine and group:
                rows.addWidget(label(group, "group"))
            for entry in (e for e in mine if not e.under):
                self._add(entry, rows)
                for below in (e for e in mine if e.under == entry.id):
                    self._add(below, rows)
        self._inside.addStretch(1)

    def _add(self, entry: Entry, rows: QVBoxLayout) -> None:
        item = self.items[entry.id] = _Item(entry)
        self._one.addButton(item)
        item.clicked.connect(lambda: self.chosen.emit(entry.id))
        rows.addWidget(item)
        item.setVisible(not entry.under)

    def _scroll(self) -> None:
        area = self._area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self._inside.parentWidget())
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 1, 0)
        outer.addWidget(area, 1)
        outer.addWidget(self._foot.parentWidget())

    def mark(self, id: str) -> None:
        """Show which page is open, and the pages that belong to it."""
        item = self.items[id]
        item.setChecked(True)
        top = item.entry.under or id
        for other in self.items.values():
            other.setVisible(not other.entry.under or other.entry.under == top)
        self._share_height()
        if self._area.isAncestorOf(item):
            QTimer.singleShot(0, item, lambda: self._area.ensureWidgetVisible(item))  # once all have their places

    def fold(self, *, narrow: bool) -> None:
        """Give room to the page on a small screen."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._resize_to_look()

    def _resize_to_look(self) -> None:
        px = self.session.look.px
        self.setFixedWidth(px(NARROW if self._narrow else WIDE))
        for item in self.items.values():
            item.setFixedHeight(px(31))
        self._share_height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_height()

    def _share_height(self) -> None:
        """Where what is below would leave the ledgers hardly any room, it is scrolled with them."""
        foot, outer = self._foot.parentWidget(), self.layout()
        if outer is None:
            return  # still being built
        scrolled = self.height() - foot.sizeHint().height() < self.session.look.px(LEAST * 31)
        if scrolled != (self._inside.indexOf(foot) >= 0):
            (self._inside if scrolled else outer).addWidget(foot)

    def recount(self) -> None:
        """Say what stands beside each page's name."""
        self._timer.stop()
        for item in self.items.values():
            item.show_badge(item.entry.badge(self.session))
