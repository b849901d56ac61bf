"""Beside the form: what the chosen cell is and where it comes from, signing and issuing, the versions issued before."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFormLayout, QVBoxLayout, QWidget

from exporters.seal import Verdict
from models.numbering import CORRECTED, FORMAL, QUICK
from models.returns import SIGNATURES
from models.store.versions import Version
from models.substance import emptiness
from models.targets import shown
from ui.asked import Asked
from ui.asking import go_to
from ui.drawing import Told
from ui.outcome import Outcome
from ui.overriding import sealed_overrides
from ui.pages.returns_override import OverridePanel
from ui.pages.returns_versions import VersionsList
from ui.printing.options import Choice
from ui.scrolled import Filled
from ui.session import Session
from ui.widgets import Button, Card, TextLine, label, link, row, rule

ALTERED = 40  # cells named on the screen
KINDS = {
    FORMAL: "正式：全部审核通过才能签发，下一年的上年数取自它。",
    QUICK: "快报：核实项可以还没有说明，不作下一年的上年数；签发正式时另附快报对照表。",
    CORRECTED: "更正：报过的要改；工作簿里另附更正对照表。",
}


class CellPanel(QWidget):
    """The chosen cell: figure, formula, the way to its rows, last year's figure."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.told: Told | None = None
        self.asked: Asked | None = None
        self.name = label("点表里的一格，看它从哪里来", "strong", wrap=True)
        self.figure, self.unit = label("", "figure"), label("", "secondary")
        self.texts = {name: label("", wrap=True) for name in ("公式", "目标", "上年", "变化")}
        self.go = link("", self._go)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        rows.addWidget(self.name)
        line = row(spacing=6)
        line.addWidget(self.figure, 0, Qt.AlignmentFlag.AlignBaseline)
        line.addWidget(self.unit, 1, Qt.AlignmentFlag.AlignBaseline)
        rows.addLayout(line)
        self.lines: dict[
            str, QWidget
        ] = {}  # boxes: a form's layout forgets what wrapped texts need where its width changes last
        for name, text in self.texts.items():
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            text.setAlignment(Qt.AlignmentFlag.AlignTop)
            self.lines[name] = QWidget()
            told = row(self.lines[name], spacing=10)
            told.addWidget(label(name, "secondary"), 0, Qt.AlignmentFlag.AlignTop)
            told.addWidget(text, 1)
            rows.addWidget(self.lines[name])
        rows.addWidget(self.go)
        self.override = OverridePanel()
        rows.addWidget(self.override)
        self.put(None, "", None)

    def put(self, told: Told | None, text: str, asked: Asked | None) -> None:
        """Show what a cell is; ``text`` is what stands in it."""
        self.told, self.asked = told, asked
        self.override.put(told, locked=self.session.file.read_only)
        result = told.result if told else None
        self.figure.setText(text if told and len(text) < 24 else "")
        self.unit.setText(
            result.indicator.unit
            if result and told and told.question not in {"增速", "同比", "完成", "政策目标"}
            else ""
        )
        self.figure.setVisible(bool(self.figure.text()))
        self.unit.setVisible(bool(self.unit.text()))
        for line in self.lines.values():
            line.hide()
        self.go.setVisible(bool(told and (told.result or told.record)))
        if told is None:
            return
        self.name.setText(f"{told.name} · {told.question}" if told.question else told.name)
        self._tell("公式", told.formula)
        if result is not None:
            each = result.indicator
            goals = "；".join(f"{goal.level} {goal.when} {shown(goal, each.places)}" for goal in result.goals)
            self._tell("目标", goals)
            self._tell(
                "上年",
                "" if result.rounded_prior is None else f"{result.rounded_prior:,f}（取自{result.prior_source}）",
            )
            grown = f"（{result.growth:+}%）" if result.growth is not None else ""
            self._tell("变化", "" if result.difference is None else f"{result.difference:+,f}{grown}")
        self.go.setText("看计入的每一行 ›" if result else "到这条记录 ›")

    def _tell(self, name: str, text: str) -> None:
        self.texts[name].setText(text)
        self.lines[name].setVisible(bool(text))

    def _go(self) -> None:
        told, asked = self.told, self.asked
        if told and told.result:
            self.session.go("indicators", indicator=told.result.indicator.id)
        elif told and told.ledger and told.record and asked:
            go_to(self.session, told.ledger, told.record, "", asked.period)


