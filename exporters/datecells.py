"""Numbers of a workbook as its cells show them: a date is 2025-08-01, not 45870; a sum printed with two places has them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from exporters.display import display
from exporters.styles import Styles
from exporters.xlsx_package import Element, Package, local_name, main_tag, parse


class DateCells:
    """Knows which cells of a workbook have a date format; nothing is read before it is asked for."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._formats: dict[str, dict[str, int]] = {}
        self._styles: Styles | None = None

    def shown(self, sheet: str, cell: str, number: str) -> str:
        """Give a number as its cell shows it: as a date where the cell has a date's format, else as it is."""
        if self._styles is None:
            self._styles = Styles(self._package)
        if sheet not in self._formats:
            self._formats[sheet] = self._read(sheet)
        if not self._styles.shows_dates(self._formats[sheet].get(cell, 0)):
            return number
        try:
            day = from_excel(float(number), CALENDAR_MAC_1904 if self._mac else CALENDAR_WINDOWS_1900)
        except (OverflowError, ValueError):
            return number
        if isinstance(day, datetime):
            return day.strftime("%Y-%m-%d" if day == datetime(day.year, day.month, day.day) else "%Y-%m-%d %H:%M")
        return day.isoformat() if isinstance(day, date) else number

    def printed(self, sheet: str, cell: str, number: str) -> str:
        """Give a number as it is printed: by its cell's format."""
        shown = self.shown(sheet, cell, number)
        if shown != number or self._styles is None:
            return shown
        return display(Decimal(number), self._styles.number_format(self._formats[sheet].get(cell, 0))).strip()

    @cached_property
    def _mac(self) -> bool:
        book = parse(self._package.parts[self._package.book])
        return any(item.get("date1904") in {"1", "true"} for item in book.iter(main_tag("workbookPr")))

    def _read(self, sheet: str) -> dict[str, int]:
        part = next((each.part for each in self._package.sheets() if each.name == sheet), "")
        cells: list[Element] = list(parse(self._package.parts[part]).iter("{*}c")) if part else []
        return {cell.get("r"): int(cell.get("s", "0")) for cell in cells if local_name(cell) == "c" and cell.get("r")}
