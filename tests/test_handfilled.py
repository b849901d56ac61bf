"""What is filled in by hand, through pack check, workbook, seal, narrative and commands."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn

from exporters.seal import verify
from exporters.wordmarks import blocks, is_table, text_of
from models.packs import pack as packs
from models.packs.tables import read_folder
from tests import handpack
from tests.test_commands import Run, refused, run
from ui.commands.packs import check

__all__ = ["run"]  # a fixture
RETURN = ("--pack", handpack.ID, "--period", "2025")


@pytest.fixture
def data(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A zone without data, and only the small pack."""
    handpack.only(monkeypatch, tmp_path / "packs")
    path = tmp_path / "园区.db"
    assert run("init", "--data", path, "--zone", "360799", "--name", "示例产业园").code == 0
    names = [f"{name}=某" for name in ("管委会主任", "联系人", "联系电话")]
    assert run("set", "--data", path, "--ledger", "开发区", "--key", "360799", "--period", "2025", *names).code == 0
    yield path
    packs.forget_packs()


def key(run: Run, data: Path, item: str, cell: str, period: str = "2025") -> object:
    words = ("--ledger", "表上手填", "--key", f"{handpack.ID}/{item}", "--period", period, cell, "--json")
    said = run("set", "--data", data, *words)
    assert said.code == 0, said.err
    return said.json


def export(run: Run, data: Path, name: str, *options: str) -> openpyxl.Workbook:
    said = run("export", "--data", data, *RETURN, "-o", name, *options)
    assert said.code == 0, said.err
    return openpyxl.load_workbook(name)


def paragraphs(name: str) -> list[str]:
    return [text_of(block) for block in blocks(docx.Document(name)) if not is_table(block)]


def write(run: Run, data: Path, name: str = "报告.docx") -> dict[str, object]:
    said = run("report", "--data", data, *RETURN, "-o", name, "--json")
    assert said.code == 0, said.err
    return said.json  # type: ignore[return-value]


# --- the pack and the workbook ---------------------------------------------------------------------------------------


def test_pack_check_takes_such_cells_and_tells_faulty_ones(tmp_path: Path) -> None:
    folder = handpack.folder(tmp_path)
    assert check(*read_folder(folder)) == []
    book = openpyxl.load_workbook(folder / "return.xlsx")
    book["表样-6"]["B6"] = "{{ 手填() }}"
    book["表样-6"]["C6"] = "{{ 增速(手填(绿色通道件数)) }}"
    book.save(folder / "return.xlsx")
    found = {fault.cell: fault.sentence for fault in check(*read_folder(folder))}
    assert sorted(found) == ["B6", "C6"]
    assert "手填的括号里要写名称" in found["B6"]
    assert "手填的格子只能写" in found["C6"]


def test_numbers_are_numbers_and_texts_have_room_in_the_workbook(run: Run, data: Path) -> None:
    key(run, data, "绿色通道件数", "数值=１２.5")
    key(run, data, "融资服务（万元）", "数值=1,000")
    key(run, data, "规划布局 举措", "文字=" + "一是成立工作专班，由主任任组长；" * 6)
    key(run, data, "规划布局 责任单位", "文字==SUM(A1)")
    key(run, data, "绿色通道件数", "数值=8", "2024")
    sheet = export(run, data, "表.xlsx")["表样-6"]
    assert (sheet["B6"].value, sheet["C6"].value, sheet["B5"].value, sheet["C5"].value) == (12.5, 8, 1000, None)
    assert sheet["A11"].value == "其中绿色通道 12.5 件"
    assert (sheet["C8"].value, sheet["C8"].data_type) == ("=SUM(A1)", "s")
    assert sheet.row_dimensions[8].height > 40
    assert sheet["A10"].value is None


