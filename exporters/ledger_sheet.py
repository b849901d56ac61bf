"""A ledger → a CSV or Excel file of its own, for looking at and for carrying elsewhere. Cells are text or exact numbers, never formulas."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

from models.kinds import Quantity, Raw, Stored
from models.store.listing import Listed


def write_csv(path: Path, columns: Sequence[Listed], rows: Iterable[Sequence[Stored]]) -> int:
    """Write the list as UTF-8 CSV that Excel recognises; how many rows were written."""
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([column.heading for column in columns])
        for count, row in enumerate(rows, 1):  # noqa: B007  (the last number is the answer)
            writer.writerow([column.text(value) for column, value in zip(columns, row, strict=True)])
    return count


def write_xlsx(path: Path, title: str, columns: Sequence[Listed], rows: Iterable[Sequence[Stored]]) -> int:
    """Write the list as one sheet of a workbook; how many rows were written."""
    # openpyxl costs half a second to import and is needed only here
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"

    def cell(value: object) -> WriteOnlyCell:
        made = WriteOnlyCell(sheet, value=value)
        if isinstance(value, str):
            made.data_type = "s"  # text stays text, whatever it starts with
        return made

    heads = [cell(column.heading) for column in columns]
    for head in heads:
        head.font = Font(bold=True)
    sheet.append(heads)
    count = 0
    for count, row in enumerate(rows, 1):  # noqa: B007
        sheet.append([cell(_cell_value(column, value)) for column, value in zip(columns, row, strict=True)])
    book.save(path)
    return count


def _cell_value(column: Listed, value: Stored) -> object:
    if value is None:
        return None
    text = column.text(value)
    kind = column.field.kind if column.field else None
    return Decimal(text) if isinstance(kind, Quantity) and not isinstance(value, Raw) else text
