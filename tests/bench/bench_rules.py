"""60 rules over 100,000 rows of 经济数据, compiled, asked and the findings written, against the same predicates OR-ed by hand, ids only."""

from __future__ import annotations

import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from sqlalchemy import Engine, create_engine, event, insert

from models.formula.wide import register
from models.packs.pack import Pack
from models.packs.tables import COLUMNS as COLUMNS_OF_PACK
from models.packs.tables import Entry, Source
from models.periods import Period
from models.rules import RuleSet, Scene
from models.store.findings import keep_findings
from models.store.tables import schema, table_of

ROWS = 100_000
RUNS = 3
GOAL = 4
WRONG = 0.02  # of the rows of each year, so some 4 % have findings
COLUMNS = (
    "gov",
    "sales_val",
    "rev",
    "rev_main",
    "cost",
    "profit",
    "tax_paid",
    "assets",
    "liab",
    "equity",
    "fa_orig",
    "fa_net",
    "emp_end",
    "rd_exp",
)
LABELS = ("工业总产值", "工业销售产值", "营业收入", "主营业务收入", "营业成本", "利润总额", "实际上缴税费总额", "资产总计", "负债合计",
          "所有者权益", "固定资产原价", "固定资产净值", "期末从业人员", "【R&D经费支出】")  # fmt: skip


def _rules() -> list[tuple[str, str]]:
    """(formula, the same as SQL written by hand): p this year's row, s last year's, e the enterprise, y its year."""
    money = [(label, column) for label, column in zip(LABELS, COLUMNS, strict=True) if column != "emp_end"]
    rules = [
        (f"{a} <= {b} * 40", f"p.{x} <= p.{y} * 40")
        for (a, x), (b, y) in zip(money, money[1:] + money[:1], strict=True)
    ]
    rules += [(f"{a} >= 上年.{a} * 0.05", f"p.{x} * 20 >= s.{x}") for a, x in money]
    rules += [(f"{a} <= 上年.{a} * 11", f"p.{x} <= s.{x} * 11") for a, x in money]
    rules += [(f"{a} + {b} >= 0", f"p.{x} + p.{y} >= 0") for (a, x), (b, y) in zip(money[:9], money[3:12], strict=True)]
    rules += [
        ("营业收入 / 期末从业人员 <= 100000", "p.rev <= 1000000000 * NULLIF(p.emp_end, 0)"),
        ("非 企业年度.是否规上 或 营业收入 >= 20", "NOT (y.is_up = 1) OR p.rev >= 200000"),
        ('企业年度.运营状态 ≠ "停业(歇业)" 或 利润总额 <= 1亿元', "y.op_state <> '2' OR p.profit <= 100000000"),
        ("企业.成立时间 <= 期末", "e.open_date <= 20251231"),
        ("非 企业.是否工业 或 工业总产值 > 0", "NOT (e.ind_code >= '0610' AND e.ind_code <= '4690') OR p.gov > 0"),
        ("约等(资产总计, 负债合计 + 所有者权益, 999999)", "ABS(p.assets - p.liab - p.equity) <= 9999990000"),
        ("已填(期末从业人员)", "p.emp_end IS NOT NULL"),
        ("绝对值(营业收入 / 上年.营业收入 - 1) <= 9", "ABS(p.rev - s.rev) <= 9 * NULLIF(s.rev, 0)"),
        ('开头是(企业.行业代码, "3")', "substr(e.ind_code, 1, 1) = '3'"),
        (
            "企业年度.是否台资 = 企业.台湾百大 或 利润总额 < 90亿元",
            "(y.is_tw = 1) = (e.tw100 = 1) OR p.profit < 9000000000",
        ),
        ("期末从业人员 <= 100000", "p.emp_end <= 100000"),
        ("满年(企业.成立时间, 期末) >= 1", "20251231 - e.open_date >= 10000"),
    ]
    return rules