def test_what_was_filled_in_is_sealed_and_last_years_version_counts(run: Run, data: Path) -> None:
    key(run, data, "绿色通道件数", "数值=12")
    key(run, data, "规划布局 举措", "文字=专班推进")
    book = export(run, data, "上报.xlsx", "--issue")
    assert (book["表样-6"]["B6"].value, book["表样-6"]["B8"].value) == (12, "专班推进")
    assert verify(Path("上报.xlsx")).ok
    assert write(run, data)["version"] == 1, "the narrative has what the version has"
    key(run, data, "绿色通道件数", "数值=13")
    assert write(run, data)["draft"], "what was keyed is no longer what was issued"
    said = run("export", "--data", data, "--pack", handpack.ID, "--period", "2026", "-o", "下年.xlsx")
    assert said.code == 0, said.err
    assert openpyxl.load_workbook("下年.xlsx")["表样-6"]["C6"].value == 12, "as issued, not as changed since"
    assert openpyxl.load_workbook("上报.xlsx")["表样-6"]["B6"].value == 12
    book["表样-6"]["B8"] = "改了"
    book.save("改过.xlsx")
    assert [(each.sheet, each.cell) for each in verify(Path("改过.xlsx")).altered] == [("表样-6", "B8")]


# --- the narrative ---------------------------------------------------------------------------------------------------


def test_the_narrative_says_what_was_keyed(run: Run, data: Path) -> None:
    assert write(run, data)["left_out"] == ["办理绿色通道 — 件，上年 — 件"]
    assert paragraphs("报告.docx")[1:3] == ["规划布局方面：—", "—"]
    key(run, data, "绿色通道件数", "数值=12")
    key(run, data, "规划布局 举措", "文字=一是专班推进；\n二是定期调度。")
    write(run, data, "新.docx")
    assert paragraphs("新.docx")[1:4] == [
        "办理绿色通道 12 件，上年 — 件。", "规划布局方面：一是专班推进；二是定期调度。", "—",
    ]  # fmt: skip
    document = docx.Document("新.docx")
    assert document.paragraphs[2].text == "规划布局方面：一是专班推进；\n二是定期调度。"


def test_a_report_made_again_has_the_new_words_once_and_keeps_the_clerks(run: Run, data: Path) -> None:
    key(run, data, "绿色通道件数", "数值=12")
    key(run, data, "规划布局 举措", "文字=一是专班推进；\n二是定期调度。")
    key(run, data, "规划布局 责任单位", "文字=经发局")
    write(run, data)
    document = docx.Document("报告.docx")
    document.paragraphs[3].insert_paragraph_before("我自己加的一段。")
    document.save("报告.docx")
    key(run, data, "绿色通道件数", "数值=15")
    key(run, data, "规划布局 举措", "文字=换了全新的说法")
    key(run, data, "规划布局 责任单位", "文字=招商局、财政局")
    assert write(run, data)["kept"] == 1
    new = [
        "办理绿色通道 15 件，上年 — 件。", "规划布局方面：换了全新的说法", "我自己加的一段。", "招商局、财政局",
    ]  # fmt: skip
    assert paragraphs("报告.docx")[1:5] == new
    write(run, data)
    assert paragraphs("报告.docx")[1:5] == new
    names = [mark.get(qn("w:name")) for mark in docx.Document("报告.docx").element.iter(qn("w:bookmarkStart"))]
    assert len(names) == len(set(names)) == 3


def test_words_changed_in_word_are_the_clerks_and_stay_beside_the_programs(run: Run, data: Path) -> None:
    key(run, data, "规划布局 责任单位", "文字=经发局")
    write(run, data)
    document = docx.Document("报告.docx")
    document.paragraphs[3].runs[-1].text = "经发局（牵头），各街道配合"
    document.save("报告.docx")
    key(run, data, "规划布局 责任单位", "文字=招商局")
    write(run, data)
    assert {"经发局（牵头），各街道配合", "招商局"} <= set(paragraphs("报告.docx"))


# --- the commands ----------------------------------------------------------------------------------------------------


