"""The first days: three steps in their order, what is done ticked off, the next one with its button."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from models.periods import Period
from models.store.begun import Begun, begun
from ui.session import Session
from ui.widgets import Button, Card, label, link, restyle, row, rule

DISMISSED = "home/dismissed"
Action = tuple[str, Callable[[], object]]


class _Step:
    """One step: its number or tick, what it is, why, its button and the quieter ways."""

    def __init__(self, number: int, title: str, why: str, main: Action, others: tuple[Action, ...] = ()) -> None:
        self.number = number
        self.mark, self.title, self.why = (
            label(str(number), "step"),
            label(title, "heading"),
            label(why, "secondary", wrap=True),
        )
        self.mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button = Button(main[0], main[1])
        self.layout = QHBoxLayout()
        self.layout.setSpacing(16)
        self.layout.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.title)
        words.addWidget(self.why)
        if others:
            line = row(spacing=16)
            for text, go in others:
                line.addWidget(link(text, go))
            line.addStretch(1)
            words.addLayout(line)
        self.layout.addLayout(words, 1)
        self.layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)

    def show_state(self, *, done: bool, now: bool) -> None:
        """Ticked off, the one to do now, or still to come."""
        self.mark.setText("✓" if done else str(self.number))
        restyle(self.mark, "state", "done" if done else "now" if now else "")
        restyle(self.button, "primary", now)
        self.button.setAccessibleDescription("已完成" if done else "")


class FirstDay(Card):
    """Knows which year is being reported, whatever year is turned to on the way. ``left``: the clerk does without the steps."""

    left = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.year = session.period.year
        self.astray = False  # a step has led into last year
        self.rows.setContentsMargins(24, 20, 24, 20)
        self.rows.setSpacing(14)
        top = row(spacing=8)
        top.addWidget(label("第一次用，从这三步开始", "title"))
        top.addStretch(1)
        self.leave = link("不用引导，收起来", self._dismiss)
        top.addWidget(self.leave)
        self.rows.addLayout(top)
        self.zone = _Step(1, "选定开发区", "", ("补全开发区资料", lambda: session.go("zone")))
        self.last = _Step(
            2,
            "带来去年的 Excel",
            "",
            ("导入企业名录…", lambda: self._bring("enterprise")),
            (
                ("导入经济数据…", lambda: self._bring("ent_period")),
                ("只有报表合计？填上年报表的期初数", lambda: self._bring("")),
            ),
        )
        self.now = _Step(
            3,
            "核对并填今年的",
            "",
            ("填经济数据", lambda: self._fill("ent_period")),
            (("提取上年数", lambda: self._fill("rolling")), ("审核", lambda: self._fill("audit"))),
        )
        for number, step in enumerate((self.zone, self.last, self.now)):
            if number:
                self.rows.addWidget(rule())
            self.rows.addLayout(step.layout)

    def lead(self, year: int) -> int:
        """The year that is being reported: the one on show, but for the way into last year's data."""
        if not self.astray:
            self.year = year
        return self.year

    def come_back(self) -> None:
        """Whoever was led into last year is in this one again."""
        if self.astray:
            self.astray = False
            self.session.show_scope(period=Period(self.year))

    def wanted(self, found: Begun) -> bool:
        """Whether there are steps left, and the clerk wants to see them."""
        return not found.whole and self._place() not in self.session.settings.get(DISMISSED, [])

    def go_astray(self) -> None:
        """Turn to last year, if its data have not come in: a table is about to be read."""
        with self.session.file.reading() as connection:
            found = begun(connection, self.session.zone, self.year)
        if not found.before and self.wanted(found):
            self._turn_back()

    def _turn_back(self) -> None:
        self.astray = True
        self.session.show_scope(period=Period(self.year - 1))

    def _bring(self, ledger: str) -> None:
        """Into last year: a file for a ledger, or the figures of last year's return."""
        if ledger:
            self._turn_back()
            self.session.go("importing", ledger=ledger, ask=True)
        else:
            self.session.go("indicators")

    def _fill(self, page: str) -> None:
        self.astray = False
        self.session.show_scope(period=Period(self.year))
        self.session.go(page)

    def _place(self) -> str:
        return f"{self.session.file.path}|{self.session.zone}"

    def _dismiss(self) -> None:
        settings = self.session.settings
        settings.put(DISMISSED, [*settings.get(DISMISSED, []), self._place()])
        self.left.emit()

    def put(self, zone: str, found: Begun) -> None:
        """Say how far it is."""
        year = self.year
        self.zone.title.setText(f"选定开发区：{zone}")
        self.zone.why.setText("级别、类型、核准面积、联系人等填在“开发区”台账里，报表的表头和签名从那里取。")
        self.last.why.setText(
            f"把 {year - 1} 年的企业名录、经济数据拖到窗口里或点右边导入：先预览，后写入，可一步撤销。它们成为今年每个数旁边的“上年”。"
        )
        self.now.title.setText(f"核对并填 {year} 年的")
        self.now.why.setText(
            "提取上年的状态，在表里直接填或从 Excel 粘贴，每改一格就存好；再审核，照提示改完就能签发报表。"
        )
        self.zone.show_state(done=True, now=False)
        self.last.show_state(done=found.before, now=not found.before)
        self.now.show_state(done=found.now, now=found.before and not found.now)
