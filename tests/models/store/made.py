"""Small data files for the tests of the store."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from models.ledgers import BY_ID
from models.periods import Period
from models.store.batches import batch
from models.store.file import DataFile

ZONE = "G361003"
YEAR = Period(2025)
ENTERPRISE, ENTERPRISE_YEAR, ECONOMY = BY_ID["enterprise"], BY_ID["enterprise_year"], BY_ID["ent_period"]
YOUTH, CAPITAL_IN, TW = BY_ID["tw_youth"], BY_ID["capital_in"], BY_ID["tw_ent"]


@cache
def empty() -> bytes:
    """A new data file, made once."""
    with tempfile.TemporaryDirectory() as folder:
        DataFile(Path(folder) / "a.db").close()
        return (Path(folder) / "a.db").read_bytes()


def enterprises(file: DataFile, amount: int = 3, title: str = "导入名录") -> list[bytes]:
    """A batch that brings in some enterprises."""
    rows = [(f"企业{n}", f"9136{n:014}") for n in range(amount)]
    with batch(file, ZONE, "导入", title, {"file": "名录.xlsx"}) as work:
        return work.insert(ENTERPRISE, ["ent_name", "uscc"], rows, list(range(2, amount + 2)))


def typed(file: DataFile, row: bytes, ledger=ENTERPRISE, **values) -> int | None:
    """A batch of one typed row; its number."""
    with batch(file, ZONE, "录入", "改") as work:
        work.set(ledger, row, values)
    return work.no


def filled(path: Path) -> Path:
    """A closed file with a little of everything; all that this makes in one run are byte for byte alike."""
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(_filled())
    return path


@cache
def _filled() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return fill(Path(folder) / "a.db").read_bytes()


def fill(path: Path) -> Path:
    """A new file with two enterprises, their figures, a person, an edit and a removal."""
    with DataFile(path, who="录入员") as file:
        first, second, third = enterprises(file)
        with batch(file, ZONE, "录入", "数据") as work:
            work.add(ENTERPRISE_YEAR, {"ent": first, "is_up": 1, "op_state": "1"}, YEAR)
            work.add(ECONOMY, {"ent": first, "rev": 864_200_000, "profit": -5, "emp_end": 12}, YEAR)
            work.add(YOUTH, {"ty_id": "1", "name": "王小明", "id_no": "12345678", "ent": second, "birth": 199911})
        typed(file, second, tel="0797-1234567", open_date=20231100)
        with batch(file, ZONE, "删除", "删一行") as work:
            work.remove(ENTERPRISE, [third])
    return path
