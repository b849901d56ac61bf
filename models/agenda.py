"""What is to be handed in: every installed return of a year with its deadline and how far it is, and what changed since it was issued."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from models.audit import EXPLAIN, MUST, numeric
from models.overridden import reported_values
from models.packs.pack import Pack, pack, returns_of
from models.periods import Period
from models.store import Connection
from models.store.entries import entries
from models.store.findings import kept, notes
from models.store.versions import SENT_BACK, Version, versions
from models.store.zones import zone_region
from models.substance import emptiness

_PARTS = {"Y": 1, "H": 2, "Q": 4, "M": 12}


@dataclass(frozen=True)
class Due:
    """One return: the day it is due (None: the pack names none), its latest version and the one that counts, the latest that was
    not sent back; before that what the last audit left.

    ``begun`` says whether anybody worked on it: an audit left findings, or something was keyed on its form.
    """

    pack: Pack
    period: Period
    day: date | None
    last: Version | None
    issued: Version | None
    must: int
    explain: int
    begun: bool

    def days(self, today: date) -> int | None:
        """How many days are left, below zero when it is overdue; None without a deadline."""
        return None if self.day is None else (self.day - today).days


def dues(connection: Connection, zones: Sequence[str], year: int, today: date, chosen: str = "") -> list[Due]:
    """The returns of ``year`` that the first of ``zones`` makes and the ``chosen`` one, the next due first; findings are those of
    all ``zones``.
    """
    found = []
    own, others = returns_of(zone_region(connection, zones[0]))
    for each in map(pack, [*own, *(id for id in others if id == chosen)]):
        for form in each.forms:
            found.append(_due(connection, zones, each, _current(form, year, today)))
    return sorted(found, key=lambda due: (due.day is None, due.day or date.max))


def changed_since(connection: Connection, due: Due, zones: Sequence[str], today: date) -> list[str]:
    """The names of indicators and of items keyed by hand that are not what the version that counts said; none without one."""
    of, period, issued = due.pack, due.period, due.issued
    if issued is None:
        return []
    now = reported_values(connection, of, (), {zones[0]: zones}, period=period, today=today)[zones[0]]
    found = [
        each.name for each in of.indicators if each.id in issued.figures and issued.figures[each.id] != now[each.id]
    ]
    there = entries(connection, zones[0], of.id, period)
    return found + [
        name for name, said in issued.keyed.items() if (there[name].value if name in there else None) != said
    ]


def _current(form: str, year: int, today: date) -> Period:
    """The period of a form in ``year`` that ``today`` falls in; the last one when the year is over, the first before it begins."""
    if form == "Y":
        return Period(year)
    parts = [Period(year, form, number + 1) for number in range(_PARTS[form])]
    return next((part for part in parts if today <= part.end), parts[-1])


def _due(connection: Connection, zones: Sequence[str], of: Pack, period: Period) -> Due:
    rules, counts, any_finding = {rule.id: rule for rule in of.rules}, Counter[str](), False
    for zone in zones:
        said = notes(connection, zone, of.chain, period)
        for place in kept(connection, zone, of.id, period):
            any_finding = True
            rule = rules.get(place[0])
            explained = rule is not None and rule.level == EXPLAIN and place in said
            explained = explained and not emptiness(said[place].text, figure=numeric(rules[place[0]]))
            counts[rule.level if rule else ""] += not explained
    there = versions(connection, zones[0], of.id, period)
    begun = any_finding or bool(there) or bool(entries(connection, zones[0], of.id, period))
    last, issued = (
        next(reversed(there), None),
        next((each for each in reversed(there) if each.state != SENT_BACK), None),
    )
    return Due(of, period, of.due(period), last, issued, counts[MUST], counts[EXPLAIN], begun)
