"""A calendar year written before a ledger or a field: 【2021年】.营业收入, or a pack's parameter that is a year (基期.营业收入)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from models.formula import syntax
from models.formula.errors import FormulaError
from models.formula.tree import SAME, Years
from models.ledgers import BY_NAME
from models.units import unit

if TYPE_CHECKING:
    from models.formula.check import Checker

_WRITTEN = re.compile(r"((?:19|20)\d\d)年")
_YEAR = unit("年")


def fixed_year(checker: Checker, tree: syntax.Syntax, part: str) -> Years | None:
    """The year that a part of a name stands for; None when it is no year. Raises FormulaError for a parameter that is none."""
    if found := _WRITTEN.fullmatch(part):
        return Years(fixed=int(found[1]))
    place = checker.rows.place
    if part not in checker.context.parameters or part in BY_NAME or (place and part in place.ledger.by_name):
        return None
    year = year_of(checker.context.parameters[part].formula)
    if not year:
        checker.fail(tree, f"参数“{part}”不是年份，不能写在台账和项的前面；年份写成 2021年")
    return Years(fixed=year)


def year_of(formula: str) -> int:
    """The year that a parameter is written as (2021年); 0 when it is no year."""
    try:
        value = syntax.parse(formula)
    except FormulaError:
        return 0
    is_year = isinstance(value, syntax.Amount) and value.unit == _YEAR.name and 1900 <= value.value < 2100
    return int(value.value) if is_year and isinstance(value, syntax.Amount) else 0


def split_year(checker: Checker, tree: syntax.Syntax, parts: tuple[str, ...]) -> tuple[Years, tuple[str, ...]]:
    """The year that a name of a row begins with, and the rest of the name."""
    found = fixed_year(checker, tree, parts[0]) if len(parts) > 1 else None
    return (SAME, parts) if found is None else (found, parts[1:])
