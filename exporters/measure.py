"""How much room a text takes in a cell, near enough: for the pages on screen and for the rows of a growing list."""

from __future__ import annotations

import unicodedata

PADDING = 3.0  # points between a cell's text and its border, at both sides together
INDENT = 9.0  # points of one step of indent

_DIGIT = 7  # pixels of a digit in the default font, by which column widths are counted
_POINT = 0.75  # points of a pixel


def column_points(characters: float) -> float:
    """Give a column's width in points as Excel reckons it: whole pixels of so many digits of the default font."""
    return int((256 * characters + int(128 / _DIGIT)) / 256 * _DIGIT) * _POINT


def default_column() -> float:
    """The width, in characters, of a column that states none."""
    return 8.43 + 5 / _DIGIT


def line_count(text: str, size: float, width: float) -> int:
    """Count the lines of a text in a font whose Chinese characters are square and others half as wide (宋体, 黑体, 仿宋)."""
    count = 0
    for line in text.split("\n"):
        wide = sum(1.0 if unicodedata.east_asian_width(letter) in "WFA" else 0.5 for letter in line) * size
        count += max(1, -int(-wide // max(width, size)))
    return count


def text_height(lines: int, size: float) -> float:
    """Give the height of a row, in points, that shows so many lines."""
    return lines * size * 1.25 + 2
