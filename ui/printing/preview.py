"""打印预览: the pages as they will be printed, over the page they are of; to the printer, or into a PDF."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFileDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from exporters.xlsx_package import WorkbookFault
from importers.progress import Progress
from ui.outcome import Outcome
from ui.printing.desk import WHOLE, WIDE, PagesView
from ui.printing.options import Options
from ui.printing.output import open_printer, pdf_steps, printers, put_out, sections
from ui.printing.papers import Papers, Source, laid_out, part_of
from ui.scrolled import Scrolled
from ui.session import Session
from ui.widgets import Button, Card, PageHeader, column, label, restyle, row
from ui.worker import Task

PANEL = 300
AT_ONCE = 0.05  # seconds of drawing after which the window has its turn


class Preview(QWidget):
    """Lies over its ``page`` from :meth:`open` until it is closed (Esc). ``closed`` then; ``printed(sentence)`` after each print.

    Ctrl+P on the page calls ``ask``, which opens the preview; in the preview it prints.
    """

    closed = Signal()
    printed = Signal(str)

    def __init__(self, page: QWidget, session: Session, ask: Callable[[], object] | None = None) -> None:
        super().__init__(page)
        self.session, self.ask = session, ask
        keys = QShortcut(QKeySequence("Ctrl+P"), page, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self._asked)
        self.source: Papers | Source | None = None
        self._part = ""
        self._laying: Task | None = None
        self._steps: Iterator[Progress] | None = None
        self._told: tuple[str, str, Path | None] = ("", "", None)  # what is told when the steps are through
        self._before: QWidget | None = None
        self._covered: list[QWidget] = []
        self._timer = QTimer(self, interval=0, timeout=self._step)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.header = PageHeader("打印")
        self.back = self.header.add("返回", self.close_preview, key="Esc")
        self.save = self.header.add("存为 PDF…", self.save_pdf)
        self.go = self.header.add("打印", self.print_out, primary=True, key="Ctrl P")
        self.view = PagesView(session.look)
        self.options = Options(session.settings)
        self.outcome = Outcome()
        self.bar, self.doing = QProgressBar(), label("", "secondary")
        self.stop = Button("停止", self._stop)
        self._place()
        self.options.changed.connect(self._lay)
        self.options.judged.connect(self._judge)
        self.view.turned.connect(self._turned)
        page.installEventFilter(self)
        self.hide()

    def _place(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 14, 20, 16)
        outer.setSpacing(8)
        outer.addWidget(self.header)
        above = row()
        self.where = label("", "secondary")
        above.addWidget(self.where, 1)
        for text, act in (
            ("整页", lambda: self.view.show_fitted(WHOLE)), ("页宽", lambda: self.view.show_fitted(WIDE)),
            ("缩小", lambda: self.view.enlarge(1 / 1.2)), ("放大", lambda: self.view.enlarge(1.2)),
        ):  # fmt: skip
            button = Button(text, act)
            button.setProperty("flat", True)
            above.addWidget(button)
        outer.addLayout(above)
        content = column(spacing=10)
        content.addWidget(self.outcome)
        content.addWidget(self.options)
        content.addStretch(1)
        self.card = Card(name="panel")
        self.card.rows.addWidget(Scrolled(content))
        sides = QHBoxLayout()
        sides.setSpacing(12)
        sides.addWidget(self.view, 1)
        sides.addWidget(self.card)
        outer.addLayout(sides, 1)
        self.busy = QWidget()
        line = row(self.busy)
        line.addWidget(self.doing)
        line.addWidget(self.bar, 1)
        line.addWidget(self.stop)
        outer.addWidget(self.busy)
        self.busy.hide()

    def _asked(self) -> None:
        if self.isVisible():
            self.print_out()
        elif self.ask is not None:
            self.ask()

    # --- opening and closing

    def open(self, source: Papers | Source, part: str = "") -> None:
        """Preview these pages, those of ``part`` in sight first."""
        self.source, self._part = source, part
        if not self.isVisible():
            self._before = QApplication.focusWidget()
            page = self.parentWidget()
            self._covered = [
                each for each in page.children()
                if isinstance(each, QWidget) and each is not self and not each.isWindow() and each.isEnabledTo(page)
            ]  # fmt: skip
            for each in self._covered:  # the keyboard must not go where nobody looks
                each.setEnabled(False)
        self.header.title.setText("打印")
        self.outcome.clear()
        there = printers()
        self.options.open(source.key, there)
        restyle(self.save, "primary", not there)
        restyle(self.go, "primary", bool(there))
        self.setGeometry(self.parentWidget().rect())
        self.card.setFixedWidth(self.session.look.px(PANEL))
        self.show()
        self.raise_()
        self.view.setFocus()
        self._lay()

    def close_preview(self) -> None:
        """Back to the page."""
        if self._steps is not None or not self.isVisible():
            return
        self.source = None
        self.hide()
        for each in self._covered:
            each.setEnabled(True)
        self._covered = []
        if self._before is not None and self._before.isVisible():
            self._before.setFocus()
        self._before = None
        self.view.put(None)
        self.closed.emit()

    # --- laying out

    def _lay(self) -> None:
        """Lay the pages out anew, away from the window's thread."""
        source, layout = self.source, self.options.layout_asked
        if source is None:
            return
        self._laying = task = Task(self, partial(laid_out, source, layout), (WorkbookFault,))
        task.done.connect(lambda papers: self._laid(task, papers))
        task.failed.connect(lambda error: self.outcome.put("排不出来", str(error), "error"))
        self._judge()
        task.start()

    def _laid(self, task: Task, papers: Papers) -> None:
        if task is not self._laying or self.source is None:  # another layout is asked for meanwhile
            return
        self._laying = None
        self.view.put(papers)
        if self._part:
            pages = dict(sections(papers)).get(self._part)
            self._part = ""
            if pages:
                self.view.go(pages[0])
        self.options.put_papers(papers, self.view.here)
        self._turned(self.view.here)

    @property
    def papers(self) -> Papers | None:
        """The pages on show."""
        return self.view.papers

    def _turned(self, number: int) -> None:
        papers = self.papers
        if papers is None or not papers.count():
            return
        wide, high = (round(each / 72 * 25.4) for each in papers.size(number))
        name = {(210, 297): "A4 纵向", (297, 210): "A4 横向", (297, 420): "A3 纵向", (420, 297): "A3 横向"}.get(
            (wide, high), f"{wide} × {high} 毫米"
        )
        part = part_of(papers, number)
        self.where.setText("　".join(filter(None, (f"第 {number + 1} 页，共 {papers.count()} 页", part, name))))
        self.header.fact.setText(f"{papers.name} · 共 {papers.count()} 页")
        if self.options.here != number:
            self.options.here = number
            self.options.judge()

    # --- putting out

    def _judge(self) -> None:
        ready = (
            self.papers is not None and self._laying is None and self._steps is None and not self.options.fault.text()
        )
        self.save.setEnabled(ready)
        self.go.setEnabled(ready and bool(self.options.printer.chosen) and self.options.copies.hasAcceptableInput())

    def print_out(self) -> None:
        """Send the pages chosen to the printer."""
        papers = self.papers
        if papers is None or not self.go.isEnabled():
            return
        name, copies, numbers = self.options.printer.chosen, int(self.options.copies.text()), self.options.numbers()
        printer = open_printer(name, papers.name, copies)
        told = f"{len(numbers)} 页" + (f"，{copies} 份" if copies > 1 else "")
        self._begin(put_out(printer, papers, numbers), "已送去打印", f"{name}：{told}", None)

    def save_pdf(self) -> None:
        """Write the pages chosen into a PDF; a place that cannot be written is asked for again."""
        if self.papers is not None and self.save.isEnabled():
            self._save("")

    def _save(self, problem: str) -> None:
        papers = self.papers
        assert papers is not None
        where = str(Path.home() / f"{papers.name}.pdf")
        chosen, _ = QFileDialog.getSaveFileName(self, problem or "存为 PDF", where, "PDF (*.pdf)")
        if chosen:
            path = Path(chosen if chosen.lower().endswith(".pdf") else f"{chosen}.pdf")
            numbers = self.options.numbers()
            self._begin(pdf_steps(papers, path, numbers), path.name, f"已存好 {len(numbers)} 页。", path)
        elif problem:
            self.outcome.put("没有保存", problem, "error")

    def _begin(self, steps: Iterator[Progress], head: str, text: str, path: Path | None) -> None:
        self.outcome.clear()
        self._steps, self._told = steps, (head, text, path)
        self.busy.show()
        self.doing.setText("开始")
        self.options.setEnabled(False)
        self._judge()
        self._timer.start()

    def _step(self) -> None:
        """Draw pages for a moment, then let the window have its turn."""
        steps, until = self._steps, time.monotonic() + AT_ONCE
        while steps is not None:
            try:
                step = next(steps)
            except StopIteration:
                self._end()
                head, text, path = self._told
                self.outcome.put(head, text, "good", file=path)
                self.printed.emit(f"{head}：{text}")
                return
            except OSError as error:
                self._end()
                if self._told[2] is not None:
                    self._save(str(error))
                else:
                    self.outcome.put("没有印出来", str(error), "error")
                return
            self.bar.setRange(0, step.total)
            self.bar.setValue(step.done)
            self.doing.setText(step.text)
            if time.monotonic() > until:
                return

    def _stop(self) -> None:
        if self._steps is not None:
            self._steps.close()  # type: ignore[attr-defined]
            self._end()
            self.outcome.put("停下了", "没有印的页不再印了。" if self._told[2] is None else "没有存 PDF。", "plain")

    def _end(self) -> None:
        self._timer.stop()
        self._steps = None
        self.busy.hide()
        self.options.setEnabled(True)
        self._judge()

    # --- keys, and the page below

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_preview()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.parentWidget() and event.type() == QEvent.Type.Resize:
            self.setGeometry(self.parentWidget().rect())
            self.card.setFixedWidth(self.session.look.px(PANEL))
        return super().eventFilter(watched, event)
