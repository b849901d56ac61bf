"""Explanations written of figures' changes: kept in the data file among the explanations (审核说明), so they have its history."""

from __future__ import annotations

from models.periods import Period
from models.store import Connection
from models.store.batches import Batch
from models.store.findings import Note, notes, write_note

ABOUT = "增减"
_ROW = bytes(16)  # an explanation is of a row; a figure has none


def keep_written(work: Batch, pack: str, period: Period, indicator: str, text: str, *, seen: str = "") -> None:
    """Write or rewrite what explains an indicator's change, which reads ``seen`` now ("" where that is not known)."""
    write_note(work, (pack,), period, f"{ABOUT} {indicator}", ABOUT, _ROW, seen, text)


def written(connection: Connection, zone: str, pack: str, period: Period) -> dict[str, Note]:
    """Indicator id → what was written of its change, the latest indicator last."""
    found = notes(connection, zone, (pack,), period)
    return {rule.removeprefix(f"{ABOUT} "): note for (rule, _), note in found.items() if rule.startswith(f"{ABOUT} ")}
