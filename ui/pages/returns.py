"""报表: the form on the screen as it prints, each cell with where it comes from; draft, signing, issuing, verifying."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout

from exporters.seal import Verdict, is_sealed, verify
from exporters.xlsx_package import WorkbookFault
from models.kinds import BadValue
from models.store.entries import carry_texts, doubt, keyed, put_entry
from models.store.versions import Version, versions
from ui.asking import asked_of
from ui.auditing import Auditor
from ui.drawing import Drawn, drawn, told
from ui.ends import Ends
from ui.handpaper import HandPaper
from ui.page import REPORT, Entry, PageWidget
from ui.pages.returns_panel import Panel
from ui.reporting import Asked, Issued, NotPassed, NotSigned, issue, save, signatures
from ui.session import Session
from ui.widgets import Chip, PageHeader, Shrinking, Tabs, label, link, row
from ui.worker import Task

PANEL = 300
BOOKS = "Excel 工作簿 (*.xlsx)"
STATES = ("编制", "审核", "签发", "上报", "验收")


class ReturnsPage(PageWidget):
    """Laid out in the background whenever the page is looked at after a change."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.auditor = Auditor.of(session)
        self.drawing: Drawn | None = None
        self.sheet = 0
        self._task: Task | None = None
        self._stale = True
        self._names: list[str] = []
        self.header = PageHeader("报表")
        self.header.add("核验文件…", self.verify_file)
        self.export = self.header.add("导出草稿", self.export_draft)
        self.issue = self.header.add("签发", self.open_signing, primary=True)
        self.states = [Chip(name) for name in STATES]
        self.reason, self.to_audit = Shrinking("", "secondary"), link("去审核", lambda: session.go("audit"))
        self.tabs = Tabs()
        self.paper = HandPaper(session.look, self._keep, locked=session.file.read_only)
        self.carry = link("", self.carry_texts)
        self.panel = Panel(session)
        self._place()
        self.tabs.chosen.connect(self._turn)
        self.paper.chosen.connect(self._choose)
        self.panel.sign.signed.connect(self._issue)
        self.auditor.changed.connect(self._say_state)
        session.data_changed.connect(lambda _: self._spoil())
        session.scope_changed.connect(self._spoil)
        self._say_state()

    def _place(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 14, 20, 16)
        outer.setSpacing(8)
        outer.addWidget(self.header)
        line = Ends()
        for number, chip in enumerate(self.states):
            if number:
                line.left(label("→", "secondary"))
            line.left(chip)
        line.left(self.reason)
        line.left(self.to_audit)
        outer.addLayout(line)
        above = row(spacing=0)
        above.addWidget(self.tabs, 1)
        above.addWidget(self.carry)
        for text, times in (("缩小", 1 / 1.3), ("放大", 1.3)):
            button = QPushButton(text)
            button.setProperty("flat", True)
            button.setToolTip("Ctrl+滚轮")
            button.clicked.connect(lambda _, times=times: self.paper.enlarge(self.paper.larger * times))
            above.addWidget(button)
        outer.addLayout(above)
        sides = QHBoxLayout()
        sides.setSpacing(12)
        sides.addWidget(self.paper, 1)
        sides.addWidget(self.panel)
        outer.addLayout(sides, 1)

    def arrive(self, where: Mapping[str, object]) -> None:
        if self.auditor.report is None or self.auditor.stale:
            self.auditor.run()
        if self._stale:
            self._draw()
        self.paper.setFocus()

    def _spoil(self) -> None:
        self._stale = True
        if self.isVisible():
            self._draw()

    # --- the form

    def _draw(self) -> None:
        if self._task is not None:
            return
        self._stale = False
        asked = asked_of(self.session)
        self._task = task = Task(self, partial(drawn, self.session.file, asked), (WorkbookFault,))
        task.done.connect(self._show)
        task.failed.connect(self._fail)
        task.start()

    def _fail(self, error: Exception) -> None:
        self._task = None
        self.panel.show_outcome("报表没有填出来", str(error), "error")

    def _show(self, drawing: Drawn) -> None:
        self._task = None
        if self._stale:
            self._draw()
            return
        self.drawing = drawing
        pack, found = drawing.asked.pack, self._versions(drawing.asked)
        self.header.fact.setText(f"{pack.id} · {pack.title} · {drawing.asked.period.label} · 草稿 v{_next(found)}")
        titles = {each.sheet: each.title for each in reversed(pack.sheets)}
        self.sheet = min(self.sheet, len(drawing.sheets) - 1)
        names = [f"{sheet.name} {titles.get(sheet.name, '')}".strip() for sheet in drawing.sheets]
        if (
            names != self._names
        ):  # else a tab being pressed, which drew the form anew, would be gone before it is let go
            self.tabs.put(names, self.sheet)
            self._names = names
        self._turn(self.sheet)
        self.panel.show_versions(found)
        self.carry.setText(f"带入上年手填（{drawing.wanting} 项）")
        self.carry.setVisible(bool(drawing.wanting) and not self.session.file.read_only)
        self._say_state()

    def _versions(self, asked: Asked) -> list[Version]:
        with self.session.file.reading() as connection:
            return versions(connection, asked.zone.code, asked.pack.id, asked.period)

    def _turn(self, sheet: int) -> None:
        if self.drawing is None:
            return
        self.sheet = sheet
        shown = self.drawing.sheets[sheet]
        hands = self.drawing.hands.get(shown.name, {})
        self.paper.put(shown, draft=True, hands={at: self.drawing.typed(item) for at, item in hands.items()})
        self._choose(self.paper.cell)

    def _choose(self, address: str) -> None:
        drawing = self.drawing
        if drawing is None or not address:
            self.panel.cell.put(None, "", None)
            return
        sheet = drawing.sheets[self.sheet]
        text = next(cell.text for page in sheet.pages for cell in page.cells if cell.address == address)
        self.panel.cell.put(told(drawing, sheet.name, address), text, drawing.asked)

    # --- filled in by hand

    def _keep(self, address: str, text: str) -> bool:
        """Keep what was typed in a cell; False after saying why it cannot be."""
        drawing = self.drawing
        assert drawing is not None
        item = drawing.hands[drawing.sheets[self.sheet].name][address]
        pack, period = drawing.asked.pack.id, drawing.asked.period
        try:
            keyed(text)
        except BadValue as fault:
            self.session.said.emit(f"“{item}”没有存：{fault}", "error")
            return False
        title = f"填 {pack} {item}"
        kept = self.session.write("录入", title, lambda work: put_entry(work, pack, period, item, text))
        if kept and (sentence := doubt(text)):
            self.session.said.emit(f"“{item}”{sentence}", "error")
        return kept

    def carry_texts(self) -> None:
        """Begin with last year's texts where nothing is typed yet, in one step."""
        if (drawing := self.drawing) is None:
            return
        asked, amount = drawing.asked, drawing.wanting
        title = f"带入上年手填 {asked.pack.id} {amount} 项"
        if self.session.write("带入", title, lambda work: carry_texts(work, asked.pack.id, asked.period)):
            self.session.said.emit(f"已带入上年手填的文字 {amount} 项，请逐项改成今年的", "good")

    # --- how far it is

    def _say_state(self) -> None:
        report = self.auditor.report
        passed = bool(report and report.passed and not self.auditor.busy)
        issued = self._versions(asked_of(self.session))
        must, explain = (report.open_must, report.open_explain) if report else (0, 0)
        carried = sum(each.rows for each in report.unconfirmed) if report else 0
        counts = " ".join(
            [f"强制 {must}"] * bool(must)
            + [f"核实 {explain}"] * bool(explain)
            + [f"待确认 {carried:,}"] * bool(carried)
        )
        self.states[0].put("编制", "accent")
        tone = "good" if passed else "error" if must or carried else "warning" if explain else "plain"
        self.states[1].put("审核通过" if passed else f"审核 · {counts}" if counts else "审核", tone)
        self.states[2].put(f"签发 · 第 {issued[-1].no} 版" if issued else "签发", "good" if issued else "plain")
        self.issue.setEnabled(passed and not self.session.file.read_only)
        self.reason.setText("" if passed else report.verdict if report else "正在审核…")
        self.to_audit.setVisible(bool(report) and not passed)

    def open_signing(self) -> None:
        """Ask who signs."""
        asked = asked_of(self.session)
        try:
            known = signatures(self.session.file, asked, {})
        except NotSigned:
            known = {}
        self.panel.sign.open(known)

    def _issue(self, names: Mapping[str, str], problem: str = "") -> None:
        """Where to first: a version is only made together with its file."""
        asked, file = asked_of(self.session), self.session.file
        no = _next(self._versions(asked))
        path = self._ask_where(asked.issued_name(no), problem)
        if path is None:
            if problem:
                self.panel.show_outcome("没有签发", problem, "error")
            return
        self.panel.sign.hide()
        self.issue.setEnabled(False)
        self.panel.show_outcome("正在签发…", path.name, "plain")
        task = Task(self, lambda: issue(file, asked, names, path), (NotPassed, NotSigned, WorkbookFault))
        task.done.connect(lambda issued: self._issued(path, issued))
        task.failed.connect(lambda error: self._not_issued(names, error))
        task.start()

    def _not_issued(self, names: Mapping[str, str], error: Exception) -> None:
        if isinstance(error, OSError):
            self._say_state()
            self._issue(names, str(error))
            return
        self.panel.show_outcome("没有签发", str(error), "error")
        self.auditor.run()

    def _issued(self, path: Path, issued: Issued) -> None:
        self.session.note_written()
        said = f"第 {issued.no} 版已签发，校验码 {issued.short_code}。请把校验码与盖章页上的核对。"
        said += f"{issued.late}。" if issued.late else ""
        self.panel.show_outcome(path.name, said, "good", path)

    # --- files

    def export_draft(self) -> None:
        """Save the workbook as it stands, marked as a draft on every page; a place that cannot be written is asked for again."""
        if (drawing := self.drawing) is None:
            return
        problem = ""
        while path := self._ask_where(f"{drawing.asked.file_name}_草稿.xlsx", problem):
            try:
                save(drawing.content, path)
            except OSError as error:
                problem = str(error)
                continue
            self.panel.show_outcome(path.name, "草稿已存好，每页印有“草稿”。", "good", path)
            return
        self.panel.show_outcome("没有保存", problem, "plain")

    def _ask_where(self, name: str, problem: str = "") -> Path | None:
        """Where a workbook goes, ``problem`` told above; None when the clerk thinks better of it."""
        while True:
            chosen, _ = QFileDialog.getSaveFileName(self, problem or "保存到", str(Path.home() / name), BOOKS)
            path = Path(chosen if chosen.lower().endswith(".xlsx") else f"{chosen}.xlsx")
            if not chosen:
                return None
            if is_sealed(path):  # the only copy of what was stamped
                problem = f"“{path.name}”是签发过的报表，不覆盖，请换一个名字"
            elif str(path) == chosen or not path.exists():
                return path
            else:  # the dialog has asked about the name as typed, not about the one with its ending
                problem = f"“{path.name}”已经有了，要换掉它请选中它，否则换个名字"
            name = path.name

    def verify_file(self) -> None:
        """Say whether a file is as it was issued."""
        chosen, _ = QFileDialog.getOpenFileName(self, "核验哪个文件", str(Path.home()), BOOKS)
        if chosen:
            self.verify(Path(chosen))

    def verify(self, path: Path) -> None:
        """Verify a file in the background."""
        task = Task(self, lambda: verify(path), (WorkbookFault,))
        task.done.connect(lambda verdict: self._verified(path, verdict))
        task.failed.connect(lambda error: self.panel.show_outcome(path.name, str(error), "error"))
        task.start()

    def _verified(self, path: Path, verdict: Verdict) -> None:
        self.panel.show_verdict(path, verdict)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.panel.setFixedWidth(self.session.look.px(PANEL))


def _next(found: Sequence[Version]) -> int:
    """The number the next version gets."""
    return max((each.no for each in found), default=0) + 1


ENTRIES = (Entry("returns", "报表", REPORT, 2, ReturnsPage),)
