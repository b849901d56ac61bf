"""Audit (审核): a pack's rules asked of a zone's ledgers, findings with values at the scene, and whether the return may be issued.

强制 findings must be put right, 核实 ones put right or explained, 提示 ones are for knowing. Where a rule cannot judge a row,
because something it reads is empty, the row is counted as 未能审核 (design.md §2).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from models.choices import in_force
from models.formula.behind import unknown_because
from models.formula.messages import message
from models.formula.reached import Places
from models.ledger import Ledger
from models.ledgers import ledger
from models.packs.pack import Pack, Rule
from models.packs.reads import reads
from models.periods import Period
from models.progress import Progress, Steps, finish
from models.rules import Asked, RuleSet, Scene, rule_set
from models.store import Connection
from models.store.carried import ROLLING, Unconfirmed
from models.store.carried import unconfirmed as unconfirmed_of
from models.store.choices import OFF, Choice
from models.store.file import DataFile
from models.store.findings import Note, keep_findings, notes
from models.store.overrides import overrides
from models.store.titles import Title, is_private, titles
from models.substance import emptiness

MUST, EXPLAIN, HINT = "强制", "核实", "提示"
Unknown = Mapping[bytes, tuple[str, ...]]  # row → the ids of the rules that could not judge it


def numeric(rule: Rule) -> bool:
    """Whether a rule is about figures: an explanation then names one."""
    on = ledger(rule.ledger)
    return any(on.field(name).kind.numeric for name in rule.cells)


@dataclass(frozen=True)
class Finding:
    """One row on which one rule does not hold. ``message`` quotes the values at the scene; ``note`` is its explanation.

    ``reached`` are the fields of other rows that the rule read from this one: a fault there may be what it comes from.
    """

    rule: Rule
    ledger: Ledger
    zone: str
    row: bytes
    title: Title
    message: str
    note: Note | None = None
    reached: Places = frozenset()

    @property
    def explained(self) -> bool:
        """Explained with substance, and the figures still are what the explanation was written for."""
        return self.note is not None and self.note.seen == self.message and not self.want(self.note.text)

    def want(self, text: str) -> str:
        """What ``text`` still wants to be an explanation (one Chinese sentence), "" when it is one."""
        return emptiness(text, figure=numeric(self.rule))

    @property
    def open(self) -> bool:
        """Whether it still stands in the way of issuing."""
        return self.rule.level == MUST or (self.rule.level == EXPLAIN and not self.explained)

    @property
    def fields(self) -> tuple[str, ...]:
        """The ids of the fields to mark and to jump to."""
        return tuple(self.ledger.field(name).id for name in self.rule.cells)

    @property
    def called(self) -> str:
        """What the record is called where it is told outside the file: a person by the number."""
        return self.title.key if is_private(self.ledger) else self.title.name

    def to_json(self) -> dict[str, object]:
        """As commands and the sealed workbook tell it; the key of a person's record is its number, never a name."""
        return {
            "code": self.rule.id,
            "level": self.rule.level,
            "ledger": self.ledger.label,
            "zone": self.zone,
            "key": self.title.key,
            "name": self.called,
            "message": self.message,
            "remedy": self.rule.remedy,
            "explanation": self.note.text if self.note and self.explained else "",
        }


@dataclass(frozen=True)
class Report:
    """One audit: its findings by level and rule, row by row the rules that could not judge it, and the verdict.

    ``unconfirmed`` is what the pack reads of last year's values that nobody has confirmed: it may not be issued either. ``pack``
    is the pack as the zone has it audited: ``choices`` are the rules it switched off and the thresholds it changed.
    """

    pack: Pack
    period: Period
    findings: tuple[Finding, ...]
    unknown_of: Unknown
    unconfirmed: tuple[Unconfirmed, ...] = ()
    choices: tuple[Choice, ...] = ()
    overridden: int = 0

    def of(self, level: str) -> list[Finding]:
        """The findings of one level."""
        return [finding for finding in self.findings if finding.rule.level == level]

    @cached_property
    def unknown(self) -> Mapping[str, int]:
        """Rule → how many rows it could not judge."""
        found = Counter[str]()
        for rules, rows in Counter(self.unknown_of.values()).items():  # the same few sets of rules on many rows
            found.update(dict.fromkeys(rules, rows))
        return dict(found)

    @cached_property
    def open_must(self) -> int:
        """强制 findings."""
        return len(self.of(MUST))

    @cached_property
    def open_explain(self) -> int:
        """核实 findings without a valid explanation."""
        return sum(finding.open for finding in self.of(EXPLAIN))

    @property
    def passed(self) -> bool:
        """Whether the return may be issued."""
        return not (self.open_must or self.open_explain or self.unconfirmed)

    def may_issue(self, *, quick: bool = False) -> bool:
        """Whether it may be issued; a 快报 goes out before all 核实 findings are explained, never with a 强制 one."""
        return self.passed or (quick and not (self.open_must or self.unconfirmed))

    @property
    def verdict(self) -> str:
        """The one line above the findings."""
        if self.passed:
            return f"可以签发：没有要改的，也没有要说明的{self._chosen()}"
        return self._held("还不能签发", explain=self.open_explain)

    @property
    def quick_verdict(self) -> str:
        """Why not even a 快报 may be issued: what only a 正式 waits for is not told."""
        return self._held("快报也还不能签发", explain=0)

    def _held(self, head: str, *, explain: int) -> str:
        parts = [f"强制 {self.open_must} 处要改"] * bool(self.open_must) + [f"核实 {explain} 处要说明"] * bool(explain)
        rows = Counter[str]()
        for each in self.unconfirmed:
            rows[each.ledger.label] += each.rows
        where = "、".join(f"{ledger} {count:,}" for ledger, count in rows.items())
        parts += [f"从上年带来还没有确认的 {rows.total():,} 行（{where}）"] * bool(rows)
        return f"{head}：{'，'.join(parts)}{self._chosen()}"

    def _chosen(self) -> str:
        off = sum(each.value == OFF for each in self.choices)
        changed = len(self.choices) - off
        parts = [f"停用了 {off} 条规则"] * bool(off) + [f"改了 {changed} 个阈值"] * bool(changed)
        parts += [f"人工改数 {self.overridden} 个"] * bool(self.overridden)
        return f"（{'，'.join(parts)}）" if parts else ""


