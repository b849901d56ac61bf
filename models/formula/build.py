"""From a formula's meaning to SQLAlchemy expressions on the rows of a scope."""

from __future__ import annotations

import operator
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, and_, case, false, func, literal, not_, or_, true

from models import kinds
from models.formula import calendar, sets
from models.formula.binds import moment
from models.formula.joins import Scope
from models.formula.listed import begins_listed, lists
from models.formula.number import Number, constant, either, either_sql
from models.formula.tree import Aggregate, Cell, Const, Func, Kind, Member, Moment, Node, Shown
from models.formula.whole import COMPARE, Whole, whole

Sql = ColumnElement[Any]
_OPERATIONS: dict[str, Callable[..., Number]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "按零": Number.or_zero, "绝对值": Number.size,
}  # fmt: skip


class Builder:
    """Makes expressions of nodes; ``outer`` builds those of the row around a set function (本行)."""

    def __init__(self, scope: Scope, outer: Builder | None = None) -> None:
        self.scope, self.outer = scope, outer

    def number(self, node: Node) -> Number:
        """A node of kind NUMBER."""
        match node:
            case Const(value=Fraction() as value):
                return constant(value)
            case Cell():
                return self._quantity(node)
            case Shown(of=of, times=times):
                return self.number(of).times(times)
            case Moment(name=name):
                return Number(Whole(moment(name), 1800, 2200))
            case Aggregate():
                found = sets.of_row(self, node)
                assert isinstance(found, Number)
                return found
            case Func(name=name, args=args):
                return self._computed(name, args, node)
        raise AssertionError(node)

    def sql(self, node: Node) -> Sql:
        """A node of any other kind: conditions as booleans, dates as yyyymmdd."""
        match node:
            case Const(value=bool() as value):
                return true() if value else false()
            case Const(value=value):
                return whole(value).sql if isinstance(value, int) else literal(value)
            case Cell():
                return self._cell(node)
            case Shown(of=of):
                return self.sql(of)
            case Moment(name=name):
                return moment(name)
            case Member(of=of, values=values):
                return self.sql(of).in_(values)
            case Aggregate():
                found = sets.of_row(self, node)
                assert not isinstance(found, Number)
                return found
            case Func(name=name, args=args):
                return self._condition(name, args)
        raise AssertionError(node)

    def _column(self, cell: Cell) -> Sql:
        if cell.outer:
            assert self.outer is not None
            return self.outer.scope.cell(cell)
        return self.scope.cell(cell)

    def _there(self, name: str, node: Node) -> Sql:
        """已填: there is a value. 照录: the row keeps a text as typed in its place; in JSON only a name is followed by a colon."""
        if name == "已填":
            return self.number(node).filled() if node.type.kind is Kind.NUMBER else self.sql(node).is_not(None)
        assert isinstance(node, Cell)
        scope = self.outer.scope if node.outer and self.outer else self.scope
        raw = scope.row(node.path).c.raw
        return and_(raw.is_not(None), raw.contains(f'"{node.field.id}":', autoescape=True))

    def _quantity(self, cell: Cell) -> Number:
        kind = cell.field.kind
        assert isinstance(kind, kinds.Quantity)
        return Number(Whole(self._column(cell), kind.low, kind.high), Fraction(1, 10**kind.scale))

    def _cell(self, cell: Cell) -> Sql:
        column = self._column(cell)
        match cell.field.kind:
            case kinds.Flag():
                return column == whole(1).sql
            case kinds.Month():
                return column * whole(100).sql
        return column

    def _computed(self, name: str, args: tuple[Node, ...], node: Node) -> Number:
        if name == "若":
            return either(self.sql(args[0]), self.number(args[1]), self.number(args[2]))
        if name in {"长度", "行数"}:
            return Number(Whole(_length(name, self.sql(args[0])), 0, 10**6))
        if name in calendar.COUNTS:
            return calendar.counted(name, [self.sql(arg) for arg in args])
        return self._reckoned(name, [self.number(arg) for arg in args], node)

    def _reckoned(self, name: str, numbers: list[Number], node: Node) -> Number:
        """A function of numbers only."""
        first = numbers[0]
        match name:
            case "本期":
                return either(self.scope.times.seq <= whole(1).sql, first, first - numbers[1])
            case "名次":
                return Number((numbers[1].top + whole(1)).where(first.filled()))
            case "定基指数":
                return first.else_one().where(numbers[1].compare("=", numbers[2]))
            case "按比例":
                return (first * numbers[1] / numbers[2]).rounded(first.scale)
            case "取整":
                return first.floor(node.type.unit.factor)
        return _OPERATIONS[name](*numbers)

    def _condition(self, name: str, args: tuple[Node, ...]) -> Sql:
        first = args[0]
        match name:
            case "and" | "or":
                return (and_ if name == "and" else or_)(*(self.sql(arg) for arg in args))
            case "not":
                return not_(self.sql(first))
            case "已填" | "照录":
                return self._there(name, first)
            case "若":
                return either_sql(*(self.sql(arg) for arg in args))
            case "开头是" | "列有":
                return (self._begins if name == "开头是" else self._lists)(first, args[1:])
            case "符合":
                return func.matches(self.sql(first), self.sql(args[1])) == whole(1).sql
        if first.type.kind is Kind.NUMBER:
            return self.number(first).compare(name, self.number(args[1]))
        compared: Sql = COMPARE[name](*map(self.sql, args))
        return compared

    def _lists(self, text: Node, values: tuple[Node, ...]) -> Sql:
        return lists(self.sql(text), [str(value.value) for value in values if isinstance(value, Const)])

    def _begins(self, text: Node, heads: tuple[Node, ...]) -> Sql:
        if isinstance(heads[0], Cell):
            return begins_listed(self.sql(text), self.sql(heads[0]), text.type.codes)
        wanted = [str(head.value) for head in heads if isinstance(head, Const)]
        return or_(*(func.substr(self.sql(text), 1, len(head)) == head for head in wanted))


def _length(name: str, text: Sql) -> Sql:
    """The characters of a text, or its lines."""
    if name == "长度":
        return func.length(text, type_=BigInteger)
    return func.length(text, type_=BigInteger) - func.length(func.replace(text, "\n", ""), type_=BigInteger) + 1


def verdict(condition: Sql, place: int) -> Sql:
    """0 where the condition holds, 1 where it does not, 2 where that is unknown, shifted to a rule's two bits of an integer."""
    return case(
        {true(): whole(0).sql, false(): whole(1 << 2 * place).sql}, value=condition, else_=whole(2 << 2 * place).sql
    )
