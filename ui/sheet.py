"""The style sheet: how each kind of widget looks, in the tokens' colours and the scale's pixels."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from string import Template

# $name is a colour, ${n_13} thirteen pixels of the drawings; what is typed on paper (#onpaper) is light in both looks, as paper is
_SHEET = """
QWidget { color: $text; }
QMainWindow, #page, #frame { background: $background; }
#side, #top, #status { background: $surface; }
#side { border-right: 1px solid $line; }
#top { border-bottom: 1px solid $line; }
#status { border-top: 1px solid $line; }
#panel, #card { background: $surface; border: 1px solid $line; border-radius: ${n_8}px; }
#tablebox { background: $surface; border: 1px solid $line; border-radius: ${n_8}px; }
QLabel { background: transparent; }
QLabel#program { font-size: ${n_15}px; font-weight: bold; }
QLabel#title { font-size: ${n_18}px; font-weight: bold; }
QLabel#heading { font-size: ${n_15}px; font-weight: bold; }
QLabel#heading[tone="error"] { color: $error; }
QLabel#heading[tone="good"] { color: $good; }
QLabel#strong { font-weight: bold; }
QLabel#figure { font-size: ${n_21}px; font-weight: bold; }
QLabel#fact, QLabel#secondary { color: $secondary; }
QLabel#note { color: $secondary; font-size: ${n_12}px; }
QLabel#group { color: $secondary; font-size: ${n_12}px; padding: ${n_12}px ${n_8}px ${n_4}px ${n_8}px; }
QLabel#arrow { color: $secondary; font-size: ${n_8}px; }
QLabel#dot { color: $good; font-size: ${n_9}px; }
QLabel#dot[tone="warning"] { color: $warning; }
QLabel#error { color: $error; }
QLabel#warning { color: $warning; }
QLabel#good { color: $good; }
QLabel#link { color: $accent; }
QLabel#key { color: $secondary; background: $surface; border: 1px solid $line; border-radius: ${n_4}px;
  padding: 0 ${n_5}px; font-size: ${n_11}px; max-height: ${n_18}px; }
QLabel[chip] { border-radius: ${n_4}px; padding: ${n_2}px ${n_7}px; font-size: ${n_12}px; }
QLabel[chip="plain"] { background: $inner; color: $secondary; }
QLabel[chip="accent"] { background: $accent_soft; color: $accent; }
QLabel[chip="error"] { background: $error_soft; color: $error; }
QLabel[chip="warning"] { background: $warning_soft; color: $warning; }
QLabel[chip="good"] { background: $good_soft; color: $good; }
QFrame[notice] { border-radius: ${n_6}px; border: none; }
QFrame[notice="error"] { background: $error_soft; }
QFrame[notice="warning"] { background: $warning_soft; }
QFrame[notice="good"] { background: $good_soft; }
QFrame[notice="plain"] { background: $inner; }
QFrame#rule { background: $inner; border: none; max-height: 1px; min-height: 1px; }

QPushButton { background: $surface; border: 1px solid $line; border-radius: ${n_6}px; padding: ${n_6}px ${n_12}px; }
QPushButton:hover { border-color: $faint; }
QPushButton:focus { border-color: $accent; }
QPushButton:disabled { color: $faint; }
QPushButton[primary="true"] { background: $accent; border-color: $accent; color: $on_accent; font-weight: bold; }
QPushButton[primary="true"]:focus { border: ${n_2}px solid $text; padding: ${n_5}px ${n_11}px; }
QPushButton[primary="true"] QLabel { color: $on_accent; font-weight: bold; }
QPushButton[primary="true"] QLabel#key { color: $text; font-weight: normal; }
QPushButton[primary="true"]:disabled { background: $accent_soft; border-color: $accent_soft; color: $secondary; }
QPushButton[primary="true"] QLabel:disabled { color: $secondary; }
QPushButton[flat="true"] { background: transparent; border: 1px solid transparent; padding: ${n_3}px ${n_5}px; color: $secondary; }
QPushButton[flat="true"]:hover { color: $text; }
QPushButton[flat="true"]:checked { color: $text; font-weight: bold; }
QPushButton[link="true"] { background: transparent; border: none; padding: 0; color: $accent; text-align: left; }
QPushButton[link="true"]:focus { text-decoration: underline; }
QPushButton[flat="true"]:focus { border-color: $accent; }
QPushButton#card { text-align: left; padding: 0; }
QPushButton#card:hover { border-color: $faint; }
QPushButton#card:focus { border-color: $accent; }
QLabel#step { background: $inner; color: $secondary; font-weight: bold; border-radius: ${n_14}px; min-width: ${n_28}px;
  max-width: ${n_28}px; min-height: ${n_28}px; max-height: ${n_28}px; }
