"""Forms that came back: what a file's hidden sheet says it is, and of its rows what somebody changed.

A cell that still says what it was sent out with says nothing: so a copy with one cell put right changes that one, and last
year's grey values stay out until somebody has touched or confirmed them (asks 63).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from importers.asides import Aside, Sorter
from importers.cells import Cell, Grid, letters
from importers.headers import Column, Heading
from importers.joined import JoinedGrid, Where
from importers.labels import split_unit, text_of
from importers.lines import is_blank
from importers.matching import match
from importers.matching.targets import Target, targets
from importers.merge.sent import stored
from importers.merge.table import Table
from importers.reading import Book, open_book
from importers.sniff import kind_of, load
from models.forms import ABOUT, BEFORE, CHECK, NUMBER, REMEDY, SURE, About
from models.kinds import CreditCode
from models.ledger import Ledger
from models.ledgers import LEDGERS
from models.periods import Period
from models.text import clean

NOT_OURS = "不是本程序发出的表，没有导入；要导入它，请在“导入”页单独选这个文件，对好列再导入"
_LOOK = 30  # rows in which the headings are looked for
_OURS = frozenset((NUMBER, CHECK, REMEDY))


@dataclass
class _Sheet:
    """One sheet of a form as it came back; ``used`` are the rows' numbers seen so far."""

    about: About
    grid: Grid
    file: str
    before: Mapping[str, list[str]]
    used: set[str] = field(default_factory=set)


@dataclass
class Came:
    """A file that came back: its forms, or the sentence why there are none."""

    path: Path
    sheets: list[_Sheet] = field(default_factory=list)
    problem: str = ""


def is_form(path: Path) -> bool:
    """Whether a file is one of ours. Raises UnreadableFile."""
    return kind_of(load(path), path) != "csv" and ABOUT in {sheet.name for sheet in open_book(path).sheets}


def read_forms(path: Path, zone: str, zone_name: str, called: str = "") -> Came:
    """The forms in a file; ``called`` is what it is called in sentences. Raises UnreadableFile."""
    came, book = Came(path), open_book(path)
    called = called or path.name
    there = {sheet.name for sheet in book.sheets}
    if ABOUT not in there:
        came.problem = NOT_OURS
        return came
    before = _before(book) if BEFORE in there else {}
    told = [[str(cell) for cell in row] for row in book.grid(ABOUT).rows]
    abouts = [About.read(row[0], row[1]) for row in told if len(row) > 1]
    for about in abouts:
        if about is None:
            came.problem = "表里藏着的说明被改过，认不出是哪张表；请对方在原来发的表上填，或在“导入”页单独导入"
        elif about.zone != zone:
            came.problem = f"是“{about.zone_name}”的表，这里是“{zone_name}”；请先换到那个开发区再导入"
        elif about.sheet not in there:
            came.problem = f"工作表“{about.sheet}”不见了（可能改了名字）；请改回原来的名字再导入"
        else:
            came.sheets.append(_Sheet(about, book.grid(about.sheet), called, before.get(about.sheet, {})))
    if not abouts:
        came.problem = NOT_OURS
    return came


def _before(book: Book) -> dict[str, dict[str, list[str]]]:
    """What each row was sent out with: by sheet and number, whether it was there (or "") and the texts of its columns."""
    found: dict[str, dict[str, list[str]]] = {}
    for name, number, *texts in (map(str, row) for row in book.grid(BEFORE).rows if len(row) > 2):
        found.setdefault(name, {})[number] = texts
    return found


def joined(came: Sequence[Came]) -> Iterator[Table]:
    """The forms of all files, one table for each ledger and period."""
    groups: dict[tuple[Ledger, Period | None], list[_Sheet]] = {}
    number = 0
    for file in came:
        for sheet in file.sheets:
            groups.setdefault((sheet.about.ledger, sheet.about.period), []).append(sheet)
    order = {ledger.id: place for place, ledger in enumerate(LEDGERS)}
    for (ledger, period), sheets in sorted(groups.items(), key=lambda pair: (order[pair[0][0].id], str(pair[0][1]))):
        yield _Join(ledger, period, sheets, number).table()
        number += len(sheets)


