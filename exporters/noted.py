"""What a narrative says of figures that a person put in place of the calculated ones: a sign at each, a note at the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from exporters.figures import Figures
from exporters.wordmarks import blocks, is_table, text_of
from models.overridden import MARK

BODY = "公文正文"  # the style of running text in the templates of the packs
_BEGINS = f"注：{MARK}为人工改数，不是台账算出的数。"


class Marked:
    """Figures that remember which of them were put in place by hand, as ``told`` says of an expression; ``notes`` has the sentences."""

    def __init__(self, figures: Figures, told: Callable[[str], str]) -> None:
        self.value, self.records = figures.value, figures.records
        self.notes: dict[str, None] = {}
        self._told = told

    def mark(self, expression: str) -> str:
        """The sign that stands behind a figure, "" for a calculated one."""
        sentence = self._told(expression)
        if sentence:
            self.notes[sentence] = None
        return MARK if sentence else ""


def add_note(document: Any, sentences: Sequence[str]) -> None:
    """Append what is told of the marked figures, in the template's style for running text."""
    style = BODY if any(each.name == BODY for each in document.styles) else None
    document.add_paragraph(_BEGINS + "；".join(sentences) + "。", style=style)


def without_note(document: Any) -> None:
    """Take the note out of an earlier report: it is the program's, and told anew."""
    for block in blocks(document):
        if not is_table(block) and text_of(block).startswith(_BEGINS):
            block.getparent().remove(block)
