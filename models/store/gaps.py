"""How completely a ledger's page is filled in: of the cells that its fields' definitions require in a period, how many hold a value.

Counted is what the page shows. Each of its lines has the required cells of the page's own ledger and of the yearly ledgers shown
beside it (企业 with 企业年度); a line whose row of the period does not exist yet (an enterprise without 经济数据) has all of them empty.
A field is required as its definition says (``required``): on rows of a period those that name its form, on yearly rows those that
name Y, else any. A field that is required only under a condition (``needed``) is the audit's matter and not counted. A text that
does not fit its kind fills no cell: no formula can use it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from models.ledger import Ledger, Time
from models.periods import Period
from models.store import Connection
from models.store.view import Column, View, view_of
from models.store.views import Page


@dataclass(frozen=True)
class Filled:
    """Of one ledger's page: how many lines, how many cells of them are required, how many of these hold a value."""

    ledger: Ledger
    lines: int
    cells: int
    filled: int

    @property
    def share(self) -> float | None:
        """From 0 to 1; None where nothing is required."""
        return self.filled / self.cells if self.cells else None

    @property
    def percent(self) -> str:
        """As it is shown: one place, never rounded up to 100 while a cell is empty; “—” where nothing is required."""
        if not self.cells:
            return "—"
        tenths = self.filled * 1000 // self.cells
        return f"{tenths // 10}.{tenths % 10}%"


def filled(connection: Connection, ledger: Ledger, zone: str, period: Period) -> Filled:
    """How completely the page of ``ledger`` is filled in; one statement."""
    view = required(ledger, period.form)
    lines, counts = Page(view, zone, period).filled(connection)
    return Filled(ledger, lines, lines * len(view.columns), sum(counts))


def first_gap(connection: Connection, ledger: Ledger, zone: str, period: Period) -> tuple[bytes, str] | None:
    """The first line of the page with an empty required cell, and its field; None when there is none."""
    found = Page(required(ledger, period.form), zone, period).first_gap(connection)
    return found and (found[0], found[1].field.id)


@cache
def required(ledger: Ledger, form: str) -> View:
    """The page's view with no columns but those that are required in a period of ``form``."""
    view = view_of(ledger)
    return View(view.base, view.own, tuple(each for each in view.columns if _is_required(view, each, form)))


def _is_required(view: View, column: Column, form: str) -> bool:
    field, on = column.field, column.ledger
    if (
        on is view.base is not view.own or field.digest
    ):  # the names of another page's records; what the store writes itself
        return False
    if on.time is Time.PERIOD:
        return form in field.required
    return "Y" in field.required if on.time is Time.YEARLY else bool(field.required)
