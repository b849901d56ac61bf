"""How a formula's change hangs on the changes of what it is made of: exact, with nothing left over.

Each node's change is a weighted sum of its atoms' changes. Sums pass weights on; of a product or quotient each factor's change is
weighed with the mean of the other's two values (Shapley's share of two): Δ(u·v) = Δu·(v₀+v₁)/2 + Δv·(u₀+u₁)/2, and
Δ(u/v) = Δu·(1/v₀+1/v₁)/2 − Δv·(u₀+u₁)/(2·v₀·v₁). Neither leaves a remainder, and the order of the factors does not matter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from models.formula.evaluate import Evaluator, Given
from models.formula.shares import ADDED
from models.formula.tree import Aggregate, Const, Func, Moment, Node, Shown

ROWS = "行数"  # beside the sum of an average


class Unexplained(Exception):
    """Why a change cannot be parted, one Chinese sentence."""


@dataclass(frozen=True)
class Atom:
    """What a formula is made of: a set function (of an average its sum or its ``ROWS``), or a constant of the period."""

    node: Node
    part: str = ""

    @property
    def traced(self) -> bool:
        """Whether its change can be traced to rows."""
        return isinstance(self.node, Aggregate) and self.node.name in ADDED


@dataclass(frozen=True)
class Two:
    """A value before and now, and the weight of each atom's change in its change."""

    before: Fraction
    now: Fraction
    weights: Mapping[Atom, Fraction] = field(default_factory=dict)

    @property
    def change(self) -> Fraction:
        """Now less before."""
        return self.now - self.before

    def times(self, factor: Fraction) -> dict[Atom, Fraction]:
        """The weights times a factor."""
        return {atom: weight * factor for atom, weight in self.weights.items()}


@dataclass(frozen=True)
class Year:
    """What the set functions and the period's constants are in one of the two years; ``sums`` also of the averages' two parts."""

    found: Mapping[Aggregate, Given]
    moments: Mapping[str, int]
    sums: Mapping[Atom, Fraction]


def weighed(node: Node, before: Year, now: Year) -> Two:
    """A formula's two values with the weights. Raises Unexplained."""
    match node:
        case Aggregate():
            return _set(node, before, now)
        case Const(value=Fraction() as value):
            return Two(value, value)
        case Moment(name=name):
            return Two(Fraction(before.moments[name]), Fraction(now.moments[name]), {Atom(node): Fraction(1)})
        case Shown(of=of, times=times):
            two = weighed(of, before, now)
            return Two(two.before * times, two.now * times, two.times(times))
        case Func(name="按零", args=(of,)):
            return weighed(of, before, now)
        case Func(name=name, args=args) if name not in ("若", "and", "or", "not", "已填"):
            return _function(node, [weighed(arg, before, now) for arg in args])
    raise Unexplained("公式里有“若”这样按条件取数的写法，不能分到各行")


def _set(node: Aggregate, before: Year, now: Year) -> Two:
    if node.name not in ADDED:
        values = before.found[node], now.found[node]
        if not all(isinstance(value, Fraction) for value in values):
            raise Unexplained(f"“{node.name}”取的数有一年没有，不能比")
        return Two(*values, {Atom(node): Fraction(1)})
    total, rows = (_sum(Atom(node, part), before, now) for part in ("", ROWS))
    return _quotient(total, rows) if node.name == "平均" else total


def _sum(atom: Atom, before: Year, now: Year) -> Two:
    return Two(before.sums.get(atom, Fraction(0)), now.sums.get(atom, Fraction(0)), {atom: Fraction(1)})


def _function(node: Func, args: list[Two]) -> Two:
    match node.name, args:
        case "+", [one, other]:
            return Two(one.before + other.before, one.now + other.now, _joined(one.weights, other.weights))
        case "-", [one, other]:
            return Two(one.before - other.before, one.now - other.now, _joined(one.weights, other.times(Fraction(-1))))
        case "*", [one, other]:
            middle = [(two.before + two.now) / 2 for two in (one, other)]
            weights = _joined(one.times(middle[1]), other.times(middle[0]))
            return Two(one.before * other.before, one.now * other.now, weights)
        case "/", [one, other]:
            return _quotient(one, other)
    return _stepwise(node, args)


def _quotient(one: Two, other: Two) -> Two:
    if not other.before or not other.now:
        raise Unexplained("有一年除数是 0，比不了")
    share = (1 / other.before + 1 / other.now) / 2
    against = -(one.before + one.now) / (2 * other.before * other.now)
    weights = _joined(one.times(share), other.times(against))
    return Two(one.before / other.before, one.now / other.now, weights)


def _stepwise(node: Func, args: list[Two]) -> Two:
    """Any other function of numbers: its arguments turned from before to now one after another, forwards and backwards, the mean."""
    values = [two.before for two in args], [two.now for two in args]
    shares = [Fraction(0)] * len(args)
    for order in (range(len(args)), range(len(args) - 1, -1, -1)):
        at = list(values[0])
        for place in order:
            old = _valued(node, args, at)
            at[place] = values[1][place]
            shares[place] += (_valued(node, args, at) - old) / 2
    weights: dict[Atom, Fraction] = {}
    for two, share in zip(args, shares, strict=True):
        if two.change:
            weights = _joined(weights, two.times(share / two.change))
    return Two(_valued(node, args, values[0]), _valued(node, args, values[1]), weights)


def _valued(node: Func, args: list[Two], at: list[Fraction]) -> Fraction:
    constants = tuple(Const(type=arg.type, value=value) for arg, value in zip(node.args, at, strict=True))
    value = Evaluator({}, {}).value(replace(node, args=constants))
    if not isinstance(value, Fraction):
        raise Unexplained(f"公式里的“{node.name}”有一步算不出来，不能分到各行")
    return value


def _joined(one: Mapping[Atom, Fraction], other: Mapping[Atom, Fraction]) -> dict[Atom, Fraction]:
    return {atom: one.get(atom, Fraction(0)) + other.get(atom, Fraction(0)) for atom in {**one, **other}}
