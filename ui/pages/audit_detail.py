"""One finding: what stands at the scene, the rule in words, where the figure came from, and what can be done about it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from models.audit import EXPLAIN, Finding
from models.formula.context import Context
from models.formula.messages import message
from models.formula.rows import row_formula
from models.formula.scene import Exhibit, scene
from models.formula.words import words
from models.packs.pack import Pack
from models.rules import rule_set
from models.sayings import Said, of_changes, said_before, said_of_figures, templates
from models.store.history import past_of
from models.store.places import told_place
from ui.asked import Asked
from ui.moments import when
from ui.pages.audit_rows import key_of
from ui.pages.audit_saying import Explanation
from ui.scrolled import Scrolled
from ui.session import Session
from ui.table.cells import Cell, Head
from ui.table.lines import Lines, Row
from ui.widgets import Button, Card, Flow, label
from ui.written import texts_of


class Detail(Card):
    """The panel under the list. ``wanted(finding, field)``: go to the cell; ``explained(finding, text)``: keep an explanation;
    ``unwanted(rule)``: look at switching its rule off; ``corrected``: make the correction of the slip it comes from.
    """

    wanted = Signal(object, str)
    explained = Signal(object, str)
    unwanted = Signal(object)
    corrected = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(name="panel")
        self.session = session
        self.finding: Finding | None = None
        self.asked: Asked | None = None
        self.exhibits: list[Exhibit] = []
        self.title = label("", "strong", wrap=True)
        self.values = Lines(session.look, drop=(3,))
        self.formula, self.basis, self.source = (label("", "secondary", wrap=True) for _ in range(3))
        self.said = label("", "good", wrap=True)
        self.explain = Button("写说明", self.open_editor)
        self.explain.setToolTip("F7")
        self.fix = Button("", self.corrected.emit, primary=True)
        self.jump = Button("到这一格", self._jump, primary=True)
        self.off = Button("停用这条规则…", lambda: self.unwanted.emit(self.finding.rule) if self.finding else None)
        self.editor = Explanation()
        self.drafts: dict[object, str] = {}  # explanations left half written
        self.editor.kept.connect(self._keep)
        self._place()
        self.values.wanted.connect(lambda each: self.wanted.emit(self.finding, each.field.id))
        self.show_finding(None, None)

    def _place(self) -> None:
        self.rows.addWidget(self.title)
        sides = QHBoxLayout()
        sides.setSpacing(20)
        sides.addWidget(self.values, 11)
        right = QVBoxLayout()
        right.setSpacing(4)
        for widget in (self.formula, self.basis, self.source):
            right.addWidget(widget)
        right.addSpacing(4)
        buttons = QWidget()
        line = Flow(buttons, across=12)  # on a narrow screen on two lines
        for button in (self.fix, self.jump, self.explain, self.off):
            line.addWidget(button)
        right.addWidget(buttons)
        right.addSpacing(4)
        for piece in (self.said, self.editor):
            right.addWidget(piece)
        right.addStretch(1)
        self.scroll = Scrolled(right)
        sides.addWidget(self.scroll, 11)
        self.rows.addLayout(sides, 1)

    def show_finding(self, finding: Finding | None, asked: Asked | None, pack: Pack | None = None) -> None:
        """Show another finding (None: none) of the return that was ``asked``, audited by ``pack``: with the zone's own thresholds."""
        writing = self._keep_draft(finding)
        self.finding, self.asked = finding, asked
        self.editor.setVisible(writing)
        self.offer("")
        parts = (self.values, self.formula, self.basis, self.source, self.said, self.jump, self.explain, self.off)
        for part in parts:
            part.setVisible(finding is not None)
        if finding is None or asked is None:
            self.title.setText("")
            return
        rule = finding.rule
        self.title.setText(f"{finding.title.name} · {finding.ledger.label} · {asked.period.label}")
        context = rule_set(pack or asked.pack).context
        self.exhibits = self._exhibits(finding, asked, context)
        self._show_values(finding, self.exhibits, asked)
        self.formula.setText(f"公式 {rule.id}：{words(row_formula(rule.formula, finding.ledger, context).node)}")
        self.basis.setText(
            "　".join(filter(None, (f"怎么办：{rule.remedy}", f"依据：{rule.basis}" if rule.basis else "")))
        )
        self.source.setText(source_of(self.session, finding.zone, finding.row, finding.fields))
        self.source.setVisible(bool(self.source.text()))
        self._show_note(finding)
        self.said.setVisible(self.said.isVisibleTo(self) and not writing)

    def _keep_draft(self, other: Finding | None) -> bool:
        """Whether the explanation goes on being written, the finding having been judged again; else what was written of it is kept."""
        if self.finding is None or self.editor.isHidden():
            return False
        key, text = key_of(self.finding), self.editor.text.toPlainText().strip()
        if other is not None and key_of(other) == key:
            self.editor.want(other.want)
            return True
        if text and text != (self.finding.note.text if self.finding.note else ""):
            self.drafts[key] = text
        return False

    def offer(self, correction: str) -> None:
        """Offer the correction of the slip that the finding comes from (its word), "" for none."""
        self.fix.setText(f"{correction}（F9）")
        self.fix.setVisible(bool(correction) and not self.session.file.read_only)
        self.jump.setProperty("primary", self.fix.isHidden())
        self.jump.style().polish(self.jump)

    def show_words(self, title: str, what: str) -> None:
        """Show what is no finding of a rule: what is the matter and what to do."""
        self.show_finding(None, None)
        self.title.setText(title)
        self.basis.setText(f"怎么办：{what}")
        self.basis.show()

    def _show_note(self, finding: Finding) -> None:
        note = finding.note
        self.explain.setVisible(finding.rule.level == EXPLAIN and not self.session.file.read_only)
        self.explain.setText("接着写说明" if key_of(finding) in self.drafts else "改说明" if note else "写说明")
        self.said.setVisible(note is not None)
        if note is None:
            return
        reason = finding.want(note.text) or "说明写好以后数变了，请再看一遍说明"
        self.said.setObjectName("good" if finding.explained else "warning")
        self.said.setText(f"已说明：{note.text}" if finding.explained else f"“{note.text}”还不算说明：{reason}")
        self.said.style().polish(self.said)

    # --- the scene

    def _exhibits(self, finding: Finding, asked: Asked, context: Context) -> list[Exhibit]:
        told = message(finding.rule.message, finding.ledger, context)
        texts = [*finding.rule.cells, finding.rule.formula, *(formula.text for formula in told.formulas)]
        names = {field.label for field in finding.ledger.fields}
        texts = [text for text in texts if text in names or text not in finding.rule.cells]
        with self.session.file.reading() as connection:
            found = scene(
                connection, texts, finding.ledger, context, finding.zone, asked.period, date.today(), finding.row
            )
        # the record's own name stands above already
        return [each for each in found if not isinstance(each.now, bytes) and each.now != finding.title.name]

    def _show_values(self, finding: Finding, exhibits: list[Exhibit], asked: Asked) -> None:
        dated = finding.ledger.dated and any(each.before is not None for each in exhibits)
        now = asked.period.label if finding.ledger.dated else "内容"
        figures = any(each.field.kind.numeric for each in exhibits)
        heads = [Head("项目", width=200), Head(now, width=130 if dated else 200, right=figures)]
        if dated:
            heads += [Head(asked.period.back().label, width=120, right=True), Head("倍数", width=70, right=True)]
        rows = []
        for each in exhibits:
            marked = each.row == finding.row and each.field.id in finding.fields
            tone = ("error" if finding.rule.level != EXPLAIN else "warning") if marked and finding.open else ""
            unit = f"（{each.field.unit}）" if each.field.unit else ""
            shown = each.field.kind.show(each.now) or "空"
            ink = tone if tone == "error" else "text" if each.now is not None else "secondary"
            value = Cell(shown, each.field.kind.numeric, ink, f"{tone}_soft" if tone else "", tone)
            cells = [Cell(f"{each.label}{unit}"), value]
            if dated:
                cells.append(Cell(each.field.kind.show(each.before), True, "secondary"))
                cells.append(Cell("" if each.times is None else f"{each.times:,f}", True))
            rows.append(Row(tuple(cells), each))
        self.values.put(heads, rows)

    def _jump(self) -> None:
        if self.finding is not None:
            self.wanted.emit(self.finding, next(iter(self.finding.fields), ""))

    # --- the explanation

    def open_editor(self) -> None:
        """Write the explanation here."""
        if self.finding is not None and self.finding.rule.level == EXPLAIN:
            self.said.hide()
            note = self.finding.note
            begun = self.drafts.pop(key_of(self.finding), note.text if note else "")
            self.editor.open(begun, self.finding.want, self._before(self.finding))
            self.scroll.reveal(self.editor)

    def _before(self, finding: Finding) -> list[Said]:
        """What has been said of such a finding before."""
        assert self.asked is not None
        with self.session.file.reading() as connection:
            changes = of_changes(connection, self.asked.period, finding, self.exhibits)
            found = said_before(connection, self.asked.pack.chain, self.asked.period, finding)
            texts = texts_of(self.session, connection, self.asked)
        fitting = said_of_figures(texts, self.asked.pack, finding)
        return [*changes, *found, *fitting, *templates(finding, self.exhibits)]

    def _keep(self, text: str) -> None:
        if self.finding is not None:
            self.explained.emit(self.finding, text)


def source_of(session: Session, zone: str, row: bytes, fields: Collection[str]) -> str:
    """Who last wrote the marked cells, and from which row of which file."""
    for step in reversed(past_of(session.file, zone, row)):
        if not step.changed or any(field in step.changed for field in fields):
            place = told_place(step.place, step.batch.source)
            return "来源：" + " · ".join(
                filter(None, (step.batch.title, place, step.batch.who, when(datetime.fromisoformat(step.batch.at))))
            )
    return ""
