"""名单: the lists that the policy names (项目库, 闲置土地 …) at the left, who is on one and why at the right; the monthly round first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from models.packs.rosters import Roster
from models.rosters import Rosters
from ui.asked import Asked
from ui.asking import asked_of
from ui.page import PageWidget
from ui.pages.roster_panel import RosterPanel
from ui.pages.roster_round import RoundPanel
from ui.session import Session
from ui.table.cells import Cell, Head
from ui.table.lines import Lines, Row, boxed
from ui.upkeep import Job, Upkeep
from ui.widgets import PageHeader

ROUND = "一月一调度"
LEFT = 236
CHOSEN = "rosters/chosen"  # setting: the list last looked at


@dataclass(frozen=True)
class Counted:
    """What the left side shows: the return asked for and how many rows each of its lists has."""

    asked: Asked
    numbers: Mapping[str, int]


class RostersPage(PageWidget):
    """The lists are counted in the background whenever the page is looked at after a change; the one chosen is read then too."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.header = PageHeader("名单")
        self.list = Lines(session.look, stretch=0)
        self.panel, self.round = RosterPanel(session), RoundPanel(session)
        self.asked: Asked | None = None
        self._wanted = ""
        self.upkeep = Upkeep(self, session, "名单", self._prepare)
        self.stack = QStackedWidget()
        for each in (self.panel, self.round):
            self.stack.addWidget(each)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 14, 20, 16)
        outer.setSpacing(12)
        outer.addWidget(self.header)
        self.taking = [self.header.add("导出 Excel", self.panel.export), self.panel.print_with(self, self.header)]
        self.taking[0].setToolTip("连同没列入的和原因")
        sides = QHBoxLayout()
        sides.setSpacing(12)
        self.left = boxed(self.list)
        sides.addWidget(self.left)
        sides.addWidget(self.stack, 1)
        outer.addLayout(sides, 1)
        self.list.chosen.connect(self._choose)
        self.list.wanted.connect(lambda _: self.stack.currentWidget().setFocus())
        self.upkeep.follow()

    def arrive(self, where: Mapping[str, object]) -> None:
        self._wanted = str(where.get("roster", ""))
        if self.upkeep.stale:
            self.upkeep.begin()
        elif self._wanted:
            self._select()
        self.list.setFocus()

    def _prepare(self) -> Job:
        asked, file = asked_of(self.session), self.session.file

        def work() -> Counted:
            with file.reading() as connection:
                numbers = Rosters(connection, asked.pack, asked.zones, asked.period, date.today()).counted()
                return Counted(asked, numbers)

        return work, self._show

    def _show(self, counted: Counted) -> None:
        self.asked = asked = counted.asked
        self.header.fact.setText(
            f"{asked.pack.id} {asked.pack.title} · {asked.period.label} · {len(asked.pack.rosters)} 张名单"
        )
        rows = [Row((Cell("调度", bold=True, ink="secondary"),)), Row((Cell(ROUND), Cell()), ROUND)]
        kinds = dict.fromkeys(each.kind for each in asked.pack.rosters)
        for kind in kinds:
            rows.append(Row((Cell(kind, bold=True, ink="secondary"),)))
            for each in (one for one in asked.pack.rosters if one.kind == kind):
                number = counted.numbers[each.id]
                count = Cell(f"{number:,}", True, "text" if number else "secondary")
                rows.append(Row((Cell(each.name, tip=f"{each.id} {each.name}"), count), each))
        self.list.blockSignals(True)  # told once, when the row is chosen
        self.list.put([Head("名单", width=150), Head("行数", width=64, right=True)], rows)
        self.list.blockSignals(False)
        self._select()

    def _select(self) -> None:
        wanted = self._wanted or str(self.session.settings.get(CHOSEN, ""))
        names = [_name(row.of) for row in self.list.lines.rows]
        first = next((n for n, name in enumerate(names) if name and name != ROUND), names.index(ROUND))
        place = names.index(wanted) if wanted and wanted in names else first
        self._wanted = ""
        if self.list.currentIndex().row() == place:
            self._choose(self.list.current())
        self.list.select(place)

    def _choose(self, of: object) -> None:
        if self.asked is None or of is None:
            return
        self.session.settings.put(CHOSEN, _name(of))
        for button in self.taking:
            button.setEnabled(isinstance(of, Roster))
        if isinstance(of, Roster):
            self.stack.setCurrentWidget(self.panel)
            self.panel.show_roster(of, self.asked)
        else:
            self.stack.setCurrentWidget(self.round)
            self.round.show_round(self.asked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.left.setFixedWidth(min(self.session.look.px(LEFT), self.width() * 28 // 100))


def _name(of: object) -> str:
    return of.id if isinstance(of, Roster) else str(of or "")
