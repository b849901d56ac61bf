"""The program on the page 设置: which one it is, a newer one from a file, back to the one before; a broken file changes nothing."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel

from models.progress import finish
from models.version import VERSION
from tests.ui.test_releases import broken, made, packed, said
from ui.installing import CURRENT, Home, install
from ui.pages import settings
from ui.pages.settings_program import SOURCE, WINDOWS, Program


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "家" / "园区年报通", tmp_path / "菜单", tmp_path / "没有的桌面")
    finish(install(made(tmp_path / "下载", "1.0.0"), home))
    return home


@pytest.fixture
def page(desk, home, monkeypatch):
    """The settings of a program that is installed at 1.0.0."""
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(settings, "Program", lambda session: Program(session, home.current, home))
    return desk.turn("settings")


def texts(card) -> list[str]:
    return [said.text() for said in card.findChildren(QLabel) if not said.isHidden()]


def choose(desk, page, monkeypatch, file: Path) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    desk.click(page.program.newer)
    desk.qtbot.waitUntil(lambda: page.program.busy.task is None, timeout=30_000)


def test_a_newer_program_is_taken_and_given_back(desk, page, home, tmp_path, monkeypatch):
    card = page.program
    assert f"园区年报通 {VERSION}" in texts(card)
    assert not card.back.isVisible()
    choose(desk, page, monkeypatch, packed(tmp_path, "1.1.0"))
    assert "已更新到 1.1.0" in texts(card)
    assert said(home.base / CURRENT) == "园区年报通 1.1.0"
    assert card.back.text() == "退回 1.0.0"
    desk.click(card.back)
    assert "已退回 1.0.0" in texts(card)
    assert said(home.base / CURRENT) == "园区年报通 1.0.0"
    assert not card.back.isVisible()


@pytest.mark.parametrize("how", ["cut", "changed"])
def test_a_broken_file_is_told_and_changes_nothing(how, desk, page, home, tmp_path, monkeypatch):
    file = packed(tmp_path, "1.1.0")
    broken(file, how)
    choose(desk, page, monkeypatch, file)
    assert "没有更新" in texts(page.program)
    assert "请重新取一份" in page.program.notice.text.text()
    assert said(home.base / CURRENT) == "园区年报通 1.0.0"
    assert page.program.busy.isHidden()


def test_a_program_on_a_stick_tells_where_the_new_one_is(desk, home, tmp_path, monkeypatch):
    running = made(tmp_path / "U盘" / "园区年报通-1.0.0", "1.0.0")
    monkeypatch.setattr(settings, "Program", lambda session: Program(session, running, Home(tmp_path / "没有装")))
    page = desk.turn("settings")
    choose(desk, page, monkeypatch, packed(tmp_path, "1.1.0"))
    assert str(tmp_path / "U盘" / "园区年报通-1.1.0") in page.program.notice.text.text()


def test_where_it_is_not_updated_here_there_is_no_button(desk, tmp_path, monkeypatch):
    card = desk.turn("settings").program
    assert SOURCE in texts(card)
    assert not card.newer.isVisible()
    monkeypatch.setattr(sys, "platform", "win32")
    card = Program(desk.session, made(tmp_path / "程序", "1.0.0"), Home(tmp_path / "没有装"))
    assert WINDOWS in texts(card)
    assert card.newer.isHidden()
    assert card.back.isHidden()
