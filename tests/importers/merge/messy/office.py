"""Lays records out in a workbook as an office does: a cover, titles, headings over several rows, units here and there, totals, notes.

Which of these a workbook has is drawn from its seed, so a whole shelf of different ones is made.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from tests.importers.merge.messy.heads import Head, Heads
from tests.importers.merge.messy.meant import IN_FILES
from tests.importers.merge.messy.records import Row

_TOTALS = ("合计", "总　计", "合计：", "合计（4户）", "本页合计", "总计：4家")


@dataclass
class Made:
    """What was made, and what an import has to tell of it."""

    sheet: str
    columns: list[Head]
    converted: set[str] = field(default_factory=set)
    assumed: set[str] = field(default_factory=set)
    totals: int = 0
    named: int = 0
    again: int = 0


class Office(Heads):
    """Writes one workbook."""

    def write(self, path: Path, rows: Sequence[Row], more: Sequence[str] = ()) -> Made:
        """The workbook: a cover, the table with all that surrounds it, a hidden sheet."""
        book = openpyxl.Workbook()
        cover = book.active
        cover.title = "封面"
        for number, line in enumerate(
            ("2025年度统计报表", "", "填报单位：赣州经济技术开发区管委会", "二〇二六年一月"), 3
        ):
            cover.cell(number, 2, line)
        sheet = book.create_sheet(f"{self.ledger.label}汇总"[:31])
        made = Made(sheet.title, self.columns(more))
        self._told_units(made)
        row = self._titles(sheet, made)
        row = self._heading(sheet, made, row)
        row = self._body(sheet, made, rows, row)
        self._foot(sheet, row, len(made.columns))
        hidden = book.create_sheet("代码")
        hidden.sheet_state = "hidden"
        hidden.append(["是", "否"])
        book.save(path)
        return made

    def _told_units(self, made: Made) -> None:
        for head in made.columns:
            if head.name not in self.units:
                continue
            own, unit = self.ledger.by_id[head.name].kind.unit, self.units[head.name]
            if IN_FILES.get(own, {}).get(unit, 1) != 1:
                made.converted.add(head.name)
            silent = self.told[head.name] == "=" and not self.style.above(own)
            if silent and own in {*IN_FILES} - {"%"}:  # what is counted in several units
                made.assumed.add(head.name)

    def _titles(self, sheet: Worksheet, made: Made) -> int:
        width = len(made.columns)
        sheet.cell(1, 1, f"赣州经济技术开发区2025年{self.ledger.label}情况汇总表")
        sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=width)
        sheet.cell(2, 1, "填报单位（盖章）：赣州经开区管委会")
        sheet.cell(2, max(3, width // 2), "2025年12月31日")
        if told := self.unit_line():
            sheet.cell(2, width, told)
        return self.rng.choice((3, 3, 4))  # perhaps an empty row

    def unit_line(self) -> str:
        """What stands above the table about units."""
        units = [unit for unit in (self.style.sheet_unit, self.style.sheet_area) if unit]
        forms = {0: ("",), 1: ("单位：{}", "计量单位:{}", "（单位：{}）", "单位 ： {}")}
        two = ("单位：{}、{}", "金额单位：{}  面积单位：{}", "（单位：{}，{}）")
        return self.rng.choice(forms.get(len(units), two)).format(*units)

    def _heading(self, sheet: Worksheet, made: Made, row: int) -> int:
        depth = max(len(head.parts) for head in made.columns)
        before: list[str] = []
        for index, head in enumerate(made.columns, 1):
            same = len(before) == len(head.parts) > 1 and before[0] == head.parts[0]
            for level, part in enumerate(head.parts):
                if level or not same:
                    sheet.cell(row + level, index, part)
            if len(head.parts) < depth and head.parts and self.style.merged:
                sheet.merge_cells(start_row=row, start_column=index, end_row=row + depth - 1, end_column=index)
            before = head.parts
        if depth > 1 and self.style.merged:
            self._merge_groups(sheet, made, row, depth)
        made.named = row + depth - 1
        return self._below(sheet, made, row + depth)

    def _below(self, sheet: Worksheet, made: Made, row: int) -> int:
        """The rows between the heading and the data: units, how to fill, the numbers of the columns."""
        lines: list[list[object]] = []
        if any(head.unit for head in made.columns):
            lines.append([head.unit or ("—" if head.name == "#serial" else None) for head in made.columns])
        if self.style.told_below:
            words = ("必填", "选填", "按下拉填写")
            lines.append([self.rng.choice(words) if head.parts else None for head in made.columns])
        if self.style.numbering:
            lines.append(["甲", *range(1, len(made.columns))])
        for number, line in enumerate(lines, row):
            for index, value in enumerate(line, 1):
                sheet.cell(number, index, value)
        return row + len(lines)

    def _merge_groups(self, sheet: Worksheet, made: Made, row: int, depth: int) -> None:
        start = 0
        tops = [head.parts[0] if len(head.parts) == depth else None for head in made.columns]
        for index in range(1, len(tops) + 1):
            if index == len(tops) or tops[index] != tops[start]:
                if tops[start] is not None and index - start > 1:
                    sheet.merge_cells(start_row=row, start_column=start + 1, end_row=row, end_column=index)
                start = index

    def _body(self, sheet: Worksheet, made: Made, rows: Sequence[Row], at: int) -> int:
        totals = self.style.totals if self.ledger.key else ""
        if totals == "above":
            at = self._total(sheet, made, at, "合  计")
        for number, row in enumerate(rows):
            if totals == "groups" and number == 0:
                sheet.cell(at, 2, "一、电子信息产业")
                sheet.merge_cells(start_row=at, start_column=2, end_row=at, end_column=len(made.columns))
                at, made.totals = at + 1, made.totals + 1
            for index, head in enumerate(made.columns, 1):
                self._put(sheet, at, index, head, row, number)
            if number == 1:
                sheet.row_dimensions[at].hidden = True
            if number % 2 and self.style.merged and len(self.ledger.key) > 1:
                self._merge_owner(sheet, made, at)
            at += 1
            if self.style.again and number == 1:
                at = self._head_again(sheet, made, at)
            if totals == "groups" and number == 1:
                at = self._total(sheet, made, at, "小计") + 1  # and an empty row
        if totals in {"below", "groups"}:
            at = self._total(sheet, made, at, self.rng.choice(_TOTALS))
        return at

    def _merge_owner(self, sheet: Worksheet, made: Made, at: int) -> None:
        """What two rows belong to, in one cell over both."""
        for index, head in enumerate(made.columns, 1):
            if head.name.startswith(f"{self.ledger.key[0]}/"):
                sheet.merge_cells(start_row=at - 1, start_column=index, end_row=at, end_column=index)

    def _head_again(self, sheet: Worksheet, made: Made, at: int) -> int:
        """The last row of the heading once more, as at the top of a printed page."""
        for index in range(1, len(made.columns) + 1):
            sheet.cell(at, index, sheet.cell(made.named, index).value)
        made.again += 1
        return at + 1

    def _put(self, sheet: Worksheet, at: int, index: int, head: Head, row: Row, number: int) -> None:
        target = sheet.cell(at, index)
        if head.name == "#serial":
            target.value = number + 1
        elif head.name.startswith("?"):
            target.value = None if head.name == "?blank" else f"已阅{number}"
        else:
            cell = row.cells[head.name]
            target.value = cell.put
            if cell.shown:
                target.number_format = cell.shown

    def _total(self, sheet: Worksheet, made: Made, at: int, word: str) -> int:
        sheet.cell(at, self.rng.choice((1, 2)), word)
        for index, head in enumerate(made.columns, 1):
            if index > 2 and head.name in self.units:
                sheet.cell(at, index, 12_345.6)
        made.totals += 1
        return at + 1

    def _foot(self, sheet: Worksheet, at: int, width: int) -> None:
        at += self.rng.choice((0, 1))
        sheet.cell(at, 1, "注：1.本表由各局办填报；2.涉密内容不得填写。")
        sheet.merge_cells(start_row=at, start_column=1, end_row=at, end_column=width)
        sheet.cell(at + 1, 1, "　　3.数据截至2025年12月31日。")
        sheet.cell(at + 2, 1, "单位负责人：王五")
        sheet.cell(at + 2, 3, "统计负责人：赵六")
        sheet.cell(at + 2, max(4, width - 1), "填表人：李四")
