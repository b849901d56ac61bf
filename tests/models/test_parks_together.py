"""Several zones put together: sums, distinct counts, ratios worked out anew, means and weighted means against plain Python."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest

from models.formula.figures import figure
from models.indicators import indicator_set
from models.joined import ANEW, DISTINCT, MEAN, NEVER, SUM, WEIGHTED, derived, joining_fault, way_of
from models.ledgers import ledger
from models.packs.pack import Pack, pack, pack_ids
from models.packs.tables import COLUMNS, Entry, Source
from models.parks import Together, together
from models.periods import Period
from models.progress import finish
from models.rules import context_of
from models.store.batches import batch
from models.store.file import DataFile
from models.store.zones import create_zone, groups_of, pick
from ui.commands.run import run_command

YEAR, TODAY = Period(2025), date(2026, 1, 5)
ZONES = ("360701", "360702", "360703")
UP = "企业年度.是否规上"
INDICATORS = (
    ("A", "营收", "合计(经济数据.营业收入)", "万元", "", ""),
    ("B", "人数", "去重计数(台湾青年.证件号)", "人", "", ""),
    ("C", "规上占比", f"合计(经济数据.营业收入, {UP}) / 合计(经济数据.营业收入) * 100", "%", "", ""),
    ("D", "规上占比平均", f"合计(经济数据.营业收入, {UP}) / 合计(经济数据.营业收入) * 100", "%", "平均", ""),
    ("E", "规上占比加权", f"合计(经济数据.营业收入, {UP}) / 合计(经济数据.营业收入) * 100", "%", "加权 F", ""),
    ("F", "企业数", "计数(企业)", "家", "", "↓"),
    ("G", "达标", "若(计数(企业) >= 3, 1, 0)", "", "", ""),
    ("H", "位次", "合计(开发区年度.全省考评位次)", "位", "不合", "↓"),
)


def made() -> Pack:
    """A pack with one indicator of each way."""
    rows = [
        Entry(
            "指标",
            n,
            {"编号": id, "名称": name, "公式": text, "单位": unit, "小数": "2", "合并": way, "方向": direction},
        )
        for n, (id, name, text, unit, way, direction) in enumerate(INDICATORS, 2)
    ]
    tables: Mapping[str, list[Entry]] = {**{name: [] for name in COLUMNS}, "指标": rows}
    return Pack(Source("试", {"id": "试", "title": "试"}, tables, b""))


@pytest.fixture
def file(tmp_path: Path) -> Iterator[DataFile]:
    with DataFile(tmp_path / "区.db", who="测试") as opened:
        for code in ZONES:
            create_zone(opened, code, f"园{code}")
        yield opened


def fill(file: DataFile, zone: str, firms: list[tuple[int, bool]], people: list[str], rank: int) -> None:
    """Enterprises with revenue in 万元 and whether 规上, young Taiwanese by number, the zone's place."""
    with batch(file, zone, "录入", "数") as work:
        for n, (revenue, up) in enumerate(firms):
            ent = work.add(ledger("企业"), {"ent_name": f"{zone}{n}"})
            work.add(ledger("企业年度"), {"ent": ent, "is_up": int(up)}, YEAR)
            work.add(ledger("经济数据"), {"ent": ent, "rev": revenue * 10_000}, YEAR)
        youth = ledger("台湾青年")
        number = youth.field("证件号")
        for person in people:
            work.add(youth, {number.id: person})
        year = ledger("开发区年度")
        work.add(year, {year.field("全省考评位次").id: rank}, YEAR)


def asked(file: DataFile, of: Pack | None = None) -> dict[str, Together]:
    with file.reading() as connection:
        found = finish(together(connection, of or made(), {zone: [zone] for zone in ZONES}, YEAR, TODAY))
    return {each.indicator.id: each for each in found}


def test_the_same_ratio_anew_as_a_mean_and_weighted_are_three_figures(file: DataFile) -> None:
    """K34: 集聚度 75, 50 and 70 are 65 as a mean, 68.82 over all."""
    for zone, up, other in zip(ZONES, (67_500, 10_000, 4_900), (22_500, 10_000, 2_100), strict=True):
        fill(file, zone, [(up, True), (other, False), *[(0, False)] * ZONES.index(zone)], [], 1)
    found = asked(file)
    assert [found["C"].each[zone] for zone in ZONES] == [75, 50, 70]
    assert found["D"].value == 65
    assert found["C"].value == Fraction(82_400 * 100, 117_000)
    assert found["E"].value == Fraction(75 * 2 + 50 * 3 + 70 * 4, 9)
    assert len({found[id].value for id in "CDE"}) == 3


def test_random_zones_equal_plain_python(file: DataFile) -> None:
    chance = Random(5)
    data = {}
    for zone in ZONES:
        firms = [(chance.randint(0, 9) * 100, chance.random() < 0.5) for _ in range(chance.randint(0, 6))]
        people = [f"T{chance.randint(0, 5)}" for _ in range(chance.randint(0, 5))]
        data[zone] = firms, people, chance.randint(1, 90)
        fill(file, zone, *data[zone])
    found = asked(file)
    firms = [firm for each in data.values() for firm in each[0]]
    total = sum(revenue for revenue, _ in firms)
    assert found["A"].value == total == sum(value or 0 for value in found["A"].each.values())
    assert found["B"].value == len({person for each in data.values() for person in each[1]})
    assert found["B"].value < sum(value or 0 for value in found["B"].each.values())
    assert found["C"].value == Fraction(100 * sum(revenue for revenue, up in firms if up), total)
    assert found["F"].value == len(firms)
    assert (found["G"].value, found["H"].value) == (None, None), "reached or not, and a place, are no figure of all"
    assert [found["H"].each[zone] for zone in ZONES] == [data[zone][2] for zone in ZONES]


