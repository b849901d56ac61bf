"""What the window remembers on this PC: look, widths, paper, the file opened last. One place, one file; nothing of the data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, QSettings, Signal

WRITTEN = "change/written"  # where earlier versions kept 写成说明 (ui/written.py): zone, pack, period, indicator, text
T = TypeVar("T", bool, int, float, str, list, dict)


class Settings(QObject):
    """Values by name (``look/dark``, ``table/ent_period/widths``), kept as JSON texts in ``path``; without one only while the
    program runs. ``changed(name)`` after every change.
    """

    changed = Signal(str)

    def __init__(self, path: Path | None = None) -> None:
        super().__init__()
        self._kept = QSettings(str(path), QSettings.Format.IniFormat) if path else None
        self._held: dict[str, str] = {}

    def get(self, name: str, default: T) -> T:
        """The value kept under ``name``; ``default`` where there is none, or one of another kind (a file edited by hand)."""
        text = self._held.get(name, "") if self._kept is None else str(self._kept.value(name, ""))
        try:
            found = json.loads(text)
        except ValueError:
            return default
        if isinstance(default, float) and isinstance(found, int) and not isinstance(found, bool):
            return float(found)  # type: ignore[return-value]
        return found if type(found) is type(default) else default

    def put(self, name: str, value: bool | int | float | str | list | dict) -> None:
        """Keep a value."""
        text = json.dumps(value, ensure_ascii=True)
        if self._kept is None:
            self._held[name] = text
        else:
            self._kept.setValue(name, text)
        self.changed.emit(name)
