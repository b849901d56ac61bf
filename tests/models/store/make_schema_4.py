"""Makes tests/data/store/schema-4.sqlite, a file as the program wrote it when 4 was the newest schema.

``python -m tests.models.store.make_schema_4 schema-4.sqlite``, run with the code of that time (the last commit whose SCHEMA is
4): what a later version must open is what that one left on people's disks, so the file is kept and never made anew.
"""

from __future__ import annotations

import sys
from fractions import Fraction
from pathlib import Path

from models.ledgers import BY_ID
from models.periods import Period
from models.store.batches import batch
from models.store.file import DataFile
from models.store.history import undo
from models.store.tables import SCHEMA
from models.store.versions import keep_version
from models.store.zones import create_zone
from tests.models.store.made import ECONOMY, ENTERPRISE, ENTERPRISE_YEAR, YEAR, ZONE, enterprises, typed


def make(path: Path) -> None:
    """A zone, enterprises with figures, land and a project month, a version, a hand-filled cell, an edit, a removal, a step taken back."""
    assert SCHEMA == 4
    with DataFile(path, who="录入员") as file:
        file.host = "pc"
        create_zone(file, ZONE, "赣州经济技术开发区")
        first, second, third = enterprises(file)
        with batch(file, ZONE, "录入", "数据") as work:
            work.add(ENTERPRISE_YEAR, {"ent": first, "is_up": 1, "op_state": "1"}, YEAR)
            work.add(ECONOMY, {"ent": first, "rev": 864_200_000, "profit": -5, "emp_end": 12}, YEAR)
            (parcel,) = work.insert(BY_ID["parcel"], ["parcel_no"], [("G-1",)])
            work.add(BY_ID["parcel_use"], {"parcel": parcel, "ent": second, "from_date": 20250101})
            (project,) = work.insert(BY_ID["project"], ["proj_no", "proj_name"], [("X-1", "一号项目")])
            work.add(BY_ID["project_month"], {"proj": project, "inv_cum": 5_000_000}, Period(2025, "M", 9))
        with batch(file, ZONE, "签发", "签发 一份报表") as work:
            said = {"pack": "台办", "version": 1, "state": "签发", "issued_at": "2025-12-31T08:00:00"}
            keep_version(work, YEAR, {"TW02": Fraction(7)}, said)
            work.add(BY_ID["sheet_entry"], {"pack": "台办", "item": "绿色通道件数", "amount": 120_000}, YEAR)
        typed(file, second, tel="0797-1234567", open_date=20231100)
        with batch(file, ZONE, "删除", "删一行") as work:
            work.remove(ENTERPRISE, [third])
        typed(file, first, tel="1")
        undo(file)


if __name__ == "__main__":
    make(Path(sys.argv[1]))
