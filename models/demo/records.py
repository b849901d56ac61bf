"""Rows written the way a person would type them, turned into stored values by the fields themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cache, lru_cache
from itertools import islice

from models.kinds import Quantity, Stored
from models.ledger import Ledger
from models.ledgers import BY_ID
from models.store.batches import Batch

LAST = 2025  # the last year that is made up
Record = dict[str, Stored]
_RUN = 2_000  # rows handed to the store at a time


def record(ledger: Ledger, **values: object) -> Record:
    """Stored values of one row from typed ones (text, numbers in the shown unit, 16-byte ids; exact fractions are rounded)."""
    return {name: stored(ledger.id, name, value) for name, value in values.items()}


@lru_cache(20_000, typed=True)
def stored(ledger: str, name: str, value: object) -> Stored:
    """One typed value as its field keeps it."""
    kind = BY_ID[ledger].by_id[name].kind
    if isinstance(kind, Quantity) and isinstance(value, Fraction):
        return kind.store(value)
    return kind.parse(value)


@cache
def step(ledger: str, name: str) -> int:
    """How many stored parts one shown unit of a quantity is: 10,000 for 万元."""
    kind = BY_ID[ledger].by_id[name].kind
    assert isinstance(kind, Quantity)
    return int(kind.step)


def write(work: Batch, ledger: Ledger, rows: Iterable[Record]) -> list[bytes]:
    """Create rows, in runs so that many need little room; all have the fields of the first. Their ids in order."""
    source: Iterator[Record] = iter(rows)
    ids: list[bytes] = []
    while run := list(islice(source, _RUN)):
        names = list(run[0])
        ids += work.insert(ledger, names, [tuple(row[name] for name in names) for row in run])
    return ids
