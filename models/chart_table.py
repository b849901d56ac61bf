"""The figures behind a drawn chart as a table, what each bar was worked out from, and which ledgers a chart reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from models.charts import Bar, Drawn, formula_of, group_formula, groups_of, names_of
from models.formula.figures import Figure
from models.ledger import Ledger
from models.ledgers import BY_ID, ledger
from models.ledgers.target import TARGET
from models.packs.pack import Chart, Indicator, Pack
from models.periods import Period
from models.targets import shown


@dataclass(frozen=True)
class Table:
    """Headings and rows of texts; row n is of bar n of the chart."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def tsv(self) -> str:
        """As a spreadsheet takes it from the clipboard: numbers without marks between the thousands."""
        plain = [[cell.replace(",", "") if _is_number(cell) else cell for cell in row] for row in self.rows]
        return "".join("\t".join(row) + "\r\n" for row in (self.heads, *plain))

    @property
    def said(self) -> list[str]:
        """Each row as one line of words: 2025　台资企业数 8 家　上年 7 家."""
        return ["　".join([row[0], *self._pairs(row)]) for row in self.rows]

    def _pairs(self, row: tuple[str, ...]) -> Iterator[str]:
        units = [place for place, head in enumerate(self.heads) if head == "单位"]
        for place, (head, cell) in enumerate(zip(self.heads[1:], row[1:], strict=True), 1):
            if head != "单位":
                unit = next((row[at] for at in units if at > place), "") if _is_number(cell) else ""
                yield f"{head} {cell} {unit}".strip()


def table(pack: Pack, drawn: Drawn, period: Period) -> Table:
    """Label, this year, last year and unit of every bar; of targets the target as well, of columns with a line both."""
    this, last = period.label, period.back().label
    if drawn.chart.kind == "目标":
        return Table(("指标", this, last, "单位", "本区目标", "完成%"), tuple(map(_of_target, drawn.bars)))
    if drawn.chart.kind == "柱线":
        one, other = (each.name if each else name for name, each in _named(pack, drawn.chart))
        rows = [
            (bar.label, text(bar.value), text(bar.prior), drawn.unit, text(point.value), text(point.prior), drawn.line_unit)
            for bar, point in zip(drawn.bars, drawn.line, strict=True)
        ]  # fmt: skip
        return Table(("年度", one, "上年", "单位", other, "上年", "单位"), tuple(rows))
    group = drawn.chart.group.rpartition(".")[2]
    if drawn.chart.kind == "阶段":
        return Table((group, this, "单位"), tuple((bar.label, text(bar.value), drawn.unit) for bar in drawn.bars))
    heads = ("年度", "当年", "上年", "单位") if drawn.chart.kind == "历年" else (group, this, last, "单位")
    share = drawn.chart.kind == "份额"
    rows = [
        (bar.label, text(bar.value), text(bar.prior), drawn.unit, *((bar.remark,) if share else ()))
        for bar in drawn.bars
    ]
    return Table((*heads, "占比") if share else heads, tuple(rows))


def text(value: Decimal | None) -> str:
    """A figure as it is printed; “—” where there is none."""
    return "—" if value is None else f"{value:,f}"


def _is_number(cell: str) -> bool:
    return cell.replace(",", "").replace(".", "", 1).removeprefix("-").isdecimal()


def _of_target(bar: Bar) -> tuple[str, ...]:
    result = bar.result
    assert result is not None
    each, aim = result.indicator, result.aim
    goal = shown(aim, each.places) if aim else "没有填"
    return (each.name, text(result.rounded), text(result.rounded_prior), each.unit, goal, text(bar.value))


def _named(pack: Pack, chart: Chart) -> list[tuple[str, Indicator | None]]:
    return [(name, pack.find(name)) for name in (names_of(chart) if chart.kind == "柱线" else [chart.formula])]


def indicators_of(pack: Pack, chart: Chart) -> list[Indicator]:
    """The indicators that a chart shows, or whose parts it shows."""
    names = [chart.whole] if chart.group else names_of(chart)
    return [found for name in names if (found := pack.find(name))]


@dataclass(frozen=True)
class Origin:
    """What a bar was worked out from: the formula, the period, and the indicator where it is one's figure."""

    figure: Figure
    period: Period
    indicator: Indicator | None


def origin(pack: Pack, drawn: Drawn, number: int, period: Period, *, line: bool = False) -> Origin | None:
    """Where bar ``number`` (of the line: its point) comes from; None for what no group has."""
    chart = drawn.chart
    bar = drawn.line[number] if line else drawn.bars[number]
    if chart.kind == "目标":
        assert bar.result is not None
        each = bar.result.indicator
        return Origin(formula_of(pack, chart, each), period, each)
    if chart.group:
        return Origin(group_formula(pack, chart, bar.code), period, None) if bar.code else None
    indicator = _named(pack, chart)[line][1]
    year = period if int(bar.label) == period.year else replace(period, year=int(bar.label))
    return Origin(formula_of(pack, chart, indicator), year, indicator)


def ledgers_of(pack: Pack, chart: Chart) -> list[Ledger]:
    """The ledgers whose rows a chart counts, and that of its groups; of targets the ledger in which they are kept."""
    if chart.kind == "目标":
        return [TARGET]
    found = [BY_ID[node.ledger] for figure in _figures(pack, chart) for node in figure.sets]
    return list(dict.fromkeys([*found, *([ledger(chart.group.partition(".")[0])] if chart.group else [])]))


def _figures(pack: Pack, chart: Chart) -> Iterator[Figure]:
    if chart.group:
        yield group_formula(pack, chart, next(iter(groups_of(chart))))
        return
    for _, indicator in _named(pack, chart):
        yield formula_of(pack, chart, indicator)
