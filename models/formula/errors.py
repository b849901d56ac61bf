"""The one error of the formula language: where, what is wrong, and the nearest right name."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class FormulaError(ValueError):
    """A formula that cannot be used; ``str()`` is one Chinese sentence. ``position`` counts characters of ``text`` from 0."""

    def __init__(self, text: str, position: int, fault: str, nearest: str = "") -> None:
        self.text, self.position, self.fault, self.nearest = text, position, fault, nearest
        super().__init__(text, position, fault, nearest)

    def __str__(self) -> str:
        meant = f"，是否想写“{self.nearest}”？" if self.nearest else ""
        return f"公式第 {self.position + 1} 个字：{self.fault}{meant}"


def nearest(name: str, names: Iterable[str]) -> str:
    """The likest of ``names``, "" when none is like ``name``."""
    found = difflib.get_close_matches(name, list(dict.fromkeys(names)), 5, 0.5)

    def likeness(other: str) -> tuple[float, int]:
        return difflib.SequenceMatcher(None, other, name).ratio(), sum(
            a == b for a, b in zip(name, other, strict=False)
        )

    return max(found, key=likeness, default="")
