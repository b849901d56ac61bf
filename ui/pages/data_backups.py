"""备份: which there are, one more at once or elsewhere, and going back to one — what that replaces is shown before."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from models.store.backup import automatic, backup, copy_to, is_good, restore
from models.store.batches import Refused
from models.store.faults import EnvironmentFault
from models.store.journal import Search, journal
from models.store.rotation import BY_HAND, Backup, backups_of
from models.store.sqlite import schema_of, side_files
from ui.busy import Busy
from ui.daily import SECOND
from ui.moments import when
from ui.session import Leaving, Session
from ui.table.cells import Cell, Head
from ui.table.lines import Lines, Row, boxed
from ui.widgets import Button, Notice, label, link, row

FILES = "园区年报通数据文件 (*.db)"
MADE, WHY, STATE = Head("时间", width=250), Head("为什么", width=110), Head("校验", width=110)
HEADS = [MADE, WHY, Head("大小", width=90, right=True), STATE, Head("文件", width=420)]
WHY_KEPT = (
    "每天第一次打开、导入前、提取上年数前、合并前、升级前各自动备份一份；手动和升级前的一直留着，其余按天、月、年留。"
)
TOLD = 4  # steps that are named before a restore


def restoring(source: Path, path: Path) -> str:
    """Put a backup in the file's place; the sentence that says so."""
    aside = restore(source, path)
    return f"已恢复到“{source.name}”" + (f"；原来的文件留为“{aside.name}”" if aside else "")


def size_of(path: Path) -> str:
    """A file's size as people say it, what is not yet in its own pages with it."""
    size = sum(each.stat().st_size for each in (path, side_files(path)[0]) if each.exists())
    return f"{size / 2**20:,.1f} MB" if size >= 2**20 else f"{size / 2**10:,.0f} KB"


