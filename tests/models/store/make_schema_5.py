"""Makes tests/data/store/schema-5.sqlite, a file as the program wrote it when 5 was the newest schema.

``python -m tests.models.store.make_schema_5 schema-5.sqlite``, run with the code of that time (the last commit whose SCHEMA is
5): what a later version must open is what that one left on people's disks, so the file is kept and never made anew.
"""

from __future__ import annotations

import sys
from fractions import Fraction
from pathlib import Path

from models.store.batches import batch
from models.store.file import DataFile
from models.store.tables import SCHEMA
from models.store.versions import keep_version
from models.store.zones import create_zone
from tests.models.store.made import YEAR, ZONE, enterprises, typed

WORKBOOK = b"PK\x00\xff"


def make(path: Path) -> None:
    """A zone, enterprises, and a version with its workbook that was sent back."""
    assert SCHEMA == 5
    with DataFile(path, who="录入员") as file:
        file.host = "pc"
        create_zone(file, ZONE, "赣州经济技术开发区")
        first, *_ = enterprises(file)
        with batch(file, ZONE, "签发", "签发 一份报表") as work:
            said = {
                "pack": "台办",
                "version": 1,
                "state": "退回",
                "issued_at": "2025-12-31T08:00:00",
                "opinion": "缺附表",
            }
            keep_version(work, YEAR, {"TW02": Fraction(7)}, said, workbook=WORKBOOK)
        typed(file, first, tel="1")


if __name__ == "__main__":
    make(Path(sys.argv[1]))
