"""签发: who signs, where the file goes, then a sealed version; what stands in the way is told, with the way on."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from exporters.xlsx_package import WorkbookFault
from models.numbering import QUICK
from models.store.versions import next_kinds, next_number, versions
from ui.asking import asked_of
from ui.auditing import Auditor
from ui.pages.returns_files import Files
from ui.pages.returns_panel import Panel
from ui.reporting import Issued, NotConfirmed, NotPassed, NotSigned, issue, signatures
from ui.session import Session
from ui.worker import Task

REFUSED = (NotPassed, NotConfirmed, NotSigned, WorkbookFault)


class Issuing(QObject):
    """``begun``: a version is being made; ``issued(path, issued)`` when it is, ``ended`` when none was."""

    begun = Signal()
    issued = Signal(object, object)
    ended = Signal()

    def __init__(self, page: QWidget, session: Session, panel: Panel, files: Files) -> None:
        super().__init__(page)
        self.page, self.session, self.panel, self.files = page, session, panel, files
        panel.sign.signed.connect(self.run)

    def open(self) -> None:
        """Ask who signs."""
        asked = asked_of(self.session)
        try:
            known = signatures(self.session.file, asked, {})
        except NotSigned:
            known = {}
        with self.session.file.reading() as connection:
            found = versions(connection, asked.zone.code, asked.pack.id, asked.period)
        report = Auditor.of(self.session).report
        kinds = next_kinds(found)
        if report is not None and not report.passed:  # only a 快报 goes out before all is explained
            kinds = tuple(each for each in kinds if each == QUICK) or kinds
        self.panel.sign.open(known, kinds)

    def run(self, names: Mapping[str, str], kind: str = "", why: str = "", problem: str = "") -> None:
        """Where to first: a version is only made together with its file."""
        asked, file = asked_of(self.session), self.session.file
        with file.reading() as connection:
            found = versions(connection, asked.zone.code, asked.pack.id, asked.period)
        kind = kind or next_kinds(found)[0]
        path = self.files.ask_where(asked.issued_name(next_number(found, kind), kind), problem)
        if path is None:
            if problem:
                self.panel.outcome.put("没有签发", problem, "error")
                self.ended.emit()
            return
        self.panel.sign.hide()
        self.begun.emit()
        self.panel.outcome.put("正在签发…", path.name, "plain")
        task = Task(self.page, lambda: issue(file, asked, names, path, kind=kind, why=why), REFUSED)
        task.done.connect(lambda issued: self._issued(path, issued))
        task.failed.connect(lambda error: self._not_issued(names, kind, why, error))
        task.start()

    def _issued(self, path: Path, issued: Issued) -> None:
        self.session.note_written()
        self.issued.emit(path, issued)

    def _not_issued(self, names: Mapping[str, str], kind: str, why: str, error: Exception) -> None:
        self.ended.emit()
        if isinstance(error, OSError):
            self.run(names, kind, why, str(error))
            return
        self.panel.outcome.put("没有签发", str(error), "error")
        Auditor.of(self.session).run()
