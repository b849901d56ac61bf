"""Fill in what the made-up zone never has and the packs ask for, so that few of their figures are nought."""

from __future__ import annotations

import sqlite3
from pathlib import Path

_FILLING = Path(__file__).parent / "sql" / "filling.sql"


def fill_in(raw: sqlite3.Connection) -> None:
    """Fill in the rows and cells; the same in every run."""
    raw.executescript(_FILLING.read_text(encoding="utf-8"))
    raw.commit()
