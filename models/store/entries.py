"""表上手填 (returns.md): what the clerk keyed on a pack's form, read by pack and period, written by the cell's name.

Names are compared folded, as everywhere; the same name in several cells is one value.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import Connection, select

from models.kinds import BadValue, Quantity, Stored, decimal_of
from models.ledgers.reporting import SHEET_ENTRY
from models.numbers import read_number
from models.periods import Period
from models.store.batches import Batch, period_values
from models.store.tables import table_of
from models.text import fold

Keyed = int | Decimal | str | None
_AMOUNT, _WORDS = SHEET_ENTRY.by_id["amount"].kind, SHEET_ENTRY.by_id["words"].kind
assert isinstance(_AMOUNT, Quantity)
_PLACES = _AMOUNT.scale


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the ledger: the name as it was written, the number keyed or else the text."""

    id: bytes
    item: str
    value: Keyed

    @property
    def text(self) -> str:
        """What keying again would start from."""
        return f"{self.value:f}" if isinstance(self.value, Decimal) else "" if self.value is None else str(self.value)


def entries(connection: Connection, zone: str, pack: str, period: Period) -> dict[str, Entry]:
    """Folded name → what is kept for it; of two rows of one name the later one that says anything."""
    found: dict[str, Entry] = {}
    for each in _rows(connection, zone, pack, period):
        if each.value is not None or fold(each.item) not in found:
            found[fold(each.item)] = each
    return found


def keyed(text: str) -> dict[str, Stored]:
    """A typed text as the ledger's fields: a number where it is one, else text. Raises BadValue when it is too long."""
    try:
        amount = None if "\n" in text.strip() else _AMOUNT.parse(text)
    except BadValue:
        amount = None
    return {"amount": amount, "words": None if amount is not None else _WORDS.parse(text)}


def doubt(text: str) -> str:
    """Why a text that looks like a number is kept as text (one Chinese sentence), "" when all is clear."""
    try:
        read_number(text)
        _AMOUNT.parse(text)
    except BadValue as fault:
        return f"{fault}；已按文字存"
    except ValueError:
        return ""
    return ""


def put_entry(work: Batch, pack: str, period: Period, item: str, text: str) -> None:
    """Keep what was typed for an item; an empty text takes it away. Raises BadValue when it is too long."""
    values = keyed(text)
    there = [each for each in _rows(work.connection, work.zone, pack, period) if fold(each.item) == fold(item)]
    if values == {"amount": None, "words": None}:
        work.remove(SHEET_ENTRY, [each.id for each in there])
        return
    if there:
        best = next((each for each in reversed(there) if each.value is not None), there[-1])
        work.set(SHEET_ENTRY, best.id, values)
    else:
        work.add(SHEET_ENTRY, {"pack": pack, "item": item.strip(), **values}, period)


def wanting(connection: Connection, zone: str, pack: str, period: Period) -> list[Entry]:
    """Last year's texts of a pack for which this year nothing is keyed; numbers are of their year and are not carried."""
    now = entries(connection, zone, pack, period)
    before = entries(connection, zone, pack, period.back())
    return [
        each
        for name, each in before.items()
        if isinstance(each.value, str) and (name not in now or now[name].value is None)
    ]


def carry_texts(work: Batch, pack: str, period: Period) -> int:
    """Take last year's texts over where this year nothing is keyed; how many."""
    found = wanting(work.connection, work.zone, pack, period)
    for each in found:
        put_entry(work, pack, period, each.item, each.text)
    return len(found)


def _rows(connection: Connection, zone: str, pack: str, period: Period) -> list[Entry]:
    table = table_of(SHEET_ENTRY)
    when: Mapping[str, Stored] = period_values(SHEET_ENTRY, period)
    scope = (table.c.zone_code == zone, table.c.pack == pack, *(table.c[name] == value for name, value in when.items()))
    wanted = select(table.c.id, table.c.item, table.c.amount, table.c.words).where(*scope).order_by(table.c.id)
    return [Entry(row.id, row.item or "", _value(row.amount, row.words)) for row in connection.execute(wanted)]


def _value(amount: int | None, words: str | None) -> Keyed:
    if amount is None:
        return words
    assert isinstance(_AMOUNT, Quantity)
    return plain(_AMOUNT.amount(amount))


def plain(exact: Fraction) -> int | Decimal:
    """A number as it is shown: whole, or with the decimals it needs."""
    return int(exact) if exact.denominator == 1 else decimal_of(exact, _PLACES).normalize()
