"""Finding and replacing in a ledger's table with real keys: one strip, hits counted, full and half width alike, one step to undo."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from models.store.history import done
from ui.pages import ledger_find
from ui.pages.ledger_find import PAUSE
from ui.table.finding import replaced

Key, Ctrl, Shift = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Left = Qt.MouseButton.LeftButton


def find(hands, text, *, key=Key.Key_F):
    hands.press(key, Ctrl)
    assert hands.focus() is hands.page.finder.line
    hands.type(text)
    settled(hands.page.finder)
    return hands.page.finder


def settled(strip):
    """Wait until the strip has looked for what was typed."""
    QTest.qWait(PAUSE)
    while strip._pause.isActive() or strip._task is not None:
        QTest.qWait(10)


def test_ctrl_f_counts_and_f3_goes_round(economy):
    strip = find(economy.at(0, "营业收入"), "电子")
    assert strip.told.text() == "共 5 处"
    seen = []
    for _ in range(6):
        economy.press(Key.Key_F3)
        seen.append((economy.grid.currentIndex().row(), strip.told.text()))
    assert [row for row, _ in seen] == [3, 7, 11, 14, 0, 3]
    assert seen[0][1] == "第 2 / 5 处"
    economy.press(Key.Key_F3, Shift)
    assert economy.place() == (0, "单位详细名称")
    economy.press(Key.Key_Escape)
    assert strip.isHidden()
    assert economy.focus() is economy.grid
    economy.press(Key.Key_F3)
    assert economy.place() == (3, "单位详细名称")


def test_full_width_and_half_width_and_case_are_one(roster):
    roster.at(0, "单位详细名称").type("赣州甲（Abc）有限公司").press(Key.Key_Return)
    strip = find(roster, "(ABC)")
    assert strip.told.text() == "共 1 处"
    roster.press(Key.Key_Return)
    assert roster.place() == (0, "单位详细名称")


@pytest.mark.parametrize("typed", ["61,204.75", "61204.75", "６１２０４"])
def test_a_figure_is_found_as_it_is_shown_and_as_it_is_typed(economy, typed):
    strip = find(economy.at(0, "营业收入"), typed)
    assert strip.told.text() == "共 1 处"
    economy.press(Key.Key_Return)
    assert economy.place() == (1, "营业收入")


def test_a_text_kept_in_a_column_of_figures_and_decimals_not_shown_are_found(economy):
    economy.at(2, "利润总额").type("约5000").press(Key.Key_Return).type("1.2345").press(Key.Key_Return)
    assert find(economy, "约").told.text() == "共 1 处"
    assert find(economy.press(Key.Key_Escape), "1.2345").told.text() == "共 1 处"


def test_nothing_found_is_told(economy):
    assert find(economy, "没有这家").told.text() == "整页里没有“没有这家”"
    economy.press(Key.Key_Return)
    assert economy.page.finder.isVisible()


def test_one_is_replaced_and_the_next_one_shown(roster, data):
    before = len(done(data))
    strip = find(roster.at(0, "单位详细名称"), "有限公司", key=Key.Key_H)
    strip.by.setFocus()
    roster.type("公司").press(Key.Key_Return)
    assert roster.text(0, "单位详细名称") == "赣州岚阳微电子公司"
    assert roster.place() == (1, "单位详细名称")
    assert (len(done(data)), done(data)[0].kind) == (before + 1, "替换")


def test_all_are_replaced_as_one_step_with_a_count(roster, data, window, qtbot):
    before = len(done(data))
    strip = find(roster.at(0, "单位详细名称"), "（有限公司", key=Key.Key_H)
    assert strip.told.text() == "整页里没有“（有限公司”"
    strip.line.setFocus()
    roster.press(Key.Key_A, Ctrl).type("有限公司")
    strip.by.setFocus()
    roster.type("公司")
    qtbot.mouseClick(strip.all, Left)
    assert window.status.said.text().startswith("替换了 20 格")
    assert (len(done(data)), done(data)[0].title) == (before + 1, "替换“有限公司” 20 格")
    assert roster.text(7, "单位详细名称") == "赣州赋声电子股份公司"
    assert strip.told.text() == "整页里没有“有限公司”"
    roster.press(Key.Key_Escape).press(Key.Key_Z, Ctrl)
    assert roster.text(7, "单位详细名称") == "赣州赋声电子股份有限公司"


def test_what_cannot_be_changed_here_is_told(economy, window, qtbot):
    strip = find(economy.at(0, "营业收入"), "电子", key=Key.Key_H)
    qtbot.mouseClick(strip.all, Left)
    assert window.status.said.text() == "找到的格都不能在这里改"


def test_only_the_selected_cells_or_the_column_are_looked_through(roster):
    roster.at(0, "单位详细名称").press(Key.Key_Down, Shift, times=5)
    strip = find(roster, "电子")
    assert strip.told.text() == "共 2 处"
    assert strip.where.value.text() == "选中的格"
    roster.press(Key.Key_Escape).at(0, "统一社会信用代码")
    strip = find(roster, "9136")
    assert (strip.where.value.text(), strip.told.text()) == ("整页", "第 1 / 20 处")
    next(each for each in strip.where.menu().actions() if each.text() == "这一列").trigger()
    assert strip.told.text() == "第 1 / 20 处"
    roster.at(0, "法定代表人")
    strip._choose("这一列")
    assert strip.told.text() == "这一列里没有“9136”"


def test_hits_follow_what_is_changed(economy):
    strip = find(economy.at(0, "营业收入"), "86420")
    assert strip.told.text() == "第 1 / 1 处"
    economy.press(Key.Key_Return).press(Key.Key_Escape)
    economy.type("1").press(Key.Key_Return).press(Key.Key_F3)
    assert strip.told.text() == "整页里没有“86420”"


def test_a_long_list_is_looked_through_in_the_background(economy, monkeypatch, qtbot):
    monkeypatch.setattr(ledger_find, "FEW", 3)
    economy.at(0, "营业收入").press(Key.Key_F, Ctrl).type("电子").press(Key.Key_Return)
    strip = economy.page.finder
    assert strip.told.text().startswith("正在查找")
    qtbot.waitUntil(lambda: strip.told.text() == "第 2 / 5 处")
    assert economy.place() == (3, "单位详细名称")


@pytest.mark.parametrize(
    ("text", "wanted", "by", "new"),
    [
        ("甲（赣州）有限公司", "(赣州)", "", "甲有限公司"),
        ("ＡＢＣ电子abc", "Abc", "x", "x电子x"),
        ("aaa", "aa", "b", "ba"),
        ("没有", "电", "x", "没有"),
        ("什么", "", "x", "什么"),
        ("赣州 市", "赣州市", "x", "x"),
    ],
)
def test_what_is_replaced_in_a_text(text, wanted, by, new):
    assert replaced(text, wanted, by) == new
