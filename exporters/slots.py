"""The marks in a form's cells: {{ 表达式 }} is one value, {{ * 表达式 }} makes the row a list (docs/filler.md)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from exporters.cellxml import number_text
from exporters.figures import Value

RUNNING_NUMBER = "序号"  # {{ * 序号 }}: counted here, 1, 2, 3 …

MARK = re.compile(r"\{\{\s*(\*?)\s*(.*?)\s*\}\}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell that holds expressions, with the text around them (one piece more than expressions)."""

    expressions: tuple[str, ...]
    pieces: tuple[str, ...]
    starred: bool
    mixed: bool  # some of its expressions have the star and some not

    @property
    def alone(self) -> bool:
        """Whether the cell is one expression and nothing else, so that its value keeps its type."""
        return len(self.expressions) == 1 and not any(piece.strip() for piece in self.pieces)

    def value(self, values: Sequence[Value]) -> Value:
        """Make the cell's value of its expressions' values: typed when alone, else text."""
        if self.alone:
            return values[0]
        shown = [show(value) for value in values]
        return "".join(text for pair in zip(self.pieces, [*shown, ""], strict=True) for text in pair)


def read_slot(text: str) -> Slot | None:
    """Find the expressions in a cell's text; None when there is none."""
    parts = MARK.split(text)  # text, star, expression, text, star, expression, text …
    if len(parts) == 1:
        return None
    stars = parts[1::3]
    return Slot(tuple(parts[2::3]), tuple(parts[0::3]), any(stars), any(stars) and not all(stars))


def show(value: Value) -> str:
    """Write a value inside a sentence."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return number_text(value)
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    return str(value)
