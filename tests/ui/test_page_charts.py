"""图表: each chart on the screen is the sheet that prints, its bars lead to figures, indicator and rows; copied, exported, printed."""

from __future__ import annotations

import shutil
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from exporters.charts import Sheet, picture
from models.charts import ChartFigures
from models.indicators import indicator_set
from models.packs.pack import pack
from models.periods import Period
from tests.ui.charts import choose, choose_from, click_bar, figures, settled
from tests.ui.desk import texts
from tests.ui.sample import NOW
from ui.chartview import ChartView, image_of

Key, Ctrl, Shift = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
PDFTOPPM = shutil.which("pdftoppm")
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen platform, of a menu


@pytest.fixture
def page(desk):
    return desk.turn("charts")


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
