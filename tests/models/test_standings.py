"""Places among several zones, how they moved over the turn of the year, and the light, as cells of the 湖南 return."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from models.kinds import Stored
from models.ledgers import ledger
from models.pace import PART, standing
from models.packs.pack import pack
from models.periods import Period
from models.returns import Frame, ReturnFigures
from models.store.batches import batch
from models.store.file import DataFile
from models.store.zones import create_zone, pick, scope
from tests.independent.hunan import light, places_of

TODAY = date(2026, 1, 5)
NAME = "引进重大产业转移项目"
ZONES = {"430401": 3, "430402": 5, "430403": 3, "430404": 0}  # what each had brought in by 2025Q1


@pytest.fixture
def file(tmp_path: Path) -> Iterator[DataFile]:
    with DataFile(tmp_path / "全省.db", who="测试") as opened:
        for code in ZONES:
            create_zone(opened, code, f"{code}园")
        create_zone(opened, "43040201", "分园", parent_code="430402", role="5")
        yield opened


def bring_in(file: DataFile, zone: str, amount: int, day: str, start: int = 0) -> None:
    on = ledger("项目")
    with batch(file, zone, "录入", "项目") as work:
        for n in range(start, start + amount):
            cells = {
                "项目编号": f"P{n}",
                "内外资": "内资",
                "计划总投资": "20000",
                "产业转移项目": "是",
                "注册日期": day,
            }
            values: dict[str, Stored] = {
                on.field(label).id: on.field(label).kind.parse(text) for label, text in cells.items()
            }
            work.add_many(on, [values], None)


def aim(file: DataFile, zone: str, low: str) -> None:
    on = ledger("目标")
    with batch(file, zone, "录入", "目标") as work:
        cells = {"指标编号": "HN01", "层级": "开发区", "目标下限": low}
        values: dict[str, Stored] = {
            on.field(label).id: on.field(label).kind.parse(text) for label, text in cells.items()
        }
        work.add_many(on, [values], Period(2025))


def told(file: DataFile, zone: str, period: str, *words: str) -> list[object]:
    with file.reading() as connection:
        of = pick(connection, zone)
        made = ReturnFigures(
            connection, pack("湖南"), Frame(of, Period.parse(period), {}), scope(connection, of), TODAY
        )
        return [made.value("表HN-3", f"{word}({NAME})") for word in words]


def test_places_of_several_zones_and_how_they_moved(file: DataFile) -> None:
    for zone, amount in ZONES.items():
        bring_in(file, zone, amount - (zone == "430402"), "2025-02-10")
    bring_in(file, "43040201", 1, "2025-02-10")  # counts for the zone it belongs to
    bring_in(file, "430404", 4, "2024-12-20", 10)
    bring_in(file, "430401", 1, "2024-12-20", 10)
    expected = places_of({code: Fraction(amount) for code, amount in ZONES.items()})
    before = places_of({"430401": Fraction(1), "430402": Fraction(0), "430403": Fraction(0), "430404": Fraction(4)})
    assert expected == {"430401": 2, "430402": 1, "430403": 2, "430404": 4}
    moves = {"430401": "持平", "430402": "前移2位", "430403": "前移1位", "430404": "后移3位"}
    for zone in ZONES:
        found = told(file, zone, "2025Q1", "位次", "上期位次", "位次变化")
        assert found == [expected[zone], before[zone], moves[zone]], zone
    assert told(file, "43040201", "2025Q1", "位次", "位次变化") == ["—", "—"]


def test_one_zone_alone_has_no_place(tmp_path: Path) -> None:
    with DataFile(tmp_path / "一区.db", who="测试") as file:
        create_zone(file, "430401", "一区")
        assert told(file, "430401", "2025Q1", "位次", "上期位次", "位次变化", "灯") == ["—"] * 4


@pytest.mark.parametrize(
    ("done", "period", "colour"),
    [(25, "2025Q1", "绿"), (24, "2025Q1", "黄"), (15, "2025Q1", "黄"), (14, "2025Q1", "红"), (65, "2025-09", "黄"), (64, "2025-09", "红")],
)  # fmt: skip
def test_the_light_at_its_edges(file: DataFile, done: int, period: str, colour: str) -> None:
    """K42's way: per cent of the target less months over twelve."""
    bring_in(file, "430401", done, "2025-01-05")
    aim(file, "430401", "100")
    month = 3 if "Q" in period else 9
    assert light(Fraction(done), month) == colour
    assert told(file, "430401", period, "灯") == [colour]


