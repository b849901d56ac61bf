"""The backup of each day: made in the background once the window is open, and again when it still is the day after."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from models.store.backup import automatic, backups_of, copy_to
from models.store.rotation import DAILY
from ui.session import Session
from ui.worker import Task

SECOND = "backup/second"  # the folder, on a memory stick say, where each day's backup is copied to; "" for none
AGAIN = 10 * 60_000  # milliseconds; a day that has its backup costs one look into the folder


class Daily(QObject):
    """One for each session; ``session.backed_up`` when there is another backup."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.session = session
        self._busy = False
        again = QTimer(self, interval=AGAIN)
        again.timeout.connect(self.run)
        again.start()

    def run(self) -> None:
        """Back up, unless this day's backup is there already."""
        file = self.session.file
        if self._busy or file.read_only:
            return
        self._busy = True
        folder = self.session.settings.get(SECOND, "")
        task = Task(self, lambda: _back_up(file.path, folder))
        task.done.connect(self._made)
        task.failed.connect(self._failed)
        task.start()

    def _made(self, made: object) -> None:
        self._busy = False
        if made is not None:
            self.session.backed_up.emit()

    def _failed(self, error: Exception) -> None:
        self._busy = False
        there = any(
            each.reason == DAILY and each.at.date() == date.today() for each in backups_of(self.session.file.path)
        )
        self.session.backed_up.emit()
        self.session.said.emit(f"今天的{'第二份' if there else ''}备份没有做成：{error}", "error")


def _back_up(path: Path, folder: str) -> Path | None:
    """This day's backup, and its copy: the day's backup stands also where the copy cannot be made."""
    made = automatic(path, DAILY)
    if made is not None and folder:
        copy_to(path, made, Path(folder))
    return made
