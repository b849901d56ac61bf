"""Limits of the lists (停留天数 …) that a zone changes: the list goes by them and says so, of which zone, and undone again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from models.choices import owners, thresholds
from models.ledgers.project import PROJECT
from models.packs.pack import pack
from models.periods import Period
from models.rosters import Found, Rosters
from models.store.batches import batch
from models.store.choices import choose
from models.store.file import DataFile
from models.store.history import done, reverse
from models.store.zones import create_zone

ZONE, OTHER, YEAR, TODAY = "360799", "360798", Period(2025), date(2026, 2, 1)
WHY = "管委会今年要求签约后三个月内注册落地"


@pytest.fixture
def file(tmp_path: Path) -> Iterator[DataFile]:
    """Two zones with a project each that was signed 100 days before the year's end."""
    with DataFile(tmp_path / "限.db", who="王会计") as opened:
        for zone in (ZONE, OTHER):
            create_zone(opened, zone, f"示例园{zone}")
            with batch(opened, zone, "录入", "项目") as work:
                work.add(PROJECT, {"proj_no": "P1", "proj_name": "甲项目", "stage": "3", "d_sign": 20250922})
        yield opened


def listed(file: DataFile, zone: str = ZONE, of: str = "MD01") -> Found:
    asked = pack("台办")
    with file.reading() as connection:
        return Rosters(connection, asked, [zone], YEAR, TODAY).found(next(r for r in asked.rosters if r.id == of))


def put(file: DataFile, value: str) -> None:
    item = "项目停留天数"
    with batch(file, ZONE, "审核设置", f"{item} {value}") as work:
        choose(work, owners(pack("台办"), item), item, value, WHY)


def test_a_changed_limit_changes_the_list_and_is_told(file: DataFile) -> None:
    before = listed(file)
    assert [(each.days, each.late) for each in before.rows] == [(100, False)]
    assert [each.told for each in before.limits] == ["项目停留天数 180"]
    put(file, "99")
    after = listed(file)
    assert [(each.days, each.late) for each in after.rows] == [(100, True)]
    assert after.longest == 99
    assert [each.told for each in after.limits] == [f"项目停留天数 99（改过，报表包 180；王会计：{WHY}）"]
    put(file, "100")
    assert not listed(file).rows[0].late, "100 days are not more than 100"


def test_it_holds_for_the_zone_that_said_so_and_until_it_is_undone(file: DataFile) -> None:
    put(file, "99")
    assert not listed(file, OTHER).rows[0].late
    assert listed(file, OTHER).limits[0].choice is None
    reverse(file, done(file)[0].no)
    assert not listed(file).rows[0].late
    assert listed(file).limits[0].choice is None


def test_only_the_limits_a_list_goes_by_are_told(file: DataFile) -> None:
    told = {id: [each.threshold.name for each in listed(file, of=id).limits] for id in ("MD04", "MD05", "MD09", "MD11")}
    assert told == {"MD04": ["客商联系天数"], "MD05": [], "MD09": ["闲置天数上限"], "MD11": ["低效投资比例"]}


@pytest.mark.parametrize("id", ["台办", "工信", "湖南", "赣州", "南通"])
def test_every_limit_of_the_lists_may_be_changed(id: str) -> None:
    """None is read by an indicator or the form: what a return says never follows from a zone's own choice."""
    found = {each.name: set(each.rules) for each in thresholds(pack(id))}
    for roster in pack(id).rosters:
        if roster.longest and not roster.longest.isdigit():
            assert roster.id in found[roster.longest]
