"""A large change: carried out in a thread while the window goes on drawing, tells how far it is and lets it be cancelled.

Whoever asked waits for the outcome as for any other change. Meanwhile nothing else can be begun: what is typed is held and goes
where the cursor stands afterwards, clicks do nothing, a window that is closed closes when the change is on the disk.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from models.progress import Progress
from ui.busy import Stopped
from ui.worker import Task

T = TypeVar("T")
Watch = Callable[[int], None]

MANY = 500  # rows that are changed within half a second everywhere
SHOWN_AFTER = 300  # milliseconds
CANCEL = "cancel"  # the object name of the one button that works meanwhile
_TYPED = {QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.InputMethod}
_HELD = {
    QEvent.Type.ShortcutOverride, QEvent.Type.Shortcut, QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease,
    QEvent.Type.MouseButtonDblClick, QEvent.Type.Wheel, QEvent.Type.ContextMenu, QEvent.Type.DragEnter, QEvent.Type.Drop,
}  # fmt: skip


class Patience(QObject):
    """One for each session. ``told`` is called with how far the change is, and with None when it is over."""

    def __init__(self, owner: QObject, told: Callable[[Progress | None], None]) -> None:
        super().__init__(owner)
        self.told = told
        self.task: Task | None = None

    def cancel(self) -> None:
        """Stop the change under way; it is undone."""
        if self.task is not None:
            self.task.cancel()

    def run(self, text: str, total: int, work: Callable[[Watch], T]) -> T:
        """What ``work`` gives, or raises; Stopped where it was cancelled. ``work`` tells the rows it has done."""
        found: list[T] = []
        faults: list[Exception] = []

        def watch(done: int) -> None:
            if task.cancelled:
                raise Stopped
            task.progressed.emit(Progress(done, total, f"{text} {min(done, total):,} / {total:,} 行"))

        self.task = task = Task(self, lambda: found.append(work(watch)), (Exception,))
        task.failed.connect(faults.append)
        self._wait(task)
        self.task = None
        if not found:  # asked to stop too late, it is done
            raise faults[0] if faults else Stopped
        return found[0]

    def _wait(self, task: Task) -> None:
        loop, hold = QEventLoop(), _Hold(self)
        shown = QTimer(self, singleShot=True, interval=SHOWN_AFTER)
        latest: list[Progress] = []

        def tell(step: Progress) -> None:
            latest[:] = [step]
            if not shown.isActive():
                self.told(step)

        shown.timeout.connect(lambda: self.told(latest[0]) if latest else None)
        task.progressed.connect(tell)
        for over in (task.done, task.failed, task.stopped):
            over.connect(lambda *_: loop.quit())
        shown.start()
        task.start()
        loop.exec()
        shown.stop()
        shown.deleteLater()
        self.told(None)
        hold.release()


class _Hold(QObject):
    """Keeps hands off while a change is under way, and what they typed."""

    def __init__(self, patience: Patience) -> None:
        super().__init__(patience)
        self.patience = patience
        self.typed: list[QEvent] = []
        self.closing: QWidget | None = None
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if not isinstance(watched, QWidget) or watched.objectName() == CANCEL:
            return False
        if kind in _TYPED:
            self._keep(event)
        elif kind == QEvent.Type.Close and watched.isWindow():
            self.closing = watched
            event.ignore()
        elif kind in _HELD:
            event.setAccepted(kind == QEvent.Type.ShortcutOverride)  # so that it comes as a key, which is held
        else:
            return False
        return True

    def _keep(self, event: QEvent) -> None:
        if isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self.patience.cancel()
                return
            copy: QEvent = QKeyEvent(event.type(), event.key(), event.modifiers(), event.text(), event.isAutoRepeat())
        elif isinstance(event, QInputMethodEvent) and event.commitString():
            copy = QInputMethodEvent()
            copy.setCommitString(event.commitString())
        else:
            return
        self.typed.append(copy)

    def release(self) -> None:
        """Hands may work again; what they typed goes where the cursor is."""
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
        QTimer.singleShot(0, self, self._type)

    def _type(self) -> None:
        for event in self.typed:
            if focus := QApplication.focusWidget():
                QApplication.sendEvent(focus, event)
        if self.closing is not None:
            self.closing.close()
        self.deleteLater()
