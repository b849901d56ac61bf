"""Texts that name a record by its code (依托单位代码, 所属集群项目编号 …) and explanations that name its row: what follows when two
records become one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, select

from models.fields import Field
from models.kinds import CreditCode, Stored, Text
from models.ledger import Ledger
from models.ledgers import LEDGERS
from models.ledgers.reporting import AUDIT_NOTE
from models.store.batches import Batch
from models.store.tables import table_of

Named = tuple[Ledger, str, bytes]  # a row that names a record, and in which field


def naming(of: Ledger) -> Iterator[tuple[Ledger, Field]]:
    """The fields that name a record of ``of`` by its code: credit codes of an enterprise, else those called after its key."""
    if len(of.key) != 1:
        return
    key = of.by_id[of.key[0]]
    for ledger in LEDGERS:
        for field in ledger.fields:
            if field is key or field.formula or field.kind.__class__ is not key.kind.__class__:
                continue
            if isinstance(key.kind, CreditCode) or field.label.endswith(key.label):
                yield ledger, field


def named_by(connection: Connection, zone: str, of: Ledger, code: Stored) -> list[Named]:
    """The rows of a zone that name a record of ``of`` by ``code``."""
    found = []
    for ledger, field in naming(of) if code is not None else ():
        table = table_of(ledger)
        rows = select(table.c.id).where(table.c.zone_code == zone, table.c[field.id] == code)
        found += [(ledger, field.id, row) for row in connection.scalars(rows.order_by(table.c.id))]
    return found


def rename(work: Batch, named: Sequence[Named], code: Stored) -> None:
    """Have the rows name another code."""
    for ledger, name, row in named:
        work.set(ledger, row, {name: code})


def hand_on_notes(work: Batch, pairs: Sequence[tuple[Ledger, bytes, bytes]]) -> None:
    """What was explained of rows that go (ledger, stays, goes) is explained of those that stay; where both are, in one text."""
    table, kind = table_of(AUDIT_NOTE), AUDIT_NOTE.by_id["text"].kind
    assert isinstance(kind, Text)
    same = ("pack", "rule", "ledger", "year", "form", "seq")
    for _, stays, goes in pairs:
        mine = table.c.zone_code == work.zone
        for note in work.connection.execute(select(table).where(mine, table.c.row == goes.hex())).mappings().all():
            alike = [table.c[name].is_not_distinct_from(note[name]) for name in same]
            found = select(table.c.id, table.c.text).where(mine, table.c.row == stays.hex(), *alike)
            there = work.connection.execute(found).first()
            if there is None:
                work.set(AUDIT_NOTE, note["id"], {"row": stays.hex()})
                continue
            both = f"{there.text}\n合并进来的一条：{note['text']}"
            if note["text"] not in there.text and len(both) <= kind.limit:
                work.set(AUDIT_NOTE, there.id, {"text": both})
            work.remove(AUDIT_NOTE, [note["id"]])
