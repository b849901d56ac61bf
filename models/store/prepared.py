"""Statements that run at every keystroke: compiled by SQLAlchemy once, then sent straight to the driver (a third of the time)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Executable
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.sql.compiler import SQLCompiler


class Prepared:
    """A statement whose parameters are numbers, texts and bytes, which every driver takes as they are."""

    def __init__(self, statement: Executable) -> None:
        self._statement = statement
        self._compiled: dict[str, SQLCompiler] = {}

    def run(self, connection: Connection, parameters: Mapping[str, object]) -> DBAPICursor:
        """Execute once; the driver's cursor."""
        cursor = connection.connection.cursor()
        compiled = self._for(connection)
        cursor.execute(str(compiled), _arranged(compiled, parameters))
        return cursor

    def run_rows(self, connection: Connection, names: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """Execute once for each of ``rows``, the values of the parameters ``names``."""
        compiled = self._for(connection)
        order = compiled.positiontup
        arranged: Sequence[Any] = rows
        if order is None:
            arranged = [dict(zip(names, row, strict=True)) for row in rows]
        elif list(names) != order:
            arranged = [*map(itemgetter(*map(names.index, order)), rows)]
        connection.connection.cursor().executemany(str(compiled), arranged)

    def run_many(self, connection: Connection, parameters: Sequence[Mapping[str, object]]) -> None:
        """Execute once for each of ``parameters``."""
        compiled = self._for(connection)
        order = compiled.positiontup
        arranged: Sequence[Any] = parameters
        if order is not None:
            arranged = (
                [*map(itemgetter(*order), parameters)] if len(order) > 1 else [(p[order[0]],) for p in parameters]
            )
        connection.connection.cursor().executemany(str(compiled), arranged)

    def _for(self, connection: Connection) -> SQLCompiler:
        name = connection.dialect.name
        if name not in self._compiled:
            compiled = self._statement.compile(dialect=connection.dialect)  # type: ignore[attr-defined]
            assert isinstance(compiled, SQLCompiler)
            self._compiled[name] = compiled
        return self._compiled[name]


def _arranged(compiled: SQLCompiler, parameters: Mapping[str, object]) -> Any:
    order = compiled.positiontup
    return parameters if order is None else tuple(parameters[name] for name in order)