FROM = """ent_period p
    LEFT JOIN ent_period s ON s.zone_code = p.zone_code AND s.ent = p.ent AND s.year = p.year - 1 AND s.form = p.form AND s.seq = p.seq
    LEFT JOIN enterprise_year y ON y.zone_code = p.zone_code AND y.ent = p.ent AND y.year = p.year
    LEFT JOIN enterprise e ON e.zone_code = p.zone_code AND e.id = p.ent
    WHERE p.zone_code = 'Z1' AND p.year = 2025 AND p.form = 'Y' AND p.seq = 0"""


def _fill(engine: Engine) -> None:
    chance = random.Random(2)
    ids = [number.to_bytes(16) for number in range(ROWS)]

    def period(number: int, year: int) -> dict[str, object]:
        row = {column: chance.randrange(10**7, 9 * 10**7) for column in COLUMNS} | {"emp_end": chance.randrange(1, 900)}
        if chance.random() < WRONG:
            row["rd_exp"] = 10**12
        return row | {
            "id": (year * 10**7 + number).to_bytes(16),
            "zone_code": "Z1",
            "year": year,
            "form": "Y",
            "seq": 0,
            "ent": ids[number],
        }

    with engine.begin() as connection:
        every = range(ROWS)
        companies = [
            {"id": i, "zone_code": "Z1", "ent_name": f"企业{n}", "open_date": 20100101, "ind_code": "3963", "tw100": 0}
            for n, i in enumerate(ids)
        ]
        connection.execute(insert(table_of("enterprise")), companies)
        years = [
            {
                "id": (n + 10**9).to_bytes(16),
                "zone_code": "Z1",
                "year": 2025,
                "ent": ids[n],
                "is_up": n % 2,
                "is_tw": 0,
                "op_state": "1",
            }
            for n in every
        ]
        connection.execute(insert(table_of("enterprise_year")), years)
        for year in (2024, 2025):
            connection.execute(insert(table_of("ent_period")), [period(number, year) for number in every])


def _median(work: Callable[[], int]) -> tuple[float, int]:
    taken = []
    for _ in range(RUNS):
        begin = time.perf_counter()
        found = work()
        taken.append(time.perf_counter() - begin)
    return statistics.median(taken), found


def _pack(rules: list[tuple[str, str]]) -> Pack:
    entries = [
        Entry("规则", n, {"编号": f"B{n:03}", "级别": "核实", "台账": "经济数据", "公式": text})
        for n, (text, _) in enumerate(rules, 2)
    ]
    return Pack(Source("bench", {"id": "bench"}, {name: [] for name in COLUMNS_OF_PACK} | {"规则": entries}, b""))


def measure() -> list[dict[str, object]]:
    """Seconds of our one statement incl. building it and reading every verdict, and of the OR-ed predicates in the same file."""
    rules = _rules()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rules.db"
        engine = create_engine(f"sqlite:///{path}")
        event.listen(engine, "connect", lambda connection, _: register(connection))
        schema().create_all(engine)
        _fill(engine)
        raw = sqlite3.connect(path)
        failing = " OR ".join(f"NOT ({sql})" for _, sql in rules)

        def ours() -> int:
            asking = RuleSet(_pack(rules))
            with engine.begin() as connection:
                asked = asking.ask(connection, Scene("Z1", Period(2025), date(2026, 1, 1)))
                keep_findings(connection, "Z1", "bench", Period(2025), ((rule.id, row) for rule, row in asked.failed))
            return len({row for _, row in asked.failed})

        def floor() -> int:
            return len(raw.execute(f"SELECT p.id FROM {FROM} AND ({failing})").fetchall())

        (floor_time, expected), (our_time, found) = _median(floor), _median(ours)
        raw.close()
        engine.dispose()
    if found != expected:
        raise AssertionError(f"our rules find {found} rows, those by hand {expected}")
    name = f"{len(rules)} 条规则审核 {ROWS:,} 行并写下结果 / 同样条件用 OR 连起来只取 id"
    return [
        {
            "name": name,
            "measured": our_time,
            "floor": floor_time,
            "ratio": our_time / floor_time,
            "goal": GOAL,
            "found": found,
        }
    ]


if __name__ == "__main__":
    print(measure())
