"""The rows that could not be placed, given back: the person's own workbook with those cells red and the reason beside them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from importers.cells import Cell, CellError, Percent
from importers.joined import JoinedGrid
from importers.merge.plan import Plan
from importers.merge.turned import TurnedGrid
from importers.reading import open_book

if TYPE_CHECKING:
    from openpyxl import Workbook

_REASON = "退回原因"
_RED = "FFFFC7CE"
_WIDTH = 60


def save_returned(plan: Plan, target: Path) -> None:
    """Write the rows of ``plan.faults`` to ``target`` (.xlsx): a copy of an .xlsx file, else a new sheet with those rows.

    Raises OSError when it cannot be written.
    """
    # openpyxl takes a third of a second to load and is needed only here
    from openpyxl import load_workbook

    new = isinstance(plan.grid, TurnedGrid | JoinedGrid)
    if not new and open_book(plan.path).kind == "xlsx":
        book = load_workbook(plan.path)
        places = {row: plan.grid.row_number(plan.matching.heading.data[row]) for row in plan.faults}
        _mark(book, plan, places, plan.grid.first_row + plan.matching.heading.bottom, plan.grid.first_col)
    else:
        book = _only_rows(plan)
    book.save(target)


def _mark(book: Workbook, plan: Plan, places: dict[int, int], heading: int, left: int) -> None:
    """Colour the faulty cells and give the reasons in the first column right of the table; ``places`` are sheet rows."""
    # loaded already, see above
    from openpyxl.styles import Alignment, Font, PatternFill

    sheet: Any = book[plan.grid.sheet]
    red = PatternFill("solid", fgColor=_RED)
    beside = left + plan.grid.width
    sheet.cell(heading, beside, _REASON).font = Font(bold=True)
    sheet.column_dimensions[sheet.cell(heading, beside).column_letter].width = _WIDTH
    for row, place in places.items():
        fault = plan.faults[row]
        sheet.cell(place, left + fault.column).fill = red
        reason = sheet.cell(place, beside)
        _put(reason, f"{plan.grid.place(plan.matching.heading.data[row], fault.column)}：{fault.sentence}")
        reason.fill, reason.alignment = red, Alignment(wrap_text=True, vertical="top")


def save_all_returned(plans: Iterable[Plan], target: Path) -> None:
    """Write the rows of several plans that come back to ``target`` (.xlsx), a sheet for each ledger. Raises OSError."""
    book: Workbook | None = None
    for plan in plans:
        if plan.faults:
            book = _only_rows(plan, book)
    if book is not None:
        book.save(target)


def _only_rows(plan: Plan, book: Workbook | None = None) -> Workbook:
    """A new workbook, or a further sheet, with what stands above the data and the rows that come back."""
    # loaded already, see above
    from openpyxl import Workbook

    fresh = book is None
    book = book or Workbook()
    sheet: Any = book.active if fresh else book.create_sheet()
    sheet.title = plan.grid.sheet[:31]
    heading = plan.matching.heading
    places = {row: heading.bottom + 2 + number for number, row in enumerate(sorted(plan.faults))}
    copied = [*range(heading.bottom + 1), *(heading.data[row] for row in places)]
    for number, row in enumerate(copied, 1):
        for column, value in enumerate(plan.grid.rows[row], 1):
            if value not in {None, ""}:
                _put(sheet.cell(number, column), value)
    _mark(book, plan, places, heading.bottom + 1, 1)
    return book


def _put(cell: Any, value: Cell) -> None:
    """A value as it was read: text stays text whatever it begins with, long codes do not become numbers."""
    # loaded already, see above
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if isinstance(value, str | CellError):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", str(value))
        cell.data_type = "s"
    else:
        cell.value = value
        if isinstance(value, Percent):
            cell.number_format = "0.00%"
