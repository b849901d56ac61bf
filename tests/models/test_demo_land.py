"""The made-up zone's land and factories: the rules of families L, Z and B2–B4 and E020, E021 hold, reckoned here in plain Python."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from fractions import Fraction

import pytest

from models.demo import fill
from models.store.file import DataFile
from models.uscc import check
from tests.models.demo_rows import CODE, FACTORY, PARCEL, Rows, full_year, in_use

BUILT = {"4", "5", "7"}


@pytest.fixture(scope="module", params=[(24, 2, 1), (20, 2, 7), (45, 4, 3), (260, 7, 11)], ids=str)
def rows(tmp_path_factory, request):
    enterprises, years, seed = request.param
    with DataFile(tmp_path_factory.mktemp("land") / "a.db") as file:
        fill(file, enterprises=enterprises, years=years, seed=seed)
        yield Rows(file)


def plots(rows):
    """宗地年度 with its 宗地: (stored year end, 宗地, 宗地年度)."""
    known = rows.by("宗地", "parcel_no")
    return [(int(row["报告期"]) * 10_000 + 1231, known[row[PARCEL]], row) for row in rows("宗地年度")]


def test_every_state_and_use_occurs(rows):
    last = [row for row in rows("宗地年度") if row["报告期"] == "2025"]
    assert {row["dev_state"] for row in last} == set("12345678")
    assert {row["use_way"] for row in rows("宗地占用")} == {"1", "2", "3"}
    assert any(row["to_date"] for row in rows("宗地占用"))
    users = defaultdict(set)
    for row in rows("宗地占用"):
        users[row[PARCEL]].add(row[CODE])
    assert max(map(len, users.values())) > 1  # several enterprises on one parcel
    assert max(Counter(code for codes in users.values() for code in codes).values()) > 1  # and one on several


def test_supply_and_terms(rows):
    assert len({row["parcel_no"] for row in rows("宗地")}) == len(rows("宗地"))  # L001
    for row in rows("宗地"):
        assert 66_666 <= row["area_m2"] <= 200_000_000  # L002, L003
        assert row["start_due"] is None or row["finish_due"] >= row["start_due"]  # L006
        assert row["finish_act"] is None or row["finish_act"] >= row["start_act"]  # L007
        assert row["start_act"] is None or row["start_act"] >= row["sign_date"]  # L008
        assert not row["std_land"] or all(row[name] for name in ("sl_inv", "sl_tax", "sl_far", "sl_energy", "sl_emis"))
        assert not row["std_land"] or (50 <= row["sl_far"] <= 500 and row["sl_inv"] <= 3000 * 1500)  # L016, L017
        if row["use_code"] == "工业" and row["term_y"]:
            assert row["term_y"] <= 50  # L021
            assert row["inv_due"] > row["price"]  # L024
        assert (row["use_code"] == "工业") == (row["inv_due"] is not None)
        if row["term_y"]:
            assert row["price_paid"] <= row["price"]  # L027
            years = (row["expire_date"] - row["sign_date"]) / 10_000
            assert abs(years - row["term_y"]) <= 1  # L028
        assert (row["sign_date"] is None) == (row["supply_date"] is None)


def test_states_of_the_years(rows):
    for end, plot, row in plots(rows):
        state, supplied = row["dev_state"], row["supply_cls"].startswith("D")
        assert not supplied or (plot["contract_no"] and check(plot["owner_uscc"]).level == "" and plot["supply_way"])
        late = supplied and plot["start_act"] is None and full_year(plot["start_due"], end) and state != "8"
        assert not late or row["idle"] or plot["delay_doc"]  # L009
        halted = row["halt_date"] and full_year(row["halt_date"], end)
        assert not (halted and row["started_area_m2"] * 3 < plot["due_area_m2"]) or row["idle"]  # L010
        assert not (halted and row["inv_act"] * 4 < plot["inv_due"]) or row["idle"]  # L025
        assert not row["idle"] or (row["idle_doc"] and row["idle_type"] in ("1", "2", "3"))  # L011
        assert not (plot["prod_date"] and row["idle"])  # L012
        assert row["started_area_m2"] is None or row["started_area_m2"] <= plot["due_area_m2"]  # L013
        assert (row["disp_done_m2"] or 0) <= plot["area_m2"]  # L014
        assert row["idle"] == (state == "6")  # L029
        assert (state == "7") == (row["loweff"] and not row["idle"])  # L030
        assert (state in BUILT) == (row["bld_area_m2"] is not None) == row["cls"].startswith("A")
        if state in BUILT:
            assert row["bld_area_m2"] <= 8 * plot["area_m2"]  # L018
            assert row["base_area_m2"] <= plot["area_m2"]  # L026
            if plot["use_code"] == "工业":
                assert state == "7" or row["base_area_m2"] * 100 >= 30 * plot["area_m2"]  # L019
                assert row["admin_area_m2"] * 100 <= 7 * plot["area_m2"]  # L020
    idle = {row["idle_type"] for _, _, row in plots(rows) if row["idle"]}
    assert idle == ({"1", "2", "3"} if len(rows("企业")) > 20 else {"1"})


def test_a_state_agrees_with_the_days(rows):
    for end, plot, row in plots(rows):
        done = {name: plot[name] is not None and plot[name] <= end for name in ("sign_date", "start_act", "finish_act")}
        expected = {
            "1": (False, False, False), "2": (True, False, False), "3": (True, True, False), "4": (True, True, True),
            "5": (True, True, True), "7": (True, True, True), "8": (True, False, False),
        }  # fmt: skip
        if row["dev_state"] != "6":
            assert tuple(done.values()) == expected[row["dev_state"]]
        if plot["use_code"] == "工业":
            working = plot["prod_date"] is not None and plot["prod_date"] <= end
            assert working == (row["dev_state"] in ("4", "7"))


def test_those_on_a_parcel_have_room_in_every_year(rows):
    parcels = rows.by("宗地", "parcel_no")
    houses = rows.by("标准厂房", "fac_no")
    for year in rows.years:
        end = year * 10_000 + 1231
        used, own, let, lent = Counter(), Counter(), Counter(), Counter()
        for row in rows("宗地占用"):
            parcel, area = row[PARCEL], row["area_m2"]
            if row["use_way"] == "1":
                own[parcel] += area
            if row["use_way"] == "3":
                let[parcel] += area
            if in_use(row, end):
                used[parcel] += area if row["use_way"] != "3" else 0
                lent[parcel] += {"2": area, "3": -area}.get(row["use_way"], 0)
        built = Counter()
        for house in houses.values():
            if house["done_date"] and house["done_date"] <= end:
                built[house["所在宗地:宗地编号"]] += house["bld_m2"]
        for row in rows("厂房入驻"):
            parcel = houses[row[FACTORY]]["所在宗地:宗地编号"]
            if in_use(row, end):
                used[parcel] += Fraction(row["area_m2"] * parcels[parcel]["area_m2"], built[parcel])
        assert all(area <= parcels[parcel]["area_m2"] + 100 for parcel, area in used.items())  # L022
        assert all(own[parcel] + let[parcel] <= parcels[parcel]["area_m2"] + 100 for parcel in own)  # L023
        assert not any(lent.values())  # what is let is rented by others on the same land


def test_every_firm_stands_where_its_year_says(rows):
    uses, leases = rows.grouped("宗地占用", CODE), rows.grouped("厂房入驻", CODE)
    firms = rows.by("企业", "uscc")
    for row in rows("企业年度"):
        end, code = int(row["报告期"]) * 10_000 + 1231, row[CODE]
        own = [use for use in uses[code] if in_use(use, end) and use["use_way"] == "1"]
        rents = [lease for lease in leases[code] if in_use(lease, end)]
        assert row["land_mode"] in ("1", "2")
        assert bool(own) >= (row["land_mode"] == "1")  # E020
        assert bool(rents) == (row["land_mode"] == "2")  # E021
    parcels = rows.by("宗地", "parcel_no")
    for code, kept in uses.items():
        first = [parcels[use[PARCEL]] for use in kept if use["use_way"] == "1" and use["from_date"] < 20200101]
        assert all(parcel["owner_uscc"] == code and parcel["sign_date"] >= firms[code]["open_date"] for parcel in first)
        produced = {parcels[use[PARCEL]]["prod_date"] for use in kept if use["use_way"] == "1"}
        assert (
            firms[code]["prod_date"] in produced or leases[code]
        )  # 投产日期 is that of its own land, or of the rented house
    for code, kept in leases.items():
        assert all(lease["from_date"] == firms[code]["enter_date"] for lease in kept)


def test_the_zones_land_is_the_sum_of_its_parcels(rows):
    years = defaultdict(list)
    for _, plot, row in plots(rows):
        years[row["报告期"]].append((plot["area_m2"], row))
    before = 0
    books = defaultdict(list)
    trades = rows.by("企业", "uscc")
    for row in rows("经济数据"):
        books[row["报告期"]].append((trades[row[CODE]]["ind_code"], row))
    for land in rows("土地利用状况"):
        found = years[land["报告期"]]
        built = sum(land[name] for name in ("a1", "a2", "a31", "a32", "a4", "a51", "a52", "a6"))
        other = sum(land[name] for name in ("b11", "b12", "b21", "b22", "c1", "c2", "c3"))
        supplied = land["d1"] + land["d21"] + land["d22"]
        assert land["a"] == built  # Z001
        assert land["total"] == built + other  # Z003
        assert land["a"] <= supplied <= land["a"] + land["b21"]  # Z004, Z005
        assert land["g"] <= supplied  # Z006
        assert land["a"] <= 10 * land["bld_total"]  # Z007
        assert land["bld_total"] <= 5 * land["a"]
        assert land["a2"] <= 10 * land["bld_ind"] <= 50 * land["a2"]  # Z008
        assert land["base_total"] <= land["a"]  # Z009
        assert supplied == sum(area for area, row in found if row["supply_cls"].startswith("D"))  # Z010
        assert land["g"] == sum(area for area, row in found if row["idle"])  # Z011
        assert land["a"] >= before  # Z012
        assert land["a2"] == sum(area for area, row in found if row["cls"] == "A2")
        assert land["bld_ind"] == sum(row["bld_area_m2"] or 0 for _, row in found if row["cls"] == "A2")
        assert land["b22"] >= 0
        assert land["f"] + land["e1"] + land["e21"] + land["e22"] + supplied == land["total"]
        industry = [row for code, row in books[land["报告期"]] if "0610" <= code <= "4690"]
        assert land["fa_ind_cum"] == sum(row["fai_cum"] for row in industry)
        assert land["tax_ind"] == sum(row["tax_paid"] for row in industry)
        before = land["a"]
    assert len(rows("土地利用状况")) == len(rows.years)
    (zone,) = rows("开发区")
    assert zone["core_area"] <= zone["appr_area"] <= zone["mgmt_area"] < 10 * zone["appr_area"]  # Z013, Z014, Z016


def test_factories(rows):
    leases = rows.grouped("厂房入驻", FACTORY)
    states = set()
    for house in rows("标准厂房"):
        if house["done_date"] is None:
            assert leases[house["fac_no"]] == []
            assert house["rentable_m2"] is None
            states.add("在建")
            continue
        rates = []
        assert house["rentable_m2"] <= house["bld_m2"]  # B002
        assert (
            house["start_date"]
            <= house["done_date"]
            <= min((row["from_date"] for row in leases[house["fac_no"]]), default=20251231)
        )
        for year in rows.years:
            used = sum(row["area_m2"] for row in leases[house["fac_no"]] if in_use(row, year * 10_000 + 1231))
            assert used <= house["rentable_m2"]  # B002
            rates.append(Fraction(used * 100, house["rentable_m2"]))
        assert all(last - now <= 20 for last, now in itertools.pairwise(rates))  # B004
        states.add("满租" if rates[-1] == 100 else "部分使用" if rates[-1] else "竣工未用")
    assert states == {"在建", "竣工未用", "部分使用", "满租"}
