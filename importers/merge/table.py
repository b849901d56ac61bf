"""The table of a file that is to be imported: the sheet that fits the ledger best, with its columns matched."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from importers.cells import Grid
from importers.headers import NoHeading, find_heading
from importers.matching import Matching, match, vocabulary
from importers.merge.sent import Cells
from importers.merge.turned import TurnedGrid, turned
from importers.reading import UnreadableFile, open_book
from models.ledger import Ledger, nearest
from models.periods import Period
from models.store.merging import Present


class NotThisLedger(Exception):
    """No sheet of the file is a table of this ledger; the message is one Chinese sentence."""


@dataclass(frozen=True)
class Table:
    """One sheet of a file and what its columns are taken for; ``sheets`` are the names of all visible ones.

    ``notes`` are sentences about what could not be read and what else the file holds. Replace ``matching`` to choose columns by hand.
    ``sent`` is what the cells of a form were sent out with, by row and column of the grid.
    """

    path: Path
    sheets: tuple[str, ...]
    notes: tuple[str, ...]
    grid: Grid
    matching: Matching
    sent: Cells = field(default_factory=dict)


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
        grids = [grid := book.grid(name)]
        if not ledger.key and (upright := turned(grid, vocabulary(ledger), period)):
            grids.append(upright)
        read: list[Table] = []
        for each in grids:
            try:
                heading = find_heading(each, vocabulary(ledger))
            except NoHeading as none:
                problems.append(str(none))
                continue
            matching = match(heading, ledger, period, store.recall(ledger, heading.fingerprint()))
            read.append(Table(path, tuple(names), book.notes, each, matching))
        if read:
            found.append(max(read, key=lambda table: table.matching.score))
    if not found:
        raise NotThisLedger(f"“{path.name}”：{problems[0] if problems else '里面没有工作表'}")
    best = max(found, key=lambda table: table.matching.score)
    hidden = [one.name for one in book.sheets if not one.visible and one.name != sheet]
    return replace(best, notes=(*book.notes, *_left_out(best, found, hidden)))


def _left_out(best: Table, found: list[Table], hidden: list[str]) -> list[str]:
    """Sentences about what else the file holds that is not imported with the table."""
    notes: list[str] = []
    if isinstance(best.grid, TurnedGrid):
        notes += best.grid.out
    if others := best.matching.heading.others():
        first, last = map(best.grid.row_number, others)
        where = f"第 {first}—{last} 行" if first < last else f"第 {first} 行"
        notes.append(f"“{best.grid.sheet}”{where}是另一张表，这次没有导入，请把它移到单独的工作表再导入一次")
    also = [one for one in found if one is not best and not one.matching.problem]
    if also:
        told = "、".join(f"“{one.grid.sheet}”（{len(one.matching.heading.data)} 行）" for one in also)
        notes.append(
            f"工作表{told}看起来也是“{best.matching.ledger.label}”的表，这次只导入“{best.grid.sheet}”，其余请换工作表再导入"
        )
    if hidden:
        told = "、".join(f"“{name}”" for name in hidden)
        notes.append(f"隐藏的工作表{told}没有导入，需要的话请在 Excel 或 WPS 中取消隐藏、保存后再导入")
    return notes
