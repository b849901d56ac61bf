"""What each row gives to a set function, whether it is counted or not, and whose row it is: what a change is traced to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection, select

from models.formula.binds import bindings
from models.formula.build import Builder
from models.formula.joins import Scope
from models.formula.sets import prepare
from models.formula.tree import Aggregate, Cell, Kind, Moment, Node, conjuncts
from models.formula.words import words
from models.kinds import Reference
from models.ledgers import BY_ID
from models.ledgers.zone import ZONE
from models.periods import Period

ADDED = ("合计", "计数", "去重计数", "平均")  # those whose value is a sum over rows, or a quotient of two such sums
Owner = tuple[str, object]  # ledger, and the record of it (or what it is known by from year to year)


@dataclass(frozen=True)
class Share:
    """One row: ``owner`` is whose it is in every year, ``amount`` what it adds in base units (0 when it is not counted).

    ``failed`` is the first condition that does not hold, in words; ``dated`` whether it is one of time, so that the row is not of
    this period, or another row that it needs is not there.
    """

    row: bytes
    ledger: str
    owner: Owner
    amount: Fraction
    counted: bool
    failed: str = ""
    dated: bool = False


def shares(
    node: Aggregate, connection: Connection, zones: Sequence[str], period: Period, today: date
) -> tuple[Share, ...]:
    """Every row of the ledger that a set function ranges over."""
    reading = _Reading(node)
    found = connection.execute(reading.query(), bindings(zones, period, today))
    return tuple(reading.share(tuple(row)) for row in found)


class _Reading:
    """The statement of one set function and how its rows are read."""

    def __init__(self, node: Aggregate) -> None:
        self.node, self.ledger = node, BY_ID[node.ledger]
        self.tests = conjuncts(node.where)
        self.cells = [_cells(test) for test in self.tests]
        link = self.ledger.by_id[self.ledger.title[0]] if self.ledger.title else None
        self.link = link if link is not None and isinstance(link.kind, Reference) else None
        self.by_key = self.ledger.dated and self.link is None  # a row for each period: its key says whose it is
        self.keys = self.ledger.key if self.by_key else ()
        self.of = self.ledger.id if self.ledger.key else ZONE.id  # 开发区年度 has no key: its rows are the zone's
        self.scale = Fraction(1)

    def query(self) -> Any:
        """One row of columns for each row of the ledger."""
        scope = Scope(self.ledger, self.node.years)
        builder = Builder(scope)
        value = self.node.value
        prepare(builder, [part for part in (*self.tests, value) if part is not None])
        base = scope.base.c
        columns: list[Any] = [base.zone_code, base[self.link.id] if self.link else base.id]
        columns += [base[key] for key in self.keys]
        for test, cells in zip(self.tests, self.cells, strict=True):
            columns.append(builder.sql(test))
            columns += [scope.row(cell.path).c.id for cell in cells]
        if value is not None and value.type.kind is Kind.NUMBER:
            number = builder.number(value)
            self.scale = number.scale
            columns.append(number.top.sql)
        elif value is not None:
            columns.append(builder.sql(value))
        labelled = (column.label(f"s{n}") for n, column in enumerate(columns))
        asked = select(base.id, *labelled).select_from(scope.source).where(scope.within(single=False))
        return asked.order_by(base.zone_code, base.id)

    def share(self, row: tuple[Any, ...]) -> Share:
        """One row read."""
        given = iter(row[1:])
        zone, linked = next(given), next(given)
        keys = tuple(next(given) for _ in self.keys)
        failed, dated = "", False
        for test, cells in zip(self.tests, self.cells, strict=True):
            holds, there = next(given), [next(given) for _ in cells]
            if not holds:
                failed = failed or words(test)
                dated = dated or _of_time(test) or (holds is None and None in there)
        value = 1 if self.node.value is None else next(given)
        counted = not failed and value is not None
        owner: Owner
        if self.node.name == "去重计数" and value is not None:
            owner = (_target(self.node.value) or f"={self.ledger.id}", value)
        elif self.link is not None and linked is not None:
            owner = (str(self.link.kind.ledger), linked)  # type: ignore[attr-defined]
        else:
            owner = (self.of, (zone, *keys)) if self.by_key else (self.ledger.id, row[0])
        return Share(row[0], self.ledger.id, owner, self._amount(value, counted), counted, failed, dated)

    def _amount(self, value: Any, counted: bool) -> Fraction:
        if not counted:
            return Fraction(0)
        return Fraction(1) if self.node.name in ("计数", "去重计数") else Fraction(int(value)) * self.scale


def _cells(node: Node) -> list[Cell]:
    return [each for each in node.walk() if isinstance(each, Cell)]


def _of_time(node: Node) -> bool:
    """Whether a condition names the period: it holds of a row in one year and not in another without the row being changed."""
    return any(isinstance(each, Moment) for each in node.walk())


def _target(node: Node | None) -> str:
    """The ledger of the records that are counted once each; "" where they are not records of a ledger."""
    if isinstance(node, Cell) and isinstance(node.field.kind, Reference):
        return node.field.kind.ledger
    return ""
