"""A worksheet's XML as a form: what each cell of a template holds, and edits that leave the cells alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from openpyxl.formula.translate import Translator

from exporters.cellxml import unescape_text
from exporters.figures import Value
from exporters.references import Box, address, box, split_address
from exporters.slots import Slot, read_slot
from exporters.xlsx_package import (
    MAIN,
    Element,
    Package,
    SheetPart,
    WorkbookFault,
    local_name,
    main_tag,
    parse,
    serialise,
)

Place = tuple[int, int]  # row, column; both from 1


@dataclass(slots=True)
class FormSheet:
    """One worksheet of a template, read: its XML, and what stands in which cell."""

    name: str
    part: str
    root: Element
    slots: dict[Place, Slot] = field(default_factory=dict)
    values: dict[Place, Value] = field(default_factory=dict)  # what the template says itself
    formulas: dict[Place, str] = field(default_factory=dict)  # Excel's formulas, without "="
    arrays: list[Place] = field(default_factory=list)  # array formulas and data tables
    merges: list[Box] = field(default_factory=list)
    cells: dict[Place, Element] = field(default_factory=dict)  # the XML of the cells with expressions or formulas

    @property
    def lists(self) -> list[int]:
        """The list rows, from the top."""
        return sorted({row for (row, _), slot in self.slots.items() if slot.starred})

    @property
    def last_row(self) -> int:
        """The last row of the form that holds something."""
        return max((row for row, _ in (*self.slots, *self.values, *self.formulas)), default=0)

    def row_slots(self, row: int) -> list[tuple[int, Slot]]:
        """The cells of one row that hold expressions, by column."""
        return sorted((column, slot) for (at, column), slot in self.slots.items() if at == row)

    def filled(self, place: Place) -> bool:
        """Say whether a cell holds something, on its own or as part of a merged cell."""
        row, column = place
        for top, left, bottom, right in self.merges:
            if top <= row <= bottom and left <= column <= right:
                place = (top, left)
        return place in self.slots or place in self.values or place in self.formulas


def read_shared_strings(package: Package) -> list[str]:
    """Read the texts that cells point to by number; rich text loses its formats, phonetic guides are left out."""
    part = package.part_of_book("sharedStrings")
    return [text_of(item) for item in parse(package.parts[part])] if part else []


def text_of(item: Element) -> str:
    """Join the runs of a shared or inline string, whichever program wrote it; phonetic guides are left out."""
    if len(item) == 1 and item[0].tag.endswith("}t"):
        return unescape_text(item[0].text or "")  # most strings are one piece
    pieces = [child.text if local_name(child) == "t" else child.findtext("{*}t") for child in item if _is_run(child)]
    return unescape_text("".join(piece or "" for piece in pieces))


def _is_run(element: Element) -> bool:
    return local_name(element) in {"t", "r"}


def read_form(package: Package, sheet: SheetPart, strings: list[str]) -> FormSheet:
    """Read one worksheet of a template. Raises WorkbookFault when it is written in a way we cannot patch."""
    root = parse(package.parts[sheet.part])
    if root.nsmap.get(None) != MAIN:
        raise WorkbookFault(f"工作表“{sheet.name}”的写法程序不认得，请用 Excel 或 WPS 打开后另存为普通的 .xlsx 再用。")
    form = FormSheet(sheet.name, sheet.part, root)
    try:
        _read_cells(form, strings)
    except (ArithmeticError, AttributeError, IndexError, TypeError, ValueError) as error:  # no address, no such text …
        raise WorkbookFault(
            f"工作表“{sheet.name}”里有损坏的格子，读不出来，请用 Excel 或 WPS 打开后另存一份再用。"
        ) from error
    return form


def _read_cells(form: FormSheet, strings: list[str]) -> None:
    root = form.root
    form.merges = [box(merge.get("ref")) for merge in root.iter(main_tag("mergeCell"))]
    shared: dict[str, tuple[str, str]] = {}
    for place, cell in _cells(root):
        formula = cell.find(main_tag("f"))
        if formula is not None:
            _read_formula(form, place, formula, shared)
            form.cells[place] = cell
            continue
        value = _value_of(cell, strings)
        slot = read_slot(value) if isinstance(value, str) else None
        if slot is not None:
            form.slots[place] = slot
            form.cells[place] = cell
        elif value is not None:
            form.values[place] = value


def edit_frame(xml: bytes, edit: Callable[[Element], None]) -> bytes:
    """Edit a sheet's XML around its cells; the cells stay byte for byte, however many they are."""
    start, end = xml.find(b"<sheetData"), xml.find(b"</sheetData>")
    if start < 0 or end < 0:  # a chart sheet, or a sheet without cells
        root = parse(xml)
        edit(root)
        return serialise(root)
    end += len(b"</sheetData>")
    root = parse(xml[:start] + b"<sheetData/>" + xml[end:])
    edit(root)
    return serialise(root).replace(b"<sheetData/>", xml[start:end], 1)


def _cells(root: Element) -> Iterator[tuple[Place, Element]]:
    """Go through the cells with their places; rows and cells that leave their number out get it written in."""
    row_number = 0
    for row in root.iterfind(f"{main_tag('sheetData')}/{main_tag('row')}"):
        row_number = int(row.get("r", row_number + 1))
        row.set("r", str(row_number))
        column = 0
        for cell in row.iterfind(main_tag("c")):
            column = split_address(cell.get("r"))[1] if cell.get("r") else column + 1
            cell.set("r", address(row_number, column))
            yield (row_number, column), cell


def _read_formula(form: FormSheet, place: Place, element: Element, shared: dict[str, tuple[str, str]]) -> None:
    """Note a cell's formula; a shared one is written out in full, in the XML too."""
    kind, text, here = element.get("t", "normal"), element.text or "", address(*place)
    if kind in {"array", "dataTable"}:
        form.arrays.append(place)
        return
    if kind == "shared":
        if text:
            shared[element.get("si")] = (f"={text}", here)
        origin = shared.get(element.get("si"))
        if origin is None:
            form.arrays.append(place)
            return
        text = Translator(origin[0], origin=origin[1]).translate_formula(here)[1:]
        element.attrib.clear()
        element.text = text
    form.formulas[place] = text


def _value_of(cell: Element, strings: list[str]) -> Value:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        inline = cell.find(main_tag("is"))
        return text_of(inline) if inline is not None else None
    text = cell.findtext(main_tag("v"))
    if not text:
        return None
    if kind == "s":
        return strings[int(text)]
    if kind == "b":
        return bool(text == "1")
    return Decimal(text) if kind == "n" else unescape_text(text)
