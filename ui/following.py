"""Light or dark as the desktop is, where the person wants that."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication

from ui.settings import Settings
from ui.theme import Look

FOLLOW = "look/follow"  # whether the desktop says if it is light or dark; else look/dark


def system_is_dark() -> bool:
    """Whether the desktop is dark; False where it does not say."""
    return QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark


def follow_system(settings: Settings, look: Look) -> QObject:
    """Keep following, as long as the result lives."""
    made = QObject()
    hints = QGuiApplication.styleHints()

    def follow(_: object) -> None:
        if settings.get(FOLLOW, False):
            look.apply(dark=system_is_dark())

    hints.colorSchemeChanged.connect(follow)
    made.destroyed.connect(lambda: hints.colorSchemeChanged.disconnect(follow))
    return made


def choose(settings: Settings, look: Look, *, dark: bool | None) -> None:
    """Light, dark, or (None) as the desktop is."""
    settings.put(FOLLOW, dark is None)
    look.apply(dark=system_is_dark() if dark is None else dark)
