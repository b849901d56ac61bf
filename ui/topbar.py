"""The bar at the top: which program and file, which zone, period and return are on show, the search, the person."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QActionGroup, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QGridLayout,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
    QWidgetAction,
)

from models.packs.pack import pack
from models.periods import Period
from models.store.drives import on_network, on_removable
from models.store.zones import choose, choose_pack, zones
from ui.asking import pack_of, returns_here
from ui.choices import Choices
from ui.following import FOLLOW
from ui.following import choose as choose_look
from ui.names import Option
from ui.page import Entry
from ui.session import Session
from ui.widgets import Button, FindLine, KeyHint, Pick, label

if TYPE_CHECKING:
    from ui.finding import Finder

ROOMY = 850


class TopBar(QWidget):
    """Knows the session; asks the window for pages through it. ``left``: the search gives the keyboard back to the page."""

    left = Signal()

    def __init__(self, session: Session, entries: list[Entry]) -> None:
        super().__init__()
        self.session, self.entries = session, entries
        self.setObjectName("top")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.place = label("", "note")
        path = session.file.path
        self.medium = "网络盘" if on_network(path) else "可移动盘" if on_removable(path) else "本机"
        self.zone, self.period = Pick("园区", QMenu(self)), Pick("报告期", self._period_menu())
        self.zone.menu().aboutToShow.connect(self._fill_zones)
        self.pack = Pick("报表", QMenu(self))
        self.pack.menu().aboutToShow.connect(self._fill_packs)
        self.search = FindLine()
        self.search.setObjectName("search")
        self.search.setPlaceholderText("搜索企业、代码、拼音首字母、页面")
        self._from: QWidget | None = None  # where the keyboard was when the search was turned to
        self.found = Choices(self.search, session.look, self._find)
        self.found.on_taken = self._go
        self.search.textEdited.connect(lambda _: self.finder.wake())
        self.search.left.connect(self._leave)
        self.search.returnPressed.connect(self._enter)
        self.person = Button(session.file.who, lambda: None)
        self.person.setMenu(self._person_menu())
        session.settings.changed.connect(self._say_person)
        self._place()
        session.scope_changed.connect(self._say)
        session.data_changed.connect(lambda _: self._say())
        session.look.changed.connect(self._resize_to_look)
        self._resize_to_look()
        self._say()

    def _place(self) -> None:
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addStretch(1)
        names.addWidget(label("园区年报通", "program"))
        names.addWidget(self.place)
        names.addStretch(1)
        self.names = QWidget()
        self.names.setLayout(names)
        names.setContentsMargins(0, 0, 0, 0)
        hint = QHBoxLayout(self.search)
        hint.setContentsMargins(0, 0, 8, 0)
        hint.addStretch(1)
        self.hint = KeyHint("Ctrl K")
        hint.addWidget(self.hint)
        self.search.textChanged.connect(lambda _: self._show_hint())
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(12)
        row.addWidget(self.names)
        row.addWidget(self.zone)
        row.addWidget(self.period)
        row.addWidget(self.pack)
        row.addStretch(1)
        row.addWidget(self.search, 2)
        row.addWidget(self.person)

    def _resize_to_look(self) -> None:
        px = self.session.look.px
        self.setFixedHeight(px(48))
        self.names.setFixedWidth(px(180))
        self.search.setMaximumWidth(px(420))
        self.search.setMinimumWidth(px(160))
        for widget in (self.zone, self.period, self.pack, self.search, self.person):
            widget.setFixedHeight(px(30))
        self._say()

    def _show_hint(self) -> None:
        self.hint.setVisible(not self.search.text() and self.search.width() > self.session.look.px(290))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.names.setVisible(self.width() >= self.session.look.px(ROOMY))  # else the title bar tells the program
        self._show_hint()

    def _say(self) -> None:
        session = self.session
        with session.file.reading() as connection:
            mine = next((zone for zone in zones(connection) if zone.code == session.zone), None)
        self.zone.put(mine.name if mine else session.zone)
        self.place.setText(f"{mine.short_name if mine else session.zone} · {self.medium}")
        self.period.put(session.period.label)
        self.pack.put(pack_of(session).id)

    # --- zone and period

    def _fill_zones(self) -> None:
        menu = self.zone.menu()
        menu.clear()
        with self.session.file.reading() as connection:
            there = zones(connection)
        for zone in there:
            action = menu.addAction(f"{zone.name}　{zone.code}", partial(self._turn_to, zone.code))
            action.setCheckable(True)
            action.setChecked(zone.code == self.session.zone)

    def _turn_to(self, code: str) -> None:
        if not self.session.file.read_only:
            choose(self.session.file, code)
        self.session.show_scope(zone=code)

    def _fill_packs(self) -> None:
        menu = self.pack.menu()
        menu.clear()
        own, others = returns_here(self.session)
        for id in (*own, *others):
            if others and id == others[0]:
                menu.addSeparator()
            action = menu.addAction(f"{id}　{pack(id).title}", partial(self._turn_to_pack, id))
            action.setCheckable(True)
            action.setChecked(id == pack_of(self.session).id)

    def _turn_to_pack(self, id: str) -> None:
        if not self.session.file.read_only:
            choose_pack(self.session.file, id)
        self.session.show_scope(pack=id)

    def _period_menu(self) -> QMenu:
        menu = QMenu(self)
        holder = QWidget()
        self._grid = QGridLayout(holder)
        self._grid.setContentsMargins(10, 8, 10, 10)
        self._grid.setSpacing(4)
        action = QWidgetAction(menu)
        action.setDefaultWidget(holder)
        menu.addAction(action)
        menu.aboutToShow.connect(lambda: self._fill_periods(self.session.period.year))
        self._fill_periods(self.session.period.year)
        return menu

    def _fill_periods(self, year: int) -> None:
        while self._grid.count():
            item = self._grid.takeAt(0)
            if item is not None and (widget := item.widget()):
                widget.deleteLater()
        for place, (text, step) in enumerate((("‹", -1), ("›", 1))):
            self._grid.addWidget(self._button(text, partial(self._fill_periods, year + step)), 0, place * 5)
        head = label(f"{year} 年", "strong")
        head.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._grid.addWidget(head, 0, 1, 1, 4)
        spans = [("全年", Period(year), 1, 0, 6)]
        spans += [(text, Period(year, "H", n + 1), 2, 3 * n, 3) for n, text in enumerate(("上半年", "下半年"))]
        spans += [(f"{n + 1}季度", Period(year, "Q", n + 1), 3, (0, 2, 3, 5)[n], (2, 1, 2, 1)[n]) for n in range(4)]
        spans += [(f"{n + 1}月", Period(year, "M", n + 1), 4 + n // 6, n % 6, 1) for n in range(12)]
        for text, period, row, column, width in spans:
            button = self._button(text, partial(self._show_period, period))
            button.setProperty("primary", period == self.session.period)
            self._grid.addWidget(button, row, column, 1, width)

    def _button(self, text: str, on_click: object) -> QPushButton:
        made = QPushButton(text)
        made.clicked.connect(lambda _: on_click())  # type: ignore[operator]
        return made

    def _show_period(self, period: Period) -> None:
        self.period.menu().hide()
        self.session.show_scope(period=period)

    # --- search

    @cached_property
    def finder(self) -> Finder:
        """What can be found; made when somebody first searches."""
        # brings the rules and reads every pack
        from ui.finding import Finder

        made = Finder(self, self.session, self.entries)
        made.ready.connect(self._found_more)
        return made

    def open_search(self) -> None:
        """Begin to search (Ctrl+K); Esc leads back to where the keyboard is now."""
        if not self.search.hasFocus():
            self._from = _lasting(QApplication.focusWidget())
        self.finder.wake()
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _leave(self) -> None:
        """Esc: back to where the clerk was, else to the page."""
        back, self._from = self._from, None
        try:
            there = back is not None and back.isVisible() and back.isEnabled()
        except RuntimeError:  # it has gone meanwhile
            there = False
        if back is not None and there:
            back.setFocus()
        else:
            self.left.emit()

    def _find(self, text: str) -> list[Option]:
        return self.finder.search(text)

    def _found_more(self) -> None:
        if self.search.hasFocus() and self.search.text().strip():
            self.found.refresh(self.search.text())

    def _enter(self) -> None:
        if self.found.taken:
            self._go(self.found.taken)

    def _go(self, option: Option) -> None:
        self.search.clear()
        self.found.taken = None
        self._leave()  # what is no page leaves the clerk where she was
        option.go()  # type: ignore[attr-defined]  # the search offers nothing but Hits

    # --- the person

    def _person_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.aboutToShow.connect(lambda: self._fill_person(menu))
        self._fill_person(menu)
        return menu

    def _fill_person(self, menu: QMenu) -> None:
        """Light or dark at once; the rest is on the page of settings."""
        menu.clear()
        tone, look, settings = QActionGroup(menu), self.session.look, self.session.settings
        for text, dark in (("浅色", False), ("深色", True)):
            action = menu.addAction(text, partial(choose_look, settings, look, dark=dark))
            action.setCheckable(True)
            action.setChecked(look.dark == dark and not settings.get(FOLLOW, False))
            tone.addAction(action)
        menu.addSeparator()
        for text, page in (("设置…", "settings"), ("自检…", "selftest")):
            menu.addAction(text, partial(self.session.go, page))
        menu.addAction("手册　F1", self.session.help_wanted.emit)

    def _say_person(self, name: str) -> None:
        if name == "person/name":
            self.person.setText(self.session.file.who)
            self.person.setAccessibleName(self.session.file.who)


def _lasting(widget: QWidget | None) -> QWidget | None:
    """What can be come back to: of an editor in a table the table, for the editor goes when it is left."""
    above = widget
    while above is not None:
        if isinstance(above, QAbstractItemView):
            return above
        above = above.parentWidget()
    return widget
