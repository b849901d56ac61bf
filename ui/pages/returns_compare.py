"""What differs between two versions of a return, or between one and the draft: cell by cell, the way to each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from exporters.comparison import ROW, Difference
from exporters.xlsx_package import WorkbookFault
from models.store.versions import Version, workbook_of
from ui.comparing import differences
from ui.drawing import Drawn, as_signed
from ui.printing.options import Choice
from ui.session import Session
from ui.table.cells import Cell, Head
from ui.table.lines import Lines, Row, boxed
from ui.widgets import Button, Flow, label
from ui.worker import Task

NOW = "draft"
GONE = "这一版签发时还没有留底，不能比较；可用“核验文件”核对当时保存的 Excel 文件"


class Compare(QWidget):
    """``went(sheet, address)``: a cell was asked for; ``left``: back to the form."""

    went = Signal(str, str)
    left = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.drawing: Drawn | None = None
        self.versions: list[Version] = []
        self._task: Task | None = None
        self.older, self.newer = Choice("从"), Choice("到")
        self.summary = label("", "secondary", wrap=True)
        self.list = Lines(session.look, stretch=2, wrapped=(2,), drop=(5, 1))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        above = QWidget()
        line = Flow(above, across=8, down=6)  # on a narrow screen on two lines
        for widget in (self.older, self.newer, Button("回到表样", self.left.emit, key="Esc")):
            line.addWidget(widget)
        rows.addWidget(above)
        rows.addWidget(self.summary)
        rows.addWidget(boxed(self.list), 1)
        for choice in (self.older, self.newer):
            choice.picked.connect(lambda _: self.run())
        self.list.wanted.connect(self._go)

    def open(self, drawing: Drawn, versions: Sequence[Version], older: int) -> None:
        """Compare version ``older`` with the draft, or with the next version where nothing has changed since."""
        self.drawing, self.versions = drawing, list(versions)
        words = [(str(each.no), each.title) for each in versions]
        self.older.offer(words)
        self.newer.offer([*words, (NOW, "现在的台账")])
        self.older.choose(str(older))
        self.newer.choose(NOW)
        self.list.setFocus()
        self.run()

    def run(self) -> None:
        """Compare, away from the window's thread."""
        if self.drawing is None:
            return
        self.summary.setText("正在比较…")
        work = partial(self._differences, self.older.chosen, self.newer.chosen)
        self._task = task = Task(self, work, (WorkbookFault, LookupError))
        task.done.connect(lambda found: self._show(task, found))
        task.failed.connect(lambda error: self._fail(task, error))
        task.start()

    def _differences(self, older: str, newer: str) -> list[Difference]:
        assert self.drawing is not None
        was = self._version(older)
        now = (
            as_signed(self.session.file, self.drawing.asked, was) if newer == NOW else self._book(self._version(newer))
        )
        return differences(self._book(was), now, self.drawing.asked.pack, self.drawing.results)

    def _version(self, no: str) -> Version:
        return next(each for each in self.versions if str(each.no) == no)

    def _book(self, version: Version) -> bytes:
        with self.session.file.reading() as connection:
            found = workbook_of(connection, version.id)
        if not found:
            raise LookupError(GONE)
        return found

    def _fail(self, task: Task, error: Exception) -> None:
        if task is self._task:
            self.list.put([], [])
            self.summary.setText(str(error.args[0] if error.args else error))

    def _show(self, task: Task, found: Sequence[Difference]) -> None:
        if task is not self._task or self.drawing is None:
            return
        was, now = (choice.words[choice.chosen] for choice in (self.older, self.newer))
        heads = [
            Head("表", width=90), Head("格", width=70), Head("项目", width=200), Head(was, width=170, right=True),
            Head("现在" if self.newer.chosen == NOW else now, width=170, right=True), Head("差", width=110, right=True),
        ]  # fmt: skip
        self.list.put(heads, [self._line(each) for each in found])
        if found:
            sheets = len({each.sheet for each in found})
            self.summary.setText(f"{len(found)} 处不同，在 {sheets} 张表上；双击或按回车到那一格")
            self.list.select(0)
        else:
            self.summary.setText("每一格都一样")

    def _line(self, each: Difference) -> Row:
        cells = [Cell(each.sheet), Cell(each.cell), Cell(each.what)]
        for text in (each.was, each.now):
            cells.append(Cell(text, right=True) if text else Cell("空", right=True, ink="secondary"))
        return Row((*cells, Cell(each.gap, right=True)), each)

    def _go(self, each: object) -> None:
        if isinstance(each, Difference):
            self.went.emit(each.sheet, "" if each.cell == ROW else each.cell)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
