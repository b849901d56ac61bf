"""人工改数 of the chosen cell: the figure and why, the calculated one beside it; withdrawn and confirmed here too."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.overridden import Overridden
from models.substance import emptiness
from ui.drawing import Told
from ui.widgets import Button, Flow, TextLine, label, link, row


class Line(TextLine):
    """A line of the form. ``left`` on Esc."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)


class OverridePanel(QWidget):
    """``put(told, figure, why)``, ``withdrawn(over)``, ``confirmed(over)``: asked for."""

    given = Signal(object, str, str)
    withdrawn = Signal(object)
    confirmed = Signal(object)
    grown = Signal()  # it asks, or says what is wrong: to be brought into sight

    def __init__(self) -> None:
        super().__init__()
        self.told: Told | None = None
        self.drafts: dict[str, tuple[str, str]] = {}  # figures and reasons left half written, by the cell's item
        self.said = label("", "warning", wrap=True)
        self.change = link("改这个数…", self.open)
        self.back = link("撤回改数", lambda: self._emit(self.withdrawn))
        self.again = link("按新算的数确认", lambda: self._emit(self.confirmed))
        self.figure, self.why = Line(name="改为"), Line(name="理由")
        self.figure.setPlaceholderText("改为")
        self.why.setPlaceholderText("理由：为什么不用算出的数")
        self.fault = label("", "error", wrap=True)
        self.save = Button("改数", self._give, primary=True)
        self.form = QWidget()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        rows.addWidget(self.said)
        links = QWidget()
        line = Flow(links, across=12, down=2)
        for each in (self.change, self.again, self.back):
            line.addWidget(each)
        rows.addWidget(links)
        inside = QVBoxLayout(self.form)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(6)
        for widget in (self.figure, self.why, self.fault):
            inside.addWidget(widget)
        buttons = row()
        buttons.addWidget(self.save)
        buttons.addWidget(Button("不改", self.close_form))
        buttons.addStretch(1)
        inside.addLayout(buttons)
        rows.addWidget(self.form)
        self.figure.returnPressed.connect(self.why.setFocus)
        self.why.returnPressed.connect(self._give)
        for edit in (self.figure, self.why):
            edit.left.connect(self.close_form)
            edit.textChanged.connect(lambda _: self.fault.hide())
        self.put(None, locked=False)

    def put(self, told: Told | None, *, locked: bool) -> None:
        """Show how the figure of the chosen cell is overridden; what is being typed for the same cell stays."""
        same = told is not None and self.told is not None and told.item == self.told.item
        if not same and not self.form.isHidden():
            self._keep_draft()
        self.told = told
        over = told.over if told else None
        self.setVisible(bool(told and told.item and (over or not locked)))
        self.said.setText(_told(over) if over else "")
        self.said.setVisible(over is not None)
        self.back.setVisible(over is not None and not locked)
        self.again.setVisible(bool(over and over.open) and not locked)
        begun = told is not None and told.item in self.drafts
        self.change.setText("接着改…" if begun else "再改…" if over else "改这个数…")
        self.change.setVisible(not locked)
        if not same or locked:
            self.form.hide()

    def _keep_draft(self) -> None:
        """Another cell is looked at: what was written for this one is there when she comes back."""
        typed, over = (self.figure.text(), self.why.text()), self.told.over if self.told else None
        if self.told and any(typed) and (over is None or typed != (f"{over.by.value:f}", over.by.why)):
            self.drafts[self.told.item] = typed

    def open(self) -> None:
        """Ask for the figure and why."""
        over = self.told.over if self.told else None
        before = (f"{over.by.value:f}", over.by.why) if over else ("", "")
        figure, why = self.drafts.pop(self.told.item, before) if self.told else before
        self.figure.setText(figure)
        self.why.setText(why)
        self.fault.hide()
        self.form.show()
        self.figure.setFocus()
        self.figure.selectAll()
        self.grown.emit()

    def close_form(self) -> None:
        """Nothing is changed."""
        self.form.hide()
        self.change.setFocus()

    def refuse(self, sentence: str) -> None:
        """Say why it was not kept."""
        self.fault.setText(sentence)
        self.fault.show()
        self.grown.emit()

    def _give(self) -> None:
        if sentence := emptiness(self.why.text()):
            self.refuse(sentence)
            self.why.setFocus()
        elif self.told:
            self.given.emit(self.told, self.figure.text(), self.why.text())

    def _emit(self, signal: object) -> None:
        if self.told and self.told.over:
            signal.emit(self.told.over)  # type: ignore[attr-defined]


def _told(over: Overridden) -> str:
    by = over.by
    head = f"人工改数：原计算值 {_shown(over.calculated)}，改为 {by.value:,f}"
    if over.open:
        was = f"{Decimal(by.seen):,f}" if by.seen else "—"
        head = f"改数要重新确认：改的时候算出 {was}，现在算出 {_shown(over.calculated)}，报表上用的是 {by.value:,f}"
    return f"{head}\n理由：{by.why}（{by.who} {by.at[:16].replace('T', ' ')}）"


def _shown(value: Decimal | None) -> str:
    return "—" if value is None else f"{value:,f}"
