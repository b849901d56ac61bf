"""What is loaded first for the window: what is not Qt's, then Qt, without the hook that PySide6 puts into Python's import.

The hook looks for ``from __feature__ import …``, which nobody here writes: for that it reads, and keeps, the source of every module
imported after PySide6, a twentieth of the time to start.
"""

from __future__ import annotations

import builtins

import models.packs.pack  # noqa: F401
import models.store.history  # noqa: F401
import ui.names  # noqa: F401


def load_qt() -> None:
    """Load PySide6, and leave Python's import as it was."""
    before = builtins.__import__
    try:
        # its hook goes in as it is loaded
        import PySide6.QtWidgets  # noqa: F401
    finally:
        builtins.__import__ = before
