"""Merging a colleague's file: what one changed is taken, what both changed is asked, nothing is left out without being told."""

from __future__ import annotations

import shutil
import time

import pytest

from models.progress import finish
from models.store.batches import Refused, batch
from models.store.check import check
from models.store.content import content_hash
from models.store.faults import NewerFile
from models.store.file import DataFile
from models.store.history import deleted, done, undo
from models.store.joining import OURS, THEIRS, join, plan_of
from models.store.tables import SCHEMA
from models.store.zones import create_zone
from tests.models.store.made import (
    CAPITAL_IN,
    ECONOMY,
    ENTERPRISE,
    ENTERPRISE_YEAR,
    YEAR,
    YOUTH,
    ZONE,
    enterprises,
    typed,
)
from tests.models.store.test_batches import row_of


@pytest.fixture
def both(tmp_path):
    """Our file and the colleague's, which was a copy of ours; three enterprises, the first with figures."""
    mine, hers = tmp_path / "我的.db", tmp_path / "同事" / "园区.db"
    hers.parent.mkdir()
    with DataFile(mine, who="张三") as file:
        create_zone(file, ZONE, "测试区")
        rows = enterprises(file)
        with batch(file, ZONE, "录入", "数") as work:
            work.add(ECONOMY, {"ent": rows[0], "rev": 100}, YEAR)
    shutil.copy(mine, hers)
    with DataFile(mine, who="张三") as ours, DataFile(hers, who="李四") as theirs:
        yield ours, theirs, rows


def planned(ours, theirs):
    return finish(plan_of(ours, ZONE, theirs.path))


def contents(file):
    with file.reading() as connection:
        return content_hash(connection, ids=True)


def test_what_only_one_of_them_changed_comes_in_and_undo_takes_it_back(both):
    ours, theirs, rows = both
    typed(ours, rows[0], tel="我")
    typed(theirs, rows[0], email="她")
    typed(theirs, rows[1], tel="1")
    with batch(theirs, ZONE, "录入", "新") as work:
        row = work.add(ENTERPRISE, {"ent_name": "新来的", "uscc": "91360000000000000X"})
        work.add(ENTERPRISE_YEAR, {"ent": row, "is_up": 1}, YEAR)
        work.add(YOUTH, {"ty_id": "1", "id_no": "12345678", "ent": row})
    before, hers = contents(ours), contents(theirs)
    plan = planned(ours, theirs)
    assert (plan.common, plan.added, plan.changed, plan.conflicts, plan.notes) == (True, 3, 2, [], [])
    assert plan.same == 3  # the zone, the third enterprise, the figures
    assert (contents(ours), contents(theirs)) == (before, hers)
    joined = join(ours, plan)
    assert (joined.rows, joined.kept) == (5, ())
    assert row_of(ours, ENTERPRISE, rows[0])["tel"] == "我"
    assert row_of(ours, ENTERPRISE, rows[0])["email"] == "她"
    assert row_of(ours, ENTERPRISE, row)["ent_name"] == "新来的"
    assert check(ours.path) == []
    latest = done(ours)[0]
    assert (latest.kind, latest.title, latest.who) == ("合并", "合并“园区.db”", "张三")
    merged = contents(ours)
    assert undo(ours).kept == ()
    assert contents(ours) == before
    assert contents(theirs) == hers
    again = planned(ours, theirs)  # what was taken back can be merged once more
    assert (again.added, again.changed, again.conflicts) == (3, 2, [])
    join(ours, again)
    assert contents(ours) == merged
    assert check(ours.path) == []


def test_what_both_changed_is_asked_and_the_later_one_is_proposed(both):
    ours, theirs, rows = both
    typed(theirs, rows[0], tel="早", email="她")
    time.sleep(0.005)  # the history tells milliseconds
    typed(ours, rows[0], tel="晚")
    typed(ours, rows[1], contact="早")
    time.sleep(0.005)
    typed(theirs, rows[1], contact="晚")
    plan = planned(ours, theirs)
    told = {each.field: (each.name, each.ours, each.theirs, each.prefer) for each in plan.conflicts}
    assert told == {"tel": ("企业0", "晚", "早", OURS), "contact": ("企业1", "早", "晚", THEIRS)}
    assert [each.our_mark[:2] + each.their_mark[:2] for each in plan.conflicts] == ["张三李四"] * 2
    join(ours, plan)
    assert row_of(ours, ENTERPRISE, rows[0])["tel"] == "晚"
    assert row_of(ours, ENTERPRISE, rows[0])["email"] == "她"
    assert row_of(ours, ENTERPRISE, rows[1])["contact"] == "晚"


def test_a_choice_is_followed(both):
    ours, theirs, rows = both
    typed(theirs, rows[0], tel="她")
    typed(ours, rows[0], tel="我")
    plan = planned(ours, theirs)
    plan.choices[plan.conflicts[0].key] = THEIRS
    join(ours, plan)
    assert row_of(ours, ENTERPRISE, rows[0])["tel"] == "她"


