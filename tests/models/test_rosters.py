"""The lists of the packs over the made-up zone: who is on them, why, how long, against the rows read without the formulas."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from sqlalchemy import select

from models.demo import fill
from models.ledgers import ledger
from models.packs.pack import pack
from models.packs.rosters import titled
from models.periods import Period
from models.rosters import Compiled, Found, Rosters, compiled
from models.rules import context_of
from models.store.batches import batch
from models.store.file import DataFile
from models.store.tables import table_of
from models.store.zones import create_zone
from tests.models.pack_copies import edit, found

ZONE, YEAR, TODAY = "G361013", Period(2025), date(2026, 2, 1)
DAYS = {
    "0": "d_lead", "1": "d_lead", "2": "d_talk", "3": "d_sign", "4": "d_reg", "5": "d_start", "6": "d_start", "7": "d_done",
    "8": "d_prod",
}  # fmt: skip


@pytest.fixture(scope="module", params=[1, 2, 3])
def zone(request, tmp_path_factory):
    """A made-up zone, another for each seed, open for reading."""
    path = tmp_path_factory.mktemp("名单") / "园区.db"
    with DataFile(path) as file:
        create_zone(file, ZONE, "赣州经济技术开发区", short_name="赣州经开区")
        fill(file, enterprises=40, years=2, seed=request.param)
    with DataFile(path, read_only=True) as file, file.reading() as connection:
        yield connection


def rows(connection, ledger):
    return [dict(row) for row in connection.execute(select(table_of(ledger))).mappings()]


def listed(connection, of, pack_id="工信", today=TODAY) -> Found:
    chosen = pack(pack_id)
    roster = next(each for each in chosen.rosters if each.id == of)
    return Rosters(connection, chosen, [ZONE], YEAR, today).found(roster)


def day(stored):
    return date(stored // 10000, stored // 100 % 100 or 1, stored % 100 or 1)


LARGE = 10_000 * 10_000  # 1 亿元 in the stored unit


@pytest.mark.parametrize(
    ("of", "holds"),
    [
        ("MD01", lambda row: row["stage"] != "90"),
        ("MD02", lambda row: row["inv_total"] >= LARGE and row["stage"] != "90"),
        (
            "MD03",
            lambda row: (
                row["inv_total"] >= LARGE
                and row["stage"] != "90"
                and not (row["lead_person"] and row["duty_unit"] and row["task_list"])
            ),
        ),
    ],
)
def test_projects_on_a_list_are_those_that_a_plain_reading_gives(zone, of, holds):
    projects = rows(zone, "project")
    wanted = {row["id"]: row for row in projects if holds(row)}
    told = listed(zone, of)
    assert {each.id for each in told.rows} == set(wanted)
    assert {each.id for each in told.left_out} == {row["id"] for row in projects} - set(wanted)
    assert all(each.why for each in (*told.rows, *told.left_out))
    for each in told.rows:
        row = wanted[each.id]
        start = row[DAYS[row["stage"]]] if row["stage"] in DAYS else None
        assert each.days == ((date(2025, 12, 31) - day(start)).days if start else None), row["proj_no"]
        assert each.late == (each.days is not None and each.days > 180)
    counts = {
        code: sum(row["stage"] == code for row in wanted.values()) for _, code in enumerate(map(str, [*range(10)]))
    }
    assert {code: number for code, _, number in told.groups} == {c: n for c, n in counts.items() if n}
    order = [(int(wanted[each.id]["stage"]), wanted[each.id]["d_sign"] or 10**9) for each in told.rows]
    assert order == sorted(order) or of != "MD01"


def test_days_are_counted_to_today_while_the_year_goes_on(zone):
    before = {each.id: each.days for each in listed(zone, "MD01").rows if each.days}
    now = {each.id: each.days for each in listed(zone, "MD01", today=date(2025, 12, 1)).rows if each.days}
    shared = before.keys() & now.keys()
    assert shared
    assert {before[id] - now[id] for id in shared} == {30}


def test_the_rates_are_those_of_the_year_s_signed_projects(zone):
    signed = [row for row in rows(zone, "project") if row["d_sign"] and row["d_sign"] // 10000 == 2025]
    rates = {each.title: each.value for each in listed(zone, "MD01").rates}
    for title, name in (("注册率", "d_reg"), ("开工率", "d_start"), ("投产率", "d_prod")):
        done = sum(bool(row[name]) and row[name] <= 20251231 for row in signed)
        assert rates[title] == (Fraction(100 * done, len(signed)) if signed else None), title
    paid, agreed = (sum(row[name] or 0 for row in signed) for name in ("paid_cum", "sign_amt"))
    assert rates["进资率"] == (Fraction(100 * paid, agreed) if agreed else None)


def test_idle_land_says_by_which_rule(zone):
    told = listed(zone, "MD09")
    years = {row["id"]: row for row in rows(zone, "parcel_year") if row["year"] == 2025}
    parcels = {row["id"]: row for row in rows(zone, "parcel")}

    def overdue(row):
        parcel = parcels[row["parcel"]]
        due, act = parcel["start_due"], parcel["start_act"]
        live = (row["supply_cls"] or "").startswith("D") and row["dev_state"] != "8" and not parcel["delay_doc"]
        return live and due and due + 10000 <= 20251231 and not (act and act <= 20251231)

    def halted(row):
        parcel = parcels[row["parcel"]]
        if not row["halt_date"] or row["halt_date"] + 10000 > 20251231:
            return False
        little = None not in (row["started_area_m2"], parcel["due_area_m2"]) and (
            row["started_area_m2"] * 3 < parcel["due_area_m2"]
        )
        poor = None not in (row["inv_act"], parcel["inv_due"]) and row["inv_act"] * 4 < parcel["inv_due"]
        return little or poor

    wanted = {id for id, row in years.items() if row["idle"] or overdue(row) or halted(row)}
    assert {each.id for each in told.rows} == wanted
    assert wanted
    for each in told.rows:
        assert each.why.startswith("超期未动工：") == bool(overdue(years[each.id]))
        assert f"{day(parcels[years[each.id]['parcel']]['start_due'])}" in each.why
    assert {each.id for each in told.left_out} == set(years) - wanted
    assert all(each.why.startswith("没有认定闲置，推算“不闲置”") for each in told.left_out)


def test_issues_not_struck_off_and_the_days_they_are_late(zone):
    told = listed(zone, "MD12")
    issues = {row["id"]: row for row in rows(zone, "issue")}
    wanted = {
        id
        for id, row in issues.items()
        if row["raise_date"] <= 20251231 and not (row["close_date"] and row["close_date"] <= 20251231)
    }
    assert {each.id for each in told.rows} == wanted
    for each in told.rows:
        late = (date(2025, 12, 31) - day(issues[each.id]["due_date"])).days
        assert each.days == (late if late >= 0 else None)
        assert each.late == (late > 0)


def test_counts_beside_the_names_are_the_lists_lengths(zone):
    for id in ("工信", "台办"):
        chosen = pack(id)
        lists = Rosters(zone, chosen, [ZONE], YEAR, TODAY)
        assert lists.counted() == {each.id: len(lists.found(each).rows) for each in chosen.rosters}


def test_missing_maps_and_lists_are_marked(zone):
    told = listed(zone, "MD13")
    chains = {row["id"]: row for row in rows(zone, "chain")}
    names = (
        "map_chain",
        "map_tech",
        "map_app",
        "map_region",
        "list_proj",
        "list_ent",
        "list_cluster",
        "list_policy",
        "list_issue",
    )
    assert len(told.rows) == len(chains)
    for each in told.rows:
        assert each.why.count("✓") == sum(bool(chains[each.id][name]) for name in names)
        assert each.why.startswith("九项都完成" if "✗" not in each.why else "没有完成")


# --- the table of a pack -------------------------------------------------------------------------------------------


def test_formulas_are_parted_and_titled():
    assert [(each.title, each.formula) for each in titled('外资：属于(内外资, "台资")；宗地.坐落；签约日期')] == [
        ("外资", '属于(内外资, "台资")'), ("坐落", "宗地.坐落"), ("签约日期", "签约日期"),
    ]  # fmt: skip


@pytest.mark.parametrize("id", ["工信", "台办", "通用"])
def test_each_list_says_where_it_is_from(id):
    chosen = pack(id)
    for each in chosen.rosters:
        assert compiled(chosen, each.id).heads
        assert each.clause
        assert each.words
        assert each.scope


@pytest.mark.parametrize(
    ("column", "text", "part"),
    [
        ("台账", "项木", "项目"),
        ("条件", "内外资 = ", "公式"),
        ("条件", "计划总投资 + 1亿元", "条件"),
        ("列", "计划总投资；没有的字段", "没有的字段"),
        ("列", "", "请写上要列的字段"),
        ("排序", "没有的字段", "没有的字段"),
        ("分组", "计划总投资", "不是代码或文字"),
        ("理由", "在{当前阶", "没有配对"),
        ("不列", "{没有的字段}", "没有的字段"),
        ("起算", "计划总投资", "不是日期"),
        ("起算", "意向：意向日期；签字：签约日期", "签字"),
        ("停留上限", "没有的参数", "没有的参数"),
        ("率", "注册率：计数(项目", "公式"),
        ("类别", "", "类别"),
        ("名称", "项目库", "重复"),
    ],
)
def test_each_fault_is_told_by_cell(copy: Path, column, text, part):
    line = edit(copy, "名单", "TW-M1", **{column: text})
    told = found(copy)
    assert [place[-len(line) :] for place in told] == [line]
    assert part in next(iter(told.values()))


def test_personal_data_is_not_listed(copy: Path):
    edit(copy, "名单", "TW-M1", 台账="客商", 条件="", 列="联系电话", 排序="", 分组="", 理由="", 起算="", 率="")
    assert ["个人信息" in each for each in found(copy).values()] == [True]


def test_a_list_of_persons_tells_their_numbers_only(tmp_path):
    """It is exported and printed (decision 0007)."""
    talent = ledger("人才团队")
    with DataFile(tmp_path / "人.db") as file:
        create_zone(file, ZONE, "赣州经济技术开发区")
        with batch(file, ZONE, "录入", "人才") as work:
            work.add(talent, {"tal_no": "T01", "name": "张三丰", "level": "1"})
            work.add(talent, {"tal_no": "T02", "name": "李四光"})
        chosen = pack("工信")
        of = replace(
            chosen.rosters[0], id="TEST", ledger=talent.label, condition="已填(级别)", columns=titled("人才编号")
        )
        of = replace(of, order=(), group="", why="", why_not="", since=(), longest="", rates=())
        with file.reading() as connection:
            made = Compiled(of, context_of(chosen))
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr("models.rosters.compiled", lambda *_: made)
                told = Rosters(connection, chosen, [ZONE], YEAR, TODAY).found(of)
    assert [each.title.name for each in (*told.rows, *told.left_out)] == ["T01", "T02"]
