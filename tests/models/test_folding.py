"""What follows from a finding is folded beneath it, and only what does; and what was said before is offered."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.audit import EXPLAIN, HINT, MUST, Finding, Report, audit
from models.demo import fill
from models.folding import Fold, folded
from models.ledgers.economy import ECONOMY
from models.ledgers.enterprise import ENTERPRISE
from models.ledgers.land import PARCEL, PARCEL_USE
from models.packs.pack import Pack, pack
from models.packs.tables import COLUMNS, Entry, Source
from models.periods import Period
from models.sayings import BLANK, said_before, templates
from models.store.batches import batch
from models.store.file import DataFile
from models.store.findings import write_note
from models.store.zones import create_zone
from models.substance import emptiness
from tests.models.demo_rows import TODAY, named
from tests.models.test_audit import WORDS, ZONE, enterprise, small

YEAR = Period(2025)


@pytest.fixture
def file(tmp_path: Path) -> Iterator[DataFile]:
    with DataFile(tmp_path / "折.db", who="测试") as opened:
        create_zone(opened, ZONE, "示例园")
        yield opened


def ask(file: DataFile, of: Pack) -> Report:
    return audit(file, of, [ZONE], YEAR, TODAY)


def shape(folds: list[Fold]) -> list[tuple[str, list[str]]]:
    return [(each.root.rule.id, [other.rule.id for other in each.others]) for each in folds]


def test_a_slip_covers_what_reads_the_figure(file: DataFile) -> None:
    fill(file, zone=ZONE)
    report = audit(file, pack("台办"), [ZONE], YEAR, TODAY)
    folds = folded(report.pack, report.findings)
    slip = next(each for each in folds if each.root.rule.id == "P013")
    assert slip.root.title.name == named("P013")
    assert [each.rule.id for each in slip.others] == ["Y001", "P006", "P014"]
    assert sum(bool(each.others) for each in folds) == 1


def test_a_cause_marks_what_the_other_reads(file: DataFile) -> None:
    enterprise(file, cost=100_0000)
    tried = small(
        ("甲", MUST, "营业收入 < 1"), ("乙", MUST, "营业收入 < 营业成本"), ("丙", MUST, "营业收入 + 营业成本 < 0")
    )
    assert shape(folded(tried, ask(file, tried).findings)) == [("甲", ["乙", "丙"])]


def test_a_hint_or_an_explained_finding_covers_nothing(file: DataFile) -> None:
    enterprise(file, cost=100_0000)
    hint = small(("甲", HINT, "营业收入 < 1"), ("乙", MUST, "营业收入 < 营业成本"))
    assert shape(folded(hint, ask(file, hint).findings)) == [("乙", []), ("甲", [])]
    tried = small(("甲", EXPLAIN, "营业收入 < 1"), ("乙", MUST, "营业收入 < 营业成本"))
    report = ask(file, tried)
    assert shape(folded(tried, report.findings)) == [("甲", ["乙"])]
    (cause,) = report.of(EXPLAIN)
    with batch(file, ZONE, "说明", "说明") as work:
        write_note(work, ["试"], YEAR, "甲", "ent_period", cause.row, cause.message, WORDS)
    assert shape(folded(tried, ask(file, tried).findings)) == [("乙", []), ("甲", [])]


def test_two_rows_do_not_cover_each_other(file: DataFile) -> None:
    enterprise(file, cost=100_0000)
    enterprise(file, "乙公司", cost=100_0000)
    tried = small(("甲", MUST, "营业收入 < 1"), ("乙", MUST, "营业收入 < 营业成本"))
    folds = folded(tried, ask(file, tried).findings)
    assert shape(folds) == [("甲", ["乙"]), ("甲", ["乙"])]
    assert all(each.root.row == other.row for each in folds for other in each.others)


def on(*rules: tuple[str, str, str, str, str]) -> Pack:
    """A pack of rules of any ledgers: (id, level, ledger, formula, cells)."""
    rows = [
        {"编号": id, "级别": level, "台账": ledger, "公式": text, "提示": "不对", "格": cells}
        for id, level, ledger, text, cells in rules
    ]
    entries = [Entry("规则", line, row) for line, row in enumerate(rows, 2)]
    return Pack(Source("试", {"id": "试"}, {name: [] for name in COLUMNS} | {"规则": entries}, b""))


def test_what_is_wrong_with_an_enterprise_covers_what_its_other_ledgers_say(file: DataFile) -> None:
    """A date typed wrong in 企业 makes every receipt of that enterprise wrong, and nothing of another enterprise."""
    fill(file, zone=ZONE)
    before = audit(file, pack("台办"), [ZONE], YEAR, TODAY)
    with file.reading() as connection:
        first, other = (
            connection.exec_driver_sql("SELECT DISTINCT ent FROM capital_in ORDER BY ent").scalars().all()[:2]
        )
        flows = "SELECT id FROM capital_in WHERE ent = ?"
        mine, theirs = (set(connection.exec_driver_sql(flows, (ent,)).scalars().all()) for ent in (first, other))
    with batch(file, ZONE, "录入", "成立时间") as work:
        for ent in (first, other):
            work.set(ENTERPRISE, ent, {"open_date": 20300101})
    report = audit(file, pack("台办"), [ZONE], YEAR, TODAY)
    folds = {each.root.row: each for each in folded(report.pack, report.findings) if each.root.rule.id == "E011"}
    assert {each.row for each in folds[first].others if each.rule.id == "W011"} == mine
    assert {each.row for each in folds[other].others if each.rule.id == "W011"} == theirs
    assert report.open_must == before.open_must + 2 + len(mine) + len(theirs), "folding hides no finding from the count"
    with batch(file, ZONE, "录入", "改好一家") as work:
        work.set(ENTERPRISE, first, {"open_date": 20190501})
    again = audit(file, pack("台办"), [ZONE], YEAR, TODAY)
    assert not {each.row for each in again.findings} & mine


def test_a_cause_covers_rows_of_every_ledger_that_refers_to_it(file: DataFile) -> None:
    ent, row = enterprise(file)
    with batch(file, ZONE, "录入", "其他台账") as work:
        parcel = work.add(PARCEL, {"parcel_no": "甲-1", "area_m2": 100_0000})
        use = work.add(PARCEL_USE, {"parcel": parcel, "ent": ent, "from_date": 20200101, "area_m2": 50_0000})
        work.add(PARCEL, {"parcel_no": "甲-2", "area_m2": 100_0000})
    tried = on(
        ("丙", MUST, "宗地占用", '企业.行业代码 = "C" 或 企业.单位详细名称 = "旁的公司"', "占用土地面积"),
        ("乙", MUST, "经济数据", '企业.行业代码 = "C" 或 企业.单位详细名称 = "旁的公司"', "营业收入"),
        ("甲", EXPLAIN, "企业", '行业代码 = "C" 或 单位详细名称 = "旁的公司"', "行业代码"),
    )
    (fold,) = folded(tried, ask(file, tried).findings)
    assert (fold.root.rule.id, {each.row for each in fold.others}) == ("甲", {row, use})


def test_a_row_covers_the_sum_of_what_it_is_tied_to_and_nothing_goes_round(file: DataFile) -> None:
    ent, _ = enterprise(file)
    with batch(file, ZONE, "录入", "宗地") as work:
        parcel = work.add(PARCEL, {"parcel_no": "甲-1", "area_m2": 100_0000})
        use = work.add(PARCEL_USE, {"parcel": parcel, "ent": ent, "from_date": 20200101, "area_m2": 500_0000})
        beside = work.add(PARCEL, {"parcel_no": "甲-2", "area_m2": 1})
        work.add(PARCEL_USE, {"parcel": beside, "ent": ent, "from_date": 20200101, "area_m2": 2})
    tried = on(
        ("和", MUST, "宗地", "合计(宗地占用.占用土地面积) <= 宗地面积", "宗地面积"),
        ("大", MUST, "宗地占用", "占用土地面积 <= 宗地.宗地面积 或 占用土地面积 < 1", "占用土地面积"),
    )
    report = ask(file, tried)
    folds = folded(tried, report.findings)
    assert sorted((each.rule.id, each.row) for f in folds for each in (f.root, *f.others)) == sorted(
        (each.rule.id, each.row) for each in report.findings
    )
    covered = next(each for each in folds if use in {each.root.row, *(other.row for other in each.others)})
    assert {covered.root.row, *(each.row for each in covered.others)} == {use, parcel}


def test_causes_stand_first_and_where_the_gravest_they_cover_would(file: DataFile) -> None:
    enterprise(file, cost=100_0000)
    tried = on(
        ("单", MUST, "经济数据", "营业成本 < 1", "营业成本"),
        ("重", MUST, "经济数据", "营业收入 < 2", "营业收入"),
        ("甲", EXPLAIN, "经济数据", "营业收入 < 1", "营业收入"),
    )
    assert shape(folded(tried, ask(file, tried).findings)) == [("重", ["甲"]), ("单", [])]
    linked = on(
        ("单", MUST, "经济数据", "营业成本 < 1", "营业成本"),
        ("重", MUST, "经济数据", '企业.单位详细名称 ≠ "甲公司"', "营业收入"),
        ("甲", EXPLAIN, "企业", '单位详细名称 ≠ "甲公司"', "单位详细名称"),
    )
    assert shape(folded(linked, ask(file, linked).findings)) == [("甲", ["重"]), ("单", [])]


def test_every_finding_stands_once_whatever_was_typed(file: DataFile) -> None:
    fill(file, zone=ZONE)
    chance = random.Random(5)
    with batch(file, ZONE, "录入", "乱填") as work:
        rows = work.connection.exec_driver_sql("SELECT id FROM ent_period WHERE year = 2025").scalars().all()
        for row in rows:
            work.set(
                ECONOMY, row, {chance.choice(("rev", "gov", "profit", "emp_end")): chance.choice((0, 1, 10**9, None))}
            )
    for id in ("台办", "工信"):
        report = audit(file, pack(id), [ZONE], YEAR, TODAY)
        folds = folded(report.pack, report.findings)
        assert len(report.findings) > 50
        told = [(each.rule.id, each.row) for fold in folds for each in (fold.root, *fold.others)]
        assert sorted(told) == sorted((each.rule.id, each.row) for each in report.findings)
        assert any(fold.others for fold in folds)


# --- what was said before --------------------------------------------------------------------------------------------


def explain(file: DataFile, of: Finding, period: Period, text: str) -> None:
    with batch(file, ZONE, "说明", "说明") as work:
        write_note(work, ["通用"], period, of.rule.id, of.ledger.id, of.row, of.message, text)


def test_what_was_said_is_offered_nearest_first(file: DataFile) -> None:
    first, second = (enterprise(file, name)[1] for name in ("甲公司", "乙公司"))
    found = {each.row: each for each in ask(file, pack("台办")).findings if each.rule.id == "P014"}
    with file.reading() as connection:
        last = {
            row: connection.exec_driver_sql(
                "SELECT id FROM ent_period WHERE year = 2024 AND ent = (SELECT ent FROM ent_period WHERE id = ?)",
                (row,),
            ).scalar_one()
            for row in (first, second)
        }
    mine, other = found[first], found[second]
    old = [Finding(each.rule, each.ledger, each.zone, last[row], each.title, "") for row, each in found.items()]
    explain(file, next(each for each in old if each.row == last[first]), YEAR.back(), "一期产线投产，新增产能3亿元")
    explain(file, next(each for each in old if each.row == last[second]), YEAR.back(), "上年停产检修四个月，今年复产")
    explain(file, other, YEAR, WORDS)
    explain(file, mine, YEAR, "正在写的这一条，投产新增3亿元")
    with file.reading() as connection:
        offered = said_before(connection, ("台办", "通用"), YEAR, mine)
    assert [(each.where, each.text) for each in offered] == [
        ("2024年", "一期产线投产，新增产能3亿元"),
        ("乙公司 · 2025年", WORDS),
        ("乙公司 · 2024年", "上年停产检修四个月，今年复产"),
    ]


def test_what_says_nothing_is_not_offered_and_the_same_text_once(file: DataFile) -> None:
    rows = [enterprise(file, name)[1] for name in ("甲公司", "乙公司", "丙公司", "丁公司")]
    found = {each.row: each for each in ask(file, pack("台办")).findings if each.rule.id == "P014"}
    for row, text in zip(rows[1:], ("核实无误", WORDS, WORDS), strict=True):
        explain(file, found[row], YEAR, text)
    with file.reading() as connection:
        offered = said_before(connection, ("台办", "通用"), YEAR, found[rows[0]])
    assert [each.text for each in offered] == [WORDS]


def test_a_template_is_no_explanation_until_its_blanks_are_filled(file: DataFile) -> None:
    enterprise(file)
    finding = next(each for each in ask(file, pack("台办")).findings if each.rule.id == "P014")
    for each in templates(finding, []):
        assert "空着" in finding.want(each.text)
        filled = each.text.replace(BLANK, "二期扩产", 1).replace(BLANK, "300")
        assert emptiness(filled, figure=True) == "", filled
