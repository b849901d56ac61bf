"""How much the comparison sees: single changes to a pack's indicators and parameters, and whether a figure of a random zone differs.

    python -m tests.independent.mutants [PACK] [ZONES] [SEED]

Each change is one condition left out or turned, one field or period for another, one value of a list left out, one number, unit or
places changed. Those that are no formula any more are not counted. Survivors are printed.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from random import Random

from models.formula.errors import FormulaError
from models.formula.figures import figure, figure_values
from models.kinds import decimal_of
from models.packs.pack import Indicator, Pack, pack
from models.packs.tables import Entry
from models.periods import Period
from models.rules import context_of
from tests.independent.compare import (
    DATED,
    SIDES,
    TODAY,
    World,
    dated_world,
    expected,
    places,
    printed,
    programs,
    same,
    world,
)

SWAPS = (
    (">=", ">"), (">=", "<"), ("<=", "<"), ("<=", ">"), (" > ", " >= "), (" < ", " <= "), (" = ", " ≠ "), (" ≠ ", " = "),
    (" 且 ", " 或 "), (" 或 ", " 且 "), ("非 ", ""), ("本年", "上年"), ("期末", "上年末"), ("上年末", "期末"), ("期初", "期末"),
    ("上年.", ""), ("基期.", "上年."), ("折万元", "折万美元"), ("折万美元", "折万元"), ("计入台办口径", "第三地转投资"),
    ("到资日期", "企业.入园时间"), ("是否台资", "是否规上"), ("是否规上", "是否台资"), ("是否规上", "企业.是否工业"),
    ("营业收入", "工业总产值"), ("工业总产值", "营业收入"), ("利润总额", "营业收入"), ("实际上缴税费总额", "利润总额"),
    ("总建筑面积", "可租售面积"), ("可租售面积", "总建筑面积"), ("已使用面积", "可租售面积"), ("签约日期", "注册日期"),
    ("注册日期", "签约日期"), ("累计完成投资", "计划总投资"), ("计划总投资", "累计完成投资"), ("供应日期", "实际动工日期"),
    ("闲置认定", "低效认定"), ("低效认定", "闲置认定"), ("上云上平台", "有研发机构"), ("有研发机构", "重点骨干企业"),
    ("污水集中处理量", "污水产生量"), ("去重计数", "计数"), ("期末有效", "认定日期 <= 期末"), ("期末在租", "起始日期 <= 期末"),
    ("期末在用", "起始日期 <= 期末"), ("期末已办结", "已填(办结日期)"), ("按零(", "("), ("结束日期", "开始日期"), ("出口额", "进口额"),
    ("终止日期", "起始日期"), ("提出日期", "办结日期"), ("入园时间", "投产日期"),
    ("上市日期", "入园时间"), ("先进制造业", "是否5020"), ("外资总投资", "累计到位外资"), ("非内资企业", "企业.资本构成标记 = \"内资\""),
    ("总区填报 且 ", ""), (", 总区填报", ""), ("开发区代码 = 所选开发区 且 ", ""), ("有效称号", "获批日期 <= 期末"),
    ("印发日期 <= 期末", "印发日期 在 本年"),
    ("本年认定", "期末有效"), ("安全风险评估日期", "期末"), ("在线监控联网数", "重点排污单位数"), ("重点排污单位数", "在线监控联网数"),
    ("关税保证保险已纳入企业", "关税保证保险应纳入企业"), ("规上工业增加值", "规上工业营业收入"), ("进出口总额", "出口总额"),
)  # fmt: skip
MONTHLY = (
    ("上期末.项目月度", "项目月度"), ("项目月度.阶段", "当前阶段"), ("计划总投资", "外资总投资"), ("总建筑面积", "可租售面积"),
    ("开工日期", "竣工日期"), ("竣工日期", "开工日期"), ("世界500强", "国内100强"),
    ("期末撤销", "已填(撤销日期)"), ("累计到位资金", "累计完成投资"),
    ("应报调度通报次数", "按期报送次数"), ("总区填报", "是"),
)  # fmt: skip
UNITS = (("亿元", "万元"), ("万元", "亿元"), ("万美元", "万元"), ("亩", "㎡"), ("万㎡", "㎡"), ("5亿元", "10亿元"))


@dataclass(frozen=True)
class Mutant:
    """A changed pack, and the indicators the change may touch."""

    what: str
    pack: Pack
    ids: tuple[str, ...]


def changes(formula: str, swaps: tuple[tuple[str, str], ...] = SWAPS) -> Iterator[str]:
    """Formulas that differ from one in one thing."""
    for old, new in swaps:
        for at in re.finditer(re.escape(old), formula):
            yield formula[: at.start()] + new + formula[at.end() :]
    for part in _conjuncts(formula):
        yield from {formula.replace(f" 且 {part}", "", 1), formula.replace(f"{part} 且 ", "", 1)} - {formula}
    for value in re.findall(r'"[^"]+"', formula):  # one of a list
        yield from {formula.replace(f", {value}", "", 1), formula.replace(f"{value}, ", "", 1)} - {formula}
    for number in re.finditer(r"(?<![\w【.-])\d+(?=[亿万]|\)|$| )", formula):
        yield formula[: number.start()] + str(int(number[0]) + 1) + formula[number.end() :]
    for day in re.finditer(r'"(20\d\d)', formula):
        yield formula[: day.start(1)] + str(int(day[1]) + 1) + formula[day.end(1) :]
    if year := re.fullmatch(r"(20\d\d)年", formula):
        yield f"{int(year[1]) + 1}年"


def _conjuncts(formula: str) -> set[str]:
    """The parts between “且”, “,” and brackets that stand alone."""
    return {part.strip() for part in re.split(r" 且 |, |(?<=\w)\)$", formula) if part.strip()}


def mutants(of: Pack) -> Iterator[Mutant]:
    """Every change of an indicator and of a parameter that one reads."""
    swaps = SWAPS + MONTHLY if of.id in DATED else SWAPS
    for each in of.indicators:
        for column, texts in (
            ("公式", changes(each.formula, swaps)),
            ("单位", (b for a, b in UNITS if a == each.unit)),
            ("小数", [str(each.places + 1)]),
        ):
            for text in texts:
                yield Mutant(f"{each.id} {column} {text}", _with(of, "指标", each.entry, column, text), (each.id,))
    for entry in of.entries("参数"):
        ids = _readers(of, entry["名称"])
        for text in changes(entry["值"], swaps) if ids else ():
            yield Mutant(f"{entry['名称']} {text}", _with(of, "参数", entry, "值", text), ids)


def _readers(of: Pack, name: str) -> tuple[str, ...]:
    """The indicators that read a parameter, also by way of another one."""
    names, before = {name}, set()
    while names != before:
        before = set(names)
        names |= {e["名称"] for e in of.entries("参数") if any(one in e["值"] for one in before)}
    return tuple(each.id for each in of.indicators if any(one in each.formula for one in names))


def _with(of: Pack, table: str, entry: Entry, column: str, text: str) -> Pack:
    """A pack with one cell changed, its own or one of the pack it extends."""
    changed = replace(entry, values={**entry.values, column: text})
    rows = [changed if each is entry else each for each in of.source.tables[table]]
    made = Pack(replace(of.source, tables={**of.source.tables, table: rows}))
    if changed not in rows and of.base is not None:
        made.base = _with(of.base, table, entry, column, text)
    return made


def caught(made: World, mutant: Mutant, right: dict[tuple[str, int | str], dict[str, Fraction | None]]) -> bool | None:
    """Whether a figure or what is printed of it differs somewhere; None when the change is no formula."""
    try:
        context = context_of(mutant.pack)
        chosen: list[Indicator] = [each for each in mutant.pack.indicators if each.id in mutant.ids]
        figures = [figure(each.formula, context, unit=each.unit, places=each.places) for each in chosen]
    except (FormulaError, ValueError):
        return None
    if any(each.places != places(mutant.pack.id, each.id) for each in chosen):
        return True  # a count shows no more decimals than it has
    with made.reading() as connection:
        for (code, year), theirs in right.items():
            found = figure_values(figures, connection, programs(connection, code), Period.parse(str(year)), TODAY)
            for each, value in zip(chosen, found, strict=True):
                ours = value if isinstance(value, Fraction) else None
                shown = None if ours is None else Fraction(decimal_of(ours, each.places))
                if not same(each.id, ours, theirs[each.id]) or shown != printed(
                    mutant.pack.id, each.id, theirs[each.id]
                ):
                    return True
    return False


def check(name: str, amount: int, seed: int, sample: int = 0) -> tuple[int, list[str]]:
    """How many changes were tried over so many zones, and what of them was not seen."""
    every = list(mutants(pack(name)))
    if sample:
        every = Random(seed).sample(every, sample)
    tried, lived = 0, []
    with tempfile.TemporaryDirectory() as folder:
        made = (dated_world if name in DATED else world)(Path(folder), seed, amount)
        right = {(code, year): dict(expected(made, name, code, year)) for code, year in made.asked}
        for each in every:
            seen = caught(made, each, right)
            tried += seen is not None
            lived += [each.what] if seen is False else []
    return tried, lived


if __name__ == "__main__":
    given = dict(enumerate(sys.argv[1:]))
    for which in [given[0]] if 0 in given else [*SIDES, *DATED]:
        count, survivors = check(which, int(given.get(1, "200")), int(given.get(2, "1")))
        print(f"{which}: {count - len(survivors)} of {count} changes seen")
        print(*survivors, sep="\n")
