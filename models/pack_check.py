"""Everything wrong with a pack at once, by sheet and cell: names, levels, numbers, formulas, messages, targets, cells of the form."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from models.formula.errors import FormulaError
from models.formula.figures import figure
from models.formula.messages import message
from models.formula.rows import row_formula
from models.ledger import Ledger
from models.ledgers import ledger
from models.packs.pack import LEVELS, Pack
from models.packs.tables import HEAD, Entry, Fault
from models.returns import check_cell, list_formulas
from models.rules import context_of
from models.units import UnitError

COMPARISONS = ("≥", ">", "≤", "<", "约")


@dataclass(frozen=True)
class FormCell:
    """One expression in the form: where it stands and whether it is in a list row."""

    sheet: str
    cell: str
    expression: str
    in_list: bool


def faults_of(pack: Pack, form: Sequence[FormCell] = ()) -> list[Fault]:
    """All faults of the pack's tables and of the form's expressions."""
    checks = (_head, _repeated, _indicators, _rules, _targets, _sheets, _cases)
    return [fault for check in checks for fault in check(pack)] + list(_form(pack, form))


def _head(pack: Pack) -> Iterator[Fault]:
    for name in pack.source.head:
        if name not in HEAD:
            yield Fault("pack.toml", "", f"没有“{name}”这一项,可用:{'、'.join(HEAD)}")
    for name in ("id", "title", "version"):
        if not pack.source.head.get(name):
            yield Fault("pack.toml", "", f"缺“{name}”")


def _repeated(pack: Pack) -> Iterator[Fault]:
    for table, columns in (
        ("参数", ("名称",)),
        ("指标", ("编号", "名称")),
        ("规则", ("编号",)),
        ("报表", ("表号", "工作表")),
    ):
        for column in columns:
            seen: dict[str, str] = {}
            for entry in pack.source.tables[table]:
                if not entry[column]:
                    yield entry.fault(column, f"“{column}”是空的")
                elif entry[column] in seen:
                    yield entry.fault(column, f"“{entry[column]}”和 {seen[entry[column]]} 重复")
                else:
                    seen[entry[column]] = entry.cell(column)


def _indicators(pack: Pack) -> Iterator[Fault]:
    for entry in pack.source.tables["指标"]:
        if entry["小数"] and not entry["小数"].isdigit():
            yield entry.fault("小数", f"“{entry['小数']}”不是小数位数")
            continue
        try:
            figure(entry["公式"], context_of(pack), unit=entry["单位"], places=int(entry["小数"] or 0))
        except UnitError as error:
            yield entry.fault("单位", str(error))
        except FormulaError as error:
            yield entry.fault("公式", str(error))


def _rules(pack: Pack) -> Iterator[Fault]:
    for entry in pack.source.tables["规则"]:
        if entry["级别"] not in LEVELS:
            yield entry.fault("级别", f"级别要填 {'、'.join(LEVELS)} 之一,不是“{entry['级别']}”")
        on = yield from _ledger(entry, "台账")
        if on is None:
            continue
        try:
            row_formula(entry["公式"], on, context_of(pack), expect="bool")
        except FormulaError as error:
            yield entry.fault("公式", str(error))
        try:
            message(entry["提示"], on, context_of(pack))
        except FormulaError as error:
            yield entry.fault("提示", str(error))
        for name in entry["格"].split():
            try:
                on.field(name)
            except KeyError as error:
                yield entry.fault("格", error.args[0])


def _targets(pack: Pack) -> Iterator[Fault]:
    known = {each["编号"] for each in pack.source.tables["指标"]}
    for entry in pack.source.tables["目标"]:
        if entry["指标"] not in known:
            yield entry.fault("指标", f"没有“{entry['指标']}”这个指标")
        if entry["比较"] not in COMPARISONS:
            yield entry.fault("比较", f"比较要填 {'、'.join(COMPARISONS)} 之一,不是“{entry['比较']}”")
        if not entry["年度"].isdigit():
            yield entry.fault("年度", f"“{entry['年度']}”不是年份")
        for column in ("下限", "上限") if entry["上限"] else ("下限",):
            try:
                Decimal(entry[column])
            except InvalidOperation:
                yield entry.fault(column, f"“{entry[column]}”不是数")


def _sheets(pack: Pack) -> Iterator[Fault]:
    for entry in pack.source.tables["报表"]:
        if not entry["清单台账"]:
            continue
        on = yield from _ledger(entry, "清单台账")
        if on is None:
            continue
        for column, texts, expect in (("条件", [entry["条件"]], "bool"), ("排序", entry["排序"].split("、"), None)):
            for text in filter(None, texts):
                try:
                    row_formula(text, on, context_of(pack), expect=expect)
                except FormulaError as error:
                    yield entry.fault(column, str(error))


def _cases(pack: Pack) -> Iterator[Fault]:
    rules = {each["编号"] for each in pack.source.tables["规则"]}
    shown: dict[str, set[str]] = {}
    for entry in pack.source.tables["用例"]:
        if entry["规则"] not in rules:
            yield entry.fault("规则", f"没有“{entry['规则']}”这条规则")
        if entry["例"] not in ("失败", "通过"):
            yield entry.fault("例", f"例要填 失败 或 通过,不是“{entry['例']}”")
        yield from _ledger(entry, "台账")
        shown.setdefault(entry["规则"], set()).add(entry["例"])
    for entry in pack.source.tables["规则"]:
        for kind in ("失败", "通过"):
            if kind not in shown.get(entry["编号"], ()):
                yield entry.fault("编号", f"规则 {entry['编号']} 没有{kind}的用例")


def _form(pack: Pack, form: Sequence[FormCell]) -> Iterator[Fault]:
    known = {each["工作表"]: each for each in pack.source.tables["报表"]}
    for cell in form:
        try:
            if cell.in_list and cell.sheet in known and known[cell.sheet]["清单台账"]:
                list_formulas(pack, cell.sheet, [cell.expression])
            elif cell.in_list:
                yield Fault(cell.sheet, cell.cell, f"这一行要逐条列出,“报表”表里却没有给“{cell.sheet}”写清单台账")
            else:
                check_cell(pack, cell.expression)
        except FormulaError as error:
            yield Fault(cell.sheet, cell.cell, str(error))


def _ledger(entry: Entry, column: str) -> Generator[Fault, None, Ledger | None]:
    """The ledger a cell names; an unknown one is yielded as a fault."""
    try:
        return ledger(entry[column])
    except KeyError as error:
        yield entry.fault(column, error.args[0])
        return None
