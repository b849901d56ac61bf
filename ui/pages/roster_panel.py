"""One list: what the text says, the rates with the rows behind, who is on it by stage and why, who is not and why not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from functools import partial

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from exporters.roster_sheet import Sheet, write_sheets
from models.kinds import decimal_of
from models.packs.rosters import Roster
from models.rosters import Found, LeftOut, Listed, Rate, Rosters
from models.store.view import shown_on
from ui.asked import Asked
from ui.asking import go_to
from ui.outcome import Outcome
from ui.page import PageWidget
from ui.pages.roster_paper import RosterPrint
from ui.pages.rows_behind import RowsBehind
from ui.saving import BOOK, ask_where
from ui.session import Session
from ui.table.cells import PAD, Cell, Head
from ui.table.lines import Lines, Row, boxed
from ui.upkeep import Job, Upkeep
from ui.widgets import Button, Flow, PageHeader, Tabs, label, link
from ui.worker import Task
from ui.writing import replacing

NAME, WHY_WIDE, LONG = 210, 220, 150  # widths of the drawings: the record, why it is on the list, a long text
MEASURED = 200  # rows looked at for the columns' widths
KEPT = 1  # columns beside the name that stay where there is little room
WHY = "为什么在名单里"
STAY = "停留天数"


class RosterPanel(QWidget):
    """A list is read in the background. Enter or a double click on a row leads to its record."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.found: Found | None = None
        self._asked: Asked | None = None
        self._of: Roster | None = None
        self.upkeep = Upkeep(self, session, "名单", self._prepare)
        self._tab, self._rates = 0, list[QPushButton]()
        self.title, self.scope, self.words = (
            label("", "heading"),
            label("", "note", wrap=True),
            label("", "note", wrap=True),
        )
        self.rates = QWidget()
        self._flow = Flow(self.rates, across=16)
        self.tabs = Tabs()
        self.list = Lines(session.look)
        self.told = label("", "secondary", wrap=True)
        self.behind, self.outcome = RowsBehind(session), Outcome()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        self.back = link("收起", self._close_rate)
        self.box = boxed(self.list)
        for widget in (self.title, self.words, self.scope, self.outcome, self.rates, self.back, self.tabs):
            rows.addWidget(widget)
        rows.addWidget(self.box, 1)
        rows.addWidget(self.behind, 1)
        rows.addWidget(self.told)
        self.setFocusProxy(self.list)
        self.behind.hide()
        self.back.hide()
        self.tabs.chosen.connect(self._turn)
        self.list.wanted.connect(self._go)
        self.list.chosen.connect(self._tell)

    def print_with(self, page: PageWidget, header: PageHeader) -> Button:
        """Let the page print what is on show; the button for it."""
        self.printing = RosterPrint(page, header, self)
        return self.printing.button

    def show_roster(self, of: Roster, asked: Asked) -> None:
        """Show a list, once it is read."""
        if self._of is None or self._of.id != of.id:
            self._tab = 0
            self.outcome.clear()
            self._clear(of)
        self._of, self._asked = of, asked
        self._close_rate()
        self.upkeep.again()

    def _prepare(self) -> Job | None:
        of, asked, file = self._of, self._asked, self.session.file
        if of is None or asked is None:
            return None

        def work() -> Found:
            with file.reading() as connection:
                return Rosters(connection, asked.pack, asked.zones, asked.period, date.today()).found(of)

        return work, self._show

    def _clear(self, of: Roster) -> None:
        """Another list is on its way: what was shown is not taken for it."""
        self.found = None
        self.title.setText(of.name)
        self.words.setText("")
        self.scope.setText("正在算…")
        self._put_rates(())
        self.tabs.put([])
        self.list.drop, self.list.wrapped, self.list.stretch = (), (), 0
        self.list.put([Head("记录", width=NAME)], [])

    def _show(self, found: Found) -> None:
        of, self.found = found.roster, found
        self.title.setText(of.name)
        self.words.setText("　".join(filter(None, (of.clause, f"“{of.words}”" if of.words else ""))))
        self.scope.setText("\n".join(filter(None, (f"口径：{of.scope}" if of.scope else "", _limits(found)))))
        self._put_rates(found.rates)
        self.tabs.put(self._names(), min(self._tab, len(self._names()) - 1))
        self._fill()

    # --- rates

    def _put_rates(self, rates: Sequence[Rate]) -> None:
        for button in self._rates:
            self._flow.removeWidget(button)
            button.deleteLater()
        self._rates = []
        for each in rates:
            button = link(f"{each.title} {each.told}", partial(self._open_rate, each))
            button.setToolTip(f"{each.figure.words}；点开看每一行")
            self._flow.addWidget(button)
            self._rates.append(button)
        self.rates.setVisible(bool(rates))

    def _open_rate(self, rate: Rate) -> None:
        """Show the rows behind a rate in place of the list."""
        if self._asked is None:
            return
        self._over(shown=True)
        self.back.setText(f"‹ 回到名单（{rate.title} {rate.told}）")
        self.behind.find(rate.figure, self._asked, self._asked.period)

    def _close_rate(self) -> None:
        self._over(shown=False)

    def _over(self, *, shown: bool) -> None:
        for widget in (self.behind, self.back):
            widget.setVisible(shown)
        for widget in (self.tabs, self.box, self.told):
            widget.setVisible(not shown)

    # --- rows

    def parts(self) -> list[tuple[str, tuple[Listed, ...] | tuple[LeftOut, ...]]]:
        """The tabs with their rows: all, those that stand too long, each group, those left out."""
        if self.found is None:
            return []
        rows = self.found.rows
        parts: list[tuple[str, tuple[Listed, ...] | tuple[LeftOut, ...]]] = [("全部", rows)]
        if late := tuple(each for each in rows if each.late):
            parts.append(("超期", late))
        if len(self.found.groups) > 1:
            parts += [(name, tuple(each for each in rows if each.group == code)) for code, name, _ in self.found.groups]
        return [*parts, ("没列入", self.found.left_out)]

    def _names(self) -> list[str]:
        return [f"{name} {len(rows):,}" for name, rows in self.parts()]

    def _turn(self, tab: int) -> None:
        self._tab = tab
        self._fill()

    def heads(self) -> list[Head]:
        """The headings of the tab on show."""
        assert self.found is not None
        name = Head(shown_on(self.found.ledger).label, width=NAME)
        if self._out():
            return [name, Head("为什么没列入", width=320)]
        rows = self.found.rows[:MEASURED]
        columns = []
        for place, (title, unit, right) in enumerate(self.found.heads):
            head = f"{title}（{unit}）" if unit else title
            long = max((_width(row.cells[place]) for row in rows), default=0)
            columns.append(Head(head, width=max(_width(head), min(long, LONG)) + 2 * PAD, right=right))
        stay = (
            [Head(STAY, width=_width(STAY) + 3 * PAD, right=True, tip=self._limit())] if self.found.roster.since else []
        )
        return [name, *columns, *stay, Head(WHY, width=WHY_WIDE)]

    def _out(self) -> bool:
        return self._tab >= len(self.parts()) - 1

    def _limit(self) -> str:
        most = self.found.longest if self.found else None
        return "" if most is None else f"超过 {most} 天标红"

    def _fill(self) -> None:
        if self.found is None:
            return
        parts = self.parts()
        self._tab = min(self._tab, len(parts) - 1)
        heads = self.heads()
        stay = bool(self.found.roster.since)
        last = len(heads) - 1
        for column in range(self.list.lines.columnCount()):
            self.list.setColumnHidden(column, False)  # what another list had no room for
        self.list.drop = () if self._out() else tuple(range(last - 1 - stay, KEPT, -1))
        self.list.wrapped, self.list.stretch = (last,), last
        self.list.put(heads, [self._row(each) for each in parts[self._tab][1]], lambda of: getattr(of, "id", None))
        if self.list.current() is None:
            self.list.select(0)
        self._tell(self.list.current())

    def _row(self, each: Listed | LeftOut) -> Row:
        assert self.found is not None
        note = each.title.key if each.title.key != each.title.name else ""
        name = Cell(each.title.name, note=note, tip=f"{each.title.name} {note}")
        if isinstance(each, LeftOut):
            return Row((name, Cell(each.why, ink="secondary", tip=each.why)), each)
        cells = [Cell(text, right, tip=text) for text, (_, _, right) in zip(each.cells, self.found.heads, strict=True)]
        if self.found.roster.since:
            days = "" if each.days is None else f"{each.days:,}"
            tip = f"从 {each.since} 算起" if each.since else "没有起算的日期"
            cells.append(Cell(days, True, "error" if each.late else "text", bold=each.late, tip=tip))
        return Row((name, *cells, Cell(each.why, ink="secondary", tip=each.why)), each)

    def _tell(self, of: object) -> None:
        """All of the current row, also what there was no room for."""
        if self.found is None or not isinstance(of, Listed | LeftOut):
            self.told.setText("" if self.found is None else "没有")
            return
        if isinstance(of, LeftOut):
            self.told.setText(f"没列入：{of.why}　　Enter 到台账")
            return
        named = zip(self.found.heads, of.cells, strict=True)
        told = [f"{title} {text}{f' {unit}' if unit else ''}" for (title, unit, _), text in named if text]
        self.told.setText(f"{WHY}：{of.why}\n{'　'.join(told)}　　Enter 到台账")

    def _go(self, of: object) -> None:
        if isinstance(of, Listed | LeftOut) and self.found is not None and self._asked is not None:
            go_to(self.session, self.found.ledger, of.id, "", self._asked.period)

    # --- taking it along

    def export(self, problem: str = "") -> None:
        """Write the list and those left out as a workbook."""
        found, asked = self.found, self._asked
        if found is None or asked is None or not self.isVisible():
            self.session.said.emit("先在左边选一张名单", "")
            return
        name = f"{found.roster.name.replace('：', '_')}_{asked.zone.short_name or asked.zone.code}_{asked.period}.xlsx"
        path = ask_where(self, name, BOOK, problem)
        if path is None:
            return

        def work() -> int:
            with replacing(path) as fresh:
                return write_sheets(fresh, sheets(found))

        task = Task(self, work)
        task.done.connect(
            lambda _: self.outcome.put(
                path.name, f"已导出 {len(found.rows):,} 行，没列入的在第二张表。", "good", file=path
            )
        )
        task.failed.connect(lambda error: self.export(str(error)))
        task.start()


