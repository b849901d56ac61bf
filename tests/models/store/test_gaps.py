"""How complete the ledgers are, against a count of every cell by hand; and how far a file is on its first days."""

from __future__ import annotations

import pytest

from models.kinds import Raw
from models.ledgers import BY_ID
from models.ledgers.economy import ECONOMY
from models.ledgers.enterprise import ENTERPRISE, ENTERPRISE_YEAR
from models.ledgers.zone import ZONE
from models.periods import Period
from models.store.batches import batch
from models.store.begun import begun
from models.store.gaps import Filled, filled, first_gap, required
from models.store.zones import create_zone
from tests.models.store.made import ZONE as CODE

YEAR = Period(2025)


@pytest.fixture
def zone(file):
    create_zone(file, CODE, "示例园")
    return CODE


def of(file, ledger, period=YEAR):
    with file.reading() as connection:
        return filled(connection, BY_ID[ledger], CODE, period)


def gap(file, ledger, period=YEAR):
    with file.reading() as connection:
        return first_gap(connection, BY_ID[ledger], CODE, period)


def names(ledger, form="Y"):
    return [field.id for field in ledger.stored if form in field.required and not field.digest]


def test_each_required_cell_counts_once(file, zone):
    with batch(file, zone, "录入", "填") as work:
        first = work.add(ENTERPRISE, {"ent_name": "甲公司", "ind_code": "3973"})
        work.add(ENTERPRISE, {"ent_name": "乙公司"})
        work.add(ENTERPRISE_YEAR, {"ent": first, "is_up": 1}, YEAR)
    wanted = len(names(ENTERPRISE)) + len([n for n in names(ENTERPRISE_YEAR) if n != "ent"])
    assert of(file, "enterprise") == Filled(ENTERPRISE, 2, 2 * wanted, 4)


def test_a_line_without_its_row_has_all_cells_empty(file, zone):
    with batch(file, zone, "录入", "填") as work:
        ids = work.add_many(ENTERPRISE, [{"ent_name": "甲公司"}, {"ent_name": "乙公司"}])
        work.add(ECONOMY, {"ent": ids[1], "gov": 5, "rev": 6}, YEAR)
        work.add(ECONOMY, {"ent": ids[0], "gov": 5}, YEAR.back())
    cells = [name for name in names(ECONOMY) if name != "ent"]
    assert {"gov", "rev"} <= set(cells)
    assert of(file, "ent_period") == Filled(ECONOMY, 2, 2 * len(cells), 2)
    assert gap(file, "ent_period") == (ids[0], cells[0])


def test_what_is_required_depends_on_the_period(file, zone):
    whole = {column.field.id for column in required(ECONOMY, "Y").columns}
    month = {column.field.id for column in required(ECONOMY, "M").columns}
    assert whole == set(names(ECONOMY)) - {"ent"}
    assert month == set(names(ECONOMY, "M")) - {"ent"} < whole


def test_a_text_that_does_not_fit_fills_no_cell(file, zone):
    before = of(file, "zone")
    with file.reading() as connection:
        row = connection.exec_driver_sql("SELECT id FROM zone").scalar()
    with batch(file, zone, "录入", "改") as work:
        work.set(ZONE, row, {"appr_date": Raw("去年秋天"), "leader": "张三"})
    after = of(file, "zone")
    assert (after.cells, after.filled) == (before.cells, before.filled + 1)


def test_one_cell_missing_is_never_a_hundred_per_cent():
    assert Filled(ZONE, 1, 100_000, 99_999).percent == "99.9%"
    assert Filled(ZONE, 1, 100_000, 100_000).percent == "100.0%"
    assert Filled(ZONE, 0, 0, 0).percent == "—"


def test_nothing_is_missing_when_all_is_filled(file, zone):
    with batch(file, zone, "录入", "填") as work:
        work.add(BY_ID["zone_pilot"], {"name": "试点", "kind": "其他"})
    assert gap(file, "zone_pilot") is None


def test_the_first_days(file, zone):
    def now():
        with file.reading() as connection:
            found = begun(connection, zone, 2025)
        return found.before, found.now, found.anything, found.whole

    assert now() == (False, False, False, False)
    with batch(file, zone, "导入", "上年") as work:
        ent = work.add(ENTERPRISE, {"ent_name": "甲公司"})
        work.add(ECONOMY, {"ent": ent, "gov": 5}, YEAR.back())
    assert now() == (True, False, True, False)
    with batch(file, zone, "录入", "今年") as work:
        work.add(ECONOMY, {"ent": ent, "gov": 5}, YEAR)
    assert now() == (True, True, True, True)
