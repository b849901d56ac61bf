"""Where the files that come with the program lie: beside the source, and at the same places inside the bundle."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESOURCES = ROOT / "resources"
HANDBOOK = ROOT / "docs" / "手册"  # the manual that F1 opens


def program_folder() -> Path | None:
    """The folder of the bundled program; None when it runs from its source."""
    return Path(sys.executable).resolve().parent if getattr(sys, "frozen", False) else None
