"""报表: the form on the screen as it prints, each cell with where it comes from; draft, signing, issuing, versions, the narrative."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout

from exporters.xlsx_package import WorkbookFault
from models.kinds import BadValue
from models.numbering import FORMAL, QUICK
from models.store.entries import carry_texts, doubt, keyed, put_entry
from models.store.versions import Version, move, next_kinds, next_number, versions
from ui.asked import Asked
from ui.asking import asked_of
from ui.auditing import Auditor
from ui.drawing import Drawn, drawn, told
from ui.handpaper import HandPaper
from ui.page import PageWidget
from ui.pages.returns_compare import Compare
from ui.pages.returns_files import Files
from ui.pages.returns_issuing import Issuing
from ui.pages.returns_overriding import Overriding
from ui.pages.returns_panel import Panel
from ui.pages.returns_print import Prints
from ui.pages.returns_states import StatesBar
from ui.pages.returns_text import TextPage
from ui.printing.preview import Preview
from ui.session import Session
from ui.upkeep import Job, Upkeep
from ui.widgets import PageHeader, Tabs, link, row

PANEL = 300
TEXT, CHARTS = "文字报告", "图表"


class ReturnsPage(PageWidget):
    """Laid out in the background whenever the page is looked at after a change."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.auditor = Auditor.of(session)
        self.drawing: Drawn | None = None
        self.sheet = 0
        self._to_print = False
        self.upkeep = Upkeep(self, session, "报表", self._prepare, failed=self._fail, expected=(WorkbookFault,))
        self._names: list[str] = []
        self.bar = StatesBar(lambda: session.go("audit"))
        self.states, self.reason, self.to_audit = self.bar.states, self.bar.reason, self.bar.to_audit
        self.tabs = Tabs()
        self.paper = HandPaper(session.look, self._keep, locked=session.file.read_only)
        self.carry = link("", self.carry_texts)
        self.panel = Panel(session)
        self.files = Files(self, session, self.panel)
        self.overriding = Overriding(self, session, self.panel, lambda: self.drawing)
        self.issuing = Issuing(self, session, self.panel, self.files)
        self.text, self.compare = TextPage(session), Compare(session)
        self.stack = QStackedWidget()
        self.header = PageHeader("报表")
        self.header.add("核验文件…", self.files.ask_verify)
        self.compare_with = self.header.add("比较", self.open_compare)
        self.print = self.header.add("打印", self.open_print)
        self.export = self.header.add("导出草稿", self.export_draft)
        self.issue = self.header.add("签发", self.issuing.open, primary=True)
        self._place()
        self.preview = Preview(self, session, self.open_print)
        self.prints = Prints(self, self.panel, self.preview)
        self._connect()
        self._say_state()

    def _connect(self) -> None:
        versions_list = self.panel.versions
        self.print.setToolTip("Ctrl+P")
        self.tabs.chosen.connect(self._turn)
        self.paper.chosen.connect(self._choose)
        self.issuing.begun.connect(lambda: self.issue.setEnabled(False))
        self.issuing.issued.connect(self.prints.issued)
        self.issuing.ended.connect(self._say_state)
        versions_list.printed.connect(self.prints.version)
        versions_list.compared.connect(self.open_compare)
        versions_list.moved.connect(self._move)
        self.compare.left.connect(self._to_form)
        self.compare.went.connect(self._to_cell)
        self.auditor.changed.connect(self._say_state)
        self.upkeep.follow()

    def _place(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 14, 20, 16)
        outer.setSpacing(8)
        outer.addWidget(self.header)
        outer.addWidget(self.bar)
        above = row(spacing=0)
        above.addWidget(self.tabs, 1)
        above.addWidget(self.carry)
        for text, times in (("缩小", 1 / 1.3), ("放大", 1.3)):
            button = QPushButton(text)
            button.setProperty("flat", True)
            button.setToolTip("Ctrl+滚轮")
            button.clicked.connect(lambda _, times=times: self._enlarge(times))
            above.addWidget(button)
        outer.addLayout(above)
        sides = QHBoxLayout()
        sides.setSpacing(12)
        for each in (self.paper, self.text, self.compare):
            self.stack.addWidget(each)
        self.stack.setMinimumWidth(240)  # a paper can be looked at through less than what its pages ask for
        sides.addWidget(self.stack, 1)
        sides.addWidget(self.panel)
        outer.addLayout(sides, 1)

    def arrive(self, where: Mapping[str, object]) -> None:
        if self.auditor.report is None or self.auditor.stale:
            self.auditor.run()
        self._to_print = bool(where.get("print"))
        if self.upkeep.stale:
            self.upkeep.begin()
        elif self._to_print and not self.upkeep.working:
            self.open_print()
        if self.stack.currentWidget() is self.paper and not self.preview.isVisible():
            self.paper.setFocus()

    # --- the form

    def _prepare(self) -> Job:
        return partial(drawn, self.session.file, asked_of(self.session)), self._show

    def _fail(self, error: Exception) -> None:
        self.panel.outcome.put("报表没有填出来", str(error), "error")

    def _show(self, drawing: Drawn) -> None:
        self.drawing = drawing
        pack, found = drawing.asked.pack, self._versions(drawing.asked)
        as_issued = drawing.issued
        state = f"{as_issued.title}，与签发时一致" if as_issued else f"草稿 v{next_number(found, FORMAL)}"
        self.header.fact.setText(f"{pack.id} · {pack.title} · {drawing.asked.period.label} · {state}")
        self.sheet = min(self.sheet, len(drawing.sheets) - 1)
        self._name_tabs(drawing)
        if self.stack.currentWidget() is self.text:
            self.text.put(drawing.asked)
        self._show_sheet()
        self.panel.versions.put(found, locked=self.session.file.read_only)
        self.compare_with.setVisible(bool(found))
        self.compare_with.setText(f"与 {found[-1].tag} 比较" if found else "比较")
        self.carry.setText(f"带入上年手填（{drawing.wanting} 项）")
        self.carry.setVisible(bool(drawing.wanting) and not self.session.file.read_only)
        self._say_state()
        if self._to_print:
            self._to_print = False
            self.open_print()

    def _name_tabs(self, drawing: Drawn) -> None:
        pack = drawing.asked.pack
        titles = {each.sheet: each.title for each in reversed(pack.sheets)}
        names = [f"{sheet.name} {titles.get(sheet.name, '')}".strip() for sheet in drawing.sheets]
        names += [TEXT] * bool(pack.report) + [CHARTS] * bool(pack.charts)
        if self.stack.currentWidget() is self.text and not pack.report:
            self.stack.setCurrentWidget(self.paper)
        on_text = self.stack.currentWidget() is self.text
        if (
            names != self._names
        ):  # else a tab being pressed, which drew the form anew, would be gone before it is let go
            self.tabs.put(names, len(drawing.sheets) if on_text else self.sheet)
            self._names = names

    def _versions(self, asked: Asked) -> list[Version]:
        with self.session.file.reading() as connection:
            return versions(connection, asked.zone.code, asked.pack.id, asked.period)

    def _turn(self, tab: int) -> None:
        """Show a sheet, the narrative, or the page of the charts."""
        drawing = self.drawing
        if drawing is None:
            return
        if tab < len(drawing.sheets):
            self.sheet = tab
            self.stack.setCurrentWidget(self.paper)
            self._show_sheet()
        elif self._names[tab] == TEXT:
            self.stack.setCurrentWidget(self.text)
            self.panel.show_cell(shown=False)
            self.text.put(drawing.asked)
        else:
            self.tabs.mark(len(drawing.sheets) if self.stack.currentWidget() is self.text else self.sheet)
            self.session.go("charts")

    def _show_sheet(self) -> None:
        drawing = self.drawing
        assert drawing is not None
        shown = drawing.sheets[self.sheet]
        hands = drawing.hands.get(shown.name, {})
        typed = {at: drawing.typed(item) for at, item in hands.items()}
        self.paper.put(shown, draft=drawing.issued is None, hands=typed)
        self._choose(self.paper.cell)

    def _enlarge(self, times: float) -> None:
        if self.stack.currentWidget() is self.text:
            self.text.view.enlarge(times)
        else:
            self.paper.enlarge(self.paper.larger * times)

    def _choose(self, address: str) -> None:
        drawing = self.drawing
        self.panel.show_cell(shown=self.stack.currentWidget() is not self.text)
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
        unconfirmed = self.drawing.unconfirmed if self.drawing else ""
        issued = self._versions(asked_of(self.session))
        self.bar.put_last(issued[-1] if issued else None)
        quick = bool(report and report.may_issue(quick=True) and QUICK in next_kinds(issued) and not self.auditor.busy)
        self.bar.put_audit(report, passed=passed, unconfirmed=unconfirmed, quick=quick and not unconfirmed)
        self.issue.setEnabled((passed or quick) and not unconfirmed and not self.session.file.read_only)

    def _move(self, version: Version, state: str, opinion: str) -> None:
        """A version has come to its next state."""
        title = f"{version.title} {state}"
        if self.session.write("上报", title, lambda work: move(work, version, state, opinion)):
            self.session.said.emit(f"{title}已记下，Ctrl+Z 可撤销", "good")

    # --- printing, comparing, files

    def open_print(self) -> None:
        """Preview what is on show."""
        if self.drawing is None:
            return
        if self.stack.currentWidget() is self.text:
            if (papers := self.text.papers()) is not None:
                self.preview.open(papers)
        else:
            self.prints.form(self.drawing, self.drawing.sheets[self.sheet].name)

    def open_compare(self, no: int = 0) -> None:
        """Compare a version (the latest) with what the ledgers say now."""
        drawing = self.drawing
        found = self._versions(drawing.asked) if drawing else []
        if drawing is not None and found:
            self.stack.setCurrentWidget(self.compare)
            self.compare.open(drawing, found, no or found[-1].no)

    def _to_form(self) -> None:
        self.tabs.mark(self.sheet)
        self.stack.setCurrentWidget(self.paper)
        self.paper.setFocus()

    def _to_cell(self, sheet: str, address: str) -> None:
        """From the comparison to a cell of the form."""
        assert self.drawing is not None
        names = [each.name for each in self.drawing.sheets]
        if sheet in names:
            self.sheet = names.index(sheet)
            self._to_form()
            self._show_sheet()
            if address:
                self.paper.choose(address)

    def export_draft(self) -> None:
        """Save the workbook as it stands, marked as a draft on every page."""
        if self.drawing is not None:
            self.files.save_draft(self.drawing)

    def verify(self, path: Path) -> None:
        """Verify a file in the background."""
        self.files.verify(path)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.panel.setFixedWidth(self.session.look.px(PANEL))
