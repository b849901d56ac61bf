"""What two versions of a return say otherwise: a list's records by whose they are, all else by its place on the form."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import itemgetter
from pathlib import Path
from typing import TypeAlias

from exporters.alterations import Alteration, alterations, same, told_apart
from exporters.canonical import CALCULATED, NUMBER, Cells, Content
from exporters.datecells import DateCells
from exporters.formwords import FormWords
from exporters.references import Growth, address, split_address
from exporters.regrowth import growth_of
from exporters.seal import cells_of
from exporters.sheetxml import FormSheet, Place
from exporters.slots import RUNNING_NUMBER
from exporters.template import open_template
from exporters.xlsx_package import Package
from models.text import shortened

Whose: TypeAlias = Callable[
    [FormSheet, int], Sequence[int]
]  # columns of one of a sheet's lists that say whose a row is
Record: TypeAlias = "tuple[int, int, Mapping[int, Content]]"  # its number in the list, its row on the sheet, its cells

ROW, SHEET, NONE = "整行", "整张表", "没有这一行"
_PRINTED = "表上印好的字"
_LONGEST = 24  # characters of one word that says whose row it is
_TEXT, _AROUND = 60, 16  # characters of a text that is told whole; of a longer one what stands around its difference
_FIGURE = re.compile(r"-?\d[\d,]*(\.\d+)?")


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference, as printed; "" stands for an empty cell, and for a row or a sheet that is not there.

    ``cell`` is where it stands, in the later version where it is there; "整行" for a whole row, "" for a whole sheet. ``what`` says
    in the form's words what it is; ``expressions`` is that of a cell outside lists that is one figure.
    """

    sheet: str
    cell: str
    what: str
    unit: str
    was: str
    now: str
    gap: str = ""
    expressions: tuple[str, ...] = ()


def compare(was: bytes, now: bytes, form: bytes | Path, whose: Whose) -> list[Difference]:
    """Compare two versions sheet by sheet, in the earlier one's order."""
    before, after = _Version(was), _Version(now)
    forms = {each.name: each for each in open_template(form).forms}
    found: list[Difference] = []
    others: tuple[dict[str, Cells], dict[str, Cells]] = ({}, {})
    for sheet, cells in before.cells.items():
        own = forms.get(sheet) if sheet in after.cells else None
        old, new = (growth_of(own, each.cells[sheet]) if own else None for each in (before, after))
        if own is not None and old is not None and new is not None:
            found += _Sheet(own, (before, old), (after, new), whose).differences()
        else:
            others[0][sheet] = cells
    others[1].update(
        {sheet: cells for sheet, cells in after.cells.items() if sheet not in before.cells or sheet in others[0]}
    )
    return found + [_plain(each) for each in alterations(*others, after.printed.printed)]


def _plain(each: Alteration) -> Difference:
    if not each.cell:
        return Difference(each.sheet, "", SHEET, "", each.was, each.now)
    row = ":" in each.cell
    return Difference(
        each.sheet, ROW if row else each.cell, _turn(each.was) if row else each.cell, "", each.was, each.now
    )


def _turn(was: object) -> str:
    return "删去" if was else "新增"


class _Version:
    """A version's cells, and how they are printed."""

    def __init__(self, content: bytes) -> None:
        package = Package(content)
        self.cells, self.printed = cells_of(package), DateCells(package)

    def text(self, sheet: str, at: str, content: Content | None) -> str:
        if content is None:
            return ""
        figure = content.type in {NUMBER, CALCULATED}
        return self.printed.printed(sheet, at, content.value) if figure else str(content)


