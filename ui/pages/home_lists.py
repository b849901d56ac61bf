"""The lists on the 首页: returns with deadline and state, what to do first, how complete the ledgers are. A click or Enter goes there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from models.agenda import Due
from models.audit import Report
from models.codes import code_list
from models.store.gaps import Filled
from models.store.versions import SENT_BACK
from ui.pages.home_work import Todo
from ui.table.cells import Cell, Head
from ui.table.lines import Lines, Row
from ui.theme import Look
from ui.widgets import Card, label, link

RETURNS = [Head("报表", width=210), Head("期限", width=116), Head("", width=104), Head("状态", width=190)]
TODOS = [Head("", width=70), Head("", width=300), Head("", width=84, right=True)]
LEDGERS = [
    Head("台账", width=110),
    Head("条", width=70, right=True),
    Head("", width=190),
    Head("填齐", width=66, right=True),
]
SHORT = 11  # ledgers shown before all are asked for


class Listing(Card):
    """A titled card with a list that is as high as its rows; ``taken(of)`` when a row is clicked or Enter pressed on it."""

    taken = Signal(object)

    def __init__(
        self, look: Look, title: str, *, stretch: int, drop: Sequence[int] = (), wrapped: Sequence[int] = ()
    ) -> None:
        super().__init__(title)
        self.look = look
        self.list = Lines(look, stretch=stretch, drop=drop, wrapped=wrapped)
        self.list.setAccessibleName(title)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.list.horizontalHeader().setVisible(not wrapped)
        self.list.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.note = label("正在算…", "secondary", wrap=True)
        self.rows.addWidget(self.list)
        self.rows.addWidget(self.note)
        self.rows.addStretch(1)
        self.list.clicked.connect(self._clicked)
        self.list.wanted.connect(self.taken)
        look.changed.connect(self._fit)
        self.list.hide()

    def put(self, heads: list[Head], rows: Sequence[Row], nothing: str) -> None:
        """Show other rows; ``nothing`` is said when there are none."""
        at = self.list.currentIndex().row()
        self.list.put(heads, rows)
        self.list.setVisible(bool(rows))
        self.note.setText("" if rows else nothing)
        self.note.setVisible(not rows)
        if self.list.hasFocus():
            self.list.select(min(at, len(rows) - 1))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._fit)  # once the list has given its rows their lines

    def _fit(self) -> None:
        header = self.list.horizontalHeader()
        self.list.setFixedHeight(
            self.list.verticalHeader().length() + (0 if header.isHidden() else header.height()) + 2
        )

    def _clicked(self, index: QModelIndex) -> None:
        self.taken.emit(self.list.lines.rows[index.row()].of)


class LedgersPart(Listing):
    """How complete the ledgers are; of a long list first those with gaps, in working order."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "台账填齐程度", stretch=0, drop=(2,))
        self.found: Sequence[Filled] = ()
        self.whole = False
        self.rest = link("", self._turn)
        self.rows.insertWidget(self.rows.count() - 1, self.rest)
        self.rest.hide()

    def tell(self, found: Sequence[Filled]) -> None:
        """Show other counts."""
        self.found = found
        shown = found
        if len(found) > SHORT and not self.whole:
            full = [each for each in found if each.filled == each.cells]
            spare = full[: max(0, SHORT - (len(found) - len(full)))]
            shown = [each for each in found if each.filled < each.cells or each in spare]
        self.put(LEDGERS, ledger_rows(shown), "还没有台账数据")
        self.rest.setVisible(len(found) > len(shown) or self.whole)
        self.rest.setText("只看前面的" if self.whole else f"全部 {len(found)} 本台账 ›")

    def _turn(self) -> None:
        self.whole = not self.whole
        self.tell(self.found)


def return_rows(found: Sequence[Due], today: date, live: tuple[str, Report | None]) -> list[Row]:
    """The returns with their deadlines; ``live`` is the pack on show with its audit, which knows better than what was kept."""
    rows = []
    for due in found:
        state, tone = state_of(due, live[1] if due.pack.id == live[0] else None)
        days, ink = _days(due, today)
        name = f"{due.pack.id} · {due.pack.title}" + (f" · {due.period.label}" if due.period.form != "Y" else "")
        cells = (Cell(name, tip=name), Cell(_day(due, today)), Cell(days, ink=ink), Cell(state, chip=tone, tip=state))
        rows.append(Row(cells, due))
    return rows


def state_of(due: Due, report: Report | None) -> tuple[str, str]:
    """How far a return is, in words, and their tone."""
    if due.last is not None and due.last.state != SENT_BACK:
        known = code_list("上报状态").get(due.last.state)
        word = (known.name if known else due.last.state).removeprefix("已")
        return f"已{word} v{due.last.no}", "good"
    back = f"v{due.last.no} 被退回 · " if due.last else ""
    must, explain = (report.open_must, report.open_explain) if report else (due.must, due.explain)
    carried = sum(each.rows for each in report.unconfirmed) if report else 0
    counts = (
        [f"强制 {must}"] * bool(must) + [f"核实 {explain}"] * bool(explain) + [f"待确认 {carried:,}"] * bool(carried)
    )
    if counts:
        return f"{back}草稿 · {' · '.join(counts)}", "error" if must or carried or back else "warning"
    if report is not None and report.passed:
        return f"{back}草稿 · 可以签发", "good"
    return f"{back}{'草稿' if due.begun else '未编制'}", "error" if back else "plain"


def _day(due: Due, today: date) -> str:
    if due.day is None:
        return "没有写明"
    year = "次年" if due.day.year == due.period.year + 1 == today.year + 1 else ""
    year = year or ("" if due.day.year == today.year else f"{due.day.year}年")
    return f"{year}{due.day.month}月{due.day.day}日"


def _days(due: Due, today: date) -> tuple[str, str]:
    """How many days are left, and in which ink; when it was issued, once it is."""
    if due.last is not None and due.last.state != SENT_BACK:
        at = date.fromisoformat(due.last.issued_at[:10]) if due.last.issued_at else None
        said = f"{at.month}月{at.day}日签发" if at and at.year == today.year else f"{at}签发" if at else ""
        return said, "secondary"
    days = due.days(today)
    if days is None:
        return "", "secondary"
    if days < 0:
        return f"逾期 {-days} 天", "error"
    return ("今天到期", "error") if days == 0 else (f"还有 {days} 天", "warning" if days <= 7 else "secondary")


def todo_rows(found: Sequence[Todo]) -> list[Row]:
    """One line each: the word, what is the matter, where to go."""
    return [
        Row(
            (Cell(each.word, chip=each.tone), Cell(each.text, tip=each.text), Cell(f"{each.way} ›", True, "accent")),
            each,
        )
        for each in found
    ]


def ledger_rows(found: Sequence[Filled]) -> list[Row]:
    """One line each: name, lines, bar, per cent."""
    return [
        Row(
            (
                Cell(each.ledger.label),
                Cell(f"{each.lines:,}", True, "secondary"),
                Cell(share=each.share),
                Cell(each.percent, True),
            ),
            each,
        )
        for each in found
    ]
