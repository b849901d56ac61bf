"""One indicator: its figure, the formula in words and with numbers, the clause it rests on, and every row behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QVBoxLayout, QWidget

from models.formula.behind import Rows, rows_behind
from models.formula.figures import Figure
from models.formula.tree import Aggregate
from models.formula.words import places, words
from models.indicators import Result, indicator_set
from models.kinds import decimal_of
from models.ledger import Ledger
from models.store.titles import Title, titles
from models.targets import Goal, shown
from ui.asking import go_to
from ui.ends import Ends
from ui.pages.base_figure import BaseFigure
from ui.reporting import Asked
from ui.scrolled import Scrolled
from ui.session import Session
from ui.table.cells import Cell, Head
from ui.table.lines import Lines, Row
from ui.widgets import Card, Chip, Shrinking, Tabs, label, link, row
from ui.worker import Task

AT_ONCE = 200  # rows shown before more are asked for


@dataclass(frozen=True)
class Behind:
    """What stands behind one figure: the formula with numbers, and for each set function its rows, largest first."""

    filled: str
    parts: tuple[tuple[Aggregate, Rows], ...]

    def count(self, *, included: bool) -> int:
        """How many rows are counted, or left out."""
        return sum(len(rows.included if included else rows.left_out) for _, rows in self.parts)


@dataclass(frozen=True)
class Line:
    """A row behind a figure: where it stands, and what is told of it."""

    ledger: Ledger
    id: bytes
    told: str


class Detail(QWidget):
    """The panel beside the indicators."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.result: Result | None = None
        self.asked: Asked | None = None
        self.behind: Behind | None = None
        self.shown = AT_ONCE
        self._task: Task | None = None
        self.name, self.figure, self.unit, self.gap = (
            Shrinking("", "strong"),
            label("", "figure"),
            label("", "secondary"),
            Chip(),
        )
        self.texts = {name: label("", wrap=True) for name in ("公式", "代入", "依据", "口径", "目标", "上年")}
        self.base = BaseFigure(session)
        self.tabs = Tabs(["计入", "没计入"])
        self.list = Lines(session.look, stretch=0)
        self.note, self.more = label("", "note", wrap=True), link("", self._show_more)
        self._place()
        self.tabs.chosen.connect(self._turn)
        self.list.wanted.connect(self._go)
        self._tab = 0

    def _place(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        top, below = Card(), Card(name="panel")
        line = Ends()
        for widget in (self.name, self.figure, self.unit):
            line.left(widget)
        line.right(self.gap)
        top.rows.addLayout(line)
        self.form = QFormLayout()
        self.form.setHorizontalSpacing(10)
        self.form.setVerticalSpacing(6)
        self.form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        for name, text in self.texts.items():
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            named = label(name, "secondary")
            named.setAlignment(Qt.AlignmentFlag.AlignTop)
            text.setAlignment(Qt.AlignmentFlag.AlignTop)
            self.form.addRow(named, text)
        self.form.addRow("", self.base)
        top.rows.addWidget(Scrolled(self.form))
        below.rows.addWidget(self.tabs)
        below.rows.addWidget(self.list, 1)
        foot = row(spacing=12)
        foot.addWidget(self.note, 1)
        foot.addWidget(self.more)
        below.rows.addLayout(foot)
        outer.addWidget(top)
        outer.addWidget(below, 1)

    def show_result(self, result: Result, asked: Asked) -> None:
        """Show an indicator; the rows behind it follow when they are found."""
        same = self.result is not None and self.result.indicator is result.indicator
        self.result, self.asked = result, asked
        each = result.indicator
        self.name.setText(each.name)
        self.figure.setText("—" if result.rounded is None else f"{result.rounded:,f}")
        self.unit.setText(each.unit)
        self._tell_gap(result)
        quoted = f"“{each.words}”" if each.words else ""
        prior = (
            ""
            if result.rounded_prior is None
            else f"{result.rounded_prior:,f} {each.unit}（取自{result.prior_source}）"
        )
        aims = "；".join(f"{goal_of(goal, result)} {shown(goal, each.places)}" for goal in result.goals)
        told = {
            "公式": self._figure(asked, result).words, "代入": "…", "依据": f"{each.clause}{quoted}", "口径": each.scope,
            "目标": aims, "上年": prior,
        }  # fmt: skip
        for name, text in told.items():
            self._tell(name, text)
        self.base.put(result, asked)
        self.form.setRowVisible(self.base, not self.base.isHidden())
        if not same:
            self.shown = AT_ONCE
        self._find()

    def _tell(self, name: str, text: str) -> None:
        self.texts[name].setText(text)
        self.form.setRowVisible(self.texts[name], bool(text))

    def _tell_gap(self, result: Result) -> None:
        goal = result.goals[0] if result.goals else None
        if goal is None or result.rounded is None:
            self.gap.put("", "plain")
            return
        reached = goal.reached(Fraction(result.rounded))
        missing = decimal_of(abs(goal.low - Fraction(result.rounded)), result.indicator.places)
        self.gap.put(
            f"{goal.level}目标已达到" if reached else f"离{goal.level}目标差 {missing:,f}",
            "good" if reached else "warning",
        )

    @staticmethod
    def _figure(asked: Asked, result: Result) -> Figure:
        return indicator_set(asked.pack).figures[result.indicator.id]

    # --- the rows behind

    def _find(self) -> None:
        assert self.result is not None
        assert self.asked is not None
        asked, wanted, figure, file = self.asked, self.result, self._figure(self.asked, self.result), self.session.file

        def work() -> Behind:
            today = date.today()
            with file.reading() as connection:
                found = rows_behind(figure, connection, asked.zones, asked.period, today)
                filled = figure.filled(connection, asked.zones, asked.period, today)
            return Behind(
                filled, tuple((node, _largest_first(rows)) for node, rows in zip(figure.sets, found, strict=True))
            )

        task = Task(self, work)
        task.done.connect(lambda behind: self._found(wanted, behind))
        task.failed.connect(lambda error: self._tell("代入", str(error)))
        task.start()

    def _found(self, wanted: Result, behind: Behind) -> None:
        if wanted is not self.result:
            return
        self.behind = behind
        self._tell("代入", behind.filled)
        names = [f"计入 {behind.count(included=True):,}", f"没计入 {behind.count(included=False):,}"]
        self.tabs.put(names, self._tab)
        self._fill()

    def _turn(self, tab: int) -> None:
        self._tab, self.shown = tab, AT_ONCE
        self._fill()

    def _show_more(self) -> None:
        self.shown += AT_ONCE
        self._fill()

    def _fill(self) -> None:
        if self.behind is None:
            return
        included = self._tab == 0
        self.list.put(self._heads(included=included), list(self._rows(included=included)))
        rest = self.behind.count(included=included) - self.shown
        self.more.setVisible(rest > 0)
        self.more.setText(f"再显示 {min(rest, AT_ONCE)} 行（还有 {rest:,} 行）")
        self.note.setText("双击到台账" if self.behind.count(included=included) else "没有")

    def _heads(self, *, included: bool) -> list[Head]:
        assert self.behind is not None
        if not included:
            return [Head("记录", width=200), Head("为什么没计入", width=260)]
        valued = [node for node, _ in self.behind.parts if node.value is not None and node.name != "去重计数"]
        if not valued:
            return [Head("记录", width=200)]
        one = valued[0] if len(self.behind.parts) == 1 else None
        name = words(one.value) if one is not None and one.value is not None else "数"
        unit = (
            f"（{one.value.type.unit.name}）"
            if one is not None and one.value is not None and one.value.type.unit.name
            else ""
        )
        return [Head("记录", width=200), Head(f"{name}{unit}", width=150, right=True)]

    def _rows(self, *, included: bool) -> Iterator[Row]:
        assert self.behind is not None
        left = self.shown
        for node, rows in self.behind.parts:
            several = len(self.behind.parts) > 1
            entries = (rows.included if included else rows.left_out)[:left]
            left -= len(entries)
            if several and (rows.included if included else rows.left_out):
                yield Row((Cell(words(node), bold=True),))
            names = self._names(rows.ledger, [id for id, _ in entries])
            for id, told in entries:
                named = names.get(id, Title("", ""))
                note = named.key if named.key != named.name else ""
                second = (
                    Cell(_amount(told, node), True) if included else Cell(str(told), ink="secondary", tip=str(told))
                )
                yield Row(
                    (Cell(named.name, note=note, tip=f"{named.name} {note}"), second), Line(rows.ledger, id, str(told))
                )

    def _names(self, ledger: Ledger, ids: list[bytes]) -> Mapping[bytes, Title]:
        with self.session.file.reading() as connection:
            return titles(connection, ledger, ids)

    def _go(self, line: object) -> None:
        if isinstance(line, Line) and self.asked is not None:
            field = next((f.id for f in line.ledger.fields if f.label == self._main_field()), "")
            go_to(self.session, line.ledger, line.id, field, self.asked.period)

    def _main_field(self) -> str:
        """The field that the figure adds up, to be shown in the ledger."""
        value = self.behind.parts[0][0].value if self.behind and self.behind.parts else None
        return words(value) if value is not None else ""


def goal_of(goal: Goal, result: Result) -> str:
    """Whose target it is, with its year where that is another than the return's."""
    return goal.level if goal.year == result.goals[0].year else f"{goal.level} {goal.year}"


def _largest_first(rows: Rows) -> Rows:
    if not all(isinstance(value, Fraction) for _, value in rows.included):
        return rows
    ordered = sorted(rows.included, key=lambda each: -each[1])  # type: ignore[operator]
    return Rows(rows.words, rows.ledger, tuple(ordered), rows.left_out)


def _amount(value: object, node: Aggregate) -> str:
    """A row's share of the figure; nothing where rows are merely counted."""
    if node.value is None or node.name == "去重计数" or not isinstance(value, Fraction):
        return ""
    return f"{decimal_of(value, places(node) or 0):,f}"
