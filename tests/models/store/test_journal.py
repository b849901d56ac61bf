"""The history searched and opened: by text, person, day and record; what a step changed, told in words."""

from __future__ import annotations

import pytest

from models.store.batches import batch
from models.store.journal import Namer, Search, fields_of, journal, label_of, people, steps_in
from models.store.zones import create_zone
from tests.models.store.made import ECONOMY, ENTERPRISE, ENTERPRISE_YEAR, YEAR, ZONE, enterprises, typed


@pytest.fixture
def worked(file):
    """Steps 1 to 6: the zone, three enterprises, a figure of the first, a telephone of the second by another, one removed, another zone."""
    create_zone(file, ZONE, "测试区")
    rows = enterprises(file)
    with batch(file, ZONE, "录入", "改 营业收入") as work:
        work.add(ECONOMY, {"ent": rows[0], "rev": 8_642_000}, YEAR)
    file.sign_as("李四")
    typed(file, rows[1], tel="0797-8_3%")
    with batch(file, ZONE, "删除", "删一行") as work:
        work.remove(ENTERPRISE, [rows[2]])
    create_zone(file, "G361099", "别区")
    return rows


def found(file, **wanted):
    with file.reading() as connection:
        return [(each.done.no, each.rows) for each in journal(connection, ZONE, Search(**wanted))]


def test_the_latest_step_comes_first_with_its_rows(file, worked):
    assert found(file) == [(5, 1), (4, 1), (3, 1), (2, 3), (1, 1)]


@pytest.mark.parametrize(
    ("wanted", "steps"),
    [
        ({"text": "营业收入"}, [3]),  # the title
        ({"text": "名录.xlsx"}, [2]),  # the source
        ({"text": "企业0"}, [3, 2]),  # the record, and what belongs to it
        ({"text": "企业2"}, [5]),  # one that is gone
        ({"text": "0797-8_3%"}, [4]),  # a value; its marks are no wildcards
        ({"text": "0797-8x3y"}, []),
        ({"who": "李四"}, [5, 4]),
        ({"who": "李四", "text": "删"}, [5]),
        ({"until": "2020-12-31"}, []),
        ({"since": "2999-01-01"}, []),
    ],
    ids=str,
)
def test_steps_are_found(file, worked, wanted, steps):
    assert [no for no, _ in found(file, **wanted)] == steps


def test_steps_of_a_day_are_found(file, worked):
    with file.reading() as connection:
        made = connection.exec_driver_sql("SELECT min(at), max(at) FROM batch").one()
    first, last = (at[:10] for at in made)
    assert [no for no, _ in found(file, since=first, until=last)] == [5, 4, 3, 2, 1]


def test_a_record_s_own_steps(file, worked):
    assert [no for no, _ in found(file, row=worked[1])] == [4, 2]


def test_who_ever_wrote(file, worked):
    with file.reading() as connection:
        assert people(connection, ZONE) == ["李四", "录入员"]


def test_a_step_opened_tells_names_fields_and_values(file, worked):
    with file.reading() as connection:
        name = Namer(connection, ZONE)
        said = []
        for no in (3, 4, 5):
            (step,) = steps_in(connection, ZONE, no)
            name.learn([step])
            ledger = ECONOMY if no == 3 else ENTERPRISE
            changes = [
                (label_of(ledger, field), name.value(ledger, field, old), name.value(ledger, field, new))
                for field, old, new in fields_of(step)
            ]
            said.append((name.name(ledger, step.row), name.period(step), changes[:1]))
    assert said == [
        ("企业0", "2025年", []),
        ("企业1", "", [("联系电话", "", "0797-8_3%")]),
        ("企业2", "", [("单位详细名称", "企业2", "")]),
    ]


def test_a_row_that_went_with_its_enterprise_still_has_a_name(file, worked):
    with batch(file, ZONE, "录入", "x") as work:
        row = work.add(ENTERPRISE_YEAR, {"ent": worked[0], "is_up": 1}, YEAR)
    with batch(file, ZONE, "删除", "x") as work:
        work.remove(ENTERPRISE, [worked[0]])
    with file.reading() as connection:
        name = Namer(connection, ZONE)
        steps = steps_in(connection, ZONE, work.no)
        name.learn(steps)
        mine = next(step for step in steps if step.row == row)
        assert (name.name(ENTERPRISE_YEAR, row), name.period(mine)) == ("企业0", "2025年")
        assert name.value(ENTERPRISE_YEAR, "is_up", 1) == "是"
        assert name.value(ENTERPRISE_YEAR, "ent", worked[0]) == "企业0"
        assert name.value(ENTERPRISE_YEAR, "carried", "is_up op_state") == "是否规上、运营状态"
