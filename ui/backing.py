"""A backup made because somebody asks for it, in the background, told in the status bar."""

from __future__ import annotations

from models.store.backup import automatic
from models.store.rotation import BY_HAND
from ui.session import Session
from ui.worker import Task


def back_up(session: Session) -> None:
    """Back up now; ``session.backed_up`` when it is done."""

    def done(_: object) -> None:
        session.said.emit("已备份，并校验过", "good")
        session.backed_up.emit()

    path = session.file.path
    task = Task(session, lambda: automatic(path, BY_HAND))
    task.done.connect(done)
    task.failed.connect(lambda error: session.said.emit(f"备份没有做成：{error}", "error"))
    session.said.emit("正在备份…", "")
    task.start()
