"""How a cell of a ledger looks: its text, and in colour what is wrong with it."""

from __future__ import annotations

from models.columns import MARK
from models.kinds import Raw
from models.store.views import Column, Line
from ui.session import Mark, Session
from ui.table.cells import Cell
from ui.table.columns import Shown, shown_text
from ui.table.reading import fault

CARRIED = "从上年带来，还没有确认：改一下就算确认；没有变的，选中后按 F9"

NOTHING = "不适用：填过了，没有这个数；空着的是还没有填，0 是零"


def cell_of(session: Session, line: Line, shown: Shown) -> Cell:
    """How a column of a line looks."""
    text = shown_text(shown, line.values, line.titles)
    right = shown.field.kind.numeric
    if shown.growth or shown.column.prior:
        return Cell(text if shown.growth else text or "—", right, "secondary")
    value = line.values.get(shown.now)
    if isinstance(value, Raw) and value == MARK:
        return Cell(str(MARK), right, "secondary", tip=NOTHING)
    if isinstance(value, Raw):
        return Cell(text, right, "error", "error_soft", "error", tip=fault(shown.field, value))
    mark = mark_of(session, line, shown.column)
    if mark:
        return Cell(
            text,
            right,
            mark.token if mark.level == "强制" else "text",
            f"{mark.token}_soft",
            mark.token,
            tip=mark.text,
        )
    if shown.now in line.carried:
        return Cell(text, right, "accent", corner="accent", tip=CARRIED, italic=True)
    quiet = bool(shown.field.formula) or (shown.readonly and shown.field.id == "uscc")
    return Cell(text, right, "secondary" if quiet else "text")


def mark_of(session: Session, line: Line, column: Column) -> Mark | None:
    """What the audit says of a cell."""
    row = line.rows.get((column.ledger.id, column.prior), b"")
    return session.marks.get((column.ledger.id, row, column.field.id))
