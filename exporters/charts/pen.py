"""Writing with the program's own font: exact widths, sizes at which texts fit, lines broken where they do not."""

from __future__ import annotations

import os
from typing import Any

from exporters.fonts import cache_folder, font_file, searchable

MISSING = "〓"
_AT = 100  # the size at which widths are measured
_CLOSING, _OPENING = "，。；：、）》」】〕”’,.;:)", "（《「【〔“‘("


class Pen:
    """Measures texts and gives the font; sizes and widths are points."""

    def __init__(self) -> None:
        # the person's own folder may hold a font list of another version, or not be writable; the machine's fonts are not
        # looked for, which takes many seconds where there are hundreds
        os.environ.setdefault("MPLCONFIGDIR", str(cache_folder() / "matplotlib"))
        os.environ.setdefault("MPL_IGNORE_SYSTEM_FONTS", "1")
        # half a second, and only charts need it
        from matplotlib.font_manager import FontProperties
        from matplotlib.ft2font import FT2Font

        self._properties = FontProperties
        self._file = str(searchable(font_file(), cache_folder()))
        self._face = FT2Font(self._file)
        self._face.set_size(_AT, 72)
        self._widths: dict[str, float] = {}
        self._fonts: dict[float, Any] = {}

    def font(self, size: float) -> Any:
        """The font at a size."""
        if size not in self._fonts:
            self._fonts[size] = self._properties(fname=self._file, size=size)
        return self._fonts[size]

    def shown(self, text: str) -> str:
        """The text; a character that the font lacks is 〓, as printers set it."""
        return "".join(letter if self._face.get_char_index(ord(letter)) else MISSING for letter in text)

    def width(self, text: str, size: float = 1.0) -> float:
        """How wide a text is."""
        return sum(map(self._advance, text)) * size / _AT

    def _advance(self, letter: str) -> float:
        if letter not in self._widths:
            known = self._face.get_char_index(ord(letter)) or self._face.get_char_index(ord(MISSING))
            self._widths[letter] = self._face.load_glyph(known).linearHoriAdvance / 65536
        return self._widths[letter]

    def size(self, texts: list[str], room: float, size: float, least: float) -> float:
        """The largest size from ``size`` down to ``least`` at which every text fits into ``room``."""
        widest = max(map(self.width, texts), default=0)
        return max(least, min(size, room / widest)) if widest else size

    def broken(self, text: str, room: float, size: float, lines: int) -> list[str]:
        """The text on as many lines as it takes, at most ``lines``; what does not fit even so ends in …"""
        found: list[str] = []
        while text and self.width(text, size) > room and len(found) < lines - 1:
            end = self._fits(text, room, size)
            found.append(text[:end].rstrip())
            text = text[end:].lstrip()
        if self.width(text, size) > room:
            text = text[: self._fits(text, room - self.width("…", size), size)].rstrip() + "…"
        return [*found, text]

    def _fits(self, text: str, room: float, size: float) -> int:
        """How many characters fit, no line beginning with a closing mark or within a number."""
        end = next((n for n in range(1, len(text) + 1) if self.width(text[:n], size) > room), len(text) + 1) - 1
        cut = end
        while 1 < cut < len(text) and _together(text[cut - 1], text[cut]):
            cut -= 1
        return cut if cut > 1 else max(end, 1)


def _together(one: str, other: str) -> bool:
    """Whether a line must not end between two letters."""
    return one in _OPENING or other in _CLOSING or (_inner(one) and _inner(other))


def _inner(letter: str) -> bool:
    return letter.isascii() and not letter.isspace()
