"""Spoil a zone's ledgers: cells emptied, swapped between rows, ten times too large, of the wrong sign, the same for a given seed."""

from __future__ import annotations

import sqlite3
from random import Random

from models.fields import Field
from models.kinds import Flag, Quantity, Reference
from models.ledger import Ledger
from models.ledgers import LEDGERS

# what people's clerks do not key, or what every row hangs on
SPARED = {"target", "sheet_entry", "return_batch", "audit_note", "audit_choice", "figure_override"}


def spoil(raw: sqlite3.Connection, share: float, seed: int = 1) -> int:
    """Spoil one cell in each of ``share`` of the rows of every ledger; gives back how many. References are left alone."""
    chance, spoilt = Random(seed), 0
    for ledger in LEDGERS:
        if ledger.id not in SPARED:
            spoilt += _ledger(raw, ledger, share, chance)
    raw.commit()
    return spoilt


def _ledger(raw: sqlite3.Connection, ledger: Ledger, share: float, chance: Random) -> int:
    fields = [field for field in ledger.stored if not isinstance(field.kind, Reference) and field.id not in ledger.key]
    # a key that is text may be there twice: that is a finding too; an identifying date or code of a zone may not
    fields += [
        field
        for field in ledger.stored
        if ledger.key == (field.id,) and ledger.id in {"enterprise", "parcel", "capital_in"}
    ]
    names = ", ".join(f'"{field.id}"' for field in fields)
    rows = raw.execute(f"SELECT id, {names} FROM {ledger.id} ORDER BY id").fetchall()
    picked = [row for row in rows if chance.random() < share]
    for row in picked:
        number = chance.randrange(len(fields))
        value = _spoilt(fields[number], row[number + 1], chance.choice(rows)[number + 1], chance)
        raw.execute(f'UPDATE {ledger.id} SET "{fields[number].id}" = ? WHERE id = ?', (value, row[0]))
    return len(picked)


def _spoilt(field: Field, value: object, other: object, chance: Random) -> object:
    turn = chance.random()
    if turn < 0.3:
        return None
    if turn < 0.5 or not isinstance(value, int):
        return other
    if isinstance(field.kind, Flag):
        return 1 - value
    if isinstance(field.kind, Quantity):
        worse = chance.choice([value * 10, value // 10, -value, 0])
        return worse if field.kind.low <= worse <= field.kind.high else other
    return other
