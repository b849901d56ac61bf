"""合并同事的文件: what of theirs would come in, every conflict with both sides to choose from; then one step that can be undone."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from models.progress import Progress, Steps
from models.store.backup import BEFORE_MERGE, automatic
from models.store.joining import OURS, THEIRS, Conflict, Joined, Plan, join, plan_of
from models.store.journal import label_of
from ui.busy import Busy
from ui.pages.importing_entries import Count
from ui.session import Session
from ui.table.cells import Cell, Head
from ui.table.lines import Lines, Row, boxed
from ui.widgets import Button, EmptyState, Notice, Shrinking, label, link, row

HEADS = [
    Head("台账", width=100), Head("记录", width=210), Head("项目", width=130), Head("本文件", width=190), Head("谁、何时", width=170),
    Head("同事的", width=190), Head("谁、何时", width=170),
]  # fmt: skip
NOW, HERS = (3, 4), (5, 6)
KINDS = ("新增", "更新", "相同", "只在本文件", "冲突")
HINT = "两个人各改各的，改完合到一起：对方新增、改过的带进来，两边都改了同一格的由您选。先预览，后写入；一步可撤销。"
FILES = "园区年报通数据文件 (*.db)"


class Merge(QWidget):
    """Nothing is written before the button is pressed; their file is never changed."""

    def __init__(self, session: Session, busy: Busy) -> None:
        super().__init__()
        self.session, self.busy = session, busy
        self.plan: Plan | None = None
        self.choose = Button("选同事的文件…", self.ask)
        self.go = Button("合并", self.apply, primary=True)
        self.fact = Shrinking("", "secondary")
        self.counts = {kind: Count(kind) for kind in KINDS}
        self.notice = Notice("", "", "warning")
        self.list = Lines(session.look, stretch=1, drop=(6, 4))
        self.none = label("没有冲突：两边没有改过同一格。", "secondary")
        self.hint = label("点“本文件”或“同事的”选用哪一个（✓ 为选用，默认用后改的）", "note", wrap=True)
        self.empty = EmptyState("请同事把数据文件拷给您，再点“选同事的文件…”", HINT)
        self.whole = QWidget()
        self._place()
        self.list.clicked.connect(self._clicked)
        self.list.wanted.connect(self._turn)
        session.scope_changed.connect(self.forget)
        self.forget()

    def _place(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(10)
        tools = row(spacing=8)
        for widget in (self.choose, self.fact):
            tools.addWidget(widget)
        tools.addStretch(1)
        tools.addWidget(self.go)
        rows.addLayout(tools)
        rows.addWidget(self.notice)
        inside = QVBoxLayout(self.whole)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(10)
        cards = row(spacing=12)
        for card in self.counts.values():
            card.setFixedHeight(self.session.look.px(42))
            card.setEnabled(False)
            cards.addWidget(card, 1)
        inside.addLayout(cards)
        self.box = boxed(self.list)
        inside.addWidget(self.none)
        inside.addWidget(self.box, 1)
        self.foot = QWidget()
        foot = row(self.foot, spacing=16)
        foot.addWidget(self.hint, 1)
        for text, side in (("全用后改的", ""), ("全用本文件的", OURS), ("全用同事的", THEIRS)):
            foot.addWidget(link(text, partial(self.choose_all, side)))
        inside.addWidget(self.foot)
        rows.addWidget(self.whole, 1)
        rows.addWidget(self.empty, 1)

    def forget(self) -> None:
        """Begin anew."""
        self.plan = None
        self.whole.hide()
        self.empty.show()
        self.go.hide()
        self.fact.setText("")
        self.notice.put("", [], "warning")

    def ask(self) -> None:
        """Choose their file."""
        chosen, _ = QFileDialog.getOpenFileName(self, "选同事的文件", str(Path.home()), FILES)
        if chosen:
            self.open(Path(chosen))

    def open(self, path: Path) -> None:
        """Compare with a file, in the background."""
        self.forget()
        file, zone = self.session.file, self.session.zone
        self.busy.run(f"读“{path.name}”", lambda: plan_of(file, zone, path), self._show, self._failed)

    def _show(self, plan: Plan) -> None:
        self.plan = plan
        self.fact.setText(str(plan.path))
        for kind, number in zip(
            KINDS, (plan.added, plan.changed, plan.same, plan.only_ours, len(plan.conflicts)), strict=True
        ):
            self.counts[kind].number.setText(f"{number:,}")
        self.notice.put("请留意" if plan.notes else "", plan.notes, "warning")
        self.empty.hide()
        self.whole.show()
        some = bool(plan.conflicts)
        self.none.setVisible(not some)
        self.box.setVisible(some)
        self.foot.setVisible(some)
        self._fill()
        self.go.show()
        work = plan.added + plan.changed + len(plan.conflicts)
        self.go.setText("合并（可一步撤销）" if work else "没有要合并的")
        self.go.setEnabled(bool(work) and not self.session.file.read_only)

    # --- conflicts

    def _fill(self) -> None:
        plan = self.plan
        if plan is not None:
            self.list.put(HEADS, [_row(each, plan.choice(each)) for each in plan.conflicts], lambda each: each.key)  # type: ignore[attr-defined]

    def _clicked(self, index: QModelIndex) -> None:
        conflict = self.list.lines.rows[index.row()].of
        if isinstance(conflict, Conflict) and index.column() in (*NOW, *HERS):
            self.take(conflict, THEIRS if index.column() in HERS else OURS)

    def _turn(self, conflict: object) -> None:
        if isinstance(conflict, Conflict) and self.plan is not None:
            self.take(conflict, OURS if self.plan.choice(conflict) == THEIRS else THEIRS)

    def take(self, conflict: Conflict, side: str) -> None:
        """Decide one conflict."""
        if self.plan is not None:
            self.plan.choices[conflict.key] = side
            self._fill()

    def choose_all(self, side: str) -> None:
        """Decide all of them; "" for the later one of each."""
        if self.plan is not None:
            self.plan.choices = {each.key: side for each in self.plan.conflicts} if side else {}
            self._fill()

    # --- doing it

    def apply(self) -> None:
        """Back up, then merge as one step."""
        file, plan = self.session.file, self.plan
        if plan is None:
            return

        def work() -> Steps[Joined]:
            yield Progress(0, 0, "先备份…")
            automatic(file.path, BEFORE_MERGE)
            yield Progress(0, 0, "正在合并…")
            return join(file, plan)

        self.go.setEnabled(False)
        self.busy.run("先备份…", work, partial(self._joined, plan), self._failed)

    def _joined(self, plan: Plan, joined: Joined) -> None:
        self.session.backed_up.emit()
        self.session.note_written()
        self.forget()
        lines = [f"{joined.rows:,} 行有变化。Ctrl+Z 一步撤销。"] + [
            f"没有带入：{name}——{why}" for name, why in joined.kept
        ]
        self.notice.put(f"已合并“{plan.path.name}”", lines, "warning" if joined.kept else "good")

    def _failed(self, error: Exception) -> None:
        self.session.backed_up.emit()
        self.forget()
        self.notice.put("没有合并", [str(error)], "error")


def _row(conflict: Conflict, side: str) -> Row:
    mine = conflict.ours, conflict.our_mark, side == OURS
    hers = conflict.theirs, conflict.their_mark, side == THEIRS
    ours, theirs = (
        Cell(f"✓ {text}" if taken else text, ink="text" if taken else "secondary", tip=f"{text}　{mark}")
        for text, mark, taken in (mine, hers)
    )
    name = " · ".join(filter(None, (conflict.name, conflict.period)))
    cells = (
        Cell(conflict.ledger.label), Cell(name, tip=name), Cell(label_of(conflict.ledger, conflict.field) if conflict.field else "整行"),
        ours, Cell(conflict.our_mark, ink="secondary"), theirs, Cell(conflict.their_mark, ink="secondary"),
    )  # fmt: skip
    return Row(cells, conflict)
