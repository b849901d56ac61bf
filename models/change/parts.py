"""The parts of a figure's change: existing, new, left, moved, basis changed; they add up to the change exactly, nothing is left over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction
from itertools import pairwise

from models.change.basis import Then
from models.change.weights import ROWS, Atom, Unexplained, Year, weighed
from models.formula.binds import moments
from models.formula.figures import Figure, set_values
from models.formula.shares import ADDED, Owner, Share, shares
from models.formula.tree import Aggregate
from models.formula.words import words
from models.indicators import Result
from models.joined import MEAN
from models.packs.pack import Pack
from models.periods import Period
from models.store import Connection
from models.store.versions import said

KEPT, NEW, LEFT, MOVED_IN, MOVED_OUT, BASIS = "两年都有的", "新来的", "离开的", "转入的", "转出的", "口径变了"
ORDER = (KEPT, NEW, LEFT, MOVED_IN, MOVED_OUT, BASIS)
LEDGER = "台账"


@dataclass(frozen=True)
class Mover:
    """One record's part: whose it is, how it is classed and why, how much of the change is its, and a row to look at."""

    owner: Owner
    kind: str
    amount: Fraction
    ledger: str
    row: bytes
    why: str = ""
    past: bool = False  # the row is of last year


@dataclass(frozen=True)
class Basis:
    """What no record has changed: last year's figure as issued beside the ledgers', a benchmark, the report year."""

    words: str
    amount: Fraction


@dataclass(frozen=True)
class Change:
    """A figure's change in its unit. ``why`` says why it cannot be parted ("" where it is), else parts add up to ``total``."""

    result: Result
    total: Fraction | None
    why: str = ""
    movers: tuple[Mover, ...] = ()
    basis: tuple[Basis, ...] = ()
    sets: tuple[tuple[str, Fraction], ...] = field(default=())

    @property
    def parts(self) -> dict[str, Fraction]:
        """The five kinds (moved in and out apart) with what each gives, in their order; those with nothing are left out."""
        found = dict.fromkeys(ORDER, Fraction(0))
        for each in self.movers:
            found[each.kind] += each.amount
        found[BASIS] = sum((each.amount for each in self.basis), Fraction(0))
        there = {each.kind for each in self.movers} | ({BASIS} if self.basis else set())
        return {kind: amount for kind, amount in found.items() if kind in there}

    @property
    def remainder(self) -> Fraction:
        """The change less its parts: nought by construction."""
        return (self.total or Fraction(0)) - sum(self.parts.values(), Fraction(0))

    def of(self, kind: str) -> list[Mover]:
        """The records of a kind, the largest part first."""
        return sorted((each for each in self.movers if each.kind == kind), key=lambda each: -abs(each.amount))

    @property
    def top(self) -> list[Mover]:
        """The records that gave most, either way."""
        return sorted((each for each in self.movers if each.amount), key=lambda each: -abs(each.amount))

    @property
    def printed(self) -> dict[str, Decimal]:
        """The parts at the indicator's places, set so that they add up to the printed change."""
        places, change = self.result.indicator.places, self.result.difference
        assert change is not None
        step = Decimal(1).scaleb(-places)
        exact = {kind: amount for kind, amount in self.parts.items() if amount}
        low = {kind: _floor(amount, step) for kind, amount in exact.items()}
        short = int((change - sum(low.values(), Decimal(0))) / step)
        for kind in sorted(exact, key=lambda kind: Fraction(low[kind]) - exact[kind])[: max(short, 0)]:
            low[kind] += step
        return {kind: low.get(kind, Decimal(0).quantize(step)) for kind in self.parts}


@dataclass(frozen=True)
class When:
    """Of which zones and period the figure is, and the day it is asked on."""

    zones: Sequence[str]
    period: Period
    today: date
    pack: Pack | None = None  # by which this year's figure is; without it what a version was worked out by is not asked


