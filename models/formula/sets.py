"""Set functions in SQL: for one row a correlated subquery, for all rows at once one grouped table joined on what ties them."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, ColumnElement, Select, and_, case, func, select

from models.formula import wide
from models.formula.binds import ZONES
from models.formula.joins import REPORT, Scope, matching
from models.formula.number import Number
from models.formula.tree import FLAG, Aggregate, Cell, Func, Kind, Node, Path, Reach, conjuncts
from models.formula.whole import MOST, Whole, whole
from models.ledgers import BY_ID

if TYPE_CHECKING:
    from models.formula.build import Builder

Sql = ColumnElement[Any]
ROWS = 500_000  # rows that one set function ranges over at most (design.md §6); more would be told by the database, not miscounted


@dataclass(frozen=True, eq=False)
class Pieces:
    """What is counted in SQL for one set function: whole numbers, and the scale of the sum among them."""

    parts: tuple[Whole, ...]
    scale: Fraction = Fraction(1)


def pieces(builder: Builder, node: Aggregate) -> Pieces:
    """The aggregates of a set function over the rows that ``builder`` stands on."""
    where = None if node.where is None else builder.sql(node.where)

    def kept(sql: Sql) -> Sql:
        return sql if where is None else case((where, sql))

    rows = Whole(func.count(kept(whole(1).sql)), 0, ROWS)
    if node.name == "计数":
        return Pieces((rows,))
    assert node.value is not None
    if node.value.type.kind is not Kind.NUMBER:
        sql = kept(builder.sql(node.value))
        counted = Whole(func.count(sql.distinct()), 0, ROWS)
        return Pieces((counted if node.name == "去重计数" else Whole(_extreme(node.name, sql), 0, 10**8),))
    number = builder.number(node.value)
    top, sql = number.top, kept(number.top.sql)
    match node.name:
        case "去重计数":
            return Pieces((Whole(func.count(sql.distinct()), 0, ROWS),))
        case "最大" | "最小":
            return Pieces((Whole(_extreme(node.name, sql, top.wide), top.low, top.high, top.wide),), number.scale)
    if node.name == "连乘":
        return Pieces(tuple(_product(kept((number.under if n else top).sql), number.scale, n) for n in (0, 1)))
    low, high = min(top.low * ROWS, 0), max(top.high * ROWS, 0)
    far = top.wide or max(-low, high) > MOST
    total = Whole(wide.Sum(sql) if far else func.sum(sql, type_=BigInteger), low, high, far)
    filled = Whole(func.count(sql), 0, ROWS)
    return Pieces((rows if node.name == "合计" else filled, total), number.scale)


def _extreme(name: str, sql: Sql, far: bool = False) -> Sql:
    if far:
        return wide.Greatest(sql) if name == "最大" else wide.Least(sql)
    return (func.max if name == "最大" else func.min)(sql, type_=BigInteger)


def _product(sql: Sql, scale: Fraction, under: int) -> Whole:
    """The product of the numbers' tops (or of what stands ``under`` them), each times its part of the scale."""
    part = whole(scale.denominator if under else scale.numerator)
    size = 10**400  # some hundred years of rates
    return Whole(wide.Product(wide.Multiply(sql, part.sql)), 1 if under else -size, size, wide=True)


def assembled(node: Aggregate, found: Pieces) -> Number | Sql:
    """The value of a set function from its pieces; a missing group is no rows."""
    parts = found.parts
    if node.name in {"计数", "去重计数"}:
        return Number(parts[0].or_else(0), found.scale)
    if node.name in {"最大", "最小"}:
        return Number(parts[0], found.scale) if node.type.kind is Kind.NUMBER else parts[0].sql
    if node.name == "连乘":
        return Number(parts[0], found.scale, parts[1])
    rows, total = parts
    if node.name == "平均":
        return Number(total, found.scale, rows.non_zero())
    sql = case((rows.or_else(0).sql == whole(0).sql, whole(0).sql), else_=total.sql)
    return Number(Whole(sql, total.low, total.high, total.wide), found.scale)


def of_row(builder: Builder, node: Aggregate) -> Number | Sql:
    """A set function on a row: from the grouped table if there is one, else by a subquery on this row's ties."""
    ready = builder.scope.sets.get(node)
    return _correlated(builder, node) if ready is None else assembled(node, ready)


