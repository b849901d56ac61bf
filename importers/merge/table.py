"""The table of a file that is to be imported: the sheet that fits the ledger best, with its columns matched."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from importers.cells import Grid
from importers.headers import NoHeading, find_heading
from importers.matching import Matching, match, vocabulary
from importers.reading import UnreadableFile, open_book
from models.ledger import Ledger, nearest
from models.periods import Period
from models.store.merging import Present


class NotThisLedger(Exception):
    """No sheet of the file is a table of this ledger; the message is one Chinese sentence."""


@dataclass(frozen=True)
class Table:
    """One sheet of a file and what its columns are taken for; ``sheets`` are the names of all visible ones.

    ``notes`` are sentences about what could not be read. Replace ``matching`` to choose columns by hand.
    """

    path: Path
    sheets: tuple[str, ...]
    notes: tuple[str, ...]
    grid: Grid
    matching: Matching


def best_table(path: Path, ledger: Ledger, period: Period | None, store: Present, sheet: str | None = None) -> Table:
    """The sheet of a file that fits the ledger best, or the one named. Its ``matching.problem`` may still speak against it.

    Raises UnreadableFile, and NotThisLedger when there is no table at all.
    """
    book = open_book(path)
    names = [one.name for one in book.sheets if one.visible or one.name == sheet]
    if sheet is not None and sheet not in names:
        raise UnreadableFile(f"“{path.name}”里没有工作表“{sheet}”{nearest(sheet, names)}（有：{'、'.join(names)}）")
    found: list[Table] = []
    problems: list[str] = []
    for name in [sheet] if sheet else names:
        grid = book.grid(name)
        try:
            heading = find_heading(grid, vocabulary(ledger))
        except NoHeading as none:
            problems.append(str(none))
            continue
        matching = match(heading, ledger, period, store.recall(ledger, heading.fingerprint()))
        found.append(Table(path, tuple(names), book.notes, grid, matching))
    if not found:
        raise NotThisLedger(f"“{path.name}”：{problems[0] if problems else '里面没有工作表'}")
    return max(found, key=lambda table: table.matching.score)
