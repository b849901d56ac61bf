"""Columns of a ledger's table: frozen ones stay, widths and sets are remembered for each ledger; sums of what is selected."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from models.kinds import Quantity
from tests.ui.conftest import Hands
from tests.ui.sample import NOW, ROWS
from ui.app import make_window
from ui.settings import Settings
from ui.table import summary

Key, Ctrl, Shift = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Left = Qt.MouseButton.LeftButton


@pytest.fixture
def settings(tmp_path):
    return Settings(tmp_path / "界面.ini")


@pytest.fixture
def opened(qtbot, data, look, settings):
    def make(page="ent_period"):
        window = make_window(data, look, period=NOW, page=page, settings=settings)
        window.resize(1440, 900)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        qtbot.addWidget(window)
        return Hands(window, page)

    return make


def edge(hands, place):
    heading = hands.grid.heading
    return QPoint(heading.sectionViewportPosition(place) + heading.sectionSize(place) - 1, 10)


def test_a_dragged_width_is_remembered_for_the_ledger_and_column(opened):
    hands = opened()
    place, view = hands.column("利润总额"), hands.grid.heading.viewport()
    hands.grid.reveal(place)
    QTest.mouseMove(view, edge(hands, place))
    begin = edge(hands, place)
    QTest.mousePress(view, Left, pos=begin)
    QTest.mouseMove(view, begin + QPoint(20, 0))
    QTest.mouseMove(view, begin + QPoint(57, 0))
    QTest.mouseRelease(view, Left, pos=begin + QPoint(57, 0))
    wide = hands.grid.columnWidth(place)
    assert wide > 110
    again = opened()
    assert again.grid.columnWidth(again.column("利润总额")) == wide
    again.page.columns.show_group("成本与收益")
    again.page.columns.show_group("常用")
    assert again.grid.columnWidth(again.column("利润总额")) == wide


def test_a_double_click_on_the_border_fits_the_column(opened, qtbot):
    hands = opened("enterprise")
    place = hands.column("法定代表人")
    hands.grid.setColumnWidth(place, 300)
    view = hands.grid.heading.viewport()
    QTest.mouseMove(view, edge(hands, place))
    qtbot.mouseDClick(view, Left, pos=edge(hands, place))
    assert hands.grid.columnWidth(place) < 200


def test_frozen_columns_are_the_clerk_s_choice_and_stay(opened):
    hands = opened()
    assert hands.page.columns.stays.value.text() == "2 列"
    hands.page.columns.stays.menu().aboutToShow.emit()
    texts = [each.text() for each in hands.page.columns.stays.menu().actions()]
    assert texts[:3] == ["不冻结", "冻结 1 列（到“单位详细名称”）", "冻结 2 列（到“统一社会信用代码”）"]
    hands.page.columns.stays.menu().actions()[1].trigger()
    hands.grid.across.setValue(3)
    assert not hands.grid.isColumnHidden(0)
    assert hands.grid.isColumnHidden(1)
    hands.window.resize(1200, 800)
    QTest.qWait(20)
    assert not hands.grid.isColumnHidden(0)
    again = opened()
    assert (again.grid.frozen, again.page.columns.stays.value.text()) == (1, "1 列")
    other = Hands(again.window, "enterprise")
    assert other.grid.frozen == 2


def test_hidden_columns_and_the_set_of_columns_are_remembered(opened):
    hands = opened()
    hands.page.columns.hide(hands.column("工业销售产值"))
    assert "工业销售产值" not in [head.label for head in hands.model.heads]
    again = opened()
    assert "工业销售产值" not in [head.label for head in again.model.heads]
    again.page.columns.show_hidden()
    again.page.columns.show_group("能耗与排放")
    assert "用电量" in [head.label for head in opened().model.heads]


def test_a_finding_in_a_hidden_column_is_shown(opened):
    hands = opened()
    hands.page.columns.hide(hands.column("工业销售产值"))
    row = hands.model.line(3).rows["ent_period", False]
    hands.window.session.go("ent_period", row=row, field="sales_val")
    assert hands.place() == (3, "工业销售产值")


def test_sums_name_count_unit_and_average(economy, window):
    economy.at(0, "营业收入").press(Key.Key_Down, Shift, times=19)
    figures = [Decimal(str(now[1])) for *_, now, _ in ROWS if now]
    total, mean = sum(figures), (sum(figures) / len(figures)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert window.status.selected.text() == f"选中 20 格　18 个数　合计 {total:,.2f} 万元　平均 {mean:,}"
    economy.at(0, "营业收入").press(Key.Key_Left, Shift).press(Key.Key_Down, Shift)
    assert window.status.selected.text().startswith("选中 4 格　合计 ")
    economy.at(0, "单位详细名称").press(Key.Key_Down, Shift)
    assert window.status.selected.text() == "选中 2 格"


def test_many_cells_are_added_up_in_the_background(economy, window, monkeypatch, qtbot):
    economy.at(0, "营业收入").press(Key.Key_Down, Shift, times=17)
    at_once = window.status.selected.text()
    monkeypatch.setattr(summary, "AT_ONCE", 5)
    economy.at(0, "营业收入").press(Key.Key_Down, Shift, times=17)
    assert window.status.selected.text() == "选中 18 格"
    qtbot.waitUntil(lambda: window.status.selected.text() == at_once)
    economy.press(Key.Key_Up)
    assert window.status.selected.text() == ""


def test_derived_figures_are_added_up_in_the_background_too(desk, qtbot, monkeypatch):
    hands = Hands(desk.window, "parcel")
    hands.page.columns.show_group("全部")
    place = next(n for n, s in enumerate(hands.model.columns) if s.field.formula and isinstance(s.field.kind, Quantity))
    hands.model.texts(range(hands.model.known), [place])  # worked out
    monkeypatch.setattr(summary, "AT_ONCE", 10_000)
    hands.grid.go(0, place)
    hands.grid.go(hands.model.known - 1, place, extend=True)
    at_once = desk.window.status.selected.text()
    assert "合计" in at_once
    monkeypatch.setattr(summary, "AT_ONCE", 5)
    hands.grid.go(0, place)
    hands.grid.go(hands.model.known - 1, place, extend=True)
    qtbot.waitUntil(lambda: desk.window.status.selected.text() == at_once)


def test_a_new_row_takes_over_the_columns_the_clerk_wants_so(opened, qtbot):
    hands = opened("enterprise")
    last = hands.model.known - 1
    hands.at(last, "注册地址区划").type("360702").press(Key.Key_Return)
    kept = hands.text(last, "注册地址区划")
    assert kept
    menu = hands.page.columns.menu(hands.column("注册地址区划"), hands.grid)
    (entry,) = [each for each in menu.actions() if each.text() == "新增的行照抄上一行"]
    assert not entry.isChecked()
    entry.trigger()
    hands.at(last + 1, "单位详细名称").type("赣州新来科技有限公司").press(Key.Key_Return)
    assert hands.text(last + 1, "注册地址区划") == kept
    assert hands.text(last + 1, "法定代表人") == ""
    hands.press(Key.Key_Z, Ctrl)  # the record and what it took over are one step
    assert hands.model.known == last + 1
    menu = hands.page.columns.menu(hands.column("注册地址区划"), hands.grid)
    (entry,) = [each for each in menu.actions() if each.text() == "新增的行照抄上一行"]
    assert entry.isChecked()
    entry.trigger()
    hands.at(last + 1, "单位详细名称").type("赣州又来科技有限公司").press(Key.Key_Return)
    assert hands.text(last + 1, "注册地址区划") == ""


def test_a_key_and_what_is_worked_out_are_never_taken_over(opened):
    hands = opened("enterprise")
    for place, shown in enumerate(hands.model.columns):
        offered = [each.text() for each in hands.page.columns.menu(place, hands.grid).actions()]
        own = shown.column.ledger is hands.model.view.base and not shown.readonly
        assert ("新增的行照抄上一行" in offered) == (own and shown.field.id not in hands.model.view.base.key)
