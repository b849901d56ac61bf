"""自检: one line for everything the program needs of this machine, with what to do; and a field to try Chinese input in."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import QTimer, Signal, qVersion
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QVBoxLayout

from models.version import software
from ui.busy import Busy
from ui.daily import SECOND
from ui.page import PageWidget
from ui.selftest.line import ATTENTION, FAULT, GOOD, Line, verdict
from ui.selftest.run import run
from ui.session import Session
from ui.table.cells import Cell, Head
from ui.table.lines import Lines, Row, boxed
from ui.widgets import Card, PageHeader, TextLine, label, restyle, row

HEADS = [Head("", width=64), Head("项目", width=130), Head("现在", width=420), Head("怎么办", width=380)]
CHIPS = {GOOD: "good", ATTENTION: "warning", FAULT: "error"}
LETTERS = 4  # Latin letters in a row: what pinyin looks like that no input method took
NOTHING = "还没有打字：请点进框里，切换到中文，用拼音打几个字"
ONLY_LETTERS = (
    "只收到字母，没有经过输入法：请切换到中文再打（一般按 Ctrl+空格 或 Shift）；还是不行，照上面“输入法”一行做"
)


class TryOut(TextLine):
    """Tells what arrives: ``heard(tone, sentence)``."""

    heard = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._composed = False
        self.setPlaceholderText("在这里打几个汉字试试")
        self.setAccessibleName("试打汉字")
        self.textEdited.connect(self._typed)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        composing, given = event.preeditString(), event.commitString()
        super().inputMethodEvent(event)
        if given and not given.isascii():
            self._composed = True
            self.heard.emit("good", f"收到汉字“{given}”：输入法是通的")
        elif composing:
            self.heard.emit("", f"收到拼音“{composing}”，正在组字：选一个候选字")

    def _typed(self, text: str) -> None:
        if not text:
            self._composed = False
            self.heard.emit("", NOTHING)
        elif not self._composed and not text.isascii():
            self._composed = True  # a front end that gives characters without composing, as a phone's or a pasted one
            self.heard.emit("good", f"收到汉字“{text[-1]}”：输入法是通的")
        elif not self._composed and sum(letter.isalpha() for letter in text[-LETTERS:]) == LETTERS:
            self.heard.emit("warning", ONLY_LETTERS)


class SelfTestPage(PageWidget):
    """Looks again each time it is turned to."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.lines: list[Line] = []
        self.header = PageHeader("自检")
        self.copy = self.header.add("复制结果", self.copy_text)
        self.again = self.header.add("重新自检", self.look, primary=True)
        self.busy = Busy()
        self.list = Lines(session.look, stretch=2, wrapped=(2, 3))
        self.trying, self.heard = TryOut(), label(NOTHING, "secondary", wrap=True)
        self.trying.heard.connect(self._hear)
        self._place()

    def _place(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 14, 20, 16)
        outer.setSpacing(10)
        outer.addWidget(self.header)
        outer.addWidget(
            label("找人帮忙时，点“复制结果”，粘贴到微信或邮件里发给对方；里面没有台账的内容。", "secondary", wrap=True)
        )
        outer.addWidget(self.busy)
        outer.addWidget(boxed(self.list), 1)
        card = Card("试打汉字")
        line = row(spacing=12)
        line.addWidget(self.trying, 2)
        line.addWidget(self.heard, 3)
        card.rows.addLayout(line)
        outer.addWidget(card)

    def arrive(self, where: Mapping[str, object]) -> None:
        self.look()
        QTimer.singleShot(0, self, self.list.setFocus)

    def look(self) -> None:
        """Look at everything, in the background."""
        session = self.session
        file, scale, second = session.file, session.look.scale, session.settings.get(SECOND, "")
        self.busy.run("自检…", lambda: run(file.path, file, scale, second), self._show, self._failed)

    def _show(self, lines: list[Line]) -> None:
        self.lines = lines
        self.header.fact.setText(verdict(lines))
        rows = [
            Row((Cell(each.level, chip=CHIPS[each.level]), Cell(each.name), Cell(each.found, tip=each.found),
                 Cell(each.remedy, ink="text", tip=each.remedy)), each)
            for each in sorted(lines, key=lambda each: (FAULT, ATTENTION, GOOD).index(each.level))
        ]  # fmt: skip
        self.list.put(HEADS, rows, lambda each: each.name)  # type: ignore[attr-defined]
        if self.list.current() is None:
            self.list.select(0)

    def _failed(self, error: Exception) -> None:
        self.session.said.emit(str(error), "error")

    def _hear(self, tone: str, said: str) -> None:
        self.heard.setText(said)
        self.heard.setObjectName(tone or "secondary")
        restyle(self.heard, "tone", tone)

    def text(self) -> str:
        """The result as text for the help desk."""
        head = (
            f"{software()} 自检　{datetime.now():%Y-%m-%d %H:%M}　{platform.platform()}　"
            f"Python {platform.python_version()}　Qt {qVersion()}"
        )
        return "\n".join([head, *map(str, self.lines), f"试打：{self.heard.text()}", verdict(self.lines)])

    def copy_text(self) -> None:
        """Put it on the clipboard."""
        QGuiApplication.clipboard().setText(self.text())
        self.session.said.emit("自检结果已复制，可以粘贴给帮忙的人", "good")
