"""Commands on a return: audit, explain, indicators, export (draft, issue, or one ledger), verify."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from exporters.audit_sheet import write_audit
from exporters.ledger_sheet import write_csv, write_xlsx
from exporters.seal import is_sealed
from exporters.seal import verify as verify_seal
from exporters.workbook import WorkbookFault
from models.audit import EXPLAIN, Finding, Report, numeric, unjudged
from models.audit import audit as run_audit
from models.choices import told_choice
from models.doubts.doubt import Doubt
from models.doubts.kinds import HOME
from models.doubts.looking import doubts
from models.formula.behind import rows_behind
from models.indicators import Result, indicator_set
from models.kinds import decimal_of
from models.ledger import nearest
from models.ledgers import ledger
from models.overridden import MARK, reported_results, told_by_hand
from models.pace import PART, Standing, standing
from models.packs.pack import NO_YEAR
from models.progress import finish
from models.returns import SIGNATURES
from models.store.batches import batch
from models.store.findings import write_note
from models.store.listing import listing
from models.store.titles import titles
from models.store.versions import Version, later
from models.store.zones import UnknownZone, pick, scope
from models.substance import emptiness
from models.targets import shown
from ui.asked import Asked
from ui.commands.changes import show_change
from ui.commands.opening import asked, data_path, opened, output_path, period
from ui.commands.output import BLOCKED, DONE, Stop, say, show, show_json, stopping, table
from ui.formwork import audited, red_files
from ui.overriding import sealed_overrides
from ui.reporting import Issued, NotConfirmed, NotPassed, NotSigned, draft, issue
from ui.writing import replacing, save


def audit(options: argparse.Namespace) -> int:
    """Ask the pack's rules; exit 1 while there are 强制 findings. A file that cannot be written is audited all the same."""
    target = output_path(options, ".xlsx") if options.output else None
    with opened(options, write=None) as file:
        what = asked(file, options)
        report = run_audit(file, what.pack, what.zones, what.period)
        seen = doubts(file, what.pack, what.zones, what.period) if options.doubts else None
        why = {} if options.json and not target else unjudged(file, report, what.zones)
        told = audited(file, what, report, why) if target else None
        with stopping(OSError):
            red = finish(red_files(file, report, options.red)) if options.red else None
    found = seen.found if seen else ()
    if told and target:
        with stopping(OSError), replacing(target) as fresh:
            write_audit(fresh, told)
    if red:
        say(
            f"红格表 {red.files} 份，红格 {red.rows} 处，在“{red.where}”"
            + (f"；另有 {red.left} 处不归哪家企业" if red.left else "")
        )
    if options.json:
        show_json([each.to_json() for each in (*report.unconfirmed, *report.findings, *found)])
    else:
        _show_report(report, why)
        for line in map(_doubt_line, found):
            show(line)
    return BLOCKED if report.open_must or report.unconfirmed else DONE


def _show_report(report: Report, why: Mapping[str, str]) -> None:
    for line in [*_carried_lines(report), *map(_line, report.findings)]:
        show(line)
    for each in report.choices:
        show(f"{told_choice(each)}：{each.why}（{each.who} {each.at[:16].replace('T', ' ')}）")
    for rule in report.pack.rules:
        if rule.id in why:
            show(f"未审 {rule.id} {rule.ledger}：{why[rule.id]}")
    unknown = sum(report.unknown.values())
    show(report.verdict + (f"；未能审核 {unknown} 处（要用的数没有填）" if unknown else ""))


def _carried_lines(report: Report) -> list[str]:
    """Last year's values that nobody has confirmed, a line for each ledger."""
    return [f"强制 结转 {each.sentence} → 核对后改正；没有变的用 confirm 确认" for each in report.unconfirmed]


def _line(finding: Finding) -> str:
    """One finding: level, rule, where it is, the values at the scene and what to do."""
    parts = (finding.rule.level, finding.rule.id, finding.ledger.label, finding.title.key, finding.message)
    done = f"（已说明：{finding.note.text}）" if finding.note and finding.explained else f" → {finding.rule.remedy}"
    return " ".join(filter(None, parts)) + done


def _doubt_line(doubt: Doubt) -> str:
    """One doubt, as a finding is told; what can be corrected with one key in the window says by what."""
    parts = (HOME, doubt.kind.id, doubt.ledger.label, doubt.title.key, doubt.message)
    told = f"（已核实：{doubt.note.text}）" if doubt.note and doubt.explained else f" → {doubt.kind.remedy}"
    return " ".join(filter(None, parts)) + told + (f"（{doubt.fix.label}）" if doubt.fix else "")


