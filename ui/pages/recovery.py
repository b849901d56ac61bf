"""Shown instead of the window when the data file is damaged: the backups there are, and how to go on from one."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from models.store.backup import backups_of, is_good
from models.store.rotation import Backup
from ui.moments import when
from ui.pages.data_backups import MADE, STATE, WHY, restoring
from ui.session import Leaving
from ui.table.cells import Cell
from ui.table.lines import Lines, Row, boxed
from ui.theme import Look
from ui.widgets import Button, label, link
from ui.worker import Task


class RecoveryPage(QWidget):
    """A window of its own; ``leaving(Leaving)`` when a backup or another file is to be opened."""

    leaving = Signal(object)

    def __init__(self, look: Look, path: Path, fault: str) -> None:
        super().__init__()
        self.look, self.path = look, path
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle("园区年报通")
        self.resize(look.px(760), look.px(520))
        self.list = Lines(look, stretch=1)
        self.restore = Button("恢复选中的备份", self._restore, primary=True)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(24, 20, 24, 20)
        rows.setSpacing(10)
        rows.addWidget(label(f"“{path.name}”打不开", "title"))
        rows.addWidget(label(fault, "error", wrap=True))
        rows.addWidget(label("选一份备份恢复；现在这个文件会改名留着，不会丢。", "secondary", wrap=True))
        rows.addWidget(boxed(self.list), 1)
        last = QHBoxLayout()
        last.addWidget(link("打开另一个数据文件…", self._choose))
        last.addWidget(link("从别处的备份恢复…", self._choose_backup))
        last.addStretch(1)
        last.addWidget(self.restore)
        rows.addLayout(last)
        self.list.wanted.connect(lambda _: self._restore())
        self._show({})
        task = Task(self, lambda: {each.path: is_good(each.path) for each in backups_of(path)})
        task.done.connect(self._show)
        task.start()

    def _show(self, good: object) -> None:
        assert isinstance(good, dict)
        words = {
            None: Cell("校验中…", ink="secondary"),
            True: Cell("完好", chip="good"),
            False: Cell("已损坏", chip="error"),
        }
        there = backups_of(self.path)
        rows = [
            Row(
                (Cell(f"{each.at:%Y-%m-%d %H:%M}", note=when(each.at)), Cell(each.reason), words[good.get(each.path)]),
                each,
            )
            for each in there
        ]
        self.list.put([MADE, WHY, STATE], rows, lambda each: each.path)  # type: ignore[attr-defined]
        first = next((n for n, each in enumerate(there) if good.get(each.path, True)), 0)
        if there and self.list.current() is None:
            self.list.select(first)
        self.restore.setEnabled(bool(there))

    def _restore(self) -> None:
        chosen = self.list.current()
        if isinstance(chosen, Backup):
            self.leaving.emit(Leaving(self.path, partial(restoring, chosen.path, self.path), "data"))

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "打开数据文件", str(self.path.parent), "数据文件 (*.db)")
        if chosen:
            self.leaving.emit(Leaving(Path(chosen)))

    def _choose_backup(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "从备份恢复", str(self.path.parent), "备份 (*.db)")
        if chosen:
            self.leaving.emit(Leaving(self.path, partial(restoring, Path(chosen), self.path), "data"))
