"""On a ledger's page: how many lines hold last year's values that nobody has confirmed, a filter for them, and confirming them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from models.ledger import Ledger
from models.store.batches import Batch
from models.store.carried import confirm
from ui.session import Session
from ui.table.model import LedgerModel
from ui.table.view import Grid
from ui.widgets import Pick, row

Wanted = Mapping[bytes, Collection[tuple[str, str]] | None]  # line → (ledger, field) confirmed, None for all of it


class CarriedBar(QWidget):
    """``filtered``: only the lines that are not confirmed are asked for, or all of them again."""

    filtered = Signal(bool)

    def __init__(self, session: Session, model: LedgerModel, grid: Grid) -> None:
        super().__init__()
        self.session, self.model, self.grid = session, model, grid
        self.only = QPushButton()
        self.only.setProperty("flat", True)
        self.only.setCheckable(True)
        self.only.setCursor(Qt.CursorShape.PointingHandCursor)
        self.only.clicked.connect(self._filter)
        self.menu = QMenu(self)
        self.menu.aboutToShow.connect(self._fill)
        self.pick = Pick("确认", self.menu, flat=True)
        self.pick.put("F9")
        self.action = QAction("确认选中的格", self)
        self.action.setShortcut(QKeySequence("F9"))
        self.action.triggered.connect(self.confirm_selected)
        line = row(self, spacing=4)
        line.addWidget(self.only)
        line.addWidget(self.pick)
        self.count = 0
        self.hide()  # until it has a place: shown before, it would be a window of its own

    def recount(self) -> None:
        """Say how many lines there are to confirm; nothing is shown where there are none."""
        page = self.model.page()
        with self.session.file.reading() as connection:
            self.count = len(page.ids(connection, carried=True)) if page.rolls else 0
        self.only.setText(f"待确认 {self.count:,} 行" if self.count else "都确认了")
        self.only.setChecked(self.model.carried_only)
        self.only.setToolTip("从上年带来、还没有确认的；点一下只看这些行")
        self.pick.setVisible(bool(self.count) and not self.session.file.read_only)
        self.setVisible(bool(self.count) or self.model.carried_only)

    def _filter(self, on: bool) -> None:
        self.model.carried_only = on
        self.filtered.emit(on)
        self.recount()

    # --- confirming

    def _fill(self) -> None:
        self.menu.clear()
        at = self.grid.currentIndex()
        self.menu.addAction(self.action)
        if 0 <= at.row() < self.model.known:
            label = self.model.columns[at.column()].field.label
            self.menu.addAction(f"确认“{label}”这一列（列出的 {self.model.known:,} 行）", self.confirm_column)
        self.menu.addAction(f"确认列出的全部 {self.model.known:,} 行", self.confirm_listed)

    def confirm_selected(self) -> None:
        """Confirm the selected cells; of a line selected from end to end, also what is not shown of it (F9)."""
        columns: dict[int, set[int]] = {}
        for part in self.grid.selectionModel().selection():
            for line in range(part.top(), min(part.bottom() + 1, self.model.known)):
                columns.setdefault(line, set()).update(range(part.left(), part.right() + 1))
        whole = len(self.model.columns)
        self._confirm({
            self.model.ids[line]: None if len(some) == whole else self._fields(some) for line, some in columns.items()
        })  # fmt: skip

    def confirm_column(self) -> None:
        """Confirm the current column on every line listed."""
        fields = self._fields([self.grid.currentIndex().column()])
        self._confirm(dict.fromkeys(self.model.ids, fields))

    def confirm_listed(self) -> None:
        """Confirm every line listed."""
        self._confirm(dict.fromkeys(self.model.ids))

    def confirm_line(self, id: bytes) -> None:
        """Confirm all of one line."""
        self._confirm({id: None})

    def _fields(self, columns: Iterable[int]) -> frozenset[tuple[str, str]]:
        shown = [self.model.columns[column].column for column in columns]
        return frozenset((each.ledger.id, each.field.id) for each in shown if not each.prior)

    def _confirm(self, wanted: Wanted) -> None:
        with self.session.file.reading() as connection:
            there = self.model.page().carried(connection, list(wanted))
        plans = {ledger: _of(ledger, rows, wanted) for ledger, rows in there.items()}
        if not any(plans.values()):
            self.session.said.emit("选中的里面没有要确认的", "")
            return
        done: list[int] = []

        def change(work: Batch) -> None:
            done.extend(confirm(work, ledger, rows) for ledger, rows in plans.items())

        lines = len({line for rows in there.values() for line in rows})
        if self.session.write("确认", f"确认{self.model.ledger.label} {lines:,} 行（从上年带来）", change, rows=lines):
            if sum(done):
                self.session.said.emit(f"确认了 {max(done):,} 行（Ctrl+Z 撤销）", "good")
            else:
                self.session.said.emit("选中的里面没有要确认的", "")


def _of(ledger: Ledger, rows: Mapping[bytes, bytes], wanted: Wanted) -> dict[bytes, Collection[str] | None]:
    """The rows of one ledger with the fields to confirm."""
    found: dict[bytes, Collection[str] | None] = {}
    for line, row_id in rows.items():
        cells = wanted[line]
        fields = None if cells is None else [field for name, field in cells if name == ledger.id]
        if fields is None or fields:
            found[row_id] = fields
    return found
