"""The rows behind a figure: for each set function the rows it counts, and those it leaves out with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from models.formula.binds import bindings
from models.formula.build import Builder
from models.formula.figures import Figure
from models.formula.joins import Scope
from models.formula.rows import Value, read_value
from models.formula.sets import prepare
from models.formula.tree import Aggregate, Cell, Kind, Node, conjuncts
from models.formula.words import words
from models.ledger import Ledger
from models.ledgers import BY_ID
from models.periods import Period


@dataclass(frozen=True)
class Rows:
    """``included`` are (row id, its value in the field's unit), ``left_out`` (row id, why), of the set function ``words``."""

    words: str
    ledger: Ledger
    included: tuple[tuple[bytes, Value], ...]
    left_out: tuple[tuple[bytes, str], ...]


def rows_behind(
    figure: Figure, connection: Connection, zones: Sequence[str], period: Period, today: date
) -> tuple[Rows, ...]:
    """The rows behind each set function of a figure."""
    given = bindings(zones, period, today)
    return tuple(_rows(node, connection, given) for node in figure.sets)


def _rows(node: Aggregate, connection: Connection, given: dict[str, Any]) -> Rows:
    scope = Scope(BY_ID[node.ledger], node.years)
    builder = Builder(scope)
    parts = conjuncts(node.where)
    prepare(builder, [part for part in (*parts, node.value) if part is not None])
    cells = list(
        dict.fromkeys(each for part in (*parts, node.value) if part for each in part.walk() if isinstance(each, Cell))
    )
    columns, scale = [builder.sql(part) for part in parts] + [builder.scope.cell(cell) for cell in cells], None
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
        tests, stored = row[1 : 1 + len(parts)], dict(zip(cells, row[1 + len(parts) :], strict=False))
        value = 1 if node.value is None else read_value(iter(row[1 + len(parts) + len(cells) :]), scale, flag=False)
        reason = _reason(parts, tests, stored) or ("" if value is not None else _empty(node.value, stored))
        (left_out.append((row[0], reason)) if reason else included.append((row[0], value)))
    return Rows(words(node), scope.ledger, tuple(included), tuple(left_out))


def _reason(parts: tuple[Node, ...], tests: Sequence[Any], stored: dict[Cell, Any]) -> str:
    """Why the conditions leave a row out: the first that does not hold, else what is not filled in; "" when all hold."""
    for part, holds in zip(parts, tests, strict=True):
        if holds is not None and not holds:
            return f"不满足 {words(part)}"
    unknown = [_empty(part, stored) for part, holds in zip(parts, tests, strict=True) if holds is None]
    return "、".join(dict.fromkeys(unknown))


def _empty(node: Node | None, stored: dict[Cell, Any]) -> str:
    """What is not filled in among the fields that a part reads."""
    assert node is not None
    empty = [each.label for each in node.walk() if isinstance(each, Cell) and stored[each] is None]
    return f"{'、'.join(dict.fromkeys(empty))} 未填" if empty else f"{words(node)} 算不出"
