"""图表: each chart on the screen is the sheet that prints, its bars lead to figures, indicator and rows; copied, exported, printed."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton

from exporters.charts import PAPERS, Sheet, picture
from models.charts import ChartFigures
from models.indicators import indicator_set
from models.packs.pack import pack
from models.periods import Period
from tests.ui.desk import texts
from tests.ui.sample import NOW
from ui.charting import written
from ui.chartview import ChartView, image_of
from ui.outcome import Outcome
from ui.printing.output import pdf_steps

Key, Ctrl, Shift = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
PDFTOPPM = shutil.which("pdftoppm")
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen platform, of a menu


@pytest.fixture
def page(desk):
    return desk.turn("charts")


def figures(desk, name="台办"):
    with desk.file.reading() as connection:
        found = ChartFigures(connection, pack(name), [desk.session.zone], NOW, date.today())
        return [found.drawn(chart) for chart in pack(name).charts]


def choose(desk, page, number):
    """Click a chart in the strip."""
    page.strip.scrollTo(page.strip.model_.index(number))
    at = page.strip.visualRect(page.strip.model_.index(number)).center()
    desk.qtbot.mouseClick(page.strip.viewport(), Qt.MouseButton.LeftButton, pos=at)
    desk.settle()
    settled(desk, page)


def settled(desk, page):
    """Wait until the picture is the one of this size."""
    desk.qtbot.waitUntil(lambda: page.view.image is not None and page.view.image.width() == page.view.dots)
    desk.settle()


def click_bar(desk, page, number):
    at = page.view.spot_rect(number).center().toPoint()
    desk.qtbot.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    desk.settle()


def choose_from(desk, button, words):
    """Open a button's menu by a click and click the entry that says ``words``."""
    menu = button.menu()
    clicked = []

    def click():
        (entry,) = [each for each in menu.actions() if words in each.text()]
        assert entry.isEnabled()
        clicked.append(entry)
        QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(entry).center())

    QTimer.singleShot(50, menu, click)
    desk.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    desk.qtbot.waitUntil(lambda: bool(clicked) and not menu.isVisible())
    desk.settle()


def where(monkeypatch, *places):
    """The places that the clerk gives, one after another; the titles and kinds asked with."""
    left, asked = list(places), []

    def dialog(parent, title, start, kind):
        asked.append((title, Path(start).name, kind))
        return (str(left.pop(0)), "") if left else ("", "")

    monkeypatch.setattr(QFileDialog, "getSaveFileName", dialog)
    return asked


def said(page):
    """What the panel says of the last thing done."""
    return [each.text() for each in page.panel.outcome.notice.findChildren(QLabel)]


# --- what is shown


def test_every_chart_of_the_pack_is_there_and_the_first_one_large(desk, page):
    charts = pack("台办").charts
    assert [page.strip.model_.index(n).data() for n in range(len(charts))] == [f"{c.id} {c.name}" for c in charts]
    assert "8 张图 · 草稿" in page.header.fact.text()
    settled(desk, page)
    desk.qtbot.waitUntil(lambda: len(page.strip.model_.images) == len(charts))
    assert page.panel.name.text() == "图1　年度目标完成进度"


