"""Which fields of which other rows a formula reads from a row: over links, and on the rows of its own that it counts or adds up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, and_, select

from models.formula.binds import bindings
from models.formula.joins import Scope, matching
from models.formula.messages import AT_ONCE
from models.formula.rows import RowFormula
from models.formula.tree import Aggregate, Cell, Path
from models.ledgers import BY_ID
from models.periods import Period

Places = frozenset[tuple[bytes, str]]  # row and id of a field on it


@dataclass(frozen=True)
class Elsewhere:
    """Statements for a formula's rows: each result row is the row's id and others', on which the fields of the same place are read."""

    parts: tuple[tuple[Select[Any], tuple[tuple[str, ...], ...]], ...]

    def of(
        self, connection: Connection, rows: Sequence[bytes], zone: str, period: Period, today: date
    ) -> dict[bytes, Places]:
        """What is read elsewhere from each of ``rows``."""
        found: dict[bytes, set[tuple[bytes, str]]] = {}
        for first in range(0, len(rows) if self.parts else 0, AT_ONCE):
            given = bindings([zone], period, today, rows[first : first + AT_ONCE])
            for statement, read in self.parts:
                for row, *others in connection.execute(statement, given):
                    places = found.setdefault(row, set())
                    for other, fields in zip(others, read, strict=True):
                        places.update((other, field) for field in fields if other is not None)
        return {row: frozenset(places) for row, places in found.items()}


def reach_of(formula: RowFormula) -> Elsewhere:
    """How to ask what ``formula`` reads on other rows than its own, of the same period: what was before is not audited with it."""
    by_path: dict[Path, list[str]] = {}
    for operand in formula.operands:
        path = operand.path
        earlier = BY_ID[operand.ledger].dated and (path.years or path.seqs or path.season or path.before)
        if path != Path() and not earlier:
            by_path.setdefault(path, []).append(operand.field.id)
    along = [(_along(formula, by_path), tuple(map(tuple, by_path.values())))] * bool(by_path)
    linked = [
        (node, _own(node)) for node in formula.sets if node.link and not (node.years and BY_ID[node.ledger].dated)
    ]
    return Elsewhere((*along, *((_linked(formula, node), (fields,)) for node, fields in linked if fields)))


def _own(node: Aggregate) -> tuple[str, ...]:
    """The fields that a set function reads on the rows it takes."""
    parts = [part for part in (node.value, node.where) if part is not None]
    cells = [each for part in parts for each in part.walk() if isinstance(each, Cell)]
    return tuple({cell.field.id: None for cell in cells if cell.path == Path() and not cell.outer})


def _along(formula: RowFormula, paths: Iterable[Path]) -> Select[Any]:
    scope = Scope(formula.ledger)
    others = [scope.row(path).c.id.label(f"r{n}") for n, path in enumerate(paths)]
    return select(scope.base.c.id, *others).select_from(scope.source).where(scope.within(single=True))


def _linked(formula: RowFormula, node: Aggregate) -> Select[Any]:
    assert node.link is not None
    field, path, own = node.link
    scope = Scope(formula.ledger)
    tied = scope.row(path)
    inner = Scope(BY_ID[node.ledger], node.years, scope.times)
    ties = [inner.base.c[field] == tied.c[own], inner.base.c.zone_code == scope.base.c.zone_code]
    source = scope.source.join(inner.base, and_(*ties, *matching(inner.ledger, inner.base, scope.times, node.years)))
    return select(scope.base.c.id, inner.base.c.id).select_from(source).where(scope.within(single=True))
