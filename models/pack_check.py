"""Everything wrong with a pack at once, by sheet and cell: names, levels, numbers, formulas, messages, targets, cells of the form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from models.chart_check import chart_faults
from models.check_parts import is_ledger, ledger_in
from models.formula.errors import FormulaError
from models.formula.figures import figure
from models.formula.messages import message
from models.formula.rows import RowFormula, row_formula
from models.formula.syntax import parse
from models.formula.tree import Kind
from models.joined import joining_fault
from models.kinds import Reference
from models.ledger import Ledger
from models.ledgers.zone import ZONE
from models.packs.pack import EVERY_YEAR, LEVELS, NO_YEAR, Pack
from models.packs.tables import COLUMNS, HEAD, BadPack, Entry, Fault, Source
from models.periods import Period
from models.returns import asks_indicator, check_cell, list_formulas, list_of, lists_of
from models.roster_check import roster_faults
from models.rules import context_of, rule_formula
from models.scheme_check import scheme_faults
from models.units import UnitError

COMPARISONS = ("≥", ">", "≤", "<", "约")
FORMS = ("Y", "H", "Q", "M")
REPORT = "report.docx"
REGION_DIGITS = 6
OF_ROW = ("报告期", "所在区")  # what a row of a case may say besides its fields


@dataclass(frozen=True)
class FormCell:
    """One expression in the form: where it stands, whether it is in a list row, and of which list of the sheet, from 0."""

    sheet: str
    cell: str
    expression: str
    in_list: bool
    number: int = 0


def faults_of(pack: Pack, form: Sequence[FormCell] = (), report: Sequence[FormCell] = ()) -> list[Fault]:
    """All faults of the pack's tables and of the expressions of the form and the narrative.

    A cell of the narrative has its place as ``cell`` and, in a list row, the worksheet whose list it takes as ``sheet``.
    """
    try:
        _ = pack.base
    except BadPack as error:
        return [pack.source.head_fault("extends", str(error)), *_head(pack)]  # the rest hangs on it
    checks = (_head, _repeated, _parameters, _indicators, _rules, _targets, _sheets, _cases)
    found = [fault for check in checks for fault in check(pack)]
    found += [
        *chart_faults(pack),
        *scheme_faults(pack),
        *roster_faults(pack),
        *_form(pack, form),
        *_report(pack, report),
    ]
    return [fault for fault in found if fault.cell or fault.sheet not in COLUMNS]  # a missing column is told once


def _head(pack: Pack) -> Iterator[Fault]:
    source = pack.source
    for name in source.head:
        if name not in HEAD:
            yield source.head_fault(name, f"没有“{name}”这一项，可用：{'、'.join(HEAD)}")
    for name in ("id", "title", "version"):
        if not source.head.get(name):
            yield source.head_fault(name, f"缺“{name}”")
    for form in pack.forms:
        if form not in FORMS:
            yield source.head_fault("periods", f"“{form}”不是报告期的写法，可用：{'、'.join(FORMS)}")
    for region in pack.own_regions:  # what it extends may not be there
        if not region.isdecimal() or len(region) > REGION_DIGITS:
            yield source.head_fault("regions", f"“{region}”不是行政区划代码的开头几位，江西写成 36，赣州写成 3607")
    yield from _order(source)
    try:
        pack.due(Period(2025))
    except ValueError:
        yield source.head_fault(
            "deadline",
            f"“{pack.deadline}”不是期限，请写成 12-31，次年的写成 +01-20，每月、每季的写成 月后5日、季后10日",
        )


def _order(source: Source) -> Iterator[Fault]:
    order = str(source.head.get("order", "0"))
    if not _digits(order):
        yield source.head_fault("order", f"“{order}”不是整数，列在第几写成 10、20")


def _parameters(pack: Pack) -> Iterator[Fault]:
    for entry in pack.source.tables["参数"]:
        try:
            parse(entry["值"])
        except FormulaError as error:
            yield entry.fault("值", str(error))


def _repeated(pack: Pack) -> Iterator[Fault]:
    for table, columns in (
        ("参数", ("名称",)),
        ("指标", ("编号", "名称")),
        ("规则", ("编号",)),
        ("报表", ("表号",)),
        ("图表", ("编号", "名称")),
        ("评分", ("编号", "名称")),
        ("名单", ("编号", "名称")),
    ):
        for column in columns:
            theirs = pack.base.entries(table) if pack.base and table != "报表" else ()
            seen = {each[column]: f"“{pack.extends}”里的" for each in theirs}
            for entry in pack.source.tables[table]:
                if not entry[column]:
                    yield entry.fault(column, f"“{column}”是空的")
                elif entry[column] in seen:
                    yield entry.fault(column, f"“{entry[column]}”和 {seen[entry[column]]} 重复")
                else:
                    seen[entry[column]] = entry.cell(column)


def _indicators(pack: Pack) -> Iterator[Fault]:
    for entry in pack.source.tables["指标"]:
        if entry["小数"] and not _digits(entry["小数"]):
            yield entry.fault("小数", f"“{entry['小数']}”不是小数位数")
            continue
        try:
            made = figure(entry["公式"], context_of(pack), unit=entry["单位"], places=int(entry["小数"] or 0))
            if sentence := joining_fault(entry["合并"], made, [each["编号"] for each in pack.entries("指标")]):
                yield entry.fault("合并", sentence)
        except UnitError as error:
            yield entry.fault("单位", str(error))
        except FormulaError as error:
            yield entry.fault("公式", str(error))


def _rules(pack: Pack) -> Iterator[Fault]:
    for entry in pack.source.tables["规则"]:
        if entry["级别"] not in LEVELS:
            yield entry.fault("级别", f"级别要填 {'、'.join(LEVELS)} 之一，不是“{entry['级别']}”")
        on = yield from ledger_in(entry, "台账")
        if on is None:
            continue
        try:
            rule_formula(entry["公式"], on, context_of(pack))
        except FormulaError as error:
            yield entry.fault("公式", str(error))
        yield from _message(entry, on, pack)
        if not entry["格"]:
            yield entry.fault("格", "请写上要标出来的字段，几个之间空一格")
        for name in entry["格"].split():
            try:
                on.field(name)
            except KeyError as error:
                yield entry.fault("格", error.args[0])


def _message(entry: Entry, on: Ledger, pack: Pack) -> Iterator[Fault]:
    try:
        for formula in message(entry["提示"], on, context_of(pack)).formulas:
            if sentence := _personal(formula):
                yield entry.fault("提示", sentence)
    except FormulaError as error:
        yield entry.fault("提示", str(error))


def _targets(pack: Pack) -> Iterator[Fault]:
    known = {each["编号"] for each in pack.entries("指标")}
    for entry in pack.source.tables["目标"]:
        if entry["指标"] not in known:
            yield entry.fault("指标", f"没有“{entry['指标']}”这个指标")
        if entry["比较"] not in COMPARISONS:
            yield entry.fault("比较", f"比较要填 {'、'.join(COMPARISONS)} 之一，不是“{entry['比较']}”")
        if not _digits(entry["年度"]) and entry["年度"] not in (EVERY_YEAR, NO_YEAR):
            yield entry.fault(
                "年度", f"“{entry['年度']}”不是年份；每一年都要达到的写{EVERY_YEAR}，文件没有写哪一年的写{NO_YEAR}"
            )
        for column in ("下限", "上限") if entry["上限"] else ("下限",):
            if not _number(entry[column]):
                yield entry.fault(column, f"“{entry[column]}”不是数")


def _digits(text: str) -> bool:
    return text.isascii() and text.isdecimal()


def _number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


def _sheets(pack: Pack) -> Iterator[Fault]:
    for entry in pack.source.tables["报表"]:
        if not entry["清单台账"]:
            continue
        on = yield from ledger_in(entry, "清单台账")
        if on is None:
            continue
        for column, texts, expect in (("条件", [entry["条件"]], "bool"), ("排序", entry["排序"].split("、"), None)):
            for text in filter(None, texts):
                try:
                    row_formula(text, on, context_of(pack), expect=expect)
                except FormulaError as error:
                    yield entry.fault(column, str(error))


def _cases(pack: Pack) -> Iterator[Fault]:
    rules = {each["编号"] for each in pack.entries("规则")}
    shown: dict[str, dict[str, set[str]]] = {}  # rule → case → the rows it has so far
    for entry in pack.source.tables["用例"]:
        rows = shown.setdefault(entry["规则"], {}).setdefault(entry["例"], set())
        if entry["规则"] not in rules:
            yield entry.fault("规则", f"没有“{entry['规则']}”这条规则")
        if entry["例"] not in ("失败", "通过"):
            yield entry.fault("例", f"例要填 失败 或 通过，不是“{entry['例']}”")
        if entry["应查出"] not in ("", "✓"):
            yield entry.fault("应查出", f"应查出的行填 ✓，别的行空着，不是“{entry['应查出']}”")
        on = yield from ledger_in(entry, "台账")
        if on:
            yield from _pairs(entry, "数据", on, rows)
            yield from _pairs(entry, "改正", on, rows)
        rows.add(entry["行"])
    for entry in pack.source.tables["规则"]:
        for kind in ("失败", "通过"):
            if kind not in shown.get(entry["编号"], ()):
                yield entry.fault("编号", f"规则 {entry['编号']} 没有{kind}的用例")


def _pairs(entry: Entry, column: str, on: Ledger, rows: Collection[str]) -> Iterator[Fault]:
    for part in filter(None, entry[column].split(";")):
        name, mark, value = part.partition("=")
        try:
            if not mark:
                yield entry.fault(column, f"“{part}”请写成 字段=值，几个之间用半角分号隔开")
            elif (
                name not in OF_ROW
                and isinstance(on.field(name).kind, Reference)
                and not (value in rows or value[:1] in ("", "“"))
            ):
                yield entry.fault(column, f"这个用例前面没有叫“{value}”的行")
        except KeyError as error:
            yield entry.fault(column, error.args[0])


def _form(pack: Pack, form: Sequence[FormCell]) -> Iterator[Fault]:
    yield from _sheets_of_form(pack, form)
    for cell in form:
        try:
            if not cell.in_list:
                check_cell(pack, cell.expression)
            elif cell.number >= len(lists_of(pack, cell.sheet)):
                which = f"的第 {cell.number + 1} 个清单" if cell.number else ""
                yield Fault(
                    cell.sheet, cell.cell, f"这一行要逐条列出，“报表”表里却没有给“{cell.sheet}”{which}写清单台账"
                )
            elif sentence := _of_list(pack, cell):
                yield Fault(cell.sheet, cell.cell, sentence)
        except FormulaError as error:
            yield Fault(cell.sheet, cell.cell, str(error))


def _report(pack: Pack, report: Sequence[FormCell]) -> Iterator[Fault]:
    for cell in report:
        try:
            if not cell.in_list:
                check_cell(pack, cell.expression)
            elif cell.sheet and (sentence := _of_list(pack, cell)):  # a list of nowhere is told by the exporter
                yield Fault(REPORT, cell.cell, sentence)
        except FormulaError as error:
            yield Fault(REPORT, cell.cell, str(error))


def _of_list(pack: Pack, cell: FormCell) -> str:
    """What is wrong with a cell of a list row; an unknown ledger is told at its place in the table. Raises FormulaError."""
    of = list_of(pack, cell.sheet, cell.number)
    if of.ledger == ZONE.label and asks_indicator(pack, cell.expression):
        return ""
    return _personal(list_formulas(pack, of, [cell.expression])[0]) if is_ledger(of.ledger) else ""


def _sheets_of_form(pack: Pack, form: Sequence[FormCell]) -> Iterator[Fault]:
    there, lists = {cell.sheet for cell in form}, {(cell.sheet, cell.number) for cell in form if cell.in_list}
    told: Counter[str] = Counter()
    for entry in pack.source.tables["报表"]:
        sheet, number = entry["工作表"], told[entry["工作表"]]
        if sheet and sheet not in there:
            yield entry.fault("工作表", f"return.xlsx 里没有工作表“{sheet}”，或里面没有 {{{{ }}}}")
        elif entry["清单台账"] and (sheet, number) not in lists:
            which = f"第 {number + 1} 个" if number else ""
            yield entry.fault("清单台账", f"“{sheet}”里没有{which} {{{{ * }}}} 的清单行")
        told[sheet] += bool(entry["清单台账"])


def _personal(formula: RowFormula) -> str:
    """Why the text that a formula shows may not leave the zone: an issued return carries its cells and findings inside."""
    named = [operand.label for operand in formula.operands if operand.field.personal]
    if not named or formula.kind is not Kind.TEXT:
        return ""
    return f"“{named[0]}”是个人信息，不能写进报表和提示，签发的报表里不带个人信息"
