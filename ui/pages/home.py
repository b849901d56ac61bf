"""首页: the targets with their pace, what is to be reported, what to do first, how complete the ledgers are; at first, three steps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QVBoxLayout, QWidget

from models.agenda import Due
from models.audit import Report
from models.pace import elapsed
from models.store.gaps import Filled, first_gap
from ui.asked import Asked
from ui.asking import asked_of
from ui.auditing import Auditor
from ui.backing import back_up
from ui.demonstration import is_demonstration
from ui.folders import default_file
from ui.page import PageWidget
from ui.pages.first_day import FirstDay
from ui.pages.home_cards import TargetsPart
from ui.pages.home_lists import RETURNS, TODOS, LedgersPart, Listing, return_rows, todo_rows
from ui.pages.home_work import Asking, Seen, Todo, look
from ui.returned import returned
from ui.session import Leaving, Session
from ui.widgets import Notice, PageHeader, link
from ui.worker import Task

PAUSE = 700  # milliseconds after a change before anything is worked out again
SETTLED = 1500  # milliseconds on the page before rules are asked that nobody asked for
WIDE = 900  # with less room the lists stand below one another
MADE_UP = "这是演示：虚构的园区，随便看、随便改，不影响自己的数据。"


class HomePage(PageWidget):
    """Everything on it is worked out in the background, and again a moment after something was written."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.auditor = Auditor.of(session)
        self._task: Task | None = None
        self._stale = True
        self.header = PageHeader("首页")
        self.first = FirstDay(session)
        self.made_up = Notice("", MADE_UP)
        self.made_up.rows.addWidget(link("建自己的开发区…", self._begin_own))
        self.targets = TargetsPart(session)
        self.returns = Listing(session.look, "要报的", stretch=0, drop=(2,))
        self.todos = Listing(session.look, "今天先做这几件", stretch=1, wrapped=(1,))
        self.ledgers = LedgersPart(session.look)
        self._place()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._catch_up)
        self._settled = QTimer(self, singleShot=True, interval=SETTLED)
        self._settled.timeout.connect(self._audit)
        self._connect()

    def _place(self) -> None:
        inside = QWidget()
        inside.setObjectName("inside")
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(20, 0, 20, 16)
        rows.setSpacing(12)
        for widget in (self.made_up, self.first, self.targets):
            rows.addWidget(widget)
        self.first.hide()
        self.made_up.setHidden(not is_demonstration(self.session.file.path))
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(12)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self.returns)
        left.addWidget(self.todos, 1)
        self._sides.addLayout(left, 5)
        self._sides.addWidget(self.ledgers, 4)
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
        self.first.left.connect(self._work)
        self.returns.taken.connect(self._to_return)
        self.todos.taken.connect(self._to_do)
        self.ledgers.taken.connect(self._to_ledger)

    def arrive(self, where: Mapping[str, object]) -> None:
        self.first.come_back()
        if self._stale:
            self._work()
        self._settled.start()
        self.area.setFocus()

    def before_drop(self) -> None:
        self.first.go_astray()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._say_time()

    # --- working out

    def _spoil(self) -> None:
        """Something was written: nothing is worked out on the key's way, and nothing while nobody looks."""
        self._stale = True
        if self.isVisible():
            self._pause.start()

    def _catch_up(self) -> None:
        if self.isVisible():  # the window may have been closed meanwhile
            self._work()

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
        year = self.first.lead(asked.period.year)
        of = Asking(session.file, asked, date.today(), self._report(asked), year, returned(session))
        self._task = task = Task(self, lambda: look(of))
        task.progressed.connect(lambda seen: self._show(asked, seen))
        task.done.connect(lambda _: self._ended())
        task.stopped.connect(self._ended)
        task.failed.connect(self._fail)
        task.start()

    def _report(self, asked: Asked) -> Report | None:
        return self.auditor.report if self.auditor.asked == asked else None

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
        if seen.begun is not None:
            self.first.put(asked.zone.name, seen.begun)
            guided = self.first.wanted(seen.begun)
            self.first.setVisible(guided)
            for widget in (self.returns, self.todos, self.ledgers, self.targets):
                widget.setHidden(guided and not seen.begun.anything)
        if seen.dues is not None:
            rows = return_rows(seen.dues, date.today(), (asked.pack.id, self._report(asked)))
            self.returns.put(RETURNS, rows, "没有装报表包")
        if seen.todos is not None:
            waiting = "" if self.auditor.report is not None else "（还没有审核过）"
            self.todos.put(TODOS, todo_rows(seen.todos), f"没有要赶着做的{waiting}")
        if seen.ledgers is not None:
            self.ledgers.tell(seen.ledgers)
        if seen.targets is not None:
            self.targets.put(seen.targets, f"{asked.pack.id} {asked.period.label}")
        self._say_time()

    def _say_time(self) -> None:
        today, asked = date.today(), asked_of(self.session)
        over = elapsed(asked.period, today)
        time = (
            f"时间进度 {float(over):.1f}%（竖线）"
            if 0 < over < 100
            else f"报告期{'已经过完' if over else '还没有开始'}"
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
        session, gap = self.session, None
        if of.filled < of.cells:
            with session.file.reading() as connection:
                gap = first_gap(connection, of.ledger, session.zone, asked_of(session).period)
        session.go(of.ledger.id, **({"row": gap[0], "field": gap[1]} if gap else {}))

    def _begin_own(self) -> None:
        """From the demonstration to the clerk's own file, or the page on which it is made."""
        own = Path(self.session.settings.get("file", str(default_file())))
        self.session.leaving.emit(Leaving(own))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= self.session.look.px(WIDE)
        self._sides.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
