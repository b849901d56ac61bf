"""Set functions (合计, 计数 …): which ledger's rows they range over, and what ties those rows to the row they stand on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from models.formula import syntax
from models.formula.combine import arithmetic
from models.formula.errors import nearest
from models.formula.names import Place
from models.formula.tree import COUNT, FLAG, SAME, Aggregate, Const, Func, Kind, Node, Path, Reach, Type, Years
from models.formula.years import fixed_year
from models.ledger import Ledger, Time
from models.ledgers import BY_NAME, LEDGERS

if TYPE_CHECKING:
    from models.formula.check import Checker

SET_FUNCTIONS = {
    "合计": "合计(台账.项, 条件)",
    "计数": "计数(台账, 条件)",
    "去重计数": "去重计数(台账.项, 条件)",
    "平均": "平均(台账.项, 条件)",
    "最大": "最大(台账.项, 条件)",
    "最小": "最小(台账.项, 条件)",
    "比率": "比率(台账, 分子条件, 分母条件)",
    "名次": "名次(台账.项, 条件)",
}
WHOLE, LAST, SO_FAR = "全区", "上年", "年初以来"
_REACHES = {each.value: each for each in Reach if each is not Reach.OWN}
_MOVES = {LAST: Years(1), SO_FAR: Years(so_far=True)}
Link = tuple[str, Path, str]


@dataclass(frozen=True)
class Range:
    """The rows of ``ledger`` of ``years``; ``whole`` lifts the tie to the row around, ``reach`` that to its zone too;
    ``prefix`` is how it was written.
    """

    ledger: Ledger
    years: Years
    whole: bool
    reach: Reach
    prefix: tuple[str, ...]
    rest: tuple[str, ...]


def set_function(checker: Checker, call: syntax.Call) -> Node:
    """The node of one set function. Raises FormulaError."""
    most = 3 if call.name == "比率" else 2
    least = 3 if call.name == "比率" else 1
    if not least <= len(call.args) <= most:
        checker.fail(call, f"“{call.name}”要这样写：{SET_FUNCTIONS[call.name]}")
    name = next(_names(call.args[0]), None)
    if name is None:
        checker.fail(call.args[0], f"“{call.name}”的第一项要写出台账，如 {SET_FUNCTIONS[call.name]}")
    span = _range(checker, name)
    if call.name == "名次":
        return _rank(checker, call, span)
    inner = replace(checker, rows=type(checker.rows)(Place(span.ledger), span.prefix, checker.rows.place))
    link = None if span.whole else _link(checker, call, span.ledger)

    def made(kind: str, value: Node | None, where: Node | None, result: Type) -> Node:
        found = Aggregate(
            name=kind,
            ledger=span.ledger.id,
            years=_years(checker, span),
            value=value,
            where=where,
            link=link,
            reach=span.reach,
            around=_around(checker),
            type=result,
        )
        return replace(found, at=call.at, end=call.end)

    if call.name in {"计数", "比率"}:
        if span.rest or not isinstance(call.args[0], syntax.Name):
            checker.fail(call.args[0], f"“{call.name}”的第一项只写台账，要这样写：{SET_FUNCTIONS[call.name]}")
        counts = [made("计数", None, inner.flag(arg), COUNT) for arg in call.args[1:]] or [
            made("计数", None, None, COUNT)
        ]
        return counts[0] if call.name == "计数" else _percentage(*counts)
    where = inner.flag(call.args[1]) if len(call.args) > 1 else None
    value = inner.check(call.args[0])
    _check_value(checker, call, value)
    result = COUNT if call.name == "去重计数" else replace(value.type, bare=False)
    return made(call.name, value, where, result)


def _around(checker: Checker) -> Path:
    """The period of the row it stands on, where that is another than the report's: 四季度.开发区季月.按期报送次数."""
    path = checker.rows.place.path if checker.rows.place else Path()
    return Path(seqs=path.seqs, season=path.season, before=path.before)


def _years(checker: Checker, span: Range) -> Years:
    return checker.rows.place.path.years.then(span.years) if checker.rows.place else span.years


def _rank(checker: Checker, call: syntax.Call, span: Range) -> Node:
    """名次: one more than the rows of the whole zone with a greater value; empty where this row has none."""
    place = checker.rows.place
    if place is None:
        checker.fail(call, "“名次”是一行在各行里的名次，要写在一行的公式里")
    if span.whole:
        checker.fail(call.args[0], f"“名次”就是全区各行里的名次，不用写“{WHOLE}”")
    rows = type(checker.rows)
    here = replace(checker, rows=rows(place, around=checker.rows.around)).number(call.args[0])
    ours = replace(checker, rows=rows(place, outer=True)).number(call.args[0])
    if any(isinstance(node, Aggregate) for node in ours.walk()):
        checker.fail(call.args[0], "“名次”的第一项里不能有合计、计数这样的函数")
    inner = replace(checker, rows=rows(Place(span.ledger), span.prefix, place))
    ahead: Node = Func(name=">", args=(inner.number(call.args[0]), ours), type=FLAG)
    if len(call.args) > 1:
        ahead = Func(name="and", args=(ahead, inner.flag(call.args[1])), type=FLAG)
    before = Aggregate(
        name="计数", ledger=span.ledger.id, years=_years(checker, span), value=None, where=ahead, type=COUNT
    )
    return Func(name="名次", args=(here, replace(before, at=call.at, end=call.end)), type=COUNT)


