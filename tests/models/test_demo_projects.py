"""The made-up zone's projects, platforms, qualifications, investors, issues and industry: the rules of families J and B hold."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from fractions import Fraction

import pytest

from models.codes import code_list
from models.demo import fill
from models.store.file import DataFile
from models.uscc import check
from tests.models.demo_rows import CODE, PROJECT, Rows, day

WAN = 10_000  # stored parts of a 万元
END = 20251231
STEPS = {"3": "d_sign", "4": "d_reg", "5": "d_start", "8": "d_prod"}
DAYS = ("d_lead", "d_talk", "d_sign", "d_reg", "d_start", "d_done", "d_prod", "d_full")


@pytest.fixture(scope="module", params=[(24, 2, 1), (20, 2, 7), (45, 4, 3), (260, 7, 11)], ids=str)
def rows(tmp_path_factory, request):
    enterprises, years, seed = request.param
    with DataFile(tmp_path_factory.mktemp("projects") / "a.db") as file:
        fill(file, enterprises=enterprises, years=years, seed=seed)
        yield Rows(file)


def test_every_stage_occurs(rows):
    assert {row["stage"] for row in rows("项目")} == {*"0123456789", "90"}
    assert {row["single"] for row in rows("项目")} == {"单体", "同一产业链集群", "集群成员"}
    assert {row["nature"] for row in rows("项目")} >= {"新引进", "增资扩股", "技改"}
    assert any(row["inv_total"] >= 500_000 * WAN for row in rows("项目"))  # 5020项目
    assert any(row["is_transfer_key"] for row in rows("项目"))


def test_stages_and_days(rows):
    firms, parcels = rows.by("企业", "uscc"), rows.by("宗地", "parcel_no")
    chains = rows.by("产业链", "chain_id")
    for row in rows("项目"):
        stage = int(row["stage"])
        if stage != 90:
            assert all(row[name] for step, name in STEPS.items() if stage >= int(step))  # J001, J002
            assert row["d_prod"] is None or stage >= 8  # J005
            assert (row["owner_uscc"] in firms) == (stage >= 4)
        else:
            assert row["d_stop"] <= END
            assert row["stop_reason"]
        days = [row[name] for name in DAYS if row[name]]
        assert days == sorted(days)  # J003, J004
        assert days[-1] <= END  # J006
        assert row["chain_id"] in chains
        assert (row["online_code"] is not None) >= (5 <= stage < 90)
        plot = parcels.get(row["宗地:宗地编号"])
        assert row["宗地:宗地编号"] is None or plot  # J018
        if plot:
            assert plot["owner_uscc"] == row["owner_uscc"]
            assert (row["d_land"], row["d_start"], row["d_prod"]) == (
                plot["sign_date"],
                plot["start_act"],
                plot["prod_date"],
            )


def test_firms_came_with_a_project(rows):
    firms = rows.by("企业", "uscc")
    came = [row for row in rows("项目") if row["nature"] == "新引进" and row["owner_uscc"]]
    for row in came:
        firm = firms[row["owner_uscc"]]
        assert row["d_reg"] == firm["open_date"]
        assert row["d_prod"] == firm["prod_date"]
    assert len({row["owner_uscc"] for row in came}) == len(came)
    for row in rows("开发区年度"):  # Y007: what came in is not more than what was ever signed
        end = int(row["报告期"]) * 10_000 + 1231
        assert row["paid_amt"] <= sum(one["sign_amt"] for one in rows("项目") if one["d_sign"] and one["d_sign"] <= end)


def test_sums_of_projects(rows):
    for row in rows("项目"):
        total, usd = row["inv_total"], row["inv_usd"]
        assert row["inv_fa"] <= total  # J009
        assert (row["inv_cum"] or 0) <= total  # J010
        assert row["paid_cum"] <= (row["sign_amt"] or 0)  # J013
        if row["is_transfer_key"]:
            assert total >= 20_000 * WAN if row["fund_type"] == "1" else usd >= 3_000 * WAN  # J015
        if total >= 10_000 * WAN:
            assert row["lead_person"]
            assert row["duty_unit"]
            assert row["task_list"]
        if row["fund_type"] == "1":
            assert (row["cur"], row["inv_fc"], usd) == (None, None, None)
        else:
            assert abs(usd - Fraction(row["inv_fc"] * row["fx_usd"], 10**6)) <= 1  # J017
            assert abs(total - Fraction(row["inv_fc"] * row["fx_cny"], 10**6)) <= 1
    members = Counter(row["parent_proj_no"] for row in rows("项目") if row["parent_proj_no"])
    assert {row["proj_no"] for row in rows("项目") if row["single"] == "同一产业链集群"} == set(members)
    assert min(members.values()) >= 2  # J020


def test_the_four_rates_do_not_turn_over(rows):
    signed = [row for row in rows("项目") if row["d_sign"] and row["d_sign"] // 10_000 == 2025]
    counts = [sum(row[name] is not None for row in signed) for name in ("d_sign", "d_reg", "d_start", "d_prod")]
    assert counts == sorted(counts, reverse=True)  # J014
    assert sum(row["paid_cum"] for row in signed) <= sum(row["sign_amt"] for row in signed)


def test_months_add_up(rows):
    projects, kept = rows.by("项目", "proj_no"), rows.grouped("项目月度", PROJECT)
    for number, months in kept.items():
        months.sort(key=lambda row: row["报告期"])
        names = [row["报告期"] for row in months]
        first = int(names[0][-2:])
        assert names == [f"2025-{month:02}" for month in range(first, first + len(names))]
        before = None
        for row in months:
            if row["报告期"] == "2025-01":
                assert (row["inv_m"], row["inv_ytd"], row["inv_cum"]) == (None, None, None)  # 1 月免报
            elif row["inv_ytd"] is not None:
                since = before["inv_ytd"] if before and before["inv_ytd"] is not None else 0
                assert row["inv_ytd"] == since + row["inv_m"]  # J012
                assert before is None or before["inv_cum"] is None or row["inv_cum"] >= before["inv_cum"]  # J011
            assert before is None or row["paid_cum"] >= before["paid_cum"]
            assert before is None or int(row["stage"]) >= int(before["stage"])
            before = row
        project = projects[number]
        assert before["stage"] == project["stage"]
        if project["stage"] != "90":
            assert before["报告期"] == "2025-12"
            assert [before[name] for name in ("inv_ytd", "inv_cum", "paid_ytd", "paid_cum")] == [
                project[name] for name in ("inv_ytd", "inv_cum", "paid_ytd", "paid_cum")
            ]
    for number, row in projects.items():  # in full work since before the year, or given up: no longer told of
        over = (row["d_full"] or row["d_stop"] or END) < 20250101
        assert (number in kept) == (not over)


def test_qualifications(rows):
    opened = {row["uscc"]: row["open_date"] for row in rows("企业")}
    valid, held = Counter(), {}
    for row in rows("企业资质"):
        assert row["appr_date"] > opened[row[CODE]]  # B007
        if row["kind"] == "高新技术企业":
            assert 1094 <= (day(row["valid_to"]) - day(row["appr_date"])).days <= 1097  # B006
        fits = row["appr_date"] <= END and (row["valid_to"] or END) >= END and row["state"] != "失效"
        valid[row["kind"], fits] += 1
        if fits:
            held.setdefault(row[CODE], set()).add(row["kind"])
        assert row["state"] != "有效" or (row["valid_to"] or END) >= END
    assert valid["高新技术企业", True]
    assert valid["高新技术企业", False]
    codes = code_list("资质")
    nested = [kind for kinds in held.values() for kind in kinds if codes[kind].parent]
    assert "重点“小巨人”企业" in nested
    assert all(codes[kind].parent in kinds for kinds in held.values() for kind in kinds if codes[kind].parent)
    assert len({(row[CODE], row["kind"], row["appr_date"]) for row in rows("企业资质")}) == len(rows("企业资质"))


def test_platforms_and_people(rows):
    (zone,) = rows("开发区")
    firms = {row["uscc"] for row in rows("企业")}
    assert check(zone["platform_co"]).level == ""
    assert zone["platform_co"] not in firms
    assert {row["host_uscc"] for row in rows("创新平台")} <= firms | {zone["platform_co"]}
    assert {row["builder_uscc"] for row in rows("标准厂房")} == {zone["platform_co"]}
    assert any(row["expire_date"] and row["expire_date"] < END for row in rows("创新平台"))
    assert any(row["appr_date"] > 20250101 for row in rows("创新平台"))
    assert {row["kind"] for row in rows("人才团队")} >= {"团队", "领军"}
    assert all(row["leave_date"] is None or row["leave_date"] > row["intro_date"] for row in rows("人才团队"))
    assert len(rows("科研任务")) >= 2
    bases = rows.by("台青平台", "base_name")
    for base in {row["base"] for row in rows("台湾青年")}:
        there = sum(row["base"] == base and (row["to_date"] or END + 1) > END for row in rows("台湾青年"))
        assert bases[base]["youth_now"] == there
    assert any(row["close_date"] for row in bases.values())


def test_investors(rows):
    projects = rows.by("项目", "proj_no")
    visits = rows.grouped("客商拜访", "客商:客商编号")
    for row in rows("客商"):
        days = sorted(visit["visit_date"] for visit in visits[row["inv_no"]])
        assert (row["first_date"], row["last_date"]) == (days[0], days[-1])
        assert days[-1] <= END
        assert row["tel"].startswith("0797-0")
        if row["linked_proj"]:
            assert projects[row["linked_proj"]]["investor"] == row["name"].removesuffix("(虚构)")
    linked = {row["linked_proj"] for row in rows("客商")} - {None}
    assert linked == {number for number, row in projects.items() if row["owner_uscc"] is None}
    assert any(row["close_date"] for row in rows("驻点"))
    assert {row["ev_date"] // 10_000 for row in rows("招商活动")} == set(rows.years)


def test_issues(rows):
    over = []
    for row in rows("问题"):
        closed = row["state"] in ("办结", "销号")
        assert closed == (row["close_date"] is not None)
        assert row["raise_date"] <= min(row["due_date"], END)
        assert not closed or row["raise_date"] <= row["close_date"] <= END  # B011
        assert (row[CODE] is None) != (row[PROJECT] is None)
        over += [(row["issue_no"], row["state"])] if not closed and row["due_date"] < END else []
    assert sorted(over) == [
        ("WT2025-0003", "办理中"),
        ("WT2025-0010", "退回"),
    ]  # B012: as docs/demo.md says, however large the zone
    assert {row["state"] for row in rows("问题")} == {"待办", "办理中", "退回", "办结", "销号"}
    led = {row[PROJECT]: row["leader_name"] for row in rows("包联") if row[PROJECT]}
    projects = rows.by("项目", "proj_no")
    live = {number: row for number, row in projects.items() if row["stage"] not in ("9", "90")}
    assert led == {number: row["lead_person"] for number, row in live.items() if row["lead_person"]}
    entered = {row["uscc"]: row["enter_date"] for row in rows("企业")}
    for row in rows("问题"):
        since = live[row[PROJECT]]["d_lead"] if row[PROJECT] else entered[row[CODE]]
        assert row["raise_date"] >= since
    assert all(row["from_date"] >= projects[row[PROJECT]]["d_lead"] for row in rows("包联") if row[PROJECT])


def test_industry(rows):
    zone = {row["报告期"]: row for row in rows("开发区年度")}
    firms = {row["uscc"] for row in rows("企业")}
    for row in rows("产业集群"):
        whole = zone[row["报告期"]]["rev_all"]
        here = row["zones"] == "360701"
        assert row["rev"] <= whole or not here  # B009
        assert not here or abs(row["share_of_zone"] - Fraction(row["rev"] * 10**6, whole)) <= 1
        assert row["up_n"] <= row["ent_n"]
        assert row["lead_uscc"] in firms
    assert {row["报告期"] for row in rows("产业集群")} == {str(year) for year in rows.years}
    papers = [[value for name, value in row.items() if name[:4] in ("map_", "list")] for row in rows("产业链")]
    assert all(len(each) == 9 for each in papers)
    assert {all(each) for each in papers} == {True, False}  # some with all of 四图五清单, some without
    assert sum(row["ent_n"] for row in rows("产业链")) == len(firms)
    assert sum(row["rev"] for row in rows("产业链")) == zone["2025"]["rev_all"]
    parks = rows.by("主题产业园", "theme_id")
    assert {row["theme_id"] for row in rows("项目")} - {None} <= set(parks)
    assert {row["报告期"] for row in rows("基准")} == {str(year) for year in rows.years}
    assert timedelta(0) < day(END) - day(max(row["open_date"] or 0 for row in parks.values()))
