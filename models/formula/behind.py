"""The rows behind a figure: for each set function the rows it counts, and those it leaves out with the reason; why rows are not judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from models.formula.binds import bindings
from models.formula.build import Builder
from models.formula.figures import Figure
from models.formula.joins import Scope
from models.formula.rows import RowFormula, Value, read_value
from models.formula.sets import prepare
from models.formula.tree import Aggregate, Cell, Func, Kind, Node, conjuncts
from models.formula.words import words
from models.ledger import Ledger
from models.ledgers import BY_ID
from models.periods import Period
from models.store.values import raw_texts

NOT_SO = "不满足 "  # begins the reason of a row that a condition leaves out


@dataclass(frozen=True)
class Rows:
    """``included`` are (row id, its value in the field's unit), ``left_out`` (row id, why), of the set function ``words``."""

    words: str
    ledger: Ledger
    included: tuple[tuple[bytes, Value], ...]
    left_out: tuple[tuple[bytes, str], ...]


@dataclass(frozen=True)
class Seen:
    """What stands in a field that a set function reads: its value, and its row's texts kept as typed."""

    value: Any
    raw: str | None


def rows_behind(
    figure: Figure, connection: Connection, zones: Sequence[str], period: Period, today: date
) -> tuple[Rows, ...]:
    """The rows behind each set function of a figure."""
    given = bindings(zones, period, today)
    return tuple(_rows(node, connection, given) for node in figure.sets)


def unknown_because(
    formula: RowFormula, connection: Connection, zones: Sequence[str], period: Period, today: date
) -> Counter[str]:
    """Why rows cannot be judged by a condition: what is not filled in, and on how many rows."""
    scope = Scope(formula.ledger)
    builder = Builder(scope)
    prepare(builder, [formula.node])
    cells = _cells([formula.node])
    unknown = builder.sql(formula.node).is_(None)
    columns = [column for cell in cells for column in (scope.cell(cell), scope.row(cell.path).c.raw)]
    labelled = (column.label(f"u{n}") for n, column in enumerate(columns))
    query = select(scope.base.c.id, *labelled).select_from(scope.source).where(scope.within(single=False), unknown)
    found: Counter[str] = Counter()
    for row in connection.execute(query, bindings(zones, period, today)):
        rest = iter(row[1:])
        found[_empty(formula.node, {cell: Seen(next(rest), next(rest)) for cell in cells})] += 1
    return found


def _cells(nodes: Iterable[Node]) -> list[Cell]:
    return list(dict.fromkeys(each for node in nodes for each in node.walk() if isinstance(each, Cell)))


def _rows(node: Aggregate, connection: Connection, given: dict[str, Any]) -> Rows:
    scope = Scope(BY_ID[node.ledger], node.years)
    builder = Builder(scope)
    parts = conjuncts(node.where)
    prepare(builder, [part for part in (*parts, node.value) if part is not None])
    cells = _cells(part for part in (*parts, node.value) if part is not None)
    columns, scale = [builder.sql(part) for part in parts], None
    columns += [column for cell in cells for column in (scope.cell(cell), scope.row(cell.path).c.raw)]
    if node.value is not None and node.value.type.kind is Kind.NUMBER:
        number = builder.number(node.value)
        scale = number.scale / node.value.type.unit.factor
        columns += [number.top.sql, number.under.sql]
    elif node.value is not None:
        columns.append(builder.sql(node.value))
    labelled = (column.label(f"b{n}") for n, column in enumerate(columns))
    query = select(scope.base.c.id, *labelled).select_from(scope.source).where(scope.within(single=False))
    included: list[tuple[bytes, Value]] = []
    left_out: list[tuple[bytes, str]] = []
    for row in connection.execute(query.order_by(scope.base.c.zone_code, scope.base.c.id), given):
        tests, rest = row[1 : 1 + len(parts)], iter(row[1 + len(parts) :])
        stored = {cell: Seen(next(rest), next(rest)) for cell in cells}
        value = 1 if node.value is None else read_value(rest, scale, flag=False)
        reason = _reason(parts, tests, stored) or ("" if value is not None else _empty(node.value, stored))
        (left_out.append((row[0], reason)) if reason else included.append((row[0], value)))
    return Rows(words(node), scope.ledger, tuple(included), tuple(left_out))


def _reason(parts: tuple[Node, ...], tests: Sequence[Any], stored: dict[Cell, Seen]) -> str:
    """Why the conditions leave a row out: the first that does not hold, else what is not filled in; "" when all hold."""
    for part, holds in zip(parts, tests, strict=True):
        if holds is not None and not holds:
            return f"{NOT_SO}{words(part)}"
    unknown = [_empty(part, stored) for part, holds in zip(parts, tests, strict=True) if holds is None]
    return "、".join(dict.fromkeys(unknown))


def _empty(node: Node | None, stored: dict[Cell, Seen]) -> str:
    """What is not filled in among the fields that a part reads."""
    assert node is not None
    empty = [each for each in node.walk() if isinstance(each, Cell) and stored[each].value is None]
    faults: dict[str, list[str]] = {}
    for each in empty:
        typed = raw_texts(stored[each].raw).get(each.field.id)
        labels = faults.setdefault("未填" if typed is None else f"填的是“{typed}”，不能用", [])
        labels += [each.label] * (each.label not in labels)
    told = [f"{'、'.join(labels)} {fault}" for fault, labels in faults.items()] + _zero(node, stored)
    return "、".join(told) or f"{words(node)} 算不出"


def _zero(node: Node, stored: dict[Cell, Seen]) -> list[str]:
    """Which fields cannot be divided by."""
    divisors = [each.args[1] for each in node.walk() if isinstance(each, Func) and each.name == "/"]
    zeros = [each.label for each in divisors if isinstance(each, Cell) and stored[each].value == 0]
    return [f"{'、'.join(dict.fromkeys(zeros))} 是 0，不能作除数"] if zeros else []