def explain(result: Result, figure: Figure, connection: Connection, when: When) -> Change:
    """Why an indicator's figure of a period is another than last year's."""
    if result.value is None or result.prior is None:
        year = when.period.label if result.value is None else when.period.back().label
        return Change(result, None, f"{year}的数还没有，比不了")
    if result.by and result.calculated is None:
        return Change(result, result.value - result.prior, "台账算不出这个数，报表上的是人工改的")
    try:
        return _parted(result, figure, connection, when)
    except Unexplained as why:
        return Change(result, result.value - result.prior, str(why))


def _parted(result: Result, figure: Figure, connection: Connection, when: When) -> Change:
    value, prior = result.value, result.prior
    assert value is not None
    assert prior is not None
    counted = result.calculated if result.by else value
    if result.indicator.joined == MEAN and figure.value(connection, when.zones, when.period, when.today) != counted:
        raise Unexplained("这个数是各开发区的数的平均，不能分到各行；请到各开发区看各自的增减")
    traced = [node for node in figure.sets if node.name in ADDED]
    if not traced:
        raise Unexplained("这个数取自一行（最大、最小）或不从台账来，不是各行加起来的，不能分到各行")
    asked = [(when.zones, each, when.today) for each in (when.period.back(), when.period)]
    rows = {node: tuple(shares(node, connection, *each) for each in asked) for node in traced}
    years = []
    for place, each in enumerate(asked):
        sums = {atom: amount for node in traced for atom, amount in _sums(node, rows[node][place]).items()}
        years.append(Year(set_values(figure.sets, connection, *each), moments(*each[1:]), sums))
    two = weighed(figure.node, *years)
    factor = figure.unit.factor
    before, now = two.before / factor, two.now / factor
    if now != counted:
        raise Unexplained("各行加起来和这个数对不上，请到“设置”里做一次自检")
    basis = [*_by_hand(result, now)] + [Basis(*each) for each in _others(two.weights, years, factor)]
    if before != prior and result.prior_source == LEDGER:
        raise Unexplained("各行加起来和上年的数对不上，请到“设置”里做一次自检")
    if result.prior_source != LEDGER:
        basis += _since(result, connection, when, before, prior)
    movers, sets = _Moving(), []
    for node in traced:
        pair = rows[node]
        given = Fraction(0)
        for atom in (Atom(node), Atom(node, ROWS)):
            if weight := two.weights.get(atom):
                given += movers.add(node, atom, weight / factor, *pair)
        sets.append((words(node), given))
    return Change(result, value - prior, "", tuple(movers.made()), tuple(basis), tuple(sets))


def _by_hand(result: Result, now: Fraction) -> Iterable[Basis]:
    """What a person who put the figure in place (人工改数) added to the ledgers'."""
    if result.by and result.value not in (None, now):
        yield Basis(f"报表上人工改数（{result.by.why.rstrip('。')}）", (result.value or Fraction(0)) - now)


def _since(result: Result, connection: Connection, when: When, before: Fraction, prior: Fraction) -> Iterable[Basis]:
    """Last year's figure as issued, beside last year's rows by this year's basis: what the other basis does, and the rest."""
    told = f"上年数取自{result.prior_source}，和台账里上年的行现在算出来的不同"
    last = when.period.back()
    issued = said(connection, when.zones[0], when.pack.id, last) if when.pack else None
    steps = None
    if when.pack is None or issued is None or issued.name != result.prior_source or not issued.basis:
        unknown = "没有留下"
    else:
        steps = Then(issued.basis, when.pack, result.indicator).values(connection, when.zones, last, when.today)
        unknown = "现在算不出来"
    if steps is None or steps[-1][1] != before:
        if before != prior:
            yield Basis(f"{told}（当时的口径{unknown}，其中口径变了多少分不出来）", before - prior)
        return
    for (_, old), (changed, new) in pairwise(steps):
        if new != old:
            yield Basis(changed, new - old)
    if steps[0][1] != prior:
        yield Basis(f"{told}（按当时的口径）", steps[0][1] - prior)


