"""What is wrong with the lists of a pack (its table 名单), by cell."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import partial
from itertools import islice

from models.check_parts import ledger_in
from models.codes import code_list
from models.formula.context import Context
from models.formula.errors import FormulaError
from models.formula.figures import figure
from models.formula.messages import message
from models.formula.rows import RowFormula, row_formula
from models.formula.tree import Kind
from models.ledger import Ledger
from models.packs.pack import Pack
from models.packs.rosters import Roster
from models.packs.tables import Fault
from models.rosters import rate_figure
from models.rules import context_of
from models.units import UnitError


def roster_faults(pack: Pack) -> Iterator[Fault]:
    """All faults of the table 名单."""
    entries = pack.source.tables["名单"]
    for roster in (each for each in pack.rosters if each.entry in entries):
        if not roster.kind:
            yield roster.entry.fault("类别", "“类别”是空的：写名单归在哪一类下面，如 项目库、用地")
        on = yield from ledger_in(roster.entry, "台账")
        if on is not None:
            yield from _formulas(roster, on, context_of(pack))


def _formulas(roster: Roster, on: Ledger, context: Context) -> Iterator[Fault]:
    """The faults of one list's formulas: each cell tells its first."""
    entry = roster.entry
    checks: list[tuple[str, Callable[[], object]]] = [
        (column, partial(message, text, on, context)) for column in ("理由", "不列") if (text := entry[column])
    ]
    if roster.condition:
        checks.append(("条件", partial(row_formula, roster.condition, on, context, expect="bool")))
    checks += [("列", partial(_open, each.formula, on, context)) for each in roster.columns]
    checks += [("排序", partial(row_formula, each, on, context)) for each in roster.order]
    if roster.longest:
        checks.append(("停留上限", partial(figure, roster.longest, context)))
    checks += [("率", partial(rate_figure, each, context)) for each in roster.rates]
    told = set()
    for column, check in checks:
        try:
            check()
        except (FormulaError, UnitError) as error:
            if column not in told:
                told.add(column)
                yield entry.fault(column, str(error))
    if not roster.columns:
        yield entry.fault("列", "请写上要列的字段或公式，几个之间用全角分号隔开")
    yield from _group(roster, on, context)


def _open(text: str, on: Ledger, context: Context) -> None:
    """A list is exported and printed: no personal data. Raises FormulaError."""
    for operand in row_formula(text, on, context).operands:
        if operand.field.personal:
            raise FormulaError(text, 0, f"“{operand.label}”是个人信息，不能写进名单")


def _group(roster: Roster, on: Ledger, context: Context) -> Iterator[Fault]:
    """The group must be a code or a text; days from which to count must be dates, those of single groups named by their group."""
    group = _made(roster, "分组", roster.group, on, context) if roster.group else None
    if isinstance(group, Fault):
        yield group
        return
    if group and group.kind is not Kind.TEXT:
        yield roster.entry.fault("分组", f"“{roster.group}”不是代码或文字，不能用来分组")
        return
    codes = group.node.type.codes if group else ""
    names = {each.name for each in code_list(codes).values()} if codes else set()
    yield from islice(_days(roster, names, on, context), 1)


def _days(roster: Roster, groups: Collection[str], on: Ledger, context: Context) -> Iterator[Fault]:
    for each in roster.since:
        day = _made(roster, "起算", each.formula, on, context)
        if isinstance(day, Fault):
            yield day
        elif day.kind is not Kind.DATE:
            yield roster.entry.fault("起算", f"“{each.formula}”不是日期，算不出停留天数")
        elif len(roster.since) > 1 and each.title not in groups and f'"{each.title}"' not in roster.group:
            yield roster.entry.fault("起算", f"“{each.title}”不是“{roster.group}”里的一组，几个日期要写成 组：日期")


def _made(roster: Roster, column: str, text: str, on: Ledger, context: Context) -> RowFormula | Fault:
    try:
        return row_formula(text, on, context, expect="value")
    except FormulaError as error:
        return roster.entry.fault(column, str(error))
