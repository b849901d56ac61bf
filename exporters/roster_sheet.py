"""A list that the policy names → an Excel sheet: who is on it and why, and below one another on a second sheet who is not and why not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

_UNFIT = re.compile(r"[\[\]:*?/\\]")  # what a tab's name may not hold
Value = str | Decimal | int | None
Sheet = tuple[str, Sequence[str], Sequence[Sequence[Value]]]


def write_sheets(path: Path, sheets: Sequence[Sheet]) -> int:
    """Write sheets of (title, headings, rows); how many rows there are. Cells are text or exact numbers, never formulas."""
    # openpyxl costs half a second to import and is needed only here
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book, count = Workbook(write_only=True), 0
    for title, heads, rows in sheets:
        sheet = book.create_sheet(_UNFIT.sub("_", title)[:31])
        sheet.freeze_panes = "B2"
        for number, head in enumerate(heads):
            sheet.column_dimensions[get_column_letter(number + 1)].width = max(12, 2 * len(head) + 2)
        for line in (heads, *rows):
            cells = [WriteOnlyCell(sheet, value=value) for value in line]
            for cell in cells:
                if isinstance(cell.value, str):
                    cell.data_type = "s"  # text stays text, whatever it starts with
                if line is heads:
                    cell.font = Font(bold=True)
            sheet.append(cells)
        count += len(rows)
    book.save(path)
    return count
