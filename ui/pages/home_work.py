"""What the 首页 tells, worked out away from the window: returns, what to do first, how complete the ledgers are, the targets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from models.agenda import Due, changed_since, dues
from models.audit import EXPLAIN, MUST, Finding, Report
from models.ledger import Ledger
from models.ledgers import BY_ID
from models.overridden import reported_results
from models.pace import Standing, standing
from models.packs.reads import reads
from models.periods import Period
from models.store import Connection
from models.store.begun import Begun, begun
from models.store.carried import unconfirmed
from models.store.file import DataFile
from models.store.gaps import Filled, filled
from models.store.rotation import backups_of
from models.store.view import view_of
from ui.asked import Asked
from ui.asking import page_of
from ui.moments import when
from ui.pages.ledger import ENTRIES as LEDGER_PAGES

GROUPED = 3  # ledgers whose 强制 findings get a line of their own


@dataclass(frozen=True)
class Todo:
    """One thing to do: its word and tone, what is the matter, the word of the link and where it goes.

    ``page`` "" is the backup, which is made at once; ``period`` and ``pack`` are turned to before going.
    """

    word: str
    tone: str
    text: str
    way: str
    page: str = ""
    where: Mapping[str, object] = field(default_factory=dict)
    period: Period | None = None
    pack: str = ""


@dataclass(frozen=True)
class Asking:
    """What the page is to be worked out for. ``report`` is the audit's, where there is one; ``returned`` an import's file, rows, ledger."""

    file: DataFile
    asked: Asked
    today: date
    report: Report | None
    year: int
    returned: tuple[str, int, str] | None = None


@dataclass(frozen=True)
class Seen:
    """One part of the page, as it is worked out; the others are None."""

    begun: Begun | None = None
    dues: list[Due] | None = None
    todos: list[Todo] | None = None
    ledgers: list[Filled] | None = None
    targets: list[Standing] | None = None


def look(of: Asking) -> Iterator[Seen]:
    """The parts of the page, the quick ones first; the work can be stopped between them."""
    asked = of.asked
    with of.file.reading() as connection:
        yield Seen(begun=begun(connection, asked.zone.code, of.year))
        due = dues(connection, asked.zones, asked.period.year, of.today, asked.pack.id)
        yield Seen(dues=due)
        yield Seen(todos=list(_todos(connection, of, due)))
    with of.file.reading() as connection:
        yield Seen(ledgers=_ledgers(connection, asked))
    with of.file.reading() as connection:
        yield Seen(targets=_targets(connection, of))
    with of.file.reading() as connection:
        if later := list(_later(connection, of, due)):
            yield Seen(todos=[*later, *_todos(connection, of, due)])


def _targets(connection: Connection, of: Asking) -> list[Standing]:
    """The standings of the pack's indicators: the zone's own targets first, those of a wider area last."""
    asked = of.asked
    results = reported_results(connection, asked.pack, asked.zones, asked.period, of.today)
    found = [each for result in results if (each := standing(result, asked.period, of.today))]
    own = [each for each in found if each.result.aim is not None]
    rest = [each for each in found if each.result.aim is None]
    return own + [each for each in rest if each.elapsed is not None] + [each for each in rest if each.elapsed is None]


def _ledgers(connection: Connection, asked: Asked) -> list[Filled]:
    """The ledgers that have a page of their own and rows in the period, or that the pack reads."""
    ledgers = [BY_ID[entry.id] for entry in LEDGER_PAGES if not entry.under]
    read = reads(asked.pack, ledgers)
    taken = [each for each in ledgers if asked.period.form in view_of(each).own.forms]
    found = [filled(connection, each, asked.zone.code, asked.period) for each in taken]
    return [each for each in found if each.lines or each.ledger in read]


# --- what to do first


def _todos(connection: Connection, of: Asking, due: Sequence[Due]) -> Iterator[Todo]:
    report, asked = of.report, of.asked
    if report is not None:
        yield from _must(report, asked)
        yield from _explain(report)
    else:
        yield from _kept(asked, due)
    for each in unconfirmed(connection, asked.zones, asked.period.year):
        where = {"carried": True, "row": each.first, "field": each.field}
        yield Todo("待确认", "plain", each.sentence, "去确认", page_of(each.ledger), where)
    if of.returned is not None:
        path, rows, ledger = of.returned
        text = f"“{Path(path).name}”有 {rows:,} 行退回，没有导入"
        yield Todo("导入", "plain", text, "看退回行", "importing", {"path": path, "ledger": ledger})
    if not of.file.read_only:
        yield from _backup(of)


def _must(report: Report, asked: Asked) -> Iterator[Todo]:
    """强制 findings by ledger, the fullest first."""
    by_ledger: dict[Ledger, list[Finding]] = {}
    for each in report.of(MUST):
        by_ledger.setdefault(each.ledger, []).append(each)
    ordered = sorted(by_ledger.items(), key=lambda item: -len(item[1]))
    for ledger, found in ordered[:GROUPED]:
        first = found[0]
        where = {"row": first.row, "field": next(iter(first.fields), "")}
        period = asked.period if ledger.dated else None
        yield Todo(
            MUST,
            "error",
            f"{len(found):,} 处 · {ledger.label}：{first.message}",
            "去改",
            page_of(ledger),
            where,
            period,
        )
    if rest := ordered[GROUPED:]:
        names = "、".join(ledger.label for ledger, _ in rest)
        yield Todo(MUST, "error", f"{sum(len(found) for _, found in rest):,} 处 · {names}", "去改", "audit")


def _explain(report: Report) -> Iterator[Todo]:
    waiting = [each for each in report.of(EXPLAIN) if each.open]
    if waiting:
        names = "、".join(dict.fromkeys(each.ledger.label for each in waiting))
        text = f"{len(waiting):,} 处 · {names}：{waiting[0].message}"
        yield Todo(EXPLAIN, "warning", text, "去说明", "audit", {"rule": waiting[0].rule.id})


def _kept(asked: Asked, due: Sequence[Due]) -> Iterator[Todo]:
    """What the last audit left, until the rules are asked again."""
    mine = next((each for each in due if each.pack.id == asked.pack.id and each.period == asked.period), None)
    for word, tone, way, count in (
        (MUST, "error", "去改", mine and mine.must),
        (EXPLAIN, "warning", "去说明", mine and mine.explain),
    ):
        if count:
            yield Todo(word, tone, f"{count:,} 处，上次审核时", way, "audit")


def _backup(of: Asking) -> Iterator[Todo]:
    latest = next(iter(backups_of(of.file.path)), None)
    if latest is None or latest.at.date() < of.today:
        text = f"今天还没有备份，最近一次是{when(latest.at)}" if latest else "还没有备份过"
        yield Todo("备份", "warning", text, "现在备份")


def _later(connection: Connection, of: Asking, due: Sequence[Due]) -> Iterator[Todo]:
    """Versions that say something else than the ledgers do now."""
    for each in due:
        changed = changed_since(connection, each, of.asked.zones, of.today)
        if changed and each.issued:
            names = "、".join(changed[:2]) + ("等" if len(changed) > 2 else "")
            text = f"{each.pack.id} {each.issued.title}签发以后，{names} {len(changed)} 个数变了，要报就再签发一版"
            yield Todo("更正", "warning", text, "去看", "returns", period=each.period, pack=each.pack.id)
