"""One indicator: its figure, the formula in words and with numbers, the clause it rests on, and every row behind it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QVBoxLayout, QWidget

from models.formula.figures import Figure
from models.indicators import Result, indicator_set
from models.overridden import MARK, told_by_hand
from models.pace import Standing
from ui.asked import Asked
from ui.ends import Ends
from ui.pages.base_figure import BaseFigure
from ui.pages.change_panel import ChangePanel
from ui.pages.indicator_words import change_told, gap_told, goals_told, need_told, prior_told, progress_told
from ui.pages.rows_behind import RowsBehind
from ui.scrolled import Scrolled
from ui.session import Session
from ui.widgets import Card, Chip, Shrinking, label

FOLDED = ("公式", "代入", "依据", "口径", "目标")  # not shown beside the change


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
            for name in ("改数", "公式", "代入", "依据", "口径", "上年", "增减", "目标", "进度", "还差")
        }
        self.base = BaseFigure(session)
        self.change = ChangePanel(session)
        self.rows = RowsBehind(session, ("增减原因", self.change))
        self.tabs, self.list = self.rows.tabs, self.rows.list
        self._place()
        self.tabs.chosen.connect(self._turn)
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
        self.scroll = Scrolled(self.form)
        top.rows.addWidget(self.scroll)
        below.rows.addWidget(self.rows)
        outer.addWidget(top)
        outer.addWidget(below, 1)

    def show_result(self, result: Result, asked: Asked, standing: Standing | None = None) -> None:
        """Show an indicator beside the target that counts; the rows behind it follow when they are found."""
        self.result, self.asked = result, asked
        each = result.indicator
        self.name.setText(each.name)
        hand = MARK * (result.by is not None)
        self.figure.setText("—" if result.rounded is None else f"{result.rounded:,f}{hand}")
        self.unit.setText(each.unit)
        self.gap.put(*gap_told(standing))
        quoted = f"“{each.words}”" if each.words else ""
        told = {
            "改数": told_by_hand(result),
            "公式": self._figure(asked, result).words, "代入": "…", "依据": f"{each.clause}{quoted}", "口径": each.scope,
            "上年": prior_told(result), "增减": change_told(result), "目标": goals_told(result, asked.period),
            "进度": progress_told(standing), "还差": need_told(standing, asked.period, date.today()),
        }  # fmt: skip
        for name, text in told.items():
            self._tell(name, text)
        self.base.put(result, asked)
        self.form.setRowVisible(self.base, not self.base.isHidden())
        self.rows.find(self._figure(asked, result), asked, asked.period, each)
        self._turn(2 if self.rows.aside else 0)

    def _turn(self, tab: int) -> None:
        """The change is worked out only where it is looked at; it needs the room of what is not about it."""
        for name in self.texts:
            self._show(name)
        self.scroll.updateGeometry()
        if tab == 2 and self.result is not None and self.asked is not None:
            self.change.find(self.result, self._figure(self.asked, self.result), self.asked)

    def _tell(self, name: str, text: str) -> None:
        self.texts[name].setText(text)
        self._show(name)

    def _show(self, name: str) -> None:
        text = self.texts[name]
        self.form.setRowVisible(text, bool(text.text()) and not (self.rows.aside and name in FOLDED))

    @staticmethod
    def _figure(asked: Asked, result: Result) -> Figure:
        return indicator_set(asked.pack).figures[result.indicator.id]
