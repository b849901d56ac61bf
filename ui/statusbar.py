"""The bar at the bottom: what is saved, what was just done, what is selected, what is still wrong."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from models.progress import Progress
from models.store.rotation import backups_of
from ui.moments import when
from ui.patience import CANCEL
from ui.session import Session
from ui.widgets import Elided, label, link, restyle

NARROW = 1100  # with less room than this the latest backup is not told
SHOWN_FOR = 12_000  # milliseconds a sentence stays


class StatusBar(QWidget):
    """Follows the session's signals."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.setObjectName("status")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.dot, self.saved, self.backup, self.said = label("●", "dot"), label("", "fact"), label("", "fact"), Elided()
        self.selected, self.must, self.check = label("", "fact"), label("", "error"), label("", "warning")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(6)
        for widget in (self.dot, self.saved):
            row.addWidget(widget)
        row.addSpacing(18)
        row.addWidget(self.backup)
        row.addSpacing(18)
        row.addWidget(self.said, 1)
        for widget in (self.selected, self.must, self.check):
            row.addSpacing(10)
            row.addWidget(widget)
        self.work, self.bar = label("", "fact"), QProgressBar()
        self.stop = link("取消", session.patience.cancel)
        self.stop.setObjectName(CANCEL)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("做到哪里了")
        for widget in (self.work, self.bar, self.stop):
            row.insertWidget(row.indexOf(self.said), widget)
            widget.hide()
        session.working.connect(self._tell_work)
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_FOR)
        self._timer.timeout.connect(lambda: self.say("", ""))
        session.saved.connect(self._saved)
        session.said.connect(self.say)
        session.backed_up.connect(self._tell_backup)
        session.selected.connect(self.selected.setText)
        session.marks_changed.connect(self._count)
        session.look.changed.connect(self._resize_to_look)
        self._resize_to_look()
        self._count()
        self._tell_backup()
        if session.file.read_only:
            self.saved.setText("只能看")
            restyle(self.dot, "tone", "warning")
            self.say(session.file.notice, "error")
        else:
            self.saved.setText("每改一格就存好，不用另存")

    def _resize_to_look(self) -> None:
        self.setFixedHeight(self.session.look.px(28))

    def _tell_work(self, step: Progress | None) -> None:
        """How far a large change is, in place of what was said last."""
        for widget in (self.work, self.bar, self.stop):
            widget.setVisible(step is not None)
        self.said.setVisible(step is None)
        if step is not None:
            self.work.setText(step.text)
            self.bar.setFixedWidth(self.session.look.px(160))
            self.bar.setRange(0, step.total)
            self.bar.setValue(min(step.done, step.total))

    def _saved(self, at: datetime) -> None:
        self.saved.setText(f"已保存 {at:%H:%M:%S}")

    def _tell_backup(self) -> None:
        """A backup has its name only once it is verified."""
        latest = next(iter(backups_of(self.session.file.path)), None)
        self.backup.setText(f"最近备份 {when(latest.at)}，已校验" if latest else "")
        self._make_room()

    def _make_room(self) -> None:
        self.backup.setVisible(bool(self.backup.text()) and self.width() >= self.session.look.px(NARROW))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def say(self, text: str, tone: str) -> None:
        """Show a sentence for a while; a fault stays until the next sentence."""
        self.said.setText(text)
        self.said.setObjectName(tone or "fact")
        restyle(self.said, "tone", tone)
        self._timer.stop()
        if text and tone != "error":
            self._timer.start()

    def _count(self) -> None:
        must, check = self.session.outstanding
        self.must.setText(f"强制 {must}" if must else "")
        self.check.setText(f"核实 {check}" if check else "")
