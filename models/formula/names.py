"""What a name on a ledger's row means: its own field, or a field reached over declared many-to-one links in the same year.

Links are: references; ledgers with at most one row for each record; 开发区 and the ledgers with one row per zone and period.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from models.fields import Field, count
from models.formula.errors import nearest
from models.formula.tree import SAME, Path, Step, Years
from models.kinds import Reference
from models.ledger import Ledger, Time
from models.ledgers import BY_ID, BY_NAME, LEDGERS

ZONE = "zone"
LONGEST = 8  # ledgers that one name goes over; no two are farther apart
HERE = Path()
# of dated rows; columns of their own, no fields of a ledger
YEAR, SEQ = count("年度", "year", ""), count("期序", "seq", "", help="几季度、几月；年报是 0")
SHIFTS = {"上年": (1, 0), "上期": (0, 1)}
BEFORE = "上期末"  # how the period before ended; the one before January is December of last year
SEASONS = {
    "一季度": ("Q", 1),
    "二季度": ("Q", 2),
    "三季度": ("Q", 3),
    "四季度": ("Q", 4),
    "上半年": ("H", 1),
    "下半年": ("H", 2),
}
Route = tuple[tuple[str, Step], ...]  # (label of the link, step) from a ledger to another


class UnknownName(Exception):
    """Nothing, or more than one thing, has this name: (fault, nearest right name)."""


@dataclass(frozen=True)
class Place:
    """A row to resolve names on: a row of ``ledger`` at ``path`` from the formula's own row."""

    ledger: Ledger
    path: Path = HERE


def edges(ledger: Ledger) -> Iterator[tuple[str, Step]]:
    """The links from a row of ``ledger`` to one other row, with their names."""
    for field in ledger.links:
        assert isinstance(field.kind, Reference)
        yield field.label, Step("forward", field.kind.ledger, field.id)
    for other in LEDGERS:
        if other.id == ledger.id:
            continue
        if other.one_per == ledger.id:
            yield other.label, Step("companion", other.id, other.key[0])
        elif other.id == ZONE:
            yield other.label, Step("zone", ZONE)
        elif not other.key:
            yield other.label, Step("period", other.id)


def period_words(path: Path) -> tuple[str, ...]:
    """How a path's period beside the report's is written: 四季度, 上期, 上期末."""
    season = next((name for name, each in SEASONS.items() if each == path.season), "")
    return ((season,) if season else ()) + ("上期",) * path.seqs + (BEFORE,) * path.before


def routes(ledger: Ledger, reached: Callable[[Ledger], bool]) -> list[Route]:
    """The shortest routes from a row of ``ledger`` to rows of ledgers that ``reached`` accepts."""
    seen = {ledger.id}
    level: list[tuple[Route, Ledger]] = [((), ledger)]
    while level:
        found: list[Route] = []
        following: list[tuple[Route, Ledger]] = []
        for route, here in level:
            for label, step in edges(here):
                other = BY_ID[step.ledger]
                if other.id in seen:
                    continue
                longer = (*route, (label, step))
                following.append((longer, other))
                if reached(other):
                    found.append(longer)
        if found:
            return found
        seen |= {other.id for _, other in following}
        level = following
    return []


def resolve(parts: tuple[str, ...], place: Place, years: Years = SAME) -> tuple[Place, Field]:
    """The row and field that a dotted name means on a row of ``place``, or of other ``years``. Raises :class:`UnknownName`."""
    seqs, season = 0, None
    rest = list(parts)
    while len(rest) > 1 and rest[0] in SHIFTS:
        years, seqs = years.then(Years(SHIFTS[rest[0]][0])), seqs + SHIFTS[rest[0]][1]
        rest.pop(0)
    if len(rest) > 1 and rest[0] in SEASONS:
        season = SEASONS[rest.pop(0)]
    if before := len(rest) > 1 and rest[0] == BEFORE:
        rest.pop(0)
    if len(rest) > LONGEST + 1:
        raise UnknownName(f"名称太长，最多经过 {LONGEST} 本台账", "")
    here = place
    for part in rest[:-1]:
        here = _follow(here, part)
    field = here.ledger.by_name.get(rest[-1])
    if field is None and rest[-1] == YEAR.label and here.ledger.dated:
        field = YEAR
    if field is None and rest[-1] == SEQ.label and here.ledger.time is Time.PERIOD:
        field = SEQ
    if field is None:
        raise _no_field(rest[-1], here.ledger)
    if years or seqs or season or before:
        here = _shifted(place, here, Path((), years, seqs, season, before))
    return here, field


def _follow(here: Place, part: str) -> Place:
    field = here.ledger.by_name.get(part)
    if field is not None and isinstance(field.kind, Reference):
        return _stepped(here, (Step("forward", field.kind.ledger, field.id),))
    target = BY_NAME.get(part)
    if target is None:
        labels = [*(f.label for f in here.ledger.links), *(each.label for each in LEDGERS)]
        raise UnknownName(f"没有“{part}”这本台账", nearest(part, labels))
    if target.id == here.ledger.id:
        return here
    found = routes(here.ledger, lambda ledger: ledger.id == target.id)
    if not found:
        raise UnknownName(f"“{here.ledger.label}”的一行不止对应“{target.label}”的一行，要用合计、计数这样的函数", "")
    if len(found) > 1:
        ways = "、".join(".".join(label for label, _ in route) for route in found)
        raise UnknownName(f"从“{here.ledger.label}”到“{target.label}”有几条路（{ways}），请写明走哪一条", "")
    return _stepped(here, tuple(step for _, step in found[0]))


def _stepped(here: Place, steps: tuple[Step, ...]) -> Place:
    return Place(BY_ID[steps[-1].ledger], replace(here.path, steps=here.path.steps + steps))


def _shifted(start: Place, here: Place, by: Path) -> Place:
    """The same row in another year or period; a row of its own ledger is found again by its key."""
    steps = here.path.steps
    if not steps and here.ledger.dated:
        steps = (Step("same", here.ledger.id),)
    dated = [BY_ID[step.ledger] for step in steps if BY_ID[step.ledger].dated]
    season = next((name for name, each in SEASONS.items() if each == by.season), "")
    word = by.years.names[0] if by.years else season or (BEFORE if by.before else "上期")
    if not dated or ((by.seqs or season or by.before) and all(ledger.time is not Time.PERIOD for ledger in dated)):
        raise UnknownName(f"“{here.ledger.label}”不按{'年' if by.years else '期'}记，没有“{word}”", "")
    path = Path(
        steps,
        start.path.years.then(by.years),
        start.path.seqs + by.seqs,
        by.season or start.path.season,
        by.before or start.path.before,
    )
    return Place(here.ledger, path)


def _no_field(name: str, ledger: Ledger) -> UnknownName:
    fault = f"“{ledger.label}”里没有“{name}”这一项"
    if found := routes(ledger, lambda other: name in other.by_name):
        other = BY_ID[found[0][-1][1].ledger]
        return UnknownName(fault, f"{other.label}.{quoted(other.by_name[name].label)}")
    labels = {alias: field.label for field in ledger.fields for alias in (*field.aliases, field.id, field.label)}
    return UnknownName(fault, quoted(labels.get(name) or labels.get(nearest(name, labels), "")))


def quoted(label: str) -> str:
    """A label as it is written in a formula: in 【】 where it is no identifier."""
    return label if not label or label.isidentifier() else f"【{label}】"
