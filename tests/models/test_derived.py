"""What the land, factory and project ledgers work out for themselves, from rows entered through the store."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from models.formula.figures import figure
from models.formula.names import quoted
from models.formula.rows import RowQuery, bindings, row_formula
from models.ledgers import BY_ID
from models.periods import Period
from models.store.batches import batch
from models.store.file import DataFile
from models.store.zones import create_zone

ZONE, YEAR = "G361003", Period(2025)
PARCEL, PARCEL_YEAR, FACTORY, LEASE = (BY_ID[name] for name in ("parcel", "parcel_year", "factory", "factory_lease"))


@pytest.fixture
def file(tmp_path):
    with DataFile(tmp_path / "园区.db", who="录入员") as opened:
        create_zone(opened, ZONE, "赣州经济技术开发区", level="1")
        yield opened


def add(file, ledger, *, year=YEAR, **values):
    """A row, its values as a person types them; a reference by its id."""
    kept = {
        name: value if ledger.by_id[name] in ledger.links else ledger.by_id[name].kind.parse(value)
        for name, value in values.items()
    }
    with batch(file, ZONE, "录入", "准备") as work:
        return work.add(ledger, kept, year if ledger.dated else None)


def derived(file, ledger, name, *, single=False):
    """A derived field of all rows, in the order they were made, worked out for all at once or for each alone."""
    return asked(file, ledger, quoted(ledger.by_id[name].label), single=single)


def asked(file, ledger, text, *, single=False):
    """A formula on all rows, in the order they were made."""
    query = RowQuery(ledger, [row_formula(text, ledger)])
    values = query.values(single=single)
    with file.reading() as connection:
        ids = [row for (row,) in connection.exec_driver_sql(f"SELECT id FROM {ledger.id} ORDER BY id")]
        rows = connection.execute(values.statement, bindings([ZONE], YEAR, date(2026, 1, 1), ids=ids)).all()
    found = {row[0]: values.read(row)[0] for row in rows}
    return [found[row] for row in ids]


def total(file, text, unit):
    with file.reading() as connection:
        return figure(text, unit=unit).value(connection, [ZONE], YEAR, date(2026, 1, 1))


@pytest.mark.parametrize("single", [True, False])
def test_land_under_a_tenant_is_rounded_once_and_then_added_up(file, single):
    parcel = add(file, PARCEL, parcel_no="G1", area_m2="20000")
    bare = add(file, PARCEL, parcel_no="G2", area_m2="20000")
    tenant = add(file, BY_ID["enterprise"], ent_name="甲厂")
    first = add(file, FACTORY, fac_no="1", parcel=parcel, bld_m2="25000", done_date="2024-06-30")
    add(file, FACTORY, fac_no="2", parcel=parcel, bld_m2="5000", done_date="2025-12-31")
    add(file, FACTORY, fac_no="3", parcel=parcel, bld_m2="9999", done_date="2026-01-01")  # not yet at the year's end
    add(file, FACTORY, fac_no="4", parcel=parcel, bld_m2="9999")
    lonely = add(file, FACTORY, fac_no="5", parcel=bare, bld_m2="800")
    for factory, area in ((first, "1000"), (first, "1000"), (first, "0.03"), (first, "0.02"), (lonely, "100")):
        add(file, LEASE, fac=factory, ent=tenant, area_m2=area, from_date="2025-01-01")
    assert derived(file, PARCEL, "far", single=single) == [Fraction(3, 2), 0]
    assert derived(file, LEASE, "occ_land_m2", single=single) == [
        Fraction("666.67"), Fraction("666.67"), Fraction("0.02"), Fraction("0.01"), None,
    ]  # fmt: skip
    where = "期末在租"
    assert total(file, f"合计(厂房入驻.折算占地, {where})", "㎡") == Fraction("1333.37")
    assert (
        total(file, f"合计(厂房入驻.折算占地, {where}) + 合计(宗地.宗地面积)", "亩")
        == Fraction("41333.37") * 15 / 10000
    )


@pytest.mark.parametrize(
    ("prefixes", "code", "found"),
    [
        ("3974", "3974", "首位"),
        ("38、397", "3974", "首位"),
        ("38，39", "3974", "首位"),
        ("38; 39 /41", "4111", "首位"),
        ("C、39", "3974", "首位"),
        ("397", "3985", "其他"),
        ("974", "3974", "其他"),  # the middle of a code is no beginning
        ("3974", "39", "其他"),  # a whole division is more than the one trade
        ("1311", "3974", "其他"),
        ("13", "1311", "首位"),
        ("26", "2661", "首位"),
        ("25", "2661", "主导"),
        ("25", None, None),
    ],
)
def test_the_list_of_the_zone_says_which_industry_a_trade_is_of(file, prefixes, code, found):
    industry, year = BY_ID["zone_industry"], BY_ID["enterprise_year"]
    add(file, industry, kind="首位", name="某产业", code_prefixes=prefixes, from_year="2019")
    add(file, industry, kind="主导", name="医药", code_prefixes="266、27", from_year="2019")
    firm = add(file, BY_ID["enterprise"], ent_name="甲厂", **({"ind_code": code} if code else {}))
    add(file, year, ent=firm)
    for single in (True, False):
        assert derived(file, year, "zone_ind_calc", single=single) == [found]


def test_factories_fill_up(file):
    parcel, tenant = add(file, PARCEL, parcel_no="G1"), add(file, BY_ID["enterprise"], ent_name="甲厂")
    made = [
        add(file, FACTORY, fac_no=number, parcel=parcel, rentable_m2="1000", **({"done_date": done} if done else {}))
        for number, done in (
            ("1", ""),
            ("2", "2025-12-31"),
            ("3", "2024-01-01"),
            ("4", "2024-01-01"),
            ("5", "2026-01-01"),
        )
    ]
    for factory, area, until in (
        (made[2], "400", None), (made[2], "600", "2025-12-31"), (made[3], "1000", "2026-01-01"), (made[4], "1000", None),
    ):  # fmt: skip
        add(file, LEASE, fac=factory, ent=tenant, area_m2=area, from_date="2025-01-01", to_date=until)
    assert derived(file, FACTORY, "used_m2") == [0, 0, 400, 1000, 1000]
    assert derived(file, FACTORY, "rate") == [0, 0, 40, 100, 100]
    assert derived(file, FACTORY, "state") == ["在建", "竣工未用", "部分使用", "满租", "在建"]


@pytest.mark.parametrize(
    ("parcel", "year", "found"),
    [
        ({"start_due": "2024-12-31"}, {}, "超期未动工"),  # the year is up on the day itself
        ({"start_due": "2025-01-01"}, {}, "不闲置"),
        ({"start_due": "2024-06-30", "start_act": "2025-12-31"}, {}, "不闲置"),
        (
            {"start_due": "2024-06-30", "start_act": "2026-02-01"},
            {},
            "超期未动工",
        ),  # what began after the year's end had not begun
        ({"start_due": "2024-06-30", "delay_doc": "赣市府〔2024〕1号"}, {}, "不闲置"),
        ({"start_due": "2024-06-30"}, {"dev_state": "收回"}, "不闲置"),
        ({"start_due": "2024-06-30"}, {"supply_cls": "E21"}, "不闲置"),
        ({"due_area_m2": "10000"}, {"halt_date": "2024-12-31", "started_area_m2": "3333.33"}, "动工面积不足且中止"),
        (
            {"due_area_m2": "9999"},
            {"halt_date": "2024-12-31", "started_area_m2": "3333"},
            "不闲置",
        ),  # a third is a third
        ({"due_area_m2": "10000"}, {"halt_date": "2025-01-01", "started_area_m2": "3000"}, "不闲置"),
        ({"due_area_m2": "10000"}, {"started_area_m2": "3000"}, "不闲置"),
        ({"inv_due": "1000"}, {"halt_date": "2024-01-01", "inv_act": "249.99"}, "投资额不足且中止"),
        ({"inv_due": "1000"}, {"halt_date": "2024-01-01", "inv_act": "250"}, "不闲置"),
        ({"inv_due": "1000"}, {"halt_date": "2024-01-01"}, "不闲置"),
    ],
)
def test_idle_land_is_reckoned_from_dates_areas_and_money(file, parcel, year, found):
    land = add(file, PARCEL, parcel_no="G1", **parcel)
    add(file, PARCEL_YEAR, parcel=land, **{"supply_cls": "D21", "dev_state": "在建", **year})
    assert derived(file, PARCEL_YEAR, "idle_calc") == [found]


def test_5020_goes_by_the_level_of_the_zone(file):
    project = BY_ID["project"]
    for number, amount in (("1", "500000"), ("2", "499999.99"), ("3", "10000"), ("4", "9999.99")):
        add(file, project, proj_no=number, inv_total=amount, ind_code="3912" if number < "3" else "7010")
    assert derived(file, project, "is_5020") == [True, False, False, False]
    assert derived(file, project, "is_1yi") == [True, True, True, False]
    assert derived(file, project, "is_ind") == [True, True, False, False]


ENERGY = {
    2020: (100_000, "", 50_000),
    2021: (150_000, "10", 52_000),
    2022: (None, "-5.5", 51_000),
    2023: (None, "7.25", None),
}


def yearly(file, years):
    for year, (value, rate, energy) in years.items():
        typed = {"va_ind_up": value, "va_growth_const": rate, "energy_tce": energy}
        add(file, BY_ID["zone_year"], year=Period(year), **{name: str(each) for name, each in typed.items() if each})


def of_year(file, text, year):
    """A formula on the 开发区年度 row of a year."""
    on = BY_ID["zone_year"]
    values = RowQuery(on, [row_formula(text, on)]).values(single=False)
    with file.reading() as connection:
        (row,) = connection.execute(values.statement, bindings([ZONE], Period(year), date(2026, 1, 1))).all()
    return values.read(row)[0]


def test_value_added_at_the_prices_of_2020(file):
    yearly(file, ENERGY)
    worked = {2020: 100_000, 2021: 110_000, 2022: 103_950, 2023: Fraction("111486.375")}
    assert {year: of_year(file, "规上工业可比价增加值", year) for year in worked} == worked
    unit_use = [of_year(file, "规上工业单耗", year) for year in worked]
    assert unit_use == [Fraction(1, 2), Fraction(52, 110), Fraction(51_000, 103_950), None]
    assert of_year(file, "上年.规上工业单耗", 2022) == Fraction(52, 110)


def test_value_added_is_rounded_to_the_yuan(file):
    yearly(file, {2020: ("0.0001", "", ""), 2021: ("", "49.9999", ""), 2022: ("", "0.0001", "")})
    worked = {year: of_year(file, "规上工业可比价增加值", year) for year in (2021, 2022)}
    assert worked == {2021: Fraction(1, 10_000), 2022: Fraction(2, 10_000)}  # 1.499999 元, then 1.5000005 of them


@pytest.mark.parametrize("gone", [2020, 2021])
def test_a_year_without_its_rate_leaves_no_value_added_at_constant_prices(file, gone):
    yearly(file, {year: row for year, row in ENERGY.items() if year != gone})
    assert of_year(file, "规上工业可比价增加值", 2022) is None
    assert of_year(file, "规上工业单耗", 2022) is None


@pytest.mark.parametrize(("energy", "rate"), [("42000.01", "5"), ("41999.99", "5"), ("38000", "-5"), ("38000", "-5.1")])
def test_unit_use_rises_where_energy_grows_faster_than_value_added(file, energy, rate):
    """Y017 asks the two years' growth; the derived 单耗 of the two years says the same (but for a tie, which its rounding tips)."""
    yearly(
        file,
        {
            2020: ("50000", "", ""),
            **dict.fromkeys((2021, 2022, 2023, 2024), ("", "3", "40000")),
            2025: ("", rate, energy),
        },
    )
    rule = "(综合能源消费量 / 上年.综合能源消费量 - 1) * 100 <= 规上工业增加值可比价增速"
    assert of_year(file, rule, 2025) is of_year(file, "规上工业单耗 <= 上年.规上工业单耗", 2025)


