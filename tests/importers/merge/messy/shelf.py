"""Makes the messy workbook of a ledger with all that its import needs and must come to."""

from __future__ import annotations

import csv
import datetime
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import openpyxl

from models.ledger import Ledger, Time
from models.ledgers import BY_ID
from models.store.file import DataFile
from models.store.merging import reading
from tests.importers.merge.made import ZONE, add, code
from tests.importers.merge.messy.meant import Cell
from tests.importers.merge.messy.office import Made, Office
from tests.importers.merge.messy.records import Known, Row, fields_of, known_by, rows

COUNT = 4


@dataclass(frozen=True)
class Messy:
    """A workbook, the records it was made of, and the period of each; ``when`` is the period of the import."""

    path: Path
    ledger: Ledger
    made: Made
    rows: list[Row]
    when: str
    periods: list[tuple[object, ...]]


def messy(file: DataFile, folder: Path, ledger: Ledger, seed: object, *, merged: bool = True) -> Messy:
    """The workbook of a ledger, ``merged`` cells in it or not; the records its references lead to are put into the store."""
    rng = Random(f"{ledger.id} {seed}")
    known = _records(file, ledger)
    office = Office(rng, ledger)
    office.style.merged &= merged
    lines = rows(rng, ledger, 1 if ledger.id == "zone" else COUNT, office.units, known)
    if ledger.id == "zone":
        lines[0].fresh = False
        lines[0].cells["code"], lines[0].meant["code"] = Cell(f" {ZONE}", None), ZONE
    more, when, periods = _periods(rng, ledger, lines)
    path = folder / f"{ledger.label}.xlsx"
    return Messy(path, ledger, office.write(path, lines, more), lines, when, periods)


def stored(file: DataFile, ledger: Ledger) -> list[tuple[tuple[object, ...], dict[str, object]]]:
    """All rows of a ledger: their period, and {field: value}."""
    names = [one.id for one in fields_of(ledger)]
    with reading(file, ZONE) as store:
        ids, *columns = store.columns(ledger, names)
    width = len(columns) - len(names)
    return [
        (tuple(column[row] for column in columns[:width]), {name: column[row] for name, column in zip(names, columns[width:], strict=True)})
        for row in range(len(ids))
    ]  # fmt: skip


def differences(found: dict[str, object], row: Row) -> dict[str, tuple[object, object]]:
    """{field: (stored, meant)} of what differs, also where one is text kept as typed and the other is not."""
    said = row.meant if row.fresh else {name: value for name, value in row.meant.items() if value is not None}
    return {
        name: (found[name], value)
        for name, value in said.items()
        if (type(found[name]), found[name]) != (type(value), value)
    }


def _before(ledger: Ledger) -> dict[str, Ledger]:
    """The ledgers that a ledger's references lead to, the farthest first."""
    found: dict[str, Ledger] = {}
    for link in ledger.links:
        found |= _before(BY_ID[link.kind.ledger]) | {link.kind.ledger: BY_ID[link.kind.ledger]}
    return found


def _records(file: DataFile, ledger: Ledger) -> dict[str, list[Known]]:
    known: dict[str, list[Known]] = {}
    for each in _before(ledger).values():
        key, name = known_by(each)
        known[each.id] = []
        for number in range(COUNT):
            told = code(number + 10) if each.id == "enterprise" else f"{each.label[:1]}号{number + 1:03}"
            called = told if key == name else f"{each.label}第{'一二三四'[number]}个"
            links = {link.id: known[link.kind.ledger][number].id for link in each.links}
            (row,) = add(file, {key: told, name: called} | links, into=each)
            known[each.id].append(Known(row, told, called))
    return known


def _periods(rng: Random, ledger: Ledger, lines: list[Row]) -> tuple[tuple[str, ...], str, list[tuple[object, ...]]]:
    """The period columns of the file, filled; the period of the import; the period of each record."""
    years = [2025 if ledger.key else 2025 - number for number in range(len(lines))]
    if not ledger.dated:
        return (), "", [()] * len(lines)
    if ledger.time is Time.YEARLY:
        if ledger.key and rng.random() < 0.5:
            return (), "2025", [(2025,)] * len(lines)
        for row, year in zip(lines, years, strict=True):
            row.cells["#年度"] = Cell(
                rng.choice((f"{year}年", float(year), f"{year}年度", f" {year} ", str(year))), None
            )
        return ("年度",), "2025", [(year,) for year in years]
    if ledger.forms[-1] == "M":
        for row, year in zip(lines, years, strict=True):
            row.cells["#年份"] = Cell(rng.choice((f"{year}年", float(year))), None)
            row.cells["#月份"] = Cell(rng.choice(("9月", "09", 9.0, "9月份")), None)
        return ("年份", "月份"), "2025-09", [(year, "M", 9) for year in years]
    for row, year in zip(lines, years, strict=True):
        forms = (f"{year}年三季度", f"{year}Q3", f"{year}年第3季度", f"{year}年1-9月")
        row.cells["#报告期"] = Cell(rng.choice(forms), None)
    return ("报告期",), "2025Q3", [(year, "Q", 3) for year in years]


def as_csv(shelf: Messy, encoding: str) -> Path:
    """The table of a workbook as a program saves it in CSV: what the cells show, nothing merged, no other sheet."""
    sheet = openpyxl.load_workbook(shelf.path)[shelf.made.sheet]
    path = shelf.path.with_suffix(".csv")
    with path.open("w", encoding=encoding, newline="", errors="replace") as file:
        csv.writer(file).writerows([[_shown(cell) for cell in row] for row in sheet.iter_rows()])
    return path


def _shown(cell: Any) -> str:
    value, form = cell.value, cell.number_format
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime.date):
        if "d" not in form:
            return f"{value.year}年{value.month}月"
        return (
            f"{value.year}年{value.month}月{value.day}日" if "年" in form else f"{value.year}/{value.month}/{value.day}"
        )
    if isinstance(value, float):
        return f"{Decimal(repr(value)) * 100:f}%" if form.endswith("%") else f"{Decimal(repr(value)):f}"
    return str(value)
