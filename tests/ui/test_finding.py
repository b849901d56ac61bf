"""Ctrl+K: pages, commands, records of all ledgers, indicators, rules and settings, by keys only; Esc leads back."""

from __future__ import annotations

import shutil
import threading
import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from models.ledgers.enterprise import ENTERPRISE
from models.ledgers.project import PROJECT
from models.store.file import DataFile
from models.store.rotation import backups_of
from models.store.zones import create_zone
from tests.bench import zone
from tests.ui.desk import Desk
from ui import finding, found
from ui.app import make_window
from ui.finding import MOST, Shelf
from ui.found import Kind

Key, Ctrl = Qt.Key, Qt.KeyboardModifier.ControlModifier


def look_for(desk, text):
    """Press Ctrl+K and type; what is offered, each line's name and what stands beside it."""
    desk.press(Key.Key_K, Ctrl)
    desk.type(text)
    desk.settle()
    return offered(desk)


def offered(desk):
    choices = desk.window.top.found
    return [(each.text, each.detail) for each in choices._options.options] if choices.isVisible() else []


def first(desk, ledger):
    return desk.session.names.all(ledger, desk.session.zone)[0]


@pytest.mark.parametrize(
    ("typed", "name", "beside"),
    [
        ("指标", "指标与目标", "页面"), ("zbymb", "指标与目标", "页面"), ("jingji", "经济数据", "页面"), ("新增项目", "新增项目", "命令"),
        ("xzqy", "新增企业", "命令"), ("beifen", "备份", "命令"), ("TW03", "台资企业产值", "指标 · TW03"),
        ("tzqycz", "台资企业产值", "指标 · TW03"), ("深色", "深色", "设置"), ("125", "字号 125%", "设置"),
        ("gongxin", "工信 满园扩园和两型三化行动年度情况", "报表"),
    ],
)  # fmt: skip
def test_what_is_typed_is_found_first_and_says_what_it_is(desk, typed, name, beside):
    assert look_for(desk, typed)[0] == (name, beside)


def test_the_list_is_seen_whole_below_the_line(desk):
    look_for(desk, "赣州")
    choices, line = desk.window.top.found, desk.window.top.search
    assert choices.visibleRegion().boundingRect() == choices.rect()
    assert choices.mapToGlobal(choices.rect().topLeft()).y() > line.mapToGlobal(line.rect().bottomLeft()).y()


def test_a_rule_is_found_by_its_number_and_shown_in_the_audit(desk):
    name, beside = look_for(desk, "P002")[0]
    assert beside == "规则 · P002 · 经济数据"
    assert "{" not in name
    desk.press(Key.Key_Return)
    audit = desk.window.current
    assert audit is desk.window.pages["audit"]
    desk.qtbot.waitUntil(lambda: desk.auditor.report is not None, timeout=10_000)
    look_for(desk, "P002")
    desk.press(Key.Key_Return)
    assert audit.list.current().rule.id == "P002"
    look_for(desk, "E001B")
    desk.press(Key.Key_Return)
    assert audit.list.current() is None
    assert "E001B" in audit.detail.title.text()


