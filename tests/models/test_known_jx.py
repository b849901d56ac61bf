"""Known answers of 工信 (domain worked examples K02, K03, K05, K06, K08, K16–K20): typed into a data file, read to the printed digit.

The two data sets of the examples stand in two zones. Every trap is set: rows that some wrong reading would count are there, and
each wrong answer that the examples name is checked not to come out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from models.formula.figures import figure
from models.indicators import indicator_set
from models.kinds import decimal_of
from models.ledger import Ledger
from models.ledgers import ledger
from models.ledgers.zone import ZONE
from models.packs.pack import pack
from models.periods import Period
from models.rules import Scene, context_of, rule_set
from models.store.batches import batch
from models.store.file import DataFile
from models.store.tables import table_of
from models.store.zones import create_zone, zone_rank
from models.targets import goals

PARK, OTHER, YEAR, TODAY = "360799", "360798", Period(2025), date(2026, 1, 5)
ZONES = table_of(ZONE)
Type = Callable[..., bytes]
FIRMS = (  # name, 行业代码, 规上, 营收, 利润, 实缴税, R&D, 累计固投
    ("E1", "3973", "是", "62000", "4300", "2480", "1860", "42000"),
    ("E2", "3974", "是", "28000", "1400", "1120", "560", "21000"),
    ("E3", "1391", "是", "20000", "600", "500", "0", "15000"),
    ("E4", "3484", "是", "10000", "-200", "220", "150", "3000"),
    ("E5", "6513", "否", "900", "90", "30", "60", "100"),  # 软件: no industry
    ("E6", "3484", "否", "1200", "60", "50", "10", "600"),
    ("E7", "3973", "否", "777", "7", "7", "0", "888"),  # the trap: 筹建, the legal person of the project under way
    ("E8", "3973", "否", "555", "5", "5", "0", "444"),  # the trap: produces only after the report period
)


def mu(amount: float) -> str:
    """亩 as the ledger takes them, in ㎡."""
    return f"{amount * 10000 / 15:.2f}"


@pytest.fixture
def file(tmp_path: Path) -> Iterator[DataFile]:
    with DataFile(tmp_path / "算例.db", who="测试") as opened:
        create_zone(opened, PARK, "示例园", level="2", role="1")
        create_zone(opened, OTHER, "另一园", level="2", role="1")
        yield opened


@pytest.fixture
def firms(file: DataFile) -> Type:
    """The first data set: eight firms on their land, and what is under way."""

    def add(label: str, period: Period | None = None, /, **texts: str | bytes) -> bytes:
        return typed(file, PARK, label, period, **texts)

    ents = {row[0]: _firm(add, *row) for row in FIRMS}
    _land(add, ents)
    _projects(add)
    return add


def typed(file: DataFile, zone: str, label: str, period: Period | None = None, /, **texts: str | bytes) -> bytes:
    """One row, cell by cell as a clerk types it."""
    on: Ledger = ledger(label)
    values = {id: on.by_id[id].kind.parse(text) for id, text in texts.items()}
    with batch(file, zone, "录入", label) as work:
        return work.add(on, values, (period or YEAR) if on.dated else None)


def _firm(
    add: Type, name: str, trade: str, above: str, rev: str, profit: str, tax: str, research: str, invested: str
) -> bytes:
    made = "2026-02-01" if name == "E8" else "2019-05-01"
    ent = add("企业", ent_name=f"{name}有限公司", uscc=f"测{name}", ind_code=trade, prod_date=made)
    add("企业年度", ent=ent, is_up=above, op_state="筹建" if name == "E7" else "正常运营", mu_rated=above)
    add("经济数据", ent=ent, rev=rev, profit=profit, tax_paid=tax, rd_exp=research, fai_cum=invested,
        rd_act="否" if research == "0" else "是")  # fmt: skip
    return ent


def _parcel(
    add: Type, number: str, area: str, *, use: str = "工业", cls: str = "D21", begun: str = "2018-03-01"
) -> bytes:
    parcel = add("宗地", parcel_no=number, area_m2=area, use_code=use, **({"start_act": begun} if begun else {}))
    add("宗地年度", parcel=parcel, supply_cls=cls)
    return parcel


def _land(add: Type, ents: dict[str, bytes]) -> None:
    plots = {
        number: _parcel(add, number, area)
        for number, area in (("P1", mu(100)), ("P2", mu(60)), ("P3", mu(50)), ("P4", "2000"), ("P5", mu(40)))
    }
    plots["P6"] = _parcel(add, "P6", mu(30), begun="")  # supplied, not begun
    _parcel(add, "P7", mu(20), cls="E21")  # begun, not supplied
    _parcel(add, "P8", mu(10), use="商服")
    _parcel(add, "P9", mu(15), begun="2026-01-02")
    for ent, plot, way, area, since, until in (
        ("E1", "P1", "自用", 100, 2018, ""), ("E2", "P2", "自用", 48, 2018, ""), ("E2", "P2", "租出", 12, 2019, ""),
        ("E4", "P2", "租入", 12, 2019, ""), ("E3", "P3", "自用", 50, 2018, ""), ("E7", "P5", "自用", 40, 2024, ""),
        ("E8", "P6", "自用", 30, 2024, ""), ("E1", "P3", "租入", 9, 2018, "2023-12-31"), ("E1", "P6", "租入", 7, 2026, ""),
    ):  # fmt: skip
        ended = {"to_date": until} if until else {}
        add(
            "宗地占用",
            parcel=plots[plot],
            ent=ents[ent],
            use_way=way,
            area_m2=mu(area),
            from_date=f"{since}-01-01",
            **ended,
        )
    done = add("标准厂房", fac_no="F1", parcel=plots["P4"], bld_m2="4000", rentable_m2="4000", done_date="2018-06-01")
    add(
        "标准厂房", fac_no="F2", parcel=plots["P4"], bld_m2="2000", start_date="2025-03-01"
    )  # not done: no part of 容积率
    add("厂房入驻", fac=done, ent=ents["E6"], area_m2="4000", from_date="2018-07-01")
    add("厂房入驻", fac=done, ent=ents["E1"], area_m2="1000", from_date="2018-07-01", to_date="2020-01-01")


def _projects(add: Type) -> None:
    for number, trade, stage, owner, spent in (
        ("1", "3973", "在建", "测E7", "9000"),
        ("2", "3973", "在建", "测E1", "5000"),  # its legal person produces: already in 累计固定资产投资
        ("3", "6513", "在建", "测E5", "700"),  # no industry
        ("4", "3973", "签约", "", "60"),
        ("5", "3973", "投产", "测E2", "4000"),
        ("6", "3973", "终止", "测E7", "300"),
    ):
        rest = {"owner_uscc": owner} if owner else {}
        add("项目", proj_no=number, proj_name=f"项目{number}", ind_code=trade, stage=stage, inv_cum=spent, **rest)


def printed(file: DataFile, zone: str, *ids: str) -> list[str]:
    """Indicators as the return prints them, "" where they cannot be worked out."""
    with file.reading() as connection:
        found = indicator_set(pack("工信")).results(connection, [zone], YEAR, TODAY)
    known = {each.indicator.id: each.rounded for each in found}
    return ["" if known[id] is None else str(known[id]) for id in ids]


def worked(file: DataFile, zone: str, text: str, unit: str) -> str:
    """A formula of our own over the same rows, for the wrong answers."""
    made = figure(text, context_of(pack("工信")), unit=unit)
    with file.reading() as connection:
        value = made.value(connection, [zone], YEAR, TODAY)
    return str(decimal_of(value, 2))  # type: ignore[arg-type]


def test_revenue_and_taxes_of_a_mu(file: DataFile, firms: Type) -> None:
    """K02, K03: numerator and denominator of the same firms; their wrong answers come of other land."""
    assert printed(file, PARK, "JX07", "JX08", "JX1-16") == ["569.01", "20.52", "213.00"]
    every = "合计(经济数据.营业收入, 投产口径) / (合计(宗地占用.占用土地面积, 期末在用 且 投产口径) + 合计(厂房入驻.折算占地, 期末在租))"
    assert worked(file, PARK, every, "万元/亩") == "538.67"
    twice = (
        '合计(经济数据.营业收入, 投产口径) / (投产用地 - 合计(宗地占用.占用土地面积, 期末在用 且 占用方式 = "租出"))'
    )
    assert worked(file, PARK, twice, "万元/亩") == "602.99"
    above = "合计(经济数据.营业收入, 投产口径) / 合计(宗地占用.占用土地面积, 净占用 且 投产口径)"
    assert worked(file, PARK, above, "万元/亩") == "577.14"


def test_investment_of_a_mu(file: DataFile, firms: Type) -> None:
    """K05: what is under way and not yet anybody's fixed assets counts; land is that supplied and begun."""
    assert printed(file, PARK, "JX06", "JX1-17") == ["358.10", "253.00"]
    without = "合计(经济数据.累计固定资产投资, 投产口径) / 合计(宗地.宗地面积, 已动工工业用地)"
    assert worked(file, PARK, without, "万元/亩") == "322.53"


