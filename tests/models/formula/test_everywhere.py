"""Rows of every zone (各区) or of those asked about (本区和分园), another period of the year (四季度.…), what was kept as typed (照录)."""

from __future__ import annotations

from fractions import Fraction

import pytest
from sqlalchemy import update

from models.formula.errors import FormulaError
from models.formula.figures import figure
from models.formula.rows import row_formula
from models.formula.words import words
from models.ledgers import ledger
from models.store.tables import table_of
from tests.models.formula.world import row_id

DISTINCT = "去重计数(各区.企业.开发区.开发区代码, 统一社会信用代码 = 本行.统一社会信用代码) = 1"
ELSEWHERE = (
    "计数(各区.企业, 统一社会信用代码 = 本行.统一社会信用代码 且 开发区.开发区代码 ≠ 本行.开发区.开发区代码) = 0"
)


@pytest.fixture
def zones(data):
    """Three zones: firm A in two of them, B twice in one, C alone."""
    for number, code in enumerate(("Z1", "Z2", "Z3")):
        parent = {"parent_code": "Z1"} if number else {}
        data.add("开发区", 100 + number, zone=code, code=code, **parent)
        data.add("开发区年度", 200 + number, zone=code, rev_all=(number + 1) * 100_0000)
    for id, zone, uscc in (
        (1, "Z1", "A"),
        (2, "Z2", "A"),
        (3, "Z1", "B"),
        (4, "Z1", "B"),
        (5, "Z3", "C"),
        (6, "Z3", None),
    ):
        data.add("企业", id, zone=zone, uscc=uscc)
    return data


@pytest.mark.parametrize("text", [DISTINCT, ELSEWHERE])
def test_rows_of_every_zone(zones, text):
    assert zones.judged("企业", text) == {1: [1]}
    assert zones.judged("企业", text, zones=("Z2",)) == {2: [1]}
    assert zones.judged("企业", text, single=[1, 2, 3, 5]) == {1: [1], 2: [1]}
    assert 5 not in zones.judged("企业", text, zones=("Z3",))


def test_the_zones_own_rows_only_without_it(zones):
    same = "计数(全区.企业, 统一社会信用代码 = 本行.统一社会信用代码) = 1"
    assert zones.judged("企业", same) == {3: [1], 4: [1]}
    assert zones.judged("企业", same, zones=("Z2",)) == {}


def test_rows_of_the_zones_asked_about(zones):
    """本区和分园: a zone with its sub-parks, and no other of the file."""
    elsewhere = "计数(本区和分园.企业, 统一社会信用代码 = 本行.统一社会信用代码) = 1"
    assert zones.judged("企业", elsewhere, zones=("Z1", "Z2")) == {1: [1], 2: [1], 3: [1], 4: [1]}
    assert zones.judged("企业", elsewhere, zones=("Z2", "Z3")) == {6: [1]}
    assert zones.judged("企业", elsewhere, single=[1, 2], zones=("Z2", "Z1")) == {1: [1], 2: [1]}
    assert zones.judged("企业", elsewhere, single=[2], zones=("Z2",)) == {}
    within = "计数(企业, 计数(本区和分园.企业, 统一社会信用代码 = 本行.统一社会信用代码) > 1)"
    assert [zones.figure(within, zones=asked) for asked in (("Z1",), ("Z1", "Z2"), ("Z2",))] == [2, 4, 0]
    assert figure(within).words.startswith("“企业”的行数（只计 本区和分园“企业”的行数（只计 ")


def test_sums_over_other_zones(zones):
    parts = "合计(各区.开发区年度.rev_all, 开发区.上级开发区代码 = 本行.开发区.开发区代码)"
    assert zones.values("开发区年度", parts)[200] == (500,)
    assert zones.values("开发区年度", parts, zones=("Z2",))[201] == (0,)
    assert zones.values("开发区年度", "计数(各区.开发区) * 1")[200] == (3,)
    assert (
        zones.judged("开发区年度", "计数(各区.开发区年度, rev_all * 3 >= 本行.rev_all) >= 3", zones=("Z1", "Z2", "Z3"))
        == {}
    )


