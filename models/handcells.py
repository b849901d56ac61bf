"""Cells of a form and of the narrative that are filled in by hand: 手填(名称), and last year's 上年(手填(名称))."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate

from models.formula.errors import FormulaError
from models.ledgers.reporting import SHEET_ENTRY

_HAND = re.compile(r"\s*手填\s*[(（](.*)[)）]\s*", re.DOTALL)
_PRIOR = re.compile(r"\s*上年\s*[(（](.*)[)）]\s*", re.DOTALL)
_ANYWHERE = re.compile(r"手填\s*[(（]")
_BRACKETS = {"(": 1, "（": 1, ")": -1, "）": -1}
_LONGEST = SHEET_ENTRY.by_id["item"].kind


@dataclass(frozen=True, slots=True)
class HandCell:
    """The name of what is keyed, and whether last year's is meant."""

    item: str
    prior: bool = False


def hand_cell(expression: str) -> HandCell | None:
    """What a cell asks to be keyed; None when it is no such cell. A name may hold brackets in pairs."""
    prior = _PRIOR.fullmatch(expression)
    found = _HAND.fullmatch(prior[1] if prior else expression)
    if found is None or min(accumulate(_BRACKETS.get(letter, 0) for letter in found[1]), default=0) < 0:
        return None
    return HandCell(found[1].strip(), bool(prior))


def check_hand_cell(expression: str) -> bool:
    """Whether a cell is filled in by hand. Raises FormulaError for one that is written wrongly."""
    found = hand_cell(expression)
    if found is None:
        if there := _ANYWHERE.search(expression):
            sentence = "手填的格子只能写 手填(名称) 或 上年(手填(名称))，不能再算"
            raise FormulaError(expression, there.start(), sentence)
        return False
    if not found.item:
        raise FormulaError(expression, 0, "手填的括号里要写名称，如 手填(绿色通道件数)")
    try:
        _LONGEST.parse(found.item)
    except ValueError as fault:
        raise FormulaError(expression, 0, f"手填的名称{fault}") from fault
    return True