QLabel#step[state="now"] { background: $accent; color: $on_accent; }
QLabel#step[state="done"] { background: $good_soft; color: $good; }
QPushButton[chip] { border: none; border-radius: ${n_4}px; padding: ${n_3}px ${n_8}px; font-size: ${n_12}px; }
QPushButton[chip="plain"] { background: $inner; color: $secondary; }
QPushButton[chip="plain"]:hover, QPushButton[chip="plain"]:focus { color: $text; }
QPushButton[chip="accent"] { background: $accent_soft; color: $accent; }
QPushButton[chip="accent"]:hover, QPushButton[chip="accent"]:focus { text-decoration: underline; }
#strip { background: $surface; border: 1px solid $line; border-radius: ${n_8}px; }
QPushButton::menu-indicator { image: none; width: 0; }
QPushButton[nav="true"] { border: none; border-radius: ${n_6}px; padding: ${n_6}px ${n_10}px; text-align: left;
  background: transparent; }
QPushButton[nav="true"]:hover { background: $inner; }
QPushButton[nav="true"]:checked { background: $accent_soft; }
QPushButton[nav="true"]:focus { border: 1px solid $accent; padding: ${n_5}px ${n_9}px; }
QPushButton[nav="true"] QLabel[on="true"] { color: $accent; font-weight: bold; }
QPushButton[nav="true"] QLabel#count { color: $secondary; font-size: ${n_12}px; }
QPushButton[group="true"] { background: transparent; border: 1px solid transparent; border-radius: ${n_6}px; color: $secondary;
  font-size: ${n_12}px; text-align: left; padding: ${n_3}px ${n_8}px; margin-top: ${n_4}px; }
QWidget#foot { border-top: 1px solid $inner; }
QPushButton[nav="true"] QLabel[chip] { border-radius: ${n_9}px; padding: ${n_1}px ${n_7}px; }
QPushButton[group="true"]:hover { color: $text; }
QPushButton[group="true"]:focus { border-color: $accent; }
QPushButton[segment="true"] { padding: ${n_5}px ${n_12}px; }
QPushButton[segment="true"]:checked { background: $accent_soft; border-color: $accent; color: $accent; font-weight: bold; }
QPushButton[count="true"] { border-radius: ${n_8}px; }
QPushButton[count="true"]:checked { border-color: $accent; }
QLabel#figure[tone="error"] { color: $error; }
QPushButton[tab="true"] { background: transparent; border: none; border-bottom: ${n_2}px solid transparent; border-radius: 0;
  padding: ${n_2}px 0 ${n_3}px 0; color: $secondary; }
QPushButton[tab="true"]:hover { color: $text; }
QPushButton[tab="true"]:checked { color: $accent; font-weight: bold; border-bottom-color: $accent; }
QPushButton[tab="true"]:focus { color: $text; text-decoration: underline; }
QPushButton[tab="true"]:checked:focus { color: $accent; }