class Backups(QWidget):
    """The list, and beneath it what restoring the chosen one would replace."""

    def __init__(self, session: Session, busy: Busy) -> None:
        super().__init__()
        self.session, self.busy = session, busy
        self.states: dict[Path, bool] = {}
        self.list = Lines(session.look, stretch=4, drop=(2,))
        self.restore = Button("恢复选中的…", self.ask)
        self.verify = Button("校验选中的", self.check)
        self.sure = Notice("", "", "warning")
        self._place()
        self.list.chosen.connect(lambda _: self._follow())
        self.list.wanted.connect(lambda _: self.ask())
        session.backed_up.connect(self.fill)
        self.fill()

    def _place(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(10)
        self.kept = label(WHY_KEPT, "secondary", wrap=True)
        rows.addWidget(self.kept)
        self.tools = QWidget()
        buttons = row(self.tools, spacing=8)
        for button in (Button("另存备份到…", self.save_as), self.verify, self.restore):
            buttons.addWidget(button)
        buttons.addWidget(link("从别处的备份恢复…", self._choose))
        buttons.addStretch(1)
        rows.addWidget(self.tools)
        self.yes = Button("恢复并重新打开", lambda: None, primary=True)
        answer = row(spacing=8)
        answer.addWidget(self.yes)
        answer.addWidget(Button("不恢复", self._give_up))
        answer.addStretch(1)
        self.sure.rows.addSpacing(4)
        self.sure.rows.addLayout(answer)
        self._restore: Callable[[], None] = lambda: None
        self.yes.clicked.connect(lambda _: self._restore())
        rows.addWidget(self.sure)
        rows.addWidget(boxed(self.list), 1)
        self.sure.hide()

    def fill(self) -> None:
        """Read the folder again."""
        self.list.put(HEADS, [self._row(each) for each in backups_of(self.session.file.path)], lambda each: each.path)  # type: ignore[attr-defined]
        self._follow()

    def _row(self, each: Backup) -> Row:
        good = self.states.get(each.path)
        state = (
            Cell("存时已校验", ink="secondary")
            if good is None
            else Cell("完好", chip="good")
            if good
            else Cell("已损坏", chip="error")
        )
        said = when(each.at)
        exact = f"{each.at:%Y-%m-%d %H:%M}"
        cells = (
            Cell(exact, note="" if said == exact else said), Cell(each.reason), Cell(size_of(each.path), right=True), state,
            Cell(each.path.name, ink="secondary", tip=str(each.path)),
        )  # fmt: skip
        return Row(cells, each)

    def _follow(self) -> None:
        there = isinstance(self.list.current(), Backup)
        self.restore.setEnabled(there)
        self.verify.setEnabled(there)
        self._give_up()

    # --- making one

    def make(self) -> None:
        """One more, now; also on the second folder where there is one."""
        path, second = self.session.file.path, self.session.settings.get(SECOND, "")

        def work(tell: Callable[[int, int], None]) -> Path:
            made = automatic(path, BY_HAND, tell)
            assert made is not None
            if second:
                copy_to(path, made, Path(second))
            return made

        self.busy.run_told("正在备份并校验…", work, self._made, self._failed)

    def _made(self, made: Path) -> None:
        self.session.backed_up.emit()
        self.list.select(
            next((n for n, each in enumerate(self.list.lines.rows) if getattr(each.of, "path", None) == made), None)
        )
        self.session.said.emit(f"已备份并校验：{made.name}", "good")

    def _failed(self, error: Exception) -> None:
        self.session.backed_up.emit()  # the backup itself may have been made
        self.session.said.emit(str(error), "error")

    def save_as(self) -> None:
        """A backup where the person wants it, on a memory stick say."""
        path = self.session.file.path
        chosen, _ = QFileDialog.getSaveFileName(self, "另存备份到", str(Path.home() / f"{path.stem} 备份.db"), FILES)
        if not chosen:
            return
        target = Path(chosen if chosen.endswith(".db") else f"{chosen}.db")

        def work(tell: Callable[[int, int], None]) -> Path:
            if target.exists() and target.stat().st_size and not schema_of(target):
                raise Refused(f"“{target.name}”不是数据文件的备份，写进去就没有了，请另起一个名字")
            return backup(path, target, tell)

        said = f"已备份并校验：{target}"
        self.busy.run_told("正在备份并校验…", work, lambda _: self.session.said.emit(said, "good"), self._failed)

    def check(self) -> None:
        """Whether the chosen one is whole now."""
        chosen = self.list.current()
        if isinstance(chosen, Backup):
            self.busy.run(
                f"正在校验“{chosen.path.name}”…",
                partial(is_good, chosen.path),
                partial(self._checked, chosen.path),
                self._failed,
            )

    def _checked(self, path: Path, good: bool) -> None:
        self.states[path] = good
        self.fill()
        said = f"“{path.name}”完好" if good else f"“{path.name}”已损坏，不能用来恢复，请换一份"
        self.session.said.emit(said, "good" if good else "error")

    # --- going back to one

    def ask(self) -> None:
        """Say what going back to the chosen one replaces."""
        chosen = self.list.current()
        if isinstance(chosen, Backup):
            self._ask(chosen.path, self._since(chosen))

    def _since(self, chosen: Backup) -> str:
        with self.session.file.reading() as connection:
            after = journal(connection, self.session.zone, Search(since=chosen.at.isoformat()), 10_000)
        if not after:
            return "备份以后这个开发区没有改过什么。"
        named = "、".join(each.done.title for each in after[:TOLD])
        return f"备份以后的 {len(after):,} 步会不在：{named}{' …' if len(after) > TOLD else ''}。"

    def _ask(self, source: Path, replaced: str) -> None:
        path = self.session.file.path
        self.sure.head.setText(f"恢复到“{source.name}”？")
        self.sure.head.show()
        self.sure.text.setText(
            f"{replaced}现在的文件先改名留在同一文件夹（{path.stem} 恢复前 …），不会丢；恢复后窗口重新打开。"
        )
        self._restore = lambda: self.session.leaving.emit(Leaving(path, partial(restoring, source, path), "data"))
        self._asking(True)
        self.yes.setFocus()

    def _give_up(self) -> None:
        self._asking(False)

    def _asking(self, on: bool) -> None:
        """The question takes the place of what led to it: on a small screen there is no room for both."""
        self.sure.setVisible(on)
        for widget in (self.kept, self.tools):
            widget.setVisible(not on)

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "从备份恢复", str(self.session.file.path.parent), FILES)
        if not chosen:
            return
        source = Path(chosen)
        try:
            number = schema_of(source)
        except EnvironmentFault as fault:
            self.session.said.emit(str(fault), "error")
            return
        if number:
            self._ask(source, "现在文件里的内容会换成它的。")
