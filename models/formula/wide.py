"""Exact arithmetic beyond 64 bits, for the few products that may not fit, days and text styles: what SQL must have registered.

On SQLite wide numbers travel as decimal text through functions that reckon with Python's integers; on PostgreSQL they are
NUMERIC and the same elements are rendered as plain operators.
"""

from __future__ import annotations

import operator
import sqlite3
from collections.abc import Callable
from math import prod
from typing import Any

from sqlalchemy import ColumnElement, Integer
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from models.dates import as_date
from models.formula.styles import matches

Number = int | str | None


class Wide(FunctionElement[int]):
    """One of the wide functions; ``name`` is its name on SQLite, ``postgresql`` how PostgreSQL reckons it."""

    inherit_cache = True
    type = Integer()
    name: str
    postgresql: str


class Add(Wide):
    """The sum of numbers of any size."""

    inherit_cache = True
    name, postgresql = "wide_add", " + "


class Multiply(Wide):
    """The product of numbers of any size."""

    inherit_cache = True
    name, postgresql = "wide_mul", " * "


def chain(kind: type[Wide], *parts: ColumnElement[Any]) -> Wide:
    """Several numbers added or multiplied by one function, for SQLite reads no deep nest of them."""
    flat = [each for part in parts for each in (part.clauses if isinstance(part, kind) else (part,))]
    return kind(*flat)


class Modulo(Wide):
    """The remainder of two numbers of any size, with the sign of the (positive) second."""

    inherit_cache = True
    name, postgresql = "wide_mod", "MOD(MOD({0}, {1}) + {1}, {1})"


class Share(Wide):
    """The nearest whole number to the first over the (positive) second, half away from zero; an integer where it fits."""

    inherit_cache = True
    name, postgresql = "wide_share", "(SIGN({0}) * DIV(2 * ABS({0}) + {1}, 2 * {1}))"


class Compare(Wide):
    """-1, 0 or 1 as the first number is less than, equal to or greater than the second."""

    inherit_cache = True
    name, postgresql = "wide_cmp", "CAST(SIGN({0} - {1}) AS INTEGER)"


class Sum(Wide):
    """The total of numbers of any size."""

    inherit_cache = True
    name, postgresql = "wide_sum", "SUM({0})"


class Greatest(Wide):
    """The greatest of numbers of any size."""

    inherit_cache = True
    name, postgresql = "wide_max", "MAX({0})"


class Least(Wide):
    """The least of numbers of any size."""

    inherit_cache = True
    name, postgresql = "wide_min", "MIN({0})"


class Product(Wide):
    """The product of numbers of any size; PostgreSQL has no such aggregate, its database is given one (numeric_mul)."""

    inherit_cache = True
    name, postgresql = "wide_product", "wide_product({0})"


class DayNumber(Wide):
    """The days from long ago to a date stored as yyyymmdd, its month and day known."""

    inherit_cache = True
    name, postgresql = "day_number", "(TO_DATE(CAST({0} AS TEXT), 'YYYYMMDD') - DATE '0001-01-01')"


@compiles(Wide)
def _sqlite(element: Wide, compiler: SQLCompiler, **options: Any) -> str:
    return f"{element.name}({compiler.process(element.clauses, **options)})"


@compiles(Wide, "postgresql")
def _postgresql(element: Wide, compiler: SQLCompiler, **options: Any) -> str:
    sides = [f"CAST({compiler.process(clause, **options)} AS NUMERIC)" for clause in element.clauses]
    if isinstance(element, Add | Multiply):
        return f"({element.postgresql.join(sides)})"
    return element.postgresql.format(*sides)


def _add(*parts: Number) -> str | None:
    return None if None in parts else str(sum(map(int, parts)))  # type: ignore[arg-type]


def _mul(*parts: Number) -> str | None:
    return None if None in parts else str(prod(map(int, parts)))  # type: ignore[arg-type]


def _mod(a: Number, b: Number) -> str | None:
    return None if a is None or b is None else str(int(a) % int(b))


def _share(a: Number, b: Number) -> Number:
    if a is None or b is None:
        return None
    top, bottom = int(a), int(b)
    size = (2 * abs(top) + bottom) // (2 * bottom)
    found = size if top >= 0 else -size
    return found if size < 2**63 else str(found)


def _cmp(a: Number, b: Number) -> int | None:
    return None if a is None or b is None else (int(a) > int(b)) - (int(a) < int(b))


def _day(day: int | None) -> int | None:
    try:
        return None if day is None else as_date(day).toordinal()
    except ValueError:  # no such day: what is not known counts nothing
        return None


class _Gathered:
    """An aggregate that keeps one number, joined with each further one; nothing when there was none."""

    join: Callable[[int, int], int]

    def __init__(self) -> None:
        self.kept: int | None = None

    def step(self, value: Number, /) -> None:
        if value is not None:
            self.kept = int(value) if self.kept is None else self.join(self.kept, int(value))

    def finalize(self) -> str | None:
        return None if self.kept is None else str(self.kept)


class _Total(_Gathered):
    join = staticmethod(operator.add)


class _Product(_Gathered):
    join = staticmethod(operator.mul)


class _Greatest(_Gathered):
    join = staticmethod(max)


class _Least(_Gathered):
    join = staticmethod(min)


_FUNCTIONS: dict[str, tuple[Callable[..., Any], int]] = {
    "wide_add": (_add, -1),
    "wide_mul": (_mul, -1),
    "wide_mod": (_mod, 2),
    "wide_share": (_share, 2),
    "wide_cmp": (_cmp, 2),
    "day_number": (_day, 1),
}
_AGGREGATES = {"wide_sum": _Total, "wide_product": _Product, "wide_max": _Greatest, "wide_min": _Least}


def register(connection: sqlite3.Connection) -> None:
    """Give a new SQLite connection the functions that compiled formulas call."""
    for name, (function, arguments) in _FUNCTIONS.items():
        connection.create_function(name, arguments, function, deterministic=True)
    for name, aggregate in _AGGREGATES.items():
        connection.create_aggregate(name, 1, aggregate)  # type: ignore[arg-type] # they give text
    connection.create_function("matches", 2, matches, deterministic=True)
