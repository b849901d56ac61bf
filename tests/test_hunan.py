"""湖南: every figure of random zones by plain Python over exported CSV, month by month; K41; the monthly and quarterly deadline."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

import pytest

from exporters.ledger_sheet import write_csv
from models.agenda import dues
from models.formula.figures import figure
from models.indicators import indicator_set
from models.ledgers import LEDGERS, ledger
from models.packs.pack import pack
from models.periods import Period
from models.store.batches import batch
from models.store.file import DataFile
from models.store.listing import listing
from models.store.zones import create_zone, pick, scope
from tests.independent.hunan import KINDS, STAGES, Hunan
from tests.independent.ledgers import read

CODE, TODAY = "430401", date(2026, 1, 5)
EVERY = [stage for stages in STAGES for stage in stages] + ["终止"]
TAGS = (
    "",
    "省重点",
    "湘南第一批",
    "湘南第二批、省重点",
    "省重点、湘南第三批",
    "湘南第三批",
    "九兴控股主体厂",
    "九兴控股配套",
)
DAYS = ("", "2024-12-31", "2025-01-01", "2025-06-30", "2025-07-01", "2025-12-31", "2026-01-01")


@pytest.fixture
def file(tmp_path: Path):  # type: ignore[no-untyped-def]
    with DataFile(tmp_path / "湖南.db", who="测试") as opened:
        create_zone(opened, CODE, "示例园", level="1", role="1")
        yield opened


def fill(file: DataFile, chance: Random) -> None:
    """Projects with their months, buildings, what is courted: at thresholds and edges, some cells empty."""
    one = chance.choice
    with batch(file, CODE, "录入", "随机") as work:

        def add(name: str, period: str = "", links: dict[str, bytes] | None = None, **cells: str) -> bytes:
            on = ledger(name)
            values = {on.field(label).id: on.field(label).kind.parse(text) for label, text in cells.items() if text}
            values |= {on.field(label).id: id for label, id in (links or {}).items()}
            return work.add_many(on, [values], Period.parse(period) if period else None)[0]

        for n in range(chance.randint(5, 25)):
            project = add(
                "项目", 项目编号=f"P{n}", 项目名称=f"项目{n}", 内外资=one(("内资", "内资", "港资", "外资", "")),
                计划总投资=one(("", "19999.99", "20000", "30000", "1000000")), 外资总投资=one(("", "2999.99", "3000", "5000")),
                产业转移项目=one(("是", "是", "否", "")), 当前阶段=one((*EVERY, "")), 注册日期=one(DAYS), 重大项目标记=one(TAGS),
                累计完成投资=one(("", "0", "1234.56")), 累计到位资金=one(("", "77")),
            )  # fmt: skip
            for month in (1, 5, 6, 7, 12):
                if chance.random() < 0.8:
                    add("项目月度", f"2025-{month:02}", {"项目": project}, 阶段=one((*EVERY, "")))
        for n in range(6):
            use = one(("园区承接产业转移", "重点转移企业扩产", ""))
            area = one(("", "5000", "12345.67"))
            add("标准厂房", 厂房编号=f"F{n}", 总建筑面积=area, 用途类别=use, 开工日期=one(DAYS), 竣工日期=one(DAYS))
            kind = one(("重大产业对接活动", "参展", "推介"))
            add("招商活动", 活动编号=f"E{n}", 活动类别=kind, 活动日期=one(DAYS))
            add("驻点", 驻点编号=f"O{n}", 设立日期=one(DAYS), 撤销日期=one(DAYS))
            add("客商", 客商编号=f"K{n}", 客商类型=one((*KINDS, "")))
            add("产业链", 产业链编号=f"L{n}", 链上营业收入=one(("", "9999999", "10000000")))
            marks = {"世界500强": one(("是", "否", "")), "国内100强": one(("是", "否", ""))}
            add("企业", 单位详细名称=f"企业{n}", 成立时间=one(DAYS), **marks)
        for day in sorted(set(DAYS) - {""}):
            add("开发区文件", 文件类别="升级申报征求意见", 印发日期=day)


@pytest.mark.parametrize("seed", range(12))
def test_every_figure_equals_plain_python_over_csv(file: DataFile, tmp_path: Path, seed: int) -> None:
    fill(file, Random(seed))
    (tmp_path / "csv").mkdir()
    with file.reading() as connection:
        for each in LEDGERS:
            write_csv(tmp_path / "csv" / f"{each.label}.csv", *listing(connection, each, [CODE]))
        kept, own = read(tmp_path / "csv"), scope(connection, pick(connection, CODE))
        for month in (1, 6, 7, 12):
            found = indicator_set(pack("湖南")).values(connection, own, Period(2025, "M", month), TODAY)
            expected = Hunan(kept, CODE, 2025, month).figures()
            assert {id: found[id] for id in expected} == expected, month
            assert len(expected) > 130


def test_k41_forty_and_eight_less_five_are_forty_three(file: DataFile) -> None:
    """K41: 上月末 40 ＋ 转入 8 － 转出 5 ＝ 43; those given up and those of another kind are there too."""
    moves = [("签约", "签约")] * 35 + [("签约", "注册落地")] * 4 + [("签约", "终止")] + [("在谈", "签约")] * 7
    moves += [("", "签约"), ("在谈", "在谈"), ("终止", "终止")]
    with batch(file, CODE, "录入", "算例") as work:
        on, monthly = ledger("项目"), ledger("项目月度")
        parse = on.field("当前阶段").kind.parse
        inland = on.field("内外资").kind.parse("内资")
        for n, stages in enumerate(moves):
            (id,) = work.add_many(on, [{"proj_no": f"P{n}", "proj_name": f"项目{n}", "fund_type": inland}], None)
            for month, stage in zip((8, 9), stages, strict=True):
                if stage:
                    work.add_many(monthly, [{"proj": id, "stage": parse(stage)}], Period(2025, "M", month))
    with file.reading() as connection:
        found = indicator_set(pack("湖南")).values(connection, (CODE,), Period(2025, "M", 9), TODAY)
    assert [found[f"HN2-05{column}"] for column in "abcd"] == [40, 8, 5, 43]


def test_a_deadline_after_each_month_and_quarter(file: DataFile) -> None:
    of = pack("湖南")
    assert of.due(Period(2025, "M", 2)) == date(2025, 3, 5)
    assert of.due(Period(2025, "M", 12)) == date(2026, 1, 5)
    assert of.due(Period(2025, "Q", 3)) == date(2025, 10, 10)
    assert of.due(Period(2025)) is None
    with file.reading() as connection:
        listed = {
            str(due.period): due.day for due in dues(connection, [CODE], 2025, date(2025, 11, 22)) if due.pack is of
        }
    assert listed == {"2025-11": date(2025, 12, 5), "2025Q4": date(2026, 1, 10)}


@pytest.mark.parametrize(
    ("given", "holds"), [("湘南第三批", 1), ("省重点，湘南第三批", 1), ("湘南第三批次", 0), ("", 0)]
)
def test_a_text_that_lists_several(file: DataFile, given: str, holds: int) -> None:
    with batch(file, CODE, "录入", "列有") as work:
        work.add_many(ledger("项目"), [{"proj_no": "P1", "proj_name": "甲", "key_tag": given or None}], None)
    with file.reading() as connection:
        formula = figure('计数(项目, 列有(重大项目标记, "湘南第三批"))', unit="个", places=0)
        assert formula.value(connection, [CODE], Period(2025), TODAY) == holds
