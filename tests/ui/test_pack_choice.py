"""Which return the audit, the indicators and the form speak of is chosen at the top, and remembered with the file."""

from __future__ import annotations

from models.demo.firms import REGION
from models.packs.pack import pack, returns_of
from models.store.zones import last_pack
from tests.ui.conftest import NOW
from ui.app import make_window


def choose(window, id):
    """Take one of the returns from the menu at the top (a menu that is shown grabs the keyboard, which offscreen cannot)."""
    menu = window.top.pack.menu()
    menu.aboutToShow.emit()
    (action,) = (each for each in menu.actions() if each.text().startswith(f"{id}　"))
    action.trigger()


def test_the_form_the_indicators_and_the_audit_are_of_the_chosen_return(desk):
    window = desk.window
    assert window.top.pack.value.text() == "台办"
    page = desk.turn("returns")
    assert page.drawing.asked.pack.id == "台办"
    choose(window, "工信")
    desk.settle()
    assert window.top.pack.value.text() == "工信"
    assert page.drawing.asked.pack is pack("工信")
    assert [sheet.name for sheet in page.drawing.sheets][:2] == ["表JX-1", "表JX-2"]
    assert page.header.fact.text().startswith("工信 · ")
    audit = desk.turn("audit")
    assert f"{len(pack('工信').rules)} 条公式" in audit.header.fact.text()
    figures = desk.turn("indicators")
    assert "工信" in figures.header.fact.text()


def test_every_return_is_offered_and_the_last_one_remembered(desk, look, qtbot):
    choose(desk.window, "工信")
    desk.settle()
    desk.window.top.pack.menu().aboutToShow.emit()
    actions = desk.window.top.pack.menu().actions()
    offered = [(each.text().split("　")[0], each.isChecked()) for each in actions if not each.isSeparator()]
    own, others = returns_of(REGION)
    assert offered == [(id, id == "工信") for id in (*own, *others)], "first those that the zone makes"
    assert sum(each.isSeparator() for each in actions) == bool(others)
    assert len(own) > 1
    with desk.file.reading() as connection:
        assert last_pack(connection) == "工信"
    again = make_window(desk.file, look, period=NOW)
    qtbot.addWidget(again)
    assert again.top.pack.value.text() == "工信"
