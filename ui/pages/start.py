"""The first day: which zone it is for, where the data file lies, last year's Excel; or an existing file; or a look around first."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFormLayout, QProgressBar, QVBoxLayout, QWidget

from importers.progress import Progress
from models.codes import code_list
from models.store.batches import Refused
from models.store.faults import EnvironmentFault
from models.store.file import DataFile
from models.store.zones import create_zone, zones
from models.text import clean
from ui.choices import Choices
from ui.demonstration import NAME
from ui.dropping import dropped_file
from ui.names import Option
from ui.theme import Look
from ui.widgets import Button, Card, Elided, TextLine, label, link, row
from ui.worker import Task

KINDS = "园区年报通数据文件 (*.db)"
TABLES = "表格 (*.xlsx *.xls *.xlsb *.xlsm *.ods *.csv *.txt *.et);;所有文件 (*)"
CODE_HINT = "公告目录代码或省定代码，如 G361013；全省唯一，定了就不再改"
MOST = 30  # zones offered
SHORT = {  # what people call them by, and how the names are spelled
    "jkq": ("jjjskfq", "jjkfq"), "jingkaiqu": ("jingjijishukaifaqu", "jingjikaifaqu"),
    "gxq": ("gxjscykfq", "gxjscyyq"), "gaoxinqu": ("gaoxinjishuchanyekaifaqu", "gaoxinjishuchanyeyuanqu"),
}  # fmt: skip


class StartPage(QWidget):
    """A window of its own; ``opened(file, table)`` when there is a data file with a zone; ``table`` is last year's Excel, or ""."""

    opened = Signal(object, str)

    def __init__(self, look: Look, path: Path) -> None:
        super().__init__()
        self.look = look
        self.demonstration = path.with_name(NAME)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle("园区年报通")
        self.setAcceptDrops(True)
        self.resize(look.px(760), look.px(600))
        self.table, self._task = "", None  # type: tuple[str, Task | None]
        self.code, self.name = TextLine(name="开发区代码"), TextLine(name="开发区名称")
        self.path = TextLine(str(path), "数据文件放在")
        self.name.setPlaceholderText("全称；打名称、简称或拼音首字母可选，如 gzjkq")
        self.code.setPlaceholderText("公告目录代码或省定代码，如 G361013")
        self.brought = Elided("可以不选；也可以把文件拖到这里", "secondary")
        self.fault = label("", "error", wrap=True)
        self.busy, self.doing, self.bar = QWidget(), label("", "secondary"), QProgressBar()
        self._place()
        self.offered = Choices(self.name, look, offered_zones)
        self.name.setFocus()

    def _place(self) -> None:
        card = Card()
        card.setFixedWidth(self.look.px(600))
        card.rows.setContentsMargins(32, 28, 32, 28)
        card.rows.addWidget(label("开始使用园区年报通", "title"))
        card.rows.addWidget(label("数据只存在这台电脑上，不用联网，每填一格就存好。", "secondary"))
        card.rows.addSpacing(10)
        card.rows.addLayout(self._form())
        card.rows.addWidget(self.fault)
        card.rows.addSpacing(6)
        last = row(spacing=20)
        last.addWidget(link("打开已有的数据文件…", self._choose_file))
        self.look_around = link("先看演示", self.show_demonstration)
        self.look_around.setToolTip("编一个虚构的园区让您随便看、随便改，另存一个文件，不影响自己的数据")
        last.addWidget(self.look_around)
        last.addStretch(1)
        self.begin = Button("开始", self.create, primary=True)
        self.begin.setDefault(True)
        last.addWidget(self.begin)
        card.rows.addLayout(last)
        waiting = row(self.busy, spacing=12)
        self.bar.setTextVisible(False)
        waiting.addWidget(self.doing, 1)
        waiting.addWidget(self.bar)
        waiting.addWidget(Button("停下", self._stop))
        self.busy.hide()
        card.rows.addWidget(self.busy)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(3)
        for edit in (self.code, self.path):
            edit.returnPressed.connect(self.create)
        self.name.returnPressed.connect(self._named)

    def _form(self) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(12)
        form.addRow(label("1　开发区名称", "strong"), self.name)
        form.addRow(label("2　开发区代码", "strong"), self.code)
        form.addRow("", label(CODE_HINT, "note", wrap=True))
        for number, (text, shown, word, choose) in enumerate(
            (
                ("数据文件放在", self.path, "换地方…", self._choose_place),
                ("去年的 Excel", self.brought, "选文件…", self._choose_table),
            ),
            3,
        ):
            line = row(spacing=8)
            line.addWidget(shown, 1)
            line.addWidget(Button(word, choose))
            form.addRow(label(f"{number}　{text}", "strong"), line)
        return form

    # --- choosing

    def _named(self) -> None:
        """Enter on the name: on to what is missing, else off."""
        if self.code.text().strip():
            self.create()
        else:
            self.code.setFocus()

    def _choose_place(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, "数据文件放在", self.path.text(), KINDS)
        if chosen:
            self.path.setText(chosen if chosen.endswith(".db") else f"{chosen}.db")

    def _choose_file(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "打开数据文件", self.path.text(), KINDS)
        if chosen:
            self.open(Path(chosen))

    def _choose_table(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "去年的企业名录或年报", str(Path.home()), TABLES)
        if chosen:
            self.bring(chosen)

    def bring(self, path: str) -> None:
        """Take last year's Excel along: it is shown for import, as last year's, once the file is there."""
        self.table = path
        self.brought.setText(f"{Path(path).name}（打开后先预览，再导入）")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_file(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = dropped_file(event)
        if path.endswith(".db"):
            self.open(Path(path))
        elif path:
            self.bring(path)
        event.acceptProposedAction()

    # --- off

    def create(self) -> None:
        """Make the file and its zone, or say what is missing."""
        code, name, path = clean(self.code.text()), clean(self.name.text()), Path(self.path.text().strip())
        missing = next((words for text, words in ((name, "开发区名称"), (code, "开发区代码")) if not text), "")
        if missing:
            self.fault.setText(f"请填{missing}")
            (self.code if name else self.name).setFocus()
            return
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            file = DataFile(path)
        except (EnvironmentFault, OSError) as fault:
            self.fault.setText(
                str(fault) if isinstance(fault, EnvironmentFault) else f"不能在“{path.parent}”里建文件，请换个地方"
            )
            return
        with file.reading() as connection:
            there = any(zone.code == code for zone in zones(connection))
        try:
            if not there:
                create_zone(file, code, name)
        except (Refused, EnvironmentFault) as fault:
            file.close()
            self.fault.setText(str(fault))
            return
        self._done(file, self.table)

    def open(self, path: Path) -> None:
        """Open an existing data file."""
        try:
            file = DataFile(path)
        except EnvironmentFault as fault:
            self.fault.setText(str(fault))
            return
        with file.reading() as connection:
            there = zones(connection)
        if there:
            self._done(file)
        else:
            file.close()
            self.path.setText(str(path))
            self.fault.setText("这个文件里还没有开发区，请填好代码和名称再点“开始”")

    def show_demonstration(self) -> None:
        """A made-up zone in a file of its own, made now if it is not there yet."""
        if self._task is not None:
            return
        # brings all that makes up, audits and fills: the first page shall not wait for it
        from ui.demonstrating import prepared

        path = self.demonstration
        self._task = task = Task(self, lambda: prepared(path), (ValueError,))
        task.progressed.connect(self._say_progress)
        task.done.connect(self._prepared)
        task.stopped.connect(self._ended)
        task.failed.connect(self._failed)
        self.look_around.setEnabled(False)
        task.start()

    def _say_progress(self, step: Progress) -> None:
        self.busy.show()
        self.doing.setText(step.text)
        self.bar.setRange(0, step.total)
        self.bar.setValue(step.done)

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _ended(self) -> None:
        self._task = None
        self.busy.hide()
        self.look_around.setEnabled(True)

    def _failed(self, error: Exception) -> None:
        self._ended()
        self.fault.setText(f"演示没有准备好：{error}")

    def _prepared(self, path: object) -> None:
        self._ended()
        assert isinstance(path, Path)
        self.open(path)

    def _done(self, file: DataFile, table: str = "") -> None:
        self.opened.emit(file, table)
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._task is not None:
            self._task.finish()
        super().closeEvent(event)


def offered_zones(text: str) -> list[Option]:
    """The development zones to offer for a name, a short name, a code of the statistics or pinyin (gzjkq is 赣州经开区)."""
    known = code_list("开发区名录")
    found = known.search(text, MOST)
    for short, whole in SHORT.items():
        if text.lower().endswith(short):
            found += [each for name in whole for each in known.search(text.lower().removesuffix(short) + name, MOST)]
    return [
        Option(each.name, each.name, each.code if each.code.isdigit() else "") for each in dict.fromkeys(found[:MOST])
    ]
