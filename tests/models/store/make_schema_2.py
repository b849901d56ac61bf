"""Makes tests/data/store/schema-2.sqlite, a file as the program wrote it when 2 was the newest schema.

``python -m tests.models.store.make_schema_2 schema-2.sqlite``, run with the code of that time (the last commit whose SCHEMA is
2): what a later version must open is what that one left on people's disks, so the file is kept and never made anew.
"""

from __future__ import annotations

import sys
from pathlib import Path

from models.periods import Period
from models.store.batches import batch
from models.store.file import DataFile
from models.store.history import undo
from models.store.tables import SCHEMA
from models.store.zones import create_zone
from tests.models.store.made import (
    CAPITAL_IN,
    ECONOMY,
    ENTERPRISE,
    ENTERPRISE_YEAR,
    YEAR,
    YOUTH,
    ZONE,
    enterprises,
    typed,
)


def make(path: Path) -> None:
    """A zone, enterprises from an imported table, figures, a person, an amount, an edit, a removal and a step taken back."""
    assert SCHEMA == 2
    with DataFile(path, who="录入员") as file:
        file.host = "pc"
        create_zone(file, ZONE, "赣州经济技术开发区")
        first, second, third = enterprises(file)
        with batch(file, ZONE, "录入", "数据") as work:
            work.add(ENTERPRISE_YEAR, {"ent": first, "is_up": 1, "op_state": "1"}, YEAR)
            work.add(ECONOMY, {"ent": first, "rev": 864_200_000, "profit": -5, "emp_end": 12}, Period(2024))
            work.add(YOUTH, {"ty_id": "1", "name": "王小明", "id_no": "12345678", "ent": second, "birth": 199911})
            work.add(CAPITAL_IN, {"proof_no": "回单1", "ent": second, "in_date": 20250301, "amt_usd": 300_000})
        typed(file, second, tel="0797-1234567", open_date=20231100)
        with batch(file, ZONE, "删除", "删一行") as work:
            work.remove(ENTERPRISE, [third])
        typed(file, first, tel="1")
        undo(file)


if __name__ == "__main__":
    make(Path(sys.argv[1]))
