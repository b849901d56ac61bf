"""The lines of the audit's list: findings by rule, record or ledger, folded where one follows from another; what was not judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from models.audit import EXPLAIN, MUST, Finding, Report
from models.folding import Fold
from models.packs.pack import Rule
from models.store.carried import REMEDY, Unconfirmed
from ui.table.cells import Cell, Head
from ui.table.lines import Lines, Row

TONES = {MUST: "error", EXPLAIN: "warning"}
BY_RULE, BY_RECORD, BY_LEDGER, DOUBTS, UNKNOWN, SETTINGS = "公式", "企业", "台账", "疑点", "未能审核", "规则与阈值"
HEADS = [
    Head("级别", width=58), Head("编号", width=66), Head("台账", width=84), Head("问题（现场数据）", width=300), Head("怎么办", width=220),
]  # fmt: skip


class Folding(Lines):
    """``folded(of, open)``: → shows what follows from the finding on the current row, ← hides it."""

    folded = Signal(object, bool)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Left) and self.current() is not None:
            self.folded.emit(self.current(), event.key() == Qt.Key.Key_Right)
        else:
            super().keyPressEvent(event)


def finding_rows(report: Report, folds: Sequence[Fold], group: str, opened: Collection[object]) -> list[Row]:
    """The findings: each root, and beneath it what follows from it where its key is among ``opened``."""
    carried = [_carried(each) for each in report.unconfirmed]
    if group == BY_RULE:
        return [*carried, *_lines(folds, opened)]
    name: Callable[[Finding], str] = (lambda f: f.title.name) if group == BY_RECORD else (lambda f: f.ledger.label)
    together: dict[str, list[Fold]] = {}
    for fold in folds:
        together.setdefault(name(fold.root), []).append(fold)
    rows = carried
    for each, mine in together.items():
        count = sum(1 + len(fold.others) for fold in mine)
        rows.append(Row((Cell(each, bold=True, note=f"{count} 处"),)))
        rows += _lines(mine, opened)
    return rows


def unknown_rows(report: Report, why: Mapping[str, str]) -> list[Row]:
    """Rule by rule what could not be judged, and why."""
    counts = Counter(report.unknown)
    return [_unknown(rule, counts[rule.id], why.get(rule.id, "")) for rule in report.pack.rules if counts[rule.id]]


def beside(report: Report) -> str:
    """What stands beside the verdict: how many are explained, how many are only told."""
    explained = sum(finding.explained for finding in report.findings)
    hints = len(report.findings) - len(report.of(MUST)) - len(report.of(EXPLAIN))
    parts = [f"已说明 {explained}"] * bool(explained) + [f"提示 {hints}"] * bool(hints)
    return " · ".join(parts)


def key_of(of: Finding) -> object:
    """What a finding is known by from one report to the next."""
    return of.rule.id, of.row


def _lines(folds: Iterable[Fold], opened: Collection[object]) -> Iterable[Row]:
    before = ""
    for fold in folds:
        shown = key_of(fold.root) in opened
        yield _line(fold.root, before, _told(fold, shown=shown))
        before = fold.root.rule.id
        for each in fold.others if shown else ():
            yield _line(each, "", "", inside=True)


def _told(fold: Fold, *, shown: bool) -> str:
    if not fold.others:
        return ""
    count = Counter(each.rule.level for each in fold.others)
    levels = "、".join(f"{level} {count[level]} 处" for level in (MUST, EXPLAIN, "提示") if count[level])
    return f"（改好它，另有{levels}多半跟着消失，按 {'←' if shown else '→'} {'收起' if shown else '展开'}）"


def _line(of: Finding, before: str, told: str, *, inside: bool = False) -> Row:
    rule = of.rule
    level = Cell("已说明", chip="good") if of.explained else Cell(rule.level, chip=TONES.get(rule.level, "plain"))
    remedy = "同上" if rule.id == before else rule.remedy
    code = Cell(f"└ {rule.id}" if inside else rule.id, ink="secondary")
    message = f"{of.message}{told}"
    cells = (
        Cell(message, ink="secondary" if inside else "text", tip=message),
        Cell(remedy, ink="secondary", tip=rule.remedy),
    )
    return Row((level, code, Cell(of.ledger.label), *cells), of)


def _carried(of: Unconfirmed) -> Row:
    first = (Cell(MUST, chip=TONES[MUST]), Cell("结转", ink="secondary"), Cell(of.ledger.label))
    return Row((*first, Cell(of.sentence, tip=of.sentence), Cell(REMEDY, ink="secondary", tip=REMEDY)), of)


def _unknown(rule: Rule, count: int, why: str) -> Row:
    what = f"{count:,} 行没有审：{why or '正在找原因…'}"
    first = (Cell("未审", chip="plain"), Cell(rule.id, ink="secondary"), Cell(rule.ledger))
    return Row((*first, Cell(what, tip=rule.formula), Cell("填上公式里的各项再审", ink="secondary")), rule)