def explain(options: argparse.Namespace) -> int:
    """Write the explanation of a 核实 finding; an empty one (核实无误) is refused."""
    with opened(options, write=True) as file:
        what = asked(file, options)
        rules = {rule.id: rule for rule in what.pack.rules}
        if options.rule not in rules:
            raise Stop(f"“{what.pack.id}”里没有 {options.rule} 这条规则{nearest(options.rule, rules)}")
        if rules[options.rule].level != EXPLAIN:
            raise Stop(f"{options.rule} 是{rules[options.rule].level}性的，不用说明：{rules[options.rule].remedy}")
        fault = emptiness(options.text, figure=numeric(rules[options.rule]))
        if fault:
            raise Stop(fault)
        report = run_audit(file, what.pack, what.zones, what.period)
        found = [f for f in report.findings if f.rule.id == options.rule and options.key in (f.title.key, f.title.name)]
        if not found:
            raise Stop(f"{options.rule} 没有查出“{options.key}”")
        for finding in found:
            with batch(file, finding.zone, "说明", f"说明 {finding.rule.id} {finding.title.name}") as work:
                write_note(
                    work,
                    what.pack.kept_with(finding.rule.id),
                    what.period,
                    finding.rule.id,
                    finding.ledger.id,
                    finding.row,
                    finding.message,
                    options.text,
                )
    told = {"code": options.rule, "key": options.key, "explained": len(found)}
    return _told(options, told, f"已写说明：{options.rule} {options.key}")


def indicators(options: argparse.Namespace) -> int:
    """Every figure of the pack, or the rows behind one of them, or why one changed."""
    with opened(options) as file:
        what = asked(file, options)
        with file.reading() as connection:
            if options.rows:
                return _rows(options, connection, what)
            if options.change:
                return show_change(options, connection, what)
            found = reported_results(connection, what.pack, what.zones, what.period, date.today())
    beside = [standing(result, what.period, date.today()) for result in found]
    if options.json:
        show_json([_as_json(result, of) for result, of in zip(found, beside, strict=True)])
    else:
        rows = [("编号", "指标", "本年", "单位", "上年", "完成", "灯", "目标")]
        rows += [
            (r.indicator.id, r.indicator.name, f"{_text(r.rounded)}{MARK * (r.by is not None)}", r.indicator.unit,
             _text(r.rounded_prior), _share(of), of.light if of else "",
             "；".join(f"{goal.year or NO_YEAR}{goal.level}{shown(goal, r.indicator.places)}" for goal in r.goals))
            for r, of in zip(found, beside, strict=True)
        ]  # fmt: skip
        table(rows)
        for line in filter(None, map(told_by_hand, found)):
            show(f"{MARK} {line}")
    return DONE


def _share(of: Standing | None) -> str:
    """How far the target that counts is reached; of a wider area's target the share."""
    if of is None or of.share is None:
        return ""
    return f"{'占 ' * (of.state == PART)}{decimal_of(of.share, 1):f}%"


def _standing_json(of: Standing | None) -> dict[str, str | None] | None:
    if of is None:
        return None
    share, over = (None if each is None else f"{decimal_of(each, 1):f}" for each in (of.share, of.elapsed))
    gap = None if of.missing is None else f"{of.missing:f}"
    return {
        "level": of.goal.level, "state": of.state, "share": share, "elapsed": over, "gap": gap, "light": of.light,
    }  # fmt: skip


def _as_json(result: Result, of: Standing | None) -> dict[str, object]:
    each = result.indicator
    return {
        "id": each.id,
        "name": each.name,
        "value": None if result.rounded is None else f"{result.rounded:f}",
        "unit": each.unit,
        "exact": None if result.value is None else f"{result.value.numerator}/{result.value.denominator}",
        "prior": None if result.rounded_prior is None else f"{result.rounded_prior:f}",
        "prior_source": result.prior_source,
        "overridden": told_by_hand(result),
        "standing": _standing_json(of),
        "formula": each.formula,
        "clause": each.clause,
        "targets": [
            {
                "level": goal.level,
                "year": goal.year,
                "compare": goal.compare,
                "value": shown(goal, each.places),
                "words": goal.words,
            }
            for goal in result.goals
        ],
    }


def _rows(options: argparse.Namespace, connection: Any, what: Asked) -> int:
    with stopping(KeyError):
        each = what.pack.indicator(options.rows)
    made = indicator_set(what.pack).figures[each.id]
    result: list[dict[str, object]] = []
    for part in rows_behind(made, connection, what.zones, what.period, date.today()):
        names = titles(connection, part.ledger, [row for row, _ in (*part.included, *part.left_out)])
        result.append({
            "set": part.words,
            "ledger": part.ledger.label,
            "included": [{"key": names[row].key, "name": names[row].name, "value": _plain(value)} for row, value in part.included],
            "left_out": [{"key": names[row].key, "name": names[row].name, "reason": why} for row, why in part.left_out],
        })  # fmt: skip
    if options.json:
        show_json(result)
        return DONE
    for part_told in result:
        show(f"{part_told['set']}：计入 {len(part_told['included'])}，没计入 {len(part_told['left_out'])}")
        for row in part_told["included"]:
            show(
                "  "
                + " ".join(filter(None, (row["key"], row["name"], "" if row["value"] is None else str(row["value"]))))
            )
        for row in part_told["left_out"]:
            show(f"  没计入：{' '.join(filter(None, (row['key'], row['name'])))}（{row['reason']}）")
    return DONE


