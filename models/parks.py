"""Several zones side by side and put together: each one's figures, and the one figure of all that the indicator allows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from models.indicators import indicator_set
from models.joined import MEAN, NEVER, SUM, WEIGHTED, way_of
from models.kinds import decimal_of
from models.overridden import Overridden, as_reported
from models.packs.pack import Indicator, Pack
from models.periods import Period
from models.progress import Progress, Steps
from models.store import Connection
from models.store.zones import pick
from models.store.zones import scope as scope_of


@dataclass(frozen=True)
class Together:
    """One indicator: how it is joined, the joined figure (None: not at all, or not known), each zone's own, exact in its unit.

    ``without`` are the zones that have no figure; of a mean they are left out. ``changed`` tells the figures that a return has
    another way than calculated: zone → how, under "" the joined one.
    """

    indicator: Indicator
    way: str
    value: Fraction | None
    each: Mapping[str, Fraction | None]
    changed: Mapping[str, Overridden] = field(default_factory=dict)

    @property
    def without(self) -> tuple[str, ...]:
        """The zones without a figure."""
        return tuple(zone for zone, value in self.each.items() if value is None)

    def ranks(self) -> dict[str, int]:
        """Zone → place, the best first; equal ones share it and the places after them jump (returns.md C6). ↓ counts from below.

        Figures that are printed alike are equal: nobody could see why one stands before the other.
        """
        sign, places = -1 if self.indicator.direction == "↓" else 1, self.indicator.places
        known = {zone: decimal_of(value, places) * sign for zone, value in self.each.items() if value is not None}
        return {zone: 1 + sum(other > value for other in known.values()) for zone, value in known.items()}


def together(
    connection: Connection, pack: Pack, groups: Mapping[str, Sequence[str]], period: Period, today: date
) -> Steps[list[Together]]:
    """Every indicator of ``groups``: zone → the zones its own figure ranges over (itself, or with its sub-parks)."""
    figures = indicator_set(pack)
    apart: dict[str, dict[str, Fraction | None]] = {}
    changed: dict[str, dict[str, Overridden]] = {}
    for number, (zone, scope) in enumerate(groups.items()):
        yield Progress(number, len(groups) + 1, zone)
        apart[zone], changed[zone] = as_reported(
            connection, pack, (zone, scope, period), figures.values(connection, scope, period, today)
        )
    yield Progress(len(groups), len(groups) + 1, "合在一起")
    everywhere = tuple(dict.fromkeys(zone for scope in groups.values() for zone in scope))
    joined = figures.values(connection, everywhere, period, today)
    whole = bool(groups) and set(everywhere) <= set(scope_of(connection, pick(connection, everywhere[0])))
    if whole:
        joined, changed[""] = as_reported(connection, pack, (everywhere[0], everywhere, period), joined)
    found = []
    for each in pack.indicators:
        way, by = way_of(each.joined, figures.figures[each.id])
        own = {zone: values[each.id] for zone, values in apart.items()}
        weights = {zone: values[by] for zone, values in apart.items()} if by else {}
        value = _value(way, own, weights, joined[each.id], whole=whole)
        told = {zone: by[each.id] for zone, by in changed.items() if each.id in by}
        found.append(Together(each, way, value, own, told))
    return found


def _value(
    way: str,
    own: Mapping[str, Fraction | None],
    weights: Mapping[str, Fraction | None],
    joined: Fraction | None,
    *,
    whole: bool,
) -> Fraction | None:
    """The figure of all. Of zones apart a sum of what looks at 所选开发区 is not what the formula gives over all rows; of a
    ``whole`` zone and its sub-parks it is just that, as its return says: the zone's own rows hold its sub-parks' already (总区填报).
    """
    if way == NEVER:
        return None
    if way == MEAN or (way == SUM and not whole):
        known = [value for value in own.values() if value is not None]
        return sum(known, Fraction(0)) / (len(known) if way == MEAN else 1) if known else None
    if way == WEIGHTED:
        pairs = [(v, w) for zone, v in own.items() if v is not None and (w := weights[zone]) is not None]
        heavy = sum((weight for _, weight in pairs), Fraction(0))
        return sum((value * weight for value, weight in pairs), Fraction(0)) / heavy if heavy else None
    return joined
