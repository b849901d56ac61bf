"""Notices of a city and a province: each zone's figures as its own return has them, places among the zones listed."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from exporters.workbook import fill as fill_form
from models.packs.pack import pack
from models.periods import Period
from models.returns import Frame, ReturnFigures
from models.store.batches import batch
from models.store.file import DataFile
from models.store.overrides import put_override
from models.store.zones import create_zone, pick, scope
from tests.test_ganzhou import put

TODAY = date(2026, 1, 20)
CITY, THIRD = "360700", "2025Q3"
SHEETS = ("通报表", "通报表2", "通报表3")
# zone → revenue of 2024Q3, 2025Q2, 2025Q3 (亿元), the zone's own target
ZONES = {
    "360751": (100, 80, 150, 200),
    "360752": (160, 90, 200, 300),
    "360753": (40, 20, 50, 100),
    "360754": (40, 30, 50, None),
}


@pytest.fixture
def file(tmp_path: Path) -> Iterator[DataFile]:
    with DataFile(tmp_path / "市.db", who="测试") as opened:
        create_zone(opened, CITY, "赣州市")
        for code, (last, half, now, goal) in ZONES.items():
            create_zone(opened, code, f"示例园{code[-1]}", level="2", role="1", parent_code=CITY)
            for period, revenue in (("2024Q3", last), ("2025Q2", half), (THIRD, now)):
                put(opened, code, "开发区季月", period, **{"营业收入(全口径)": f"{revenue}0000"})
            if goal:
                put(opened, code, "目标", "2025", 指标编号="GZ02", 层级="开发区", 目标下限=str(goal))
        create_zone(opened, "36075101", "分园", parent_code="360751", role="3")
        yield opened


def listed(file: DataFile, zone: str, *sheets: str) -> dict[str, list[object]]:
    """Zone → the cells of its rows on some sheets of a zone's filled form."""
    with file.reading() as connection:
        of = pick(connection, zone)
        frame = Frame(of, Period.parse(THIRD), {})
        made = ReturnFigures(connection, pack("赣州"), frame, scope(connection, of), TODAY)
        book = openpyxl.load_workbook(io.BytesIO(fill_form(pack("赣州").form, made, draft=True).content))
    found: dict[str, list[object]] = {}
    for sheet in sheets:
        for row in book[sheet].iter_rows(min_row=9, values_only=True):
            if isinstance(row[0], int):
                found.setdefault(str(row[1]), []).extend(row[2:])
    return found


def revenue(file: DataFile) -> dict[str, list[object]]:
    """Zone → 本期, 同比, 目标, 完成, 进度差, 灯, 位次, 较上期 of its revenue in the city's notice."""
    return {zone: cells[:8] for zone, cells in listed(file, CITY, "通报表").items()}


def test_places_are_numbers_and_move_since_the_quarter_before(file: DataFile) -> None:
    """Of equal revenues both are third; a sub-park has no row of its own."""
    assert revenue(file) == {
        "示例园2": [200, 25, 300, 66.7, -8.3, "黄", 1, "持平"],
        "示例园1": [150, 50, 200, 75, 0, "绿", 2, "持平"],
        "示例园3": [50, 25, 100, 50, -25, "红", 3, "前移1位"],
        "示例园4": [50, 25, None, "—", "—", "—", 3, "持平"],
    }


def test_a_figure_put_in_place_by_hand_is_the_citys_too(file: DataFile) -> None:
    with batch(file, "360753", "改数", "营业收入") as work:
        put_override(
            work,
            "赣州",
            Period.parse(THIRD),
            "GZ02",
            typed="180",
            why="漏报两家企业，由各企业补报",
            calculated=Decimal(50),
        )
    assert revenue(file)["示例园3"] == [180, 350, 100, 180, 105, "绿", 2, "前移2位"]


def test_the_notice_says_what_each_zones_own_return_says(file: DataFile) -> None:
    """All figures of all three sheets, those of a sub-park's firms too; only places are the city's."""
    firm = put(file, "36075101", "企业", 单位详细名称="甲", 行业代码="3973")
    put(file, "36075101", "企业年度", "2025", 企业=firm, 是否规上="是", 所属产业="首位")
    put(file, "36075101", "经济数据", THIRD, 企业=firm, 营业收入="5000")
    city = listed(file, CITY, *SHEETS)
    assert len(city) == len(ZONES)
    assert city["示例园1"][17] == 100  # 首位产业集聚度, the first of the second sheet
    # 位次 and 较上期 of the eleven figures that have them
    places = {6, 7, 12, 13, 21, 22, 27, 28, 33, 34, 41, 42, 47, 48, 53, 54, 56}
    for code in ZONES:
        own, zone = listed(file, code, *SHEETS), f"示例园{code[-1]}"
        assert list(own) == [zone]
        pairs = enumerate(zip(own[zone], city[zone], strict=True))
        assert [(at, pair) for at, pair in pairs if pair[0] != pair[1] and at not in places] == []
