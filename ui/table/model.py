"""The lines of a ledger page as a Qt model: ids at once, lines 256 around what is on screen, shown texts kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from models.fields import Field
from models.ledger import Ledger
from models.store.faults import EnvironmentFault
from models.store.filtering import Narrowed
from models.store.views import Column, Line, Page, view_of
from ui.session import Session
from ui.table.cells import BLANK, Cell, Head, Typed
from ui.table.columns import USUAL, Shown, arrange, compared, edit_texts
from ui.table.derived import Derived
from ui.table.marked import cell_of
from ui.table.writing import put

WINDOW = 256
KEPT = 6000  # lines held at most
FEW = 20  # rows drawn anew one by one
SAMPLE = 60  # lines whose derived fields are worked out before they are shown
MAIN = ("rev",)  # 营业收入 has last year's beside it from the start

SHUT = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
OPEN = SHUT | Qt.ItemFlag.ItemIsEditable

Index = QModelIndex | QPersistentModelIndex


class LedgerModel(QAbstractTableModel):
    """Rows are the page's lines; one more row at the end, where a new record begins, if the ledger takes new ones here."""

    def __init__(self, session: Session, ledger: Ledger) -> None:
        super().__init__()
        self.session, self.ledger = session, ledger
        plain = view_of(ledger)
        self.comparable = compared(plain)
        self.view = plain.with_prior(*self.comparable)
        self.grows = plain.base is plain.own and ledger.id != "zone"  # a zone is more than a row: it is made elsewhere
        self.group, self.beside = USUAL, tuple(name for name in MAIN if name in self.comparable)
        self.hidden: frozenset[str] = frozenset()  # columns not shown, as named by ui/table/columns.name_of
        self.search = ""
        self.narrowed = Narrowed()  # only lines that pass these
        self.unsorted = False  # a line stands elsewhere than its new value would put it: rows do not move by themselves
        self.carried_only = False  # only lines with something of last year's that is not confirmed
        self.order: tuple[Column | None, bool] = (None, False)  # sorted by, descending
        self.columns: list[Shown] = []
        self.heads: list[Head] = []
        self.frozen = 0
        self.ids: list[bytes] = []
        self._lines: dict[bytes, Line] = {}
        self._cells: dict[tuple[bytes, int], Cell] = {}
        self.derived = Derived(session, self.view)
        self.derived.ready.connect(self.forget_cells)
        self.rearrange(self.group)
        self.reload()

    # --- what is shown

    @property
    def known(self) -> int:
        """How many rows are records (the one after them begins a new one)."""
        return len(self.ids)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.ids) + self.grows

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        # asked for twice of each cell that is painted
        return SHUT if self.session.file.read_only or self.columns[index.column()].readonly else OPEN

    def open_rows(self, rows: Sequence[int], column: int) -> list[int]:
        """Those of ``rows`` where a column can be typed into: all or none."""
        return [] if self.session.file.read_only or self.columns[column].readonly else list(rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cell(index).text
        if role == Qt.ItemDataRole.EditRole:
            found = self.texts([index.row()], [index.column()])
            return found[0][0] if found else ""
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.cell(index).tip or None
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and section < len(self.heads):
            if role == Qt.ItemDataRole.DisplayRole:
                return self.heads[section].label
            if role == Qt.ItemDataRole.ToolTipRole:
                return self.heads[section].tip
        return None

    def cell(self, index: Index) -> Cell:
        """The cell to draw."""
        if index.row() >= len(self.ids):
            return BLANK
        key = (self.ids[index.row()], index.column())
        found = self._cells.get(key)
        if found is None:
            line, shown = self.line(index.row()), self.columns[index.column()]
            if line and shown.field.formula:
                line = self.derived.seen(line)
            found = cell_of(self.session, line, shown) if line else BLANK
            if not shown.field.formula or self.derived.has(key[0]):
                self._cells[key] = found
        return found

    def field_at(self, index: Index) -> Field:
        """The field of a column."""
        return self.columns[index.column()].field

    def texts(self, rows: Sequence[int], columns: Sequence[int]) -> list[list[str]]:
        """The texts to edit of a block of cells, without the row where a new record begins."""
        known = self.lines(rows)
        lines = [known[row] for row in rows if row in known]
        if any(self.columns[column].field.formula for column in columns):
            lines = self.derived.now(lines)
        return [list(row) for row in zip(*(edit_texts(self.columns[c], lines) for c in columns), strict=True)]

    def name_of(self, row: int) -> str:
        """What a person calls the record of a row."""
        line = self.line(row)
        return cell_of(self.session, line, self.columns[0]).text if line and self.columns else ""

    def line(self, row: int) -> Line | None:
        """The line of a row, read with those around it when not held yet; None for the row where a new record begins."""
        if not 0 <= row < len(self.ids):
            return None
        found = self._lines.get(self.ids[row])
        if found is None:
            if len(self._lines) > KEPT:
                self._lines.clear()
                self._cells.clear()
            start = max(0, row - WINDOW // 2)
            self.fetch([id for id in self.ids[start : start + WINDOW] if id not in self._lines])
            found = self._lines.get(self.ids[row])
        return found

    def lines(self, rows: Iterable[int]) -> dict[int, Line]:
        """The lines of many rows, those not held yet read together; none for the row where a new record begins."""
        ids = {row: self.ids[row] for row in rows if 0 <= row < len(self.ids)}
        found = {id: self._lines[id] for id in ids.values() if id in self._lines}
        if len(found) < len(ids):
            if len(self._lines) + len(ids) > KEPT:
                self._lines.clear()
                self._cells.clear()
            self.fetch([id for id in ids.values() if id not in found])
            found |= {id: line for id in ids.values() if (line := self._lines.get(id))}
        return {row: found[id] for row, id in ids.items() if id in found}

    def row_of(self, id: bytes) -> int | None:
        """The row of a record, given its id or that of one of its rows in the ledgers shown beside it."""
        if id in self.ids:
            return self.ids.index(id)
        for start in range(0, len(self.ids), WINDOW):
            self.fetch([each for each in self.ids[start : start + WINDOW] if each not in self._lines])
        return next((self.ids.index(line.id) for line in self._lines.values() if id in line.rows.values()), None)

    def fetch(self, ids: Sequence[bytes]) -> None:
        """Read lines."""
        with self.session.file.reading() as connection:
            self._lines.update(self.page().lines(connection, ids))

    def page(self) -> Page:
        """The page of the zone and period on show."""
        scope = (self.session.zone, self.session.period)
        if getattr(self, "_scope", None) != scope:
            self._scope, self._page = scope, Page(self.view, *scope)
        return self._page

    # --- what to show

    def rearrange(self, group: str | None = None, beside: tuple[str, ...] | None = None) -> None:
        """Show other columns."""
        self.session.turning.emit()
        self.beginResetModel()
        self.group = self.group if group is None else group
        self.beside = self.beside if beside is None else beside
        self.columns, self.frozen = arrange(self.view, self.group, self.beside, self.hidden)
        self.heads = [shown.head() for shown in self.columns]
        self._cells.clear()
        if any(shown.field.formula for shown in self.columns):  # what decides how wide the columns are
            self.derived.now(list(self.lines(range(SAMPLE)).values()))
        self.endResetModel()

    def reload(self) -> None:
        """Read everything anew in the order asked for."""
        self.beginResetModel()
        self.derived.forget()
        self._lines.clear()
        self._cells.clear()
        self.unsorted = False
        self.ids = self._read_ids()
        self.endResetModel()

    def _read_ids(self) -> list[bytes]:
        column, descending = self.order
        worked_out = column is not None and bool(column.field.formula)
        try:
            with self.session.file.reading() as connection:
                page = self.page()
                ids = page.ids(
                    connection,
                    search=self.search,
                    carried=self.carried_only,
                    only=self.narrowed.sql(page),
                    order=None if worked_out else column,
                    descending=descending,
                )
                ids = self.narrowed.among(connection, page, ids, date.today())
                lines = list(page.lines(connection, ids).values()) if worked_out else []
            return self.derived.order(lines, column, descending=descending) if column and worked_out else ids
        except EnvironmentFault as error:
            self.session.said.emit(str(error), "error")
            return []

    def refresh(self) -> None:
        """Something was written elsewhere: show it without moving the rows under the clerk's hands."""
        self.derived.forget()
        there = self._read_ids()
        alive, had = set(there), set(self.ids)
        if self.narrowed or self.search:  # a line that does not pass any more stays until it is asked for anew
            with self.session.file.reading() as connection:
                alive = set(self.page().ids(connection, carried=self.carried_only))
        kept = [id for id in self.ids if id in alive] + [id for id in there if id not in had]
        self.unsorted = self.order[0] is not None and kept != there
        self._lines.clear()
        if kept == self.ids:
            self.forget_cells()
            return
        self._cells.clear()
        self.beginResetModel()
        self.ids = kept
        self.endResetModel()

    def forget_cells(self) -> None:
        """Draw all cells anew (other findings, other look, what was worked out)."""
        self._cells.clear()
        if self.ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.ids) - 1, len(self.columns) - 1))

    # --- writing

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not self.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return False
        return put(self, {index.column(): {index.row(): value}}, "录入")

    def put_cells(self, typed: Typed, kind: str, title: str) -> bool:
        """Write texts into many cells as one step."""
        return put(self, typed, kind, title)

    def take_over(self, changed: Mapping[int, bytes], made: Sequence[bytes]) -> None:
        """Show what was just written here: lines that changed, by row, and records that were made."""
        self.derived.forget()
        for id in changed.values():
            self._lines.pop(id, None)
        if made:
            # the row typed into becomes the record; a new empty one comes after it
            first = len(self.ids) + 1
            self.beginInsertRows(QModelIndex(), first, first + len(made) - 1)
            self.ids += made
            self.endInsertRows()
        if made or len(changed) > FEW or any(shown.field.formula for shown in self.columns):
            self.forget_cells()
            return
        last = len(self.columns) - 1
        for row, id in changed.items():
            for column in range(len(self.columns)):
                self._cells.pop((id, column), None)
            self.dataChanged.emit(self.index(row, 0), self.index(row, last))
