"""The audit after one typed figure, of its row's rules and with the sums that read it, against the zone's whole audit."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

from models.audit import audit, judged
from models.audit_again import audited_again
from models.demo import fill
from models.ledgers import ledger
from models.packs.pack import pack
from models.periods import Period
from models.rules import Scene
from models.store.batches import batch
from models.store.changed import latest
from models.store.file import DataFile

ENTERPRISES, RUNS = 5000, 5
ZONE = "360701"
T = TypeVar("T")
ROW_GOAL, SUMS_GOAL = 0.02, 0.25


def measure() -> list[dict[str, object]]:
    """Processor seconds after one figure of 经济数据 of a zone of 5,000 enterprises: 营业收入, which sums and last year's rules read."""
    period, today, of, economy = Period(2025), date(2026, 1, 5), pack("台办"), ledger("经济数据")
    with tempfile.TemporaryDirectory() as folder, DataFile(Path(folder) / "touched.db") as file:
        fill(file, enterprises=ENTERPRISES, years=2, zone="")
        with file.reading() as connection:
            rows = connection.exec_driver_sql("SELECT id FROM ent_period WHERE year = 2025").scalars().all()
        taken: dict[str, list[float]] = {"whole": [], "row": [], "sums": []}

        def timed(name: str, work: Callable[[], T]) -> T:
            begin = time.process_time()
            made = work()
            taken[name].append(time.process_time() - begin)
            return made

        report = audit(file, of, [ZONE], period, today)
        for n in range(RUNS + 1):  # the first compiles
            with file.reading() as connection:
                before = latest(connection)
            with batch(file, ZONE, "录入", "改 经济数据 · 营业收入") as work:
                work.set(economy, rows[n], {"rev": 10_000_0000 + n})
            timed("row", partial(judged, file, of, Scene(ZONE, period, today), {economy.id: [rows[n]]}))
            again = timed("sums", partial(audited_again, file, report, [ZONE], before, today))
            report = timed("whole", partial(audit, file, of, [ZONE], period, today))
            if _told(again) != _told(report):
                raise AssertionError("the audit carried on and the whole audit differ")
    whole, row, sums = (statistics.median(taken[name][1:]) for name in ("whole", "row", "sums"))
    what = f"改一个营业收入后 / 全区 {ENTERPRISES:,} 家企业整个审核(处理器时间)"
    return [
        {"name": f"只审本行的规则，{what}", "measured": row, "floor": whole, "ratio": row / whole, "goal": ROW_GOAL},
        {
            "name": f"连读它的合计和下年规则，{what}",
            "measured": sums,
            "floor": whole,
            "ratio": sums / whole,
            "goal": SUMS_GOAL,
        },
    ]


def _told(report: object) -> list[tuple[str, bytes, str]]:
    return [(each.rule.id, each.row, each.message) for each in report.findings]  # type: ignore[attr-defined]
