"""How large the SQL of a formula will be, reckoned before it is made, so that no formula can keep the program busy for long.

Some operations write their operands several times (a quotient's divisor is also tested for zero), so nesting them multiplies.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TypeVar

from models.formula.tree import Aggregate, Cell, Const, Func, Node, Path, Shown
from models.kinds import Quantity

LARGEST = 5000
DEEPEST = 18
MOST_TABLES = 48  # SQLite joins 64 at most
# how often an operation writes its operands, and how many brackets one more level opens
_WRITTEN = {
    "天数": 8, "满年": 8, "取整": 4, "按比例": 4, "开头是": 4, "列有": 4, "/": 4, "按零": 3, "本期": 3, "月": 3,
    "合计": 3, "若": 2, "年": 2, "绝对值": 2,
}  # fmt: skip
_BRACKETS = {"/": 4, "按比例": 5, "share": 2, "若": 2}
# these go on without a bracket on their left
_CHAINS = {"+": "+", "-": "+", "*": "*", "/": "*", "and": "and", "or": "or"}
Formula = TypeVar("Formula")


def size(node: Node) -> int:
    """About how many columns and constants the SQL of a node names."""
    parts = _parts(node)
    if _scales(node):
        return 1 + size(parts[0])
    times = _WRITTEN.get(node.name, 1) if isinstance(node, Func | Aggregate) else 1
    return 1 + times * sum(map(size, parts))


def depth(node: Node) -> int:
    """How many brackets the SQL of a node opens before it closes the first; chains such as a + b + c open none."""
    parts = _parts(node)
    if not parts:
        return 0
    if _scales(node):
        return depth(parts[0])
    name = node.name if isinstance(node, Func) else ""
    if name == "按比例" and not _signed(parts[2]):
        name = "share"
    opened = 6 if isinstance(node, Aggregate) else _BRACKETS.get(name, 1)
    left = parts[0].name if isinstance(parts[0], Func) else ""
    goes_on = name in _CHAINS and _CHAINS[name] == _CHAINS.get(left)
    first = depth(parts[0]) + (0 if goes_on else opened)
    return max(first, *(depth(part) + opened for part in parts[1:]), 0)


def _scales(node: Node) -> bool:
    """Whether a node only takes another so many times, for which nothing is written."""
    return isinstance(node, Func) and node.name in {"*", "/"} and isinstance(node.args[1], Const)


def _signed(node: Node) -> bool:
    """Whether a divisor may be negative, so that its sign is asked for: no area or count is."""
    match node:
        case Const(value=Fraction() as value):
            return value < 0
        case Cell(field=field):
            return not (isinstance(field.kind, Quantity) and field.kind.low >= 0)
        case Aggregate(name="合计", value=Node() as of) | Shown(of=of):
            return _signed(of)
    return True


def tables(nodes: Iterable[Node]) -> set[object]:
    """What the SQL of formulas on one row joins: the rows they reach, and the tables of their set functions."""
    found: set[object] = set()
    for node in (each for one in nodes for each in one.walk()):
        if isinstance(node, Cell):
            found |= _ways(node.path)
        elif isinstance(node, Aggregate):
            found.add(node)
    return found


def _ways(path: Path) -> set[object]:
    return {replace(path, steps=path.steps[: n + 1]) for n in range(len(path.steps))}


def most_tables(node: Node) -> int:
    """The tables that a formula joins, or those that one of its set functions does, whichever are more."""
    sets = [each for each in node.walk() if isinstance(each, Aggregate)]
    inside = [most_tables(part) for each in sets for part in (each.value, each.where) if part is not None]
    return max(len(tables([node])), *inside, 0)


def shared(formulas: Sequence[tuple[Formula, Node]]) -> list[list[Formula]]:
    """The formulas in as many parts as are needed for the tables of each part to be joined in one statement."""
    parts: list[list[Formula]] = []
    joined: set[object] = set()
    for formula, node in formulas:
        own = tables([node])
        if not parts or len(joined | own) > MOST_TABLES:
            parts.append([])
            joined = set()
        parts[-1].append(formula)
        joined |= own
    return parts


def _parts(node: Node) -> tuple[Node, ...]:
    inside = (node.value, node.where) if isinstance(node, Aggregate) else ()
    return (*node.below, *(part for part in inside if part is not None))
