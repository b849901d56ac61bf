"""The audit carried on after something was written: only what the change touches is asked again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from models.audit import Finding, Report, audit_rows, ordered, told, unconfirmed
from models.choices import only
from models.rules import Scene, rule_set
from models.store.changed import rows_since, rows_within
from models.store.file import DataFile
from models.store.findings import notes
from models.store.overrides import overrides
from models.touching import rules_touched, touched_since


def audited_again(
    file: DataFile, report: Report, zones: Sequence[str], after: int, today: date | None = None
) -> Report:
    """The report of ``zones`` after the batches later than ``after``: the rules of the rows that these wrote are asked of those
    rows, the rules that read what they wrote from elsewhere of all rows. How many rows a rule of a changed row could not judge
    is left as it was.
    """
    day = today or date.today()
    with file.reading() as connection:
        changed = {zone: rows for zone, rows in rows_since(connection, after).items() if zone in zones}
        here = {zone: rows_within(connection, rows, report.period) for zone, rows in changed.items()}
        asked = rules_touched(report.pack, touched_since(connection, after))
    found: list[Finding] = []
    for zone, rows in here.items():
        own = audit_rows(file, report.pack, Scene(zone, report.period, day), rows)
        found += [each for each in own if each.rule.id not in asked]
    unknown = {rule: count for rule, count in report.unknown.items() if rule not in asked}
    if asked:
        rules = rule_set(only(report.pack, asked))
        for zone in zones:
            scene = Scene(zone, report.period, day)
            with file.reading() as connection:
                answers = rules.ask(connection, scene)
                found += told(connection, rules, scene, answers.failed)
            for rule, count in answers.unknown.items():
                unknown[rule] = unknown.get(rule, 0) + count
    judged = {(ledger, row) for rows in changed.values() for ledger, ids in rows.items() for row in ids}
    left = [f for f in report.findings if f.rule.id not in asked and (f.ledger.id, f.row) not in judged]
    with file.reading() as connection:
        said = {zone: notes(connection, zone, report.pack.chain, report.period) for zone in zones}
        changed_by_hand = len(overrides(connection, zones[0], report.pack.id, report.period))
    left = [replace(f, note=said[f.zone].get((f.rule.id, f.row))) for f in left]
    carried = unconfirmed(file, report.pack, zones, report.period)
    return replace(
        report,
        findings=ordered(report.pack, [*left, *found]),
        unknown=unknown,
        unconfirmed=carried,
        overridden=changed_by_hand,
    )
