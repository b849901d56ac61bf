"""赣州: every figure of random zones by quarter and by year against plain Python, K34 over three zones, the deadlines, the targets.

ZONES=1000 tests more.
"""

from __future__ import annotations

import io
import os
from collections import defaultdict
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import select

from exporters.workbook import fill as fill_form
from models.agenda import Due, changed_since, dues
from models.change.parts import When, explain
from models.charts import ChartFigures
from models.indicators import indicator_set
from models.kinds import Stored, decimal_of
from models.ledgers import ledger
from models.packs.pack import pack
from models.periods import Period
from models.returns import Frame, ReturnFigures
from models.store.batches import batch
from models.store.file import DataFile
from models.store.tables import table_of
from models.store.versions import Version
from models.store.zones import create_zone, pick, scope, scope_names
from tests.independent.compare import TODAY, World, programs, world
from tests.independent.ganzhou import Ganzhou, places
from tests.independent.ledgers import rounded
from tests.narrated import asked, bound
from ui.commands.run import run_command
from ui.pages.indicator_words import mean_told

PACK = "赣州"
PERIODS = ("2025Q1", "2025Q2", "2025Q3", "2025Q4", "2024Q4", "2025", "2024")
K34 = {"360751": (90_000, 120_000), "360752": (20_000, 40_000), "360753": (7_000, 10_000)}


