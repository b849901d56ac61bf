"""What the checks of a pack's tables share."""

from __future__ import annotations

from collections.abc import Generator

from models.ledger import Ledger
from models.ledgers import ledger
from models.packs.tables import Entry, Fault


def is_ledger(name: str) -> bool:
    """Whether there is a ledger of that name."""
    try:
        return bool(ledger(name))
    except KeyError:
        return False


def ledger_in(entry: Entry, column: str) -> Generator[Fault, None, Ledger | None]:
    """The ledger a cell names; an unknown one is yielded as a fault."""
    try:
        return ledger(entry[column])
    except KeyError as error:
        yield entry.fault(column, error.args[0])
        return None
