"""Exact arithmetic beyond 64 bits, for the few products that may not fit, and the text styles: what SQL must have registered.

On SQLite wide numbers travel as decimal text through functions that reckon with Python's integers; on PostgreSQL they are
NUMERIC and the same elements are rendered as plain operators.
"""

from __future__ import annotations

import operator
import sqlite3
from collections.abc import Callable
from typing import Any

from sqlalchemy import Integer
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from models.formula.styles import matches

Number = int | str | None


class Wide(FunctionElement[int]):
    """One of the wide functions; ``name`` is its name on SQLite, ``postgresql`` how PostgreSQL reckons it."""

    inherit_cache = True
    type = Integer()
    name: str
    postgresql: str


class Add(Wide):
    """The sum of two numbers of any size."""

    inherit_cache = True
    name, postgresql = "wide_add", "({0} + {1})"


class Subtract(Wide):
    """The difference of two numbers of any size."""

    inherit_cache = True
    name, postgresql = "wide_sub", "({0} - {1})"


class Multiply(Wide):
    """The product of two numbers of any size."""

    inherit_cache = True
    name, postgresql = "wide_mul", "({0} * {1})"


class Modulo(Wide):
    """The remainder of two numbers of any size, with the sign of the (positive) second."""

    inherit_cache = True
    name, postgresql = "wide_mod", "MOD(MOD({0}, {1}) + {1}, {1})"


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


@compiles(Wide)
def _sqlite(element: Wide, compiler: SQLCompiler, **options: Any) -> str:
    return f"{element.name}({compiler.process(element.clauses, **options)})"


@compiles(Wide, "postgresql")
def _postgresql(element: Wide, compiler: SQLCompiler, **options: Any) -> str:
    sides = (f"CAST({compiler.process(clause, **options)} AS NUMERIC)" for clause in element.clauses)
    return element.postgresql.format(*sides)


def _add(a: Number, b: Number) -> str | None:
    return None if a is None or b is None else str(int(a) + int(b))


def _sub(a: Number, b: Number) -> str | None:
    return None if a is None or b is None else str(int(a) - int(b))


def _mul(a: Number, b: Number) -> str | None:
    return None if a is None or b is None else str(int(a) * int(b))


def _mod(a: Number, b: Number) -> str | None:
    return None if a is None or b is None else str(int(a) % int(b))


def _cmp(a: Number, b: Number) -> int | None:
    return None if a is None or b is None else (int(a) > int(b)) - (int(a) < int(b))


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


class _Greatest(_Gathered):
    join = staticmethod(max)


class _Least(_Gathered):
    join = staticmethod(min)


_FUNCTIONS = {"wide_add": _add, "wide_sub": _sub, "wide_mul": _mul, "wide_mod": _mod, "wide_cmp": _cmp}
_AGGREGATES = {"wide_sum": _Total, "wide_max": _Greatest, "wide_min": _Least}


def register(connection: sqlite3.Connection) -> None:
    """Give a new SQLite connection the functions that compiled formulas call."""
    for name, function in _FUNCTIONS.items():
        connection.create_function(name, 2, function, deterministic=True)
    for name, aggregate in _AGGREGATES.items():
        connection.create_aggregate(name, 1, aggregate)  # type: ignore[arg-type] # they give text
    connection.create_function("matches", 2, matches, deterministic=True)
