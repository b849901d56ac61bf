"""Rows that a clerk asks to see: conditions on columns, asked of the database, and what models/store/holding.py asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, not_, or_

from models.columns import MARK
from models.store.conditions import Test, passes, read_condition
from models.store.view import Column
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
        if not (self.formulas or any(each.column.field.formula for each in self.conditions)):
            return list(ids)
        # brings the formulas: a page begins with no condition
        from models.store.holding import holding, worked_out

        left = list(ids)
        for each in (each for each in self.conditions if each.column.field.formula):
            kept = worked_out(connection, page, each.column, left, today)
            left = [id for id in left if passes(each.tests, kept.get(id))]
        for text in self.formulas:
            held = holding(connection, page, text, today)
            left = [id for id in left if id in held]
        return left
