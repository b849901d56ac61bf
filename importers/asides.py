"""Lines below a heading that are no records: totals, notes, signatures, headings repeated on each page. Each is told.

Going through 100,000 rows must be quick, so a row is looked at closely only when one of its first filled cells begins
or sounds like such a line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from importers.cells import Cell, Grid
from importers.labels import unit_of
from models.text import clean, fold

_LOOKED_AT = 3  # filled cells from the left
_TOTAL = re.compile(
    r"(?:合计|小计|总计|共计|累计|本[页年月期季]累计|平均)(?:[:(].*)?|.{0,10}(?:合计|小计|总计|共计):?|其中:?.{0,12}"
)
_NOTE = re.compile(
    r"注\d*[:.、)].*|(?:备注|附注|说明|填[报表]说明|(?:数据|资料)?来源)\d?:.*|(?:以下(?:空白|无正文)|本表|以上数据|此页).*|[-—]*第\d+页.*|.*共\d+页[-—]*"
)
_SIGNATURE = re.compile(
    r"(?:(?:单位|企业|统计|部门|财务)?负责人|分管领导|主要领导|填[表报]人|制表人?|审[核批]人?|复核人?|经办人|联系人|(?:联系)?电话"
    r"|(?:填[表报]|报[出送]|制表|打印|导出|统计)(?:日期|时间)|日期|填报单位|报送单位|编制单位|制表单位|单位)(?:\((?:盖章|签字|签章)\))?(:.*)?"
)
_EXAMPLE = re.compile(r"(?:填写)?(?:示例|样例)(?::.*)?|例[:如].*")
_SECTION = re.compile(r"[一二三四五六七八九十]+、.*|\([一二三四五六七八九十]+\).*")
_STARTS = frozenset(
    "注备附说填数资来单企统部财负分主制审复经联电报打导日编以此本第共其平示样例-— \u3000\xa0\t\n"
)  # of all these, for speed
_HINT = re.compile(
    r"\s|[-—]|其\s*中|平\s*均|注|[备附]\s*注|说\s*明|填|数据来源|资料来源|来源|(?:单位|企业|统计|部门|财务)|负责|分管|主要领导|制\s*表|审\s*[核批]"
    r"|复核|经办|联系|电\s*话|报[出送]|打印|导出|日\s*期|编制|以[下上]|此页|本[页表年月期季]|第\d|共\d|[示样]例|例[:：如]"
)
_TOTAL_HINT = re.compile(r"[合小总共累]\s*计")
_NUMERALS = "甲乙丙丁戊己庚辛壬癸"
_SENTENCE = re.compile(r"[。；;！!]|[：:].*[，,、]")


@dataclass(frozen=True, slots=True)
class Aside:
    """A row that is not taken as a record: its index in the grid, where it stands (名录!A12), why, and what it says."""

    row: int
    place: str
    reason: str
    text: str


def aside(grid: Grid, row: int, reason: str) -> Aside:
    """The note about one row set aside; its place is that of its first filled cell."""
    filled = [(column, str(cell)) for column, cell in enumerate(grid.rows[row]) if not is_blank(cell)]
    return Aside(
        row, grid.place(row, filled[0][0] if filled else 0), reason, " ".join(clean(text) for _, text in filled)[:200]
    )


def is_blank(cell: Cell) -> bool:
    """Whether a cell shows nothing."""
    return cell is None or (isinstance(cell, str) and not clean(cell))


def is_numbering(row: Sequence[Cell], columns: int) -> bool:
    """Whether a row numbers the columns: 甲 乙 1 2 3 (also “3=1-2”, “(4)”, “栏次” at its start)."""
    texts = [_column_number(cell) for cell in row if not is_blank(cell)]
    if texts and texts[0] in {"栏次", "栏目", "列次", "序号", "编号"}:
        texts = texts[1:]
    letters = [text for text in texts if len(text) == 1 and text in _NUMERALS]
    numbers = [text for text in texts if text not in letters]
    first = int(numbers[0]) if numbers and numbers[0].isdecimal() else 0
    in_order = numbers == [str(first + i) for i in range(len(numbers))] and first in {0, 1, len(letters) + 1}
    if not in_order or letters != list(_NUMERALS[: len(letters)]):
        return False
    return (len(texts) >= 2 and bool(letters)) or len(texts) >= max(3, columns * 0.6)


def _column_number(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return fold(str(cell)).strip("()").split("=")[0]


def row_units(row: Sequence[Cell]) -> dict[int, str]:
    """The units of a row that holds nothing else (“万元 | 万元 | 人”), by column; empty when it is no such row."""
    units: dict[int, str] = {}
    for column, cell in enumerate(row):
        if is_blank(cell) or not isinstance(cell, str):
            if not is_blank(cell):
                return {}
        elif unit := unit_of(cell.strip().strip("()（）")):
            units[column] = unit
        elif fold(cell) not in {"-", "—", "/", "单位", "计量单位"}:
            return {}
    return units


class Sorter:
    """Tells records from the other rows from ``start`` on, which is below the heading; ``serial`` columns count lines."""

    def __init__(self, grid: Grid, start: int, serial: set[int]) -> None:
        self._grid, self._start, self._serial = grid, start, serial
        above = grid.rows[:start]
        self._above = [folded for row in above if any(folded := [fold(str(cell)) for cell in row])]
        self._heads = frozenset(cell for row in above for cell in row if cell != "")
        self._wide = {
            top for top, left, _, right in grid.merged if top >= start and (right - left + 1) * 2 > grid.width > 1
        }

    def sort(self) -> tuple[Sequence[int], list[Aside]]:
        """Indexes of the records, and the rows set aside. Blank rows are neither."""
        width, rows, heads = self._grid.width, self._grid.rows, self._heads
        records: list[int] = []
        asides: list[Aside] = []
        for index in range(self._start, len(rows)):
            row = rows[index]
            filled = width - row.count("")
            if filled > 2 and not _is_suspect(row, heads):
                records.append(index)
            elif filled:
                reason = self._reason(index)
                if reason is None:
                    records.append(index)
                elif reason:
                    asides.append(aside(self._grid, index, reason))
        self._take_tail(records, asides)
        whole = range(records[0], records[-1] + 1) if records else range(0)
        return whole if len(whole) == len(records) else records, sorted(asides, key=lambda one: one.row)

    def _reason(self, index: int) -> str | None:
        """Why a row is no record; None when it is one, "" when nothing is in it."""
        row = self._grid.rows[index]
        filled = [column for column, cell in enumerate(row) if cell != "" and not is_blank(cell)]
        if not filled:
            return ""
        first = row[filled[0]]
        texts = [fold(text) for column in filled[:_LOOKED_AT] if isinstance(text := row[column], str)]
        if (
            not self._heads.isdisjoint(row[column] for column in filled)
            and [fold(str(cell)) for cell in row] in self._above
        ):
            return "重复的标题行"
        if any(_TOTAL.fullmatch(text) for text in texts):
            return "合计行"
        if isinstance(first, str) and _EXAMPLE.fullmatch(texts[0]):
            return "示例行"
        if isinstance(first, str) and _NOTE.fullmatch(texts[0]):
            return "注释行"
        if isinstance(first, str) and (signed := _SIGNATURE.fullmatch(texts[0])):
            return "表尾签署行" if signed[1] or len(filled) < max(3, self._grid.width / 3) else None
        return self._reason_alone(index, filled[0]) if len(filled) == 1 else None

    def _reason_alone(self, index: int, column: int) -> str | None:
        if column in self._serial:
            return "只有序号"
        if self._grid.width < 3:
            return None
        text = fold(str(self._grid.rows[index][column]))
        return "分组行" if _SECTION.fullmatch(text) or index in self._wide else None

    def _take_tail(self, records: list[int], asides: list[Aside]) -> None:
        """Sets aside lines after the last record that say one thing only: a sentence, a place or date at the right."""
        if self._grid.width < 3:
            return
        while len(records) > 1:
            row = self._grid.rows[records[-1]]
            filled = [column for column, cell in enumerate(row) if not is_blank(cell)]
            text = str(row[filled[0]])
            if len(filled) > 1 or (filled[0] < _LOOKED_AT and len(text) <= 40 and not _SENTENCE.search(text)):
                return
            asides.append(aside(self._grid, records.pop(), "表尾说明"))


def _is_suspect(row: list[Cell], heads: frozenset[Cell]) -> bool:
    """Whether one of the first filled cells of a row may make it something else than a record."""
    seen = 0
    for cell in row:
        if cell != "":
            if cell in heads:
                return True
            if type(cell) is str and (
                (cell[0] in _STARTS and _HINT.match(cell)) or ("计" in cell and _TOTAL_HINT.search(cell))
            ):
                return True
            seen += 1
            if seen == _LOOKED_AT:
                return False
    return False
