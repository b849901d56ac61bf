"""Asked of one row or of all rows at once a formula says the same, also in sets within sets and over other years and zones."""

from __future__ import annotations

import pytest

from models.formula.rows import RowQuery, row_formula
from models.ledgers import ledger
from tests.models.formula.world import row_id


@pytest.fixture
def park(data):
    """Two zones with a shared code; the quarters of two years, of firm n in quarter s: n × s."""
    for number, zone in enumerate(("Z1", "Z2")):
        data.add("开发区", 100 + number, zone=zone, code=zone)
    for id, zone, uscc in ((1, "Z1", "A"), (2, "Z2", "A"), (3, "Z1", "B"), (4, "Z2", "C")):
        data.add("企业", id, zone=zone, uscc=uscc)
        data.add("企业年度", 10 + id, zone=zone, 企业=id)
        for seq in (1, 2, 3, 4):
            for year in (2024, 2025):
                many = id * 1000 + year % 10 * 100 + seq
                data.add("经济数据", many, zone=zone, 企业=id, year=year, form="Q", seq=seq, 营业收入=seq * 10_000 * id)
    return data


CASES = {
    "计数(各区.企业, 统一社会信用代码 = 本行.统一社会信用代码 且 计数(企业年度) = 1)": {1: 2, 2: 2, 3: 1, 4: 1},
    "计数(各区.经济数据, 合计(全区.经济数据.营业收入) > 12)": {1: 2, 2: 2, 3: 2, 4: 2},
    "合计(年初以来.经济数据.营业收入, 合计(全区.经济数据.营业收入) >= 12)": {1: 3, 2: 10, 3: 9, 4: 20},
    "计数(年初以来.经济数据, 计数(年初以来.经济数据) >= 3)": {1: 2, 2: 2, 3: 2, 4: 2},
    "合计(年初以来.上年.经济数据.营业收入)": {1: 6, 2: 12, 3: 18, 4: 24},
    "合计(上年.年初以来.经济数据.营业收入)": {1: 6, 2: 12, 3: 18, 4: 24},
    "合计(年初以来.【2024年】.经济数据.营业收入)": {1: 6, 2: 12, 3: 18, 4: 24},
}


@pytest.mark.parametrize("text", CASES)
@pytest.mark.parametrize("zones", [("Z1",), ("Z2", "Z1")])
def test_one_row_and_all_rows(park, text, zones):
    ids = [1, 3] if len(zones) == 1 else [1, 2, 3, 4]
    query = RowQuery(ledger("企业"), [row_formula(text, ledger("企业"))])
    for single in (True, False):
        values = query.values(single=single)
        given = query.bind(*park.scene(zones, "2025Q3"), [row_id(id) for id in ids] if single else None)
        found = {
            int.from_bytes(row.id): values.read(row)[0] for row in park.connection.execute(values.statement, given)
        }
        assert found == {id: CASES[text][id] for id in ids}, single
