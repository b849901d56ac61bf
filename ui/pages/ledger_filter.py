"""Which rows a ledger's page shows: by name, by conditions over the columns, by a formula; each as a chip that a click takes off."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from models.formula.errors import FormulaError
from models.store.filtering import Narrowed
from ui.pages.strips import Strip, wide
from ui.session import Session
from ui.table.filter_row import FilterRow, words
from ui.table.model import LedgerModel
from ui.table.view import Grid
from ui.widgets import Button, Elided, FindLine, Flow, TextLine, label, restyle

LONGEST = 22  # characters of a condition on a chip


class FilterBar(QWidget):
    """``changed``: other rows are to be shown; ``asked_formula``, ``asked_filling``: the clerk wants that strip."""

    changed = Signal()
    asked_formula = Signal()
    asked_filling = Signal()

    def __init__(self, session: Session, model: LedgerModel, grid: Grid) -> None:
        super().__init__()
        self.session, self.model = session, model
        self.row = FilterRow(grid)
        self.formulas: dict[str, str] = {}  # formula → what its chip says
        self.total = 0
        self.find = FindLine()
        self.find.setPlaceholderText("筛选本页：名称、代码")
        self.find.setClearButtonEnabled(True)
        wide(session.look, self.find, 190)
        self.menu = QMenu(self)
        self.add = QPushButton("+ 筛选")
        self.add.setProperty("chip", "plain")
        self.add.setMenu(self.menu)
        self.shown = label("", "secondary")
        self.chips: list[QPushButton] = []
        self.flow = Flow(self, across=6, down=4)
        for widget in (self.find, self.add, self.shown):
            self.flow.addWidget(widget)
        self.toggle = self._action("逐列筛选", "Ctrl+Shift+L", self._toggle)
        self.bulk = self._action("批量填写这一列…", "Ctrl+Shift+Return", self.asked_filling.emit)
        self.none = self._action("去掉全部筛选", "", self.clear)
        self.menu.aboutToShow.connect(self._fill_menu)
        self.find.textChanged.connect(lambda _: self._asked())
        self.row.changed.connect(self._asked)

    def _action(self, text: str, key: str, act: object) -> QAction:
        made = QAction(text, self)
        if key:
            made.setShortcut(QKeySequence(key))
        made.triggered.connect(act)
        return made

    @property
    def asking(self) -> bool:
        """Whether anything is asked."""
        return bool(self.find.text().strip() or self.row.texts or self.formulas)

    # --- asking

    def _toggle(self) -> None:
        self.row.put(self.model.columns)
        self.row.toggle()
        if self.row.shown:
            self.row.focus(max(0, self.row.grid.currentIndex().column()))
        else:
            self.row.left.emit()

    def put_formula(self, text: str, name: str = "") -> str:
        """Ask for a formula too; the sentence why it cannot be, "" where it can."""
        # brings the formulas: a page begins without one
        from models.store.holding import formula_on

        try:
            formula_on(self.model.view, text)
        except FormulaError as error:
            return str(error)
        self.formulas[text] = name or text
        self._asked()
        return ""

    def drop_formula(self, text: str) -> None:
        """Ask for a formula no more."""
        self.formulas.pop(text, None)
        self._asked()

    def clear(self) -> None:
        """Show all rows."""
        self.find.blockSignals(True)
        self.find.clear()
        self.find.blockSignals(False)
        self.row.clear()
        self.formulas.clear()
        self._asked()

    def apply(self) -> None:
        """Tell the model what is asked; a date without year may mean another one by now."""
        self.model.search = self.find.text().strip()
        self.model.narrowed = Narrowed(self.row.conditions(), tuple(self.formulas))

    def _asked(self) -> None:
        self.apply()
        self._show_chips()
        self.changed.emit()
        self.row.tell()

    # --- showing

    def say(self, shown: int, total: int) -> None:
        """How many rows of how many are shown."""
        self.total = total
        asked = self.asking or self.model.carried_only
        self.shown.setText(f"显示 {shown:,} / {total:,}" if asked else "")
        self.flow.invalidate()

    def _show_chips(self) -> None:
        for chip in self.chips:
            self.flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        told = [(words(each), partial(self.row.ask, each.column, "")) for each in self.model.narrowed.conditions]
        told += [(name, partial(self.drop_formula, text)) for text, name in self.formulas.items()]
        self.chips = [self._chip(text, off) for text, off in told]
        for widget in (self.add, self.shown):
            self.flow.removeWidget(widget)
        for widget in (*self.chips, self.add, self.shown):
            self.flow.addWidget(widget)

    def _chip(self, text: str, off: object) -> QPushButton:
        short = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
        chip = QPushButton(f"{short} ×", self)
        chip.setProperty("chip", "accent")
        chip.setCursor(Qt.CursorShape.PointingHandCursor)
        chip.setAccessibleName(f"去掉筛选：{text}")
        chip.setToolTip(f"{text}\n点一下去掉这个筛选")
        chip.clicked.connect(lambda _: off())  # type: ignore[operator]
        chip.show()
        return chip

    def _fill_menu(self) -> None:
        # as above
        from models.store.holding import states_of

        self.menu.clear()
        self.toggle.setCheckable(True)
        self.toggle.setChecked(self.row.shown)
        self.menu.addAction(self.toggle)
        self.menu.addAction("按条件筛选…", self.asked_formula.emit)
        states = states_of(self.model.view)
        if states:
            self.menu.addSeparator()
        for name, formula in states.items():
            entry = self.menu.addAction(name)
            entry.setCheckable(True)
            entry.setChecked(formula in self.formulas)
            entry.triggered.connect(
                lambda on, n=name, f=formula: self.put_formula(f, n) if on else self.drop_formula(f)
            )
        self.menu.addSeparator()
        self.menu.addAction(self.bulk)
        self.none.setEnabled(self.asking)
        self.menu.addAction(self.none)


class FormulaStrip(Strip):
    """One line for a condition in the clerk's own words; what is wrong with it stands beside."""

    def __init__(self, bar: FilterBar) -> None:
        super().__init__()
        self.bar = bar
        self.line = TextLine()
        self.line.setPlaceholderText("如：企业年度.是否规上 且 利润总额 < 0，营业收入 > 上年.营业收入 * 1.5")
        self.line.setAccessibleName("按条件筛选")
        wide(bar.session.look, self.line, 420)
        self.line.returnPressed.connect(self._take)
        self.line.textEdited.connect(lambda _: self._say(""))
        self.wrong = Elided("", "error")
        self.wrong.hide()
        self.place(label("只看", "secondary"), self.line, Button("筛选", self._take), self.wrong)

    def open(self) -> None:
        """Begin."""
        self._say("")
        self.line.setFocus()
        self.line.selectAll()

    def _take(self) -> None:
        text = self.line.text().strip()
        wrong = self.bar.put_formula(text) if text else ""
        self._say(wrong)
        if not wrong:
            self.line.clear()
            self.close_strip()

    def _say(self, wrong: str) -> None:
        self.wrong.setText(wrong)
        self.wrong.setVisible(bool(wrong))
        restyle(self.line, "wrong", bool(wrong))
