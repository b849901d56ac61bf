"""Which cell of a filled return came from which expression and record: for the screen and for `pack check`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from exporters.references import Growth, address, split_address
from exporters.sheetxml import Place
from exporters.slots import Slot


@dataclass(frozen=True, slots=True)
class Origin:
    """What one cell came from: its cell in the form, the expressions there, and in a list the record's number from 0, and which
    list of the sheet it is, from 0.
    """

    template_cell: str
    expressions: tuple[str, ...]
    record: int | None
    number: int = 0


@dataclass(frozen=True, slots=True)
class Origins:
    """One sheet's way back from its cells to the form: how rows moved, the form's expressions, records per list row."""

    growth: Growth
    slots: Mapping[Place, Slot]
    records: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Placement:
    """The way back from every cell of a filled return to its form."""

    sheets: Mapping[str, Origins]

    def cells(self, sheet: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Each cell of a filled sheet outside its lists that holds expressions, with these."""
        origins = self.sheets[sheet]
        for (row, column), slot in sorted(origins.slots.items()):
            if not slot.starred:
                yield address(origins.growth.start(row), column), slot.expressions

    def origin(self, sheet: str, cell: str) -> Origin | None:
        """Say what a cell came from; None when the form itself says what stands there."""
        origins = self.sheets.get(sheet)
        if origins is None:
            return None
        row, column = split_address(cell)
        template_row, record = origins.growth.origin(row)
        slot = origins.slots.get((template_row, column))
        if slot is None:
            return None
        if not origins.records.get(template_row):
            return Origin(address(template_row, column), slot.expressions, None)
        number = sorted(origins.records).index(template_row)
        return Origin(address(template_row, column), slot.expressions, record, number)
