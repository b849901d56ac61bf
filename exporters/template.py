"""A return's form as read: its sheets, what its cells ask for, and where (design.md §2, "A return is data")."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from exporters.references import address
from exporters.sheetxml import FormSheet, read_form, read_shared_strings
from exporters.slots import RUNNING_NUMBER
from exporters.xlsx_package import Package, SheetPart, WorkbookFault

_BOOK_TYPE = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


@dataclass(frozen=True, slots=True)
class TemplateCell:
    """One expression of a form and where it stands; a cell with two expressions gives two of these.

    ``number`` counts the lists of the sheet from the top, from 0.
    """

    sheet: str
    cell: str
    expression: str
    is_list_row: bool
    number: int = 0


@dataclass(frozen=True, slots=True)
class Template:
    """An opened form."""

    package: Package
    sheets: list[SheetPart]
    forms: list[FormSheet]


def open_template(template: bytes | Path) -> Template:
    """Read a form. Raises WorkbookFault when it is no workbook we can patch, OSError when it cannot be read."""
    if template == b"":
        raise WorkbookFault("这个报表包没有表样，只用来审核，不出报表。")
    package = Package.load(template)
    if _BOOK_TYPE not in package.parts.get("[Content_Types].xml", b""):  # Excel does not open it under the name .xlsx
        raise WorkbookFault("这份工作簿带宏或是模板（.xlsm、.xltx），请用 Excel 或 WPS 另存为普通的 .xlsx 再用。")
    sheets = package.sheets()
    strings = read_shared_strings(package)
    return Template(package, sheets, [read_form(package, sheet, strings) for sheet in sheets if sheet.is_worksheet])


def expressions(template: bytes | Path) -> list[TemplateCell]:
    """List what a form's cells ask for, by sheet, row and column; the running number 序号 is the filler's own.

    A pack may have no form (b""), which asks for nothing.
    """
    if template == b"":
        return []
    return [
        TemplateCell(
            form.name, address(row, column), expression, slot.starred, form.lists.index(row) if slot.starred else 0
        )
        for form in open_template(template).forms
        for (row, column), slot in sorted(form.slots.items())
        for expression in slot.expressions
        if not (slot.starred and expression == RUNNING_NUMBER)
    ]
