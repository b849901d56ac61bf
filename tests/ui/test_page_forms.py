"""发空表, 导出审核单, 给企业发红格表, and a folder of what comes back: by the page's own buttons and keys."""

from __future__ import annotations

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel

from models.forms import CHECK, WAITING
from models.store.history import done
from tests.ui.desk import texts

Key, Ctrl = Qt.Key, Qt.KeyboardModifier.ControlModifier


def said(widget):
    return [each.text() for each in widget.outcome.notice.findChildren(QLabel)]


def column(sheet, heading):
    return next(cell.column for cell in sheet[2] if cell.value == heading)


def counts(page):
    return {kind: int(card.number.text()) for kind, card in page.preview.counts.items()}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The folder that every folder dialog answers with."""
    made = tmp_path / "往来"
    made.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(made))
    return made


@pytest.fixture
def red(desk, folder):
    """The red copies of the audit, written by the page's button."""
    page = desk.turn("audit")
    desk.click(page.sending.red)
    return page


def of(folder, name):
    return next(folder.glob(f"{name}*"))


def put_right(path, ledger, changes):
    book = openpyxl.load_workbook(path)
    sheet = book[ledger]
    for heading, value in changes.items():
        cell = sheet.cell(3, column(sheet, heading))
        cell.value = value(cell.value) if callable(value) else value
    book.save(path)


def test_red_copies_go_out_come_back_in_a_folder_and_the_findings_are_gone(desk, folder, red):
    assert said(red.sending)[:2] == [
        "红格表已写好",
        "7 家企业各一个文件，红格 16 处。发给企业，改好发回来，在“导入”页收回。另有 1 处不归哪家企业（开发区的表、个人的记录），在这里改。",
    ]
    assert len(list(folder.iterdir())) == 7
    before = desk.findings()
    put_right(of(folder, "赣州峤澍微电子"), "经济数据", {"利润总额(万元)": lambda value: float(value) - 90})
    put_right(of(folder, "赣州榕翎尔"), "企业", {"首次入规年月": "2021-05"})
    put_right(of(folder, "赣州岚暄"), "台资企业", {"第三地名称": "香港", "第三地注册地": "香港"})
    (folder / "通知.docx").write_bytes(b"x")
    page = desk.turn("importing")
    desk.click_text("收回文件夹…")
    assert counts(page) == {"新增": 0, "更新": 3, "相同": 7, "冲突": 0, "退回": 0}
    files = texts(page.files.list)
    assert files[0][:2] == ["通知.docx", "未导入"]
    assert [row[1] for row in files[1:]] == ["读好"] * 7
    changed = [row for row in texts(page.preview.list) if row[0] == "更新"]
    assert any("利润总额（经济数据）" in row[2] and "赣州峤澍微电子" in row[5] for row in changed)
    assert page.write.text() == "导入 3 行（可一步撤销）"
    page.write.setFocus()
    desk.press(Key.Key_Space)
    assert said(page)[0] == "已导入“7 个文件”"
    assert done(desk.file)[0].title == "导入 7 个文件"
    desk.turn("audit")
    after = desk.findings()
    assert {rule for rule, _ in before} - {rule for rule, _ in after} == {"P002", "E013", "W003"}
    assert len(after) == len(before) - 3
    desk.press(Key.Key_Z, Ctrl)
    assert desk.findings() == before


def test_several_files_dropped_on_the_window_come_back_together(desk, folder, red):
    paths = sorted(folder.iterdir())[:3]
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    held = (Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(desk.window, QDragEnterEvent(QPoint(300, 300), *held))
    QApplication.sendEvent(desk.window, QDropEvent(QPointF(300, 300), *held))
    desk.settle()
    page = desk.window.current
    assert page.header.title.text() == "导入 · 3 个文件"
    assert len(texts(page.files.list)) == 3
    assert not page.columns.isVisible()


def test_a_folder_with_nothing_of_ours_says_what_to_do(desk, folder):
    (folder / "别的.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    page = desk.turn("importing")
    desk.click_text("收回文件夹…")
    assert said(page)[0] == "没有导入"
    assert "不是本程序发出的表" in said(page)[1]
    assert page.stack.currentIndex() == 0


def test_an_ordinary_file_after_a_folder_is_matched_as_before(desk, folder, red, tmp_path):
    page = desk.turn("importing")
    desk.click_text("收回文件夹…")
    plain = tmp_path / "名录.csv"
    plain.write_text("企业名称,法人\n赣州峤澍微电子有限公司,王某某\n", encoding="utf-8")
    desk.session.go("importing", path=str(plain), ledger="enterprise")
    desk.settle()
    assert page.columns.isVisible()
    assert not page.files.isVisible()
    assert counts(page)["更新"] == 1


def test_the_audit_is_saved_as_a_sheet(desk, tmp_path, monkeypatch):
    target = tmp_path / "审核单.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    page = desk.turn("audit")
    desk.click(page.sending.sheet)
    assert said(page.sending)[0] == "审核单已存好"
    book = openpyxl.load_workbook(target)
    assert book.sheetnames == ["审核单", "未能审核", "规则与阈值"]
    sheet = book["审核单"]
    assert sheet["A3"].value == desk.auditor.report.verdict
    codes = [row[2].value for row in sheet.iter_rows(min_row=5)]
    assert sorted(codes) == sorted(each.rule.id for each in desk.auditor.report.findings)
    assert book["未能审核"]["A3"].value.startswith(f"共 {sum(desk.auditor.report.unknown.values()):,} 处")


def test_a_place_that_cannot_be_written_is_one_sentence(desk, tmp_path, monkeypatch):
    (tmp_path / "档").write_text("x", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "档" / "审核单.xlsx"), ""))
    page = desk.turn("audit")
    desk.click(page.sending.sheet)
    assert said(page.sending) == ["没有写成", "“档”不是文件夹，请换一个地方"]


def test_a_blank_form_is_asked_for_on_the_ledger_s_page(desk, tmp_path, monkeypatch):
    target = tmp_path / "空表.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    page = desk.turn("ent_period")
    desk.click_text("发空表…")
    strip = page.strips.form
    assert strip.isVisible()
    strip.before.setFocus()
    desk.press(Key.Key_Space)
    assert strip.before.isChecked()
    strip.button.setFocus()
    desk.press(Key.Key_Space)
    assert said(strip.sending)[0] == "空表已写好"
    sheet = openpyxl.load_workbook(target)["经济数据"]
    assert sheet.max_row >= 26
    desk.press(Key.Key_Escape)
    assert not strip.isVisible()


def test_a_blank_form_for_each_enterprise(desk, folder):
    page = desk.turn("ent_period")
    desk.click_text("发空表…")
    strip = page.strips.form
    strip.each.setFocus()
    desk.press(Key.Key_Space)
    desk.click(strip.button)
    assert len(list(folder.iterdir())) == 24
    sheet = openpyxl.load_workbook(of(folder, "赣州峤澍微电子"))["经济数据"]
    assert sheet.max_row == 3
    assert WAITING not in [cell.value for cell in sheet[3]]
    assert CHECK not in [cell.value for cell in sheet[2]]
