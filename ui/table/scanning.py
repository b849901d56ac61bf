"""Reading many lines of a ledger's page away from the window's thread: some hundreds at a time, with what is worked out on them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from models.store.file import DataFile
from models.store.view import Column, Line, View
from models.store.views import Page

AT_ONCE = 900


def scan(
    file: DataFile, page: Page, ids: Sequence[bytes], derived: Sequence[Column] = ()
) -> Iterator[tuple[int, Sequence[bytes], dict[bytes, Line]]]:
    """The lines of ``ids`` in runs: how many came before it, its ids, the lines that are there; with ``derived`` columns' values."""
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        with file.reading() as connection:
            lines = page.lines(connection, some)
        yield start, some, _with(file, page, lines, derived) if derived else lines


def narrow(page: Page, columns: Sequence[Column]) -> Page:
    """The page with these columns alone, and of ledgers whose derived fields are among them one that is stored: read much faster."""
    wanted, worked_out = set(columns), {column.ledger for column in columns if column.field.formula}
    view = page.view
    kept = tuple(column for column in view.columns if column in wanted or column.ledger in worked_out)
    return Page(View(view.base, view.own, kept), page.zone, page.period)


def _with(file: DataFile, page: Page, lines: dict[bytes, Line], columns: Sequence[Column]) -> dict[bytes, Line]:
    """The lines with the values of columns that are worked out."""
    # as in ui/table/derived.py
    from models.formula.derived import derived_values

    found = dict(lines)
    for ledger in dict.fromkeys(column.ledger for column in columns):
        names = [column.field.id for column in columns if column.ledger is ledger]
        with file.reading() as connection:
            rows = page.rows(connection, ledger, list(found))
            given = derived_values(connection, ledger, page.zone, page.period, date.today(), ids=list(rows))
        for row, line in rows.items():
            values = {(ledger.id, name, False): given.get(row, {}).get(name) for name in names}
            found[line] = replace(found[line], values={**found[line].values, **values})
    return found
