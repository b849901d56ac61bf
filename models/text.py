"""The one normaliser of text: entry, import, matching and rules all fold and clean with these three functions.

People write one name in many ways: full-width and half-width, （ ） and ( ), with spaces, zero-width characters or
quotes. :func:`fold` gives the form for comparing, :func:`clean` the form that is kept, :func:`fold_name` the form of a
name in a formula.

>>> fold("江西ＡＢＣ（ 赣州 ）“新材料”有限公司") == fold('江西abc(赣州)新材料有限公司')
True
>>> clean("\\u3000江西省\\u200b赣州市\\xa0")
'江西省赣州市'
"""

from __future__ import annotations

import re
from unicodedata import category, is_normalized, normalize

_VARIATION_SELECTORS = range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0)  # choose a glyph, mean nothing
_SAME = {  # after NFKC, which has already made （）［］｛｝，．：； and their like half-width
    **dict.fromkeys("'\"`‘’‚‛“”„‟′‵〝〞〟「」『』《》〈〉«»‹›ʹʺʻʼʽ", None),
    **dict.fromkeys("[{〔【〖〘〚", "("),
    **dict.fromkeys("]}〕】〗〙〛", ")"),
    **dict.fromkeys("‐‑‒–—―−⁃﹘", "-"),
    **dict.fromkeys("•‧∙⋅・", "·"),
}
_FOLDED = re.compile("[0-9A-Z一-鿿、。()·.,:;%+/-]*")  # most of what people write is folded, or clean, already
_CLEAN = re.compile("[ -~一-鿿、。（）：，；“”·-]*")
_LINE_BREAKS = re.compile(r"\s*[\n\v\f\r\x85\u2028\u2029]+\s*")
_LATIN_WORDS = re.compile(r"[0-9A-Za-z,.;:)] [0-9A-Za-z(]")


def fold(text: str) -> str:
    """The form of ``text`` for comparing only: two texts mean the same when their folded forms are equal.

    NFKC (so full-width becomes half-width), one kind of brackets, dashes and middle dots; spaces, control, zero-width
    and format characters and quotes are taken out; letters are upper-case. Folding twice changes nothing.
    """
    if _FOLDED.fullmatch(text):
        return text
    folded = normalize("NFKC", text).translate(_FOLD)
    return folded if is_normalized("NFKC", folded) else fold(folded)  # what stood between two characters is gone


def shortened(text: str, most: int) -> str:
    """A text of at most so many characters, the last of them … where there are more."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def clean(text: str) -> str:
    """The form of a one-line ``text`` that is kept: the inner characters stay as typed.

    NFC; no white space at either end (ideographic and no-break spaces included), no zero-width or control characters;
    a line break inside, which is how a spreadsheet wraps a long cell, joins what it parts (Latin words with a space),
    a tab becomes a space.
    """
    if _CLEAN.fullmatch(text):
        return text.strip()
    joined = _LINE_BREAKS.sub(_join, text).replace("\t", " ")
    return normalize("NFC", joined.translate(_KEEP)).strip()


def fold_name(identifier: str) -> str:
    """A formula's name as Python reads it: identifiers are NFKC-folded by its parser, so names we declare must be too.

    >>> fold_name("Ⅰ类企业")
    'I类企业'
    """
    return normalize("NFKC", identifier)


def _join(found: re.Match[str]) -> str:
    """What stands in place of a line break: a space between Latin words, nothing between Chinese characters."""
    before, after = found.string[: found.start()][-1:], found.string[found.end() :][:1]
    return " " if _LATIN_WORDS.match(f"{before} {after}") else ""


def _means_nothing(char: str) -> bool:
    """Zero-width, format and control characters and variation selectors."""
    return category(char) in {"Cc", "Cf"} or any(ord(char) in block for block in _VARIATION_SELECTORS)


class _Fold(dict[int, str | None]):
    """The table for ``str.translate``, filled as characters are met."""

    def __missing__(self, point: int) -> str | None:
        char = chr(point)
        if char in _SAME:
            self[point] = _SAME[char]
        elif char.isspace() or _means_nothing(char):
            self[point] = None
        else:
            self[point] = char.upper()
        return self[point]


class _Keep(dict[int, str | None]):
    """The table that takes out what means nothing and keeps all else."""

    def __missing__(self, point: int) -> str | None:
        self[point] = None if _means_nothing(chr(point)) else chr(point)
        return self[point]


_FOLD = _Fold()
_KEEP = _Keep()
