"""A small pack whose form and narrative have cells filled in by hand, for tests of store, papers, commands and window."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import openpyxl
from openpyxl.styles import Alignment, Border, Font, Side

from models.packs import pack as packs

ID = "手填样"
FORM = {
    "A1": "表样-6 土地厂房与要素",
    "A2": "填报单位：{{ 填报单位 }}",
    "A3": "项目", "B3": "本年", "C3": "上年",
    "A4": "企业数", "B4": "{{ 计数(企业) }}", "C4": "",
    "A5": "融资服务", "B5": "{{ 手填(融资服务(万元)) }}", "C5": "{{ 上年(手填(融资服务(万元))) }}",
    "A6": "绿色通道件数", "B6": "{{ 手填(绿色通道件数) }}", "C6": "{{ 上年(手填(绿色通道件数)) }}",
    "A7": "合计", "B7": "=B5+B6",
    "A8": "规划布局", "B8": "{{ 手填(规划布局 举措) }}", "C8": "{{ 手填(规划布局 责任单位) }}",
    "A10": "{{ 手填(没有框线) }}",
    "A11": "其中绿色通道 {{ 手填(绿色通道件数) }} 件",
}  # fmt: skip
SECOND = {"A1": "第二张", "A2": "{{ 手填(绿色通道件数) }}", "B2": "{{ 手填(第二张表) }}"}
PARAGRAPHS = (
    "{{ 填报单位 }}{{ 报告期 }}情况",
    "办理绿色通道 {{ 手填(绿色通道件数) }} 件，上年 {{ 上年(手填(绿色通道件数)) }} 件。",
    "规划布局方面：{{ 手填(规划布局 举措) }}",
    "{{ 手填(规划布局 责任单位) }}",
    "〔请写：典型案例〕",
)
_BOX = Border(*(Side(style="thin"),) * 4)


def form() -> bytes:
    """The workbook: two sheets, a text cell of fixed height that wraps, one blank cell without lines."""
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    first.title = "表样-6"
    for sheet, cells in ((first, FORM), (book.create_sheet("表样-8"), SECOND)):
        for at, text in cells.items():
            sheet[at] = text
    for row in first["A3:C8"]:
        for cell in row:
            cell.border = _BOX
            cell.font = Font(name="宋体", size=11)
            cell.alignment = Alignment(wrap_text=True, vertical="center")
    for column, width in (("A", 26), ("B", 40), ("C", 24)):
        first.column_dimensions[column].width = width
    first.row_dimensions[8].height = 20
    return _bytes(book)


def report() -> bytes:
    """The narrative."""
    document = docx.Document()
    for text in PARAGRAPHS:
        document.add_paragraph(text)
    return _bytes(document)


def folder(parent: Path) -> Path:
    """The pack's folder below ``parent``."""
    made = parent / ID
    made.mkdir(parents=True)
    head = f'id = "{ID}"\ntitle = "手填样表"\nissuer = "测试"\nbasis = ""\nperiods = ["Y", "Q"]\nversion = "1"\n'
    (made / "pack.toml").write_text(head, encoding="utf-8")
    lines = "表号,表名,工作表,清单台账,条件,排序\n表样-6,土地厂房与要素,表样-6,,,\n表样-8,任务落实,表样-8,,,\n"
    (made / "报表.csv").write_text(lines, encoding="utf-8")
    (made / "return.xlsx").write_bytes(form())
    (made / "report.docx").write_bytes(report())
    return made


def only(monkeypatch, parent: Path) -> str:
    """Make it the program's only pack for the test; its id."""
    folder(parent)
    monkeypatch.setattr(packs, "BUILT_IN", parent)
    packs.forget_packs()
    return ID


def _bytes(made) -> bytes:
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()
