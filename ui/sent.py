"""What came of writing forms, as the pages tell it; by itself, so that a page needs no writer of files before one is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Sent:
    """What was written: where, how many files, rows or red cells, and the findings that went to nobody."""

    where: Path
    files: int
    rows: int
    left: int = 0
