"""The navigation at the left: pages in their groups, a count or a warning beside each; groups and what is not used fold away."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMoveEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ui.page import GROUPS, HOME, LEDGERS, Badge, Entry
from ui.session import Session
from ui.widgets import Chip, label, restyle

WIDE, NARROW = 196, 150
LEAST = 2  # ledgers that are to be seen above what is below
PAUSE = 200  # milliseconds: who types cell after cell does not wait for the counts
LOW = 620  # a lower navigation has its lines closer together
FOLDED, ALL = "nav/folded", "nav/all"  # settings: groups folded away; whether ledgers not in use are shown


class _Item(QPushButton):
    """One page's name and count."""

    def __init__(self, entry: Entry, nav: Navigation) -> None:
        super().__init__()
        self.entry, self._nav = entry, nav
        self.filled = True  # something is in it, or asks for attention
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
        self.filled = True  # until it is counted

    def show_badge(self, badge: Badge | None) -> None:
        """Show a count, or a warning in colour."""
        quiet = badge is not None and not badge.tone
        self.filled = badge is not None
        self.count.setText(badge.text if badge and quiet else "")
        self.chip.put("" if badge is None or quiet else badge.text, badge.tone if badge and badge.tone else "plain")
        self.setAccessibleDescription(badge.text if badge else "")

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self._nav.bring()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if event.key() in steps:
            self._nav.step(self, steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


class Navigation(QWidget):
    """``chosen(id)``: a page was asked for."""

    chosen = Signal(str)

    def __init__(self, session: Session, entries: list[Entry]) -> None:
        super().__init__()
        self.session = session
        self.setObjectName("side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.items: dict[str, _Item] = {}
        self.heads: dict[str, QPushButton] = {}
        self._captions: list[QLabel] = []
        self._low = False
        self._kept: _Item | None = None
        self._soon = QTimer(self, singleShot=True, interval=0)  # once all have their places
        self._soon.timeout.connect(self._bring)
        self._one = QButtonGroup(self)  # one page is open, above or below
        self._inside, self._foot = self._column(), self._column()
        self._foot.parentWidget().setObjectName("foot")
        self._foot.parentWidget().setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.more = self._head("")
        self.more.clicked.connect(self._toggle_all)
        self._scroll()  # before it is filled: what is in something is slow to move
        self._fill(entries)
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self.recount)
        for signal in (session.scope_changed, session.data_changed, session.marks_changed):
            signal.connect(lambda *_: self._timer.start())
        session.look.changed.connect(self._resize_to_look)
        self._narrow = False
        self._open = ""
        self._resize_to_look()
        self._timer.start()  # the window is on the screen before anything is counted

    def _column(self) -> QVBoxLayout:
        inside = QWidget(self)
        inside.setObjectName("inside")
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(8, 8, 8, 8)
        rows.setSpacing(2)
        return rows

    def _head(self, text: str) -> QPushButton:
        """A line that folds something away, or brings it back."""
        made = QPushButton(text)
        made.setProperty("group", True)
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        return made

    def _fill(self, entries: list[Entry]) -> None:
        """The ledgers above, which may be scrolled; below them what is always in reach."""
        for group in GROUPS:
            above = group == HOME or group in LEDGERS
            rows = self._inside if above else self._foot
            mine = [entry for entry in entries if entry.group == group]
            if mine and group in LEDGERS:
                head = self.heads[group] = self._head(group)
                head.clicked.connect(partial(self._toggle_group, group))
                rows.addWidget(head)
            elif mine and group:
                self._captions.append(label(group, "group"))
                rows.addWidget(self._captions[-1])
            for entry in (e for e in mine if not e.under):
                self._add(entry, rows)
                for below in (e for e in mine if e.under == entry.id):
                    self._add(below, rows)
        self._inside.addWidget(self.more)
        self._inside.addStretch(1)

    def _add(self, entry: Entry, rows: QVBoxLayout) -> None:
        item = self.items[entry.id] = _Item(entry, self)
        self._one.addButton(item)
        item.clicked.connect(lambda: self.chosen.emit(entry.id))
        rows.addWidget(item)
        if entry.under:
            item.hide()

    def _scroll(self) -> None:
        area = self._area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self._inside.parentWidget())
        area.verticalScrollBar().actionTriggered.connect(self._let_go)  # by hand or wheel, not by the program
        area.verticalScrollBar().rangeChanged.connect(self.bring)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 1, 0)
        outer.addWidget(area, 1)
        outer.addWidget(self._foot.parentWidget())

    # --- what is shown

    def mark(self, id: str) -> None:
        """Show which page is open, and the pages that belong to it."""
        item = self.items[id]
        item.setChecked(True)
        self._open = id
        self._show()
        self._share_height()
        self._keep(item)

    def _keep(self, item: _Item) -> None:
        """A page's name stays in sight from now on, wherever names that come and go move it, until somebody scrolls."""
        self._kept = item if self._area.isAncestorOf(item) else None
        self.bring()

    def _let_go(self) -> None:
        self._kept = None

    def bring(self) -> None:
        """What is to stay in sight may have been moved."""
        self._soon.start()

    def _bring(self) -> None:
        if self._kept is not None:
            self._area.ensureWidgetVisible(self._kept)

    def shown(self) -> list[str]:
        """The pages that can be seen, from above."""
        return [id for id, item in self.items.items() if not item.isHidden()]

    def current(self) -> _Item | None:
        """The page that is open."""
        return self.items.get(self._open)

    def step(self, item: _Item, way: int) -> None:
        """The keyboard goes to the page above or below."""
        shown = self.shown()
        at = shown.index(item.entry.id) + way
        if 0 <= at < len(shown):
            self.items[shown[at]].setFocus(Qt.FocusReason.TabFocusReason)
            self._keep(self.items[shown[at]])

    def _show(self) -> None:
        """Of the ledgers those with something in them, those the return asks for, the one that is open; the rest on demand."""
        folded, everything = self.session.settings.get(FOLDED, []), self.session.settings.get(ALL, False)
        top = self.items[self._open].entry.under or self._open if self._open else ""
        unused = 0
        for id, item in self.items.items():
            entry = item.entry
            if entry.under:
                item.setVisible(entry.under == top)
                continue
            used = item.filled or id == top or entry.asked(self.session)
            unused += not used
            item.setVisible((used or everything) and (entry.group not in folded or id == top))
        for group, head in self.heads.items():
            mine = [item for item in self.items.values() if item.entry.group == group and not item.entry.under]
            some = everything or any(item.filled or item.entry.asked(self.session) for item in mine)
            head.setVisible(some or any(item.entry.id == top for item in mine))
            head.setText(f"{group}　{'›' if group in folded else '﹀'}")
            head.setAccessibleName(f"{group}，{'展开' if group in folded else '收起'}")
        self.more.setVisible(bool(unused))
        self.more.setText("收起没用到的台账" if everything else f"更多台账（{unused}）…")

    def _toggle_group(self, group: str) -> None:
        folded = self.session.settings.get(FOLDED, [])
        now = [each for each in folded if each != group] if group in folded else [*folded, group]
        self.session.settings.put(FOLDED, now)
        self._show()

    def _toggle_all(self) -> None:
        self.session.settings.put(ALL, not self.session.settings.get(ALL, False))
        self._show()

    def fold(self, *, narrow: bool) -> None:
        """Give room to the page on a small screen."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._resize_to_look()

    def _resize_to_look(self) -> None:
        px = self.session.look.px
        self.setFixedWidth(px(NARROW if self._narrow else WIDE))
        for item in self.items.values():
            item.setFixedHeight(px(27 if self._low else 31))
        for caption in self._captions:
            caption.setVisible(not self._low)
        self._share_height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        low = self.height() < self.session.look.px(LOW)
        if low != self._low:
            self._low = low
            self._resize_to_look()
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
        self._show()