def test_set_makes_a_record_whose_whole_key_is_given(run: Run, data: Path) -> None:
    assert key(run, data, "绿色通道件数", "数值=12") == {"cells": 1, "kept_as_typed": 0, "made": 1}
    assert key(run, data, " 绿色通道件数 ", "数值=13") == {"cells": 1, "kept_as_typed": 0, "made": 0}
    assert key(run, data, "绿色通道件数", "数值=9", "2024") == {"cells": 1, "kept_as_typed": 0, "made": 1}
    with closing(sqlite3.connect(data)) as connection:
        rows = connection.execute("SELECT item, year, amount FROM sheet_entry ORDER BY year").fetchall()
    assert rows == [("绿色通道件数", 2024, 90_000), ("绿色通道件数", 2025, 130_000)]
    assert "已撤销：新增表上手填" in run("undo", "--data", data).out


def test_set_makes_records_of_other_ledgers_too(run: Run, data: Path) -> None:
    def typed(*words: str) -> object:
        return run("set", "--data", data, "--period", "2025", *words)

    said = typed("--ledger", "目标", "--key", "TW02/开发区", "目标下限=10")
    assert (said.code, said.out.strip()) == (0, "已新建 1 条，存 1 格")
    assert typed("--ledger", "目标", "--key", "TW02/开发区", "目标下限=11").out.strip() == "已存 1 格"
    refused(typed("--ledger", "目标", "--key", "TW03", "目标下限=1"), "没有“TW03”", "把 --key 写全（指标编号/层级）")
    refused(typed("--ledger", "目标", "--key", "TW03/无此层级", "目标下限=1"), "层级不能是“无此层级”，没有新建")
    refused(typed("--ledger", "企业", "--key", "新企业", "是否规上=是"), "没有“新企业”", "import", "--new")
    made = typed("--ledger", "宗地", "--key", "G-1", "--new", "宗地面积=100")
    assert made.code == 0, made.err
    assert typed("--ledger", "宗地", "--key", "G-1", "宗地面积=200").out.strip() == "已存 1 格"
    assert run("export", "--data", data, "--ledger", "目标", "-o", "目标.csv").code == 0
    assert Path("目标.csv").read_text(encoding="utf-8-sig").count("TW0") == 1


def test_a_workbook_of_entries_is_imported_and_comes_back(run: Run, data: Path) -> None:
    book = openpyxl.Workbook()
    for row in (
        ["报表包", "项目", "数值", "文字"],
        [handpack.ID, "绿色通道件数", 12, None],
        [handpack.ID, "规划布局 举措", None, "一是专班推进；\n二是定期调度。"],
    ):
        book.active.append(row)  # type: ignore[union-attr]
    book.save("手填.xlsx")
    said = run("import", "--data", data, "手填.xlsx", "--ledger", "表上手填", "--period", "2025", "--json")
    assert said.code == 0, said.err
    assert said.json["new"] == 2  # type: ignore[index]
    sheet = export(run, data, "表.xlsx")["表样-6"]
    assert (sheet["B6"].value, sheet["B8"].value) == (12, "一是专班推进；\n二是定期调度。")
    assert run("export", "--data", data, "--ledger", "表上手填", "-o", "出.xlsx").code == 0
    again = run("import", "--data", data, "出.xlsx", "--ledger", "表上手填", "--json")
    assert (again.code, again.json["same"], again.json["new"]) == (0, 2, 0)  # type: ignore[index]


def test_prefill_takes_last_years_texts_once(run: Run, data: Path) -> None:
    key(run, data, "规划布局 责任单位", "文字=经发局", "2024")
    key(run, data, "绿色通道件数", "数值=8", "2024")
    assert run("prefill", "--data", data, *RETURN, "--json").json == {"carried": 1}
    assert "没有可带入的" in run("prefill", "--data", data, *RETURN).out
    sheet = export(run, data, "表.xlsx")["表样-6"]
    assert (sheet["C8"].value, sheet["B6"].value) == ("经发局", None)
    assert "已撤销：带入上年手填" in run("undo", "--data", data).out
