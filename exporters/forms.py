"""A form → .xlsx: headings with notes, drop-downs, text where codes stand, last year's values grey, cells to be put right red.

Only what Excel, WPS and LibreOffice all show: cell comments, data validation that warns and lets pass, frozen panes, hidden
sheets. The hidden sheets are what :mod:`importers.forms` reads.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from exporters.formcells import Codes, Looks, limit, lines_of, note, put_text
from models.forms import ABOUT, BEFORE, CHECK, NUMBER, REMEDY, SURE, WAITING, FormColumn, FormSheet, fingerprint
from models.kinds import CreditCode, Day, Quantity, Raw, Reference, Stored, Text
from models.progress import Progress, Steps

TITLE, HEADING, FIRST = 1, 2, 3  # rows of the sheet
MORE = 300  # rows to be filled in below those that are there
HOW = "照列名填；带批注的列名，指着看怎么填。代码列是文本，灰字是上年的数，核对后在“核对”列选“已核对”或直接改。不要改列名。"
HOW_RED = "红格是审核查出的：指着红格看原因，照“要改的地方”改好后原样发回。别的格不用动，不要改列名。"
_ACROSS = 16  # columns that still can be read on one page
_REMEDY, _LINE = 56, 16.0  # characters across, points of a line
_ENDS = "[]:*?/\\"


def write_forms(path: Path, sheets: Sequence[FormSheet]) -> Steps[int]:
    """Write a workbook with a sheet for each form; how many rows stand on them."""
    # openpyxl costs half a second to import and is needed only here
    from openpyxl import Workbook

    book: Any = Workbook()
    book.remove(book.active)
    looks, codes = Looks(), Codes()
    about: list[tuple[str, str]] = []
    before: list[list[str]] = []
    done, total = 0, sum(len(sheet.rows) for sheet in sheets)
    for sheet in sheets:
        yield Progress(done, total, f"写“{sheet.ledger.label}”")
        name = _tab(sheet.ledger.label, book.sheetnames)
        page = _Page(book.create_sheet(name), sheet, looks, codes)
        page.write()
        told = sheet.about(name)
        about.append((told, fingerprint(told)))
        before += ([name, str(number), *texts] for number, texts in page.before)
        done += len(sheet.rows)
    codes.write(book)
    _hidden(book, ABOUT, about)
    _hidden(book, BEFORE, before)
    book.active = 0
    yield Progress(total, total, "存盘")
    book.save(path)
    return total


def _hidden(book: Any, name: str, rows: Sequence[Sequence[str]]) -> None:
    sheet = book.create_sheet(name)
    sheet.sheet_state = "hidden"
    for number, row in enumerate(rows, 1):
        for place, text in enumerate(row, 1):
            if text:
                put_text(sheet, number, place, text)


def _tab(name: str, taken: Sequence[str]) -> str:
    """The name on the tab: what Excel takes, each another."""
    clean = "".join(letter for letter in name if letter not in _ENDS)[:28]
    return clean if clean not in taken else f"{clean}{len(taken)}"


class _Page:
    """One sheet in the making; ``before`` is what each row was sent out with."""

    def __init__(self, sheet: Any, form: FormSheet, looks: Looks, codes: Codes) -> None:
        self.sheet, self.form, self.looks, self.codes = sheet, form, looks, codes
        self.before: list[tuple[int, list[str]]] = []
        # what is to be put right stands where it is seen when the file is opened, beside what tells the record
        self.remedy = sum(column.fixed for column in form.columns) + 1 if form.remedies else 0
        self.places = [n + 1 + (0 < self.remedy <= n + 1) for n in range(len(form.columns))]
        last = max(self.places[-1], self.remedy)
        self.check = last + 1 if form.waits else 0
        self.number = last + 1 + bool(self.check)

    def write(self) -> None:
        """Everything on it."""
        self._heads()
        for number, row in enumerate(self.form.rows):
            self._row(number, row.values, row.old)
        self._columns()
        fixed = sum(column.fixed for column in self.form.columns)
        self.sheet.freeze_panes = self.sheet.cell(FIRST, min(fixed, 2) + 1).coordinate
        self.sheet.print_title_rows = f"{HEADING}:{HEADING}"
        self.sheet.page_setup.orientation, self.sheet.page_setup.paperSize = "landscape", 9
        if len(self.form.columns) > _ACROSS:  # printed, the first columns stand on every page
            self.sheet.print_title_cols = f"A:{'AB'[min(fixed, 2) - 1]}" if fixed else None
        else:
            self.sheet.page_setup.fitToHeight = 0
            self.sheet.sheet_properties.pageSetUpPr.fitToPage = True

    def _heads(self) -> None:
        title = self._text(TITLE, 1, f"{self.form.title}　{HOW_RED if self.form.remedies else HOW}")
        title.font, title.alignment = self.looks.bold, self.looks.left
        self.sheet.row_dimensions[HEADING].height = 32
        for place, column in zip(self.places, self.form.columns, strict=True):
            head = self._text(HEADING, place, column.heading)
            asked = bool(column.told.required or column.told.needed)
            head.font, head.fill = self.looks.bold, self.looks.asked if asked or column.fixed else self.looks.head
            head.alignment, head.border = self.looks.middle, self.looks.lines
            head.comment = self.looks.comment(note(column, self.form))
        for place, text in ((self.check, CHECK), (self.remedy, REMEDY), (self.number, NUMBER)):
            if place:
                head = self._text(HEADING, place, text)
                head.font, head.fill = self.looks.bold, self.looks.head
                head.alignment, head.border = self.looks.middle, self.looks.lines

    def _row(self, number: int, values: Sequence[Stored], old: frozenset[int]) -> None:
        at = FIRST + number
        for place, (column, value) in enumerate(zip(self.form.columns, values, strict=True)):
            cell = self.sheet.cell(at, self.places[place])
            self._put(cell, column, value)
            cell.border = self.looks.lines
            if place in old:
                cell.font = self.looks.grey
            if message := self.form.marks.get((number, place)):
                cell.fill, cell.comment = self.looks.red, self.looks.comment(message)
        if self.check and old:
            self._text(at, self.check, WAITING).font = self.looks.grey
        if self.remedy and number in self.form.remedies:
            cell = self._text(at, self.remedy, self.form.remedies[number])
            cell.alignment, cell.fill = self.looks.wrapped, self.looks.red
            self.sheet.row_dimensions[at].height = _LINE * lines_of(self.form.remedies[number], _REMEDY)
        self._text(at, self.number, str(number + 1))
        texts = [column.text(value) for column, value in zip(self.form.columns, values, strict=True)]
        self.before.append((number + 1, ["" if self.form.rows[number].id else NUMBER, *texts]))

    def _text(self, row: int, column: int, text: str) -> Any:
        return put_text(self.sheet, row, column, text)

    def _put(self, cell: Any, column: FormColumn, value: Stored) -> None:
        """A value in its cell: figures are numbers, whole dates are dates, all else is text whatever it begins with."""
        cell.number_format = number_format(column)
        if value is None:
            return
        kind, text = column.kind, column.text(value)
        if isinstance(kind, Quantity) and not isinstance(value, Raw):
            cell.value = Decimal(text)
            places = max(0, -int(Decimal(text).as_tuple().exponent))
            if places > kind.places:  # what is there is shown whole
                cell.number_format = f"#,##0.{'0' * places}"
        elif isinstance(kind, Day) and isinstance(value, int) and value % 100:
            # openpyxl is loaded already; it wants a date as a number with a date's format
            from datetime import date

            cell.value = date(value // 10000, value // 100 % 100, value % 100)
        else:
            cell.value = text
            cell.data_type = "s"

    def _columns(self) -> None:
        last = FIRST + max(len(self.form.rows) + (MORE if self.form.grows else 0), 1) - 1
        for place, column in zip(self.places, self.form.columns, strict=True):
            letter = self.sheet.cell(HEADING, place).column_letter
            size = self.sheet.column_dimensions[letter]
            size.width = width_of(column)
            for at in range(FIRST + len(self.form.rows), last + 1):
                cell = self.sheet.cell(at, place)
                cell.number_format, cell.border = number_format(column), self.looks.lines
            limit(self.sheet, column, f"{letter}{FIRST}:{letter}{last}", self.codes)
        for place, wide in ((self.check, 10), (self.remedy, _REMEDY), (self.number, 8)):
            if place:
                self.sheet.column_dimensions[self.sheet.cell(HEADING, place).column_letter].width = wide
        self.sheet.column_dimensions[self.sheet.cell(HEADING, self.number).column_letter].hidden = True
        if self.check:
            letter = self.sheet.cell(HEADING, self.check).column_letter
            self.codes.choose(self.sheet, f"{letter}{FIRST}:{letter}{last}", CHECK, (WAITING, SURE))


def number_format(column: FormColumn) -> str:
    """How Excel shows a column: text stays text, so that no code turns into a number."""
    kind = column.kind
    if isinstance(kind, Quantity):
        return "#,##0" + (f".{'0' * kind.places}" if kind.places else "")
    return "yyyy-mm-dd" if isinstance(kind, Day) else "@"


def width_of(column: FormColumn) -> float:
    """A column's width in characters."""
    kind, label = column.kind, len(column.heading) * 2.1
    if isinstance(kind, CreditCode):
        return 22
    if column.told.width:
        return max(10.0, column.told.width / 7)
    if isinstance(kind, Text | Reference):
        return min(max(14.0, label), 26)
    return min(max(11.0, label), 18)
