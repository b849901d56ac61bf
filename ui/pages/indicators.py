"""指标与目标: every figure of the return with last year's and its targets; beside it the formula, the clause and the rows behind."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from models.indicators import Result
from models.overridden import MARK, reported_results, told_by_hand
from models.pace import Standing, standing
from models.periods import Period
from models.targets import shown
from ui.asked import Asked
from ui.asking import asked_of
from ui.page import PageWidget
from ui.pages.indicator_detail import Detail
from ui.pages.indicator_words import changed, goal_of, light_cell
from ui.session import Session
from ui.table.cells import Cell, Head
from ui.table.lines import Lines, Row, boxed
from ui.upkeep import Job, Upkeep
from ui.widgets import PageHeader

PANEL = 480


class IndicatorsPage(PageWidget):
    """Figures are worked out in the background whenever the page is looked at after a change."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.header = PageHeader("指标与目标")
        self.list = Lines(session.look, stretch=0, drop=(3, 5, 6))
        self.detail = Detail(session)
        self.results: list[Result] = []
        self.standings: dict[str, Standing | None] = {}
        self.asked: Asked | None = None
        self._wanted = ""
        self.upkeep = Upkeep(self, session, "指标", self._prepare)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 14, 20, 16)
        outer.setSpacing(12)
        outer.addWidget(self.header)
        sides = QHBoxLayout()
        sides.setSpacing(12)
        sides.addWidget(boxed(self.list), 1)
        sides.addWidget(self.detail)
        outer.addLayout(sides, 1)
        self.list.chosen.connect(self._choose)
        self.upkeep.follow()

    def arrive(self, where: Mapping[str, object]) -> None:
        self._wanted = str(where.get("indicator", ""))
        if self.upkeep.stale:
            self.upkeep.begin()
        else:
            self._select()
        self.list.setFocus()

    def _prepare(self) -> Job:
        asked, file = asked_of(self.session), self.session.file

        def work() -> list[Result]:
            with file.reading() as connection:
                return reported_results(connection, asked.pack, asked.zones, asked.period, date.today())

        return work, lambda found: self._show(asked, found)

    def _show(self, asked: Asked, results: list[Result]) -> None:
        self.asked, self.results = asked, results
        today = date.today()
        self.standings = {each.indicator.id: standing(each, asked.period, today) for each in results}
        known = sum(result.value is not None for result in results)
        waiting = f"，{len(results) - known} 个等台账" if known < len(results) else ""
        self.header.fact.setText(
            f"{asked.pack.id} {asked.pack.title} · {asked.period.label} · {len(results)} 个指标，{known} 个可算{waiting}"
        )
        heads = [
            Head("指标", width=180), Head(asked.period.label, width=90, right=True), Head("单位", width=58), Head("目标", width=128),
            Head("完成", width=74), Head(asked.period.back().label, width=90, right=True), Head("增减", width=74, right=True),
        ]  # fmt: skip
        self.list.put(
            heads,
            [_row(each, self.standings[each.indicator.id], asked.period) for each in results],
            lambda result: result.indicator.id,
        )  # type: ignore[attr-defined]
        self._select()

    def _select(self) -> None:
        wanted = next(
            (n for n, r in enumerate(self.results) if self._wanted in (r.indicator.id, r.indicator.name)), None
        )
        if wanted is not None:
            self.list.select(wanted)
        elif self.list.current() is None:
            self.list.select(0)
        self._choose(self.list.current())

    def _choose(self, result: object) -> None:
        if isinstance(result, Result) and self.asked is not None:
            self.detail.show_result(result, self.asked, self.standings.get(result.indicator.id))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.detail.setFixedWidth(min(self.session.look.px(PANEL), self.width() * 45 // 100))


def _row(result: Result, of: Standing | None, period: Period) -> Row:
    each = result.indicator
    waits = result.value is None
    hand = told_by_hand(result)
    shown_figure = "—" if waits else f"{result.rounded:,f}{MARK * bool(hand)}"
    figure = Cell(shown_figure, True, "secondary" if waits else "text", bold=not waits, tip=hand)
    targets = "　".join(f"{shown(goal, each.places)} {goal_of(goal, period)}" for goal in result.goals[:2])
    prior = Cell("—" if result.rounded_prior is None else f"{result.rounded_prior:,f}", True, "secondary")
    cells = (
        Cell(each.name, tip=f"{each.id} {each.name}"), figure, Cell(each.unit, ink="secondary"),
        Cell(targets, ink="secondary", tip=targets),
        light_cell(of), prior, Cell(changed(result), True),
    )  # fmt: skip
    return Row(cells, result)