def test_land_of_a_tenant(file: DataFile, firms: Type) -> None:
    """K06: the rented floor over the plot's 容积率 of finished halls, not the floor itself."""
    assert worked(file, PARK, "合计(厂房入驻.折算占地, 期末在租)", "亩") == "3.00"
    assert worked(file, PARK, "合计(厂房入驻.租用面积, 期末在租)", "亩") == "6.00"


def test_research_by_number_of_firms(file: DataFile, firms: Type) -> None:
    """K08: three of the four 规上; two below them have research too."""
    assert printed(file, PARK, "JX28", "JX5-01", "JX5-02") == ["75.00", "4", "3"]


def test_a_firm_without_land_or_figures_is_found(file: DataFile, firms: Type) -> None:
    """M001: one firm more in the numerator than in the denominator."""
    assert _found(file, PARK, "M001") == 0
    ent = firms("企业", ent_name="E9有限公司", ind_code="3973", prod_date="2020-01-01")
    firms("企业年度", ent=ent, op_state="正常运营")
    firms("经济数据", ent=ent, rev="100", tax_paid="1")
    assert _found(file, PARK, "M001") == 1
    assert printed(file, PARK, "JX07") != ["569.01"]


def _found(file: DataFile, zone: str, rule: str) -> int:
    with file.reading() as connection:
        asked = rule_set(pack("工信")).ask(connection, Scene(zone, YEAR, TODAY))
    return sum(failed.id == rule for failed, _ in asked.failed)


