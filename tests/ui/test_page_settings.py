"""设置: every choice holds at once and is remembered; packs from a file; the person's menu."""

from __future__ import annotations

import re
import shutil

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from exporters.pack_book import build
from models.packs.pack import BUILT_IN, forget_packs, pack
from models.packs.tables import read_folder
from models.store.history import done
from models.store.zones import create_zone
from tests.ui.desk import texts
from ui import following
from ui.app import keep_look, read_look
from ui.following import follow_system
from ui.pages import settings as settings_module
from ui.pages.settings import DARK, LIGHT, SCALES, SYSTEM
from ui.settings import Settings
from ui.theme import Look


@pytest.fixture
def page(desk):
    forget_packs()
    yield desk.turn("settings")
    forget_packs()


def chosen(segments):
    return [value for value, button in segments.buttons.items() if button.isChecked()]


def test_the_name_is_written_into_the_history_from_then_on(desk, page):
    assert page.person.placeholderText() == "录入员"
    page.person.setFocus()
    desk.type("王小明")
    desk.press(Qt.Key.Key_Return)
    assert desk.session.settings.get("person/name", "") == "王小明"
    assert desk.window.top.person.text() == "王小明"
    assert desk.file.lock.holder.who == "王小明"
    create_zone(desk.file, "G361099", "别区")
    assert done(desk.file)[0].who == "王小明"


def test_light_dark_and_size_hold_at_once_and_are_remembered(desk, page, tmp_path):
    look = desk.session.look
    kept = Settings(tmp_path / "界面.ini")
    look.changed.connect(lambda: keep_look(kept, look))
    desk.click(page.tone.buttons[DARK])
    assert look.dark
    assert chosen(page.tone) == [DARK]
    for scale in SCALES:
        desk.click(page.scale.buttons[scale])
        assert round(look.scale * 100) == scale
        assert chosen(page.scale) == [scale]
    desk.click(page.scale.buttons[125])
    again = read_look(kept)
    assert (again.dark, again.scale) == (True, 1.25)
    desk.click(page.scale.buttons[100])
    desk.click(page.tone.buttons[LIGHT])
    assert not look.dark


class Hints(QObject):
    """A desktop that can be turned dark."""

    colorSchemeChanged = Signal(Qt.ColorScheme)  # noqa: N815

    def __init__(self):
        super().__init__()
        self.scheme = Qt.ColorScheme.Light

    def colorScheme(self):  # noqa: N802
        return self.scheme

    def turn(self, scheme):
        self.scheme = scheme
        self.colorSchemeChanged.emit(scheme)


def test_the_look_follows_the_desktop_only_where_that_is_wished(desk, page, monkeypatch):
    hints = Hints()
    monkeypatch.setattr(following.QGuiApplication, "styleHints", staticmethod(lambda: hints))
    look, settings = desk.session.look, desk.session.settings
    kept = follow_system(settings, look)
    hints.turn(Qt.ColorScheme.Dark)
    assert not look.dark
    desk.click(page.tone.buttons[SYSTEM])
    assert look.dark
    assert chosen(page.tone) == [SYSTEM]
    assert read_look(settings).dark
    hints.turn(Qt.ColorScheme.Light)
    assert not look.dark
    desk.click(page.tone.buttons[DARK])
    hints.turn(Qt.ColorScheme.Unknown)
    assert look.dark
    look.apply(dark=False)
    del kept


def test_enter_s_way_and_the_form_are_remembered(desk, page):
    settings = desk.session.settings
    assert chosen(page.enter) == ["down"]
    desk.click(page.enter.buttons["right"])
    assert settings.get("table/enter", "") == "right"
    desk.click(page.form.buttons[False])
    ledger = desk.turn("enterprise")
    assert ledger.form.isHidden()
    desk.click(ledger.fold)
    assert ledger.form.isVisible()
    desk.turn("settings")
    assert chosen(page.form) == [True]


