"""Gives a formula its meaning: names, kinds and units are settled here, so that later stages cannot meet a wrong formula."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import NoReturn

from models import kinds
from models.codes import code_list
from models.fields import Field
from models.formula import syntax
from models.formula.combine import Mismatch, arithmetic, assigned, comparable, unit_name
from models.formula.context import CHOSEN, MOMENTS, NOTHING, SPANS, YEAR, Context
from models.formula.errors import FormulaError, nearest
from models.formula.functions import FUNCTIONS
from models.formula.limits import DEEPEST, LARGEST, MOST_TABLES, depth, most_tables, size
from models.formula.names import SEQ, Place, UnknownName, quoted, resolve
from models.formula.names import YEAR as OF_ROW
from models.formula.setfunctions import SET_FUNCTIONS, set_function
from models.formula.tree import (
    COUNT,
    DATE,
    FLAG,
    REF,
    TEXT,
    Aggregate,
    Cell,
    Const,
    Func,
    Kind,
    Member,
    Moment,
    Node,
    Shown,
    Type,
)  # fmt: skip
from models.formula.years import split_year
from models.kinds import Reference
from models.ledger import Ledger
from models.units import Unit, unit

CONSTANTS = (*MOMENTS, *SPANS, YEAR, CHOSEN, "是", "否")
OUTER = "本行"
MOST_READ = 200


@dataclass(frozen=True)
class Rows:
    """Where names are looked up: a row at ``place``; none outside the set functions of a figure.

    ``prefix`` is how the set function named its ledger; ``around`` is the row outside it; ``outer`` marks names of that row.
    """

    place: Place | None = None
    prefix: tuple[str, ...] = ()
    around: Place | None = None
    outer: bool = False


@dataclass(frozen=True)
class Checker:
    """Checks one formula text on one kind of row; ``within`` names the parameters and derived fields being expanded.

    ``read_in`` lists the parameters read so far, so that a few short ones naming one another cannot grow without end.
    """

    text: str
    context: Context = NOTHING
    rows: Rows = Rows()
    within: tuple[str, ...] = ()
    read_in: list[str] = field(default_factory=list)

    def fail(self, node: syntax.Syntax | Node, fault: str, near: str = "") -> NoReturn:
        """Raise the :class:`FormulaError` at ``node``."""
        raise FormulaError(self.text, node.at, fault, near)

    def source(self, node: syntax.Syntax | Node) -> str:
        """A part of the formula as it was written, in quotes."""
        return f"“{self.text[node.at : node.end]}”"

    def read(self) -> Node:
        """The whole text."""
        return self.check(syntax.parse(self.text))

    def check(self, tree: syntax.Syntax) -> Node:
        """The meaning of a part of the formula."""
        return replace(self._check(tree), at=tree.at, end=tree.end)

    def _check(self, tree: syntax.Syntax) -> Node:
        match tree:
            case syntax.Name(parts):
                found = self._name(tree, parts)
            case syntax.Amount(value, name):
                measure = unit(name)
                found = Const(value=value * measure.factor, type=Type(Kind.NUMBER, measure, bare=not name))
            case syntax.Quoted(value):
                found = Const(value=value, type=TEXT)
            case syntax.Negative(of):
                found = self._arithmetic("-", syntax.Amount(Fraction(), "", at=tree.at, end=tree.end), of)
            case syntax.Binary(op, left, right):
                found = self._arithmetic(op, left, right)
            case syntax.Comparison(parts, ops):
                found = self._comparison(parts, ops)
            case syntax.Logic(op, parts):
                found = Func(name=op, args=tuple(self.flag(part) for part in parts), type=FLAG)
            case syntax.Negation(of):
                found = Func(name="not", args=(self.flag(of),), type=FLAG)
            case syntax.Call(name, _):
                found = self._call(tree, name)
            case _:
                self.fail(tree, "几个值并列只能写在“在”后面")
        return found

    def _comparison(self, parts: tuple[syntax.Syntax, ...], ops: tuple[str, ...]) -> Node:
        """a < b < c is a < b 且 b < c."""
        pairs = tuple(self._compare(op, *pair) for op, pair in zip(ops, itertools.pairwise(parts), strict=True))
        return pairs[0] if len(pairs) == 1 else Func(name="and", args=pairs, type=FLAG)

    def flag(self, tree: syntax.Syntax) -> Node:
        """A part that must be a condition."""
        return self.of(tree, Kind.FLAG, "这里要写一个条件")

    def of(self, tree: syntax.Syntax, kind: Kind, wanted: str) -> Node:
        """A part that must be of one kind."""
        node = self.check(tree)
        if node.type.kind is not kind:
            self.fail(tree, f"{wanted}，{self.source(tree)}是{node.type.kind.value}")
        return node

    def number(self, tree: syntax.Syntax) -> Node:
        """A part that must be a number."""
        return self.of(tree, Kind.NUMBER, "这里要写一个数")

    def _arithmetic(self, op: str, left: syntax.Syntax, right: syntax.Syntax) -> Node:
        a, b = self.number(left), self.number(right)
        try:
            return arithmetic(op, a, b, (self.source(left), self.source(right)))
        except Mismatch as found:
            self.fail(right, found.fault, found.near)

    def _compare(self, op: str, left: syntax.Syntax, right: syntax.Syntax) -> Node:
        if op in {"in", "not in"}:
            inside = self.inside(self.check(left), left, right)
            found = Func(name="not", args=(inside,), type=FLAG) if op == "not in" else inside
            return replace(found, at=left.at, end=right.end)
        return self.compared(op, self.check(left), self.check(right), left, right)

    def compared(self, op: str, a: Node, b: Node, left: syntax.Syntax, right: syntax.Syntax) -> Node:
        """``a op b``; ``left`` and ``right`` are where they stand."""
        try:
            a, b = comparable(a, b, (self.source(left), self.source(right)))
        except Mismatch as found:
            self.fail(right, found.fault, found.near)
        if a.type.kind in {Kind.FLAG, Kind.REF} and op not in {"=", "!="}:
            self.fail(right, f"{a.type.kind.value}只能用 = 或 ≠ 比较")
        return replace(_dated(op, a, b), at=left.at, end=right.end)

    def inside(self, node: Node, left: syntax.Syntax, right: syntax.Syntax) -> Node:
        """``left`` 在 ``right``: a span of dates, values in brackets, a code list or a parameter that is one of these."""
        if isinstance(right, syntax.Name) and right.parts[0] in SPANS and len(right.parts) == 1:
            if node.type.kind is not Kind.DATE:
                self.fail(left, f"{self.source(right)}是一段日期，{self.source(left)}是{node.type.kind.value}")
            first, last = (Moment(name=name, type=DATE) for name in SPANS[right.parts[0]])
            return Func(name="and", type=FLAG, args=(_func(">=", node, first), _func("<=", node, last)))
        if isinstance(right, syntax.Name) and len(right.parts) == 1 and right.parts[0] in self.context.parameters:
            return self.parameter(right, right.parts[0], lambda inner, tree: inner.inside(node, tree, tree))
        values = right.parts if isinstance(right, syntax.Several) else (right,)
        return self.one_of(node, left, values)

    def one_of(self, node: Node, left: syntax.Syntax, values: tuple[syntax.Syntax, ...]) -> Node:
        """Whether ``node`` equals one of ``values``, which may be 代码表("…")."""
        tests, texts = [], []
        for value in values:
            if isinstance(value, syntax.Call) and value.name == "代码表":
                texts += self._listed(value)
                continue
            test = self.compared("=", node, self.check(value), left, value)
            constant = test.args[1] if isinstance(test, Func) and test.name == "=" else None
            if isinstance(constant, Const) and isinstance(constant.value, str):
                texts.append(constant.value)
            else:
                tests.append(test)
        if texts:
            if node.type.kind is not Kind.TEXT:
                self.fail(left, f"{self.source(left)}是{node.type.kind.value}，不能在代码表里找")
            tests.append(Member(of=node, values=tuple(dict.fromkeys(texts)), type=FLAG))
        return tests[0] if len(tests) == 1 else Func(name="or", args=tuple(tests), type=FLAG)

    def _listed(self, call: syntax.Call) -> list[str]:
        if len(call.args) != 1 or not isinstance(call.args[0], syntax.Quoted):
            self.fail(call, '代码表要这样写：代码表("名称")')
        try:
            return list(code_list(call.args[0].value))
        except KeyError as error:
            self.fail(call.args[0], str(error))

    def _call(self, tree: syntax.Call, name: str) -> Node:
        if name in SET_FUNCTIONS:
            return set_function(self, tree)
        if name not in FUNCTIONS:
            self.fail(tree, f"没有“{name}”这个函数", nearest(name, (*FUNCTIONS, *SET_FUNCTIONS)))
        function = FUNCTIONS[name]
        if not function.least <= len(tree.args) <= function.most:
            self.fail(tree, f"“{name}”要这样写：{function.usage}")
        return function.build(self, tree)

    def _name(self, tree: syntax.Name, parts: tuple[str, ...]) -> Node:
        if self.rows.prefix and parts[: len(self.rows.prefix)] == self.rows.prefix:
            parts = parts[len(self.rows.prefix) :]
            if not parts:
                self.fail(tree, f"{self.source(tree)}后面要写出是哪一项")
        if parts[0] == OUTER:
            return self._outer(tree, parts[1:])
        place = self.rows.place
        if len(parts) == 1 and (place is None or parts[0] not in place.ledger.by_name):
            found = self._constant(tree, parts[0])
            if found is not None:
                return found
        if place is None:
            self._unknown_outside(tree, parts)
        years, parts = split_year(self, tree, parts)
        now = parts[0] == "本期" and len(parts) > 1
        try:
            where, field = resolve(parts[1:] if now else parts, place, years)
            return self._this_period(tree, parts, where, field) if now else self.cell(tree, where, field)
        except UnknownName as unknown:
            fault, near = unknown.args
            glued = next(
                (word for word in ("且", "或") if word in parts[-1]), "非" if parts[0].startswith("非") else ""
            )
            if glued and glued not in near:  # the nearest name would drop it
                self.fail(tree, f"{fault}；“{glued}”前后要空一格", near and f"非 {near}" if glued == "非" else "")
            known = () if len(parts) > 1 or near else (*CONSTANTS, *self.context.parameters)
            self.fail(tree, fault, near or nearest(parts[0], known))

    def _unknown_outside(self, tree: syntax.Name, parts: tuple[str, ...]) -> NoReturn:
        near = nearest(parts[0], (*CONSTANTS, *self.context.parameters)) if len(parts) == 1 else ""
        self.fail(tree, f"{self.source(tree)}要写在合计、计数这样的函数里", near)

    def _outer(self, tree: syntax.Name, parts: tuple[str, ...]) -> Node:
        around = self.rows.around
        if around is None or not parts:
            self.fail(tree, "“本行.”只能用在逐行公式的合计、计数这样的函数里")
        checker = replace(self, rows=Rows(around, outer=True))
        node = checker._name(tree, parts)
        if any(isinstance(each, Aggregate) for each in node.walk()):
            self.fail(tree, f"{self.source(tree)}里有合计或计数，不能经“本行”使用")
        return node

    def _constant(self, tree: syntax.Name, name: str) -> Node | None:
        if name in MOMENTS:
            return Moment(name=MOMENTS[name], type=DATE)
        if name == CHOSEN and self.rows.place is not None:
            return Moment(name="chosen", type=TEXT)
        if name == YEAR:
            return Moment(name="year", type=COUNT)
        if name in {"是", "否"}:
            return Const(value=name == "是", type=FLAG)
        if name in self.context.parameters:
            return self.parameter(tree, name, Checker.check)
        if name in SPANS:
            self.fail(tree, f"“{name}”是一段日期，要写成 日期 在 {name}")
        return None

    def parameter(self, tree: syntax.Name, name: str, check: object) -> Node:
        """A parameter, read here; a fault in it is told at the place where it is named."""
        if name in self.within:
            self.fail(tree, f"参数“{name}”用到了它自己")
        self.read_in.append(name)
        if len(self.read_in) > MOST_READ:
            self.fail(tree, f"参数套用太多，一条公式最多读 {MOST_READ} 次")
        inner = replace(self, text=self.context.parameters[name].formula, within=(*self.within, name))
        try:
            return check(inner, syntax.parse(inner.text))  # type: ignore[operator,no-any-return]
        except FormulaError as error:
            fault = (
                error.fault
                if error.fault.startswith("参数“")
                else f"参数“{name}”第 {error.position + 1} 个字：{error.fault}"
            )
            raise FormulaError(self.text, tree.at, fault, error.nearest) from None

    def cell(self, tree: syntax.Name, where: Place, field: Field) -> Node:
        """A field of the row at ``where``; a derived one is its formula, read there."""
        if not field.formula:
            return Cell(
                path=where.path,
                field=field,
                label=self._label(tree),
                outer=self.rows.outer,
                type=type_of(field),
                at=tree.at,
                end=tree.end,
            )
        mark = f"{where.ledger.label}.{field.label}"
        if mark in self.within:
            self.fail(tree, f"派生项“{mark}”用到了它自己")
        inner = Checker(field.formula, NOTHING, replace(self.rows, place=where, prefix=()), (*self.within, mark))
        node = inner.read()
        if isinstance(field.kind, kinds.Quantity):
            return assigned(node, field.kind.measure)
        return Shown(of=node, type=type_of(field))

    def _label(self, tree: syntax.Name) -> str:
        """A field as the formula names it; inside a derived field reached over a link, with the ledger it stands in."""
        prefix, place = self.rows.prefix, self.rows.place
        assert place is not None
        parts = tree.parts[len(prefix) :] if tree.parts[: len(prefix)] == prefix else tree.parts
        if place.path.steps and len(parts) == 1:
            parts = (place.ledger.label, *parts)
        return ".".join(map(quoted, place.path.years.names + parts))

    def _this_period(self, tree: syntax.Name, parts: tuple[str, ...], where: Place, field: Field) -> Node:
        if not field.flow:
            self.fail(tree, f"“{field.label}”不是从年初累计的，没有“本期”")
        assert self.rows.place is not None
        before, _ = resolve(("上期", *parts[1:]), self.rows.place)
        total = self.cell(replace(tree, parts=parts[1:]), where, field)
        earlier = self.cell(replace(tree, parts=("上期", *parts[1:])), before, field)
        return Func(name="本期", args=(total, earlier), type=total.type)


def type_of(field: Field) -> Type:
    """The type of a field's values."""
    if field in (OF_ROW, SEQ):
        return COUNT
    match field.kind:
        case kinds.Quantity() as quantity:
            return Type(Kind.NUMBER, quantity.measure)
        case kinds.Choice(codes):
            return Type(Kind.TEXT, codes=codes)
        case kinds.Flag():
            return FLAG
        case kinds.Day() | kinds.Month():
            return DATE
        case Reference():
            return REF
    return TEXT


