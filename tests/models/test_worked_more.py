"""Worked examples that are no single figure: sizes of enterprises, value added, units, thresholds, several zones, ranks, kinds of zone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from models.columns import convert
from models.formula.context import NOTHING, Context
from models.formula.figures import figure
from models.formula.rows import RowQuery, bindings, row_formula
from models.ledgers import ledger
from models.packs.pack import pack
from models.periods import Period
from models.returns import Frame, ReturnFigures
from models.rules import Scene, context_of, rule_set
from models.store.file import DataFile
from models.store.zones import Zone, create_zone
from models.targets import Goal
from models.units import convert as convert_unit
from models.units import ratio, unit
from tests.models.cases import Case, Loaded

ZONE, OTHER, YEAR, TODAY = "360799", "360798", Period(2025), date(2026, 3, 1)
ECONOMY = ledger("经济数据")


@pytest.fixture
def file(tmp_path: Path) -> Iterator[DataFile]:
    with DataFile(tmp_path / "算例.db", who="测试") as opened:
        create_zone(opened, ZONE, "示例园")
        create_zone(opened, OTHER, "示例园北区")
        yield opened


@pytest.fixture
def fill(file: DataFile) -> Callable[..., Loaded]:
    """Rows (ledger, label, cells) typed into a zone."""

    def typed(*rows: tuple[str, str, dict[str, str]], zone: str = ZONE) -> Loaded:
        return Loaded(file, zone, Case("", "", list(rows)))

    return typed


def worked(file: DataFile, text: str, unit: str, *zones: str) -> Fraction:
    with file.reading() as connection:
        value = figure(text, unit=unit).value(connection, zones or [ZONE], YEAR, TODAY)
    assert isinstance(value, Fraction)
    return value


def each(file: DataFile, text: str, context: Context = NOTHING) -> list[object]:
    """A formula on every row of 经济数据, in the order they were made."""
    values = RowQuery(ECONOMY, [row_formula(text, ECONOMY, context)]).values(single=False)
    with file.reading() as connection:
        rows = connection.execute(values.statement, bindings([ZONE], YEAR, TODAY)).all()
    return [values.read(row)[0] for row in sorted(rows, key=lambda row: row[0])]


def firm(number: int, **figures: str) -> tuple[tuple[str, str, dict[str, str]], ...]:
    return (
        ("企业", f"甲{number}", {"单位详细名称": f"示例{number}号有限公司", "行业代码": "3974"}),
        ("经济数据", f"数{number}", {"企业": f"甲{number}", **figures}),
    )


# --- audit.md §3 -----------------------------------------------------------------------------------------------------


def test_sizes_of_2017(file: DataFile, fill: Callable[..., Loaded]) -> None:
    """All lower bounds of a size at once, else the next below; one that misses any of 小型 is 微型."""
    people = ((250, 5000, "小型"), (350, 50000, "中型"), (1200, 45000, "大型"), (15, 5000, "微型"), (25, 200, "微型"))
    for number, (staff, revenue, _) in enumerate(people):
        fill(*firm(number, 期末从业人员=str(staff), 营业收入=str(revenue)))
    assert each(file, "工业划型", context_of(pack("通用"))) == [size for _, _, size in people]


def test_value_added_by_income(file: DataFile, fill: Callable[..., Loaded]) -> None:
    """50 + 10 + 40 + 150 + 100 − 0 = 350: P010 is silent at 350 and within 5 %, and speaks outside."""
    parts = {"本年折旧": "50", "税金及附加": "10", "应交增值税": "40", "应付职工薪酬": "150", "营业利润": "100"}
    amounts = ("350", "333.34", "368.42", "333.33", "368.43", "500")
    rows = [fill(*firm(number, **parts, 工业增加值=amount)).ids[f"数{number}"] for number, amount in enumerate(amounts)]
    assert each(file, "+".join(parts)) == [350] * len(amounts)
    with file.reading() as connection:
        asked = rule_set(pack("通用")).ask(connection, Scene(ZONE, YEAR, TODAY))
    assert {row for rule, row in asked.failed if rule.id == "P010"} == set(rows[3:])


def test_thousands_of_yuan_and_land() -> None:
    """123,456 千元 are 12,345.6 万元; 25 万元/亩 are 375 万元/公顷, 400 are 6,000 and not 400."""
    money = ECONOMY.by_id["rev"].kind
    assert convert(money, ["123456"], ratio(unit("千元"), unit("万元"))).stored == [123_456_000]
    assert money.show(123_456_000) == "12,345.60"
    per_mu, per_hectare = unit("万元/亩"), unit("万元/公顷")
    assert [convert_unit(Fraction(n), per_mu, per_hectare) for n in (25, 400)] == [375, 6000]
    assert convert_unit(Fraction(6000), per_hectare, per_mu) == 400


@pytest.mark.parametrize(
    ("value", "compare", "low", "reached"),
    [
        ("430", "≥", "400", True),  # JX07 “400万元以上”
        ("430", ">", "450", False),  # GZ08 “超450万元”
        ("400", "≥", "400", True),
        ("450", ">", "450", False),
        ("60.00", "≥", "60", True),  # “不低于60%”
        ("59.99", "≥", "60", False),
        ("42.00", "≥", "42", True),  # “达到42%”
        ("42.00", ">", "40", True),  # “突破40%”
        ("40.00", ">", "40", False),
        ("30.00", "≥", "30", True),  # K13
        ("2.10", "≥", "2", True),  # K09
        ("20.52", "≥", "25", False),  # K03
        ("70.00", "≥", "60", True),  # K16 in the province
        ("70.00", "≥", "80", False),  # K16 in 赣州
        ("5000", ">", "5000", False),  # “超5000亿元”
    ],
)
def test_what_reaches_a_target(value: str, compare: str, low: str, reached: bool) -> None:
    assert Goal("省", 2025, compare, Fraction(low), None, "").reached(Fraction(value)) is reached


def test_one_enterprise_in_two_parks_is_counted_once(file: DataFile, fill: Callable[..., Loaded]) -> None:
    for zone in (ZONE, OTHER):
        fill(("企业", "甲", {"单位详细名称": "示例有限公司", "统一社会信用代码": "91360500716575125F"}), zone=zone)
    assert worked(file, "去重计数(企业.统一社会信用代码)", "家", ZONE, OTHER) == 1
    assert worked(file, "计数(企业)", "家", ZONE, OTHER) == 2


# --- several zones, ranks, kinds of zone ------------------------------------------------------------------------------


def test_k35_a_rate_of_two_zones_is_worked_out_anew(file: DataFile, fill: Callable[..., Loaded]) -> None:
    """(21 + 2) ÷ (28 + 4) is 71.88 %; the mean of 75 % and 50 % is the trap."""
    for zone, let, used in ((ZONE, "280000", "210000"), (OTHER, "40000", "20000")):
        fill(
            ("企业", "甲", {"单位详细名称": "示例有限公司"}),
            ("宗地", "地", {"宗地编号": "G1"}),
            ("标准厂房", "栋", {"厂房编号": "1", "所在宗地": "地", "总建筑面积": "300000", "可租售面积": let, "竣工日期": "2024-01-01"}),
            ("厂房入驻", "租", {"厂房": "栋", "企业": "甲", "租用面积": used, "起始日期": "2024-06-01"}),
            ("厂房入驻", "旧", {"厂房": "栋", "企业": "甲", "租用面积": "9000", "起始日期": "2024-02-01", "终止日期": "2025-12-31"}),
            zone=zone,
        )  # fmt: skip
    rate = "合计(标准厂房.已使用面积, 已填(竣工日期)) / 合计(标准厂房.可租售面积, 已填(竣工日期)) * 100"
    assert round(worked(file, rate, "%", ZONE, OTHER), 2) == Fraction("71.88")
    each_alone = [worked(file, rate, "%", zone) for zone in (ZONE, OTHER)]
    assert each_alone == [75, 50]
    assert sum(each_alone) / 2 == Fraction("62.5")  # the trap


def test_k37_twenty_enterprises_in_four_grades(file: DataFile, fill: Callable[..., Loaded]) -> None:
    """A to 25 %, B to 70 %, C to 95 %, D the rest of those that are ranked: 5, 9, 5 and 1."""
    for number in range(20):
        fill(*firm(number, 实际上缴税费总额=str(number * 7 % 20 + 1)))
    place = "名次(经济数据.实际上缴税费总额)"
    many = "计数(全区.经济数据)"
    grade = (
        f'若({place} <= {many} * 0.25, "A", 若({place} <= {many} * 0.7, "B", 若({place} <= {many} * 0.95, "C", "D")))'
    )
    found = each(file, grade)
    assert {letter: found.count(letter) for letter in "ABCD"} == {"A": 5, "B": 9, "C": 5, "D": 1}
    taxes = [number * 7 % 20 + 1 for number in range(20)]
    assert sorted(tax for tax, letter in zip(taxes, found, strict=True) if letter == "A") == [16, 17, 18, 19, 20]


@pytest.mark.parametrize(
    ("homes", "works", "kind"),
    [
        ("120", "500", "工业主导型"),  # K24: 50 % above 30 %, 12 % below 25 %
        ("249.9999", "300.0001", "工业主导型"),
        ("120", "300", "其他"),  # 30 % is not above it
        ("250", "500", "其他"),
        ("250", "300", "产城融合型"),  # both bounds belong to it
        ("249.9999", "300", "其他"),
        ("600", "0", "产城融合型"),
    ],
)
def test_lu14_the_kind_of_zone(file: DataFile, fill: Callable[..., Loaded], homes: str, works: str, kind: str) -> None:
    fill(("土地利用状况", "年", {"已建成城镇建设用地": "1000", "住宅用地": homes, "工矿仓储用地": works}))
    with file.reading() as connection:
        frame = Frame(Zone(ZONE, "示例园", "", None), YEAR, {})
        assert ReturnFigures(connection, pack("用地评价"), frame, [ZONE], TODAY).value("", "评价类型") == kind
