"""The clerk's year in the window with real keys: two cells typed, audit, explanation, issue, verify, one cell altered, verify."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QLabel

import dev
from models.store.versions import versions
from tests.models.demo_rows import named
from tests.test_walk import Clerk, alter
from ui.asking import asked_of

Key, Ctrl = Qt.Key, Qt.KeyboardModifier.ControlModifier
COPIED, DOUBLED, SURGED = named("P002"), named("P013"), named("P014", 1)
BY_HAND = [words[-1].partition("=")[2] for words in dev.CORRECTIONS if "经济数据" in words]


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    """The demonstration year with all but three of its faults put right: two figures and an explanation are left to the clerk."""
    path = tmp_path_factory.mktemp("walk") / "演示.db"
    clerk = Clerk(path, Silent())
    clerk.does("demo")
    for command, *words in dev.CORRECTIONS:
        if command == "set" and "经济数据" not in words:
            clerk.does(command, *words)
    return path


class Silent:
    """What the commands print is of no matter here."""

    def readouterr(self):
        return self

    out = ""


def notice(page):
    found = page.panel.outcome.notice
    return [each.text() for each in found.findChildren(QLabel)]


def put_right_by_keys(desk):
    """From the audit to the marked cell, typed over; F8 to the next, typed over; then the explanation."""
    page = desk.turn("audit")
    assert page.verdict.text() == "还不能签发：强制 2 处要改，核实 4 处要说明"
    desk.click(page.detail.jump)  # what others follow from stands first: the tenfold figure spoils 开发区年度's total
    assert desk.cell() == ("ent_period", DOUBLED, "营业收入")
    desk.type(BY_HAND[1])
    desk.press(Key.Key_Return)
    desk.press(Key.Key_F8)
    assert desk.cell() == ("ent_period", COPIED, "利润总额")
    desk.type(BY_HAND[0])
    desk.press(Key.Key_Return)
    page = desk.turn("audit")
    assert desk.findings() == [("P014", SURGED)]
    desk.press(Key.Key_F8)  # past what is only told
    desk.click(page.detail.explain)
    desk.type("二期产线2025年3月投产，新增产能6亿元")
    desk.press(Key.Key_Return, Ctrl)
    assert page.verdict.text().startswith("可以签发")


def issue_to(desk, target, monkeypatch):
    page = desk.turn("returns")
    proposed = []
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *asked: (proposed.append(Path(asked[2]).name), (str(target), ""))[1]
    )
    desk.click(page.issue)
    desk.click(page.panel.sign.button)
    assert [re.fullmatch(r"台办_360701_[^_]+_2025_v1\.xlsx", name) is not None for name in proposed] == [True]
    return page


def test_the_clerk_s_year(desk, monkeypatch, tmp_path):
    put_right_by_keys(desk)
    target: Path = tmp_path / "台办.xlsx"
    page = issue_to(desk, target, monkeypatch)
    head, text = notice(page)[:2]
    assert head == "台办.xlsx"
    assert text.startswith("第 1 版已签发，校验码 ")
    assert page.states[2].text() == "签发 · 第 1 版"
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(Path(url.toLocalFile())))
    desk.click_text("打开")
    assert opened == [target]
    desk.click_text("打印盖章页")
    assert page.preview.isVisible()
    assert page.preview.papers.name == "台办"
    assert "第 1 版" in "".join(text for _, text in page.preview.papers.pages[0][1].footer)
    desk.press(Key.Key_Escape)

    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(target), ""))
    desk.click_text("核验文件…")
    code = text.partition("校验码 ")[2][:9]
    assert notice(page)[1].startswith("完好：")
    assert code in notice(page)[1]

    alter(target, "表TW-1", "D16", 999)
    desk.click_text("核验文件…")
    head, altered = notice(page)[:2]
    assert head == "台办.xlsx：与签发时不同，共 1 处"
    assert altered.startswith("表TW-1!D16 原为")
    assert altered.endswith("现为“999”")


def versions_of(desk):
    asked = asked_of(desk.session)
    with desk.file.reading() as connection:
        return versions(connection, asked.zone.code, asked.pack.id, asked.period)


def test_a_version_is_made_only_together_with_its_file(desk, monkeypatch, tmp_path):
    put_right_by_keys(desk)
    page = desk.turn("returns")
    (tmp_path / "旧文件").write_text("", encoding="utf-8")
    places = ["", str(tmp_path / "旧文件" / "台办.xlsx"), "", str(tmp_path / "旧文件"), str(tmp_path / "台办")]
    asked = []
    monkeypatch.setattr(
        QFileDialog,
        "getSaveFileName",
        lambda _, title, name, *__: (asked.append((title, name)), (places.pop(0), ""))[1],
    )
    desk.click(page.issue)
    desk.click(page.panel.sign.button)  # the clerk thinks better of it
    assert page.panel.sign.isVisible()
    assert versions_of(desk) == []
    desk.click(page.panel.sign.button)  # a place that cannot be written: asked again, with the reason; then given up
    assert notice(page)[0] == "没有签发"
    assert asked[-1][0] == notice(page)[1] != "保存到"
    assert versions_of(desk) == []
    (tmp_path / "旧文件.xlsx").write_text("别的表", encoding="utf-8")
    desk.click(page.issue)
    desk.click(page.panel.sign.button)  # a name whose file with the ending is there already: asked again
    assert "旧文件.xlsx" in asked[-1][0]
    assert (tmp_path / "旧文件.xlsx").read_text(encoding="utf-8") == "别的表"
    (one,) = versions_of(desk)
    assert (tmp_path / "台办.xlsx").exists()
    assert one.short_code in notice(page)[1]
    assert all(name.endswith("_v1.xlsx") or "旧文件" in name for _, name in asked)
    assert page.states[2].text() == "签发 · 第 1 版"


def test_without_a_signature_nothing_is_issued(desk, monkeypatch, tmp_path):
    put_right_by_keys(desk)
    page = desk.turn("returns")
    desk.click(page.issue)
    page.panel.sign.names["填表人"].setFocus()
    desk.press(Key.Key_A, Ctrl)
    desk.press(Key.Key_Delete)
    assert not page.panel.sign.button.isEnabled()
    desk.type("王填表")
    assert page.panel.sign.button.isEnabled()
    desk.click_text("不签发")
    assert page.panel.sign.isHidden()
    assert page.states[2].text() == "签发"
