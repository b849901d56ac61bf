"""Slips of the unit: what is found in a row, what is growth, how it is put right, and that a zone's true figures are left alone."""

from __future__ import annotations

import random
import shutil
import time
from math import log10

import pytest
from sqlalchemy import select

from models.demo import fill
from models.doubts.doubt import put_right, scaled
from models.doubts.kinds import HOME, SLIP, WINDOW, Settings
from models.doubts.looking import doubts
from models.doubts.magnitude import LOOKED
from models.doubts.slips import slip_of
from models.ledgers import BY_ID
from models.ledgers.economy import ECONOMY
from models.packs.pack import pack
from models.periods import Period
from models.store.batches import Refused, batch
from models.store.choices import OFF, choose
from models.store.compared import figures_of
from models.store.file import DataFile
from models.store.findings import write_note
from models.store.history import done, next_undo, reverse
from models.store.rows import Rows
from models.store.tables import table_of
from models.store.zones import zones

WAN = 10_000  # 经济数据 keeps yuan: ten thousand to one 万元
LAST = {"rev": 5060 * WAN, "gov": 5011 * WAN, "cost": 4000 * WAN, "assets": 8000 * WAN, "emp_end": 208, "emp_avg": 205}
NOW = {"rev": 5120 * WAN, "gov": 5150 * WAN, "cost": 4100 * WAN, "assets": 8300 * WAN, "emp_end": 215, "emp_avg": 210}


def found(now, before=LAST, older=None, usual=None):
    return slip_of(now, before, LOOKED, window=log10(1.8), quiet=log10(3), older=older, usual=usual)


def test_a_row_like_last_year_s_has_no_slip():
    assert found(NOW) is None


