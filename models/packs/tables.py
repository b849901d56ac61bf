"""The tables of a pack as they are read, from CSV files of a folder or sheets of a workbook, with the address of every cell."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

COLUMNS: dict[str, tuple[str, ...]] = {
    "参数": ("名称", "值", "说明", "依据"),
    "指标": ("编号", "名称", "公式", "单位", "小数", "方向", "口径", "条款", "原文"),
    "规则": ("编号", "级别", "范围", "台账", "公式", "提示", "怎么办", "格", "依据"),
    "目标": ("指标", "年度", "层级", "比较", "下限", "上限", "原文"),
    "报表": ("表号", "表名", "工作表", "清单台账", "条件", "排序"),
    "用例": ("规则", "例", "台账", "行", "数据", "应查出", "改正"),
    "评分": ("编号", "名称", "台账", "参评", "分档", "取整", "说明", "条款"),
    "评分项": (
        "方案",
        "类别",
        "名称",
        "公式",
        "除以",
        "单位",
        "小数",
        "权重",
        "基准",
        "方向",
        "封顶",
        "缺项",
        "说明",
        "条款",
    ),
    "图表": ("编号", "名称", "类型", "公式", "分组", "总数", "年数", "单位", "小数", "来源", "条款"),
}
OPTIONAL: dict[str, tuple[str, ...]] = {"指标": ("合并",)}  # a table may have these columns or not
HEAD_SHEET = "包"
HEAD = ("id", "title", "issuer", "basis", "periods", "regions", "deadline", "version", "extends")


class BadPack(ValueError):
    """A pack that cannot be read at all; the message is one Chinese sentence."""


@dataclass(frozen=True)
class Fault:
    """One fault of a pack: the table (sheet), the cell, and the sentence."""

    sheet: str
    cell: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.sheet}!{self.cell}：{self.sentence}" if self.cell else f"{self.sheet}：{self.sentence}"


@dataclass(frozen=True, eq=False)
class Entry:
    """One row of a table; ``line`` counts from 1 with the heading as line 1, as a spreadsheet shows it.

    ``places`` are the columns as they stand in the file, counted from 0.
    """

    table: str
    line: int
    values: Mapping[str, str]
    places: Mapping[str, int] = field(default_factory=dict)

    def __getitem__(self, column: str) -> str:
        return self.values.get(column, "")

    def cell(self, column: str) -> str:
        """The spreadsheet address of one of the values; "" when its column is missing."""
        return f"{_letters(self.places[column])}{self.line}" if column in self.places else ""

    def fault(self, column: str, sentence: str) -> Fault:
        """A fault at one of the values."""
        return Fault(self.table, self.cell(column), sentence)


@dataclass(frozen=True)
class Source:
    """A pack as read: ``head`` the entries of pack.toml, ``tables`` the rows, ``form`` the bytes of return.xlsx and ``report`` of
    report.docx (b"" if none).

    ``head_cells`` are the addresses of the entries of the head, where they stand in a workbook's sheet.
    """

    name: str
    head: Mapping[str, object]
    tables: Mapping[str, Sequence[Entry]]
    form: bytes
    head_cells: Mapping[str, str] = field(default_factory=dict)
    report: bytes = b""

    def head_fault(self, name: str, sentence: str) -> Fault:
        """A fault of one entry of the head."""
        return Fault(HEAD_SHEET if self.head_cells else "pack.toml", self.head_cells.get(name, ""), sentence)


def entries(table: str, rows: Sequence[Sequence[str]], faults: list[Fault]) -> list[Entry]:
    """Table rows (heading first) as entries; missing, unknown and repeated columns and cells outside them go to ``faults``."""
    heading = [cell.strip() for cell in rows[0]] if rows else []
    places: dict[str, int] = {}
    for position, name in enumerate(heading):
        if name in places:
            faults.append(Fault(table, f"{_letters(position)}1", f"“{name}”这一列有两处"))
        elif name in (*COLUMNS[table], *OPTIONAL.get(table, ())):
            places[name] = position
        elif name:
            known = "、".join((*COLUMNS[table], *OPTIONAL.get(table, ())))
            faults.append(Fault(table, f"{_letters(position)}1", f"没有“{name}”这一列，应有：{known}"))
    missing = [name for name in COLUMNS[table] if name not in heading]
    if missing:
        faults.append(Fault(table, "A1", f"缺“{'、'.join(missing)}”列"))
    found = []
    for line, row in enumerate(rows[1:], 2):
        values = {name: row[position].strip() for name, position in places.items() if position < len(row)}
        if any(values.values()):
            found.append(Entry(table, line, values, places))
        for position, cell in enumerate(row):
            if cell.strip() and (position >= len(heading) or not heading[position]):
                sentence = f"“{cell.strip()}”上面没有列名（CSV 里带半角逗号的内容要用英文引号括起来）"
                faults.append(Fault(table, f"{_letters(position)}{line}", sentence))
    return found


def columns_of(table: str, rows: Sequence[Entry]) -> tuple[str, ...]:
    """The columns that a table is written with: those it must have, and the others that say anything."""
    more = (name for name in OPTIONAL.get(table, ()) if any(row[name] for row in rows))
    return (*COLUMNS[table], *more)


def _letters(position: int) -> str:
    text = ""
    while position >= 0:
        position, rest = divmod(position, 26)
        text, position = chr(ord("A") + rest) + text, position - 1
    return text


def read_folder(folder: Path) -> tuple[Source, list[Fault]]:
    """A pack's folder, and the faults of its tables' columns. Raises BadPack when a part of it cannot be read at all."""
    faults: list[Fault] = []
    try:
        head = tomllib.loads((folder / "pack.toml").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BadPack(f"“{folder.name}”里没有 pack.toml，不是报表包") from None
    except UnicodeDecodeError:
        raise BadPack(f"“{folder.name}”的 pack.toml 不是 UTF-8 文字，请另存为 UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise BadPack(f"“{folder.name}”的 pack.toml 写错了：{error}") from None
    for path in sorted(folder.glob("*.csv")):
        if path.stem not in COLUMNS:
            faults.append(Fault(path.name, "", f"没有这张表，应为：{'、'.join(COLUMNS)}"))
    tables = {}
    for table in COLUMNS:
        rows = _csv(folder / f"{table}.csv")
        tables[table] = entries(table, rows, faults) if rows else []
    papers = (folder / "return.xlsx", folder / "report.docx")
    form, report = (path.read_bytes() if path.exists() else b"" for path in papers)
    faults += [
        Fault(path.name, "", "是空文件；这个包不用它就删去，要用请放上完好的一份")
        for path in papers
        if path.exists() and not path.stat().st_size
    ]
    return Source(folder.name, head, tables, form, report=report), faults


def _csv(path: Path) -> list[list[str]]:
    if not path.exists():
        return []
    try:
        return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")), strict=True))
    except UnicodeDecodeError:
        raise BadPack(f"“{path.name}”不是 UTF-8 文字，请用 UTF-8 另存") from None
    except csv.Error as error:
        raise BadPack(f"“{path.name}”读不了，引号可能没有配对：{error}") from None
