"""提取上年数 in the window: the counts before anything is written, one step, carried cells and confirming them by keys and mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest

from models.ledgers import BY_ID
from models.periods import Period
from models.store.carried import unconfirmed
from models.store.history import done
from tests.test_rolling_commands import counted
from tests.ui.desk import texts

Key, Ctrl, Shift = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Flag = QItemSelectionModel.SelectionFlag
NEXT = Period(2026)
TABLES = ("zone_year", "enterprise_year", "zone_land", "parcel_year", "cluster")


@pytest.fixture(scope="module")
def still(demo):
    """Ledger id → how many of its rows go on from 2025, by plain SQL."""
    return counted(demo)


@pytest.fixture
def page(desk):
    desk.session.show_scope(period=NEXT)
    return desk.turn("rolling")


@pytest.fixture
def roster(desk, page):
    """The roster of the new year, everything on it carried."""
    desk.click(page.go)
    found = desk.turn("enterprise")
    found.model.rearrange("年度状态")
    return found


def left(desk):
    with desk.file.reading() as connection:
        return {each.ledger.id: each.rows for each in unconfirmed(connection, [desk.session.zone], 2026)}


def column(page, label):
    return next(n for n, each in enumerate(page.model.columns) if each.field.label == label)


def look(page, row, label):
    return page.model.cell(page.model.index(row, column(page, label)))


def at(page, row, label):
    page.grid.go(row, column(page, label))
    page.grid.setFocus()


def test_the_counts_stand_there_before_anything_is_written(desk, page, still):
    before = len(done(desk.file))
    assert page.header.fact.text() == "2025年 → 2026年"
    assert [[row[0], row[1], row[3], row[6]] for row in texts(page.ledgers)] == [
        [BY_ID[id].label, *[str(still[id])] * 3] for id in TABLES
    ]
    page.ledgers.select(TABLES.index("parcel_year"))
    assert {(row[0], row[3]) for row in texts(page.moves)} == {("上年已退出", "收回")}
    assert page.go.text() == f"带入 {sum(still.values())} 行"
    assert len(done(desk.file)) == before


def test_it_is_one_step_that_ctrl_z_takes_back(desk, page, still):
    desk.click(page.go)
    assert left(desk) == still
    assert page.go.text() == "没有要带入的"
    assert not page.go.isEnabled()
    assert desk.window.nav.items["rolling"].chip.text() == str(sum(still.values()))
    assert [row[7] for row in texts(page.ledgers)] == [f"{still[id]} 行" for id in TABLES]
    desk.press(Key.Key_Z, Ctrl)
    assert left(desk) == {}
    assert page.go.text() == f"带入 {sum(still.values())} 行"


def test_a_year_that_was_issued_is_only_changed_when_the_button_says_so(desk, page):
    desk.session.write(
        "签发",
        "签发",
        lambda work: work.add(BY_ID["return_batch"], {"pack": "台办", "version": 1, "state": "签发"}, NEXT),
    )
    desk.settle()
    assert page.notice.isVisible()
    assert "2026年已经签发（台办 第 1 版）" in page.notice.text.text()
    assert page.go.text().startswith("仍然带入 ")


def test_the_first_year_is_sent_to_last_years_excel(desk, page):
    desk.session.show_scope(period=Period(2006))
    desk.settle()
    assert page.go.text() == "没有要带入的"
    assert "第一年从期初数开始" in page.notice.text.text()
    desk.click_text("把上年的名录、报表导入成上年的数…")
    assert desk.session.period == Period(2005)
    assert desk.window.current is desk.window.pages["importing"]


def test_carried_cells_look_it_until_they_are_typed_over(desk, roster):
    assert (look(roster, 1, "是否规上").ink, look(roster, 1, "是否规上").italic) == ("accent", True)
    assert "还没有确认" in look(roster, 1, "是否规上").tip
    at(roster, 1, "是否规上")
    desk.type("否")
    desk.press(Key.Key_Return)
    assert look(roster, 1, "是否规上").text == "否"
    assert look(roster, 1, "是否规上").corner == ""
    assert look(roster, 1, "运营状态").corner == "accent"
    at(roster, 1, "运营状态")
    desk.type("正常运营")  # what it was last year
    desk.press(Key.Key_Return)
    assert look(roster, 1, "运营状态").corner == ""
    desk.press(Key.Key_Z, Ctrl)
    assert look(roster, 1, "运营状态").corner == "accent"


def test_f9_confirms_what_is_selected(desk, roster):
    at(roster, 0, "是否规上")
    desk.press(Key.Key_Down, Shift)
    desk.press(Key.Key_F9)
    assert [look(roster, row, "是否规上").corner for row in range(3)] == ["", "", "accent"]
    assert look(roster, 0, "运营状态").corner == "accent"
    assert "确认了 2 行" in desk.window.status.said.text()
    desk.press(Key.Key_F9)
    assert "没有要确认的" in desk.window.status.said.text()


def test_f9_on_a_whole_row_confirms_what_is_not_shown_too(desk, roster, still):
    header = roster.grid.verticalHeader()
    spot = header.rect().topLeft()
    spot.setX(header.width() // 2)
    spot.setY(header.sectionViewportPosition(2) + header.sectionSize(2) // 2)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    desk.press(Key.Key_F9)
    rest = still["enterprise_year"] - 1
    assert left(desk)["enterprise_year"] == rest
    desk.qtbot.waitUntil(lambda: roster.carried.only.text() == f"待确认 {rest} 行")


def test_the_filter_shows_what_is_left_and_all_of_it_is_confirmed_at_once(desk, roster, still):
    rest = still["enterprise_year"] - 1
    ids = list(roster.model.ids)
    roster.grid.selectionModel().select(roster.model.index(5, 0), Flag.ClearAndSelect | Flag.Rows)
    roster.carried.action.trigger()
    desk.settle()
    desk.click(roster.carried.only)
    assert ids[5] not in roster.model.ids
    assert set(roster.model.ids) < set(ids)
    assert roster.shown.text() == f"显示 {rest} / {rest + 1}"
    at(roster, 0, "是否规上")
    roster.carried.menu.aboutToShow.emit()
    names = [action.text() for action in roster.carried.menu.actions()]
    assert names == ["确认选中的格", f"确认“是否规上”这一列（列出的 {rest} 行）", f"确认列出的全部 {rest} 行"]
    roster.carried.menu.actions()[1].trigger()
    desk.settle()
    assert {look(roster, row, "是否规上").corner for row in range(rest)} == {""}
    assert left(desk)["enterprise_year"] == rest
    roster.carried.menu.aboutToShow.emit()
    roster.carried.menu.actions()[2].trigger()
    desk.settle()
    assert "enterprise_year" not in left(desk)
    assert roster.model.known == 0
    assert "都确认了" in roster.hint.text()
    desk.click(roster.carried.only)
    assert roster.model.ids == ids
    assert not roster.carried.isVisible()
    desk.press(Key.Key_Z, Ctrl)
    assert left(desk)["enterprise_year"] == rest


def test_the_form_confirms_its_record(desk, roster, still):
    at(roster, 3, "是否规上")
    assert "项是从上年带来的" in roster.form.carried.text()
    desk.click(roster.form.carried)
    assert left(desk)["enterprise_year"] == still["enterprise_year"] - 1
    assert not roster.form.carried.isVisible()


def test_the_audit_names_what_is_left_and_leads_to_it(desk, roster, still):
    audit = desk.turn("audit")
    count = still["enterprise_year"]
    assert f"企业年度 {count}" in audit.verdict.text().partition("从上年带来还没有确认的")[2]
    place = next(n for n, row in enumerate(texts(audit.list)) if row[2] == "企业年度")
    said = f"企业年度 {count} 行是从上年带来的，还没有确认"
    assert texts(audit.list)[place][:4] == ["强制", "结转", "企业年度", said]
    desk.click_row(audit.list, place, 3)
    assert audit.detail.title.text() == said
    desk.click_row(audit.list, place, 3, double=True)
    assert desk.window.current is roster
    assert roster.model.carried_only
    assert desk.cell()[2] == "是否规上"
    roster.carried.confirm_listed()
    desk.settle()
    desk.qtbot.waitUntil(lambda: "企业年度" not in desk.auditor.report.verdict, timeout=20_000)
    returns = desk.turn("returns")
    assert not returns.issue.isEnabled()
    rest = sum(each.rows for each in desk.auditor.report.unconfirmed)
    assert rest
    assert f"待确认 {rest}" in returns.states[1].text()


def test_last_years_figure_is_keyed_beside_the_indicator(desk):
    page = desk.turn("indicators")
    base = page.detail.base
    place = next(n for n, row in enumerate(page.list.lines.rows) if row.of.indicator.id == "TW02")
    desk.click_row(page.list, place)
    assert not base.isVisible()  # the ledgers have last year's
    desk.session.show_scope(period=Period(2006))
    desk.settle()
    desk.click_row(page.list, place)
    assert base.link.text() == "填2005年期初数…"
    desk.click(base.link)
    desk.type("6")
    desk.press(Key.Key_Return)
    assert texts(page.list)[place][5] == "6"
    assert "取自期初数" in page.detail.texts["上年"].text()
    desk.click(base.link)
    desk.type("六家")
    desk.press(Key.Key_Return)
    assert "不是数" in desk.window.status.said.text()
    desk.press(Key.Key_Z, Ctrl)
    assert "取自台账" in page.detail.texts["上年"].text()
