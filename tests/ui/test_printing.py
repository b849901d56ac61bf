"""打印: the preview over the page 报表, what is remembered, printer and PDF, pages, stopping; by keys and clicks."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel

from exporters.page import Layout
from tests.independent import pdfpages
from tests.ui.issued import issue_as_is
from ui.printing import preview
from ui.printing.output import chosen_pages, pdf_steps, write_pdf
from ui.printing.papers import laid_out
from ui.printing.preview import Preview
from ui.printing.sheets import Workbook

Key, Ctrl = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(desk):
    return desk.turn("returns")


def pick(desk, choice, text):
    """Open the menu of a choice by the keyboard and take a word from it."""
    (action,) = [each for each in choice._menu.actions() if each.text() == text]
    action.trigger()
    desk.settle()


def wait(desk, view):
    desk.qtbot.waitUntil(lambda: view._steps is None, timeout=20_000)
    desk.settle()


def said(view):
    return [each.text() for each in view.outcome.notice.findChildren(QLabel)]


def save_to(monkeypatch, *paths):
    left, asked = list(paths), []

    def answer(_, title, *__):
        asked.append(title)
        return str(left.pop(0)), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    return asked


def test_the_preview_shows_saves_remembers_and_goes(desk, page, monkeypatch, tmp_path):
    page.paper.choose("D19")
    page.paper.setFocus()
    desk.press(Key.Key_P, Ctrl)
    view = page.preview
    assert view.isVisible()
    assert view.geometry() == page.rect()
    assert not page.header.isEnabled()  # what is covered takes no keys
    assert view.where.text() == "第 1 页，共 14 页　表TW-1　A4 横向"
    # nothing is installed here: it is said, and the PDF is offered
    assert view.options.none.text() == "这台电脑上没有打印机：可以存为 PDF，拷到能打印的电脑上打印。"
    assert not view.go.isEnabled()
    (tmp_path / "占用").write_text("", encoding="utf-8")
    asked = save_to(monkeypatch, tmp_path / "占用" / "表.pdf", tmp_path / "表")
    desk.click(view.save)
    wait(desk, view)
    assert len(asked) == 2  # a place that cannot be written is asked for again, with the reason
    assert "占用" in asked[1]
    assert said(view)[:2] == ["表.pdf", "已存好 14 页。"]
    assert len(pdfpages.read((tmp_path / "表.pdf").read_bytes())) == 14
    assert not list(tmp_path.glob("*.new"))
    # another paper: laid out anew, and remembered for this return
    pick(desk, view.options.paper, "A3")
    pick(desk, view.options.scale, "适合页宽")
    assert view.where.text().endswith("A3 横向")
    pick(desk, view.options.pages, "指定页")
    assert not view.save.isEnabled()
    assert view.options.fault.text() == "请写上要印的页码"
    view.options.range.setFocus()
    desk.type("2-3、99")
    assert view.options.fault.text() == f"页码“99”不在 1–{view.papers.count()} 之内"
    for _ in range(3):
        desk.press(Key.Key_Backspace)
    assert view.options.numbers() == [1, 2]
    save_to(monkeypatch, tmp_path / "两页.pdf")
    desk.click(view.save)
    wait(desk, view)
    found = pdfpages.read((tmp_path / "两页.pdf").read_bytes())
    assert [(round(each.width), round(each.height)) for each in found] == [(1191, 842)] * 2
    desk.press(Key.Key_Escape)
    assert not view.isVisible()
    assert page.header.isEnabled()
    assert page.paper.hasFocus()
    assert page.paper.cell == "D19"
    # the next time, in a new window over the same settings too
    again = Preview(page, desk.session)
    again.open(_papers(page))
    desk.settle()
    assert again.options.layout_asked == Layout("A3", "", "width", "")
    assert again.papers.size(0) == (1190.6, 841.9)
    again.options.open("return/工信", [])
    assert again.options.layout_asked == Layout()  # another return has its own
    again.close_preview()


def _papers(page):
    return Workbook("表", "return/台办", page.drawing.printed, page.session.look, draft=True)


def test_pages_of_this_sheet_go_to_the_printer(desk, page, monkeypatch, tmp_path):
    """The printer is a file here: everything up to its driver is what a clerk uses."""
    opened = []

    def into_file(name, title, copies):
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "印出.pdf"))
        printer.setCopyCount(copies)
        printer.setFullPage(True)
        opened.append((name, title, copies))
        return printer

    monkeypatch.setattr(preview, "printers", lambda: ["办公室", "走廊"])
    monkeypatch.setattr(preview, "open_printer", into_file)
    page.tabs.choose(1)
    desk.click(page.print)
    view = page.preview
    assert view.where.text() == "第 2 页，共 14 页　表TW-2　A4 横向"
    pick(desk, view.options.printer, "走廊")
    pick(desk, view.options.pages, "这张表")
    view.options.copies.setFocus()
    desk.press(Key.Key_A, Ctrl)
    desk.type("2")
    desk.press(Key.Key_P, Ctrl)
    wait(desk, view)
    assert said(view)[:2] == ["已送去打印", "走廊：3 页，2 份"]
    assert opened == [("走廊", view.papers.name, 2)]
    found = pdfpages.read((tmp_path / "印出.pdf").read_bytes())
    assert len(found) == 3
    assert all("台资企业名录" in "".join(text.text for text in each.texts) for each in found)
    assert desk.session.settings.get("print/return/台办/printer", "") == "走廊"
    desk.click(view.back)
    desk.click(page.print)
    assert view.options.printer.chosen == "走廊"
    monkeypatch.setattr(preview, "printers", lambda: ["办公室"])
    view.close_preview()
    desk.click(page.print)
    assert view.options.none.text() == "上次用的“走廊”现在没有。"
    assert view.options.printer.chosen == "办公室"
    view.close_preview()


class Many:
    """Papers of a hundred pages."""

    name, key = "一百页", "test"

    def count(self):
        return 100

    def size(self, number):
        return 595.3, 841.9

    def paint(self, painter, number, zoom):
        painter.fillRect(0, 0, int(100 * zoom), int(100 * zoom), QColor("#336699"))


def test_a_hundred_pages_let_the_window_live_and_can_be_stopped(desk, page, monkeypatch, tmp_path):
    view = page.preview
    view.open(Many())
    desk.settle()
    monkeypatch.setattr(preview, "AT_ONCE", 0.0)  # one page a turn
    save_to(monkeypatch, tmp_path / "百.pdf")
    desk.qtbot.mouseClick(view.save, Qt.MouseButton.LeftButton)
    desk.qtbot.waitUntil(lambda: view.bar.value() > 5)
    assert view.busy.isVisible()
    assert view.doing.text().endswith("共 100 页")
    assert not view.save.isEnabled()
    desk.press(Key.Key_Escape)
    assert view.isVisible()  # not left half done
    desk.click(view.stop)
    assert said(view)[:2] == ["停下了", "没有存 PDF。"]
    assert list(tmp_path.glob("百*")) == list(tmp_path.glob(".百*")) == []
    view.close_preview()


def test_fixed_pages_are_put_on_the_paper_asked_for(qapp, tmp_path):
    class Fixed(Many):
        def count(self):
            return 1

    for asked, size, square in (
        (Layout(), (595, 842), 100), (Layout(paper="A3"), (842, 1191), 100 * 1190.6 / 841.9),
        (Layout(paper="A3", scale="100"), (842, 1191), 100), (Layout(turned="横"), (842, 595), 100 * 595.3 / 841.9),
        (Layout(scale="50"), (595, 842), 50),
    ):  # fmt: skip
        write_pdf(laid_out(Fixed(), asked), tmp_path / "页.pdf")
        (page,) = pdfpages.read((tmp_path / "页.pdf").read_bytes())
        assert (page.width, page.height) == pytest.approx(size, abs=1), asked
        assert page.grounds[-1][2:4] == pytest.approx((square, square), abs=0.5), asked


@pytest.mark.parametrize(
    ("text", "pages"), [("1-3", [0, 1, 2]), ("2", [1]), ("1，3;5", [0, 2, 4]), ("4-", [3, 4]), ("3至4 1", [2, 3, 0])]
)
def test_page_numbers_as_people_write_them(text, pages):
    assert chosen_pages(text, 5) == pages


@pytest.mark.parametrize("text", ["0", "6", "3-2", "a", "1-9", ""])
def test_page_numbers_that_are_none(text):
    with pytest.raises(ValueError, match="页码"):
        chosen_pages(text, 5)


def test_what_is_issued_is_printed_with_its_code_and_a_draft_is_not(desk, page, tmp_path):
    sealed = issue_as_is(desk.file, page.drawing.asked)
    desk.session.note_written()
    desk.settle()
    assert page.drawing.issued.no == 1
    assert page.header.fact.text().endswith("第 1 版，与签发时一致")
    assert not page.paper.draft
    page.open_print()
    desk.settle()
    assert page.preview.papers.name.endswith("_v1")
    write_pdf(page.preview.papers, tmp_path / "盖章.pdf")
    page.preview.close_preview()
    for each in pdfpages.read((tmp_path / "盖章.pdf").read_bytes()):
        text = "".join(run.text for run in each.texts).replace(" ", "")
        assert f"校验码{sealed.short_code}第1版" in text
        assert "稿" not in text
        assert "页共" in text
    # one figure is another: a draft again, without the code
    item = next(iter(page.drawing.hands["表TW-6"].items()))
    page.tabs.choose(5)
    page.paper.choose(item[0])
    page.paper.setFocus()
    desk.type("9")
    desk.press(Key.Key_Return)
    assert page.drawing.issued is None
    assert "草稿 v2" in page.header.fact.text()
    page.open_print()
    desk.settle()
    write_pdf(page.preview.papers, tmp_path / "草稿.pdf", [0])
    (first,) = pdfpages.read((tmp_path / "草稿.pdf").read_bytes())
    text = "".join(run.text for run in first.texts).replace(" ", "")
    assert "校验码" not in text
    assert text.count("草稿") == 2
    page.preview.close_preview()


def test_a_pdf_that_is_stopped_leaves_what_was_there(qapp, tmp_path):
    old = tmp_path / "旧.pdf"
    old.write_bytes(b"old")
    steps = pdf_steps(Many(), old)
    next(steps)
    next(steps)
    steps.close()
    assert old.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["旧.pdf"]


def test_a_ledger_is_printed_as_it_is_on_show(window, qtbot, tmp_path):
    page = window.current
    page.arrive({})
    QTest.keyClick(page.grid, Key.Key_P, Ctrl)
    qtbot.waitUntil(lambda: page.print.preview is not None and page.print.preview.papers is not None, timeout=20_000)
    view = page.print.preview
    write_pdf(view.papers, tmp_path / "台账.pdf")
    said = ["".join(run.text for run in each.texts) for each in pdfpages.read((tmp_path / "台账.pdf").read_bytes())]
    whole = "".join(said).replace(" ", "")
    model = page.model
    for row in range(model.known):
        for column in range(len(model.columns)):
            assert model.cell(model.index(row, column)).text.replace(" ", "") in whole
    for shown in model.columns:
        assert shown.head().label in whole
    assert all("经济数据" in text for text in said)
    assert "万元" in whole
    QTest.keyClick(view, Key.Key_Escape)
    assert not view.isVisible()
    QTest.keyClick(page.grid, Key.Key_P, Ctrl)  # the same key the second time
    qtbot.waitUntil(lambda: view.isVisible() and view.papers is not None, timeout=20_000)
    view.close_preview()