@pytest.mark.parametrize(
    "ledger", ["enterprise", "project", "parcel", "tw_ent", "tw_youth", "factory", "qual", "cluster", "chain"]
)
def test_a_record_of_any_ledger_is_found_by_name_and_gone_to(desk, ledger):
    page = desk.turn(ledger)
    wanted = page.model.ids[len(page.model.ids) // 2]
    name = page.model.name_of(page.model.row_of(wanted))
    code = page.model.line(page.model.row_of(wanted)).values
    assert code
    desk.turn("returns")
    found = look_for(desk, name)
    place = next(n for n, each in enumerate(found) if each[1].startswith(page.ledger.label))
    for _ in range(place):
        QTest.keyClick(desk.window.top.search, Key.Key_Down)
    desk.press(Key.Key_Return)
    assert desk.window.current is page
    assert page.model.name_of(page.grid.currentIndex().row()) == name


@pytest.mark.parametrize("how", ["name", "code", "full", "initials", "two words"])
def test_an_enterprise_by_name_code_pinyin_initials_or_two_words(desk, how):
    each = first(desk, ENTERPRISE)
    full, initials = finding.spelled(each.text)
    code = each.detail.split(" · ")[0]
    typed = {
        "name": each.text[2:6],
        "code": code,
        "full": full,
        "initials": initials,
        "two words": f"{each.text[:2]} {code[-6:]}",
    }
    desk.turn("returns")
    found = look_for(desk, typed[how])
    assert (each.text, f"企业 · {code}") in found
    for _ in range(found.index((each.text, f"企业 · {code}"))):
        QTest.keyClick(desk.window.top.search, Key.Key_Down)
    desk.press(Key.Key_Return)
    assert desk.cell() == ("enterprise", each.text, "单位详细名称")


def test_a_command_is_carried_out_where_the_clerk_is(desk):
    desk.turn("enterprise")
    look_for(desk, "备份")
    desk.press(Key.Key_Return)
    assert [each.reason for each in backups_of(desk.file.path)] == ["手动"]
    assert desk.window.current.ledger.id == "enterprise"
    assert QApplication.focusWidget() is desk.window.current.grid
    look_for(desk, "新增项目")
    desk.press(Key.Key_Return)
    page = desk.window.current
    assert (page.ledger.id, page.grid.currentIndex().row()) == ("project", page.model.known)


def test_printing_by_name_opens_the_preview(desk):
    look_for(desk, "dayinbaobiao")
    desk.press(Key.Key_Return)
    page = desk.window.pages["returns"]
    desk.qtbot.waitUntil(page.preview.isVisible, timeout=20_000)
    desk.settle()


def test_the_look_is_changed_by_keys(desk):
    look_for(desk, "字号 110")
    desk.press(Key.Key_Return)
    assert desk.session.look.scale == pytest.approx(1.1)
    desk.session.look.apply(scale=1.0)


def test_esc_leads_back_to_the_cell_and_what_was_typed_there_is_kept(desk):
    page = desk.turn("enterprise")
    page.grid.go(3, 4)
    desk.press(Key.Key_F2)
    assert isinstance(QApplication.focusWidget(), QLineEdit)
    look_for(desk, "gz")
    assert QApplication.focusWidget() is desk.window.top.search
    desk.press(Key.Key_Escape)
    assert QApplication.focusWidget() is page.grid
    assert (page.grid.currentIndex().row(), page.grid.currentIndex().column()) == (3, 4)
    assert desk.window.top.search.text() == ""


def test_esc_leads_back_to_another_line(desk):
    page = desk.turn("enterprise")
    page.grid.go(3, 1)
    page.filter.setFocus()
    look_for(desk, "zz")
    desk.press(Key.Key_Escape)
    assert QApplication.focusWidget() is page.filter


def test_what_was_written_is_found_and_what_is_gone_is_not(desk):
    look_for(desk, "新来的")
    assert offered(desk) == []
    desk.press(Key.Key_Escape)
    desk.session.write("录入", "新增", lambda work: work.add(ENTERPRISE, {"ent_name": "赣州新来的公司"}))
    assert look_for(desk, "xinlaide")[-1] == ("赣州新来的公司", "企业")
    desk.press(Key.Key_Escape)
    desk.press(Key.Key_Z, Ctrl)
    assert look_for(desk, "新来的") == []


def test_only_ledgers_that_were_touched_are_read_again(desk, monkeypatch):
    look_for(desk, "x")
    desk.press(Key.Key_Escape)
    read = []
    records = found._records
    monkeypatch.setattr(found, "_records", lambda *a: read.append(a[2].id) or records(*a))
    one = first(desk, PROJECT)
    desk.session.write("录入", "改", lambda work: work.set(PROJECT, one.value, {"proj_name": "改了名的项目"}))
    assert look_for(desk, "改了名")[0][0] == "改了名的项目"
    assert set(read) == {"project"}


def test_another_zone_s_records_are_its_own(desk):
    one = first(desk, ENTERPRISE)
    assert look_for(desk, one.text)
    desk.press(Key.Key_Escape)
    create_zone(desk.file, "G361014", "龙南经济技术开发区")
    desk.session.show_scope(zone="G361014")
    desk.window.top.finder.wake()
    desk.settle()
    assert not any(each.detail.startswith("企业") for each in desk.window.top.finder.search(one.text))


def test_typing_never_waits_for_the_index(desk, monkeypatch):
    """Pages and commands are found while records are still being read; the list grows by itself when they are."""
    gate = threading.Event()
    read = found.read_anew

    def slowly(*asked):
        gate.wait(10)
        yield from read(*asked)

    monkeypatch.setattr(finding, "read_anew", slowly)
    one = first(desk, ENTERPRISE)
    QTest.keyClick(QApplication.focusWidget() or desk.window, Key.Key_K, Ctrl)
    desk.type("企业")
    assert ("企业", "页面") in offered(desk)
    desk.window.top.search.clear()
    desk.type(one.text[2:6])
    assert offered(desk) == []
    gate.set()
    desk.qtbot.waitUntil(lambda: one.text in [name for name, _ in offered(desk)], timeout=10_000)
    desk.settle()


def test_twenty_thousand_names_are_looked_through_in_a_moment():
    rows = [(f"赣州第{n}电子有限公司", f"9136070{n:06}") for n in range(20_000)]
    shelf = Shelf(Kind("企业", "企业", 0, rows, lambda number: None), pinyin=False)
    plain = [f"{name} {code}" for name, code in rows]

    def spent(work):
        began = time.perf_counter()
        work()
        return time.perf_counter() - began

    for words in (["赣"], ["赣州"], ["电子"], ["9136"], ["19999电子"], ["没有"], ["赣州", "19998"]):
        naive = min(spent(lambda: [t for t in plain if all(w in t for w in words)]) for _ in range(5))  # noqa: B023
        assert min(spent(lambda: list(shelf.search(words))) for _ in range(5)) < max(12 * naive, 0.02)  # noqa: B023
    assert len(list(shelf.search(["赣州"]))) == MOST
    assert [number for _, number in shelf.search(["赣州", "19998"])] == [19998]
    assert [(rank, n) for rank, n in shelf.search(["赣州第7电子有限公司"])] == [(finding.EXACT, 7)]


@pytest.fixture(scope="session")
def thousands(tmp_path_factory):
    path = tmp_path_factory.mktemp("thousands") / "园区.db"
    zone.make(path, 3_000, periods=())
    return path


def test_the_list_is_drawn_for_each_letter_and_not_for_each_ledger_read(qtbot, thousands, tmp_path, look):
    with DataFile(Path(shutil.copy(thousands, tmp_path / "园区.db")), who="录入员") as file:
        made = make_window(file, look, period=zone.NOW, page="enterprise")
        with qtbot.waitActive(made):
            made.show()
            made.activateWindow()
        desk = Desk(qtbot, made, file)
        desk.settle()
        drawn = []
        put = made.top.found._options.put
        made.top.found._options.put = lambda options: drawn.append(len(options)) or put(options)
        QTest.keyClick(QApplication.focusWidget(), Key.Key_K, Ctrl)
        for letter in "gzd2999h":
            QTest.keyClick(QApplication.focusWidget(), letter)
            qtbot.wait(30)
        desk.settle()
        assert offered(desk)[0][0] == "赣州第2999号电子科技有限公司"
        assert len(drawn) < 30  # for each letter, and not for each of the forty ledgers
        desk.leave()
