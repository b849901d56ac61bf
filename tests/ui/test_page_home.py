"""首页: targets, returns, what to do first, how complete the ledgers are, each led to by real clicks and keys; the first days."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from models.indicators import indicator_set
from models.ledgers import BY_ID
from models.ledgers.economy import ECONOMY
from models.ledgers.enterprise import ENTERPRISE, ENTERPRISE_YEAR
from models.pace import REACHED, standing
from models.packs.pack import pack
from models.periods import Period
from models.store.backup import automatic
from models.store.gaps import filled
from models.store.rotation import DAILY, backups_of
from models.store.versions import keep_version
from tests.ui.desk import texts
from tests.ui.sample import NOW, November
from ui.pages import home, home_lists
from ui.pages.home_cards import gap_words
from ui.returned import note_returned, returned

Key = Qt.Key
TODAY = November.today()


@pytest.fixture(autouse=True)
def november(monkeypatch):
    monkeypatch.setattr(home, "date", November)


@pytest.fixture
def page(desk):
    desk.turn("audit")
    return desk.turn("home")


def listed(card):
    return texts(card.list)


def card(page, id):
    return next(each for each in page.targets.cards.cards if each.of.result.indicator.id == id)


# --- targets


def test_each_target_stands_there_as_the_indicators_give_it(desk, page):
    with desk.file.reading() as connection:
        results = indicator_set(pack("台办")).results(connection, [desk.session.zone], NOW, TODAY)
    wanted = {r.indicator.id: standing(r, NOW, TODAY) for r in results if r.goals}
    assert {each.of.result.indicator.id for each in page.targets.cards.cards} == set(wanted)
    for each in page.targets.cards.cards:
        of = wanted[each.of.result.indicator.id]
        assert each.figure.text() == f"{of.result.rounded:,f} {of.result.indicator.unit}"
        assert each.gap.text() == gap_words(of)
        assert each.bar.share == pytest.approx(1 if of.state == REACHED else float(of.share) / 100)
        assert each.bar.mark == pytest.approx(326 / 365 if of.elapsed is not None else -1)
    first = card(page, "TW02")
    assert first.words.text().startswith("本区 ≥ 10 家 · 2025　合作区 ≥ 100 家 · 2025")
    assert (first.gap.text(), first.gap.property("chip")) == ("黄灯 · 差 2 家", "warning")
    assert (card(page, "TW03").gap.text(), card(page, "TW03").gap.property("chip")) == ("已达到", "good")
    assert (card(page, "TW04").gap.text(), card(page, "TW04").gap.property("chip")) == ("绿灯 · 差 0.53 亿元", "good")
    assert "时间进度 89.3%（竖线）" in page.header.fact.text()


def test_a_card_leads_to_the_indicator_and_on_to_its_rows(desk, page):
    desk.click(card(page, "TW03"))
    there = desk.window.current
    assert there is desk.window.pages["indicators"]
    assert there.list.current().indicator.id == "TW03"
    desk.click_row(there.detail.list, 0, double=True)
    assert desk.cell()[0] == "ent_period"


def test_a_card_is_pressed_by_the_keyboard_too(desk, page):
    card(page, "TW02").setFocus()
    desk.press(Key.Key_Space)
    assert desk.window.current.list.current().indicator.id == "TW02"


def test_only_the_first_rows_of_cards_until_all_are_asked_for(desk, page):
    def seen():
        return sum(each.isVisible() for each in page.targets.cards.cards)

    assert len(page.targets.cards.cards) == 8
    assert seen() == 6
    desk.click_text("全部 8 项目标 ›")
    assert seen() == 8
    desk.click_text("只看前几项")
    assert seen() == 6


@pytest.mark.parametrize(("width", "columns"), [(1366, 3), (1024, 2), (880, 2)])
def test_cards_flow_to_fewer_columns_and_nothing_is_cut_off(desk, page, width, columns):
    desk.window.resize(width, 700)
    QTest.qWait(30)
    tops = [each.y() for each in page.targets.cards.cards if each.isVisible()]
    assert tops.count(tops[0]) == columns
    assert page.area.horizontalScrollBar().maximum() == 0
    for each in page.targets.cards.cards:
        assert not each.isVisible() or each.geometry().right() <= page.targets.cards.width()


@pytest.mark.parametrize("scale", [0.9, 1.5, 2.0])
def test_it_holds_at_every_size_of_the_font(desk, page, scale):
    desk.window.resize(1366, 768)
    desk.session.look.apply(scale=scale)
    QTest.qWait(50)
    assert page.area.horizontalScrollBar().maximum() == 0
    for listing in (page.returns, page.todos, page.ledgers):
        assert listing.list.height() >= listing.list.verticalHeader().length()
        assert listing.list.verticalScrollBar().maximum() == 0
    desk.session.look.apply(scale=1.0)


def test_a_period_without_targets_says_so(desk, page):
    desk.session.show_scope(period=Period(2050))
    desk.settle()
    assert page.targets.cards.isHidden()
    assert "台办 2050年 的目标还没有" in page.targets.why.text()
    assert page.targets.none.isVisible()
    desk.session.show_scope(period=NOW)
    desk.settle()
    assert page.targets.none.isHidden()


def test_figures_follow_what_is_written_but_not_on_the_key_s_way(desk, page):
    before = card(page, "TW03").figure.text()
    with desk.file.reading() as connection:
        sql = "SELECT p.id FROM ent_period p JOIN tw_ent t ON t.ent = p.ent WHERE p.year = 2025 ORDER BY p.id LIMIT 1"
        row = connection.exec_driver_sql(sql).scalar()
    desk.session.write("录入", "改", lambda work: work.set(ECONOMY, row, {"gov": 1}))
    assert page._task is None
    assert card(page, "TW03").figure.text() == before
    desk.qtbot.waitUntil(lambda: card(page, "TW03").figure.text() != before, timeout=10_000)
    desk.settle()


def test_nothing_is_worked_out_while_nobody_looks(desk, page):
    desk.turn("enterprise")
    desk.session.write("录入", "改", lambda work: work.add(ENTERPRISE, {"ent_name": "新来的公司"}))
    QTest.qWait(home.PAUSE + 100)
    assert page._task is None
    assert not page._pause.isActive()
    desk.turn("home")
    assert next(row for row in listed(page.ledgers) if row[0] == "企业")[1] == "25"


# --- what is to be reported


def test_every_return_with_deadline_days_and_state(desk, page):
    assert listed(page.returns) == [
        ["台办 · 产业园年度建设运行情况", "12月31日", "还有 39 天", "草稿 · 强制 6 · 核实 4"],
        ["赣州 · 开发区创新发展三年倍增季度调度和年度总结 · 2025年四季度", "次年1月15日", "还有 54 天", "未编制"],
        ["工信 · 满园扩园和两型三化行动年度情况", "次年1月20日", "还有 59 天", "未编制"],
        ["赣州 · 开发区创新发展三年倍增季度调度和年度总结", "次年1月31日", "还有 70 天", "未编制"],
        ["用地评价 · 开发区土地集约利用评价", "没有写明", "", "未编制"],
    ]


def test_a_click_turns_to_that_return(desk, page):
    desk.click_row(page.returns.list, 2)
    assert desk.window.current is desk.window.pages["returns"]
    assert (desk.session.pack, desk.session.period) == ("工信", NOW)


def test_overdue_issued_and_sent_back(desk, page, monkeypatch):
    keep(desk)
    page._work()
    desk.settle()
    assert listed(page.returns)[0][2:] == ["11月20日签发", "已签发 v1"]
    keep(desk, 2, "退回")
    page._work()
    desk.settle()
    assert listed(page.returns)[0][2:] == ["还有 39 天", "v2 被退回 · 草稿 · 强制 6 · 核实 4"]
    monkeypatch.setattr(November, "today", classmethod(lambda cls: date(2026, 1, 3)))
    page._work()
    desk.settle()
    assert [row[1:3] for row in listed(page.returns)[:2]] == [
        ["2025年12月31日", "逾期 3 天"],
        ["1月15日", "还有 12 天"],
    ]


def keep(desk, no=1, state="签发"):
    with desk.file.reading() as connection:
        figures = indicator_set(pack("台办")).values(connection, [desk.session.zone], NOW, TODAY)
    values = {"pack": "台办", "version": no, "state": state, "issued_at": "2025-11-20T09:00:00"}
    desk.session.write("签发", "签发", lambda work: keep_version(work, NOW, figures, values))
    desk.settle()


# --- what to do first


def todo(page, word):
    return next(n for n, row in enumerate(listed(page.todos)) if row[0] == word)


def test_what_the_audit_found_comes_first_and_leads_to_its_cell(desk, page):
    rows = listed(page.todos)
    assert [row[0] for row in rows[:5]] == ["强制", "强制", "强制", "强制", "核实"]
    assert rows[0][1].startswith("2 处 · ")
    assert sum(int(row[1].split()[0]) for row in rows if row[0] == "强制") == 6
    place = next(n for n, row in enumerate(rows) if "经济数据：" in row[1] and row[0] == "强制")
    desk.click_row(page.todos.list, place)
    assert desk.cell()[0] == "ent_period"
    found = [f for f in desk.auditor.report.findings if f.ledger.id == "ent_period"]
    assert desk.cell()[1] == found[0].title.name


def test_what_waits_for_an_explanation_leads_to_the_audit(desk, page):
    page.todos.list.setFocus()
    page.todos.list.select(todo(page, "核实"))
    desk.press(Key.Key_Return)
    audit = desk.window.current
    assert audit is desk.window.pages["audit"]
    assert audit.list.current().rule.level == "核实"


def test_a_day_without_a_backup_is_told_and_made_good_at_once(desk, page, monkeypatch):
    automatic(desk.file.path, DAILY)
    made = backups_of(desk.file.path)[0].at
    monkeypatch.setattr(November, "today", classmethod(lambda cls: made.date() + timedelta(days=1)))
    page._work()
    desk.settle()
    assert "今天还没有备份，最近一次是今天" in listed(page.todos)[todo(page, "备份")][1]
    monkeypatch.setattr(November, "today", classmethod(lambda cls: datetime.now().date()))
    desk.click_row(page.todos.list, todo(page, "备份"))
    assert len(backups_of(desk.file.path)) == 2
    desk.qtbot.waitUntil(lambda: "备份" not in [row[0] for row in listed(page.todos)], timeout=10_000)
    desk.settle()


def test_carried_values_lead_to_their_rows(desk, page):
    with desk.file.reading() as connection:
        id = connection.exec_driver_sql("SELECT id FROM enterprise_year WHERE year = 2025 LIMIT 1").scalar()
    desk.session.write("带入", "带入", lambda work: work.set(ENTERPRISE_YEAR, id, {"carried": "is_up"}))
    desk.settle()
    page._work()
    desk.settle()
    row = todo(page, "待确认")
    assert listed(page.todos)[row][1] == "企业年度 1 行是从上年带来的，还没有确认"
    desk.click_row(page.todos.list, row)
    assert desk.cell()[0] == "enterprise"
    assert desk.window.current.model.known == 1


def test_rows_an_import_gave_back_are_not_forgotten(desk, page, tmp_path):
    path = tmp_path / "园区企业名录11月.xlsx"
    path.write_bytes(b"")
    note_returned(desk.session, path, 6, "enterprise")
    page._work()
    desk.settle()
    assert listed(page.todos)[todo(page, "导入")][1] == "“园区企业名录11月.xlsx”有 6 行退回，没有导入"
    desk.click_row(page.todos.list, todo(page, "导入"))
    assert desk.window.current.path == path
    note_returned(desk.session, path, 0, "enterprise")
    assert returned(desk.session) is None
    note_returned(desk.session, tmp_path / "没了.xlsx", 6, "enterprise")
    assert returned(desk.session) is None


def test_a_change_after_issuing_asks_for_a_correction(desk, page):
    keep(desk)
    with desk.file.reading() as connection:
        sql = "SELECT p.id FROM ent_period p JOIN tw_ent t ON t.ent = p.ent WHERE p.year = 2025 ORDER BY p.id LIMIT 1"
        row = connection.exec_driver_sql(sql).scalar()
    desk.session.write("录入", "改", lambda work: work.set(ECONOMY, row, {"gov": 1}))
    page._work()
    desk.settle()
    told = listed(page.todos)[todo(page, "更正")][1]
    assert told.startswith("台办 第 1 版签发以后，")
    assert "台资企业产值" in told
    desk.click_row(page.todos.list, todo(page, "更正"))
    assert desk.window.current is desk.window.pages["returns"]


# --- ledgers


def test_how_complete_each_ledger_is_and_the_way_to_its_first_gap(desk, page):
    known = desk.session.names.all(ENTERPRISE, desk.session.zone)
    desk.session.write("录入", "清空", lambda work: work.set(ENTERPRISE, known[4].value, {"address": None}))
    desk.settle()
    page._work()
    desk.settle()
    with desk.file.reading() as connection:
        wanted = filled(connection, ENTERPRISE, desk.session.zone, NOW)
    rows = listed(page.ledgers)
    place = next(n for n, row in enumerate(rows) if row[0] == "企业")
    assert (rows[place][1], rows[place][3]) == ("24", wanted.percent)
    assert wanted.filled == wanted.cells - 1
    desk.click_row(page.ledgers.list, place)
    assert desk.cell() == ("enterprise", known[4].text, "详细地址")


def test_all_ledgers_on_asking(desk, page):
    assert len(listed(page.ledgers)) == home_lists.SHORT
    desk.click_text("全部 24 本台账 ›")
    names = [row[0] for row in listed(page.ledgers)]
    assert names == [BY_ID[e].label for e in desk.window.entries if BY_ID.get(e) and BY_ID[e].label in names]
    assert len(names) == 24
