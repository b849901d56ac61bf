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
