"""The commands form, audit -o, audit --red, and import of a folder."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest

from models.demo import fill
from models.store.content import content_hash
from models.store.file import DataFile
from ui.commands.run import run_command

RETURN = ("--pack", "台办", "--period", "2025")


class Said(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Said]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("forms") / "园区.db"
    with DataFile(path, who="录入员") as file:
        fill(file, enterprises=24, years=2, seed=1)
    return path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, made: Path) -> Run:
    monkeypatch.chdir(tmp_path)
    shutil.copy(made, tmp_path / "园区.db")

    def running(*words: object) -> Said:
        capsys.readouterr()
        done = run_command(["--data", "园区.db", *(str(word) for word in words)])
        return Said(done, *capsys.readouterr())

    return running


def test_red_copies_go_out_and_a_folder_of_them_comes_back(run: Run, tmp_path: Path) -> None:
    said = run("audit", *RETURN, "-o", "审核单.xlsx", "--red", "红格表")
    assert said.code == 1
    assert "红格表 7 份" in said.err
    assert openpyxl.load_workbook(tmp_path / "审核单.xlsx")["审核单"]["A3"].value.startswith("还不能签发")
    path = next((tmp_path / "红格表").glob("赣州峤澍*"))
    book = openpyxl.load_workbook(path)
    sheet = book["经济数据"]
    at = next(cell.column for cell in sheet[2] if cell.value == "利润总额(万元)")
    sheet.cell(3, at).value = float(sheet.cell(3, at).value) - 90
    book.save(path)
    (tmp_path / "红格表" / "坏了.xlsx").write_bytes(b"PK\x03\x04 no")
    before = content_hash(tmp_path / "园区.db")
    dry = run("import", "红格表", "--dry-run")
    assert content_hash(tmp_path / "园区.db") == before
    assert dry.out.startswith("收回 7 个文件 10 行：更新 1，相同 9；没有写入；1 个文件没有导入")
    assert "“坏了.xlsx”没有读：“坏了.xlsx”不完整或已损坏" in dry.err
    told = json.loads(run("import", "红格表", "--json").out)
    assert [(each["ledger"], each["updated"]) for each in told["ledgers"] if each["updated"]] == [("经济数据", 1)]
    assert told["batch"]
    assert "P002" not in run("audit", *RETURN).out
    assert run("undo").code == 0
    assert content_hash(tmp_path / "园区.db") == before


def test_a_blank_form_goes_out_and_one_file_comes_back(run: Run, tmp_path: Path) -> None:
    assert "24 行" in run("form", "--ledger", "经济数据", "--period", "2026", "-o", "表.xlsx", "--last-year").out
    book = openpyxl.load_workbook(tmp_path / "表.xlsx")
    sheet = book["经济数据"]
    sheet.cell(3, next(cell.column for cell in sheet[2] if cell.value == "营业收入(万元)")).value = 12.5
    book.save(tmp_path / "表.xlsx")
    assert "新增 1，相同 23" in run("import", "表.xlsx").out
    said = run("form", "--ledger", "经济数据", "--period", "2026", "-o", "各家", "--each")
    assert "24 个文件" in said.out
    assert len(list((tmp_path / "各家").iterdir())) == 24


@pytest.mark.parametrize(
    ("option", "value", "why"), [("--period", "2024", "报告期"), ("--sheet", "经济数据", "工作表")]
)
def test_an_option_that_does_not_hold_for_our_own_forms_is_told(
    run: Run, tmp_path: Path, option: str, value: str, why: str
) -> None:
    """It was ignored without a word: a form of 2025 came in under --period 2024 and said it was done."""
    run("form", "--ledger", "经济数据", "--period", "2025", "-o", "表.xlsx")
    before = content_hash(tmp_path / "园区.db")
    for what in ("表.xlsx", "."):
        said = run("import", what, option, value)
        assert said.code == 2
        assert f"{option} {value} 用不上" in said.err
        assert why in said.err
        assert said.err.strip().count("\n") == 0
        assert said.out == ""
    assert content_hash(tmp_path / "园区.db") == before


def test_what_came_back_is_never_written_over(run: Run, tmp_path: Path) -> None:
    form = ("form", "--ledger", "经济数据", "--period", "2026", "-o", "各家", "--each")
    assert run(*form).code == 0
    filled = next((tmp_path / "各家").iterdir())
    filled.write_bytes(b"filled in")
    said = run(*form)
    assert said.code == 2
    assert "等 24 个同名的文件" in said.err
    assert filled.read_bytes() == b"filled in"
    assert run("audit", *RETURN, "--red", "红格").code == 1
    again = run("audit", *RETURN, "--red", "红格")
    assert again.code == 2
    assert "请换一个空文件夹" in again.err
    other = run("import", "红格", "--ledger", "宗地")
    assert other.code == 2
    assert "没有本程序发出的“宗地”表" in other.err


def test_what_is_asked_wrongly_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("企业名称\n甲\n", encoding="utf-8")
    said = run("import", "a.csv")
    assert said.code == 2
    assert "--ledger" in said.err
    (tmp_path / "空").mkdir()
    said = run("import", "空")
    assert said.code == 2
    assert "没有本程序发出的表" in said.err
    said = run("form", "--ledger", "开发区年度", "--period", "2025", "-o", "各家", "--each")
    assert said.code == 2
    assert "没有哪家企业的行" in said.err
