"""Messages of rules: text with formulas in braces, filled in for the rows a rule speaks of.

营业收入 {营业收入} 比上年 {上年.营业收入} 增 {(营业收入/上年.营业收入-1)*100 :1}%
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy import Connection

from models.formula.context import NOTHING, Context
from models.formula.errors import FormulaError
from models.formula.rows import RowFormula, RowQuery, Value, row_formula
from models.formula.words import places, shown
from models.kinds import decimal_of
from models.ledger import Ledger
from models.periods import Period

_HOLE = re.compile(r"\{([^{}]*)\}")
_PLACES = re.compile(r"^(.*?)\s*[:\uff1a]\s*(\d)\s*$", re.DOTALL)
COMPUTED_PLACES = 2
AT_ONCE = 500  # ids in one statement
MOST = 60  # braces in a message


@dataclass(frozen=True)
class Message:
    """A checked template: ``texts`` stand around the ``formulas``, whose numbers show ``places`` decimals."""

    ledger: Ledger
    texts: tuple[str, ...]
    formulas: tuple[RowFormula, ...]
    places: tuple[int, ...]

    def fill(self, values: Sequence[Value]) -> str:
        """The message with the values of its formulas; a number stands in its formula's unit, which the template names."""
        texts = zip(values, self.formulas, self.places, self.texts[1:], strict=True)
        shown_values = [_shown(value, formula, decimals, after) for value, formula, decimals, after in texts]
        return "".join(part for pair in zip(self.texts, [*shown_values, ""], strict=True) for part in pair)

    def render(
        self, connection: Connection, ids: Iterable[bytes], zones: Sequence[str], period: Period, today: date
    ) -> dict[bytes, str]:
        """The message for each of the rows."""
        rows = list(ids)
        if not self.formulas:
            return dict.fromkeys(rows, self.texts[0])
        query = RowQuery(self.ledger, self.formulas)
        values = query.values()
        found: dict[bytes, str] = {}
        for first in range(0, len(rows), AT_ONCE):
            given = query.bind(zones, period, today, rows[first : first + AT_ONCE])
            found |= {row[0]: self.fill(values.read(row)) for row in connection.execute(values.statement, given)}
        return found


def message(template: str, ledger: Ledger, context: Context = NOTHING) -> Message:
    """The message that ``template`` makes on rows of ``ledger``. Raises FormulaError with the place in the template."""
    texts, formulas, decimals, end = [], [], [], 0
    stray = re.search(r"[{}]", _HOLE.sub(lambda hole: " " * len(hole[0]), template))
    if stray:
        raise FormulaError(template, stray.start(), f"“{stray[0]}”没有配对")
    for number, hole in enumerate(_HOLE.finditer(template)):
        if number == MOST:
            raise FormulaError(template, hole.start(), f"一条消息最多写 {MOST} 处花括号")
        texts.append(template[end : hole.start()])
        end = hole.end()
        split = _PLACES.match(hole[1])
        try:
            formula = row_formula(split[1] if split else hole[1], ledger, context)
        except FormulaError as error:
            raise FormulaError(template, hole.start(1) + error.position, error.fault, error.nearest) from None
        formulas.append(formula)
        own = places(formula.node)
        decimals.append(int(split[2]) if split else COMPUTED_PLACES if own is None else own)
    texts.append(template[end:])
    return Message(ledger, tuple(texts), tuple(formulas), tuple(decimals))


def _shown(value: Value, formula: RowFormula, decimals: int, after: str) -> str:
    if isinstance(value, Fraction):
        number = decimal_of(value, decimals)
        return f"{number:f}" if after.lstrip().startswith("年") else f"{number:,f}"  # the year 2021, not 2,021
    return shown(value, formula.node)