@pytest.mark.parametrize("commit", ["是", "否"])
def test_standard_land_by_area(file: DataFile, commit: str) -> None:
    """K16: 420 of 600 亩, not 5 of 8 plots; 承诺制 is not asked for, last year's and other uses are not counted."""
    areas = (100, 90, 80, 75, 75, 60, 60, 60)
    for number, area in enumerate(areas):
        standard = "是" if number < 5 else "否"
        typed(file, OTHER, "宗地", parcel_no=f"G{number}", area_m2=mu(area), use_code="工业", supply_date="2025-05-01",
              std_land=standard, commit=commit if standard == "是" else "否")  # fmt: skip
    for number, use, day in (("老", "工业", "2024-12-31"), ("后", "工业", "2026-01-01"), ("商", "商服", "2025-06-01")):
        typed(file, OTHER, "宗地", parcel_no=number, area_m2=mu(500), use_code=use, supply_date=day, std_land="否")
    assert printed(file, OTHER, "JX30", "JX6-01", "JX6-02", "JX6-03", "JX6-04") == [
        "70.00",
        "8",
        "600.00",
        "5",
        "420.00",
    ]


def test_halls_in_use(file: DataFile) -> None:
    """K17: over what may be let (280,000 ㎡), not over what was built (300,000 ㎡: 70.00); this year's halls are not 存量."""
    parcel = typed(file, OTHER, "宗地", parcel_no="G1", area_m2="200000")
    ent = typed(file, OTHER, "企业", ent_name="某某有限公司")
    old = {"fac_no": "F1", "bld_m2": "300000", "rentable_m2": "280000", "done_date": "2024-12-31"}
    new = {"fac_no": "F2", "bld_m2": "90000", "rentable_m2": "90000", "done_date": "2025-01-01"}
    for hall, area in ((old, "210000"), (new, "10000")):
        id = typed(file, OTHER, "标准厂房", parcel=parcel, **hall)
        typed(file, OTHER, "厂房入驻", fac=id, ent=ent, area_m2=area, from_date="2025-02-01")
        typed(file, OTHER, "厂房入驻", fac=id, ent=ent, area_m2="9999", from_date="2022-02-01", to_date="2024-02-01")
    assert printed(file, OTHER, "JX34", "JX05") == ["75.00", "9.00"]
    assert (
        worked(file, OTHER, "合计(标准厂房.已使用面积, 存量厂房) / 合计(标准厂房.总建筑面积, 存量厂房) * 100", "%")
        == "70.00"
    )


