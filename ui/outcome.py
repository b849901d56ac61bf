"""What came of saving or printing something, said where the clerk looks; a saved file can be opened from there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.outside import open_file
from ui.widgets import Button, Notice, link, row

Link = tuple[str, Callable[[], object]]


class Outcome(QWidget):
    """One notice at a time; none until there is something to say."""

    def __init__(self) -> None:
        super().__init__()
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self.notice: Notice | None = None
        self.hide()

    def clear(self) -> None:
        """Say nothing any more."""
        if self.notice is not None:
            self.notice.hide()
            self.notice.deleteLater()
            self.notice = None
        self.hide()

    def put(
        self,
        head: str,
        text: str,
        tone: str,
        links: Sequence[Link] = (),
        *,
        file: Path | None = None,
        act: Link | None = None,
    ) -> None:
        """Say something, below it ``act`` as what to do next and words to click; a ``file`` that was made can be opened."""
        self.clear()
        self.notice = Notice(head, text, tone)
        self.notice.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if act is not None:
            self.notice.rows.addWidget(Button(*act, primary=True), 0, Qt.AlignmentFlag.AlignLeft)
        opening: list[Link] = []
        if file is not None:
            opening = [("打开", lambda: open_file(file)), ("打开所在文件夹", lambda: open_file(file.parent))]
        if words := [*opening, *links]:
            line = row(spacing=14)
            for word, on_click in words:
                line.addWidget(link(word, on_click))
            line.addStretch(1)
            self.notice.rows.addLayout(line)
        self._rows.addWidget(self.notice)
        self.show()

    def go_on(self, text: str) -> None:
        """Say how far it is; what can be clicked stays, so that it is not taken away from under the mouse."""
        if self.notice is not None:
            self.notice.text.setText(text)
