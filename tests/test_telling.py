"""What commands tell a clerk beside their result: what was kept as typed, what stands in the way."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import dev
import main
from ui.commands.run import run_command

RETURN = ("--pack", "台办", "--period", "2025")
MAIN = [sys.executable, str(dev.ROOT / "main.py")]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("演示 一区") / "我的 数据.db"
    assert run_command(["demo", "--data", str(path)]) == 0
    return path


@pytest.fixture
def run(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.chdir(tmp_path)
    data = shutil.copy(made, tmp_path / "我的 数据.db")

    def running(*words: str) -> tuple[int, str, list[str]]:
        capsys.readouterr()
        code = run_command(["--data", str(data), *words])
        said = capsys.readouterr()
        return code, said.out, said.err.splitlines()

    return running


def test_fields_beside_the_record_are_typed_by_the_name_of_their_page(run) -> None:
    code, _, said = run(
        "set", "--ledger", "企业", "--key", "赣州岚樊智能终端有限公司", "--period", "2025", "是否台资=否"
    )
    assert (code, said) == (0, [])
    run("set", "--ledger", "开发区年度", "--key", "360701", "--period", "2026", "规上工业营业收入=12.5")
    run("export", "--ledger", "开发区年度", "--period", "2026", "-o", "a.csv")
    assert "12.50" in Path("a.csv").read_text(encoding="utf-8-sig")
    run("export", "--ledger", "企业年度", "--period", "2025", "-o", "b.csv")
    (line,) = (row for row in Path("b.csv").read_text(encoding="utf-8-sig").splitlines() if "岚樊" in row)
    assert ",否," in line


def test_what_is_kept_as_typed_is_told(run) -> None:
    words = ("set", "--ledger", "经济数据", "--key", "91360703DEM5XWDL2Y", "--period", "2025")
    code, out, (line,) = run(*words, "营业收入=五亿", "利润总额=500", "--json")
    assert code == 0
    assert json.loads(out) == {"cells": 2, "kept_as_typed": 1, "made": 0}
    assert "营业收入" in line
    assert "“五亿”不是数" in line


def test_a_second_zone_is_told(run) -> None:
    code, out, _ = run("init", "--zone", "360702", "--name", "二区")
    assert code == 0
    assert "已有 1 个开发区" in out


def test_what_stands_in_the_way_is_told_as_by_the_audit(run) -> None:
    run("set", "--ledger", "企业", "--key", "赣州榕翎尔电子元件有限公司", "--period", "2025", "统一社会信用代码=")
    _, found, _ = run("audit", *RETURN)
    code, out, said = run("export", *RETURN, "-o", "a.xlsx", "--issue")
    assert (code, out) == (1, "")
    assert said[1:] == [line for line in found.splitlines() if line.startswith(("强制", "核实"))]
    assert not [line for line in said if "  " in line], "a record without a code leaves no hole"


def test_signatures_missing_are_named(run) -> None:
    for words in dev.CORRECTIONS:
        run(*words)
    assert (
        run("set", "--ledger", "开发区", "--key", "360701", "--period", "2025", "管委会主任=", "联系人=", "联系电话=")[
            0
        ]
        == 0
    )
    code, _, (line,) = run("export", *RETURN, "-o", "a.xlsx", "--issue")
    assert code == 2
    assert "单位负责人" in line
    assert "联系电话" in line
    names = ("--unit-leader", "李某", "--stat-leader", "陈某", "--filler", "王某", "--tel", "1")
    assert run("export", *RETURN, "-o", "a.xlsx", "--issue", *names)[0] == 0


@pytest.mark.skipif(os.name == "nt", reason="signals and closed descriptors of a shell")
def test_a_real_terminal(made: Path, tmp_path: Path) -> None:
    def shell(line: str) -> subprocess.CompletedProcess[str]:
        command = f'{sys.executable} {dev.ROOT / "main.py"} --data "{made}" {line}'
        return subprocess.run(["bash", "-c", command], capture_output=True, text=True, cwd=tmp_path, check=False)

    figures = "indicators --pack 台办 --period 2025"
    assert shell(f"{figures} | head -1").stderr == ""
    assert shell(f"{figures} | true; exit ${{PIPESTATUS[0]}}").stderr == "", "a reader that has gone is no fault"
    assert (shell(f"{figures} >&-").returncode, shell(f"{figures} >&-").stderr) == (0, "")
    assert shell(f"{figures} --zone 无 2>&-").returncode == 2
    if Path("/dev/full").exists():
        full = shell(f"{figures} >/dev/full")
        assert full.returncode == 2
        assert "结果没有写出去" in full.stderr
        assert len(full.stderr.splitlines()) == 1


def test_ctrl_c_while_loading(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("ui.commands.run.run_command", interrupted)
    monkeypatch.setattr(sys, "argv", ["main.py", "check"])
    assert main.main() == 2
    assert capsys.readouterr().err == "已中断，什么都没有做\n"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have a display")
def test_a_window_without_a_display_is_told() -> None:
    bare = {k: v for k, v in os.environ.items() if k not in {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}}
    done = subprocess.run(MAIN, env=bare, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "没有显示器" in done.stderr
