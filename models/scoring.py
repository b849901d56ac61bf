"""Scores of a scheme (争先创优, 亩产效益 …): exact points, ranks, classes, why each got its class and what would lift it.

Points of an item are value ÷ base × weight (base ÷ value for ↓), at most ``cap`` times the weight (indicators.md B6.11). All values
come from one statement. Equal totals have one rank, the ranks after them jump, and who shares the last place of a class is in it; a
vetoed one has no rank.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from math import ceil, floor

from models.formula.rows import RowFormula, RowQuery, Value, row_formula
from models.ledger import Ledger
from models.ledgers import ledger
from models.numbers import half_up
from models.packs.pack import Pack
from models.packs.schemes import AVERAGE, DOWN, DOWNWARD, LEFT_OUT, SCORED, UP, VETO, Item, Scheme
from models.periods import Period
from models.rules import context_of
from models.store import Connection
from models.store.titles import Title, titles
from models.units import UnitError, unit

NOT_IN = "不在参评范围"
UNSURE = "参评条件有空着的项，判断不了"


@dataclass(frozen=True)
class Mark:
    """One item of one record: its value and base in the item's unit; ``points`` None where they cannot be said."""

    item: Item
    value: Fraction | None
    base: Fraction | None
    points: Fraction | None
    averaged: bool = False


@dataclass(frozen=True)
class Scored:
    """One record that takes part. ``vetoes`` are the reasons that put it into the last class whatever its total."""

    zone: str
    row: bytes
    title: Title
    marks: tuple[Mark, ...]
    vetoes: tuple[str, ...]
    total: Fraction | None = None
    rank: int | None = None
    grade: str = ""


@dataclass(frozen=True)
class Left:
    """One record that does not take part, and why."""

    zone: str
    row: bytes
    title: Title
    reason: str


@dataclass(frozen=True)
class Scores:
    """What a scheme comes to: those that take part, best first, and the others."""

    scheme: Scheme
    scored: tuple[Scored, ...]
    left: tuple[Left, ...]

    def find(self, row: bytes) -> Scored | None:
        """A record that takes part."""
        return next((each for each in self.scored if each.row == row), None)


@dataclass(frozen=True)
class Lift:
    """One item that alone would bring a record to the class ``grade``: its value now and the value it would take, at its places."""

    item: Item
    now: Fraction
    wanted: Fraction
    grade: str


def scores(
    connection: Connection, pack: Pack, scheme: Scheme, zones: Sequence[str], when: tuple[Period, date]
) -> Scores:
    """Score the rows of ``zones`` in a period, as of a day."""
    on = ledger(scheme.ledger)
    query = RowQuery(on, parts := formulas(pack, scheme, on))
    asked = query.values(single=False)
    period, today = when
    taking: list[Scored] = []
    left: list[Left] = []
    for zone in zones:
        rows = connection.execute(asked.statement, query.bind([zone], period, today)).all()
        named = titles(connection, on, [row[0] for row in rows])
        for row in rows:
            reason, vetoes, marks = _read(scheme, parts, asked.read(row))
            if reason:
                left.append(Left(zone, row[0], named[row[0]], reason))
            else:
                taking.append(Scored(zone, row[0], named[row[0]], marks, vetoes))
    return Scores(scheme, graded(scheme, taking), tuple(left))


def formulas(pack: Pack, scheme: Scheme, on: Ledger) -> list[RowFormula]:
    """What is asked of each row: whether it takes part, each reason against it, each veto, each item's parts.

    Raises :class:`~models.formula.errors.FormulaError`, and UnitError where an item's parts do not make its unit.
    """
    context = context_of(pack)
    conditions = [scheme.takes or "1 = 1", *(each.formula for each in (*scheme.of(LEFT_OUT), *scheme.of(VETO)))]
    asked = [row_formula(text, on, context, expect="bool") for text in conditions]
    for item in scheme.of(SCORED):
        asked += parts_of(pack, item, on)
    return asked


def parts_of(pack: Pack, item: Item, on: Ledger) -> list[RowFormula]:
    """The formulas of an item: above the line, below it, the base; a quotient in one formula would be worked out several times.

    Raises as :func:`formulas`.
    """
    context = context_of(pack)
    texts = (item.formula, item.divisor or "1", item.base or "1")
    parts = [row_formula(text, on, context, expect="value") for text in texts]
    _check_unit(item, parts)
    return parts


