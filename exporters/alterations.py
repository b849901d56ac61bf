"""What is different between a sealed return and the workbook at hand: cells, whole rows, whole sheets, each named."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TypeAlias

from exporters.canonical import CALCULATED, NUMBER, Cells, Content
from exporters.references import address, split_address

Shown: TypeAlias = Callable[[str, str, str], str]  # sheet, cell, content as text → as the cell shows it (a date)
Row: TypeAlias = "tuple[int, tuple[tuple[int, str, str], ...]]"  # its number; column, type, value of what it holds

_QUOTED = 30  # characters of a cell in a sentence
_MOST_ROWS = 50_000  # beyond that rows are not told apart, only cells
_BLANK = "空行"


@dataclass(frozen=True, slots=True)
class Alteration:
    """One place that no longer says what was sealed; "" stands for an empty cell, or for a row that is not there.

    `cell` is an address, "9:9" for a row (as it is numbered where it stands: in the sealed return when it was deleted,
    else in the workbook at hand), "" for a whole sheet.
    """

    sheet: str
    cell: str
    was: str
    now: str

    def __str__(self) -> str:
        if not self.cell:
            return f"工作表“{self.sheet}”{self.now}"
        first, colon, last = self.cell.partition(":")
        if colon:
            rows = f"{self.sheet} 第 {first} 行" if first == last else f"{self.sheet} 第 {first}—{last} 行"
            if _BLANK in {self.was, self.now}:
                return f"{rows}的空行被删去" if self.was else f"{rows}是后加的空行"
            told = f"被删去，原为{_quoted(self.was, 0)}" if self.was else f"是后加的：{_quoted(self.now, 0)}"
            return rows + told
        same = next((at for at, (a, b) in enumerate(zip(self.was, self.now, strict=False)) if a != b), 0)
        return f"{self.sheet}!{self.cell} 原为{_quoted(self.was, same)}，现为{_quoted(self.now, same)}"


def alterations(was: Mapping[str, Cells], now: Mapping[str, Cells], shown: Shown) -> list[Alteration]:
    """Compare the sheets of the sealed return with those at hand, in the sealed return's order."""
    found: list[Alteration] = []
    new = {sheet: cells for sheet, cells in now.items() if sheet not in was and cells}
    for sheet, cells in was.items():
        if sheet in now:
            found += _altered(sheet, cells, now[sheet], shown)
            continue
        renamed = next((name for name, others in new.items() if not _cells(name, cells, others, shown)), None)
        new.pop(renamed or "", None)
        found.append(Alteration(sheet, "", "有", f"改名为“{renamed}”" if renamed else "不见了（或改了名）"))
    return found + [Alteration(sheet, "", "没有", "是后加的") for sheet in new]


def text_of(content: Content | None) -> str:
    """Give a cell's content as text, "" for an empty cell."""
    return "" if content is None else str(content)


def _altered(sheet: str, was: Cells, now: Cells, shown: Shown) -> list[Alteration]:
    """Name the rows taken out or put in where that says it shorter than all the cells that stand elsewhere for it."""
    cells = _cells(sheet, was, now, shown)
    rows = _rows(sheet, was, now, shown) if len(cells) > 1 else cells
    return rows if len(rows) < len(cells) else cells


def _cells(sheet: str, was: Cells, now: Cells, shown: Shown) -> list[Alteration]:
    changed = [at for at in was.keys() | now.keys() if not same(was.get(at), now.get(at))]
    return [
        Alteration(sheet, at, *told_apart(sheet, at, was.get(at), now.get(at), shown))
        for at in sorted(changed, key=split_address)
    ]


def same(before: Content | None, after: Content | None) -> bool:
    """Say whether two cells hold the same; None is an empty one."""
    return before == after or (before is not None and after is not None and before.same_as(after))


def told_apart(sheet: str, at: str, before: Content | None, after: Content | None, shown: Shown) -> tuple[str, str]:
    """Give both values as the cell shows them; where only their kind differs (12.5 typed as text), say the kind too."""
    was, now = text_of(before), text_of(after)
    if before is not None and after is not None and was == now:
        return f"{was}({before.kind_name})", f"{now}({after.kind_name})"
    dated = [
        shown(sheet, at, str(each)) if each and each.type in {NUMBER, CALCULATED} else text_of(each)
        for each in (before, after)
    ]
    return (dated[0], dated[1]) if dated[0] != dated[1] else (was, now)


def _rows(sheet: str, was: Cells, now: Cells, shown: Shown) -> list[Alteration]:
    """Compare row by row; rows that only stand higher or lower than they did are no change."""
    before, after = _by_row(was), _by_row(now)
    if not before or not after or before[-1][0] == after[-1][0] or len(before) + len(after) > _MOST_ROWS:
        return _cells(sheet, was, now, shown)
    found: list[Alteration] = []
    shift = 0
    matcher = SequenceMatcher(None, [key for _, key in before], [key for _, key in after], autojunk=False)
    for kind, i, i_end, j, j_end in matcher.get_opcodes():
        if kind == "equal" or (kind == "replace" and i_end - i == j_end - j):
            for old, new in zip(before[i:i_end], after[j:j_end], strict=True):
                shift = _blank_rows(found, sheet, old[0], new[0], shift)
                found += _cells(sheet, _moved(was, old, new[0]), _moved(now, new, new[0]), shown)
            continue
        found += [Alteration(sheet, f"{row}:{row}", _words(key), "") for row, key in before[i:i_end]]
        found += [Alteration(sheet, f"{row}:{row}", "", _words(key)) for row, key in after[j:j_end]]
        shift += (j_end - j) - (i_end - i)
    return found


def _blank_rows(found: list[Alteration], sheet: str, old: int, new: int, shift: int) -> int:
    """Note blank rows put in or taken out above a row; give how far rows stand from where they stood from here on."""
    gap = new - old - shift
    if gap > 0:
        found.append(Alteration(sheet, f"{new - gap}:{new - 1}", "", _BLANK))
    elif gap < 0:
        found.append(Alteration(sheet, f"{old + gap}:{old - 1}", _BLANK, ""))
    return shift + gap


def _by_row(cells: Cells) -> list[Row]:
    rows: dict[int, list[tuple[int, str, str]]] = {}
    for at, content in cells.items():
        row, column = split_address(at)
        rows.setdefault(row, []).append((column, *content))
    return [(row, tuple(sorted(rows[row]))) for row in sorted(rows)]


def _moved(cells: Cells, row: Row, to: int) -> Cells:
    return {address(to, column): cells[address(row[0], column)] for column, _, _ in row[1]}


def _words(key: tuple[tuple[int, str, str], ...]) -> str:
    return " ".join(value for _, _, value in key)


def _quoted(text: str, same: int) -> str:
    """Quote a cell's content for a sentence; of a long text what stands around its first difference."""
    if not text:
        return "空"
    text = text.replace("\n", "↵")  # a sentence is one line
    start = max(same - 10, 0) if len(text) > _QUOTED else 0
    end = start + _QUOTED
    return f"“{'…' if start else ''}{text[start:end]}{'…' if text[end:] else ''}”"
