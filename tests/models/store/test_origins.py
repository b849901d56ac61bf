"""Where a value came from: typed, imported from which cell, taken over from last year, and what stood there before."""

from __future__ import annotations

import pytest

from models.ledgers import LEDGERS
from models.ledgers.economy import ECONOMY
from models.ledgers.enterprise import ENTERPRISE, ENTERPRISE_YEAR
from models.periods import Period
from models.store.batches import batch
from models.store.file import DataFile
from models.store.history import past_of, undo
from models.store.origins import origins
from models.store.places import number_in
from models.store.zones import create_zone
from tests.importers.merge.made import CODE, NAME, ZONE, code, rows, take, write
from ui.origins import origin_told

NOW = Period(2025)


@pytest.fixture
def file(tmp_path):
    with DataFile(tmp_path / "园区.db", who="录入员") as made:
        create_zone(made, ZONE, "园区")
        yield made


def told(file, row, ledger, field, now):
    return [
        (each.batch.kind, each.value, each.cell)
        for each in origins(past_of(file, ZONE, row), ledger, field, now, "2025")
    ]


def test_a_typed_value_and_those_before_it(file):
    with batch(file, ZONE, "录入", "录入 企业") as work:
        ent = work.add(ENTERPRISE, {"ent_name": "甲公司"})
        row = work.add(ECONOMY, {"ent": ent, "rev": 10000}, NOW)
    for value in (20000, None, 30000):
        with batch(file, ZONE, "录入", "录入 营业收入") as work:
            work.set(ECONOMY, row, {"rev": value})
    assert told(file, row, ECONOMY, "rev", 30000) == [
        ("录入", 30000, ""), ("录入", None, ""), ("录入", 20000, ""), ("录入", 10000, ""),
    ]  # fmt: skip
    assert told(file, row, ECONOMY, "gov", None) == []
    undo(file)
    assert told(file, row, ECONOMY, "rev", None)[0] == ("撤销", None, "")
    text = origin_told(ECONOMY.by_id["rev"], origins(past_of(file, ZONE, row), ECONOMY, "rev", None))
    assert text.startswith("来历：营业收入 （空），录入员 今天 ")
    assert text.endswith("更早还有 2 次，看“修改记录”")
    computed = next(each for ledger in LEDGERS for each in ledger.fields if each.formula)
    assert "算出来的" in origin_told(computed, [])


def test_of_a_folder_taken_in_at_once_the_file_and_the_row_are_named(file):
    source = {"file": "收回", "files": [["甲.xlsx", "经济数据"], ["乙.xlsx", "经济数据"]]}
    with batch(file, ZONE, "导入", "导入 收回", source) as work:
        ent = work.add(ENTERPRISE, {"ent_name": "乙公司"})
        row = work.add(ECONOMY, {"ent": ent, "rev": 10000}, NOW, number_in(1, 5))
    (found,) = origins(past_of(file, ZONE, row), ECONOMY, "rev", 10000)
    assert (found.file, found.sheet, found.cell) == ("乙.xlsx", "经济数据", "第 5 行")


def test_what_was_taken_over_from_last_year_says_so(file):
    with batch(file, ZONE, "结转", "提取上年数：2024年 → 2025年") as work:
        ent = work.add(ENTERPRISE, {"ent_name": "甲公司"})
        row = work.add(ENTERPRISE_YEAR, {"ent": ent, "is_up": 1}, NOW)
    found = origins(past_of(file, ZONE, row), ENTERPRISE_YEAR, "is_up", 1)
    text = origin_told(ENTERPRISE_YEAR.by_id["is_up"], found, carried=True)
    assert text.endswith("2024年带来（提取上年数：2024年 → 2025年），还没有确认")


def test_an_imported_value_names_file_sheet_and_cell(file, tmp_path):
    head, first, second = [NAME, CODE, "是否规上"], ["甲公司", code(1), "是"], ["乙公司", code(2), "否"]
    take(file, write(tmp_path / "企业名录.xlsx", head, first, second), when="2025")
    ids = dict(rows(file, ENTERPRISE, "ent_name", "id"))
    year = dict(rows(file, ENTERPRISE_YEAR, "ent", "id"))[ids["乙公司"]]
    (found,) = origins(past_of(file, ZONE, ids["乙公司"]), ENTERPRISE, "ent_name", "乙公司")
    assert (found.file, found.sheet, found.cell) == ("企业名录.xlsx", "名录", "A3")
    (found,) = origins(past_of(file, ZONE, year), ENTERPRISE_YEAR, "is_up", 0, "2025")
    assert (found.file, found.sheet, found.cell) == ("企业名录.xlsx", "名录", "C3")
    assert "导入自 “企业名录.xlsx” 工作表“名录” C3" in origin_told(ENTERPRISE_YEAR.by_id["is_up"], [found])
