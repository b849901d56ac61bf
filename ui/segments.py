"""A few words side by side, one of them chosen: for a setting whose every choice should be seen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from ui.widgets import Flow


class Segments(QWidget):
    """``chosen(value)`` when the person chose another; :meth:`put` shows without telling."""

    chosen = Signal(object)

    def __init__(self, name: str, choices: Sequence[tuple[str, object]]) -> None:
        super().__init__()
        self.buttons: dict[object, QPushButton] = {}
        self._one = QButtonGroup(self)
        row = Flow(self, across=6, down=6)
        for text, value in choices:
            button = QPushButton(text)
            button.setProperty("segment", True)
            button.setCheckable(True)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.setAccessibleName(f"{name}：{text}")
            button.clicked.connect(lambda _, value=value: self.chosen.emit(value))
            self._one.addButton(button)
            row.addWidget(button)
            self.buttons[value] = button

    def put(self, value: object) -> None:
        """Show what is chosen; nothing where it is none of them."""
        self._one.setExclusive(False)
        for other, button in self.buttons.items():
            button.setChecked(other == value)
        self._one.setExclusive(True)
