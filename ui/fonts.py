"""The program's own Chinese font, given to Qt."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QFontDatabase

from exporters.fonts import cache_folder, font_file, searchable

FAMILY = "Noto Sans SC"


def load(folder: Path | None = None) -> str:
    """Give the font to Qt, its copy kept in ``folder`` (default: the user's cache); the family's name."""
    QFontDatabase.addApplicationFont(str(searchable(font_file(), folder or cache_folder())))
    return FAMILY
