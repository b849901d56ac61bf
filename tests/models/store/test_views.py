from __future__ import annotations

import pytest

from models.kinds import Raw
from models.ledgers import LEDGERS
from models.periods import Period
from models.store.batches import batch
from models.store.history import undo
from models.store.view import Column, view_of
from models.store.views import Page, find_reference
from tests.models.store.made import ECONOMY, ENTERPRISE, ENTERPRISE_YEAR, YEAR, YOUTH, ZONE, enterprises, typed


def page_of(ledger, period=YEAR, *prior):
    return Page(view_of(ledger).with_prior(*prior), ZONE, period)


def read(file, page, **how):
    with file.reading() as connection:
        ids = page.ids(connection, **how)
        lines = page.lines(connection, ids)
        assert page.count(connection) >= len(ids)
        return [lines[id] for id in ids]


def column(page, ledger, field, prior=False):
    return next(each for each in page.view.columns if each.key == (ledger.id, field, prior))


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda ledger: ledger.id)
def test_every_ledger_has_a_page_with_each_of_its_fields(file, ledger):
    page = page_of(ledger)
    shown = {each.field.id for each in page.view.columns if each.ledger is ledger}
    wanted = {field.id for field in ledger.stored}
    assert shown == (wanted - set(ledger.key) if ledger.one_per and ledger.dated else wanted)
    assert len({each.key for each in page.view.columns}) == len(page.view.columns)
    assert read(file, page) == []
    for each in page.view.columns:
        assert read(file, page, order=each, descending=True) == []
    assert read(file, page, search="x") == []


def test_enterprises_are_shown_with_their_year(file):
    row, other, _ = enterprises(file)
    page = page_of(ENTERPRISE)
    with batch(file, ZONE, "录入", "x") as work:
        year = work.add(ENTERPRISE_YEAR, {"ent": row, "is_up": 1}, YEAR)
        work.add(ENTERPRISE_YEAR, {"ent": row, "is_up": 0}, YEAR.back())
    first, second, _ = read(file, page)
    assert (first.id, second.id) == (row, other)
    assert first.rows == {("enterprise", False): row, ("enterprise_year", False): year}
    assert first.values["enterprise_year", "is_up", False] == 1
    assert second.rows == {("enterprise", False): other}
    assert second.values["enterprise_year", "is_up", False] is None
    assert read(file, page_of(ENTERPRISE, YEAR.back(2)))[0].values["enterprise_year", "is_up", False] is None


def test_the_roster_stands_in_the_figures_and_typing_makes_the_row(file):
    row, *_ = enterprises(file)
    page = page_of(ECONOMY, Period(2025, "Q", 3), "rev")
    rev, profit = column(page, ECONOMY, "rev"), column(page, ECONOMY, "profit")
    (line, *_) = read(file, page)
    assert line.rows == {("enterprise", False): row}
    with batch(file, ZONE, "录入", "第一格") as work:
        page.write(work, line, {rev: 5})
        page.write(work, line, {profit: -1})  # the same line, not read anew
    (line, *_) = read(file, page)
    assert (line.values[rev.key], line.values[profit.key]) == (5, -1)
    with batch(file, ZONE, "录入", "再改") as work:
        page.write(work, line, {rev: None, profit: 7})
    assert read(file, page)[0].values[rev.key] is None
    with batch(file, ZONE, "录入", "空格不成行") as work:
        page.write(work, read(file, page)[1], {rev: None})
    assert work.no is None
    undo(file)
    undo(file)
    assert read(file, page)[0].rows == {("enterprise", False): row}


def test_many_lines_are_written_together(file):
    rows = enterprises(file, 4)
    page = page_of(ECONOMY, Period(2025, "Q", 3), "rev")
    rev, profit = column(page, ECONOMY, "rev"), column(page, ECONOMY, "profit")
    with batch(file, ZONE, "录入", "有数") as work:
        page.write(work, read(file, page)[0], {rev: 1})
    lines = read(file, page)
    with batch(file, ZONE, "录入", "后来有数") as work:
        page.write(work, lines[1], {profit: 2})
        cells = {rev: dict.fromkeys(rows[:3], 9), profit: {rows[0]: Raw("约三"), rows[2]: 4, rows[3]: None}}
        page.write_many(work, lines, cells)
    found = [(line.values[rev.key], line.values[profit.key], len(line.rows)) for line in read(file, page)]
    assert found == [(9, "约三", 2), (9, 2, 2), (9, 4, 2), (None, None, 1)]
    assert type(read(file, page)[0].values[profit.key]) is Raw
    undo(file)
    assert [line.values[rev.key] for line in read(file, page)] == [1, None, None, None]


def test_last_year_stands_beside_a_figure(file):
    row, other, _ = enterprises(file)
    with batch(file, ZONE, "录入", "x") as work:
        for period, rev in ((Period(2025, "M", 9), 8), (Period(2024, "M", 9), 5), (Period(2024), 60)):
            work.add(ECONOMY, {"ent": row, "rev": rev}, period)
        work.add(ECONOMY, {"ent": other, "rev": Raw("约三")}, Period(2024, "M", 9))
    page = page_of(ECONOMY, Period(2025, "M", 9), "rev", "profit")
    first, second, _ = read(file, page)
    now, prior = column(page, ECONOMY, "rev"), column(page, ECONOMY, "rev", prior=True)
    columns = page.view.columns
    assert columns[columns.index(now) + 1] is prior
    assert (first.values[now.key], first.values[prior.key]) == (8, 5)
    assert (second.values[now.key], second.values[prior.key]) == (None, "约三")
    assert type(second.values[prior.key]) is Raw


