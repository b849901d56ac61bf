"""What the window's start loads, asked of a Python of its own: nothing that can wait, and Python's import as it was."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
START = """
import builtins, json, linecache, sys
before = builtins.__import__
from ui.ahead import load_qt
load_qt()
import ui.app
print(json.dumps([builtins.__import__ is before, sorted(linecache.cache), sorted(sys.modules)]))
"""


@pytest.fixture(scope="module")
def started():
    done = subprocess.run([sys.executable, "-c", START], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not done.stderr
    return json.loads(done.stdout)


def test_python_imports_as_without_pyside(started):
    as_before, sources, _ = started
    assert as_before
    assert not [each for each in sources if each.startswith(str(ROOT / "ui"))]


@pytest.mark.parametrize(
    "later",
    [
        "models.formula.rows",  # the compiler of formulas
        "models.store.holding",
        "ui.help.reader",
        "ui.pages.start",
        "ui.pages.recovery",
        "ui.pages.home",
        "ui.printing",
        "ui.commands.run",
        "exporters.page",
        "importers.reading",
        "openpyxl",
        "lxml",
        "matplotlib",
    ],
)
def test_what_can_wait_is_not_loaded(later, started):
    assert "ui.pages.ledger" in started[2]
    assert later not in started[2]