def _func(name: str, *args: Node) -> Func:
    return Func(name=name, args=args, type=FLAG)


def _dated(op: str, a: Node, b: Node) -> Node:
    """A comparison; with a date known only to the month or year on the right, the whole of it counts."""
    if isinstance(a, Const) and not isinstance(b, Const):
        return _dated({"<": ">", "<=": ">=", ">": "<", ">=": "<="}.get(op, op), b, a)
    if not isinstance(b, Const) or not b.until or b.type.kind is not Kind.DATE:
        return _func(op, a, b)
    first, last = replace(b, until=0), replace(b, value=b.until, until=0)
    match op:
        case "=" | "!=":
            within = _func("and", _func(">=", a, first), _func("<=", a, last))
            return within if op == "=" else _func("not", within)
        case "<" | ">=":
            return _func(op, a, first)
    return _func(op, a, last)


def checked(
    text: str, ledger: Ledger | None, context: Context, expect: str | None = None, unit: Unit | None = None
) -> Node:
    """The meaning of ``text`` on a row of ``ledger`` (None: a figure). ``expect`` "bool" or "value"; ``unit`` the one to show it in."""
    checker = Checker(text, context, Rows(Place(ledger) if ledger else None))
    tree = syntax.parse(text)
    try:
        node = checker.check(tree)
    except RecursionError:
        checker.fail(tree, "公式太复杂，请拆成几条")
    # what stands around the set functions of a figure never becomes SQL
    for part in [node] if ledger else [each for each in node.walk() if isinstance(each, Aggregate)]:
        if size(part) > LARGEST or depth(part) > DEEPEST or most_tables(part) > MOST_TABLES:
            checker.fail(tree, "公式太复杂，请拆成几条")
    if expect == "bool" and node.type.kind is not Kind.FLAG:
        checker.fail(tree, f"这里要写一个条件，现在是{node.type.kind.value}")
    if expect == "value" and node.type.kind is Kind.FLAG:
        checker.fail(tree, "这里要写一个数、文字或日期，现在是条件")
    if unit is not None and node.type.kind is Kind.NUMBER:
        try:
            return assigned(node, unit)
        except Mismatch as found:
            checker.fail(tree, found.fault)
    return node


__all__ = ["CONSTANTS", "Checker", "Rows", "checked", "type_of", "unit_name"]
