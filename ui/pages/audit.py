"""审核: one verdict, the findings by rule, enterprise or ledger, each with its scene, its remedy and the way to its cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import partial

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QVBoxLayout

from models.audit import EXPLAIN, MUST, Finding, Report, unjudged
from models.packs.pack import Rule
from models.progress import Progress
from models.store.carried import REMEDY, Unconfirmed
from models.store.findings import write_note
from ui.asking import asked_of, go_to, page_of
from ui.auditing import Auditor
from ui.ends import Ends
from ui.page import PageWidget
from ui.pages.audit_detail import Detail
from ui.session import Session
from ui.table.cells import Cell, Head
from ui.table.lines import Lines, Row, boxed
from ui.widgets import Card, KeyHint, PageHeader, Shrinking, label, restyle

TONES = {MUST: "error", EXPLAIN: "warning"}
BY_RULE, BY_RECORD, BY_LEDGER, UNKNOWN = "公式", "企业", "台账", "未能审核"
HEADS = [
    Head("级别", width=58), Head("编号", width=58), Head("台账", width=84), Head("问题（现场数据）", width=300), Head("怎么办", width=220),
]  # fmt: skip


class AuditPage(PageWidget):
    """Follows the session's auditor."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.auditor = Auditor.of(session)
        self.group = BY_RULE
        self.header = PageHeader("审核")
        self.again = self.header.add("重新审核", self.auditor.run, primary=True)
        self.verdict, self.beside = Shrinking("", "heading"), label("", "secondary")
        self.list = Lines(session.look, stretch=3, wrapped=(3, 4), drop=(4,))
        self.detail = Detail(session)
        self.groups: dict[str, QPushButton] = {}
        self._place()
        self.auditor.began.connect(self._began)
        self.auditor.progressed.connect(self._tell_progress)
        self.auditor.changed.connect(self._show)
        self.list.chosen.connect(self._choose)
        self.list.wanted.connect(self._go)
        self.detail.wanted.connect(self._go)
        self.detail.explained.connect(self._explain)
        self._keys: list[QShortcut] = []
        self._show()

    def _place(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 14, 20, 16)
        outer.setSpacing(12)
        outer.addWidget(self.header)
        card = Card()
        card.rows.setContentsMargins(14, 6, 14, 6)
        line = Ends(across=10, down=0)
        line.left(self.verdict)
        line.left(self.beside)
        line.right(label("按", "secondary"))
        for name in (BY_RULE, BY_RECORD, BY_LEDGER, UNKNOWN):
            button = self.groups[name] = QPushButton(name)
            button.setProperty("flat", True)
            button.setCheckable(True)
            button.setAutoExclusive(True)
            button.clicked.connect(partial(self.group_by, name))
            line.right(button)
        line.right(label("下一处", "secondary"))
        line.right(KeyHint("F8"))
        card.rows.addLayout(line)
        outer.addWidget(card)
        self.box = boxed(self.list)
        outer.addWidget(self.box, 3)
        outer.addWidget(self.detail, 2)
        self.session.look.changed.connect(self._resize_to_look)
        self._resize_to_look()

    def _resize_to_look(self) -> None:
        self.box.setMinimumHeight(self.session.look.px(120))
        self.detail.setMinimumHeight(self.session.look.px(150))

    def arrive(self, where: Mapping[str, object]) -> None:
        if not self._keys:
            for keys, by in (("F8", 1), ("Shift+F8", -1)):
                shortcut = QShortcut(QKeySequence(keys), self.window())
                shortcut.activated.connect(partial(self.step, by))
                self._keys.append(shortcut)
        if self.auditor.report is None or self.auditor.stale:
            self.auditor.run()
        if self.list.current() is None:
            self.list.step(1)
        self._tell_place()
        self.list.setFocus()
        if "rule" in where:
            self.show_rule(str(where["rule"]))

    def show_rule(self, id: str) -> None:
        """Go to what a rule found, what still stands first; say what it asks for where it found nothing."""
        self.group_by(BY_RULE)
        found = [
            (n, row.of)
            for n, row in enumerate(self.list.lines.rows)
            if isinstance(row.of, Finding) and row.of.rule.id == id
        ]
        place = next((n for n, finding in found if finding.open), found[0][0] if found else None)
        rule = next((each for each in asked_of(self.session).pack.rules if each.id == id), None)
        if place is not None:
            self.list.select(place)
        elif rule is not None:
            self.list.setCurrentIndex(QModelIndex())
            self.detail.show_words(
                f"{rule.id} {rule.level} · {rule.ledger}：{rule.formula}", rule.remedy or "没有查出问题"
            )

    # --- what there is

    def _began(self) -> None:
        self.again.setEnabled(False)
        self.again.setText("正在审核…")

    def _tell_progress(self, step: Progress) -> None:
        self.again.setText(f"正在审核 {step.done} / {step.total}")
        self.again.setToolTip(f"正在审核“{step.text}”")

    def _show(self) -> None:
        self.again.setEnabled(not self.auditor.busy)
        self.again.setText("重新审核")
        report = self.auditor.report
        pack, period = asked_of(self.session).pack, asked_of(self.session).period
        took = f"，{self.auditor.seconds:.1f} 秒" if report else ""
        self.header.fact.setText(f"{pack.id} {pack.title} · {period.label} · {len(pack.rules)} 条公式{took}")
        self.verdict.setText(report.verdict if report else "正在审核…")
        self.verdict.setObjectName("heading")
        restyle(self.verdict, "tone", ("good" if report.passed else "error") if report else "")
        self.beside.setText(_beside(report) if report else "")
        self.groups[UNKNOWN].setVisible(bool(report and report.unknown))
        self.groups[UNKNOWN].setText(f"{UNKNOWN} {sum(report.unknown.values()):,}" if report else UNKNOWN)
        self.groups[self.group].setChecked(True)
        self._fill()

    def group_by(self, name: str) -> None:
        """Order the findings by rule, by record or by ledger, or list what could not be judged."""
        self.group = name
        self.groups[name].setChecked(True)
        self._fill()

    def _fill(self) -> None:
        report = self.auditor.report
        rows = _rows(report, self.group, self._why(report)) if report else []
        self.list.put(HEADS, rows, _key)
        self.box.setMaximumHeight(max(self.session.look.px(160), self.list.whole_height() + 2))
        if self.list.current() is None and self.isVisible():
            self.list.step(1)
        self._choose(self.list.current())

    def _why(self, report: Report) -> dict[str, str]:
        return unjudged(self.session.file, report, asked_of(self.session).zones) if self.group == UNKNOWN else {}

    def _choose(self, of: object) -> None:
        if isinstance(of, Unconfirmed):
            self.detail.show_words(of.sentence, f"{REMEDY}；双击上面这一行（或按回车），只列出这些行")
        else:
            self.detail.show_finding(of if isinstance(of, Finding) else None, self.auditor.asked)
        self._tell_place()

    def _tell_place(self) -> None:
        rows = [row.of for row in self.list.lines.rows if isinstance(row.of, Finding | Unconfirmed)]
        at = self.list.current()
        place = next((n for n, each in enumerate(rows, 1) if each is at), 0)
        if self.isVisible():
            self.session.selected.emit(f"第 {place} / {len(rows)} 处" if place else "")

    # --- what the clerk does

    def step(self, by: int) -> None:
        """Go to the next finding that is still open (F8, Shift+F8); on a ledger page, to its cell."""
        stands = self.list.step(by, _stands) or self.list.step(by)
        if not stands:
            self.session.said.emit("没有要改的，也没有要说明的", "good")
        elif not self.isVisible():
            self._go(self.list.current())

    def _go(self, of: object, field: str = "") -> None:
        asked = self.auditor.asked
        if isinstance(of, Unconfirmed):
            self.session.show_scope(zone=of.zone)
            self.session.go(page_of(of.ledger), carried=True, row=of.first, field=of.field)
        elif isinstance(of, Finding) and asked is not None:
            go_to(self.session, of.ledger, of.row, field or next(iter(of.fields), ""), asked.period)

    def _explain(self, finding: Finding, text: str) -> None:
        asked = self.auditor.asked
        assert asked is not None
        title = f"说明 {finding.rule.id} · {finding.title.name}"
        self.session.write(
            "说明",
            title,
            lambda work: write_note(
                work,
                asked.pack.kept_with(finding.rule.id),
                asked.period,
                finding.rule.id,
                finding.ledger.id,
                finding.row,
                finding.message,
                text,
            ),
        )


