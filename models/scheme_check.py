"""What is wrong with the scoring schemes of a pack (its tables 评分 and 评分项), by cell."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from models.check_parts import is_ledger, ledger_in
from models.formula.errors import FormulaError
from models.formula.rows import row_formula
from models.ledger import Ledger
from models.ledgers import ledger
from models.packs.pack import Pack
from models.packs.schemes import DIRECTIONS, KINDS, MISSING, ROUNDINGS, SCORED, grades_of, schemes
from models.packs.tables import Entry, Fault
from models.rules import context_of
from models.scoring import parts_of
from models.units import UnitError

_AMONG = (("类别", KINDS), ("方向", ("", *DIRECTIONS)), ("缺项", ("", *MISSING)))


def scheme_faults(pack: Pack) -> Iterator[Fault]:
    """All faults of the two tables."""
    own = pack.source.tables["评分"]
    plain = [fault for entry in own for fault in _head(entry)]
    plain += [fault for entry in pack.source.tables["评分项"] for fault in _line(pack, entry)]
    yield from plain
    if plain:
        return  # what cannot be read cannot be asked
    for scheme in schemes(pack):
        if not is_ledger(scheme.ledger):
            continue  # of the pack that this one extends, where it is told
        on = ledger(scheme.ledger)
        if scheme.entry in own:
            yield from _condition(pack, scheme.entry, "参评", on)
        for item in (each for each in scheme.items if each.entry in pack.source.tables["评分项"]):
            yield from (
                _formulas(pack, item.entry, on) if item.kind == SCORED else _condition(pack, item.entry, "公式", on)
            )


def _head(entry: Entry) -> Iterator[Fault]:
    yield from ledger_in(entry, "台账")
    if entry["取整"] and entry["取整"] not in ROUNDINGS:
        yield entry.fault("取整", f"取整要填 {'、'.join(ROUNDINGS)} 之一，不是“{entry['取整']}”")
    try:
        grades_of(entry["分档"])
    except ValueError as error:
        yield entry.fault("分档", str(error))


def _line(pack: Pack, entry: Entry) -> Iterator[Fault]:
    if entry["方案"] not in {each["编号"] for each in pack.entries("评分")}:
        yield entry.fault("方案", f"“评分”表里没有“{entry['方案']}”这个方案")
    for column, words in _AMONG:
        if entry[column] not in words:
            yield entry.fault(column, f"{column}要填 {'、'.join(filter(None, words))} 之一，不是“{entry[column]}”")
    for column in ("小数", "权重", "封顶"):
        if entry[column] and not _number(entry[column], whole=column == "小数"):
            yield entry.fault(column, f"“{entry[column]}”不是数")
    if entry["权重"] and not entry["基准"]:
        yield entry.fault("基准", "有权重的要写基准，值和基准相同得满权重")


def _number(text: str, *, whole: bool) -> bool:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return False
    return value.is_finite() and value >= 0 and not (whole and value != int(value))


def _condition(pack: Pack, entry: Entry, column: str, on: Ledger) -> Iterator[Fault]:
    try:
        if entry[column]:
            row_formula(entry[column], on, context_of(pack), expect="bool")
    except FormulaError as error:
        yield entry.fault(column, str(error))


def _formulas(pack: Pack, entry: Entry, on: Ledger) -> Iterator[Fault]:
    wrong = False
    for column in ("公式", "除以", "基准"):
        try:
            if entry[column] or column == "公式":
                row_formula(entry[column], on, context_of(pack), expect="value")
        except FormulaError as error:
            wrong = True
            yield entry.fault(column, str(error))
    if not wrong:
        try:
            item = next(each for scheme in schemes(pack) for each in scheme.items if each.entry is entry)
            parts_of(pack, item, on)
        except (UnitError, FormulaError) as error:
            yield entry.fault("单位", str(error))
