"""The current record as a form: sections as tabs, this year's value beside last year's, the same editors as in the table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import QHeaderView, QScrollArea, QVBoxLayout, QWidget

from models.fields import Field
from models.ledgers import BY_ID
from models.store.history import Step, next_undo, past_of
from models.store.origins import origins, steps_of_row
from models.store.views import Column, Line
from ui.moments import when
from ui.origins import origin_told
from ui.session import Session
from ui.table.cells import BLANK, Cell, Head, Typed
from ui.table.columns import Shown, readonly, shown_text, tip, why_readonly
from ui.table.marked import cell_of, mark_of
from ui.table.model import LedgerModel
from ui.table.reading import fault
from ui.table.view import Grid
from ui.table.writing import put_columns
from ui.widgets import Card, Notice, Tabs, label, link, restyle

Index = QModelIndex | QPersistentModelIndex
HISTORY = "修改记录"
PAUSE = 80  # milliseconds: who goes from row to row does not wait for the history of each
FAULTS = 3  # told beneath the fields; the audit's page has them all
LABEL, NOW, BEFORE, CHANGE = range(4)


class FormModel(QAbstractTableModel):
    """The fields of one section down the side; this year, last year and the change across."""

    grows = False

    def __init__(self, session: Session, table: LedgerModel) -> None:
        super().__init__()
        self.session, self.table = session, table
        self.row = -1
        self.fields: list[Column] = []
        self.heads: list[Head] = []
        self.compares = bool(table.comparable)
        self.unit = ""  # that of more than half of the fields; the others carry theirs
        self.retitle()

    def retitle(self) -> None:
        """Headings of the period on show."""
        period = self.session.period
        units = Counter(each.field.unit for each in self.fields if each.field.unit)
        unit, times = next(iter(units.most_common(1)), ("", 0))
        self.unit = unit if times * 2 > len(self.fields) else ""
        first = Head(f"项目（{self.unit}）" if self.unit else "项目", width=128)
        if not self.compares:
            self.heads = [first, Head("内容", width=200)]
            return
        names = (period.label, period.back().label, "增减 %")
        self.heads = [
            first,
            *(Head(name, width=width, right=True) for name, width in zip(names, (66, 66, 50), strict=True)),
        ]

    def put(self, fields: list[Column], row: int) -> None:
        """Show other fields or another record."""
        self.beginResetModel()
        self.fields, self.row = fields, row
        self.retitle()
        self.endResetModel()

    @property
    def line(self) -> Line | None:
        """The record on show; None where a new one begins."""
        return self.table.line(self.row)

    def tell_changed(self) -> None:
        """Have every cell drawn anew."""
        if self.fields:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.fields) - 1, len(self.heads) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.fields)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.heads)

    @property
    def known(self) -> int:
        """All rows may be copied and cleared."""
        return len(self.fields)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        fits = index.column() == NOW and not readonly(self.table.view, self.fields[index.row()])
        there = self.row >= 0 and not self.session.file.read_only
        return flags | Qt.ItemFlag.ItemIsEditable if fits and there else flags

    def open_rows(self, rows: Sequence[int], column: int) -> list[int]:
        """Those of ``rows`` where a column can be typed into."""
        return [row for row in rows if self.flags(self.index(row, column)) & Qt.ItemFlag.ItemIsEditable]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cell(index).text
        if role == Qt.ItemDataRole.EditRole:
            return self._edit_text(index)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.cell(index).tip or None
        return None

    def texts(self, rows: Sequence[int], columns: Sequence[int]) -> list[list[str]]:
        """The texts to edit of a block of cells."""
        return [[self._edit_text(self.index(row, column)) for column in columns] for row in rows]

    def _edit_text(self, index: Index) -> str:
        line = self.line
        if index.column() != NOW or line is None:
            return self.cell(index).text
        field = self.fields[index.row()]
        value = self.table.derived.known(line).values.get(field.key)
        return line.titles.get(field.key, "") if isinstance(value, bytes) else field.field.kind.edit(value)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        shown = orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return self.heads[section].label if shown else None

    def cell(self, index: Index) -> Cell:
        """The cell to draw."""
        place = self.fields[index.row()]
        field = place.field
        if index.column() == LABEL:
            return self._label(field)
        line = self.line
        if line is None or (index.column() != NOW and not field.kind.numeric):
            return BLANK
        if field.formula:
            line = self.table.derived.seen(line)
        if index.column() == NOW:
            return cell_of(self.session, line, Shown(place, readonly=readonly(self.table.view, place)))
        prior = Shown(Column(place.ledger, field, prior=True), growth=index.column() == CHANGE)
        text = shown_text(prior, line.values, line.titles)
        return Cell(text, right=True, ink="secondary")

    def _label(self, field: Field) -> Cell:
        name = f"其中：{field.label}" if field.under and not field.label.startswith("其中") else field.label
        note = field.unit if field.unit != self.unit else ""
        return Cell(
            name,
            short=field.label,
            note=note,
            indent=int(field.under),
            ink="text" if field.required else "secondary",
            tip=tip(field),
        )

    def field_at(self, index: Index) -> Field:
        """The field of a row."""
        return self.fields[index.row()].field

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        return role == Qt.ItemDataRole.EditRole and self.put_cells({index.column(): {index.row(): value}}, "录入", "")

    def put_cells(self, typed: Typed, kind: str, title: str) -> bool:
        """Write texts into fields of the record as one step."""
        wanted = [(self.fields[row], {self.row: value}) for row, value in typed.get(NOW, {}).items()]
        return put_columns(self.table, wanted, kind, title)


class Form(Card):
    """The panel beside the table. ``sure(line)``: what was taken over from last year on the record is right."""

    sure = Signal(object)

    def __init__(self, session: Session, table: LedgerModel) -> None:
        super().__init__(name="panel")
        self.session, self.table = session, table
        self.model = FormModel(session, table)
        self.grid = Grid(session, numbers=False, two_lines=False)
        self.grid.setModel(self.model)
        self.name, self.about = label("", "heading", wrap=True), label("", "note", wrap=True)
        self.sections = self._sections()
        self.tabs = Tabs([*self.sections, HISTORY])
        self.fault = Notice("", "", "error")
        self.origin, self.past = label("", "note", wrap=True), label("", "note", wrap=True)
        self.origin.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.undo = link("撤销这一步", session.undo)
        self.carried = link("", self._say_sure)
        self.story = QVBoxLayout()
        self._place()
        self.tabs.chosen.connect(self._show_section)
        session.marks_changed.connect(self.refresh)
        table.derived.ready.connect(self._show_derived)
        self.grid.refused.connect(self._say_readonly)
        self.model.modelReset.connect(self._lay_out)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._tell_past)
        self.grid.selectionModel().currentChanged.connect(lambda *_: self._pause.start())
        self._section = 0
        self._show_section(0)

    def _sections(self) -> dict[str, list[Column]]:
        found: dict[str, list[Column]] = {}
        view = self.table.view
        for each in view.everything:
            named_above = view.base is not view.own and each.ledger is view.base
            if not (each.prior or named_above or each.field.digest):  # a digest says nothing to people
                found.setdefault(each.field.section or "内容", []).append(each)
        return found

    def _place(self) -> None:
        self.rows.setSpacing(6)
        self.rows.setContentsMargins(14, 14, 14, 14)
        for widget in (self.name, self.about, self.tabs):
            self.rows.addWidget(widget)
        self.rows.addWidget(self.grid, 1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        inside = QWidget()
        inside.setObjectName("inside")
        inside.setLayout(self.story)
        self.area.setWidget(inside)
        self.rows.addWidget(self.area, 1)
        for widget in (self.fault, self.carried, self.origin, self.past, self.undo):
            self.rows.addWidget(widget)
        self.grid.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    def _say_readonly(self, column: int) -> None:
        row = self.grid.currentIndex().row()
        if column == NOW and readonly(self.table.view, self.model.fields[row]):
            self.session.said.emit(self.session.file.notice or why_readonly(self.model.fields[row]), "error")

    def _show_derived(self, ids: Collection[bytes]) -> None:
        if self.model.line and self.model.line.id in ids:
            self.model.tell_changed()

    # --- following the table

    def follow(self, index: Index) -> None:
        """Show the record of the table's current cell, and the section of its field."""
        row, column = index.row(), index.column()
        if row != self.model.row:
            self.model.put(self.model.fields, row)
        if index.isValid():
            self.show_field(self.table.columns[column].field.id)
        self.refresh()

    def show_field(self, field: str) -> None:
        """Turn to the section that has this field and mark it."""
        for number, columns in enumerate(self.sections.values()):
            for row, each in enumerate(columns):
                if each.field.id == field:
                    if number != self._section:
                        self.tabs.choose(number)
                    self.grid.go(row, NOW)

    def refresh(self) -> None:
        """Show what is in the record now."""
        nothing = "没有选中的行" if self.model.row < 0 else "新的一行"
        self.name.setText(self.table.name_of(self.model.row) or nothing)
        self.about.setText(self._about())
        self.about.setVisible(bool(self.about.text()))
        self.model.tell_changed()
        line = self.model.line
        self.carried.setVisible(bool(line and line.carried) and not self.session.file.read_only)
        self.carried.setText(f"有 {len(line.carried) if line else 0} 项是从上年带来的：都没有变，确认这一行")
        self._tell_faults()
        self._pause.start()

    def _say_sure(self) -> None:
        if self.model.line:
            self.sure.emit(self.model.line.id)

    def _tell_faults(self) -> None:
        """What is wrong with the record, first of all with the field the cursor is on: texts that do not fit, findings."""
        line, at = self.model.line, self.grid.currentIndex().row()
        now = self.model.fields[at] if 0 <= at < len(self.model.fields) else None
        columns = sorted(self.table.view.columns, key=lambda column: column != now) if line else []
        told: dict[str, str] = {}  # text → tone; one finding may stand on several fields
        for column in columns:
            value = line.values.get(column.key) if line else None
            mark = mark_of(self.session, line, column) if line else None
            if not column.prior and (why := fault(column.field, value)):
                told.setdefault(why, "error")
            for finding in mark.text.splitlines() if mark else ():  # a cell may have several, and one several cells
                told.setdefault(finding, mark.token)  # type: ignore[union-attr]
        shown = list(told)[:FAULTS]
        more = [f"还有 {len(told) - len(shown)} 处"] * (len(told) > len(shown))
        self.fault.setVisible(bool(told))
        self.fault.text.setText("\n".join(shown + more))
        restyle(self.fault, "notice", "error" if "error" in told.values() else "warning")

    def _about(self) -> str:
        cells = [self.table.index(self.model.row, column).data() for column in range(1, self.table.frozen)]
        if self.model.line:
            return " · ".join(filter(None, cells))
        return "填好任何一格就新增一条" if self.model.row >= 0 else ""

    def _show_section(self, number: int) -> None:
        self._section = number
        names = list(self.sections)
        history = number >= len(names)
        self.grid.setVisible(not history)
        self.area.setVisible(history)
        if not history:
            self.model.put(self.sections[names[number]], self.model.row)
        self._tell_past()

    def _lay_out(self) -> None:
        self.grid.take_columns(0)
        self.grid.clearSpans()
        for row, each in enumerate(self.model.fields):
            if self.model.compares and not each.field.kind.numeric:
                self.grid.setSpan(row, NOW, 1, 3)
        wide = LABEL if self.model.compares else NOW
        for column in range(len(self.model.heads)):
            mode = QHeaderView.ResizeMode.Stretch if column == wide else QHeaderView.ResizeMode.Fixed
            self.grid.heading.setSectionResizeMode(column, mode)

    # --- what happened to the record

    def _tell_past(self) -> None:
        steps = self._steps()
        history = self._section >= len(self.sections)
        self.past.setVisible(bool(steps) and not history)
        self.undo.setVisible(bool(steps) and not history and self._is_next(steps[0]))
        if steps and not history:
            self.past.setText(f"上次修改：{self._told(steps[0])}")
        self._tell_origin([] if history else steps)
        if history:
            self._fill_story(steps)

    def _tell_origin(self, steps: list[Step]) -> None:
        """Where the value of the field at hand came from."""
        line, at = self.model.line, self.grid.currentIndex().row()
        text = ""
        if line is not None and 0 <= at < len(self.model.fields):
            place = self.model.fields[at]
            found = steps_of_row(steps, line.rows.get((place.ledger.id, False)))[::-1]
            known = origins(found, place.ledger, place.field.id, line.values.get(place.key), str(self.session.period))
            text = origin_told(place.field, known, carried=place.key in line.carried)
        self.origin.setText(text)
        self.origin.setVisible(bool(text))
        if text and steps and found and found[-1].batch.no == steps[0].batch.no and place.field.id in found[-1].changed:
            self.past.hide()  # the same step is told above

    def _steps(self) -> list[Step]:
        line = self.model.line
        if line is None:
            return []
        mine = [id for (_, prior), id in line.rows.items() if not prior]
        steps = [step for id in mine for step in past_of(self.session.file, self.session.zone, id)]
        return sorted(steps, key=lambda step: step.batch.no, reverse=True)

    def _is_next(self, step: Step) -> bool:
        with self.session.file.reading() as connection:
            found = next_undo(connection)
        return found is not None and found.no == step.batch.no

    def _told(self, step: Step) -> str:
        ledger = BY_ID[step.ledger]
        parts = [f"{step.batch.who} {when(datetime.fromisoformat(step.batch.at))}"]
        for name, (old, new) in list(step.changed.items())[:2]:
            field = ledger.by_id.get(name)
            if field and not isinstance(old, bytes) and not isinstance(new, bytes):
                parts.append(f"{field.label}由 {field.kind.show(old) or '空'} 改为 {field.kind.show(new) or '空'}")
        return " · ".join(parts if len(parts) > 1 else [*parts, step.batch.title])

    def _fill_story(self, steps: list[Step]) -> None:
        while self.story.count():
            item = self.story.takeAt(0)
            if item is not None and (widget := item.widget()):
                widget.deleteLater()
        for step in steps[:100]:
            self.story.addWidget(label(self._told(step), "note", wrap=True))
        self.story.addStretch(1)
