"""A ledger kept by month, asked from the record in a report of a longer period: the last month that was kept."""

from __future__ import annotations

import pytest

from tests.models.formula.world import row_id


@pytest.fixture
def project(data):
    """A project with months of two years, one of them after the others by mistake of another zone; and one never reported."""
    data.add("项目", 1, 项目编号="P1")
    data.add("项目", 2, 项目编号="P2")
    data.add("项目", 3, zone="Z2", 项目编号="P1")
    for number, (year, month) in enumerate([(2024, 12), (2025, 2), (2025, 5), (2025, 11)], 11):
        data.add("项目月度", number, 项目=row_id(1), year=year, form="M", seq=month, 下一步=f"{year}-{month:02}")
    data.add("项目月度", 21, zone="Z2", 项目=row_id(3), form="M", seq=12, 下一步="别区")
    return data


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("2025", "2025-11"), ("2024", "2024-12"), ("2023", None), ("2025H1", "2025-05"), ("2025Q1", "2025-02"), ("2025Q2", "2025-05"),
        ("2025-05", "2025-05"), ("2025-06", None), ("2025-11", "2025-11"),
    ],
)  # fmt: skip
def test_the_last_month_up_to_the_end_of_the_period(project, period, said):
    found = project.values("项目", "项目月度.下一步", "项目编号", period=period)
    assert found[1] == (said, "P1")
    assert found[2] == (None, "P2")


def test_the_year_before(project):
    assert project.values("项目", "上年.项目月度.下一步", period="2025")[1] == ("2024-12",)


@pytest.mark.parametrize(
    ("name", "said"),
    [("一季度", "2025-02"), ("上半年", "2025-05"), ("三季度", "2025-05"), ("四季度", "2025-11"), ("上年.一季度", None)],
)
def test_the_last_month_of_a_season(project, name, said):
    """四季度.项目月度 in a yearly report: the last month up to that quarter's end, not up to the year's."""
    assert project.values("项目", f"{name}.项目月度.下一步", period="2025")[1] == (said,)


def test_conditions_and_many_rows_at_once(project):
    assert project.values("项目", '项目月度.下一步 = "2025-11"', period="2025") == {1: (True,), 2: (None,)}


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("2025-01", "2024-12"), ("2025-02", None), ("2025-03", "2025-02"), ("2025-12", "2025-11"), ("2024-12", None),
        ("2025Q1", "2024-12"), ("2025Q2", "2025-02"), ("2025Q3", "2025-05"), ("2026Q1", "2025-11"),
        ("2025H1", "2024-12"), ("2025H2", "2025-05"), ("2025", "2024-12"),
    ],
)  # fmt: skip
def test_how_the_period_before_ended(project, period, said):
    """Over the turn of the year too, and from a quarter to the months of the quarter before."""
    found = project.values("项目", "上期末.项目月度.下一步", "上期.项目月度.下一步", period=period)
    assert found[1][0] == said
    assert found[2] == (None, None)
    if period == "2025-01":
        assert found[1][1] is None, "上期 stays within its year"


def test_the_row_before_of_a_ledger_itself(project):
    found = project.values("项目月度", "上期末.下一步", "上期.下一步", period="2025-01")
    assert found == {}
    project.add("项目月度", 31, 项目=row_id(1), year=2025, form="M", seq=1, 下一步="2025-01")
    assert project.values("项目月度", "上期末.下一步", "上期.下一步", period="2025-01") == {31: ("2024-12", None)}
