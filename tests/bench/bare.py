"""The peer of the window's table: a bare QTableView over a plain model that sends the same SQL through sqlite3."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtWidgets import QTableView

WINDOW = 256
KEPT = 6000


def connected(path: Path) -> sqlite3.Connection:
    """As durable as the program's own connection."""
    raw = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        raw.execute(f"PRAGMA {pragma}")
    return raw


class BareModel(QAbstractTableModel):
    """``lines`` asks for the columns of some lines, id first, and ``given`` are its values before the ids; ``update`` writes a cell."""

    def __init__(
        self, raw: sqlite3.Connection, lines: str, columns: int, update: str = "", given: Sequence[object] = ()
    ) -> None:
        super().__init__()
        self.raw, self.lines, self.width, self.update, self.given = raw, lines, columns, update, given
        self.ids: list[bytes] = []
        self.rows: dict[bytes, Sequence[object]] = {}

    def show(self, ids: str, values: Sequence[object] = ()) -> None:
        """Ask for the lines anew."""
        self.beginResetModel()
        self.rows.clear()
        self.ids = list(chain.from_iterable(self.raw.execute(ids, values)))
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008, N802
        return len(self.ids)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008, N802
        return self.width

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return None
        id = self.ids[index.row()]
        if id not in self.rows:
            self._fetch(index.row())
        value = self.rows[id][index.column() + 1]
        return "" if value is None else str(value)

    def _fetch(self, row: int) -> None:
        if len(self.rows) > KEPT:
            self.rows.clear()
        start = max(0, row - WINDOW // 2)
        some = [id for id in self.ids[start : start + WINDOW] if id not in self.rows]
        found = self.raw.execute(f"{self.lines} ({', '.join('?' * len(some))})", [*self.given, *some])
        self.rows.update((line[0], line) for line in found)

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable

    def setData(self, index: QModelIndex, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802
        id = self.ids[index.row()]
        self.raw.execute(self.update, (int(float(str(value)) * 10000), id))
        line = list(self.rows[id])
        line[index.column() + 1] = value
        self.rows[id] = line
        self.dataChanged.emit(index, index)
        return True


def bare_view(model: BareModel) -> QTableView:
    """As Qt makes it."""
    view = QTableView()
    view.setModel(model)
    view.resize(1200, 780)
    view.show()
    return view
