"""On which rows of a page a formula in the clerk's own words holds, and what derived fields come to on them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date

from sqlalchemy import Connection, select

from models.formula.binds import bindings
from models.formula.derived import derived_values
from models.formula.errors import FormulaError
from models.formula.names import quoted
from models.formula.rows import RowFormula, RowQuery, row_formula
from models.kinds import Flag, Reference, Stored
from models.ledger import Time
from models.ledgers import LEDGERS
from models.store.tables import table_of
from models.store.view import Column, View
from models.store.views import Page


def worked_out(
    connection: Connection, page: Page, column: Column, ids: Sequence[bytes], today: date
) -> dict[bytes, Stored]:
    """The values of a derived field, by line."""
    ledger, rows = column.ledger, page.rows(connection, column.ledger, ids)
    found = derived_values(connection, ledger, page.zone, page.period, today, ids=list(rows))
    return {line: found[row].get(column.field.id) for row, line in rows.items() if row in found}


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
