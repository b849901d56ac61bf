"""Rows that a clerk asks to see: conditions on columns asked of the database, formulas in the clerk's own words, derived fields."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, not_, or_, select

from models.columns import MARK
from models.formula.binds import bindings
from models.formula.derived import derived_values
from models.formula.errors import FormulaError
from models.formula.names import quoted
from models.formula.rows import RowFormula, RowQuery, row_formula
from models.kinds import Flag, Reference, Stored
from models.ledger import Time
from models.ledgers import LEDGERS
from models.store.conditions import Test, passes, read_condition
from models.store.tables import table_of
from models.store.view import Column, View
from models.store.views import Page


@dataclass(frozen=True)
class Condition:
    """What is written over a column."""

    column: Column
    text: str
    year: int

    @cached_property
    def tests(self) -> tuple[tuple[Test, ...], ...]:
        """The text as tests. Raises BadCondition."""
        return read_condition(self.column.field, self.text, self.year)

    def sql(self, page: Page) -> ColumnElement[bool]:
        """The same for the database; never unknown."""
        value, raw = page.column(self.column), page.raw(self.column)
        return or_(*(and_(*(_sql(test, value, raw, self.column.field.id) for test in tests)) for tests in self.tests))


def _sql(test: Test, value: ColumnElement[Any], raw: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    kept = and_(raw.is_not(None), raw.contains(f'"{name}":', autoescape=True))
    if test.blank:
        plain = and_(value.is_(None), not_(kept))
    elif test.mark:
        plain = and_(raw.is_not(None), raw.contains(f'"{name}":"{MARK}"', autoescape=True))
    else:
        plain = and_(value.is_not(None), _plain(test, value))
    return not_(plain) if test.negated else plain


def _plain(test: Test, value: ColumnElement[Any]) -> ColumnElement[bool]:
    if test.among is not None:
        return value.in_(sorted(test.among, key=str))
    if test.within:
        if test.whole:
            return value.in_(test.within)
        like = value.istartswith if test.begins else value.icontains
        return or_(*(like(each, autoescape=True) for each in test.within))
    bounds = [value >= test.low] if test.low is not None else []
    bounds += [value <= test.high] if test.high is not None else []
    return and_(*bounds)


@dataclass(frozen=True)
class Narrowed:
    """All that is asked of a page's lines: ``conditions`` by column, ``formulas`` on the record; they all hold."""

    conditions: tuple[Condition, ...] = ()
    formulas: tuple[str, ...] = field(default=())

    def __bool__(self) -> bool:
        return bool(self.conditions or self.formulas)

    def sql(self, page: Page) -> list[ColumnElement[bool]]:
        """What the database is asked while the lines are read."""
        return [each.sql(page) for each in self.conditions if not each.column.field.formula]

    def among(self, connection: Connection, page: Page, ids: Sequence[bytes], today: date) -> list[bytes]:
        """Those of ``ids`` that also pass what is asked of derived fields, and the formulas."""
        left = list(ids)
        for each in (each for each in self.conditions if each.column.field.formula):
            kept = _derived(connection, page, each, left, today)
            left = [id for id in left if passes(each.tests, kept.get(id))]
        for text in self.formulas:
            held = holding(connection, page, text, today)
            left = [id for id in left if id in held]
        return left


def _derived(
    connection: Connection, page: Page, asked: Condition, ids: Sequence[bytes], today: date
) -> dict[bytes, Stored]:
    """The values of a derived field, by line."""
    ledger, rows = asked.column.ledger, page.rows(connection, asked.column.ledger, ids)
    found = derived_values(connection, ledger, page.zone, page.period, today, ids=list(rows))
    return {line: found[row].get(asked.column.field.id) for row, line in rows.items() if row in found}


def formula_on(view: View, text: str) -> RowFormula:
    """A formula on a page's records: read on the record a line stands for (企业年度.是否规上 on 经济数据), else on the page's own row.

    Raises FormulaError.
    """
    if view.base is not view.own:
        with suppress(FormulaError):
            return row_formula(text, view.base, expect="bool")
    return row_formula(text, view.own, expect="bool")


def holding(connection: Connection, page: Page, text: str, today: date) -> set[bytes]:
    """The ids of the lines on which a formula holds. Raises FormulaError."""
    formula = formula_on(page.view, text)
    statement = RowQuery(formula.ledger, [formula]).holding()
    if formula.ledger is not page.view.base:  # rows that belong to one record each: the record's id is wanted
        table = table_of(formula.ledger)
        statement = select(table.c[formula.ledger.key[0]]).where(
            table.c.zone_code == page.zone, table.c.id.in_(statement)
        )
    return set(connection.scalars(statement, bindings([page.zone], page.period, today)))


def states_of(view: View) -> dict[str, str]:
    """The yes-or-no states that a page's records have year by year, each with the formula that asks for it: 规上 → 企业年度.是否规上."""
    reached = {view.base.id, *(link.kind.ledger for link in view.own.links if isinstance(link.kind, Reference))}
    yearly = [each for each in LEDGERS if each.time is Time.YEARLY and each.one_per in reached]
    return {
        field.label.removeprefix("是否"): f"{ledger.label}.{quoted(field.label)}"
        for ledger in yearly
        for field in ledger.stored
        if isinstance(field.kind, Flag)
    }
