"""Making a return: the draft, and issuing it (签发). Used by the commands and by the window alike; no Qt here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from exporters.placement import Placement
from exporters.seal import seal
from exporters.workbook import fill
from models.audit import EXPLAIN, Report, audit
from models.change.basis import basis_of
from models.dates import stored_date
from models.ledgers.zone import ZONE
from models.numbering import CORRECTED, FORMAL, QUICK, version_title
from models.returns import SIGNATURES, Frame, ReturnFigures
from models.store.batches import batch
from models.store.faults import EnvironmentFault
from models.store.file import DataFile
from models.store.versions import (
    SENT_BACK,
    Version,
    keep_version,
    next_kinds,
    next_number,
    versions,
    workbook_of,
)
from models.store.zones import zone_fields
from models.substance import emptiness
from models.version import software
from ui.asked import Asked
from ui.comparing import with_comparison
from ui.overriding import open_items, with_overrides
from ui.writing import save


class NotPassed(Exception):
    """A return that may not be issued yet; the message is the verdict, ``report`` the audit, ``held`` the findings that hold it."""

    def __init__(self, report: Report, *, quick: bool = False) -> None:
        super().__init__(report.quick_verdict if quick else report.verdict)
        self.report = report
        self.held = [each for each in report.findings if each.open and not (quick and each.rule.level == EXPLAIN)]


class NotConfirmed(Exception):
    """What else stands in the way: an overridden figure to be confirmed, a kind that may not be issued now; a sentence."""


class NotSigned(Exception):
    """Signatures are missing; the message names them."""


@dataclass(frozen=True)
class Draft:
    """A return's workbook as it stands now, and where each of its cells comes from."""

    content: bytes
    placement: Placement
    figures: ReturnFigures


@dataclass(frozen=True)
class Issued:
    """An issued version: its workbook, number, short code and audit, and the days it was reported and due (M015)."""

    content: bytes
    number: int
    short_code: str
    report: Report
    reported: date
    due: date | None
    kind: str = FORMAL

    @property
    def title(self) -> str:
        """第 2 版, 快报第 1 号."""
        return version_title(self.number, self.kind)

    @property
    def late(self) -> str:
        """What is to be said of a return that is reported after it was due; "" of one in time."""
        if self.due is None or self.reported <= self.due:
            return ""
        return f"报出日期 {self.reported} 晚于期限 {self.due}，请在报送时说明迟报的原因"


def draft(file: DataFile, asked: Asked, *, marked: bool = True, signed: Mapping[str, str] | None = None) -> Draft:
    """Fill the form from the ledgers; ``marked`` prints 草稿 on every page, without it formulas become values.

    Raises WorkbookFault for a faulty form.
    """
    with file.reading() as connection:
        frame = Frame(asked.zone, asked.period, signed or {})
        figures = ReturnFigures(connection, asked.pack, frame, asked.zones, date.today())
        filled = fill(asked.pack.form, figures, draft=marked, values=not marked)
        content = with_overrides(filled, figures, marked=marked)
    return Draft(content, filled.placement, figures)


def signatures(file: DataFile, asked: Asked, given: Mapping[str, str]) -> dict[str, str]:
    """Who signs: the names given, else those of the zone's own file; the day is today. Raises NotSigned."""
    with file.reading() as connection:
        own = zone_fields(connection, asked.zone.code, ("leader", "contact", "tel"))
    known = {
        "单位负责人": own["leader"],
        "统计负责人": own["contact"],
        "填表人": own["contact"],
        "联系电话": own["tel"],
    }
    signed = {name: given.get(name) or known.get(name) or "" for name in SIGNATURES}
    signed["报出日期"] = given.get("报出日期") or f"{date.today():%Y年%m月%d日}"
    missing = [name for name in SIGNATURES if not signed[name]]
    if missing:
        raise NotSigned(f"表尾还缺{'、'.join(missing)}：请在“{ZONE.label}”台账里填好，或在签发时写上")
    return signed


