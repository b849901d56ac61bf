"""指标与目标: figures as the indicators give them, the formula with numbers, every row behind, and the way to each."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt

from models.indicators import indicator_set
from models.packs.pack import pack
from tests.ui.desk import texts
from tests.ui.sample import NOW


@pytest.fixture
def page(desk):
    return desk.turn("indicators")


def results(desk):
    with desk.file.reading() as connection:
        found = indicator_set(pack("台办")).results(connection, [desk.session.zone], NOW, date.today())
    return {each.indicator.id: each for each in found}


def choose(desk, page, id):
    place = next(n for n, row in enumerate(page.list.lines.rows) if row.of.indicator.id == id)
    desk.click_row(page.list, place)


def test_every_indicator_stands_there_with_its_figure_and_last_year_s(desk, page):
    wanted = [
        [each.indicator.name, f"{each.rounded:,f}", each.indicator.unit, f"{each.rounded_prior:,f}"]
        for each in results(desk).values()
    ]
    assert [[row[0], row[1], row[2], row[5]] for row in texts(page.list)] == wanted
    assert "55 个指标，55 个可算" in page.header.fact.text()


def test_a_target_not_reached_is_never_shown_as_reached(desk, page):
    row = next(each for each in page.list.lines.rows if each.of.indicator.id == "TW02")
    assert row.cells[3].text.startswith("≥ 10 本区")
    assert (row.cells[4].text, row.cells[4].chip) == ("80%", "warning")
    reached = next(each for each in page.list.lines.rows if each.of.indicator.id == "TW03")
    assert (reached.cells[4].text, reached.cells[4].chip) == ("109%", "good")


def test_the_detail_tells_formula_numbers_clause_and_gap(desk, page):
    choose(desk, page, "TW04")
    detail = page.detail
    assert detail.figure.text() == "4.97"
    assert detail.texts["公式"].text().startswith("“到资流水”折万元之和")
    assert detail.texts["代入"].text() == "49,717.88 万元 = 4.97 亿元"
    assert "赣府字〔2020〕69号" in detail.texts["依据"].text()
    assert detail.gap.text() == "离本区目标差 0.53"


def test_the_rows_behind_add_up_to_the_figure_and_the_others_say_why_not(desk, page):
    choose(desk, page, "TW1-12")
    shown = texts(page.detail.list)
    total = sum(Decimal(amount.replace(",", "")) for _, amount in shown)
    assert total == results(desk)["TW1-12"].rounded
    amounts = [Decimal(amount.replace(",", "")) for _, amount in shown]
    assert amounts == sorted(amounts, reverse=True)
    page.detail.tabs.choose(1)
    reasons = texts(page.detail.list)
    assert len(shown) + len(reasons) == 24
    assert {reason for _, reason in reasons} == {"不满足 企业年度.是否台资"}


def test_a_double_click_goes_to_the_record_and_its_field(desk, page):
    choose(desk, page, "TW1-12")
    name = texts(page.detail.list)[1][0]
    desk.click_row(page.detail.list, 1, double=True)
    assert desk.cell() == ("ent_period", name, "工业总产值")


def test_figures_follow_what_is_typed(desk, page):
    before = results(desk)["TW1-13"].rounded
    choose(desk, page, "TW1-13")
    desk.click_row(page.detail.list, 0, double=True)
    desk.type("1")
    desk.press(Qt.Key.Key_Return)
    desk.turn("indicators")
    row = next(row for row in page.list.lines.rows if row.of.indicator.id == "TW1-13")
    assert row.cells[1].text == f"{results(desk)['TW1-13'].rounded:,f}" != f"{before:,f}"