class _Join:
    """One table out of the sheets of several files."""

    def __init__(self, ledger: Ledger, period: Period | None, sheets: Sequence[_Sheet], first: int) -> None:
        self.ledger, self.period, self.sheets, self.first = ledger, period, sheets, first
        keys: dict[str, tuple[str, bool]] = {}
        for sheet in sheets:
            for heading, key, fixed in sheet.about.columns:
                keys.setdefault(key, (heading, fixed))
        self.keys, self.heads = [*keys], [heading for heading, _ in keys.values()]
        self.fixed = [number for number, (_, fixed) in enumerate(keys.values()) if fixed]
        self.targets: dict[str, Target] = {target.key: target for target in targets(ledger)}
        self.rows: list[list[Cell]] = [[*self.heads]]
        self.where: list[Where | None] = [None]
        self.cells: dict[tuple[int, int], str] = {}
        self.aside: list[Aside] = []
        self.notes: list[str] = []

    def table(self) -> Table:
        """The table, with what it was sent out with."""
        for number, sheet in enumerate(self.sheets, self.first):
            self._take(sheet, number)
        name = self.ledger.label
        files = tuple((sheet.file, sheet.about.sheet) for sheet in self.sheets)
        grid = JoinedGrid(name, self.rows, where=tuple(self.where), sheets=files)
        columns = []
        for index, text in enumerate(self.heads):
            label, unit = split_unit(text)
            columns.append(Column(index, letters(index + 1), (label or text,), unit, text, serial=False))
        heading = Heading(
            sheet=name,
            top=0,
            bottom=0,
            columns=tuple(columns),
            titles=(),
            sheet_units=(),
            data=range(1, len(self.rows)),
            aside=tuple(self.aside),
        )
        matching = match(
            heading, self.ledger, self.period, {column.letter: self.keys[column.index] for column in columns}
        )
        names = dict.fromkeys(sheet.file for sheet in self.sheets)
        path = Path(next(iter(names)) if len(names) == 1 else f"{len(names)} 个文件")
        return Table(path, (name,), tuple(self.notes), grid, matching, self.cells)

    def _take(self, sheet: _Sheet, number: int) -> None:
        """Add the rows of one file."""
        grid, at = sheet.grid, f"{sheet.file} 的“{sheet.about.sheet}”"
        top = _heading_row(grid, {heading for heading, _, _ in sheet.about.columns})
        if top < 0:
            self.notes.append(f"{at}：列名那一行不见了，没有导入；请改回原来的列名")
            return
        places = {clean(text_of(cell)): column for column, cell in reversed([*enumerate(grid.rows[top])])}
        found = {heading: places[heading] for heading, _, _ in sheet.about.columns if heading in places}
        if lost := [heading for heading, _, _ in sheet.about.columns if heading not in places]:
            self.notes.append(f"{at}：找不到列{_several(lost)}（列名改了或列删了），这几列没有导入；请改回原来的列名")
        if more := [name for name in places if name and name not in found and name not in _OURS]:
            self.notes.append(f"{at}：自己加的列{_several(more)}没有导入")
        records, aside = Sorter(grid, top + 1, set()).sort()
        self.aside += [replace(each, place=f"{sheet.file} {each.place}") for each in aside]
        own = {key: found[heading] for heading, key, _ in sheet.about.columns if heading in found}
        for row in records:
            cells: list[Cell] = [grid.rows[row][own[key]] if key in own else "" for key in self.keys]
            if all(map(is_blank, cells)):
                continue
            letters_ = {index: grid.letter(own[key]) for index, key in enumerate(self.keys) if key in own}
            self.where.append(Where(sheet.file, sheet.about.sheet, number, grid.row_number(row), letters_))
            self.rows.append(cells)
            told = [clean(text_of(grid.rows[row][places[name]])) if name in places else "" for name in (NUMBER, CHECK)]
            if (sent := self._sent(sheet, told[0], cells)) is not None:
                self._unchanged(cells, sent, sure=told[1] == SURE)
                if sheet.before[told[0]][0] and all(is_blank(c) for n, c in enumerate(cells) if n not in self.fixed):
                    self._drop()  # last year's, not there this year, and nobody said that it is

    def _drop(self) -> None:
        """Take the last row away again."""
        self.rows.pop()
        self.where.pop()
        for column in range(len(self.keys)):
            self.cells.pop((len(self.rows), column), None)

    def _sent(self, sheet: _Sheet, number: str, cells: Sequence[Cell]) -> list[str] | None:
        """What a row was sent out with, by column of the table; None for a new one or one that was copied over."""
        told = sheet.before.get(number)
        if told is None or number in sheet.used:
            return None
        of = {key: text for (_, key, _), text in zip(sheet.about.columns, [*told[1:], *[""] * 500], strict=False)}
        sent = [of.get(key, "") for key in self.keys]
        if self.fixed and not any(self._says(n, cells[n], sent[n]) for n in self.fixed):
            return None
        sheet.used.add(number)
        return sent

    def _says(self, column: int, cell: Cell, text: str) -> bool:
        """Whether a cell says what it was sent out with."""
        if clean(text_of(cell)) == clean(text):
            return True
        target = self.targets.get(self.keys[column])
        of = (target.via or target.field) if target else None
        if of is None or is_blank(cell) or not text:
            return False
        return stored(of, cell) == stored(of, text)

    def _unchanged(self, cells: list[Cell], sent: Sequence[str], *, sure: bool) -> None:
        """Empty the cells that say what they were sent out with; keep which record it is."""
        row = len(self.rows) - 1
        for column, text in enumerate(sent):
            if not text:
                continue
            self.cells[row, column] = text
            blank = is_blank(cells[column])
            if column in self.fixed:
                if blank or self._leads(column):
                    cells[column] = text
            elif blank:
                place = self.where[row]
                assert place is not None
                if column not in place.letters:  # renamed or deleted: told once for the sheet, nobody emptied the cell
                    continue
                self.notes.append(
                    f"{place.file} {place.sheet}!{place.letters[column]}{place.row}：“{self.heads[column]}”"
                    f"原来是“{text}”，发回来是空的；导入不清空，要清空请在台账里删"
                )
            elif not sure and self._says(column, cells[column], text):
                cells[column] = ""

    def _leads(self, column: int) -> bool:
        """Whether a column's text only leads to the record, which the number of the row tells surely: a code put right on another
        sheet is not there yet. The enterprise's own code and name may be put right here."""
        target = self.targets.get(self.keys[column])
        if target is None or target.field is None:
            return False
        own = target.field.id in (*self.ledger.key[:1], *self.ledger.title[:1]) and target.via is None
        directory = isinstance(self.ledger.by_id[self.ledger.key[0]].kind, CreditCode) if self.ledger.key else False
        return not (own and directory)


def _heading_row(grid: Grid, headings: set[str]) -> int:
    """The row that holds most of the headings, at least half of them; -1 for none."""
    counts = [len({clean(text_of(cell)) for cell in row} & headings) for row in grid.rows[:_LOOK]]
    best = max(range(len(counts)), key=counts.__getitem__, default=-1)
    return best if best >= 0 and counts[best] * 2 >= len(headings) else -1


def _several(names: Iterable[str]) -> str:
    told = [*names]
    return "、".join(f"“{name}”" for name in told[:6]) + (f" 等 {len(told)} 列" if len(told) > 6 else "")
