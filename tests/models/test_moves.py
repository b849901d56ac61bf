"""一月一调度: 上月末 + 转入 − 转出 = 月末, against a plain reading of random courses, and the domain's worked example K41."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

import pytest

from models.ledgers.project import PROJECT, PROJECT_MONTH
from models.moves import GIVEN_UP, latest_month, month_of, round_of
from models.periods import Period
from models.store.batches import batch
from models.store.file import DataFile

ZONE = "G361003"
SEP = Period(2025, "M", 9)


@pytest.fixture
def file(tmp_path: Path):
    with DataFile(tmp_path / "园区.db") as made:
        yield made


def project(work, number, **values):
    return work.add(PROJECT, {"proj_no": f"P{number}", "proj_name": f"项目{number}", **values})


def reported(work, id, month, stage, year=2025):
    work.add(PROJECT_MONTH, {"proj": id, "stage": stage}, Period(year, "M", month))


def asked(file, month=SEP):
    with file.reading() as connection:
        return round_of(connection, [ZONE], month)


def test_k41(file):
    """40 at the end of the month before, 8 came in, 5 went out: 43."""
    with batch(file, ZONE, "录入", "项目月度") as work:
        for number in range(48):
            before, after = ("2", "2") if number < 35 else ("2", "3") if number < 40 else ("1", "2")
            id = project(work, number, stage=after)
            reported(work, id, 8, before)
            reported(work, id, 9, after)
    (stage,) = (each for each in asked(file).stages if each.name == "在谈")
    assert (stage.before, stage.came, stage.went, stage.after, stage.holds) == (40, 8, 5, 43, True)


def test_one_given_up_goes_out_and_one_new_comes_in(file):
    with batch(file, ZONE, "录入", "项目月度") as work:
        gone, new, quiet = (project(work, n, stage="3") for n in range(3))
        reported(work, gone, 8, "3")
        reported(work, gone, 9, "90")
        reported(work, new, 9, "3")
        reported(work, quiet, 5, "3")
    told = asked(file)
    (stage,) = told.stages
    assert (stage.before, stage.came, stage.went, stage.after) == (2, 1, 1, 2)
    assert {(told.told(each.before), told.told(each.after)) for each in told.moved} == {
        ("签约", "终止"),
        ("不在库", "签约"),
    }
    assert [each.id for each in told.unreported] == [quiet]
    assert [(each.id, each.months) for each in told.still(3)] == [(quiet, 4)]


def test_without_a_report_the_milestones_tell(file):
    with batch(file, ZONE, "录入", "项目") as work:
        id = project(work, 1, stage="5", d_talk=20250110, d_sign=20250305, d_reg=20250820, d_start=20250912)
    assert [(each.before, each.after, each.reported) for each in asked(file).projects] == [("4", "5", False)]
    later = asked(file, Period(2025, "M", 12))
    assert [(each.id, each.months) for each in later.still(3)] == [(id, 3)]
    assert asked(file, Period(2024, "M", 12)).projects == ()


def test_the_year_s_first_month_looks_at_last_december(file):
    with batch(file, ZONE, "录入", "项目月度") as work:
        id = project(work, 1, stage="6")
        reported(work, id, 12, "5", 2024)
        reported(work, id, 1, "6")
    (moved,) = asked(file, Period(2025, "M", 1)).moved
    assert (moved.before, moved.after) == ("5", "6")


def test_the_last_month_reported_is_shown_first(file):
    with batch(file, ZONE, "录入", "项目月度") as work:
        id = project(work, 1, stage="6")
        reported(work, id, 7, "6")
        reported(work, id, 2, "6", 2026)
    with file.reading() as connection:
        assert latest_month(connection, [ZONE], Period(2025)) == Period(2025, "M", 7)
        assert latest_month(connection, [ZONE], Period(2024)) == Period(2024, "M", 12)


@pytest.mark.parametrize("seed", range(6))
def test_random_courses(file, seed):
    """Every month of a year against stages carried along in plain Python."""
    chance, courses = Random(seed), {}
    with batch(file, ZONE, "录入", "项目月度") as work:
        for number in range(60):
            id, stage = project(work, number, stage="1"), 0
            courses[id] = {}
            for month in range(chance.randint(1, 8), 13):
                stage = (
                    "90"
                    if chance.random() < 0.04
                    else min(9, int(stage) + (chance.random() < 0.3))
                    if stage != "90"
                    else "90"
                )
                if chance.random() < 0.85:  # else not reported
                    courses[id][month] = str(stage)
                    reported(work, id, month, str(stage))
    for month in range(2, 13):
        told = asked(file, Period(2025, "M", month))
        at = [{id: _at(course, end) for id, course in courses.items()} for end in (month - 1, month)]
        assert all(each.holds for each in told.stages)
        for each in told.stages:
            assert each.before == sum(stage == each.code for stage in at[0].values())
            assert each.after == sum(stage == each.code for stage in at[1].values())
            assert each.came == sum(at[1][id] == each.code != at[0][id] for id in courses)
        there = {id for id in courses if {at[0][id], at[1][id]} - {"", GIVEN_UP}}
        assert {each.id for each in told.projects} == there
        for each in told.projects:
            assert each.moved == (at[0][each.id] != at[1][each.id])
            assert each.months == _months(courses[each.id], month)
        assert sum(each.after for each in told.stages) == sum(stage not in ("", GIVEN_UP) for stage in at[1].values())


def _at(course, month):
    return next((course[m] for m in range(month, 0, -1) if m in course), "")


def _months(course, month):
    first = month
    while first > min(course) and _at(course, first - 1) == _at(course, month):
        first -= 1
    return month - first


def test_months_are_numbered_over_the_years():
    assert [str(month_of(2025 * 12 + n)) for n in (0, 1, 12, 13)] == ["2024-12", "2025-01", "2025-12", "2026-01"]
    assert date(2025, 9, 30) == SEP.end
