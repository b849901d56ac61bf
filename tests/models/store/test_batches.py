from __future__ import annotations

import sqlite3

import pytest
from sqlalchemy import select

from models.kinds import Quantity, Raw
from models.ledgers import BY_ID
from models.store.batches import Refused, batch
from models.store.content import content_hash
from models.store.history import done, past_of
from models.store.records import EDIT, GONE, NEW
from models.store.tables import CHANGE, table_of
from models.store.values import digest, new_ids
from tests.models.store.made import ECONOMY, ENTERPRISE, ENTERPRISE_YEAR, YEAR, YOUTH, ZONE, enterprises, typed


def row_of(file, ledger, row):
    with file.reading() as connection:
        table = table_of(ledger)
        return dict(connection.execute(select(table).where(table.c.id == row)).mappings().one())


def test_a_set_writes_the_named_fields_and_leaves_all_others(file):
    row, other, _ = enterprises(file)
    before, beside = row_of(file, ENTERPRISE, row), row_of(file, ENTERPRISE, other)
    typed(file, row, legal_rep="张三")
    assert row_of(file, ENTERPRISE, row) == before | {"legal_rep": "张三"}
    assert row_of(file, ENTERPRISE, other) == beside


def test_the_history_of_wide_rows_takes_no_page_for_each(file):
    firms = enterprises(file, 400)
    names = [field.id for field in ECONOMY.stored if isinstance(field.kind, Quantity)][:40]
    with batch(file, ZONE, "导入", "经济") as work:
        rows = work.insert(ECONOMY, ["ent", "year", "form", "seq"], [(firm, 2025, "Y", 0) for firm in firms])
    for first in (10**9, 2 * 10**9):  # the second grows by its history alone
        before = pages(file)
        with batch(file, ZONE, "粘贴", "40 列") as work:
            work.set_many(ECONOMY, {row: dict.fromkeys(names, first + n) for n, row in enumerate(rows)})
    assert len(names) == 40
    assert pages(file) - before < 400 * 2500


def pages(file):
    """The bytes of the file's pages, those that wait beside it too."""
    with file.reading() as connection:
        counted, size = (connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("page_count", "page_size"))
        return counted * size


def test_nothing_changed_is_no_batch(file):
    row, *_ = enterprises(file)
    assert typed(file, row, ent_name="企业0") is None
    with batch(file, ZONE, "录入", "试试又改回") as work:
        work.set(ENTERPRISE, row, {"ent_name": "别名"})
        work.set(ENTERPRISE, row, {"ent_name": "企业0"})
    assert work.no is None
    assert len(done(file)) == 1


def test_history_tells_old_and_new_and_where_a_row_came_from(file):
    row, *_ = enterprises(file)
    typed(file, row, legal_rep="张三")
    typed(file, row, legal_rep=None, tel=Raw("x" * 5))
    made, first, second = past_of(file, ZONE, row)
    assert (made.op, made.changed, made.place, made.batch.who) == (NEW, {}, 2, "录入员")
    assert (first.op, first.changed) == (EDIT, {"legal_rep": (None, "张三")})
    assert second.changed == {"legal_rep": ("张三", None), "tel": (None, "xxxxx")}
    assert type(second.changed["tel"][1]) is Raw


def test_text_kept_as_typed_stands_beside_an_empty_column_until_it_is_right(file):
    row, *_ = enterprises(file)
    typed(file, row, open_date=Raw("去年"), tel="1")
    assert row_of(file, ENTERPRISE, row)["open_date"] is None
    assert row_of(file, ENTERPRISE, row)["raw"] == '{"open_date":"去年"}'
    typed(file, row, tel="2")
    assert row_of(file, ENTERPRISE, row)["raw"] == '{"open_date":"去年"}'
    typed(file, row, open_date=20230000)
    assert (row_of(file, ENTERPRISE, row)["open_date"], row_of(file, ENTERPRISE, row)["raw"]) == (20230000, None)


