"""A table dragged onto the window is imported, into the ledger on show, else into 企业; a data file is offered for merging."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from models.ledger import Ledger
from ui.session import Session
from ui.window import Window


class Drops(QObject):
    """Watches the window for dropped files."""

    def __init__(self, window: Window, session: Session) -> None:
        super().__init__(window)
        self.session = session
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent) and dropped_files(event):
            event.acceptProposedAction()
            return True
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop and (paths := dropped_files(event)):
            assert isinstance(watched, Window)
            self._take(watched, paths)
            event.acceptProposedAction()
            return True
        return False

    def _take(self, window: Window, paths: list[str]) -> None:
        if len(paths) > 1:  # forms that came back
            window.current.before_drop()
            self.session.go("importing", paths=paths)
        elif paths[0].lower().endswith(".db"):
            self.session.go("data", path=paths[0])
        else:
            ledger = getattr(window.current, "ledger", None)
            bring(window, paths[0], **({"ledger": ledger.id} if isinstance(ledger, Ledger) else {}))


def bring(window: Window, path: str, **where: object) -> None:
    """Show a table for import; the page it is brought to may turn to the year it is of first."""
    window.current.before_drop()
    window.session.go("importing", path=path, **where)


def dropped_file(event: QDropEvent) -> str:
    """The one local file that is dragged, "" for anything else."""
    paths = dropped_files(event)
    return paths[0] if len(paths) == 1 else ""


def dropped_files(event: QDropEvent) -> list[str]:
    """The local files and folders that are dragged, none where anything else is with them."""
    urls = event.mimeData().urls()
    return [url.toLocalFile() for url in urls] if all(url.isLocalFile() for url in urls) else []