def audit(file: DataFile, pack: Pack, zones: Sequence[str], period: Period, today: date | None = None) -> Report:
    """Ask all rules of ``pack`` of all rows of ``zones``; a file that can be written keeps the findings for the badges."""
    return finish(auditing(file, pack, zones, period, today))


def auditing(
    file: DataFile, pack: Pack, zones: Sequence[str], period: Period, today: date | None = None
) -> Steps[Report]:
    """The same step by step, one for each zone's ledgers. What the first zone has decided about rules holds for all of them."""
    with file.reading() as connection:
        asked_pack, decided = in_force(connection, pack, zones[0])
        changed = len(overrides(connection, zones[0], pack.id, period))
    rules = rule_set(asked_pack)
    found: list[Finding] = []
    unknown: dict[bytes, tuple[str, ...]] = {}
    for number, zone in enumerate(zones):
        scene, asked = Scene(zone, period, today or date.today()), Asked()
        for step, group in enumerate(rules.groups):
            yield Progress(number * len(rules.groups) + step, len(zones) * len(rules.groups), group.ledger.label)
            with file.reading() as connection:
                rules.ask_group(group, connection, scene, asked)
        with file.reading() as connection:
            found += told(connection, rules, scene, asked.failed)
        unknown |= asked.unknown
        if not file.read_only:
            with file.writing() as connection:
                keep_findings(connection, zone, pack.id, period, [(rule.id, row) for rule, row in asked.failed])
    carried = unconfirmed(file, pack, zones, period)
    return Report(asked_pack, period, ordered(asked_pack, found), unknown, carried, decided, changed)


def ordered(pack: Pack, found: Iterable[Finding]) -> tuple[Finding, ...]:
    """By level, then in the order of the pack's rules."""
    order = {rule.id: (LEVEL_ORDER[rule.level], number) for number, rule in enumerate(pack.rules)}
    return tuple(sorted(found, key=lambda f: (order[f.rule.id], f.zone, f.title.name, f.row)))


def unconfirmed(file: DataFile, pack: Pack, zones: Sequence[str], period: Period) -> tuple[Unconfirmed, ...]:
    """Last year's values, not confirmed yet, in the ledgers of the period's year that the pack reads."""
    with file.reading() as connection:
        return unconfirmed_of(connection, zones, period.year, reads(pack, ROLLING))


def unjudged(file: DataFile, report: Report, zones: Sequence[str], today: date | None = None) -> dict[str, str]:
    """Why rules (by id) could not judge rows: 上年.营业收入 未填 2 行、期末从业人员 未填 1 行; the most frequent first."""
    rules = rule_set(report.pack)
    found: dict[str, str] = {}
    with file.reading() as connection:
        for group in rules.groups:
            for rule, formula in zip(group.rules, group.formulas, strict=True):
                if report.unknown.get(rule.id):
                    why = unknown_because(formula, connection, zones, report.period, today or date.today())
                    parts = [f"{reason} {count:,} 行" for reason, count in why.most_common(REASONS)]
                    found[rule.id] = "；".join(parts) + "…" * (len(why) > REASONS)
    return found


def judged(
    file: DataFile, pack: Pack, scene: Scene, rows: Mapping[str, Sequence[bytes]] | None = None
) -> tuple[list[Finding], Unknown]:
    """What the rules find on all rows, or a few (ledger id → row ids) as after a typed cell, and what they could not judge; nothing
    is kept.
    """
    rules = rule_set(pack)
    with file.reading() as connection:
        asked = rules.ask(connection, scene, rows)
        return told(connection, rules, scene, asked.failed), asked.unknown


def told(connection: Connection, rules: RuleSet, scene: Scene, failed: Iterable[tuple[Rule, bytes]]) -> list[Finding]:
    """What failed, with titles, messages and explanations."""
    zone, period = scene.zone, scene.period
    explained = notes(connection, zone, rules.pack.chain, period)
    by_rule: dict[Rule, list[bytes]] = {}
    for rule, row in failed:
        by_rule.setdefault(rule, []).append(row)
    findings = []
    for rule, rows in by_rule.items():
        on = ledger(rule.ledger)
        names = titles(connection, on, rows)
        texts = message(rule.message, on, rules.context).render(connection, rows, [zone], period, scene.today)
        elsewhere = rules.reach(rule).of(connection, rows, zone, period, scene.today)
        for row in rows:
            named, note = names.get(row, Title("", "")), explained.get((rule.id, row))
            text, reached = texts.get(row, rule.message), elsewhere.get(row, frozenset())
            findings.append(Finding(rule, on, zone, row, named, text, note, reached))
    return findings


REASONS = 3
LEVEL_ORDER = {MUST: 0, EXPLAIN: 1, HINT: 2}
