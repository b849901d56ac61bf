"""Small tables written as text, for tests: one row a line, cells parted by |; numbers become numbers."""

from __future__ import annotations

import textwrap

import openpyxl

from importers.headers import find_heading
from importers.reading import open_book


def cell(text):
    text = text.strip().replace("\\n", "\n")
    try:
        return float(text)
    except ValueError:
        return text or None


def write(path, text, merges=(), sheet="名录", first="A1"):
    """A workbook with one sheet holding the table, its first cell at ``first``; ``merges`` are ranges like A1:C1."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    corner = page[first]
    for row, line in enumerate(textwrap.dedent(text).strip("\n").splitlines()):
        for column, value in enumerate(line.split("|")):
            page.cell(corner.row + row, corner.column + column).value = cell(value)
    for merge in merges:
        page.merge_cells(merge)
    book.save(path)
    return path


def grid_of(path):
    book = open_book(path)
    return book.grid(book.sheets[0].name)


def heading_of(path, vocabulary=None):
    return find_heading(grid_of(path), vocabulary)


def columns(heading):
    """A 序号* | B 企业名称 | C 财务｜营业收入 [万元]"""
    return " | ".join(
        f"{c.letter} {c.label}{'*' if c.serial else ''}{f' [{c.unit}]' if c.unit else ''}" for c in heading.columns
    )


def data(grid, heading):
    """The numbers of the data rows as the spreadsheet shows them: 3-7 9"""
    parts = []
    for row in (grid.row_number(index) for index in heading.data):
        if parts and parts[-1][1] == row - 1:
            parts[-1][1] = row
        else:
            parts.append([row, row])
    return " ".join(str(a) if a == b else f"{a}-{b}" for a, b in parts)


def asides(heading):
    """名录!A9 合计行, 名录!A10 注释行"""
    return ", ".join(f"{one.place.split('!')[1]} {one.reason}" for one in heading.aside)
