"""The form beside the table: this year beside last year, the same editors, what happened last and how to take it back."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui.form import BEFORE, CHANGE, NOW
from ui.moments import when

Key = Qt.Key


def shown(form, label):
    row = next(n for n, each in enumerate(form.model.fields) if each.field.label == label)
    return [form.model.index(row, column).data() for column in (NOW, BEFORE, CHANGE)]


def test_this_year_stands_beside_last_year(economy):
    economy.at(0, "营业收入")
    form = economy.page.form
    assert form.name.text() == "赣州岚阳微电子有限公司"
    assert shown(form, "营业收入") == ["86,420.00", "41,905.00", "106.2"]
    economy.at(11, "营业收入")
    assert shown(form, "营业收入") == ["12,640.71", "", "—"]


def test_a_change_is_rounded_half_up_to_one_place(economy):
    economy.at(4, "利润总额")
    assert shown(economy.page.form, "利润总额") == ["-1,204.66", "810.40", "-248.7"]


def test_the_form_is_typed_into_like_the_table(economy):
    economy.at(2, "营业收入")
    form = economy.page.form
    form.grid.setFocus()
    economy.type("1234").press(Key.Key_Return)
    assert economy.text(2, "营业收入") == "1,234.00"
    assert QApplication.focusWidget() is form.grid
    assert form.grid.currentIndex().row() == [f.field.id for f in form.model.fields].index("rev") + 1


def test_the_section_follows_the_table_and_the_tabs(economy):
    economy.at(0, "期末从业人员")
    form = economy.page.form
    assert "期末从业人员" in [each.field.label for each in form.model.fields]
    form.tabs.choose(0)
    assert "营业收入" in [each.field.label for each in form.model.fields]


def test_the_last_change_is_told_and_one_click_takes_it_back(economy, qtbot):
    economy.at(0, "营业收入").type("39800").press(Key.Key_Return)
    economy.at(0, "营业收入")
    form = economy.page.form
    qtbot.waitUntil(lambda: form.past.text().endswith("营业收入由 86,420.00 改为 39,800.00"))
    assert form.past.text().startswith("上次修改：录入员 今天 ")
    qtbot.mouseClick(form.undo, Qt.MouseButton.LeftButton)
    assert economy.text(0, "营业收入") == "86,420.00"
    assert shown(form, "营业收入")[0] == "86,420.00"


def test_the_form_tells_where_the_value_at_hand_came_from(economy, qtbot):
    form = economy.page.form
    economy.at(0, "营业收入")
    qtbot.waitUntil(lambda: form.origin.text().startswith("来历：营业收入 86,420.00，录入员 "))
    assert form.origin.text().endswith("导入 企业名录 20 行")
    economy.at(0, "营业收入").type("39800").press(Key.Key_Return)
    economy.at(0, "营业收入")
    qtbot.waitUntil(lambda: form.origin.text().startswith("来历：营业收入 39,800.00，录入员 今天 "))
    lines = form.origin.text().splitlines()
    assert lines[0].endswith(" 录入")
    assert lines[1].startswith("之前：86,420.00，录入员 ")
    form.grid.setFocus()
    QTest.keyClick(form.grid, Key.Key_Up)
    label = form.model.fields[form.grid.currentIndex().row()].field.label
    qtbot.waitUntil(lambda: form.origin.text().startswith(f"来历：{label} ") or form.origin.isHidden())


def test_a_step_that_is_not_the_next_to_undo_has_no_link(economy, qtbot):
    economy.at(0, "营业收入").type("1").press(Key.Key_Return).type("2").press(Key.Key_Return)
    form = economy.page.form
    economy.at(0, "营业收入")
    qtbot.waitUntil(lambda: form.past.text().endswith("改为 1.00"))
    assert form.undo.isHidden()
    economy.at(1, "营业收入")
    qtbot.waitUntil(lambda: form.past.text().endswith("改为 2.00"))
    assert not form.undo.isHidden()


def test_days_are_told_as_people_tell_them():
    assert when(datetime.fromisoformat("2020-03-05T10:42:07.123")) == "2020-03-05"


def test_a_digest_is_shown_nowhere(desk):
    page = desk.turn("tw_youth")
    told = [column.field.label for columns in page.form.sections.values() for column in columns]
    page.model.rearrange("全部")
    heads = [shown.field.label for shown in page.model.columns]
    assert "证件号" in told
    assert "证件号" in heads
    assert "证件散列" not in told + heads


def test_the_heading_has_the_unit_of_most_fields_only(desk):
    page = desk.turn("factory")
    assert page.form.model.heads[0].label == "项目"
    assert desk.turn("ent_period").form.model.heads[0].label == "项目（万元）"