def test_there_and_back_again_is_no_change(both):
    ours, theirs, rows = both
    typed(ours, rows[0], tel="x")
    undo(ours)
    typed(theirs, rows[0], tel="她")
    plan = planned(ours, theirs)
    assert (plan.conflicts, plan.changed) == ([], 1)


def test_what_one_removed_is_asked_where_the_other_went_on_and_told_where_not(both):
    ours, theirs, rows = both
    with batch(ours, ZONE, "删除", "x") as work:
        work.remove(ENTERPRISE, rows[1:])
    typed(theirs, rows[2], tel="还在用")
    with batch(theirs, ZONE, "删除", "x") as work:
        work.remove(ECONOMY, list(work.values_of(ECONOMY, _ids(theirs, ECONOMY), ["rev"])))
    plan = planned(ours, theirs)
    assert [(each.ledger.id, each.name, each.ours, each.theirs, each.prefer) for each in plan.conflicts] == [
        ("enterprise", "企业2", "已删除", "还在，后来改过", OURS),
        ("ent_period", "企业0", "还在", "已删除", OURS),
    ]
    assert plan.notes == ["“企业”有 1 行本文件已删除、对方没有再改，不带回"]
    for each in plan.conflicts:
        plan.choices[each.key] = THEIRS
    join(ours, plan)
    assert row_of(ours, ENTERPRISE, rows[2])["tel"] == "还在用"
    assert _ids(ours, ECONOMY) == []
    assert len(deleted(ours, ZONE, ECONOMY)) == 1
    assert check(ours.path) == []


def test_files_without_a_common_origin_are_matched_by_their_keys(tmp_path):
    with DataFile(tmp_path / "a.db", who="张三") as ours, DataFile(tmp_path / "b.db", who="李四") as theirs:
        for file in (ours, theirs):
            create_zone(file, ZONE, "测试区")
        mine, hers = enterprises(ours), enterprises(theirs, 4)
        typed(ours, mine[0], tel="我", contact="人")
        time.sleep(0.005)
        typed(theirs, hers[0], tel="她", email="e")
        with batch(theirs, ZONE, "录入", "流水") as work:
            work.add(CAPITAL_IN, {"proof_no": "K1", "ent": hers[0]})
            work.add(ECONOMY, {"ent": hers[3], "rev": 5}, YEAR)
        plan = planned(ours, theirs)
        assert not plan.common
        assert (plan.added, plan.changed) == (3, 1)
        assert [(each.field, each.ours, each.theirs) for each in plan.conflicts] == [("tel", "我", "她")]
        assert "不是从同一份来的" in plan.notes[0]
        join(ours, plan)
        first = row_of(ours, ENTERPRISE, mine[0])
        assert (first["tel"], first["contact"], first["email"]) == ("她", "人", "e")
        (inflow,) = _ids(ours, CAPITAL_IN)
        assert row_of(ours, CAPITAL_IN, inflow)["ent"] == mine[0]
        assert check(ours.path) == []
        again = planned(ours, theirs)
        assert (again.added, again.changed, again.conflicts) == (0, 0, [])


def test_what_cannot_be_merged_is_told(both, tmp_path):
    ours, theirs, _ = both
    with pytest.raises(Refused, match="现在打开的文件"):
        finish(plan_of(ours, ZONE, ours.path))
    with DataFile(tmp_path / "别区.db") as other:
        create_zone(other, "G361099", "别区")
        with pytest.raises(Refused, match=f"没有开发区 {ZONE}（有：G361099）"):
            finish(plan_of(ours, ZONE, other.path))
    newer = bytearray(theirs.path.read_bytes())
    newer[60:64] = (SCHEMA + 1).to_bytes(4)
    (tmp_path / "新.db").write_bytes(newer)
    with pytest.raises(NewerFile, match="升级程序"):
        finish(plan_of(ours, ZONE, tmp_path / "新.db"))


def test_a_plan_of_before_later_work_is_not_carried_out(both):
    ours, theirs, rows = both
    typed(theirs, rows[0], tel="她")
    plan = planned(ours, theirs)
    typed(ours, rows[1], tel="又改")
    with pytest.raises(Refused, match="重新预览"):
        join(ours, plan)
    assert row_of(ours, ENTERPRISE, rows[0])["tel"] is None


def test_a_row_that_cannot_come_in_is_named(both):
    ours, theirs, rows = both
    with batch(theirs, ZONE, "录入", "x") as work:
        work.add(ENTERPRISE_YEAR, {"ent": rows[1], "is_up": 1}, YEAR)
    with batch(ours, ZONE, "删除", "x") as work:
        work.remove(ENTERPRISE, [rows[1]])
    plan = planned(ours, theirs)
    joined = join(ours, plan)
    assert [(name[:6], why[:12]) for name, why in joined.kept] == [("“企业年度”", "它所属的记录不在本文件里")]


def _ids(file, ledger):
    with file.reading() as connection:
        return [row[0] for row in connection.exec_driver_sql(f'SELECT id FROM "{ledger.id}"')]
