"""The versions issued before: what became of each, to be printed, compared, and taken to its next state."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.store.versions import ACCEPTED, LOCKED, NEXT, REPORTED, SENT_BACK, Version
from ui.widgets import Flow, TextLine, label, link

STEPS = {REPORTED: "已上报", SENT_BACK: "被退回…", ACCEPTED: "已验收", LOCKED: "锁定"}


class Opinion(TextLine):
    """Where the reason is written for which a version was sent back. ``given(text)`` on Enter; Esc thinks better of it."""

    given = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText("退回意见，写好按回车")
        self.setAccessibleName("退回意见")
        self.returnPressed.connect(lambda: self.given.emit(self.text()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            return
        super().keyPressEvent(event)


class VersionsList(QWidget):
    """``printed(version)``, ``compared(number)``: asked for. ``moved(version, state, opinion)``: it has come to its next state."""

    printed = Signal(object)
    compared = Signal(int)
    moved = Signal(object, str, str)

    def __init__(self) -> None:
        super().__init__()
        self.opinion: Opinion | None = None
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(10)

    def put(self, found: Sequence[Version], *, locked: bool) -> None:
        """List the versions, newest first; with ``locked`` nothing can be changed."""
        while self._rows.count():
            if widget := self._rows.takeAt(0).widget():
                widget.hide()
                widget.deleteLater()
        self.opinion = None
        if not found:
            self._rows.addWidget(label("还没有签发过", "note"))
        for each in reversed(found):
            self._rows.addWidget(self._line(each, found[-1], locked=locked))

    def _line(self, each: Version, last: Version, *, locked: bool) -> QWidget:
        held = QWidget()
        rows = QVBoxLayout(held)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(2)
        moment = each.issued_at[:16].replace("T", " ")
        said = label(f"{each.title} · {each.state} · {moment} · 校验码 {each.short_code}", "note", wrap=True)
        said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        rows.addWidget(said)
        if each.opinion:
            rows.addWidget(label(f"退回意见：{each.opinion}", "error", wrap=True))
        if each.why:
            rows.addWidget(label(f"更正理由：{each.why}", "note", wrap=True))
        if each.no < last.no:
            rows.addWidget(label(f"后来又签发了{last.title}", "warning", wrap=True))
        links = QWidget()
        line = Flow(links, across=12, down=2)
        line.addWidget(link("打印", lambda: self.printed.emit(each)))
        line.addWidget(link("比较", lambda: self.compared.emit(each.no)))
        for state in () if locked else NEXT.get(each.state, ()):
            line.addWidget(link(STEPS[state], lambda state=state: self._ask(each, state, rows)))
        rows.addWidget(links)
        return held

    def _ask(self, version: Version, state: str, rows: QVBoxLayout) -> None:
        if state != SENT_BACK:
            self.moved.emit(version, state, "")
            return
        if self.opinion is None:
            self.opinion = Opinion()
            self.opinion.given.connect(lambda text: self.moved.emit(version, state, text))
            rows.addWidget(self.opinion)
        self.opinion.show()
        self.opinion.setFocus()
