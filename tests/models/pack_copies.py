"""Copies of the pack 台办 to spoil, and what the check then says, by place."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import openpyxl

from models.packs.tables import COLUMNS, read_folder
from ui.commands.packs import check


def edit(folder: Path, table: str, key: str, **cells: str) -> str:
    """Write some cells of the first row whose first cell is ``key``; the row's number."""
    path = folder / f"{table}.csv"
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    line = next(number for number, row in enumerate(rows) if row[0] == key)
    for name, text in cells.items():
        rows[line][rows[0].index(name)] = text
    write(path, rows)
    return str(line + 1)


def write(path: Path, rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def at(column: str, table: str, line: str) -> str:
    return f"{table}!{'ABCDEFGHI'[COLUMNS[table].index(column)]}{line}"


def found(folder: Path) -> dict[str, str]:
    """Place → sentence of every fault."""
    faults = check(*read_folder(folder))
    told = {f"{fault.sheet}!{fault.cell}": fault.sentence for fault in faults}
    assert len(told) == len(faults), "one fault is told twice"
    return told


def found_by_place(folder: Path) -> dict[str, list[str]]:
    told: dict[str, list[str]] = {}
    for fault in check(*read_folder(folder)):
        told.setdefault(f"{fault.sheet}!{fault.cell}", []).append(fault.sentence)
    return told


def form(folder: Path, change: Callable[[openpyxl.Workbook], None]) -> None:
    book = openpyxl.load_workbook(folder / "return.xlsx")
    change(book)
    book.save(folder / "return.xlsx")