def _limits(found: Found) -> str:
    """The numbers that the list goes by, and where they are changed."""
    told = "；".join(each.told for each in found.limits)
    return f"按 {told}　在审核的“规则与阈值”里改" if told else ""


def _width(text: str) -> int:
    """About how wide a text is drawn: a character of the language as wide as it is high."""
    return sum(13 if ord(each) > 0x2000 else 7 for each in text)


def sheets(found: Found) -> list[Sheet]:
    """The sheets of a list's workbook."""
    stay = [STAY] if found.roster.since else []
    heads = [
        shown_on(found.ledger).label,
        "编号",
        *(f"{title}（{unit}）" if unit else title for title, unit, _ in found.heads),
        *stay,
        WHY,
    ]
    rows = [
        [
            each.title.name,
            each.title.key,
            *map(_cell, each.values, each.cells),
            *([each.days] if stay else []),
            each.why,
        ]
        for each in found.rows
    ]
    left = [[each.title.name, each.title.key, each.why] for each in found.left_out]
    return [
        (found.roster.name.replace("：", "_"), heads, rows),
        ("没列入", [shown_on(found.ledger).label, "编号", "为什么没列入"], left),
        *([("所用的阈值", ["阈值"], [[each.told] for each in found.limits])] if found.limits else []),
    ]


def _cell(value: object, text: str) -> object:
    """A number exactly as shown, else the text."""
    places = len(text.partition(".")[2])
    return decimal_of(value, places) if isinstance(value, Fraction) else text
