"""What a version of a return says otherwise than another one, in a clerk's words: on screen and in the tables of 更正 and 快报."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from exporters.comparison import Difference, compare
from exporters.overridden import CORRECTION, SINCE_QUICK, TABLES, Table, tell
from exporters.sheetxml import FormSheet
from exporters.slots import Slot
from models.formula.errors import FormulaError
from models.formula.tree import Cell
from models.indicators import Result
from models.kinds import Reference
from models.ledger import Ledger
from models.ledgers import BY_ID, ledger
from models.numbering import CORRECTED
from models.packs.pack import Pack
from models.questions import question
from models.returns import ReturnFigures, list_formulas, list_of
from models.text import fold
from ui.overriding import above

COMPARED = ("表", "格", "项目", "单位", "更正前", "更正后", "差", "理由")
QUICK_HEADS = ("表", "格", "项目", "单位", "快报", "正式", "差")
_RATES = frozenset({"增速", "同比", "完成"})


def differences(was: bytes, now: bytes, pack: Pack, results: Mapping[str, Result]) -> list[Difference]:
    """The differences between two versions on the pack's form; the tables that only tell of changes are left out."""

    def whose(form: FormSheet, number: int) -> list[int]:
        return _names(pack, form, number)

    found = compare(was, now, pack.form, whose)
    return [_named(each, pack, results) for each in found if each.sheet not in TABLES]


def with_comparison(was: bytes, made: bytes, *, figures: ReturnFigures, kind: str, why: str, before: str) -> bytes:
    """A 更正 with what it says otherwise than the version before, a 正式 with what it says otherwise than the 快报; ``before``
    names that one as whoever receives the return finds it.
    """
    found = differences(was, made, figures.pack, figures.results)
    heads, name = (COMPARED, CORRECTION) if kind == CORRECTED else (QUICK_HEADS, SINCE_QUICK)
    reason = (why,) if kind == CORRECTED else ()
    lines = [
        (each.sheet, each.cell, each.what, each.unit, each.was or "空", each.now or "空", each.gap, *reason)
        for each in found
    ]
    title = f"{name}：与{before}不同的 {len(lines)} 处" if lines else f"{name}：与{before}每一格都一样"
    return tell(made, {}, [Table(name, title, heads, lines, above(figures))], draft=False)


def _named(each: Difference, pack: Pack, results: Mapping[str, Result]) -> Difference:
    """A cell that shows an indicator, or asks something of one, is called by its name."""
    if len(each.expressions) != 1:
        return each
    text = each.expressions[0].strip()
    asked = question(pack, text)
    result = results.get(fold(asked.name if asked else text))
    if result is None:
        return each
    unit = "%" if asked and asked.word in _RATES else result.indicator.unit
    return replace(each, what=f"{result.indicator.name}{f' · {asked.word}' if asked else ''}", unit=unit)


def _names(pack: Pack, form: FormSheet, number: int) -> list[int]:
    """The columns of a list that say whose a row is: what names its record, or the enterprise, project or parcel it is of."""
    on = ledger(list_of(pack, form.name, number).ledger)
    slots = form.row_slots(form.lists[number])
    return [column for column, slot in slots if _identifies(pack, form.name, number, slot, on)]


def _identifies(pack: Pack, sheet: str, number: int, slot: Slot, on: Ledger) -> bool:
    try:
        formulas = list_formulas(pack, list_of(pack, sheet, number), slot.expressions)
    except FormulaError:  # the running number, an indicator asked of each zone
        return False
    return all(isinstance(each.node, Cell) and _names_record(each.node, on) for each in formulas)


def _names_record(cell: Cell, on: Ledger) -> bool:
    own = {*on.key, *on.title}
    if not cell.path.steps:
        return cell.field.id in own and not isinstance(cell.field.kind, Reference)
    step = cell.path.steps[0]
    if len(cell.path.steps) > 1 or step.by not in own:
        return False
    of = BY_ID[step.ledger]
    return cell.field.id in {*of.key, *of.title}
