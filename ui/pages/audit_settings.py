"""规则与阈值: which rules are switched off and which thresholds changed, by whom and why, and the way to do so or to undo it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.choices import Threshold, told_choice, value_of
from models.doubts.kinds import HOME, KINDS, THRESHOLDS, owners_of
from models.packs.pack import Pack, Rule
from models.store.choices import OFF, Choice, choose
from models.substance import emptiness
from ui.asking import pack_of
from ui.moments import when
from ui.pages.audit_saying import Explanation
from ui.session import Session
from ui.table.cells import Cell, Head
from ui.table.lines import Row
from ui.widgets import Button, Card, TextLine, label, row

HEADS = [
    Head("现在", width=66), Head("规则、阈值", width=150), Head("台账", width=84), Head("内容", width=300),
    Head("谁、何时、为什么", width=240),
]  # fmt: skip
HINT = "写明为什么，至少 10 个字"
Item = Rule | Threshold


def name_of(item: Item) -> str:
    """The rule's code or the threshold's name, as choices are kept."""
    return item.id if isinstance(item, Rule) else item.name


def decide(session: Session, name: str, value: str, why: str) -> bool:
    """Keep what is decided of a rule, threshold or kind of doubt; False after saying why it could not be done."""
    owners = owners_of(pack_of(session), name)
    title = told_choice(Choice(b"", name, value, why))
    return session.write("审核设置", title, lambda work: choose(work, owners, name, value, why))


def trace(choice: Choice | None) -> str:
    """王会计 今天 10:42：停用 P014。本区今年…… ; "" where nobody decided anything."""
    if choice is None:
        return ""
    at = when(datetime.fromisoformat(choice.at)) if choice.at else ""
    said = " ".join(filter(None, (choice.who, at)))
    return f"{said}：{told_choice(choice)}" + (f"。{choice.why}" if choice.why else "")


def setting_rows(rules: Sequence[Rule], found: Sequence[Threshold], said: Mapping[str, Choice]) -> list[Row]:
    """What was decided first, then all thresholds, then all rules, then what there is of doubts."""
    items: list[Item] = [*found, *rules]
    left = [each for each in items if not _decided(each, said)]
    rows = []
    for heading, some in (
        ("停用的规则、改过的阈值", [each for each in items if _decided(each, said)]),
        ("阈值", [each for each in left if isinstance(each, Threshold) and not of_doubts(each)]),
        ("规则", [each for each in left if isinstance(each, Rule) and not of_doubts(each)]),
        (f"{HOME}（不影响能不能签发）", [each for each in left if of_doubts(each)]),
    ):
        if some:
            rows.append(Row((Cell(heading, bold=True, note=f"{len(some)} 项"),)))
            rows += [_row(each, said.get(name_of(each))) for each in some]
    return rows


def of_doubts(item: Item) -> bool:
    """Whether it is a kind of doubt, or a threshold of one: these belong to no pack."""
    return item in KINDS or item in THRESHOLDS


def _decided(item: Item, said: Mapping[str, Choice]) -> bool:
    choice = said.get(name_of(item))
    return choice is not None and bool(choice.value)


def _row(item: Item, choice: Choice | None) -> Row:
    value = choice.value if choice else ""
    if isinstance(item, Rule):
        now = Cell("停用", chip="warning") if value == OFF else Cell("在用", ink="secondary")
        where, what = item.ledger, f"{item.level} · {item.formula}"
    else:
        now = Cell("改过", chip="warning") if value else Cell("原样" if of_doubts(item) else "照包", ink="secondary")
        where, what = "", f"{value or item.value}（{item.what}{f'；{_origin(item)} {item.value}' if value else ''}）"
    told = trace(choice)
    return Row(
        (now, Cell(name_of(item)), Cell(where), Cell(what, tip=what), Cell(told, ink="secondary", tip=told)), item
    )


def _origin(item: Item) -> str:
    return "原来" if of_doubts(item) else "报表包"


class Setting(Card):
    """The panel under the list. ``decided(item, value, why)``: value 停用, a threshold's new value, or "" as in the pack."""

    decided = Signal(object, str, str)

    def __init__(self, *, read_only: bool) -> None:
        super().__init__(name="panel")
        self.item: Item | None = None
        self.choice: Choice | None = None
        self.pack: Pack | None = None
        self.read_only = read_only
        self.drafts: dict[str, tuple[str, str]] = {}  # values and reasons left half written
        self.title = label("", "strong", wrap=True)
        self.what, self.trace = label("", "secondary", wrap=True), label("", "warning", wrap=True)
        self.line = QWidget()
        self.value = TextLine(name="改为")
        self.value.setMaximumWidth(180)
        self.change, self.back = Button("", self.open, primary=True), Button("", self._back)
        self.editor = Explanation("就这样定", "理由", HINT)
        self.editor.kept.connect(self._keep)
        self.editor.left.connect(self.line.hide)
        self.value.textChanged.connect(self.editor.judge)
        self._place()

    def _place(self) -> None:
        for part in (self.title, self.what, self.trace):
            self.rows.addWidget(part)
        buttons = row(spacing=12)
        for button in (self.change, self.back):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.rows.addLayout(buttons)
        inside = row(self.line, spacing=8)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(label("改为", "secondary"))
        inside.addWidget(self.value)
        inside.addStretch(1)
        self.rows.addWidget(self.line)
        self.rows.addWidget(self.editor)
        self.rows.addStretch(1)
        self.line.hide()

    def show_item(self, item: Item, choice: Choice | None, of: Pack) -> None:
        """Show a rule or threshold of a pack and what was decided of it."""
        writing = self._keep_draft(item)
        self.item, self.choice, self.pack = item, choice, of
        if not writing:
            self.editor.hide()
            self.line.hide()
        changed = choice is not None and bool(choice.value)
        if isinstance(item, Rule):
            own = of_doubts(item)
            self.title.setText(f"{item.id} {item.level} · {item.ledger}")
            self.what.setText(
                f"{'看什么' if own else '公式'}：{item.formula}\n怎么办：{item.remedy}\n依据：{item.basis or '没有写'}"
            )
            self.change.setText("停用这类疑点" if own else "停用这条规则")
            self.change.setVisible(not changed and not self.read_only)
            self.back.setText("恢复这类疑点" if own else "恢复这条规则")
        else:
            self.title.setText(f"{item.name} {self._present(item)}")
            self.what.setText(
                f"{item.what}；{_origin(item)}{'' if of_doubts(item) else '里'}是 {item.value}（{item.basis}）\n"
                f"用到它的{HOME if of_doubts(item) else '规则、名单'}：{'、'.join(item.rules)}"
            )
            self.change.setText("改这个阈值")
            self.change.setVisible(not self.read_only)
            self.back.setText(f"照原来的（{item.value}）" if of_doubts(item) else f"照报表包（{item.value}）")
        self.back.setVisible(changed and not self.read_only)
        self.editor.text.setPlaceholderText(HINT if of_doubts(item) else f"{HINT}；报表里会带着它")
        self.trace.setText(trace(choice))
        self.trace.setVisible(choice is not None)

    def _keep_draft(self, other: Item) -> bool:
        """Whether the same goes on being written, the list having been filled anew; else what was written is kept."""
        if self.item is None or self.editor.isHidden():
            return False
        if name_of(other) == name_of(self.item):
            return True
        why, value = self.editor.text.toPlainText().strip(), self.value.text()
        changed = isinstance(self.item, Threshold) and value not in ("", self._present(self.item))
        if why != self._said() or changed:
            self.drafts[name_of(self.item)] = value, why
        return False

    def _said(self) -> str:
        return self.choice.why if self.choice and self.choice.value else ""

    def open(self) -> None:
        """Write the new value, and why."""
        if self.item is None or self.read_only or self.change.isHidden():
            return
        threshold = isinstance(self.item, Threshold)
        self.line.setVisible(threshold)
        value, why = self.drafts.pop(name_of(self.item), ("", self._said()))
        self.editor.open(why, self._want)
        if isinstance(self.item, Threshold):
            self.value.setText(value or self._present(self.item))
            self.value.setFocus()
            self.value.selectAll()

    def _present(self, threshold: Threshold) -> str:
        return (self.choice.value if self.choice else "") or threshold.value

    def _want(self, why: str) -> str:
        if isinstance(self.item, Threshold):
            try:
                value = value_of(self.item, self.value.text(), self.pack)
            except ValueError as fault:
                return str(fault)
            if value == self._present(self.item):
                return "和现在的一样，没有改"
        return emptiness(why)

    def _keep(self, why: str) -> None:
        self.line.hide()
        if isinstance(self.item, Threshold):
            self.decided.emit(self.item, value_of(self.item, self.value.text()), why)
        elif self.item is not None:
            self.decided.emit(self.item, OFF, why)

    def _back(self) -> None:
        if self.item is not None:
            self.decided.emit(self.item, "", "")
