from __future__ import annotations

import pytest

from models.store.file import DataFile
from tests.models.store.made import empty


@pytest.fixture
def file(tmp_path):
    (tmp_path / "园区.db").write_bytes(empty())
    with DataFile(tmp_path / "园区.db", who="录入员") as opened:
        yield opened
