"""What a column of a file can be: a field of the ledger, the record a row belongs to, or the row's report period."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, replace
from functools import cache

from models.fields import Field
from models.kinds import CreditCode, Reference
from models.ledger import Ledger, Time
from models.ledgers import BY_ID, LEDGERS
from models.periods import Period
from models.text import fold

PERIOD, YEAR, QUARTER, MONTH = "报告期", "年度", "季度", "月份"
_PERIOD_NAMES = {
    PERIOD: ("报告期", "期别", "所属期", "报告期别", "统计期", "数据期", "所属时期", "时期"),
    YEAR: ("年度", "年份", "年", "报告年度", "统计年度", "所属年度", "报告年份", "数据年度"),
    QUARTER: ("季度", "季", "报告季度"),
    MONTH: ("月份", "月", "报告月份", "统计月份", "所属月份"),
}
_OLD_CODE = "old_reg_no"  # 注册号: enterprises without 统一社会信用代码 are known by it


@dataclass(frozen=True, slots=True)
class Target:
    """One thing a column can be.

    ``field`` with ``via``: the referred record, found by that field of its own ledger. No ``field``: the row's period, of
    which the column gives ``part``. ``period`` is the period of the figures where the heading or the import tells it;
    ``back`` how many years before the row's they are, None in a period of their own; ``named`` is told by the heading.
    """

    ledger: Ledger
    field: Field | None = None
    via: Field | None = None
    part: str = ""
    period: Period | None = None
    back: int | None = 0
    named: bool = dataclasses.field(default=False, compare=False)

    @property
    def key(self) -> str:
        """What is remembered of it from file to file; the period is in the heading itself."""
        name = self.field.id if self.field else f"#{self.part}"
        return f"{self.ledger.id}.{name}" + (f"/{self.via.id}" if self.via else "")

    @property
    def label(self) -> str:
        """As a person reads it: 单位详细名称, 营业收入 2024年, 营业收入 上年."""
        name = self.via.label if self.via else self.field.label if self.field else self.part
        if not self.named:
            return name
        return f"{name} {self.period.label if self.period else '上年'}"

    @property
    def identifies(self) -> bool:
        """Whether the column tells which record or period a row is about, rather than something about it."""
        return self.field is None or self.via is not None or isinstance(self.field.kind, Reference)

    @property
    def places(self) -> bool:
        """Whether a column so matched can by itself tell which record a row is."""
        ledger = self.ledger
        known = {field.id for field in known_by(ledger)} if has_directory(ledger) else set()
        return self.field is not None and self.field.id in {*ledger.key[:1], *known}

    def at(self, period: Period | None, back: int | None, *, named: bool) -> Target:
        """The same in the period that the heading says."""
        return replace(self, period=period, back=back, named=named)


def has_directory(ledger: Ledger) -> bool:
    """Whether the records are known by a code, an older number or a name (企业), rather than by their key alone."""
    return bool(ledger.key) and isinstance(ledger.by_id[ledger.key[0]].kind, CreditCode)


def companions(ledger: Ledger) -> tuple[Ledger, ...]:
    """The yearly ledgers whose fields an import into ``ledger`` carries with it (企业 → 企业年度)."""
    return tuple(
        one for one in LEDGERS if one.time is Time.YEARLY and one.one_per == ledger.id and ledger.time is Time.LASTING
    )


@cache
def targets(ledger: Ledger) -> tuple[Target, ...]:
    """All a column can be in an import into ``ledger``: its own fields first, then what else the file may say."""
    own = [
        Target(ledger, field) for field in ledger.stored if not isinstance(field.kind, Reference) and not field.digest
    ]
    yearly = [
        Target(one, field)
        for one in companions(ledger)
        for field in one.stored
        if field.id not in one.key and not field.digest
    ]
    linked = [Target(ledger, link, via) for link in ledger.links for via in known_by(BY_ID[_referred(link)])]
    links = [Target(ledger, link) for link in ledger.links]
    parts = {Time.PERIOD: (PERIOD, YEAR, QUARTER, MONTH), Time.YEARLY: (PERIOD, YEAR)}.get(ledger.time, ())
    return (*own, *yearly, *(Target(ledger, part=part) for part in parts), *linked, *links)


def known_by(ledger: Ledger) -> tuple[Field, ...]:
    """The fields by which a file names a record of ``ledger``, surest first: code, old number, name."""
    names = dict.fromkeys((*ledger.key, _OLD_CODE, *ledger.title))
    fields = (ledger.by_id[name] for name in names if name in ledger.by_id)
    return tuple(field for field in fields if not isinstance(field.kind, Reference))


@cache
def names(ledger: Ledger) -> dict[str, tuple[Target, bool]]:
    """Folded name → what it names, and whether it is the very label (or identifier) rather than an alias.

    A label beats an alias, and of equals the earlier in :func:`targets` wins.
    """
    found: dict[str, tuple[Target, bool]] = {}
    for exact in (True, False):
        for target in targets(ledger):
            for name in _names(target, exact=exact):
                found.setdefault(fold(name), (target, exact))
    return found


def _names(target: Target, *, exact: bool) -> tuple[str, ...]:
    if target.field is None:
        return _PERIOD_NAMES[target.part][:1] if exact else _PERIOD_NAMES[target.part]
    field = target.via or target.field
    if not exact:
        return field.aliases
    listed = (f"{target.field.label}:{target.via.label}",) if target.via else ()  # as our own list heads the column
    return (field.label, field.id, field.id.replace("_", ""), *listed)


def _referred(link: Field) -> str:
    assert isinstance(link.kind, Reference)
    return link.kind.ledger
