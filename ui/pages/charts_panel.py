"""Beside the chart: its figures as a table, the chosen bar with formula and clause, the rows behind it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from exporters.charts import source_told, unit_told
from models.chart_table import Origin, Table, indicators_of, origin, table, text
from models.charts import REST, Bar, Drawn
from ui.asked import Asked
from ui.outcome import Outcome
from ui.pages.rows_behind import RowsBehind
from ui.scrolled import Filled
from ui.session import Session
from ui.table.cells import Cell, Head
from ui.table.lines import Lines, Row
from ui.widgets import Card, Tabs, column, label, link, row

_DROPPED = {"柱线": (3, 6, 2, 5), "目标": (3, 2)}  # columns that go first where there is little room
HINT = "点图上一根柱子，或按 ← →，看它从哪里来"


class ChosenBar(QWidget):
    """What the chosen bar says and where it comes from."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.origin: Origin | None = None
        self.name, self.figure, self.unit = label("", "strong", wrap=True), label("", "figure"), label("", "secondary")
        self.texts = {name: label("", wrap=True) for name in ("占比", "完成", "上年", "公式", "代入", "依据", "取自")}
        self.go = link("", self._go)
        rows = column(self, spacing=6)
        rows.addWidget(self.name)
        line = row(spacing=6)
        line.addWidget(self.figure, 0, Qt.AlignmentFlag.AlignBaseline)
        line.addWidget(self.unit, 1, Qt.AlignmentFlag.AlignBaseline)
        rows.addLayout(line)
        self.form = QGridLayout()  # QFormLayout takes lines that wrap for fewer than they are
        self.form.setHorizontalSpacing(10)
        self.form.setVerticalSpacing(4)
        self.form.setColumnStretch(1, 1)
        self._named = {name: label(name, "secondary") for name in self.texts}
        for place, (name, said) in enumerate(self.texts.items()):
            said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            for across, each in enumerate((self._named[name], said)):
                each.setAlignment(Qt.AlignmentFlag.AlignTop)
                self.form.addWidget(each, place, across)
        rows.addLayout(self.form)
        rows.addWidget(self.go)

    def put(self, drawn: Drawn, bar: Bar, of: Origin | None, unit: str) -> None:
        """Show a bar."""
        self.origin = of
        indicator = of.indicator if of else None
        year = drawn.chart.kind in {"历年", "柱线"}
        self.name.setText(f"{indicator.name if indicator else drawn.chart.name} · {bar.label}" if year else bar.label)
        result, now, prior = bar.result, bar.value, bar.prior
        if result is not None:  # of a target's bar the figure, not the per cent
            now, prior, unit = result.rounded, result.rounded_prior, result.indicator.unit
        self.figure.setText(text(now))
        self.unit.setText(unit)
        changed = f"（{now - prior:+,f}）" if now is not None and prior is not None else ""
        self.tell("占比", bar.remark if drawn.chart.kind == "份额" else "")
        self.tell("完成", f"{text(bar.value)}%，{bar.remark.partition(' / ')[2]}" if result else "")
        self.tell("上年", "" if prior is None else f"{prior:,f}{changed}")
        self.tell(
            "公式", of.figure.words if of else f"“{drawn.chart.whole}”减去各组的合计" if bar.label == REST else ""
        )
        self.tell("代入", "")
        self.tell("依据", indicator.clause if indicator else drawn.chart.clause)
        self.tell("取自", bar.source)
        self.go.setText(f"看指标“{indicator.name}” ›" if indicator else "")
        self.go.setVisible(indicator is not None)

    def tell(self, name: str, said: str) -> None:
        """Put a line; an empty one is not shown."""
        self.texts[name].setText(said)
        for each in (self._named[name], self.texts[name]):
            each.setVisible(bool(said))

    def _go(self) -> None:
        if self.origin and self.origin.indicator:
            self.session.go("indicators", indicator=self.origin.indicator.id)