def _rows(report: Report, group: str, why: Mapping[str, str]) -> list[Row]:
    if group == UNKNOWN:
        counts = Counter(report.unknown)
        return [_unknown(rule, counts[rule.id], why.get(rule.id, "")) for rule in report.pack.rules if counts[rule.id]]
    carried = [_carried(each) for each in report.unconfirmed]
    if group == BY_RULE:
        return [*carried, *_lines(report.findings)]
    name: Callable[[Finding], str] = (lambda f: f.title.name) if group == BY_RECORD else (lambda f: f.ledger.label)
    together: dict[str, list[Finding]] = {}
    for finding in report.findings:
        together.setdefault(name(finding), []).append(finding)
    rows = carried
    for each, mine in together.items():
        rows.append(Row((Cell(each, bold=True, note=f"{len(mine)} 处"),)))
        rows += _lines(mine)
    return rows


def _lines(findings: Iterable[Finding]) -> Iterable[Row]:
    before = ""
    for each in findings:
        rule = each.rule
        level = Cell("已说明", chip="good") if each.explained else Cell(rule.level, chip=TONES.get(rule.level, "plain"))
        remedy = "同上" if rule.id == before else rule.remedy
        before = rule.id
        message, what = Cell(each.message, tip=each.message), Cell(remedy, ink="secondary", tip=rule.remedy)
        yield Row((level, Cell(rule.id, ink="secondary"), Cell(each.ledger.label), message, what), each)


def _carried(of: Unconfirmed) -> Row:
    first = (Cell(MUST, chip=TONES[MUST]), Cell("结转", ink="secondary"), Cell(of.ledger.label))
    return Row((*first, Cell(of.sentence, tip=of.sentence), Cell(REMEDY, ink="secondary", tip=REMEDY)), of)


def _stands(of: object) -> bool:
    """Whether it is in the way of issuing."""
    return isinstance(of, Unconfirmed) or (isinstance(of, Finding) and of.open)


def _unknown(rule: Rule, count: int, why: str) -> Row:
    what = f"{count:,} 行没有审：{why}"
    first = (Cell("未审", chip="plain"), Cell(rule.id, ink="secondary"), Cell(rule.ledger))
    return Row((*first, Cell(what, tip=rule.formula), Cell("填上公式里的各项再审", ink="secondary")), rule)


def _key(of: object) -> object:
    if isinstance(of, Unconfirmed):
        return of.ledger.id, of.zone
    return (of.rule.id, of.row) if isinstance(of, Finding) else of.id if isinstance(of, Rule) else None


def _beside(report: Report) -> str:
    explained = sum(finding.explained for finding in report.findings)
    hints = len(report.findings) - len(report.of(MUST)) - len(report.of(EXPLAIN))
    parts = [f"已说明 {explained}"] * bool(explained) + [f"提示 {hints}"] * bool(hints)
    return " · ".join(parts)