def _years(file: DataFile, field: str, values: dict[int, str]) -> None:
    for year, text in values.items():
        typed(file, OTHER, "开发区年度", Period(year), **{field: text})


def test_growth_is_a_root(file: DataFile) -> None:
    """K18: the fourth root of 1.5 from 2021 to 2025; neither the fifth (8.4) nor a quarter of 50 % (12.5)."""
    _years(file, "rev_all", {2020: "900000", 2021: "1000000", 2022: "1900000", 2024: "10", 2025: "1500000"})
    assert printed(file, OTHER, "JX09", "JX11") == ["10.7", "150.00"]


@pytest.mark.parametrize(("base", "now"), [("0", "100"), ("-100", "50"), ("100", "-50")])
def test_no_growth_from_a_loss_or_into_one(file: DataFile, base: str, now: str) -> None:
    _years(file, "profit_all", {2021: base, 2025: now})
    assert printed(file, OTHER, "JX10") == [""]


def test_energy_of_a_unit_of_output(file: DataFile) -> None:
    """K19: 0.50 in 2020, 0.43 in 2025 at constant prices (+20.4 % of energy, +40 % of output); a year missing, nothing is said."""
    typed(file, OTHER, "开发区年度", Period(2020), energy_tce="5000", va_ind_up="10000", va_growth_const="88")
    rates = {2021: "12", 2022: "25", 2023: "0", 2024: "0"}
    rows = {year: typed(file, OTHER, "开发区年度", Period(year), va_growth_const=rate) for year, rate in rates.items()}
    typed(file, OTHER, "开发区年度", energy_tce="6020", va_ind_up="16000", va_growth_const="0")
    assert printed(file, OTHER, "JX13", "JX7-03", "JX7-02") == ["14.0", "0.4300", "1.40"]
    on = ledger("开发区年度")
    with batch(file, OTHER, "录入", "清空") as work:
        work.set(on, rows[2023], {"va_growth_const": None})
    assert printed(file, OTHER, "JX13", "JX7-03", "JX7-02") == ["", "", ""]


def test_sewage(file: DataFile) -> None:
    """K20: 99 of 100; short of 100, so the rule asks why until it is written."""
    row = typed(file, OTHER, "开发区年度", ww_gen="100", ww_treated="99")
    assert printed(file, OTHER, "JX14") == ["99.00"]
    assert _found(file, OTHER, "Y009") == 1
    with batch(file, OTHER, "录入", "说明") as work:
        work.set(ledger("开发区年度"), row, {"note": "管网检修期间少量污水转运处理"})
    assert _found(file, OTHER, "Y009") == 0


