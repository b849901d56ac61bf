"""打印 on a ledger's page: the rows and columns on show, gathered while the window lives, then the preview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence

from ui.page import PageWidget
from ui.table.model import LedgerModel
from ui.widgets import PageHeader

if TYPE_CHECKING:
    from ui.printing.preview import Preview

STEP = 100  # rows gathered before the window has its turn


class LedgerPrint(QObject):
    """``model`` is what the page shows, ``header`` says of how much. The preview is made when it is first asked for."""

    def __init__(self, page: PageWidget, model: LedgerModel, header: PageHeader) -> None:
        super().__init__(page)
        self.page, self.model, self.header = page, model, header
        self.preview: Preview | None = None
        self._rows: list[list[str]] = []
        self._timer = QTimer(self, interval=0, timeout=self._gather)
        self.action = QAction("打印", page)
        self.action.setShortcut(QKeySequence("Ctrl+P"))
        self.action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.action.triggered.connect(self.open)
        page.addAction(self.action)
        self.button = header.add("打印", self.open)
        self.button.setToolTip("Ctrl+P")

    def open(self) -> None:
        """Gather what is on show, then preview it."""
        if not self._timer.isActive():
            self._rows = []
            self._timer.start()

    def _gather(self) -> None:
        start, whole = len(self._rows), self.model.known
        for row in range(start, min(start + STEP, whole)):
            cells = (self.model.cell(self.model.index(row, column)) for column in range(len(self.model.columns)))
            self._rows.append([cell.text for cell in cells])
        if len(self._rows) < whole:
            self.page.session.said.emit(f"正在准备打印：{len(self._rows):,} / {whole:,} 行", "")
            return
        self._timer.stop()
        self._show()

    def _show(self) -> None:
        # brings the printer, and what lays out pages: who only types does not wait for them
        from ui.pages.ledger_paper import Preview, show

        if self.preview is None:
            self.page.removeAction(self.action)  # the preview has the same key
            self.preview = Preview(self.page, self.page.session, self.open)
        show(self.preview, self.model, self.header.fact.text(), self._rows)
