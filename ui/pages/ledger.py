"""A ledger's page: the table, and beside it the current record as a form. Everything on it is read off the definition."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QItemSelection, QPoint, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from models.kinds import Reference
from models.ledger import Ledger, Time
from models.ledgers import BY_ID
from models.store.views import Page, View, count_of, view_of
from ui.asking import asks_for
from ui.form import Form
from ui.page import LEDGERS, Badge, Entry, PageWidget
from ui.pages.carried import CarriedBar
from ui.pages.ledger_columns import Columns
from ui.pages.ledger_filter import FilterBar
from ui.pages.ledger_print import LedgerPrint
from ui.pages.ledger_strips import UNITE, LedgerStrips, action
from ui.session import Session
from ui.table.blocks import block
from ui.table.columns import why_readonly
from ui.table.model import LedgerModel
from ui.table.summary import Summary
from ui.table.view import Grid
from ui.table.writing import remove_rows
from ui.widgets import PageHeader, label, link

PANEL = 372
PAUSE = 200  # milliseconds
NARROW = 860  # with less room than this the form folds away


class LedgerPage(PageWidget):
    """Table beside form."""

    def __init__(self, session: Session, ledger: Ledger) -> None:
        super().__init__(session)
        self.ledger = ledger
        self.model = LedgerModel(session, ledger)
        self.grid = Grid(session)
        self.grid.setModel(self.model)
        self.form = Form(session, self.model)
        self.summary = Summary(self.model)
        self.bar = FilterBar(session, self.model, self.grid)
        self.filter, self.shown = self.bar.find, self.bar.shown
        self.columns = Columns(session, self.model, self.grid, self.bar.row)
        self.strips = LedgerStrips(session, self.model, self.grid, self.bar)
        self.finder, self.bulk, self.condition = self.strips.finder, self.strips.bulk, self.strips.condition
        self._wants_form, self._stale, self._total = session.settings.get("form/open", True), False, 0
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)  # who types on does not wait for the counts
        self.header = PageHeader(ledger.label)
        self._build()
        self._connect()
        self.model.modelReset.connect(self._columns_changed)
        self._columns_changed()
        self.carried.recount()
        self._say_fact()

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 14, 20, 16)
        outer.setSpacing(10)
        outer.addWidget(self.header)
        outer.addLayout(self._tools())
        for strip in self.strips.all:
            outer.addWidget(strip)
        middle = QHBoxLayout()
        middle.setSpacing(12)
        self.box = self.grid.boxed()
        self.hint = label("", "secondary", wrap=True)  # in the middle of an empty table: what to do next
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        QVBoxLayout(self.grid.viewport()).addWidget(self.hint)
        middle.addWidget(self.box, 1)
        middle.addWidget(self.form)
        outer.addLayout(middle, 1)
        self.print = LedgerPrint(self, self.model, self.header)
        if self.model.page().rolls:
            self.header.add("提取上年数…", partial(self.session.go, "rolling"))
        self.header.add("发空表…", self.strips.send_form)
        self.header.add("导入 Excel…", partial(self.session.go, "importing", ledger=self.ledger.id, ask=True))
        base = self.model.view.base
        if self.model.grows or base is not self.ledger:
            new = "新增" if self.model.grows else f"新增{base.label}"
            self.header.add(new, self.new_row, primary=True, key="Ins")

    def _tools(self) -> QHBoxLayout:
        tools = QHBoxLayout()
        tools.setSpacing(8)
        self.fold = _flat("")
        self.carried = CarriedBar(self.session, self.model, self.grid)
        self.resort = link("重新排序", lambda: self._read_anew(self.model.reload))
        self.resort.hide()
        self.resort.setToolTip("改过排序的这一列：行没有动，点一下按新的数排")
        tools.addWidget(self.bar, 1)
        for widget in (self.resort, self.carried, self.columns.group, self.columns.stays, self.fold):
            tools.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        return tools

    def _connect(self) -> None:
        session = self.session
        session.scope_changed.connect(self._scope_changed)
        session.data_changed.connect(self._data_changed)
        self._pause.timeout.connect(self.carried.recount)
        self._pause.timeout.connect(self._say_fact)
        session.marks_changed.connect(self.model.forget_cells)
        session.look.changed.connect(self.model.forget_cells)
        self.bar.changed.connect(lambda: self._read_anew(self.model.reload))
        self.columns.resorted.connect(lambda: self._read_anew(self.model.reload))
        closed = (strip.closed for strip in self.strips.all)
        for left in (self.filter.returnPressed, self.filter.left, self.bar.row.left, *closed):
            left.connect(lambda: self.arrive({}))
        for cells in (self.grid.cells, self.form.grid.cells):
            cells.closed.connect(self._typed, Qt.ConnectionType.QueuedConnection)  # type: ignore[union-attr]
        self.fold.clicked.connect(self._toggle_form)
        self.carried.filtered.connect(lambda _: self._read_anew(self.model.reload))
        self.form.sure.connect(self.carried.confirm_line)
        self.grid.wanted_row.connect(self.new_row)
        self.grid.refused.connect(self._say_readonly)
        self.remove = action(self, "删除这几行", "Ctrl+-", self.remove_selected)
        search = action(self, "筛选本页", "Ctrl+Shift+F", self.filter.setFocus)
        self.addActions([self.remove, self.carried.action, self.bar.toggle, self.bar.bulk, search])
        self.addActions(self.strips.actions(self))
        self.unite = next(each for each in self.actions() if each.text() == UNITE)
        self.grid.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.grid.customContextMenuRequested.connect(self._menu)

    # --- following what changes

    def _columns_changed(self) -> None:
        self.columns.take()
        selection = self.grid.selectionModel()
        selection.currentChanged.connect(self._current_changed, Qt.ConnectionType.UniqueConnection)
        selection.selectionChanged.connect(self._selection_changed, Qt.ConnectionType.UniqueConnection)
        self._say_shown()

    def _current_changed(self) -> None:
        self.form.follow(self.grid.currentIndex())

    def _selection_changed(self, _: QItemSelection) -> None:
        self.summary.tell(self.grid.selectionModel().selection())

    def _scope_changed(self) -> None:
        self.bar.apply()
        self._read_anew(self.model.reload)
        self.carried.recount()
        self._say_fact()

    def _data_changed(self, origin: object) -> None:
        if origin is not self.model:
            self._stale = True
            self._typed()
        self.resort.setVisible(self.model.unsorted)
        self._pause.start()
        self.form.refresh()

    def _typed(self) -> None:
        """Nobody is typing now: what changed meanwhile can be shown."""
        if self._stale and self.isVisible() and not (self.grid.typing or self.form.grid.typing):
            self._refresh()

    def _refresh(self) -> None:
        self._stale = False
        self._read_anew(self.model.refresh)

    def _read_anew(self, read: Callable[[], None]) -> None:
        """The cursor stays on its record; where that is gone, it stays where it was."""
        for grid in (self.grid, self.form.grid):
            grid.commit()
        at = self.grid.currentIndex()
        row, column = at.row(), at.column()
        id = self.model.ids[row] if 0 <= row < self.model.known else None
        selected = block(self.grid)
        kept = [self.model.ids[each] for each in selected[0] if 0 <= each < self.model.known]
        read()
        if row >= 0 and not self.grid.currentIndex().isValid():
            rows = {each: place for place, each in enumerate(self.model.ids)}
            self.grid.go(rows.get(id, row) if id else row, column)
            self.grid.select_block([rows[each] for each in kept if each in rows], selected[1])
        self.form.follow(self.grid.currentIndex())
        self.resort.setVisible(self.model.unsorted)

    def arrive(self, where: Mapping[str, object]) -> None:
        if self._stale:
            self._refresh()
        self.grid.setFocus()
        if where.get("carried"):
            self.model.carried_only = True
            self._read_anew(self.model.reload)
            self.carried.recount()
        if where.get("new"):
            self.new_row()
        elif "row" in where:
            self.show_cell(where["row"], str(where.get("field", "")))  # type: ignore[arg-type]
        elif not self.grid.currentIndex().isValid():
            self.grid.go(0, self.model.frozen if self.model.known and not self.model.grows else 0)
        self._selection_changed(QItemSelection())
        if "unite" in where:
            self.strips.put_together(*where["unite"])  # type: ignore[misc]

    def show_cell(self, id: bytes, field: str) -> None:
        """Go to a field of a record, given by its row id here or in the ledger this page shows beside it."""
        if self.bar.asking and self.model.row_of(id) is None:
            self.bar.clear()
        if self.model.carried_only and self.model.row_of(id) is None:
            self.carried.only.click()
        row = self.model.row_of(id)
        places = self.columns.places(field) if row is not None and field else []
        if row is not None:
            self.grid.go(row, places[0] if places else 0)
            self.form.show_field(field)

    # --- what the clerk asks for

    def new_row(self) -> None:
        """Go to where a new record begins."""
        if not self.model.grows:
            if self.model.view.base is not self.ledger:
                self.session.go(self.model.view.base.id, new=True)
        elif self.session.file.read_only:
            self.session.said.emit("这个文件现在只能看，不能新增", "error")
        else:
            self.grid.go(self.model.known, 0)
            self.grid.setFocus()

    def remove_selected(self) -> None:
        """Delete the records of the selected rows (Ctrl+-)."""
        rows = sorted({i.row() for i in self.grid.selectionModel().selectedIndexes() if i.row() < self.model.known})
        if remove_rows(self.model, rows):
            self._refresh()
            self.session.said.emit(f"删除了 {len(rows)} 行（Ctrl+Z 撤销；以后在“数据”的回收站里也找得回）", "good")

    def _menu(self, at: QPoint) -> None:
        place = self.grid.currentIndex().column()
        if place < 0:
            return
        menu = self.columns.menu(place, self)
        menu.addSeparator()
        menu.addActions([self.bar.bulk, self.unite, self.remove])
        menu.popup(self.grid.viewport().mapToGlobal(at))

    def _say_readonly(self, column: int) -> None:
        self.session.said.emit(self.session.file.notice or why_readonly(self.model.columns[column].column), "error")

    def _say_fact(self) -> None:
        session, view = self.session, self.model.view
        with session.file.reading() as connection:
            part = self.bar.asking or self.model.carried_only
            lines = self.model.page().count(connection) if part else self.model.known
            filled = self._total = lines
            if view.base is not view.own:
                filled = Page(View(view.own, view.own, ()), session.zone, session.period).count(connection)
        period = f"{session.period.year}年" if view.own.time is Time.YEARLY else session.period.label
        if view.base is view.own:
            self.header.fact.setText(f"{lines:,} 条" if view.own.time is Time.EVENT else f"{period} · {lines:,} 条")
        else:
            share = f"（{filled * 100 / lines:.1f}%）" if lines else ""
            self.header.fact.setText(f"{period} · {lines:,} 家应填，{filled:,} 家有数{share}")
        self._say_shown()

    def _say_shown(self) -> None:
        shown = self.model.known
        self.bar.say(shown, self._total)
        base = self.model.view.base
        if self.bar.asking:
            what = f"“{self.model.search}”" if self.model.search else "筛选条件"
            self.hint.setText(
                f"没有符合{what}的行：去掉上面的筛选看全部"
                if self.model.narrowed
                else f"没有符合{what}的行，按 Esc 看全部"
            )
        elif self.model.carried_only:
            self.hint.setText("从上年带来的都确认了，再点一下“都确认了”看全部")
        elif self.model.grows:
            self.hint.setText(f"还没有{base.label}：在上面这一行直接填，从 Excel 粘贴，或点“导入 Excel…”")
        else:
            self.hint.setText(f"名录里还没有{base.label}：先到“{base.label}”新增或导入，这里就有对应的行")
        self.hint.setVisible(not shown)

    # --- folding

    def _toggle_form(self) -> None:
        self._wants_form = self.form.isHidden()
        self.session.settings.put("form/open", self._wants_form)
        self._fold()

    def _fold(self) -> None:
        wide = self.width() >= self.session.look.px(NARROW)
        self.form.setVisible(self._wants_form and (wide or self.sender() is self.fold))
        self.fold.setText("收起表单 ›" if self.form.isVisibleTo(self) else "‹ 打开表单")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.form.setFixedWidth(self.session.look.px(PANEL))
        self._fold()


def _flat(text: str) -> QPushButton:
    made = QPushButton(text)
    made.setProperty("flat", True)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made


def _under(ledger: Ledger) -> str:
    """The page this ledger's stands below: lists of the zone below 开发区, lists of an event's people below the event."""
    if ledger.id.startswith("zone_"):
        return "zone"
    first = ledger.by_id[ledger.key[0]].kind if len(ledger.key) > 1 else None
    return first.ledger if isinstance(first, Reference) else ""


def _badge(ledger: Ledger, session: Session) -> Badge | None:
    """How many records; in red how many findings the audit has on them."""
    found = sum(key[0] == ledger.id for key in session.marks)
    if found:
        return Badge(str(found), "error")
    with session.file.reading() as connection:
        count = count_of(connection, view_of(ledger).base, session.zone, session.period)
    return Badge(f"{count:,}") if count else None


def _asked(ledger: Ledger, session: Session) -> bool:
    """Whether a clerk who makes this return will have to fill the ledger in."""
    return ledger.id in asks_for(session)


def _has_page(ledger: Ledger) -> bool:
    """Yearly rows of a record are shown on the record's page (企业年度 on 企业)."""
    return ledger.own_page and not (ledger.time is Time.YEARLY and (ledger.one_per or not ledger.key))


def _groups() -> dict[str, str]:
    """The group that each ledger's page stands in: the last one begun before it."""
    begun, found = "", {}
    names = {first: group for group, first in LEDGERS.items()}
    for id in BY_ID:
        begun = names.get(id, begun)
        found[id] = begun
    return found


_GROUP = _groups()
ENTRIES = tuple(
    Entry(
        ledger.id,
        ledger.label,
        _GROUP[_under(ledger) or ledger.id],
        order,
        partial(LedgerPage, ledger=ledger),
        partial(_badge, ledger),
        _under(ledger),
        partial(_asked, ledger),
    )
    for order, ledger in enumerate(BY_ID.values())
    if _has_page(ledger)
)