def export(options: argparse.Namespace) -> int:
    """The return as a workbook (a draft, or issued), or one ledger as CSV or Excel."""
    signing = {
        "--unit-leader": options.unit_leader,
        "--stat-leader": options.stat_leader,
        "--filler": options.filler,
        "--tel": options.tel,
    }
    idle = {"--issue": options.issue and options.ledger, "--personal": options.personal and options.pack}
    idle |= {} if options.issue else signing | {"--kind": options.kind, "--why": options.why}
    if wrong := [name for name, value in idle.items() if value]:
        right = "--ledger" if "--personal" in wrong else "--pack" if "--issue" in wrong else "--issue"
        raise Stop(f"{'、'.join(wrong)} 要和 {right} 一起写")
    if options.ledger:
        return _export_ledger(options)
    if not options.period:
        raise Stop("请用 --period 写上报告期")
    output = output_path(options, ".xlsx")
    if is_sealed(output):  # the only copy of what was stamped: the data file keeps its figures, not the workbook
        raise Stop(f"“{output.name}”是签发过的报表，不覆盖，请换一个文件名，或先把它移走")
    with opened(options, write=options.issue) as file, stopping(WorkbookFault, OSError, NotSigned, NotConfirmed):
        what = asked(file, options)
        if not options.issue:
            save(draft(file, what).content, output)
            return _told(options, {"file": str(output), "draft": True}, f"已导出草稿：{output}")
        try:
            names = dict(zip(SIGNATURES, signing.values(), strict=False))
            issued = issue(file, what, names, output, kind=options.kind, why=options.why)
        except NotPassed as refusal:
            say(str(refusal))
            for line in _carried_lines(refusal.report):
                say(line)
            for finding in refusal.held:
                say(_line(finding))
            return BLOCKED
    return _told_issued(options, issued, output)


def _told_issued(options: argparse.Namespace, issued: Issued, output: Path) -> int:
    """Say what was issued, and if it is late."""
    if issued.late:
        say(issued.late)
    told = {
        "file": str(output),
        "draft": False,
        "version": issued.number,
        "short_code": issued.short_code,
        "kind": issued.kind,
    }
    told |= {"deadline": str(issued.due or ""), "late": bool(issued.late)}
    return _told(
        options,
        told,
        f"已签发{issued.title}，校验码 {issued.short_code}：{output}",
    )


def _export_ledger(options: argparse.Namespace) -> int:
    with stopping(KeyError):
        of = ledger(options.ledger)
    when = period(options.period) if options.period else None
    output = output_path(options, ".csv", ".xlsx")
    with opened(options) as file, stopping(OSError, UnknownZone), file.reading() as connection:
        zones = scope(connection, pick(connection, options.zone), own=options.own)
        columns, rows = listing(connection, of, zones, when, personal=options.personal)
        with replacing(output) as fresh:
            in_csv = output.suffix.lower() == ".csv"
            count = write_csv(fresh, columns, rows) if in_csv else write_xlsx(fresh, of.label, columns, rows)
    return _told(options, {"file": str(output), "rows": count}, f"已导出 {of.label} {count} 行：{output}")


def verify(options: argparse.Namespace) -> int:
    """Whether a sealed return is whole and unaltered; exit 1 when it is not. A later version in the data file is told."""
    with stopping(OSError):
        try:
            verdict = verify_seal(options.file)
        except WorkbookFault as fault:
            raise Stop(f"“{options.file.name}”：{fault}") from fault
    altered = [{"sheet": a.sheet, "cell": a.cell, "was": a.was, "now": a.now} for a in verdict.altered]
    for each in verdict.altered:
        say(str(each))
    changed = sealed_overrides(verdict.data)
    for line in changed:
        say(line)
    after = _later(options, verdict.manifest)
    _told(
        options,
        {
            "ok": verdict.ok,
            "sentence": verdict.sentence,
            "altered": altered,
            "manifest": dict(verdict.manifest),
            "later": after.number if after else None,
            "later_kind": after.kind if after else None,
            "overrides": list(verdict.data.get("overrides", ())),
        },
        verdict.sentence
        + (f"其中人工改数 {len(changed)} 个。" if changed else "")
        + (f"注意：{after.later_told}。" if after else ""),
    )
    return DONE if verdict.ok else BLOCKED


def _later(options: argparse.Namespace, manifest: Mapping[str, str]) -> Version | None:
    """A later version than the file's, if the data file is at hand and knows of one; the province has none."""
    if not manifest or not data_path(options).exists():
        return None
    with suppress(Stop), opened(options) as file, file.reading() as connection:
        return later(connection, manifest)
    return None


def _told(options: argparse.Namespace, result: Mapping[str, object], sentence: str) -> int:
    if options.json:
        show_json(result)
    else:
        show(sentence)
    return DONE


def _text(value: object) -> str:
    return "—" if value is None else f"{value:,f}"


def _plain(value: object) -> object:
    return f"{decimal_of(value, 4).normalize():f}" if isinstance(value, Fraction) else value
