"""A table copied in Excel or WPS with its headings, pasted on the page 导入: read, matched and previewed as a file is."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTemporaryDir
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut

from ui.page import PageWidget
from ui.table.clipboard import from_clipboard

NAME = "剪贴板.csv"
NOTHING = "剪贴板里没有表格：先在 Excel 或 WPS 里选中表格，连标题一起复制，再到这里粘贴"


class Pasted(QObject):
    """Ctrl+V on ``page``; ``opened(path)`` reads the file made of it, which goes when the page goes."""

    def __init__(self, page: PageWidget, opened: Callable[[Path], object]) -> None:
        super().__init__(page)
        self.page, self.opened = page, opened
        self._folder: QTemporaryDir | None = None  # goes, with what is in it, when this goes
        keys = QShortcut(QKeySequence.StandardKey.Paste, page, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self.paste)

    def paste(self) -> None:
        """Open what is on the clipboard, or say what should be there."""
        rows = from_clipboard(QGuiApplication.clipboard().mimeData())
        if len(rows) < 2:
            self.page.session.said.emit(NOTHING, "error")
            return
        if self._folder is None:
            self._folder = QTemporaryDir()
        path = Path(self._folder.path()) / NAME
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(rows)
        self.opened(path)
