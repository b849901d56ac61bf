"""The history → a CSV or Excel file, every changed field a row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from exporters.ledger_sheet import write_csv, write_xlsx
from models.store.journal import COLUMNS
from models.store.listing import Listed


def write(path: Path, kind: str, rows: Iterable[Sequence[str]]) -> int:
    """Write the rows of :func:`models.store.journal.entries` as ``kind`` (.csv or .xlsx); how many there were."""
    columns = [Listed(name) for name in COLUMNS]
    return write_csv(path, columns, rows) if kind == ".csv" else write_xlsx(path, "历史", columns, rows)
