"""首页: the targets with their pace, what is to be reported, what to do first, how complete the ledgers are; at first, three steps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QVBoxLayout, QWidget

from models.agenda import Due
from models.pace import Standing, elapsed
from models.periods import Period
from models.store.begun import Begun
from models.store.gaps import Filled, first_gap
from ui.asked import Asked
from ui.asking import asked_of
from ui.auditing import Auditor
from ui.backing import back_up
from ui.page import PageWidget
from ui.pages.first_day import FirstDay
from ui.pages.home_cards import Targets
from ui.pages.home_lists import LEDGERS, RETURNS, TODOS, Listing, ledger_rows, return_rows, todo_rows
from ui.pages.home_work import Asking, Seen, Todo, look
from ui.returned import returned
from ui.session import Session
from ui.widgets import Card, PageHeader, label, link
from ui.worker import Task

PAUSE = 700  # milliseconds after a change before anything is worked out again
SETTLED = 1500  # milliseconds on the page before rules are asked that nobody asked for
WIDE = 900  # with less room the lists stand below one another
SHORT = 11  # ledgers shown before all are asked for
DISMISSED = "home/dismissed"


class HomePage(PageWidget):
    """Everything on it is worked out in the background, and again a moment after something was written."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.auditor = Auditor.of(session)
        self.year = session.period.year  # the one the first days lead to, whatever year is turned to on the way
        self._task: Task | None = None
        self._stale, self._astray = True, False
        self._found: list[Standing] = []
        self._filled: list[Filled] = []
        self._whole = False  # whether the ledgers without gaps are listed too
        self.header = PageHeader("首页")
        self.first = FirstDay(session)
        self.targets = Targets(session)
        self.no_targets = Card()
        self.why = label("正在算…", "secondary", wrap=True)
        self.more = link("", lambda: self.targets.show_all(not self.targets.all))
        self.rest = link("", self._show_rest)
        self.returns = Listing(session.look, "要报的", stretch=0, drop=(2,))
        self.todos = Listing(session.look, "今天先做这几件", stretch=1, wrapped=(1,))
        self.ledgers = Listing(session.look, "台账填齐程度", stretch=0, drop=(2,))
        self._place()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._work)
        self._settled = QTimer(self, singleShot=True, interval=SETTLED)
        self._settled.timeout.connect(self._audit)
        self._connect()

    def _place(self) -> None:
        inside = QWidget()
        inside.setObjectName("inside")
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(20, 0, 20, 16)
        rows.setSpacing(12)
        self.no_targets.rows.addWidget(self.why)
        self.first.hide()
        self.more.hide()
        for widget in (self.first, self.no_targets, self.targets):
            rows.addWidget(widget)
        rows.addWidget(self.more)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(12)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self.returns)
        left.addWidget(self.todos, 1)
        self._sides.addLayout(left, 5)
        self._sides.addWidget(self.ledgers, 4)
        self.ledgers.rows.insertWidget(self.ledgers.rows.count() - 1, self.rest)
        self.rest.hide()
        rows.addLayout(self._sides, 1)
        rows.addStretch(0)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidget(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 14, 0, 0)
        outer.setSpacing(12)
        top = QVBoxLayout()
        top.setContentsMargins(20, 0, 20, 0)
        top.addWidget(self.header)
        outer.addLayout(top)
        outer.addWidget(self.area, 1)

    def _connect(self) -> None:
        session = self.session
        session.data_changed.connect(lambda _: self._spoil())
        session.scope_changed.connect(self._turned)
        session.backed_up.connect(self._spoil)
        self.auditor.changed.connect(self._spoil)
        self.targets.laid.connect(self._say_more)
        self.first.left.connect(self._dismiss)
        self.first.bring.connect(self._bring)
        self.first.fill.connect(self._fill)
        self.returns.taken.connect(self._to_return)
        self.todos.taken.connect(self._to_do)
        self.ledgers.taken.connect(self._to_ledger)

    def arrive(self, where: Mapping[str, object]) -> None:
        if self._astray:  # the first days led into last year; whoever comes back is in this one again
            self._astray = False
            self.session.show_scope(period=Period(self.year))
        if self._stale:
            self._work()
        self._settled.start()
        self.area.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._say_time()

    # --- working out

    def _spoil(self) -> None:
        """Something was written: nothing is worked out on the key's way, and nothing while nobody looks."""
        self._stale = True
        if self.isVisible():
            self._pause.start()

    def _turned(self) -> None:
        self._stale = True
        if self.isVisible():
            self._work()
            self._settled.start()

    def _work(self) -> None:
        if self._task is not None:
            self._pause.start()
            return
        self._stale = False
        session, asked = self.session, asked_of(self.session)
        report = self.auditor.report if self.auditor.asked == asked else None
        of = Asking(session.file, asked, date.today(), report, self._leading(asked), returned(session))
        self._task = task = Task(self, lambda: look(of))
        task.progressed.connect(lambda seen: self._show(asked, seen))
        task.done.connect(lambda _: self._ended())
        task.stopped.connect(self._ended)
        task.failed.connect(self._fail)
        task.start()

    def _leading(self, asked: Asked) -> int:
        """The year that is being reported: the one on show, but for the way into last year's data."""
        if not self._astray:
            self.year = asked.period.year
        return self.year

    def _ended(self) -> None:
        self._task = None
        if self._stale and self.isVisible():
            self._pause.start()

    def _fail(self, error: Exception) -> None:
        self._task = None
        self.session.said.emit(f"首页没有算出来：{error}", "error")

    def _audit(self) -> None:
        """Ask the rules, where nobody has, once the clerk stays on the page."""
        if self.isVisible() and not self.auditor.busy and (self.auditor.report is None or self.auditor.stale):
            self.auditor.run()

    # --- showing

    def _show(self, asked: Asked, seen: Seen) -> None:
        if asked != asked_of(self.session):
            return
        today = date.today()
        if seen.begun is not None:
            self._show_begun(asked, seen.begun)
        if seen.dues is not None:
            report = self.auditor.report if self.auditor.asked == asked else None
            rows = return_rows(seen.dues, today, (asked.pack.id, report))
            self.returns.put(RETURNS, rows, "没有装报表包")
        if seen.todos is not None:
            waiting = "" if self.auditor.report is not None else "（还没有审核过）"
            self.todos.put(TODOS, todo_rows(seen.todos), f"没有要赶着做的{waiting}")
        if seen.ledgers is not None:
            self._filled = seen.ledgers
            self._show_ledgers()
        if seen.targets is not None:
            self._found = seen.targets
            self._show_targets(asked)
        self._say_time()

    def _show_begun(self, asked: Asked, found: Begun) -> None:
        self.first.put(asked.zone.name, self.year, found)
        guided = not found.whole and self._place_name() not in self.session.settings.get(DISMISSED, [])
        self.first.setVisible(guided)
        bare = guided and not found.anything
        for widget in (self.returns, self.todos, self.ledgers, self.targets):
            widget.setHidden(bare)
        self.no_targets.setHidden(bare or bool(self.targets.cards))

    def _show_targets(self, asked: Asked) -> None:
        found = self._found
        self.targets.put(found)
        shown = not self.returns.isHidden()
        self.targets.setVisible(shown and bool(found))
        self.no_targets.setVisible(shown and not found)
        self.why.setText(
            f"{asked.pack.id} 没有 {asked.period.label} 的目标；本区自己的目标填在“目标”台账里，这里就有进度。"
        )
        self._say_more()

    def _say_more(self) -> None:
        targets = self.targets
        self.more.setVisible(not self.returns.isHidden() and (targets.all or targets.hidden() > 0))
        self.more.setText("只看前几项" if targets.all else f"全部 {len(targets.cards)} 项目标 ›")

    def _show_ledgers(self) -> None:
        """In working order; of a long list first those with gaps."""
        found = self._filled
        gaps = sum(each.filled < each.cells for each in found)
        if len(found) > SHORT and not self._whole:
            spare = max(0, SHORT - gaps)
            full = [each for each in found if each.filled == each.cells]
            found = [each for each in found if each.filled < each.cells or each in full[:spare]]
        self.ledgers.put(LEDGERS, ledger_rows(found), "还没有台账数据")
        self.rest.setVisible(len(self._filled) > SHORT)
        self.rest.setText("只看前面的" if self._whole else f"全部 {len(self._filled)} 本台账 ›")

    def _show_rest(self) -> None:
        self._whole = not self._whole
        self._show_ledgers()

    def _say_time(self) -> None:
        today, asked = date.today(), asked_of(self.session)
        over = elapsed(asked.period, today)
        time = (
            "报告期已经过完"
            if over == 100
            else "报告期还没有开始"
            if over == 0
            else f"时间进度 {float(over):.1f}%（竖线）"
        )
        self.header.fact.setText(f"{asked.pack.id} · {asked.period.label} · 今天 {today.month}月{today.day}日，{time}")

    # --- going

    def _to_return(self, of: object) -> None:
        if isinstance(of, Due):
            self.session.show_scope(period=of.period, pack=of.pack.id)
            self.session.go("returns")

    def _to_do(self, of: object) -> None:
        if not isinstance(of, Todo):
            return
        if not of.page:
            back_up(self.session)
            return
        self.session.show_scope(period=of.period, pack=of.pack or None)
        self.session.go(of.page, **of.where)

    def _to_ledger(self, of: object) -> None:
        if not isinstance(of, Filled):
            return
        session = self.session
        with session.file.reading() as connection:
            gap = (
                first_gap(connection, of.ledger, session.zone, asked_of(session).period)
                if of.filled < of.cells
                else None
            )
        session.go(of.ledger.id, **({"row": gap[0], "field": gap[1]} if gap else {}))

    # --- the first days

    def _place_name(self) -> str:
        return f"{self.session.file.path}|{self.session.zone}"

    def _dismiss(self) -> None:
        settings = self.session.settings
        settings.put(DISMISSED, [*settings.get(DISMISSED, []), self._place_name()])
        self._work()

    def _bring(self, ledger: str) -> None:
        """Into last year: a file for a ledger, or the figures of last year's return."""
        if ledger:
            self._go_astray()
            self.session.go("importing", ledger=ledger, ask=True)
        else:
            self.session.go("indicators")

    def before_drop(self) -> None:
        if not self.first.isHidden() and self.first.wants_last_year:
            self._go_astray()

    def _go_astray(self) -> None:
        self._astray = True
        self.session.show_scope(period=Period(self.year - 1))

    def _fill(self, page: str) -> None:
        self._astray = False
        self.session.show_scope(period=Period(self.year))
        self.session.go(page)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= self.session.look.px(WIDE)
        self._sides.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
