"""The cached values of a filled return's Excel formulas: no reader of the file has to calculate (asks 65)."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from lxml import etree

from exporters.arithmetic import CellError, Result, compile_formula
from exporters.cellxml import DOUBLE, date_serial, number_text
from exporters.figures import Value
from exporters.filling import FilledSheet
from exporters.growth import Growths
from exporters.references import box, fold, move_formula, split_address
from exporters.sheetxml import Place
from exporters.xlsx_package import Element, main_tag

_LARGEST = Decimal(sys.float_info.max)


def recalculate(sheets: Sequence[FilledSheet], growths: Growths, *, since_1904: bool, values: bool) -> None:
    """Move every cell formula with the lists' growth, work it out and write its cached value; `values`: that alone."""
    for sheet in sheets:
        for (row, column), text in sheet.form.formulas.items():
            moved = move_formula(text, sheet.form.name, growths)
            sheet.formulas[sheet.growth.start(row), column] = moved
            sheet.form.cells[row, column].find(main_tag("f")).text = moved
    book = _Book({fold(sheet.form.name): sheet for sheet in sheets}, since_1904)
    for sheet in sheets:
        for row, column in sorted(sheet.form.formulas):
            place = (sheet.growth.start(row), column)
            cell = sheet.form.cells[row, column]
            _write(cell, book.outcome(fold(sheet.form.name), place))
            if values:
                _forget_formula(cell)


@dataclass(slots=True)
class _Book:
    """All filled sheets, with what their formulas have come to so far."""

    sheets: dict[str, FilledSheet]
    since_1904: bool
    known: dict[tuple[str, Place], Result | CellError] = field(default_factory=dict)

    def outcome(self, sheet: str, place: Place) -> Result | CellError:
        if (sheet, place) not in self.known:
            formula = compile_formula(self.sheets[sheet].formulas[place])
            try:
                self.known[sheet, place] = formula.result(_View(self, sheet))
            except CellError as error:
                self.known[sheet, place] = error
        return self.known[sheet, place]

    def plain(self, value: Value) -> Value:
        """Take a value as it stands in the cell: a date is a number there."""
        if isinstance(value, date):
            serial = date_serial(value, since_1904=self.since_1904)
            return value.isoformat() if serial is None else serial
        return value


@dataclass(frozen=True, slots=True)
class _View:
    """What a formula sees of the sheets from the one it stands on."""

    book: _Book
    home: str

    def one(self, sheet: str | None, cell: str) -> Value:
        name = fold(sheet) if sheet else self.home
        row, column = split_address(cell)
        if (row, column) in self.book.sheets[name].formulas:
            return _raise(self.book.outcome(name, (row, column)))
        found = next(self.book.sheets[name].within((row, column, row, column)), None)
        return self.book.plain(found)

    def many(self, sheet: str | None, cells: str) -> Iterable[Value]:
        name = fold(sheet) if sheet else self.home
        area = box(cells)
        top, left, bottom, right = area
        yield from map(self.book.plain, self.book.sheets[name].within(area))
        for row, column in self.book.sheets[name].formulas:
            if top <= row <= bottom and left <= column <= right:
                yield _raise(self.book.outcome(name, (row, column)))


def _raise(outcome: Result | CellError) -> Result:
    if isinstance(outcome, CellError):
        raise outcome
    return outcome


def _write(cell: Element, outcome: Result | CellError) -> None:
    """Set a formula cell's cached value and its type."""
    cell.attrib.pop("t", None)
    for old in cell.findall(main_tag("v")):
        cell.remove(old)
    value = etree.SubElement(cell, main_tag("v"))
    if isinstance(outcome, Decimal) and abs(outcome) > _LARGEST:
        outcome = CellError("#NUM!")
    if isinstance(outcome, Decimal):
        value.text = number_text(DOUBLE.plus(outcome))
        return
    cell.set("t", "e" if isinstance(outcome, CellError) else "str")
    value.text = str(outcome)


def _forget_formula(cell: Element) -> None:
    """Leave a formula cell's value alone, as if it had been typed."""
    cell.remove(cell.find(main_tag("f")))
    if cell.get("t") == "str":
        value = cell.find(main_tag("v"))
        cell.set("t", "inlineStr")
        text = etree.SubElement(etree.SubElement(cell, main_tag("is")), main_tag("t"))
        text.text = value.text
        cell.remove(value)
