"""The packs there are, each with its version, and installing one that the province handed down as a file."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from models.packs.pack import Pack, is_installed, pack, pack_ids
from models.packs.tables import BadPack
from models.store.versions import made_with
from ui.busy import Busy
from ui.packing import FAULTS, Faulty, install
from ui.session import Session
from ui.table.cells import Cell, Head
from ui.table.lines import Lines, Row, boxed
from ui.widgets import Button, Card, Notice, label, row

HEADS = [
    Head("报表包", width=90), Head("名称", width=230), Head("版本", width=80), Head("下发", width=150), Head("期限", width=110),
    Head("来自", width=80), Head("签发时用的版本", width=260),
]  # fmt: skip
FILES = "报表包 (*.xlsx)"
WORDS = {"Y": "年报", "H": "半年报", "Q": "季报", "M": "月报"}
LISTED = 12  # faults told at once


class Packs(Card):
    """Installing checks the whole file first; a faulty one changes nothing."""

    def __init__(self, session: Session) -> None:
        super().__init__("报表包")
        self.session = session
        self.busy = Busy()
        self.list = Lines(session.look, stretch=1, wrapped=(6,), drop=(4, 3))
        self.notice = Notice("", "", "error")
        self.rows.addWidget(
            label(
                "公式、规则、目标和表样都在报表包里；省里下发新的一份时从文件安装，程序不用换", "secondary", wrap=True
            )
        )
        self.rows.addWidget(self.notice)
        self.box = boxed(self.list)
        self.rows.addWidget(self.box)
        line = row(spacing=8)
        self.add = Button("从文件安装报表包…", self.ask)
        line.addWidget(self.add)
        line.addWidget(self.busy, 1)
        line.addStretch(1)
        self.rows.addLayout(line)
        self.notice.hide()
        session.look.changed.connect(self._fit)

    def fill(self) -> None:
        """Read the packs and what was issued with them."""
        with self.session.file.reading() as connection:
            issued = made_with(connection, self.session.zone)
        rows = []
        for id in pack_ids():
            try:
                rows.append(_row(pack(id), issued.get(id, [])))
            except BadPack as fault:
                rows.append(Row((Cell(id), Cell(str(fault), ink="error", tip=str(fault))), id))
        self.list.put(HEADS, rows, lambda id: id)
        self._fit()

    def _fit(self) -> None:
        self.box.setFixedHeight(self.list.whole_height() + 2)

    def ask(self) -> None:
        """Choose the file."""
        chosen, _ = QFileDialog.getOpenFileName(self, "从文件安装报表包", str(Path.home()), FILES)
        if chosen:
            self.install(Path(chosen))

    def install(self, path: Path) -> None:
        """Check and install a file, in the background."""
        self.notice.hide()
        self.busy.run(f"正在检查“{path.name}”…", partial(_tried, path), self._installed, self._failed)

    def _installed(self, made: Pack | Exception) -> None:
        if isinstance(made, Exception):
            self._failed(made)
            return
        self.fill()
        self.session.scope_changed.emit()  # what is shown was worked out with the pack before
        self.session.said.emit(f"已安装“{made.id}”版本 {made.version}；请重新审核", "good")

    def _failed(self, error: Exception) -> None:
        faults = error.faults if isinstance(error, Faulty) else []
        lines = [str(fault) for fault in faults[:LISTED]] or [str(error)]
        lines += [f"另有 {len(faults) - LISTED} 处"] * (len(faults) > LISTED)
        self.notice.head.setText(f"没有安装：有 {len(faults)} 处错，请下发单位改好" if faults else "没有安装")
        self.notice.head.show()
        self.notice.text.setText("\n".join(lines))
        self.notice.show()


def _tried(path: Path) -> Pack | Exception:
    """What came of it: faults of the file are told, not the program's."""
    try:
        return install(path)
    except FAULTS as fault:
        return fault


def _row(each: Pack, issued: list[str]) -> Row:
    written = "、".join(WORDS[form] for form in each.forms)
    due = _due(each.deadline)
    used = "；".join(issued)
    cells = (
        Cell(each.id, bold=True), Cell(each.title, note=written, tip=each.basis), Cell(each.version), Cell(each.issuer, tip=each.issuer),
        Cell(due or "没有写", ink="text" if due else "secondary"),
        Cell("文件" if is_installed(each.id) else "随程序", ink="secondary"), Cell(used or "还没有签发", ink="secondary", tip=used),
    )  # fmt: skip
    return Row(cells, each.id)


def _due(text: str) -> str:
    """12-31 as people write it; +01-20 is of the year after."""
    month, _, day = text.removeprefix("+").partition("-")
    if not (month.isdecimal() and day.isdecimal()):
        return ""
    return f"{'次年' if text.startswith('+') else ''}{int(month)}月{int(day)}日"
