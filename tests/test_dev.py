"""dev.py sets itself up right, and the lock it installs from keeps its form. Nothing is installed here."""

from __future__ import annotations

import ast
import io
import re
import socket
import subprocess
import sys
from pathlib import Path

import platformdirs
import pytest

import dev

LOCK = dev.LOCK.read_text(encoding="utf-8")


@pytest.fixture
def started(monkeypatch):
    """The commands that dev.py starts; none of them really runs, each exits as codes says (default 0)."""
    commands = []
    codes = {}

    def call(command, **_):
        commands.append([str(part) for part in command])
        return next((code for word, code in codes.items() if word in commands[-1]), 0)

    monkeypatch.setattr(subprocess, "call", call)
    return commands, codes


@pytest.fixture
def place(monkeypatch, tmp_path):
    """A repository's folder with nothing set up: a lock, no .venv."""
    for name in ("VENV", "STAMP", "PYTHON", "DEMO", "LOCK"):
        monkeypatch.setattr(dev, name, tmp_path / getattr(dev, name).relative_to(dev.ROOT))
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    dev.LOCK.parent.mkdir()
    dev.LOCK.write_text("a==1", encoding="utf-8")
    dev.VENV.mkdir()
    return tmp_path


def test_any_system_python_can_read_it():
    tree = ast.parse(Path(dev.__file__).read_text(encoding="utf-8"), feature_version=(3, 8))
    imported = {
        alias.name.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names
    }
    assert imported
    assert imported <= sys.stdlib_module_names


def test_venv_is_made_once_and_again_when_the_lock_changes(place, started):
    dev.make_venv()
    commands, _ = started
    assert [command[1:3] for command in commands] == [["-m", "venv"], ["-m", "pip"]]
    assert {"--require-hashes", str(dev.LOCK)} <= set(commands[1])
    dev.make_venv()
    assert len(commands) == 2
    dev.LOCK.write_text("a==2", encoding="utf-8")
    dev.make_venv()
    assert len(commands) == 4


def test_a_package_update_of_the_same_python_does_not_make_it_anew(place, started, monkeypatch):
    dev.make_venv()
    monkeypatch.setattr(sys, "version", "3.11.2 (main, another day's build)")
    assert dev.up_to_date()
    monkeypatch.setattr(sys, "base_prefix", "/opt/another")
    assert not dev.up_to_date()


def test_half_an_installation_is_begun_again(place, started):
    _, codes = started
    codes["pip"] = 1
    with pytest.raises(dev.SetupError, match="网络"):
        dev.make_venv()
    assert not dev.up_to_date()


def test_wrong_python_is_replaced_or_explained(monkeypatch, started, capsys):
    commands, codes = started
    monkeypatch.setattr(sys, "version_info", (3, 9, 18))
    monkeypatch.setattr(dev.shutil, "which", lambda name: name)
    assert dev.main(["test", "-x"]) == 0
    assert commands[-1] == ["python3.11", dev.__file__, "test", "-x"]
    codes["-c"] = 1
    assert dev.main(["test"]) == 2
    out = capsys.readouterr().out
    assert "需要 Python 3.11，这里是 3.9" in out
    assert "Python 3.11 is needed; this is 3.9" in out


@pytest.mark.parametrize("args", [[], ["tset"]])
def test_wrong_usage_shows_the_commands(args, capsys):
    assert dev.main(args) == 2
    out = capsys.readouterr().out
    assert [name for name in dev.COMMANDS if name not in out] == []


def test_a_terminal_without_chinese_is_told_all_the_same(monkeypatch):
    terminal = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setattr(dev, "install_system_packages", _refuse)
    assert dev.main(["test"]) == 2
    assert b"sudo apt-get" in terminal.buffer.getvalue()


def _refuse(packages):
    raise dev.SetupError(f"缺少：{packages}\nsudo apt-get")


def test_a_folder_that_cannot_be_written_is_told(monkeypatch, capsys):
    def locked(*_):
        raise PermissionError(13, "Permission denied", "演示")

    monkeypatch.setattr(dev, "install_system_packages", lambda _: None)
    monkeypatch.setattr(dev, "make_venv", locked)
    assert dev.main(["test"]) == 2
    assert "演示" in capsys.readouterr().out


