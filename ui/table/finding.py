"""Looking for a text in the cells of a ledger's page, and putting another in its place; full and half width are one, case too."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass

from importers.progress import Progress
from models.kinds import Quantity
from models.store.file import DataFile
from models.store.view import Column, Line
from models.store.views import Page
from models.text import fold
from ui.table.columns import Shown, edit_texts, shown_text
from ui.table.scanning import narrow, scan

_FIGURE = re.compile(r"[-0-9.,]+")  # anything else is in no figure


@dataclass(frozen=True, slots=True)
class Hit:
    """A cell that holds the text: its line and its column."""

    id: bytes
    column: int


@dataclass(frozen=True)
class Looked:
    """Where to look: lines in their order, and columns by their places."""

    file: DataFile
    page: Page
    ids: Sequence[bytes]
    columns: Sequence[tuple[int, Shown]]

    def hits(self, text: str) -> Generator[Progress, None, list[Hit]]:
        """The cells that hold ``text``, row by row; a generator for :class:`ui.worker.Task`."""
        found: list[Hit] = []
        wanted = fold(text)
        columns = self.columns
        needed = [key for _, shown in columns for key in (shown.column, Column(shown.column.ledger, shown.field))]
        derived = [shown.column for _, shown in columns if shown.field.formula and not shown.growth]
        page = narrow(self.page, [*needed, *derived])
        for start, some, lines in scan(self.file, page, self.ids, derived) if wanted else ():
            yield Progress(start, len(self.ids), "正在查找")
            there = [(id, lines[id]) for id in some if id in lines]
            found += [Hit(id, n) for id, line in there for n, shown in columns if _holds(shown, line, wanted)]
        return found


def _holds(shown: Shown, line: Line, wanted: str) -> bool:
    """Whether a cell holds the folded text, as it is shown or as it is typed."""
    figure = shown.growth or (
        isinstance(shown.field.kind, Quantity) and isinstance(line.values.get(shown.column.key), int)
    )
    if figure and not _FIGURE.fullmatch(wanted):
        return False
    seen = shown_text(shown, line.values, line.titles)
    if not seen or not figure:
        return wanted in fold(seen)
    if wanted in seen or wanted in seen.replace(",", ""):
        return True
    return "." in wanted and not shown.growth and wanted in edit_texts(shown, [line])[0]  # more decimals than are shown


def replaced(text: str, wanted: str, by: str) -> str:
    """``text`` with every place that reads as ``wanted`` written as ``by``; the rest stays as it was typed.

    >>> replaced("甲（赣州）有限公司", "(赣州)", "")
    '甲有限公司'
    """
    key = fold(wanted)
    if not key:
        return text
    letters = list(_folded(text))
    line = "".join(piece for piece, _ in letters)
    out, done, at = "", 0, line.find(key)
    where = [place for piece, place in letters for _ in piece]
    while at >= 0:
        first, last = where[at], where[at + len(key) - 1]
        if first >= done:
            out += text[done:first] + by
            done = last + 1
        at = line.find(key, at + len(key))
    return out + text[done:]


def _folded(text: str) -> Iterator[tuple[str, int]]:
    """Each character folded, with its place."""
    for place, letter in enumerate(text):
        yield fold(letter), place
