"""The pinyin of a name, to be kept beside it so that typing ``gzsf`` or ``ganzhou`` finds it.

The tables of ``resources/pinyin`` are what pypinyin knows, in a form that is there within milliseconds (docs/decisions/
0014-pinyin-as-tables.md); 地名.txt on top of them is written by hand. The code lists of ``resources/codes`` carry their
pinyin and never need them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from models.places import RESOURCES
from models.text import fold

FOLDER = RESOURCES / "pinyin"
CHARACTERS, WORDS, READ_ALONE, PLACES = "字.txt", "词.txt", "分词.txt", "地名.txt"
_RUNS = re.compile(r"[0-9A-Z]+|[^\x00-\x7f]+")


def spell(name: str) -> tuple[str, str]:
    """Full pinyin and initials of ``name``, lower case without spaces; Latin letters and digits stand as they are.

    >>> spell("六安市LED照明")
    ('luanshiledzhaoming', 'lasledzm')
    """
    full, initials = [], []
    for run in _RUNS.findall(fold(name)):
        if run.isascii():
            full.append(run.lower())
            initials.append(run.lower())
        else:
            for sound in _sounds(run):
                full.append(sound)
                initials.append(sound[0])
    return "".join(full), "".join(initials)


def _sounds(run: str) -> Iterator[str]:
    """The syllables of a run of characters, word by word: each the longest that is known from where the last one ended."""
    words, longest = _words()
    at = 0
    while at < len(run):
        for end in range(min(at + longest.get(run[at], 1), len(run)), at, -1):
            word = run[at:end]
            if word in words:
                break
        yield from words.get(word) or filter(None, map(_sound, word))
        at = end


@cache
def _sound(character: str) -> str:
    """How it is read by itself; "" for what is no character."""
    text = _read(CHARACTERS)
    at = text.find(character)
    start = text.rfind("\n", 0, at) + 1
    return text[start : text.index(" ", start)] if at >= 0 else ""


@cache
def _words() -> tuple[dict[str, Sequence[str] | None], dict[str, int]]:
    """Each word with its syllables, None where each character is read as by itself; the longest that begins with a character."""
    words: dict[str, Sequence[str] | None] = dict.fromkeys(_read(READ_ALONE).split())
    for file in (WORDS, PLACES):
        words.update((word, sounds) for word, *sounds in map(str.split, _read(file).splitlines()))
    longest: dict[str, int] = {}
    for word in words:
        if longest.get(word[0], 0) < len(word):
            longest[word[0]] = len(word)
    return words, longest


@cache
def _read(file: str) -> str:
    return (FOLDER / file).read_text(encoding="utf-8")
