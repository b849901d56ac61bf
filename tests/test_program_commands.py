"""The program tells its version and what it is called; what only a bundled program can do says so; no text is read as GBK."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import dev
from exporters import fonts
from models import places
from models.version import VERSION, software
from tests.ui.test_releases import made, said
from ui import folders
from ui.commands.run import run_command
from ui.installing import CURRENT, Home


def test_the_version_is_told_everywhere(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["--version"]) == 0
    assert capsys.readouterr().out == f"园区年报通 {VERSION}\n"
    assert software() == f"园区年报通 {VERSION}"


HARMLESS = "matplotlib/font_manager.py"  # its list of fonts is JSON in ASCII


@pytest.mark.parametrize("command", [["install"], ["uninstall"], ["update", "新.tar.gz"], ["update", "--back"]])
def test_a_program_run_from_its_source_is_not_installed(
    command: list[str], capsys: pytest.CaptureFixture[str], user_folders: Path
) -> None:
    assert run_command(command) == 2
    assert "从源码运行" in capsys.readouterr().err
    assert not (user_folders / ".local").exists()


@pytest.fixture
def bundled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """As if this were the program in a bundle's folder."""
    folder = made(tmp_path / "程序", VERSION)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(folder / "园区年报通"))
    monkeypatch.setattr(sys, "platform", "linux")
    return folder


def test_a_bundled_program_is_called_by_its_own_name(bundled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert places.program_folder() == bundled
    assert folders.called() == "园区年报通"
    assert run_command(["tset"]) == 2
    assert "写 园区年报通 -h 看怎么用" in capsys.readouterr().err


def test_commands_install_and_uninstall(bundled: Path, user_folders: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["install"]) == 0
    place = user_folders / ".local" / "opt" / "园区年报通"
    assert Home().base == place
    assert said(place / CURRENT) == f"园区年报通 {VERSION}"
    assert run_command(["update"]) == 2
    assert run_command(["update", "--back"]) == 2
    assert run_command(["update", str(user_folders / "没有.tar.gz")]) == 2
    assert run_command(["uninstall"]) == 0
    assert not place.exists()
    shown = capsys.readouterr()
    assert f"已安装 {VERSION}" in shown.out
    assert "已卸载；数据没有动" in shown.out
    assert [line[:8] for line in shown.err.splitlines()] == ["请写上更新文件，", "没有留着更早的版", "找不到“没有.t"]


def test_windows_has_its_installer_for_that(
    bundled: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert run_command(["update", "新.exe"]) == 2
    assert "双击新版的安装程序" in capsys.readouterr().err


def test_the_font_of_a_bundle_needs_no_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ready = tmp_path / "fonts" / "NotoSansSC-Regular.ttf"
    ready.parent.mkdir()
    shutil.copy(fonts.font_file(), ready)
    monkeypatch.setattr(fonts, "READY", ready)
    assert fonts.font_file() == ready
    assert fonts.searchable(ready, tmp_path / "缓存") == ready
    assert not (tmp_path / "缓存").exists()


def test_no_file_is_read_or_written_in_the_system_s_own_encoding(tmp_path: Path) -> None:
    """On Chinese Windows that is GBK: ours name the encoding, and so do the libraries where we call them."""
    data = str(tmp_path / "园区.db")
    strict = [sys.executable, "-X", "warn_default_encoding", "-W", "always::EncodingWarning", str(dev.ROOT / "main.py")]
    year = ("--pack", "台办", "--period", "2025")
    for step in (
        ("demo",),
        ("export", *year, "-o", str(tmp_path / "表.xlsx")),
        ("report", *year, "-o", str(tmp_path / "报告.docx")),
        ("charts", *year, "-o", str(tmp_path / "图.pdf")),
        ("export", "--ledger", "企业", "-o", str(tmp_path / "企业.csv")),
        ("import", str(tmp_path / "企业.csv"), "--ledger", "企业", "--period", "2025"),
    ):
        done = subprocess.run([*strict, "--data", data, *step], capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
        warned = {line for line in done.stderr.decode("utf-8").splitlines() if "EncodingWarning" in line}
        assert not {line for line in warned if HARMLESS not in line}
