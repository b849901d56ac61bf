"""Red-cell copies for enterprises: of each that the audit found something about, its own rows with the cells to be put right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from models.audit import Finding, Report
from models.forms import FormSheet, by_owner, form_of, form_rows, is_personal
from models.ledger import Ledger
from models.ledgers import LEDGERS
from models.ledgers.enterprise import ENTERPRISE
from models.periods import Period
from models.progress import Progress, Steps
from models.store import Connection
from models.store.file import DataFile
from models.store.owning import owners
from models.store.titles import Title, titles
from models.store.view import shown_on, view_of
from models.store.views import Page
from models.store.zones import zones


@dataclass(frozen=True)
class RedForm:
    """What is sent to one enterprise."""

    enterprise: Title
    sheets: tuple[FormSheet, ...]

    @property
    def cells(self) -> int:
        """How many cells are red."""
        return sum(len(sheet.marks) for sheet in self.sheets)


@dataclass(frozen=True)
class RedForms:
    """All that is sent; ``left`` are the open findings that are no enterprise's, or on records of persons."""

    forms: tuple[RedForm, ...]
    left: int


def red_forms(file: DataFile, report: Report) -> Steps[RedForms]:
    """Copies for all enterprises with findings that stand."""
    by_zone: dict[str, list[Finding]] = {}
    for each in report.findings:
        if each.open:
            by_zone.setdefault(each.zone, []).append(each)
    made: list[RedForm] = []
    told = 0
    for number, (zone, findings) in enumerate(by_zone.items()):
        yield Progress(number, len(by_zone), "归到每家企业")
        with file.reading() as connection:
            forms, count = _of_zone(connection, zone, findings, report.period)
        made += forms
        told += count
    return RedForms(tuple(made), sum(map(len, by_zone.values())) - told)


def _of_zone(
    connection: Connection, zone: str, findings: Iterable[Finding], period: Period
) -> tuple[list[RedForm], int]:
    """The copies of one zone, and how many findings are told on them."""
    place = next(Title(each.code, each.short_name) for each in zones(connection) if each.code == zone)
    sheets: dict[bytes, list[FormSheet]] = {}
    count = 0
    for ledger, mine in _by_page(findings).items():
        if is_personal(ledger):
            continue
        view = view_of(ledger)
        lines = _lines(connection, Page(view, zone, period), mine)
        owned = owners(connection, view.base, zone)
        concerned = {owner for id in lines.values() if (owner := owned.get(id))}
        rows = form_rows(connection, ledger, zone, period, {id for id, owner in owned.items() if owner in concerned})
        told: dict[bytes, list[Finding]] = {}
        for finding in mine:
            if (line := lines.get((finding.ledger.id, finding.row))) in owned:
                told.setdefault(line, []).append(finding)
                count += 1
        for owner, blank in by_owner(form_of(ledger, place, period, rows), owned).items():
            sheets.setdefault(owner, []).append(_marked(blank, told))
    named = titles(connection, ENTERPRISE, sheets)
    forms = [RedForm(named[owner], tuple(own)) for owner, own in sheets.items() if owner in named]
    return sorted(forms, key=lambda each: (each.enterprise.name, each.enterprise.key)), count


def _by_page(findings: Iterable[Finding]) -> Mapping[Ledger, list[Finding]]:
    found: dict[Ledger, list[Finding]] = {}
    for each in findings:
        found.setdefault(shown_on(each.ledger), []).append(each)
    return {ledger: found[ledger] for ledger in LEDGERS if ledger in found}


def _lines(connection: Connection, page: Page, findings: Iterable[Finding]) -> dict[tuple[str, bytes], bytes]:
    """The line of the page on which each finding's row stands, by ledger and row."""
    rows: dict[Ledger, set[bytes]] = {}
    for each in findings:
        rows.setdefault(each.ledger, set()).add(each.row)
    ids = page.ids(connection)
    found: dict[tuple[str, bytes], bytes] = {}
    for ledger, mine in rows.items():
        if ledger is page.view.base or any(on is ledger for on, _ in page.view.companions):
            there = page.rows(connection, ledger, ids)
            found |= {(ledger.id, row): there[row] for row in mine if row in there}
    return found


def _marked(sheet: FormSheet, told: Mapping[bytes, Sequence[Finding]]) -> FormSheet:
    """The sheet with the findings on its cells and what is to be done beside its rows."""
    marks: dict[tuple[int, int], str] = {}
    remedies: dict[int, str] = {}
    for number, row in enumerate(sheet.rows):
        lines = []
        for finding in told.get(row.id, ()) if row.id else ():
            text = f"{finding.rule.id} {finding.rule.level}：{finding.message}"
            lines.append(f"{text} → {finding.rule.remedy}" if finding.rule.remedy else text)
            for place, column in enumerate(sheet.columns):
                if column.ledger is finding.ledger and column.field.id in finding.fields:
                    before = marks.get((number, place))
                    marks[number, place] = f"{before}\n{text}" if before else text
        if lines:
            remedies[number] = "\n".join(lines)
    return replace(sheet, marks=marks, remedies=remedies)
