from __future__ import annotations

from models.store.batches import batch
from models.store.content import content_hash
from models.store.file import DataFile
from models.store.history import undo
from tests.models.store.made import ECONOMY, ENTERPRISE, ENTERPRISE_YEAR, YEAR, ZONE, enterprises, fill, typed


def test_the_same_content_entered_twice_has_one_hash_and_two_with_ids(tmp_path):
    one, two = fill(tmp_path / "1.db"), fill(tmp_path / "2.db")
    assert content_hash(one) == content_hash(two)
    assert content_hash(one, ids=True) != content_hash(two, ids=True)


def test_order_history_and_empty_fields_do_not_count(tmp_path):
    with DataFile(tmp_path / "1.db") as file, batch(file, ZONE, "录入", "x") as work:
        work.insert(ENTERPRISE, ["ent_name", "tel"], [("甲", "1"), ("乙", None)])
    with DataFile(tmp_path / "2.db") as file:
        with batch(file, ZONE, "录入", "x") as work:
            second, first = work.insert(ENTERPRISE, ["ent_name"], [("乙",), ("丙",)])
        typed(file, second, tel="2")
        typed(file, second, tel=None)
        typed(file, first, ent_name="甲", tel="1")
    assert content_hash(tmp_path / "1.db") == content_hash(tmp_path / "2.db")


def test_every_value_and_whose_it_is_counts(file):
    seen = set()

    def new():
        found = content_hash(file.path)
        assert found not in seen
        seen.add(found)

    row, other, _ = enterprises(file)
    new()
    for values in (
        {"tel": "1"},
        {"tel": None, "email": "1"},
        {"email": "01"},
        {"open_date": 20240101},
        {"top500": 0},
        {"top500": 1},
    ):
        typed(file, row, **values)
        new()
    for ent, period in ((row, YEAR), (other, YEAR), (row, YEAR.back())):
        with batch(file, ZONE, "录入", "x") as work:
            work.add(ENTERPRISE_YEAR, {"ent": ent, "is_up": 1}, period)
        new()
        undo(file)
    for ledger in (ECONOMY, ENTERPRISE_YEAR):
        with batch(file, ZONE, "录入", "x") as work:
            work.add(ledger, {"ent": row}, YEAR)
        new()
    with batch(file, "别的区", "录入", "x") as work:
        work.add(ENTERPRISE, {"ent_name": "丁"})
    new()


def test_two_equal_rows_are_not_one(file):
    with batch(file, ZONE, "录入", "x") as work:
        work.insert(ENTERPRISE, ["ent_name"], [("甲",)])
    one = content_hash(file.path)
    with batch(file, ZONE, "录入", "x") as work:
        work.insert(ENTERPRISE, ["ent_name"], [("甲",)])
    assert content_hash(file.path) != one


def test_undo_brings_the_hash_back(file):
    before = content_hash(file.path), content_hash(file.path, ids=True)
    enterprises(file, 100)
    assert content_hash(file.path) != before[0]
    undo(file)
    assert (content_hash(file.path), content_hash(file.path, ids=True)) == before
