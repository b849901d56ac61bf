"""What is wrong with the charts of a pack (its table 图表), by cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from models.charts import GROUP, formula_of, group_formula, groups_of, names_of
from models.formula.errors import FormulaError
from models.formula.figures import Figure
from models.ledger import nearest
from models.packs.pack import CHART_KINDS, Chart, Pack
from models.packs.tables import Entry, Fault
from models.units import UnitError

_GROUPED = ("分组", "份额", "阶段")


def chart_faults(pack: Pack) -> Iterator[Fault]:
    """All faults of the table 图表."""
    entries = pack.source.tables["图表"]
    wrong = [fault for entry in entries for fault in _numbers(entry)]
    yield from wrong
    if wrong or not all(_digits(entry["小数"]) for entry in pack.entries("指标")):
        return  # neither charts nor indicators can be read while a number is none
    for chart in (each for each in pack.charts if each.entry in entries):
        if chart.kind not in CHART_KINDS:
            yield chart.entry.fault("类型", f"类型要填 {'、'.join(CHART_KINDS)} 之一，不是“{chart.kind}”")
        elif chart.kind == "目标":
            yield from _indicators(pack, chart, "公式", names_of(chart))
        elif chart.kind == "柱线":
            names = names_of(chart)
            if len(names) != 2:
                yield chart.entry.fault("公式", "柱线要写两个指标的编号，用顿号隔开：先写柱，后写线")
            yield from _indicators(pack, chart, "公式", names)
        elif chart.kind in _GROUPED:
            yield from _groups(pack, chart)
        elif not pack.find(chart.formula):  # else told in its own table
            yield from _formula(chart, partial(formula_of, pack, chart))


def _numbers(entry: Entry) -> Iterator[Fault]:
    for column, least in (("年数", 1), ("小数", 0)):
        text = entry[column]
        if not _digits(text) or (text and int(text) < least):
            yield entry.fault(column, f"“{text}”不是{column}")


def _digits(text: str) -> bool:
    return not text or (text.isascii() and text.isdecimal())


def _groups(pack: Pack, chart: Chart) -> Iterator[Fault]:
    try:
        codes = groups_of(chart)
    except (KeyError, ValueError) as error:
        yield chart.entry.fault("分组", f"分组请写成 台账.字段：{error.args[0]}")
        return
    if GROUP not in chart.formula:
        yield chart.entry.fault("公式", f"公式里没有“{GROUP}”，每一组都会是同一个数")
        return
    yield from _formula(chart, partial(group_formula, pack, chart, next(iter(codes))))
    if chart.whole:
        yield from _indicators(pack, chart, "总数", [chart.whole])
        whole = pack.find(chart.whole)
        if whole and whole.unit != chart.unit:
            yield chart.entry.fault("单位", f"各组的单位“{chart.unit}”和总数的单位“{whole.unit}”不同")


def _formula(chart: Chart, made: Callable[[], Figure]) -> Iterator[Fault]:
    try:
        made()
    except UnitError as error:
        yield chart.entry.fault("单位", str(error))
    except FormulaError as error:
        yield chart.entry.fault("公式", str(error))


def _indicators(pack: Pack, chart: Chart, column: str, names: list[str]) -> Iterator[Fault]:
    known = [name for each in pack.indicators for name in (each.id, each.name)]
    for name in names:
        if name not in known:
            yield chart.entry.fault(column, f"没有“{name}”这个指标{nearest(name, known)}")
