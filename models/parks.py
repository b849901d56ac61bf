"""Several parks looked at together: how each indicator's figures are joined, which is seldom their sum and hardly ever their mean.

相加: every part is counted once in one park. 重算: a ratio, worked out anew from what all parks have. 去重: who is in two parks
counts once. 加权, 平均: only where the pack says so in its column 合并 (加权 with the indicator that weighs: 加权 JX11). 不合: ranks,
yes or no, what looks at other zones; of these there is no joined figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from models.formula.figures import Figure
from models.formula.tree import Aggregate, Const, Func, Member, Node, Shown
from models.indicators import indicator_set
from models.kinds import decimal_of
from models.packs.pack import Indicator, Pack
from models.periods import Period
from models.store import Connection
from models.text import fold

ADD, AGAIN, WEIGHTED, DISTINCT, MEAN, NEVER = "相加", "重算", "加权", "去重", "平均", "不合"
METHODS = (ADD, AGAIN, WEIGHTED, DISTINCT, MEAN, NEVER)
WORDS = {
    ADD: "相加：各园区的数加起来",
    AGAIN: "重算，不是平均：用各园区合起来的数重新算",
    WEIGHTED: "加权平均",
    DISTINCT: "去重：在几个园区都有的只算一次",
    MEAN: "各园区的数平均，一个园区一份",
    NEVER: "不合：名次、是否达到和与别的开发区相比的数，只分园区看",
}
_ADDING = frozenset({"合计", "计数"})
_LINEAR = frozenset({"+", "-", "按零"})
_TESTS = frozenset({"若", "and", "or", "not", "<", ">", "<=", ">=", "=", "!=", "≤", "≥", "≠", "<>"})


@dataclass(frozen=True)
class Method:
    """How an indicator of several parks is joined; ``by`` is the indicator that weighs. ``told`` says whether the pack does."""

    how: str
    by: Indicator | None = None
    told: bool = False

    @property
    def words(self) -> str:
        """As the panel says it."""
        return f"{WORDS[self.how]}，按“{self.by.name}”" if self.by else WORDS[self.how]


def method(pack: Pack, each: Indicator) -> Method:
    """What the pack says in 合并, else what follows from the formula. ValueError with a Chinese sentence for what is none."""
    said = each.entry["合并"]
    if not said:
        return Method(_worked_out(indicator_set(pack).figures[each.id]))
    if fault := method_fault(pack, said):
        raise ValueError(f"{each.id} 的{fault}")
    word, by = _parted(said)
    return Method(word, _named(pack, by) if word == WEIGHTED else None, told=True)


def method_fault(pack: Pack, said: str) -> str:
    """What is wrong with the words of the column 合并 (one Chinese sentence), "" when all is well."""
    word, by = _parted(said)
    if word not in METHODS:
        return f"“合并”写的是“{said}”，应为：{'、'.join(METHODS)}（加权的还要写按哪个指标）"
    if word == WEIGHTED and _named(pack, by) is None:
        return f"“合并”写的是“{said}”，没有说按哪个指标加权，应写成“加权 指标的编号”"
    return ""


def _parted(said: str) -> tuple[str, str]:
    word, *by = said.split(maxsplit=1)
    return word, "".join(by)


def _named(pack: Pack, name: str) -> Indicator | None:
    return next((each for each in pack.indicators if fold(name) in (fold(each.id), fold(each.name))), None)


def _worked_out(made: Figure) -> str:
    nodes = list(made.node.walk())
    sets = [node for node in nodes if isinstance(node, Aggregate)]
    names = {node.name for node in nodes if isinstance(node, Func)}
    if any(node.everywhere for node in sets) or names & _TESTS or any(isinstance(node, Member) for node in nodes):
        return NEVER
    if not all(_linear(node) for node in nodes):
        return AGAIN
    return DISTINCT if any(node.name == "去重计数" for node in sets) else ADD


def _linear(node: Node) -> bool:
    """Whether a figure made so of sums is the sum of what each park has."""
    if isinstance(node, Func):
        if node.name in {"*", "/"}:
            fixed = [not any(isinstance(each, Aggregate) for each in arg.walk()) for arg in node.args]
            return fixed[-1] if node.name == "/" else sum(not each for each in fixed) <= 1
        return node.name in _LINEAR or not any(isinstance(each, Aggregate) for each in node.walk())
    return isinstance(node, Shown | Const) or not isinstance(node, Aggregate) or node.name in {*_ADDING, "去重计数"}


@dataclass(frozen=True)
class Joined:
    """One indicator: each park's exact figure, and that of all together (None: there is none)."""

    indicator: Indicator
    method: Method
    parks: tuple[Fraction | None, ...]
    value: Fraction | None

    @property
    def rounded(self) -> Decimal | None:
        """The joined figure as printed."""
        return self.shown(self.value)

    def shown(self, value: Fraction | None) -> Decimal | None:
        """One of the figures as printed."""
        return None if value is None else decimal_of(value, self.indicator.places)


def joined(
    connection: Connection, pack: Pack, parks: Sequence[Sequence[str]], period: Period, today: date, *, only: str = ""
) -> list[Joined]:
    """Every indicator (or ``only`` one) of ``parks``, each the codes of a zone and what is below it, by itself and together."""
    made = indicator_set(pack)
    chosen = [each for each in pack.indicators if only in ("", each.id)]
    methods = {each.id: method(pack, each) for each in chosen}
    asked = [id for each in chosen for id in (each.id, *(by.id for by in [methods[each.id].by] if by))] if only else ()
    every = list(dict.fromkeys(code for codes in parks for code in codes))
    whole = made.values(connection, every, period, today, asked)
    single = [made.values(connection, codes, period, today, asked) for codes in parks]
    found = []
    for each in chosen:
        how = methods[each.id]
        own = tuple(values[each.id] for values in single)
        weights = tuple(values[how.by.id] for values in single) if how.by else ()
        found.append(Joined(each, how, own, _joined(how.how, own, weights, whole[each.id])))
    return found


def _joined(
    how: str, own: Sequence[Fraction | None], weights: Sequence[Fraction | None], whole: Fraction | None
) -> Fraction | None:
    if how == NEVER:
        return None
    if how in (AGAIN, DISTINCT):
        return whole
    known = [each for each in own if each is not None]
    if how == ADD:
        return sum(known, Fraction(0)) if known else None
    if how == MEAN:
        return sum(known, Fraction(0)) / len(known) if known else None
    pairs = [(each, weight) for each, weight in zip(own, weights, strict=True) if each is not None and weight]
    total = sum((weight for _, weight in pairs), Fraction(0))
    return sum((each * weight for each, weight in pairs), Fraction(0)) / total if total else None