def test_the_same_text_kept_as_typed_and_accepted_are_two_values(file):
    row, *_ = enterprises(file)
    typed(file, row, tel=Raw("1"))
    assert typed(file, row, tel="1") is not None
    assert row_of(file, ENTERPRISE, row)["tel"] == "1"


def test_an_error_inside_leaves_nothing(file):
    row, *_ = enterprises(file)
    before = content_hash(file.path, ids=True)
    with pytest.raises(Refused), batch(file, ZONE, "录入", "坏") as work:  # noqa: PT012
        work.set(ENTERPRISE, row, {"tel": "1"})
        work.add(ENTERPRISE, {"ent_name": "新"})
        work.add(ECONOMY, {"ent": row})
    assert content_hash(file.path, ids=True) == before
    assert len(done(file)) == 1


def test_a_second_row_of_one_record_and_period_is_refused(file):
    row, other, _ = enterprises(file)
    with batch(file, ZONE, "录入", "年度") as work:
        work.add(ENTERPRISE_YEAR, {"ent": row}, YEAR)
        second = work.add(ENTERPRISE_YEAR, {"ent": other}, YEAR)
    with pytest.raises(Refused, match="已经有一行"), batch(file, ZONE, "录入", "再来") as work:
        work.add(ENTERPRISE_YEAR, {"ent": row}, YEAR)
    with pytest.raises(Refused, match="已经有一行"), batch(file, ZONE, "录入", "改成同一家") as work:
        work.set(ENTERPRISE_YEAR, second, {"ent": row})
    with batch(file, ZONE, "录入", "另一年") as work:
        work.add(ENTERPRISE_YEAR, {"ent": row}, YEAR.back())


def test_a_row_that_is_gone_and_a_period_that_is_missing_are_refused(file):
    with pytest.raises(Refused, match="不在了"):
        typed(file, new_ids()[0], tel="1")
    row, *_ = enterprises(file)
    with pytest.raises(Refused, match="报告期"), batch(file, ZONE, "录入", "x") as work:
        work.add(ECONOMY, {"ent": row})


def test_a_zones_code_never_changes_and_none_lives_in_another(file):
    """Every key begins with it: rows of a zone that bears another code could not be found again."""
    own = row_of_zone(file)
    for values in ({"code": "999999"}, {"code": None}):
        with pytest.raises(Refused, match="不能改"), batch(file, ZONE, "录入", "x") as work:
            work.set(BY_ID["zone"], own, values)
    with pytest.raises(Refused, match="不能改"), batch(file, ZONE, "录入", "x") as work:
        work.add(BY_ID["zone"], {"code": "999999", "name": "别区"})
    with batch(file, ZONE, "录入", "x") as work:
        work.set(BY_ID["zone"], own, {"code": ZONE, "name": "新名"})


def test_a_zones_own_row_is_never_deleted(file):
    """Nothing of the file could be shown without it."""
    own = row_of_zone(file)
    with pytest.raises(Refused, match="不能删"), batch(file, ZONE, "删除", "x") as work:
        work.remove(BY_ID["zone"], [own])
    assert row_of(file, BY_ID["zone"], own)["code"] == ZONE


def row_of_zone(file):
    with file.reading() as connection:
        found = connection.scalar(select(table_of(BY_ID["zone"]).c.id))
    if found is None:
        with batch(file, ZONE, "新建", "x") as work:
            found = work.add(BY_ID["zone"], {"code": ZONE, "name": "本区"})
    return found


def test_a_reference_to_nothing_is_the_programs_fault(file):
    with pytest.raises(Exception, match="FOREIGN KEY") as caught, batch(file, ZONE, "录入", "x") as work:
        work.add(ECONOMY, {"ent": new_ids()[0]}, YEAR)
    assert isinstance(getattr(caught.value, "orig", caught.value), sqlite3.IntegrityError)


