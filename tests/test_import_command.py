"""The command import on messy workbooks: preview, import, what is told, whose side is taken in a conflict."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest

from models.ledgers import BY_ID
from models.store.content import content_hash
from models.store.file import DataFile
from models.store.zones import create_zone
from tests.importers.merge.made import ZONE, code
from tests.importers.merge.messy.heads import STRANGERS
from tests.importers.merge.messy.shelf import differences, messy, stored
from ui.commands.run import run_command

LEDGERS = [
    "enterprise",
    "ent_period",
    "zone_year",
    "zone_land",
    "parcel",
    "project_month",
    "capital_in",
    "target",
    "benchmark",
]


class Said(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Said]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.chdir(tmp_path)

    def running(*words: object) -> Said:
        capsys.readouterr()
        done = run_command(["--data", "园区.db", *(str(word) for word in words)])
        return Said(done, *capsys.readouterr())

    return running


@pytest.fixture
def data(tmp_path: Path) -> Path:
    with DataFile(tmp_path / "园区.db") as file:
        create_zone(file, ZONE, "赣州经济技术开发区")
    return tmp_path / "园区.db"


@pytest.mark.parametrize("ledger", [BY_ID[name] for name in LEDGERS], ids=LEDGERS)
def test_a_messy_workbook_is_previewed_and_imported(run: Run, data: Path, tmp_path: Path, ledger) -> None:
    with DataFile(data) as file:
        shelf = messy(file, tmp_path, ledger, "令")
        there = len(stored(file, ledger))
    before, count = content_hash(data), len(shelf.rows)
    words = ["import", shelf.path, "--ledger", ledger.label, *(["--period", shelf.when] if shelf.when else [])]
    dry = run(*words, "--dry-run")
    assert (dry.code, content_hash(data)) == (0, before)
    assert dry.out == f"“{ledger.label}.xlsx”{shelf.made.sheet} {count} 行：新增 {count}；没有写入\n"
    assert all(any(name in line for line in dry.err.splitlines()) for name in STRANGERS)
    listed = json.loads(run(*words, "--json").out)
    assert (listed["new"], listed["returned"], listed["kept_as_typed"]) == (count, 0, 0)
    with DataFile(data) as file:
        found = stored(file, ledger)[there:]
    assert [period for period, _ in found] == shelf.periods
    assert [differences(row, wanted) for (_, row), wanted in zip(found, shelf.rows, strict=True)] == [{}] * count
    assert "没有写入" in run(*words).out
    assert run("undo").code == 0
    assert content_hash(data) == before


@pytest.mark.parametrize(
    ("words", "side", "told"),
    [
        ([], "手填", "保留台账里的"),
        (["--conflicts", "keep"], "手填", "保留台账里的"),
        (["--conflicts", "file"], "张三", "已用文件里的"),
    ],
    ids=["by default", "keep", "file"],
)
def test_whose_side_is_taken_in_a_conflict(run: Run, data: Path, words: list[str], side: str, told: str) -> None:
    book = openpyxl.Workbook()
    for row in (
        ["单位详细名称", "统一社会信用代码", "联系人"],
        ["甲公司", code(1), "张三"],
        ["乙公司", code(2), "李四"],
    ):
        book.active.append(row)
    book.save("名录.xlsx")
    taking = ["import", "名录.xlsx", "--ledger", "企业"]
    assert run(*taking).code == 0
    assert run("set", "--ledger", "企业", "--key", code(1), "--period", "2025", "联系人=手填").code == 0
    seen = run(*taking, *words, "--dry-run")
    assert seen.err == f"冲突 Sheet!C2：甲公司 联系人 台账里是“手填（手填）”，文件里是“张三”，{told}\n"
    assert run(*taking, *words).code == 0
    with DataFile(data) as file:
        assert [row["contact"] for _, row in stored(file, BY_ID["enterprise"])] == [side, "李四"]


def test_another_side_there_is_not(run: Run, data: Path) -> None:
    said = run("import", "名录.xlsx", "--ledger", "企业", "--conflicts", "fil")
    assert (said.code, said.out) == (2, "")
    assert "没有“fil”，是否想写“file”？（可用：keep、file）" in said.err
