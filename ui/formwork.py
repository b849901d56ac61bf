"""What the pages and the command line do with forms: write them, one file or one for each enterprise; the audit as a sheet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from exporters.audit_sheet import Audited
from exporters.forms import write_forms
from models.audit import Report
from models.forms import FormSheet, blank_form, per_enterprise
from models.ledger import Ledger
from models.ledgers.enterprise import ENTERPRISE
from models.periods import Period
from models.progress import Progress, Steps, finish
from models.redforms import red_forms
from models.store import Connection
from models.store.file import DataFile
from models.store.titles import Title, titles
from models.store.zones import pick, scope_names
from ui.asked import Asked
from ui.sent import Sent
from ui.writing import replacing

K = TypeVar("K")
_UNFIT = re.compile(r'[\\/:*?"<>|\s]+')


def audited(file: DataFile, what: Asked, report: Report, why: Mapping[str, str]) -> Audited:
    """What the sheet of an audit tells."""
    with file.reading() as connection:
        names = scope_names(connection, what.zones) if len(what.zones) > 1 else {}
    return Audited(report, what.zone.name, f"{datetime.now():%Y-%m-%d %H:%M}", why, names)


def blank_file(
    file: DataFile, ledger: Ledger, zone: str, period: Period, target: Path, *, last_year: bool
) -> Steps[Sent]:
    """A ledger's form as one file. OSError with a Chinese sentence when it cannot be written."""
    yield Progress(0, 0, "准备空表")
    with file.reading() as connection:
        sheet = _blank(connection, ledger, zone, period, last_year=last_year)
    with replacing(target) as fresh:
        yield from write_forms(fresh, [sheet])
    return Sent(target, 1, len(sheet.rows))


def blank_files(
    file: DataFile, ledger: Ledger, zone: str, period: Period, folder: Path, *, last_year: bool
) -> Steps[Sent]:
    """The form of a ledger for each enterprise, a file each, named by it. OSError with a Chinese sentence."""
    yield Progress(0, 0, "准备空表")
    with file.reading() as connection:
        sheet = _blank(connection, ledger, zone, period, last_year=last_year)
        each = per_enterprise(connection, sheet)
        named = titles(connection, ENTERPRISE, each)
    names = file_names({owner: named[owner] for owner in each if owner in named}, ledger.label)
    yield from _write_each(folder, {name: [each[owner]] for owner, name in names.items()})
    return Sent(folder, len(names), sum(len(each[owner].rows) for owner in names))


def red_files(file: DataFile, report: Report, folder: Path) -> Steps[Sent]:
    """A red-cell copy for each enterprise that the audit found something about. OSError with a Chinese sentence."""
    made = yield from red_forms(file, report)
    names = file_names({number: each.enterprise for number, each in enumerate(made.forms)}, "红格表")
    yield from _write_each(folder, {name: made.forms[number].sheets for number, name in names.items()})
    return Sent(folder, len(made.forms), sum(each.cells for each in made.forms), made.left)


def _blank(connection: Connection, ledger: Ledger, zone: str, period: Period, *, last_year: bool) -> FormSheet:
    """The form of a ledger for a zone of the file by its code."""
    of = pick(connection, zone)
    return blank_form(connection, ledger, Title(of.code, of.short_name), period, last_year=last_year)


def _write_each(folder: Path, forms: Mapping[str, Sequence[FormSheet]]) -> Steps[None]:
    """A file for each name with its sheets."""
    _spare(folder, forms)
    for number, (name, sheets) in enumerate(forms.items()):
        yield Progress(number, len(forms), f"写“{name}”（{number + 1} / {len(forms)}）")
        with replacing(folder / name) as fresh:
            finish(write_forms(fresh, sheets))


def _spare(folder: Path, names: Iterable[str]) -> None:
    """Nothing is written over: what lies there under the same name may be what an enterprise filled in. Raises OSError."""
    there = [name for name in names if (folder / name).exists()]
    if there:
        raise OSError(
            f"“{folder.name}”里已经有“{there[0]}”{f'等 {len(there)} 个' * (len(there) > 1)}同名的文件，可能是收回来的，不覆盖；"
            "请换一个空文件夹"
        )


def file_names(named: Mapping[K, Title], what: str) -> dict[K, str]:
    """A file's name for each enterprise: its name and code, each another."""
    found: dict[K, str] = {}
    for key, title in named.items():
        words = [_UNFIT.sub("", each)[:60] for each in (title.name, title.key if title.key != title.name else "", what)]
        name = "_".join(filter(None, words))
        found[key] = f"{name}.xlsx" if f"{name}.xlsx" not in found.values() else f"{name}_{len(found)}.xlsx"
    return found
