"""What commands print where the terminal has few characters, and what is said of a fault of the program itself."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from ui.commands.run import run_command

RETURN = ("--pack", "台办", "--period", "2025")


@pytest.fixture
def made(tmp_path: Path) -> Path:
    path = tmp_path / "演示.db"
    assert run_command(["demo", "--data", str(path)]) == 0
    return path


def test_characters_the_terminal_has_not(monkeypatch: pytest.MonkeyPatch, made: Path) -> None:
    for encoding in ("ascii", "gbk"):
        terminal = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
        monkeypatch.setattr(sys, "stdout", terminal)
        assert run_command(["--data", str(made), "audit", *RETURN]) == 1
        terminal.flush()
        assert terminal.buffer.getvalue()  # type: ignore[attr-defined]


def test_json_is_utf8_everywhere(monkeypatch: pytest.MonkeyPatch, made: Path) -> None:
    terminal = io.TextIOWrapper(io.BytesIO(), encoding="gbk")
    monkeypatch.setattr(sys, "stdout", terminal)
    assert run_command(["--data", str(made), "indicators", *RETURN, "--json"]) == 0
    terminal.flush()
    assert json.loads(terminal.buffer.getvalue().decode("utf-8"))[0]["name"] == "两年内新入驻台资项目数"  # type: ignore[attr-defined]


def test_a_fault_of_the_program_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("nought")

    monkeypatch.setattr("ui.commands.packs.pack_ids", broken)
    assert run_command(["pack", "list"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "ZeroDivisionError nought" in line
    assert "test_terminal.py:" in line