def issue(
    file: DataFile,
    asked: Asked,
    given: Mapping[str, str] | None = None,
    target: Path | None = None,
    *,
    kind: str = "",
    why: str = "",
) -> Issued:
    """Seal a numbered version and keep it, its workbook saved to ``target``: both or neither. ``kind`` "" is the likeliest one.

    Raises NotPassed, NotConfirmed, NotSigned, OSError as :func:`save`.
    """
    with file.reading() as connection:
        found = versions(connection, asked.zone.code, asked.pack.id, asked.period)
    kind = _kind(found, kind, why)
    report = audit(file, asked.pack, asked.zones, asked.period)
    if not report.may_issue(quick=kind == QUICK):
        raise NotPassed(report, quick=kind == QUICK)
    signed = signatures(file, asked, given or {})
    made = draft(file, asked, marked=False, signed=signed)
    if sentence := open_items(made.figures.overridden):
        raise NotConfirmed(f"{sentence}。请在报表页逐个确认或撤回")
    no, number = 1 + max((each.no for each in found), default=0), next_number(found, kind)
    today, due = date.today(), asked.pack.due(asked.period)
    issued_at = datetime.now().isoformat(timespec="seconds")
    content = _with_comparison(file, found, made, kind, why)
    sealed = seal(content, _manifest(asked, (no, number), issued_at, kind), _data(made.figures, report))
    values = {
        "pack": asked.pack.id, "version": no, "state": "签发", "pack_version": asked.pack.version, "issued_at": issued_at,
        "short_code": sealed.short_code, "file_hash": sealed.sha256, "unit_leader": signed["单位负责人"],
        "stat_leader": signed["统计负责人"], "filler": signed["填表人"], "tel": signed["联系电话"],
        "report_date": stored_date(today), "deadline": stored_date(due) if due else None, "kind": kind,
        "why": why.strip() if kind == CORRECTED else None,
    }  # fmt: skip
    title = f"签发 {asked.pack.title} {asked.period.label} {version_title(number, kind)}"
    saved: Path | None = None
    try:
        with batch(file, asked.zone.code, "签发", title) as work:
            figures, basis = made.figures, basis_of(asked.pack)
            keep_version(
                work, asked.period, figures.figures, values, figures.keyed, workbook=sealed.content, basis=basis
            )
            if target:
                save(sealed.content, target)
                saved = target
    except EnvironmentFault:
        if saved:  # the version could not be kept after its workbook was saved; what lay there unsaved is not ours
            saved.unlink(missing_ok=True)
        raise
    return Issued(sealed.content, number, sealed.short_code, report, today, due, kind)


def _kind(found: Sequence[Version], kind: str, why: str) -> str:
    """The kind to be issued. Raises NotConfirmed where it may not be, or a 更正 does not say why."""
    may = next_kinds(found)
    if kind and kind not in may:
        raise NotConfirmed(f"现在不能签发{kind}，可以签发：{'、'.join(may)}")
    kind = kind or may[0]
    if kind == CORRECTED and (fault := emptiness(why)):
        raise NotConfirmed(f"报过的要改，签发的是更正，更正要写明理由：{fault}")
    return kind


def _with_comparison(file: DataFile, found: Sequence[Version], made: Draft, kind: str, why: str) -> bytes:
    """The workbook with its table of what it says otherwise than the version before it, where there is one to compare with."""
    standing = [each for each in found if each.state != SENT_BACK]
    with_quick = {FORMAL: True, CORRECTED: False}.get(kind)  # a 快报 is compared with nothing
    before = [each for each in standing if (each.kind == QUICK) is with_quick]
    with file.reading() as connection:
        was = workbook_of(connection, before[-1].id) if before else b""
    if not was:
        return made.content
    return with_comparison(was, made.content, figures=made.figures, kind=kind, why=why.strip(), before=before[-1].told)


def _manifest(asked: Asked, numbers: tuple[int, int], issued_at: str, kind: str) -> dict[str, str]:
    """What the seal says of a version; ``numbers``: which of all versions it is, and its number among its kind."""
    serial, number = numbers
    return {
        "pack_id": asked.pack.id, "pack_version": asked.pack.version, "zone_code": asked.zone.code, "zone_name": asked.zone.name,
        "period": str(asked.period), "version": str(number), "serial": str(serial), "issued_at": issued_at, "software": software(),
    } | ({"kind": kind} if kind != FORMAL else {})  # fmt: skip


def _data(figures: ReturnFigures, report: Report) -> dict[str, object]:
    """What the workbook carries for the province: figures and audit; nothing personal is among them."""
    results = {result.indicator.id: result for result in figures.results.values()}
    return {
        "figures": [
            {
                "id": id,
                "name": each.indicator.name,
                "unit": each.indicator.unit,
                "value": None if each.rounded is None else str(each.rounded),
            }
            for id, each in results.items()
        ],
        "audit": [finding.to_json() for finding in report.findings],
        "unknown": dict(report.unknown),
        "choices": [each.to_json() for each in report.choices],
        "overrides": [each.to_json() for each in figures.overridden],
    }


__all__: Sequence[str] = (
    "Asked",
    "Draft",
    "Issued",
    "NotConfirmed",
    "NotPassed",
    "NotSigned",
    "draft",
    "issue",
    "signatures",
)
