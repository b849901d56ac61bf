"""导入: a file onto a ledger — columns beside fields, then what would happen to every row, then one step that can be undone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from importers.matching import Matching
from importers.merge import Applied, NotThisLedger, Plan, Table, applying, best_table, planning
from importers.merge.together import NothingBack, Together, applying_all
from importers.progress import Progress, Steps
from importers.reading import UnreadableFile
from models.ledger import Ledger
from models.ledgers import BY_ID, LEDGERS
from models.store.backup import automatic
from models.store.file import DataFile
from models.store.merging import reading
from ui.asking import page_of
from ui.busy import BusyLine
from ui.outcome import Outcome
from ui.page import PageWidget
from ui.pages.importing_columns import Columns
from ui.pages.importing_entries import Preview
from ui.pages.importing_pasted import Pasted
from ui.pages.importing_returned import save_red
from ui.pages.importing_together import Files, comes_back, gathered
from ui.returned import note_returned
from ui.saving import ask_folder
from ui.session import Session
from ui.widgets import Button, EmptyState, PageHeader, Pick
from ui.worker import Task

HINT = "企业名录、年报、用地清单都可以：xlsx、xls、xlsb、ods、csv；先预览，后写入"
TABLES = "表格 (*.xlsx *.xls *.xlsb *.xlsm *.ods *.csv *.txt *.et);;所有文件 (*)"
EXPECTED = (UnreadableFile, NotThisLedger, NothingBack)


@dataclass(frozen=True)
class Read:
    """A file as read for a ledger: its table, and the plan once the columns say which records the rows are."""

    table: Table
    plan: Plan | None


def _read(file: DataFile, table: Table, zone: str) -> Steps[Read]:
    """The plan of a table, unless its columns do not yet say which records the rows are: then they can be matched by hand."""
    plan = None if table.matching.problem else (yield from planning(file, table, zone))
    return Read(table, plan)


class ImportPage(PageWidget):
    """Everything heavy runs in the background and can be stopped; nothing is written before the button is pressed."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.ledger: Ledger = BY_ID["enterprise"]
        self.path: Path | None = None
        self.sheet: str | None = None
        self.read: Read | None = None
        self.whole: Together | None = None  # instead of one table: the forms that came back
        self.paths: tuple[Path, ...] = ()
        self._task: Task | None = None
        self.header = PageHeader("导入")
        self.clip = Pasted(self, self.open)
        self.header.add("粘贴表格", self.clip.paste, key="Ctrl V")
        self.header.add("收回文件夹…", self.ask_folder)
        self.other = self.header.add("选文件…", self.ask_file)
        self.red = self.header.add("退回行另存为红格表", self.save_red)
        self.write = self.header.add("导入", self.apply, primary=True)
        self.of_ledger, self.of_sheet = (Pick(name, QMenu(self), flat=True) for name in ("台账", "工作表"))
        self.busy = BusyLine(self.cancel, wide=260)
        self.columns, self.preview, self.files = Columns(session), Preview(session), Files(session)
        self.stack = QStackedWidget()
        self.empty = EmptyState(
            "把表格拖到窗口里，或点“选文件…”",
            HINT,
        )
        self.outcome = Outcome()
        self._place()
        self.columns.changed.connect(self._match_again)
        self.preview.chosen.connect(self._say_button)
        session.scope_changed.connect(self._scope_changed)
        self._fill_ledgers()
        self._show_empty()

    def _place(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 14, 20, 16)
        outer.setSpacing(10)
        outer.addWidget(self.header)
        line = QHBoxLayout()
        line.setSpacing(4)
        line.addWidget(self.of_ledger)
        line.addWidget(self.of_sheet)
        line.addStretch(1)
        outer.addLayout(line)
        outer.addWidget(self.outcome)
        outer.addWidget(self.busy)
        whole = QWidget()
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(12)
        rows.addWidget(self.columns, 5)
        rows.addWidget(self.files, 3)
        rows.addWidget(self.preview, 6)
        self.stack.addWidget(self.empty)
        self.stack.addWidget(whole)
        outer.addWidget(self.stack, 1)
        self.empty.actions.addWidget(Button("选文件…", self.ask_file, primary=True))
        self.empty.actions.addWidget(Button("粘贴表格", self.clip.paste))

    def arrive(self, where: Mapping[str, object]) -> None:
        if "ledger" in where:
            self.ledger = BY_ID[str(where["ledger"])]
            self._say_choosers()
        if "paths" in where:
            self.open_all([Path(each) for each in where["paths"]])  # type: ignore[attr-defined]
        elif "path" in where:
            self.open(Path(str(where["path"])))
        elif where.get("ask"):
            self.ask_file()
        elif self.read is None:
            self.other.setFocus()  # here Ctrl+V pastes a table

    # --- the file

    def ask_file(self) -> None:
        """Choose a file."""
        start = str(self.path.parent if self.path else Path.home())
        chosen, _ = QFileDialog.getOpenFileName(self, f"导入到“{self.ledger.label}”", start, TABLES)
        if chosen:
            self.open(Path(chosen))

    def ask_folder(self) -> None:
        """Choose the folder with the forms that came back."""
        start = self.path.parent if self.path else None
        if (chosen := ask_folder(self, "收回来的表在哪个文件夹", start)) is not None:
            self.open_all([chosen])

    def open_all(self, paths: Sequence[Path]) -> None:
        """Read all forms in files and folders and show what taking them back would do."""
        self.path, self.sheet, self.paths = paths[0], None, tuple(paths)
        self._start(partial(gathered, self.session.file, self.paths, self.session.zone), self._show)

    def open(self, path: Path, sheet: str | None = None) -> None:
        """Read a file and show what importing it would do; a folder, or a form of ours, is taken back without matching."""
        if path.is_dir():
            self.open_all([path])
            return
        self.path, self.sheet, self.paths = path, sheet, (path,)
        file, ledger, session = self.session.file, self.ledger, self.session
        zone, period = session.zone, session.period

        def work() -> Steps[Read | Together]:
            yield Progress(0, 0, f"读“{path.name}”")
            if sheet is None and comes_back([path]):
                return (yield from gathered(file, [path], zone))
            with reading(file, zone) as store:
                table = best_table(path, ledger, period, store, sheet)
            return (yield from _read(file, table, zone))

        self._start(work, self._show)

    def _match_again(self, matching: Matching) -> None:
        """The clerk took a column for something else."""
        if self.read is not None:
            table = replace(self.read.table, matching=matching)
            self._start(partial(_read, self.session.file, table, self.session.zone), self._show)

    def _start(self, work: object, then: object) -> None:
        self.cancel()
        self.outcome.clear()
        self._task = task = Task(self, work, EXPECTED)  # type: ignore[arg-type]
        task.progressed.connect(lambda step: self._say_progress(task, step))
        task.done.connect(lambda result: self._ended(task) and then(result))  # type: ignore[operator]
        task.failed.connect(lambda error: self._ended(task) and self._fail(error))
        task.stopped.connect(lambda: self._ended(task))
        self._say_progress(task, Progress(0, 0, "开始"))
        self.write.setEnabled(False)
        task.start()

    def _say_progress(self, task: Task, step: Progress) -> None:
        if task is self._task:
            self.busy.show()
            self.busy.tell(step)

    def _ended(self, task: Task) -> bool:
        """Whether this was the work waited for, not one given up."""
        if task is not self._task:
            return False
        self._task = None
        self.busy.hide()
        self._say_button()
        return True

    def cancel(self) -> None:
        """Stop what is under way; nothing half-done stays."""
        if self._task is not None:
            self._task.cancel()

    def _fail(self, error: Exception) -> None:
        self.outcome.put("没有导入", str(error), "error")
        self.read = self.whole = None
        self._show_empty()

    # --- what is shown

    def _show_empty(self) -> None:
        self.stack.setCurrentIndex(0)
        self.header.title.setText(f"导入 · {self.path.name}" if self.path else "导入")
        self.header.fact.setText("")
        self._say_choosers()
        self._say_button()

    def _turn(self) -> None:
        """Show what was read."""
        self.columns.setVisible(self.whole is None)
        self.files.setVisible(self.whole is not None)
        self.preview.setVisible(self.whole is not None or bool(self.read and self.read.plan))
        self.stack.setCurrentIndex(1)
        (self.columns if self.whole is None else self.files).list.setFocus()
        self._say_choosers()
        self._say_button()

    def _show(self, read: Read | Together) -> None:
        if isinstance(read, Together):
            self.read, self.whole = None, read
            self.files.put(read, self.header)
            self.preview.put(read)
            self._turn()
            return
        self.read, self.whole = read, None
        table, heading = read.table, read.table.matching.heading
        rows = table.grid.row_number(heading.top), table.grid.row_number(heading.bottom)
        where = f"第 {rows[0]} 行" if rows[0] == rows[1] else f"第 {rows[0]}—{rows[1]} 行"
        aside = f"；合计、注等 {len(heading.aside)} 行不算" if heading.aside else ""
        self.header.title.setText(f"导入 · {table.path.name}")
        self.header.fact.setText(
            f"{len(table.sheets)} 张工作表 · {table.grid.sheet} {len(heading.data):,} 行，标题在{where}{aside}"
        )
        self.columns.put(table.matching)
        if read.plan is not None:
            self.preview.put(read.plan)
        if read.plan is None:
            self.outcome.put("还不能导入", table.matching.problem, "error")
        elif table.notes:
            self.outcome.put("请留意", "。".join(table.notes), "warning")
        self._turn()

    def _say_choosers(self) -> None:
        self.of_ledger.put(self.ledger.label)
        self.of_ledger.setVisible(self.whole is None)
        sheets = self.read.table.sheets if self.read else ()
        self.of_sheet.setVisible(len(sheets) > 1)
        self.of_sheet.put(self.read.table.grid.sheet if self.read else "")
        menu = self.of_sheet.menu()
        menu.clear()
        for name in sheets:
            menu.addAction(name, partial(self._take_sheet, name))

    def _fill_ledgers(self) -> None:
        for ledger in LEDGERS:
            # 开发区年度 and 土地利用状况 stand on the zone's page, but people keep a table of each
            if ledger.own_page and (page_of(ledger) == ledger.id or not ledger.key):
                self.of_ledger.menu().addAction(ledger.label, partial(self._take_ledger, ledger))

    def _take_ledger(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._say_choosers()
        if self.path is not None:
            self.open(self.path)

    def _take_sheet(self, name: str) -> None:
        if self.path is not None:
            self.open(self.path, name)

    def _scope_changed(self) -> None:
        if self.whole is not None:
            self.open_all(self.paths)
        elif self.read is not None and self.path is not None:
            self.open(self.path, self.sheet)

    def _say_button(self) -> None:
        plan = self.whole or (self.read.plan if self.read else None)
        told = plan.counts if plan else None
        self.other.setText("换文件…" if self.path else "选文件…")
        self.red.setVisible(bool(told and told.returned))
        ready = bool(told and (told.new or told.updated or told.conflicts)) and self._task is None
        self.write.setVisible(told is not None)
        self.write.setEnabled(ready and not self.session.file.read_only)
        self.write.setText(f"导入 {told.new + told.updated + told.conflicts:,} 行（可一步撤销）" if told else "导入")

    # --- doing it

    def apply(self) -> None:
        """Back up, then write everything as one step."""
        plan = self.whole or (self.read.plan if self.read else None)
        if plan is None:
            return
        file = self.session.file

        def work() -> Steps[Applied]:
            yield Progress(0, 0, "先备份")
            automatic(file.path, "导入前")
            return (yield from applying_all(file, plan) if isinstance(plan, Together) else applying(file, plan))

        self._start(work, lambda applied: self._applied(plan, applied))

    def _applied(self, plan: Plan | Together, applied: Applied) -> None:
        self.session.backed_up.emit()
        told = applied.counts
        parts = {
            "新增": told.new,
            "更新": told.updated,
            "相同": told.same,
            "冲突": told.conflicts,
            "退回": told.returned,
        }
        counts = "，".join(f"{name} {count:,}" for name, count in parts.items() if count)
        self.session.note_written()
        if isinstance(plan, Plan):
            note_returned(self.session, plan.path, told.returned, plan.ledger.id)
        name = plan.path.name if isinstance(plan, Plan) else plan.name
        ledgers = [plan.ledger] if isinstance(plan, Plan) else [each.ledger for each in plan.plans]
        kept = f"；有 {told.kept:,} 格不合格式，按原样保留并标红" if told.kept else ""
        back = "；退回的行可另存为红格表，改好再导入" if told.returned else ""
        self.outcome.put(
            f"已导入“{name}”",
            f"{counts}{kept}{back}。Ctrl+Z 一步撤销。",
            "good",
            [(f"到“{each.label}” ›", partial(self.session.go, page_of(each))) for each in ledgers[:3]],
        )
        self.write.setEnabled(False)

    def save_red(self) -> None:
        """Save the rows that come back with their cells red."""
        plan = self.whole or (self.read.plan if self.read else None)
        if plan is not None and self.path is not None:
            save_red(self, plan, self.path, self.outcome)