class SignPanel(QWidget):
    """Who signs, before a version is issued, and its kind. ``signed(names, kind, why)`` when the button is pressed;
    ``opened`` when it has come on show.
    """

    signed = Signal(dict, str, str)
    opened = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.names = {name: TextLine(name=name) for name in SIGNATURES}
        self.button = Button("签发并保存…", self._sign, primary=True)
        self.kind = Choice("类型")
        self.why = TextLine(name="更正理由")
        self.why.setPlaceholderText("更正理由，印在更正对照表上")
        self.told = label("", "note", wrap=True)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        self.head = label("签发", "strong")
        top = row(spacing=10)
        top.addWidget(self.head)
        top.addWidget(self.kind)
        top.addStretch(1)
        rows.addLayout(top)
        rows.addWidget(self.told)
        rows.addWidget(self.why)
        self.kind.picked.connect(lambda _: self._judge())
        self.why.textChanged.connect(self._judge)
        form = QFormLayout()
        form.setVerticalSpacing(6)
        for name, edit in self.names.items():
            form.addRow(label(name, "secondary"), edit)
            edit.textChanged.connect(self._judge)
        for edit in (self.why, *self.names.values()):
            edit.returnPressed.connect(self.button.click)  # which does nothing while something is missing
        rows.addLayout(form)
        rows.addWidget(label("签发后这一版就定下来，要改须签发新的一版。", "note", wrap=True))
        buttons = row()
        buttons.addWidget(self.button)
        buttons.addWidget(Button("不签发", self.hide))
        buttons.addStretch(1)
        rows.addLayout(buttons)
        rows.addWidget(rule())
        self.hide()

    def open(self, known: dict[str, str], kinds: Sequence[str]) -> None:
        """Ask for the names, ``known`` ones filled in, and for one of the kinds that may be issued now."""
        self.kind.offer([(each, each) for each in kinds])
        self.kind.choose(kinds[0])
        for name, edit in self.names.items():
            edit.setText(known.get(name, ""))
        self._judge()
        self.show()
        self.first().setFocus()
        self.opened.emit()

    def first(self) -> QWidget:
        """Where one goes on: what is not filled in yet, else the kind where there is a choice, else the first name."""
        edits = [*[self.why] * (self.kind.chosen == CORRECTED), *self.names.values()]
        usual = self.kind if len(self.kind.words) > 1 else edits[0]
        return next((edit for edit in edits if not edit.text()), usual)

    def _judge(self) -> None:
        corrects = self.kind.chosen == CORRECTED
        self.why.setVisible(corrects)
        fault = emptiness(self.why.text()) if corrects and self.why.text().strip() else ""
        self.told.setText(fault or KINDS.get(self.kind.chosen, ""))
        ready = all(edit.text().strip() for edit in self.names.values())
        self.button.setEnabled(ready and not (corrects and emptiness(self.why.text())))

    def _sign(self) -> None:
        names = {name: edit.text().strip() for name, edit in self.names.items()}
        self.signed.emit(names, self.kind.chosen, self.why.text().strip())


class Panel(Card):
    """All of it, one below the other."""

    def __init__(self, session: Session) -> None:
        super().__init__(name="panel")
        self.session = session
        self.cell, self.sign = CellPanel(session), SignPanel()
        self.outcome = Outcome()
        self.versions = VersionsList()
        rows = QVBoxLayout()
        rows.setContentsMargins(0, 0, 6, 0)
        rows.setSpacing(10)
        rows.addWidget(self.sign)
        rows.addWidget(self.outcome)
        rows.addWidget(self.cell)
        self.below = rule()
        rows.addWidget(self.below)
        rows.addWidget(label("签发过的版本", "strong"))
        rows.addWidget(self.versions)
        rows.addStretch(1)
        area = Filled(rows)
        self.rows.addWidget(area)
        self.sign.opened.connect(lambda: QTimer.singleShot(0, self, lambda: area.begin(self.sign, self.sign.first())))
        override = self.cell.override
        override.grown.connect(lambda: QTimer.singleShot(0, self, lambda: area.reveal(override.form)))

    def show_cell(self, *, shown: bool) -> None:
        """Whether there are cells on show to tell of."""
        self.cell.setVisible(shown)
        self.below.setVisible(shown)

    def show_verdict(self, path: Path, verdict: Verdict, after: Version | None) -> None:
        """Say whether a file is as issued, and if not, each altered cell; and if a later version was issued."""
        note = f"注意：{after.later_told}。" if after else ""
        by_hand = sealed_overrides(verdict.data)
        if verdict.ok:
            lines = [verdict.sentence + note, *_first(by_hand, "个人工改数")]
            self.outcome.put(path.name, "\n".join(lines), "warning" if after or by_hand else "good")
            return
        lines = _first([str(each) for each in verdict.altered], "处")
        head = f"{path.name}：与签发时不同，共 {len(verdict.altered)} 处" if lines else path.name
        self.outcome.put(head, ("\n".join(lines) if lines else verdict.sentence) + note, "error")


def _first(lines: Sequence[str], what: str) -> list[str]:
    """As many lines as are shown, and how many more of ``what`` there are."""
    more = len(lines) - ALTERED
    return [*lines[:ALTERED], *[f"另有 {more} {what}"] * (more > 0)]
