"""Words being put together in an input method: until they are, their keys are its own, and leaving finishes them.

Most input methods take the keys before the program sees them; some hand them on (fcitx and ibus where they answer late).
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

_LEAVING = (QEvent.Type.FocusAboutToChange, QEvent.Type.FocusOut)
_KEYS = (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)


class Composition(QObject):
    """Follows one widget that takes text. ``text`` is what is being put together, "" when nothing is."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.widget, self.text = widget, ""
        widget.installEventFilter(self)

    def __bool__(self) -> bool:
        return bool(self.text)

    def owns(self, event: QEvent) -> bool:
        """Whether the event is a key that belongs to the input method now: it neither moves, leaves nor undoes."""
        return bool(self.text) and event.type() in _KEYS and isinstance(event, QKeyEvent)

    def finish(self) -> None:
        """Have the words as they are, rather than lose them."""
        if self.text:
            QGuiApplication.inputMethod().commit()
        if self.text:  # an input method that does not answer
            event = QInputMethodEvent()
            event.setCommitString(self.text)
            QGuiApplication.sendEvent(self.widget, event)
            QGuiApplication.inputMethod().reset()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            self.text = event.preeditString()
        elif kind in _LEAVING:
            self.finish()
        elif self.text and self.owns(event):
            event.setAccepted(True)
            return True
        return False


def finish(widget: QWidget) -> None:
    """Finish what is being put together in ``widget``, if anything is."""
    found = _of(widget)
    if found is not None:
        found.finish()


def ask_first(widget: QWidget) -> None:
    """Let no other filter of ``widget``'s events have the input method's keys (the one installed last is asked first)."""
    found = _of(widget)
    if found is not None:
        widget.installEventFilter(found)


def _of(widget: QWidget) -> Composition | None:
    return widget.findChild(Composition, options=Qt.FindChildOption.FindDirectChildrenOnly)