def _check_unit(item: Item, parts: Sequence[RowFormula]) -> None:
    wanted = unit(item.unit) if item.unit else None
    above, below, base = (dict(part.unit.powers) for part in parts)
    made = {name: power for name in {*above, *below} if (power := above.get(name, 0) - below.get(name, 0))}
    if wanted is not None and made != dict(wanted.powers):
        raise UnitError(f"“{item.name}”的公式除下来不是 {item.unit}")
    if item.base and base != made:
        raise UnitError(f"“{item.name}”的基准 {item.base} 和公式不是一种量")


def _read(
    scheme: Scheme, asked: Sequence[RowFormula], values: Sequence[Value]
) -> tuple[str, tuple[str, ...], tuple[Mark, ...]]:
    """Why a row does not take part ("" where it does), its vetoes, its marks."""
    given = iter(zip(asked, values, strict=True))
    takes = next(given)[1]
    reasons = [item.name for item in scheme.of(LEFT_OUT) if next(given)[1]]
    vetoes = tuple(item.name for item in scheme.of(VETO) if next(given)[1])
    marks = tuple(_marked(item, [_amount(*next(given)) for _ in range(3)]) for item in scheme.of(SCORED))
    reason = "、".join(reasons) if takes else UNSURE if takes is None else NOT_IN
    return reason, vetoes, marks


def _amount(formula: RowFormula, value: Value) -> Fraction | None:
    """A value in base units."""
    return value * formula.unit.factor if isinstance(value, Fraction) else None


def _marked(item: Item, parts: Sequence[Fraction | None]) -> Mark:
    """An item from its parts, in its unit."""
    above, below, base = parts
    factor = unit(item.unit).factor if item.unit else Fraction(1)
    value = None if above is None or not below else above / below / factor
    return _mark(item, value, None if base is None or not item.base else base / factor)


def _plain(mark: Mark) -> Mark:
    """A mark without what was filled in for a value that is missing."""
    return mark if mark.points and not mark.averaged else _mark(mark.item, mark.value, mark.base)


def _mark(item: Item, value: Fraction | None, base: Fraction | None) -> Mark:
    return Mark(item, value, base, points(item, value, base))


def points(item: Item, value: Fraction | None, base: Fraction | None) -> Fraction | None:
    """What a value is worth; None where it or its base is not known, or the weight is not published."""
    if value is None or base is None or item.weight is None:
        return None
    above, below = (base, value) if item.direction == DOWNWARD else (value, base)
    if below <= 0:
        return None
    ratio = above / below
    return (ratio if item.cap is None else min(ratio, item.cap)) * item.weight


def graded(scheme: Scheme, taking: Sequence[Scored]) -> tuple[Scored, ...]:
    """Totals, ranks and classes of those that take part, best first; as they are where a weight is not published."""
    if not scheme.complete or not scheme.of(SCORED):
        return tuple(sorted(taking, key=lambda each: (each.zone, each.title.name, each.row)))
    filled = _filled(scheme, taking)
    totals = {each.row: _total(each) for each in filled}
    known = sorted(total for each in filled if not each.vetoes and (total := totals[each.row]) is not None)
    ends = _ends(scheme, len(filled))
    found = []
    for each in filled:
        total = totals[each.row]
        rank = None if total is None or each.vetoes else 1 + len(known) - bisect_right(known, total)
        found.append(replace(each, total=total, rank=rank, grade=_grade(scheme, ends, each, rank)))
    return tuple(sorted(found, key=lambda e: (bool(e.vetoes), e.total is None, -(e.total or 0), e.title.name, e.row)))


def _filled(scheme: Scheme, taking: Sequence[Scored]) -> list[Scored]:
    """Each with what an item without a figure is worth: the others' average, or nothing."""
    averages: list[Fraction | None] = []
    for place, item in enumerate(scheme.of(SCORED)):
        known = [p for each in taking if (p := each.marks[place].points) is not None]
        averages.append(sum(known, Fraction(0)) / len(known) if known and item.missing == AVERAGE else Fraction(0))
    return [
        replace(
            each,
            marks=tuple(
                mark
                if mark.points is not None
                else replace(mark, points=instead, averaged=mark.item.missing == AVERAGE)
                for mark, instead in zip(each.marks, averages, strict=True)
            ),
        )
        for each in taking
    ]


