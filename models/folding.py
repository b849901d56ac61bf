"""Findings folded: what was typed wrong first, beneath it what most likely goes away with it.

One finding follows from another of the same row when its rule reads every field that the other marks and the other is the plainer of
the two (fewer cells, then fewer values compared); one of another row (an enterprise, a parcel that the row refers to, the rows that it
counts) when its rule reads over that link every field which the other marks. A sum over a whole ledger follows from a finding when that
alone marks a figure which it adds up.
Only what still stands is folded, and only beneath what still stands: an explanation of one explains none of the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from models.audit import HINT, LEVEL_ORDER, Finding
from models.formula.tree import Cell, Path
from models.packs.pack import Pack
from models.rules import rule_set


@dataclass(frozen=True)
class Fold:
    """A finding and those that follow from it."""

    root: Finding
    others: tuple[Finding, ...] = ()

    @property
    def gravity(self) -> int:
        """The place of the gravest level in it: what clears away a 强制 finding is as urgent as that."""
        return min(LEVEL_ORDER[each.rule.level] for each in (self.root, *self.others))


@dataclass(frozen=True)
class _Read:
    """What a rule reads: ids of its own row's fields, ledger and field of what it adds up, how many values it compares, its place."""

    own: frozenset[str]
    added: frozenset[tuple[str, str]]
    rank: tuple[int, int, int]


def folded(of: Pack, findings: Sequence[Finding]) -> list[Fold]:
    """The findings, each once: as a root or among the others of one. Within a level what others follow from comes first, and a root
    stands where the gravest of its consequences would.
    """
    reads = _reads(of)
    # what adds up all rows is a consequence, never a cause
    causes = [e for e in findings if e.open and e.fields and e.rule.level != HINT and not reads[e.rule.id].added]
    known = _Causes(causes, reads)
    parent: dict[object, Finding] = {}
    for each in findings if causes else ():
        for cause in known.of(each) if each.open else ():
            if _root(cause, parent) is not each:  # so that nothing goes round
                parent[_key(each)] = cause
                break
    others: dict[object, list[Finding]] = {}
    for each in findings:
        root = _root(each, parent)
        if root is not each:
            others.setdefault(_key(root), []).append(each)
    folds = [Fold(each, tuple(others.get(_key(each), ()))) for each in findings if _root(each, parent) is each]
    return sorted(folds, key=lambda fold: (fold.gravity, not fold.others))


def _key(of: Finding) -> tuple[str, str, bytes]:
    return of.rule.id, of.zone, of.row


def _root(of: Finding, parent: Mapping[object, Finding]) -> Finding:
    while (above := parent.get(_key(of))) is not None:
        of = above
    return of


class _Causes:
    """What a finding may follow from: another of the same row, of a row that it reads over a link, or the one that spoils a sum."""

    def __init__(self, causes: Sequence[Finding], reads: Mapping[str, _Read]) -> None:
        self.causes, self.reads = causes, reads
        self.by_row: dict[bytes, list[Finding]] = {}
        self.by_place: dict[tuple[str, str, str], list[Finding]] = {}
        for each in causes:
            self.by_row.setdefault(each.row, []).append(each)
            for field in each.fields:
                self.by_place.setdefault((each.zone, each.ledger.id, field), []).append(each)

    def of(self, finding: Finding) -> Iterable[Finding]:
        """The likeliest first."""
        yield from self._beside(finding)
        yield from self._linked(finding)
        yield from self._added(finding)

    def _beside(self, finding: Finding) -> list[Finding]:
        mine = self.reads[finding.rule.id]
        found = [
            each
            for each in self.by_row.get(finding.row, ())
            if self.reads[each.rule.id].rank < mine.rank and mine.own.issuperset(each.fields)
        ]
        return sorted(found, key=self._rank)

    def _linked(self, finding: Finding) -> list[Finding]:
        """Of the rows reached; where each reads what the other marks the plainer is the cause."""
        rows = dict.fromkeys(row for row, _ in sorted(finding.reached) if row != finding.row)
        found = [
            each
            for row in rows
            for each in self.by_row.get(row, ())
            if _reads_all(finding, each)
            and (self._rank(each) < self._rank(finding) or not (finding.fields and _reads_all(each, finding)))
        ]
        return sorted(found, key=self._rank)

    def _added(self, finding: Finding) -> list[Finding]:
        added = self.reads[finding.rule.id].added
        near = {
            _key(each): each
            for ledger, field in sorted(added)
            for each in self.by_place.get((finding.zone, ledger, field), ())
        }
        apart = [each for each in near.values() if all((each.ledger.id, field) in added for field in each.fields)]
        return sorted(apart, key=self._rank)[:1] if len({each.row for each in apart}) == 1 else []

    def _rank(self, finding: Finding) -> tuple[int, int, int]:
        return self.reads[finding.rule.id].rank


def _reads_all(finding: Finding, cause: Finding) -> bool:
    """Whether a finding reads over links all that the other one marks."""
    return all((cause.row, field) in finding.reached for field in cause.fields)


@cache
def _reads(of: Pack) -> Mapping[str, _Read]:
    found = {}
    places = {rule.id: number for number, rule in enumerate(of.rules)}
    for group in rule_set(of).groups:
        for rule, formula in zip(group.rules, group.formulas, strict=True):
            own = {operand.field.id for operand in formula.operands if operand.path == Path()}
            own |= {group.ledger.field(name).id for name in rule.cells}
            added = {
                (each.ledger, cell.field.id)
                for each in formula.sets
                if each.value is not None and each.link is None
                for cell in each.value.walk()
                if isinstance(cell, Cell) and cell.path == Path()
            }
            rank = (len(rule.cells), len(formula.operands), places[rule.id])
            found[rule.id] = _Read(frozenset(own), frozenset(added), rank)
    return found
