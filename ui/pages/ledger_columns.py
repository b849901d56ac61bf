"""What the clerk does with a ledger table's columns: sort, freeze, hide, widths; remembered for each ledger."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from ui.session import Session
from ui.table.columns import Shown, groups, name_of
from ui.table.filter_row import FilterRow
from ui.table.model import LedgerModel
from ui.table.view import Grid
from ui.table.writing import AGAIN
from ui.widgets import Pick

MOST = 6  # columns offered to stay in place


class Columns(QObject):
    """``resorted``: the rows are to be read in another order."""

    resorted = Signal()

    def __init__(self, session: Session, model: LedgerModel, grid: Grid, row: FilterRow) -> None:
        super().__init__(grid)
        self.session, self.model, self.grid, self.row = session, model, grid, row
        self._taken: object = None
        self.group = Pick("列", QMenu(grid), flat=True)
        self.stays = Pick("冻结", QMenu(grid), flat=True)
        for name in groups(model.view):
            self.group.menu().addAction(name, partial(self.show_group, name))
        self.group.menu().addSeparator()
        self.unhide = self.group.menu().addAction("显示隐藏的列", self.show_hidden)
        self.group.menu().aboutToShow.connect(lambda: self.unhide.setEnabled(bool(self.model.hidden)))
        self.stays.menu().aboutToShow.connect(self._fill_stays)
        grid.widened.connect(self._widened)
        session.look.changed.connect(self.take)
        grid.heading.asked.connect(self.ask)
        grid.heading.sectionHandleDoubleClicked.connect(self.fit)
        kept, there = self._get("columns", ""), groups(model.view)
        model.hidden = frozenset(map(str, self._get("hidden", [])))
        if (kept in there and kept != model.group) or model.hidden:
            model.rearrange(kept if kept in there else None)

    def _get(self, name: str, default):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
        return self.session.settings.get(f"table/{self.model.ledger.id}/{name}", default)

    def _put(self, name: str, value: int | str | list | dict) -> None:  # type: ignore[type-arg]
        self.session.settings.put(f"table/{self.model.ledger.id}/{name}", value)

    def take(self) -> None:
        """The model shows other columns: their widths, how many stay, the order they are in."""
        look, names = self.session.look, tuple(map(name_of, self.model.columns))
        taken = (names, look.scale, self.model.known > 0)
        if taken != self._taken:  # other rows alone move no column
            self._taken = taken
            self.grid.take_columns(self._frozen(), self._widths())
            self.row.put(self.model.columns)
            self.group.put(self.model.group)
            self._tell_stays()
        order, descending = self.model.order
        place = next((n for n, c in enumerate(self.model.columns) if c.column == order and not c.growth), None)
        self.grid.heading.sorted = None if place is None else (place, descending)

    # --- which columns

    def show_group(self, name: str) -> None:
        """Show other columns, and the same ones next time."""
        self.model.rearrange(name)
        self._put("columns", name)

    def hide(self, place: int) -> None:
        """Hide a column until it is asked for again."""
        self._put_hidden(self.model.hidden | {name_of(self.model.columns[place])})

    def show_hidden(self) -> None:
        """Show every column of the group again."""
        if self.model.hidden:
            self._put_hidden(frozenset())

    def places(self, field: str) -> list[int]:
        """Where a field is; one that is not shown is shown, with all others if need be."""
        for show in (lambda: None, self.show_hidden, partial(self.model.rearrange, "全部")):
            show()
            columns = enumerate(self.model.columns)
            found = [n for n, shown in columns if shown.field.id == field and not shown.column.prior]
            if found:
                break
        return found

    def _put_hidden(self, hidden: frozenset[str]) -> None:
        self.model.hidden = hidden
        self._put("hidden", sorted(hidden))
        self.model.rearrange()

    # --- widths

    def _widths(self) -> dict[int, int]:
        kept = self._get("widths", {})
        names = [name_of(shown) for shown in self.model.columns]
        found = {place: kept[name] for place, name in enumerate(names) if isinstance(kept.get(name), int)}
        return {place: self.session.look.px(width) for place, width in found.items()}

    def _widened(self, place: int, width: int) -> None:
        kept = dict(self._get("widths", {}))
        kept[name_of(self.model.columns[place])] = round(width / self.session.look.scale)
        self._put("widths", kept)

    def fit(self, place: int) -> None:
        """As wide as what is in the column (a sample of it), and so again when more is."""
        kept = dict(self._get("widths", {}))
        kept.pop(name_of(self.model.columns[place]), None)
        self._put("widths", kept)
        self.grid.fit(place)

    # --- freezing

    def _frozen(self) -> int:
        return min(self._get("frozen", self.model.frozen), len(self.model.columns))

    def freeze(self, amount: int) -> None:
        """Keep the first columns in place."""
        self._put("frozen", amount)
        self.grid.freeze(amount)
        self._tell_stays()

    def _tell_stays(self) -> None:
        stays = self._frozen()
        self.stays.put(f"{stays} 列" if stays else "不冻结")

    def _fill_stays(self) -> None:
        menu, now = self.stays.menu(), self._frozen()
        menu.clear()
        for amount in range(min(MOST, len(self.model.columns) - 1) + 1):
            last = self.model.columns[amount - 1].head().label if amount else ""
            entry = menu.addAction(
                f"冻结 {amount} 列（到“{last}”）" if amount else "不冻结", partial(self.freeze, amount)
            )
            entry.setCheckable(True)
            entry.setChecked(amount == now)

    # --- a column's menu

    def ask(self, place: int) -> None:
        """The menu of a column, under its heading."""
        if 0 <= place < len(self.model.columns):
            menu = self.menu(place, self.grid)
            left = self.grid.columnViewportPosition(place)
            heading = self.grid.heading
            menu.popup(heading.mapToGlobal(QPoint(left, heading.words())))

    def menu(self, place: int, parent: QWidget) -> QMenu:
        """What can be done with a column."""
        shown, menu = self.model.columns[place], QMenu(parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, descending in (("升序", False), ("降序", True)):
            if not shown.growth:
                menu.addAction(text, partial(self.sort, place, descending))
        if self.model.order[0] is not None:
            menu.addAction("恢复原来的顺序", partial(self.sort, None, False))
        menu.addSeparator()
        if not shown.growth:
            menu.addAction("筛选这一列", partial(self.row.focus, place))
        menu.addAction("冻结到这一列", partial(self.freeze, place + 1))
        menu.addAction("自动列宽", partial(self.fit, place))
        menu.addAction("隐藏这一列", partial(self.hide, place)).setEnabled(len(self.model.columns) > 1)
        menu.addSeparator()
        if shown.field.id in self.model.comparable:
            self._check(menu, "上年与同比", shown.field.id in self.model.beside, self._toggle_beside, shown.field.id)
        if self.model.grows and self._can_repeat(shown):
            again = shown.field.id in self._get(AGAIN, [])
            self._check(menu, "新增的行照抄上一行", again, self._toggle_again, shown.field.id)
        return menu

    @staticmethod
    def _check(menu: QMenu, text: str, now: bool, toggle: Callable[[str], object], field: str) -> None:
        entry = menu.addAction(text, lambda: toggle(field))
        entry.setCheckable(True)
        entry.setChecked(now)

    def _can_repeat(self, shown: Shown) -> bool:
        base = self.model.view.base
        return shown.column.ledger is base and not (shown.readonly or shown.growth) and shown.field.id not in base.key

    def _toggle_again(self, field: str) -> None:
        now = self._get(AGAIN, [])
        self._put(AGAIN, [name for name in now if name != field] if field in now else [*now, field])

    def sort(self, place: int | None, descending: bool) -> None:
        """Show the rows in the order of a column, or of when they were made."""
        self.model.order = (None if place is None else self.model.columns[place].column, descending)
        self.resorted.emit()

    def _toggle_beside(self, field: str) -> None:
        now = self.model.beside
        self.model.rearrange(beside=tuple(f for f in now if f != field) if field in now else (*now, field))
