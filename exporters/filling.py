"""One sheet of a form, filled: values into cells, a list row once per record.

Rows of a list are written as text, not as a tree: 5,000 rows take a fifth of what openpyxl's write-only mode needs.
Each piece of new XML stands for itself as a processing instruction until the sheet is written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from lxml import etree
from openpyxl.utils import column_index_from_string, get_column_letter

from exporters.cellxml import CellWriter
from exporters.figures import Figures, Value
from exporters.placement import Origins
from exporters.references import Box, Growth, address
from exporters.rowheight import HIGHEST, Wrapped, wrapped_columns
from exporters.sheetxml import FormSheet, Place
from exporters.slots import RUNNING_NUMBER, Slot
from exporters.xlsx_package import Element, main_tag, serialise

Record: TypeAlias = Sequence[Value]
Pick: TypeAlias = Callable[[Record, int], Value]  # record and its number from 0 to one cell's value

_HOLE = re.compile(rb"<\?nianbaotong (\d+)\?>")
_NAMESPACE = re.compile(r' xmlns(?::\w+)?="[^"]*"')


@dataclass(slots=True)
class FilledList:
    """The records of one list row and what each column shows of them; no record leaves one blank row."""

    row: int  # in the template
    records: list[Record]
    picks: dict[int, Pick]


@dataclass(slots=True)
class FilledSheet:
    """One sheet with its values; addresses are those of the filled sheet."""

    form: FormSheet
    growth: Growth
    values: dict[Place, Value]
    lists: list[FilledList]
    formulas: dict[Place, str] = field(default_factory=dict)
    pieces: list[str] = field(default_factory=list)
    moved: bool = False

    @property
    def changed(self) -> bool:
        """Whether the sheet's XML is no longer the template's."""
        return self.moved or bool(self.form.slots or self.form.formulas)

    def within(self, area: Box) -> Iterator[Value]:
        """Give the values in an area, formulas left out."""
        top, left, bottom, right = area
        for (row, column), value in self.values.items():
            if top <= row <= bottom and left <= column <= right:
                yield value
        for block in self.lists:
            first = self.growth.start(block.row)
            columns = [pick for column, pick in block.picks.items() if left <= column <= right]
            for number in range(max(top - first, 0), min(bottom - first + 1, len(block.records))):
                yield from (pick(block.records[number], number) for pick in columns)

    def origins(self) -> Origins:
        """Say what each cell came from."""
        return Origins(self.growth, self.form.slots, {block.row: len(block.records) for block in self.lists})

    def put(self, element: Element, piece: str) -> None:
        """Set new XML in place of an element of the template."""
        hole = etree.ProcessingInstruction("nianbaotong", str(len(self.pieces)))
        element.getparent().replace(element, hole)
        self.pieces.append(piece)

    def xml(self) -> bytes:
        """Write the sheet."""
        pieces = [piece.encode() for piece in self.pieces]
        return _HOLE.sub(lambda match: pieces[int(match[1])], serialise(self.form.root))


def fill_sheet(form: FormSheet, figures: Figures, writer: CellWriter) -> FilledSheet:
    """Fill one sheet's expressions; its rows and cells are renumbered for the growth of its lists."""
    lists = [_read_list(form, row, figures) for row in form.lists]
    growth = Growth(tuple((block.row, max(len(block.records) - 1, 0)) for block in lists))
    values = {
        (growth.start(row), column): value for (row, column), value in form.values.items() if row not in form.lists
    }
    filled = FilledSheet(form, growth, values, lists)
    blocks = {block.row: block for block in lists}
    for row in form.root.findall(f"{main_tag('sheetData')}/{main_tag('row')}"):
        number = int(row.get("r"))
        if number in blocks:
            filled.put(row, _list_xml(row, form, blocks[number], growth.start(number), writer))
        else:
            _fill_row(filled, row, number, figures, writer)
    return filled


def _read_list(form: FormSheet, row: int, figures: Figures) -> FilledList:
    slots = dict(form.row_slots(row))
    wanted = [name for slot in slots.values() for name in slot.expressions if name != RUNNING_NUMBER]
    records = list(figures.records(form.name, wanted, form.lists.index(row)))
    if any(len(record) != len(wanted) for record in records):
        raise ValueError(f"records of {form.name} row {row} must have {len(wanted)} values each")
    picks: dict[int, Pick] = {}
    taken = 0
    for column, slot in slots.items():
        picks[column], taken = _pick(slot, taken)
    for (at, column), value in form.values.items():
        if at == row:
            picks[column] = lambda _, __, value=value: value  # type: ignore[misc]
    return FilledList(row, records, picks)


def _pick(slot: Slot, taken: int) -> tuple[Pick, int]:
    """Give a list cell's way to its value, and the number of record values used so far."""
    if slot.alone and slot.expressions[0] == RUNNING_NUMBER:
        return (lambda _, number: number + 1), taken
    if slot.alone:
        return (lambda record, _: record[taken]), taken + 1
    places: list[int | None] = []
    for name in slot.expressions:
        places.append(None if name == RUNNING_NUMBER else taken)
        taken += name != RUNNING_NUMBER
    return (lambda record, number: slot.value([number + 1 if at is None else record[at] for at in places])), taken