def _others(
    weights: Mapping[Atom, Fraction], years: Sequence[Year], factor: int | Fraction
) -> Iterable[tuple[str, Fraction]]:
    """What the atoms that are no sums of rows give."""
    for atom, weight in weights.items():
        if atom.traced:
            continue
        if isinstance(atom.node, Aggregate):
            old, new = (Fraction(year.found[atom.node]) for year in years)
        else:
            old, new = (Fraction(year.moments[atom.node.name]) for year in years)  # type: ignore[attr-defined]
        if new != old:
            yield f"{words(atom.node)}变了", weight * (new - old) / factor


def _sums(node: Aggregate, rows: Iterable[Share]) -> dict[Atom, Fraction]:
    counted = [share for share in rows if share.counted]
    if node.name == "去重计数":
        return {Atom(node): Fraction(len({share.owner for share in counted}))}
    return {Atom(node): sum((s.amount for s in counted), Fraction(0)), Atom(node, ROWS): Fraction(len(counted))}


class _Moving:
    """Gathers what each record gives, by record and kind."""

    def __init__(self) -> None:
        self.amounts: dict[tuple[Owner, str], Fraction] = {}
        self.looks: dict[tuple[Owner, str], tuple[str, bytes, str, bool]] = {}

    def add(
        self, node: Aggregate, atom: Atom, weight: Fraction, before: Sequence[Share], now: Sequence[Share]
    ) -> Fraction:
        """One set function's rows of both years; what they give together."""
        given = Fraction(0)
        both = _by_owner(before), _by_owner(now)
        for owner in {**both[0], **both[1]}:
            old, new = (_amount(node, atom, side.get(owner, ())) for side in both)
            sides = both[0].get(owner, []), both[1].get(owner, [])
            if not any(share.counted for side in sides for share in side):
                continue
            kind, why, row = _kind(*sides)
            key, part = (owner, kind), weight * (new - old)
            self.amounts[key] = self.amounts.get(key, Fraction(0)) + part
            past = all(share.row != row.row for share in sides[1])
            self.looks.setdefault(key, (row.ledger, row.row, why, past))
            given += part
        return given

    def made(self) -> Iterable[Mover]:
        """The records."""
        for (owner, kind), amount in self.amounts.items():
            yield Mover(owner, kind, amount, *self.looks[owner, kind])


def _by_owner(rows: Iterable[Share]) -> dict[Owner, list[Share]]:
    found: dict[Owner, list[Share]] = {}
    for share in rows:
        found.setdefault(share.owner, []).append(share)
    return found


def _amount(node: Aggregate, atom: Atom, rows: Iterable[Share]) -> Fraction:
    counted = [share for share in rows if share.counted]
    if node.name == "去重计数":
        return Fraction(bool(counted))
    return Fraction(len(counted)) if atom.part else sum((share.amount for share in counted), Fraction(0))


def _kind(before: Sequence[Share], now: Sequence[Share]) -> tuple[str, str, Share]:
    """How a record counted in at least one of the years is classed, why, and the row to look at."""
    old, new = (next((share for share in side if share.counted), None) for side in (before, now))
    if old is not None and new is not None:
        return KEPT, "", new
    there, other = (new, before) if new is not None else (old, now)
    assert there is not None
    rows = {share.row for side in (before, now) for share in side if share.counted}
    other = [
        share for share in other if share.row in rows
    ] or other  # of what is kept for all years, the counted rows themselves
    stayed = [share for share in other if share.failed and not share.dated]
    if stayed:  # the row is there in both years: it is what is said of it that changed
        why = f"{'上年' if new is not None else '本年'}不满足 {stayed[0].failed}"
        return MOVED_IN if new is not None else MOVED_OUT, why, stayed[0] if new is None else there
    unfilled = any(not share.failed for share in other)
    if unfilled:
        return KEPT, f"{'上年' if new is not None else '本年'}没有填", there
    return (NEW if new is not None else LEFT), "", there


def _floor(amount: Fraction, step: Decimal) -> Decimal:
    return (Decimal(amount.numerator * int(1 / step) // amount.denominator) * step).quantize(step, ROUND_FLOOR)
