"""Makes tests/data/store/schema-1.sqlite, a file as the first version of the program wrote it.

``python -m tests.models.store.make_schema_1``
The file is kept, not made anew for each run: what a later version must open is what an earlier one left on people's disks.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from models.store.migrations import upgrade
from models.store.sqlite import discard, put_in_place
from models.store.values import dumps

FILE = Path(__file__).resolve().parents[2] / "data" / "store" / "schema-1.sqlite"
ZONE = "G361003"


def _id(number: int) -> bytes:
    return bytes.fromhex("0190000000007000800000000000") + number.to_bytes(2)


def _put(connection: sqlite3.Connection, table: str, **values: object) -> None:
    names, marks = ", ".join(f'"{name}"' for name in values), ", ".join("?" * len(values))
    connection.execute(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', tuple(values.values()))


def _batch(
    connection: sqlite3.Connection, no: int, kind: str, title: str, changes: list[tuple[str, int, int, object]]
) -> None:
    meta = {"at": f"2025-01-0{no}T08:00:00.000", "who": "录入员", "host": "pc", "kind": kind, "title": title}
    _put(connection, "batch", zone_code=ZONE, no=no, id=_id(100 + no), **meta)
    for ledger, row, op, data in changes:
        told = dumps(data) if data else None
        _put(connection, "change", zone_code=ZONE, batch=no, ledger=ledger, row=_id(row), op=op, data=told)


def make(path: Path) -> None:
    """Two enterprises, one with figures and a text kept as typed, one edit, one removal; in three batches."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name("making.db")
    discard(fresh)
    upgrade(fresh, 0, 1)
    with closing(sqlite3.connect(fresh)) as connection, connection:
        raw = dumps({"open_date": "去年"})
        _put(connection, "enterprise", id=_id(1), zone_code=ZONE, ent_name="甲厂", tel="0797-2", raw=raw)
        _put(
            connection, "ent_period", id=_id(2), zone_code=ZONE, year=2024, form="Y", seq=0, ent=_id(1), rev=864_200_000
        )
        _batch(
            connection,
            1,
            "导入",
            "导入名录",
            [("enterprise", 1, 0, None), ("enterprise", 3, 0, None), ("ent_period", 2, 0, None)],
        )
        edit = {"tel": ["0797-1", "0797-2"], "open_date": [None, {"raw": "去年"}]}
        _batch(connection, 2, "录入", "改 甲厂", [("enterprise", 1, 1, edit)])
        _batch(connection, 3, "删除", "删除 乙厂", [("enterprise", 3, 2, {"ent_name": ["乙厂", None]})])
    put_in_place(fresh, path)


if __name__ == "__main__":
    make(FILE)
