"""Blocks of cells: copying, pasting, clearing and filling as one step each, undone by one Ctrl+Z."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication

from models.store.history import done
from ui.table.clipboard import from_clipboard, from_text, to_text

Key, Ctrl, Shift = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def clipboard(qapp):
    board = QGuiApplication.clipboard()
    board.clear()
    return board


def figures(hands, label, rows):
    return [hands.text(row, label) for row in rows]


def test_a_block_is_copied_as_excel_writes_it_with_all_decimals(economy, clipboard):
    economy.at(0, "营业收入").type("1.2345").press(Key.Key_Return)
    economy.at(0, "工业销售产值").press(Key.Key_Right, Shift).press(Key.Key_Down, Shift).press(Key.Key_C, Ctrl)
    assert clipboard.text() == "86959.8324\t1.2345\r\n61963.86\t61204.75"


def test_a_pasted_block_is_one_step_and_one_undo(economy, clipboard, data, window):
    before = figures(economy, "营业收入", range(4))
    clipboard.setText("1\t10\r\n2\t20\r\n3\t约30\r\n")
    economy.at(1, "工业销售产值").press(Key.Key_V, Ctrl)
    assert figures(economy, "工业销售产值", range(1, 4)) == ["1.00", "2.00", "3.00"]
    assert figures(economy, "营业收入", range(1, 4)) == ["10.00", "20.00", "约30"]
    assert [step.kind for step in done(data)[:2]] == ["粘贴", "导入"]
    economy.press(Key.Key_Z, Ctrl)
    assert figures(economy, "营业收入", range(4)) == before
    economy.press(Key.Key_Y, Ctrl)
    assert economy.text(1, "营业收入") == "10.00"


def test_pasting_below_the_last_record_makes_new_ones_and_says_how_many(roster, clipboard, qtbot, data):
    count = roster.model.known
    clipboard.setText("赣州甲有限公司\r\n赣州乙有限公司\r\n赣州丙有限公司")
    roster.at(count - 1, "单位详细名称")
    with qtbot.waitSignal(roster.page.session.said) as said:
        roster.press(Key.Key_V, Ctrl)
    assert said.args[0] == "粘贴了 3 行 × 1 列，其中新增 2 行（Ctrl+Z 一步撤销）"
    assert figures(roster, "单位详细名称", range(count - 1, count + 2)) == [
        "赣州甲有限公司",
        "赣州乙有限公司",
        "赣州丙有限公司",
    ]
    roster.press(Key.Key_Z, Ctrl)
    assert roster.model.known == count


def test_new_records_are_pasted_with_their_year(roster, clipboard, data):
    count = roster.model.known
    roster.model.rearrange("全部")
    first, last = roster.column("单位详细名称"), roster.column("是否规上")
    roster.model.columns[first + 1 : last] = []  # so that the two stand side by side
    clipboard.setText("赣州甲有限公司\t是\r\n赣州乙有限公司\t不知道\r\n赣州丙有限公司\t")
    roster.at(count, "单位详细名称").press(Key.Key_V, Ctrl)
    assert figures(roster, "单位详细名称", range(count, count + 3)) == [
        "赣州甲有限公司",
        "赣州乙有限公司",
        "赣州丙有限公司",
    ]
    assert figures(roster, "是否规上", range(count, count + 3)) == ["是", "不知道", ""]
    lines = [roster.model.line(row) for row in range(count, count + 3)]
    assert [("enterprise_year", False) in line.rows for line in lines] == [True, True, False]
    roster.press(Key.Key_Z, Ctrl)
    assert roster.model.known == count


def test_pasting_past_the_roster_says_what_was_left(economy, clipboard, qtbot):
    clipboard.setText("\r\n".join(map(str, range(5))))
    economy.at(18, "营业收入")
    with qtbot.waitSignal(economy.page.session.said) as said:
        economy.press(Key.Key_V, Ctrl)
    assert said.args == ["粘贴了 2 行 × 1 列；剪贴板里还有 3 行超出名录，没有粘贴（Ctrl+Z 一步撤销）", "error"]


def test_one_value_fills_the_selection(economy, clipboard):
    clipboard.setText("5")
    economy.at(2, "营业收入").press(Key.Key_Down, Shift, times=3).press(Key.Key_V, Ctrl)
    assert figures(economy, "营业收入", range(2, 6)) == ["5.00"] * 4


def test_delete_clears_cells_and_keeps_rows(economy):
    economy.at(0, "工业销售产值").press(Key.Key_Right, Shift).press(Key.Key_Down, Shift).press(Key.Key_Delete)
    assert figures(economy, "营业收入", range(3)) == ["", "", "54,880.32"]
    assert economy.model.known == 20


def test_ctrl_enter_types_into_every_selected_cell(economy, data):
    before = len(done(data))
    economy.at(2, "利润总额").press(Key.Key_Down, Shift, times=2).type("8").press(Key.Key_Return, Ctrl)
    assert figures(economy, "利润总额", range(2, 5)) == ["8.00"] * 3
    assert len(done(data)) == before + 1


def test_ctrl_d_fills_down_and_ctrl_apostrophe_copies_the_cell_above(economy):
    economy.at(0, "利润总额").press(Key.Key_Down, Shift, times=2).press(Key.Key_D, Ctrl)
    assert figures(economy, "利润总额", range(3)) == ["6,318.40"] * 3
    economy.at(4, "利润总额").press(Key.Key_Apostrophe, Ctrl)
    assert economy.text(4, "利润总额") == economy.text(3, "利润总额") == "402.15"


def test_cells_that_are_not_touched_stay_as_they_are(economy, clipboard, qtbot):
    lines = {row: dict(economy.model.line(row).values) for row in range(20)}
    clipboard.setText("1\t2\r\n3\t4")
    with qtbot.waitSignal(economy.page.session.said) as said:
        economy.at(5, "营业收入").press(Key.Key_V, Ctrl)
    assert said.args[0] == "粘贴了 2 行 × 1 列；有 1 列不能在这里改或已到最后一列，没有粘贴（Ctrl+Z 一步撤销）"
    touched = {
        (row, key[1])
        for row in range(20)
        for key, value in economy.model.line(row).values.items()
        if lines[row][key] != value
    }
    assert touched == {(5, "rev"), (6, "rev")}  # last year's column beside it cannot be pasted into


@pytest.mark.parametrize(
    "text",
    ["a", "a\tb\r\nc\td", 'x\t"两\n行"\r\ny\tz', '5"屏\t12', '"他说""好"""\t2', "\t\r\n\t", ""],
)
def test_text_goes_to_cells_and_back(text):
    cells = from_text(text)
    assert from_text(to_text(cells)) == cells


