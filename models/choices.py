"""A pack as a zone has it audited: without the rules that are switched off, with the thresholds that were changed.

Only thresholds may be changed, numbers that nothing but rules and lists reads: what a return says never follows from a zone's own choice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property, lru_cache

from models.formula.errors import FormulaError
from models.packs.pack import Pack, Rule
from models.packs.reads import formulas_besides, formulas_of_rosters
from models.rules import KEPT, RuleSet
from models.store import Connection
from models.store.choices import OFF, Choice, choices
from models.text import fold

_NUMBER = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?)\s*(\D*)")
_NARROW = str.maketrans("０１２３４５６７８９．－", "0123456789.-")
_DIGITS = 18  # before and after the point, as in formulas


class Adjusted(Pack):
    """``of`` without the rules ``off`` and with other ``values`` of its parameters."""

    def __init__(self, of: Pack, off: frozenset[str], values: Mapping[str, str]) -> None:
        super().__init__(of.source)
        self._of, self._off, self._values = of, off, values

    @cached_property
    def parameters(self) -> Mapping[str, str]:
        """Those of the pack, some with another value."""
        return {**self._of.parameters, **self._values}

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """Those of the pack that are not switched off."""
        return tuple(rule for rule in self._of.rules if rule.id not in self._off)


@lru_cache(KEPT)
def adjusted(of: Pack, off: frozenset[str], values: tuple[tuple[str, str], ...] = ()) -> Pack:
    """The pack so changed, made once as long as it is in use."""
    return Adjusted(of, off, dict(values)) if off or values else of


def in_force(connection: Connection, of: Pack, zone: str) -> tuple[Pack, tuple[Choice, ...]]:
    """The pack as the zone has it audited, and what it has decided; of an item that the pack has no more nothing is told."""
    known = {rule.id for rule in of.rules} | {each.name for each in thresholds(of)}
    said = [each for each in choices(connection, zone, of.chain).values() if each.value and each.item in known]
    off = frozenset(each.item for each in said if each.value == OFF)
    values = tuple((each.item, each.value) for each in said if each.value != OFF)
    return adjusted(of, off, values), tuple(said)


def only(of: Pack, rules: Iterable[str]) -> Pack:
    """The pack with no rules but these."""
    wanted = set(rules)
    return adjusted(of, frozenset(rule.id for rule in of.rules if rule.id not in wanted))


@dataclass(frozen=True)
class Threshold:
    """A parameter that may be changed: a number in a unit, read by ``rules`` and lists (their ids) and by nothing else."""

    name: str
    value: str
    what: str
    basis: str
    rules: tuple[str, ...]

    @property
    def unit(self) -> str:
        """What stands after the number: 万元, "" where nothing does."""
        found = _NUMBER.fullmatch(self.value)
        return found[2].strip() if found else ""


@cache
def thresholds(of: Pack) -> tuple[Threshold, ...]:
    """The thresholds of a pack's rules and the limits of its lists."""
    inside = {name: frozenset(_named(text, of.parameters)) for name, text in of.parameters.items()}
    read = {rule.id: _closed(_named(rule.formula, of.parameters), inside) for rule in of.rules}
    read |= {id: _closed(_named(text, of.parameters), inside) for id, text in formulas_of_rosters(of)}
    elsewhere = _closed(_named("\n".join(formulas_besides(of)), of.parameters), inside)
    found = []
    for entry in {each["名称"]: each for each in of.entries("参数")}.values():
        name = entry["名称"]
        users = tuple(rule for rule, names in read.items() if name in names)
        if users and name not in elsewhere and _NUMBER.fullmatch(entry["值"].strip()):
            found.append(Threshold(name, entry["值"].strip(), entry["说明"], entry["依据"], users))
    return tuple(found)


def _named(text: str, names: Iterable[str]) -> set[str]:
    return {name for name in names if name in text and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)}


def _closed(names: set[str], inside: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The names, and those that they are made of."""
    found, more = set[str](), set(names)
    while more:
        found |= more
        more = {each for name in more for each in inside[name]} - found
    return frozenset(found)


def value_of(threshold: Threshold, typed: str, of: Pack | None = None) -> str:
    """The value as formulas write it: 60 for a threshold in 万元 is 60万元. ValueError with a Chinese sentence, as for one that the
    rules of ``of`` cannot be asked with: 0 where they divide by it.
    """
    found = _NUMBER.fullmatch(re.sub(r"[,，]", "", typed.strip().translate(_NARROW)))
    unit = threshold.unit
    if found is None or fold(found[2]) not in ("", fold(unit)):
        raise ValueError(f"“{typed.strip()}”不是{f'以{unit}计的' if unit else ''}数，请照 {threshold.value} 这样写")
    if max(map(len, found[1].lstrip("-").split("."))) > _DIGITS:
        raise ValueError(f"“{typed.strip()}”太长：整数、小数最多各 {_DIGITS} 位")
    value = f"{Decimal(found[1]):f}{unit}"
    if of is not None:
        besides = frozenset(rule.id for rule in of.rules if rule.id not in threshold.rules)
        try:
            RuleSet(Adjusted(of, besides, {threshold.name: value}))
        except FormulaError as fault:
            raise ValueError(f"不能改成 {value}，用到它的规则算不了：{fault.fault}") from fault
    return value


def owners(of: Pack, item: str) -> Sequence[str]:
    """The ids of the pack's chain, first that of the pack which has the rule or parameter itself."""
    if any(rule.id == item for rule in of.rules):
        return of.kept_with(item)
    own = any(entry["名称"] == item for entry in of.source.tables["参数"])
    owner = of.id if own or of.base is None else owners(of.base, item)[0]
    return (owner, *(id for id in of.chain if id != owner))


def told_choice(of: Choice) -> str:
    """A choice in a few words: 停用 P014, 产销率下限 改为 60."""
    return (
        f"{OFF} {of.item}" if of.value == OFF else f"{of.item} 改为 {of.value}" if of.value else f"{of.item} 照报表包"
    )
