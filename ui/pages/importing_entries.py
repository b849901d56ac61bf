"""What an import would do: five counts, and below them the records and fields, conflicts to be decided."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from importers.merge import CONFLICT, KINDS, NEW, RETURNED, SAME, UPDATED, Entries, Entry, Plan, entries
from importers.merge.together import Together
from ui.session import Session
from ui.table.cells import Cell, Head
from ui.table.lines import Lines, Row, boxed
from ui.widgets import label, link, restyle, row

SHOWN = (NEW, UPDATED, SAME, CONFLICT, RETURNED)
TONES = {NEW: "good", UPDATED: "warning", CONFLICT: "error", RETURNED: "error"}
HEADS = [
    Head("", width=56), Head("记录", width=240), Head("字段", width=160), Head("现在", width=240),
    Head("导入后", width=330), Head("来自", width=150),
]  # fmt: skip
OF_FILES = [
    Head("", width=56), Head("记录", width=220), Head("字段", width=200), Head("现在", width=150),
    Head("导入后", width=200), Head("来自", width=360),
]  # fmt: skip
NOW, AFTER = 3, 4
EACH, AT_ONCE = 40, 200  # entries of a kind among all kinds, and of one kind alone


class Count(QPushButton):
    """A kind and how many; pressed, only these are listed."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.setProperty("count", True)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(kind)
        self.number = label("0", "figure")
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 0, 14, 0)
        line.addWidget(label(kind, "secondary"), 1)
        line.addWidget(self.number)
        for child in self.findChildren(QLabel):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


class Preview(QWidget):
    """``chosen``: another value of a conflict was chosen."""

    chosen = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.plan: Plan | Together | None = None
        self.kind, self.shown = "", AT_ONCE
        self.counts = {kind: Count(kind) for kind in SHOWN}
        self.list = Lines(session.look, stretch=AFTER)
        self.note = label("", "note", wrap=True)
        self.more = link("", self._show_more)
        self.all_file = link("冲突全用文件的", lambda: self._choose_all(take_file=True))
        self.all_kept = link("全保留台账的", lambda: self._choose_all(take_file=False))
        self._place()
        self.list.clicked.connect(self._clicked)
        self.list.wanted.connect(self._turn)

    def _place(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        cards = row(spacing=12)
        for kind, card in self.counts.items():
            card.clicked.connect(lambda _, kind=kind: self.show_kind("" if self.kind == kind else kind))
            cards.addWidget(card, 1)
        outer.addLayout(cards)
        self.box = boxed(self.list)
        outer.addWidget(self.box, 1)
        foot = row(spacing=16)
        foot.addWidget(self.note, 1)
        for widget in (self.more, self.all_file, self.all_kept):
            foot.addWidget(widget)
        outer.addLayout(foot)
        self.session.look.changed.connect(self._resize_to_look)
        self._resize_to_look()

    def _resize_to_look(self) -> None:
        for card in self.counts.values():
            card.setFixedHeight(self.session.look.px(42))

    def put(self, plan: Plan | Together) -> None:
        """Show a plan, or those of several files."""
        self.plan, told = plan, plan.counts
        numbers = (told.new, told.updated, told.same, told.conflicts, told.returned)
        for card, number in zip(self.counts.values(), numbers, strict=True):
            card.number.setText(f"{number:,}")
            restyle(card.number, "tone", "error" if number and card is self.counts[RETURNED] else "")
        parts = {
            "并入 {} 行（同一条记录的另几行）": told.merged, "不算 {} 行（合计、注等）": told.aside,
            "按原样保留并标红 {} 格": told.kept, "小数四舍五入 {} 格": told.rounded,
        }  # fmt: skip
        hint = "冲突默认保留台账里的；点“现在”或“导入后”选用哪一个" if told.conflicts else ""
        self.note.setText(" · ".join([hint] * bool(hint) + [text.format(f"{n:,}") for text, n in parts.items() if n]))
        self.all_file.setVisible(bool(told.conflicts))
        self.all_kept.setVisible(bool(told.conflicts))
        self.show_kind("")

    def show_kind(self, kind: str) -> None:
        """List one kind only; "" some of each."""
        self.kind, self.shown = kind, AT_ONCE
        for name, card in self.counts.items():
            card.setChecked(name == kind)
        self._fill()

    def _show_more(self) -> None:
        self.shown += AT_ONCE
        self._fill()

    def _fill(self) -> None:
        if self.plan is None:
            return
        heads = OF_FILES if isinstance(self.plan, Together) else HEADS
        self.list.put(heads, list(self._rows()), lambda entry: entry)
        rest = len(self._entries(self.kind)) - self.shown if self.kind else 0
        self.more.setVisible(rest > 0)
        self.more.setText(f"再显示 {min(rest, AT_ONCE)} 条（还有 {rest:,} 条）")

    def _rows(self) -> Iterator[Row]:
        assert self.plan is not None
        for kind in [self.kind] if self.kind else KINDS:
            found = self._entries(kind)
            for entry in found[: self.shown if self.kind else EACH]:
                yield self._row(entry)
            if not self.kind and len(found) > EACH:
                yield Row((Cell(f"{kind}还有 {len(found) - EACH:,} 条", ink="secondary"),))

    def _entries(self, kind: str) -> Entries:
        assert self.plan is not None
        return self.plan.entries(kind) if isinstance(self.plan, Together) else entries(self.plan, kind)

    def _row(self, entry: Entry) -> Row:
        assert self.plan is not None
        takes = entry.cell is None or not self.plan.keeps(entry.cell)
        decides = entry.cell is not None
        now = Cell(
            f"✓ {entry.now}" if decides and not takes else entry.now,
            ink="text" if decides and not takes else "secondary",
        )
        after = f"✓ {entry.after}" if decides and takes else entry.after
        ink = "secondary" if decides and not takes else "text"
        return Row(
            (
                Cell(entry.kind, chip=TONES.get(entry.kind, "plain")), Cell(entry.record, tip=entry.record), Cell(entry.field),
                now, Cell(after, ink=ink, tip=entry.after), Cell(entry.place, ink="secondary", tip=entry.place),
            ),
            entry,
        )  # fmt: skip

    # --- conflicts

    def _clicked(self, index: QModelIndex) -> None:
        entry = self.list.lines.rows[index.row()].of
        if isinstance(entry, Entry) and entry.cell is not None and index.column() in (NOW, AFTER):
            self._choose(entry, take_file=index.column() == AFTER)

    def _turn(self, entry: object) -> None:
        if isinstance(entry, Entry) and entry.cell is not None and self.plan is not None:
            self._choose(entry, take_file=self.plan.keeps(entry.cell))

    def _choose(self, entry: Entry, *, take_file: bool) -> None:
        assert self.plan is not None
        assert entry.cell is not None
        self.plan.choose(entry.cell, take_file=take_file)
        self._fill()
        self.chosen.emit()

    def _choose_all(self, *, take_file: bool) -> None:
        if self.plan is not None:
            for cell in self.plan.disputes:
                self.plan.choose(cell, take_file=take_file)
            self._fill()
            self.chosen.emit()