def test_what_happens_inside_one_batch_is_told_as_one_change(file):
    row, other, third = enterprises(file)
    typed(file, third, tel="1")
    with batch(file, ZONE, "录入", "许多") as work:
        work.set(ENTERPRISE, row, {"tel": "a"})
        work.set(ENTERPRISE, row, {"tel": "b", "email": "c"})
        work.set(ENTERPRISE, other, {"tel": "x"})
        work.remove(ENTERPRISE, [other])
        work.set(ENTERPRISE, third, {"tel": "2"})
        work.remove(ENTERPRISE, [third])
        work.put_back(ENTERPRISE, {third: {"ent_name": "企业2", "tel": "3"}})
        made = work.add(ENTERPRISE, {"ent_name": "来了又走"})
        work.set(ENTERPRISE, made, {"tel": "1"})
        work.remove(ENTERPRISE, [made])
        kept = work.add(ENTERPRISE, {"ent_name": "留下"})
        work.set(ENTERPRISE, kept, {"tel": "1"})
    with file.reading() as connection:
        found = connection.execute(select(CHANGE.c.row, CHANGE.c.op).where(CHANGE.c.batch == work.no)).all()
    assert dict(map(tuple, found)) == {row: EDIT, other: GONE, third: EDIT, kept: NEW}
    assert past_of(file, ZONE, row)[-1].changed == {"tel": (None, "b"), "email": (None, "c")}
    assert past_of(file, ZONE, other)[-1].changed == {
        "ent_name": ("企业1", None),
        "uscc": ("91360" + "0" * 12 + "1", None),
    }
    assert past_of(file, ZONE, third)[-1].changed == {"tel": ("1", "3"), "uscc": ("91360" + "0" * 12 + "2", None)}


def test_removing_a_record_takes_what_belongs_to_it(file):
    row, other, _ = enterprises(file)
    with batch(file, ZONE, "录入", "x") as work:
        work.add(ENTERPRISE_YEAR, {"ent": row}, YEAR)
        work.add(YOUTH, {"ty_id": "1", "ent": row})
        kept = work.add(YOUTH, {"ty_id": "2", "ent": other})
        work.remove(ENTERPRISE, [row])
    with file.reading() as connection:
        assert list(connection.scalars(select(table_of(YOUTH).c.id))) == [kept]
        assert list(connection.scalars(select(table_of(ENTERPRISE_YEAR).c.id))) == []


def test_a_personal_numbers_digest_is_written_with_it_whichever_way_it_comes(file):
    wanted = digest("12345678")
    with batch(file, ZONE, "录入", "x") as work:
        added = work.add(YOUTH, {"ty_id": "1", "id_no": "１２３４５６７８"})
        (inserted,) = work.insert(YOUTH, ["ty_id", "id_no"], [("2", "12345678")])
        empty = work.add(YOUTH, {"ty_id": "3"})
    assert row_of(file, YOUTH, added)["id_hash"] == row_of(file, YOUTH, inserted)["id_hash"] == wanted
    assert row_of(file, YOUTH, empty)["id_hash"] is None
    typed(file, added, YOUTH, id_no=None)
    assert row_of(file, YOUTH, added)["id_hash"] is None


def test_thousands_of_rows_are_read_and_written_in_one_go(file):
    rows = enterprises(file, 2500)
    with batch(file, ZONE, "粘贴", "x") as work:
        work.set_many(ENTERPRISE, {row: {"tel": str(n)} for n, row in enumerate(rows)})
        assert work.values_of(ENTERPRISE, rows, ["tel"])[rows[2400]] == {"tel": "2400"}
    with batch(file, ZONE, "删除", "x") as work:
        work.remove(ENTERPRISE, rows)
    with file.reading() as connection:
        assert connection.scalar(select(table_of(ENTERPRISE).c.id)) is None


def test_ids_sort_in_the_order_they_were_made_and_never_repeat():
    ids = [id for amount in (1, 5000, 1, 20000) for id in new_ids(amount)]
    assert len(set(ids)) == len(ids)
    assert ids == sorted(ids)
    assert {id[6] >> 4 for id in ids} == {7}
    assert {id[8] >> 6 for id in ids} == {0b10}
