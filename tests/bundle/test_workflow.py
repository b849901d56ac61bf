"""The workflow, the installers and the starter name only what is there; they run elsewhere, so their words are checked here."""

from __future__ import annotations

import os
import re
import runpy
import shutil
import subprocess
from pathlib import Path

import pytest
from PySide6.QtGui import QPainter, QPdfWriter

import dev
from bundle import desk
from bundle.bootloader import LOCK, pinned
from bundle.contents import CONSOLE, NAME
from bundle.outside import Outside

WORKFLOW = (dev.ROOT / ".github" / "workflows" / "bundle.yml").read_text(encoding="utf-8")
SETUP = (dev.ROOT / "bundle" / "windows" / "installer.iss").read_text(encoding="utf-8-sig")
SCRIPTS = [*(dev.ROOT / "bundle" / "windows").glob("*.ps1")]


def test_the_commands_of_the_workflow_are_those_of_dev_py() -> None:
    asked = re.findall(r"dev\.py (\w+)", WORKFLOW)
    assert {"test", "bundle"} == set(asked) <= set(dev.COMMANDS)
    assert set(re.findall(r"-m (bundle\.\w+)", WORKFLOW)) == {"bundle.bootloader"}


def test_the_files_it_names_are_there() -> None:
    named = re.findall(r"(?:tests|bundle)[/\\][\w./\\]+", WORKFLOW)
    assert len(named) > 6
    assert [name for name in named if not (dev.ROOT / name.replace("\\", "/")).exists()] == []


def test_it_builds_on_the_oldest_systems_and_asks_for_their_glibc() -> None:
    pairs = dict(re.findall(r'image: "(debian:\d+)", glibc: "([\d.]+)"', WORKFLOW))
    assert pairs == {"debian:10": "2.28", "debian:11": "2.31"}  # UOS 20; 银河麒麟 V10 on ARM (docs/wheels.md)


def test_no_tab_and_no_key_stands_twice_in_a_step() -> None:
    assert "\t" not in WORKFLOW
    for step in re.split(r"\n\s+- ", WORKFLOW):
        keys = re.findall(r"^\s{8}(\w+):", step, re.MULTILINE)
        assert len(keys) == len(set(keys)), step


def test_windows_scripts_are_read_as_utf_8_by_every_powershell() -> None:
    for path in (*SCRIPTS, dev.ROOT / "bundle" / "windows" / "installer.iss"):
        assert path.read_bytes().startswith(b"\xef\xbb\xbf"), path.name
    for path in SCRIPTS:
        text = path.read_text(encoding="utf-8-sig")
        assert CONSOLE in text
        assert text.count("{") == text.count("}")


def test_the_installer_needs_no_administrator_and_leaves_data_alone() -> None:
    assert "PrivilegesRequired=lowest" in SETUP
    assert f'#define Name "{NAME}"' in SETUP
    assert r"DefaultDirName={localappdata}\Programs" in SETUP
    assert "[UninstallDelete]" not in SETUP
    deleted = re.search(r"\[InstallDelete\](.*?)\n\[", SETUP, re.DOTALL)
    assert deleted
    assert re.findall(r'Name: "(.*?)"', deleted[1]) == [r"{app}\_internal"]


def test_every_message_of_the_installer_is_one_line_of_chinese() -> None:
    lines = SETUP.partition("[Messages]\n")[2].splitlines()
    assert len(lines) > 60
    for line in lines:
        name, _, text = line.partition("=")
        assert name.isidentifier(), line
        assert re.search(r"[\u4e00-\u9fff]", text), line
    names = [line.partition("=")[0] for line in lines]
    assert len(names) == len(set(names))


def test_the_starter_is_taken_from_the_lock() -> None:
    lines = pinned(LOCK.read_text(encoding="utf-8"), "pyinstaller").splitlines()
    assert re.match(r"pyinstaller==[\d.]+ \\$", lines[0])
    assert all(re.match(r"    --hash=sha256:[0-9a-f]{64}( \\)?$", line) for line in lines[1:])
    assert not lines[-1].endswith("\\")
    with pytest.raises(LookupError):
        pinned("a==1\n", "pyinstaller")


@pytest.mark.parametrize("name", ["安装.sh", "卸载.sh"])
def test_shell_scripts_run_in_any_shell(name: str) -> None:
    path = dev.ROOT / "bundle" / "linux" / name
    assert path.read_bytes().startswith(b"#!/bin/sh\n")
    assert subprocess.run(["sh", "-n", str(path)], capture_output=True, check=False).stderr == b""


def test_what_the_program_starts_gets_the_machine_s_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    hook = str(dev.ROOT / "bundle" / "runtime.py")
    monkeypatch.setenv("LD_LIBRARY_PATH", "/程序/_internal")
    runpy.run_path(hook)
    assert "LD_LIBRARY_PATH" not in os.environ
    monkeypatch.setenv("LD_LIBRARY_PATH", "/程序/_internal")
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", "/我的")
    runpy.run_path(hook)
    assert os.environ["LD_LIBRARY_PATH"] == "/我的"
    assert "LD_LIBRARY_PATH_ORIG" not in os.environ


def test_a_pdf_without_words_or_fonts_fails_the_trial(tmp_path: Path) -> None:
    other = tmp_path / "别的.pdf"
    other.write_text("不是", encoding="utf-8")
    with pytest.raises(AssertionError, match="不是 PDF"):
        desk.searchable(other, "赣州")
    drawn = tmp_path / "空.pdf"
    writer = QPdfWriter(str(drawn))
    painter = QPainter(writer)
    painter.drawRect(100, 100, 300, 300)
    painter.end()
    if shutil.which("pdffonts"):
        with pytest.raises(AssertionError, match="一种也没有"):
            desk.searchable(drawn, "赣州")


def test_a_trial_takes_nothing_of_the_builder_along(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "/x")
    monkeypatch.setenv("XDG_DATA_HOME", "/x")
    monkeypatch.setenv("DISPLAY", ":9")
    folder = tmp_path / "开发区（测试） ①" / "园区 年报通"
    folder.mkdir(parents=True)
    outside = Outside(folder, tmp_path / "中文用户")
    environment = outside.environment(QT_QPA_PLATFORM="offscreen")
    assert not {"PYTHONPATH", "XDG_DATA_HOME", "DISPLAY"} & set(environment)
    assert (environment["HOME"], environment["QT_QPA_PLATFORM"]) == (str(tmp_path / "中文用户"), "offscreen")
    (folder / NAME).write_text('#!/bin/sh\necho 好 "$HOME"; exit 3\n', encoding="utf-8")
    (folder / NAME).chmod(0o755)
    assert outside.run("x", code=3) == f"好 {tmp_path / '中文用户'}\n"
    with pytest.raises(AssertionError, match="结束码 3，应为 0"):
        outside.run("x")
