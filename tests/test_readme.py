"""What README shows of the demonstration year is what comes out of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import dev
from ui.commands.run import run_command

CODE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}")


def shown() -> list[str]:
    """README's lines between the marks that stand for the demonstration, remarks in English left out."""
    text = (dev.ROOT / "README.md").read_text(encoding="utf-8")
    block = text[text.index("<!-- demonstration") : text.index("From your own Excel")]
    lines = [re.sub(r"  +\([a-z ].*\)$", "", line.strip()) for line in block.splitlines() if line.startswith("    ")]
    return [CODE.sub("code", line) for line in lines]


def test_readme_shows_what_comes_out(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    told = shown()
    monkeypatch.setattr(dev, "DEMO", tmp_path / "演示")
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "call", lambda _, __, *words: run_command(words))
    monkeypatch.chdir(tmp_path)
    assert dev.demonstration_year() == 0
    out = CODE.sub("code", capsys.readouterr().out)
    parts = [part.strip() for line in told for part in line.split("…")]
    assert len(parts) > 15
    assert [part for part in parts if part not in out] == []