def _total(of: Scored) -> Fraction | None:
    return sum((mark.points for mark in of.marks if mark.points is not None), Fraction(0))


def _ends(scheme: Scheme, amount: int) -> list[int]:
    """The last rank of each class that is a share of ``amount``; the last class takes who is left."""
    found, upto = [], Fraction(0)
    for grade in scheme.grades:
        upto += grade.share or 0
        place = upto * amount / 100
        found.append(
            ceil(place) if scheme.rounding == UP else floor(place) if scheme.rounding == DOWN else half_up(place)
        )
    return found


def _grade(scheme: Scheme, ends: Sequence[int], of: Scored, rank: int | None) -> str:
    if not scheme.grades:
        return ""
    if of.vetoes or rank is None:
        return scheme.grades[-1].name
    total = _total(of)
    for grade, end in zip(scheme.grades, ends, strict=True):
        if grade.least is not None:
            if total is not None and total >= grade.least:
                return grade.name
        elif rank <= end:
            return grade.name
    return scheme.grades[-1].name


def lifts(found: Scores, row: bytes) -> list[Lift]:
    """The items that alone would bring a record into the next better class, by how little they change."""
    of = found.find(row)
    names = [grade.name for grade in found.scheme.grades]
    if of is None or of.total is None or of.vetoes or of.grade not in names[1:]:
        return []
    better = names[names.index(of.grade) - 1]
    wanted = _wanted(found, of, better)
    if wanted is None:
        return []
    made = [_lift(found, of, place, wanted - of.total, better) for place in range(len(of.marks))]
    return sorted(
        (each for each in made if each), key=lambda lift: abs(lift.wanted - lift.now) / (abs(lift.now) or Fraction(1))
    )


def _wanted(found: Scores, of: Scored, better: str) -> Fraction | None:
    """The total that is in the class ``better``; None where the class has no place."""
    grade = next(each for each in found.scheme.grades if each.name == better)
    if grade.least is not None:
        return grade.least
    end = _ends(found.scheme, len(found.scored))[found.scheme.grades.index(grade)]
    others = [each.total for each in found.scored if each.row != of.row and each.total is not None and not each.vetoes]
    if end < 1:
        return None
    return others[end - 1] if end <= len(others) else Fraction(0)


def _lift(found: Scores, of: Scored, place: int, more: Fraction, better: str) -> Lift | None:
    mark = of.marks[place]
    item = mark.item
    if mark.value is None or mark.base is None or mark.points is None or not item.weight or mark.averaged:
        return None
    ratio = (mark.points + more) / item.weight
    if ratio <= 0 or (item.cap is not None and ratio > item.cap):
        return None
    exact = mark.base / ratio if item.direction == DOWNWARD else mark.base * ratio
    step = Fraction(1, 10**item.places)
    value = floor(exact / step) * step if item.direction == DOWNWARD else ceil(exact / step) * step
    return Lift(item, mark.value, value, better) if _reaches(found, of, place, value, better) else None


def _reaches(found: Scores, of: Scored, place: int, value: Fraction, better: str) -> bool:
    """Whether the record is in the class with another value of one item. Who has the others' average of that item moves along; all
    else stays as it was scored: with 5,000 records scoring all of them again for each item takes seconds.
    """
    mark = of.marks[place]
    new = _mark(mark.item, value, mark.base)
    if new.points is None or mark.points is None:
        return False
    changed = replace(of, marks=(*of.marks[:place], new, *of.marks[place + 1 :]))
    gained = new.points - mark.points
    own, shift = (of.total or 0) + gained, gained / sum(not each.marks[place].averaged for each in found.scored)
    ahead = sum(
        each.total + shift > own if each.marks[place].averaged else each.total > own
        for each in found.scored
        if each.row != of.row and each.total is not None and not each.vetoes
    )
    return _grade(found.scheme, _ends(found.scheme, len(found.scored)), changed, 1 + ahead) == better
