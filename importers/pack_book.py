"""A pack's workbook → its tables and form, as a province's clerk edits it in Excel or WPS."""

from __future__ import annotations

import re
from pathlib import Path

from importers.reading import Grid, UnreadableFile, open_book
from models.packs.tables import COLUMNS, HEAD_SHEET, Fault, Source, entries


def read_workbook(path: Path) -> tuple[Source, list[Fault]]:
    """The pack in a workbook and the faults of its tables' columns. Raises UnreadableFile."""
    book = open_book(path)
    names = {sheet.name for sheet in book.sheets}
    if HEAD_SHEET not in names:
        raise UnreadableFile(f"“{path.name}”里没有“{HEAD_SHEET}”工作表，不是报表包的工作簿")
    head: dict[str, object] = {}
    cells: dict[str, str] = {}
    for place, row in enumerate(_texts(book.grid(HEAD_SHEET)), 1):
        if place > 1 and len(row) > 1 and row[0].strip():
            head[row[0].strip()], cells[row[0].strip()] = row[1].strip(), f"B{place}"
    for name in ("periods", "regions"):
        if head.get(name):
            head[name] = re.split(r"[、,,\s]+", str(head[name]).strip())
    faults: list[Fault] = []
    tables = {name: entries(name, _texts(book.grid(name)), faults) if name in names else [] for name in COLUMNS}
    return Source(path.stem, head, tables, path.read_bytes(), cells), faults


def _texts(grid: Grid) -> list[list[str]]:
    """The cells as texts from A1, so that addresses are the workbook's."""
    blank: list[list[str]] = [[] for _ in range(grid.first_row - 1)]
    return blank + [[""] * (grid.first_col - 1) + [_text(cell) for cell in row] for row in grid.rows]


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)
