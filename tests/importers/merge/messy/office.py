"""Lays records out in a workbook as an office does: a cover, titles, headings over several rows, units here and there, totals, notes.

Which of these a workbook has is drawn from its seed, so a whole shelf of different ones is made.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from models.fields import Field
from models.kinds import Quantity, Reference
from models.ledger import Ledger
from models.ledgers import BY_ID
from tests.importers.merge.messy.meant import IN_FILES
from tests.importers.merge.messy.records import Row, fields_of, known_by, referred

STRANGERS = ("经办科室意见", "内部流转号")  # columns no ledger has
_BRACKETS = ("（{}）", "({})", "[{}]", "\n（{}）", "（ {} ）", "（单位：{}）", "，{}")


@dataclass
class Head:
    """One column: what it holds, the parts of its heading from top to bottom, and its unit in the unit row."""

    name: str
    parts: list[str]
    unit: str = ""


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


@dataclass
class Style:
    """How this office lays its tables out."""

    groups: bool
    merged: bool
    unit_row: bool
    numbering: bool
    sheet_unit: str
    sheet_area: str
    totals: str
    told_below: bool
    again: bool

    def above(self, own: str) -> str:
        """The unit that the line above the table gives for what a field kept in ``own`` measures."""
        return self.sheet_unit if own == "万元" else self.sheet_area if own in {"㎡", "公顷", "亩", "万㎡"} else ""


def style_of(rng: Random, ledger: Ledger) -> Style:
    """A style by the seed."""
    sections = {one.section for one in fields_of(ledger)}
    return Style(
        groups=len(sections) > 1 and rng.random() < 0.7,
        merged=rng.random() < 0.7,
        unit_row=rng.random() < 0.4,
        numbering=rng.random() < 0.4,
        sheet_unit=rng.choice(("", "万元", "千元", "元", "亿元")),
        sheet_area=rng.choice(("", "", "亩", "公顷", "平方米")),
        totals=rng.choice(("below", "above", "groups")),
        told_below=rng.random() < 0.25,
        again=rng.random() < 0.25,
    )


def units_of(rng: Random, ledger: Ledger, style: Style) -> dict[str, str]:
    """The unit that the figures of each field are written in."""
    units = {}
    for one in fields_of(ledger):
        if isinstance(one.kind, Quantity) and one.kind.unit:
            own = one.kind.unit
            if (above := style.above(own)) and rng.random() < 0.6:
                units[one.id] = f"={above}"  # told by the line above the table only
            elif rng.random() < 0.2:
                units[one.id] = "="  # told by nothing
            else:
                units[one.id] = rng.choice([*IN_FILES.get(own, {own: Fraction(1)})])
    return units


class Office:
    """Writes one workbook."""

    def __init__(self, rng: Random, ledger: Ledger) -> None:
        self.rng, self.ledger = rng, ledger
        self.style = style_of(rng, ledger)
        self._told = units_of(rng, ledger, self.style)
        self.units = {name: self._plain(name, unit) for name, unit in self._told.items()}

    def _plain(self, name: str, unit: str) -> str:
        """The unit that a field's figures are in, wherever it is written."""
        own = self.ledger.by_id[name].kind.unit
        if unit == "=":
            return self.style.above(own) or own
        return unit.removeprefix("=")

    def columns(self, more: Sequence[str] = ()) -> list[Head]:
        """The columns in this office's own order; ``more`` are period columns."""
        sections: dict[str, list[Head]] = {}
        for one in fields_of(self.ledger):
            sections.setdefault(one.section, []).extend(self.heads(one))
        blocks = [*sections.items()]
        self.rng.shuffle(blocks)
        for _, heads in blocks:
            self.rng.shuffle(heads)
        found = [Head(f"#{name}", [name]) for name in more]
        for section, heads in blocks:
            for head in heads:
                if self.style.groups and section:
                    head.parts.insert(0, section)
                found.append(head)
        found.insert(self.rng.randint(1, len(found)), Head("?0", [STRANGERS[0]]))
        found.append(Head("?1", [STRANGERS[1]]))
        found.insert(self.rng.randint(1, len(found)), Head("?blank", []))
        return [Head("#serial", ["序号"]), *found]

    def heads(self, one: Field) -> list[Head]:
        """The columns of a field."""
        if isinstance(one.kind, Reference):
            return self._links(one)
        name = self._name(one)
        unit, told = "", self._told.get(one.id, "")
        if told and not told.startswith("="):
            if self.style.unit_row:
                unit = told
            else:
                name += self.rng.choice(_BRACKETS[:-1] if not told.isalpha() else _BRACKETS).format(told)
        if one.under and self.rng.random() < 0.6:
            name = self.rng.choice(("其中：", "其中:", "＃", "其中：\n")) + name
        return [Head(one.id, [name], unit)]

    def _links(self, one: Field) -> list[Head]:
        """A reference's columns: both code and name, one of them, or one that holds either."""
        ledger = referred(one)
        code, name = (ledger.by_id[each] for each in known_by(ledger))
        if code is name or self.rng.random() < 0.2:
            return [Head(f"{one.id}/", [self._free(one.label, one.aliases)])]
        told = self._free(code.label, code.aliases), self._free(name.label, name.aliases)
        shared = [each for each in self.ledger.links if each.kind.ledger == one.kind.ledger]
        assert len(shared) == 1
        heads = [Head(f"{one.id}/code", [told[0]]), Head(f"{one.id}/name", [told[1]])]
        return [heads, heads[:1], heads[1:]][self.rng.randint(0, 2)]

    def _name(self, one: Field) -> str:
        """A label or an alias, written as it happens to be."""
        dear = isinstance(one.kind, Quantity) and "元" in one.kind.unit  # 总投资(美元) would tell a unit of its own
        name = self._free(one.label, [alias for alias in one.aliases if not (dear and "(" in alias)])
        roll = self.rng.random()
        if roll < 0.12 and len(name) > 3 and name.isalpha():
            half = len(name) // 2
            return f"{name[:half]}\n{name[half:]}"
        if roll < 0.22 and len(name) == 2:
            return f"{name[0]}  {name[1]}"
        if roll < 0.3:
            return f"*{name}"
        if roll < 0.36:
            return f"{name}（必填）"
        if roll < 0.42:
            return f" {name}\u3000"
        if roll < 0.48:
            return f"{self.rng.randint(1, 9)}．{name}"
        return name.translate({ord("("): "（", ord(")"): "）"}) if roll < 0.8 else name

    def _free(self, label: str, aliases: Sequence[str]) -> str:
        """The label or one of the aliases that nothing else of the ledger is called by."""
        taken = [*self.ledger.fields, *(field for link in self.ledger.links for field in referred(link).stored)]
        words = [word for one in taken for word in {one.label, *one.aliases}]
        free = [
            alias for alias in aliases if words.count(alias) < 2 and not alias.startswith("其中") and "/" not in alias
        ]
        free = [alias for alias in free if alias not in BY_ID and alias not in _PERIODS]
        return self.rng.choice([label, *free])

    def write(self, path: object, rows: Sequence[Row], more: Sequence[str] = ()) -> Made:
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
            silent = self._told[head.name] == "=" and not self.style.above(own)
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
        money, land = self.style.sheet_unit, self.style.sheet_area
        if money and land:
            return self.rng.choice(("单位：{}、{}", "金额单位：{}  面积单位：{}", "（单位：{}，{}）")).format(
                money, land
            )
        return (
            self.rng.choice(("单位：{}", "计量单位:{}", "（单位：{}）", "单位 ： {}")).format(money or land)
            if money or land
            else ""
        )

    def _heading(self, sheet: Worksheet, made: Made, row: int) -> int:
        depth = max(len(head.parts) for head in made.columns)
        for index, head in enumerate(made.columns, 1):
            short = depth - len(head.parts)
            for level, part in enumerate(head.parts):
                left = made.columns[index - 2].parts if index > 1 else []
                group = level < len(head.parts) - 1
                if group and left[:1] == head.parts[:1] and len(left) == len(head.parts):
                    continue
                sheet.cell(row + level if group or not self.style.merged else row + level, index, part)
            if short and head.parts and self.style.merged:
                sheet.merge_cells(start_row=row, start_column=index, end_row=row + depth - 1, end_column=index)
        if depth > 1 and self.style.merged:
            self._merge_groups(sheet, made, row, depth)
        row += depth
        made.named = row - 1
        if any(head.unit for head in made.columns):
            for index, head in enumerate(made.columns, 1):
                if head.unit or (head.name == "#serial" and self.rng.random() < 0.5):
                    sheet.cell(row, index, head.unit or "—")
            row += 1
        if self.style.told_below:
            for index, head in enumerate(made.columns, 1):
                sheet.cell(row, index, self.rng.choice(("必填", "选填", "按下拉填写")) if head.parts else None)
            row += 1
        if self.style.numbering:
            for index, _ in enumerate(made.columns, 1):
                sheet.cell(row, index, "甲" if index == 1 else index - 1)
            row += 1
        return row

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
            at += 1
            if self.style.again and number == 1:
                at = self._head_again(sheet, made, at)
            if totals == "groups" and number == 1:
                at = self._total(sheet, made, at, "小计") + 1  # and an empty row
        if totals in {"below", "groups"}:
            at = self._total(sheet, made, at, self.rng.choice(_TOTALS))
        return at

    def _head_again(self, sheet: Worksheet, made: Made, at: int) -> int:
        """The last row of the heading once more, as at the top of a printed page."""
        for index, head in enumerate(made.columns, 1):
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


_TOTALS = ("合计", "总　计", "合计：", "合计（4户）", "本页合计", "总计：4家")
_PERIODS = {"年度", "年份", "年", "季度", "月份", "月", "报告期"}
