"""What an exporter asks for: typed values by expression. It knows neither formulas nor the store."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Protocol, TypeAlias

Value: TypeAlias = int | Decimal | str | date | bool | None


class Figures(Protocol):
    """Where the values come from. One that cannot be worked out is the text “—”, one not filled in is None."""

    def value(self, sheet: str, expression: str) -> Value:
        """Give one figure of a sheet."""

    def records(self, sheet: str, expressions: Sequence[str], number: int = 0) -> Iterable[Sequence[Value]]:
        """Give the records of a list row in order, each with one value per expression, left to right.

        ``number`` counts the lists of the sheet from the top, from 0.
        """
