"""Makes tests/data/store/schema-6.sqlite, a file as the program wrote it when 6 was the newest schema.

``python -m tests.models.store.make_schema_6 schema-6.sqlite``, run with the code of that time (the last commit whose SCHEMA is
6): what a later version must open is what that one left on people's disks, so the file is kept and never made anew.
"""

from __future__ import annotations

import sys
from fractions import Fraction
from pathlib import Path

from models.store.batches import batch
from models.store.choices import OFF, choose
from models.store.file import DataFile
from models.store.tables import SCHEMA
from models.store.versions import keep_version
from models.store.zones import create_zone
from tests.models.store.made import YEAR, ZONE, enterprises, typed


def make(path: Path) -> None:
    """A zone, enterprises, a version that was accepted, and a rule that is switched off."""
    assert SCHEMA == 6
    with DataFile(path, who="录入员") as file:
        file.host = "pc"
        create_zone(file, ZONE, "赣州经济技术开发区")
        first, *_ = enterprises(file)
        with batch(file, ZONE, "审核设置", "停用 P014") as work:
            choose(work, ["台办"], "P014", OFF, "县里统一另行核对")
        with batch(file, ZONE, "签发", "签发 一份报表") as work:
            said = {"pack": "台办", "version": 1, "state": "验收", "issued_at": "2025-12-31T08:00:00"}
            keep_version(work, YEAR, {"TW02": Fraction(7)}, said)
        typed(file, first, tel="1")


if __name__ == "__main__":
    make(Path(sys.argv[1]))
