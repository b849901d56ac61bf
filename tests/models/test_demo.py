"""The made-up zone: right to the last sum but for the planted faults, which the audit finds, all and only them."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

import pytest

from models.audit import audit, unjudged
from models.demo import fill
from models.demo.breadth import LEDGERS as BREADTH
from models.demo.breadth import Breadth
from models.ledgers import LEDGERS, ledger
from models.packs.pack import pack
from models.periods import Period
from models.store.batches import batch
from models.store.file import DataFile
from models.store.history import done, undo
from models.store.listing import listing
from models.store.views import find_reference
from models.store.zones import create_zone, zones
from models.uscc import check
from tests.models.demo_rows import CODE, LISTED, TODAY, found, told

LAST = Period(2025)
RULES = ["E013", "P002", "P013", "P014", "Y001", "P006", "P014", "W003", "E010", "W007", "B012", "B012"]


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The zone as the command makes it: (file, what fill gave back)."""
    with DataFile(tmp_path_factory.mktemp("demo") / "演示.db", who="测试") as file:
        yield file, fill(file)


def rows(file, label, zone="360701"):
    """The rows of a ledger as {field id, or heading of a reference or period: stored value}."""
    with file.reading() as connection:
        columns, found = listing(connection, ledger(label), [zone], personal=True)
        names = [column.field.id if column.field else column.heading for column in columns]
        return [dict(zip(names, row, strict=True)) for row in found]


def everything(file):
    return {each.label: rows(file, each.label) for each in LEDGERS}


def spoilt(made, *fields):
    """The keys of the rows in whose ``fields`` a fault was planted."""
    return {each["key"] for each in made["findings"] if each["field"] in fields}


@pytest.mark.parametrize("pack_id", ["台办", "通用"])
def test_the_audit_finds_what_is_listed_and_nothing_else_in_any_year(demo, pack_id):
    file, _ = demo
    for year in range(2020, 2026):
        assert found(file, pack_id, year) == told(LISTED, pack_id, year), year


def test_the_list_is_what_was_planted(demo):
    _, made = demo
    assert made["findings"] == LISTED
    assert [each["rule"] for each in LISTED] == RULES
    assert told(LISTED, "台办") == sorted((each["rule"], each["ledger"], each["key"]) for each in LISTED)


@pytest.mark.parametrize(("enterprises", "years", "seed"), [(20, 2, 7), (45, 4, 3), (60, 12, 5), (260, 7, 11)])
def test_other_sizes_have_the_same_faults(tmp_path, enterprises, years, seed):
    with DataFile(tmp_path / "a.db") as file:
        made = fill(file, enterprises=enterprises, years=years, seed=seed)
        assert [each["rule"] for each in made["findings"]] == RULES
        for year in range(2026 - years, 2026):
            assert found(file, "台办", year) == told(made["findings"], "台办", year), year
        assert len(rows(file, "企业")) == enterprises
        assert {row["报告期"] for row in rows(file, "开发区年度")} == {str(year) for year in range(2026 - years, 2026)}


@pytest.mark.parametrize("seed", range(40, 46))
def test_other_seeds_have_the_same_faults(tmp_path, seed):
    with DataFile(tmp_path / "a.db") as file:
        made = fill(file, seed=seed)
        assert [each["rule"] for each in made["findings"]] == RULES
        for year in (2024, 2025):
            assert found(file, "台办", year) == told(made["findings"], "台办", year), year


def test_what_the_audit_cannot_judge_is_what_is_not_there(demo):
    """Firms without output or a year before; everything else is filled in."""
    file, _ = demo
    report = audit(file, pack("台办"), ["360701"], LAST, TODAY)
    assert dict(report.unknown) == {
        "P006": 4, "P008": 4, "P009": 4, "P013": 2, "P014": 2, "P017": 2, "P020": 2, "P023": 1, "P028": 2,
    }  # fmt: skip
    reasons = " ".join(unjudged(file, report, ["360701"], TODAY).values())
    assert set(re.findall(r"[^ ；、，]+ (?=未填|是 0)", reasons)) <= {
        "工业总产值 ", "营业收入 ", "工业增加值 ", "上年.工业增加值 ", "上年.综合能源消费量 ", "上年.营业收入 ",
        "上年.累计固定资产投资 ", "备注说明 ",
    }  # fmt: skip


