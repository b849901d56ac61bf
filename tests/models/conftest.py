"""What several tests of the models start from."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from models.packs.pack import BUILT_IN


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the pack 台办 that may be broken."""
    return Path(shutil.copytree(BUILT_IN / "台办", tmp_path / "台办"))
