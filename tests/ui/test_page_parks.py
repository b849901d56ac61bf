"""各园区: each park's figure, the joined one by its own way, places, and what is said where there is one zone only."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import Qt

from models.ledgers import ledger
from models.store.batches import batch
from models.store.zones import create_zone
from tests.ui.desk import texts
from tests.ui.sample import NOW
from ui.commands.run import run_command
from ui.pages.rows_behind import RowsBehind

PARK = "36070101"


@pytest.fixture
def page(desk):
    create_zone(desk.file, PARK, "分园一", parent_code="360701", role="3")
    with batch(desk.file, PARK, "录入", "分园的企业") as work:
        ent = work.add(ledger("企业"), {"ent_name": "分园企业", "cap_tag": "4"})
        work.add(ledger("企业年度"), {"ent": ent, "is_tw": 1, "op_state": "1"}, NOW)
        work.add(ledger("经济数据"), {"ent": ent, "gov": 1_000_0000}, NOW)
    desk.session.note_written()
    desk.turn("indicators")
    return desk.turn("parks")


def choose(desk, page, id):
    page.list.select(next(n for n, one in enumerate(page.found) if one.indicator.id == id))
    desk.settle()
    return page.list.current()


def test_parks_side_by_side_and_put_together(desk, page):
    of = choose(desk, page, "TW02")
    rows = texts(page.each)
    assert {row[1] for row in rows} == {page.names["360701"], "分园一"}
    assert [row[0] for row in rows] == ["1", "2"]
    assert of.value == sum(of.each.values())
    assert of.each[PARK] == 1
    assert page.way.text() == "合在一起：相加"
    assert [row[3] for row in rows][1] == f"{100 / float(of.value):.1f}"


def test_keys_go_through_the_indicators(desk, page):
    page.list.setFocus()
    desk.press(Qt.Key.Key_Down)
    assert page.list.current() is page.found[1]
    assert page.name.text().startswith(page.found[1].indicator.name)


def test_one_zone_alone_says_how_others_come_here(desk):
    desk.turn("indicators")
    page = desk.turn("parks")
    assert page.empty.isVisible()
    assert not page.box.isVisible()


def test_every_zone_of_the_file_with_its_parks(desk, page):
    create_zone(desk.file, "360799", "另一个区")
    desk.session.note_written()
    desk.click_text("数据文件里全部开发区")
    assert set(page.found[0].each) == {"360701", "360799"}, "a park counts with its zone"


def test_a_park_s_row_is_found_in_its_park_and_alt_left_leads_back_to_the_zone(desk, page):
    desk.session.go("indicators", indicator="TW02")
    desk.settle()
    here = desk.window.current
    behind = here.findChild(RowsBehind)
    place = next(n for n, row in enumerate(texts(behind.list)) if row[0].startswith("分园企业"))
    behind.list.select(place)
    behind.list.setFocus()
    desk.press(Qt.Key.Key_Return)
    assert desk.session.zone == PARK
    grid = desk.window.current.grid
    assert grid.model().index(grid.currentIndex().row(), 0).data() == "分园企业"
    desk.press(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert desk.session.zone == "360701"
    assert desk.window.current is here


def test_the_command_says_the_same(desk, page, capsys):
    desk.file.close()
    words = ["parks", "--data", str(desk.file.path), "--zone", "360701", "--pack", "台办", "--period", "2025", "--json"]
    assert run_command(words) == 0
    told = {each["id"]: each for each in json.loads(capsys.readouterr().out)}
    for one in page.found:
        shown = "—" if one.value is None else f"{float(one.value):.{one.indicator.places}f}"
        assert told[one.indicator.id]["way"] == one.way
        assert told[one.indicator.id]["value"] == shown
    assert set(told["TW02"]["zones"]) == {"360701", PARK}
