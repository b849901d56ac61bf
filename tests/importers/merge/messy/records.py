"""Made-up records of any ledger, each field as the cell a clerk writes and the value that must be stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from models.fields import Field
from models.kinds import Choice, CreditCode, Day, Flag, Month, Quantity, Reference, Text
from models.ledger import Ledger
from models.ledgers import BY_ID
from tests.importers.merge.made import code
from tests.importers.merge.messy import meant
from tests.importers.merge.messy.meant import Cell

BLANK = Cell(None, None)


@dataclass
class Row:
    """One record: a cell for each column by its name (the field's id, or id/via for a reference), and the values meant.

    One that is not ``fresh`` was there before: what the file leaves empty stays.
    """

    cells: dict[str, Cell] = field(default_factory=dict)
    meant: dict[str, object] = field(default_factory=dict)
    fresh: bool = True


@dataclass(frozen=True)
class Known:
    """A record that references may lead to: its id in the store, and what it is known by."""

    id: bytes
    code: str
    name: str


def fields_of(ledger: Ledger) -> list[Field]:
    """The fields that a file can hold, as the clerk sees them."""
    return [one for one in ledger.stored if not one.digest]


def rows(
    rng: Random, ledger: Ledger, count: int, units: Mapping[str, str], known: Mapping[str, list[Known]]
) -> list[Row]:
    """Records of a ledger; ``units`` are those the file writes by field, ``known`` the records to refer to by ledger."""
    made = []
    for number in range(count):
        row = Row()
        last = [one.id for one in fields_of(ledger) if one.id not in ledger.key][-1:]
        for one in fields_of(ledger):
            if isinstance(one.kind, Reference):
                _refer(rng, row, one, ledger, number, known[one.kind.ledger])
                continue
            cell = _cell(rng, ledger, one, number, units.get(one.id, ""))
            while one.id in last and cell.stored is None:  # a row that says nothing but its key is no record
                cell = _cell(rng, ledger, one, number, units.get(one.id, ""))
            row.cells[one.id], row.meant[one.id] = cell, cell.stored
        made.append(row)
    return made


def _cell(rng: Random, ledger: Ledger, one: Field, number: int, unit: str) -> Cell:
    if one.id in ledger.key or one.id in ledger.title:
        return _told(rng, one, number) or _value(rng, one, number, unit)
    if rng.random() < 0.12:
        return rng.choice((BLANK, Cell(" ", None), Cell("\u3000", None)))
    if rng.random() < 0.1 and not isinstance(one.kind, Text):
        mark = rng.choice(meant.NOTHING)
        if not (isinstance(one.kind, Flag | Choice) and mark == "无"):  # there it says 否, or is an entry
            return Cell(mark, meant.NOT_APPLICABLE)
    return _value(rng, one, number, unit)


def _told(rng: Random, one: Field, number: int) -> Cell | None:
    """What tells a record from others: each its own."""
    if isinstance(one.kind, Day):
        return meant.key_day(rng, number)
    if isinstance(one.kind, Text) and one.kind.limit > 4:
        plain = f"{one.label[:2]}{number + 1:03}"
        return Cell(plain + rng.choice(("", " ", "\u3000")), plain)
    return None


def _value(rng: Random, one: Field, number: int, unit: str) -> Cell:
    kind = one.kind
    if isinstance(kind, Quantity):
        return meant.amount(rng, one.id, kind.unit, unit)
    if isinstance(kind, Choice):
        return meant.choice(rng, kind.codes)
    if isinstance(kind, Text):
        if kind.nested:
            return rng.choice((Cell("360703", "360703"), Cell(360704.0, "360704"), Cell(" 360781 ", "360781")))
        return meant.words(rng, one.label, number, kind.limit, lines=kind.lines)
    if isinstance(kind, CreditCode):
        plain = code(700 + number + 10 * len(one.id))
        return Cell(rng.choice((plain, plain.lower(), f" {plain} ", f"{plain[:8]} {plain[8:]}")), plain)
    return {Day: meant.day, Month: meant.month, Flag: meant.flag}[type(kind)](rng)


def _refer(rng: Random, row: Row, one: Field, ledger: Ledger, number: int, known: list[Known]) -> None:
    """A reference by code, by name, or by both."""
    shared = (
        len(ledger.key) > 1 and one.id == ledger.key[0]
    )  # a factory above its tenants, an enterprise beside its qualifications
    there = known[number // 2 if shared else number % len(known)]
    row.meant[one.id] = there.id
    by_code, by_name = Cell(there.code, None), Cell(there.name + rng.choice(("", "  ")), None)
    row.cells[f"{one.id}/code"] = Cell(rng.choice((there.code, there.code.lower(), f"{there.code} ")), None)
    row.cells[f"{one.id}/name"] = by_name
    row.cells[f"{one.id}/"] = rng.choice((by_code, by_name))
    if one.id not in ledger.key and rng.random() < 0.25:
        mark = rng.choice((None, "/", "—", "无"))
        row.meant[one.id] = None if mark is None else meant.NOT_APPLICABLE
        for name in ("code", "name", ""):
            row.cells[f"{one.id}/{name}"] = Cell(mark, None)


def known_by(ledger: Ledger) -> tuple[str, str]:
    """The fields by which a record of ``ledger`` is told by code and by name."""
    return ledger.key[0], ledger.title[0]


def referred(one: Field) -> Ledger:
    """The ledger a reference leads to."""
    return BY_ID[one.kind.ledger]
