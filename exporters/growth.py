"""What a growing list moves in a worksheet's own XML: every kind of element that knows a row (docs/filler.md).

The register below is closed: a sheet with a list may hold only the elements named in it; anything else is refused by
`pack check` rather than left standing in the wrong row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from exporters.references import Growth, move_cell, move_formula, move_location, move_range, move_ranges
from exporters.xlsx_package import Element, local_name, main_tag

Growths: TypeAlias = Mapping[str, Growth]  # by folded sheet name, see references.fold
Move: TypeAlias = Callable[[Element, Growth], None]


def _keep(_: Element, __: Growth) -> None:
    """Leave an element alone that knows no row (or is moved elsewhere: cells, drawings, comments, tables)."""


def _each(attribute: str, move: Callable[[str, Growth], str]) -> Move:
    """Move this attribute wherever it stands in the element or below it."""

    def mover(element: Element, growth: Growth) -> None:
        for item in element.iter():
            if item.get(attribute):
                item.set(attribute, move(item.get(attribute), growth))

    return mover


def _merges(element: Element, growth: Growth) -> None:
    """Move merged cells; those inside a list row are repeated for each record."""
    for merge in list(element):
        first, _, last = merge.get("ref").partition(":")
        row = int("".join(filter(str.isdigit, first)))
        if not growth.is_list(row):
            merge.set("ref", move_range(merge.get("ref"), growth))
            continue
        for number in range(growth.start(row), growth.end(row) + 1):
            letters = ("".join(filter(str.isalpha, part)) for part in (first, last))
            again = element.makeelement(merge.tag, ref=":".join(f"{letter}{number}" for letter in letters))
            merge.addprevious(again)
        element.remove(merge)
    element.set("count", str(len(element)))


def _breaks(element: Element, growth: Growth) -> None:
    """Move page breaks; `id` is the last row above the break."""
    for item in element:
        item.set("id", str(growth.end(int(item.get("id", "0")))))


def _views(element: Element, growth: Growth) -> None:
    """Move what is selected and what the window shows first."""
    for item in element.iter():
        for attribute in ("topLeftCell", "activeCell"):
            if item.get(attribute):
                item.set(attribute, move_cell(item.get(attribute), growth))
        if item.get("sqref"):
            item.set("sqref", move_ranges(item.get("sqref"), growth, widen=False))


def _extensions(element: Element, growth: Growth) -> None:
    """Move the ranges of what Excel 2010 added: x14 drop-downs, conditional formats, sparklines."""
    for item in element.iter():
        if local_name(item) == "sqref":
            item.text = move_ranges(item.text or "", growth)


_sqref = _each("sqref", move_ranges)
_ref = _each("ref", move_range)

MOVES: dict[str, Move] = {
    "sheetPr": _keep,
    "dimension": _ref,
    "sheetViews": _views,
    "sheetFormatPr": _keep,
    "cols": _keep,
    "sheetData": _keep,
    "sheetCalcPr": _keep,
    "sheetProtection": _keep,
    "protectedRanges": _sqref,
    "autoFilter": _ref,
    "sortState": _ref,
    "mergeCells": _merges,
    "phoneticPr": _keep,
    "conditionalFormatting": _sqref,
    "dataValidations": _sqref,
    "hyperlinks": _ref,
    "printOptions": _keep,
    "pageMargins": _keep,
    "pageSetup": _keep,
    "headerFooter": _keep,
    "rowBreaks": _breaks,
    "colBreaks": _keep,
    "customProperties": _keep,
    "ignoredErrors": _sqref,
    "drawing": _keep,
    "legacyDrawing": _keep,
    "legacyDrawingHF": _keep,
    "picture": _keep,
    "tableParts": _keep,
    "extLst": _extensions,
}

_FORMULAS = frozenset({"formula", "formula1", "formula2", "f", "calculatedColumnFormula", "totalsRowFormula"})


def move_sheet(root: Element, growth: Growth) -> None:
    """Move every element of a worksheet but its cells."""
    for child in root:
        mover = MOVES.get(local_name(child))
        if mover is not None:
            mover(child, growth)


def move_formulas(root: Element, home: str, growths: Growths) -> None:
    """Rewrite the formulas outside cells: conditional formats, drop-downs, sparklines, links, table columns, charts."""
    for item in _formula_elements(root):
        if item.text:
            item.text = move_formula(item.text, home, growths)
        else:
            item.set("val", move_formula(item.get("val"), home, growths))
    for item in root.iter("{*}hyperlink"):
        if item.get("location"):
            item.set("location", move_location(item.get("location"), home, growths))


def formulas(root: Element) -> list[str]:
    """List the formulas that :func:`move_formulas` rewrites."""
    return [item.text or item.get("val") for item in _formula_elements(root)]


def _formula_elements(root: Element) -> Iterator[Element]:
    """Go through the elements that hold a formula outside cells, as their text or (thresholds of formats) as `val`."""
    for item in root.iter():
        name = local_name(item)
        inside = name in _FORMULAS and item.text and item.getparent().tag != main_tag("c")
        if inside or (name == "cfvo" and item.get("type") == "formula" and item.get("val")):
            yield item