def test_taking_away_the_digit_too_many_leaves_the_other_faults(tmp_path):
    with DataFile(tmp_path / "a.db") as file:
        fill(file)
        slip = next(one for one in audit(file, pack("台办"), ["360701"], LAST, TODAY).findings if one.rule.id == "P013")
        (wrong,) = (
            row["rev"] for row in rows(file, "经济数据") if (row[CODE], row["报告期"]) == (slip.title.key, "2025")
        )
        with batch(file, "360701", "录入", "改正") as work:
            work.set(slip.ledger, slip.row, {"rev": wrong // 10})
        assert [rule for rule, _, _ in found(file, "台办")] == [
            "B012",
            "B012",
            "E010",
            "E013",
            "P002",
            "P014",
            "W003",
            "W007",
        ]


def test_sums_within_a_firm_hold(demo):
    file, made = demo
    wrong = spoilt(made, "经济数据.利润总额", "经济数据.营业收入")
    books = {(row[CODE], row["报告期"]): row for row in rows(file, "经济数据")}
    # one is being set up in the last year; three came in 2020, 2021 and 2023, so that they sell from the year after on
    assert len(books) == 24 * 6 - 5 - 1 - 3
    for (code, year), row in books.items():
        assert row["assets"] == row["liab"] + row["equity"]
        assert row["fa_net"] <= row["fa_orig"]
        assert row["tax_paid_vat"] + row["tax_paid_inc"] <= row["tax_paid"]
        assert row["rd_emp"] <= row["emp_end"]
        assert row["rd_act"] == (row["rd_exp"] > 0)
        before = books.get((code, str(int(year) - 1)))
        if before:
            assert row["fai_cum"] == before["fai_cum"] + row["fai_year"]
        if code not in wrong or year != "2025":
            costs = ("cost", "tax_sur", "exp_sell", "exp_adm", "exp_rd", "exp_fin")
            gains = ("loss_asset", "loss_credit", "inc_fv", "inc_inv", "inc_disp", "inc_hedge", "inc_oth")
            profit = row["rev"] - sum(row[name] for name in costs) + sum(row[name] for name in gains)
            assert row["op_profit"] == profit
            assert row["profit"] == profit + row["nonop_in"] - row["nonop_out"]
            if before and before["rev"] and code not in wrong:
                assert abs(Decimal(row["rev"]) / before["rev"] - 1) <= Decimal("0.5")


def test_the_zone_adds_up_from_its_firms(demo):
    file, made = demo
    slip = next(each["key"] for each in made["findings"] if each["rule"] == "P013")
    states = {(row[CODE], row["报告期"]): row for row in rows(file, "企业年度")}
    for zone_year in rows(file, "开发区年度"):
        year = zone_year["报告期"]
        books = [row for row in rows(file, "经济数据") if row["报告期"] == year]
        true = {row[CODE]: row["rev"] // (10 if (row[CODE], year) == (slip, "2025") else 1) for row in books}
        assert zone_year["rev_all"] == sum(true.values())
        assert zone_year["rev_ind_up"] == sum(rev for code, rev in true.items() if states[code, year]["is_up"])
        assert zone_year["emp_end"] == sum(row["emp_end"] for row in books)
        assert zone_year["fdi_mofcom"] <= zone_year["fdi_prov"]
        assert zone_year["va_hitech"] <= zone_year["va_ind_up"] <= zone_year["gov_ind_up"]


def test_money_that_came_in_is_exactly_the_sum_times_the_rate(demo):
    file, made = demo
    wrong = spoilt(made, "到资流水.折万美元")
    money = rows(file, "到资流水")
    for row in money:
        for rate, sum_ in (("fx_usd", "amt_usd"), ("fx_cny", "amt_cny")):
            exact = (row["amt_fc"] * Decimal(row[rate]) / 10**6).quantize(Decimal(1), ROUND_HALF_UP)
            assert (row[sum_] == exact) is not (sum_ == "amt_usd" and row["proof_no"] in wrong)
        assert 20200917 <= row["in_date"] <= 20251231
    assert {"CNY", "USD", "HKD", "TWD"} <= {row["cur"] for row in money}
    stakes = rows(file, "台资企业")
    assert len({row["route"] for row in stakes}) >= 5
    for stake in stakes:
        paid = sum(row["amt_usd"] for row in money if row[CODE] == stake[CODE] and row["in_prov"])
        assert 0 < paid <= stake["contract_tw_usd"] <= stake["inv_total_usd"]


def test_about_a_third_is_taiwanese_and_codes_and_names_are_nobodys(demo):
    file, _ = demo
    firms = rows(file, "企业")
    assert sum(row["is_tw"] for row in rows(file, "企业年度") if row["报告期"] == "2025") == 8
    assert [check(row["uscc"]).level for row in firms] == [""] * 24
    assert all(row["uscc"][8:11] == "DEM" and row["tel"].startswith("0797-0") for row in firms)
    assert len({row["uscc"] for row in firms}) == len({row["ent_name"] for row in firms}) == 24
    assert all(re.fullmatch(r"赣州\w{4,12}有限公司", row["ent_name"]) and row["legal_rep"][1] == "某" for row in firms)


def test_people_come_back_and_are_counted_once(demo):
    file, _ = demo
    youth = rows(file, "台湾青年")
    assert len({row["id_hash"] for row in youth}) == len({row["id_no"] for row in youth}) == len(youth) - 1
    assert {row["kind"] for row in youth} == {"1", "2", "3"}
    assert all(row["id_no"].startswith("0000") and row["name"][1] == "某" for row in youth)
    listed = [row["活动:活动编号"] for row in rows(file, "交流人员")]
    for event in rows(file, "交流活动"):
        assert listed.count(event["act_no"]) in {0, event["tw_total"]}
        assert event["tw_youth_uniq"] <= event["tw_youth_cnt"] <= event["tw_total"]
    assert 0 < len(set(listed)) < len(rows(file, "交流活动"))
    assert len({row["id_hash"] for row in rows(file, "交流人员")}) < len(listed)


def test_nothing_that_is_required_is_missing(demo):
    file, _ = demo
    for each in LEDGERS:
        needed = [field.id for field in each.stored if "Y" in field.required and field not in each.links]
        for row in rows(file, each.label):
            assert [name for name in needed if row[name] is None] == []


def test_the_zone_has_targets_for_its_indicators(demo):
    file, _ = demo
    aims = {row["ind_id"] for row in rows(file, "目标")}
    assert {f"TW0{n}" for n in range(2, 8)} | {f"JX{n:02}" for n in (2, 6, 7, 8, 9, 10, 13, 28, 30, 34)} <= aims
    assert {row["报告期"] for row in rows(file, "目标")} == {"2025"}
    assert all(row["target_min"] > 0 for row in rows(file, "目标"))


def test_the_same_seed_gives_the_same_zone(demo, tmp_path):
    first, made = demo
    with DataFile(tmp_path / "a.db") as again, DataFile(tmp_path / "b.db") as other:
        assert fill(again) == made
        assert everything(again) == everything(first)
        fill(other, seed=2)
        assert [row["ent_name"] for row in rows(other, "企业")] != [row["ent_name"] for row in rows(first, "企业")]
        assert rows(other, "经济数据") != rows(first, "经济数据")


def test_the_further_ledgers_change_no_figure_of_the_firms(demo, tmp_path, monkeypatch):
    first, made = demo
    monkeypatch.setattr(Breadth, "fill", lambda *_: None)
    with DataFile(tmp_path / "a.db") as alone:
        bare = fill(alone)
        assert bare["findings"] == made["findings"]
        assert set(made["ledgers"]) - set(bare["ledgers"]) == {each.label for each in BREADTH}
        for label in bare["ledgers"]:
            assert rows(alone, label) == rows(first, label)


def test_counts_are_what_was_written_and_one_undo_takes_all_but_the_zone_back(tmp_path):
    with DataFile(tmp_path / "a.db") as file:
        made = fill(file)
        there = {label: len(found) for label, found in everything(file).items() if found}
        assert made["ledgers"] == there
        assert made["rows"] == sum(there.values())
        assert [made[name] for name in ("zone", "zone_name", "enterprises", "years", "parks")] == [
            "360701", "赣州经济技术开发区", 24, 6, 0,
        ]  # fmt: skip
        assert [(batch.kind, batch.zone) for batch in done(file)] == [("演示", "360701"), ("新建", "360701")]
        undo(file)
        assert {label for label, found in everything(file).items() if found} == {"开发区"}
        assert undo(file) is None


def test_a_zone_that_is_there_keeps_what_it_says_of_itself(tmp_path):
    with DataFile(tmp_path / "a.db") as file:
        create_zone(file, "360799", "示例开发区")
        made = fill(file, zone="360799")
        (zone,) = rows(file, "开发区", "360799")
        assert (made["zone"], zone["name"], zone["leader"]) == ("360799", "示例开发区", "演示主任")
        assert ("Y001", "开发区年度", "360799") in told(made["findings"], "台办")
        assert found(file, "台办", zone="360799") == told(made["findings"], "台办")


def test_a_zone_with_rows_is_refused_and_left_alone(demo):
    file, _ = demo
    before = done(file)
    with pytest.raises(ValueError, match="赣州经济技术开发区的“企业”里已有数据，演示数据只填进空的开发区"):
        fill(file)
    assert done(file) == before


def test_an_unknown_zone_is_refused(tmp_path):
    with DataFile(tmp_path / "a.db") as file:
        create_zone(file, "360799", "示例开发区")
        with pytest.raises(ValueError, match="没有“360798”这个开发区"):
            fill(file, zone="360798")


@pytest.mark.parametrize("size", [{"enterprises": 19}, {"years": 1}, {"years": 21}])
def test_what_is_too_small_for_the_faults_is_refused(tmp_path, size):
    with DataFile(tmp_path / "a.db") as file:
        with pytest.raises(ValueError, match="至少 20 家企业，2—20 年"):
            fill(file, **size)
        with file.reading() as connection:
            assert zones(connection) == []
            assert find_reference(connection, ledger("开发区"), "360701", "360701") == []