@pytest.mark.parametrize("power", [1, 3, 4, -1, -3, -4])
@pytest.mark.parametrize("name", ["rev", "assets", "emp_end"])
def test_one_figure_of_another_magnitude_is_found(name, power):
    value = NOW[name] * 10**power if power > 0 else max(1, NOW[name] // 10**-power)
    slip = found({**NOW, name: value})
    if name == "emp_end" and power < -1:
        return  # 215 people divided by a thousand is no whole number of people: nobody types that
    assert (slip.power, slip.fields, slip.earlier) == (power, (name,), False)


def test_a_row_in_another_unit_is_one_slip_with_all_its_amounts():
    small = {"nonop_in": 3 * WAN, "profit": 400 * WAN}
    now = {name: value if name.startswith("emp") else value * 10 for name, value in (NOW | small).items()}
    slip = found(now, LAST | {"profit": 380 * WAN})
    assert slip.whole
    assert set(slip.fields) == {"rev", "gov", "cost", "assets", "profit", "nonop_in"}


def test_an_enterprise_that_has_grown_tenfold_has_not_slipped():
    assert found({name: value * 10 for name, value in NOW.items()}) is None  # its people came with it
    assert found({**NOW, "rev": NOW["rev"] * 4}) is None  # far, but at no power of ten


def test_a_handful_of_people_who_became_many_are_a_beginning():
    assert found({**NOW, "emp_avg": 72}, {**LAST, "emp_avg": 4}) is None
    assert found({**NOW, "emp_avg": 2100}).fields == ("emp_avg",)


def test_where_last_year_is_off_that_is_said():
    slip = found(NOW, {**LAST, "rev": LAST["rev"] * 1000}, older=LAST)
    assert (slip.power, slip.fields, slip.earlier) == (-3, ("rev",), True)
    assert found({**NOW, "rev": NOW["rev"] * 1000}, older=LAST).earlier is False


def test_one_figure_alone_needs_the_peers():
    now, before = {"rev": 50_000 * WAN}, {"rev": 5000 * WAN}
    assert found(now, before) is None  # tenfold, and nothing to tell it by
    assert found(now, before, usual={"rev": 1.1}).fields == ("rev",)
    assert found(now, before, usual={"rev": 0.1}) is None  # as the peers are: it has grown
    assert found({"rev": 50_000_000 * WAN}, before).power == 4


def test_noughts_and_changed_signs_say_nothing():
    assert found({**NOW, "equity": 0, "fai_cum": -5}, {**LAST, "equity": 7, "fai_cum": 50}) is None


def test_a_correction_is_exact_or_is_not_offered():
    assert scaled(ECONOMY, {"rev": 652_113_000, "emp_end": 2150}, 1) == ({"rev": 65_211_300, "emp_end": 215}, "")
    after, why = scaled(ECONOMY, {"rev": 652_113_000, "emp_end": 2151}, 1)
    assert (after, why) == ({}, "期末从业人员 2,151 除以 10 有除不尽的尾数，不能一键改，请按原始表重填")
    after, why = scaled(ECONOMY, {"rev": 10**12}, -4)
    assert after == {}
    assert "存不下" in why
    assert scaled(ECONOMY, {"profit": -20_000}, 4) == ({"profit": -2}, "")


# --- over a zone


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A zone of 1,000 enterprises and six years, with the handful of faults of every made-up zone."""
    path = tmp_path_factory.mktemp("量级") / "园区.db"
    with DataFile(path, who="测试") as file:
        fill(file, enterprises=1000)
    return path


@pytest.fixture
def zone(made, tmp_path):
    with DataFile(shutil.copy(made, tmp_path / "园区.db"), who="录入员") as file:
        with file.reading() as connection:
            code = zones(connection)[0].code
        yield file, code


def look(zone, year=2025):
    file, code = zone
    return doubts(file, pack("台办"), [code], Period(year))


def test_true_figures_are_left_alone(zone):
    """Of 1,000 enterprises: no slip but the planted one in five years, no like names, and of outliers at most one in a hundred."""
    told = {year: look(zone, year).found for year in range(2021, 2026)}
    of = {year: [each.kind.id for each in some] for year, some in told.items()}
    assert {year: some.count(SLIP) for year, some in of.items()} == {2021: 0, 2022: 0, 2023: 0, 2024: 0, 2025: 1}
    assert {year: some.count("近名") for year, some in of.items()} == dict.fromkeys(of, 0)
    assert max(some.count("离群") for some in of.values()) <= 10


PLANTED = ("rev", "cost", "assets", "payroll", "fa_orig")


def _level(now, before):
    """An enterprise in its usual course: there is a figure, and it moved by less than two thirds."""
    return bool(now and before) and 0.6 < now / before < 1.7


def test_planted_slips_are_all_found_and_put_right(zone):
    file, code = zone
    chance = random.Random(7)
    with file.reading() as connection:
        years = figures_of(connection, [code], Period(2025))
    rows = [
        each
        for ent, each in years[2025].items()
        if ent in years[2024] and all(_level(each.values.get(n), years[2024][ent].values.get(n)) for n in PLANTED)
    ]
    before = {each.row for each in look(zone).found if each.kind.id == SLIP}
    planted = {}
    with batch(file, code, "导入", "差了量级") as work:
        for number, each in enumerate(chance.sample([each for each in rows if each.row not in before], 90)):
            name, power = PLANTED[number % 5], (1, 3, 4, -1, -3, -4)[number % 6]
            right = each.values[name] // WAN * WAN  # whole 万元: an amount cut short cannot be told back
            new = right * 10**power if power > 0 else right // 10**-power
            work.set(ECONOMY, each.row, {name: new})
            planted[each.row] = (name, right)
    told = {each.row: each for each in look(zone).found if each.kind.id == SLIP}
    assert planted.keys() - told.keys() == set()
    assert told.keys() - planted.keys() == before
    assert all(told[row].fields == (name,) for row, (name, _) in planted.items())
    for row in planted:
        with batch(file, code, "更正", told[row].fix.title) as work:
            put_right(work, told[row])
    with file.reading() as connection:
        now = Rows(connection, code).values_of(ECONOMY, list(planted), PLANTED)
    assert all(now[row][name] == right for row, (name, right) in planted.items())
    assert {each.row for each in look(zone).found if each.kind.id == SLIP} == before


def test_a_correction_is_a_named_step_that_can_be_undone(zone):
    file, code = zone
    doubt = look(zone).found[0]
    assert doubt.fix.label == "除以 10"
    assert "同行业" in doubt.message
    with batch(file, code, "更正", doubt.fix.title) as work:
        put_right(work, doubt)
    assert done(file)[0].title == f"更正量级：营业收入 ÷10 · {doubt.title.name}"
    assert doubt.key not in {each.key for each in look(zone).found}
    with pytest.raises(Refused, match="刚才已经变了"), batch(file, code, "更正", doubt.fix.title) as work:
        put_right(work, doubt)  # an old list
    with file.reading() as connection:
        latest = next_undo(connection)
    reverse(file, latest.no)
    assert look(zone).found[0] == doubt


def test_an_explanation_holds_for_its_values_alone(zone):
    file, code = zone
    doubt = look(zone).found[0]

    def explain(text):
        with batch(file, code, "说明", "说明") as work:
            write_note(work, (HOME,), Period(2025), *doubt.key[:1], doubt.ledger.id, doubt.row, doubt.seen, text)
        return look(zone)

    assert not explain("核实无误").found[0].explained
    after = explain("并入赣州某某电子有限公司，收入并表计算")
    assert after.found[0].explained
    assert after.open == len(after.found) - 1
    assert after.found[0].to_json()["explanation"].startswith("并入")
    others = list(after.found[1:])
    with batch(file, code, "录入", "改一格") as work:
        work.set(ECONOMY, doubt.row, {"rev": doubt.fix.before["rev"] + WAN})
    again = look(zone)
    assert (again.found[0].key, again.found[0].explained) == (doubt.key, False)
    assert list(again.found[1:]) == others


def test_a_kind_is_switched_off_and_a_threshold_changed_with_a_trace(zone):
    file, code = zone
    with batch(file, code, "审核设置", "量级容差 改为 1.001倍") as work:
        choose(work, (HOME,), WINDOW, "1.001倍", "本区企业增长快，只看正好差十倍的")
    told = look(zone)
    assert SLIP not in {each.kind.id for each in told.found}  # 10.02 times
    assert [(each.item, each.value, each.who) for each in told.choices] == [(WINDOW, "1.001倍", "录入员")]
    with batch(file, code, "审核设置", "停用 离群") as work:
        choose(work, (HOME,), WINDOW, "", "")
        choose(work, (HOME,), "离群", OFF, "本区企业太少，没有可比的同行")
    assert {each.kind.id for each in look(zone).found} == {SLIP}


def test_a_thousand_enterprises_are_looked_at_in_well_under_a_second(zone):
    look(zone)
    begun = time.perf_counter()
    look(zone)
    assert time.perf_counter() - begun < 1


@pytest.mark.parametrize(("value", "number"), [("0倍", 1), ("0.5倍", 1), ("-3倍", 1), ("2倍", 2)])
def test_a_threshold_of_less_than_once_is_once(value, number):
    """Its logarithm is taken."""
    assert Settings(values=((WINDOW, value),)).number(WINDOW) == number


# --- what a zone says of itself

YEAR = Period(2025)
ZONE_YEAR = BY_ID["zone_year"]


@pytest.fixture
def zone_file(tmp_path):
    with DataFile(tmp_path / "区.db", who="测试") as file:
        fill(file, enterprises=24)
        yield file


def zone_of(file):
    with file.reading() as connection:
        return zones(connection)[0].code


def year_row(file, code, year):
    table = table_of(ZONE_YEAR)
    with file.reading() as connection:
        return connection.execute(select(table).where(table.c.zone_code == code, table.c.year == year)).mappings().one()


@pytest.mark.parametrize("power", [1, 3, 4, -1])
@pytest.mark.parametrize("name", ["rev_all", "tax_all", "park_assets", "export_usd"])
def test_a_zones_own_figure_of_another_magnitude_is_found_and_put_right_with_one_key(zone_file, name, power):
    code = zone_of(zone_file)
    assert not [each for each in doubts(zone_file, pack("台办"), [code], YEAR).found if each.ledger is ZONE_YEAR]
    row = year_row(zone_file, code, 2025)
    wrong = row[name] * 10**power if power > 0 else row[name] // 10**-power
    with batch(zone_file, code, "录入", "错一格") as work:
        work.set(ZONE_YEAR, row["id"], {name: wrong})
    (doubt,) = (each for each in doubts(zone_file, pack("台办"), [code], YEAR).found if each.ledger is ZONE_YEAR)
    assert (doubt.kind.id, doubt.row, doubt.fields) == (SLIP, row["id"], (name,))
    assert ("倍" if power > 0 else "分之一") in doubt.message
    with batch(zone_file, code, "更正", doubt.fix.title) as work:
        put_right(work, doubt)
    if power > 0:
        assert year_row(zone_file, code, 2025)[name] == row[name]
    assert not [each for each in doubts(zone_file, pack("台办"), [code], YEAR).found if each.ledger is ZONE_YEAR]


def test_no_slip_is_told_of_true_figures_of_a_zone_nor_of_one_that_grew_as_a_whole(zone_file):
    code = zone_of(zone_file)
    for period in (Period(2022), Period(2023), Period(2024), YEAR, Period(2025, "Q", 3)):
        found = doubts(zone_file, pack("赣州"), [code], period).found
        assert not [each for each in found if each.ledger.id in {"zone_year", "zone_period"}], period
    row = year_row(zone_file, code, 2025)
    grown = {name: row[name] * 3 for name in ("rev_all", "profit_all", "tax_all", "gov_ind_up", "park_assets")}
    with batch(zone_file, code, "录入", "并入一个园区") as work:
        work.set(ZONE_YEAR, row["id"], grown)
    assert not [each for each in doubts(zone_file, pack("台办"), [code], YEAR).found if each.ledger is ZONE_YEAR]