def test_a_second_folder_is_chosen_told_of_and_given_up(desk, page, tmp_path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "盘"))
    desk.click_text("选文件夹…")
    assert page.second.text() == str(tmp_path / "盘")
    assert "现在不在" in page.second_hint.text()
    (tmp_path / "盘").mkdir()
    page.arrive({})
    assert "同一个盘" in page.second_hint.text()
    monkeypatch.setattr(settings_module, "_same_disk", lambda *_: False)
    page.arrive({})
    assert page.second_hint.isHidden()
    desk.click_text("不要第二份")
    assert page.second.text() == "没有第二份"


def workbook(tmp_path, spoiled=False):
    folder = shutil.copytree(BUILT_IN / "台办", tmp_path / "包" / "台办")
    head = folder / "pack.toml"
    head.write_text(re.sub(r'version = ".*"', 'version = "2026.3"', head.read_text(encoding="utf-8")), encoding="utf-8")
    if spoiled:
        table = folder / "指标.csv"
        table.write_text(table.read_text(encoding="utf-8").replace("合计(", "合讨(", 1), encoding="utf-8")
    path = tmp_path / "下发.xlsx"
    path.write_bytes(build(read_folder(folder)[0]))
    return path


def test_a_pack_is_installed_from_a_file(desk, page, tmp_path, monkeypatch):
    line = next(each for each in texts(page.packs.list) if each[0] == "台办")
    assert line[1:6] == ["产业园年度建设运行情况", "2025.1", "省台办", "12月31日", "随程序"]
    path = workbook(tmp_path)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    desk.click(page.packs.add)
    line = next(each for each in texts(page.packs.list) if each[0] == "台办")
    assert (line[2], line[5]) == ("2026.3", "文件")
    assert pack("台办").version == "2026.3"
    assert "已安装“台办”版本 2026.3" in desk.window.status.said.text()


def test_a_faulty_pack_is_not_installed_and_its_faults_are_listed(desk, page, tmp_path):
    page.packs.install(workbook(tmp_path, spoiled=True))
    desk.settle()
    assert re.match(r"没有安装：有 \d+ 处错", page.packs.notice.head.text())
    assert page.packs.notice.text.text().startswith("指标!")
    assert pack("台办").version == "2025.1"
    (tmp_path / "x.xlsx").write_bytes(b"no workbook")
    page.packs.install(tmp_path / "x.xlsx")
    desk.settle()
    assert page.packs.notice.head.text() == "没有安装"


def test_the_person_s_menu_is_short(desk):
    menu = desk.window.top.person.menu()
    menu.aboutToShow.emit()
    actions = {action.text(): action for action in menu.actions() if action.text()}
    assert list(actions)[:4] == ["浅色", "深色", "设置…", "自检…"]
    actions["深色"].trigger()
    assert desk.session.look.dark
    actions = {action.text(): action for action in menu.actions()}
    desk.session.settings.put("look/follow", True)
    menu.aboutToShow.emit()
    {action.text(): action for action in menu.actions()}["浅色"].trigger()
    assert not desk.session.look.dark
    assert not desk.session.settings.get("look/follow", True)
    menu.aboutToShow.emit()
    {action.text(): action for action in menu.actions()}["设置…"].trigger()
    assert desk.window.current is desk.window.pages["settings"]


@pytest.mark.parametrize(("scale", "size"), [(1.0, (1440, 900)), (1.0, (900, 600)), (2.0, (1366, 768))])
def test_nothing_is_wider_than_the_page(desk, page, scale, size):
    desk.window.resize(*size)
    desk.session.look.apply(scale=scale)
    desk.settle()
    for segments in (page.tone, page.scale, page.enter):
        for button in segments.buttons.values():
            right = button.mapTo(page, button.rect().topRight()).x()
            assert button.isVisible()
            assert right <= page.width()
    desk.session.look.apply(scale=1.0)


def test_settings_lie_on_this_pc_and_not_in_the_file(desk, page, tmp_path):
    before = done(desk.file)
    desk.click(page.tone.buttons[DARK])
    desk.click(page.enter.buttons["right"])
    assert done(desk.file) == before
    desk.click(page.tone.buttons[LIGHT])
    assert QGuiApplication.instance() is not None
    assert isinstance(desk.session.look, Look)
