"""指标与目标: figures as the indicators give them, the formula with numbers, every row behind, and the way to each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QPushButton

from models.change.written import written
from models.indicators import Result, indicator_set
from models.pace import standing
from models.packs.pack import pack
from models.periods import Period
from models.substance import emptiness
from models.targets import Goal
from tests.ui.desk import texts
from tests.ui.sample import NOW, November
from ui.pages import indicator_detail, indicators
from ui.pages.indicator_words import light_cell
from ui.settings import WRITTEN
from ui.written import take_in


@pytest.fixture
def page(desk):
    return desk.turn("indicators")


def results(desk):
    with desk.file.reading() as connection:
        found = indicator_set(pack("台办")).results(connection, [desk.session.zone], NOW, date.today())
    return {each.indicator.id: each for each in found}


def choose(desk, page, id):
    place = next(n for n, row in enumerate(page.list.lines.rows) if row.of.indicator.id == id)
    desk.click_row(page.list, place)


def test_every_indicator_stands_there_with_its_figure_and_last_year_s(desk, page):
    wanted = [
        [each.indicator.name, f"{each.rounded:,f}", each.indicator.unit, f"{each.rounded_prior:,f}"]
        for each in results(desk).values()
    ]
    assert [[row[0], row[1], row[2], row[5]] for row in texts(page.list)] == wanted
    assert "55 个指标，55 个可算" in page.header.fact.text()


def test_a_target_not_reached_is_never_shown_as_reached(desk, page):
    row = next(each for each in page.list.lines.rows if each.of.indicator.id == "TW02")
    assert row.cells[3].text.startswith("≥ 10 本区")
    assert (row.cells[4].text, row.cells[4].chip) == ("80% 红", "error")
    reached = next(each for each in page.list.lines.rows if each.of.indicator.id == "TW03")
    assert (reached.cells[4].text, reached.cells[4].chip) == ("109% 绿", "good")


@pytest.mark.parametrize(("value", "said"), [(0, "已达到 绿"), (3, "0% 红")])
def test_a_light_never_stands_beside_a_dash(value, said):
    """Of a target of nothing (“不超过 0 起”) no per cent can be said: the cell says the state."""
    goal = Goal("区", 2025, "≤", Fraction(0), None, "")
    found = Result(pack("台办").indicator("TW02"), Fraction(value), None, "台账", (goal,))
    assert light_cell(standing(found, Period(2025), date(2026, 1, 5))).text == said


def test_the_detail_tells_formula_numbers_clause_and_gap(desk, page):
    choose(desk, page, "TW04")
    detail = page.detail
    assert detail.figure.text() == "4.97"
    assert detail.texts["公式"].text().startswith("“到资流水”折万元之和")
    assert detail.texts["代入"].text() == "49,717.88 万元 = 4.97 亿元"
    assert "赣府字〔2020〕69号" in detail.texts["依据"].text()
    assert detail.gap.text() == "离本区目标差 0.53"
    assert detail.texts["上年"].text() == "3.33 亿元（取自台账）"
    assert detail.texts["增减"].text() == "+1.64 亿元（+49.2%）"
    assert detail.texts["目标"].text().splitlines()[0] == "本区 ≥ 5.5"
    assert detail.texts["进度"].text() == "完成 90.4%，时间进度 100.0%，慢 9.6 个百分点：黄灯"
    assert not detail.texts["还差"].isVisible()


def test_in_the_year_the_pace_needed_every_month_is_told(desk, monkeypatch):
    monkeypatch.setattr(indicators, "date", November)
    monkeypatch.setattr(indicator_detail, "date", November)
    page = desk.turn("indicators")
    choose(desk, page, "TW04")
    assert page.detail.texts["进度"].text() == "完成 90.4%，时间进度 89.3%，快 1.1 个百分点：绿灯"
    assert page.detail.texts["还差"].text() == "每月还要 0.27 亿元（还有 2 个月，到 2025 年 12 月底）"
    choose(desk, page, "TW14B")
    assert page.detail.texts["增减"].text() == "-50.00 百分点"


def test_the_rows_behind_add_up_to_the_figure_and_the_others_say_why_not(desk, page):
    choose(desk, page, "TW1-12")
    shown = texts(page.detail.list)
    total = sum(Decimal(amount.replace(",", "")) for _, amount in shown)
    assert total == results(desk)["TW1-12"].rounded
    amounts = [Decimal(amount.replace(",", "")) for _, amount in shown]
    assert amounts == sorted(amounts, reverse=True)
    page.detail.tabs.choose(1)
    reasons = texts(page.detail.list)
    assert len(shown) + len(reasons) == 24
    assert {reason for _, reason in reasons} == {"不满足 企业年度.是否台资"}


def test_a_double_click_goes_to_the_record_and_its_field(desk, page):
    choose(desk, page, "TW1-12")
    name = texts(page.detail.list)[1][0]
    desk.click_row(page.detail.list, 1, double=True)
    assert desk.cell() == ("ent_period", name, "工业总产值")


def test_figures_follow_what_is_typed(desk, page):
    before = results(desk)["TW1-13"].rounded
    choose(desk, page, "TW1-13")
    desk.click_row(page.detail.list, 0, double=True)
    desk.type("1")
    desk.press(Qt.Key.Key_Return)
    desk.turn("indicators")
    row = next(row for row in page.list.lines.rows if row.of.indicator.id == "TW1-13")
    assert row.cells[1].text == f"{results(desk)['TW1-13'].rounded:,f}" != f"{before:,f}"


def open_change(desk, page, id):
    choose(desk, page, id)
    tab = next(each for each in page.detail.tabs.findChildren(QPushButton) if each.text() == "增减原因")
    desk.click(tab)
    return page.detail.change


def test_the_change_is_parted_into_rows_that_add_up_and_drawn(desk, page):
    panel = open_change(desk, page, "TW02")
    shown = texts(panel.list)
    assert [row[:2] for row in shown] == [
        ["两年都有的", "0"], *([name, "0"] for name, *_ in shown[1:7]), ["新来的", "+1"], [shown[8][0], "+1"],
        ["剩余", "0"], ["合计", "+1"],
    ]  # fmt: skip
    assert [(bar.name, bar.told) for bar in panel.picture.bars] == [
        ("2024年", "7"), ("两年都有", "0"), ("新来", "+1"), ("2025年", "8"),
    ]  # fmt: skip
    pixels = panel.picture.grab().toImage()
    colors = {pixels.pixelColor(x, y).name() for x in range(0, pixels.width(), 3) for y in range(0, pixels.height(), 3)}
    assert {desk.session.look.color("accent").name(), desk.session.look.color("good").name()} <= colors


def test_a_part_leads_to_its_row_and_alt_left_back(desk, page):
    panel = open_change(desk, page, "TW1-12")
    name = texts(panel.list)[1][0]
    panel.list.setFocus()
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Return)
    assert desk.cell() == ("ent_period", name, "工业总产值")
    desk.press(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert desk.window.current is page
    assert page.list.current().indicator.id == "TW1-12"


def test_a_row_that_is_gone_is_shown_in_its_year_and_alt_left_leads_back_to_this_one(desk, page):
    panel = open_change(desk, page, "TW1-12")
    lost = replace(panel.told.change.top[0], past=True)
    panel._go(lost)
    desk.settle()
    assert desk.session.period == NOW.back()
    desk.press(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert desk.session.period == NOW
    assert desk.window.current is page


def kept_texts(desk):
    with desk.session.file.reading() as connection:
        return written(connection, desk.session.zone, "台办", NOW)


def test_what_was_written_is_undone_done_again_and_shown_again(desk, page):
    panel = open_change(desk, page, "TW1-13")
    desk.click_text("写成说明")
    text = panel.text.text()
    desk.settle()
    assert panel.text.text() == text
    assert panel.text.isVisible()
    desk.session.undo()
    desk.settle()
    assert kept_texts(desk) == {}
    desk.session.redo()
    desk.settle()
    assert kept_texts(desk)["TW1-13"].text == text
    another = open_change(desk, page, "TW03")
    desk.settle()
    assert another.text.isHidden()
    panel = open_change(desk, page, "TW1-13")
    desk.settle()
    assert panel.text.text() == text


def test_texts_kept_on_this_pc_move_into_the_file_and_none_is_lost(desk):
    session = desk.session
    mine = [session.zone, "台办", str(NOW), "TW03", "产值增加，原因：新来 3 家企业"]
    other = ["ZZ99", "台办", str(NOW), "TW03", "别的数据文件里的开发区"]
    session.settings.put(WRITTEN, [mine, other])
    take_in(session)
    assert session.settings.get(WRITTEN, []) == [other]
    assert kept_texts(desk)["TW03"].text == mine[-1]
    session.settings.put(WRITTEN, [[*mine[:4], "更早写的"], other])
    take_in(session)
    assert kept_texts(desk)["TW03"].text == mine[-1]  # what is in the file stands
    session.undo()
    take_in(session)
    assert session.settings.get(WRITTEN, []) == [other]


def test_one_click_writes_the_explanation_which_the_audit_offers(desk, page):
    panel = open_change(desk, page, "TW1-13")
    desk.click_text("写成说明")
    text = panel.text.text()
    assert QGuiApplication.clipboard().text() == text
    assert "台资营业收入" in text
    assert "原因：" in text
    assert emptiness(text, figure=True) == ""
    assert [note.text for note in kept_texts(desk).values()] == [text]
    assert desk.session.settings.get(WRITTEN, []) == []  # in the file, not on this PC
    audit = desk.turn("audit")
    place = next(
        n for n, row in enumerate(audit.list.lines.rows) if getattr(row.of, "rule", None) and row.of.rule.id == "P013"
    )
    desk.click_row(audit.list, place)
    desk.click(audit.detail.explain)
    offered = {action.text().split("：")[0]: action for action in audit.detail.editor.menu.actions()}
    offered["指标 台资营业收入 的增减"].trigger()
    assert audit.detail.editor.text.toPlainText() == text
    assert audit.detail.editor.keep.isEnabled()


def test_the_picture_is_written(desk, page, tmp_path):
    panel = open_change(desk, page, "TW03")
    panel.save_to(tmp_path / "增减.png")
    image = QImage(str(tmp_path / "增减.png"))
    assert (image.width(), image.height()) == (2000, 840)
    assert image.pixelColor(2, 2).name() == "#ffffff"


def test_what_cannot_be_parted_says_why(desk, page):
    panel = open_change(desk, page, "TW1-02")
    assert panel.write.isVisible()
    result, figure, asked = panel._wanted
    panel.find(replace(result, prior=None), figure, asked)
    desk.settle()
    assert "2024年的数还没有" in panel.note.text()
    assert not panel.write.isVisible()


def test_on_a_small_window_the_parts_are_scrolled_to_not_squeezed(desk, page):
    desk.window.resize(960, 600)
    panel = open_change(desk, page, "TW1-12")
    assert panel.picture.height() == panel.picture.sizeHint().height()
    assert panel.list.height() >= panel.list.whole_height()
