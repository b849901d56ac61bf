"""The values at the scene of a finding: the fields a rule reads on one row, this year's beside last year's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import Connection

from models.fields import Field
from models.formula.context import Context
from models.formula.errors import FormulaError
from models.formula.names import quoted
from models.formula.rows import RowFormula, RowQuery, Seen, row_formula
from models.kinds import Quantity, Stored, decimal_of
from models.ledger import Ledger
from models.periods import Period

ENOUGH = 3  # figures that a clerk wants to see beside a single suspicious one
_LAST = "上年."


@dataclass(frozen=True)
class Exhibit:
    """One field at the scene: as the rule names it, the row it stands on (None: no such row), this year's and last year's value."""

    label: str
    field: Field
    ledger: str
    row: bytes | None
    now: Stored
    before: Stored

    @property
    def times(self) -> Decimal | None:
        """How many times last year's figure this year's is, one place; None where last year's is not above zero."""
        if (
            not isinstance(self.field.kind, Quantity)
            or not isinstance(self.now, int)
            or not isinstance(self.before, int)
        ):
            return None
        return decimal_of(Fraction(self.now, self.before), 1) if self.before > 0 else None


def scene(  # noqa: PLR0913, PLR0917
    connection: Connection,
    texts: Sequence[str],
    on: Ledger,
    context: Context,
    zone: str,
    period: Period,
    today: date,
    row: bytes,
) -> list[Exhibit]:
    """What the formulas ``texts`` of a rule read on ``row``, in the order written; where that is little, the ledger's
    required figures besides.
    """
    operands = [each for text in texts for each in row_formula(text, on, context).operands if not each.path.years]
    asked = {(each.path, each.field.id): each.label for each in operands}
    labels = [
        _written(label)
        for label in (*asked.values(), *_besides(on, {o.field.id for o in operands if not o.path.steps}))
    ]
    now = _seen(connection, [row_formula(label, on, context) for label in labels], on, (zone, period, today, row))
    before = _seen(connection, list(_last_year(labels, on, context)), on, (zone, period, today, row))
    past = {seen.operand.label.removeprefix(_LAST): seen.stored for seen in before}
    return [
        Exhibit(
            seen.operand.label, seen.operand.field, seen.operand.ledger, seen.row, seen.stored,
            past.get(seen.operand.label),
        )
        for seen in now
    ]  # fmt: skip


def _written(label: str) -> str:
    """A label as a formula writes it: 经济数据.【营业收入(不含税)】."""
    parts = label.removeprefix(_LAST).split(".")
    return ".".join(quoted(part.strip("【】")) for part in parts)


def _besides(on: Ledger, known: set[str]) -> list[str]:
    figures = [
        field for field in on.fields if field.required and isinstance(field.kind, Quantity) and not field.formula
    ]
    if not any(field.id in known for field in figures):
        return []
    return [field.label for field in figures if field.id not in known][: max(0, ENOUGH - len(known))]


def _last_year(labels: Sequence[str], on: Ledger, context: Context) -> Iterator[RowFormula]:
    for label in labels:
        try:
            yield row_formula(_LAST + label, on, context)
        except FormulaError:  # the field has no year: 企业.单位详细名称
            continue


def _seen(
    connection: Connection, formulas: list[RowFormula], on: Ledger, at: tuple[str, Period, date, bytes]
) -> tuple[Seen, ...]:
    zone, period, today, row = at
    if not formulas:
        return ()
    query = RowQuery(on, formulas)
    asked = query.scene()
    found = connection.execute(asked.statement, query.bind([zone], period, today, [row])).first()
    return asked.read(found) if found else ()
