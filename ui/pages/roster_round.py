"""一月一调度: each stage's 上月末 + 转入 − 转出 = 月末, what moved and from where, what has long stood still, what was not reported."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.formula.figures import figure
from models.ledgers import ledger
from models.moves import STILL, Move, Round, Stage, latest_month, month_of, round_of
from models.periods import Period
from models.rules import context_of
from ui.asked import Asked
from ui.asking import go_to
from ui.session import Session
from ui.table.cells import Cell, Head
from ui.table.lines import Lines, Row, boxed
from ui.upkeep import Job, Upkeep
from ui.widgets import Button, Notice, Tabs, label, row

LONG = 3  # months, in a pack that does not say


@dataclass(frozen=True)
class Shown:
    """A round, and after how many months without a move a project is told."""

    round: Round
    still: int


class RoundPanel(QWidget):
    """A month's round, worked out in the background; the month can be changed."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.shown: Shown | None = None
        self.month: Period | None = None
        self._asked: Asked | None = None
        self._tab = 0
        self.upkeep = Upkeep(self, session, "调度", self._prepare)
        self.title, self.check = label("", "heading"), Notice()
        self.stages = Lines(session.look)
        self.tabs, self.list = Tabs(), Lines(session.look, stretch=0)
        self.before, self.after = Button("‹ 上个月", lambda: self._step(-1)), Button("下个月 ›", lambda: self._step(1))
        self.note = label("双击或 Enter 到项目台账", "note", wrap=True)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        head = row(spacing=8)
        head.addWidget(self.title, 1)
        for button in (self.before, self.after):
            head.addWidget(button)
        rows.addLayout(head)
        rows.addWidget(self.check)
        self.box = boxed(self.stages)
        rows.addWidget(self.box, 3)
        rows.addWidget(self.tabs)
        rows.addWidget(boxed(self.list), 2)
        rows.addWidget(self.note)
        self.setFocusProxy(self.list)
        self.check.hide()
        self.tabs.chosen.connect(self._turn)
        self.list.wanted.connect(self._go)

    def show_round(self, asked: Asked) -> None:
        """Show the last month reported up to the period on show, or the month it is."""
        if self._asked is None or (self._asked.zone, self._asked.period) != (asked.zone, asked.period):
            self.month = asked.period if asked.period.form == "M" else None
        self._asked = asked
        self.upkeep.again()

    def _step(self, by: int) -> None:
        if self.month is not None:
            self.month = month_of(self.month.year * 12 + self.month.seq + by)
            self.upkeep.again()

    def _prepare(self) -> Job | None:
        asked, month, file, today = self._asked, self.month, self.session.file, date.today()
        if asked is None:
            return None

        def work() -> Shown:
            with file.reading() as connection:
                wanted = month or latest_month(connection, asked.zones, asked.period)
                still = LONG
                if STILL in asked.pack.parameters:
                    value = figure(STILL, context_of(asked.pack)).value(connection, asked.zones, asked.period, today)
                    still = int(value) if isinstance(value, Fraction) else LONG
                return Shown(round_of(connection, asked.zones, wanted), still)

        return work, self._show

    def _show(self, shown: Shown) -> None:
        self.shown, self.month = shown, shown.round.month
        self.title.setText(f"一月一调度　{self.month.label}")
        self._put_stages(shown.round)
        self.tabs.put([f"{name} {len(moves):,}" for name, moves in self.parts()], self._tab)
        self._fill()

    def _put_stages(self, round: Round) -> None:
        heads = [Head("阶段", width=120), *(Head(name, width=90, right=True) for name in ("上月末", "转入", "转出", "月末")),
                 Head("上月末+转入−转出", width=150, right=True)]  # fmt: skip
        total = Stage(
            "",
            "合计",
            *(sum(getattr(each, name) for each in round.stages) for name in ("before", "came", "went", "after")),
        )
        self.stages.put(heads, [_stage(each, bold=each is total) for each in (*round.stages, total)])
        self.box.setMaximumHeight(self.stages.whole_height() + 8)
        wrong = [each.name for each in round.stages if not each.holds]
        if wrong:
            self.check.put("上月末 + 转入 − 转出 ≠ 月末", [f"对不上的阶段：{'、'.join(wrong)}"], "error")
        elif not round.projects:
            self.check.put("没有项目", ["项目台账、项目月度里还没有到这个月的项目"], "plain")
        else:
            self.check.put(
                "", ["每个阶段都有 上月末 + 转入 − 转出 = 月末；终止的不计。没有报月度的按里程碑日期算。"], "good"
            )

    def parts(self) -> list[tuple[str, tuple[Move, ...]]]:
        """The tabs with their projects."""
        if self.shown is None:
            return []
        of, still = self.shown.round, self.shown.still
        return [("换了阶段", of.moved), (f"{still} 个月没动", of.still(still)), ("本月没有报", of.unreported)]

    def _turn(self, tab: int) -> None:
        self._tab = tab
        self._fill()

    def _fill(self) -> None:
        if self.shown is None:
            return
        heads = [
            Head("项目", width=260),
            Head("上月末", width=100),
            Head("月末", width=100),
            Head("在这一阶段", width=110, right=True),
        ]
        rows = [self._row(each, self.shown.round) for each in self.parts()[self._tab][1]]
        self.list.put(heads, rows, lambda of: getattr(of, "id", None))
        if self.list.current() is None:
            self.list.select(0)

    def _row(self, each: Move, of: Round) -> Row:
        assert self.shown is not None
        name = Cell(each.title.name, note=each.title.key, tip=f"{each.title.name} {each.title.key}")
        late = not each.moved and each.months >= self.shown.still
        to = Cell(of.told(each.after), ink="text" if each.moved else "secondary", bold=each.moved)
        months = Cell("本月" if not each.months else f"{each.months} 个月", True, "error" if late else "text")
        return Row((name, Cell(of.told(each.before), ink="secondary"), to, months), each)

    def _go(self, of: object) -> None:
        if isinstance(of, Move) and self._asked is not None:
            go_to(self.session, ledger("项目"), of.id, "stage", self._asked.period)


def _stage(each: Stage, *, bold: bool) -> Row:
    numbers = [
        Cell(f"{number:,}" if number else "·", True, bold=bold)
        for number in (each.before, each.came, each.went, each.after)
    ]
    told = Cell(
        f"{each.before + each.came - each.went:,} {'✓' if each.holds else '≠'}", True, "good" if each.holds else "error"
    )
    return Row((Cell(each.name, bold=bold), *numbers, told), each)
