"""The first day: where the data file lies, which zone it is for, and off to work; or an existing file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from models.store.batches import Refused
from models.store.faults import EnvironmentFault
from models.store.file import DataFile
from models.store.zones import create_zone, zones
from models.text import clean
from ui.theme import Look
from ui.widgets import Button, Card, TextLine, label, link

KINDS = "园区年报通数据文件 (*.db)"


class StartPage(QWidget):
    """A window of its own; ``opened(file)`` when there is a data file with a zone."""

    opened = Signal(object)

    def __init__(self, look: Look, path: Path) -> None:
        super().__init__()
        self.look = look
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle("园区年报通")
        self.resize(look.px(760), look.px(560))
        self.code, self.name = TextLine(name="开发区代码"), TextLine(name="开发区名称")
        self.path = TextLine(str(path), "数据文件放在")
        self.code.setPlaceholderText("公告目录代码或省定代码，如 G361013")
        self.name.setPlaceholderText("全称，如 赣州经济技术开发区")
        self.fault = label("", "error", wrap=True)
        self._place()
        self.code.setFocus()

    def _place(self) -> None:
        card = Card()
        card.setFixedWidth(self.look.px(560))
        card.rows.setContentsMargins(32, 28, 32, 28)
        card.rows.addWidget(label("开始使用园区年报通", "title"))
        card.rows.addWidget(label("三步就能开始；数据只存在这台电脑上，每填一格就存好。", "secondary"))
        card.rows.addSpacing(10)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(12)
        form.addRow(label("1　开发区代码", "strong"), self.code)
        form.addRow(label("2　开发区名称", "strong"), self.name)
        where = QHBoxLayout()
        where.addWidget(self.path, 1)
        where.addWidget(Button("换地方…", self._choose_place))
        form.addRow(label("3　数据文件放在", "strong"), where)
        card.rows.addLayout(form)
        card.rows.addWidget(self.fault)
        last = QHBoxLayout()
        last.addWidget(link("打开已有的数据文件…", self._choose_file))
        last.addStretch(1)
        self.begin = Button("开始", self.create, primary=True)
        self.begin.setDefault(True)
        last.addWidget(self.begin)
        card.rows.addSpacing(6)
        card.rows.addLayout(last)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(3)
        for edit in (self.code, self.name, self.path):
            edit.returnPressed.connect(self.create)

    def _choose_place(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, "数据文件放在", self.path.text(), KINDS)
        if chosen:
            self.path.setText(chosen if chosen.endswith(".db") else f"{chosen}.db")

    def _choose_file(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "打开数据文件", self.path.text(), KINDS)
        if chosen:
            self.open(Path(chosen))

    def create(self) -> None:
        """Make the file and its zone, or say what is missing."""
        code, name, path = clean(self.code.text()), clean(self.name.text()), Path(self.path.text().strip())
        missing = next((words for text, words in ((code, "开发区代码"), (name, "开发区名称")) if not text), "")
        if missing:
            self.fault.setText(f"请填{missing}")
            (self.name if code else self.code).setFocus()
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
        self._done(file)

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

    def _done(self, file: DataFile) -> None:
        self.opened.emit(file)
        self.close()
