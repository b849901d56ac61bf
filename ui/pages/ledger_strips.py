"""The strips of a ledger's page and the keys that open them: find, replace, a condition, filling what is listed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from ui.pages.ledger_bulk import BulkStrip
from ui.pages.ledger_filter import FilterBar, FormulaStrip
from ui.pages.ledger_find import FindStrip
from ui.pages.ledger_forms import FormStrip
from ui.pages.ledger_unite import UniteStrip
from ui.pages.strips import Strip
from ui.session import Session
from ui.table.model import LedgerModel
from ui.table.view import Grid

UNITE = "合并成一条…"  # two selected rows that are one record


class LedgerStrips:
    """One of them is shown at a time."""

    def __init__(self, session: Session, model: LedgerModel, grid: Grid, bar: FilterBar) -> None:
        self.finder, self.bulk = FindStrip(session, model, grid), BulkStrip(session, model, grid)
        self.condition, self.unite = FormulaStrip(bar), UniteStrip(session, model, grid)
        self.form = FormStrip(session, model)
        self.all: tuple[Strip, ...] = (self.finder, self.bulk, self.condition, self.unite, self.form)
        bar.asked_formula.connect(self._ask_formula)
        bar.asked_filling.connect(self._ask_filling)

    def actions(self, page: QWidget) -> list[QAction]:
        """The keys of finding, for the page."""
        keys: dict[str, tuple[str, Callable[[], object]]] = {
            "Ctrl+F": ("查找", partial(self.find, replacing=False)),
            "Ctrl+H": ("替换", partial(self.find, replacing=True)),
            "Ctrl+Shift+J": (UNITE, self.put_together),
            "F3": ("下一处", partial(self._find_on, 1)),
            "Shift+F3": ("上一处", partial(self._find_on, -1)),
        }
        return [action(page, text, key, act) for key, (text, act) in keys.items()]

    def _show(self, wanted: Strip) -> None:
        for each in self.all:
            each.setVisible(each is wanted)

    def find(self, *, replacing: bool) -> None:
        """Look for a text, to put another in its place or not."""
        self._show(self.finder)
        self.finder.open(replacing=replacing)

    def put_together(self, *pair: bytes) -> None:
        """Two rows that are one record become one: a ``pair`` of the page's records, else the two that are selected."""
        if self.unite.begin(self.unite.model.view.base, *pair) if len(pair) == 2 else self.unite.open():
            self._show(self.unite)
            (self.unite.list if self.unite.list.isVisibleTo(self.unite) else self.unite.button).setFocus()

    def send_form(self) -> None:
        """A form to be filled in elsewhere."""
        self._show(self.form)
        self.form.open()

    def _find_on(self, by: int) -> None:
        if self.finder.line.text().strip():
            self.finder.step(by)
        else:
            self.find(replacing=False)

    def _ask_formula(self) -> None:
        self._show(self.condition)
        self.condition.open()

    def _ask_filling(self) -> None:
        if self.bulk.open():
            self._show(self.bulk)
            self.bulk.line.setFocus()


def action(page: QWidget, text: str, keys: str, act: Callable[[], object]) -> QAction:
    """Something a page does at a key."""
    made = QAction(text, page)
    made.setShortcut(QKeySequence(keys))
    made.triggered.connect(lambda _: act())
    return made