def test_a_reference_is_shown_searched_and_sorted_by_its_title(file):
    row, other, third = enterprises(file)
    with batch(file, ZONE, "录入", "x") as work:
        for number, ent in (("1", third), ("2", row), ("3", None)):
            work.add(YOUTH, {"ty_id": number, "ent": ent})
        work.add(YOUTH, {"ty_id": "4", "ent": Raw("没有的厂")})
    page = page_of(YOUTH)
    ent = column(page, YOUTH, "ent")
    lines = read(file, page)
    assert [line.titles.get(ent.key) for line in lines] == ["企业2", "企业0", None, None]
    assert [line.values[ent.key] for line in lines] == [third, row, None, "没有的厂"]
    by_title = [line.titles.get(ent.key) for line in read(file, page, order=ent)]
    assert by_title == ["企业0", "企业2", None, None]
    assert [line.titles.get(ent.key) for line in read(file, page, order=ent, descending=True)][:2] == ["企业2", "企业0"]
    assert other not in [line.values[ent.key] for line in lines]


def test_searching_and_sorting(file):
    rows = enterprises(file, 12)
    typed(file, rows[3], ent_name="100%_好")
    typed(file, rows[5], open_date=20200101)
    typed(file, rows[1], open_date=20210101)
    page = page_of(ENTERPRISE)
    assert [line.id for line in read(file, page, search="企业1")] == [rows[1], rows[10], rows[11]]
    assert [line.id for line in read(file, page, search="%_")] == [rows[3]]
    assert [line.id for line in read(file, page, search="00000000011")] == [rows[11]]
    order = column(page, ENTERPRISE, "open_date")
    assert [line.id for line in read(file, page, order=order)][:3] == [rows[5], rows[1], rows[0]]
    assert [line.id for line in read(file, page, order=order, descending=True)][:3] == [rows[1], rows[5], rows[0]]


def test_a_new_line_and_one_that_is_gone(file):
    page = page_of(ENTERPRISE)
    with batch(file, ZONE, "录入", "x") as work:
        made = page.add_many(work, [{"ent_name": "新"}])[0]
        other = page.add_many(work, [{"ent_name": "又"}])[0]
        work.remove(ENTERPRISE, [other])
    with file.reading() as connection:
        assert list(page.lines(connection, [made, other])) == [made]
        assert page.count(connection) == 1


def test_only_the_zones_own_lines(file):
    enterprises(file)
    with file.reading() as connection:
        assert Page(view_of(ENTERPRISE), "别的区", YEAR).ids(connection) == []


def test_a_record_is_found_by_code_or_name(file):
    rows = enterprises(file)
    typed(file, rows[1], ent_name="企业0")
    with file.reading() as connection:
        assert find_reference(connection, ENTERPRISE, ZONE, "91360" + "0" * 12 + "2") == [rows[2]]
        assert find_reference(connection, ENTERPRISE, ZONE, "企业2") == [rows[2]]
        assert find_reference(connection, ENTERPRISE, ZONE, "企业0") == [rows[0], rows[1]]
        assert find_reference(connection, ENTERPRISE, ZONE, "没有") == []
        assert find_reference(connection, ECONOMY, ZONE, "企业0") == []


def test_columns_are_told_apart_by_name():
    field = ECONOMY.by_id["rev"]
    assert Column(ECONOMY, field).key == ("ent_period", "rev", False)
    assert Column(ECONOMY, field, prior=True).key == ("ent_period", "rev", True)


def test_many_lines_are_written_as_one_by_one_would_be(file):
    enterprises(file)
    page = page_of(ECONOMY)
    rev, profit = column(page, ECONOMY, "rev"), column(page, ECONOMY, "profit")
    name = column(page, ENTERPRISE, "ent_name")
    with batch(file, ZONE, "录入", "已有一行") as work:
        page.write(work, read(file, page)[0], {rev: 1, profit: 2})
    first, second, last = lines = read(file, page)
    with batch(file, ZONE, "粘贴", "一块") as work:
        page.write(work, second, {rev: 8})  # made after the lines were read
        block = {rev: {first.id: 5, last.id: 3}, profit: {second.id: 9, last.id: Raw("约三")}, name: {first.id: "甲"}}
        page.write_many(work, lines, block)
        page.write_many(work, lines, {profit: {first.id: None, last.id: 4}})
    now = read(file, page)
    assert [(line.values[rev.key], line.values[profit.key]) for line in now] == [(5, None), (8, 9), (3, 4)]
    assert [line.values[name.key] for line in now] == ["甲", "企业1", "企业2"]
    assert undo(file).rows == 4  # three figures' rows and one enterprise
    assert [line.rows.keys() for line in read(file, page)] == [first.rows.keys(), second.rows.keys(), last.rows.keys()]
    assert read(file, page)[0].values == first.values


def test_a_block_is_looked_up_in_runs_not_line_by_line(file):
    """2,000 lines, half of them without a row, then all: a SELECT for each 900, not one for each line."""
    enterprises(file, 2000)
    page = page_of(ECONOMY)
    rev = column(page, ECONOMY, "rev")
    for step, value in ((2, 7), (1, 8)):
        lines, sent = read(file, page)[::step], []
        with batch(file, ZONE, "粘贴", "一块") as work:
            driver = work.connection.connection.driver_connection
            driver.set_trace_callback(sent.append)
            page.write_many(work, lines, {rev: {line.id: value for line in lines}})
            driver.set_trace_callback(None)
        assert sum(text.startswith("SELECT") for text in sent) < 12
    assert [line.values[rev.key] for line in read(file, page)] == [8] * 2000
