"""人工改数: figures of a return that a person has put in place of what the ledgers come to; who, when, why, and what was seen then.

``item`` is an indicator's 编号, or the formula of a cell of the form. An override holds for the calculated figure it was made
beside: when that changes, the override is open again until it is confirmed or withdrawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Connection, select

from models.ledgers.reporting import FIGURE_OVERRIDE
from models.numbers import read_number
from models.periods import Period
from models.store.batches import Batch, Refused, period_values
from models.store.past import last_word
from models.store.tables import table_of
from models.substance import emptiness
from models.text import fold


@dataclass(frozen=True)
class Override:
    """``value`` stands in the return for ``seen``, what was calculated when it was made ("" where nothing could be)."""

    id: bytes
    item: str
    value: Decimal
    seen: str
    why: str
    who: str = ""
    at: str = ""

    def confirmed(self, now: Decimal | None) -> bool:
        """Whether the calculated figure, as printed, is still the one it was made beside."""
        return self.seen == seen_text(now)


def seen_text(calculated: Decimal | None) -> str:
    """A calculated figure as it is kept beside an override."""
    return "" if calculated is None else f"{calculated:f}"


def overrides(connection: Connection, zone: str, pack: str, period: Period) -> dict[str, Override]:
    """Folded item → its override, for one return."""
    table = table_of(FIGURE_OVERRIDE)
    when = period_values(FIGURE_OVERRIDE, period)
    scope = (table.c.zone_code == zone, table.c.pack == pack, *(table.c[name] == value for name, value in when.items()))
    wanted = select(table.c.id, table.c.item, table.c.value, table.c.seen, table.c.why).where(*scope)
    rows = [row for row in connection.execute(wanted.order_by(table.c.id)) if row.value]
    if not rows:
        return {}
    last = last_word(connection, zone, FIGURE_OVERRIDE)
    found: dict[str, Override] = {}
    for row in rows:
        by = (last[row.id].who, last[row.id].at) if row.id in last else ("", "")
        found[fold(row.item)] = Override(row.id, row.item, Decimal(row.value), row.seen or "", row.why or "", *by)
    return found


def put_override(
    work: Batch, pack: str, period: Period, item: str, *, typed: str, why: str, calculated: Decimal | None
) -> None:
    """Put a figure in place of the calculated one. ValueError for what is no number, Refused without a reason that says why."""
    value = read_number(typed)
    if value is None:
        raise ValueError("没有填改后的数；不想改了，请用“撤回改数”")
    if fault := emptiness(why):
        raise Refused(f"改数要写明理由：{fault}")
    said = {"value": f"{value:f}", "seen": seen_text(calculated) or None, "why": why.strip()}
    there = overrides(work.connection, work.zone, pack, period).get(fold(item))
    if there:
        work.set(FIGURE_OVERRIDE, there.id, said)
    else:
        work.add(FIGURE_OVERRIDE, {"pack": pack, "item": item, **said}, period)


def confirm(work: Batch, override: Override, calculated: Decimal | None) -> None:
    """The override stands beside the figure that is calculated now."""
    work.set(FIGURE_OVERRIDE, override.id, {"seen": seen_text(calculated) or None})


def withdraw(work: Batch, override: Override) -> None:
    """The calculated figure counts again."""
    work.remove(FIGURE_OVERRIDE, [override.id])
