"""What an import must know of the ledger, read in bulk: the rows that are there, and which values a person typed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection, select

from models.kinds import Raw, Stored
from models.ledger import Ledger
from models.store.batches import NEW
from models.store.file import DataFile
from models.store.memory import recall, remember
from models.store.tables import BATCH, CHANGE, PERIOD_COLUMNS, table_of
from models.store.titles import titles
from models.store.values import changes, chunks, raw_texts

TYPED = ("录入", "粘贴")


def period_columns(ledger: Ledger) -> tuple[str, ...]:
    """The columns of a row's period: year, form and seq; only the year for yearly ledgers; none for the others."""
    return PERIOD_COLUMNS.get(ledger.time, ())


class Present:
    """One zone's ledgers at one moment."""

    def __init__(self, connection: Connection, zone: str) -> None:
        self._connection = connection
        self.zone = zone

    def columns(self, ledger: Ledger, fields: Sequence[str], years: Collection[int] = ()) -> list[list[Stored]]:
        """The rows (of ``years``) as columns: ids, period columns, then ``fields``; text kept as typed is Raw."""
        table = table_of(ledger)
        names = (*period_columns(ledger), *fields)
        wanted = select(table.c.raw, table.c.id, *(table.c[name] for name in names)).where(
            table.c.zone_code == self.zone
        )
        if years:
            wanted = wanted.where(table.c.year.in_(sorted(years)))
        rows = self._connection.execute(wanted.order_by(table.c.id)).all()
        if not rows:
            return [[] for _ in range(1 + len(names))]
        raw, *columns = map(list, zip(*rows, strict=True))
        for index, texts in enumerate(raw):
            for name, text in raw_texts(texts).items() if texts else ():
                if name in names:
                    columns[1 + names.index(name)][index] = Raw(text)
        return columns

    def typed(self, ledger: Ledger, rows: Collection[bytes]) -> Typed:
        """Which values of ``rows`` a person typed last."""
        return Typed(self._connection, ledger, self.zone, rows)

    def titles(self, ledger: Ledger, rows: Sequence[bytes]) -> list[str]:
        """What rows are called."""
        return [f"{title.name} {title.key}".strip() for title in titles(self._connection, ledger, rows).values()]

    def recall(self, ledger: Ledger, fingerprint: str) -> dict[str, str]:
        """What the columns of a heading were taken for before; {} when it is new."""
        return recall(self._connection, ledger, fingerprint)


@contextmanager
def reading(file: DataFile, zone: str) -> Iterator[Present]:
    """The ledgers of a zone as they are now."""
    with file.reading() as connection:
        yield Present(connection, zone)


def keep(file: DataFile, ledger: Ledger, fingerprint: str, columns: Mapping[str, str]) -> None:
    """Remember what the columns of a heading were taken for; it is no content, so undoing the import leaves it."""
    with file.writing() as connection:
        remember(connection, ledger, fingerprint, columns)


class Typed:
    """Which of some rows' values a person typed last: the latest step of the field, undone ones left out."""

    def __init__(self, connection: Connection, ledger: Ledger, zone: str, rows: Collection[bytes]) -> None:
        kinds = _standing(connection, zone)
        self._last: dict[tuple[bytes, str], str] = {}
        self._made: dict[bytes, str] = {}
        if not set(TYPED) & set(kinds.values()):
            return
        mine = CHANGE.c.zone_code == zone, CHANGE.c.ledger == ledger.id
        for some in chunks(list(rows)):
            steps = select(CHANGE.c.batch, CHANGE.c.row, CHANGE.c.op, CHANGE.c.data).where(
                *mine, CHANGE.c.row.in_(some)
            )
            for batch, row, op, data in connection.execute(steps.order_by(CHANGE.c.batch)):
                if batch not in kinds:
                    continue
                if op == NEW:
                    self._made[row] = kinds[batch]
                self._last |= {(row, name): kinds[batch] for name in changes(data)}

    def __contains__(self, cell: tuple[bytes, str]) -> bool:
        """Whether the value of (row, field id) was typed by hand."""
        return self._last.get(cell, self._made.get(cell[0])) in TYPED


def _standing(connection: Connection, zone: str) -> dict[int, str]:
    """The kind of each batch that stands: what was undone, and the undoing itself, is left out."""
    rows = connection.execute(
        select(BATCH.c.no, BATCH.c.kind, BATCH.c.reverses, BATCH.c.reversed_by).where(BATCH.c.zone_code == zone)
    ).all()
    reversed_by = {no: by for no, _, _, by in rows}

    def stands(no: int) -> bool:
        by = reversed_by.get(no)
        return by is None or not stands(by)

    return {no: kind for no, kind, reverses, _ in rows if reverses is None and stands(no)}
