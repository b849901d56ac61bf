"""Matching the columns of one table: the best field for each column, the best column for each field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from rapidfuzz import fuzz, process

from importers.headers import Column, Heading
from importers.labels import odd_sheet_unit, odd_unit
from importers.matching.spoken import Spoken, changed_meaning, spoken, unparted, written
from importers.matching.targets import Target, names, targets
from models.fields import Field
from models.kinds import Quantity
from models.ledger import Ledger, Time
from models.periods import Period
from models.text import fold
from models.units import Unit, convertible, find_unit, ratio

SAME, ALIAS, LEVELS, REMEMBERED, IGNORED, ASK, CHOSEN = (
    "名称相同",
    "别名",
    "标题两行合并",
    "记得",
    "忽略",
    "请选",
    "手选",
)
_SCORES = {SAME: 100.0, ALIAS: 98.0, LEVELS: 96.0, REMEMBERED: 101.0, CHOSEN: 102.0}
_LIKE = 80


@dataclass(frozen=True, slots=True)
class Match:
    """One column and what it is taken for: nothing when ``how`` is 忽略 or 请选.

    ``factor`` is how many of the field's units one of the file's is; ``note`` tells of it, or why there is no match;
    ``chosen`` by a person, now or the last time.
    """

    column: Column
    target: Target | None
    how: str
    score: float = 0
    unit: Unit | None = None
    factor: Fraction = Fraction(1)
    note: str = ""
    chosen: bool = False


@dataclass(frozen=True)
class Matching:
    """All columns of a table in order, each matched or explicitly not."""

    ledger: Ledger
    period: Period | None
    heading: Heading
    columns: tuple[Match, ...]

    @cached_property
    def matched(self) -> tuple[Match, ...]:
        """The columns that will be imported."""
        return tuple(one for one in self.columns if one.target)

    @property
    def score(self) -> tuple[bool, float]:
        """How well the table fits the ledger, to choose among sheets."""
        return not self.problem, sum(one.score for one in self.matched)

    @cached_property
    def problem(self) -> str:
        """Why this table cannot be imported into the ledger, in one sentence; "" when it can."""
        ledger, sheet = self.ledger, self.heading.sheet
        found = [one.target for one in self.matched if one.target]
        wanted = dict.fromkeys(target.label for target in targets(ledger) if target.places)
        again = f"，请确认这是不是“{ledger.label}”的表，或在“导入”页把列手工对上"
        if wanted and not any(target.places for target in found):
            told = f"“{sheet}”里没有认出说明是哪条记录的列（{'、'.join(wanted)}）"
            known = sum(not target.identifies for target in found)
            return told + ("，请在表里补上这一列再导入" if known > 1 else again)
        if ledger.time is not Time.LASTING and all(target.identifies for target in found):
            return f"“{sheet}”里没有一列对得上“{ledger.label}”的项目{again}"
        if ledger.dated and not self.period and not any(target.period or target.part for target in found):
            return f"“{sheet}”里没有写是哪一期的数，请指定报告期（如 2025、2025Q3、2025-09）"
        return ""

    def choose(self, index: int, target: Target | None) -> Matching:
        """The same with column ``index`` of the grid matched by hand (None: ignored); another column gives the field up."""
        matcher = _Matcher(self.heading, self.ledger, self.period)
        mine = next(matcher.chosen(one.column, target) for one in self.columns if one.column.index == index)
        rest = (
            matcher.chosen(one.column, None) if mine.target and one.target == mine.target else one
            for one in self.columns
        )
        columns = tuple(mine if one.column.index == index else one for one in rest)
        return replace(self, columns=columns)

    def remembered(self) -> dict[str, str]:
        """What to keep for the next file with this heading: column letter → target key, "" for what a person left out."""
        kept = (one for one in self.columns if one.target or one.chosen)
        return {one.column.letter: one.target.key if one.target else "" for one in kept}


def match(
    heading: Heading, ledger: Ledger, period: Period | None = None, remembered: Mapping[str, str] | None = None
) -> Matching:
    """Match every column of a table to the ledger's fields, each to one at most; ``remembered`` was chosen before."""
    matcher = _Matcher(heading, ledger, period)
    before = remembered or {}
    found = [
        matcher.recalled(column, before[column.letter]) if column.letter in before else matcher.best(column)
        for column in heading.columns
    ]
    best: dict[Target, Match] = {}
    for one in sorted(found, key=lambda one: -one.score):
        if one.target:
            best.setdefault(one.target, one)
    return Matching(ledger, period, heading, tuple(_kept(one, best) for one in found))


