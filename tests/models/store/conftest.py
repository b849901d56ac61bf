from __future__ import annotations

import pytest

from models.store.file import DataFile


@pytest.fixture
def file(tmp_path):
    with DataFile(tmp_path / "园区.db", who="录入员") as opened:
        yield opened
