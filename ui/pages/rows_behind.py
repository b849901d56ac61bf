"""The rows behind a figure: those it counts, largest first, and those it leaves out with the reason; a double click goes to one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.formula.behind import Rows, rows_behind
from models.formula.figures import Figure
from models.formula.tree import Aggregate
from models.formula.words import places, words
from models.indicators import indicator_set
from models.kinds import decimal_of
from models.ledger import Ledger
from models.packs.pack import Indicator
from models.periods import Period
from models.store.titles import Title, titles
from models.store.zones import scope_names
from ui.asked import Asked
from ui.asking import go_to
from ui.pages.indicator_words import mean_told
from ui.session import Session
from ui.table.cells import Cell, Head
from ui.table.lines import Lines, Row
from ui.widgets import Tabs, label, link, row
from ui.worker import Task

AT_ONCE = 200  # rows shown before more are asked for


@dataclass(frozen=True)
class Behind:
    """What stands behind one figure: the formula with numbers, and for each set function its rows, largest first."""

    filled: str
    parts: tuple[tuple[Aggregate, Rows], ...]

    def count(self, *, included: bool) -> int:
        """How many rows are counted, or left out."""
        return sum(len(rows.included if included else rows.left_out) for _, rows in self.parts)


@dataclass(frozen=True)
class Line:
    """A row behind a figure: where it stands, and what is told of it."""

    ledger: Ledger
    id: bytes
    told: str


class RowsBehind(QWidget):
    """Found in the background; ``beside`` them may stand something else under a third tab.

    ``filled(text)``: the formula with numbers in it, or why there are none.
    """

    filled = Signal(str)

    def __init__(self, session: Session, beside: tuple[str, QWidget] | None = None) -> None:
        super().__init__()
        self.session, self.beside = session, beside
        self.behind: Behind | None = None
        self.shown, self._tab = AT_ONCE, 0
        self._asked: tuple[Figure, Period] | None = None
        self.tabs = Tabs(self._names_of("计入", "没计入"))
        self.list = Lines(session.look, stretch=0)
        self.note, self.more = label("", "note", wrap=True), link("", self._show_more)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        rows.addWidget(self.tabs)
        rows.addWidget(self.list, 1)
        foot = row(spacing=12)
        foot.addWidget(self.note, 1)
        foot.addWidget(self.more)
        rows.addLayout(foot)
        if beside:
            rows.addWidget(beside[1], 1)
            beside[1].hide()
        self.tabs.chosen.connect(self._turn)
        self.list.wanted.connect(self._go)

    def find(self, figure: Figure, asked: Asked, period: Period, of: Indicator | None = None) -> None:
        """Show the rows behind a figure of a period, once they are found; ``of`` is the indicator that it is, if it is one."""
        file = self.session.file
        if self._asked is None or self._asked[0].node != figure.node:
            self.shown = AT_ONCE
        self._asked = wanted = (figure, period)

        def work() -> Behind:
            today = date.today()
            with file.reading() as connection:
                found = rows_behind(figure, connection, asked.zones, period, today)
                apart = indicator_set(asked.pack).apart(connection, asked.zones, period, today, of) if of else {}
                if of and apart:
                    filled = mean_told(of, apart, scope_names(connection, list(apart)))
                else:
                    filled = figure.filled(connection, asked.zones, period, today)
            parts = zip(figure.sets, found, strict=True)
            return Behind(filled, tuple((node, _largest_first(rows)) for node, rows in parts))

        task = Task(self, work)
        task.done.connect(lambda behind: self._found(wanted, behind))
        task.failed.connect(lambda error: self.filled.emit(str(error)))
        task.start()

    def clear(self, why: str) -> None:
        """There are none to show, and why."""
        self._asked, self.behind = None, None
        self.tabs.put(self._names_of("计入", "没计入"), self._tab)
        self.list.put([Head("记录", width=200)], [])
        self.more.hide()
        self.note.setText(why)

    def _found(self, wanted: tuple[Figure, Period], behind: Behind) -> None:
        if wanted is not self._asked:
            return
        self.behind = behind
        self.filled.emit(behind.filled)
        counted = (f"{name} {behind.count(included=name == '计入'):,}" for name in ("计入", "没计入"))
        self.tabs.put(self._names_of(*counted), self._tab)
        self._fill()

    def _names_of(self, *names: str) -> list[str]:
        return [*names, *([self.beside[0]] if self.beside else [])]

    @property
    def aside(self) -> bool:
        """Whether what stands beside the rows is on show."""
        return self._tab == 2

    def _turn(self, tab: int) -> None:
        self._tab, self.shown = tab, AT_ONCE
        if self.beside:
            self.beside[1].setVisible(self.aside)
            for widget in (self.list, self.note, self.more):
                widget.setVisible(not self.aside)
        self._fill()

    def _show_more(self) -> None:
        self.shown += AT_ONCE
        self._fill()

    def _fill(self) -> None:
        if self.behind is None or self.aside:
            return
        included = self._tab == 0
        self.list.put(self._heads(included=included), list(self._rows(included=included)))
        rest = self.behind.count(included=included) - self.shown
        self.more.setVisible(rest > 0)
        self.more.setText(f"再显示 {min(rest, AT_ONCE)} 行（还有 {rest:,} 行）")
        self.note.setText("双击或按 Enter 到台账，Alt+← 回来" if self.behind.count(included=included) else "没有")

    def _heads(self, *, included: bool) -> list[Head]:
        assert self.behind is not None
        if not included:
            return [Head("记录", width=200), Head("为什么没计入", width=260)]
        valued = [node for node, _ in self.behind.parts if node.value is not None and node.name != "去重计数"]
        if not valued:
            return [Head("记录", width=200)]
        one = valued[0] if len(self.behind.parts) == 1 else None
        name = words(one.value) if one is not None and one.value is not None else "数"
        unit = (
            f"（{one.value.type.unit.name}）"
            if one is not None and one.value is not None and one.value.type.unit.name
            else ""
        )
        return [Head("记录", width=200), Head(f"{name}{unit}", width=150, right=True)]

    def _rows(self, *, included: bool) -> Iterator[Row]:
        assert self.behind is not None
        left = self.shown
        for node, rows in self.behind.parts:
            several = len(self.behind.parts) > 1
            entries = (rows.included if included else rows.left_out)[:left]
            left -= len(entries)
            if several and (rows.included if included else rows.left_out):
                yield Row((Cell(words(node), bold=True),))
            names = self._names(rows.ledger, [id for id, _ in entries])
            for id, told in entries:
                named = names.get(id, Title("", ""))
                note = named.key if named.key != named.name else ""
                second = (
                    Cell(_amount(told, node), True) if included else Cell(str(told), ink="secondary", tip=str(told))
                )
                yield Row(
                    (Cell(named.name, note=note, tip=f"{named.name} {note}"), second), Line(rows.ledger, id, str(told))
                )

    def _names(self, ledger: Ledger, ids: list[bytes]) -> Mapping[bytes, Title]:
        with self.session.file.reading() as connection:
            return titles(connection, ledger, ids)

    def _go(self, line: object) -> None:
        if isinstance(line, Line) and self._asked is not None:
            field = next((f.id for f in line.ledger.fields if f.label == self._main_field()), "")
            go_to(self.session, line.ledger, line.id, field, self._asked[1])

    def _main_field(self) -> str:
        """The field that the figure adds up, to be shown in the ledger."""
        value = self.behind.parts[0][0].value if self.behind and self.behind.parts else None
        return words(value) if value is not None else ""


def _largest_first(rows: Rows) -> Rows:
    if not all(isinstance(value, Fraction) for _, value in rows.included):
        return rows
    ordered = sorted(rows.included, key=lambda each: -each[1])  # type: ignore[operator]
    return Rows(rows.words, rows.ledger, tuple(ordered), rows.left_out)


def _amount(value: object, node: Aggregate) -> str:
    """A row's share of the figure; nothing where rows are merely counted."""
    if node.value is None or node.name == "去重计数" or not isinstance(value, Fraction):
        return ""
    return f"{decimal_of(value, places(node) or 0):,f}"