def vocabulary(ledger: Ledger) -> Callable[[str], float]:
    """How much a text looks like a column's name of this ledger, 0 to 1."""
    known = names(ledger)

    def likeness(text: str) -> float:
        folded = fold(text)
        if folded in known:
            return 1.0
        found = process.extractOne(folded, known.keys(), scorer=fuzz.ratio, score_cutoff=_LIKE)
        return found[1] / 100 if found else 0.0

    return likeness


def _kept(one: Match, best: Mapping[Target, Match]) -> Match:
    if one.target is None or best[one.target] is one:
        return one
    winner = best[one.target].column
    return Match(
        one.column, None, ASK, note=f"{winner.where}已对上“{one.target.label}”，要用这一{winner.where[-1]}请改选"
    )


class _Matcher:
    """Finds the target of one column at a time."""

    def __init__(self, heading: Heading, ledger: Ledger, period: Period | None) -> None:
        self.heading, self.ledger, self.period = heading, ledger, period

    def best(self, column: Column) -> Match:
        """The best target whose unit fits; else why there is none."""
        if column.serial:
            return Match(column, None, IGNORED, note="序号列")
        if not column.path:
            return Match(column, None, ASK, note="这一列没有列名")
        misfit = None
        for target, how, score in self._found(self._spoken(column)) or self._named_like_a_year(column):
            found = self._fitted(column, target, how, score)
            if found.target:
                return found
            misfit = misfit or found
        return misfit or Match(column, None, IGNORED, note=f"“{self.ledger.label}”里没有这一项，不导入")

    def recalled(self, column: Column, key: str) -> Match:
        """What was chosen for this column the last time."""
        target = next((target for target in targets(self.ledger) if target.key == key), None)
        if target is None:
            return Match(column, None, IGNORED, note="上次没有导入这一列", chosen=True)
        return self._fitted(column, self._told_of(column, target), REMEMBERED, _SCORES[REMEMBERED])

    def chosen(self, column: Column, target: Target | None) -> Match:
        """What a person chose."""
        if target is None:
            return Match(column, None, IGNORED, note="不导入", chosen=True)
        return self._fitted(column, self._told_of(column, target), CHOSEN, _SCORES[CHOSEN])

    def _spoken(self, column: Column) -> Spoken:
        return spoken(column, self.period, dated=self.ledger.dated)

    def _found(self, say: Spoken) -> list[tuple[Target, str, float]]:
        """Targets for a heading, best first: by name, by alias, by likeness."""
        known = names(self.ledger)
        found = []
        for text, joined in say.names:
            if text in known:
                target, exact = known[text]
                how = LEVELS if joined else SAME if exact else ALIAS
                found.append((_timed(target, say), how, _SCORES[how]))
        if not found:
            for text, _ in say.names:
                near = process.extract(text, known.keys(), scorer=fuzz.ratio, score_cutoff=_LIKE, limit=5)
                alike = [(known[name][0], score) for name, score, _ in near if not changed_meaning(text, name)]
                found += [(_timed(target, say), f"像（{score:.0f}%）", score) for target, score in alike]
            found.sort(key=lambda one: -one[2])
        return found

    def _told_of(self, column: Column, target: Target) -> Target:
        """A target that was chosen, in the period that the heading says."""
        own = next((one for one, *_ in self._named_like_a_year(column) if one.key == target.key), None)
        return own or _timed(target, self._spoken(column))

    def _named_like_a_year(self, column: Column) -> list[tuple[Target, str, float]]:
        """Targets whose own name sounds like a period: 上年数 of 开发区年度, where it stands under no other name."""
        plain = replace(spoken(column, self.period, dated=False), period=self.period)
        return [one for one in self._found(plain) if one[2] >= _SCORES[LEVELS]] if self.ledger.dated else []

    def _fitted(self, column: Column, target: Target, how: str, score: float) -> Match:
        """The match when the period is known and the heading's unit measures what the field does; else why not."""
        if target.ledger is not self.ledger and self.period is None:
            note = f"这是“{target.ledger.label}”的项目，请指定报告期（如 2025）才能导入"
            return Match(column, None, ASK, note=note)
        if target.via or target.field is None or not isinstance(target.field.kind, Quantity):
            return Match(column, target, how, score)
        own = target.field.kind.measure
        in_name = not column.below and _is_named(column, target.field)
        odd = "" if column.unit or in_name else odd_unit(column.raw)
        unit = None if in_name or odd else self._unit(column, own)
        odd = odd or ("" if unit or in_name else self._odd_above(own))
        if odd or (unit and not convertible(unit, own)):
            return _misfit(column, target, how, score, odd or unit)
        if unit is None:
            note = f"没有写单位，按{own.name}" if _told(own) else ""
            return Match(column, target, how, score, own, note=note)
        factor = ratio(unit, own)
        return Match(column, target, how, score, unit, factor, _conversion(unit, own, factor))

    def _unit(self, column: Column, own: Unit) -> Unit | None:
        """The unit a column is in: its own, else one the sheet gives for what the field measures."""
        named = find_unit(column.unit) if column.unit else None
        if named is not None:
            return _in_currency(named, own)
        units = [unit for text in self.heading.sheet_units if (unit := find_unit(text))]
        return next((unit for unit in units if convertible(unit, own)), None)

    def _odd_above(self, own: Unit) -> str:
        """A unit above the table that nobody knows, where it may measure what the field does: 十万元 is money of some kind."""
        odd = next(filter(None, map(odd_sheet_unit, self.heading.titles)), "")
        money = own.powers[:1] in {(("金额", 1),), (("美元", 1),), (("原币", 1),)}
        return odd if odd and own.powers and _told(own) and (money or not odd.endswith(_MONEY)) else ""


