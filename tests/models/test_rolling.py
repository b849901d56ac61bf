"""提取上年数: who is carried and with what, the marks and what takes them away, undo, issuing, merging with imports."""

from __future__ import annotations

import random

import pytest

from models.audit import audit
from models.codes import code_list
from models.kinds import Raw
from models.ledger import Time
from models.ledgers import BY_ID, LEDGERS
from models.packs.pack import pack
from models.packs.reads import reads
from models.periods import Period
from models.rolling import CAME, GONE, LEFT, UNSAID, roll, standing, turns
from models.store.batches import Refused, batch
from models.store.carried import ROLLING, confirm, unconfirmed, unconfirmed_rows
from models.store.check import check
from models.store.content import content_hash
from models.store.file import DataFile
from models.store.history import deleted, done, redo, restore_row, reverse, undo
from models.store.merging import Present
from models.store.zones import create_zone
from tests.models.store.made import ENTERPRISE, ENTERPRISE_YEAR, YEAR, ZONE, empty

LAST = YEAR.back()
PARCEL, PARCEL_YEAR, ZONE_YEAR, ZONE_LAND, CLUSTER = (
    BY_ID[each] for each in ("parcel", "parcel_year", "zone_year", "zone_land", "cluster")
)
STATE = {"is_up": 1, "op_state": "1", "is_tw": 0, "land_mode": "2", "mu_rated": 1, "mu_grade": "A"}


@pytest.fixture
def file(tmp_path):
    (tmp_path / "园区.db").write_bytes(empty())
    with DataFile(tmp_path / "园区.db", who="录入员") as opened:
        yield opened


@pytest.fixture
def zone(file):
    """Nine enterprises: four there at the end of 2024 (one of them 2025 already), four that had left; parcels, cluster, zone."""
    create_zone(file, ZONE, "赣州经济技术开发区")
    with batch(file, ZONE, "导入", "上年") as work:
        names = ["在一", "在二", "已有", "原样", "迁出", "注销", "写了原因", "迁往", "新来"]
        ents = dict(
            zip(names, work.insert(ENTERPRISE, ["ent_name", "uscc"], [(n, f"91{n}") for n in names]), strict=True)
        )
        for name in ("在一", "在二", "已有"):
            work.add(ENTERPRISE_YEAR, STATE | {"ent": ents[name], "in_reason": "新设"}, LAST)
        work.add(ENTERPRISE_YEAR, {"ent": ents["原样"], "size": Raw("特大"), "is_up": 0}, LAST)
        work.add(ENTERPRISE_YEAR, STATE | {"ent": ents["迁出"], "out_date": 20241105}, LAST)
        work.add(ENTERPRISE_YEAR, STATE | {"ent": ents["注销"], "op_state": "6"}, LAST)
        work.add(ENTERPRISE_YEAR, {"ent": ents["写了原因"], "out_reason": "2024年迁往龙南", "out_date": 20240201}, LAST)
        work.add(ENTERPRISE_YEAR, STATE | {"ent": ents["迁往"], "to_zone": "龙南经开区"}, LAST)
        work.add(ENTERPRISE_YEAR, {"ent": ents["已有"], "is_up": 0}, YEAR)
        work.add(ENTERPRISE_YEAR, {"ent": ents["新来"], "in_reason": "迁入"}, YEAR)
        plots = work.insert(PARCEL, ["parcel_no"], [("甲",), ("乙",)])
        work.add(PARCEL_YEAR, {"parcel": plots[0], "dev_state": "3", "inv_act": 5_000_000, "idle": 0}, LAST)
        work.add(PARCEL_YEAR, {"parcel": plots[1], "dev_state": "8"}, LAST)
        work.add(CLUSTER, {"clu_id": "C1", "name": "电子信息", "level": "省级", "rev": 7}, LAST)
        work.add(ZONE_YEAR, {"rev_all": 1_234_500, "one_stop": 1, "emp_end": 9}, LAST)
        work.add(ZONE_LAND, {"a": 100, "tax_ind": 5}, LAST)
    return ents


DECIDED = {"target", "benchmark"}  # set anew each year


def test_every_yearly_ledger_says_what_of_it_goes_on():
    assert {each.id for each in LEDGERS if each.time is Time.YEARLY} == {each.id for each in ROLLING} | DECIDED


@pytest.mark.parametrize("ledger", ROLLING, ids=lambda each: each.id)
def test_what_goes_on_are_states_and_codes_that_there_are(ledger):
    rolls = ledger.rolls
    fields = {field.id: field for field in ledger.stored}
    assert not {*rolls.sources} & {*ledger.key, *rolls.left, rolls.entered} - {"op_state", "dev_state"}
    for name, source in rolls.sources.items():
        assert not fields[name].flow
        assert fields[name].kind == fields[source].kind
    for name, codes in rolls.left.items():
        assert not codes or {*codes} < {*code_list(fields[name].kind.codes)}
    assert not rolls.entered or "结转" in {*code_list(fields[rolls.entered].kind.codes)}


