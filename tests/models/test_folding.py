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
from models.packs.pack import Pack, pack
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
