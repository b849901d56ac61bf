"""Which ledgers a pack reads: those its rules, parameters, indicators, sheets and charts name, and those its form and report do.

A formula has to name the ledger it reads by label or identifier, so the names are looked for in the texts; one that is only
mentioned counts too, which at worst asks for too much.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from functools import cache

from models.ledger import Ledger
from models.packs.pack import Pack
from models.text import fold


def reads(pack: Pack, ledgers: Iterable[Ledger]) -> tuple[Ledger, ...]:
    """Those of ``ledgers`` that the pack reads."""
    said = _said(pack)
    return tuple(each for each in ledgers if fold(each.label) in said or fold(each.id) in said)


@cache
def _said(pack: Pack) -> str:
    texts = [*pack.parameters.values()]
    for rule in pack.rules:
        texts += [rule.ledger, rule.formula]
    texts += [each.ledger for each in pack.sheets]
    return fold("\n".join([*texts, *formulas_besides(pack)]))


def formulas_besides(pack: Pack) -> Iterator[str]:
    """Where a pack calculates outside of its rules and parameters: indicators, targets, sheets, charts, form and report."""
    yield from (each.formula for each in pack.indicators)
    for target in pack.targets:
        yield from (target.low, target.high)
    for sheet in pack.sheets:
        yield from (sheet.condition, sheet.order)
    for chart in pack.charts:
        yield from (chart.formula, chart.group)
    for entry in pack.entries("评分"):
        yield from (entry["台账"], entry["参评"])
    for entry in pack.entries("评分项"):
        yield from (entry["公式"], entry["除以"], entry["基准"])
    yield from (*_written(pack.form), *_written(pack.report))


def formulas_of_rosters(pack: Pack) -> Iterator[tuple[str, str]]:
    """Id and formulas of each list; its columns too, since a parameter may be shown in one."""
    for each in pack.rosters:
        titled = (*each.columns, *each.since, *each.rates)
        texts = (each.condition, each.group, each.why, each.why_not, each.longest, *each.order)
        yield each.id, "\n".join((*texts, *(one.formula for one in titled)))


def _written(content: bytes) -> Iterator[str]:
    """The texts of a workbook or document; a text may be parted among runs, so the tags are taken out."""
    if not content:
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            for name in package.namelist():
                if name.endswith(".xml"):
                    yield re.sub(r"<[^>]*>", "", package.read(name).decode("utf-8", "replace"))
    except (zipfile.BadZipFile, KeyError):
        return  # pack check says what is wrong with it
