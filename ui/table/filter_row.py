"""The row of fields under the headings: what is written in one is asked of its column."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from models.fields import Field
from models.kinds import Choice, CreditCode, Day, Flag, Month, Quantity, Reference
from models.store.conditions import BadCondition
from models.store.filtering import Condition
from models.store.view import Column
from ui.composing import Composition
from ui.table.columns import Shown
from ui.table.view import Grid
from ui.widgets import restyle

HEIGHT, PAUSE = 28, 350  # pixels of the drawings; milliseconds without a key until the list follows


class FilterRow(QObject):
    """``changed``: other conditions hold; ``left``: the clerk is done with the field and goes back to the rows."""

    changed = Signal()
    left = Signal()

    def __init__(self, grid: Grid) -> None:
        super().__init__(grid)
        self.grid, self.session = grid, grid.session
        self.shown = False
        self.texts: dict[Column, str] = {}
        self._wrong: dict[Column, str] = {}
        self._lines: dict[int, QLineEdit] = {}
        self._columns: list[Shown] = []
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._take)
        for moved in (grid.heading.sectionResized, grid.across.valueChanged, grid.heading.geometriesChanged):
            moved.connect(self._place)

    # --- what is asked

    def conditions(self) -> tuple[Condition, ...]:
        """What is asked of the columns; what cannot be read is left out."""
        year, found = self.session.period.year, []
        self._wrong.clear()
        for column, text in self.texts.items():
            condition = Condition(column, text, year)
            try:
                assert condition.tests
            except BadCondition as error:
                self._wrong[column] = str(error)
            else:
                found.append(condition)
        return tuple(found)

    def ask(self, column: Column, text: str) -> None:
        """Put a condition on a column, "" none."""
        if text.strip():
            self.texts[column] = text.strip()
        else:
            self.texts.pop(column, None)
        self.fill()
        self.changed.emit()

    def clear(self) -> None:
        """Ask nothing any more; the caller reads anew."""
        self._pause.stop()
        self.texts.clear()
        self.fill()

    def tell(self) -> None:
        """Mark the fields that cannot be read, and say why of the first."""
        for place, line in self._lines.items():
            why = self._wrong.get(self._columns[place].column, "")
            restyle(line, "wrong", bool(why))
            line.setToolTip(why or hint(self._columns[place].field))
        for why in list(self._wrong.values())[:1]:
            self.session.said.emit(f"筛选条件：{why}", "error")

    # --- the fields

    def toggle(self) -> None:
        """Show or hide the row; what it asks stays."""
        self.shown = not self.shown
        heading = self.grid.heading
        heading.below = self.session.look.px(HEIGHT) if self.shown else 0
        heading.resize_to_look()
        self.grid.updateGeometries()
        self.put(self._columns)

    def put(self, columns: list[Shown]) -> None:
        """The table shows these columns."""
        for line in self._lines.values():
            line.removeEventFilter(self)
            line.hide()
            line.deleteLater()
        self._lines, self._columns = {}, columns
        if not self.shown:
            return
        self.grid.heading.below = self.session.look.px(HEIGHT)
        self.grid.heading.resize_to_look()
        for place, shown in enumerate(columns):
            if not shown.growth:
                self._lines[place] = self._line(shown)
        self.fill()
        self._place()

    def _line(self, shown: Shown) -> QLineEdit:
        line = QLineEdit(self.grid.heading.viewport())
        Composition(line)
        line.setObjectName("filter")
        line.setPlaceholderText("筛选")
        line.setAccessibleName(f"筛选 {shown.head().label}")
        line.setToolTip(hint(shown.field))
        line.textEdited.connect(lambda _: self._pause.start())
        line.installEventFilter(self)
        return line

    def fill(self) -> None:
        """Write into the fields what is asked."""
        for place, line in self._lines.items():
            text = self.texts.get(self._columns[place].column, "")
            if line.text() != text:
                line.setText(text)

    def _take(self) -> None:
        self._pause.stop()
        now = {self._columns[place].column: line.text().strip() for place, line in self._lines.items()}
        wanted = {**self.texts, **now}
        wanted = {column: text for column, text in wanted.items() if text}
        if wanted != self.texts:
            self.texts = wanted
            self.changed.emit()

    def focus(self, place: int) -> None:
        """Write into the field of a column."""
        if not self.shown:
            self.toggle()
        self.grid.reveal(place)
        self._place()
        line = self._lines.get(place)
        if line is not None:
            line.setFocus()
            line.selectAll()

    def _place(self) -> None:
        heading, px = self.grid.heading, self.session.look.px
        for place, line in self._lines.items():
            wide = heading.sectionSize(place)
            line.setVisible(wide > 0)
            line.setGeometry(
                heading.sectionViewportPosition(place) + 2, heading.words() + 1, max(0, wide - 4), px(HEIGHT) - 3
            )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() != QEvent.Type.KeyPress
            or not isinstance(event, QKeyEvent)
            or not isinstance(watched, QLineEdit)
        ):
            return False
        key = event.key()
        if key == Qt.Key.Key_Escape and watched.text():
            watched.clear()
            self._take()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down, Qt.Key.Key_Escape):
            self._take()
            self.left.emit()
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._take()
            self._next(watched, -1 if key == Qt.Key.Key_Backtab else 1)
        else:
            return False
        return True

    def _next(self, line: QLineEdit, by: int) -> None:
        places = list(self._lines)
        at = next(n for n, place in enumerate(places) if self._lines[place] is line) + by
        if 0 <= at < len(places):
            self.focus(places[at])


def hint(field: Field) -> str:
    """What can be written over a field."""
    always = "空　非空"
    match field.kind:
        case Quantity():
            return f"{always}　>1000　100~500　≠0　<0 或 >5000" + (f"（{field.unit}）" if field.unit else "")
        case Day() | Month():
            return f"{always}　2023　2023-11　>2022-06　2021~2023　本年"
        case Flag():
            return f"{always}　是　否"
        case Choice():
            return f"{always}　代码、名称里的字或拼音，下级一起算；3973、3982　不是39"
        case Reference() | CreditCode():
            return f"{always}　名称或代码里的字"
    return f"{always}　文字里的字　开头*　=整个相同　不含…"


def words(condition: Condition) -> str:
    """A condition on a chip."""
    label = ("上年" if condition.column.prior else "") + condition.column.field.label
    if isinstance(condition.column.field.kind, Flag):
        asked = condition.column.field.label.removeprefix("是否")
        meant: Mapping[str, str] = {"是": asked, "否": f"非{asked}"}
        return meant.get(condition.text, f"{label} {condition.text}")
    return f"{label} {condition.text}"
