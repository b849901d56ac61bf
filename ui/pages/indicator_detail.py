"""One indicator: its figure, the formula in words and with numbers, the clause it rests on, and every row behind it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QVBoxLayout, QWidget

from models.formula.figures import Figure
from models.indicators import Result, indicator_set
from models.kinds import decimal_of
from models.parks import joined, method
from models.store.zones import scope_names
from models.targets import Goal, shown
from ui.asked import Asked
from ui.ends import Ends
from ui.pages.base_figure import BaseFigure
from ui.pages.rows_behind import RowsBehind
from ui.scrolled import Scrolled
from ui.session import Session
from ui.widgets import Card, Chip, Shrinking, label


class Detail(QWidget):
    """The panel beside the indicators."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.result: Result | None = None
        self.asked: Asked | None = None
        self.name, self.figure, self.unit, self.gap = (
            Shrinking("", "strong"),
            label("", "figure"),
            label("", "secondary"),
            Chip(),
        )
        self.texts = {
            name: label("", wrap=True)
            for name in ("公式", "代入", "依据", "口径", "目标", "上年", "合并方式", "各园区")
        }
        self.base = BaseFigure(session)
        self.rows = RowsBehind(session)
        self.tabs, self.list = self.rows.tabs, self.rows.list
        self._place()
        self.rows.filled.connect(lambda text: self._tell("代入", text))

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
        below.rows.addWidget(self.rows)
        outer.addWidget(top)
        outer.addWidget(below, 1)

    def show_result(self, result: Result, asked: Asked) -> None:
        """Show an indicator; the rows behind it follow when they are found."""
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
            "目标": aims, "上年": prior, "合并方式": method(asked.pack, each).words if len(asked.zones) > 1 else "",
            "各园区": self._parks(result, asked),
        }  # fmt: skip
        for name, text in told.items():
            self._tell(name, text)
        self.base.put(result, asked)
        self.form.setRowVisible(self.base, not self.base.isHidden())
        self.rows.find(self._figure(asked, result), asked, asked.period)

    def _parks(self, result: Result, asked: Asked) -> str:
        """Each park's figure and the joined one; "" for a zone without parks."""
        if len(asked.zones) < 2:
            return ""
        id = result.indicator.id
        with self.session.file.reading() as connection:
            names = scope_names(connection, asked.zones)
            parks = [(code,) for code in asked.zones]
            (each,) = joined(connection, asked.pack, parks, asked.period, date.today(), only=id)
        own = [
            f"{names.get(code, code)} {_shown(each.shown(value))}"
            for code, value in zip(asked.zones, each.parks, strict=True)
        ]
        return "；".join([*own, f"合起来 {_shown(each.rounded)}"])

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


def _shown(value: Decimal | None) -> str:
    return "—" if value is None else f"{value:,f}"


def goal_of(goal: Goal, result: Result) -> str:
    """Whose target it is, with its year where that is another than the return's."""
    return goal.level if goal.year == result.goals[0].year else f"{goal.level} {goal.year}"
