"""Where a return's overridden figures stand on its form, and the tables that tell of them and of what a 更正 changes. No Qt here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from exporters.alterations import Alteration
from exporters.overridden import CORRECTION, HEADS, OVERRIDDEN, SINCE_QUICK, TABLES, Table, tell
from exporters.placement import Placement
from exporters.seal import differences
from exporters.workbook import Filled
from models.numbering import CORRECTED
from models.overridden import Overridden
from models.questions import question
from models.returns import ReturnFigures
from models.text import fold

COMPARED = ("表", "格", "项目", "单位", "更正前", "更正后", "差", "理由")
_RATES = frozenset({"增速", "同比", "完成"})
QUICK_HEADS = ("表", "格", "项目", "单位", "快报", "正式", "差")


def places(placement: Placement, figures: ReturnFigures) -> dict[str, dict[str, Overridden]]:
    """Sheet → address → the override that stands in the cell."""
    if not figures.overrides:
        return {}
    by = {fold(each.by.item): each for each in figures.overridden}
    by |= {fold(each.name): each for each in figures.overridden}
    found: dict[str, dict[str, Overridden]] = {}
    for sheet in placement.sheets:
        for address, expressions in placement.cells(sheet):
            for text in expressions:
                if (over := by.get(fold(text.strip()))) is not None:
                    found.setdefault(sheet, {})[address] = over
    return found


def with_overrides(filled: Filled, figures: ReturnFigures, *, marked: bool) -> bytes:
    """The workbook with its overridden figures coloured, named at the foot of their pages and listed in a table."""
    if not figures.overrides:
        return filled.content
    at = places(filled.placement, figures)
    where: dict[str, list[tuple[str, str]]] = {}
    for sheet, cells in at.items():
        for cell, each in cells.items():
            where.setdefault(each.by.item, []).append((sheet, cell))
    rows = [_row(each, where.get(each.by.item, [])) for each in figures.overridden]
    title = f"人工改数 {len(rows)} 个：下列各数没有用台账算出的数"
    table = Table(OVERRIDDEN, title, HEADS, rows, _above(figures))
    return tell(filled.content, {sheet: set(cells) for sheet, cells in at.items()}, [table], draft=marked)


def _row(each: Overridden, at: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    was = each.calculated
    gap = "" if was is None else f"{each.by.value - was:+,f}"
    sheets, cells = ("\n".join(parts) for parts in (zip(*at, strict=True) if at else ((), ())))
    return (
        sheets, cells, each.name, each.unit, "—" if was is None else f"{was:,f}", f"{each.by.value:,f}", gap, each.by.why,
        each.by.who, each.by.at[:16].replace("T", " "),
    )  # fmt: skip


def compared(was: bytes, now: bytes) -> list[Alteration]:
    """What two versions say otherwise; the tables that only tell of changes are left out."""
    return [each for each in differences(was, now) if each.sheet not in TABLES]


def with_comparison(
    was: bytes, made: bytes, placement: Placement, *, figures: ReturnFigures, kind: str, why: str, before: str
) -> bytes:
    """A 更正 with what it says otherwise than the version before, a 正式 with what it says otherwise than the 快报; ``before``
    names that one as whoever receives the return finds it.
    """
    found = compared(was, made)
    heads, name = (COMPARED, CORRECTION) if kind == CORRECTED else (QUICK_HEADS, SINCE_QUICK)
    lines = [line(each, *_name(each, placement, figures)) for each in found]
    if kind == CORRECTED:
        lines = [(*each, why) for each in lines]
    title = f"{name}：与{before}不同的 {len(lines)} 处" if lines else f"{name}：与{before}每一格都一样"
    return tell(made, {}, [Table(name, title, heads, lines, _above(figures))], draft=False)


def _above(figures: ReturnFigures) -> str:
    """Which return it is, over a table that is read by itself."""
    return f"{figures.frame.zone.name}　{figures.pack.id} {figures.pack.title}　{figures.frame.period.label}"


def line(each: Alteration, name: str, unit: str) -> tuple[str, ...]:
    """One difference: sheet, cell, item, unit, before, after, difference."""
    was, now = as_figure(each.was), as_figure(each.now)
    gap = f"{now - was:+,f}" if was is not None and now is not None else ""
    return (each.sheet, each.cell, name, unit, _text(each.was, was), _text(each.now, now), gap)


def as_figure(text: str) -> Decimal | None:
    """A figure; codes and telephone numbers are none."""
    return Decimal(text) if re.fullmatch(r"-?(0|[1-9]\d{0,8})(\.\d+)?", text) else None


def _text(text: str, number: Decimal | None) -> str:
    return f"{number:,f}" if number is not None else text or "空"


def _name(each: Alteration, placement: Placement, figures: ReturnFigures) -> tuple[str, str]:
    """What a cell shows and its unit: the indicator and what is asked of it, a list's row, the form's own sum."""
    if ":" in each.cell:
        return "整行" + ("删去" if each.was else "新增"), ""
    origin = placement.origin(each.sheet, each.cell) if each.cell else None
    if origin is None:
        return "表内合计" if each.cell else "整张表", ""
    text = "；".join(one.strip() for one in origin.expressions)
    if origin.record is not None:
        return f"第 {origin.record + 1} 行 {text}", ""
    asked = question(figures.pack, text)
    result = figures.results.get(fold(asked.name if asked else text))
    if result is None:
        return text, ""
    unit = "%" if asked and asked.word in _RATES else result.indicator.unit
    return f"{result.indicator.name}{f' · {asked.word}' if asked else ''}", unit


def sealed_overrides(data: Mapping[str, Any]) -> list[str]:
    """What a sealed workbook's data (see :meth:`models.overridden.Overridden.to_json`) tells of overridden figures, a line each."""
    return [
        f"人工改数 {each['name']}：原计算值 {each['calculated'] or '—'}，改为 {each['value']}，理由：{each['why']}（{each['who']}）"
        for each in data.get("overrides", ())
    ]


def open_items(found: Iterable[Overridden]) -> str:
    """The overridden figures that are to be confirmed, as a sentence; "" when there are none."""
    names = [each.name for each in found if each.open]
    if not names:
        return ""
    return f"{'、'.join(names[:3])}{' 等' if len(names) > 3 else ''}共 {len(names)} 个人工改的数要重新确认：台账算出的数已经变了"


__all__: Sequence[str] = (
    "as_figure",
    "compared",
    "line",
    "open_items",
    "places",
    "sealed_overrides",
    "with_comparison",
    "with_overrides",
)
