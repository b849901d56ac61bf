"""Figures: indicators and cells of a return, worked out over the rows of zones and a report period.

Set functions become one SQL statement of whole numbers; what stands around them is reckoned in Python with fractions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Subquery, select, true

from models.dates import as_date
from models.formula.binds import bindings, moments
from models.formula.build import Builder
from models.formula.check import checked
from models.formula.context import NOTHING, Context
from models.formula.evaluate import Evaluator, Given
from models.formula.joins import Scope
from models.formula.sets import Pieces, pieces, prepare
from models.formula.tree import Aggregate, Kind, Node, Years
from models.formula.words import amount, shown, words
from models.kinds import decimal_of
from models.ledgers import BY_ID
from models.periods import Period
from models.units import Unit
from models.units import unit as unit_of

AT_ONCE = 300  # figures in one statement: SQLite gives 2,000 columns, a figure seldom asks for more than two or three
Result = Fraction | date | str | bool | None


@dataclass(frozen=True)
class Figure:
    """A checked formula of a figure, in ``unit``, shown with ``places`` decimals."""

    text: str
    node: Node
    unit: Unit
    places: int

    @property
    def sets(self) -> tuple[Aggregate, ...]:
        """Its set functions, in the order written."""
        return tuple(dict.fromkeys(node for node in self.node.walk() if isinstance(node, Aggregate)))

    @property
    def words(self) -> str:
        """The formula in words."""
        return words(self.node)

    def value(self, connection: Connection, zones: Sequence[str], period: Period, today: date) -> Result:
        """The exact value, a number in the figure's unit; None when it is empty or cannot be worked out."""
        return figure_values([self], connection, zones, period, today)[0]

    def rounded(self, value: Fraction) -> Decimal:
        """The value as printed: rounded once, half up, to the figure's places."""
        return decimal_of(value, self.places)

    def filled(self, connection: Connection, zones: Sequence[str], period: Period, today: date) -> str:
        """The formula with numbers in place of its set functions, and what comes out: 6,790.00 万元 ÷ 12 = 565.83 万元."""
        found = set_values(self.sets, connection, zones, period, today)
        value = Evaluator(found, moments(period, today)).value(self.node)
        result = amount(value, self.node.type, self.places) if isinstance(value, Fraction) else shown(value, self.node)
        return f"{words(self.node, lambda node: shown(found[node], node))} = {result}"


def figure(text: str, context: Context = NOTHING, unit: str = "", places: int = 2) -> Figure:
    """The figure that ``text`` works out, in ``unit`` ("" as it comes). Raises FormulaError, UnitError for an unknown unit."""
    node = checked(text, None, context, unit=unit_of(unit) if unit else None)
    Asked((node,)).statement()  # bounds are known only once it is built
    return Figure(text, node, node.type.unit, places)


def figure_values(
    figures: Sequence[Figure], connection: Connection, zones: Sequence[str], period: Period, today: date
) -> list[Result]:
    """The values of many figures."""
    return Prepared(figures).values(connection, zones, period, today)


def set_values(
    nodes: Iterable[Aggregate], connection: Connection, zones: Sequence[str], period: Period, today: date
) -> dict[Aggregate, Given]:
    """The values of set functions, numbers in base units."""
    return Asked(tuple(nodes)).values(connection, zones, period, today)


def _result(value: Given, figure: Figure) -> Result:
    if isinstance(value, Fraction):
        return value / figure.unit.factor
    return as_date(value) if figure.node.type.kind is Kind.DATE and value is not None else value


class Prepared:
    """Figures whose statements are built once, as many figures in one as it may have columns."""

    def __init__(self, figures: Sequence[Figure]) -> None:
        parts = [tuple(figures[first : first + AT_ONCE]) for first in range(0, len(figures), AT_ONCE)]
        self._parts = [(part, Asked(tuple(figure.node for figure in part))) for part in parts]

    def values(self, connection: Connection, zones: Sequence[str], period: Period, today: date) -> list[Result]:
        """The figures' values."""
        values: list[Result] = []
        for part, asked in self._parts:
            evaluator = Evaluator(asked.values(connection, zones, period, today), moments(period, today))
            values += [_result(evaluator.value(figure.node), figure) for figure in part]
        return values


class Asked:
    """The set functions of several formulas in one statement: one scan of each ledger and year."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self.nodes = dict.fromkeys(each for node in nodes for each in node.walk() if isinstance(each, Aggregate))
        self.found: dict[Aggregate, Pieces] = {}

    def statement(self) -> Select[Any] | None:
        """One row of all the pieces; None when there is no set function."""
        return self._statement

    @cached_property
    def _statement(self) -> Select[Any] | None:
        groups: dict[tuple[str, Years], list[Aggregate]] = {}
        for node in self.nodes:
            groups.setdefault((node.ledger, node.years), []).append(node)
        tables = [self._table(f"f{number}", members) for number, members in enumerate(groups.values())]
        if not tables:
            return None
        joined: Any = tables[0]
        for table in tables[1:]:
            joined = joined.join(table, true())
        return select(*(column for table in tables for column in table.c)).select_from(joined)

    def _table(self, name: str, members: list[Aggregate]) -> Subquery:
        scope = Scope(BY_ID[members[0].ledger], members[0].years)
        builder = Builder(scope)
        prepare(builder, [part for node in members for part in (node.where, node.value) if part is not None])
        columns: list[ColumnElement[Any]] = []
        for node in members:
            self.found[node] = pieces(builder, node)
            columns += [part.sql.label(f"{name}_{len(columns) + n}") for n, part in enumerate(self.found[node].parts)]
        return select(*columns).select_from(scope.source).where(scope.within(single=False)).subquery(name)

    def values(
        self, connection: Connection, zones: Sequence[str], period: Period, today: date
    ) -> dict[Aggregate, Given]:
        """The set functions' values."""
        statement = self.statement()
        if statement is None:
            return {}
        given = iter(connection.execute(statement, bindings(zones, period, today)).one())
        return {
            node: _value(node, [next(given) for _ in found.parts], found.scale) for node, found in self.found.items()
        }


def _value(node: Aggregate, parts: list[Any], scale: Fraction) -> Given:
    """The value of a set function from its pieces, as :func:`models.formula.sets.assembled` has it in SQL."""
    numbers = [None if part is None else Fraction(int(part)) for part in parts]
    if node.name in {"计数", "去重计数"}:
        return numbers[0]
    if node.name in {"最大", "最小"}:
        return parts[0] if node.type.kind is Kind.DATE or numbers[0] is None else numbers[0] * scale
    rows, total = numbers
    if node.name == "合计" and not rows:
        return Fraction(0)
    return None if total is None or rows is None else total * scale / (rows if node.name == "平均" else 1)
