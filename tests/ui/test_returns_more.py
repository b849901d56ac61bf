"""报表: the narrative on the screen, versions compared, their states, what is told of an older version."""

from __future__ import annotations

import re

import docx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton

from models.ledgers.economy import ECONOMY
from models.store.versions import versions
from tests.demo_figures import taiwan_rows
from tests.independent import pdfpages
from tests.ui.desk import texts
from tests.ui.issued import issue_as_is
from ui.printing.output import write_pdf

Key, Ctrl = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(desk):
    return desk.turn("returns")


def tab(desk, page, text):
    (button,) = [each for each in page.tabs._buttons if each.text() == text]
    desk.click(button)


def links(page, text):
    return [each for each in page.panel.versions.findChildren(QPushButton) if each.text() == text and each.isVisible()]


def inked(text):
    return "".join(text.split())


def test_the_narrative_is_read_as_it_is_in_word_and_goes_there(desk, page, monkeypatch, tmp_path):
    tab(desk, page, "文字报告")
    view = page.text
    assert view.state.text() == "草稿"
    assert "黄底的 21 处请在 Word 里写" in view.says.text()
    target = tmp_path / "报告.docx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    desk.click(view.export)
    word = docx.Document(target)
    wanted = [inked(each.text) for each in word.paragraphs]
    wanted += [inked(cell.text) for table in word.tables for row in table.rows for cell in row.cells]
    # what is on the paper, printed and read again, is what is in Word: every paragraph, every cell
    write_pdf(view.papers(), tmp_path / "报告.pdf")
    found = pdfpages.read((tmp_path / "报告.pdf").read_bytes())
    top, foot = view.report.margin[1], 842 - view.report.margin[3]  # between header and footer
    said = inked("".join(run.text for each in found for run in each.texts if not run.turned and top < run.y < foot))
    assert [text for text in wanted if text and text not in said] == []
    assert sum(map(len, said)) == pytest.approx(
        sum(map(len, wanted)), rel=0.05
    )  # heads of tables come again on other pages
    assert {(round(each.width), round(each.height)) for each in found} == {(595, 842)}
    # what she writes in Word is seen as hers, kept when exported again, and gone from what is still to be written
    place = next(each for each in word.paragraphs if each.text.startswith("〔请写"))
    place.text = "今年园区克服了不利因素。"
    word.save(target)
    tab(desk, page, page.tabs._buttons[0].text())
    tab(desk, page, "文字报告")
    assert view.own.text() == "您在 Word 里写的 1 段"
    assert "黄底的 20 处" in view.says.text()
    assert [block.text for block in view.report.blocks if block.kind == "own"] == ["今年园区克服了不利因素。"]
    grounds = [each.blockFormat().background().color().name() for each in _blocks(view.view.papers.document)]
    assert grounds.count("#e3eefb") == 1
    assert "#e3eefb" not in [each.blockFormat().background().color().name() for each in _blocks(view.papers().document)]
    desk.click(view.export)
    assert "今年园区克服了不利因素。" in [each.text for each in docx.Document(target).paragraphs]
    desk.press(Key.Key_P, Ctrl)
    assert page.preview.isVisible()
    assert page.preview.papers.name.endswith("_文字报告")
    desk.press(Key.Key_Escape)


def _blocks(document):
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def test_a_version_is_compared_with_the_ledgers_of_now_cell_by_cell(desk, page):
    issue_as_is(desk.file, page.drawing.asked)
    desk.session.note_written()
    desk.settle()
    assert page.compare_with.text() == "与 v1 比较"
    desk.click(page.compare_with)
    assert page.compare.summary.text() == "每一格都一样"
    row = taiwan_rows(desk.file)[0]
    desk.session.write("录入", "改 工业总产值", lambda work: work.set(ECONOMY, row, {"gov": 3_000_000_000}))
    desk.settle()
    desk.click(page.compare_with)
    found = texts(page.compare.list)
    first = next(each for each in found if each[:2] == ["表TW-1", "D19"])
    assert first[2] == "台资工业总产值"
    was, now, gap = (float(text.replace(",", "")) for text in first[3:])
    assert was == pytest.approx(163_078.27)
    assert now - was == pytest.approx(gap)
    own = next(each for each in found if each[0] == "表TW-2" and each[4] == "300,000")
    assert re.fullmatch(r"第 \d+ 行 .+有限公司（9\w{17}） · 产值\(万元\)", own[2])
    assert {each[0] for each in found} <= {"表TW-1", "表TW-2", "表TW-7"}
    desk.press(Key.Key_Return)
    assert page.stack.currentWidget() is page.paper
    assert page.paper.cell == found[0][1]
    assert page.drawing.sheets[page.sheet].name == found[0][0]


def test_a_version_goes_from_state_to_state_as_the_province_answers(desk, page):
    asked = page.drawing.asked
    issue_as_is(desk.file, asked)
    desk.session.note_written()
    desk.settle()

    def state():
        with desk.file.reading() as connection:
            return [(each.state, each.opinion) for each in versions(connection, asked.zone.code, "台办", asked.period)]

    assert [links(page, text) for text in ("已验收", "锁定", "被退回…")] == [[], [], []]
    desk.click(links(page, "已上报")[0])
    assert state() == [("上报", "")]
    assert [chip.property("chip") for chip in page.states[2:]] == ["good", "good", "plain"]
    desk.click(links(page, "被退回…")[0])
    desk.press(Key.Key_Return)
    assert state() == [("上报", "")]  # not without a reason
    desk.type("进资凭证号重复")
    desk.press(Key.Key_Return)
    assert state() == [("退回", "进资凭证号重复")]
    assert page.states[4].text() == "退回"
    assert "退回意见：进资凭证号重复" in [each.text() for each in page.panel.versions.findChildren(QLabel)]
    issue_as_is(desk.file, asked)
    desk.session.note_written()
    desk.settle()
    assert "后来又签发了第 2 版" in [each.text() for each in page.panel.versions.findChildren(QLabel)]
    for word in ("已上报", "已验收", "锁定"):
        desk.click(links(page, word)[0])
    assert state() == [("退回", "进资凭证号重复"), ("锁定", "")]
    assert page.states[4].text() == "锁定"
    page.paper.setFocus()
    desk.press(Key.Key_Z, Ctrl)
    assert state()[1] == ("验收", "")


def test_an_older_version_is_printed_and_verified_as_such(desk, page, monkeypatch, tmp_path):
    asked = page.drawing.asked
    first = issue_as_is(desk.file, asked)
    second = issue_as_is(desk.file, asked)
    desk.session.note_written()
    desk.settle()
    old = tmp_path / "一.xlsx"
    old.write_bytes(first.content)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(old), ""))
    desk.click_text("核验文件…")
    text = page.panel.outcome.notice.text.text()
    assert text.startswith("完好：")
    assert f"注意：这一版之后又签发了第 2 版（2026-01-06，校验码 {second.short_code}）。" in text
    desk.click(links(page, "打印")[1])  # newest first
    assert page.preview.papers.name.endswith("_v1")
    write_pdf(page.preview.papers, tmp_path / "一.pdf", [0])
    (out,) = pdfpages.read((tmp_path / "一.pdf").read_bytes())
    assert f"校验码{first.short_code}第1版" in inked("".join(run.text for run in out.texts))
    desk.press(Key.Key_Escape)