_MONEY = ("元", "美金", "币")
_AMOUNTS = {"金额", "美元", "原币", "面积", "电量", "能耗", "质量"}


def _is_named(column: Column, field: Field) -> bool:
    """Whether what looks like the unit of a heading is a part of the field's name: 出口总额(美元), 到资 with 原币 below it in the cell.

    A unit from elsewhere, a row of units or a group, is the figures'.
    """
    name, unit = written(column)
    if unit is None or unit != column.unit:
        return False
    text = unparted(column)
    return name == fold(field.label) or ("(" not in text and text in map(fold, (field.label, *field.aliases)))


def _misfit(column: Column, target: Target, how: str, score: float, unit: Unit | str | None) -> Match:
    """A column whose unit is unknown, or measures something else: asked about, and once a person has chosen, the field's own."""
    assert target.field is not None
    assert isinstance(target.field.kind, Quantity)
    own = target.field.kind.measure
    what = f"单位“{unit.name}”不能换算成“{own.name}”" if isinstance(unit, Unit) else f"看不懂单位“{unit}”"
    if how in {CHOSEN, REMEMBERED}:
        return Match(column, target, how, score, own, note=f"{what}，按{own.name}")
    return Match(column, None, ASK, note=f"{what}；要按{own.name}导入“{target.label}”请改选，否则请改列名")


def _told(unit: Unit) -> bool:
    """Whether files give what a unit measures in several units, so that the one assumed is told."""
    return bool(unit.powers) and (len(unit.powers) > 1 or unit.powers[0][0] in _AMOUNTS)


def _timed(target: Target, say: Spoken) -> Target:
    """A target in the period its heading names; what identifies a row and what has no period stays as it is."""
    if not target.ledger.dated or target.identifies:
        return target
    return target.at(say.period, say.back, named=say.named)


def _in_currency(unit: Unit, own: Unit) -> Unit:
    """万元 or 万美元 in the heading of a field kept in 原币 only tells the size: its 币种 stands elsewhere."""
    if own.powers == (("原币", 1),) and unit.powers in {(("金额", 1),), (("美元", 1),)}:
        return Unit(unit.name, unit.factor, own.powers)
    return unit


def _conversion(unit: Unit, own: Unit, factor: Fraction) -> str:
    """“公顷→亩 ×15”, “千元→万元 ÷10”; "" where nothing changes."""
    if factor == 1:
        return ""
    return f"{unit.name}→{own.name} " + (f"÷{1 / factor}" if factor.numerator == 1 else f"×{factor}")
