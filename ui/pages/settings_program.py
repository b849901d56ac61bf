"""Which version of the program this is, taking a newer one from a file, and going back to the one before."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from models.places import program_folder
from models.store.faults import EnvironmentFault
from models.version import software
from ui.busy import Busy
from ui.installing import Home, go_back, update
from ui.releases import ENDING, read_list
from ui.session import Session
from ui.widgets import Button, Card, Notice, label, restyle, row

FILES = f"园区年报通更新文件 (*{ENDING})"
HOW = (
    "更新文件是一个“园区年报通-版本号….tar.gz”：先核对每个文件、在这台电脑上试开，再换上；数据不动，上一版留着可以退回"
)
WINDOWS = "更新请关闭程序，再双击新版的安装程序；数据不动"
SOURCE = "这是从源码运行的程序，不在这里更新"


class Program(Card):
    """Nothing of the running program is touched: a newer one lies beside it and is opened the next time."""

    def __init__(self, session: Session, running: Path | None = None, home: Home | None = None) -> None:
        super().__init__("程序")
        self.session = session
        self.running, self.home = running or program_folder(), home or Home()
        self.busy, self.notice = Busy(), Notice("", "", "error")
        self.version = label(software(), "strong")
        here = self.running is not None and sys.platform.startswith("linux")
        self.newer = Button("从文件更新…", self.ask)
        self.back = Button("退回上一版", self.go_back)
        self.rows.addWidget(label(HOW if here else WINDOWS if self.running else SOURCE, "secondary", wrap=True))
        self.rows.addWidget(self.notice)
        line = row(spacing=8)
        line.addWidget(self.version)
        line.addSpacing(8)
        for button in (self.newer, self.back):
            line.addWidget(button)
            button.setVisible(here)
        line.addWidget(self.busy, 1)
        line.addStretch(1)
        self.rows.addLayout(line)
        self.notice.hide()
        self.fill()

    def fill(self) -> None:
        """Say which version could be gone back to."""
        before = self.home.before if self.running is not None else None
        self.back.setVisible(before is not None and sys.platform.startswith("linux"))
        if before is not None:
            self.back.setText(f"退回 {read_list(before).version}")

    def ask(self) -> None:
        """Choose the file."""
        chosen, _ = QFileDialog.getOpenFileName(self, "从文件更新", str(Path.home()), FILES)
        if chosen:
            self.update_from(Path(chosen))

    def update_from(self, file: Path) -> None:
        """Take a newer program from a file, in the background; it can be stopped until it is put in place."""
        self.notice.hide()
        work = update(file, self.home, self.running)
        self.busy.run(f"正在核对“{file.name}”…", lambda: work, self._updated, self._failed)

    def go_back(self) -> None:
        """Open the version before from the next time on."""
        try:
            release = go_back(self.home)
        except (EnvironmentFault, OSError) as fault:
            self._failed(fault)
            return
        self._tell(f"已退回 {release.version}", "关闭后重新打开就是它；数据没有动", "good")
        self.fill()

    def _updated(self, place: Path) -> None:
        release = read_list(place)
        installed = place.parent == self.home.base
        then = "关闭后重新打开就是新版本" if installed else f"新程序在“{place}”，从那里打开；旧的文件夹可以删去"
        self._tell(f"已更新到 {release.version}", f"{then}。数据没有动。", "good")
        self.fill()

    def _failed(self, fault: Exception) -> None:
        self._tell("没有更新", str(fault), "error")

    def _tell(self, head: str, text: str, tone: str) -> None:
        self.notice.head.setText(head)
        self.notice.head.setObjectName(tone)
        self.notice.head.show()
        self.notice.text.setText(text)
        for widget in (self.notice, self.notice.head):
            restyle(widget, "notice", tone)
        self.notice.show()
