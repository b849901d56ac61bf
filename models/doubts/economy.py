"""经济数据 as doubts look at it: what was read, who an enterprise's peers are, how a doubt about a row of it is made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log10

from models.codes import code_list
from models.doubts.doubt import Doubt, Told, doubted
from models.doubts.kinds import BY_ID, FEWEST, Settings
from models.doubts.outliers import Peers
from models.kinds import Quantity
from models.ledgers.economy import ECONOMY
from models.periods import Period
from models.store.compared import Figures, Firm
from models.store.titles import Title

ALL = "全部企业"
HEADS = "emp_end", "emp_avg"
PER_HEAD = ("rev", "gov", "cost", "payroll", "assets", "tax_paid", "energy_tce", "elec_kwh", "water_t")
_INDUSTRIES = "国民经济行业"


@dataclass(frozen=True)
class Economy:
    """What was read: enterprises' figures by year, who they are, the land they occupy."""

    period: Period
    years: Mapping[int, Mapping[bytes, Figures]]
    firms: Mapping[bytes, Firm]
    land: Mapping[bytes, int]
    settings: Settings

    @cached_property
    def now(self) -> Mapping[bytes, Figures]:
        """This year's figures by enterprise."""
        return self.years[self.period.year]

    def values(self, ent: bytes, back: int) -> Mapping[str, int]:
        """An enterprise's figures of so many years ago; none where there is no row."""
        found = self.years[self.period.year - back].get(ent)
        return found.values if found else {}

    @cached_property
    def groups(self) -> Mapping[bytes, Sequence[str]]:
        """The groups of peers of each enterprise: 大类, 门类, all."""
        of: dict[str, Sequence[str]] = {}
        for firm in self.firms.values():
            if firm.industry not in of:
                of[firm.industry] = _groups(firm.industry)
        return {row: of[firm.industry] for row, firm in self.firms.items()}

    def peers(self, values: Mapping[bytes, float]) -> Peers:
        """The enterprises' values of something, beside each other."""
        return Peers(values, self.groups, max(3, int(self.settings.number(FEWEST))))

    @cached_property
    def levels(self) -> Mapping[str, Peers]:
        """Of each field of PER_HEAD this year's figures per head, as decimal logarithms of what is stored."""
        heads = {ent: _heads(each.values) for ent, each in self.now.items()}
        return {
            name: self.peers(
                {
                    ent: log10(amount / heads[ent])
                    for ent, each in self.now.items()
                    if (amount := each.values.get(name, 0)) > 0 and heads[ent] > 0
                }
            )
            for name in PER_HEAD
        }

    def above_peers(self, ent: bytes) -> dict[str, float]:
        """How far each of an enterprise's figures per head lies above the peers' median, as a logarithm."""
        found = {}
        for name, peers in self.levels.items():
            if ent in peers.values and (told := peers.of(ent)):
                found[name] = peers.values[ent] - told[1].middle
        return found

    def doubt(self, kind: str, of: Figures, told: Told) -> Doubt:
        """A doubt about a row."""
        firm = self.firms[of.ent]
        return doubted(
            BY_ID[kind], ECONOMY, (of.zone, of.row), Title(firm.code, firm.name), told=told, values=of.values
        )


def _heads(values: Mapping[str, int]) -> int:
    return next((heads for name in HEADS if (heads := values.get(name, 0)) > 0), 0)


def _groups(industry: str) -> Sequence[str]:
    codes = code_list(_INDUSTRIES)
    if industry not in codes:
        return (ALL,)
    above = [industry, *(each.code for each in codes.ancestors(industry))]
    return (*(each for each in above if len(each) == 2), *(each for each in above if len(each) == 1), ALL)


def group_name(group: str) -> str:
    """As a person calls a group of peers."""
    return group if group == ALL else f"同行业（{code_list(_INDUSTRIES)[group].name}）"


def quantity(name: str) -> Quantity:
    """The kind of a field that holds figures."""
    kind = ECONOMY.by_id[name].kind
    assert isinstance(kind, Quantity)
    return kind


def plain(value: float, places: int = 2) -> str:
    """A number that is only told, never stored."""
    return f"{value:,.{places}f}"
