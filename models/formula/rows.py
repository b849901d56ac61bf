"""Formulas on one row: compiled once, and asked of many rows in one statement.

>>> from models.ledgers import ledger
>>> rule = row_formula("利润总额 <= 营业收入", ledger("经济数据"), expect="bool")
>>> [operand.label for operand in rule.operands]
['利润总额', '营业收入']
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, or_, select

from models.fields import Field
from models.formula.binds import bindings
from models.formula.build import Builder, verdict
from models.formula.check import checked
from models.formula.context import NOTHING, Context
from models.formula.joins import Scope
from models.formula.sets import prepare
from models.formula.tree import Aggregate, Cell, Kind, Node, Path
from models.kinds import Stored
from models.ledger import Ledger
from models.units import Unit

__all__ = [
    "FAIL", "PASS", "UNKNOWN", "Context", "Operand", "RowFormula", "RowQuery", "Scene", "Seen", "Value", "Values", "bindings",
    "read_value", "row_formula", "verdicts",
]  # fmt: skip

Value = Fraction | str | int | bool | bytes | None
PASS, FAIL, UNKNOWN = 0, 1, 2
PER_MASK = 31  # rules of two bits in one 64-bit integer


@dataclass(frozen=True)
class Operand:
    """A stored field that a formula reads: ``label`` as written, and on which row it stands."""

    label: str
    path: Path
    field: Field
    ledger: str


@dataclass(frozen=True)
class Seen:
    """An operand's value at the scene: the id of the row it stands on (None when there is no such row) and what is stored there."""

    operand: Operand
    row: bytes | None
    stored: Stored


@dataclass(frozen=True)
class RowFormula:
    """A checked formula on a row of ``ledger``."""

    text: str
    ledger: Ledger
    node: Node

    @property
    def unit(self) -> Unit:
        """The unit its value is shown in."""
        return self.node.type.unit

    @property
    def kind(self) -> Kind:
        """Whether it is a condition, number, text, date or reference."""
        return self.node.type.kind

    @property
    def operands(self) -> tuple[Operand, ...]:
        """The distinct stored fields it reads on this row and over links, in the order written."""
        cells = (node for node in self.node.walk() if isinstance(node, Cell))
        found = {(cell.path, cell.field.id): self._operand(cell) for cell in cells}
        return tuple(found.values())

    @property
    def sets(self) -> tuple[Aggregate, ...]:
        """Its set functions."""
        return tuple(node for node in self.node.walk() if isinstance(node, Aggregate))

    def _operand(self, cell: Cell) -> Operand:
        ledger = cell.path.steps[-1].ledger if cell.path.steps else self.ledger.id
        return Operand(cell.label, cell.path, cell.field, ledger)


def row_formula(
    text: str, ledger: Ledger, context: Context = NOTHING, expect: str | None = None, unit: Unit | None = None
) -> RowFormula:
    """The formula ``text`` on rows of ``ledger``; ``expect`` is "bool" for a condition, "value" for anything else.

    ``unit`` asks for a number in that unit. Raises :class:`~models.formula.errors.FormulaError`.
    """
    return RowFormula(text, ledger, checked(text, ledger, context, expect, unit))