def rows(file, ledger, year=YEAR, *fields):
    fields = fields or tuple(field.id for field in ledger.stored)
    with file.reading() as connection:
        ids, _, *columns = Present(connection, ZONE).columns(ledger, fields, [year.year])
    return {
        id: {n: v for n, v in zip(fields, values, strict=True) if v is not None}
        for id, values in zip(ids, zip(*columns, strict=True), strict=True)
    }


def of(file, ent, year=YEAR):
    return next(((id, row) for id, row in rows(file, ENTERPRISE_YEAR, year).items() if row["ent"] == ent), None)


def marks(file, ledger=ENTERPRISE_YEAR):
    with file.reading() as connection:
        return unconfirmed_rows(connection, ZONE, ledger, list(rows(file, ledger)))


def left(file):
    with file.reading() as connection:
        return {each.ledger.id: each.rows for each in unconfirmed(connection, [ZONE], 2025)}


def turn_of(file, ledger=ENTERPRISE_YEAR):
    with file.reading() as connection:
        return next(turn for turn in turns(connection, ZONE, 2025) if turn.ledger is ledger)


def test_whoever_was_there_at_last_years_end_is_carried_with_his_states(file, zone):
    before = of(file, zone["已有"])
    assert roll(file, ZONE, 2025).rows == 7
    for name in ("在一", "在二"):
        _, row = of(file, zone[name])
        assert row == {key: value for key, value in STATE.items() if key != "mu_grade"} | {
            "ent": zone[name],
            "in_reason": "结转",
        }
    assert of(file, zone["原样"])[1] == {"ent": zone["原样"], "size": Raw("特大"), "is_up": 0, "in_reason": "结转"}
    assert of(file, zone["已有"]) == before
    assert [of(file, zone[name]) for name in ("迁出", "注销", "写了原因", "迁往")] == [None] * 4


def test_states_are_carried_and_figures_are_not(file, zone):
    roll(file, ZONE, 2025)
    assert list(rows(file, ZONE_YEAR).values()) == [{"one_stop": 1, "prev_rev_all": 1_234_500}]
    assert list(rows(file, ZONE_LAND).values()) == [{"a": 100}]
    assert list(rows(file, CLUSTER).values()) == [{"clu_id": "C1", "name": "电子信息", "level": "省级"}]
    ((parcel,), (carried,)) = (
        [row["parcel"] for row in rows(file, PARCEL_YEAR).values()],
        rows(file, PARCEL_YEAR).values(),
    )
    assert carried == {
        "parcel": parcel,
        "dev_state": "3",
        "inv_act": 5_000_000,
        "idle": 0,
    }  # what was taken back is not


def test_doing_it_again_does_nothing_more(file, zone):
    roll(file, ZONE, 2025)
    content = content_hash(file.path, ids=True)
    again = roll(file, ZONE, 2025)
    assert (again.batch, again.rows) == (None, 0)
    assert content_hash(file.path, ids=True) == content


def test_one_undo_takes_all_of_it_back_and_redo_brings_the_marks_again(file, zone):
    content = content_hash(file.path, ids=True)
    roll(file, ZONE, 2025)
    rolled, before = content_hash(file.path, ids=True), left(file)
    assert undo(file).title == "提取上年数：2024年 → 2025年"
    assert content_hash(file.path, ids=True) == content
    assert left(file) == {}
    redo(file)
    assert content_hash(file.path, ids=True) == rolled
    assert left(file) == before
    assert check(file.path) == []


def test_what_was_carried_is_marked_field_by_field(file, zone):
    roll(file, ZONE, 2025)
    assert left(file) == {"enterprise_year": 3, "parcel_year": 1, "zone_year": 1, "zone_land": 1, "cluster": 1}
    found = marks(file)
    assert set(found[of(file, zone["在一"])[0]]) == {"is_up", "op_state", "is_tw", "land_mode", "mu_rated"}
    assert set(found[of(file, zone["原样"])[0]]) == {"size", "is_up"}
    assert of(file, zone["已有"])[0] not in found


def test_writing_a_field_confirms_it_even_with_the_value_it_has(file, zone):
    roll(file, ZONE, 2025)
    row, _ = of(file, zone["在一"])
    for values, kept in (
        ({"is_up": 0}, {"op_state", "is_tw", "land_mode", "mu_rated"}),
        ({"op_state": "1"}, {"is_tw", "land_mode", "mu_rated"}),
    ):
        with batch(file, ZONE, "录入", "改") as work:
            work.set(ENTERPRISE_YEAR, row, values)
        assert set(marks(file)[row]) == kept
    undo(file)
    assert set(marks(file)[row]) == {"op_state", "is_tw", "land_mode", "mu_rated"}
    undo(file)
    assert set(marks(file)[row]) == {"is_up", "op_state", "is_tw", "land_mode", "mu_rated"}
    assert of(file, zone["在一"])[1]["is_up"] == 1
    redo(file)
    assert "is_up" not in marks(file)[row]
    assert check(file.path) == []


