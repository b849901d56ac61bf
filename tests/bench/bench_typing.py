"""One typed figure, its history and its row's rules, against the same statements sent to sqlite3 in one transaction."""

from __future__ import annotations

import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy.dialects import sqlite

from models.demo import fill
from models.formula.wide import register
from models.ledgers import ledger
from models.packs.pack import pack
from models.periods import Period
from models.rules import Scene, rule_set
from models.store.batches import batch
from models.store.file import DataFile
from tests.bench.bench_cell import BATCH, CHANGE, LAST

CELLS = 200
GOAL = 6
ZONE = "360701"
READ = "SELECT id, raw, note FROM ent_period WHERE zone_code = ? AND id = ?"
WRITE = "UPDATE ent_period SET note = ?, raw = ? WHERE zone_code = ? AND id = ?"


def measure() -> list[dict[str, object]]:
    """Seconds for one cell of 经济数据 of a zone of 1,000 enterprises, durable and audited when it returns."""
    scene = Scene(ZONE, Period(2025), date(2026, 1, 5))
    economy, rules = ledger("经济数据"), rule_set(pack("台办"))
    group = rules.group(economy)
    assert group is not None
    with tempfile.TemporaryDirectory() as folder:
        path, plain = Path(folder) / "typing.db", Path(folder) / "plain.db"
        with DataFile(path) as file:
            fill(file, enterprises=1000, years=2, zone="")
            with file.reading() as connection:
                rows = connection.exec_driver_sql("SELECT id FROM ent_period WHERE year = 2025").scalars().all()
        shutil.copy(path, plain)
        raw = _raw(plain)
        given = group.query.bind([ZONE], scene.period, scene.today, [rows[0]])
        statement, first = _compiled(group.query.verdicts(single=True), given)
        with DataFile(path) as file:

            def ours(n: int) -> None:
                row = rows[n % len(rows)]
                with batch(file, ZONE, "录入", "改 经济数据 · 备注说明") as work:
                    work.set(economy, row, {"note": f"二期产线投产,新增产能 {n} 亿元"})
                with file.reading() as connection:
                    rules.ask(connection, scene, {economy.id: [row]})

            def floor(n: int) -> None:
                row = rows[n % len(rows)]
                note = f"二期产线投产,新增产能 {n} 亿元"
                values = [row if value == rows[0] else value for value in first]
                raw.execute("BEGIN IMMEDIATE")
                raw.execute(READ, (ZONE, row)).fetchall()
                raw.execute(WRITE, (note, None, ZONE, row))
                no = raw.execute(LAST).fetchone()[0] + 1
                meta = ("2025-01-01T00:00:00.000", "录入员", "pc", "录入", "改 经济数据 · 备注说明", None, None, None)
                raw.execute(BATCH, (ZONE, no, row, *meta))
                raw.execute(CHANGE, (ZONE, no, "ent_period", row, 1, f'{{"note":[null,"{note}"]}}', None))
                raw.execute(statement, values).fetchall()
                raw.execute("COMMIT")

            ours(0)
            mine, least = _compare(ours, floor)
        raw.close()
    name = f"改一格含历史记录和本行 {len(group.rules)} 条规则 / 同样几条语句在 sqlite3 的一个事务里"
    return [{"name": name, "measured": mine, "floor": least, "ratio": mine / least, "goal": GOAL}]


def _compiled(statement: Any, given: dict[str, object]) -> tuple[str, list[object]]:
    """The statement as SQL text and its values in order."""
    made = statement.compile(dialect=sqlite.dialect(paramstyle="qmark"))
    state = made.construct_expanded_state(given)
    return state.statement, [state.parameters[name] for name in state.positiontup]


def _raw(path: Path) -> sqlite3.Connection:
    raw = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        raw.execute(f"PRAGMA {pragma}")
    register(raw)
    return raw


def _compare(ours: Callable[[int], None], floor: Callable[[int], None]) -> tuple[float, float]:
    taken: tuple[list[float], list[float]] = ([], [])
    for n in range(1, CELLS):
        for work, times in zip((ours, floor), taken, strict=True):
            before = time.perf_counter()
            work(n)
            times.append(time.perf_counter() - before)
    return statistics.median(taken[0]), statistics.median(taken[1])