class RowQuery:
    """Many formulas on rows of one ledger in one SELECT, its joins shared."""

    def __init__(self, ledger: Ledger, formulas: Iterable[RowFormula] = ()) -> None:
        self.ledger = ledger
        self.formulas: list[RowFormula] = []
        for formula in formulas:
            self.add(formula)

    def add(self, formula: RowFormula) -> int:
        """Ask this formula too; its number."""
        if formula.ledger.id != self.ledger.id:
            raise ValueError(f"{formula.text}: on {formula.ledger.id}, not on {self.ledger.id}")
        self.formulas.append(formula)
        return len(self.formulas) - 1

    def verdicts(self, *, single: bool = False) -> Select[Any]:
        """id and packed verdicts (see :func:`verdicts`) of the rows where some condition does not hold or is unknown.

        ``single``: only of the rows with the ids given to :meth:`bind`, whatever their period; else of all rows of the zones
        and the report period (of LASTING and EVENT ledgers: all rows of the zones).
        """
        scope, builder = self._scope(single=single)
        masks: list[ColumnElement[Any]] = []
        for first in range(0, len(self.formulas), PER_MASK):
            conditions = [builder.sql(formula.node) for formula in self.formulas[first : first + PER_MASK]]
            packed: ColumnElement[Any] = verdict(conditions[0], 0)
            for place, condition in enumerate(conditions[1:], 1):
                packed += verdict(condition, place)
            masks.append(packed.label(f"m{len(masks)}"))
        rows = select(scope.base.c.id, *masks).select_from(scope.source).where(scope.within(single))
        # OFFSET keeps the database from folding the two SELECTs into one, which would work every condition out twice
        found = rows.offset(0).subquery("found")
        return select(found).where(or_(*(found.c[mask.name] != 0 for mask in masks)))

    def holding(self, *, single: bool = False) -> Select[Any]:
        """id of the rows on which every condition holds."""
        scope, builder = self._scope(single=single)
        conditions = [builder.sql(formula.node) for formula in self.formulas]
        return select(scope.base.c.id).select_from(scope.source).where(scope.within(single), *conditions)

    def values(self, *, single: bool = True) -> Values:
        """id and each formula's value."""
        scope, builder = self._scope(single=single)
        columns: list[ColumnElement[Any]] = []
        scales: list[Fraction | None] = []
        for formula in self.formulas:
            number = builder.number(formula.node) if formula.kind is Kind.NUMBER else None
            scales.append(number.scale / formula.unit.factor if number else None)
            columns += [number.top.sql, number.under.sql] if number else [builder.sql(formula.node)]
        flags = tuple(formula.kind is Kind.FLAG for formula in self.formulas)
        return Values(_asked(scope, columns, single=single), tuple(scales), flags)

    def scene(self, *, single: bool = True) -> Scene:
        """id and the operands of all formulas."""
        found = {(operand.path, operand.field.id): operand for formula in self.formulas for operand in formula.operands}
        scope, columns = Scope(self.ledger), []
        for operand in found.values():
            row = scope.row(operand.path)
            columns += [row.c.id, row.c[operand.field.id]]
        return Scene(_asked(scope, columns, single=single), tuple(found.values()))

    bind = staticmethod(bindings)

    def _scope(self, *, single: bool) -> tuple[Scope, Builder]:
        scope = Scope(self.ledger)
        builder = Builder(scope)
        if not single:
            prepare(builder, [formula.node for formula in self.formulas])
        return scope, builder


@dataclass(frozen=True)
class Values:
    """A statement for formulas' values; each row of its result is the id and what :meth:`read` makes values of."""

    statement: Select[Any]
    scales: tuple[Fraction | None, ...]
    flags: tuple[bool, ...]

    def read(self, row: Row[Any]) -> tuple[Value, ...]:
        """The formulas' values, numbers exact in their formula's unit."""
        given = iter(row[1:])
        return tuple(read_value(given, scale, flag=flag) for scale, flag in zip(self.scales, self.flags, strict=True))


@dataclass(frozen=True)
class Scene:
    """A statement for what stands in the fields that formulas read."""

    statement: Select[Any]
    operands: tuple[Operand, ...]

    def read(self, row: Row[Any]) -> tuple[Seen, ...]:
        """The operands of one row of the result."""
        return tuple(Seen(operand, row[2 * n + 1], row[2 * n + 2]) for n, operand in enumerate(self.operands))


def _asked(scope: Scope, columns: Sequence[ColumnElement[Any]], *, single: bool) -> Select[Any]:
    labelled = (column.label(f"v{n}") for n, column in enumerate(columns))
    return select(scope.base.c.id, *labelled).select_from(scope.source).where(scope.within(single))


def read_value(given: Iterator[Any], scale: Fraction | None, *, flag: bool) -> Value:
    """One value from its columns: two of a number that has a ``scale``, else one."""
    first = next(given)
    if scale is None:
        return bool(first) if flag and first is not None else first
    bottom = next(given)
    return None if first is None or bottom is None else Fraction(int(first), int(bottom)) * scale


def verdicts(row: Sequence[Any], amount: int) -> list[int]:
    """PASS, FAIL or UNKNOWN of each of ``amount`` formulas, from a row of :meth:`RowQuery.verdicts`."""
    return [row[1 + number // PER_MASK] >> 2 * (number % PER_MASK) & 3 for number in range(amount)]
