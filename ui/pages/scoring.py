"""评价: the scoring schemes of the return (亩产效益, 争先创优 …): rank, class and points of each, why, and what would lift it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from models.kinds import decimal_of
from models.ledgers import ledger
from models.packs.schemes import SCORED, Scheme, schemes
from models.scoring import Left, Mark, Scored, Scores, scores
from ui.asked import Asked
from ui.asking import asked_of, go_to, pack_of
from ui.page import PageWidget
from ui.pages.scoring_detail import Detail
from ui.segments import Segments
from ui.session import Session
from ui.table.cells import Cell, Head
from ui.table.lines import Lines, Row, boxed
from ui.upkeep import Job, Upkeep
from ui.widgets import EmptyState, PageHeader, label

PANEL = 440
TONES = ("good", "plain", "warning", "error")  # of the classes, the best first


class ScoringPage(PageWidget):
    """Scores are worked out in the background whenever the page is looked at after a change."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.header = PageHeader("评价")
        self.note = label("", "note", wrap=True)
        self.list = Lines(session.look, stretch=1)
        self.detail = Detail(session.look)
        self.empty = EmptyState(
            "这套报表没有评价方案", "评价方案写在报表包的“评分”“评分项”两张表里；上面换一套报表看看"
        )
        self.choice: Segments | None = None
        self.scheme = ""
        self.asked: Asked | None = None
        self.scores: Scores | None = None
        self.upkeep = Upkeep(self, session, "评价", self._prepare)
        self._place()
        self.list.chosen.connect(self._choose)
        self.list.wanted.connect(self._go)
        self.upkeep.follow()

    def _place(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 14, 20, 16)
        outer.setSpacing(10)
        outer.addWidget(self.header)
        self.top = QVBoxLayout()
        outer.addLayout(self.top)
        outer.addWidget(self.note)
        sides = QHBoxLayout()
        sides.setSpacing(12)
        self.box = boxed(self.list)
        sides.addWidget(self.box, 1)
        sides.addWidget(self.detail)
        outer.addLayout(sides, 1)
        outer.addWidget(self.empty, 1)

    def arrive(self, where: Mapping[str, object]) -> None:
        self.scheme = str(where.get("scheme", "")) or self.scheme
        if self.upkeep.stale or where.get("scheme"):
            self.upkeep.again()
        self.list.setFocus()

    def turn_to(self, id: object) -> None:
        """Another scheme."""
        self.scheme = str(id)
        self.upkeep.again()

    def _prepare(self) -> Job | None:
        there = schemes(pack_of(self.session))
        self._offer(there)
        scheme = next((each for each in there if each.id == self.scheme), there[0] if there else None)
        for widget in (self.box, self.detail, self.note):
            widget.setVisible(scheme is not None)
        self.empty.setVisible(scheme is None)
        if scheme is None:
            self.header.fact.setText(pack_of(self.session).id)
            return None
        asked, file = asked_of(self.session), self.session.file

        def work() -> Scores:
            with file.reading() as connection:
                return scores(connection, asked.pack, scheme, asked.zones, (asked.period, date.today()))

        return work, lambda found: self._show(asked, found)

    def _offer(self, there: tuple[Scheme, ...]) -> None:
        """The schemes side by side; the one on show is marked."""
        ids = [each.id for each in there]
        if self.choice is None or list(self.choice.buttons) != ids:
            if self.choice is not None:
                self.choice.hide()
                self.top.removeWidget(self.choice)
                self.choice.deleteLater()
            self.choice = Segments("方案", [(each.name, each.id) for each in there])
            self.choice.chosen.connect(self.turn_to)
            self.top.addWidget(self.choice)
        self.choice.setVisible(len(ids) > 1)
        self.choice.put(self.scheme if self.scheme in ids else next(iter(ids), ""))

    def _show(self, asked: Asked, found: Scores) -> None:
        self.asked, self.scores = asked, found
        scheme = found.scheme
        counts = [f"{grade.name} {sum(each.grade == grade.name for each in found.scored)}" for grade in scheme.grades]
        parts = [
            scheme.name, asked.period.label, f"参评 {len(found.scored):,}", *counts, f"没有参评 {len(found.left):,}",
        ]  # fmt: skip
        self.header.fact.setText(" · ".join(parts))
        self.note.setText(("" if scheme.complete else "官方权重没有公开，只列数，不打分。") + scheme.note)
        rows = [*map(self._row, found.scored), *map(_left_row, found.left)]
        heads = _heads(scheme)
        self.list.drop = range(len(heads) - 1, 3, -1)  # where there is little room the items go, the panel has them too
        self.list.put(heads, rows, lambda of: getattr(of, "row", None))
        if self.list.current() is None:
            self.list.step(1)
        self._choose(self.list.current())

    def _row(self, each: Scored) -> Row:
        assert self.scores is not None
        names = [grade.name for grade in self.scores.scheme.grades]
        tone = ""
        if each.grade:
            place = names.index(each.grade)
            tone = TONES[min(place * len(TONES) // max(len(names), 1), len(TONES) - 1)]
        total = "—" if each.total is None else f"{decimal_of(each.total, 2):,f}"
        cells = (
            Cell("" if each.rank is None else str(each.rank), True),
            Cell(each.title.name, tip=f"{each.title.name} {each.title.key}"),
            Cell(each.grade, chip=tone),
            Cell(total, True, bold=True),
            *(Cell(shown(mark), True, "secondary") for mark in each.marks),
        )
        return Row(cells, each)

    def _choose(self, of: object) -> None:
        self.detail.show_one(self.scores, of if isinstance(of, Scored | Left) else None)

    def _go(self, of: object) -> None:
        """To its record."""
        if isinstance(of, Scored | Left) and self.asked is not None and self.scores is not None:
            go_to(self.session, ledger(self.scores.scheme.ledger), of.row, "", self.asked.period)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.detail.setFixedWidth(min(self.session.look.px(PANEL), self.width() * 45 // 100))


def _heads(scheme: Scheme) -> list[Head]:
    on = ledger(scheme.ledger)
    heads = [
        Head("名次", width=66, right=True), Head(on.by_id[on.title[0]].label if on.title else "开发区", width=200), Head("档", width=64),
        Head("得分", width=80, right=True),
    ]  # fmt: skip
    for item in scheme.of(SCORED):
        heads.append(Head(item.name, item.unit, width=120, right=True, tip=item.name))
    return heads


def _left_row(each: Left) -> Row:
    return Row(
        (
            Cell(""),
            Cell(each.title.name, ink="secondary", note=each.reason, tip=each.reason),
            Cell("不评", ink="secondary"),
        ),
        each,
    )


def shown(mark: Mark) -> str:
    """A mark's value as the table shows it."""
    return "—" if mark.value is None else f"{decimal_of(mark.value, mark.item.places):,f}"