def test_a_target_of_the_text_alone_lights_nothing_on_paper(file: DataFile) -> None:
    """HN11 is asked of every zone (“围绕1-2个特色产业”): the page has its light, the form neither 完成% nor 灯."""
    on = ledger("开发区产业")
    cells = {"产业地位": "主导", "产业名称": "电子信息", "起始年": "2010"}
    with batch(file, "430401", "录入", "产业") as work:
        work.add(on, {on.field(label).id: on.field(label).kind.parse(text) for label, text in cells.items()})
    asked = ["园区特色产业", *(f"{word}(园区特色产业)" for word in ("政策目标", "目标", "完成", "灯", "进度差"))]
    with file.reading() as connection:
        of = pick(connection, "430401")
        period = Period(2014, "Q", 1)
        made = ReturnFigures(connection, pack("湖南"), Frame(of, period, {}), scope(connection, of), TODAY)
        assert [made.value("表HN-3", each) for each in asked] == [1, "1—2", None, "—", "—", "—"]
        result = made.results["园区特色产业"]
    found = standing(result, period, TODAY)
    assert found is not None
    assert found.light == "绿"


@pytest.mark.parametrize("name", ["国家级园区覆盖率", "县区工业集中区覆盖率"])
def test_what_the_cities_reach_only_together_lights_nothing(file: DataFile, name: str) -> None:
    """HN16: one of three cities is 33.33 per cent of “每市均有”, which no zone can make 100 of by itself."""
    period = Period(2014, "Q", 4)
    with file.reading() as connection:
        of = pick(connection, "430401")
        made = ReturnFigures(connection, pack("湖南"), Frame(of, period, {}), scope(connection, of), TODAY)
        result = made.results[name]
        assert made.value("表HN-3", f"政策目标({name})") == "≥ 100"
    assert [goal.level for goal in result.goals] == ["湘南合计"]
    for value in (Fraction(100, 3), Fraction(100)):
        found = standing(replace(result, value=value), period, TODAY)
        assert found is not None
        assert (found.state, found.light) == (PART, "")


def test_the_notice_lists_every_zone_with_its_places_among_those_listed(tmp_path: Path) -> None:
    """表HN-3A on a zone above them all: each one's own return, its sub-park with it; equal ones share a place."""
    with DataFile(tmp_path / "全省.db", who="测试") as file:
        create_zone(file, "430000", "全省")
        for code, amount in ZONES.items():
            create_zone(file, code, f"{code}园", parent_code="430000", role="1")
            bring_in(file, code, amount - (code == "430402"), "2025-02-10")
        create_zone(file, "43040201", "分园", parent_code="430402", role="3")
        bring_in(file, "43040201", 1, "2025-02-10")
        bring_in(file, "430404", 4, "2024-12-20", 10)
        aim(file, "430401", "10")
        with file.reading() as connection:
            top = pick(connection, "430000")
            made = ReturnFigures(
                connection, pack("湖南"), Frame(top, Period(2025, "Q", 1), {}), scope(connection, top), TODAY
            )
            asked = [
                "开发区代码",
                NAME,
                *(f"{word}({NAME})" for word in ("同比", "完成", "灯", "进度差", "位次", "位次变化")),
            ]
            rows = list(made.records("表HN-3A", asked))
            alone = {code: told(file, code, "2025Q1", "同比", "完成", "灯", "进度差") for code in ZONES}
    assert [row[:2] for row in rows] == [["430401", 3], ["430402", 5], ["430403", 3], ["430404", 0]]
    assert [row[6:] for row in rows] == [[2, "持平"], [1, "前移1位"], [2, "持平"], [4, "后移3位"]]
    assert {str(row[0]): row[2:6] for row in rows} == alone
    assert alone["430401"][1:] == [30, "绿", 5]
