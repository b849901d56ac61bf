"""A small data file to put rows in by their labels."""

from __future__ import annotations

import shutil
from datetime import date

import pytest
from sqlalchemy import event, insert

from models.formula.figures import figure
from models.formula.rows import RowQuery, row_formula, verdicts
from models.ledgers import ledger
from models.periods import Period
from models.store.tables import schema, table_of
from tests.models.formula.world import File, columns, row_id

TODAY = date(2026, 1, 5)


class Data:
    """A data file with one connection; rows are plain dicts by label, ids small numbers."""

    def __init__(self, file):
        self.file, self.connection = file, file.engine.connect()
        self.statements = []
        event.listen(file.engine, "before_cursor_execute", lambda *args: self.statements.append(args[2]))

    def add(self, label, id, zone="Z1", **values):
        book = ledger(label)
        time = {"year": values.pop("year", 2025)} if book.dated else {}
        if book.time.value == "period":
            time |= {"form": values.pop("form", "Y"), "seq": values.pop("seq", 0)}
        row = {"id": id, "zone": zone} | time | values
        self.connection.execute(insert(table_of(book)).values(columns(book, row)))

    def scene(self, zones=("Z1",), period="2025"):
        return list(zones), Period.parse(period), TODAY

    def judged(self, label, *texts, single=None, context=None, **scene):
        """{row: verdicts} of the rows on which some condition does not hold or is unknown."""
        book = ledger(label)
        query = RowQuery(
            book, [row_formula(text, book, *[context] * (context is not None), expect="bool") for text in texts]
        )
        ids = None if single is None else [row_id(id) for id in single]
        given = query.bind(*self.scene(**scene), ids)
        rows = self.connection.execute(query.verdicts(single=single is not None), given)
        return {int.from_bytes(row.id): verdicts(row, len(texts)) for row in rows}

    def values(self, label, *texts, context=None, **scene):
        """{row: values} of formulas on all rows of the zones and period."""
        book = ledger(label)
        query = RowQuery(book, [row_formula(text, book, *[context] * (context is not None)) for text in texts])
        values = query.values(single=False)
        rows = self.connection.execute(values.statement, query.bind(*self.scene(**scene)))
        return {int.from_bytes(row.id): values.read(row) for row in rows}

    def figure(self, text, unit="", zones=("Z1",), period="2025", **options):
        return figure(text, unit=unit, **options).value(self.connection, *self.scene(zones, period))


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory):
    """A data file with all tables and no rows, made once and copied for each test."""
    path = tmp_path_factory.mktemp("formula") / "empty.db"
    file = File(path)
    schema().create_all(file.engine)
    file.engine.dispose()
    return path


@pytest.fixture
def data(tmp_path, empty_file):
    found = Data(File(shutil.copy(empty_file, tmp_path / "data.db")))
    yield found
    found.connection.close()
    found.file.engine.dispose()
