"""各园区: each zone's figure of every indicator beside the others', and the one figure of all, put together as the indicator allows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from models.joined import SUM, TOLD
from models.kinds import decimal_of
from models.overridden import MARK
from models.parks import Together, together
from models.progress import Steps
from models.store.zones import groups_of, pick, zones
from ui.asked import Asked
from ui.asking import asked_of
from ui.busy import Busy
from ui.page import PageWidget
from ui.segments import Segments
from ui.session import Session
from ui.table.cells import Cell, Head
from ui.table.lines import Lines, Row, boxed
from ui.upkeep import Job, Upkeep
from ui.widgets import Card, EmptyState, PageHeader, Shrinking, label

PARKS, EVERY = "本区和分园", "数据文件里全部开发区"
HEADS = [
    Head("位次", width=56, right=True), Head("园区", width=180), Head("数", width=110, right=True), Head("占 %", width=70, right=True),
]  # fmt: skip


class ParksPage(PageWidget):
    """Worked out in the background whenever the page is looked at after a change."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.header, self.busy = PageHeader("各园区"), Busy()
        self.which = Segments("范围", ((PARKS, PARKS), (EVERY, EVERY)))
        self.range = PARKS
        self.which.put(PARKS)
        self.list, self.each = Lines(session.look, stretch=0, drop=(2,)), Lines(session.look, stretch=1, drop=(3,))
        self.list.setAccessibleName("合在一起")
        self.each.setAccessibleName("各园区的数")
        self.name, self.way, self.without = (
            Shrinking("", "strong"),
            label("", "secondary", wrap=True),
            label("", "note", wrap=True),
        )
        self.empty = EmptyState("只有一个开发区", "把别的园区的数据文件用“数据与备份”合并进来，这里就能放在一起看")
        self.names: dict[str, str] = {}
        self.found: list[Together] = []
        self.upkeep = Upkeep(self, session, "各园区的数", self._prepare, failed=self._failed, busy=self.busy)
        self._place()
        self.which.chosen.connect(self._turn)
        self.list.chosen.connect(self._choose)
        self.upkeep.follow()

    def _place(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 14, 20, 16)
        outer.setSpacing(10)
        for widget in (self.header, self.which, self.busy):
            outer.addWidget(widget)
        sides = QHBoxLayout()
        sides.setSpacing(12)
        self.box = boxed(self.list)
        self.side = Card()
        for widget in (self.name, self.way, self.without):
            self.side.rows.addWidget(widget)
        self.side.rows.addWidget(self.each, 1)
        sides.addWidget(self.box, 1)
        sides.addWidget(self.side, 1)
        outer.addLayout(sides, 1)
        outer.addWidget(self.empty, 1)

    def arrive(self, where: Mapping[str, object]) -> None:
        if self.upkeep.stale:
            self.upkeep.begin()
        self.list.setFocus()

    def _turn(self, to: object) -> None:
        self.range = str(to)
        self.upkeep.spoil()

    def _prepare(self) -> Job | None:
        asked, file = asked_of(self.session), self.session.file
        groups = self._groups()
        for widget in (self.box, self.side):
            widget.setVisible(len(groups) > 1)
        self.empty.setVisible(len(groups) < 2)
        if len(groups) < 2:
            self.header.fact.setText("")
            return None

        def work() -> Steps[list[Together]]:
            with file.reading() as connection:
                return (yield from together(connection, asked.pack, groups, asked.period, date.today()))

        return work, lambda found: self._show(asked, found)

    def _groups(self) -> Mapping[str, Sequence[str]]:
        with self.session.file.reading() as connection:
            self.names = {zone.code: zone.short_name for zone in zones(connection)}
            return groups_of(connection, pick(connection, self.session.zone), every=self.range == EVERY)

    def _failed(self, error: Exception) -> None:
        self.session.said.emit(f"没有算出来：{error}", "error")

    def _show(self, asked: Asked, found: list[Together]) -> None:
        self.found = found
        many = len(found[0].each) if found else 0
        self.header.fact.setText(f"{asked.pack.id} · {asked.period.label} · {many} 个园区 · {len(found)} 个指标")
        heads = [
            Head("指标", width=200), Head("合在一起", width=110, right=True), Head("单位", width=70), Head("合并", width=60),
        ]  # fmt: skip
        self.list.put(heads, [_row(one) for one in found], lambda one: one.indicator.id)  # type: ignore[attr-defined]
        if self.list.current() is None:
            self.list.step(1)
        self._choose(self.list.current())

    def _choose(self, of: object) -> None:
        if not isinstance(of, Together):
            return
        each = of.indicator
        self.name.setText(f"{each.name}（{each.unit}）" if each.unit else each.name)
        by = f"，按“{each.joined.partition(' ')[2]}”加权" if " " in each.joined else ""
        self.way.setText(f"合在一起：{TOLD[of.way]}{by}")
        missing = "、".join(self.names.get(zone, zone) for zone in of.without)
        told = [f"没有数：{missing}"] if missing else []
        told += [f"{MARK} {self.names.get(zone, '合在一起')}：{by.sentence}" for zone, by in of.changed.items()]
        self.without.setText("\n".join(told))
        self.without.setVisible(bool(told))
        ranks = of.ranks()
        order = sorted(of.each, key=lambda zone: (ranks.get(zone, len(of.each) + 1), zone))
        self.each.put(HEADS, [self._zone_row(of, zone, ranks.get(zone)) for zone in order])

    def _zone_row(self, of: Together, zone: str, rank: int | None) -> Row:
        value = of.each[zone]
        share = ""
        if of.way == SUM and of.value and value is not None:
            share = f"{decimal_of(value / of.value * 100, 1):,f}"
        cells = (
            Cell("" if rank is None else str(rank), True), Cell(self.names.get(zone, zone), tip=zone),
            Cell(_shown(of, zone, value), True, bold=True), Cell(share, True, "secondary"),
        )  # fmt: skip
        return Row(cells, zone)


def _row(of: Together) -> Row:
    each = of.indicator
    cells = (
        Cell(each.name, tip=f"{each.id} {each.name}"),
        Cell(_shown(of, "", of.value), True, bold=of.value is not None),
        Cell(each.unit, ink="secondary"), Cell(of.way, ink="secondary", tip=TOLD[of.way]),
    )  # fmt: skip
    return Row(cells, of)


def _shown(of: Together, zone: str, value: Fraction | None) -> str:
    """A figure as printed, marked where the return has it by hand."""
    if value is None:
        return "—"
    return f"{decimal_of(value, of.indicator.places):,f}{MARK * (zone in of.changed)}"
