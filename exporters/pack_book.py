"""A pack as one workbook: the form's own sheets, behind them the pack's tables and its head (``pack build``)."""

from __future__ import annotations

import io
from collections.abc import Sequence

from exporters.cellxml import text_sheet
from exporters.xlsx_package import Package, WorkbookFault
from models.packs.tables import COLUMNS, HEAD_SHEET, Source, columns_of


def build(source: Source) -> bytes:
    """The workbook of a pack; Excel and WPS may edit it, ``pack check`` reads it back. Raises WorkbookFault."""
    package = Package(source.form or _empty())
    there = {sheet.name for sheet in package.sheets()}
    tables: dict[str, list[tuple[str, ...]]] = {
        HEAD_SHEET: [("项", "值"), *((name, _text(value)) for name, value in source.head.items())]
    }
    for name in COLUMNS:
        columns = columns_of(name, source.tables[name])
        tables[name] = [columns, *(tuple(entry[column] for column in columns) for entry in source.tables[name])]
    taken = [name for name in tables if name in there]
    if taken and HEAD_SHEET not in taken:  # else it is such a workbook already
        raise WorkbookFault(f"return.xlsx 里已有工作表“{'、'.join(taken)}”，和报表包的表同名，请改名")
    for name, rows in tables.items():
        if name not in there:
            package.add_sheet(name, text_sheet(rows), hidden=False)
    return package.content()


def _text(value: object) -> str:
    return "、".join(map(str, value)) if isinstance(value, Sequence) and not isinstance(value, str) else str(value)


def _empty() -> bytes:
    # openpyxl costs half a second to import and is needed only for a pack without a form
    from openpyxl import Workbook

    book, buffer = Workbook(), io.BytesIO()
    book.active.title = "说明"
    book.save(buffer)
    return buffer.getvalue()
