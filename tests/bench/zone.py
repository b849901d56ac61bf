"""A zone for the benchmarks of the window: a name and code for each enterprise, and its row of 经济数据 in some periods."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from models import uscc
from models.kinds import Quantity
from models.ledgers.economy import ECONOMY
from models.ledgers.enterprise import ENTERPRISE
from models.periods import Period
from models.store.batches import batch
from models.store.file import DataFile
from models.store.zones import create_zone

ZONE, NOW = "G361003", Period(2025)
MONEY = [field for field in ECONOMY.stored if isinstance(field.kind, Quantity) and field.kind.unit == "万元"]


def make(path: Path, enterprises: int, periods: Sequence[Period] = (NOW,), fields: int = 12) -> None:
    """Write the file: ``fields`` figures in each row."""
    shown = MONEY[:fields]
    with DataFile(path, who="录入员") as file:
        create_zone(file, ZONE, "赣州经济技术开发区")
        names = [(uscc.make("91", "360703", f"M{n:07}"), f"赣州第{n}号电子科技有限公司") for n in range(enterprises)]
        with batch(file, ZONE, "导入", "名录") as work:
            firms = work.insert(ENTERPRISE, ["uscc", "ent_name"], names)
        columns = ["ent", "year", "form", "seq", *(field.id for field in shown)]
        for period in periods:
            when = (period.year, period.form, period.seq)
            rows = [(firm, *when, *(_amount(n, period.year, k) for k in range(fields))) for n, firm in enumerate(firms)]
            with batch(file, ZONE, "导入", f"经济数据 {period}") as work:
                work.insert(ECONOMY, columns, rows)


def _amount(firm: int, year: int, field: int) -> int:
    return (firm * 7919 + year * 104729 + field * 1299709) % 10**9
