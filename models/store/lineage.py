"""Which enterprises merged into an enterprise or split from it since the same day of last year, and what they had then (企业变更)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import Connection, Table, or_, select

from models.dates import show_date, stored_date
from models.fields import Field
from models.kinds import Quantity
from models.ledger import Ledger
from models.ledgers.enterprise import ENTERPRISE, ENTERPRISE_CHANGE
from models.periods import Period
from models.store.tables import table_of
from models.store.titles import titles

STAYED = "3"  # 存续分立: what was before goes on without what split off
SPLIT = (STAYED, "4")  # of a merger no share means all; of a split it is not known how much


@dataclass(frozen=True)
class Origin:
    """One change: of its ``kind``, on a ``day`` as it is known, with the enterprise ``name``; last year's figure ``amount`` (in the
    field's unit) was the other's that came in, or is this one's own part that went out (``out``).
    """

    kind: str
    day: str
    name: str
    share: Fraction
    amount: Fraction | None
    out: bool


def origins(connection: Connection, ledger: Ledger, row: bytes, field: Field, at: tuple[str, Period]) -> list[Origin]:
    """What changed for the enterprise of ``row`` (of a ledger with one row for each enterprise) in the year up to a zone's period,
    oldest first; [] for other ledgers.
    """
    zone, period = at
    if ledger.one_per != ENTERPRISE.id or not isinstance(field.kind, Quantity):
        return []
    table = table_of(ledger)
    link = ledger.key[0]
    own = connection.scalar(select(table.c[link]).where(table.c.zone_code == zone, table.c.id == row))
    if own is None:
        return []
    found = []
    for kind, day, share, before, after in _changes(connection, zone, own, period):
        out = before == own
        if out and kind != STAYED:  # it went over whole: there is nothing of this year to compare
            continue
        part = Fraction(1) if share is None else _share(share)
        known = share is not None or kind not in SPLIT
        last = _last(connection, table, (zone, link, before), field, period) if known else None
        name = titles(connection, ENTERPRISE, [after if out else before])[after if out else before].name
        label = ENTERPRISE_CHANGE.by_id["kind"].kind.show(kind)
        found.append(Origin(label, show_date(day), name, part, None if last is None else last * part, out))
    return found


def _changes(
    connection: Connection, zone: str, own: bytes, period: Period
) -> Sequence[tuple[str, int, int | None, bytes, bytes]]:
    table = table_of(ENTERPRISE_CHANGE)
    t = table.c
    wanted = select(t.kind, t.change_date, t.share, t.from_ent, t.to_ent).where(
        t.zone_code == zone,
        or_(t.to_ent == own, t.from_ent == own),
        t.from_ent != t.to_ent,
        t.change_date > stored_date(period.back().end),
        t.change_date <= stored_date(period.end),
    )
    return [tuple(each) for each in connection.execute(wanted.order_by(t.change_date, t.id))]


def _last(
    connection: Connection, table: Table, whose: tuple[str, str, bytes], field: Field, period: Period
) -> Fraction | None:
    """An enterprise's figure a year before, in the field's unit; None where it has none."""
    zone, link, ent = whose
    back = period.back()
    when = [table.c[name] == getattr(back, name) for name in ("year", "form", "seq") if name in table.c]
    wanted = select(table.c[field.id]).where(table.c.zone_code == zone, table.c[link] == ent, *when)
    stored = connection.scalar(wanted)
    assert isinstance(field.kind, Quantity)
    return None if stored is None else field.kind.amount(stored)


def _share(stored: int) -> Fraction:
    kind = ENTERPRISE_CHANGE.by_id["share"].kind
    assert isinstance(kind, Quantity)
    return kind.amount(stored) / 100
