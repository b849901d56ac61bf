"""The rows of one zone as they are now: what a batch looks at before it changes them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, bindparam, select

from models.kinds import Reference
from models.ledger import Ledger
from models.ledgers import BY_ID, LEDGERS
from models.store.prepared import Prepared
from models.store.tables import stored_columns, table_of
from models.store.values import Row, chunks, join


class Rows:
    """Reading by row id inside ``zone``."""

    def __init__(self, connection: Connection, zone: str) -> None:
        self.connection = connection
        self.zone = zone

    def values_of(self, ledger: Ledger, rows: Sequence[bytes], names: Sequence[str]) -> dict[bytes, Row]:
        """The present values of some fields of rows; rows that are gone are left out."""
        return {row: values for row, (values, _) in self.read(ledger, rows, names).items()}

    def read(self, ledger: Ledger, rows: Sequence[bytes], names: Sequence[str]) -> dict[bytes, tuple[Row, str | None]]:
        """Like :meth:`values_of`, each with the row's whole ``raw`` column."""
        found: dict[bytes, tuple[Row, str | None]] = {}
        for id, raw, *values in self._read(ledger, rows, tuple(names)):
            typed = dict(zip(names, values, strict=True))
            found[id] = (join(typed, raw) if raw else typed, raw)
        return found

    def _read(self, ledger: Ledger, rows: Sequence[bytes], names: tuple[str, ...]) -> Iterator[Sequence[Any]]:
        if len(rows) == 1:
            yield from _reader(ledger.id, names).run(self.connection, {"zone": self.zone, "row": rows[0]}).fetchall()
            return
        table = table_of(ledger)
        wanted = select(table.c.id, table.c.raw, *(table.c[name] for name in names)).where(
            table.c.zone_code == self.zone
        )
        for some in chunks(rows):
            found = self.connection.execute(wanted.where(table.c.id.in_(some)))
            assert found.cursor is not None
            yield from found.cursor.fetchall()  # as the driver gives them: SQLAlchemy's own rows are a third of the time
            found.close()

    def there(self, ledger: Ledger, rows: Collection[bytes]) -> set[bytes]:
        """Those of ``rows`` that exist."""
        table = table_of(ledger)
        found: set[bytes] = set()
        for some in chunks(list(rows)):
            wanted = select(table.c.id).where(table.c.zone_code == self.zone, table.c.id.in_(some))
            found.update(self.connection.scalars(wanted))
        return found

    def orphans(self, ledger: Ledger, rows: Mapping[bytes, Row]) -> list[bytes]:
        """Those of ``rows`` whose values refer to a record that is not there."""
        found: dict[bytes, None] = {}
        for link in ledger.links:
            targets = {row: to for row, values in rows.items() if isinstance(to := values.get(link.id), bytes)}
            there = self.there(target_of(link.kind), set(targets.values()))
            found |= {row: None for row, target in targets.items() if target not in there}
        return list(found)

    def holders(self, ledger: Ledger, rows: Sequence[bytes]) -> Iterator[tuple[bytes, Ledger, bytes]]:
        """Each (row, other ledger, row there) where a row of another ledger belongs to one of ``rows``."""
        for other, column in _referring(ledger.id):
            table = table_of(other)
            for some in chunks(rows):
                wanted = select(table.c[column], table.c.id)
                found = self.connection.execute(wanted.where(table.c.zone_code == self.zone, table.c[column].in_(some)))
                yield from ((target, other, row) for target, row in found.all())


def target_of(kind: object) -> Ledger:
    """The ledger a reference leads to."""
    assert isinstance(kind, Reference)
    return BY_ID[kind.ledger]


@cache
def content_columns(ledger: Ledger) -> tuple[str, ...]:
    """The columns that hold a row's values: period and fields."""
    return tuple(name for name in stored_columns(ledger) if name not in ("id", "zone_code", "raw"))


@cache
def _referring(ledger: str) -> tuple[tuple[Ledger, str], ...]:
    """The ledgers with a link to ``ledger``, with its column."""
    return tuple((other, link.id) for other in LEDGERS for link in other.links if target_of(link.kind).id == ledger)


@cache
def _reader(ledger: str, names: tuple[str, ...]) -> Prepared:
    table = table_of(ledger)
    wanted = select(table.c.id, table.c.raw, *(table.c[name] for name in names))
    return Prepared(wanted.where(table.c.zone_code == bindparam("zone"), table.c.id == bindparam("row")))