QLineEdit, QPlainTextEdit, QComboBox { background: $surface; border: 1px solid $line; border-radius: ${n_6}px;
  padding: ${n_5}px ${n_10}px; selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus { border-color: $accent; }
QLineEdit#filter { border-radius: ${n_3}px; padding: 0 ${n_5}px; font-size: ${n_12}px; }
QLineEdit[wrong="true"], QLineEdit[wrong="true"]:focus { border-color: $error; }
QLineEdit#search { background: $background; }
QLineEdit#cell, QPlainTextEdit#cell { border: ${n_2}px solid $accent; border-radius: 0; padding: 0 ${n_5}px;
  font-size: ${n_12h}px; }
QPlainTextEdit#onpaper, QPlainTextEdit#onpaper:focus { background: #FFFDF3; color: #1B1B1B; border: ${n_2}px solid #1D5FBF;
  border-radius: 0; padding: 0 ${n_2}px; selection-background-color: #1D5FBF; selection-color: #FFFFFF; }
QComboBox::drop-down { border: none; width: ${n_20}px; }

QTableView { background: $surface; border: none; font-size: ${n_12h}px; outline: 0; }
QTableView QTableCornerButton::section { background: $inner; border: none; }
QHeaderView { background: $inner; border: none; }
QHeaderView:vertical { background: $surface; }
QTextBrowser#manual { background: $surface; border: 1px solid $line; border-radius: ${n_8}px; }
QListWidget#chapters { background: $surface; border: 1px solid $line; border-radius: ${n_8}px; outline: 0; padding: ${n_4}px; }
QListWidget#chapters::item { padding: ${n_7}px ${n_8}px; border-radius: ${n_6}px; color: $text; }
QListWidget#chapters::item:selected { background: $accent_soft; color: $accent; }
QListView#thumbs { background: transparent; border: none; outline: 0; }
QListView#choices { background: $surface; border: 1px solid $line; border-radius: ${n_6}px; outline: 0; padding: ${n_3}px; }
QMenu { background: $surface; border: 1px solid $line; border-radius: ${n_6}px; padding: ${n_4}px; }
QMenu::item { padding: ${n_6}px ${n_20}px ${n_6}px ${n_12}px; border-radius: ${n_4}px; }
QMenu::item:selected { background: $accent_soft; color: $accent; }
QMenu::item:disabled { color: $faint; }
QMenu::separator { height: 1px; background: $inner; margin: ${n_4}px ${n_8}px; }
QToolTip { background: $surface; color: $text; border: 1px solid $line; padding: ${n_4}px ${n_6}px; }
QScrollArea, QScrollArea > QWidget > QWidget#inside { background: transparent; border: none; }
QScrollBar { background: transparent; border: none; }
QScrollBar:vertical { width: ${n_10}px; }
QScrollBar:horizontal { height: ${n_10}px; }
QScrollBar::handle { background: $line; border-radius: ${n_3}px; margin: ${n_2}px; }
QScrollBar::handle:vertical { min-height: ${n_30}px; }
QScrollBar::handle:horizontal { min-width: ${n_30}px; }
QScrollBar::handle:hover { background: $faint; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {
  background: transparent; border: none; width: 0; height: 0; }
QSplitter::handle { background: transparent; }
QProgressBar { background: $inner; border: none; border-radius: ${n_3}px; height: ${n_6}px; }
QProgressBar::chunk { background: $accent; border-radius: ${n_3}px; }
"""


class _Values(dict[str, str]):
    """Colours by token, and pixels: n_13 is 13 at the scale, n_12h is 12.5."""

    def __init__(self, colours: Mapping[str, str], px: Callable[[float], int]) -> None:
        super().__init__(colours)
        self._px = px

    def __missing__(self, name: str) -> str:
        size = name.removeprefix("n_")
        return str(self._px(float(size.removesuffix("h")) + (0.5 if size.endswith("h") else 0)))


def style_sheet(colours: Mapping[str, str], px: Callable[[float], int]) -> str:
    """The style sheet for these colours, ``px`` giving a drawing's length at the scale in force."""
    return Template(_SHEET).substitute(_Values(colours, px))