@pytest.mark.parametrize("name", ["台办", "工信"])
def test_the_sheet_on_the_screen_is_the_one_that_prints_dot_for_dot(desk, page, name):
    desk.session.show_scope(pack=name)
    desk.settle()
    drawn = figures(desk, name)
    for number, each in enumerate(drawn):
        choose(desk, page, number)
        sheet = Sheet("赣州经济技术开发区", "2025年", pack(name).basis, draft=True)
        wanted = image_of(picture(each, sheet, (number + 1, len(drawn)), page.view.dots))
        assert page.view.image == wanted
        shown = page.view.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        corner = page.view.sheet.topLeft().toPoint()
        for x, y in ((wanted.width() // 2, wanted.height() // 2), (wanted.width() // 9, wanted.height() // 10)):
            for dx in range(40):
                assert shown.pixel(corner.x() + x + dx, corner.y() + y) == wanted.pixel(x + dx, y)


def test_the_table_has_this_year_last_year_and_unit(desk, page):
    drawn = figures(desk)
    choose(desk, page, 2)
    assert page.panel.note.text().startswith("单位：亿元\n来源：经济数据；赣府字〔2020〕69号")
    rows = [row[:3] for row in texts(page.panel.list)]
    bars = drawn[2].bars
    assert rows == [
        [bar.label, f"{bar.value:,f}", f"{before.value:,f}" if before else "—"]
        for bar, before in zip(bars, [None, *bars[:-1]], strict=True)
    ]
    choose(desk, page, 6)
    with desk.file.reading() as connection:
        before = ChartFigures(connection, pack("台办"), [desk.session.zone], NOW.back(), date.today())
        last = {bar.label: bar.value for bar in before.drawn(pack("台办").charts[6]).bars}
    for label, now, prior, unit in texts(page.panel.list)[:-1]:
        assert Decimal(prior.replace(",", "")) == last[label]
        assert unit == "亿元"
        assert Decimal(now) > 0


def test_a_bar_tells_formula_clause_and_the_way_to_the_indicator(desk, page):
    choose(desk, page, 2)
    assert page.panel.hint.isVisible()
    click_bar(desk, page, 4)
    one = page.panel.one
    with desk.file.reading() as connection:
        found = indicator_set(pack("台办")).results(connection, [desk.session.zone], NOW, date.today())
    result = next(each for each in found if each.indicator.id == "TW03")
    assert (one.name.text(), one.figure.text(), one.unit.text()) == (
        "台资企业产值 · 2025",
        f"{result.rounded:,f}",
        "亿元",
    )
    assert one.texts["公式"].text() == indicator_set(pack("台办")).figures["TW03"].words
    assert one.texts["上年"].text() == f"{result.rounded_prior:,f}（{result.difference:+,f}）"
    assert one.texts["代入"].text().endswith(f"= {result.rounded:,f} 亿元")
    assert "赣府字〔2020〕69号" in one.texts["依据"].text()
    desk.click(one.go)
    assert desk.window.current.detail.name.text() == "台资企业产值"


def test_the_rows_behind_an_earlier_year_are_that_year_s(desk, page):
    choose(desk, page, 2)
    click_bar(desk, page, 3)
    rows = texts(page.panel.rows_behind.list)
    total = sum(Decimal(amount.replace(",", "")) for _, amount in rows)
    value = figures(desk)[2].bars[3].value
    assert (total / 10000).quantize(Decimal("0.01")) == value
    name = rows[0][0]
    desk.click_row(page.panel.rows_behind.list, 0, double=True)
    assert desk.session.period == NOW.back()
    assert desk.cell()[:2] == ("ent_period", name)


def test_the_rows_of_a_group_and_what_no_group_has(desk, page):
    choose(desk, page, 5)
    drawn = figures(desk)[5]
    for number, bar in enumerate(drawn.bars[:-1]):
        click_bar(desk, page, number)
        assert page.panel.one.name.text() == bar.label
        assert page.panel.rows_behind.behind.count(included=True) == bar.value
    click_bar(desk, page, len(drawn.bars) - 1)
    assert page.panel.one.texts["公式"].text() == "“TW02”减去各组的合计"
    assert texts(page.panel.rows_behind.list) == []


def test_a_picture_that_cannot_be_drawn_is_told(desk, page, monkeypatch):
    settled(desk, page)
    said = []
    desk.session.said.connect(lambda text, tone: said.append((text, tone)))

    def broken(*_):
        raise OSError("磁盘满了")

    monkeypatch.setattr("ui.charting.picture", broken)
    desk.press(Key.Key_PageDown)
    desk.qtbot.waitUntil(lambda: bool(said))
    assert said[0] == ("图没有画出来：磁盘满了", "error")


def test_column_and_line_each_have_their_rows(desk, page):
    choose(desk, page, 1)
    click_bar(desk, page, 4)
    assert (page.panel.one.name.text(), page.panel.one.unit.text()) == ("台资企业数 · 2025", "家")
    (other,) = [each for each in page.panel.which.findChildren(QPushButton) if "实际进资" in each.text()]
    desk.click(other)
    drawn = figures(desk)[1]
    assert page.panel.one.figure.text() == f"{drawn.line[4].value:,f}"
    total = sum(Decimal(amount.replace(",", "")) for _, amount in texts(page.panel.rows_behind.list))
    assert abs(total - drawn.line[4].value) < Decimal("0.05")  # the rows are rounded one by one


def test_a_target_s_bar_tells_figure_goal_and_how_far(desk, page):
    click_bar(desk, page, 0)
    one = page.panel.one
    assert (one.name.text(), one.figure.text(), one.unit.text()) == ("台资企业数", "8", "家")
    assert one.texts["完成"].text() == "80.0%，目标 10 家"
    assert texts(page.panel.list)[0] == ["台资企业数", "8", "7", "家", "≥ 10", "80.0"]


# --- hands


def test_arrows_choose_bars_and_pages_charts(desk, page):
    settled(desk, page)
    assert page.view.hasFocus()
    desk.press(Key.Key_PageDown)
    desk.press(Key.Key_PageDown)
    assert page.panel.name.text() == "图3　台资企业产值"
    desk.press(Key.Key_Left)
    assert page.panel.one.name.text() == "台资企业产值 · 2025"
    desk.press(Key.Key_Left)
    assert page.panel.one.name.text() == "台资企业产值 · 2024"
    assert page.panel.list.current() == 3
    desk.press(Key.Key_Home)
    assert (page.view.bar, page.panel.bar) == (0, 0)
    desk.press(Key.Key_Left)
    assert page.view.bar == 0
    desk.press(Key.Key_Escape)
    assert page.panel.hint.isVisible()
    desk.press(Key.Key_PageUp)
    assert page.panel.name.text().startswith("图2")


def test_a_line_of_the_table_chooses_its_bar(desk, page):
    choose(desk, page, 3)
    desk.click_row(page.panel.list, 2)
    assert page.view.bar == 2
    assert page.panel.one.name.text() == texts(page.panel.list)[2][0]


def test_pointing_at_a_bar_says_it(desk, page):
    choose(desk, page, 2)
    at = page.view.spot_rect(4).center().toPoint()
    desk.qtbot.mouseMove(page.view.viewport(), at)
    desk.qtbot.waitUntil(lambda: page.view.pointed == 4)
    drawn = figures(desk)[2]
    assert page.pointed.text() == f"2025　当年 {drawn.bars[4].value} 亿元　上年 {drawn.bars[3].value} 亿元"
    desk.qtbot.mouseMove(page.view.viewport(), QPoint(2, 2))
    desk.qtbot.waitUntil(lambda: page.view.pointed == -1)


def test_the_sheet_grows_and_is_drawn_anew_for_its_size(desk, page):
    settled(desk, page)
    small = page.view.sheet.width()
    at = QPointF(page.view.viewport().rect().center())
    wheel = QWheelEvent(
        at, page.view.viewport().mapToGlobal(at), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, Ctrl,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(page.view.viewport(), wheel)
    settled(desk, page)
    assert page.view.sheet.width() == pytest.approx(small * 1.2, rel=0.01)
    desk.press(Key.Key_0, Ctrl)
    settled(desk, page)
    assert page.view.sheet.width() == pytest.approx(small, rel=0.01)


def test_at_200_per_cent_the_picture_has_twice_the_dots(desk, page, monkeypatch):
    settled(desk, page)
    small = page.view.image.width()
    monkeypatch.setattr(ChartView, "devicePixelRatioF", lambda view: 2.0)
    page.view.enlarge(1.0)
    settled(desk, page)
    assert page.view.image.width() == pytest.approx(2 * small, abs=1)


def test_another_paper_is_drawn_and_remembered_for_this_return_only(desk, page):
    settled(desk, page)
    choose_from(desk, page.paper, "A3 纵")
    settled(desk, page)
    assert page.view.sheet.height() > page.view.sheet.width()
    assert page.paper.value.text() == "A3 纵"
    desk.session.show_scope(pack="工信")
    desk.settle()
    assert page.paper.value.text() == "A4 横"
    desk.session.show_scope(pack="台办")
    desk.settle()
    assert page.paper.value.text() == "A3 纵"
    assert desk.session.settings.get("print/charts/台办/paper", "") == "A3"


def test_charts_follow_what_is_typed_and_the_bar_stays_chosen(desk, page):
    choose(desk, page, 2)
    click_bar(desk, page, 4)
    before = page.panel.one.figure.text()
    desk.click_row(page.panel.rows_behind.list, 0, double=True)
    desk.type("1")
    desk.press(Key.Key_Return)
    desk.turn("charts")
    settled(desk, page)
    assert (page.number, page.view.bar) == (2, 4)
    assert page.panel.one.figure.text() == f"{figures(desk)[2].bars[4].value:,f}" != before


# --- nothing to show


def test_a_chart_without_figures_says_what_to_fill_and_where(desk, page):
    desk.session.show_scope(period=Period(2015))
    desk.settle()
    choose_empty = page.strip.model_.index(2)
    desk.qtbot.mouseClick(
        page.strip.viewport(), Qt.MouseButton.LeftButton, pos=page.strip.visualRect(choose_empty).center()
    )
    desk.settle()
    shown = [each.text() for each in page.middle.currentWidget().findChildren(QLabel)]
    assert shown[:2] == ["“台资企业产值”还没有数", "这张图由2015年的“经济数据”算出。填好以后，图就在这里。"]
    assert not page.copy.isEnabled()
    desk.click_text("去填 经济数据")
    assert desk.window.current.ledger.id == "ent_period"


def test_a_pack_without_charts_says_so(desk, page):
    desk.session.show_scope(pack="用地评价")
    desk.settle()
    shown = [each.text() for each in page.middle.currentWidget().findChildren(QLabel)]
    assert shown[0] == "“用地评价”没有图表"
    assert not page.export.isVisible()
    desk.session.show_scope(pack="台办")
    desk.settle()
    settled(desk, page)
    assert page.export.isVisible()


# --- taking along


def test_the_picture_and_the_figures_are_copied(desk, page):
    choose(desk, page, 3)
    page.view.setFocus()
    desk.press(Key.Key_C, Ctrl)
    image = QGuiApplication.clipboard().image()
    assert image.width() == 2400
    assert image.width() / image.height() == pytest.approx(297 / 210, abs=0.002)
    page.view.setFocus()
    desk.press(Key.Key_C, Ctrl | Shift)
    lines = [line.split("\t") for line in QGuiApplication.clipboard().text().strip().splitlines()]
    drawn = figures(desk)[3]
    assert lines[0] == ["路径", "2025年", "2024年", "单位", "占比"]
    assert lines[1:] == [[b.label, f"{b.value}", f"{b.prior}", "万美元", b.remark] for b in drawn.bars]


@pytest.mark.parametrize(
    ("words", "name", "files"),
    [
        ("全部 8 张 · PDF", "图.pdf", ["图.pdf"]),
        ("这一张 · PDF", "图.pdf", ["图.pdf"]),
        ("这一张 · PNG", "图.png", ["图.png"]),
        ("这一张 · SVG", "图", ["图.svg"]),
        ("全部 8 张 · PNG", "图.png", [f"图_{n}.png" for n in range(1, 9)]),
    ],
)
def test_charts_are_exported(desk, page, monkeypatch, tmp_path, words, name, files):
    monkeypatch.setattr("exporters.charts.files.DPI", 60)  # eight pages of 300 dots an inch take a while
    folder = tmp_path / "图"
    folder.mkdir()
    where(monkeypatch, folder / name)
    desk.qtbot.waitUntil(lambda: page.work.whole is not None)
    choose_from(desk, page.export, words)
    assert sorted(path.name for path in folder.iterdir()) == files
    assert said(page)[0] == files[0]
    if files[0].endswith(".pdf"):
        pages = len(re.findall(rb"/Type /Page\b", (folder / files[0]).read_bytes()))
        assert pages == (8 if "全部" in words else 1)


def test_a_file_open_elsewhere_is_told_and_another_name_asked_for(desk, page, monkeypatch, tmp_path):
    (tmp_path / "占用").write_text("", encoding="utf-8")
    asked = where(monkeypatch, tmp_path / "占用" / "图.pdf", tmp_path / "图.pdf")
    choose_from(desk, page.export, "这一张 · PDF")
    desk.qtbot.waitUntil((tmp_path / "图.pdf").exists)
    desk.settle()
    assert asked[1][0] == "“占用”不是文件夹，请换一个地方"
    assert said(page)[0] == "图.pdf"


def test_numbered_pictures_never_replace_files_unasked(desk, page, monkeypatch, tmp_path):
    (tmp_path / "图_3.png").write_bytes(b"mine")
    asked = where(monkeypatch, tmp_path / "图.png")
    choose_from(desk, page.export, "全部 8 张 · PNG")
    assert asked[1][0] == "“图_3.png”已经有了，请换个名字"
    assert (tmp_path / "图_3.png").read_bytes() == b"mine"
    assert len(list(tmp_path.glob("图_*.png"))) == 1


def test_a_long_export_can_be_stopped(desk, page, monkeypatch, tmp_path):
    where(monkeypatch, tmp_path / "图.png")
    monkeypatch.setattr("exporters.charts.files.DPI", 60)
    told = []
    real = Outcome.go_on

    def stop(outcome, text):
        real(outcome, text)
        told.append(text)
        if len(told) == 1:
            (button,) = [each for each in outcome.findChildren(QPushButton) if each.text() == "停止"]
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    monkeypatch.setattr(Outcome, "go_on", stop)
    choose_from(desk, page.export, "全部 8 张 · PNG")
    assert told[0] == "正在画 1 / 8 张…"
    assert said(page)[0] == "停下了"
    assert 1 <= len(list(tmp_path.glob("图_*.png"))) < 8


# --- print


def test_the_preview_shows_the_chart_in_sight_and_keeps_its_paper(desk, page):
    choose(desk, page, 4)
    page.view.setFocus()
    desk.press(Key.Key_P, Ctrl)
    preview = page.preview
    assert preview.isVisible()
    desk.qtbot.waitUntil(lambda: preview.papers is not None)
    assert preview.papers.count() == 8
    assert "第 5 页，共 8 页　图5 在库台资项目的阶段　A4 横向" in preview.where.text()
    choose_from(desk, preview.options.paper, "A3")
    desk.qtbot.waitUntil(lambda: "A3 横向" in preview.where.text())
    desk.press(Key.Key_Escape)
    assert not preview.isVisible()
    assert page.paper.value.text() == "A3 横"
    assert page.work.paper is PAPERS["A3横"]


@pytest.mark.skipif(PDFTOPPM is None, reason="pdftoppm (poppler-utils) is not installed")
def test_what_is_printed_looks_like_the_pdf(desk, page, tmp_path):
    choose(desk, page, 1)
    page.open_preview()
    desk.qtbot.waitUntil(lambda: page.preview.papers is not None)
    for _ in pdf_steps(page.preview.papers, tmp_path / "印.pdf"):
        pass
    images = []
    for path, made in ((tmp_path / "印.pdf", None), (tmp_path / "导.pdf", page.work.whole)):
        if made is not None:
            written(made, path)
        out = tmp_path / path.stem
        subprocess.run(["pdftoppm", "-r", "72", "-f", "2", "-l", "2", "-png", str(path), str(out)], check=True)
        (found,) = tmp_path.glob(f"{path.stem}-*.png")
        images.append(QImage(str(found)).convertToFormat(QImage.Format.Format_Grayscale8))
    one, other = images
    assert abs(one.height() - other.height()) <= 1
    far = sum(
        abs(one.pixelColor(x, y).red() - other.pixelColor(x, y).red()) > 128
        for x in range(0, one.width(), 2)
        for y in range(0, one.height() - 1, 2)
    )
    assert far < one.width() * one.height() / 4 * 0.004  # edges of letters only
