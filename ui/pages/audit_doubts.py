"""疑点 in the audit: its lines, and the panel with the scene, the correction, and what says that a doubt is none."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from models.doubts.doubt import Doubt
from models.doubts.kinds import ALIKE, HOME, SLIP, TWICE
from models.doubts.looking import Doubts
from models.sayings import BLANK, Said
from models.store.choices import OFF
from ui.asking import page_of
from ui.pages.audit_detail import source_of
from ui.pages.audit_saying import Explanation
from ui.scrolled import Scrolled
from ui.session import Session
from ui.table.cells import Cell, Head
from ui.table.lines import Lines, Row
from ui.widgets import Button, Card, Flow, label

CHECKED = "已核实"
AWAY = "这一家在分园里：点“到这一家”过去，选中两行再合并；两家不在同一个园区的不能合并"
APART = "两家在两个园区，不能合并成一条：两边都看一看；确是同一家，只在一边填数，不是，点“已核实”写明区别"
_WIDTHS = {ALIKE: (180, 165, 150), TWICE: (220, 180, 110)}
_BEGINNINGS = {
    SLIP: f"因{BLANK}，确实是这个数",
    ALIKE: f"不是同一家：{BLANK}",
    TWICE: f"两张表口径不同：{BLANK}",
}


def doubt_rows(of: Doubts) -> list[Row]:
    """A line for each doubt."""
    rows, before = [], ""
    for each in of.found:
        level = Cell(CHECKED, chip="good") if each.explained else Cell(HOME, chip="accent")
        remedy = "同上" if each.kind.id == before else each.kind.remedy
        before = each.kind.id
        texts = (
            Cell(each.message, tip=each.message),
            Cell(
                f"按 F9 {each.fix.label}；不是单位错：写明原因" if each.fix else remedy,
                ink="secondary",
                tip=each.kind.remedy,
            ),
        )
        rows.append(Row((level, Cell(each.kind.id, ink="secondary"), Cell(each.ledger.label), *texts), each))
    return rows


def nothing(of: Doubts | None) -> str:
    """What stands in place of a doubt: still looking, or that there is none of the kinds looked for."""
    if of is None:
        return "正在找疑点…"
    off = [each.item for each in of.choices if each.value == OFF]
    if off:
        return f"没有疑点；{'、'.join(off)}停用了，没有看（“规则与阈值”里可以恢复）"
    return "没有疑点：数没有差量级的，没有离群的，没有像同一家的，报表之间也没有两样的数"


class DoubtDetail(Card):
    """The panel under the list. ``wanted(doubt, field)``: go there; ``corrected(doubt)``: make the correction; ``explained(doubt,
    text)``: keep why it is none; ``unwanted(kind)``: look at switching its kind off.
    """

    wanted = Signal(object, str)
    corrected = Signal(object)
    explained = Signal(object, str)
    unwanted = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__(name="panel")
        self.session = session
        self.doubt: Doubt | None = None
        self.drafts: dict[object, str] = {}  # reasons left half written
        self.title = label("", "strong", wrap=True)
        self.values = Lines(session.look, drop=(3,))
        self.words = label("", wrap=True)
        self.formula, self.basis, self.source = (label("", "secondary", wrap=True) for _ in range(3))
        self.unfixed, self.said = label("", "warning", wrap=True), label("", "good", wrap=True)
        self.fix = Button("", self._correct, primary=True)
        self.unite = Button("合并成一条…", self._unite, primary=True)
        self.jump = Button("", self._jump)
        self.other = Button("到另一家", self._jump_other)
        self.explain = Button("已核实…", self.open_editor)
        self.explain.setToolTip("F7")
        self.off = Button("不看这类疑点…", lambda: self.unwanted.emit(self.doubt.kind) if self.doubt else None)
        self.editor = Explanation("保存原因", "原因", "写明为什么这个数（这两家）是对的，至少 10 个字")
        self.editor.kept.connect(self._keep)
        self.values.wanted.connect(self._go)
        self._place()

    def _place(self) -> None:
        self.rows.addWidget(self.title)
        sides = QHBoxLayout()
        sides.setSpacing(20)
        sides.addWidget(self.values, 11)
        right = QVBoxLayout()
        right.setSpacing(4)
        buttons = QWidget()
        line = Flow(buttons, across=12)
        for button in (self.fix, self.unite, self.jump, self.other, self.explain, self.off):
            line.addWidget(button)
        for piece in (self.words, self.unfixed):
            right.addWidget(piece)
        right.addSpacing(4)
        right.addWidget(buttons)
        right.addSpacing(4)
        for piece in (self.said, self.editor, self.basis, self.formula, self.source):
            right.addWidget(piece)
        right.addStretch(1)
        self.scroll = Scrolled(right)
        sides.addWidget(self.scroll, 11)
        self.rows.addLayout(sides, 1)

    def show_doubt(self, doubt: Doubt | None, period: str, without: str = "") -> None:
        """Show another doubt (None: there is none, which ``without`` says)."""
        writing = self._keep_draft(doubt)
        self.doubt = doubt
        self.editor.setVisible(writing)
        parts = (self.values, self.words, self.formula, self.basis, self.source, self.unfixed, self.said)
        for part in (*parts, self.fix, self.unite, self.jump, self.other, self.explain, self.off):
            part.setVisible(doubt is not None)
        if doubt is None:
            self.title.setText(without)
            return
        self.title.setText(" · ".join(filter(None, (doubt.title.name, doubt.ledger.label, period))))
        figures = doubt.kind.id not in _WIDTHS
        widths = _WIDTHS.get(doubt.kind.id, (180, 130, 96, 96, 96))
        heads = [
            Head(text, width=width, right=figures and number > 0)
            for number, (text, width) in enumerate(zip(doubt.heads, widths, strict=False))
        ]
        self.values.put(heads, [_scene(field, cells, doubt) for field, cells in doubt.lines])
        self.words.setText(doubt.message)
        self.formula.setText(f"看什么：{doubt.kind.formula}")
        self.basis.setText(f"怎么办：{doubt.kind.remedy}")
        self.source.setText(source_of(self.session, doubt.zone, doubt.row, doubt.fields) if doubt.fields else "")
        away = bool(doubt.others) and doubt.zone != self.session.zone
        self.unfixed.setText(APART if doubt.apart else AWAY if away else doubt.unfixed)
        self.jump.setText({ALIKE: "到这一家", TWICE: "到报表"}.get(doubt.kind.id, "到这一格"))
        may = not self.session.file.read_only
        self.fix.setText(f"{doubt.fix.label}（F9）" if doubt.fix else "")
        self.fix.setVisible(doubt.fix is not None and may)
        self.unite.setVisible(bool(doubt.others) and may and not away and not doubt.apart)
        self.other.setVisible(bool(doubt.others))
        for button in (self.explain, self.off):
            button.setVisible(may)
        for part in (self.source, self.unfixed):
            part.setVisible(bool(part.text()))
        self._show_note(doubt)
        self.said.setVisible(doubt.note is not None and not writing)

    def _keep_draft(self, other: Doubt | None) -> bool:
        """Whether the reason goes on being written, the zone having been looked at again; else what was written of it is kept."""
        if self.doubt is None or self.editor.isHidden():
            return False
        text = self.editor.text.toPlainText().strip()
        if other is not None and other.key == self.doubt.key:
            return True
        if text and text != (self.doubt.note.text if self.doubt.note else ""):
            self.drafts[self.doubt.key] = text
        return False

    def _show_note(self, doubt: Doubt) -> None:
        note = doubt.note
        if note is not None:
            self.said.setObjectName("good" if doubt.explained else "warning")
            stale = doubt.want(note.text) or "数后来变了，请再看一遍"
            self.said.setText(f"{CHECKED}：{note.text}" if doubt.explained else f"“{note.text}”不再算数：{stale}")
            self.said.style().polish(self.said)

    # --- what the clerk does

    def _correct(self) -> None:
        if self.doubt is not None and self.doubt.fix is not None:
            self.corrected.emit(self.doubt)

    def _unite(self) -> None:
        """Weigh the enterprise against the one chosen on the left, else the first, on their own page."""
        if self.doubt is not None and self.doubt.others:
            at = self._chosen(self.doubt)
            if self.doubt.homes[at] != self.doubt.zone:
                self.unfixed.setText(APART)
                self.unfixed.show()
                return
            pair = self.doubt.row, self.doubt.others[at]
            self.session.go(page_of(self.doubt.ledger), row=self.doubt.row, field="ent_name", unite=pair)

    def _chosen(self, doubt: Doubt) -> int:
        """Which of the others is chosen on the left, else the first."""
        return min(max(self.values.currentIndex().row() - 1, 0), len(doubt.others) - 1)

    def _jump_other(self) -> None:
        if self.doubt is not None and self.doubt.others:
            at = self._chosen(self.doubt)
            other = replace(self.doubt, zone=self.doubt.homes[at], row=self.doubt.others[at])
            self.wanted.emit(other, next(iter(self.doubt.fields), ""))

    def _jump(self) -> None:
        if self.doubt is not None:
            self.wanted.emit(self.doubt, next(iter(self.doubt.fields), ""))

    def _go(self, field: object) -> None:
        if self.doubt is not None:
            self.wanted.emit(self.doubt, "" if field == "-" else str(field))

    def open_editor(self) -> None:
        """Write why it is none."""
        if self.doubt is None or self.session.file.read_only:
            return
        note, begun = self.doubt.note, _BEGINNINGS.get(self.doubt.kind.id)
        self.said.hide()
        before = [Said("样句", begun)] if begun else []
        text = self.drafts.pop(self.doubt.key, note.text if note else "")
        self.editor.open(text, self.doubt.want, before)
        self.scroll.reveal(self.editor)

    def _keep(self, text: str) -> None:
        if self.doubt is not None:
            self.explained.emit(self.doubt, text)


def _scene(field: str, cells: tuple[str, ...], doubt: Doubt) -> Row:
    """One line of the scene: the figure that is doubted is marked, what it would become stands out."""
    figures = doubt.kind.id not in _WIDTHS
    beside = doubt.kind.id == SLIP and field not in doubt.fields  # what only stands beside it
    made = []
    for number, text in enumerate(cells):
        marked = figures and number == 1 and not doubt.explained and not beside
        new = doubt.kind.id == SLIP and number == len(cells) - 1
        made.append(
            Cell(
                text,
                figures and number > 0,
                "good" if new else "text" if number < 2 or not figures else "secondary",
                "warning_soft" if marked else "",
                "warning" if marked else "",
                tip=text if not figures else "",
            )
        )
    return Row(tuple(made), field or "-")
