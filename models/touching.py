"""What a change touches: the rules that read a changed row from another one, by sums, links or last year, and so are asked anew.

Its own rules are asked of the changed row alone (:func:`models.audit.judged`); these are asked of all rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from models.formula.messages import message
from models.formula.tree import Aggregate, Cell, Node, Path
from models.ledgers import BY_ID, ledger
from models.packs.pack import Pack
from models.rules import rule_set
from models.store import Connection
from models.store.past import steps_of
from models.store.records import EDIT
from models.store.tables import CARRIED, CHANGE

ALL = ""  # stands for every field: a row came, went, or moved
Touched = frozenset[tuple[str, str]]  # ledger id and field id


@cache
def read_elsewhere(of: Pack) -> Mapping[str, Touched]:
    """Rule → what it and its message read on other rows than its own."""
    context = rule_set(of).context
    found: dict[str, Touched] = {}
    for group in rule_set(of).groups:
        for rule, formula in zip(group.rules, group.formulas, strict=True):
            told = message(rule.message, ledger(rule.ledger), context)
            nodes = (formula.node, *(each.node for each in told.formulas))
            found[rule.id] = frozenset(pair for node in nodes for pair in _elsewhere(node, group.ledger.id))
    return found


def _elsewhere(node: Node, own: str, *, inside: bool = False) -> Iterator[tuple[str, str]]:
    for each in node.walk():
        if isinstance(each, Cell):
            yield from _along(each.path)
            if inside or each.path != Path():
                yield (each.path.steps[-1].ledger if each.path.steps else own), each.field.id
        elif isinstance(each, Aggregate):
            yield each.ledger, ALL
            yield from _along(each.link[1]) if each.link else ()
            if each.link:
                yield each.ledger, each.link[0]
            for part in (each.value, each.where):
                if part is not None:
                    yield from _elsewhere(part, each.ledger, inside=True)


def _along(path: Path) -> Iterator[tuple[str, str]]:
    """The rows it leads over may come and go, and what they refer to may change."""
    for step in path.steps:
        yield step.ledger, ALL
        if step.by:
            yield step.ledger, step.by


def touched_since(connection: Connection, after: int) -> Touched:
    """What batches later than ``after`` touched: ledger and field, ALL fields of a ledger where a row came or went."""
    found = set[tuple[str, str]]()
    for step in steps_of(connection, CHANGE.c.batch > after):
        on = BY_ID[step.ledger]
        names = step.changed.keys() - {CARRIED}
        moved = step.op != EDIT or not names <= on.by_id.keys() or names & {*on.key, on.event}
        found |= {(step.ledger, name) for name in (ALL, *on.by_id)} if moved else set()
        found |= {(step.ledger, name) for name in names}
        found |= {(step.ledger, each.id) for each in on.fields if each.digest}
    return frozenset(found)


def rules_touched(of: Pack, touched: Iterable[tuple[str, str]]) -> frozenset[str]:
    """The rules that are to be asked of all rows."""
    wanted = frozenset(touched)
    return frozenset(rule for rule, read in read_elsewhere(of).items() if read & wanted)
