"""How large the SQL of a formula will be, reckoned before it is made, so that no formula can keep the program busy for long.

Some operations write their operands several times (a quotient's divisor is also tested for zero), so nesting them multiplies.
"""

from __future__ import annotations

from models.formula.tree import Aggregate, Func, Node

LARGEST = 5000
DEEPEST = 18
# how often an operation writes its operands, and how many brackets one more level opens
_WRITTEN = {"天数": 30, "满年": 8, "取整": 4, "/": 4, "按零": 3, "本期": 3, "月": 3, "合计": 3, "若": 2, "年": 2, "绝对值": 2}  # fmt: skip
_BRACKETS = {"/": 4, "若": 2}
_LEFT = {"+", "-", "*", "/", "and", "or"}


def size(node: Node) -> int:
    """About how many columns and constants the SQL of a node names."""
    parts = _parts(node)
    times = _WRITTEN.get(node.name, 1) if isinstance(node, Func | Aggregate) else 1
    return 1 + times * sum(map(size, parts))


def depth(node: Node) -> int:
    """How many brackets the SQL of a node opens before it closes the first; chains such as a + b + c open none."""
    parts = _parts(node)
    if not parts:
        return 0
    name = node.name if isinstance(node, Func) else ""
    opened = 6 if isinstance(node, Aggregate) else _BRACKETS.get(name, 1)
    first = depth(parts[0]) + (0 if name in _LEFT else opened)
    return max(first, *(depth(part) + opened for part in parts[1:]), 0)


def _parts(node: Node) -> tuple[Node, ...]:
    inside = (node.value, node.where) if isinstance(node, Aggregate) else ()
    return (*node.below, *(part for part in inside if part is not None))
