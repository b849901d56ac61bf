"""The line above the audit's list: the verdict, and by what the list is ordered."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from models.audit import Report
from models.folding import Fold
from ui.ends import Ends
from ui.pages.audit_rows import BY_LEDGER, BY_RECORD, BY_RULE, DOUBTS, SETTINGS, UNKNOWN, beside
from ui.widgets import Card, KeyHint, Shrinking, label, restyle


class Bar(Card):
    """``grouped(name)``: another order or list is wanted; ``unfolded``: all consequences, or none."""

    grouped = Signal(str)
    unfolded = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.verdict, self.beside = Shrinking("", "heading"), label("", "secondary")
        self.unfold = QPushButton()
        self.unfold.setProperty("flat", True)
        self.unfold.clicked.connect(self.unfolded)
        self.groups: dict[str, QPushButton] = {}
        self.rows.setContentsMargins(14, 6, 14, 6)
        line = Ends(across=10, down=0)
        line.left(self.verdict)
        line.left(self.beside)
        line.right(self.unfold)
        line.right(label("按", "secondary"))
        for name in (BY_RULE, BY_RECORD, BY_LEDGER, DOUBTS, UNKNOWN, SETTINGS):
            button = self.groups[name] = QPushButton(name)
            button.setProperty("flat", True)
            button.setCheckable(True)
            button.setAutoExclusive(True)
            button.clicked.connect(partial(self.grouped.emit, name))
            line.right(button)
        line.right(label("下一处", "secondary"))
        line.right(KeyHint("F8"))
        self.rows.addLayout(line)

    def show_report(self, report: Report | None, *, busy: bool) -> None:
        """Show the verdict; without a report whether there will be one."""
        self.verdict.setText(report.verdict if report else "正在审核…" if busy else "还没有审核")
        self.verdict.setObjectName("heading")
        restyle(self.verdict, "tone", ("good" if report.passed else "error") if report else "")
        self.beside.setText(beside(report) if report else "")
        self.groups[UNKNOWN].setVisible(bool(report and report.unknown))
        self.groups[UNKNOWN].setText(f"{UNKNOWN} {sum(report.unknown.values()):,}" if report else UNKNOWN)

    def show_folds(self, folds: list[Fold], group: str, *, all_open: bool) -> None:
        """Offer to show all that follows from something, or to hide it."""
        count = sum(len(each.others) for each in folds)
        self.unfold.setText(f"{'收起' if all_open else '展开'} {count} 处后果")
        self.unfold.setVisible(bool(count) and group not in (DOUBTS, UNKNOWN, SETTINGS))
