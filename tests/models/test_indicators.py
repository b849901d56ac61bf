"""Indicators: last year's figure and where it is from, growth and rounding, targets, and the rows behind a figure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from models.demo import fill
from models.formula.behind import rows_behind
from models.indicators import IndicatorSet, Result, growth, indicator_set
from models.ledgers import BY_ID
from models.ledgers.economy import ECONOMY
from models.ledgers.enterprise import ENTERPRISE, ENTERPRISE_YEAR
from models.ledgers.reporting import RETURN_BATCH
from models.ledgers.target import TARGET
from models.packs.pack import Indicator, Pack, Target, pack
from models.packs.tables import COLUMNS, Entry, Source
from models.periods import Period
from models.questions import answer
from models.store.batches import batch
from models.store.file import DataFile
from models.store.tables import table_of
from models.store.versions import keep_version, versions
from models.store.zones import create_zone
from models.targets import Goal, goals, own_goal, shown

YEAR, TODAY, ZONE = Period(2025), date(2026, 1, 5), "360799"


@pytest.fixture
def file(tmp_path: Path) -> Iterator[DataFile]:
    with DataFile(tmp_path / "指标.db", who="测试") as opened:
        create_zone(opened, ZONE, "示例园")
        yield opened


def results(file: DataFile, of: Pack | None = None, period: Period = YEAR, zone: str = ZONE) -> dict[str, Result]:
    with file.reading() as connection:
        found = indicator_set(of or pack("台办")).results(connection, [zone], period, TODAY)
    return {result.indicator.id: result for result in found}


def taiwanese(file: DataFile, year: Period = YEAR, **figures: int | None) -> bytes:
    """An enterprise marked as 台资 with some figures of the year, in stored units."""
    with batch(file, ZONE, "录入", "台资") as work:
        ent = work.add(ENTERPRISE, {"ent_name": "甲公司"})
        work.add(ENTERPRISE_YEAR, {"ent": ent, "is_tw": 1, "op_state": "1"}, year)
        work.add(ECONOMY, {"ent": ent, **figures}, year)
    return ent


def kept(file: DataFile, year: Period, figures: dict[str, Fraction | None], no: int = 1, state: str = "签发") -> bytes:
    with batch(file, ZONE, "签发", "签发") as work:
        values = {"pack": "台办", "version": no, "state": state, "issued_at": f"2025-01-0{no}T10:00:00"}
        return keep_version(work, year, figures, values)  # type: ignore[arg-type]


# --- last year -------------------------------------------------------------------------------------------------------


def test_last_year_is_the_ledgers_until_something_was_issued(file: DataFile) -> None:
    taiwanese(file, YEAR.back(), rev=500_0000)
    assert (results(file)["TW1-13"].rounded_prior, results(file)["TW1-13"].prior_source) == (Decimal("500.00"), "台账")
    kept(file, YEAR.back(), {"TW1-13": Fraction(480), "TW02": None})
    found = results(file)
    assert (found["TW1-13"].rounded_prior, found["TW1-13"].prior_source) == (Decimal("480.00"), "2025年签发的第 1 版")
    assert found["TW02"].rounded_prior is None, "it was said to be unknown"
    assert found["TW03"].prior_source == "台账", "an indicator that version did not have"


def test_a_version_sent_back_says_nothing(file: DataFile) -> None:
    kept(file, YEAR.back(), {"TW1-13": Fraction(1)}, 1)
    second = kept(file, YEAR.back(), {"TW1-13": Fraction(2)}, 2)
    assert results(file)["TW1-13"].prior == 2
    with batch(file, ZONE, "退回", "退回") as work:
        work.set(RETURN_BATCH, second, {"state": "退回"})
    assert results(file)["TW1-13"].prior == 1
    with file.reading() as connection:
        assert [version.state for version in versions(connection, ZONE, "台办", YEAR.back())] == ["签发", "退回"]


def test_a_kept_version_is_exact(file: DataFile) -> None:
    third = Fraction(10**15, 3)
    kept(file, YEAR.back(), {"TW04": third, "TW05": Fraction(-7, 9)})
    with file.reading() as connection:
        (version,) = versions(connection, ZONE, "台办", YEAR.back())
    assert version.figures == {"TW04": third, "TW05": Fraction(-7, 9)}


# --- growth, difference, rounding ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "prior", "rate"),
    [
        ("120", "100", "20.0"), ("80", "100", "-20.0"), ("100", "100", "0.0"), ("0", "100", "-100.0"), ("-50", "100", "-150.0"),
        ("50", "0", None), ("0", "0", None), ("50", "-100", None), (None, "100", None), ("100", None, None), (None, None, None),
        ("100.05", "100", "0.1"), ("99.95", "100", "-0.1"), ("100.0499", "100", "0.0"), ("1", "3", "-66.7"),
    ],
)  # fmt: skip
def test_growth(now: str | None, prior: str | None, rate: str | None) -> None:
    found = growth(*(None if text is None else Decimal(text) for text in (now, prior)))
    assert found == (None if rate is None else Decimal(rate))
    assert rate is None or str(found) == rate


def made(value: Fraction | None, prior: Fraction | None = None, places: int = 2) -> Result:
    indicator = Indicator("A", "甲", "", "", places, "", "", "", "", Entry("指标", 2, {}))
    return Result(indicator, value, prior, "台账", ())


@pytest.mark.parametrize(
    ("value", "places", "printed"),
    [
        ("0.125", 2, "0.13"), ("-0.125", 2, "-0.13"), ("0.115", 2, "0.12"), ("2.5", 0, "3"), ("-2.5", 0, "-3"), ("0.5", 0, "1"),
        ("0.4999", 0, "0"), ("1.005", 2, "1.01"), ("1000000", 0, "1000000"), ("-0.001", 2, "0.00"),
    ],
)  # fmt: skip
def test_ties_are_rounded_half_up(value: str, places: int, printed: str) -> None:
    assert f"{made(Fraction(value), places=places).rounded:f}".replace("-0.00", "0.00") == printed


def test_difference_and_growth_are_of_printed_figures() -> None:
    result = made(Fraction("10.005"), Fraction("10.004"))
    assert (result.rounded, result.rounded_prior) == (Decimal("10.01"), Decimal("10.00"))
    assert result.difference == Decimal("0.01")
    assert result.growth == Decimal("0.1")
    assert made(None, Fraction(1)).difference is None
    assert made(Fraction(1)).difference is None


@given(st.fractions(-(10**9), 10**9, max_denominator=10**6), st.integers(0, 4))
def test_rounding_is_nearest(value: Fraction, places: int) -> None:
    printed = made(value, places=places).rounded
    assert printed is not None
    assert abs(Fraction(printed) - value) <= Fraction(1, 2 * 10**places)
    assert -printed.as_tuple().exponent == places


def ratio(text: str) -> Pack:
    row = {"编号": "R", "名称": "比", "公式": text, "单位": "", "小数": "2"}
    tables = {name: [] for name in COLUMNS} | {"指标": [Entry("指标", 2, row)]}
    return Pack(Source("试", {"id": "试"}, tables, b""))


@pytest.mark.parametrize(("employees", "value"), [(4, Decimal("12.50")), (0, None), (None, None)])
def test_nothing_is_divided_by_nothing(file: DataFile, employees: int | None, value: Decimal | None) -> None:
    taiwanese(file, rev=50_0000, emp_end=employees)
    tried = ratio("合计(经济数据.营业收入) / 合计(经济数据.期末从业人员)")
    assert results(file, tried)["R"].rounded == value


def test_an_empty_cell_is_no_zero(file: DataFile) -> None:
    taiwanese(file, rev=50_0000)
    taiwanese(file, rev=None)
    assert results(file, ratio("平均(经济数据.营业收入)"))["R"].rounded == 50
    assert results(file, ratio("最小(经济数据.营业收入)"))["R"].rounded == 50
    assert results(file, ratio("合计(经济数据.利润总额)"))["R"].rounded is None, "nothing of it is filled in"
    assert results(file, ratio("最大(经济数据.利润总额)"))["R"].rounded is None


# --- targets ---------------------------------------------------------------------------------------------------------


def goal(compare: str, low: int = 100) -> Goal:
    return Goal("省", 2025, compare, Fraction(low), None, "")


@pytest.mark.parametrize(
    ("compare", "below", "equal", "above"),
    [
        ("≥", False, True, True), (">", False, False, True), ("约", False, True, True), ("≤", True, True, False), ("<", True, False, False),
    ],
)  # fmt: skip
def test_reached(compare: str, below: bool, equal: bool, above: bool) -> None:
    tried = goal(compare)
    assert [tried.reached(Fraction(v)) for v in ("99.99", "100", "100.01")] == [below, equal, above]


def test_progress() -> None:
    assert goal("≥").progress(Fraction(62)) == 62
    assert goal("≥", 0).progress(Fraction(62)) is None
    assert goal("≤").progress(Fraction(200)) == 50
    assert goal("≤").progress(Fraction(0)) is None


def test_the_zones_own_target_comes_first(file: DataFile) -> None:
    with batch(file, ZONE, "录入", "目标") as work:
        for level, low in (("合作区", 90_0000), ("开发区", 30_0000)):
            work.add(TARGET, {"ind_id": "TW02", "level": level, "target_min": low}, YEAR)
    with file.reading() as connection:
        found = goals(connection, pack("台办"), pack("台办").indicator("TW02"), ZONE, YEAR)
        later = goals(connection, pack("台办"), pack("台办").indicator("TW02"), ZONE, Period(2026))
    assert [(g.level, g.year, g.low) for g in found] == [
        ("本区", 2025, 30),
        ("合作区", 2025, 90),
        ("合作区", 2025, 100),
        ("合作区", 2035, 200),
    ]
    assert [(g.level, g.year) for g in later] == [("合作区", 2035)]
    own = own_goal(found)
    assert own is not None
    assert own.low == 30
    assert own_goal(later) is None


@pytest.mark.parametrize("year", [2022, 2025, 2031])
def test_targets_of_every_year_and_of_none(file: DataFile, year: int) -> None:
    asked = pack("南通")
    with file.reading() as connection:
        found = {
            id: [
                (g.level, g.year, g.when, g.low)
                for g in goals(connection, asked, asked.indicator(id), ZONE, Period(year))
            ]
            for id in ("NT06", "NT11", "NT08")
        }
    assert found == {
        "NT06": [("市", year, f"{year} 年", 3)],
        "NT11": [("区", None, "无年度", 100)],
        "NT08": [("市", 2022, "2022 年", 100)] if year == 2022 else [],
    }


def test_a_target_of_one_zone_is_nobody_elses(tmp_path: Path) -> None:
    asked = pack("南通")
    with DataFile(tmp_path / "市.db", who="测试") as file:
        create_zone(file, "320691", "南通经济技术开发区")
        create_zone(file, "320692", "示例开发区")
        with file.reading() as connection:
            found = [goals(connection, asked, asked.indicator("NT10"), code, YEAR) for code in ("320691", "320692")]
    assert [[goal.level for goal in each] for each in found] == [["南通经济技术开发区"], []]


@pytest.mark.parametrize(
    ("level", "wanted", "told"), [("1", "国家级开发区", "2—3"), ("2", "省级开发区", "1—2"), ("", None, "—")]
)
def test_a_target_of_another_rank_is_not_the_zones(tmp_path: Path, level: str, wanted: str | None, told: str) -> None:
    """JX27 asks 2—3 of a 国家级 zone, 1—2 of a 省级 one: on the page and in a cell of the form alike."""
    asked = pack("工信")
    with DataFile(tmp_path / "级别.db", who="测试") as file:
        create_zone(file, "360751", "示例开发区", level=level)
        with file.reading() as connection:
            (found,) = (
                each
                for each in indicator_set(asked).results(connection, ["360751"], YEAR, date(2026, 1, 5))
                if each.indicator.id == "JX27"
            )
    assert [goal.level for goal in found.goals] == [wanted] * bool(wanted)
    assert answer("政策目标", found) == told


def test_targets_as_shown() -> None:
    assert shown(goal("≥"), 2) == "≥ 100"
    assert shown(goal("约", 12345), 0) == "约 12,345"
    assert shown(Goal("省", 2025, "≥", Fraction(3), Fraction("4.5"), ""), 2) == "3—4.5"


def test_the_policys_targets_are_exact() -> None:
    assert pack("台办").targets[0] == Target("TW01", "2022", "产业园", "≥", "5", "", "不少于5个")
    assert pack("台办").targets[3] == Target("TW03", "2025", "合作区", "约", "120", "", "约120亿元")


# --- the rows behind -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DataFile]:
    with DataFile(tmp_path_factory.mktemp("演示") / "演示.db", who="测试") as opened:
        fill(opened, zone=ZONE)
        yield opened


TOGETHER: dict[str, Callable[..., Fraction]] = {  # of the sets of a figure that is not their sum
    "TW1-21": lambda present, before: present - before,
    "TW14B": lambda closed, raised: closed / raised * 100,
}


@pytest.mark.parametrize("id", [each.id for each in pack("台办").indicators])
def test_the_rows_behind_a_figure_make_it(demo: DataFile, id: str) -> None:
    figures = IndicatorSet(pack("台办")).figures[id]
    with demo.reading() as connection:
        parts = rows_behind(figures, connection, [ZONE], YEAR, TODAY)
        value = figures.value(connection, [ZONE], YEAR, TODAY)
        totals: list[Fraction] = []
        for part, node in zip(parts, figures.sets, strict=True):
            included, left_out = {row for row, _ in part.included}, {row for row, _ in part.left_out}
            assert not included & left_out
            table = table_of(BY_ID[part.ledger.id])
            scope = [table.c.year == YEAR.year] if part.ledger.dated else []
            there = connection.scalar(select(func.count()).select_from(table).where(table.c.zone_code == ZONE, *scope))
            assert len(included) + len(left_out) == there, "each row of the ledger is counted in or told why not"
            assert all(reason for _, reason in part.left_out)
            values = [value for _, value in part.included]
            scale = node.type.unit.factor / figures.unit.factor
            distinct = Fraction(len(set(values)))
            totals.append(distinct if node.name == "去重计数" else sum(map(Fraction, values), Fraction(0)) * scale)
    together = TOGETHER[id](*totals) if id in TOGETHER else sum(totals)
    assert together == value, "what is counted in makes the figure"


def test_a_figure_in_two_units_has_its_targets_in_both(file: DataFile) -> None:
    """表TW-1 says 产值 in 万元 (row 12, TW1-12); its target is set for TW03 in 亿元."""
    with batch(file, ZONE, "录入", "目标") as work:
        work.add(TARGET, {"ind_id": "TW03", "level": "开发区", "target_min": 49_0000, "target_max": 50_5000}, YEAR)
    asked = pack("台办")
    with file.reading() as connection:
        found = goals(connection, asked, asked.indicator("TW1-12"), ZONE, YEAR)
        none = goals(connection, asked, asked.indicator("TW1-13"), ZONE, YEAR)
    assert [(g.level, g.year, g.compare, g.low, g.high) for g in found] == [
        ("本区", 2025, "≥", 490_000, 505_000),
        ("合作区", 2025, "约", 1_200_000, None),
        ("合作区", 2035, "约", 3_000_000, None),
    ]
    assert none == []


def test_its_own_target_comes_before_that_in_another_unit(file: DataFile) -> None:
    with batch(file, ZONE, "录入", "目标") as work:
        for id, low in (("TW03", 49_0000), ("TW1-12", 480_000_0000)):
            work.add(TARGET, {"ind_id": id, "level": "开发区", "target_min": low}, YEAR)
    with file.reading() as connection:
        found = goals(connection, pack("台办"), pack("台办").indicator("TW1-12"), ZONE, YEAR)
    own = own_goal(found)
    assert own is not None
    assert own.low == 480_000


def test_statements_are_built_once_and_ask_of_whatever_zone_period_and_day(file: DataFile) -> None:
    compiled, other = IndicatorSet(pack("台办")), "36079901"
    create_zone(file, other, "示例分园", parent_code=ZONE)
    taiwanese(file, rev=500_0000)
    taiwanese(file, YEAR.back(), rev=300_0000)

    def asked(zones: list[str], period: Period) -> list[Fraction | None]:
        with file.reading() as connection:
            found = compiled.values(connection, zones, period, TODAY)
            only = compiled.values(connection, zones, period, TODAY, ["TW02", "TW1-13"])
        assert only == {id: found[id] for id in ("TW02", "TW1-13")}
        return list(only.values())

    assert asked([ZONE], YEAR) == [1, 500]
    assert asked([ZONE], YEAR.back()) == [1, 300]
    assert asked([other], YEAR) == [0, 0]
    taiwanese(file, rev=200_0000)
    assert asked([ZONE, other], YEAR) == [2, 700]
