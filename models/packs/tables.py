"""The tables of a pack as they are read, from CSV files of a folder or sheets of a workbook, with the address of every cell."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

COLUMNS: dict[str, tuple[str, ...]] = {
    "参数": ("名称", "值", "说明", "依据"),
    "指标": ("编号", "名称", "公式", "单位", "小数", "方向", "口径", "条款", "原文"),
    "规则": ("编号", "级别", "范围", "台账", "公式", "提示", "怎么办", "格", "依据"),
    "目标": ("指标", "年度", "层级", "比较", "下限", "上限", "原文"),
    "报表": ("表号", "表名", "工作表", "清单台账", "条件", "排序"),
    "用例": ("规则", "例", "台账", "行", "数据", "应查出", "改正"),
}
HEAD_SHEET = "包"
HEAD = ("id", "title", "issuer", "basis", "periods", "deadline", "version", "extends")


class BadPack(ValueError):
    """A pack that cannot be read at all; the message is one Chinese sentence."""


@dataclass(frozen=True)
class Fault:
    """One fault of a pack: the table (sheet), the cell, and the sentence."""

    sheet: str
    cell: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.sheet}!{self.cell}:{self.sentence}" if self.cell else f"{self.sheet}:{self.sentence}"


@dataclass(frozen=True, eq=False)
class Entry:
    """One row of a table; ``line`` counts from 1 with the heading as line 1, as a spreadsheet shows it."""

    table: str
    line: int
    values: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.values.get(column, "")

    def cell(self, column: str) -> str:
        """The spreadsheet address of one of the values."""
        return f"{chr(ord('A') + COLUMNS[self.table].index(column))}{self.line}"

    def fault(self, column: str, sentence: str) -> Fault:
        """A fault at one of the values."""
        return Fault(self.table, self.cell(column), sentence)


@dataclass(frozen=True)
class Source:
    """A pack as read: ``head`` the entries of pack.toml, ``tables`` the rows, ``form`` the bytes of return.xlsx (b"" if none)."""

    name: str
    head: Mapping[str, object]
    tables: Mapping[str, Sequence[Entry]]
    form: bytes


def entries(table: str, rows: Sequence[Sequence[str]], faults: list[Fault]) -> list[Entry]:
    """Table rows (heading first) as entries; missing and unknown columns are added to ``faults``."""
    heading = [cell.strip() for cell in rows[0]] if rows else []
    for position, name in enumerate(heading):
        if name and name not in COLUMNS[table]:
            faults.append(
                Fault(table, f"{chr(ord('A') + position)}1", f"没有“{name}”这一列,应有:{'、'.join(COLUMNS[table])}")
            )
    missing = [name for name in COLUMNS[table] if name not in heading]
    if missing:
        faults.append(Fault(table, "A1", f"缺“{'、'.join(missing)}”列"))
    found = []
    for line, row in enumerate(rows[1:], 2):
        values = {name: cell.strip() for name, cell in zip(heading, row, strict=False) if name}
        if any(values.values()):
            found.append(Entry(table, line, values))
    return found


def read_folder(folder: Path) -> tuple[Source, list[Fault]]:
    """A pack's folder. Raises BadPack when there is no pack.toml or it cannot be read."""
    faults: list[Fault] = []
    try:
        head = tomllib.loads((folder / "pack.toml").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BadPack(f"“{folder.name}”里没有 pack.toml,不是报表包") from None
    except tomllib.TOMLDecodeError as error:
        raise BadPack(f"“{folder.name}”的 pack.toml 写错了:{error}") from None
    tables = {}
    for table in COLUMNS:
        path = folder / f"{table}.csv"
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")))) if path.exists() else []
        tables[table] = entries(table, rows, faults) if rows else []
    form = folder / "return.xlsx"
    return Source(folder.name, head, tables, form.read_bytes() if form.exists() else b""), faults
