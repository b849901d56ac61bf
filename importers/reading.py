"""One door for every file kind: .xlsx .xls .xlsb .ods and text tables become a :class:`Book` of grids.

calamine reads the workbooks; what it leaves out (error cells, per cent signs, some merges) is found beside it and put
into its rows, so a sheet costs little more than calamine's own reading.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast
from xml.etree.ElementTree import ParseError

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from importers.cells import Cell, CellError, Grid, Percent, Span, letters
from importers.csvtext import read_table
from importers.marks import ods, xls, xlsb, xlsx
from importers.marks.found import Marks
from importers.sniff import BROKEN, UnreadableFile, damaged, kind_of, load, locked

__all__ = ["Book", "Grid", "SheetInfo", "UnreadableFile", "open_book"]

_MARKS: dict[str, Callable[[bytes, str], Marks]] = {
    "xlsx": xlsx.find,
    "xls": xls.find,
    "xlsb": xlsb.find,
    "ods": ods.find,
}


_MOST_CELLS = 50_000_000


@dataclass(frozen=True, slots=True)
class SheetInfo:
    """A sheet's name and whether a person sees its tab."""

    name: str
    visible: bool


@dataclass(frozen=True, slots=True)
class Book:
    """An open file: its kind by content (``xlsx`` …, ``csv``), its sheets in order, sentences about what was unreadable.

    ``grid`` reads one sheet by name; it raises :class:`UnreadableFile` when that part of the file is broken.
    """

    path: Path
    kind: str
    sheets: tuple[SheetInfo, ...]
    grid: Callable[[str], Grid]
    notes: tuple[str, ...] = ()


def open_book(path: Path | str) -> Book:
    """Open a table file. Raises :class:`UnreadableFile` with one Chinese sentence for whatever is none."""
    path = Path(path)
    data = load(path)
    kind = kind_of(data, path)
    with _reading(path):
        return _text_book(path, data) if kind == "csv" else _workbook(path, kind, data)


def _text_book(path: Path, data: bytes) -> Book:
    table = read_table(data)
    rows: list[list[Cell]] = [list(row) for row in table.rows]
    return Book(path, "csv", (SheetInfo(path.stem, True),), lambda name: Grid(name, rows), table.notes)


def _workbook(path: Path, kind: str, data: bytes) -> Book:
    if kind == "xls" and xls.is_locked(data):
        raise PasswordError
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))

    def grid(name: str) -> Grid:
        with _reading(path), ThreadPoolExecutor(1) as beside:  # calamine works without Python's lock
            marks = beside.submit(_MARKS[kind], data, name)
            sheet = workbook.get_sheet_by_name(name)
            _refuse_far_cells(path, sheet)
            return _grid(sheet, cast("list[list[Cell]]", sheet.to_python()), marks.result())

    sheets = (
        SheetInfo(sheet.name, sheet.visible == SheetVisibleEnum.Visible)
        for sheet in workbook.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet
    )
    return Book(path, kind, tuple(sheets), grid)


def _refuse_far_cells(path: Path, sheet: CalamineSheet) -> None:
    """A stray blank in column XFD would make millions of cells out of a small table, more than an office PC can hold."""
    if sheet.height * sheet.width > _MOST_CELLS and sheet.end:
        last = f"{letters(sheet.end[1] + 1)}{sheet.end[0] + 1}"
        raise UnreadableFile(
            f"“{path.name}”的工作表“{sheet.name}”一直用到 {last}，请删掉表格右边、下边多余的列和行，保存后再导入"
        )


def _grid(sheet: CalamineSheet, rows: list[list[Cell]], marks: Marks) -> Grid:
    if sheet.start is None:
        return Grid(sheet.name, [])
    up, left = sheet.start
    height, width = len(rows), len(rows[0])
    for (row, column), text in marks.errors.items():
        if 0 <= row - up < height and 0 <= column - left < width:
            rows[row - up][column - left] = CellError(text)
    for row, column in marks.percents:
        if 0 <= row - up < height and 0 <= column - left < width:
            value = rows[row - up][column - left]
            if isinstance(value, float | int) and not isinstance(value, bool):
                rows[row - up][column - left] = Percent(value)
    spans = [(*start, *end) for start, end in sheet.merged_cell_ranges or []] + marks.merged
    merged = tuple(sorted(filter(None, (_clip(span, sheet.start, height, width) for span in spans))))
    _spread(rows, merged)
    return Grid(sheet.name, rows, up + 1, left + 1, merged)


def _clip(span: Span, start: tuple[int, int], height: int, width: int) -> Span | None:
    """A span of the sheet as indexes into its rows; None when it lies outside."""
    top, left, bottom, right = (at - start[number % 2] for number, at in enumerate(span))
    bottom, right = min(bottom, height - 1), min(right, width - 1)
    return (top, left, bottom, right) if 0 <= top <= bottom and 0 <= left <= right else None


def _spread(rows: list[list[Cell]], merged: tuple[Span, ...]) -> None:
    """A text merged downwards in one column (an enterprise's name beside its quarters) is said in each of its rows.

    Numbers are not: one area given for five enterprises together is not five areas.
    """
    for top, left, bottom, right in merged:
        text = rows[top][left]
        if left == right and isinstance(text, str) and text:
            for row in range(top + 1, bottom + 1):
                rows[row][left] = text


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """Turns whatever a reader says about a broken file into :class:`UnreadableFile`."""
    try:
        yield
    except PasswordError:
        raise locked(path.name) from None
    except UnreadableFile:
        raise
    except (*BROKEN, CalamineError, ParseError, csv.Error):
        raise damaged(path.name) from None
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # calamine's Rust, stumbling over a broken .xls
            raise damaged(path.name) from None
        raise