# --- edges that the examples' page names (audit.md §3) -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("revenue", "before", "entered", "expected"),
    [
        ("500000", "499999", "2015-01-01", ["1", "1", "1"]),  # 以上 takes the number itself in
        ("499999.99", "100", "2015-01-01", ["0", "0", "1"]),
        ("600000", "500000", "2015-01-01", ["0", "0", "0"]),  # was there already
        ("1200000", "600000", "2015-01-01", ["1", "0", "0"]),  # over the second threshold only
        ("600000", "", "2023-06-01", ["1", "1", "1"]),  # came after the base year
        ("600000", "", "2015-01-01", ["0", "0", "0"]),  # its base year is not filled in: not known to be new
    ],
)
def test_new_large_firms(file: DataFile, revenue: str, before: str, entered: str, expected: list[str]) -> None:
    ent = typed(file, OTHER, "企业", ent_name="某某有限公司", enter_date=entered)
    typed(file, OTHER, "经济数据", ent=ent, rev=revenue)
    if before:
        typed(file, OTHER, "经济数据", Period(2021), ent=ent, rev=before)
    found = printed(file, OTHER, "JX22", "JX23a", "JX23b")
    assert found[:2] == expected[:2]
    assert found[2] == ("0" if before and float(before) >= 100000 else expected[2])


@pytest.mark.parametrize(
    ("revenue", "tiers"),
    [("50000000", "0111"), ("50000000.01", "1111"), ("10000000", "0001"), ("5000000", "0000"), ("5000000.01", "0001")],
)
def test_tiers_are_cumulative_and_strict(file: DataFile, revenue: str, tiers: str) -> None:
    typed(file, OTHER, "开发区年度", rev_all=revenue)
    assert printed(file, OTHER, "JX12a", "JX12b", "JX12c", "JX12d") == list(tiers)


def test_a_group_of_projects_counts_by_its_members(file: DataFile) -> None:
    """JX20: two members of 12 and 8 亿元 make 20 in a provincial zone; JX19 asks a national one for 50 in one project."""
    typed(
        file, OTHER, "项目", proj_no="G", proj_name="集群", single="同一产业链集群", inv_total="1", d_sign="2025-03-01"
    )
    for number, total in (("G1", "120000"), ("G2", "80000")):
        typed(file, OTHER, "项目", proj_no=number, proj_name=number, single="集群成员", parent_proj_no="G", inv_total=total,
              d_sign="2025-03-01")  # fmt: skip
    typed(file, OTHER, "项目", proj_no="S", proj_name="单体", single="单体", inv_total="500000", d_sign="2025-04-01")
    assert printed(file, OTHER, "JX19", "JX20") == ["0", "2"]
    with batch(file, OTHER, "录入", "级别") as work:
        work.set(ZONE, work.connection.scalars(select(ZONES.c.id).where(ZONES.c.code == OTHER)).one(), {"level": "1"})
    assert printed(file, OTHER, "JX19", "JX20") == ["1", "0"]


def test_sub_parks_add_firms_but_not_the_zones_own_year(file: DataFile) -> None:
    """一区多园: the main zone's 开发区年度 takes its parts in, so theirs are not added; their firms and projects are."""
    create_zone(file, "360797", "分园", parent_code=OTHER, role="3")
    typed(file, OTHER, "开发区年度", rev_all="1000000")
    typed(file, "360797", "开发区年度", rev_all="400000")
    typed(file, "360797", "项目", proj_no="1", proj_name="项目", inv_total="20000", d_sign="2025-03-01")
    with file.reading() as connection:
        found = indicator_set(pack("工信")).results(connection, [OTHER, "360797"], YEAR, TODAY)
    known = {each.indicator.id: str(each.rounded) for each in found}
    assert (known["JX11"], known["JX02"]) == ("100.00", "1")


def test_either_of_two_requirements_is_enough(file: DataFile) -> None:
    """“1家50亿元或3-5家10亿以上企业”: three firms over 10亿 meet it, and no target of one half says that the zone is behind."""
    for n in range(3):
        ent = typed(file, OTHER, "企业", ent_name=f"企业{n}", enter_date="2023-06-01")
        typed(file, OTHER, "经济数据", ent=ent, rev="120000")
    assert printed(file, OTHER, "JX23", "JX23a", "JX23b") == ["1", "0", "3"]
    of = pack("工信")
    with file.reading() as connection:
        assert zone_rank(connection, OTHER) == "省级"
        asked = {id: goals(connection, of, of.indicator(id), OTHER, YEAR) for id in ("JX23", "JX23a", "JX23b")}
    assert [id for id, found in asked.items() if found] == ["JX23"]
