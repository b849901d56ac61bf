"""Text can be read: at least 4.5 : 1 in both looks, by the tokens, by the style sheet, by what is painted."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget

from tests.ui.shot_pages import Scenes
from ui.sheet import style_sheet
from ui.theme import DARK, LIGHT

LOOKS = {"浅色": LIGHT, "深色": DARK}
LEAST = 4.5
INKS = ("text", "secondary", "accent", "error", "warning", "good")
GROUNDS = ("background", "surface", "inner")
SOFT = {"accent": "accent_soft", "error": "error_soft", "warning": "warning_soft", "good": "good_soft"}


def ratio(one, other):
    """Contrast of two colours as WCAG has it."""
    light, dark = sorted((_luminance(QColor(one)), _luminance(QColor(other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color):
    parts = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in color.getRgbF()[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def test_the_measure_is_right():
    assert round(ratio("#000000", "#FFFFFF"), 1) == 21.0
    assert round(ratio("#777777", "#FFFFFF"), 2) == 4.48


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("ink", INKS)
@pytest.mark.parametrize("ground", GROUNDS)
def test_every_ink_can_be_read_on_every_plain_ground(look, ink, ground):
    tokens = vars(LOOKS[look])
    assert ratio(tokens[ink], tokens[ground]) >= LEAST


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("tone", SOFT)
def test_words_can_be_read_on_the_soft_grounds(look, tone):
    """Chips and notices; rows that are chosen, where any ink of a list may stand."""
    tokens = vars(LOOKS[look])
    inks = INKS if tone == "accent" else ("text", tone)
    for ink in inks:
        assert ratio(tokens[ink], tokens[SOFT[tone]]) >= LEAST, ink


@pytest.mark.parametrize("look", LOOKS)
def test_what_is_on_the_accent_can_be_read_and_what_is_off_made_out(look):
    tokens = LOOKS[look]
    assert ratio(tokens.on_accent, tokens.accent) >= LEAST
    assert ratio(tokens.secondary, tokens.accent_soft) >= LEAST  # a primary button that is off
    assert ratio(tokens.faint, tokens.surface) >= 2.4  # other buttons that are off


def rules(tokens):
    """Selector and declarations of every rule of the style sheet."""
    sheet = style_sheet(vars(tokens), int)
    for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", sheet):
        yield selector.strip(), dict(part.strip().split(":", 1) for part in body.split(";") if ":" in part)


@pytest.mark.parametrize("look", LOOKS)
def test_every_pair_of_colours_in_the_style_sheet_can_be_read(look):
    tokens = LOOKS[look]
    grounds = [getattr(tokens, each) for each in GROUNDS]
    seen = 0
    for selector, told in rules(tokens):
        ink, ground = told.get("color", "").strip(), told.get("background", "").strip()
        if not ink.startswith("#") or ":disabled" in selector:
            continue
        if selector.startswith('QPushButton[primary="true"]'):  # on the accent, or on the key drawn on it
            ground = ground or (tokens.surface if "#key" in selector else tokens.accent)
        for each in [ground] if ground.startswith("#") else grounds:
            assert ratio(ink, each) >= LEAST, f"{selector}: {ink} / {each}"
            seen += 1
    assert seen > 40


def test_faint_ink_carries_no_meaning():
    """It is for borders under the mouse and for what is switched off; nothing to be read is written in it."""
    root = Path(__file__).parents[2] / "ui"
    found = []
    for path in sorted(root.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and node.value in ("faint", "line", "inner"):
                found.append((path.name, node.value, node.lineno))
    inks = [each for each in found if each[1] == "faint"]
    assert not inks
    sheet = [selector for selector, told in rules(LIGHT) if told.get("color", "").strip() == LIGHT.faint]
    assert sheet
    assert all(":disabled" in selector for selector in sheet)


# --- what is on the screen


def seen(widget, picture):
    """The contrast of a widget's words with their ground, as painted on the window's picture."""
    at = widget.visibleRegion().boundingRect()
    image = picture.copy(at.translated(widget.mapTo(widget.window(), QPoint())))
    colors = Counter(image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height()))
    ground = colors.most_common(1)[0][0]
    return max(ratio(color, ground) for color in colors)


@pytest.mark.parametrize("dark", [False, True])
def test_words_on_the_screen_can_be_read(desk, look, tmp_path, dark):
    look.apply(dark=dark)
    window = desk.window
    scenes = Scenes(desk.qtbot, window, tmp_path).all()
    pale = []
    for name in ("audit", "indicator", "return", "import"):
        scenes[name]()
        desk.settle()
        QApplication.processEvents()
        picture = window.grab().toImage()
        for widget in window.findChildren(QWidget):
            words = isinstance(widget, QLabel | QAbstractButton) and widget.text().strip()
            if not words or not widget.isVisible() or not widget.isEnabled() or widget.window() is not window:
                continue
            if widget.visibleRegion().boundingRect() != widget.rect() or isinstance(widget.parentWidget(), QLineEdit):
                continue
            if len(widget.text()) < 3 and widget.text() < "一":  # two thin Latin letters have no full stroke
                continue
            found = seen(widget, picture)
            if found < LEAST:
                pale.append(f"{name}: “{widget.text()}” {found:.2f}")
    assert not pale, "\n".join(dict.fromkeys(pale))
