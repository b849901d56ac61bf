"""docs/store.md against the code."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "store.md").read_text(encoding="utf-8")


def test_every_module_is_on_the_page():
    modules = {path.stem for path in (ROOT / "models" / "store").glob("*.py")} - {"__init__"}
    named = set(re.findall(r"`(\w+)`", PAGE))
    assert modules - named == set()


def test_every_test_named_there_exists():
    named = set(re.findall(r"`(test_\w+)\.py`", PAGE))
    assert len(named) > 5
    assert {name for name in named if not (ROOT / "tests" / "models" / "store" / f"{name}.py").exists()} == set()
