"""What the charts of a pack show: labels and figures, worked out for a zone and period. Drawing is the exporters' work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from models.codes import code_list
from models.formula.context import Context, Parameter
from models.formula.figures import Figure, figure, figure_values
from models.indicators import Result, indicator_set
from models.kinds import Choice, decimal_of
from models.ledgers import ledger
from models.overridden import MARK, Overridden, of_return, overridden, with_overrides
from models.packs.pack import Chart, Indicator, Pack
from models.periods import Period
from models.reported import reported
from models.rules import context_of
from models.store import Connection
from models.store.versions import Version, said
from models.text import fold

GROUP = "组"  # stands in a chart's formula for the code of the group
REST = "未归入"
CHANGED = "人工改数"


@dataclass(frozen=True)
class Bar:
    """One bar: what it stands for, its figure as printed (None: cannot be worked out), a remark beside it, and last year's figure.

    ``source`` says where an earlier year's figure is from when not from the ledgers, ``code`` is the group's, ``result`` the
    indicator of a bar of targets.
    """

    label: str
    value: Decimal | None
    remark: str = ""
    prior: Decimal | None = None
    source: str = ""
    code: str = ""
    result: Result | None = None


@dataclass(frozen=True)
class Drawn:
    """One chart worked out: its bars in order, all in ``unit``; the last year's bar is the one to stand out.

    ``line`` holds the points over the columns of a chart of both (柱线), in ``line_unit``. ``notes`` tell of figures that are not
    the calculated ones.
    """

    chart: Chart
    unit: str
    bars: tuple[Bar, ...]
    line: tuple[Bar, ...] = ()
    line_unit: str = ""
    notes: tuple[str, ...] = ()


class ChartFigures:
    """The charts of a pack for one zone and period."""

    def __init__(self, connection: Connection, pack: Pack, zones: Sequence[str], period: Period, today: date) -> None:
        self.connection, self.pack, self.period, self.today = connection, pack, period, today
        self.zones = list(zones)
        found = indicator_set(pack).results(connection, self.zones, period, today)
        self.overrides = of_return(connection, pack, zones[0], zones, period)
        self.calculated = {each.indicator.id: each.rounded for each in found}
        found = with_overrides(found, self.overrides)
        self.results: dict[str, Result] = {
            name: each for each in found for name in (each.indicator.id, each.indicator.name)
        }

    def issued(self) -> Version | None:
        """The issued version whose figures are those of now; without one whatever is drawn is a draft."""
        version = said(self.connection, self.zones[0], self.pack.id, self.period)
        now = {each.indicator.id: each.value for each in self.results.values()}
        return version if version and dict(version.figures) == now else None

    def drawn(self, chart: Chart) -> Drawn:
        """One chart, worked out."""
        notes = tuple(f"{MARK} {each.sentence}" for each in self._changed(chart))
        if chart.kind == "柱线":
            columns, line = (self.pack.find(name) for name in names_of(chart))
            bars, points = self._by_year(chart, [columns, line])
            made = Drawn(chart, unit_of(self.pack, chart), tuple(bars), tuple(points), line.unit if line else "")
        else:
            work = {"历年": self._years, "目标": self._targets}.get(chart.kind, self._groups)
            made = Drawn(chart, unit_of(self.pack, chart), tuple(work(chart)))
        return replace(made, notes=notes)

    def _changed(self, chart: Chart) -> list[Overridden]:
        """The figures of this period in a chart that a person put in place of the calculated ones."""
        if not self.overrides:
            return []
        every = [each.id for each in self.pack.indicators] if chart.kind == "目标" else []
        asked = [self.pack.find(name) for name in (names_of(chart) or every)]
        asked += [self.pack.find(chart.whole)] if chart.whole else []
        told = (
            overridden(each, self.overrides, self.calculated[each.id]) for each in dict.fromkeys(filter(None, asked))
        )
        return [each for each in told if each]

    def _years(self, chart: Chart) -> list[Bar]:
        return self._by_year(chart, [self.pack.find(chart.formula)])[0]

    def _by_year(self, chart: Chart, of: Sequence[Indicator | None]) -> list[list[Bar]]:
        """The bars of each indicator (None: the chart's own formula) by year, each with the year before.

        The years before the first figure are left out: nothing was kept yet, which is not zero.
        """
        made = [formula_of(self.pack, chart, each) for each in of]
        found: list[list[Bar]] = [[] for _ in of]
        for back in range(chart.years - 1, -1, -1):
            year = self.period.back(back) if back else self.period
            values = [self._of_year(one, each, year) for one, each in zip(made, of, strict=True)]
            if found[0] or any(value for value, _ in values):
                for bars, one, (value, source) in zip(found, made, values, strict=True):
                    rounded = None if value is None else one.rounded(value)
                    prior = bars[-1].value if bars else None
                    bars.append(Bar(str(year.year), rounded, prior=prior, source=source))
        return found

    def _of_year(self, made: Figure, indicator: Indicator | None, year: Period) -> tuple[Fraction | None, str]:
        """A year's figure and its source: what was issued or keyed for an earlier year counts before what the ledgers say now,
        as in the return.
        """
        if indicator and year == self.period:
            return self.results[indicator.id].value, CHANGED if fold(indicator.id) in self.overrides else ""
        told = reported(self.connection, self.zones[0], self.pack, year) if indicator else {}
        if indicator and indicator.id in told:
            return told[indicator.id]
        if indicator and year == self.period.back():
            return self.results[indicator.id].prior, ""
        if indicator:  # not the bare formula: of a city the text may mean the mean of its zones
            return indicator_set(self.pack).values(self.connection, self.zones, year, self.today, [indicator.id])[
                indicator.id
            ], ""
        return self._values([made], year)[0], ""

    def _values(self, made: Sequence[Figure], period: Period) -> list[Fraction | None]:
        found = figure_values(made, self.connection, self.zones, period, self.today)
        return [value if isinstance(value, Fraction) else None for value in found]

    def _groups(self, chart: Chart) -> list[Bar]:
        """A bar for each group that has a figure, the largest first; what the groups lack of the whole comes last, told as such.

        Stages stand in their own order, from the first to the last that has a figure, those between with a nought.
        """
        codes = groups_of(chart)
        made = [group_formula(self.pack, chart, code) for code in codes]
        now, before = dict(zip(codes, self._values(made, self.period), strict=True)), dict[str, Fraction | None]()
        if chart.kind != "阶段":  # a project's stage is kept as it is now
            before = dict(zip(codes, self._values(made, self.period.back()), strict=True))
        there = [(code, now[code] or Fraction(0)) for code in codes]
        if chart.kind == "阶段":
            filled = [place for place, (_, value) in enumerate(there) if value] or [-1]
            there = there[filled[0] : filled[-1] + 1]
        else:
            there = sorted((each for each in there if each[1]), key=lambda each: -each[1])
        total = sum((value for _, value in there), Fraction(0))
        whole = self.results[chart.whole].value if chart.whole else total
        share = whole or total if chart.kind == "份额" else None

        def bar(name: str, value: Fraction, code: str) -> Bar:
            prior = before.get(code)
            part = f"{decimal_of(value / share * 100, 1)}%" if share else ""
            kept = None if prior is None else decimal_of(prior, chart.places)
            return Bar(name, decimal_of(value, chart.places), part, kept, code=code)

        bars = [bar(codes[code], value, code) for code, value in there]
        if whole is not None and decimal_of(whole - total, chart.places):
            bars.append(bar(REST, whole - total, ""))
        return bars

    def _targets(self, chart: Chart) -> list[Bar]:
        """How much of the zone's own target of the year each indicator has reached, in per cent; without a target it is told."""
        bars = []
        for name in names_of(chart) or [each.id for each in self.pack.indicators]:
            result = self.results[name]
            each, aim, reached = result.indicator, result.aim, result.progress
            if aim is None and not names_of(chart):
                continue
            now = "—" if result.rounded is None else f"{result.rounded:,f}"
            goal = f"目标 {decimal_of(aim.low, each.places):,f} {each.unit}" if aim else "没有填本区目标"
            met = "　已达到" if aim and result.rounded is not None and aim.reached(Fraction(result.rounded)) else ""
            before = None if aim is None or result.prior is None else aim.progress(Fraction(result.rounded_prior or 0))
            bars.append(
                Bar(
                    each.name,
                    None if reached is None else decimal_of(reached, 1),
                    f"{now}{MARK * (fold(each.id) in self.overrides)} / {goal}{met}",
                    None if before is None else decimal_of(before, 1),
                    result=result,
                )
            )
        return bars


def names_of(chart: Chart) -> list[str]:
    """The indicators that a chart of targets or of columns and a line names; of targets empty for all that have one."""
    return [name.strip() for name in chart.formula.split("、") if name.strip()]


def unit_of(pack: Pack, chart: Chart) -> str:
    """The unit of a chart's bars."""
    names = names_of(chart) if chart.kind == "柱线" else [chart.formula]
    indicator = pack.find(names[0]) if names else None
    return "%" if chart.kind == "目标" else indicator.unit if indicator else chart.unit


def formula_of(pack: Pack, chart: Chart, indicator: Indicator | None = None) -> Figure:
    """The figure of a chart of years: of an indicator, else of the chart's own formula. Raises FormulaError, UnitError."""
    if indicator:
        return figure(indicator.formula, context_of(pack), unit=indicator.unit, places=indicator.places)
    return figure(chart.formula, context_of(pack), unit=chart.unit, places=chart.places)


def group_formula(pack: Pack, chart: Chart, code: str) -> Figure:
    """The figure of one group. Raises FormulaError, UnitError."""
    quoted = f"'{code}'"  # a code may have double quotation marks in it: 专精特新“小巨人”企业
    context = Context({**context_of(pack).parameters, GROUP: Parameter(quoted)})
    return figure(chart.formula, context, unit=chart.unit, places=chart.places)


def groups_of(chart: Chart) -> dict[str, str]:
    """Code → name of the groups of 台账.字段. KeyError or ValueError with a Chinese sentence when it is no field with a code list."""
    on, _, name = chart.group.partition(".")
    kind = ledger(on).field(name).kind
    if not isinstance(kind, Choice):
        raise ValueError(f"“{chart.group}”没有代码表，不能用来分组")
    return {code: each.name for code, each in code_list(kind.codes).items()}
