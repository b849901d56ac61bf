"""Keys and mouse of a ledger's table as in Excel: where Enter and Tab lead, filling, the selection's corner, three kinds of nothing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from models.kinds import Raw
from models.store.history import done

Key, Ctrl, Shift = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Pad, Left = Qt.KeyboardModifier.KeypadModifier, Qt.MouseButton.LeftButton


def figures(hands, label, rows):
    return [hands.text(row, label) for row in rows]


def test_after_a_row_of_tabs_enter_returns_to_where_they_began(economy):
    economy.at(2, "工业总产值").type("1").press(Key.Key_Tab).type("2").press(Key.Key_Tab).type("3")
    economy.press(Key.Key_Return)
    assert economy.place() == (3, "工业总产值")
    economy.press(Key.Key_Tab).press(Key.Key_Down).press(Key.Key_Return)
    assert economy.place() == (5, "工业销售产值")  # the arrow ended the row of Tabs


def test_enter_goes_right_where_the_clerk_wants_it_so(economy, window):
    window.session.settings.put("table/enter", "right")
    economy.at(2, "工业总产值").type("1").press(Key.Key_Return)
    assert economy.place() == (2, "工业销售产值")
    economy.press(Key.Key_Return).press(Key.Key_Return, Shift)
    assert economy.place() == (2, "工业销售产值")
    window.session.settings.put("table/enter", "down")
    economy.press(Key.Key_Return)
    assert economy.place() == (3, "工业销售产值")


def test_a_column_is_keyed_on_the_numeric_pad_alone(economy):
    economy.at(0, "利润总额")
    for typed in ("12.5", "-3.25", "0"):
        for letter in typed:
            key = {".": Key.Key_Period, "-": Key.Key_Minus}.get(letter) or Key(Key.Key_0 + int(letter))
            QTest.keyClick(economy.focus(), key, Pad)
        QTest.keyClick(economy.focus(), Key.Key_Enter, Pad)
    assert figures(economy, "利润总额", range(3)) == ["12.50", "-3.25", "0.00"]
    assert economy.place() == (3, "利润总额")
    for key in (Key.Key_Plus, Key.Key_7, Key.Key_Enter):
        QTest.keyClick(economy.focus(), key, Pad)
    assert economy.text(3, "利润总额") == "7.00"


def test_f2_goes_on_at_the_end_and_arrows_move_in_the_text(roster):
    roster.at(0, "单位详细名称").press(Key.Key_F2).type("甲").press(Key.Key_Left, times=2).type("乙")
    roster.press(Key.Key_Return)
    assert roster.text(0, "单位详细名称") == "赣州岚阳微电子有限公乙司甲"


def test_ctrl_r_fills_to_the_right_as_one_step(economy, data):
    before = len(done(data))
    economy.at(0, "工业总产值").press(Key.Key_Down, Shift).press(Key.Key_Right, Shift, times=2).press(Key.Key_R, Ctrl)
    assert figures(economy, "营业收入", range(2)) == ["88,105.20", "62,780.00"]
    assert figures(economy, "工业销售产值", range(3)) == ["88,105.20", "62,780.00", "55,187.22"]
    assert (len(done(data)), done(data)[0].title) == (before + 1, "向右填充 4 格")
    economy.press(Key.Key_Z, Ctrl)
    assert figures(economy, "营业收入", range(2)) == ["86,420.00", "61,204.75"]


def corner(hands):
    return hands.grid.handle.rect().center()


def dragged(hands, to, *, steps=4):
    view, begin = hands.grid.viewport(), corner(hands)
    QTest.mousePress(view, Left, pos=begin)
    for step in range(1, steps + 1):
        QTest.mouseMove(view, begin + (to - begin) * step / steps)
    QTest.mouseRelease(view, Left, pos=to)


def test_the_corner_is_dragged_down_and_fills_as_one_step(economy, data, window):
    before = len(done(data))
    economy.at(0, "利润总额").press(Key.Key_Down, Shift)
    target = economy.grid.visualRect(economy.model.index(6, economy.column("利润总额"))).center()
    dragged(economy, target)
    one, two = "6,318.40", "3,120.00"
    assert figures(economy, "利润总额", range(8)) == [one, two, one, two, one, two, one, "1,862.35"]
    assert (len(done(data)), done(data)[0].title) == (before + 1, "拖动填充 5 格")
    assert window.status.selected.text().startswith("选中 7 格")
    economy.press(Key.Key_Z, Ctrl)
    assert economy.text(6, "利润总额") == "1,433.09"


def test_the_corner_is_dragged_to_the_right(economy):
    economy.at(3, "工业总产值")
    dragged(economy, economy.grid.visualRect(economy.model.index(3, economy.column("营业收入"))).center())
    assert [economy.text(3, name) for name in ("工业销售产值", "营业收入")] == ["5,120.00"] * 2


def test_dragging_back_or_escape_fills_nothing(economy, data):
    before = len(done(data))
    economy.at(5, "利润总额")
    dragged(economy, economy.grid.visualRect(economy.model.index(2, economy.column("利润总额"))).center())
    view = economy.grid.viewport()
    QTest.mousePress(view, Left, pos=corner(economy))
    QTest.mouseMove(view, corner(economy) + QPoint(0, 90))
    economy.press(Key.Key_Escape)
    QTest.mouseRelease(view, Left, pos=corner(economy))
    assert len(done(data)) == before
    assert economy.place() == (5, "利润总额")


def test_there_is_no_corner_where_nothing_can_be_typed(economy):
    economy.at(0, "单位详细名称")
    assert economy.grid.handle.rect().isEmpty()
    economy.at(0, "营业收入")
    assert not economy.grid.handle.rect().isEmpty()


@pytest.mark.parametrize("typed", ["—", "无", "不适用", "/"])
def test_not_filled_zero_and_not_applicable_are_three_things(economy, typed):
    for row, text in enumerate(("0", typed)):
        economy.at(row, "利润总额").type(text).press(Key.Key_Return)
    economy.at(2, "利润总额").press(Key.Key_Delete)
    cells = [economy.model.cell(economy.model.index(row, economy.column("利润总额"))) for row in range(3)]
    assert [cell.text for cell in cells] == ["0.00", "—", ""]
    assert [cell.ink for cell in cells] == ["text", "secondary", "text"]
    assert (cells[1].corner, cells[1].fill) == ("", "")
    assert cells[1].tip.startswith("不适用")
    assert economy.model.line(1).values["ent_period", "profit", False] == Raw("—")
    economy.at(1, "利润总额")
    assert economy.page.form.fault.isHidden()
    economy.press(Key.Key_F2).press(Key.Key_Return)
    assert economy.text(1, "利润总额") == "—"


@pytest.mark.parametrize("how", ["typed", "pasted"])
@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("20231105", "2023-11-05"),
        ("2023.11", "2023-11"),
        ("2023年11月", "2023-11"),
        ("2023-11-5", "2023-11-05"),
        ("11-5", "2025-11-05"),
        ("11月5日", "2025-11-05"),
        ("3.8", "2025-03-08"),
        ("13-5", "13-5"),
    ],
)
def test_dates_in_the_table_and_pasted(roster, how, text, shown):
    roster.at(0, "成立时间")
    if how == "typed":
        roster.type(text).press(Key.Key_Return)
        assert roster.text(0, "成立时间") == shown
    else:
        QGuiApplication.clipboard().setText(f"{text}\r\n{text}")
        roster.press(Key.Key_V, Ctrl)
        assert figures(roster, "成立时间", range(2)) == [shown] * 2


def test_a_date_is_emptied_and_typed_in_the_form(roster):
    roster.at(0, "成立时间")
    form = roster.page.form.grid
    form.setFocus()
    roster.press(Key.Key_Delete)
    assert roster.text(0, "成立时间") == ""
    roster.type("5-6").press(Key.Key_Return)
    assert roster.text(0, "成立时间") == "2025-05-06"


def test_rows_deleted_are_told_and_come_back_with_one_undo(roster, window, data):
    names = figures(roster, "单位详细名称", range(20))
    roster.at(2, "单位详细名称").press(Key.Key_Down, Shift).press(Key.Key_Minus, Ctrl)
    assert roster.model.known == 18
    assert window.status.said.text() == "删除了 2 行（Ctrl+Z 撤销；以后在“数据”的回收站里也找得回）"
    roster.press(Key.Key_Z, Ctrl)
    assert sorted(figures(roster, "单位详细名称", range(20))) == sorted(names)


def test_undo_and_redo_know_no_limit(economy):
    for number in range(1, 31):
        economy.at(0, "利润总额").type(str(number)).press(Key.Key_Return)
    economy.press(Key.Key_Z, Ctrl, times=30)
    assert economy.text(0, "利润总额") == "6,318.40"
    economy.press(Key.Key_Y, Ctrl, times=30)
    assert economy.text(0, "利润总额") == "30.00"


def test_escape_leaves_every_kind_of_cell(roster):
    roster.page.model.rearrange("全部")
    for place in range(len(roster.model.columns)):
        roster.grid.go(1, place)
        roster.grid.setFocus()
        before = roster.model.index(1, place).data()
        roster.press(Key.Key_F2).type("x").press(Key.Key_Escape)
        if roster.grid.typing:  # the first one closes the list of choices
            roster.press(Key.Key_Escape)
        assert not roster.grid.typing
        assert QApplication.focusWidget() is roster.grid
        assert roster.model.index(1, place).data() == before
