from __future__ import annotations

import pytest

from models.store.file import DataFile
from models.store.zones import create_zone
from tests.importers.merge.made import ZONE


@pytest.fixture
def file(tmp_path):
    with DataFile(tmp_path / "园区.db", who="录入员") as opened:
        create_zone(opened, ZONE, "赣州经济技术开发区")
        yield opened
