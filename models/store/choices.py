"""What a zone has decided about the rules of a return: switched off, a threshold changed, back again; who, when and why (审核设置)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from models.ledgers.reporting import AUDIT_CHOICE
from models.store.batches import Batch
from models.store.past import last_word
from models.store.tables import table_of

OFF = "停用"


@dataclass(frozen=True)
class Choice:
    """The latest word on ``item``, a rule or a parameter: ``value`` is 停用 or what the parameter is now, "" as in the pack."""

    id: bytes
    item: str
    value: str
    why: str
    who: str = ""
    at: str = ""

    def to_json(self) -> dict[str, str]:
        """As commands and the sealed workbook tell it."""
        return {"item": self.item, "value": self.value, "why": self.why, "who": self.who, "at": self.at}


def choices(connection: Connection, zone: str, packs: Sequence[str]) -> dict[str, Choice]:
    """What a zone has decided for its return, by item: of the pack and of those it extends."""
    table = table_of(AUDIT_CHOICE)
    said = select(table.c.id, table.c.item, table.c.value, table.c.why)
    rows = connection.execute(said.where(table.c.zone_code == zone, table.c.pack.in_(packs)).order_by(table.c.id)).all()
    if not rows:
        return {}
    last = last_word(connection, zone, AUDIT_CHOICE)
    found: dict[str, Choice] = {}
    for row in rows:
        by = (last[row.id].who, last[row.id].at) if row.id in last else ("", "")
        found[row.item] = Choice(row.id, row.item, row.value or "", row.why or "", *by)
    return found


def choose(work: Batch, packs: Sequence[str], item: str, value: str, why: str) -> None:
    """Decide: it is kept with the first of ``packs``, the one that has the rule or parameter, and counts for all that ask it."""
    old = choices(work.connection, work.zone, packs).get(item)
    said = {"value": value or None, "why": why or None}
    if old:
        work.set(AUDIT_CHOICE, old.id, said)
    else:
        work.add(AUDIT_CHOICE, {"pack": packs[0], "item": item, **said})
