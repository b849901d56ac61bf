"""Two rows of the roster that are one enterprise are made one by keyboard: seen before, chosen, undone."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtTest import QTest

from models.ledgers import BY_ID
from models.store.batches import batch
from models.store.content import content_hash
from models.store.past import done
from models.store.titles import titles
from tests.ui.desk import texts
from tests.ui.sample import NOW

Key, Ctrl, Shift = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ENTERPRISE, ECONOMY = BY_ID["enterprise"], BY_ID["ent_period"]


def again(roster, data):
    """The first enterprise keyed once more under a shorter name, with figures of its own; the rows' places."""
    first = roster.model.ids[0]
    with data.reading() as connection:
        name = titles(connection, ENTERPRISE, [first])[first].name
    zone = roster.window.session.zone
    with batch(data, zone, "录入", "又录了一次") as work:
        second = work.add(ENTERPRISE, {"ent_name": name.replace("有限公司", ""), "contact": "李四"})
        work.add(ECONOMY, {"ent": second, "rev": 7_0000}, NOW)
    roster.window.session.note_written()
    roster.page.model.reload()
    ids = roster.model.ids
    return ids.index(first), ids.index(second)


def choose(roster, *rows):
    """Select whole rows as Ctrl and clicks do."""
    roster.at(rows[0], "单位详细名称")
    for row in rows[1:]:
        place = roster.grid.visualRect(roster.model.index(row, roster.column("统一社会信用代码"))).center()
        QTest.mouseClick(roster.grid.viewport(), Qt.MouseButton.LeftButton, Ctrl, QPoint(place))


def ask(roster):
    roster.press(Key.Key_J, Ctrl | Shift)
    return roster.page.strips.unite


def test_the_same_enterprise_keyed_twice_becomes_one(roster, data):
    first, second = again(roster, data)
    before = content_hash(data.path, ids=True)
    choose(roster, second, first)
    strip = ask(roster)
    assert strip.isVisible()
    assert strip.told.text().startswith("留下“")
    assert "移到回收站" in strip.told.text()
    assert "同一期两边都有的并成一行：经济数据 1 行" in strip.effect.text()
    clash = next(row for row in texts(strip.list) if row[2] == "营业收入")
    assert clash[:2] == ["经济数据", NOW.label]
    assert clash[3].startswith("✓ ")
    row = texts(strip.list).index(clash)
    strip.list.select(row)
    roster.press(Key.Key_Return)
    clash = texts(strip.list)[row]
    assert clash[3:] == [clash[3].removeprefix("✓ "), "✓ 7.00"], "Enter turns it to the other"
    kept = roster.model.ids[first]
    strip.button.setFocus()
    roster.press(Key.Key_Space)
    assert strip.isHidden()
    assert done(data)[0].kind == "合并"
    assert len(roster.model.ids) == len(set(roster.model.ids))
    with data.reading() as connection:
        assert kept in titles(connection, ENTERPRISE, [kept])
    roster.window.session.undo()
    assert content_hash(data.path, ids=True) == before


def test_swapped_the_other_one_stays(roster, data):
    first, second = again(roster, data)
    choose(roster, first, second)
    strip = ask(roster)
    stays = strip.union.kept
    QTest.mouseClick(strip.swap, Qt.MouseButton.LeftButton)
    assert strip.union.gone == stays
    roster.press(Key.Key_Escape)
    assert strip.isHidden()


def test_one_row_is_not_enough_and_what_has_no_record_of_its_own_is_not_merged(roster, economy):
    said = []
    roster.window.session.said.connect(lambda text, tone: said.append(text))
    roster.window.open("enterprise", {})
    roster.grid.selectionModel().clear()
    roster.at(0, "单位详细名称")
    roster.grid.selectionModel().select(roster.grid.currentIndex(), QItemSelectionModel.SelectionFlag.ClearAndSelect)
    assert ask(roster).isHidden()
    assert "先选中同一个企业的两行" in said[-1]
