"""Printing what the page 报表 shows: the form, issued or a draft; a version; the narrative."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from models.store.versions import Version, workbook_of
from ui.asking import asked_of
from ui.drawing import Drawn
from ui.page import PageWidget
from ui.pages.returns_compare import GONE
from ui.pages.returns_panel import Panel
from ui.printing.preview import Preview
from ui.printing.sheets import Workbook
from ui.reporting import Issued


class Prints(QObject):
    """Opens the page's ``preview``."""

    def __init__(self, page: PageWidget, panel: Panel, preview: Preview) -> None:
        super().__init__(page)
        self.session, self.panel, self.preview = page.session, panel, preview

    def form(self, drawing: Drawn, sheet: str) -> None:
        """The form as it is on show, ``sheet`` in sight first: issued where it says what a version says, else a draft."""
        asked, issued = drawing.asked, drawing.issued
        name = asked.issued_stem(issued.number, issued.kind) if issued else f"{asked.file_name}_草稿"
        self._open(name, drawing.printed, draft=issued is None, sheet=sheet)

    def version(self, version: Version) -> None:
        """A version as it was issued."""
        with self.session.file.reading() as connection:
            content = workbook_of(connection, version.id)
        if not content:
            self.panel.outcome.put(version.title, GONE.replace("不能比较", "不能打印"), "warning")
            return
        self._open(asked_of(self.session).issued_stem(version.number, version.kind), content, draft=False)

    def issued(self, path: Path, issued: Issued) -> None:
        """Say that a version is issued, and offer to print what is to be stamped."""
        said = f"{issued.title}已签发，校验码 {issued.short_code}。请把校验码与盖章页上的核对。"
        said += f"{issued.late}。" if issued.late else ""
        name = path.name.removesuffix(".xlsx")
        act = ("打印盖章页", lambda: self._open(name, issued.content, draft=False))
        self.panel.outcome.put(path.name, said, "good", file=path, act=act)

    def _open(self, name: str, content: bytes, *, draft: bool, sheet: str = "") -> None:
        key = f"return/{asked_of(self.session).pack.id}"
        self.preview.open(Workbook(name, key, content, self.session.look, draft), sheet)
