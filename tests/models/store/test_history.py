from __future__ import annotations

import pytest
from sqlalchemy import event

from models.store.batches import Refused, batch
from models.store.check import check
from models.store.content import content_hash
from models.store.file import DataFile
from models.store.history import (
    deleted,
    done,
    next_redo,
    next_undo,
    past_of,
    redo,
    restore_row,
    reverse,
    undo,
)
from models.store.past import LASTING
from tests.models.store.made import ECONOMY, ENTERPRISE, ENTERPRISE_YEAR, TW, YEAR, YOUTH, ZONE, enterprises, typed
from tests.models.store.test_batches import row_of


def content(file):
    with file.reading() as connection:
        return content_hash(connection, ids=True)


def with_dependents(file):
    """An enterprise with rows of three ledgers, and another."""
    row, other, _ = enterprises(file)
    with batch(file, ZONE, "录入", "x") as work:
        year = work.add(ENTERPRISE_YEAR, {"ent": row, "is_up": 1}, YEAR)
        work.add(ECONOMY, {"ent": row, "rev": 5}, YEAR)
        youth = work.add(YOUTH, {"ty_id": "1", "id_no": "12345678", "ent": row})
    return row, other, year, youth


def test_undo_brings_the_content_back_and_redo_the_other_way(file):
    states = [content(file)]
    row, *_ = enterprises(file)
    states.append(content(file))
    typed(file, row, tel="1")
    states.append(content(file))
    with batch(file, ZONE, "删除", "x") as work:
        work.remove(ENTERPRISE, [row])
    states.append(content(file))
    for state in states[-2::-1]:
        assert undo(file).kept == ()
        assert content(file) == state
    assert undo(file) is None
    for state in states[1:]:
        assert redo(file).kept == ()
        assert content(file) == state
    assert redo(file) is None


def test_undo_and_redo_go_on_after_the_file_was_closed(tmp_path):
    path = tmp_path / "a.db"
    with DataFile(path) as file:
        row, *_ = enterprises(file)
        first = content(file)
        typed(file, row, tel="1")
        second = content(file)
    with DataFile(path) as file:
        assert undo(file).title == "改"
        assert content(file) == first
    with DataFile(path) as file:
        assert redo(file).title == "改"
        assert content(file) == second
        assert [each.title for each in done(file)] == ["重做：改", "撤销：改", "改", "导入名录"]


def test_undo_then_new_work_leaves_nothing_to_redo(file):
    row, *_ = enterprises(file)
    typed(file, row, tel="1")
    undo(file)
    with file.reading() as connection:
        assert next_redo(connection).title == "撤销：改"
    typed(file, row, email="2")
    with file.reading() as connection:
        assert next_redo(connection) is None
        assert next_undo(connection).no == 4
    assert redo(file) is None


def test_what_others_have_seen_is_not_taken_back_in_passing(file):
    row, *_ = enterprises(file)
    for kind in LASTING:
        with batch(file, ZONE, kind, "签发第 1 版") as work:
            work.set(ENTERPRISE, row, {"tel": kind})
    assert undo(file).title == "导入名录"
    assert row_of(file, ENTERPRISE, row)["tel"] == LASTING[-1]


def test_a_whole_import_is_one_step(file):
    before = content(file)
    rows = enterprises(file, 3000)
    outcome = undo(file)
    assert (outcome.title, outcome.rows, outcome.kept) == ("导入名录", 3000, ())
    assert content(file) == before
    redo(file)
    assert past_of(file, ZONE, rows[2999])[0].place == 3001


