"""docs/adding.md does what it says: every diff is applied to a copy of the program, and its commands run there."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = ("models", "exporters", "importers", "ui", "resources", "main.py")
PAGE = (ROOT / "docs" / "adding.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))


def fenced(section: str, kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```", section, re.MULTILINE | re.DOTALL)


def run(folder: Path, *command: str) -> str:
    """What a command says, on both outputs."""
    environment = os.environ | {"PYTHONPATH": str(folder), "PYTHONIOENCODING": "utf-8", "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        command, check=False, cwd=folder, env=environment, capture_output=True, encoding="utf-8", timeout=120
    )
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return done.stdout + done.stderr


def commands(console: str) -> Iterator[tuple[list[str], str]]:
    """Each command of a console and what it is told to say."""
    for part in re.split(r"^\$ ", console, flags=re.MULTILINE)[1:]:
        line, _, said = part.partition("\n")
        words = shlex.split(line)
        run = words[1:3] == ["dev.py", "run"]
        yield [sys.executable, *(["main.py", *words[3:]] if run else words[1:])], said


def pattern(said: str) -> str:
    """A regular expression of what is said: … is anything, several blanks are as one."""
    lines = [r"[\s\S]*?" if line == "…" else r"\s+".join(map(_words, line.split(" … "))) for line in said.splitlines()]
    return r"\A[\s\S]*?" + r"\s*".join(lines) + r"\s*\Z"


def _words(text: str) -> str:
    return r".*?".join(re.escape(part) for part in text.split("…")).replace(r"\ ", r"\s+") + ".*?"


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made-up zone of the program as it is."""
    folder = tmp_path_factory.mktemp("before")
    run(ROOT, sys.executable, "main.py", "--data", str(folder / "演示.db"), "demo")
    return folder / "演示.db"


def form(section: str, path: Path) -> None:
    """The form of a new return, from the table of its cells."""
    cells = re.findall(r"^\| ([A-Z]\d) \| (.+) \|$", section, re.MULTILINE)
    book = openpyxl.Workbook()
    book.active.title = "表1"
    for cell, text in cells:
        book.active[cell] = text
    assert cells
    book.save(path)


@pytest.mark.skipif(shutil.which("git") is None, reason="a diff is applied by git, which is not installed here")
@pytest.mark.parametrize("title", SECTIONS)
def test_what_the_page_says_is_so(tmp_path: Path, before: Path, title: str) -> None:
    section, tree = SECTIONS[title], tmp_path / "tree"
    for name in PROGRAM:
        source, ignore = ROOT / name, shutil.ignore_patterns("__pycache__")
        shutil.copytree(source, tree / name, ignore=ignore) if source.is_dir() else shutil.copy(source, tree / name)
    (tree / "tests" / "data").mkdir(parents=True)
    shutil.copy(ROOT / "tests" / "data" / "ledger_fields.csv", tree / "tests" / "data")
    shutil.copy(before, tree / "演示.db")
    for number, diff in enumerate(fenced(section, "diff")):
        (tmp_path / f"{number}.diff").write_text(diff, encoding="utf-8")
        applied = subprocess.run(
            ("git", "apply", "--unidiff-zero", str(tmp_path / f"{number}.diff")),
            check=False,
            cwd=tree,
            capture_output=True,
            encoding="utf-8",
        )
        assert not applied.returncode, f"{title}: {applied.stderr}"
    if "return.xlsx" in section:
        form(section, tree / "resources" / "packs" / "季报" / "return.xlsx")
    for command, said in commands("".join(fenced(section, "console"))):
        told = run(tree, *command)
        assert re.search(pattern(said), told), f"{command}\n{told}"


def test_every_kind_of_addition_is_shown() -> None:
    assert list(SECTIONS) == ["A field", "A rule", "An indicator", "A code list", "A return"]
    assert all(fenced(section, "diff") and fenced(section, "console") for section in SECTIONS.values())