def test_excel_s_quoting_is_understood():
    assert from_text('a\t"两\r\n行 ""x"""\r\n5"屏\t') == [["a", '两\n行 "x"'], ['5"屏', ""]]


@pytest.mark.parametrize(
    "text", ["a\r\n\r\nb", "a\rb\tc", "a\n\rb", "a\r\n", "\n", "a\n\n", "\t", "甲\u2028乙\tx\x0by"]
)
def test_lines_end_alike_with_quotes_and_without(text):
    quoted = from_text(f'"q"\r\n{text}')
    assert [["q"], *from_text(text)] == quoted


def test_a_line_shorter_than_others_leaves_what_is_beyond_its_end(economy, clipboard):
    before = figures(economy, "营业收入", range(4))
    clipboard.setText("1\t10\r\n2\r\n3\t30")
    economy.at(1, "工业销售产值").press(Key.Key_V, Ctrl)
    assert figures(economy, "工业销售产值", range(1, 4)) == ["1.00", "2.00", "3.00"]
    assert figures(economy, "营业收入", range(4)) == [before[0], "10.00", before[2], "30.00"]


def test_plain_text_comes_before_html_and_html_serves_alone():
    both = QMimeData()
    both.setText("1\t2")
    both.setHtml("<table><tr><td>9</td></tr></table>")
    assert from_clipboard(both) == [["1", "2"]]
    alone = QMimeData()
    alone.setHtml("<table><tr><td>甲\n  乙</td><td>1&nbsp;</td></tr><tr><th>丙</th></tr></table>")
    assert from_clipboard(alone) == [["甲 乙", "1"], ["丙"]]