def test_the_past_of_a_row_costs_the_same_however_many_rows_were_imported_with_it(file):
    spent = []
    event.listen(file.engine, "checkout", lambda raw, *_: raw.set_progress_handler(lambda: spent.append(1), 10))
    costs = []
    for count in (30, 3000):
        row = enterprises(file, count)[count // 2]
        spent.clear()
        assert [step.row for step in past_of(file, ZONE, row)] == [row]
        costs.append(len(spent))
    few, many = costs
    assert 0 < many < 2 * few


def test_undo_of_an_older_step_stops_only_at_what_was_touched_since(file):
    rows = enterprises(file)
    with batch(file, ZONE, "粘贴", "一列") as work:
        work.set_many(ENTERPRISE, {row: {"tel": "旧", "email": "e"} for row in rows})
    pasted = work.no
    typed(file, rows[0], tel="新")
    typed(file, rows[1], contact="别的一格")
    outcome = reverse(file, pasted)
    assert [(row, reason) for _, row, reason in outcome.kept] == [(rows[0], "同一格后来又改过，没有撤销")]
    assert [row_of(file, ENTERPRISE, row)["tel"] for row in rows] == ["新", None, None]
    assert row_of(file, ENTERPRISE, rows[0])["email"] == "e"
    assert row_of(file, ENTERPRISE, rows[1])["contact"] == "别的一格"
    with pytest.raises(Refused, match="已经撤销过"):
        reverse(file, pasted)


def test_undo_of_an_import_keeps_rows_worked_on_since_and_what_they_need(file):
    rows = enterprises(file, 5)
    typed(file, rows[0], tel="后来填的")
    typed(file, rows[1], tel="填了")
    typed(file, rows[1], tel=None)
    with batch(file, ZONE, "录入", "x") as work:
        year = work.add(ENTERPRISE_YEAR, {"ent": rows[2]}, YEAR)
        work.remove(ENTERPRISE, [rows[3]])
    outcome = reverse(file, 1)
    assert {row: reason[:7] for _, row, reason in outcome.kept} == {
        rows[0]: "这一行后来又改",
        rows[2]: "后来有别的记录",
    }
    assert [row_of(file, ENTERPRISE, row)["tel"] for row in (rows[0], rows[2])] == ["后来填的", None]
    assert row_of(file, ENTERPRISE_YEAR, year)["ent"] == rows[2]
    assert [step.row for step in deleted(file, ZONE, ENTERPRISE)] == [rows[4], rows[1], rows[3]]


def test_a_companion_that_was_worked_on_keeps_its_record_when_both_came_in_one_batch(file):
    with batch(file, ZONE, "导入", "x") as work:
        row, other = work.insert(ENTERPRISE, ["ent_name"], [("一",), ("二",)])
        year = work.add(ENTERPRISE_YEAR, {"ent": row}, YEAR)
        work.add(ENTERPRISE_YEAR, {"ent": other}, YEAR)
    typed(file, year, ENTERPRISE_YEAR, is_up=1)
    outcome = reverse(file, work.no)
    assert {each for _, each, _ in outcome.kept} == {row, year}
    assert row_of(file, ENTERPRISE, row)["ent_name"] == "一"
    assert [step.row for step in deleted(file, ZONE, ENTERPRISE)] == [other]


def test_an_undo_that_could_do_nothing_is_told_and_does_not_stop_the_next(file):
    row, *_ = enterprises(file)
    typed(file, row, tel="1")
    with batch(file, ZONE, "录入", "删") as work:
        work.remove(ENTERPRISE, [row])
    reverse(file, work.no)
    with batch(file, ZONE, "录入", "再删") as work:
        work.remove(ENTERPRISE, [row])
    outcome = reverse(file, 2)
    assert (outcome.rows, [reason for *_, reason in outcome.kept]) == (0, ["这一行后来删掉了，没有撤销"])
    assert undo(file).title == "再删"
    assert undo(file).title == "导入名录"


def test_a_batch_that_moved_rows_to_a_new_record_is_undone_whole(file):
    row, _, year, _ = with_dependents(file)
    before = content(file)
    with batch(file, ZONE, "合并", "合并两家") as work:
        (made,) = work.insert(ENTERPRISE, ["ent_name"], [("新",)])
        work.set(ENTERPRISE_YEAR, year, {"ent": made})
        work.remove(ENTERPRISE, [row])
    assert undo(file).kept == ()
    assert content(file) == before
    assert redo(file).kept == ()
    assert undo(file).kept == ()
    assert content(file) == before


def test_a_batch_that_replaced_a_row_is_undone_whole(file):
    _, _, year, _ = with_dependents(file)
    before = content(file)
    with batch(file, ZONE, "录入", "换一行") as work:
        (values,) = work.values_of(ENTERPRISE_YEAR, [year], ["ent"]).values()
        work.remove(ENTERPRISE_YEAR, [year])
        work.add(ENTERPRISE_YEAR, values, YEAR)
    assert undo(file).kept == ()
    assert content(file) == before


def test_rows_that_took_one_anothers_places_are_undone_and_redone_whole(file):
    first, second, third = enterprises(file)
    with batch(file, ZONE, "录入", "x") as work:
        a = work.add(ENTERPRISE_YEAR, {"ent": first, "is_up": 0}, YEAR)
        b = work.add(ENTERPRISE_YEAR, {"ent": second, "is_up": 1}, YEAR)
    before = content(file)
    with batch(file, ZONE, "录入", "对调") as work:
        work.set(ENTERPRISE_YEAR, a, {"ent": third})
        work.set(ENTERPRISE_YEAR, b, {"ent": first})
        work.set(ENTERPRISE_YEAR, a, {"ent": second, "is_up": 1})
    after = content(file)
    with batch(file, ZONE, "录入", "让位") as work:
        work.set(ENTERPRISE_YEAR, b, {"ent": third})
        made = work.add(ENTERPRISE_YEAR, {"ent": first}, YEAR)
    last = content(file)
    for step, wanted in (
        (undo, after),
        (redo, last),
        (undo, after),
        (undo, before),
        (redo, after),
        (redo, last),
        (undo, after),
    ):
        assert step(file).kept == ()
        assert content(file) == wanted
    assert past_of(file, ZONE, a)[1].changed == {"ent": (first, second), "is_up": (0, 1)}
    assert [step.changed for step in past_of(file, ZONE, a)[2:]] == [
        {"ent": (second, first), "is_up": (1, 0)},
        {"ent": (first, second), "is_up": (0, 1)},
    ]
    assert row_of(file, ENTERPRISE_YEAR, b)["ent"] == first
    assert made in {step.row for step in deleted(file, ZONE, ENTERPRISE_YEAR)}


def test_of_many_rows_only_those_that_cannot_stay_and_nothing_else_is_told(file):
    first, second, _ = enterprises(file)
    with batch(file, ZONE, "录入", "x") as work:
        a = work.add(TW, {"ent": first})
        b = work.add(TW, {"ent": second})
    with batch(file, ZONE, "录入", "空") as moved:
        moved.set_many(TW, {a: {"ent": None}, b: {"ent": None}})
    with batch(file, ZONE, "录入", "占了第一个") as work:
        work.add(TW, {"ent": first})
    assert [row for _, row, _ in reverse(file, moved.no).kept] == [a]
    assert [row_of(file, TW, row)["ent"] for row in (a, b)] == [None, second]
    assert past_of(file, ZONE, a)[-1].batch.no == moved.no
    assert check(file.path) == []


def test_undo_never_makes_a_second_row_for_a_record(file):
    row, other, _ = enterprises(file)
    with batch(file, ZONE, "录入", "x") as work:
        tw = work.add(TW, {"ent": row})
        third = work.add(TW, {"ent": other})
    with batch(file, ZONE, "录入", "两处") as work:
        work.set_many(TW, {third: {"tw_cadre": 5}, tw: {"tw_cadre": 1}})
    typed(file, tw, TW, ent=enterprises(file, 1)[0])
    moved = done(file)[0].no
    with batch(file, ZONE, "录入", "又一行") as work:
        work.add(TW, {"ent": row})
    outcome = reverse(file, moved)
    assert [reason for *_, reason in outcome.kept] == ["这个记录已另有一行，没有撤销"]


def test_a_removed_rows_place_may_be_taken(file):
    _, _, year, _ = with_dependents(file)
    with batch(file, ZONE, "录入", "删") as work:
        work.remove(ENTERPRISE_YEAR, [year])
    (step,) = deleted(file, ZONE, ENTERPRISE_YEAR)
    with batch(file, ZONE, "录入", "再填") as again:
        again.add(ENTERPRISE_YEAR, {"ent": step.before["ent"]}, YEAR)
    assert [reason for *_, reason in reverse(file, work.no).kept] == ["这个记录已另有一行，没有放回"]
    with pytest.raises(Refused, match="不能恢复：这个记录已另有一行"):
        restore_row(file, step)


def test_a_deleted_record_is_restored_with_what_belonged_to_it(file):
    row, other, *_ = with_dependents(file)
    before = content(file)
    with batch(file, ZONE, "删除", "两家") as work:
        work.remove(ENTERPRISE, [row, other])
    steps = {step.row: step for step in deleted(file, ZONE, ENTERPRISE)}
    assert restore_row(file, steps[row]).rows == 4
    assert [step.row for step in deleted(file, ZONE, ENTERPRISE)] == [other]
    assert deleted(file, ZONE, YOUTH) == []
    assert restore_row(file, steps[other]).rows == 1
    assert content(file) == before


def test_a_row_is_not_restored_before_its_record(file):
    row, *_, youth = with_dependents(file)
    with batch(file, ZONE, "删除", "台青") as work:
        work.remove(YOUTH, [youth])
    with batch(file, ZONE, "删除", "企业") as gone:
        gone.remove(ENTERPRISE, [row])
    (step,) = deleted(file, ZONE, YOUTH)
    with pytest.raises(Refused, match="它原来所属的记录已经删除"):
        restore_row(file, step)
    assert [reason for *_, reason in reverse(file, work.no).kept] == ["它原来所属的记录已经删除，没有放回"]
    reverse(file, gone.no)
    restore_row(file, step)
    assert row_of(file, YOUTH, youth)["id_no"] == "12345678"


def test_a_reference_is_not_set_back_to_what_is_gone(file):
    row, other, _, youth = with_dependents(file)
    typed(file, youth, YOUTH, ent=other)
    moved = done(file)[0].no
    with batch(file, ZONE, "删除", "x") as work:
        work.remove(ENTERPRISE, [row])
    assert [reason for *_, reason in reverse(file, moved).kept] == ["它原来所属的记录已经删除，没有撤销"]
    assert row_of(file, YOUTH, youth)["ent"] == other


def test_the_latest_removal_stands_first_in_the_bin(file):
    rows = enterprises(file)
    for row in (rows[0], rows[1], rows[0]):
        with batch(file, ZONE, "删除", "x") as work:
            work.remove(ENTERPRISE, [row])
        found = deleted(file, ZONE, ENTERPRISE)
        if row == rows[1]:
            restore_row(file, found[1])
    assert [step.row for step in deleted(file, ZONE, ENTERPRISE)] == [rows[0], rows[1]]


def test_what_an_undo_took_back_and_was_done_again_can_be_undone_again(file):
    """Whichever way: a taking back that is itself reversed by its number counts as doing again."""
    row, *_ = enterprises(file)
    no = typed(file, row, tel="1")
    undo(file)
    taken_back = done(file)[0]
    assert taken_back.reverses == no
    assert reverse(file, taken_back.no).title == "改"
    assert done(file)[0].kind == "重做"
    assert undo(file).title == "改"
    assert redo(file).title == "改"
    assert undo(file).title == "改"
    assert undo(file).title == "导入名录"
    assert undo(file) is None
