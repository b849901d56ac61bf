"""Slips of the unit in ledgers kept without years: what is found beside a row's own figures, what is left alone, how it is put right."""

from __future__ import annotations

from collections import Counter
from datetime import date
from math import log10

import pytest

from models.demo import fill
from models.doubts.doubt import put_right
from models.doubts.kinds import HOME, SLIP
from models.doubts.looking import doubts
from models.doubts.neighbours import HALLS, LAND, PAID_IN, PROJECTS, SIGHTS, Mistaken, mistaken
from models.doubts.undated import undated_slips
from models.kinds import Quantity
from models.ledgers import ledger
from models.packs.pack import pack
from models.periods import Period
from models.store.batches import Refused, batch
from models.store.compared import standing_rows
from models.store.file import DataFile
from models.store.findings import write_note
from models.store.history import next_undo, reverse
from models.store.zones import create_zone, zones

ZONE, YEAR = "E1", Period(2025)
PLOT = {"area_m2": 33_333.0, "due_area_m2": 30_000.0, "price": 1_200.0, "price_paid": 1_200.0, "inv_due": 15_000.0}
PAID = {"amt_fc": 100.0, "fx_usd": 1.0, "amt_usd": 100.0, "fx_cny": 7.12, "amt_cny": 712.0}


def found(sight, row, **changed):
    return mistaken({name: log10(value) for name, value in {**row, **changed}.items() if value}, sight)


def test_a_plot_that_fits_has_no_slip():
    assert found(LAND, PLOT) is None
    assert found(LAND, PLOT, price=0) is None
    assert found(LAND, PLOT, price_paid=12) is None, "a first part of the price"
    assert found(LAND, {"area_m2": 50.0}) is None, "nothing beside it"


@pytest.mark.parametrize(
    ("changed", "fields", "unit"),
    [
        ({"area_m2": 50.0}, ("area_m2",), "亩"), ({"area_m2": 3.3333}, ("area_m2",), "公顷"),
        ({"due_area_m2": 45.0}, ("due_area_m2",), "亩"),
        ({"price": 12_000_000.0}, ("price",), "元"), ({"price_paid": 12_000_000.0}, ("price_paid",), "元"),
        ({"inv_due": 1.5}, ("inv_due",), "亿元"), ({"price": 0.12, "price_paid": 0.12}, ("price", "price_paid"), "亿元"),
    ],
)  # fmt: skip
def test_a_plot_with_figures_in_another_unit(changed, fields, unit):
    slip = found(LAND, PLOT, **changed)
    assert (slip.fields, slip.typed) == (fields, unit)


def test_what_may_be_two_things_is_not_told():
    """A price far from its area, and nothing else: the one in 元, or the other in 公顷."""
    assert found(LAND, {"area_m2": 33_333.0, "price": 12_000_000.0}) is None
    assert found(LAND, {"price": 1_200.0, "price_paid": 12_000_000.0}) is None


@pytest.mark.parametrize(
    ("changed", "slip"),
    [
        ({"amt_cny": 7_120_000.0}, Mistaken(("amt_cny",), "元", ("amt_fc", "fx_cny", "amt_usd"))),
        ({"amt_cny": 7_120.0}, Mistaken(("amt_cny",), "千元", ("amt_fc", "fx_cny", "amt_usd"))),
        ({"amt_usd": 1_000_000.0}, Mistaken(("amt_usd",), "美元", ("amt_fc", "fx_usd", "amt_cny"))),
        ({"amt_fc": 1_000_000.0}, Mistaken(("amt_fc",), "原币", ("fx_usd", "amt_usd", "fx_cny", "amt_cny"))),
        ({"fx_cny": 712.0}, None), ({"fx_usd": 0.1}, None), ({"amt_cny": 800.0}, None),
    ],
)  # fmt: skip
def test_money_paid_in_is_its_currency_times_the_rate(changed, slip):
    """A rate for a hundred, or an amount that is merely wrong, is no unit of the amount."""
    assert found(PAID_IN, PAID, **changed) == slip


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    path = tmp_path_factory.mktemp("没有年度") / "演示.db"
    with DataFile(path, who="测试") as file:
        fill(file, enterprises=120, seed=3)
    return path


