"""One typed cell with its history, through the one door, against the same statements sent to sqlite3 in one transaction."""

from __future__ import annotations

import itertools
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from models.ledgers import BY_ID
from models.store.batches import batch
from models.store.file import DataFile

ROWS = 5_000
CELLS = 500
GOAL = 6
ZONE = "G361003"
Work = Callable[[int], None]
_numbers = itertools.count(1)
READ = "SELECT id, raw, tel FROM enterprise WHERE zone_code = ? AND id = ?"
WRITE = "UPDATE enterprise SET tel = ?, raw = ? WHERE zone_code = ? AND id = ?"
LAST = "SELECT max(no) FROM batch"
BATCH = "INSERT INTO batch VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
CHANGE = "INSERT INTO change VALUES (?, ?, ?, ?, ?, ?, ?)"


def measure() -> list[dict[str, object]]:
    """Seconds for one cell, durable when it returns: by the clock, which mostly waits for the disk, and of the processor."""
    ledger = BY_ID["enterprise"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cell.db"
        with DataFile(path) as file, batch(file, ZONE, "导入", "名录") as work:
            names = [(f"企业{n}", f"{n:018}") for n in range(ROWS)]
            rows = work.insert(ledger, ["ent_name", "uscc"], names)
        plain = Path(folder) / "plain.db"
        shutil.copy(path, plain)
        raw = sqlite3.connect(plain, isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            raw.execute(f"PRAGMA {pragma}")
        with DataFile(path) as file:

            def ours(n: int) -> None:
                with batch(file, ZONE, "录入", "改 企业 · 联系电话") as work:
                    work.set(ledger, rows[n % ROWS], {"tel": f"0797-{n}"})

            def floor(n: int) -> None:
                row = rows[n % ROWS]
                raw.execute("BEGIN IMMEDIATE")
                raw.execute(READ, (ZONE, row)).fetchall()
                raw.execute(WRITE, (f"0797-{n}", None, ZONE, row))
                no = raw.execute(LAST).fetchone()[0] + 1
                meta = ("2025-01-01T00:00:00.000", "录入员", "pc", "录入", "改 企业 · 联系电话", None, None, None)
                raw.execute(BATCH, (ZONE, no, row, *meta))
                raw.execute(CHANGE, (ZONE, no, "enterprise", row, 1, f'{{"tel":[null,"0797-{n}"]}}', None))
                raw.execute("COMMIT")

            ours(0)
            results = [_compare(ours, floor, clock) for clock in (time.perf_counter, time.process_time)]
        raw.close()
    name = "改一格含历史记录 / 同样几条语句直接用 sqlite3"
    return [
        {"name": f"{name}{unit}", "measured": mine, "floor": least, "ratio": mine / least, "goal": GOAL}
        for unit, (mine, least) in zip(("", "(只算处理器时间)"), results, strict=True)
    ]


def _compare(ours: Work, floor: Work, clock: Callable[[], float]) -> tuple[float, float]:
    """The median time of each, done in turn cell by cell so that a busy disk is busy for both."""
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(CELLS):
        n = next(_numbers)
        for work, times in zip((ours, floor), taken, strict=True):
            before = clock()
            work(n)
            times.append(clock() - before)
    return statistics.median(taken[0]), statistics.median(taken[1])


if __name__ == "__main__":
    print(measure())
