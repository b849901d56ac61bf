"""回收站: every row ever deleted that is not there now, to be put back at any time with what went with it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.ledgers import BY_ID, LEDGERS
from models.progress import Progress, Steps
from models.store.history import Outcome, deleted, restore_row
from models.store.journal import Namer
from models.store.past import UNDO, Step
from models.text import fold
from ui.asking import page_of
from ui.busy import Busy
from ui.moments import when
from ui.session import Session
from ui.table.cells import Cell, Head
from ui.table.lines import Lines, Row, boxed
from ui.widgets import Button, EmptyState, FindLine, label, row

HEADS = [
    Head("台账", width=120), Head("名称", width=300), Head("报告期", width=120), Head("删除时间", width=150), Head("谁", width=100),
    Head("那一步", width=260),
]  # fmt: skip


@dataclass(frozen=True)
class Gone:
    """A deleted row: what it is called, its period, how many rows of other ledgers went with it."""

    step: Step
    name: str
    period: str
    others: int


def heads(found: list[Step]) -> list[tuple[Step, int]]:
    """The rows that were deleted for their own sake, each with how many went with it: those come back with it."""
    owners: dict[tuple[int, bytes], tuple[int, bytes]] = {}
    there = {(step.batch.no, step.row) for step in found}
    for step in found:
        links = (step.before.get(link.id) for link in BY_ID[step.ledger].links)
        owner = next((to for to in links if isinstance(to, bytes) and (step.batch.no, to) in there), None)
        if owner is not None:
            owners[step.batch.no, step.row] = (step.batch.no, owner)
    counts: Counter[tuple[int, bytes]] = Counter()
    for key in owners:
        top = key
        while top in owners:
            top = owners[top]
        counts[top] += 1
    return [(step, counts[key]) for step in found if (key := (step.batch.no, step.row)) not in owners]


class Bin(QWidget):
    """Read in the background each time it is shown."""

    def __init__(self, session: Session, busy: Busy) -> None:
        super().__init__()
        self.session, self.busy = session, busy
        self.gone: list[Gone] = []
        self.find = FindLine()
        self.find.setPlaceholderText("按台账或名称找")
        self.back = Button("恢复这一行", self.restore, primary=True)
        self.list = Lines(session.look, stretch=1, drop=(5, 2))
        self.empty = EmptyState("回收站是空的", "删掉的行会一直留在这里，随时可以恢复；用 Ctrl+Z 撤销掉的不算删除。")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(10)
        tools = row(spacing=8)
        tools.addWidget(self.find, 2)
        tools.addWidget(label("跟着它一起删掉的（年度情况、经济数据…）一并恢复", "secondary"), 3)
        tools.addWidget(self.back)
        rows.addLayout(tools)
        self.box = boxed(self.list)
        rows.addWidget(self.box, 1)
        rows.addWidget(self.empty, 1)
        self.find.textChanged.connect(lambda _: self._show())
        self.list.chosen.connect(lambda of: self.back.setEnabled(of is not None and not self.session.file.read_only))
        self.list.wanted.connect(lambda _: self.restore())
        self.empty.hide()

    def fill(self) -> None:
        """Read what is deleted."""
        file, zone = self.session.file, self.session.zone

        def work() -> Steps[list[Gone]]:
            found: list[Step] = []
            for number, ledger in enumerate(LEDGERS):
                yield Progress(number, len(LEDGERS), f"正在找删掉的“{ledger.label}”…")
                found += [step for step in deleted(file, zone, ledger) if step.batch.kind != UNDO]
            found.sort(key=lambda step: step.batch.no, reverse=True)
            with file.reading() as connection:
                namer = Namer(connection, zone)
                shown = heads(found)
                namer.learn(step for step, _ in shown)
                return [
                    Gone(step, namer.name(BY_ID[step.ledger], step.row), namer.period(step), n) for step, n in shown
                ]

        self.busy.run("正在找删掉的行…", work, self._read, self._failed)

    def _read(self, found: list[Gone]) -> None:
        self.gone = found
        self._show()

    def _show(self) -> None:
        word = fold(self.find.text())
        rows = [_row(each) for each in self.gone if word in fold(f"{BY_ID[each.step.ledger].label} {each.name}")]
        self.list.put(HEADS, rows, lambda each: each.step.row)  # type: ignore[attr-defined]
        if self.list.current() is None:
            self.list.select(0)
        self.back.setEnabled(self.list.current() is not None and not self.session.file.read_only)
        self.box.setVisible(bool(self.gone))
        self.empty.setVisible(not self.gone)

    def restore(self) -> None:
        """Put the chosen row back, with what went with it."""
        chosen = self.list.current()
        if isinstance(chosen, Gone) and not self.session.file.read_only:
            step, name, file = chosen.step, chosen.name, self.session.file
            self.busy.run(
                "正在恢复…",
                lambda: restore_row(file, step),
                lambda outcome: self._restored(step, name, outcome),
                self._failed,
            )

    def _restored(self, step: Step, name: str, outcome: Outcome) -> None:
        self.session.note_written()
        ledger = BY_ID[step.ledger]
        said = f"已恢复“{ledger.label}”{name}（共 {outcome.rows:,} 行，Ctrl+Z 撤销）"
        kept = f"；有 {len(outcome.kept):,} 行没有恢复：{outcome.kept[0][2]}" if outcome.kept else ""
        self.session.said.emit(said + kept, "error" if kept else "good")
        self.fill()
        if not kept:
            self.session.go(page_of(ledger), row=step.row)

    def _failed(self, error: Exception) -> None:
        self.session.said.emit(str(error), "error")


def _row(each: Gone) -> Row:
    done = each.step.batch
    beside = f"连同 {each.others:,} 行" if each.others else ""
    cells = (
        Cell(BY_ID[each.step.ledger].label), Cell(each.name or "（没有名称）", note=beside, tip=each.name),
        Cell(each.period, ink="secondary"),
        Cell(when(datetime.fromisoformat(done.at)), ink="secondary"), Cell(done.who, ink="secondary"),
        Cell(done.title, ink="secondary", tip=done.title),
    )  # fmt: skip
    return Row(cells, each)
