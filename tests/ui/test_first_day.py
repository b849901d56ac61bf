"""The first days: three steps on an empty file, ticked off one by one; last year's Excel; the start page and the demonstration."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton

from importers.progress import finish
from models.ledgers.economy import ECONOMY
from models.ledgers.enterprise import ENTERPRISE
from models.store.file import DataFile
from models.store.findings import counted
from models.store.zones import create_zone, zones
from tests.ui.desk import Desk, texts
from tests.ui.sample import NOW, ZONE
from ui.app import dress, make_window
from ui.demonstrating import prepared
from ui.demonstration import PERIOD, is_demonstration
from ui.desktop import Desktop
from ui.dropping import bring
from ui.pages.start import StartPage
from ui.settings import Settings
from ui.window import Window

Key = Qt.Key


def listed(card):
    return texts(card.list)


@pytest.fixture
def empty(qtbot, tmp_path, look):
    with DataFile(tmp_path / "新.db", who="录入员") as file:
        create_zone(file, ZONE, "赣州经济技术开发区")
        made = make_window(file, look, period=NOW)
        made.resize(1440, 900)
        with qtbot.waitActive(made):
            made.show()
            made.activateWindow()
        at = Desk(qtbot, made, file)
        at.settle()
        yield at
        at.leave()


def marks(page):
    return [step.mark.text() for step in (page.first.zone, page.first.last, page.first.now)]


def primary(page):
    return [
        step.button.text()
        for step in (page.first.zone, page.first.last, page.first.now)
        if step.button.property("primary")
    ]


def test_the_window_opens_on_it(empty):
    assert next(iter(empty.window.entries)) == "home"
    assert empty.window.current is empty.window.pages["home"]
    assert empty.window.nav.items["home"].isChecked()


def test_an_empty_file_shows_three_steps_and_nothing_else(empty):
    page = empty.window.current
    assert page.first.isVisible()
    assert (marks(page), primary(page)) == (["✓", "2", "3"], ["导入企业名录…"])
    assert not any(each.isVisible() for each in (page.returns, page.todos, page.ledgers, page.targets))


def test_the_steps_are_ticked_off_one_by_one_and_give_way(empty):
    page, session = empty.window.current, empty.session
    session.write("导入", "名录", lambda work: work.add(ENTERPRISE, {"ent_name": "甲公司"}))
    empty.qtbot.waitUntil(lambda: marks(page) == ["✓", "✓", "3"], timeout=5000)
    assert primary(page) == ["填经济数据"]
    assert page.returns.isVisible()
    empty.settle()
    with empty.file.reading() as connection:
        ent = connection.exec_driver_sql("SELECT id FROM enterprise").scalar()
    session.write("录入", "今年", lambda work: work.add(ECONOMY, {"ent": ent, "gov": 5}, NOW))
    empty.qtbot.waitUntil(lambda: not page.first.isVisible(), timeout=5000)
    empty.settle()


def test_the_second_step_leads_into_last_year_and_home_into_this_one(empty, monkeypatch):
    page, asked = empty.window.current, []
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *a: asked.append(a[1]) or ("", ""))
    empty.click(page.first.last.button)
    assert empty.window.current is empty.window.pages["importing"]
    assert (empty.session.period, asked) == (NOW.back(), ["导入到“企业”"])
    empty.turn("home")
    assert empty.session.period == NOW
    assert "2025" in page.first.now.title.text()
    empty.click(page.first.now.button)
    assert (empty.window.current.ledger.id, empty.session.period) == ("ent_period", NOW)


def test_a_file_dropped_on_the_steps_is_last_year_s(empty, tmp_path):
    path = tmp_path / "去年名录.csv"
    path.write_text("企业名称,统一社会信用代码\n甲公司,\n", encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    held = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(empty.window, QDragEnterEvent(QPoint(500, 300), *held))
    QApplication.sendEvent(empty.window, QDropEvent(QPointF(500, 300), *held))
    empty.settle()
    assert empty.window.current is empty.window.pages["importing"]
    assert (empty.session.period, empty.window.current.path) == (NOW.back(), path)


def test_the_steps_can_be_done_without(empty, qtbot, look):
    page = empty.window.current
    empty.click(page.first.leave)
    assert not page.first.isVisible()
    assert page.returns.isVisible()
    assert [row[0].split(" · ")[0] for row in listed(page.returns)] == ["台办", "赣州", "工信", "赣州", "用地评价"]
    empty.turn("enterprise")
    empty.turn("home")
    assert not page.first.isVisible()


def test_work_under_way_ends_with_the_window(empty):
    page = empty.window.current
    page._work()
    assert page._task is not None
    empty.window.close()
    assert not page.isVisible()


def test_the_excel_that_came_with_the_start_is_last_year_s(empty, tmp_path):
    path = tmp_path / "去年名录.csv"
    path.write_text("企业名称,统一社会信用代码\n甲公司,\n", encoding="utf-8")
    bring(empty.window, str(path), ledger="enterprise")
    empty.settle()
    assert empty.window.current is empty.window.pages["importing"]
    assert (empty.session.period, empty.window.current.path) == (NOW.back(), path)
    empty.turn("home")
    assert empty.session.period == NOW


# --- the start page


@pytest.fixture
def start(qtbot, look, tmp_path):
    page = StartPage(look, tmp_path / "新文件夹" / "园区年报.db")
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    return page


def press(key):
    QTest.keyClick(QApplication.focusWidget(), key)


@pytest.mark.parametrize("typed", ["gzjkq", "gzjjjskfq", "ganzhoujingji", "ganzhoujingkaiqu", "赣州经", "赣州经开区"])
def test_the_zone_is_chosen_by_name_short_name_or_pinyin(start, typed):
    start.name.setFocus()
    for letter in typed:
        QTest.keyClicks(start.name, letter) if letter.isascii() else start.name.insert(letter)
    start.offered.open(start.name.text())
    assert "赣州经济技术开发区" in [each.text for each in start.offered._options.options]
    while start.offered.marked().text != "赣州经济技术开发区":
        press(Key.Key_Down)
    press(Key.Key_Return)
    assert start.name.text() == "赣州经济技术开发区"
    assert QApplication.focusWidget() is start.code
    assert start.isVisible()


def test_a_zone_that_is_not_listed_is_typed(start, qtbot):
    start.name.setFocus()
    start.name.setText("某某山口工业园区")
    press(Key.Key_Return)
    QTest.keyClicks(start.code, "S367099")
    with qtbot.waitSignal(start.opened) as opened:
        press(Key.Key_Return)
    file, table = opened.args
    with file, file.reading() as connection:
        assert [(zone.code, zone.name) for zone in zones(connection)] == [("S367099", "某某山口工业园区")]
    assert table == ""


def test_last_year_s_excel_is_dropped_on_the_start_page_too(start, qtbot, tmp_path):
    path = tmp_path / "去年名录.xlsx"
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    held = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(start, QDragEnterEvent(QPoint(300, 300), *held))
    QApplication.sendEvent(start, QDropEvent(QPointF(300, 300), *held))
    assert start.brought.text().startswith("去年名录.xlsx")
    start.name.setText("赣州经济技术开发区")
    start.code.setText("G361013")
    with qtbot.waitSignal(start.opened) as opened:
        qtbot.mouseClick(start.begin, Qt.MouseButton.LeftButton)
    opened.args[0].close()
    assert opened.args[1] == str(path)


def test_a_stranger_looks_around_in_a_file_of_its_own(start, qtbot, tmp_path):
    steps = []
    qtbot.mouseClick(start.look_around, Qt.MouseButton.LeftButton)
    start._task.progressed.connect(lambda step: steps.append(step.text))
    assert not start.look_around.isEnabled()
    with qtbot.waitSignal(start.opened, timeout=60_000) as opened:
        pass
    with opened.args[0] as file, file.reading() as connection:
        (zone,) = zones(connection)
        assert file.path == tmp_path / "新文件夹" / "演示.db"
        assert is_demonstration(file.path)
        assert zone.name == "赣州经济技术开发区"
        assert sum(counted(connection, zone.code, "台办", PERIOD).values()) > 0
    assert [each.name for each in file.path.parent.iterdir() if "正在准备" in each.name] == []
    assert steps[-1] == "打开…"
    assert not (tmp_path / "新文件夹" / "园区年报.db").exists()


def test_it_is_made_once_and_a_stopped_one_leaves_nothing(start, qtbot, tmp_path):
    steps = prepared(start.demonstration)
    next(steps)
    next(steps)
    steps.close()
    assert list((tmp_path / "新文件夹").iterdir()) == []
    finish(prepared(start.demonstration))
    made = start.demonstration.stat().st_mtime_ns
    finish(prepared(start.demonstration))
    assert start.demonstration.stat().st_mtime_ns == made


def test_the_demonstration_says_what_it_is_and_leads_to_one_s_own(qtbot, look, tmp_path):
    own, settings = tmp_path / "园区年报.db", Settings()
    desktop = Desktop(partial(dress, settings, look), partial(StartPage, look))
    desktop.begin(own)
    start = desktop.shown
    assert isinstance(start, StartPage)
    qtbot.mouseClick(start.look_around, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(desktop.shown, Window), timeout=60_000)
    window = desktop.shown
    Desk(qtbot, window, window.session.file).settle()
    assert window.current.made_up.isVisible()
    assert window.session.period == PERIOD
    assert settings.get("file", "") == ""
    settings.put("file", str(own))
    (way,) = window.current.made_up.findChildren(QPushButton)
    qtbot.mouseClick(way, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(desktop.shown, StartPage), timeout=10_000)
    assert desktop.shown.path.text() == str(own)
    assert not own.exists()
    desktop.shown.close()