class _Sheet:
    """One sheet in both versions."""

    def __init__(
        self, form: FormSheet, was: tuple[_Version, Growth], now: tuple[_Version, Growth], whose: Whose
    ) -> None:
        self.form, self.name, self.words = form, form.name, FormWords(form)
        self.was, self.old = was
        self.now, self.new = now
        self.whose = whose

    def differences(self) -> list[Difference]:
        """The differences from the top, those of a list's rows that are gone before those of the rows that are there."""
        found = [*self._fixed()]
        for number, row in enumerate(self.form.lists):
            found += self._list(number, row)
        found.sort(key=lambda each: each[0])
        return [each for _, each in found]

    def _fixed(self) -> Iterator[tuple[Place, Difference]]:
        old, new = (
            {place: at for at in version.cells[self.name] if (place := _origin(growth, at))[0] not in self.form.lists}
            for version, growth in ((self.was, self.old), (self.now, self.new))
        )
        for place in old.keys() | new.keys():
            here = address(self.new.start(place[0]), place[1])
            was, now = self.was.cells[self.name].get(old.get(place, "")), self.now.cells[self.name].get(here)
            if same(was, now):
                continue
            what, unit = (_PRINTED, "") if place in self.form.values else self.words.called(place)
            slot = self.form.slots.get(place)
            asked = slot.expressions if slot and slot.alone else ()
            yield split_address(here), self._told(here, (what, unit), was, now, asked)

    def _list(self, number: int, row: int) -> Iterator[tuple[Place, Difference]]:
        slots = self.form.row_slots(row)
        counted = {column for column, slot in slots if slot.expressions == (RUNNING_NUMBER,)}
        named = list(self.whose(self.form, number)) or [column for column, _ in slots if column not in counted]
        old, new = (
            _records(self.was.cells[self.name], self.old, row),
            _records(self.now.cells[self.name], self.new, row),
        )
        pairs = _paired(
            [self._key(self.was, each, named) for each in old], [self._key(self.now, each, named) for each in new]
        )
        here = self.new.start(row)
        for at in sorted(set(range(len(old))) - set(pairs.values())):
            yield (here, 0), self._whole(self.was, old[at], row, named)
        for at, record in enumerate(new):
            if at not in pairs:
                yield (here, 1), self._whole(self.now, record, row, named)
                continue
            before = old[pairs[at]][2]
            for column in sorted((before.keys() | record[2].keys()) - counted):
                if not same(before.get(column), record[2].get(column)):
                    what = f"{self._called(self.now, record, named)} · {self.words.head((row, column))}"
                    cell = address(record[1], column)
                    yield (record[1], column), self._told(cell, (what, ""), before.get(column), record[2].get(column))

    def _key(self, version: _Version, record: Record, named: Sequence[int]) -> tuple[str, ...]:
        return tuple(version.text(self.name, address(record[1], column), record[2].get(column)) for column in named)

    def _called(self, version: _Version, record: Record, named: Sequence[int]) -> str:
        words = [shortened(text, _LONGEST) for text in self._key(version, record, named) if text]
        more = f"（{'，'.join(words[1:3])}）" if words[1:] else ""
        return f"第 {record[0]} 行 {''.join(words[:1])}{more}"

    def _whole(self, version: _Version, record: Record, row: int, named: Sequence[int]) -> Difference:
        """A row that is there in one version only: whose it is, and its figures under their heads."""
        gone = version is self.was
        told = [
            f"{self.words.head((row, column))} {text}"
            for column, content in record[2].items()
            if content.type in {NUMBER, CALCULATED} and column not in named
            for text in (version.text(self.name, address(record[1], column), content),)
            if _FIGURE.fullmatch(text) and text.strip("0.") and self.words.head((row, column)) != RUNNING_NUMBER
        ]
        what = f"{_turn(gone)}{'原' if gone else ''}{self._called(version, record, named)}"
        text = "；".join(told) or "有这一行"
        return Difference(self.name, ROW, what, "", *((text, NONE) if gone else (NONE, text)))

    def _told(
        self, cell: str, named: tuple[str, str], was: Content | None, now: Content | None, asked: tuple[str, ...] = ()
    ) -> Difference:
        texts = told_apart(self.name, cell, was, now, self.now.printed.printed)
        numbers = all(each is not None and each.type in {NUMBER, CALCULATED} for each in (was, now))
        figures = [Decimal(text.replace(",", "")) for text in texts if _FIGURE.fullmatch(text)] if numbers else []
        gap = f"{figures[1] - figures[0]:+,f}" if len(figures) == 2 else ""
        return Difference(self.name, cell, *named, *_around(*texts), gap, asked)


def _origin(growth: Growth, cell: str) -> Place:
    row, column = split_address(cell)
    return growth.origin(row)[0], column


def _records(cells: Cells, growth: Growth, row: int) -> list[Record]:
    """The records of a list; one row that is empty is none."""
    first, last = growth.start(row), growth.end(row)
    rows: dict[int, dict[int, Content]] = {at: {} for at in range(first, last + 1)}
    for cell, content in cells.items():
        at, column = split_address(cell)
        if at in rows:
            rows[at][column] = content
    return [(at - first + 1, at, rows[at]) for at in rows if rows[at]]


def _paired(old: Sequence[tuple[str, ...]], new: Sequence[tuple[str, ...]]) -> dict[int, int]:
    """Which earlier record each later one is: the one with the same names, else with the same one of them (a firm renamed)."""
    found: dict[int, int] = {}
    words = len(old[0]) if old else 0
    ways: list[Callable[[tuple[str, ...]], object]] = [tuple, *(itemgetter(at) for at in range(words) if words <= 3)]
    for way in ways:
        free: dict[object, list[int]] = {}
        for at in sorted(set(range(len(old))) - set(found.values()), reverse=True):
            free.setdefault(way(old[at]), []).append(at)
        for at, key in enumerate(new):
            if at not in found and any(key) and way(key) and free.get(way(key)):
                found[at] = free[way(key)].pop()
    return found


def _around(was: str, now: str) -> tuple[str, str]:
    """Two texts; of long ones that begin or end alike what stands around the difference."""
    if min(len(was), len(now)) <= _TEXT:
        return was, now
    pairs = zip(was, now, strict=False)
    start = next((at for at, (one, other) in enumerate(pairs) if one != other), min(len(was), len(now)))
    ends = zip(reversed(was), reversed(now), strict=False)
    alike = next((at for at, (one, other) in enumerate(ends) if one != other), 0)
    alike = min(alike, len(was) - start, len(now) - start)

    def cut(text: str) -> str:
        first, last = max(start - _AROUND, 0), len(text) - max(alike - _AROUND, 0)
        return f"{'…' if first else ''}{text[first:last]}{'…' if last < len(text) else ''}"

    return cut(was), cut(now)
