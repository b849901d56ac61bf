"""Code lists and records of other ledgers: found by code, characters, full pinyin or initials."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from models.kinds import Raw

Key = Qt.Key


@pytest.fixture
def taiwan(window):
    from tests.ui.conftest import Hands

    return Hands(window, "tw_ent")


@pytest.mark.parametrize("typed", ["4", "台资", "taizi", "tz", "台"])
def test_a_code_is_found_however_it_is_typed_and_enter_takes_the_first(roster, typed):
    roster.page.model.rearrange("上市与标记")
    roster.at(0, "资本构成标记").type(typed).press(Key.Key_Return)
    assert roster.text(0, "资本构成标记") == "台资"
    assert roster.place() == (1, "资本构成标记")


def test_the_list_opens_on_f2_and_an_arrow_chooses(roster):
    roster.page.model.rearrange("上市与标记")
    roster.at(0, "资本构成标记").press(Key.Key_F2)
    choices = QApplication.focusWidget().choices
    assert choices.isVisible()
    assert choices.marked() is None
    roster.press(Key.Key_Down, times=2).press(Key.Key_Tab)
    assert roster.text(0, "资本构成标记") == "港资"


def test_enter_without_typing_changes_nothing(roster):
    roster.page.model.rearrange("上市与标记")
    before = roster.text(0, "资本构成标记")
    roster.at(0, "资本构成标记").press(Key.Key_F2).press(Key.Key_Return)
    assert roster.text(0, "资本构成标记") == before == "台资"


def test_an_unknown_code_is_kept_as_typed(roster):
    roster.page.model.rearrange("上市与标记")
    roster.at(0, "资本构成标记").type("火星资").press(Key.Key_Return)
    assert roster.model.line(0).values["enterprise", "cap_tag", False] == Raw("火星资")


@pytest.mark.parametrize("typed", ["台禾", "gzth", "ganzhoutaihe", "91360700MA303"])
def test_a_record_of_another_ledger_is_found_by_name_code_or_initials(taiwan, typed):
    taiwan.at(0, "企业").type(typed).press(Key.Key_Tab)
    assert taiwan.text(0, "企业") == "赣州台禾电子科技有限公司"
    assert taiwan.model.known == 1


def test_a_name_that_is_left_without_choosing_is_looked_up_too(taiwan, qtbot):
    taiwan.at(0, "企业").type("赣州台岳精密机械有限公司")
    qtbot.mouseClick(taiwan.page.filter, Qt.MouseButton.LeftButton)
    assert taiwan.text(0, "企业") == "赣州台岳精密机械有限公司"
    assert isinstance(taiwan.model.line(0).values["tw_ent", "ent", False], bytes)


@pytest.mark.parametrize(("typed", "shown"), [("y", "是"), ("0", "否"), ("√", "是"), ("否", "否")])
def test_yes_and_no_are_one_key(roster, typed, shown):
    roster.page.model.rearrange("年度状态")
    roster.at(3, "是否规上").type(typed).press(Key.Key_Return)
    assert roster.text(3, "是否规上") == shown
