"""A pack's rules compiled: grouped by ledger, asked of all rows or of a few in one statement each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from models.formula.context import Context, Parameter
from models.formula.errors import FormulaError
from models.formula.limits import shared
from models.formula.reached import Elsewhere, reach_of
from models.formula.rows import FAIL, UNKNOWN, RowFormula, RowQuery, row_formula, verdicts
from models.formula.tree import Aggregate, Reach
from models.ledger import Ledger
from models.ledgers import LEDGERS, ledger
from models.packs.pack import Pack, Rule
from models.periods import Period
from models.store import Connection

KEPT = 32  # packs whose rules are kept compiled: whenever another few are touched by a change, they make a pack of their own


@dataclass(frozen=True)
class Group:
    """Rules of one ledger (all of them, as far as one statement can join what they read), and the query that asks them."""

    ledger: Ledger
    rules: tuple[Rule, ...]
    formulas: tuple[RowFormula, ...]
    query: RowQuery


@dataclass
class Asked:
    """What asking the rules gave: (rule, row) where a rule does not hold, and row by row the ids of the rules that could not judge it."""

    failed: list[tuple[Rule, bytes]] = field(default_factory=list)
    unknown: dict[bytes, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Scene:
    """Where and when rules are asked: the zone, the report period, and the day that counts as 今天."""

    zone: str
    period: Period
    today: date = field(default_factory=date.today)


def context_of(pack: Pack) -> Context:
    """The parameters of a pack as formulas name them."""
    return Context({name: Parameter(text) for name, text in pack.parameters.items()})


def rule_formula(text: str, on: Ledger, context: Context) -> RowFormula:
    """The condition of a rule. Raises FormulaError, as for one that looks at sub-parks: each zone is audited by itself."""
    made = row_formula(text, on, context, expect="bool")
    for each in made.node.walk():
        if isinstance(each, Aggregate) and each.reach is Reach.ASKED:
            raise FormulaError(
                text, 0, f"规则里不能写“{Reach.ASKED.value}”：审核一个区一个区地问。请改用“{Reach.FILE.value}”"
            )
    return made


class RuleSet:
    """All rules of a pack. Making one raises FormulaError at the first faulty formula (``pack check`` lists them all)."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.context = context_of(pack)
        by_ledger: dict[str, list[Rule]] = {}
        for rule in pack.rules:
            by_ledger.setdefault(ledger(rule.ledger).id, []).append(rule)
        self.groups = tuple(
            group for each in LEDGERS if each.id in by_ledger for group in self._groups(each, by_ledger[each.id])
        )
        self._statements: dict[tuple[RowQuery, bool], object] = {}
        self._reaches: dict[str, Elsewhere] = {}

    def _groups(self, on: Ledger, rules: Sequence[Rule]) -> Iterator[Group]:
        formulas = [rule_formula(rule.formula, on, self.context) for rule in rules]
        for part in shared([(pair, pair[1].node) for pair in zip(rules, formulas, strict=True)]):
            asked = tuple(formula for _, formula in part)
            yield Group(on, tuple(rule for rule, _ in part), asked, RowQuery(on, asked))

    def group(self, on: Ledger) -> Group | None:
        """The rules of one ledger."""
        return next((group for group in self.groups if group.ledger is on), None)

    def reach(self, rule: Rule) -> Elsewhere:
        """What a rule reads on other rows than its own."""
        if rule.id not in self._reaches:
            formula = next(
                f for group in self.groups for each, f in zip(group.rules, group.formulas, strict=True) if each is rule
            )
            self._reaches[rule.id] = reach_of(formula)
        return self._reaches[rule.id]

    def ask(self, connection: Connection, scene: Scene, rows: Mapping[str, Sequence[bytes]] | None = None) -> Asked:
        """Ask all rules of all rows of the zone, or only of ``rows`` (ledger id → row ids)."""
        asked = Asked()
        for group in self.groups:
            ids = None if rows is None else rows.get(group.ledger.id)
            if rows is None or ids:
                self._ask(group, connection, (scene, ids), asked)
        return asked

    def ask_group(self, group: Group, connection: Connection, scene: Scene, asked: Asked) -> None:
        """Ask the rules of one group of all rows of the zone; what comes of it is added to ``asked``."""
        self._ask(group, connection, (scene, None), asked)

    def _ask(
        self, group: Group, connection: Connection, of: tuple[Scene, Sequence[bytes] | None], asked: Asked
    ) -> None:
        scene, ids = of
        single = ids is not None
        statement = self._statements.get((group.query, single))
        if statement is None:
            statement = self._statements[(group.query, single)] = group.query.verdicts(single=single)
        found = connection.execute(statement, group.query.bind([scene.zone], scene.period, scene.today, ids)).all()  # type: ignore[call-overload]
        # rows with the same verdicts are many and the different verdicts few: each is read once
        read: dict[tuple[int, ...], tuple[list[Rule], tuple[str, ...]]] = {}
        for row, *rest in found:
            masks = tuple(rest)
            if masks not in read:
                each = list(zip(group.rules, verdicts((None, *masks), len(group.rules)), strict=True))
                unknown = tuple(rule.id for rule, verdict in each if verdict == UNKNOWN)
                read[masks] = [rule for rule, verdict in each if verdict == FAIL], unknown
            failing, unknown = read[masks]
            asked.failed += [(rule, row) for rule in failing]
            if unknown:  # a ledger's rules may be asked in several groups
                asked.unknown[row] = asked.unknown.get(row, ()) + unknown


@lru_cache(KEPT)
def rule_set(pack: Pack) -> RuleSet:
    """The compiled rules of a pack, made once as long as it is in use."""
    return RuleSet(pack)
