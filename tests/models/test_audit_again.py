"""After every change the audit carried on finds what a whole audit finds, and asks no more than the change touches."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from models.audit import EXPLAIN, audit
from models.audit_again import audited_again
from models.demo import fill
from models.ledgers import ledger
from models.ledgers.economy import ECONOMY
from models.ledgers.enterprise import ENTERPRISE
from models.packs.pack import pack
from models.periods import Period
from models.store.batches import batch
from models.store.changed import latest
from models.store.file import DataFile
from models.store.findings import write_note
from models.store.history import done, reverse
from models.store.tables import table_of
from models.touching import read_elsewhere, rules_touched
from tests.models.test_audit import changed

YEAR, TODAY, ZONE = Period(2025), date(2026, 1, 5), "360799"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DataFile]:
    with DataFile(tmp_path_factory.mktemp("演示") / "演示.db", who="测试") as opened:
        fill(opened, zone=ZONE)
        yield opened


def seen(file: DataFile) -> int:
    with file.reading() as connection:
        return latest(connection)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6), id=st.sampled_from(["台办", "工信"]))
def test_it_finds_what_a_whole_audit_finds(demo: DataFile, seed: int, id: str) -> None:
    chance, of = random.Random(seed), pack(id)
    asked = sorted({rule.ledger for rule in of.rules})
    before, at = audit(demo, of, [ZONE], YEAR, TODAY), seen(demo)
    with batch(demo, ZONE, "录入", f"改 {seed}") as work:
        for _ in range(chance.randint(1, 3)):
            changed(work, ledger(chance.choice(asked)), chance)
            rows = [each.row for each in before.findings if each.ledger is ECONOMY]
            if chance.random() < 0.2 and rows:
                work.remove(ECONOMY, [chance.choice(rows)])
    told = audited_again(demo, before, [ZONE], at, TODAY)
    whole = audit(demo, of, [ZONE], YEAR, TODAY)
    assert told.findings == whole.findings
    assert told.unknown == whole.unknown
    assert {row: set(rules) for row, rules in told.unknown_of.items()} == {
        row: set(rules) for row, rules in whole.unknown_of.items()
    }
    assert told.verdict == whole.verdict
    if done(demo)[0].title == f"改 {seed}":
        reverse(demo, done(demo)[0].no)


def test_a_cell_left_empty_or_filled_changes_at_once_what_could_not_be_judged(demo: DataFile) -> None:
    of = pack("台办")
    before, at = audit(demo, of, [ZONE], YEAR, TODAY), seen(demo)
    with demo.reading() as connection:
        row = connection.exec_driver_sql(
            "SELECT id FROM ent_period WHERE year = 2025 AND rev IS NOT NULL AND rev_main IS NOT NULL"
        ).scalar()
    assert "P001" not in before.unknown_of.get(row, ())
    with batch(demo, ZONE, "录入", "清空") as work:
        work.set(ECONOMY, row, {"rev_main": None})
    emptied, then = audited_again(demo, before, [ZONE], at, TODAY), seen(demo)
    assert "P001" in emptied.unknown_of[row]
    assert emptied.unknown["P001"] == before.unknown.get("P001", 0) + 1
    reverse(demo, done(demo)[0].no)
    assert audited_again(demo, emptied, [ZONE], then, TODAY).unknown == before.unknown


def test_a_month_s_row_is_not_asked_for_the_year_s_return(demo: DataFile) -> None:
    before, at = audit(demo, pack("台办"), [ZONE], YEAR, TODAY), seen(demo)
    ent = next(each for each in before.findings if each.rule.id == "P002")
    with batch(demo, ZONE, "录入", "六月") as work:
        owner = work.values_of(ECONOMY, [ent.row], ["ent"])[ent.row]["ent"]
        values = {"ent": owner, "profit": 5_0000, "op_profit": 1_0000, "nonop_in": 0, "nonop_out": 0}
        row = work.add(ECONOMY, values, Period(2025, "M", 6))
    assert row not in [each.row for each in audited_again(demo, before, [ZONE], at, TODAY).findings]
    reverse(demo, done(demo)[0].no)


def test_an_explanation_written_counts_at_once(demo: DataFile) -> None:
    before, at = audit(demo, pack("台办"), [ZONE], YEAR, TODAY), seen(demo)
    of = next(each for each in before.findings if each.rule.level == EXPLAIN and each.open)
    with batch(demo, ZONE, "说明", "说明") as work:
        packs = pack("台办").kept_with(of.rule.id)
        write_note(work, packs, YEAR, of.rule.id, of.ledger.id, of.row, of.message, "二期产线投产，新增产能6亿元")
    told = audited_again(demo, before, [ZONE], at, TODAY)
    assert told.open_explain == before.open_explain - 1


def test_a_finding_is_called_as_its_record_is_now(demo: DataFile) -> None:
    before, at = audit(demo, pack("台办"), [ZONE], YEAR, TODAY), seen(demo)
    of = next(each for each in before.findings if each.rule.id == "W007")
    with batch(demo, ZONE, "录入", "改名") as work:
        owner = work.values_of(of.ledger, [of.row], ["ent"])[of.row]["ent"]
        assert isinstance(owner, bytes)
        work.set(ENTERPRISE, owner, {"ent_name": "改过名的有限公司"})
    told = audited_again(demo, before, [ZONE], at, TODAY)
    assert next(each for each in told.findings if each.row == of.row).title.name == "改过名的有限公司"
    reverse(demo, done(demo)[0].no)


def test_a_finding_of_the_zones_own_figures_is_called_as_the_zone_is_now(demo: DataFile) -> None:
    of, own = pack("台办"), ledger("开发区年度")
    before, at = audit(demo, of, [ZONE], YEAR, TODAY), seen(demo)
    assert any(each.ledger is own for each in before.findings)
    with batch(demo, ZONE, "录入", "改名") as work:
        (zone,) = work.connection.execute(select(table_of(ledger("开发区")).c.id)).scalars()
        work.set(ledger("开发区"), zone, {"name": "改过名的开发区", "short_name": "改过名的"})
    told = audited_again(demo, before, [ZONE], at, TODAY)
    assert {each.title.name for each in told.findings if each.ledger is own} == {"改过名的"}
    assert told.findings == audit(demo, of, [ZONE], YEAR, TODAY).findings
    reverse(demo, done(demo)[0].no)


def test_a_figure_touches_the_sums_that_read_it_and_no_others() -> None:
    of = pack("台办")
    assert "Y001" in rules_touched(of, [("ent_period", "rev")])
    assert "Y001" not in rules_touched(of, [("ent_period", "profit")])
    assert rules_touched(of, [("ent_period", "note")]) == frozenset()
    assert {"E009", "E026"} == rules_touched(of, [("tw_ent", "route")])
    assert "E001" not in {rule for rule, read in read_elsewhere(of).items() if read}, "its own row is all it reads"
