"""The first day: no data file yet, three fields and off; and fonts on a machine that has no Chinese ones."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QRawFont, QTextLayout

import ui
from models.store.zones import zones
from ui import fonts
from ui.app import default_period
from ui.pages.start import StartPage
from ui.theme import DARK, LIGHT


@pytest.fixture
def start(qtbot, look, tmp_path):
    page = StartPage(look, tmp_path / "新文件夹" / "园区年报.db")
    qtbot.addWidget(page)
    page.show()
    return page


def test_three_fields_make_a_file_with_its_zone(start, qtbot, tmp_path):
    qtbot.keyClicks(start.code, "G361013")
    start.name.setText("赣州经济技术开发区")
    with qtbot.waitSignal(start.opened) as opened:
        qtbot.mouseClick(start.begin, Qt.MouseButton.LeftButton)
    with opened.args[0] as file, file.reading() as connection:
        assert [(zone.code, zone.name) for zone in zones(connection)] == [("G361013", "赣州经济技术开发区")]
        assert file.path == tmp_path / "新文件夹" / "园区年报.db"


def test_what_is_missing_is_said(start, qtbot):
    qtbot.keyClicks(start.code, "G361013")
    qtbot.keyClick(start.code, Qt.Key.Key_Return)
    assert start.fault.text() == "请填开发区名称"


def test_a_file_that_is_none_of_ours_is_not_opened(start, tmp_path):
    other = tmp_path / "名单.db"
    other.write_bytes(b"PK\x03\x04 not a data file at all, but a zip")
    start.open(other)
    assert "名单.db" in start.fault.text()
    assert start.isVisible()


def test_an_existing_file_is_opened(start, qtbot, data):
    path = data.path
    data.close()
    with qtbot.waitSignal(start.opened) as opened:
        start.open(path)
    opened.args[0].close()


@pytest.mark.parametrize(("today", "year"), [((2026, 3, 31), 2025), ((2026, 4, 1), 2026), ((2025, 11, 22), 2025)])
def test_the_period_on_opening_is_the_year_being_reported(today, year):
    assert default_period(date(*today)).year == year


def test_no_character_is_a_box_and_radicals_are_not_in_the_font(qapp, family, tmp_path):
    made = fonts.searchable(fonts.font_file(), tmp_path)
    font = QRawFont(str(made), 13)
    assert made.parent == tmp_path
    assert all(font.glyphIndexesForString("龘㎡亩"))
    assert font.glyphIndexesForString("⼯")[0] == 0
    assert QRawFont(str(fonts.font_file()), 13).glyphIndexesForString("⼯")[0] != 0
    assert font.glyphIndexesForString("㬵")[0] == 0  # has the glyph of 胶 and comes before it
    assert all(font.glyphIndexesForString("胶工～"))


def test_digits_beside_latin_letters_are_the_ordinary_ones(qapp, family):
    """Another form of theirs would have no character in a PDF: TW-1 could not be found."""
    font = QFont(family)
    layout = QTextLayout("TW-1", font)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    (run,) = layout.glyphRuns()
    assert run.glyphIndexes() == QRawFont.fromFont(font).glyphIndexesForString("TW-1")


def test_a_cache_that_cannot_be_written_is_no_fault(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert fonts.searchable(fonts.font_file(), tmp_path / "file" / "cache") == fonts.font_file()


@pytest.mark.parametrize("path", sorted(Path(ui.__file__).parent.rglob("*.py")), ids=lambda path: path.stem)
def test_everything_the_window_says_is_in_the_font(qapp, path):
    font = QRawFont(str(fonts.font_file()), 13)
    said = {char for char in path.read_text(encoding="utf-8") if ord(char) > 127}
    assert {char for char in said if not font.glyphIndexesForString(char)[0]} == set()


def luminance(color):
    parts = [int(color[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground"),
    [("text", "surface"), ("secondary", "surface"), ("secondary", "inner"), ("secondary", "background"), ("accent", "surface"),
     ("error", "error_soft"), ("warning", "warning_soft"), ("good", "good_soft"), ("accent", "accent_soft"),
     ("on_accent", "accent"), ("text", "accent_soft")],
)  # fmt: skip
def test_text_can_be_read(tokens, ink, ground):
    light, dark = sorted((luminance(getattr(tokens, ink)), luminance(getattr(tokens, ground))), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5
