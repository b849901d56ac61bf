"""What a formula may use besides ledgers: a pack's parameters, and the constants of the report period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from models.text import fold_name


@dataclass(frozen=True, slots=True)
class Parameter:
    """A pack's parameter as the formula language writes it: ``65%``, ``"2020-09-17"``, ``("就业", "创业")`` or a condition (口径).

    It is read where it is used, so a condition names fields of the row it is used on.
    """

    formula: str


@dataclass(frozen=True)
class Context:
    """The parameters that formulas of one pack may name."""

    parameters: Mapping[str, Parameter] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        folded = {fold_name(name): parameter for name, parameter in self.parameters.items()}
        object.__setattr__(self, "parameters", MappingProxyType(folded))


NOTHING = Context()
MOMENTS = {"期初": "start", "期末": "end", "今天": "today", "上年末": "last_end"}
SPANS = {
    "本年": ("year_start", "end"),
    "上年": ("last_start", "last_end"),
    "上年同期": ("last_start", "last_same_end"),
    "本期": ("period_start", "end"),
}
YEAR = "报告年"
CHOSEN = "所选开发区"  # the code of the zone that is asked about, its parts left aside