def test_the_zone_that_is_asked_about(zones):
    own = "开发区.开发区代码 = 所选开发区"
    for asked, total in ((("Z1", "Z2", "Z3"), 100), (("Z2",), 200), (("Z3", "Z1"), 300)):
        assert zones.figure(f"合计(开发区年度.rev_all, {own})", zones=asked) == total
    assert zones.judged("企业", f"非 ({own})", zones=("Z2", "Z3")) == {2: [1]}
    assert figure(f"计数(企业, {own})").words == "“企业”的行数（只计 开发区.开发区代码 = 所选开发区）"


def test_another_period_of_the_year(data):
    data.add("企业", 1)
    data.add("企业", 2)
    for id, firm, period, rev in (
        (11, 1, ("Y", 0), 900),
        (12, 1, ("Q", 4), 850),
        (13, 1, ("Q", 3), 700),
        (21, 2, ("Y", 0), 500),
    ):
        data.add("经济数据", id, 企业=firm, form=period[0], seq=period[1], 营业收入=rev * 10_000)
    data.add("经济数据", 31, 企业=1, form="Q", seq=4, year=2024, 营业收入=1)
    assert data.values("经济数据", "四季度.营业收入", "三季度.营业收入") == {11: (850, 700), 21: (None, None)}
    assert data.judged("经济数据", "约等(营业收入, 四季度.营业收入, 0.5)") == {11: [1], 21: [2]}
    assert data.values("企业年度", "上半年.经济数据.营业收入") == {}
    assert data.values("企业", "四季度.经济数据.营业收入") == {1: (850,), 2: (None,)}
    assert data.values("经济数据", "上年.四季度.营业收入") == {11: (Fraction(1, 10_000),), 21: (None,)}


def test_what_was_kept_as_typed(data):
    kept = {1: '{"parcel":"P-9"}', 2: '{"note":"写着 \\"parcel\\": 的话"}', 3: None}
    for id, raw in kept.items():
        data.add("项目", id)
        table = table_of("project")
        data.connection.execute(update(table).where(table.c.id == row_id(id)).values(raw=raw))
    assert data.judged("项目", "非 照录(宗地)") == {1: [1]}
    assert data.judged("项目", "照录(宗地) 或 照录(备注)") == {3: [1]}
    assert data.figure("计数(项目, 照录(宗地))") == 1


@pytest.mark.parametrize(
    ("on", "text", "fault"),
    [
        (None, "计数(各区.企业)", "“各区”只能写在一行的公式里；指标按所问的开发区计算"),
        (None, "计数(本区和分园.企业)", "“本区和分园”只能写在一行的公式里；指标按所问的开发区计算"),
        (None, '所选开发区 = "Z1"', "“所选开发区”要写在合计、计数这样的函数里"),
        ("企业", "四季度.单位详细名称 = 单位详细名称", "“企业”不按期记，没有“四季度”"),
        ("开发区年度", "四季度.rev_all > 0", "“开发区年度”不按期记，没有“四季度”"),
        ("项目", "照录(计划总投资 + 1)", "“照录”要的是一个填报的项"),
        ("经济数据", "名次(各区.营业收入) < 3", "没有“营业收入”这本台账"),
        ("经济数据", "名次(各区.经济数据.营业收入) < 3", "不用写“全区”"),
    ],
)
def test_faults(on, text, fault):
    with pytest.raises(FormulaError, match=fault):
        row_formula(text, ledger(on)) if on else figure(text)


def test_in_words():
    assert words(row_formula(DISTINCT, ledger("企业")).node).startswith(
        "各区“企业”开发区.开发区代码去重后的个数（只计 "
    )
