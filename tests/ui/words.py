"""What an input method sends: letters being put together, then the words chosen."""

from __future__ import annotations

from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication


def compose(*stages):
    """Put letters together where the keyboard is: compose("n", "ni", "nihao")."""
    for stage in stages:
        QApplication.sendEvent(QApplication.focusWidget(), QInputMethodEvent(stage, []))


def commit(words):
    """The words chosen."""
    event = QInputMethodEvent()
    event.setCommitString(words)
    QApplication.sendEvent(QApplication.focusWidget(), event)


def write(words):
    """All of it."""
    compose("n", "ni", "nihao")
    commit(words)