def test_missing_libraries_are_those_the_command_needs(monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(dev, "loads", lambda library: library == "libGL.so.1")
    monkeypatch.delenv("DISPLAY", raising=False)
    assert "libegl1" in dev.missing_packages("test")
    assert "libgl1" not in dev.missing_packages("test")
    assert "libxcb-cursor0" not in dev.missing_packages("test")
    assert not set(dev.missing_packages("check")) & set(dev.OFFSCREEN.values())
    monkeypatch.setenv("DISPLAY", ":0")
    assert "libxcb-cursor0" in dev.missing_packages("run")
    monkeypatch.setattr(sys, "platform", "win32")
    assert dev.missing_packages("run") == []


def test_a_debian_python_without_pip_needs_its_package(monkeypatch, place):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(dev.importlib.util, "find_spec", lambda _: None)
    assert "python3-venv" in dev.missing_packages("check")


def test_system_packages_are_installed_by_root_and_named_to_others(monkeypatch, started, capsys):
    commands, codes = started
    monkeypatch.setattr(dev.shutil, "which", lambda name: name)
    monkeypatch.setattr(dev.os, "geteuid", lambda: 1000, raising=False)
    with pytest.raises(dev.SetupError, match=r"\nsudo apt-get install -y --no-install-recommends libegl1 libgl1$"):
        dev.install_system_packages(["libegl1", "libgl1"])
    monkeypatch.setattr(dev.os, "geteuid", lambda: 0, raising=False)
    dev.install_system_packages(["libegl1"])
    assert commands[-1] == ["apt-get", "install", "-y", "--no-install-recommends", "libegl1"]
    assert "libegl1" in capsys.readouterr().out
    codes["install"] = 100
    with pytest.raises(dev.SetupError, match="libegl1"):
        dev.install_system_packages(["libegl1"])


def test_without_a_display_run_does_the_demonstration_year(monkeypatch, place, started):
    commands, codes = started
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert dev.run([]) == 0
    corrections = [words[0] for words in dev.CORRECTIONS]
    assert [command[4] for command in commands] == [
        "demo",
        "audit",
        *corrections,
        "audit",
        "indicators",
        "export",
        "verify",
        "report",
        "charts",
        "check",
    ]
    codes["audit"] = 1  # the faults of the made-up zone do not stop it, those left after the corrections do
    commands.clear()
    assert dev.run([]) == 1
    assert len(commands) == 3 + len(corrections)
    codes["audit"], codes["export"] = 0, 2
    assert dev.run([]) == 2
    assert commands[-1][4] == "export"


def test_run_passes_a_command_on(started):
    commands, _ = started
    assert dev.run(["check", "--json"]) == 0
    assert commands == [[str(dev.PYTHON), str(dev.ROOT / "main.py"), "check", "--json"]]


def test_check_fails_when_any_tool_fails(started):
    commands, codes = started
    codes["format"] = 1
    assert dev.check([]) == 1
    assert commands[-1][-1] == "mypy"


def test_every_line_of_the_lock_is_pinned_and_hashed():
    entries = re.split(r"\n(?=\S)", LOCK.strip())
    assert len(entries) > 40
    assert [entry for entry in entries if not re.match(r"[\w.-]+==\S+.* \\\n +--hash=sha256:", entry)] == []


def test_the_lock_names_no_address():
    assert "://" not in LOCK
    assert "--index" not in LOCK


@pytest.mark.parametrize("name", ["program", "development"])
def test_what_we_ask_for_is_what_the_lock_has(name):
    asked = (dev.LOCK.parent / f"{name}.in").read_text(encoding="utf-8")
    pins = set(re.findall(r"^\S+==\S+", asked.lower(), re.MULTILINE))
    assert pins
    assert pins <= set(re.findall(r"^\S+==\S+", LOCK, re.MULTILINE))


def test_every_dependency_earns_its_line():
    reasons = (dev.ROOT / "docs/decisions/0003-dependencies.md").read_text(encoding="utf-8")
    asked = "".join((dev.LOCK.parent / f"{name}.in").read_text(encoding="utf-8") for name in ("program", "development"))
    assert [name for name in re.findall(r"^([\w-]+)==", asked, re.MULTILINE) if f"| {name} |" not in reasons] == []


def test_the_wheels_page_is_of_this_lock():
    page = (dev.ROOT / "docs/wheels.md").read_text(encoding="utf-8")
    locked = re.findall(r"^([\w.-]+)==", LOCK, re.MULTILINE)
    assert [name for name in locked if name not in page and name != "macholib"] == []  # macholib is for macOS alone


def test_ci_runs_the_tests_and_the_checks_and_nothing_else():
    lines = (dev.ROOT / ".ci/run").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if "python" in line] == ["python3 dev.py test", "python3 dev.py check"]


def test_a_test_has_no_network():
    with socket.socket() as talker, pytest.raises(pytest.fail.Exception, match="network"):
        talker.connect(("192.0.2.1", 80))


def test_a_test_has_folders_of_its_own(user_folders):
    assert Path(platformdirs.user_data_dir("any")).is_relative_to(user_folders)


def test_the_bundle_needs_the_tools_and_what_the_window_needs(monkeypatch, started):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(dev, "loads", lambda _: False)
    monkeypatch.setattr(dev.shutil, "which", lambda name: None if name == "objdump" else name)
    monkeypatch.delenv("DISPLAY", raising=False)
    assert {"binutils", "libegl1", "libxcb-cursor0"} <= set(dev.missing_packages("bundle"))
    assert "binutils" not in dev.missing_packages("test")
    commands, codes = started
    codes["bundle"] = 1
    assert dev.bundle(["--built"]) == 1
    assert commands[-1][1:] == ["-m", "bundle", "--built"]
