"""How the figures of several zones make one: added, counted without repeats, worked out anew, a mean, weighted, or not at all.

What a formula comes to over the rows of all zones is its sum, its distinct count or its ratio of sums; which of them it is, is read off
the formula. A text may ask for another (“平均达到”, indicators.md GZ03: the plain mean over the zones).
"""

from __future__ import annotations

from collections.abc import Sequence

from models.formula.figures import Figure
from models.formula.tree import Aggregate, Const, Func, Kind, Node, Reach, Shown
from models.ledger import nearest

SUM, DISTINCT, ANEW, MEAN, WEIGHTED, NEVER = WAYS = ("相加", "去重", "重算", "平均", "加权", "不合")
TOLD = {
    SUM: "相加",
    DISTINCT: "去重合计：几个园区都有的只算一次，不等于各园区相加",
    ANEW: "重算：分子、分母各自合起来再除，不是各园区的平均",
    MEAN: "平均：各园区的数的算术平均，每个园区一样重",
    WEIGHTED: "加权平均",
    NEVER: "不合：是否达标、位次一类，合在一起没有意义",
}
_ADDED = {"合计", "计数"}
_CHOOSING = {"若", "and", "or", "not", "<", ">", "<=", ">=", "==", "!=", "属于"}


def way_of(said: str, of: Figure) -> tuple[str, str]:
    """How a figure is joined, and the id of the indicator it is weighted by ("" for none)."""
    word, _, by = said.partition(" ")
    return (word, by.strip()) if said else (derived(of.node), "")


def derived(node: Node) -> str:
    """What the formula itself asks for."""
    if any(isinstance(each, Aggregate) and each.reach is Reach.FILE for each in node.walk()):
        return NEVER  # it looks at the other zones already
    if _linear(node, _ADDED):
        return SUM
    if _linear(node, _ADDED | {"去重计数"}):
        return DISTINCT
    if node.type.kind is not Kind.NUMBER or _chooses(node):
        return NEVER
    return ANEW


def joining_fault(said: str, of: Figure, ids: Sequence[str]) -> str:
    """What is wrong with the 合并 that an indicator asks for; "" when nothing is."""
    if not said:
        return ""
    word, by = way_of(said, of)
    if word not in WAYS:
        return f"合并要填 {'、'.join(WAYS)} 之一，不是“{word}”"
    if (word == WEIGHTED) != bool(by):
        return "加权要写按哪个指标加权：加权 TW02" if word == WEIGHTED else f"“{word}”后面不用写“{by}”"
    if by and by not in ids:
        return f"没有“{by}”这个指标{nearest(by, ids)}"
    natural = derived(of.node)
    if word in (SUM, DISTINCT, ANEW) and word != natural:
        return f"这个公式合起来是“{natural}”，不是“{word}”；请空着，或填 平均、加权、不合"
    return ""


def _linear(node: Node, sets: set[str]) -> bool:
    """Whether the figure of all zones is the sum of each zone's, as far as ``sets`` are."""
    match node:
        case Aggregate(name=name):
            return name in sets
        case Shown(of=of):
            return _linear(of, sets)
        case Func(name="+" | "-", args=args):
            return all(_linear(each, sets) for each in args)
        case Func(name="*" | "/", args=(first, Const())):
            return _linear(first, sets)
        case Func(name="*", args=(Const(), second)):
            return _linear(second, sets)
        case Func(name="按零", args=(only,)):
            return _linear(only, sets)
    return False


def _chooses(node: Node) -> bool:
    """Whether it is put together from conditions about the zone: reached or not, this or that."""
    return any(isinstance(each, Func) and each.name in _CHOOSING for each in node.walk())
