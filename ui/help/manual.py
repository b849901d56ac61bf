"""The manual's chapters (docs/手册): one file each, in the order of their names, saying which pages of the window they tell of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from models.places import HANDBOOK
from models.text import fold

FOLDER = HANDBOOK
LEDGER = "台账"  # stands in a chapter's list of pages for all ledger pages
_PAGES = re.compile(r"<!-- 页：(.*?) -->")
_MARKS = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|<!--.*?-->|[#*`|>]+")


@dataclass(frozen=True)
class Chapter:
    """A chapter: its file, title, text as Markdown, and the ids of the pages it tells of."""

    path: Path
    title: str
    text: str
    pages: frozenset[str]

    @property
    def plain(self) -> str:
        """The text without marks, folded, for searching."""
        return fold(_MARKS.sub(r" \1 ", self.text))


@cache
def chapters(folder: Path = FOLDER) -> tuple[Chapter, ...]:
    """All chapters in their order; none where the manual was not delivered."""
    return tuple(_read(path) for path in sorted(folder.glob("*.md")))


def _read(path: Path) -> Chapter:
    text = path.read_text(encoding="utf-8")
    title = text.partition("\n")[0].removeprefix("#").strip()
    told = _PAGES.search(text)
    pages = frozenset(told[1].split("、")) if told else frozenset()
    return Chapter(path, title, _PAGES.sub("", text), pages)


def chapter_of(page: str, *, ledger: bool = False) -> Chapter | None:
    """The chapter that tells of a page; of a ledger's page the one on ledgers; else the first."""
    wanted = [page, LEDGER] if ledger else [page]
    found = (each for name in wanted for each in chapters() if name in each.pages)
    return next(found, next(iter(chapters()), None))


def search(text: str) -> list[Chapter]:
    """The chapters that hold every word of ``text``, those with it in the title first."""
    words = [fold(word) for word in text.split()]
    found = [each for each in chapters() if all(word in each.plain for word in words)]
    return sorted(found, key=lambda each: not all(word in fold(each.title) for word in words))
