"""Where a return's overridden figures stand on its form, and the table that tells of them. No Qt here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from exporters.alterations import Alteration
from exporters.overridden import HEADS, OVERRIDDEN, TABLES, Table, tell
from exporters.placement import Placement
from exporters.seal import differences
from exporters.workbook import Filled
from models.overridden import Overridden
from models.returns import ReturnFigures
from models.text import fold


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
    table = Table(OVERRIDDEN, title, HEADS, rows, above(figures))
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


def above(figures: ReturnFigures) -> str:
    """Which return it is, over a table that is read by itself."""
    return f"{figures.frame.zone.name}　{figures.pack.id} {figures.pack.title}　{figures.frame.period.label}"


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
    "above",
    "compared",
    "open_items",
    "places",
    "sealed_overrides",
    "with_overrides",
)
