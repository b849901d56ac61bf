"""The manual in the program: F1 on every page, chapters found by a word, links followed, pictures within the text's width."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from models.ledgers import BY_ID
from ui.help.manual import FOLDER, LEDGER, chapter_of, chapters, search
from ui.help.reader import Reader
from ui.pages import entries

ROOT = Path(__file__).parents[2]
PICTURE, CHAPTER = re.compile(r"!\[[^\]]*\]\(([^)]+)\)"), re.compile(r"(?<!!)\[[^\]]*\]\(([^)]+\.md)\)")
WORDS = re.compile(r"「([^」]+)」")


@pytest.fixture
def ask(desk, qtbot):
    """Press F1 in the window and wait for the manual."""

    def press():
        with qtbot.waitActive(desk.window):
            desk.window.activateWindow()
        QTest.keyClick(desk.window, Qt.Key.Key_F1)
        reader = desk.window.findChild(Reader)
        qtbot.waitUntil(reader.isActiveWindow)
        return reader

    return press


def titles(reader):
    return [reader.list.item(n).text() for n in range(reader.list.count())]


def test_f1_opens_the_chapter_on_the_page(desk, ask):
    for page, told in (("audit", "审核"), ("returns", "报表"), ("enterprise", "填台账")):
        desk.turn(page)
        reader = ask()
        assert told in reader.list.currentItem().text()
        assert reader.text.toPlainText().startswith(reader.list.currentItem().text())
        QTest.keyClick(reader.text, Qt.Key.Key_Escape)
        assert not reader.isVisible()
    assert len(desk.window.findChildren(Reader)) == 1


def test_a_word_is_found_and_a_link_followed(ask):
    read = ask()
    QTest.keyClick(read, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is read.find
    read.find.insert("校验码")
    assert titles(read)
    assert read.text.textCursor().selectedText() == "校验码"
    assert all("校验码" in each.plain for each in search("校验码"))
    read.find.clear()
    read.find.insert("没有这样的字眼儿")
    assert titles(read) == []
    assert "换个说法" in read.text.toPlainText()
    QTest.keyClick(read.find, Qt.Key.Key_Escape)
    assert len(titles(read)) == len(chapters())
    target = chapters()[-1]
    read.text.anchorClicked.emit(QUrl(target.path.name))
    assert read.list.currentItem().text() == target.title


def test_pictures_fit_the_text(desk, ask):
    desk.turn("audit")
    read = ask()
    read.resize(700, 600)
    QApplication.processEvents()
    assert read.text.horizontalScrollBar().maximum() == 0
    assert read.text.document().idealWidth() <= read.text.viewport().width()


def test_every_page_has_its_chapter():
    told = {name for each in chapters() for name in each.pages}
    pages = {LEDGER if entry.id in BY_ID else entry.id for entry in entries()}
    assert pages <= told
    assert told - {LEDGER, "start"} <= {entry.id for entry in entries()}
    assert LEDGER in chapter_of("enterprise", ledger=True).pages


def test_pictures_and_links_are_there_and_none_is_left_over():
    used = set()
    for each in chapters():
        for name in PICTURE.findall(each.text):
            assert (FOLDER / name).is_file(), (each.title, name)
            used.add(Path(name).name)
        for name in CHAPTER.findall(each.text):
            assert (FOLDER / name).is_file(), (each.title, name)
    assert used == {path.name for path in (FOLDER / "图").glob("*.png")}


def test_the_words_on_buttons_are_those_of_the_program():
    """「…」 in the manual are words on the screen: a renamed button makes the manual red."""
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "ui").rglob("*.py"))
    labels = {ledger.label for ledger in BY_ID.values()} | {f"新增{ledger.label}" for ledger in BY_ID.values()}
    asked = {word for each in chapters() for word in WORDS.findall(each.text)}
    assert len(asked) > 50
    assert sorted(word for word in asked if f'"{word}' not in source and word not in labels) == []
