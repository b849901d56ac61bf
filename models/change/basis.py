"""By what a version was worked out (口径): kept with it when it is issued, and what another basis does to the same rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction

from models.formula.context import Context, Parameter
from models.formula.errors import FormulaError
from models.formula.figures import Figure, figure
from models.packs.pack import Indicator, Pack
from models.periods import Period
from models.store import Connection
from models.store.versions import FORMULAS, PARAMETERS
from models.text import shortened
from models.units import UnitError

_LONG = 40


def basis_of(pack: Pack) -> dict[str, dict[str, str]]:
    """The formulas of a pack's figures and its parameters, as a version keeps them."""
    return {FORMULAS: {each.id: each.formula for each in pack.indicators}, PARAMETERS: dict(pack.parameters)}


class Then:
    """The figure of last year's rows by last year's basis, and on the way to this year's one change after the other."""

    def __init__(self, kept: Mapping[str, Mapping[str, str]], pack: Pack, of: Indicator) -> None:
        self.formula = kept.get(FORMULAS, {}).get(of.id, "")
        self.old, self.new, self.of = kept.get(PARAMETERS, {}), pack.parameters, of

    def steps(self) -> Iterator[tuple[str, Figure | None]]:
        """What has changed in words, and the figure once it has: first of all as it was then; None where it does not read."""
        yield "", self._figure(self.formula, self.old)
        # a parameter that is new, or gone, comes with the formula that names it
        both = {name: self.old.get(name, value) for name, value in {**self.old, **self.new}.items()}
        if self.formula != self.of.formula:
            yield "公式和上年签发时不同了", self._figure(self.of.formula, both)
        for name, value in self.new.items():
            if name in self.old and self.old[name] != value:
                both = {**both, name: value}
                told = f"由 {shortened(self.old[name], _LONG)} 改为 {shortened(value, _LONG)}"
                yield f"“{name}”{told}", self._figure(self.of.formula, both)

    def _figure(self, formula: str, parameters: Mapping[str, str]) -> Figure | None:
        context = Context({name: Parameter(text) for name, text in parameters.items()})
        try:
            return figure(formula, context, unit=self.of.unit, places=self.of.places)
        except (FormulaError, UnitError):
            return None

    def values(
        self, connection: Connection, zones: Sequence[str], period: Period, today: date
    ) -> list[tuple[str, Fraction]] | None:
        """The steps with what last year's rows give; None where the basis of then gives nothing today (a field that is gone)."""
        found: list[tuple[str, Fraction]] = []
        waiting: list[str] = []
        for words, made in self.steps():
            value = None if made is None else made.value(connection, zones, period, today)
            if isinstance(value, Fraction):
                found.append(("、".join(filter(None, (*waiting, words))), value))
                waiting = []
            elif not found:
                return None
            else:
                waiting.append(words)
        return None if waiting else found