def _fill_row(filled: FilledSheet, row: Element, number: int, figures: Figures, writer: CellWriter) -> None:
    """Fill one ordinary row and move it to where it stands now."""
    form, now = filled.form, filled.growth.start(number)
    texts: dict[int, str] = {}
    for column, slot in form.row_slots(number):
        cell = form.cells[number, column]
        value = slot.value([figures.value(form.name, name) for name in slot.expressions])
        filled.values[now, column] = value
        if isinstance(value, str):
            texts[column] = value
        filled.put(cell, writer.column(get_column_letter(column), cell.get("s", ""))(str(now), value))
    _make_room(row, form, number, texts, writer)
    if now == number:
        return
    row.set("r", str(now))
    for cell in row.iterfind(main_tag("c")):
        cell.set("r", address(now, _column(cell)))


def _make_room(row: Element, form: FormSheet, number: int, texts: dict[int, str], writer: CellWriter) -> None:
    """Make a row higher where a text that was filled in would be cut off."""
    if not texts or not row.get("ht"):
        return
    wrapped = _wrapping(form, number, [(column, form.cells[number, column]) for column in texts], writer)
    height = max((each.height(texts[each.column]) for each in wrapped), default=0.0)
    if height > float(row.get("ht")):
        row.set("ht", f"{min(height, HIGHEST):g}")


def _wrapping(form: FormSheet, number: int, cells: Iterable[tuple[int, Element]], writer: CellWriter) -> list[Wrapped]:
    """List the columns of a row that wrap their texts; a merged area never makes its row higher, as in Excel."""
    merged = {column for top, left, _, right in form.merges if top == number for column in range(left, right + 1)}
    kept = [(column, int(cell.get("s", "0"))) for column, cell in cells if column not in merged]
    return wrapped_columns(form.root, kept, writer.styles)


def _list_xml(row: Element, form: FormSheet, block: FilledList, first: int, writer: CellWriter) -> str:
    """Write a list row once per record; without records once, with its formats and nothing in it."""
    own = {name: value for name, value in row.attrib.items() if name != "r"}
    if own.get("customHeight") not in {"1", "true"}:
        own.pop("ht", None)  # a height Excel worked out for the template's text, not for the record's
    attributes = _xml(row.makeelement(row.tag, own, nsmap=row.nsmap))[len("<row") : -len("/>")]
    if not block.records:
        blank = [writer.column(_letters(cell), cell.get("s", "")) for cell in row.iterfind(main_tag("c"))]
        cells = "".join(write(str(first), None) for write in blank)
        return f'<row r="{first}"{attributes}>{cells}</row>'
    makers = [_maker(cell, form, block, writer) for cell in row.iterfind(main_tag("c"))]
    wrapped, least = _wrapped(row, form, block, writer), float(own.get("ht", 0))
    out: list[str] = []
    for index, record in enumerate(block.records):
        number = str(first + index)
        out.append(f'<row r="{number}"{attributes}>')
        if wrapped and (height := _height(wrapped, block, record, index)) > least:
            out[-1] = out[-1].replace(f' ht="{own["ht"]}"', f' ht="{min(height, HIGHEST):g}"')
        out += [make(number, record, index) for make in makers]
        out.append("</row>")
    return "".join(out)


def _wrapped(row: Element, form: FormSheet, block: FilledList, writer: CellWriter) -> list[Wrapped]:
    """List the columns whose texts can need more than the row's own height; none when Excel works heights out."""
    if not row.get("ht") or row.get("customHeight") not in {"1", "true"}:
        return []
    cells = ((_column(cell), cell) for cell in row.iterfind(main_tag("c")))
    return _wrapping(form, block.row, [(at, cell) for at, cell in cells if at in block.picks], writer)


def _height(wrapped: list[Wrapped], block: FilledList, record: Record, index: int) -> float:
    """Give the height that a record's longest text needs."""
    values = ((each, block.picks[each.column](record, index)) for each in wrapped)
    return max((each.height(value) for each, value in values if isinstance(value, str)), default=0.0)


def _maker(cell: Element, form: FormSheet, block: FilledList, writer: CellWriter) -> Callable[[str, Record, int], str]:
    """Give the writer of one cell of a list row, (row number, record, its number from 0) to XML."""
    column = _column(cell)
    if (block.row, column) not in form.slots:  # the template's own words, repeated
        start, end = _xml(cell).split(f' r="{cell.get("r")}"', 1)
        letters = get_column_letter(column)
        return lambda number, _, __: f'{start} r="{letters}{number}"{end}'
    write, pick = writer.column(get_column_letter(column), cell.get("s", "")), block.picks[column]
    return lambda number, record, index: write(number, pick(record, index))


def _xml(element: Element) -> str:
    """Write an element as it stands inside its sheet, whose root declares the namespaces."""
    tag, end, rest = str(etree.tostring(element, encoding="unicode", with_tail=False)).partition(">")
    return _NAMESPACE.sub("", tag) + end + rest


def _letters(cell: Element) -> str:
    return str(cell.get("r")).rstrip("0123456789")


def _column(cell: Element) -> int:
    return int(column_index_from_string(_letters(cell)))