def test_a_zone_without_a_slip_has_no_doubt(demo):
    with DataFile(demo, read_only=True) as file, file.reading() as connection:
        (zone,) = {row.zone for row in standing_rows(connection, ledger("宗地"), [_only(connection)])}
        assert list(undated_slips(connection, [zone])) == []
        rows = {sight.ledger.label: len(standing_rows(connection, sight.ledger, [zone])) for sight in SIGHTS}
    assert min(rows.values()) >= 5, rows


def test_of_planted_slips_none_is_taken_for_another_and_most_are_found(demo):
    """Every figure of every row in every unit it may have been typed in: told right, or not at all."""
    told = Counter()
    with DataFile(demo, read_only=True) as file, file.reading() as connection:
        for sight in SIGHTS:
            for row in standing_rows(connection, sight.ledger, [_only(connection)]):
                logs = {name: log10(abs(value) / _step(sight, name)) for name, value in row.values.items() if value}
                for fields, typed in sight.hypotheses:
                    there = tuple(name for name in fields if name in logs)
                    if len(there) == len(fields):
                        spoiled = {**logs, **{each: logs[each] - log10(sight.times(each, typed)) for each in there}}
                        slip = mistaken(spoiled, sight)
                        right = slip is None or (slip.fields, slip.typed) == (there, typed)
                        told[sight.ledger.label, "一项" if len(there) == 1 else "几项", slip is not None] += 1
                        assert right, (sight.ledger.label, there, typed, slip)
    for each in SIGHTS:
        label = each.ledger.label
        assert told[label, "一项", True] > told[label, "一项", False], told
    assert told["到资流水", "一项", False] == 0
    assert told["宗地", "一项", True] > 20 * told["宗地", "一项", False]


def _only(connection):

    return zones(connection)[0].code


def _step(sight, name):
    kind = sight.ledger.by_id[name].kind
    assert isinstance(kind, Quantity)
    return float(kind.step)


@pytest.fixture
def file(tmp_path):
    with DataFile(tmp_path / "园区.db", who="王会计") as opened:
        create_zone(opened, ZONE, "甲开发区")
        yield opened


def add(file, label, **cells):
    on = ledger(label)
    values = {on.field(name).id: on.field(name).kind.parse(text) for name, text in cells.items()}
    with batch(file, ZONE, "录入", label) as work:
        return work.add(on, values)


def slips(file, period=YEAR):
    seen = doubts(file, pack("台办"), [ZONE], period, date(2026, 1, 5))
    return [each for each in seen.found if each.kind.id == SLIP]


def value(file, label, name):
    with file.reading() as connection:
        (row,) = standing_rows(connection, ledger(label), [ZONE])
        return ledger(label).field(name).kind.show(row.values[ledger(label).field(name).id])


def test_an_area_in_mu_is_put_right_with_one_key_and_taken_back(file):
    add(file, "宗地", 宗地编号="DK-7", 坐落="金岭路 8 号", 宗地面积="50", 应动工面积="30000", 出让价款="1200")
    (doubt,) = slips(file)
    assert doubt.ledger.label == "宗地"
    assert doubt.message == (
        "DK-7 宗地面积 50.00 ㎡，和旁边的应动工面积 30,000.00 ㎡ 对不上，像是按亩填的（这里要填㎡）"
    )
    assert (doubt.fix.label, doubt.fix.title) == ("按亩换算", "更正量级：宗地面积 按亩换算 · DK-7")
    assert doubt.lines[0] == ("area_m2", ("宗地面积（㎡）", "50.00", "33,333.33"))
    with batch(file, ZONE, "更正", doubt.fix.title) as work:
        put_right(work, doubt)
    assert value(file, "宗地", "宗地面积") == "33,333.33"
    assert slips(file) == []
    with batch(file, ZONE, "录入", "又改") as work, pytest.raises(Refused):
        put_right(work, doubt)
    with file.reading() as connection:
        latest = next_undo(connection)
    assert latest.title == doubt.fix.title
    reverse(file, latest.no)
    assert value(file, "宗地", "宗地面积") == "50.00"
    assert len(slips(file)) == 1


