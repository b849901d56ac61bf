"""Cells filled in by hand on the form: typed by key, mouse and input method, kept through the one door, drawn anew."""

from __future__ import annotations

import io
import shutil
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from models.packs import pack as packs
from models.periods import Period
from models.store.batches import batch
from models.store.entries import entries, put_entry
from models.store.file import DataFile
from models.store.past import done
from tests import handpack
from tests.ui.desk import Desk
from tests.ui.sample import NOW
from tests.ui.words import commit, compose
from ui.app import make_window

Key, Ctrl, Alt, Shift = (
    Qt.Key,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
YEAR = Period(2025)


@pytest.fixture
def only_pack(demo, monkeypatch, tmp_path):
    yield handpack.only(monkeypatch, tmp_path / "packs")
    packs.forget_packs()


@pytest.fixture
def page(only_pack, desk):
    return desk.turn("returns")


def click(desk, page, address):
    at = page.paper.cell_rect(address).center().toPoint()
    desk.qtbot.mouseClick(page.paper.viewport(), Qt.MouseButton.LeftButton, pos=at)
    desk.settle()


def double(desk, page, address):
    at = page.paper.cell_rect(address).center().toPoint()
    desk.qtbot.mouseClick(page.paper.viewport(), Qt.MouseButton.LeftButton, pos=at)
    desk.qtbot.mouseDClick(page.paper.viewport(), Qt.MouseButton.LeftButton, pos=at)


def shown(page, address):
    return next(c.text for p in page.paper.sheet.pages for c in p.cells if c.address == address)


def kept(desk, period=YEAR):
    with desk.file.reading() as connection:
        found = entries(connection, desk.session.zone, handpack.ID, period)
    return {each.item: each.value for each in found.values()}


def colour(page, address):
    """The ground of a cell on the screen, near its upper left corner."""
    rect = page.paper.cell_rect(address).toRect()
    picture = page.paper.viewport().grab()
    dots = picture.devicePixelRatio()
    return picture.toImage().pixelColor(int((rect.left() + 4) * dots), int((rect.top() + 4) * dots)).name()


def key_last_year(desk, **texts):
    with batch(desk.file, desk.session.zone, "录入", "上年") as work:
        for item, text in texts.items():
            put_entry(work, handpack.ID, YEAR.back(), item, text)
    desk.session.note_written()
    desk.settle()


def test_cells_to_fill_in_are_yellow_and_say_so(desk, page):
    assert sorted(page.paper.hands) == ["A10", "A11", "B5", "B6", "B8", "C8"]
    assert colour(page, "B6") == colour(page, "A10") == "#fff8dc"
    assert colour(page, "B4") == colour(page, "C6") == "#ffffff"
    click(desk, page, "B6")
    assert page.panel.cell.name.text() == "绿色通道件数"
    assert page.panel.cell.texts["公式"].text().startswith("在表上直接填写")
    click(desk, page, "C6")
    assert page.panel.cell.name.text() == "绿色通道件数 · 上年"


def test_typing_in_a_chosen_cell_opens_it_and_enter_keeps_it(desk, page):
    click(desk, page, "B6")
    desk.type("１，２")
    assert page.paper.editor.toPlainText() == "１，２"
    desk.type("３４.５")
    assert kept(desk) == {}
    desk.press(Key.Key_Return)
    assert page.paper.editor is None
    assert kept(desk) == {"绿色通道件数": Decimal("1234.5")}
    assert (shown(page, "B6"), shown(page, "B7"), shown(page, "A11")) == ("1234.5", "1234.5", "其中绿色通道 1234.5 件")
    book = openpyxl.load_workbook(io.BytesIO(page.drawing.content), data_only=True)
    assert book["表样-6"]["B6"].value == book["表样-8"]["A2"].value == 1234.5
    assert page.paper.cell == "B8", "Enter goes to the next one below in the column"


def test_arrow_keys_come_to_a_cell_and_typing_opens_it(desk, page):
    click(desk, page, "B4")
    desk.type("7")
    assert page.paper.editor is None, "a figure that is worked out is not typed over"
    desk.press(Key.Key_Down)
    assert page.paper.cell == "B5"
    desk.type("7")
    desk.press(Key.Key_Return)
    assert kept(desk) == {"融资服务(万元)": 7}
    assert page.paper.cell == "B6"


def test_escape_gives_up(desk, page):
    click(desk, page, "B6")
    desk.type("99")
    desk.press(Key.Key_Escape)
    assert (page.paper.editor, kept(desk), shown(page, "B6"), page.paper.cell) == (None, {}, "", "B6")
    assert QApplication.focusWidget() is page.paper


def test_several_lines_with_alt_and_enter_and_f2_goes_on(desk, page):
    click(desk, page, "B8")
    desk.type("一是专班推进；")
    desk.press(Key.Key_Return, Alt)
    desk.type("二是定期调度。")
    desk.press(Key.Key_Return)
    assert kept(desk) == {"规划布局 举措": "一是专班推进；\n二是定期调度。"}
    click(desk, page, "B8")
    desk.press(Key.Key_F2)
    assert page.paper.editor.toPlainText() == "一是专班推进；\n二是定期调度。"
    desk.type("三是督查。")
    desk.press(Key.Key_Enter)
    assert kept(desk)["规划布局 举措"].endswith("二是定期调度。三是督查。")
    rows = [c for p in page.paper.sheet.pages for c in p.cells if c.address == "B8"]
    assert rows[0].height > 28, "the row of 20 points grows with what is written"


def test_a_double_click_opens_with_what_is_there(desk, page):
    click(desk, page, "B6")
    desk.type("12.50")
    desk.press(Key.Key_Return)
    double(desk, page, "B6")
    assert page.paper.editor.toPlainText() == "12.5"
    desk.press(Key.Key_Return)
    assert done(desk.file)[0].title == f"填 {handpack.ID} 绿色通道件数"
    assert len([each for each in done(desk.file) if each.title.startswith("填 ")]) == 1, (
        "nothing changed, nothing written"
    )


def test_a_cell_that_was_blank_and_without_lines_can_be_filled_in(desk, page):
    double(desk, page, "A10")
    desk.type("有字")
    desk.press(Key.Key_Return)
    assert shown(page, "A10") == "有字"


def test_tab_goes_through_the_cells_to_fill_in(desk, page):
    click(desk, page, "A1")
    desk.press(Key.Key_Tab)
    assert page.paper.cell == "B5"
    desk.type("1")
    desk.press(Key.Key_Tab)
    desk.type("2")
    desk.press(Key.Key_Tab)
    desk.type("三")
    desk.press(Key.Key_Backtab, Shift)
    assert kept(desk) == {"融资服务(万元)": 1, "绿色通道件数": 2, "规划布局 举措": "三"}
    assert page.paper.cell == "B6"
    desk.press(Key.Key_Backtab, Shift)
    assert page.paper.cell == "B5"
    desk.press(Key.Key_Backtab, Shift)
    assert not page.paper.hasFocus(), "before the first one the focus goes on"


def test_clicking_elsewhere_keeps_what_was_typed(desk, page):
    click(desk, page, "B6")
    desk.type("5")
    click(desk, page, "A4")
    assert (page.paper.editor, page.paper.cell, kept(desk)) == (None, "A4", {"绿色通道件数": 5})
    click(desk, page, "B6")
    desk.type("6")
    desk.click_text("表样-8 任务落实")
    assert kept(desk) == {"绿色通道件数": 6}
    assert page.paper.sheet.name == "表样-8"
    assert shown(page, "A2") == "6"


def test_delete_empties_a_cell_and_undo_brings_it_back(desk, page):
    click(desk, page, "B6")
    desk.type("5")
    desk.press(Key.Key_Return)
    click(desk, page, "B6")
    desk.press(Key.Key_Delete)
    assert (kept(desk), shown(page, "B6")) == ({}, "")
    desk.press(Key.Key_Z, Ctrl)
    assert (kept(desk), shown(page, "B6")) == ({"绿色通道件数": 5}, "5")
    desk.press(Key.Key_Z, Ctrl)
    assert (kept(desk), shown(page, "B6")) == ({}, "")
    desk.press(Key.Key_Y, Ctrl)
    assert shown(page, "B6") == "5"


def test_pasting_into_a_chosen_cell(desk, page):
    QApplication.clipboard().setText("招商局、经发局")
    click(desk, page, "C8")
    desk.press(Key.Key_V, Ctrl)
    desk.press(Key.Key_Return)
    assert kept(desk) == {"规划布局 责任单位": "招商局、经发局"}


def test_the_first_word_of_an_input_method_is_not_lost(desk, page):
    click(desk, page, "B8")
    paper = page.paper
    assert paper.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    paper.setFocus()
    QApplication.sendEvent(paper, QInputMethodEvent("gui", []))
    assert paper.editor is not None
    QApplication.sendEvent(paper, QInputMethodEvent("gui hua", []))
    assert QApplication.focusWidget() is paper, "moving the focus would break the word off"
    word = QInputMethodEvent("", [])
    word.setCommitString("规划")
    QApplication.sendEvent(paper, word)
    assert QApplication.focusWidget() is paper.editor
    more = QInputMethodEvent("", [])
    more.setCommitString("先行")
    QApplication.sendEvent(paper.editor, more)
    desk.press(Key.Key_Return)
    assert kept(desk) == {"规划布局 举措": "规划先行"}
    click(desk, page, "B4")
    assert not paper.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_a_word_begun_and_given_up_changes_nothing(desk, page):
    click(desk, page, "B8")
    QApplication.sendEvent(page.paper, QInputMethodEvent("gui", []))
    QApplication.sendEvent(page.paper, QInputMethodEvent("", []))
    assert page.paper.editor is None
    assert kept(desk) == {}


def test_keys_while_composing_are_the_input_method_s_and_its_list_is_at_the_cell(desk, page):
    paper = page.paper
    click(desk, page, "B8")
    cell = paper.cell_rect("B8").toAlignedRect().translated(paper.viewport().pos())
    cursor = Qt.InputMethodQuery.ImCursorRectangle
    assert cell.contains(paper.inputMethodQuery(cursor).center())
    paper.setFocus()
    compose("g", "gui")
    assert (
        paper.editor.geometry()
        .translated(paper.viewport().pos())
        .contains(paper.inputMethodQuery(cursor).center().toPoint())
    )
    for key in (Key.Key_Return, Key.Key_Escape, Key.Key_Tab, Key.Key_Down):
        desk.press(key)
    assert paper.cell == "B8"
    commit("规划")
    compose("x", "xian")
    for key in (Key.Key_Return, Key.Key_Escape, Key.Key_Tab):
        desk.press(key)
    assert QApplication.focusWidget() is paper.editor
    commit("先行")
    desk.press(Key.Key_Return)
    assert kept(desk) == {"规划布局 举措": "规划先行"}


@pytest.mark.parametrize("opened", [False, True])
def test_clicking_elsewhere_while_composing_on_paper_keeps_what_was_typed(desk, page, opened):
    click(desk, page, "B8")
    page.paper.setFocus()
    if opened:
        desk.press(Key.Key_F2)
    compose("g", "gui")
    click(desk, page, "B4")
    assert kept(desk) == {"规划布局 举措": "gui"}


def test_a_text_that_is_too_long_stays_in_the_editor(desk, page):
    said = []
    desk.session.said.connect(lambda text, _: said.append(text))
    QApplication.clipboard().setText("长" * 2001)
    click(desk, page, "B8")
    desk.press(Key.Key_V, Ctrl)
    desk.press(Key.Key_Return)
    assert page.paper.editor is not None
    assert len(page.paper.editor.toPlainText()) == 2001
    assert kept(desk) == {}
    assert said == ["“规划布局 举措”没有存：有 2001 个字，最多 2000 个"]
    desk.press(Key.Key_Escape)
    click(desk, page, "B6")
    desk.type("3.14159")
    desk.press(Key.Key_Return)
    assert kept(desk) == {"绿色通道件数": "3.14159"}
    assert said[1] == "“绿色通道件数”“3.14159”的小数太长，这里只存到 0.0001；已按文字存"


def test_what_is_being_typed_stays_when_the_form_is_drawn_anew(desk, page):
    click(desk, page, "B5")
    desk.type("1")
    QTest.keyClick(
        QApplication.focusWidget(), Key.Key_Return
    )  # and on at once, while the form is filled in the background
    for letter in ("2", "3"):
        QTest.keyClick(QApplication.focusWidget(), letter)
    desk.settle()
    assert page.paper.editor is not None
    assert page.paper.editor.toPlainText() == "23"
    assert shown(page, "B5") == "1"
    desk.press(Key.Key_Return)
    assert kept(desk) == {"融资服务(万元)": 1, "绿色通道件数": 23}


def test_the_editor_stays_on_its_cell_when_the_paper_moves(desk, page):
    double(desk, page, "B8")
    desk.click_text("放大")
    desk.click_text("放大")
    double(desk, page, "B8")
    editor, rect = page.paper.editor, page.paper.cell_rect("B8").toAlignedRect()
    assert editor.geometry().topLeft() == rect.topLeft()
    bar = page.paper.horizontalScrollBar()
    bar.setValue(bar.value() + 40)
    moved = page.paper.cell_rect("B8").toAlignedRect()
    assert moved != rect
    assert editor.geometry().topLeft() == QPoint(max(0, moved.left()), max(0, moved.top()))
    desk.press(Key.Key_Escape)


def test_last_years_texts_are_a_start(desk, page):
    assert not page.carry.isVisible()
    key_last_year(desk, **{"规划布局 举措": "去年的举措", "规划布局 责任单位": "经发局", "绿色通道件数": "8"})
    assert shown(page, "C6") == "8"
    click(desk, page, "B8")
    desk.type("今年的举措")
    desk.press(Key.Key_Return)
    assert page.carry.text() == "带入上年手填（1 项）"
    desk.click(page.carry)
    assert kept(desk) == {"规划布局 举措": "今年的举措", "规划布局 责任单位": "经发局"}
    assert shown(page, "C8") == "经发局"
    assert not page.carry.isVisible()
    desk.press(Key.Key_Z, Ctrl)
    assert kept(desk) == {"规划布局 举措": "今年的举措"}
    assert page.carry.isVisible()


def test_a_file_opened_for_looking_is_not_typed_in(only_pack, demo, qtbot, look, tmp_path):
    path = Path(shutil.copy(demo, tmp_path / "看.db"))
    with DataFile(path, read_only=True) as file:
        made = make_window(file, look, period=NOW)
        qtbot.addWidget(made)
        with qtbot.waitActive(made):
            made.show()
            made.activateWindow()
        at = Desk(qtbot, made, file)
        page = at.turn("returns")
        double(at, page, "B6")
        at.type("5")
        assert page.paper.cell == "B6"
        assert page.paper.editor is None
        at.press(Key.Key_Delete)
        at.settle()
        assert kept(at) == {}
