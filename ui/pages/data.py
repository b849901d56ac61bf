"""数据与备份: where the file lies and whether it is whole; backups, the history, deleted rows, a colleague's file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from models.store.backup import backup
from models.store.check import check
from models.store.drives import on_network, on_removable
from ui.busy import Busy
from ui.moments import when
from ui.outside import open_file
from ui.page import PageWidget
from ui.pages.data_backups import FILES, Backups, size_of
from ui.pages.data_bin import Bin
from ui.pages.data_history import History
from ui.pages.data_merge import Merge
from ui.session import Leaving, Session
from ui.widgets import Button, Card, Notice, PageHeader, Shrinking, Tabs, label, link, row

TABS = ("备份", "历史", "回收站", "合并同事的文件")
NAMES = ("backups", "history", "bin", "merge")  # as ``where["tab"]`` names them
CHECKED = "data/checked"  # path → when it was last checked, how many faults there were
LISTED = 8  # faults told at once
STICK = "数据文件在可移动盘（U 盘等）上：拔下前先关掉程序；最好放到本机，U 盘只存备份。"


def copying(source: Path, target: Path) -> str:
    """Copy a data file to this machine; the sentence that says so."""
    backup(source, target)
    return f"已复制到本机，现在打开的是“{target}”；原来的“{source}”没有动"


class DataPage(PageWidget):
    """Each part is read when it is turned to."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.header = PageHeader("数据与备份")
        self.header.add("打开另一个数据文件…", self.ask_file)
        self.busy = Busy()
        self.backups, self.history = Backups(session, self.busy), History(session, self.busy)
        self.bin, self.merge = Bin(session, self.busy), Merge(session, self.busy)
        self.now = self.header.add("立即备份", self.backups.make, primary=True)
        self.where, self.whole = Shrinking("", "strong"), label("", "secondary", wrap=True)
        self.notice = Notice("", "", "warning")
        self.tabs = Tabs(list(TABS))
        self.stack = QStackedWidget()
        self.at = 0
        self._place()
        self.tabs.chosen.connect(self.show_tab)
        session.data_changed.connect(lambda _: self._refresh())
        session.scope_changed.connect(self._refresh)
        session.saved.connect(lambda _: self._say_file())

    def _place(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 14, 20, 16)
        outer.setSpacing(10)
        outer.addWidget(self.header)
        card = Card()
        line = QHBoxLayout()
        told = QVBoxLayout()
        told.setSpacing(2)
        told.addWidget(self.where)
        told.addWidget(self.whole)
        line.addLayout(told, 1)
        self.check = Button("检查文件", self.ask_check)
        line.addWidget(self.check)
        line.addWidget(Button("打开所在文件夹", lambda: open_file(self.session.file.path.parent)))
        card.rows.addLayout(line)
        outer.addWidget(card)
        self.copy = link("复制到本机再打开…", self.ask_copy)
        ways = row(spacing=14)
        ways.addWidget(self.copy)
        ways.addStretch(1)
        self.notice.rows.addLayout(ways)
        outer.addWidget(self.notice)
        outer.addWidget(self.tabs)
        outer.addWidget(self.busy)
        for part in (self.backups, self.history, self.bin, self.merge):
            self.stack.addWidget(part)
        outer.addWidget(self.stack, 1)

    def arrive(self, where: Mapping[str, object]) -> None:
        self._say_file()
        tab = where.get("tab")
        if "row" in where and isinstance(row_id := where["row"], bytes):
            self.history.show_row(row_id, str(where.get("name", "这一行")))
            tab = "history"
        if "path" in where:
            tab = "merge"
            self.merge.open(Path(str(where["path"])))
        self.tabs.choose(NAMES.index(str(tab)) if tab in NAMES else self.at)

    def show_tab(self, number: int) -> None:
        """Turn to one part."""
        self.at = number
        self.stack.setCurrentIndex(number)
        self._refresh()
        focus: dict[int, QWidget] = {0: self.backups.list, 1: self.history.list, 2: self.bin.list, 3: self.merge.choose}
        focus[number].setFocus()

    def _refresh(self) -> None:
        if not self.isVisible():
            return
        if self.at == 0:
            self.backups.fill()
        elif self.at == 1:
            self.history.fill(keep=True)
        elif self.at == 2:
            self.bin.fill()

    # --- the file

    def _say_file(self) -> None:
        path = self.session.file.path
        self.where.setText(str(path))
        known = self.session.settings.get(CHECKED, {}).get(str(path))
        if isinstance(known, list) and len(known) == 2:
            found = "完好" if not known[1] else f"有 {known[1]} 处不对"
            checked = f"上次检查 {when(datetime.fromisoformat(str(known[0])))}：{found}"
        else:
            checked = "还没有检查过"
        self.whole.setText(
            f"{size_of(path)}　{checked}　{'只能看' if self.session.file.read_only else '每改一格就存好'}"
        )
        told = self.session.file.notice or (STICK if on_removable(path) else "")
        self.copy.setVisible(on_network(path) or on_removable(path))
        if told or self.notice.head.text() == "":
            self.notice.put("", [told] if told else [], "warning")
        self.now.setEnabled(not on_network(path))

    def ask_check(self) -> None:
        """Look at every page, link and value of the file."""
        path = self.session.file.path
        self.busy.run("正在检查数据文件…", lambda: check(path), self._checked, self._check_failed)

    def _checked(self, faults: list[str]) -> None:
        path = str(self.session.file.path)
        kept = dict(self.session.settings.get(CHECKED, {}))
        kept[path] = [datetime.now().isoformat(timespec="seconds"), len(faults)]
        self.session.settings.put(CHECKED, kept)
        more = [f"另有 {len(faults) - LISTED} 处"] * (len(faults) > LISTED)
        self.notice.put(f"数据文件有 {len(faults)} 处不对" if faults else "", [*faults[:LISTED], *more], "error")
        self._say_file()
        if not faults:
            self.session.said.emit("数据文件完好：页、关联、每一格和历史都对得上", "good")

    def _check_failed(self, error: Exception) -> None:
        self.notice.put("数据文件有问题", [str(error)], "error")

    def ask_file(self) -> None:
        """Open another data file in this window's place."""
        chosen, _ = QFileDialog.getOpenFileName(self, "打开数据文件", str(self.session.file.path.parent), FILES)
        if chosen and Path(chosen) != self.session.file.path:
            self.session.leaving.emit(Leaving(Path(chosen)))

    def ask_copy(self) -> None:
        """Copy the file to this machine and go on there."""
        source = self.session.file.path
        chosen, _ = QFileDialog.getSaveFileName(self, "复制到本机", str(Path.home() / source.name), FILES)
        if not chosen:
            return
        target = Path(chosen if chosen.endswith(".db") else f"{chosen}.db")
        if target.exists():
            self.session.said.emit(f"“{target.name}”已经有了，请另起一个名字", "error")
            return
        self.session.leaving.emit(Leaving(target, partial(copying, source, target)))
