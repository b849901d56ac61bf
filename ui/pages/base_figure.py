"""Beside an indicator: last year's figure keyed as 期初数, where neither an issued version nor the ledgers have it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from models.indicators import Result
from models.kinds import BadValue
from models.reported import BASE, put_base
from models.store.batches import Batch
from ui.asked import Asked
from ui.session import Session
from ui.widgets import TextLine, label, link, row

FROM_LEDGERS = "台账"


class BaseFigure(QWidget):
    """A link that opens one line; Enter keeps what was typed as one step, an empty line takes it away, Esc leaves it."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.result: Result | None = None
        self.asked: Asked | None = None
        self.link = link("", self.open)
        self.line = TextLine(name="期初数")
        self.line.setMaximumWidth(session.look.px(130))
        self.line.returnPressed.connect(self._keep)
        self.line.editingFinished.connect(self.close_line)
        self.unit = label("", "secondary")
        line = row(self, spacing=6)
        for widget in (self.link, self.line, self.unit):
            line.addWidget(widget)
        line.addStretch(1)
        self.close_line()

    def put(self, result: Result, asked: Asked) -> None:
        """Speak of another indicator; what was issued last year, or the ledgers have, is not to be keyed."""
        self.result, self.asked = result, asked
        last = asked.period.back().label
        self.link.setText(f"改{last}期初数…" if result.prior_source == BASE else f"填{last}期初数…")
        self.link.setToolTip("第一年用：台账里没有上年的数，照上年报表填一个")
        self.unit.setText(result.indicator.unit)
        missing = result.prior_source == FROM_LEDGERS and not result.prior
        self.setVisible((missing or result.prior_source == BASE) and not self.session.file.read_only)
        self.close_line()

    def open(self) -> None:
        """Type the figure."""
        result = self.result
        if result is None:
            return
        keyed = result.rounded_prior if result.prior_source == BASE else None
        self.line.setText("" if keyed is None else f"{keyed:f}")
        self._turn(typing=True)
        self.line.setFocus()
        self.line.selectAll()

    def close_line(self) -> None:
        """Show the link again."""
        self._turn(typing=False)

    def _turn(self, *, typing: bool) -> None:
        self.link.setVisible(not typing)
        self.line.setVisible(typing)
        self.unit.setVisible(typing)

    def _keep(self) -> None:
        result, asked, text = self.result, self.asked, self.line.text()
        if result is None or asked is None:
            return
        period, each = asked.period.back(), result.indicator

        def change(work: Batch) -> None:
            put_base(work, asked.pack, period, each, text)

        self.close_line()
        try:
            self.session.write("录入", f"{BASE} {each.name} {period.label}", change)
        except (ValueError, BadValue) as fault:
            self.session.said.emit(str(fault), "error")