def test_reports_due_and_sent_in_time_since_january(file):
    """期序 counts what was due; of each period's first version those reported by the day they were due."""
    sent = {  # (period, pack) → versions with their days; the second version of a period is a correction
        ("2025Q1", "甲"): (("2025-04-10", "2025-04-15"), ("2025-05-30", "2025-04-15")),
        ("2025Q2", "甲"): (("2025-07-16", "2025-07-15"),),
        ("2025Q3", "甲"): (("2025-10-15", "2025-10-15"),),
        ("2024Q4", "甲"): (("2025-01-10", "2025-01-15"),),
        ("2025-02", "甲"): (("2025-03-05", "2025-03-05"),),
    }
    with batch(file, ZONE, "录入", "报送") as work:
        for (period, pack), versions in sent.items():
            for no, (day, due) in enumerate(versions, 1):
                dates = {name: int(text.replace("-", "")) for name, text in (("report_date", day), ("deadline", due))}
                work.add(BY_ID["return_batch"], {"pack": pack, "version": no, **dates}, Period.parse(period))
        ids = {
            period: work.add(BY_ID["zone_period"], {"study_cnt": 1}, Period.parse(period))
            for period in ("2025Q1", "2025Q2", "2025Q3", "2025Q4", "2025-02", "2025-03")
        }
    book = BY_ID["zone_period"]
    query = RowQuery(book, [row_formula(name, book) for name in ("应报调度通报次数", "按期报送次数")])
    with file.reading() as connection:
        values = query.values()
        rows = connection.execute(values.statement, bindings([ZONE], YEAR, date(2026, 1, 5), list(ids.values())))
        worked = {row.id: tuple(map(int, values.read(row))) for row in rows}
    expected = {
        "2025Q1": (1, 1),
        "2025Q2": (2, 1),
        "2025Q3": (3, 2),
        "2025Q4": (4, 2),
        "2025-02": (2, 1),
        "2025-03": (3, 1),
    }
    assert {period: worked[id] for period, id in ids.items()} == expected


def test_files_of_a_chain_are_counted_by_lines(file):
    with batch(file, ZONE, "录入", "附件") as work:
        texts = {"C1": "产业链图.pdf\n技术路线图.pdf\n问题清单.xlsx", "C2": "产业链图.pdf", "C3": None}
        ids = {work.add(BY_ID["chain"], {"chain_id": name, "att": text}): name for name, text in texts.items()}
    query = RowQuery(BY_ID["chain"], [row_formula("附件数", BY_ID["chain"])])
    with file.reading() as connection:
        values = query.values()
        rows = connection.execute(values.statement, bindings([ZONE], YEAR, date(2026, 1, 5), list(ids)))
        assert {ids[row.id]: values.read(row)[0] for row in rows} == {"C1": 3, "C2": 1, "C3": None}
