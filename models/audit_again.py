"""The audit carried on after something was written: only what the change touches is asked again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from models.audit import Finding, Report, Unknown, judged, ordered, unconfirmed
from models.choices import only
from models.rules import Scene
from models.store import Connection
from models.store.changed import rows_since, rows_within
from models.store.file import DataFile
from models.store.findings import notes
from models.store.overrides import overrides
from models.store.titles import Title, called_by, titles
from models.touching import Touched, rules_touched, touched_since


def audited_again(
    file: DataFile, report: Report, zones: Sequence[str], after: int, today: date | None = None
) -> Report:
    """The report of ``zones`` after the batches later than ``after``: the rules of the rows that these wrote are asked of those
    rows, the rules that read what they wrote from elsewhere of all rows.
    """
    day = today or date.today()
    with file.reading() as connection:
        changed = {zone: rows for zone, rows in rows_since(connection, after).items() if zone in zones}
        here = {zone: rows_within(connection, rows, report.period) for zone, rows in changed.items()}
        touched = touched_since(connection, after)
    asked = rules_touched(report.pack, touched)
    found: list[Finding] = []
    again = {row for rows in changed.values() for ids in rows.values() for row in ids}
    unknown = _without(report.unknown_of, again, asked)
    for zone, rows in here.items():
        own, unsure = judged(file, report.pack, Scene(zone, report.period, day), rows)
        found += [each for each in own if each.rule.id not in asked]
        unknown |= _without(unsure, (), asked)
    for zone in zones if asked else ():
        own, unsure = judged(file, only(report.pack, asked), Scene(zone, report.period, day))
        found += own
        for row, rules in unsure.items():
            unknown[row] = unknown.get(row, ()) + rules
    left = [f for f in report.findings if f.rule.id not in asked and f.row not in again]
    with file.reading() as connection:
        said = {zone: notes(connection, zone, report.pack.chain, report.period) for zone in zones}
        changed_by_hand = len(overrides(connection, zones[0], report.pack.id, report.period))
        left = _called_anew(connection, left, touched)
    left = [replace(f, note=said[f.zone].get((f.rule.id, f.row))) for f in left]
    carried = unconfirmed(file, report.pack, zones, report.period)
    return replace(
        report,
        findings=ordered(report.pack, [*left, *found]),
        unknown_of=unknown,
        unconfirmed=carried,
        overridden=changed_by_hand,
    )


def _called_anew(connection: Connection, findings: Sequence[Finding], touched: Touched) -> list[Finding]:
    """The findings with their titles as they are now: a row may be called by what was written on another one."""
    named: dict[bytes, Title] = {}
    for on in {each.ledger.id: each.ledger for each in findings}.values():
        if called_by(on) & touched:
            named |= titles(connection, on, {each.row for each in findings if each.ledger is on})
    return [replace(each, title=named.get(each.row, each.title)) for each in findings] if named else list(findings)


def _without(unknown: Unknown, rows: Collection[bytes], rules: Collection[str]) -> dict[bytes, tuple[str, ...]]:
    """What was not judged but for some rows and some rules; most rows have the same few sets of rules."""
    left = {each: tuple(rule for rule in each if rule not in rules) for each in set(unknown.values())}
    return {row: left[each] for row, each in unknown.items() if row not in rows and left[each]}
