"""The made-up zone to look around in: a data file of its own beside the clerk's, never the one that is opened next time."""

from __future__ import annotations

from pathlib import Path

from models.periods import Period

NAME = "演示.db"
PERIOD = Period(2025)  # the last year that is made up


def is_demonstration(path: Path) -> bool:
    """Whether a data file is the one to look around in."""
    return path.name == NAME
