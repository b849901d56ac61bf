"""Slips of the unit in ledgers kept without years (宗地, 标准厂房, 项目, 到资流水): a figure beside those of its own row.

There is no last year; but of figures that belong together the quotient is known within bounds (a plot's 应动工面积 is no hundred
times its 宗地面积), and wide as these are, another unit (亩 for ㎡, 元 for 万元) is farther out. A slip is told only where one figure, or
all that are filled alike, read in one other unit puts the whole row within its bounds, and nothing else does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import inf, log10

from models.ledger import Ledger
from models.ledgers.factory import FACTORY, FACTORY_LEASE
from models.ledgers.land import PARCEL, PARCEL_USE
from models.ledgers.project import PROJECT
from models.ledgers.taiwan import CAPITAL_IN
from models.units import ratio, unit

Logs = Mapping[
    str, float
]  # decimal logarithms of a row's figures as they are shown, those that are empty or nought left out


@dataclass(frozen=True)
class Pair:
    """Figures multiplied ``over`` others: the decimal logarithm of the quotient is from ``low`` to ``high``."""

    over: tuple[str, ...]
    under: tuple[str, ...]
    low: float
    high: float

    @property
    def names(self) -> tuple[str, ...]:
        """The figures that it is about."""
        return (*self.over, *self.under)

    def holds(self, logs: Logs, shift: Logs) -> bool:
        """Whether it holds with some figures moved; of what is not filled in nothing is said."""
        if any(name not in logs for name in self.names):
            return True
        above, below = (sum(logs[name] + shift.get(name, 0) for name in side) for side in (self.over, self.under))
        return self.low <= above - below <= self.high


@dataclass(frozen=True)
class Foreign:
    """A figure of another ledger that stands beside a row: the largest ``field`` of the rows of ``ledger`` whose ``by`` is the row,
    or what the row's link ``through`` points to.
    """

    ledger: Ledger
    by: str
    field: str
    through: str = ""

    @property
    def label(self) -> str:
        """What it is called beside the row's own."""
        return f"{self.ledger.label}的{self.ledger.by_id[self.field].label}"


@dataclass(frozen=True)
class Sight:
    """A ledger's pairs, the units that its figures may have been typed in, and the fields that one hand fills alike."""

    ledger: Ledger
    pairs: tuple[Pair, ...]
    typed: Mapping[str, tuple[str, ...]]
    alike: tuple[tuple[str, ...], ...] = ()
    foreign: Mapping[str, Foreign] = field(default_factory=dict)

    def times(self, name: str, typed: str) -> Fraction:
        """What a figure typed in another unit is to be multiplied by."""
        return ratio(unit(typed), unit(self.ledger.by_id[name].unit))

    @property
    def hypotheses(self) -> Iterator[tuple[tuple[str, ...], str]]:
        """What may have happened: one figure in another unit, or all that are filled alike."""
        for fields in (*((name,) for name in self.typed), *self.alike):
            for each in self.typed[fields[0]]:
                yield fields, each


@dataclass(frozen=True)
class Mistaken:
    """``fields`` were typed in a unit that is not theirs; ``beside`` are the figures that do not fit."""

    fields: tuple[str, ...]
    typed: str
    beside: tuple[str, ...]


def mistaken(logs: Logs, sight: Sight) -> Mistaken | None:
    """What slipped in a row; None where all fits, where nothing would make it fit, or more than one thing."""
    broken = [pair for pair in sight.pairs if not pair.holds(logs, {})]
    found: dict[tuple[tuple[str, ...], str], Mistaken] = {}
    for fields, typed in sight.hypotheses if broken else ():
        there = tuple(name for name in fields if name in logs)
        shift = {name: log10(sight.times(name, typed)) for name in there}
        if there and all(pair.holds(logs, shift) for pair in sight.pairs):
            names = dict.fromkeys(name for pair in broken if set(pair.names) & set(there) for name in pair.names)
            beside = tuple(name for name in names if name not in there)
            found[there, typed] = Mistaken(there, typed, beside)
    return next(iter(found.values())) if len(found) == 1 else None