class ChartPanel(Card):
    """``chosen(number)``: a line of the table, which is bar ``number``, became the current one; ``copied``: 复制数据."""

    chosen = Signal(int)
    copied = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(name="panel")
        self.session = session
        self.drawn: Drawn | None = None
        self.asked: Asked | None = None
        self.table = Table((), ())
        self.bar = -1
        self.outcome, self.one = Outcome(), ChosenBar(session)
        self.name, self.note = label("", "strong", wrap=True), label("", "note", wrap=True)
        self.copy = link("复制数据", self.copied.emit)
        self.list = Lines(session.look, stretch=0)
        self.list.setAccessibleName("图上的数")
        self.hint, self.which, self.rows_behind = label(HINT, "note", wrap=True), Tabs(), RowsBehind(session)
        self._place()
        self._line, self._quiet = False, False
        self._names: list[str] = []
        self.list.chosen.connect(self._take)
        self.which.chosen.connect(self._turn)
        self.rows_behind.filled.connect(lambda said: self.one.tell("代入", said))

    def _place(self) -> None:
        line = row()
        line.addWidget(self.name, 1)
        line.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignTop)
        self.below = QWidget()
        below = column(self.below)
        for widget in (self.which, self.one, self.rows_behind):
            below.addWidget(widget)
        below.setStretch(2, 1)
        rows = column()
        rows.setContentsMargins(0, 0, 6, 0)
        rows.addWidget(self.outcome)
        rows.addLayout(line)
        for each in (self.note, self.list, self.hint):
            rows.addWidget(each)
        rows.addWidget(self.below, 1)
        rows.addStretch(0)
        self.rows.addWidget(Filled(rows))

    def put(self, drawn: Drawn, asked: Asked) -> None:
        """Show a chart's figures, no bar chosen."""
        self.drawn, self.asked = drawn, asked
        self.table = table(asked.pack, drawn, asked.period)
        self.name.setText(f"{drawn.chart.id}　{drawn.chart.name}")
        told = [f"单位：{unit_told(drawn)}", f"来源：{source_told(drawn, asked.pack.basis)}", *drawn.notes]
        self.note.setText("\n".join(told))
        first, other = (60, 104) if drawn.line else (96, 76)
        heads = [
            Head(name, width=other if n else first, right=n > 0 and name != "单位", tip=name)
            for n, name in enumerate(self.table.heads)
        ]
        self.list.drop = _DROPPED.get(drawn.chart.kind, (3,))
        rows = [
            Row(tuple(Cell(cell, head.right, tip=cell) for cell, head in zip(cells, heads, strict=True)), number)
            for number, cells in enumerate(self.table.rows)
        ]  # fmt: skip
        self._quiet = True
        for place in range(len(self.list.lines.heads)):  # another kind of chart gives others up
            self.list.setColumnHidden(place, False)
        self.list.put(heads, rows)
        self.list.setCurrentIndex(self.list.lines.index(-1, -1))
        self._quiet = False
        names = [each.name for each in indicators_of(asked.pack, drawn.chart)] if drawn.line else []
        self.which.setVisible(bool(names))
        if names != self._names:  # else a tab being pressed would be gone before it is let go
            self.which.put(names, int(self._line))
            self._names = names
        self.show_bar(-1)

    def show_bar(self, number: int) -> None:
        """Show where a bar comes from (−1: none is chosen)."""
        self.bar = number
        there = bool(self.table.rows)
        self.list.setVisible(there)
        self.copy.setVisible(there)
        self.hint.setVisible(there and number < 0)
        self.below.setVisible(number >= 0)
        self.list.setFixedHeight(min(self.list.whole_height() + 2, self.session.look.px(200 if number >= 0 else 420)))
        self._quiet = True
        if number >= 0:
            self.list.select(number)
        else:
            self.list.clearSelection()
        self._quiet = False
        drawn, asked = self.drawn, self.asked
        if number < 0 or drawn is None or asked is None:
            return
        line = self._line and bool(drawn.line)
        bar, unit = (drawn.line[number], drawn.line_unit) if line else (drawn.bars[number], drawn.unit)
        of = origin(asked.pack, drawn, number, asked.period, line=line)
        self.one.put(drawn, bar, of, unit)
        if of is None:
            self.rows_behind.clear("各组以外的部分，没有单独的行")
        else:
            self.rows_behind.find(of.figure, asked, of.period, of.indicator)

    def _take(self, number: object) -> None:
        if isinstance(number, int) and not self._quiet:
            self.chosen.emit(number)

    def _turn(self, tab: int) -> None:
        self._line = tab == 1
        self.show_bar(self.bar)
