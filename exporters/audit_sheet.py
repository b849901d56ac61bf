"""An audit as a workbook to send round and to print: the verdict, every finding with its scene and remedy, what was not judged, what
the zone has decided about rules and thresholds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from exporters.formcells import lines_of, put_text
from models.audit import EXPLAIN, MUST, Finding, Report
from models.folding import folded
from models.store.carried import REMEDY
from models.store.choices import OFF, Choice

FOUND, NOT_JUDGED, CHOSEN = "审核单", "未能审核", "规则与阈值"
_HEADS = ("序号", "级别", "编号", "台账", "代码", "名称", "字段", "问题（现场数据）", "怎么改", "说明", "状态")
_WIDTHS = (6, 7, 8, 12, 21, 28, 18, 48, 32, 26, 9)
_FACE, _GOOD, _BAD = "宋体", "FF1A7F37", "FFC0392B"
_LINE = 15.0  # points
_ENDS = 31  # characters of a tab's name
_TONES = {MUST: "FFFFC7CE", EXPLAIN: "FFFFEB9C"}


@dataclass(frozen=True)
class Audited:
    """What the sheet tells: whose audit, when, and why rules could not judge; ``names`` are the zones where there are several."""

    report: Report
    zone: str
    at: str
    why: Mapping[str, str]
    names: Mapping[str, str]


def write_audit(path: Path, told: Audited) -> int:
    """Write the audit to ``path`` (.xlsx); how many findings it tells."""
    # openpyxl costs half a second to import and is needed only here
    from openpyxl import Workbook

    book: Any = Workbook()
    sheet = _Sheet(book.active, FOUND)
    report = told.report
    pack, period = report.pack, report.period
    sheet.title(
        f"审核单　{told.zone}　{period.label}", f"{pack.id} {pack.title}　{len(pack.rules)} 条公式　审核时间 {told.at}"
    )
    sheet.line(report.verdict, bold=True, colour=_GOOD if report.passed else _BAD)
    heads = ((*_HEADS[:3], "分园", *_HEADS[3:]), (*_WIDTHS[:3], 14, *_WIDTHS[3:])) if told.names else (_HEADS, _WIDTHS)
    sheet.heads(*heads)
    rows = [*_rows(told)]
    for row in rows:
        level = row[1]
        sheet.row(row, colour=_TONES.get(level, "") if row[-1] in _STANDS else "", at=1)
    if not rows:
        sheet.line("没有查出问题")
    _not_judged(_Sheet(book.create_sheet(), NOT_JUDGED), told)
    _chosen(_Sheet(book.create_sheet(), CHOSEN), report)
    book.save(path)
    return len(rows)


_STANDS = ("待改", "待说明")


def _rows(told: Audited) -> Iterable[tuple[str, ...]]:
    report = told.report
    number = 0
    for each in report.unconfirmed:
        number += 1
        place = (told.names.get(each.zone, ""),) if told.names else ()
        yield (str(number), MUST, "结转", *place, each.ledger.label, "", "", "", each.sentence, REMEDY, "", "待改")
    for fold in folded(report.pack, report.findings):
        for finding in (fold.root, *fold.others):
            number += 1
            place = (told.names.get(finding.zone, ""),) if told.names else ()
            root = "" if finding is fold.root else f"（改好 {fold.root.rule.id} 多半跟着消失）"
            yield (str(number), finding.rule.level, finding.rule.id, *place, *_scene(finding, root))


def _scene(of: Finding, root: str) -> tuple[str, ...]:
    fields = "、".join(of.ledger.by_id[name].label for name in of.fields)
    state = (
        "待改" if of.rule.level == MUST else "提示" if of.rule.level != EXPLAIN else "待说明" if of.open else "已说明"
    )
    said = of.note.text if of.note else ""
    if of.note and of.rule.level == EXPLAIN and not of.explained:
        said += "（数改过或写得不够，要重写）"
    return of.ledger.label, of.title.key, of.called, fields, of.message + root, of.rule.remedy, said, state


def _not_judged(sheet: _Sheet, told: Audited) -> None:
    report = told.report
    total = sum(report.unknown.values())
    sheet.title(f"未能审核　{told.zone}　{report.period.label}", "公式要用的数没有填，这些行没有审；填上再审")
    sheet.line(f"共 {total:,} 处，{sum(bool(count) for count in report.unknown.values())} 条公式", bold=True)
    sheet.heads(("编号", "级别", "台账", "没有审的行数", "原因", "公式"), (8, 7, 14, 13, 60, 90))
    for rule in report.pack.rules:
        if count := report.unknown.get(rule.id):
            sheet.row((rule.id, rule.level, rule.ledger, f"{count:,}", told.why.get(rule.id, ""), rule.formula))


def _chosen(sheet: _Sheet, report: Report) -> None:
    off = sum(each.value == OFF for each in report.choices)
    sheet.title("停用的规则和改过的阈值", "本区自己定的；报表里也如实写明")
    sheet.line(f"停用 {off} 条，改阈值 {len(report.choices) - off} 个", bold=True)
    sheet.heads(("项目", "决定", "理由", "谁", "什么时候"), (24, 24, 70, 16, 18))
    for each in report.choices:
        sheet.row(_choice(each))


def _choice(of: Choice) -> tuple[str, ...]:
    return of.item, OFF if of.value == OFF else f"改为 {of.value}", of.why, of.who, of.at[:16].replace("T", " ")


class _Sheet:
    """A sheet in the making, to be printed across on A4 with its headings on every page."""

    def __init__(self, sheet: Any, name: str) -> None:
        # openpyxl is loaded already
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

        self.sheet, self.at, self._widths = sheet, 1, tuple[float, ...]()
        sheet.title = name[:_ENDS]
        thin = Side("thin", color="FFB8C0CC")
        self._border, self._font = Border(thin, thin, thin, thin), Font
        self._bold, self._big = Font(name=_FACE, bold=True), Font(name=_FACE, bold=True, size=14)
        self._wrap, self._fill = Alignment(wrap_text=True, vertical="top"), PatternFill
        sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = "landscape", 9, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
        sheet.page_margins.left = sheet.page_margins.right = 0.4

    def title(self, text: str, below: str) -> None:
        """What the sheet is."""
        self._put(1, text).font = self._big
        self.at += 1
        self.line(below)

    def line(self, text: str, *, bold: bool = False, colour: str = "") -> None:
        """One sentence."""
        cell = self._put(1, text)
        if bold:
            cell.font = self._font(name=_FACE, bold=True, size=12, color=colour or None)
        self.at += 1

    def heads(self, names: Sequence[str], widths: Sequence[float]) -> None:
        """The headings, which stay in sight and stand on every page."""
        self._widths = tuple(widths)
        for place, (name, width) in enumerate(zip(names, widths, strict=True), 1):
            cell = self._put(place, name)
            cell.font, cell.border, cell.fill = self._bold, self._border, self._fill("solid", fgColor="FFEEF1F5")
            self.sheet.column_dimensions[cell.column_letter].width = width
        self.sheet.freeze_panes = self.sheet.cell(self.at + 1, 1)
        self.sheet.print_title_rows = f"{self.at}:{self.at}"
        self.at += 1

    def row(self, texts: Sequence[str], *, colour: str = "", at: int = 0) -> None:
        """A row; the cell ``at`` is coloured."""
        for place, text in enumerate(texts):
            cell = self._put(place + 1, text)
            cell.border, cell.alignment = self._border, self._wrap
            if colour and place == at:
                cell.fill = self._fill("solid", fgColor=colour)
        self.sheet.row_dimensions[self.at].height = _LINE * max(map(lines_of, texts, self._widths))
        self.at += 1

    def _put(self, column: int, text: str) -> Any:
        return put_text(self.sheet, self.at, column, text)
