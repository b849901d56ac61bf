"""What a ledger's rows work out for themselves: the values of its derived fields as they would be stored."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from functools import cache

from sqlalchemy import Connection

from models.fields import Field
from models.formula.binds import bindings
from models.formula.limits import shared
from models.formula.names import quoted
from models.formula.rows import RowQuery, Value, Values, row_formula
from models.kinds import Kind, Quantity, Stored
from models.ledger import Ledger
from models.numbers import half_up
from models.periods import Period

FEW = 300  # rows asked for one by one; of more it is quicker to work out all that there are
Found = dict[bytes, dict[str, Stored]]


@cache
def derived_fields(ledger: Ledger) -> tuple[Field, ...]:
    """The fields of a ledger that are worked out."""
    return tuple(field for field in ledger.fields if field.formula)


@cache
def _asked(ledger: Ledger, *, single: bool) -> tuple[tuple[tuple[Field, ...], Values], ...]:
    """Statements for a ledger's derived fields, as many fields in each as can be joined."""
    made = {field: row_formula(quoted(field.label), ledger) for field in derived_fields(ledger)}
    parts = shared([(field, formula.node) for field, formula in made.items()])
    return tuple(
        (tuple(part), RowQuery(ledger, [made[field] for field in part]).values(single=single)) for part in parts if part
    )


def derived_values(
    connection: Connection, ledger: Ledger, zone: str, period: Period, today: date, *, ids: Sequence[bytes]
) -> Found:
    """Row id → derived field id → value, of the rows ``ids`` of the zone (dated rows: of the report period)."""
    wanted = set(ids)
    found: Found = {}
    single = len(ids) <= FEW
    given = bindings([zone], period, today, ids=ids if single else None)
    for fields, values in _asked(ledger, single=single) if ids else ():
        for row in connection.execute(values.statement, given):
            if row[0] in wanted:
                cells = found.setdefault(row[0], {})
                cells |= {
                    field.id: _stored(field.kind, value) for field, value in zip(fields, values.read(row), strict=True)
                }
    return found


def _stored(kind: Kind, value: Value) -> Stored:
    if isinstance(kind, Quantity) and value is not None:
        assert isinstance(value, int | Fraction)
        return half_up(Fraction(value) * kind.step)
    assert not isinstance(value, Fraction)
    return int(value) if isinstance(value, bool) else value