def _percentage(top: Node, bottom: Node) -> Node:
    hundred = Const(value=Fraction(100), type=Type(Kind.NUMBER, bare=True))
    return arithmetic("*", arithmetic("/", top, bottom, ("", "")), hundred, ("", ""))


def _check_value(checker: Checker, call: syntax.Call, value: Node) -> None:
    kinds = {"合计": {Kind.NUMBER}, "平均": {Kind.NUMBER}, "去重计数": set(Kind)}.get(
        call.name, {Kind.NUMBER, Kind.DATE}
    )
    if value.type.kind not in kinds:
        checker.fail(call.args[0], f"{checker.source(call.args[0])}是{value.type.kind.value}，不能求{call.name}")
    if _unwhole(value):
        checker.fail(call.args[0], f"“{call.name}”里不能有除法，先分别合计再相除")


def _unwhole(node: Node) -> bool:
    """Whether a division stands in a node that no rounding makes whole again (按比例 does)."""
    return divides(node) or (not (isinstance(node, Func) and node.name == "按比例") and any(map(_unwhole, node.below)))


def divides(node: Node) -> bool:
    """Whether a node's value may be no whole number of smallest parts: a quotient by something that varies, an average."""
    return (isinstance(node, Func) and node.name == "/" and not isinstance(node.args[1], Const)) or (
        isinstance(node, Aggregate) and node.name == "平均"
    )


def _names(tree: syntax.Syntax) -> Iterator[syntax.Name]:
    """The names in a part of a formula, in the order written."""
    match tree:
        case syntax.Name():
            yield tree
        case syntax.Binary(_, left, right):
            yield from _names(left)
            yield from _names(right)
        case syntax.Negative(of) | syntax.Negation(of):
            yield from _names(of)
        case syntax.Call(_, parts) | syntax.Comparison(parts, _) | syntax.Logic(_, parts) | syntax.Several(parts):
            for part in parts:
                yield from _names(part)


def _range(checker: Checker, name: syntax.Name) -> Range:
    parts = name.parts
    at, years = 0, SAME
    while at < len(parts) - 1:
        before = _MOVES.get(parts[at]) or fixed_year(checker, name, parts[at])
        if before is None and parts[at] not in {WHOLE, *_REACHES}:
            break
        step = before or SAME
        years = replace(years.then(step), so_far=years.so_far or step.so_far)
        at += 1
    ledger = BY_NAME.get(parts[at])
    if ledger is None:
        checker.fail(name, f"没有“{parts[at]}”这本台账", nearest(parts[at], (each.label for each in LEDGERS)))
    if years.so_far and ledger.time is not Time.PERIOD:
        checker.fail(name, f"“{ledger.label}”不按期记，没有“{SO_FAR}”")
    if years and not ledger.dated:
        checker.fail(name, f"“{ledger.label}”不按年记，没有“{years.names[0]}”，请把日期写进条件")
    reach = next((_REACHES[part] for part in parts[:at] if part in _REACHES), Reach.OWN)
    if reach is not Reach.OWN and checker.rows.place is None:
        checker.fail(name, f"“{reach.value}”只能写在一行的公式里；指标按所问的开发区计算")
    whole = reach is not Reach.OWN or WHOLE in parts[:at]
    return Range(ledger, years, whole, reach, parts[: at + 1], parts[at + 1 :])


def _link(checker: Checker, call: syntax.Call, ledger: Ledger) -> Link | None:
    """What ties the rows of ``ledger`` to the row the set function stands on: its reference to it, or one they share."""
    place = checker.rows.place
    if place is None or place.ledger.id == ledger.id:
        return None
    links: list[Link] = [(ours.id, place.path, "id") for ours in ledger.links if _target(ours) == place.ledger.id]
    if not links:
        links = [
            (ours.id, place.path, theirs.id)
            for ours in ledger.links
            for theirs in place.ledger.links
            if _target(ours) == _target(theirs)
        ]
    if len(links) > 1:
        labels = "、".join(ledger.by_id[link[0]].label for link in links)
        checker.fail(call, f"“{ledger.label}”有几项（{labels}）对应本行，请写 {WHOLE}.{ledger.label} 并在条件里写明")
    return links[0] if links else None


def _target(field: object) -> str:
    return str(field.kind.ledger)  # type: ignore[attr-defined]
