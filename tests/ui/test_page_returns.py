"""报表: the form on the screen says what the workbook says, each cell tells where it comes from, the way to issuing is told."""

from __future__ import annotations

import io

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel

from exporters.seal import seal
from tests.ui.desk import texts
from ui.reporting import draft
from ui.widgets import Notice

Key = Qt.Key
SHEETS = ["表TW-1", "表TW-2", "表TW-3", "表TW-4", "表TW-5", "表TW-6", "表TW-7", "表TW-8", "表TW-8续"]


@pytest.fixture
def page(desk):
    return desk.turn("returns")


def click(desk, page, address):
    rect = page.paper.cell_rect(address)
    desk.qtbot.mouseClick(page.paper.viewport(), Qt.MouseButton.LeftButton, pos=rect.center().toPoint())


def said(page):
    """What the panel says of the last thing done."""
    (notice,) = [each for each in page.panel.outcome.findChildren(Notice) if not each.isHidden()]
    return [each.text() for each in notice.findChildren(QLabel)]


def test_every_cell_of_the_workbook_is_on_the_screen(page):
    book = openpyxl.load_workbook(io.BytesIO(page.drawing.content), data_only=True)
    assert [sheet.name for sheet in page.drawing.sheets] == SHEETS == book.sheetnames
    for sheet in page.drawing.sheets:
        shown = {cell.address for each in sheet.pages for cell in each.cells if cell.text}
        assert shown == {
            cell.coordinate for row in book[sheet.name].iter_rows() for cell in row if cell.value is not None
        }


def test_a_cell_tells_its_indicator_and_the_way_to_its_rows(desk, page):
    click(desk, page, "D19")
    cell = page.panel.cell
    assert (cell.name.text(), cell.figure.text(), cell.unit.text()) == ("台资工业总产值", "163,078.27", "万元")
    assert cell.texts["公式"].text().startswith("“经济数据”工业总产值之和")
    assert "取自台账" in cell.texts["上年"].text()
    desk.click(cell.go)
    assert desk.window.current.detail.name.text() == "台资工业总产值"


def test_arrows_go_from_cell_to_cell(desk, page):
    click(desk, page, "D19")
    page.paper.setFocus()
    desk.press(Key.Key_Right)
    assert page.panel.cell.name.text() == "台资工业总产值 · 上年"
    desk.press(Key.Key_Down)
    assert page.paper.cell == "E20"
    assert page.panel.cell.name.text() == "台资营业收入 · 上年"


def test_a_cell_of_a_list_goes_to_its_record(desk, page):
    page.tabs.choose(SHEETS.index("表TW-4"))
    click(desk, page, "B8")
    name = next(c.text for each in page.drawing.sheets[3].pages for c in each.cells if c.address == "B8")
    assert page.panel.cell.figure.text() == name
    desk.click(page.panel.cell.go)
    ledger, record, _ = desk.cell()
    assert (ledger, record) == ("capital_in", name)


def test_the_paper_grows_around_the_chosen_cell(desk, page):
    page.tabs.choose(1)
    click(desk, page, "C8")
    narrow = page.paper.cell_rect("C8").width()
    desk.click_text("放大")
    desk.click_text("放大")
    rect = page.paper.cell_rect("C8")
    # two steps of 1.3; the scroll bar that comes with the larger paper takes its width from the fitted scale
    assert rect.width() == pytest.approx(narrow * 1.3 * 1.3, rel=0.02)
    assert page.paper.viewport().rect().contains(rect.toRect())
    page.paper.setFocus()
    desk.press(Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert page.paper.cell_rect("C8").width() == pytest.approx(narrow, rel=0.02)


def test_words_printed_on_the_form_say_so(desk, page):
    click(desk, page, "A16")
    assert page.panel.cell.name.text() == "表上印好的字"


def test_issuing_waits_for_the_audit_and_says_why(desk, page):
    assert not page.issue.isEnabled()
    assert page.reason.text() == "还不能签发：强制 6 处要改，核实 4 处要说明"
    desk.click(page.to_audit)
    assert texts(desk.window.current.list)[0][1] == "P013"  # what clears away 强制 findings comes first


def test_a_draft_is_saved_and_marked(desk, page, monkeypatch, tmp_path):
    target = tmp_path / "草稿.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    desk.click(page.export)
    assert said(page)[0] == "草稿.xlsx"
    assert "草" in openpyxl.load_workbook(target)["表TW-1"].oddHeader.center.text


def test_a_place_that_cannot_be_written_is_asked_for_again(desk, page, monkeypatch, tmp_path):
    (tmp_path / "占用").write_text("", encoding="utf-8")
    places = [str(tmp_path / "占用" / "草稿.xlsx"), str(tmp_path / "草稿.xlsx")]
    asked = []
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda _, title, *__: (asked.append(title), (places.pop(0), ""))[1]
    )
    desk.click(page.export)
    assert (tmp_path / "草稿.xlsx").exists()
    assert len(asked) == 2


def test_an_issued_return_is_not_written_over(desk, page, monkeypatch, tmp_path):
    stamped = seal(draft(desk.file, page.drawing.asked).content, {}, {}).content
    (tmp_path / "上报.xlsx").write_bytes(stamped)
    places = [str(tmp_path / "上报.xlsx"), str(tmp_path / "草稿.xlsx")]
    asked = []
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda _, title, *__: (asked.append(title), (places.pop(0), ""))[1]
    )
    desk.click(page.export)
    assert asked[1] == "“上报.xlsx”是签发过的报表，不覆盖，请换一个名字"
    assert (tmp_path / "上报.xlsx").read_bytes() == stamped
    assert (tmp_path / "草稿.xlsx").exists()


def test_a_file_without_a_seal_is_not_verified(desk, page, monkeypatch, tmp_path):
    target = tmp_path / "旁的.xlsx"
    openpyxl.Workbook().save(target)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(target), ""))
    desk.click_text("核验文件…")
    assert "没有封签" in "".join(said(page))
