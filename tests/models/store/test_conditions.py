"""Conditions over columns: what a clerk writes, what it means, and that the database and Python agree on it."""

from __future__ import annotations

from datetime import date

import pytest

from models.kinds import Raw
from models.store.batches import batch
from models.store.conditions import BadCondition, passes, read_condition
from models.store.filtering import Condition, Narrowed
from models.store.holding import formula_on, holding, states_of
from models.store.view import view_of
from models.store.views import Page
from tests.models.store.made import ECONOMY, ENTERPRISE, ENTERPRISE_YEAR, YEAR, ZONE, enterprises


@pytest.fixture
def filled(file):
    """Six enterprises; of the last one there is no figure, of the one before a text that is none, of another 不适用."""
    figures = (50_000_000, 12_000_000, 0, Raw("—"), Raw("约5000"), None)
    facts = (
        ("赣州（甲）电子有限公司", "3973", 20120305, 1),
        ("赣州(乙)电子有限公司", "3982", 20151200, 1),
        ("赣州丙稀土有限公司", "3239", 20180000, 0),
        ("赣州ＡＢＣ物流", "5910", None, 0),
        ("赣州戊有限公司", None, 20231105, None),
        ("赣州己有限公司", "7491", Raw("约2020"), None),
    )
    ids = enterprises(file, 6)
    with batch(file, ZONE, "录入", "试") as work:
        for id, figure, (name, code, opened, above) in zip(ids, figures, facts, strict=True):
            work.set(ENTERPRISE, id, {"ent_name": name, "ind_code": code, "open_date": opened})
            if above is not None:
                work.add(ENTERPRISE_YEAR, {"ent": id, "is_up": above}, YEAR)
            if figure is not None:
                work.add(ECONOMY, {"ent": id, "rev": figure}, YEAR)
    return file, ids


def shown(filled, ledger, field, text):
    """Which of the six are shown; asked of the database, and line by line, which must be the same."""
    file, ids = filled
    view = view_of(ledger)
    column = next(c for c in view.everything if c.field.id == field)
    page, narrowed = Page(view, ZONE, YEAR), Narrowed((Condition(column, text, 2025),))
    with file.reading() as connection:
        found = page.ids(connection, only=narrowed.sql(page))
        lines = page.lines(connection, ids)
    tests = narrowed.conditions[0].tests
    assert found == [id for id in ids if passes(tests, lines[id].values[column.key])]
    return [ids.index(id) for id in found]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (">1000", [0, 1]),
        ("＞１０００", [0, 1]),
        ("≥5000", [0]),
        ("大于1200", [0]),
        ("1200", [1]),
        ("1,200.00", [1]),
        ("=1200", [1]),
        ("≠1200", [0, 2, 3, 4, 5]),
        ("不是 1200", [0, 2, 3, 4, 5]),
        ("0", [2]),
        ("0~1200", [1, 2]),
        ("0-1200", [1, 2]),
        ("-5~0", [2]),
        (">0 <5000", [1]),
        (">0 且 <5000", [1]),
        ("0 或 5000", [0, 2]),
        (">0.4亿元", [0]),
        ("1200万", [1]),
        ("0.12亿", [1]),
        ("12000000元", [1]),
        ("空", [5]),
        ("非空", [0, 1, 2, 3, 4]),
        ("—", [3]),
        ("不适用", [3]),
    ],
)
def test_figures(filled, text, rows):
    assert shown(filled, ECONOMY, "rev", text) == rows


@pytest.mark.parametrize(
    ("field", "text", "rows"),
    [
        ("ent_name", "电子", [0, 1]),
        ("ent_name", "（乙）", [1]),
        ("ent_name", "(甲)", [0]),
        ("ent_name", "赣州丙*", [2]),
        ("ent_name", "=赣州戊有限公司", [4]),
        ("ent_name", "不含有限公司", [3]),
        ("ent_name", "稀土 或 物流", [2, 3]),
        ("ent_name", "100%_", []),
        ("ind_code", "39", [0, 1]),
        ("ind_code", "3973、3239", [0, 2]),
        ("ind_code", "dz", [0, 1]),
        ("ind_code", "不是39", [2, 3, 4, 5]),
        ("ind_code", "空", [4]),
        ("open_date", "2012", [0]),
        ("open_date", "2012-03", [0]),
        ("open_date", "2012.3.5", [0]),
        ("open_date", "2012~2015", [0, 1]),
        ("open_date", ">2015", [2, 4]),
        ("open_date", "<=2015-12", [0, 1]),
        ("open_date", "去年", []),
        ("open_date", "空", [3]),
        ("is_up", "是", [0, 1]),
        ("is_up", "否", [2, 3]),
        ("is_up", "空", [4, 5]),
        ("is_up", "不是是", [2, 3, 4, 5]),
    ],
)
def test_texts_codes_dates_and_flags(filled, field, text, rows):
    assert shown(filled, ENTERPRISE, field, text) == rows


def test_a_date_without_year_is_that_of_the_report():
    field = ENTERPRISE.by_id["open_date"]
    ((test,),) = read_condition(field, "11-5", 2024)
    assert (test.low, test.high) == (20241105, 20241105)
    ((test,),) = read_condition(field, "11月", 2024)
    assert (test.low, test.high) == (20241100, 20241199)


@pytest.mark.parametrize(
    ("ledger", "field", "text", "said"),
    [
        (ECONOMY, "rev", ">许多", "不是数"),
        (ECONOMY, "rev", ">30亩", "亩"),
        (ENTERPRISE, "ind_code", "火星", "火星"),
        (ENTERPRISE, "open_date", "去年冬天", "看不出是哪一天"),
        (ENTERPRISE_YEAR, "is_up", "也许", "看不出是"),
    ],
)
def test_what_cannot_be_read_is_said(ledger, field, text, said):
    with pytest.raises(BadCondition, match=said):
        read_condition(ledger.by_id[field], text, 2025)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("企业年度.是否规上", [0, 1]),
        ("营业收入 > 2000", [0]),
        ("企业年度.是否规上 且 营业收入 < 2000", [1]),
        ("非 已填(经济数据.营业收入)", [3, 4, 5]),
    ],
)
def test_a_formula_is_asked_of_the_record_of_each_line(filled, text, rows):
    file, ids = filled
    with file.reading() as connection:
        found = holding(connection, Page(view_of(ECONOMY), ZONE, YEAR), text, date(2026, 1, 1))
    assert sorted(ids.index(id) for id in found) == rows


def test_states_are_offered_where_their_formula_can_be_asked():
    for ledger in (ENTERPRISE, ECONOMY):
        states = states_of(view_of(ledger))
        assert states["规上"] == "企业年度.是否规上"
        assert all(formula_on(view_of(ledger), text) for text in states.values())