WORLDS = range(41, 41 + max(3, int(os.environ.get("ZONES", "60")) // 20))  # of 20 zones each


@pytest.fixture(scope="module", params=WORLDS)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> World:
    return world(tmp_path_factory.mktemp("赣州"), request.param, 20)


def test_every_figure_of_every_quarter_equals_plain_python(made: World) -> None:
    """Exact and as printed: flows since 1 January from 开发区季月, firms and projects up to the quarter's end."""
    wrong, seen = [], defaultdict[str, set[Fraction | None]](set)
    with made.reading() as connection:
        for code in dict(made.asked):
            zones = programs(connection, code)
            for period in map(Period.parse, PERIODS):
                ours = indicator_set(pack(PACK)).values(connection, zones, period, TODAY)
                theirs = Ganzhou(made.ledgers, code, period.year, period.seq).figures()
                assert ours.keys() == theirs.keys()
                for each in pack(PACK).indicators:
                    found, right = ours[each.id], theirs[each.id]
                    seen[each.id].add(right)
                    shown = None if found is None else Fraction(decimal_of(found, each.places))
                    if found != right or shown != (None if right is None else rounded(right, places(each.id))):
                        wrong.append(f"{each.id} {code} {period}: {found} ({shown}), by plain Python {right}")
    assert not wrong, "\n".join([f"{len(wrong)}:", *wrong[:20]])
    alike = {id for id, values in seen.items() if len(values) < 2} - {"GZ40"}
    assert len(alike) <= 5, alike  # a few may be the same for all 20 zones


def put(file: DataFile, zone: str, name: str, period: str = "", **cells: Stored | str) -> bytes:
    """One row, texts as they are typed."""
    on = ledger(name)
    values = {on.field(k).id: on.field(k).kind.parse(v) if isinstance(v, str) else v for k, v in cells.items()}
    with batch(file, zone, "录入", "算例") as work:
        (id,) = work.add_many(on, [values], Period.parse(period) if period else None)
    return id


@pytest.fixture
def file(tmp_path: Path):  # type: ignore[no-untyped-def]
    with DataFile(tmp_path / "赣州.db", who="测试") as opened:
        for zone in K34:
            create_zone(opened, zone, f"示例园{zone[-1]}", level="2", role="1")
        yield opened


def test_k34_the_citys_share_is_the_mean_of_the_zones_not_weighted(file: DataFile) -> None:
    """K34: (75+50+70)÷3 = 65.00; weighted by revenue it would be 68.82, which the text (“平均达到”) does not mean."""
    for zone, (first, whole) in K34.items():
        for number, (revenue, tag) in enumerate(((first, "首位"), (whole - first, "其他"))):
            firm = put(file, zone, "企业", 单位详细名称=f"企业{number}", 行业代码="3973")
            put(file, zone, "企业年度", "2025", 企业=firm, 是否规上="是", 所属产业=tag)
            put(file, zone, "经济数据", "2025", 企业=firm, 营业收入=str(revenue))
    figure = indicator_set(pack(PACK)).figures["GZ03"]
    with file.reading() as connection:
        shares = [figure.value(connection, [zone], Period(2025), TODAY) for zone in K34]
        weighted = figure.value(connection, list(K34), Period(2025), TODAY)
    assert shares == [75, 50, 70]
    mean = sum(share for share in shares if isinstance(share, Fraction)) / len(shares)
    assert decimal_of(Fraction(mean), 2) == decimal_of(Fraction(65), 2)
    assert isinstance(weighted, Fraction)
    assert str(decimal_of(weighted, 2)) == "68.82"


def test_a_citys_own_return_says_the_mean_too(file: DataFile) -> None:
    """K34 on the city's form and page: 65.00; its other rates are worked out anew over all zones."""
    create_zone(file, "360700", "示例市")
    for zone, (first, whole) in K34.items():
        with batch(file, zone, "录入", "上级") as work:
            row = work.connection.scalar(
                select(table_of(ledger("开发区")).c.id).where(table_of(ledger("开发区")).c.code == zone)
            )
            work.set(ledger("开发区"), row, {"parent_code": "360700"})
        for number, (revenue, tag) in enumerate(((first, "首位"), (whole - first, "其他"))):
            firm = put(file, zone, "企业", 单位详细名称=f"企业{number}", 行业代码="3973")
            put(file, zone, "企业年度", "2025", 企业=firm, 是否规上="是", 所属产业=tag)
            put(file, zone, "经济数据", "2025", 企业=firm, 营业收入=str(revenue))
    with file.reading() as connection:
        city = pick(connection, "360700")
        made = ReturnFigures(connection, pack(PACK), Frame(city, Period(2025), {}), scope(connection, city), TODAY)
        assert [str(made.value("表GZ-1", name)) for name in ("首位产业集聚度", "上年(首位产业集聚度)")] == [
            "65.00",
            "—",
        ]
        changed = replace(made.results["GZ03"], prior=Fraction(60))
        told = explain(
            changed, indicator_set(pack(PACK)).figures["GZ03"], connection, When(made.zones, Period(2025), TODAY)
        )
        of = pack(PACK).indicator("GZ03")
        found = indicator_set(pack(PACK))
        apart = found.apart(connection, made.zones, Period(2025), TODAY, of)
        assert found.values(connection, made.zones, Period(2025), TODAY, ["GZ03"]) == {"GZ03": 65}
        assert found.apart(connection, ["360751"], Period(2025), TODAY, of) == {}
        names = scope_names(connection, list(apart))
        years = next(each for each in pack(PACK).charts if each.kind == "历年")
        drawn = [
            ChartFigures(connection, pack(PACK), made.zones, Period(year), TODAY).drawn(replace(years, formula="GZ03"))
            for year in (2025, 2026, 2027)
        ]
        version = Version(b"", 1, "签发", "", "", made.figures)
        due = Due(pack(PACK), Period(2025), None, version, version, 0, 0, begun=True)
        assert changed_since(connection, due, made.zones, TODAY) == []
    assert "各开发区的数的平均" in told.why
    bars = [next(bar for bar in each.bars if bar.label == "2025") for each in drawn]
    assert [str(bar.value) for bar in bars] == ["65.00"] * 3, "an earlier year of a chart is the mean too"
    assert mean_told(of, apart, names) == (
        "各开发区的平均：（示例园1 75.00 + 示例园2 50.00 + 示例园3 70.00）÷ 3 = 65.00 %"
    )
    assert mean_told(of, {**apart, "360751": None}, names).endswith("÷ 2 = 60.00 %；没有数、不算在内：示例园1")


def test_a_quarter_takes_what_came_since_january_and_a_year_the_whole_year(file: DataFile) -> None:
    zone = "360751"
    rows = {"2019": "1000000", "2025": "2600000"}
    for year, revenue in rows.items():
        put(file, zone, "开发区年度", year, **{"营业收入(全口径)": revenue, "当年新增发债": "50000"})
    for quarter, revenue in (("2025Q2", "900000"), ("2025Q3", "2000000")):
        put(file, zone, "开发区季月", quarter, **{"营业收入(全口径)": revenue, "党政专题研究次数": "1"})
    with file.reading() as connection:
        of = indicator_set(pack(PACK))
        year, third, first = (
            of.values(connection, [zone], Period.parse(p), TODAY) for p in ("2025", "2025Q3", "2025Q1")
        )
    assert (year["GZ01"], third["GZ01"], first["GZ01"]) == (Fraction("2.6"), 2, None)
    assert (year["GZ02"], third["GZ02"], first["GZ02"]) == (260, 200, None)
    assert (year["GZ41"], third["GZ41"]) == (5, None)
    assert (year["GZ50"], third["GZ50"], first["GZ50"]) == (2, 1, None)
    assert (year["GZ50b"], third["GZ50b"], first["GZ50b"]) == (50, Fraction(200, 3), 0)


def test_the_day_after_each_quarter_and_after_the_year(file: DataFile) -> None:
    of = pack(PACK)
    assert of.due(Period(2025, "Q", 1)) == date(2025, 4, 15)
    assert of.due(Period(2025, "Q", 4)) == date(2026, 1, 15)
    assert of.due(Period(2025)) == date(2026, 1, 31)
    assert of.due(Period(2025, "M", 3)) is None
    with file.reading() as connection:
        listed = {
            str(due.period): due.day for due in dues(connection, ["360751"], 2025, date(2025, 8, 2)) if due.pack is of
        }
    assert listed == {"2025Q3": date(2025, 10, 15), "2025": date(2026, 1, 31)}


def test_every_indicator_of_the_text_stands_on_the_form_with_its_clause() -> None:
    """GZ01—GZ56 are all there, and each has what the text says."""
    found = {each.id[:4] for each in pack(PACK).indicators if "-" not in each.id}
    assert found == {f"GZ{number:02}" for number in range(1, 57)}
    assert [each.id for each in pack(PACK).indicators if "-" not in each.id and not (each.clause and each.words)] == []


@pytest.mark.parametrize(
    ("id", "value", "reached"),
    [("GZ02", 5000, False), ("GZ02", 5001, True), ("GZ07", 400, False), ("GZ08", 450, False), ("GZ09", 35, False),
     ("GZ04", 60, True), ("GZ01", 2, True), ("GZ06", 42, True), ("GZ06", 41, False), ("GZ17", 20, False), ("GZ18", 90, True),
     ("GZ24", 70, True), ("GZ37a", 600, False), ("GZ41", 200, True)],
)  # fmt: skip
def test_over_and_at_least_as_the_text_says(id: str, value: int, reached: bool) -> None:
    """“超、突破” is more than, “以上、达到、不低于” is at least."""
    (target, *_) = [each for each in pack(PACK).targets if each.indicator == id]
    bound = Fraction(target.low)
    assert (value > bound if target.compare == ">" else value >= bound) is reached


def test_every_bound_figure_of_the_narrative_is_the_returns_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "演示.db"
    assert run_command(["demo", "--data", str(data), "--enterprises", "24"]) == 0
    found = {row["id"]: row for row in asked(data, PACK, capsys, "indicators")}
    asked(data, PACK, capsys, "report", "-o", str(tmp_path / "报告.docx"))
    assert len(bound(PACK, (tmp_path / "报告.docx").read_bytes(), found)) > 45


def test_the_notice_of_the_city_lists_every_zone_with_its_light_and_place(tmp_path: Path) -> None:
    """完成率 less the time gone: 0 is green, -8.3 yellow, -25 red; equal revenues share a place; without a target no light."""
    zones = {
        "360751": ("1500000", "200"),
        "360752": ("2000000", "300"),
        "360753": ("500000", "100"),
        "360754": ("500000", ""),
    }
    with DataFile(tmp_path / "市.db", who="测试") as file:
        create_zone(file, "360700", "赣州市")
        for code, (revenue, goal) in zones.items():
            create_zone(file, code, f"示例园{code[-1]}", level="2", role="1", parent_code="360700")
            put(file, code, "开发区季月", "2024Q3", **{"营业收入(全口径)": "400000"})
            made = {"规上工业增加值": "400000", "高新技术产业增加值": str(int(revenue) // 10)}
            put(file, code, "开发区季月", "2025Q3", **{"营业收入(全口径)": revenue}, **made)
            put(file, code, "开发区年度", "2019", **{"营业收入(全口径)": "1000000"})
            if goal:
                put(file, code, "目标", "2025", 指标编号="GZ02", 层级="开发区", 目标下限=goal)
        with file.reading() as connection:
            city = pick(connection, "360700")
            frame = Frame(city, Period(2025, "Q", 3), {})
            made = ReturnFigures(connection, pack(PACK), frame, scope(connection, city), TODAY)
            content = fill_form(pack(PACK).form, made, draft=True).content
    book = openpyxl.load_workbook(io.BytesIO(content))
    rows = [[cell.value for cell in row[1:16]] for row in book["通报表"].iter_rows(min_row=9, max_row=12)]
    assert [row[:8] for row in rows] == [
        ["示例园2", 200, 400, 300, 66.7, -8.3, "黄", 1],
        ["示例园1", 150, 275, 200, 75, 0, "绿", 2],
        ["示例园3", 50, 25, 100, 50, -25, "红", 3],
        ["示例园4", 50, 25, None, "—", "—", "—", 3],
    ]
    assert [row[8] for row in rows] == ["—"] * 4  # nothing was kept of the quarter before
    for name, column, told in (
        ("通报表2", "O", [50, 37.5, 12.5, 12.5]), ("通报表2", "S", [1, 2, 3, 3]), ("通报表2", "C", ["—"] * 4),
        ("通报表3", "U", [2, 1.5, 0.5, 0.5]), ("通报表3", "V", [1, 2, 3, 3]),
    ):  # fmt: skip
        assert [book[name][f"{column}{row}"].value for row in range(9, 13)] == told