def test_confirming_rows_and_fields(file, zone):
    roll(file, ZONE, 2025)
    one, two = of(file, zone["在一"])[0], of(file, zone["在二"])[0]
    with batch(file, ZONE, "确认", "确认") as work:
        assert confirm(work, ENTERPRISE_YEAR, {one: None, two: ["is_up", "out_date"]}) == 2
        assert confirm(work, ENTERPRISE_YEAR, {one: None, of(file, zone["已有"])[0]: None}) == 0
    assert one not in marks(file)
    assert set(marks(file)[two]) == {"op_state", "is_tw", "land_mode", "mu_rated"}
    undo(file)
    assert len(marks(file)[one]) == len(marks(file)[two]) == 5


def test_taking_back_an_earlier_step_leaves_what_was_confirmed_since(file, zone):
    roll(file, ZONE, 2025)
    row, _ = of(file, zone["在一"])
    numbers = []
    for values in ({"is_up": 0}, {"op_state": "3"}):
        with batch(file, ZONE, "录入", "改") as work:
            work.set(ENTERPRISE_YEAR, row, values)
        numbers.append(work.no)
    assert reverse(file, numbers[0]).kept == ()
    assert of(file, zone["在一"])[1]["is_up"] == 1
    assert of(file, zone["在一"])[1]["op_state"] == "3"
    assert set(marks(file)[row]) == {"is_up", "is_tw", "land_mode", "mu_rated"}
    assert check(file.path) == []


def test_rows_that_were_worked_on_stay_when_the_rolling_is_taken_back(file, zone):
    rolled = roll(file, ZONE, 2025)
    row, _ = of(file, zone["在一"])
    with batch(file, ZONE, "确认", "确认") as work:
        confirm(work, ENTERPRISE_YEAR, {row: None})
    assert [kept[1] for kept in reverse(file, rolled.batch).kept] == [row]
    assert set(rows(file, ENTERPRISE_YEAR)) == {row, of(file, zone["已有"])[0], of(file, zone["新来"])[0]}


def test_a_deleted_row_takes_its_marks_along_and_a_restored_one_has_them(file, zone):
    roll(file, ZONE, 2025)
    row, _ = of(file, zone["在一"])
    had = marks(file)[row]
    with batch(file, ZONE, "删除", "删") as work:
        work.remove(ENTERPRISE_YEAR, [row])
    assert left(file)["enterprise_year"] == 2
    restore_row(file, deleted(file, ZONE, ENTERPRISE_YEAR)[0])
    assert marks(file)[row] == had
    assert check(file.path) == []


def test_a_flipped_mark_is_found(file, zone):
    roll(file, ZONE, 2025)
    with file.writing() as connection:
        connection.exec_driver_sql("UPDATE enterprise_year SET carried = 'is_up nonsense' WHERE carried IS NOT NULL")
    assert any("待确认标记不是真有的项目" in fault for fault in check(file.path))


def test_the_movement_between_the_years_balances(file, zone):
    turn = turn_of(file)
    assert (turn.last, turn.stayed, len(turn.carry), turn.end) == (4, 1, 3, 5)
    assert turn.reasons(CAME) == {"迁入": 1}
    assert turn.reasons(GONE) == {"2024-11-05 退出": 1, "当年注销": 1, "2024年迁往龙南": 1, "迁往开发区 龙南经开区": 1}
    roll(file, ZONE, 2025)
    with batch(file, ZONE, "录入", "改") as work:
        work.set(ENTERPRISE_YEAR, of(file, zone["在二"])[0], {"out_date": 20250801, "out_reason": "破产"})
        work.set(ENTERPRISE_YEAR, of(file, zone["新来"])[0], {"in_reason": None})
    turn = turn_of(file)
    assert (turn.last, turn.stayed, len(turn.carry), turn.end) == (4, 4, 0, 4)
    assert (turn.reasons(LEFT), turn.reasons(CAME)) == ({"破产": 1}, {UNSAID: 1})


