"""文字报告 on the screen as it will be in Word: the figures of now, the clerk's own paragraphs grounded; to Word, to the printer."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QVBoxLayout, QWidget

from exporters.wordmarks import WordFault
from exporters.wordpage import ASKED, OWN, Report, report
from ui.asked import Asked
from ui.outside import open_file
from ui.papers import Written, left_told, narrative, set_aside
from ui.printing.desk import WIDE, PagesView
from ui.session import Session
from ui.widgets import Button, Chip, label, link, row
from ui.wordpaper import WordPapers
from ui.worker import Task
from ui.writing import save

NARROW = 300
WORD = "Word 文档 (*.docx)"


class TextPage(QWidget):
    """Made in the background each time it is looked at; what was written into the Word file saved last is taken over."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.asked: Asked | None = None
        self.written: Written | None = None
        self.report: Report | None = None
        self._task: Task | None = None
        self.state = Chip()
        self.says = label("", "secondary", wrap=True)
        self.own, self.open = Chip(), link("", self._open)
        self.export = Button("导出 Word…", self.export_word)
        self.view = PagesView(session.look)
        self.view.fit = WIDE
        self.view.setAccessibleName("文字报告")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        self._line = row(spacing=10)
        self._line.addWidget(self.state)
        self._line.addWidget(self.own)
        self._line.addWidget(self.says, 1)
        self._line.addWidget(self.open)
        self._line.addWidget(self.export)
        rows.addLayout(self._line)
        rows.addWidget(self.view, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        low = self.width() < self.session.look.px(NARROW)  # with large letters on a small screen, one below the other
        way = QBoxLayout.Direction.TopToBottom if low else QBoxLayout.Direction.LeftToRight
        self._line.setDirection(way)

    @property
    def _kept(self) -> str:
        assert self.asked is not None
        return f"report/{self.asked.zone.code}/{self.asked.pack.id}/{self.asked.period}"

    @property
    def word_file(self) -> Path | None:
        """Where the report was saved last, if it is still there."""
        path = self.session.settings.get(self._kept, "")
        return Path(path) if path and Path(path).is_file() else None

    def put(self, asked: Asked) -> None:
        """Show the report of a return."""
        self.asked = asked
        self.says.setText("正在写报告…")
        self._task = task = Task(self, partial(self._write, asked, self.word_file), (WordFault,))
        task.done.connect(lambda made: self._show(task, *made))
        task.failed.connect(lambda error: self._fail(task, error))
        task.start()

    def _write(self, asked: Asked, path: Path | None) -> tuple[Written, Report]:
        made = narrative(self.session.file, asked, path.read_bytes() if path else b"")
        return made, report(made.narrative.content, made.narrative.own)

    def _fail(self, task: Task, error: Exception) -> None:
        if task is self._task:
            self.says.setText(str(error))

    def _show(self, task: Task, written: Written, found: Report) -> None:
        if task is not self._task:
            return
        self.written, self.report = written, found
        self.view.put(self._papers(marked=True))
        version = written.version
        self.state.put(f"数与{version.title}一致" if version else "草稿", "good" if version else "warning")
        kinds = [block.kind for block in found.blocks]
        own, asked, path = kinds.count(OWN), kinds.count(ASKED), self.word_file
        self.own.put(f"您在 Word 里写的 {own} 段" if own else "", "accent")
        told = [f"黄底的 {asked} 处请在 Word 里写"] * bool(asked) + ["蓝底的是您写的，重新导出时保留"] * bool(own)
        left = written.narrative.left_out
        told += filter(None, [left_told(written.narrative)])
        self.says.setText("；".join(told))
        self.says.setToolTip("\n".join(("没有数、没有写进去的：", *left)) if left else "")
        self.open.setText(f"打开 {path.name}" if path else "")
        self.open.setVisible(path is not None)

    def papers(self) -> WordPapers | None:
        """The report to be printed: as Word would, without grounds."""
        return self._papers(marked=False) if self.report is not None else None

    def _papers(self, *, marked: bool) -> WordPapers:
        assert self.report is not None
        assert self.asked is not None
        assert self.written is not None
        name, key = f"{self.asked.file_name}_文字报告", f"report/{self.asked.pack.id}"
        draft = not self.written.version
        return WordPapers(name, key, self.report, self.session.look, draft=draft, marked=marked)

    def export_word(self) -> None:
        """Save the report; what was written into an earlier one of that name stays, and that one is set aside."""
        if self.asked is None:
            return
        problem = ""
        usual = self.word_file or Path.home() / f"{self.asked.file_name}_文字报告.docx"
        while True:
            chosen, _ = QFileDialog.getSaveFileName(self, problem or "导出 Word", str(usual), WORD)
            if not chosen:
                return
            path = Path(chosen if chosen.lower().endswith(".docx") else f"{chosen}.docx")
            try:
                told = self._save(path)
            except (OSError, WordFault) as error:
                problem = str(error)
                continue
            self.session.settings.put(self._kept, str(path))
            self.session.said.emit(told, "good")
            self.put(self.asked)
            return

    def _save(self, path: Path) -> str:
        assert self.asked is not None
        earlier = path.read_bytes() if path.exists() else b""
        made = narrative(self.session.file, self.asked, earlier)
        aside = set_aside(path, earlier, made.narrative.content)
        save(made.narrative.content, path)
        kept = f"，您写的 {made.narrative.kept} 段照原样保留" if made.narrative.kept else ""
        left = f"，{left}" if (left := left_told(made.narrative)) else ""
        return f"已导出 {path.name}{kept}" + (f"，原来的另存为 {aside.name}" if aside else "") + left

    def _open(self) -> None:
        if path := self.word_file:
            open_file(path)
