"""The clerk's year by commands: cells typed, audit, explanation, issue, verify, one cell altered, verify (and by LibreOffice re-saved)."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import warnings
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

import dev
from ui.commands.run import run_command

RETURN = ("--pack", "台办", "--period", "2025")


class Clerk:
    """Runs commands on one data file and reads what they say."""

    def __init__(self, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.data, self.capsys = data, capsys

    def does(self, command: str, *words: str, code: int = 0) -> str:
        self.capsys.readouterr()
        assert run_command([command, "--data", str(self.data), *words]) == code
        return self.capsys.readouterr().out

    def types(self, ledger: str, key: str, *cells: str) -> None:
        self.does("set", "--ledger", ledger, "--key", key, "--period", "2025", *cells)

    def findings(self, code: int = 0) -> set[tuple[str, str]]:
        """What stands in the way of issuing."""
        return {
            (row["code"], row["name"])
            for row in json.loads(self.does("audit", *RETURN, "--json", code=code))
            if not row["explanation"] and row["level"] != "提示"
        }


@pytest.fixture
def clerk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Clerk:
    made = Clerk(tmp_path / "一年.db", capsys)
    made.does("demo")
    return made


def put_right(clerk: Clerk) -> None:
    """Every planted fault is put right or explained, as the demonstration year does it."""
    for command, *words in dev.CORRECTIONS:
        clerk.does(command, *words)


def test_a_year(clerk: Clerk, tmp_path: Path) -> None:
    issued = tmp_path / "台办.xlsx"
    assert len(clerk.findings(code=1)) == 10
    clerk.does("export", *RETURN, "-o", str(issued), "--issue", code=1)
    assert not issued.exists(), "a return with open findings is not issued"
    put_right(clerk)
    assert clerk.findings() == set()
    said = json.loads(clerk.does("export", *RETURN, "-o", str(issued), "--issue", "--json"))
    assert (said["version"], said["draft"]) == (1, False)
    verdict = json.loads(run_verify(clerk, issued))
    assert verdict["ok"]
    assert verdict["manifest"]["short_code"] == said["short_code"]
    with warnings.catch_warnings(action="ignore"):
        openpyxl.load_workbook(issued).save(tmp_path / "再存.xlsx")  # drops what formulas had come to: there are none
    assert json.loads(run_verify(clerk, tmp_path / "再存.xlsx"))["ok"]
    alter(issued, "表TW-1", "D16", 999)
    verdict = json.loads(run_verify(clerk, issued, code=1))
    assert [(each["sheet"], each["cell"], each["now"]) for each in verdict["altered"]] == [("表TW-1", "D16", "999")]


def test_an_empty_explanation_is_refused(clerk: Clerk) -> None:
    for text in ("核实无误", "情况属实。", "无"):
        clerk.does("explain", *RETURN, "--rule", "P014", "--key", "91360703DEM5XWDL2Y", "--text", text, code=2)
    assert ("P014", "赣州衍暄汽车部件有限公司") in clerk.findings(code=1)


def test_an_explanation_ends_with_the_figure_it_explains(clerk: Clerk) -> None:
    put_right(clerk)
    clerk.types("经济数据", "91360703DEM5XWDL2Y", "营业收入=130000")
    assert ("P014", "赣州衍暄汽车部件有限公司") in clerk.findings(code=1) | clerk.findings(code=1)


def test_next_year_takes_last_years_figures_from_the_issued_version(clerk: Clerk, tmp_path: Path) -> None:
    put_right(clerk)
    clerk.does("export", *RETURN, "-o", str(tmp_path / "台办.xlsx"), "--issue")
    before = figures(clerk)
    clerk.types("经济数据", "91360703DEMJEENR5Q", "营业收入=7000")
    now = json.loads(clerk.does("indicators", "--pack", "台办", "--period", "2026", "--json"))
    assert {row["id"]: row["prior"] for row in now} == before
    assert {row["prior_source"] for row in now} == {f"{now_year()}年签发的第 1 版"}


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not on this machine")
def test_the_seal_survives_libreoffice(clerk: Clerk, tmp_path: Path) -> None:
    put_right(clerk)
    issued = tmp_path / "台办.xlsx"
    clerk.does("export", *RETURN, "-o", str(issued), "--issue")
    out = tmp_path / "再存"
    home = (tmp_path / "lo").as_uri()
    command = [
        "soffice",
        f"-env:UserInstallation={home}",
        "--headless",
        "--convert-to",
        "xlsx",
        "--outdir",
        str(out),
        str(issued),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert json.loads(run_verify(clerk, out / issued.name))["ok"]


def run_verify(clerk: Clerk, path: Path, code: int = 0) -> str:
    clerk.capsys.readouterr()
    assert run_command(["verify", str(path), "--json"]) == code
    return clerk.capsys.readouterr().out


def figures(clerk: Clerk) -> dict[str, str]:
    return {row["id"]: row["value"] for row in json.loads(clerk.does("indicators", *RETURN, "--json"))}


def alter(path: Path, sheet: str, cell: str, value: object) -> None:
    """Change one cell's number in the file itself, everything else as it was."""
    names = openpyxl.load_workbook(path, read_only=True).sheetnames
    part = f"xl/worksheets/sheet{names.index(sheet) + 1}.xml"
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    changed, times = re.subn(rf'(<c r="{cell}"[^>]*><v>)[^<]*'.encode(), rf"\g<1>{value}".encode(), parts[part])
    assert times == 1
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (parts | {part: changed}).items():
            archive.writestr(name, content)


def now_year() -> int:
    return date.today().year
