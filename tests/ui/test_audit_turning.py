"""The audit while the clerk turns to other parks, years and rules: it follows, comes back, and claims nothing it has not looked at."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import Qt

from models.audit import unjudged
from models.ledgers.economy import ECONOMY
from models.ledgers.enterprise import ENTERPRISE
from models.periods import Period
from models.store.batches import batch
from models.store.zones import create_zone
from tests.models.demo_rows import named
from tests.ui.desk import texts
from tests.ui.test_page_audit import choose
from ui.pages import audit_unjudged
from ui.pages.audit_rows import UNKNOWN
from ui.pages.audit_settings import decide

Key, Ctrl, Shift = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
SURGED = named("P014", 1)


@pytest.fixture
def page(desk):
    return desk.turn("audit")


SUB, WITHIN = "36070101", "分园甲公司"


@pytest.fixture
def parks(desk):
    """The page over a return of two parks, the smaller with an enterprise that has findings of its own."""
    create_zone(desk.file, SUB, "香港产业园", parent_code="360701", role="3")
    with batch(desk.file, SUB, "录入", "分园的企业") as work:
        ent = work.add(ENTERPRISE, {"ent_name": WITHIN})
        for year, revenue in ((Period(2024), 500_0000), (Period(2025), 9000_0000)):
            work.add(ECONOMY, {"ent": ent, "rev": revenue}, year)
    return desk.turn("audit")


def test_an_explanation_of_a_sub_parks_record_counts_from_the_main_park(desk, parks):
    page = parks
    assert ("P014", WITHIN) in desk.findings()
    choose(desk, page, "P014", WITHIN)
    page.list.setFocus()
    desk.press(Key.Key_F7)
    desk.type("二期产线2025年3月投产，新增产能6亿元")
    desk.press(Key.Key_Return, Ctrl)
    assert ("P014", WITHIN) not in desk.findings()
    desk.press(Key.Key_Z, Ctrl)
    assert ("P014", WITHIN) in desk.findings()


def test_the_formula_at_the_scene_has_the_threshold_that_was_asked(desk, page):
    choose(desk, page, "P014", SURGED)
    assert "<= 0.5" in page.detail.formula.text().replace("≤", "<=")
    assert decide(desk.session, "同比增减线", "0.6", "省里今年放宽了审核线，见通知")
    desk.settle()
    choose(desk, page, "P014", SURGED)
    assert "<= 0.6" in page.detail.formula.text().replace("≤", "<=")


def test_what_the_last_audit_left_is_counted_over_all_parks(desk, parks):
    report = desk.auditor.report
    assert desk.auditor.kept() == (report.open_must, report.open_explain)


def test_f8_on_a_ledger_walks_all_parks_of_the_return_and_comes_back(desk, parks):
    zones, seen = [], set()
    stands = [row.of for row in parks.list.lines.rows if row.of and row.of.open]
    desk.turn("ent_period")
    for _ in stands:
        desk.window.current.grid.setFocus()
        desk.press(Key.Key_F8)
        zones.append(desk.session.zone)
        assert desk.session.marks, "marked at once in the park that was turned to as well"
        seen.add(desk.cell()[1:])
    assert {SUB, "360701"} == set(zones)
    assert len(seen) == len(stands), "each place once, none twice"


def test_f7_in_the_park_that_f8_led_to_explains_there(desk, parks):
    desk.turn("ent_period")
    for _ in range(20):
        desk.window.current.grid.setFocus()
        desk.press(Key.Key_F8)
        if desk.cell() == ("ent_period", WITHIN, "营业收入"):
            break
    desk.press(Key.Key_F7)
    desk.type("二期产线2025年3月投产，新增产能6亿元")
    desk.press(Key.Key_Return, Ctrl)
    assert desk.session.zone == "360701"
    assert ("P014", WITHIN) not in desk.findings()


def test_another_year_on_a_ledger_is_audited_as_soon_as_the_clerk_pauses(desk, page):
    desk.turn("ent_period")
    desk.auditor.seconds = 0.5
    desk.session.show_scope(period=Period(2023))
    assert desk.auditor.report is None
    assert page.verdict.text() == "还没有审核"
    desk.qtbot.waitUntil(lambda: desk.auditor.report is not None, timeout=10_000)
    assert desk.auditor.report.period == Period(2023)


def test_f8_never_says_that_nothing_is_left_before_it_was_looked_at(desk, page):
    desk.turn("ent_period")
    said = []
    desk.session.said.connect(lambda text, _: said.append(text))
    desk.session.show_scope(period=Period(2023))
    desk.press(Key.Key_F8)
    assert said[-1] == "正在审核，审完再按 F8"
    assert desk.auditor.report.period == Period(2023)


def test_another_year_turned_to_is_audited_while_the_page_is_looked_at(desk, page):
    desk.auditor.seconds = 60.0  # a zone that is not audited whenever the clerk pauses
    desk.session.show_scope(period=Period(2023))
    desk.settle()
    assert desk.auditor.report.period == Period(2023)
    assert page.verdict.text() == desk.auditor.report.verdict


def test_a_year_turned_back_to_is_shown_at_once_and_carried_on(desk, page):
    choose(desk, page, "P014", SURGED)
    finding = page.list.current()
    desk.session.show_scope(period=Period(2024))
    desk.auditor.run()
    desk.settle()
    with batch(desk.file, finding.zone, "录入", "改") as work:
        work.set(ECONOMY, finding.row, {"rev": 7000_0000})
    desk.session.note_written()
    desk.settle()
    desk.session.show_scope(period=Period(2025))
    assert desk.auditor.report.period == Period(2025), "what was found is not looked for anew"
    desk.settle()
    assert ("P014", SURGED) not in desk.findings()
    assert desk.findings()


def test_the_window_does_not_wait_for_the_reasons_why_rows_were_not_judged(desk, page, monkeypatch):
    """They take as long as half an audit: the counts stand at once, the reasons come beside them."""
    threads = []
    monkeypatch.setattr(
        audit_unjudged, "unjudged", lambda *asked: (threads.append(threading.current_thread()), unjudged(*asked))[1]
    )
    desk.qtbot.mouseClick(page.groups[UNKNOWN], Qt.MouseButton.LeftButton)
    assert {row[3].partition("：")[2] for row in texts(page.list)} == {"正在找原因…"}
    desk.settle()
    assert all("未填" in row[3] or "不能作除数" in row[3] for row in texts(page.list))
    assert threading.main_thread() not in threads
    desk.turn("ent_period")
    finding = next(each for each in desk.auditor.report.findings if each.rule.id == "P014")
    assert desk.session.write("录入", "改", lambda work: work.set(ECONOMY, finding.row, {"rev": None}))
    desk.settle()
    assert len(threads) == 1, "nobody looks at them"
    desk.turn("audit")
    assert len(threads) > 1