def test_whoever_is_missing_without_a_reason_is_asked_about(file, zone):
    """E025 of the pack 通用 is quiet on what was carried, and finds those that left without a word, and what was deleted since."""

    def asked():
        found = audit(file, pack("通用"), [ZONE], YEAR).findings
        return {each.title.name for each in found if each.rule.id == "E025"}

    assert asked() == {"在一", "在二", "原样", "注销", "迁往"}
    roll(file, ZONE, 2025)
    assert asked() == {"注销", "迁往"}
    with batch(file, ZONE, "删除", "删") as work:
        work.remove(ENTERPRISE_YEAR, [of(file, zone["在一"])[0]])
    assert asked() == {"在一", "注销", "迁往"}
    with batch(file, ZONE, "录入", "写原因") as work:
        for name in ("在一", "注销", "迁往"):
            work.set(ENTERPRISE_YEAR, of(file, zone[name], LAST)[0], {"out_reason": "2024年12月注销"})
    assert asked() == set()


def test_a_year_that_was_issued_is_not_changed_without_being_asked(file, zone):
    with batch(file, ZONE, "签发", "签发") as work:
        work.add(BY_ID["return_batch"], {"pack": "台办", "version": 1, "state": "签发"}, YEAR)
    content = content_hash(file.path)
    with pytest.raises(Refused, match="2025年已经签发（台办 第 1 版）"):
        roll(file, ZONE, 2025)
    assert content_hash(file.path) == content
    assert roll(file, ZONE, 2025, issued=True).rows == 7


def test_a_version_that_was_sent_back_does_not_stand_in_the_way(file, zone):
    with batch(file, ZONE, "签发", "签发") as work:
        work.add(BY_ID["return_batch"], {"pack": "台办", "version": 1, "state": "退回"}, YEAR)
    with file.reading() as connection:
        assert standing(connection, ZONE, 2025) == ""


def test_unconfirmed_values_stand_in_the_way_of_issuing_where_the_pack_reads_them(file, zone):
    taiwan = pack("台办")
    read = reads(taiwan, ROLLING)
    assert ENTERPRISE_YEAR in read
    before = audit(file, taiwan, [ZONE], Period(2025))
    assert before.unconfirmed == ()
    roll(file, ZONE, 2025)
    report = audit(file, taiwan, [ZONE], Period(2025))
    assert {each.ledger for each in report.unconfirmed} == set(read)
    assert [each.sentence for each in report.unconfirmed][1] == "企业年度 3 行是从上年带来的，还没有确认"
    told = "、".join(f"{each.ledger.label} {each.rows}" for each in report.unconfirmed)
    total = sum({"enterprise_year": 3}.get(ledger.id, 1) for ledger in read)
    assert report.verdict.endswith(f"从上年带来还没有确认的 {total} 行（{told}）")
    assert not report.passed
    with batch(file, ZONE, "确认", "确认") as work:
        for ledger in ROLLING:
            confirm(work, ledger, dict.fromkeys(rows(file, ledger)))
    assert audit(file, taiwan, [ZONE], Period(2025)).unconfirmed == ()


def test_whatever_is_done_after_it_can_all_be_taken_back(file, zone):
    """Random work on carried rows, undone and redone on the way: the self-test agrees, and at the end nothing is left of it."""
    chance = random.Random(20261126)
    content = content_hash(file.path, ids=True)
    roll(file, ZONE, 2025)
    rolled, before = content_hash(file.path, ids=True), marks(file)
    fields = ["is_up", "op_state", "land_mode", "key_ent", "out_date"]
    for _ in range(60):
        there = list(rows(file, ENTERPRISE_YEAR))
        some = chance.sample(there, min(len(there), chance.randint(1, 3)))
        match chance.randrange(6):
            case 0:
                undo(file)
            case 1:
                redo(file)
            case 2:
                with batch(file, ZONE, "确认", "确认") as work:
                    confirm(work, ENTERPRISE_YEAR, dict.fromkeys(some, chance.choice([None, fields[:2]])))
            case 3 if len(there) > 2:
                with batch(file, ZONE, "删除", "删") as work:
                    work.remove(ENTERPRISE_YEAR, some[:1])
            case _:
                values = {"is_up": 0, "op_state": "3", "land_mode": "1", "key_ent": 1, "out_date": 20250101}
                name = chance.choice(fields)
                with batch(file, ZONE, "录入", "改") as work:
                    work.set_many(ENTERPRISE_YEAR, {row: {name: values[name]} for row in some})
        assert check(file.path) == []
        if not any(step.title.startswith("提取上年数") for step in standing_steps(file)):
            redo(file)
    while (outcome := undo(file)) and not outcome.title.startswith("提取上年数"):
        if len(standing_steps(file)) and standing_steps(file)[0].title.startswith("提取上年数"):
            assert content_hash(file.path, ids=True) == rolled
            assert marks(file) == before
    assert content_hash(file.path, ids=True) == content


def standing_steps(file):
    """The steps in effect, newest first."""
    return [step for step in done(file) if step.kind != "撤销" and step.reversed_by is None]
