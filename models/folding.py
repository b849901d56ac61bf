"""Findings folded: what was typed wrong first, beneath it what most likely goes away with it.

One finding follows from another of the same row when its rule reads every field that the other marks and the other is the plainer of
the two (fewer cells, then fewer values compared). A sum follows from a finding when that alone marks a figure which it adds up.
Only what still stands is folded, and only beneath what still stands: an explanation of one explains none of the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from models.audit import HINT, Finding
from models.formula.tree import Cell, Path
from models.packs.pack import Pack
from models.rules import rule_set


@dataclass(frozen=True)
class Fold:
    """A finding and those that follow from it."""

    root: Finding
    others: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class _Read:
    """What a rule reads: ids of its own row's fields, ledger and field of what it adds up, how many values it compares, its place."""

    own: frozenset[str]
    added: frozenset[tuple[str, str]]
    rank: tuple[int, int, int]


def folded(of: Pack, findings: Sequence[Finding]) -> list[Fold]:
    """The findings in their order, each once: as a root or among the others of one."""
    reads = _reads(of)
    # what adds up is a consequence, never a cause: so going from cause to cause comes to an end
    causes = [e for e in findings if e.open and e.fields and e.rule.level != HINT and not reads[e.rule.id].added]
    by_row: dict[tuple[str, bytes], list[Finding]] = {}
    for each in causes:
        by_row.setdefault((each.ledger.id, each.row), []).append(each)
    parent: dict[object, Finding | None] = {
        _key(each): _cause(each, by_row, causes, reads) for each in findings if each.open
    }
    others: dict[object, list[Finding]] = {}
    for each in findings:
        root = _root(each, parent)
        if root is not each:
            others.setdefault(_key(root), []).append(each)
    return [Fold(each, tuple(others.get(_key(each), ()))) for each in findings if _root(each, parent) is each]


def _key(of: Finding) -> tuple[str, str, bytes]:
    return of.rule.id, of.zone, of.row


def _root(of: Finding, parent: Mapping[object, Finding | None]) -> Finding:
    while (above := parent.get(_key(of))) is not None:
        of = above
    return of


def _cause(
    of: Finding,
    by_row: Mapping[tuple[str, bytes], list[Finding]],
    causes: Iterable[Finding],
    reads: Mapping[str, _Read],
) -> Finding | None:
    """The plainest finding that this one follows from; it is always plainer than this one, so that nothing goes round."""
    mine = reads[of.rule.id]
    beside = [
        each
        for each in by_row.get((of.ledger.id, of.row), ())
        if reads[each.rule.id].rank < mine.rank and mine.own.issuperset(each.fields)
    ]
    if beside:
        return min(beside, key=lambda each: reads[each.rule.id].rank)
    if not mine.added:
        return None
    apart = [
        each
        for each in causes
        if each.zone == of.zone and all((each.ledger.id, field) in mine.added for field in each.fields)
    ]
    return apart[0] if len({each.row for each in apart}) == 1 else None


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
