"""The frame: columns that stay, pages, zone and period, undo after a restart, what the status bar says, small screens."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from models.audit import auditing
from models.ledgers import LEDGERS as ALL_LEDGERS
from models.periods import Period
from models.store.file import DataFile
from models.store.zones import create_zone
from tests.ui.conftest import Hands
from tests.ui.sample import NOW
from ui.app import make_window
from ui.auditing import Auditor
from ui.page import LEDGERS, Badge
from ui.pages import entries
from ui.session import Mark

Key, Ctrl, Shift = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def seen(grid):
    """The columns on screen from left to right."""
    places = sorted(
        (grid.columnViewportPosition(c), c) for c in range(grid.model().columnCount()) if not grid.isColumnHidden(c)
    )
    return [c for x, c in places if 0 <= x < grid.viewport().width()]


@pytest.mark.parametrize("width", [1440, 1100, 900])
def test_the_name_stays_in_sight_however_far_one_goes(economy, window, width):
    window.resize(width, 768)
    QTest.qWait(20)
    economy.page.model.rearrange("全部")
    economy.at(0, "工业总产值").press(Key.Key_Right, times=30)
    column = economy.grid.currentIndex().column()
    assert seen(economy.grid)[0] == 0
    assert column in seen(economy.grid)
    rect = economy.grid.visualRect(economy.grid.currentIndex())
    assert rect.right() <= economy.grid.viewport().width()
    economy.press(Key.Key_Home)
    economy.press(Key.Key_Right, times=2)
    assert seen(economy.grid)[:3] == [0, 1, 2]
    assert width < 1440 or economy.grid.frozen == 2


def test_the_last_column_can_be_reached_and_is_whole(economy, window):
    economy.page.model.rearrange("全部")
    economy.at(0, "工业总产值").press(Key.Key_End)
    last = economy.model.columnCount() - 1
    assert economy.grid.currentIndex().column() == last
    assert economy.grid.visualRect(economy.grid.currentIndex()).right() <= economy.grid.viewport().width()
    window.resize(1900, 900)
    assert economy.grid.visualRect(economy.grid.currentIndex()).right() <= economy.grid.viewport().width()


def test_typing_goes_on_in_a_column_that_was_out_of_sight(economy):
    economy.page.model.rearrange("全部")
    economy.at(0, "工业总产值").press(Key.Key_Right, times=25)
    place = economy.place()
    economy.type("7").press(Key.Key_Left)
    assert economy.text(*place).startswith("7")


def test_a_selection_reaches_across_columns_out_of_sight(economy):
    economy.page.model.rearrange("全部")
    economy.at(0, "单位详细名称").press(Key.Key_Right, Shift, times=20)
    assert len(economy.grid.selectionModel().selectedIndexes()) == 21


def test_only_a_current_page_s_lists_stand_in_the_navigation(window):
    window.open("enterprise", {})
    assert window.nav.items["zone_period"].isHidden()
    window.open("zone", {})
    assert not window.nav.items["zone_period"].isHidden()
    QTest.mouseClick(window.nav.items["zone_period"], Qt.MouseButton.LeftButton)
    assert window.current.ledger.id == "zone_period"


@pytest.mark.parametrize("id", [entry.id for entry in entries()])
def test_every_page_opens(window, id):
    window.open(id, {})
    assert window.nav.items[id].isChecked()


def test_another_period_shows_its_own_figures(economy, window):
    window.session.show_scope(period=NOW.back())
    assert economy.text(0, "营业收入") == "41,905.00"
    assert "2024年" in economy.page.header.fact.text()
    window.session.show_scope(period=Period(2025, "Q", 3))
    assert economy.text(0, "营业收入") == ""
    assert window.top.period.value.text() == "2025年三季度"


def test_the_period_is_chosen_from_the_menu(window, qtbot):
    menu = window.top.period.menu()
    window.top._fill_periods(2024)
    button = [b for b in menu.findChildren(QPushButton) if b.text() == "2季度"][-1]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.session.period == Period(2024, "Q", 2)


def test_another_zone_shows_its_own_rows(economy, window, data):
    create_zone(data, "G361014", "龙南经济技术开发区")
    window.session.show_scope(zone="G361014")
    assert economy.model.known == 0
    assert window.top.zone.value.text() == "龙南经济技术开发区"


def test_undo_works_after_a_restart(economy, window, data, look, qtbot):
    path = data.path
    economy.at(0, "营业收入").type("1").press(Key.Key_Return)
    window.close()
    with DataFile(path, who="录入员") as again:
        made = make_window(again, look, period=NOW, page="ent_period")
        qtbot.addWidget(made)
        with qtbot.waitActive(made):
            made.show()
            made.activateWindow()
        hands = Hands(made, "ent_period")
        assert hands.text(0, "营业收入") == "1.00"
        hands.at(0, "营业收入").press(Key.Key_Z, Ctrl)
        assert hands.text(0, "营业收入") == "86,420.00"
        assert made.status.said.text() == "已撤销：改 赣州岚阳微电子有限公司 · 营业收入"


def test_the_status_bar_adds_up_exactly(economy, window):
    economy.at(0, "营业收入").press(Key.Key_Down, Shift, times=7)
    assert window.status.selected.text() == "选中 8 格　合计 393,998.15 万元　平均 49,249.77"
    economy.at(0, "营业收入").type("0.1").press(Key.Key_Return).type("0.2").press(Key.Key_Return)
    economy.at(0, "营业收入").press(Key.Key_Down, Shift)
    assert window.status.selected.text() == "选中 2 格　合计 0.30 万元　平均 0.15"
    assert window.status.saved.text().startswith("已保存 ")


def test_findings_mark_their_cells_and_are_counted(economy, window):
    row = economy.model.line(3).rows["ent_period", False]
    window.session.put_marks({("ent_period", row, "rev"): Mark("强制", "是上年的 10.1 倍，疑似千元当万元")}, (1, 0))
    cell = economy.model.cell(economy.model.index(3, economy.column("营业收入")))
    assert (cell.corner, cell.fill, cell.tip) == ("error", "error_soft", "是上年的 10.1 倍，疑似千元当万元")
    assert window.status.must.text() == "强制 1"
    assert window.nav.items["ent_period"].entry.badge(window.session).text == "1"


def test_a_finding_s_cell_is_gone_to_even_when_its_column_is_not_shown(economy, window):
    row = economy.model.line(3).rows["ent_period", False]
    window.session.go("ent_period", row=row, field="elec_kwh")
    assert economy.place() == (3, "用电量")
    assert economy.page.form.model.fields[0].field.section == "能耗与排放"


@pytest.mark.parametrize(
    ("size", "scale"), [((1366, 768), 1.0), ((911, 512), 1.0), ((1440, 900), 1.5), ((1920, 1080), 2.0)]
)
def test_nothing_is_cut_off_on_small_screens(window, look, size, scale):
    look.apply(scale=scale)
    window.resize(*size)
    QTest.qWait(20)
    assert window.width() == size[0]
    for widget in (
        window.top.person,
        window.status.selected,
        window.current.fold,
        window.current.columns.group,
        window.current.columns.stays,
    ):
        corner = widget.mapTo(window, widget.rect().bottomRight())
        assert corner.x() <= window.width()
        assert corner.y() <= window.height()
        assert widget.width() >= widget.minimumSizeHint().width()


def test_a_second_window_only_reads_and_says_why(window, data, look, qtbot):
    with DataFile(data.path, who="另一人") as other:
        made = make_window(other, look, period=NOW, page="ent_period")
        qtbot.addWidget(made)
        assert made.status.saved.text() == "只能看"
        assert "录入员" in made.status.said.text()
        assert not made.current.model.flags(made.current.model.index(0, 3)) & Qt.ItemFlag.ItemIsEditable


def test_closing_waits_for_rules_that_are_being_asked(window, data, monkeypatch):
    begun, go = threading.Event(), threading.Event()

    def slowly(*asked):
        begun.set()
        go.wait(10)
        return auditing(*asked)

    monkeypatch.setattr("ui.auditing.auditing", slowly)
    Auditor.of(window.session).run()
    begun.wait(10)
    threading.Timer(0.1, go.set).start()
    window.close()
    assert go.is_set()
    assert not window.isVisible()
    with DataFile(data.path) as again:
        assert not again.read_only


def test_ledgers_stand_in_the_navigation_in_groups_in_working_order(window):
    found = [(entry.group, entry.id) for entry in entries() if entry.group in LEDGERS and not entry.under]
    assert [id for _, id in found] == [each.id for each in ALL_LEDGERS if (each.id in {id for _, id in found})]
    assert list(dict.fromkeys(group for group, _ in found)) == [*LEDGERS]
    groups = {id: group for group, id in found}
    assert groups["ent_period"] == "开发区与企业"
    assert groups["factory"] == "土地与厂房"
    assert groups["capital_in"] == "台资与台青"
    assert groups["liaison"] == "招商与服务"
    assert groups["benchmark"] == "产业与目标"


def test_the_page_that_is_open_can_be_seen_in_a_long_navigation(window, qtbot):
    window.resize(1100, 600)
    for id in ("benchmark", "zone"):
        window.open(id, {})
        for near in (id, "audit", "returns"):  # the work of every day is in reach beside any ledger
            qtbot.waitUntil(lambda near=near: in_sight(window.nav.items[near]))


def in_sight(widget):
    return not widget.visibleRegion().isEmpty()


def test_the_open_page_stays_in_sight_when_names_come_and_go_until_somebody_scrolls(window, qtbot):
    window.resize(1100, 600)
    window.open("zone", {})
    window.nav.recount()
    window.open("benchmark", {})
    item, bar = window.nav.items["benchmark"], window.nav._area.verticalScrollBar()
    qtbot.waitUntil(lambda: in_sight(item))
    for each in window.nav.items.values():  # as when a file with much in it has been taken in
        each.entry = replace(each.entry, badge=lambda _: Badge("1"))
    window.nav.recount()
    QTest.qWait(50)
    qtbot.waitUntil(lambda: in_sight(item))
    bar.triggerAction(bar.SliderAction.SliderToMinimum)  # what the wheel and the bar do
    for each in window.nav.items.values():
        each.entry = replace(each.entry, badge=lambda _: None)
    window.nav.recount()
    QTest.qWait(50)
    assert bar.value() == 0


def test_one_page_is_marked_as_open(window):
    for page in ("audit", "ent_period", "importing", "zone", "returns"):
        window.open(page, {})
        assert [id for id, item in window.nav.items.items() if item.isChecked()] == [page]
