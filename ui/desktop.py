"""The one window that is open at a time: over a data file, or the first page; one gives way to the next without the program ending."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from models.store.faults import Damaged, EnvironmentFault
from models.store.file import DataFile
from models.store.zones import UnknownZone, pick
from ui.dropping import bring
from ui.session import Leaving
from ui.theme import Look
from ui.widgets import label
from ui.window import Window
from ui.worker import Task

if TYPE_CHECKING:
    from ui.pages.recovery import RecoveryPage
    from ui.pages.start import StartPage


class Desktop(QObject):
    """``dress`` makes the window over an open file, ``first`` the page on which a file is made or chosen."""

    def __init__(self, dress: Callable[[DataFile, str], Window], first: Callable[[Path], StartPage]) -> None:
        super().__init__()
        self.dress, self.first = dress, first
        self.shown: QWidget | None = None

    def begin(self, path: Path) -> None:
        """Open a file, or show the page for making one."""
        self.open(path)

    def open(self, path: Path, page: str = "", said: str = "", tone: str = "good") -> None:
        """Open a file; where that cannot be, say why and what else there is."""
        if not path.exists():
            self._show(self._start(path))
            return
        try:
            file = DataFile(path)
            with file.reading() as connection:
                pick(connection)
        except Damaged as fault:
            self._show(self._recovery(path, str(fault)))
        except EnvironmentFault as fault:
            self._show(self._start(path, str(fault)))
        except UnknownZone:
            file.close()
            self._show(self._start(path))
        else:
            self._show_window(file, page, said, tone)

    def _show_window(self, file: DataFile, page: str = "", said: str = "", tone: str = "good") -> None:
        window = self.dress(file, page)
        window.session.leaving.connect(lambda leaving: self._leave(window, leaving))
        self._show(window)
        if said:
            window.session.said.emit(said, tone)

    def _start(self, path: Path, fault: str = "") -> StartPage:
        page = self.first(path)
        page.fault.setText(fault)
        page.opened.connect(self._started)
        return page

    def _started(self, file: DataFile, table: str) -> None:
        """The first window over a file, with last year's Excel where it came along."""
        self._show_window(file)
        if table and isinstance(self.shown, Window):
            bring(self.shown, table, ledger="enterprise")

    def _recovery(self, path: Path, fault: str) -> RecoveryPage:
        # seen only where the file is damaged
        from ui.pages.recovery import RecoveryPage

        page = RecoveryPage(self.first(path).look, path, fault)
        page.leaving.connect(lambda leaving: self._leave(page, leaving))
        return page

    def _show(self, widget: QWidget) -> None:
        """The next one is shown before the last one closes: with no window left the program would end."""
        last, self.shown = self.shown, widget
        widget.show()
        if last is not None:
            last.close()
            last.deleteLater()

    def _leave(self, leaving_from: Window | RecoveryPage, leaving: Leaving) -> None:
        if self.shown is not leaving_from:
            return  # asked for twice
        back = leaving_from.session.file.path if isinstance(leaving_from, Window) else leaving.path
        self._show(Waiting(leaving_from.session.look if isinstance(leaving_from, Window) else leaving_from.look))
        if leaving.work is None:
            self.open(leaving.path, leaving.page)
            return
        task = Task(self, leaving.work)
        task.done.connect(lambda said: self.open(leaving.path, leaving.page, str(said)))
        task.failed.connect(lambda error: self.open(back, leaving.page, str(error), "error"))
        task.start()


class Waiting(QWidget):
    """Between two windows."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle("园区年报通")
        self.resize(look.px(420), look.px(140))
        rows = QVBoxLayout(self)
        rows.addStretch(1)
        words = label("正在打开数据文件…", "heading")
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        rows.addWidget(words)
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setFixedWidth(look.px(260))
        rows.addWidget(bar, 0, Qt.AlignmentFlag.AlignHCenter)
        rows.addStretch(1)
