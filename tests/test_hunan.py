"""湖南: every figure of random zones by plain Python over exported CSV, by month and quarter; K41; the deadlines.

ZONES=2000 tests more.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from models.agenda import dues
from models.formula.figures import figure
from models.indicators import indicator_set
from models.kinds import decimal_of
from models.ledgers import ledger
from models.packs.pack import pack
from models.periods import Period
from models.store.batches import batch
from models.store.file import DataFile
from models.store.zones import create_zone
from tests.independent.compare import World, dated_world, expected, places, printed, programs
from tests.independent.mutants import check

CODE, TODAY = "430401", date(2026, 1, 5)
TOGETHER = 25  # zones in one file
FILES = range(max(1, int(os.environ.get("ZONES", "200")) // TOGETHER))
SEED = int(os.environ.get("ZONES_SEED", "1"))
ONE_OR_NONE = {"HN05", "HN06a", "HN06b", "HN13b", "HN16a", "HN19"}  # of what a zone has one or none


@pytest.fixture
def file(tmp_path: Path):  # type: ignore[no-untyped-def]
    with DataFile(tmp_path / "湖南.db", who="测试") as opened:
        create_zone(opened, CODE, "示例园", level="1", role="1")
        yield opened


Worlds = Callable[[int], World]  # each made when it is first asked for


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Worlds:
    """The files of random zones."""
    return cache(lambda number: dated_world(tmp_path_factory.mktemp("湖南"), SEED * 1000 + number, TOGETHER))


@pytest.mark.parametrize("number", FILES)
def test_every_figure_equals_plain_python_over_csv(worlds: Worlds, number: int) -> None:
    """Every indicator, exact and as printed, of months and quarters, over the turn of the year."""
    wrong = []
    with worlds(number).reading() as connection:
        for code, period in worlds(number).asked:
            asked = Period.parse(str(period))
            ours = indicator_set(pack("湖南")).values(connection, programs(connection, code), asked, TODAY)
            theirs = expected(worlds(number), "湖南", code, period)
            assert ours.keys() == theirs.keys()
            for each in pack("湖南").indicators:
                found, right = ours[each.id], theirs[each.id]
                shown = None if found is None else Fraction(decimal_of(found, each.places))
                if found != right or shown != printed("湖南", each.id, right):
                    wrong.append(f"{each.id} {code} {period}: {found} ({shown}), by plain Python {right}")
    assert not wrong, "\n".join([f"{len(wrong)}:", *wrong[:20]])


def test_the_random_zones_try_every_figure(worlds: Worlds) -> None:
    """No figure is the same everywhere, months and quarters are asked, and what cannot be said is there too."""
    values: dict[str, set[Fraction | None]] = defaultdict(set)
    for number in FILES:
        for code, period in worlds(number).asked:
            for id, value in expected(worlds(number), "湖南", code, period).items():
                values[id].add(value)
    dull = {id for id, found in values.items() if len(found) < 2 + (id not in ONE_OR_NONE)}
    assert not dull
    assert sum(None in found for found in values.values()) >= 20


def test_every_indicator_is_printed_with_the_places_of_the_form() -> None:
    assert {each.id: each.places for each in pack("湖南").indicators} == {
        each.id: places("湖南", each.id) for each in pack("湖南").indicators
    }


def test_the_comparison_sees_a_changed_pack() -> None:
    """A sample of what python -m tests.independent.mutants 湖南 does: one change, and a figure differs."""
    tried, lived = check("湖南", TOGETHER, SEED, sample=40)
    assert tried >= 10
    assert len(lived) <= tried / 5, lived


@pytest.mark.parametrize("module", ["hunan", "ledgers"])
def test_the_independent_side_imports_nothing_of_the_program(module: str) -> None:
    path = Path(__file__).with_name("independent") / f"{module}.py"
    lines = path.read_text(encoding="utf-8").splitlines()
    found = {words[1] for line in lines if (words := line.split())[:1] in (["from"], ["import"]) and len(words) > 1}
    assert found <= {"__future__", "calendar", "re", "csv", "collections.abc", "fractions", "pathlib", "typing"} | {
        "tests.independent.ledgers"
    }


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


def test_only_the_three_cities_of_the_south_cover_it(file: DataFile) -> None:
    """HN16: “每市均有国家级园区、每县区均有工业集中区” is asked of 湘南; a zone of 长沙 adds nothing, two zones of one city one."""
    codes = []
    for region, level, kind in (
        ("430112", "1", "国家级经开区"), ("430402", "1", "国家级高新区"), ("430405", "1", "国家级经开区"),
        ("431001", "1", "国家级经开区"), ("430111", "2", "工业集中区"), ("431102", "2", "工业集中区"),
    ):  # fmt: skip
        codes.append(f"Z{region}")
        stored = str(ledger("开发区").field("开发区类型").kind.parse(kind))
        create_zone(file, codes[-1], f"示例园{region}", level=level, role="1", region_code=region, ztype=stored)
    with file.reading() as connection:

        def shares(*asked: str) -> list[Fraction | None]:
            found = indicator_set(pack("湖南")).values(connection, asked, Period(2025, "Q", 3), TODAY)
            return [found["HN16a"], found["HN16b"]]

        assert shares("Z430112") == [0, 0]
        assert shares("Z430402", "Z430405") == [Fraction(100, 3), 0]
        assert shares(*codes) == [Fraction(200, 3), Fraction(100, 34)]


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


def test_the_counties_are_those_of_the_code_table() -> None:
    """34 is nobody's memory: 县级 divisions of 衡阳, 郴州 and 永州 in GB/T 2260, parks that are only counted as such left out."""
    lines = (
        (Path(__file__).parents[1] / "resources" / "codes" / "行政区划.csv").read_text(encoding="utf-8").splitlines()
    )
    rows = [line.split(",") for line in lines if line[:4] in ("4304", "4310", "4311")]
    cities = [row for row in rows if row[0].endswith("00")]
    counties = [row for row in rows if not row[0].endswith("00") and not row[6] and "管理区" not in row[1]]
    values = {entry["名称"]: entry["值"] for entry in pack("湖南").entries("参数")}
    assert (str(len(cities)), str(len(counties))) == (values["市数"], values["县区数"])
