"""The packs on a zone of 5,000 enterprises and ten years, each indicator and rule against SQL written by hand for the same.

The zone is the made-up one, then spoilt a little, so that some rows of every ledger break a rule, and filled in where it never has
what a pack asks for. The SQL by hand (``sql/``) has
one scan of each ledger for the indicators, and for the rules one statement a ledger that gives the ids of the rows that break
any; integers as they are stored. Both sides must find the same, exactly.

Ours are all values of the pack (``IndicatorSet``) and all verdicts, read, with the findings written (``RuleSet.ask`` and
``keep_findings``). Formulas are compiled before and statements built in the
first turn, once: a program that stands open has them (``indicator_set``, ``rule_set``).
All indicators of the packs (``PACKS``) and all rules of 台办 and 工信 are written by hand as this is; an indicator or a rule that is
added to a pack and not to ``sql/`` is worked out by us, not compared. The last line is of all figures of all packs: the sums of both.
Codes, phones and 说明 are checked by the same function on both sides, and the two roots taken by one.

The demonstration itself is made, and audited by 台办, in a process of its own, for its memory. Its floor is what a plain script
needs: a random number drawn for each figure, the same rows put into the same tables of a bare file by executemany, without history;
then the statements by hand. It is long and done once, so it is the processor's time that is measured, which other work moves less.
"""

from __future__ import annotations

import gc
import json
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from models.formula.binds import moments
from models.formula.wide import register
from models.indicators import indicator_set
from models.ledgers import LEDGERS, ledger
from models.packs.pack import Pack, pack
from models.periods import Period
from models.rules import Scene, rule_set
from models.store.file import DataFile
from models.store.findings import keep_findings
from tests.bench import by_hand
from tests.bench.filling import fill_in
from tests.bench.spoiling import spoil

ENTERPRISES, YEARS, SPOILT, RUNS = 5_000, 10, 0.04, 5
FIGURES, RULES, MADE, AUDITED, MEMORY = 3, 4, 5, 6, 400
ROOT = Path(__file__).parents[2]
ZONE, PERIOD, TODAY = "360701", Period(2025), date(2026, 1, 5)
# the packs, and the period that the figures of each are asked for
PACKS = {"台办": PERIOD, "工信": PERIOD, "南通": PERIOD, "赣州": PERIOD, "湖南": Period(2025, "M", 12)}
CHILD = """
import json, sys, time
from datetime import date
from pathlib import Path
from models.audit import audit
from models.demo import fill
from models.packs.pack import pack
from models.periods import Period
from models.store.file import DataFile

begin = time.process_time()
with DataFile(Path(sys.argv[1])) as file:
    zone = fill(file, enterprises=int(sys.argv[2]), years=int(sys.argv[3]))
    made = time.process_time()
    found = audit(file, pack("台办"), [zone["zone"]], Period(2025), date(2026, 1, 5)).findings
    end = time.process_time()
status = Path("/proc/self/status")
most = dict(line.split(":", 1) for line in status.read_text().splitlines())["VmHWM"].split()[0] if status.exists() else 0
told = {"made": made - begin, "audited": end - made, "memory": int(most) / 1024, "rows": zone["rows"]}
print(json.dumps(told | {"found": [(each.rule.id, each.ledger.id, each.row.hex()) for each in found]}))
"""


