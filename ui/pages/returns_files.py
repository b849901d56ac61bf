"""Files of a return: where one goes, a draft saved, an issued one verified."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from exporters.seal import Verdict, is_sealed, verify
from exporters.xlsx_package import WorkbookFault
from models.store.versions import Version, later
from ui.drawing import Drawn
from ui.pages.returns_panel import Panel
from ui.saving import BOOK
from ui.session import Session
from ui.worker import Task
from ui.writing import save


class Files(QObject):
    """Asks ``page``'s clerk for places, and tells in ``panel`` what came of it."""

    def __init__(self, page: QWidget, session: Session, panel: Panel) -> None:
        super().__init__(page)
        self.page, self.session, self.panel = page, session, panel

    def save_draft(self, drawing: Drawn) -> None:
        """Save the workbook as it stands, marked as a draft on every page; a place that cannot be written is asked for again."""
        problem = ""
        while path := self.ask_where(f"{drawing.asked.file_name}_草稿.xlsx", problem):
            try:
                save(drawing.content, path)
            except OSError as error:
                problem = str(error)
                continue
            self.panel.outcome.put(path.name, "草稿已存好，每页印有“草稿”。", "good", file=path)
            return
        self.panel.outcome.put("没有保存", problem, "plain")

    def ask_where(self, name: str, problem: str = "") -> Path | None:
        """Where a workbook goes, ``problem`` told above; None when the clerk thinks better of it."""
        while True:
            chosen, _ = QFileDialog.getSaveFileName(self.page, problem or "保存到", str(Path.home() / name), BOOK)
            path = Path(chosen if chosen.lower().endswith(".xlsx") else f"{chosen}.xlsx")
            if not chosen:
                return None
            if is_sealed(path):  # what was stamped is not written over
                problem = f"“{path.name}”是签发过的报表，不覆盖，请换一个名字"
            elif str(path) == chosen or not path.exists():
                return path
            else:  # the dialog has asked about the name as typed, not about the one with its ending
                problem = f"“{path.name}”已经有了，要换掉它请选中它，否则换个名字"
            name = path.name

    def ask_verify(self) -> None:
        """Say whether a file is as it was issued."""
        chosen, _ = QFileDialog.getOpenFileName(self.page, "核验哪个文件", str(Path.home()), BOOK)
        if chosen:
            self.verify(Path(chosen))

    def verify(self, path: Path) -> None:
        """Verify a file in the background; a later version is told of."""
        task = Task(self.page, lambda: self._verified(path), (WorkbookFault,))
        task.done.connect(lambda found: self.panel.show_verdict(path, *found))
        task.failed.connect(lambda error: self.panel.outcome.put(path.name, str(error), "error"))
        task.start()

    def _verified(self, path: Path) -> tuple[Verdict, Version | None]:
        verdict = verify(path)
        with self.session.file.reading() as connection:
            return verdict, later(connection, verdict.manifest)
