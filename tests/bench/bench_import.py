"""100,000 rows × 30 columns into 经济数据, against calamine's reading and executemany of the same cells into a plain table.

The import finds the heading, matches the columns, resolves 5,000 enterprises, converts every cell exactly, previews, writes
rows, keys, marks and history in one transaction. Both end in a file with WAL and synchronous=FULL.
"""

from __future__ import annotations

import sqlite3
import tempfile
import time
from contextlib import closing
from pathlib import Path

import openpyxl
from python_calamine import CalamineWorkbook

from importers.merge import run_import
from models import uscc
from models.kinds import Quantity
from models.ledgers.economy import ECONOMY
from models.ledgers.enterprise import ENTERPRISE
from models.store.batches import batch
from models.store.file import DataFile
from models.store.zones import create_zone

ENTERPRISES, PERIODS = 5_000, [f"{year}-{month:02}" for year in (2023, 2024) for month in range(1, 11)]
FIELDS = [field for field in ECONOMY.stored if isinstance(field.kind, Quantity) and field.kind.unit == "万元"][:27]
ZONE, TIMES, SIZE = "G361003", 3.0, 2.5


def measure(repeats: int = 3) -> list[dict[str, object]]:
    """Time and growth of the file, each with its floor: the best of turns, for what else the machine does only adds."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "经济数据.xlsx"
        _write(path)
        ours, floors = [], []
        for turn in range(repeats):
            floors.append(_plain(path, Path(folder) / f"plain{turn}.db"))
            ours.append(_import(path, Path(folder) / f"ours{turn}.db"))
    seconds, plain = (min(taken for taken, _ in found) for found in (ours, floors))
    size, least = (min(grown for _, grown in found) for found in (ours, floors))
    what = f"导入 {len(PERIODS) * ENTERPRISES:,} 行 × 30 列"
    return [
        {"name": f"{what}(比 calamine 读 + executemany)", "measured": seconds, "floor": plain, "ratio": seconds / plain, "goal": TIMES},
        {"name": f"{what}后文件增大(MB,比原样一张表)", "measured": size, "floor": least, "ratio": size / least, "goal": SIZE},
    ]  # fmt: skip


def _enterprises() -> list[tuple[str, str]]:
    return [
        (uscc.make("91", "360703", f"MA{number:06}"), f"赣州第{number}号电子科技有限公司")
        for number in range(ENTERPRISES)
    ]


def _write(path: Path) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("经济数据")
    sheet.append(["统一社会信用代码", "单位详细名称", "报告期", *(f"{field.label}(万元)" for field in FIELDS)])
    for number, (code, name) in enumerate(_enterprises()):
        for month, period in enumerate(PERIODS):
            sheet.append(
                [
                    code,
                    name,
                    period,
                    *(((number * 7919 + month * 104729 + n * 1299709) % 10**8) / 100 for n in range(len(FIELDS))),
                ]
            )
    book.save(path)


def _import(source: Path, path: Path) -> tuple[float, float]:
    with DataFile(path) as file:
        create_zone(file, ZONE, "赣州经济技术开发区")
        with batch(file, ZONE, "录入", "企业") as work:
            work.insert(ENTERPRISE, ["uscc", "ent_name"], _enterprises())
    before = _size(path)
    with DataFile(path) as file:
        start = time.perf_counter()
        result = run_import(file, source, ECONOMY, ZONE)
        seconds = time.perf_counter() - start
    assert result.counts.new == result.counts.rows == ENTERPRISES * len(PERIODS)
    assert not result.counts.kept
    return seconds, _size(path) - before


def _plain(source: Path, path: Path) -> tuple[float, float]:
    start = time.perf_counter()
    rows = CalamineWorkbook.from_path(source).get_sheet_by_index(0).to_python()[1:]
    columns = ", ".join(f"c{number}" for number in range(len(rows[0])))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute(f"CREATE TABLE plain ({columns})")
        connection.executemany(f"INSERT INTO plain VALUES ({', '.join('?' * len(rows[0]))})", rows)
        connection.commit()
        seconds = time.perf_counter() - start
    return seconds, _size(path)


def _size(path: Path) -> float:
    """The file in MB once all that waits beside it is in it."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path.stat().st_size / 1e6