def _correlated(builder: Builder, node: Aggregate) -> Number | Sql:
    scope = builder.scope
    times = scope.times.at(node.around)
    inner = Scope(BY_ID[node.ledger], node.years, times)
    found = assembled(node, pieces(type(builder)(inner, builder), node))
    ties = matching(inner.ledger, inner.base, times, node.years)
    if node.reach is Reach.OWN:
        ties.append(inner.base.c.zone_code == scope.base.c.zone_code)
    elif node.reach is Reach.ASKED:
        ties.append(inner.base.c.zone_code.in_(ZONES))
    if node.link is not None:
        field, path, own = node.link
        ties.append(inner.base.c[field] == scope.row(path).c[own])

    def asked(sql: Sql) -> Sql:
        query: Select[Any] = select(sql).select_from(inner.source).where(*ties)
        return query.correlate_except(*inner.froms).scalar_subquery()

    if not isinstance(found, Number):
        return asked(found)
    top, bottom = found.top, found.bottom
    return Number(
        replace(top, sql=asked(top.sql)),
        found.scale,
        None if bottom is None else replace(bottom, sql=asked(bottom.sql)),
    )


def prepare(builder: Builder, nodes: Iterable[Node]) -> None:
    """Work out the set functions in ``nodes`` for all rows at once: one grouped table for each ledger and tie."""
    if builder.scope.years.so_far or builder.scope.years.every:
        return  # the rows are of several periods, and each asks for what is of its own
    groups: dict[tuple[object, ...], list[Member]] = {}
    for each in dict.fromkeys(each for node in nodes for each in node.walk() if isinstance(each, Aggregate)):
        member = _member(each)
        if member is not None:
            groups.setdefault((each.ledger, each.years, each.link, each.reach, member.keys), []).append(member)
    for number, members in enumerate(groups.values()):
        _group(builder, f"set{number}", members)


@dataclass(frozen=True)
class Member:
    """A set function that can be grouped: its equalities with 本行 as (inner, outer) ``keys``, and it without those conditions."""

    node: Aggregate
    bare: Aggregate
    keys: tuple[tuple[Node, Node], ...]


def _group(builder: Builder, name: str, members: list[Member]) -> None:
    scope, node = builder.scope, members[0].node
    everywhere = node.reach is Reach.FILE or (scope.everywhere and node.reach is Reach.OWN)
    inner = Scope(BY_ID[node.ledger], scope.years.then(node.years), everywhere=everywhere)
    below, around = type(builder)(inner), type(builder)(scope, builder)
    prepare(below, [part for member in members for part in (member.bare.where, member.bare.value) if part is not None])
    tied = node.reach is Reach.OWN
    ties: list[tuple[Sql, Sql]] = [(inner.base.c.zone_code, scope.base.c.zone_code)] if tied else []
    if node.link is not None:
        field, path, own = node.link
        ties.append((inner.base.c[field], scope.row(path).c[own]))
    ties += [(below.sql(one), around.sql(other)) for one, other in members[0].keys]
    counted = [(member.node, pieces(below, member.bare)) for member in members]
    columns = [tie.label(f"k{n}") for n, (tie, _) in enumerate(ties)]
    columns += [part.sql.label(f"c{n}") for n, part in enumerate(part for _, found in counted for part in found.parts)]
    query = select(*columns).select_from(inner.source)
    query = query.where(*matching(inner.ledger, inner.base, REPORT, inner.years))
    if not everywhere:
        query = query.where(inner.base.c.zone_code.in_(ZONES))
    table = query.group_by(*(tie for tie, _ in ties)).subquery(name)
    scope.join(table, and_(*(table.c[f"k{n}"] == own for n, (_, own) in enumerate(ties))))
    numbers = itertools.count()
    for member_node, found in counted:
        taken = tuple(replace(part, sql=table.c[f"c{next(numbers)}"]) for part in found.parts)
        scope.sets[member_node] = Pieces(taken, found.scale)


def _member(node: Aggregate) -> Member | None:
    """The set function parted into ties and conditions; None when these too need the row around."""
    parts = conjuncts(node.where)
    ties = {part: tie for part in parts if (tie := _tie(part)) is not None}
    rest = tuple(part for part in parts if part not in ties)
    if node.around != Path() or any(_uses_outer(part) for part in (*rest, node.value) if part is not None):
        return None
    if node.reach is not Reach.OWN and not ties:
        return None  # one number for all rows: nothing to join on
    where = Func(name="and", args=rest, type=FLAG) if rest else None
    return Member(node, replace(node, where=where), tuple(ties.values()))


def _tie(part: Node) -> tuple[Node, Node] | None:
    """(inner, outer) of an equality between this row and 本行, where both are texts, dates or references."""
    if not (isinstance(part, Func) and part.name == "=") or part.args[0].type.kind in {Kind.NUMBER, Kind.FLAG}:
        return None
    for inner, outer in (part.args, part.args[::-1]):
        outside = [node.outer for node in outer.walk() if isinstance(node, Cell)]
        sets = any(isinstance(node, Aggregate) for side in part.args for node in side.walk())
        if outside and all(outside) and not _uses_outer(inner) and not sets:
            return inner, outer
    return None


def _uses_outer(node: Node) -> bool:
    return any(isinstance(each, Cell) and each.outer for each in node.walk())
