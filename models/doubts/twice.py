"""One figure told differently in two returns: a figure of the return on show beside what another return, issued, says of the period.

The same figure is one of the same formula (as compiled, so that spelling and the names of parameters do not matter), or of the same
name and kind of unit; of the latter both formulas are told. Where this return is issued its version counts, else the ledgers now.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from hashlib import sha256

from models.doubts.doubt import Doubt
from models.doubts.kinds import BY_ID, TWICE
from models.formula.tree import Aggregate
from models.indicators import IndicatorSet, indicator_set
from models.kinds import decimal_of
from models.ledgers.reporting import RETURN_BATCH
from models.overridden import reported_values
from models.packs.pack import Indicator, Pack, pack, pack_ids
from models.periods import Period
from models.store import Connection
from models.store.compared import changed_between
from models.store.titles import Title
from models.store.versions import Version, issued_in, said
from models.text import fold
from models.units import convertible, ratio, unit


@dataclass(frozen=True)
class Shared:
    """An indicator of this return and one of the other that are the same figure; ``alike``: by formula, else only by name."""

    own: Indicator
    other: Indicator
    alike: bool


def shared_figures(own: Pack, other: Pack) -> list[Shared]:
    """The figures that both returns tell, each of this return's once."""
    mine, theirs = indicator_set(own), indicator_set(other)
    by_node = {theirs.figures[each.id].node: each for each in reversed(other.indicators)}
    by_name = {fold(each.name): each for each in reversed(other.indicators)}
    found = []
    for each in own.indicators:
        if (same := by_node.get(mine.figures[each.id].node)) is not None:
            found.append(Shared(each, same, True))
        elif (named := by_name.get(fold(each.name))) is not None:
            found.append(Shared(each, named, False))
    return [each for each in found if convertible(unit(each.own.unit), unit(each.other.unit))]


def told_twice(connection: Connection, own: Pack, zones: Sequence[str], period: Period, today: date) -> Iterator[Doubt]:
    """The doubts of the return of ``zones`` for a period, one for each other return and figure."""
    known = set(pack_ids())
    others = [id for id in issued_in(connection, zones[0], period.year) if id not in own.chain and id in known]
    issued = said(connection, zones[0], own.id, period) if others else None
    for id in others:
        theirs = said(connection, zones[0], id, period)
        if theirs is None:
            continue
        shared = shared_figures(own, pack(id))
        now = _now(connection, indicator_set(own), zones, period, today, shared, issued)
        for each in shared:
            ours, said_there = now.get(each.own.id), theirs.figures.get(each.other.id)
            if ours is not None and said_there is not None and _differ(each, ours, said_there):
                yield _doubt(connection, own, zones, (id, theirs, said_there), (issued, ours), each)


def _now(  # noqa: PLR0917
    connection: Connection,
    indicators: IndicatorSet,
    zones: Sequence[str],
    period: Period,
    today: date,
    shared: Sequence[Shared],
    issued: Version | None,
) -> Mapping[str, Fraction | None]:
    if issued is not None:
        return issued.figures
    wanted = [each.own.id for each in shared]
    here = {zones[0]: zones}
    return (
        reported_values(connection, indicators.pack, wanted, here, period=period, today=today)[zones[0]]
        if wanted
        else {}
    )


def _differ(shared: Shared, ours: Fraction, theirs: Fraction) -> bool:
    """Whether they differ as printed, in the unit and to the places of the coarser one."""
    own, other = unit(shared.own.unit), unit(shared.other.unit)
    steps = (own.factor / 10**shared.own.places, other.factor / 10**shared.other.places)
    coarse, places = (own, shared.own.places) if steps[0] >= steps[1] else (other, shared.other.places)
    return decimal_of(ours * ratio(own, coarse), places) != decimal_of(theirs * ratio(other, coarse), places)


def _doubt(  # noqa: PLR0917
    connection: Connection,
    own: Pack,
    zones: Sequence[str],
    theirs: tuple[str, Version, Fraction],
    ours: tuple[Version | None, Fraction],
    shared: Shared,
) -> Doubt:
    id, version, their_figure = theirs
    issued, our_figure = ours
    there = f"{id}{version.title}（{version.issued_at[:10]} 签发，{version.state}）"
    here = (
        f"{own.id}{issued.title}（{issued.issued_at[:10]} 签发，{issued.state}）"
        if issued
        else f"{own.id}（照现在的台账）"
    )
    told = _shown(shared.own, our_figure), _shown(shared.other, their_figure)
    since = _since(connection, own, zones, shared, (version, issued)) if shared.alike else "两张表里同名，公式不同"
    lines = [
        ("", (here, f"{shared.own.id} {shared.own.name}", told[0])),
        ("", (there, f"{shared.other.id} {shared.other.name}", told[1])),
    ]
    lines += [("", (f"公式 {each.id}", each.formula, "")) for each in (shared.own, shared.other) if not shared.alike]
    name = shared.own.name
    row = sha256(f"{own.id} {shared.own.id} {id} {shared.other.id}".encode()).digest()[:16]
    return Doubt(
        BY_ID[TWICE],
        RETURN_BATCH,
        zones[0],
        row,
        Title(shared.own.id, name),
        f"{name}：{here}是 {told[0]}，{there}是 {told[1]}。{since}",
        f"{told[0]} {told[1]}",
        heads=("报表", "指标", "数"),
        lines=tuple(lines),
    )


def _since(
    connection: Connection,
    own: Pack,
    zones: Sequence[str],
    shared: Shared,
    versions: tuple[Version, Version | None],
) -> str:
    """What changed in the ledgers of the figure between the two, in a sentence."""
    nodes = indicator_set(own).figures[shared.own.id].node.walk()
    ledgers = {node.ledger for node in nodes if isinstance(node, Aggregate)}
    moments = sorted(each.issued_at for each in versions if each is not None)
    count, title = changed_between(connection, zones, ledgers, moments[0], moments[1] if len(moments) > 1 else "")
    span = "两次签发之间" if len(moments) > 1 else "那次签发之后"
    return f"{span}有关的台账改过 {count:,} 行，最后一步是“{title}”" if count else f"{span}有关的台账没有改过"


def _shown(of: Indicator, value: Fraction) -> str:
    return f"{decimal_of(value, of.places):,f} {of.unit}".rstrip()
