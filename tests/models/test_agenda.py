"""What is to be handed in: deadlines, how far each return is, what changed since it was issued."""

from __future__ import annotations

from datetime import date

import pytest

from models.agenda import changed_since, dues
from models.audit import EXPLAIN, audit
from models.demo import fill
from models.indicators import indicator_set
from models.ledgers import BY_ID
from models.packs.pack import pack, returns_of
from models.periods import Period
from models.store.batches import batch
from models.store.entries import put_entry
from models.store.file import DataFile
from models.store.findings import write_note
from models.store.history import undo
from models.store.versions import keep_version
from models.store.views import find_reference
from models.store.zones import create_zone, pick, zone_region

YEAR, TODAY = Period(2025), date(2025, 11, 22)


@pytest.fixture
def file(tmp_path):
    with DataFile(tmp_path / "演示.db", who="测试") as opened:
        fill(opened)
        yield opened


@pytest.fixture
def zone(file):
    with file.reading() as connection:
        return pick(connection).code


@pytest.fixture
def store(tmp_path):
    with DataFile(tmp_path / "新.db", who="测试") as opened:
        yield opened


def found(file, zone):
    with file.reading() as connection:
        return {each.pack.id: each for each in dues(connection, [zone], 2025, TODAY)}


def keep(file, zone, no=1, state="签发", keyed=None):
    with file.reading() as connection:
        figures = indicator_set(pack("台办")).values(connection, [zone], YEAR, TODAY)
    with batch(file, zone, "签发", "签发") as work:
        values = {"pack": "台办", "version": no, "state": state, "issued_at": "2025-11-20T09:00:00"}
        keep_version(work, YEAR, figures, values, keyed)


def test_every_pack_with_a_form_the_next_due_first(file, zone):
    with file.reading() as connection:
        listed = [(each.pack.id, each.day, each.days(TODAY)) for each in dues(connection, [zone], 2025, TODAY)]
    assert listed == [
        ("台办", date(2025, 12, 31), 39),
        ("赣州", date(2026, 1, 10), 49),
        ("工信", date(2026, 1, 20), 59),
        ("赣州", date(2026, 1, 20), 59),
        ("用地评价", None, None),
    ]


def test_only_the_returns_that_the_zone_makes_and_the_one_chosen(store):
    create_zone(store, "320691", "示例园")

    def listed(chosen=""):
        with store.reading() as connection:
            return [each.pack.id for each in dues(connection, ["320691"], 2025, TODAY, chosen)]

    here = listed()
    assert here == ["南通", "用地评价"]
    assert not {"台办", "工信"} & set(here)
    assert set(listed("台办")) == {*here, "台办"}


@pytest.mark.parametrize(
    ("code", "said", "region"),
    [("360791", "", "360791"), ("S367012", "", "36"), ("S367012", "360702", "360702"), ("园区一", "", "")],
)
def test_where_a_zone_lies_is_told_by_its_file_else_by_its_code(store, code, said, region):
    create_zone(store, code, "示例园", region_code=said)
    with store.reading() as connection:
        assert zone_region(connection, code) == region
    own, others = returns_of(region)
    assert {"台办", "工信", "用地评价"} <= set(own)
    assert not set(own) & set(others)


def test_nobody_has_begun_until_an_audit_or_a_keyed_cell(file, zone):
    assert not any(each.begun for each in found(file, zone).values())
    with batch(file, zone, "录入", "填") as work:
        put_entry(work, "工信", YEAR, "说明", "手填的字")
    assert [id for id, each in found(file, zone).items() if each.begun] == ["工信"]


def test_counts_are_those_of_the_audit_and_explained_findings_go(file, zone):
    report = audit(file, pack("台办"), [zone], YEAR, TODAY)
    before = found(file, zone)["台办"]
    assert (before.must, before.explain, before.begun) == (report.open_must, report.open_explain, True)
    first = report.of(EXPLAIN)[0]
    with batch(file, zone, "说明", "说明") as work:
        text = "新厂区三月投产，产能翻了一倍，已看过纳税申报表"
        packs = pack("台办").kept_with(first.rule.id)
        write_note(work, packs, YEAR, first.rule.id, first.ledger.id, first.row, first.message, text)
    assert found(file, zone)["台办"].explain == before.explain - 1


def test_the_version_that_counts_is_not_one_sent_back(file, zone):
    keep(file, zone)
    keep(file, zone, 2, "退回")
    due = found(file, zone)["台办"]
    assert (due.last.no, due.last.state, due.issued.no) == (2, "退回", 1)


def test_what_changed_since_it_was_issued_is_named_and_gone_when_taken_back(file, zone):
    keep(file, zone, keyed={"办件说明": "去年的话"})

    def changed():
        with file.reading() as connection:
            return changed_since(connection, found(file, zone)["台办"], [zone], TODAY)

    assert changed() == ["办件说明"]
    with batch(file, zone, "录入", "填") as work:
        put_entry(work, "台办", YEAR, "办件说明", "去年的话")
    assert changed() == []
    with file.reading() as connection:
        (first,) = find_reference(connection, BY_ID["zone"], zone, zone)
        ent = connection.exec_driver_sql("SELECT ent FROM tw_ent ORDER BY id LIMIT 1").scalar()
        row = connection.exec_driver_sql("SELECT id FROM ent_period WHERE ent = ? AND year = 2025", (ent,)).scalar()
    assert first
    with batch(file, zone, "录入", "改 工业总产值") as work:
        work.set(BY_ID["ent_period"], row, {"gov": 1})
    assert "台资企业产值" in changed()
    undo(file)
    assert changed() == []