_YUAN, _DOLLARS = ("元", "亿元"), ("美元", "亿美元")
_AREA = ("亩", "公顷")

# 万元/㎡: 10^-2.9 … 10^1.4 is a price of 8,000 元 … 1.7 亿元 a 亩; 10^-2.2 … 10^1.2 are 4 … 10,000 万元 invested on it
LAND = Sight(
    PARCEL,
    (
        Pair(("due_area_m2",), ("area_m2",), -1.0, 0.15),
        Pair(("used",), ("area_m2",), -inf, 0.3),
        Pair(("price_paid",), ("price",), -3.2, 0.3),
        Pair(("price",), ("area_m2",), -2.9, 1.4),
        Pair(("inv_due",), ("area_m2",), -2.2, 1.2),
    ),
    dict.fromkeys(("area_m2", "due_area_m2"), _AREA) | dict.fromkeys(("price", "price_paid", "inv_due"), _YUAN),
    (("area_m2", "due_area_m2"), ("price", "price_paid"), ("price", "price_paid", "inv_due")),
    {"used": Foreign(PARCEL_USE, "parcel", "area_m2")},
)
HALLS = Sight(
    FACTORY,
    (
        Pair(("rentable_m2",), ("bld_m2",), -0.8, 0.1),
        Pair(("let",), ("bld_m2",), -inf, 0.1),
        Pair(("let",), ("rentable_m2",), -inf, 0.2),
        Pair(("inv",), ("bld_m2",), -1.7, 0.5),
    ),
    dict.fromkeys(("bld_m2", "rentable_m2"), _AREA) | {"inv": _YUAN},
    (("bld_m2", "rentable_m2"),),
    {"let": Foreign(FACTORY_LEASE, "fac", "area_m2")},
)
PROJECTS = Sight(
    PROJECT,
    (
        Pair(("inv_fa",), ("inv_total",), -2.2, 0.2),
        Pair(("sign_amt",), ("inv_total",), -2.2, 1.2),
        Pair(("inv_cum",), ("inv_total",), -inf, 0.7),
        Pair(("paid_cum",), ("inv_total",), -inf, 0.7),
        Pair(("inv_ytd",), ("inv_cum",), -inf, 0.2),
        Pair(("paid_ytd",), ("paid_cum",), -inf, 0.2),
        Pair(("inv_fc", "fx_cny"), ("inv_total",), -0.4, 0.4),
        Pair(("inv_fc", "fx_usd"), ("inv_usd",), -0.4, 0.4),
        Pair(("inv_total",), ("inv_usd",), 0.5, 1.2),
        Pair(("inv_total",), ("land_need",), 0.6, 4.4),
        Pair(("land_need",), ("plot",), -3.8, -1.9),
    ),
    dict.fromkeys(("inv_total", "inv_fa", "sign_amt", "inv_cum", "paid_cum", "inv_ytd", "paid_ytd"), _YUAN)
    | {"inv_usd": _DOLLARS, "inv_fc": ("原币",), "land_need": ("㎡",)},
    (("inv_total", "inv_fa"), ("inv_total", "inv_fa", "sign_amt"), ("inv_cum", "inv_ytd"), ("paid_cum", "paid_ytd")),
    {"plot": Foreign(PARCEL, "id", "area_m2", "parcel")},
)
# 原币 × 汇率 is exact: here ten times, 千元, is no accident either
PAID_IN = Sight(
    CAPITAL_IN,
    (
        Pair(("amt_fc", "fx_usd"), ("amt_usd",), -0.1, 0.1),
        Pair(("amt_fc", "fx_cny"), ("amt_cny",), -0.1, 0.1),
        Pair(("amt_cny",), ("amt_usd",), 0.65, 1.05),
    ),
    {"amt_cny": (*_YUAN, "千元"), "amt_usd": (*_DOLLARS, "千美元"), "amt_fc": ("原币",)},
)
SIGHTS = (LAND, HALLS, PROJECTS, PAID_IN)
