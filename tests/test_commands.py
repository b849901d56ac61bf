"""The commands: exit codes, one Chinese line per fault, JSON shapes; nothing a person can type ends in a traceback or costs a file."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import dev
from models.store.backup import DAILY, backups_of
from models.store.file import DataFile
from models.store.zones import create_zone
from tests.models.demo_rows import named
from ui import writing
from ui.commands.run import run_command

RETURN = ("--pack", "台办", "--period", "2025")
WORDS = ("因为二期产线投产，产能提高了一倍以上",)


class Said(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def json(self) -> object:
        return json.loads(self.out)


Run = Callable[..., Said]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.chdir(tmp_path)

    def running(*words: object) -> Said:
        capsys.readouterr()
        code = run_command([str(word) for word in words])
        said = Said(code, *capsys.readouterr())
        assert "程序出错" not in said.err
        return said

    return running


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("演示") / "演示.db"
    assert run_command(["demo", "--data", str(path)]) == 0
    return path


@pytest.fixture
def data(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(made, tmp_path / "园区.db"))


def refused(said: Said, *parts: str) -> None:
    """One line of Chinese on standard error, with these parts; nothing on standard output."""
    assert (said.code, said.out) == (2, "")
    (line,) = said.err.splitlines()
    assert "Errno" not in line
    assert any("一" <= letter <= "鿿" for letter in line)
    for part in parts:
        assert part in line, line


# --- what is asked for -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        (["adit"], ["adit", "是否想写“audit”"]),
        ([], ["缺“命令”"]),
        (["audit"], ["--pack", "--period"]),
        (["audit", *RETURN, "--jsno"], ["--jsno", "是否想写“--json”"]),
        (["audit", *RETURN, "--js"], ["--js", "--json"]),  # an option is never guessed from its beginning
        (["audit", "--pack", "台半", "--period", "2025"], ["台半", "是否想写“台办”", "现有：台办"]),
        (["audit", "--pack", "台办", "--period", "2025Q9"], ["2025Q9", "2025Q3"]),
        (["audit", "--pack", "台办", "--period", "2025Q1"], ["2025年一季度", "写成 2025"]),
        (["audit", *RETURN, "--zone", "360702"], ["360702", "是否想写“360701”"]),
        (["indicators", *RETURN, "--rows", "台资企业树"], ["台资企业树", "是否想写“台资企业数”"]),
        (["explain", *RETURN, "--rule", "P04", "--key", "x", "--text", *WORDS], ["P04", "是否想写“P014”"]),
        (["explain", *RETURN, "--rule", "P002", "--key", "x", "--text", *WORDS], ["P002", "强制性"]),
        (["explain", *RETURN, "--rule", "P014", "--key", "x", "--text", "核实无误"], ["没有说出原因"]),
        (["choose", *RETURN, "--off"], ["--item"]),
        (["choose", *RETURN, "--item", "P0141", "--off", "--why", *WORDS], ["P0141", "是否想写"]),
        (["choose", *RETURN, "--item", "P014", "--why", *WORDS], ["--off", "--value"]),
        (["choose", *RETURN, "--item", "P014", "--off", "--why", "无"], ["--why", "没有说出原因"]),
        (["choose", *RETURN, "--item", "同比增减线", "--off", "--why", *WORDS], ["同比增减线", "--value"]),
        (["choose", *RETURN, "--item", "同比增减线", "--value", "很多", "--why", *WORDS], ["很多", "不是"]),
        (["choose", *RETURN, "--item", "P014", "--value", "3", "--why", *WORDS], ["P014", "--off"]),
        (["choose", *RETURN, "--why", *WORDS], ["--item"]),
        (["choose", *RETURN, "--item", "P014", "--on"], ["--why", "还没有写"]),
        (["override", *RETURN, "--item", "TW03", "--withdraw", "--value", "5"], ["--value", "--withdraw"]),
        (["form", "--ledger", "企业", "--period", "2025", "--each", "-o", "表.xlsx"], ["表.xlsx", "文件夹"]),
        (["import", "没有这个夹"], ["没有“没有这个夹”这个文件或文件夹"]),
        (["import", "e.csv", "--ledger", "企也"], ["企也", "是否想写“企业”"]),
        (["set", "--ledger", "企业", "--key", "x", "--period", "2025", "单位名=1"], ["单位名", "单位详细名称"]),
        (["set", "--ledger", "企业", "--key", "x", "--period", "2025", "单位详细名称=1"], ["“企业”里没有“x”"]),
        (["export", *RETURN], ["--output"]),
        (["export", "-o", "a.xlsx"], ["--pack", "--ledger"]),
        (["export", "--pack", "台办", "-o", "a.xlsx"], ["--period"]),
        (["export", *RETURN, "-o", "a.pdf"], ["a.pdf", ".xlsx"]),
        (["export", "--ledger", "企业", "-o", "a"], [".csv 或 .xlsx"]),
        (["export", "--ledger", "企", "-o", "a.csv"], ["没有“企”"]),
        (["pack", "lst"], ["lst", "list"]),
        (["pack", "check"], ["名字"]),
        (["pack", "check", "无此包"], ["无此包", "现有"]),
        (["pack", "build", "台办", "-o", "a.db"], [".xlsx"]),
        (["demo", "--enterprises", "many"], ["--enterprises", "many"]),
        (["demo", "--enterprises", "3"], ["20"]),
        (["init", "--name", "某区"], ["--zone"]),
        (["init", "--zone", " ", "--name", "某区"], ["--zone"]),
        (["init", "--zone", "1", "--name", ""], ["--name"]),
        (["init", "--zone", "1"], ["--name"]),
        (["check", "--zone", "\udcff"], ["读不出"]),
        (["init", "--zone", "36 07", "--name", "某区"], ["36 07", "字母、数字"]),
        (["audit", "--pack", "台办", "--period", "20255"], ["20255", "2025-09"]),
        (["set", "--ledger", "开发区", "--key", "360701", "--period", "2025", "开发区代码=9"], ["360701", "不能改"]),
        (["set", "--ledger", "上报批次", "--key", "台办", "--period", "2025", "状态=锁定"], ["上报批次", "由程序写入"]),
        (["import", "e.csv", "--ledger", "审核说明"], ["审核说明", "由程序写入"]),
        (["import", "z.csv", "--ledger", "开发区"], ["360701", "999"]),
        (["set", "--ledger", "台资企业", "--key", "x", "--period", "2025", "投资路径=1"], ["“x”", "import"]),
        (["export", "--ledger", "企业", "--issue", "-o", "a.csv"], ["--issue", "--pack"]),
        (["export", *RETURN, "--personal", "-o", "a.xlsx"], ["--personal", "--ledger"]),
        (["export", *RETURN, "--tel", "1", "-o", "a.xlsx"], ["--tel", "--issue"]),
        (["backup", "-o", "."], ["文件夹"]),
        (["backup", "-o", "e.csv"], ["e.csv", "不是"]),
    ],
    ids=" ".join,
)
def test_what_is_asked_wrongly_is_told_with_the_nearest_name(
    run: Run, data: Path, words: list[str], parts: list[str]
) -> None:
    before = data.read_bytes()
    Path("e.csv").write_text("单位详细名称\n甲公司\n", encoding="utf-8")
    Path("z.csv").write_text("开发区代码,开发区全称\n999,别区\n", encoding="utf-8")
    refused(run("--data", data, *words), *parts)
    assert Path("e.csv").read_text(encoding="utf-8") == "单位详细名称\n甲公司\n"
    assert not list(data.parent.glob("*.new"))
    assert data.read_bytes() == before


def test_options_stand_before_or_after_the_command(run: Run, data: Path) -> None:
    before = run("--data", data, "--zone", "360701", "--own", "--json", "indicators", *RETURN)
    after = run("indicators", *RETURN, "--data", data, "--zone", "360701", "--own", "--json")
    assert before == after
    assert before.code == 0
    assert before.json


def test_help_is_in_chinese(run: Run) -> None:
    said = run("audit", "-h")
    assert said.code == 0
    assert said.out.startswith("用法：")
    assert "usage" not in said.out
    assert "options" not in said.out


# --- the data file ---------------------------------------------------------------------------------------------------

ON_DATA = [
    ["audit", *RETURN],
    ["indicators", *RETURN],
    ["explain", *RETURN, "--rule", "P014", "--key", "x", "--text", *WORDS],
    ["export", *RETURN, "-o", "a.xlsx"],
    ["export", *RETURN, "-o", "a.xlsx", "--issue"],
    ["export", "--ledger", "企业", "-o", "a.csv"],
    ["import", "e.csv", "--ledger", "企业"],
    ["set", "--ledger", "企业", "--key", "x", "--period", "2025", "单位详细名称=甲"],
    ["undo"],
    ["backup", "-o", "b.bak"],
    ["check"],
]


@pytest.mark.parametrize("words", ON_DATA, ids=" ".join)
@pytest.mark.parametrize(
    ("name", "part"), [("没有.db", "没有"), ("空.db", "空文件"), ("文字.db", "不是"), ("夹.db", "文件夹")]
)
def test_a_file_that_is_no_data_file(run: Run, words: list[str], name: str, part: str) -> None:
    Path("e.csv").write_text("单位详细名称\n甲公司\n", encoding="utf-8")
    Path("空.db").touch()
    Path("文字.db").write_text("这不是数据文件", encoding="utf-8")
    Path("夹.db").mkdir()
    there = sorted(Path().iterdir())
    refused(run("--data", name, *words), part)
    assert Path("空.db").read_bytes() == b""
    assert sorted(Path().iterdir()) == there


def test_an_empty_data_option_is_not_the_persons_own_file_and_a_server_is_told_to_be_impossible(run: Run) -> None:
    for data in ("", "postgresql+psycopg://a/b"):
        refused(run("--data", data, "check"), "--data")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit on one part of a path")
def test_a_name_too_long(run: Run, data: Path) -> None:
    long = "长" * 200
    for words in (["check", "--data", long], ["init", "--zone", "1", "--name", "区", "--data", long]):
        refused(run(*words))
    refused(run("--data", data, "export", *RETURN, "-o", f"{long}.xlsx"))
    refused(run("verify", f"{long}.xlsx"))


def test_a_file_without_a_zone(run: Run, tmp_path: Path) -> None:
    DataFile(tmp_path / "无区.db").close()
    refused(run("audit", *RETURN, "--data", "无区.db"), "还没有开发区", "init")


def test_two_zones(run: Run, tmp_path: Path) -> None:
    with DataFile(tmp_path / "两区.db", who="甲") as file:
        create_zone(file, "360701", "一区")
        create_zone(file, "360702", "二区", parent_code="360701")
    chosen = run("indicators", *RETURN, "--data", "两区.db", "--json")
    assert chosen.code == 0, "the one chosen last"
    assert run("indicators", *RETURN, "--data", "两区.db", "--zone", "一区", "--json").code == 0
    refused(run("audit", *RETURN, "--data", "两区.db", "--zone", "360709"), "360709", "36070")


def test_init_refuses_a_second_one(run: Run) -> None:
    first = run("init", "--data", "新.db", "--zone", " 360701 ", "--name", "甲区", "--json")
    assert (first.code, first.json) == (0, {"data": "新.db", "zone": "360701", "name": "甲区"})
    refused(run("init", "--data", "新.db", "--zone", "360701", "--name", "甲区"), "已经有开发区 360701")


def test_while_another_window_has_the_file(run: Run, data: Path) -> None:
    with DataFile(data, who="小王"):
        assert run("--data", data, "audit", *RETURN).code == 1, "an audit reads"
        assert run("--data", data, "indicators", *RETURN).code == 0
        assert run("--data", data, "backup", "-o", "b.bak").code == 0
        for words in (["undo"], ["export", *RETURN, "-o", "a.xlsx", "--issue"]):
            refused(run("--data", data, *words), "小王", data.name)
        refused(run("--data", data, "restore", "b.bak"), data.name)
    assert not Path("a.xlsx").exists()


# --- what comes out --------------------------------------------------------------------------------------------------


def test_json_shapes(run: Run, data: Path) -> None:
    figures = run("--data", data, "indicators", *RETURN, "--json").json
    assert isinstance(figures, list)
    assert all({"id", "name", "value", "unit"} <= row.keys() for row in figures)
    found = run("--data", data, "audit", *RETURN, "--json")
    assert found.code == 1
    assert all({"code", "level", "ledger", "key", "message"} <= row.keys() for row in found.json)
    assert all("{" not in row["message"] for row in found.json)
    packs = run("pack", "list", "--json").json
    assert {"台办", "通用"} <= {row["id"] for row in packs}
    assert run("pack", "check", "台办", "--json").json == []
    assert run("pack", "build", "台办", "-o", "包.xlsx", "--json").json == {"file": "包.xlsx"}
    assert run("--data", data, "check", "--json").json["ok"] is True
    assert run("--data", data, "undo", "--json").json["rows"] > 0


def test_an_explanation(run: Run, data: Path) -> None:
    (found,) = (
        row
        for row in run("--data", data, "audit", *RETURN, "--json").json
        if row["code"] == "P014" and row["name"] == named("P014", 1)
    )
    refused(
        run("--data", data, "explain", *RETURN, "--rule", "P014", "--key", "无此企业", "--text", *WORDS), "无此企业"
    )
    words = ["explain", *RETURN, "--rule", "P014", "--key", found["key"], "--text", *WORDS]
    assert run("--data", data, *words, "--json").json == {"code": "P014", "key": found["key"], "explained": 1}
    again = run("--data", data, "audit", *RETURN, "--json").json
    assert [row["explanation"] for row in again if row["code"] == "P014" and row["key"] == found["key"]] == [*WORDS]
    assert f"（已说明：{WORDS[0]}）\n" in run("--data", data, "audit", *RETURN).out


def test_import_counts_and_the_rows_given_back(run: Run, data: Path) -> None:
    rows = "单位详细名称,统一社会信用代码\n甲公司,91360500716575125F\n,\n,9.1360500716575E+17\n"
    Path("名录.csv").write_text(rows, encoding="utf-8")
    dry = run("--data", data, "import", "名录.csv", "--ledger", "企业", "--dry-run", "--json").json
    assert (dry["new"], dry["returned"], dry["batch"]) == (1, 1, None)
    words = ["import", "名录.csv", "--ledger", "企业", "--json", "--returned"]
    refused(run("--data", data, *words, "名录.csv"), "名录.csv")
    refused(run("--data", data, *words, data), data.name)
    refused(run("--data", data, *words, "退.txt"), ".xlsx")
    Path("夹.xlsx").mkdir()
    said = run("--data", data, *words, "夹.xlsx")
    assert (said.code, json.loads(said.out)["new"]) == (2, 1), (
        "what was imported is told though the copy is not written"
    )
    assert "文件夹" in said.err
    assert run("--data", data, *words, "退.xlsx").json["returned"] == 1
    plain = run("--data", data, *words[:4], "--dry-run")
    assert plain.out.startswith("“名录.csv”名录 2 行：相同 1，退回 1")
    assert plain.err.startswith("退回 名录!B4：“9.1360500716575E+17”：Excel 已丢掉后几位")
    assert openpyxl.load_workbook("退.xlsx").active.max_row == 2
    assert Path("名录.csv").read_text(encoding="utf-8") == rows


@pytest.mark.parametrize(
    "content", [b"", b"\0\1\2\xff" * 300, b"PK\3\4broken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)]
)
@pytest.mark.parametrize("ending", ["xlsx", "xls", "csv", "ods", "xlsb", "et", "db"])
def test_files_that_cannot_be_read(run: Run, data: Path, content: bytes, ending: str) -> None:
    Path(f"坏.{ending}").write_bytes(content)
    refused(run("--data", data, "import", f"坏.{ending}", "--ledger", "企业"), f"坏.{ending}")
    refused(run("verify", f"坏.{ending}"), f"坏.{ending}")
    refused(run("pack", "check", f"坏.{ending}"), f"坏.{ending}")


def test_typed_cells(run: Run, data: Path) -> None:
    with_equals = ["set", "--ledger", "经济数据", "--key", "91360703DEM5XWDL2Y", "--period", "2025"]
    refused(run("--data", data, *with_equals, "营业收入"), "营业收入", "字段=值")
    refused(run("--data", data, *with_equals, "企业=无此企业"), "无此企业")
    assert run("--data", data, *with_equals, "营业收入=一大笔").code == 0, "kept as typed"
    assert run("--data", data, "export", "--ledger", "经济数据", "--period", "2025", "-o", "a.csv").code == 0
    assert "一大笔" in Path("a.csv").read_text(encoding="utf-8-sig")
    assert [each.reason for each in backups_of(data)] == [DAILY], "the day's first writing command makes it"


def test_a_derived_field_is_not_typed(run: Run, data: Path) -> None:
    words = ["set", "--ledger", "台湾青年", "--key", "T0001", "--period", "2025"]
    refused(run("--data", data, *words, "起始时周岁=20"), "起始时周岁", "程序算出")
    refused(run("--data", data, *words, "证件散列=abc"), "证件散列", "程序算出")


# --- files that must not be lost -------------------------------------------------------------------------------------


def test_no_output_destroys_the_data_file(run: Run, data: Path) -> None:
    disguised = Path(shutil.move(data, data.with_suffix(".xlsx")))
    before = disguised.read_bytes()
    for words in (["export", *RETURN], ["export", "--ledger", "企业"], ["export", *RETURN, "--issue"], ["backup"]):
        refused(run("--data", disguised, *words, "-o", disguised), "数据文件")
    assert disguised.read_bytes() == before


def right(run: Run, data: Path) -> None:
    """Put right what an audit of the demonstration finds fault with."""
    for words in dev.CORRECTIONS:
        assert run("--data", data, *words).code == 0


def test_a_version_is_kept_only_with_its_workbook(run: Run, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    right(run, data)
    Path("夹.xlsx").mkdir()
    refused(run("--data", data, "export", *RETURN, "-o", "夹.xlsx", "--issue"), "夹.xlsx")

    def locked(self: Path, target: Path) -> Path:
        raise PermissionError(13, "Permission denied", str(target))

    with monkeypatch.context() as patch:
        patch.setattr(type(Path()), "replace", locked)
        refused(run("--data", data, "export", *RETURN, "-o", "年报.xlsx", "--issue"), "年报.xlsx", "Excel")
    assert not list(Path().glob(".*.new"))
    assert run("--data", data, "export", *RETURN, "-o", "年报.xlsx", "--issue", "--json").json["version"] == 1
    assert run("verify", "年报.xlsx").code == 0


def test_a_file_kept_open_elsewhere_keeps_its_content(data: Path, tmp_path: Path) -> None:
    target = tmp_path / "旧.xlsx"
    target.write_bytes(b"old")
    half = writing.replacing(target)
    half.__enter__().write_bytes(b"half")
    full = OSError(28, "No space left on device")
    with pytest.raises(OSError, match="磁盘已满"):
        half.__exit__(OSError, full, None)
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir() if "旧" in path.name] == ["旧.xlsx"]


# --- anything --------------------------------------------------------------------------------------------------------

NAMES = st.sampled_from([
    "init", "import", "audit", "explain", "set", "undo", "indicators", "export", "verify", "pack", "backup", "restore", "check",
    "list", "build", "--data", "--zone", "--own", "--json", "--pack", "台办", "--period", "2025", "2025Q1", "--ledger", "企业", "经济数据",
    "到资流水", "--rows", "TW02", "-o", "a.xlsx", "a.csv", "--issue", "--dry-run", "--key", "x", "--rule", "P014", "--text", "--name",
    "单位详细名称=1", "=", "园区.db", ".", "", "-", "--", "名录.csv", "\n", "%s", "{0}", "\u202e", "-1", "'; drop table enterprise; --",
])  # fmt: skip
WORD_LISTS = st.lists(NAMES | st.text(st.characters(exclude_characters="\0/\\"), max_size=6), max_size=9)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=WORD_LISTS)
def test_whatever_is_typed(run: Run, data: Path, words: Sequence[str]) -> None:
    Path("名录.csv").write_text("单位详细名称\n甲公司\n", encoding="utf-8")
    said = run("--data", data, *(word for word in words if word != "--data"))
    assert said.code in {0, 1, 2}
    if said.code == 2:
        assert said.err.strip()
    assert run("--data", data, "check").code == 0