def test_a_zone_without_a_figure_is_left_out_of_a_mean_and_named(file: DataFile) -> None:
    fill(file, ZONES[0], [(100, True), (100, False)], [], 1)
    fill(file, ZONES[1], [(100, True)], [], 1)
    found = asked(file)
    assert found["D"].value == 75
    assert found["D"].without == (ZONES[2],)


def test_places_are_shared_and_jump_and_count_from_below_where_less_is_better(file: DataFile) -> None:
    for zone, many in zip(ZONES, (2, 2, 1), strict=True):
        fill(file, zone, [(n + 1, True) for n in range(many)], [], 1)
    found = asked(file)
    assert found["F"].ranks() == {ZONES[2]: 1, ZONES[0]: 2, ZONES[1]: 2}
    assert found["A"].ranks() == {ZONES[0]: 1, ZONES[1]: 1, ZONES[2]: 3}


def test_what_formulas_ask_for() -> None:
    ways = {id: way_of(way, figure(text, unit=unit))[0] for id, _, text, unit, way, _ in INDICATORS}
    assert ways == {
        "A": SUM, "B": DISTINCT, "C": ANEW, "D": MEAN, "E": WEIGHTED, "F": SUM, "G": NEVER, "H": NEVER,
    }  # fmt: skip
    for text, way in (
        ("合计(经济数据.营业收入) / 10000 + 合计(经济数据.利润总额) * 2", SUM),
        ("按零(合计(经济数据.营业收入)) - 合计(经济数据.利润总额)", SUM),
        ("合计(经济数据.营业收入) / 计数(企业)", ANEW),
        ("平均(经济数据.营业收入)", ANEW),
        ("计数(企业) >= 3", NEVER),
    ):
        assert derived(figure(text).node) == way, text


@pytest.mark.parametrize(
    ("said", "part"),
    [
        ("相加", "合起来是“重算”"),
        ("加权", "按哪个指标"),
        ("加权 TW99", "没有“TW99”"),
        ("平均 A", "后面不用写"),
        ("加总", "之一"),
        ("平均", ""),
    ],
)
def test_a_way_that_cannot_be_is_told(said: str, part: str) -> None:
    sentence = joining_fault(said, figure(INDICATORS[2][2], unit="%"), ["A", "TW02"])
    assert part in sentence
    assert bool(sentence) == bool(part)


@pytest.fixture(scope="module")
def parks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("园") / "园.db"
    assert run_command(["demo", "--data", str(path), "--years", "2", "--parks", "2", "--seed", "6"]) == 0
    zone = ledger("开发区")
    for code in ("360701", "36070101", "36070102"):  # three zones, none of them a part of another
        with DataFile(path) as file, batch(file, code, "录入", "各自独立") as work:
            (row,) = work.connection.exec_driver_sql("SELECT id FROM zone WHERE code = ?", (code,)).scalars()
            work.set(zone, row, {"parent_code": None, zone.field("层级角色").id: "1"})
    return path


@pytest.mark.parametrize("id", pack_ids())
def test_what_adds_up_adds_up_in_every_pack(parks: Path, id: str) -> None:
    of = pack(id)
    figures, context = indicator_set(of).figures, context_of(of)
    assert context is not None
    groups = {code: [code] for code in ("360701", "36070101", "36070102")}
    with DataFile(parks) as file, file.reading() as connection:
        found = finish(together(connection, of, groups, Period(2025), TODAY))
        over_all = indicator_set(of).values(connection, list(groups), Period(2025), TODAY)
    for each in found:
        known = [value for value in each.each.values() if value is not None]
        if each.way == SUM and "所选开发区" not in each.indicator.formula:
            assert (over_all[each.indicator.id] or 0) == sum(known) == (each.value or 0), each.indicator.id
        elif each.way == DISTINCT:
            assert max(known, default=0) <= (each.value or 0) <= sum(known), each.indicator.id
        assert way_of(each.indicator.joined, figures[each.indicator.id])[0] == each.way


@pytest.mark.parametrize("id", ["台办", "工信", "南通"])
def test_of_a_zone_and_its_sub_parks_the_sum_is_what_its_return_says(tmp_path: Path, id: str) -> None:
    """What the zone fills in for its sub-parks too (总区填报) is not counted once more with theirs."""
    path = tmp_path / "园.db"
    assert run_command(["demo", "--data", str(path), "--years", "2", "--parks", "2", "--seed", "6"]) == 0
    of = pack(id)
    with DataFile(path) as file, file.reading() as connection:
        groups = groups_of(connection, pick(connection, "360701"))
        assert len(groups) == 3
        found = finish(together(connection, of, groups, Period(2025), TODAY))
        said = indicator_set(of).values(connection, list(groups), Period(2025), TODAY)
    twice = 0
    for each in found:
        if each.way == SUM:
            assert each.value == said[each.indicator.id], each.indicator.id
            twice += each.value != sum(value for value in each.each.values() if value is not None)
    assert twice
