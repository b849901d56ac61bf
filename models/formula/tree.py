"""Formulas with their meaning: every node knows its kind and unit. ``check`` makes these; ``build`` and ``evaluate`` read them.

Amounts are exact fractions of the *base* unit (元, ㎡ …), dates are ``yyyymmdd`` integers as the ledgers store them.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from models.fields import Field
from models.units import NUMBER, Unit


class Kind(Enum):
    """What an expression is; the value is its Chinese name in messages."""

    NUMBER = "数"
    TEXT = "文字"
    DATE = "日期"
    FLAG = "是否"
    REF = "名录里的一行"


@dataclass(frozen=True)
class Type:
    """``unit`` is the one shown; ``bare`` marks a number written without unit, ``counted`` a count of rows, days, characters.

    ``codes`` names the code list of a choice.
    """

    kind: Kind
    unit: Unit = NUMBER
    bare: bool = False
    counted: bool = False
    codes: str = ""


FLAG, TEXT, DATE, REF = Type(Kind.FLAG), Type(Kind.TEXT), Type(Kind.DATE), Type(Kind.REF)
PLAIN, COUNT = Type(Kind.NUMBER), Type(Kind.NUMBER, counted=True)


@dataclass(frozen=True)
class Step:
    """One join: ``how`` is forward (our reference ``by``), companion (its reference ``by`` to us), zone, period or same (by key)."""

    how: str
    ledger: str
    by: str = ""


@dataclass(frozen=True)
class Years:
    """Which year's rows are meant: ``back`` years before those around, the calendar year ``fixed``, or ``every`` year's.

    ``so_far``: of rows kept by period all of that year up to the period around, not just that one.
    """

    back: int = 0
    fixed: int = 0
    every: bool = False
    so_far: bool = False

    def __bool__(self) -> bool:
        return self != SAME

    def then(self, further: Years) -> Years:
        """Those that ``further`` means, counted from here."""
        if further.fixed or further.every:
            return further
        if self.fixed:
            return Years(0, self.fixed - further.back, so_far=further.so_far)
        return Years(self.back + further.back, so_far=further.so_far)

    @property
    def names(self) -> tuple[str, ...]:
        """As a formula writes them before a name: 上年, 2021年."""
        return ((f"{self.fixed}年",) if self.fixed else ("上年",) * self.back) + ("年初以来",) * self.so_far


SAME = Years()


@dataclass(frozen=True)
class Path:
    """How a row is reached from another: joins, of which year the dated rows among them are and how many periods back.

    ``season`` is another period of that year, as form and seq: ("Q", 4) for 四季度. ``before`` is the period before, December
    before January, as it ended (上期末).
    """

    steps: tuple[Step, ...] = ()
    years: Years = SAME
    seqs: int = 0
    season: tuple[str, int] | None = None
    before: bool = False


@dataclass(frozen=True, kw_only=True)
class Node:
    """``at`` and ``end`` are the place in the formula's text, for messages."""

    type: Type
    at: int = dataclasses.field(default=0, compare=False, repr=False)
    end: int = dataclasses.field(default=0, compare=False, repr=False)

    @property
    def below(self) -> tuple[Node, ...]:
        """The nodes this one is made of, on the same row."""
        return ()

    def walk(self) -> Iterator[Node]:
        """This node and all below it, in the order written; what is inside set functions is another row's and left out."""
        yield self
        for node in self.below:
            yield from node.walk()


@dataclass(frozen=True, kw_only=True)
class Const(Node):
    """A known value: Fraction, text, flag or date; a date known to the month or year lasts from ``value`` until ``until``."""

    value: Fraction | str | bool | int
    until: int = 0


@dataclass(frozen=True, kw_only=True)
class Moment(Node):
    """A value given when the formula is run: 报告年, 期初, 期末, 今天, 上年末, and the bounds of 本年, 上年, 本期 …"""

    name: str


@dataclass(frozen=True, kw_only=True)
class Cell(Node):
    """A stored field of the row at ``path``; ``outer`` counts from the row outside the set function (本行)."""

    path: Path
    field: Field
    label: str = dataclasses.field(compare=False)
    outer: bool = False


@dataclass(frozen=True, kw_only=True)
class Func(Node):
    """An operator or function over values of one row: + - * / < … and or not 若 按零 …"""

    name: str
    args: tuple[Node, ...]

    @property
    def below(self) -> tuple[Node, ...]:
        return self.args


@dataclass(frozen=True, kw_only=True)
class Shown(Node):
    """The same value under another unit or type, multiplied by ``times``."""

    of: Node
    times: Fraction = Fraction(1)

    @property
    def below(self) -> tuple[Node, ...]:
        return (self.of,)


@dataclass(frozen=True, kw_only=True)
class Member(Node):
    """Whether ``of`` is one of ``values`` (fractions of the base unit, texts, codes, dates)."""

    of: Node
    values: tuple[Fraction | str | bool | int, ...]

    @property
    def below(self) -> tuple[Node, ...]:
        return (self.of,)


class Reach(Enum):
    """The zones whose rows a set function takes."""

    OWN = ""  # the zone of the row that it stands on; of an indicator those asked about
    ASKED = "本区和分园"  # all those asked about: a zone with its sub-parks
    FILE = "各区"  # every zone of the data file


@dataclass(frozen=True, kw_only=True)
class Aggregate(Node):
    """A set function over rows of ``ledger``. ``link`` ties its rows to ours: (its field, path to our row, our field).

    ``reach`` says of which zones they are, ``around`` (its ``season``, ``seqs`` and ``before`` alone) of which period beside ours.
    """

    name: str
    ledger: str
    years: Years
    value: Node | None
    where: Node | None
    link: tuple[str, Path, str] | None = None
    reach: Reach = Reach.OWN
    around: Path = Path()


def conjuncts(node: Node | None) -> tuple[Node, ...]:
    """The conditions that a condition joins with 且."""
    if node is None:
        return ()
    if isinstance(node, Func) and node.name == "and":
        return tuple(part for arg in node.args for part in conjuncts(arg))
    return (node,)
