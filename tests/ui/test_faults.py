"""Thirty planted faults of sixteen kinds: the audit sees every one, and keys alone put all right."""

from __future__ import annotations

import shutil
from collections import Counter

import pytest
from PySide6.QtCore import QEvent, QObject, Qt

from models.audit import audit
from models.ledgers import BY_ID
from models.packs.pack import pack
from models.store.file import DataFile
from models.store.past import done
from models.store.rows import Rows
from tests.models.demo_rows import TODAY
from tests.ui.desk import Desk
from tests.ui.faults import GROWN, KINDS, SIXTEEN, THIRTY, ZONE, Walk, plant, put_in_order
from tests.ui.sample import NOW
from ui.app import make_window


@pytest.fixture(scope="module")
def zone(tmp_path_factory):
    path = tmp_path_factory.mktemp("faults") / "演示.db"
    put_in_order(path)
    return path


@pytest.fixture
def file(zone, tmp_path):
    with DataFile(shutil.copy(zone, tmp_path / "演示.db"), who="录入员") as opened:
        yield opened


@pytest.fixture
def spoiled(file):
    return plant(file)


@pytest.fixture
def desk(qtbot, file, spoiled, look):
    window = make_window(file, look, period=NOW, page="importing")
    window.resize(1180, 760)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    at = Desk(qtbot, window, file)
    yield at
    at.leave()


class Mouse(QObject):
    """Counts what a hand that leaves the keyboard would do."""

    seen = 0

    def eventFilter(self, watched, event):  # noqa: N802 - as Qt names it
        self.seen += event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.Wheel)
        return False


def planted_of():
    return Counter({each.rule: each.many for each in KINDS}) + Counter({"P014": GROWN})


def test_there_are_thirty_of_sixteen_kinds_and_the_audit_names_each(file, spoiled):
    assert (THIRTY, SIXTEEN) == (30, 16)
    report = audit(file, pack("台办"), [ZONE], NOW, TODAY)
    seen = {(each.rule.id, each.row) for each in report.findings if each.open}
    assert {(each.rule, each.row) for each in spoiled} <= seen
    assert not report.passed


@pytest.mark.timeout(600)
def test_all_are_put_right_by_keys(desk, spoiled, qapp):
    before = len(done(desk.file, 1000))
    mouse = Mouse()
    qapp.installEventFilter(mouse)
    pictures = []
    walk = Walk(desk, spoiled, lambda _, name: pictures.append(name))
    walk.walk()
    qapp.removeEventFilter(mouse)
    assert mouse.seen == 0
    assert walk.fixed == planted_of()
    assert walk.page.verdict.text().startswith("可以签发"), walk.page.verdict.text()
    assert len(done(desk.file, 1000)) - before == THIRTY, "each in one step"
    assert len(pictures) == 2 * len(KINDS) + 3


def cells(file, planted):
    """What stands in the planted cells."""
    with file.reading() as connection:
        rows = Rows(connection, ZONE)
        return [rows.values_of(BY_ID[e.ledger], [e.row], [e.field])[e.row][e.field] for e in planted]


def test_put_right_every_cell_holds_what_it_held(zone, file, spoiled, qtbot, look):
    window = make_window(file, look, period=NOW, page="importing")
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    desk = Desk(qtbot, window, file)
    with DataFile(zone, who="核对") as clean:
        right = cells(clean, spoiled)
    assert sum(now != was for now, was in zip(cells(file, spoiled), right, strict=True)) == THIRTY - GROWN
    Walk(desk, spoiled, lambda *_: None).walk()
    desk.leave()
    assert cells(file, spoiled) == right


def test_a_half_written_explanation_outlives_another_audit_and_another_finding(desk, spoiled):
    page = desk.turn("audit")
    surged = next(each for each in spoiled if not each.right)
    page.show_rule("P014")
    while page.list.current().row != surged.row:
        desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_F7)
    desk.type("二期产线本年三月投")
    page.auditor.run()
    desk.settle()
    assert page.detail.editor.isVisible()
    desk.type("产，新增产能")
    desk.press(Qt.Key.Key_F8)
    assert not page.detail.editor.isVisible()
    desk.press(Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert page.list.current().row == surged.row
    assert page.detail.explain.text() == "接着写说明"
    desk.press(Qt.Key.Key_F7)
    assert page.detail.editor.text.toPlainText() == "二期产线本年三月投产，新增产能"
    desk.press(Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    desk.type(" 6000 万元")
    desk.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert page.list.hasFocus()
    assert not any(each.open and each.row == surged.row for each in page.auditor.report.findings)