def measure() -> list[dict[str, object]]:
    """The demonstration made and audited, then the indicators and the rules of both packs."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "zone.db"
        told = json.loads(_run(CHILD, path, ENTERPRISES, YEARS))
        results = _demonstration(path, Path(folder) / "bare.db", told)
        with closing(sqlite3.connect(path)) as raw:
            spoil(raw, SPOILT)
            fill_in(raw)
        with DataFile(path) as file, closing(_reading(path)) as raw:
            taken = {id: _figures(file, raw, pack(id), period) for id, period in PACKS.items()}
            results += [line for line, _ in taken.values()]
            results += [_rules(file, raw, pack(id)) for id in ("台办", "工信")]
    ours, floor, many = (sum(each) for each in zip(*(times for _, times in taken.values()), strict=True))
    what = f"{len(PACKS)} 个报表包共 {many} 项指标，{ENTERPRISES:,} 家企业 / 手写 SQL(各包相加)"
    return [*results, _line(what, ours, floor, FIGURES)]


def given(period: Period) -> by_hand.Given:
    """What the statements by hand are asked with."""
    before = period.previous()
    asked: dict[str, str | int] = {"zone": ZONE, "form": period.form, "seq": period.seq, **moments(period, TODAY)}
    return asked | {"before_year": before.year, "before_seq": before.seq}


def _run(script: str, *words: object) -> str:
    asked = [sys.executable, "-c", script, *map(str, words)]
    return subprocess.run(asked, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def _demonstration(path: Path, bare: Path, told: dict[str, Any]) -> list[dict[str, object]]:
    """Made, audited, and the most memory of both (where the system tells it: Linux)."""
    rows, scripts = _rows(path)
    begin = time.process_time()
    _plain(bare, rows, scripts)
    filled = time.process_time() - begin
    with closing(_reading(bare)) as raw:
        begin = time.process_time()
        found = _failing(raw, pack("台办"))
        asked = time.process_time() - begin
    written = by_hand.rules_by_hand()
    if found != {(table, bytes.fromhex(row)) for rule, table, row in told["found"] if rule in written}:
        raise AssertionError("the audit and the rules by hand differ")
    what = f"演示园区 {ENTERPRISES:,} 家 × {YEARS} 年"
    script = "每个数抽一次随机数再 executemany"
    lines = [
        _line(f"{what}：编 {told['rows']:,} 行含历史 / {script}(处理器时间)", told["made"], filled, MADE),
        _line(f"{what}：台办审核含第一次编译和消息 / 手写 SQL 只取 id(处理器时间)", told["audited"], asked, AUDITED),
    ]
    if told["memory"]:
        lines.append(_line(f"{what}：编成并审核的内存峰值(MB) / {MEMORY} MB", told["memory"], MEMORY, 1))
    return lines


def _plain(path: Path, rows: dict[str, list[tuple[object, ...]]], scripts: list[str]) -> None:
    """Draw a number for each figure, and put the rows there are into a file."""
    chance = Random(1)
    with closing(sqlite3.connect(path)) as raw:
        for script in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", *scripts):
            raw.execute(script)
        for table, of in rows.items():
            drawn = (tuple([v if type(v) is not int else (chance.randrange(10**7), v)[1] for v in row]) for row in of)
            raw.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(of[0]))})", drawn)
        raw.commit()


def _rows(path: Path) -> tuple[dict[str, list[tuple[object, ...]]], list[str]]:
    """The rows of every ledger, and the statements that make its table and indexes."""
    with closing(sqlite3.connect(path)) as raw:
        rows = {each.id: raw.execute(f"SELECT * FROM {each.id}").fetchall() for each in LEDGERS}
        made = raw.execute(
            "SELECT tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type DESC"
        ).fetchall()
    return {table: found for table, found in rows.items() if found}, [sql for table, sql in made if table in rows]


def _reading(path: Path) -> sqlite3.Connection:
    raw = sqlite3.connect(path)
    register(raw)
    return raw


def _figures(
    file: DataFile, raw: sqlite3.Connection, of: Pack, period: Period
) -> tuple[dict[str, object], tuple[float, float, int]]:
    """The line of a pack's figures, and its times (ours, by hand) with how many figures it has."""
    compiled, statements, asked = indicator_set(of), by_hand.figure_statements(of.id), given(period)
    units = {each.id: each.unit for each in of.indicators}

    written = by_hand.figures(raw, statements, units, asked)

    def ours() -> object:
        with file.reading() as connection:
            values = compiled.values(connection, [ZONE], period, TODAY)
        return {id: value for id, value in values.items() if id in written}

    measured = _compare(ours, lambda: by_hand.figures(raw, statements, units, asked))
    line = _line(f"{of.id} {len(written)} 项指标，{ENTERPRISES:,} 家企业 / 手写 SQL", *measured, FIGURES)
    return line, (*measured, len(written))


def _rules(file: DataFile, raw: sqlite3.Connection, of: Pack) -> dict[str, object]:
    compiled = rule_set(of)
    written = {rule.id for rule in of.rules} & by_hand.rules_by_hand()

    def ours() -> object:
        with file.writing() as connection:
            asked = compiled.ask(connection, Scene(ZONE, PERIOD, TODAY))
            keep_findings(connection, ZONE, of.id, PERIOD, ((rule.id, row) for rule, row in asked.failed))
        return {(ledger(rule.ledger).id, row) for rule, row in asked.failed if rule.id in written}

    measured = _compare(ours, lambda: _failing(raw, of))
    return _line(
        f"{of.id} {len(written)} 条规则审核 {ENTERPRISES:,} 家企业并写下结果 / 手写 SQL 只取 id", *measured, RULES
    )


def _failing(raw: sqlite3.Connection, of: Pack) -> set[tuple[str, bytes]]:
    asked = by_hand.rule_statements({rule.id for rule in of.rules})
    return {(table, row) for table, statement in asked for (row,) in raw.execute(statement, given(PERIOD))}


def _compare(ours: Callable[[], object], floor: Callable[[], object]) -> tuple[float, float]:
    """The medians of turns taken one after the other; both must find the same."""
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(RUNS):
        found = []
        for work, times in zip((ours, floor), taken, strict=True):
            gc.collect()
            begin = time.perf_counter()
            found.append(work())
            times.append(time.perf_counter() - begin)
        if found[0] != found[1]:
            raise AssertionError("ours and those by hand differ")
    return statistics.median(taken[0]), statistics.median(taken[1])


def _line(name: str, measured: float, floor: float, goal: float) -> dict[str, object]:
    return {"name": name, "measured": measured, "floor": floor, "ratio": measured / floor, "goal": goal}


if __name__ == "__main__":
    print(json.dumps(measure(), ensure_ascii=False, indent=1))