def test_one_that_is_right_is_said_to_be(file):
    add(file, "宗地", 宗地编号="DK-7", 坐落="金岭路 8 号", 宗地面积="50", 应动工面积="30000")
    (doubt,) = slips(file)
    with batch(file, ZONE, "说明", "已核实") as work:
        text = "应动工面积登记的是整个街区的，已和自然资源局核对"
        write_note(work, (HOME,), YEAR, SLIP, doubt.ledger.id, doubt.row, doubt.seen, text)
    assert slips(file)[0].explained
    assert slips(file, YEAR.back())[0].explained  # the row is the same in every year
    with batch(file, ZONE, "说明", "不是了") as work:
        write_note(work, (HOME,), YEAR.back(), SLIP, doubt.ledger.id, doubt.row, doubt.seen, "")
    assert not slips(file, YEAR.back())[0].explained
    assert slips(file)[0].explained
    with batch(file, ZONE, "录入", "改") as work:
        work.set(doubt.ledger, doubt.row, {"area_m2": 60_00})
    assert [each.explained for year in (YEAR, YEAR.back(), YEAR.back().back()) for each in slips(file, year)] == [
        False
    ] * 3


def test_what_leaves_a_remainder_is_told_and_not_offered(file):
    add(
        file,
        "宗地",
        宗地编号="DK-7",
        坐落="路",
        宗地面积="33333",
        应动工面积="30000",
        出让价款="12000000.55",
        已缴价款="1200",
    )
    (doubt,) = slips(file)
    assert doubt.fix is None
    assert "除不尽的尾数，不能一键改" in doubt.unfixed


def test_a_hall_beside_those_who_rent_in_it(file):
    plot = add(file, "宗地", 宗地编号="DK-1", 坐落="路", 宗地面积="20000")
    firm = add(file, "企业", 单位详细名称="甲公司", 统一社会信用代码="91360703DEM6FRH80K")
    on, lease = ledger("标准厂房"), ledger("厂房入驻")
    with batch(file, ZONE, "录入", "厂房") as work:
        cells = {"fac_no": "F1", "fac_name": "一号厂房", "parcel": plot, "bld_m2": 1_20, "rentable_m2": 10_000_00}
        hall = work.add(on, cells)
        work.add(lease, {"fac": hall, "ent": firm, "from_date": 20240101, "area_m2": 6_000_00})
    (doubt,) = slips(file)
    assert doubt.message == (
        "一号厂房 总建筑面积 1.20 ㎡，和旁边的可租售面积 10,000.00 ㎡、厂房入驻的租用面积 6,000.00 ㎡ 对不上，"
        "像是按公顷填的（这里要填㎡）"
    )
    assert HALLS.foreign["let"].label == "厂房入驻的租用面积"
    assert doubt.fix.after == {"bld_m2": 12_000_00}


def test_a_project_in_yuan_beside_what_it_signed_for(file):
    add(
        file,
        "项目",
        项目编号="P1",
        项目名称="甲项目",
        计划总投资="120000000",
        计划固定资产投资="9000",
        签约金额="12000",
        用地需求="40",
    )
    (doubt,) = slips(file)
    assert (doubt.fields, doubt.fix.label) == (("inv_total",), "按元换算")
    assert doubt.to_json()["fix"] == {
        "title": "更正量级：计划总投资 按元换算 · 甲项目",
        "values": {"计划总投资": "12000.00"},
    }
    assert PROJECTS.ledger.label == "项目"
