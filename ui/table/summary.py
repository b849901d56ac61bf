"""Count, sum and average of the selected cells, exact, in the fields' own unit."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QItemSelection

from models.kinds import Quantity, decimal_of
from ui.table.model import LedgerModel

MOST = 20_000  # more cells than this are only counted


def summary(model: LedgerModel, selection: QItemSelection) -> str:
    """For the status bar; "" for a single cell."""
    cells = {
        (row, column)
        for part in selection
        if part.width() * part.height() <= MOST
        for row in range(part.top(), part.bottom() + 1)
        for column in range(part.left(), part.right() + 1)
    }
    amount = len(cells) or sum(part.width() * part.height() for part in selection)
    if amount < 2:
        return ""
    figures = _figures(model, cells)
    if not figures:
        return f"选中 {amount:,} 格"
    kinds, values = zip(*figures, strict=True)
    if len({kind.unit for kind in kinds}) > 1:
        return f"选中 {amount:,} 格　单位不同，不求和"
    places, unit = max(kind.places for kind in kinds), kinds[0].unit
    total = sum(values, Fraction(0))
    mean = decimal_of(total / len(values), max(places, 2))
    return f"选中 {amount:,} 格　合计 {decimal_of(total, places):,f} {unit}　平均 {mean:,f}"


def _figures(model: LedgerModel, cells: set[tuple[int, int]]) -> list[tuple[Quantity, Fraction]]:
    found = []
    for row, column in cells:
        shown, line = model.columns[column], model.line(row)
        value = model.derived.known(line).values.get(shown.column.key) if line and not shown.growth else None
        if isinstance(shown.field.kind, Quantity) and isinstance(value, int):
            found.append((shown.field.kind, shown.field.kind.amount(value)))
    return found
