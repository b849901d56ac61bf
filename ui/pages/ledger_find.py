"""查找与替换 on a ledger's page: a strip over the table; the cells that hold the text are known with their number, F3 goes on."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu

from importers.progress import Progress, finish
from ui.pages.strips import Strip, wide
from ui.session import Session
from ui.table.blocks import block
from ui.table.finding import Hit, Looked, replaced
from ui.table.model import LedgerModel
from ui.table.view import Grid
from ui.widgets import Button, Elided, Pick, TextLine
from ui.worker import Task

PAUSE = 200  # milliseconds without a key until the search begins
FEW = 300  # lines looked through at once; more in the background
WHOLE, COLUMN, SELECTED = "整页", "这一列", "选中的格"


class FindStrip(Strip):
    """Looks through the rows listed and the columns shown; what was found is looked for anew when anything changes."""

    def __init__(self, session: Session, model: LedgerModel, grid: Grid) -> None:
        super().__init__()
        self.session, self.model, self.grid = session, model, grid
        self.hits: list[Hit] = []
        self._known = ""  # the text the hits are of, "" when they have to be looked for
        self._task: Task | None = None
        self._then = 0  # where to go when they are there: 1 on, -1 back, 0 nowhere
        self._area: tuple[list[bytes], list[int]] = ([], [])
        self.scope = WHOLE
        self._build()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(partial(self._look, 0))
        for changed in (model.modelReset, model.dataChanged, model.rowsInserted):
            changed.connect(self._stale)

    def _build(self) -> None:
        self.line, self.by = TextLine(), TextLine()
        for line, name in ((self.line, "查找"), (self.by, "替换成")):
            line.setAccessibleName(name)
            line.setPlaceholderText(name)
            wide(self.session.look, line, 170)
        self.line.textEdited.connect(self._typed)
        self.line.returnPressed.connect(partial(self.step, 1))
        self.by.returnPressed.connect(self.replace_one)
        menu = QMenu(self)
        for scope in (WHOLE, COLUMN, SELECTED):
            menu.addAction(scope, partial(self._choose, scope))
        self.where = Pick("在", menu, flat=True)
        self.where.put(WHOLE)
        self.back, self.on = Button("上一处", partial(self.step, -1)), Button("下一处", partial(self.step, 1))
        self.back.setToolTip("Shift+F3")
        self.on.setToolTip("F3")
        self.one, self.all = Button("替换", self.replace_one), Button("全部替换", self.replace_all)
        self.told = Elided("", "secondary")
        pieces = (self.line, self.by, self.where, self.back, self.on, self.one, self.all)
        self.place(*pieces, self.told)

    def open(self, *, replacing: bool) -> None:
        """Begin, with or without replacing; several selected cells are where to look then."""
        for piece in (self.by, self.one, self.all):
            piece.setVisible(replacing and not self.session.file.read_only)
        rows, columns = block(self.grid)
        self._area = ([self.model.ids[row] for row in rows if 0 <= row < self.model.known], columns)
        several = len(rows) * len(columns) > 1
        if several != (self.scope == SELECTED):
            self.scope = SELECTED if several else WHOLE
            self.where.put(self.scope)
        self._stale()
        self.line.setFocus()
        self.line.selectAll()

    def _choose(self, scope: str) -> None:
        self.scope = scope
        self.where.put(scope)
        self._stale()
        self._look(0)

    # --- looking

    def _typed(self, _: str) -> None:
        self._stale()
        self._pause.start()

    def _stale(self) -> None:
        self._known = ""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _where(self) -> Looked:
        model = self.model
        ids, places = list(model.ids), range(len(model.columns))
        if self.scope == COLUMN:
            places = range(self.grid.currentIndex().column(), self.grid.currentIndex().column() + 1)
        elif self.scope == SELECTED:
            inside = set(self._area[0])
            ids, places = [id for id in ids if id in inside], self._area[1]  # type: ignore[assignment]
        columns = [(place, model.columns[place]) for place in places if 0 <= place < len(model.columns)]
        return Looked(self.session.file, model.page(), ids, columns)

    def _look(self, then: int) -> None:
        """Find all cells, then go ``then``."""
        self._pause.stop()
        text, looked = self.line.text().strip(), self._where()
        self._then = then
        if not text:
            self._found("", [])
            return
        if len(looked.ids) <= FEW:
            self._found(text, finish(looked.hits(text)))
            return
        self.told.setText("正在查找…（Esc 停下）")
        task = Task(self.session, lambda: looked.hits(text))
        task.progressed.connect(lambda step: self._progress(task, step))
        task.done.connect(lambda hits: self._found(text, hits) if task is self._task else None)
        self._task = task.start()

    def _progress(self, task: Task, step: Progress) -> None:
        if task is self._task and step.done:
            self.told.setText(f"正在查找 {step.done:,} / {step.total:,} 行…（Esc 停下）")

    def _found(self, text: str, hits: list[Hit]) -> None:
        self._task, self.hits, self._known = None, hits, text
        if self._then and hits:
            self._go(self._then)
        self._tell()

    def _at(self) -> tuple[int, int]:
        at = self.grid.currentIndex()
        return at.row(), at.column()

    def _places(self) -> list[tuple[int, int]]:
        rows = {id: row for row, id in enumerate(self.model.ids)}
        return [(rows[hit.id], hit.column) for hit in self.hits if hit.id in rows]

    def _go(self, by: int) -> None:
        places, at = self._places(), self._at()
        if not places:
            return
        after = [place for place in places if place > at] if by > 0 else [p for p in reversed(places) if p < at]
        row, column = after[0] if after else places[0 if by > 0 else -1]
        self.grid.go(row, column)

    def _tell(self) -> None:
        places, at = self._places(), self._at()
        if not self._known:
            self.told.setText("")
        elif not places:
            self.told.setText(f"{self.scope}里没有“{self._known}”")
        elif at in places:
            self.told.setText(f"第 {places.index(at) + 1:,} / {len(places):,} 处")
        else:
            self.told.setText(f"共 {len(places):,} 处")

    def step(self, by: int) -> None:
        """Go to the next cell that holds the text (F3), or back (Shift+F3); round at the end."""
        if self._known and self._known == self.line.text().strip():
            self._go(by)
            self._tell()
        else:
            self._look(by)

    # --- replacing

    def replace_one(self) -> None:
        """Replace in the current cell where it holds the text, and go on to the next."""
        if not self._ready():
            return
        if self._at() in self._places():
            changed, shut = self._replace([self._at()], "替换")
            if not changed:
                self._say_shut(shut)
        self.step(1)

    def replace_all(self) -> None:
        """Replace everywhere as one step, and tell how often."""
        if not self._ready():
            return
        changed, shut = self._replace(self._places(), f"替换“{self._known}”")
        if changed:
            left = f"；{shut:,} 处不能在这里改，没有动" if shut else ""
            self.session.said.emit(f"替换了 {changed:,} 格{left}（Ctrl+Z 一步撤销）", "good")
        else:
            self._say_shut(shut)
        self._look(0)

    def _ready(self) -> bool:
        """Whether the cells are known; they are looked for where they are not."""
        if not self._known or self._known != self.line.text().strip():
            self._look(0)
        return bool(self._known)

    def _say_shut(self, shut: int) -> None:
        self.session.said.emit("找到的格都不能在这里改" if shut else f"没有“{self.line.text().strip()}”可替换", "error")

    def _replace(self, places: list[tuple[int, int]], title: str) -> tuple[int, int]:
        """Replace in these cells: how many changed, how many cannot be."""
        text, by, shut = self.line.text().strip(), self.by.text(), 0
        typed: dict[int, dict[int, object]] = {}
        for column in dict.fromkeys(column for _, column in places):
            rows = [row for row, each in places if each == column]
            if not self.model.open_rows(rows[:1], column):
                shut += len(rows)
                continue
            for row, (old,) in zip(rows, self.model.texts(rows, [column]), strict=True):
                new = replaced(old, text, by)
                if new == old:
                    shut += 1
                else:
                    typed.setdefault(column, {})[row] = new
        changed = sum(map(len, typed.values()))
        if changed and not self.model.put_cells(typed, "替换", f"{title} {changed:,} 格"):
            return 0, shut
        return changed, shut

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._task is not None:
            self._stale()
            self.told.setText("停下了")
            return
        super().keyPressEvent(event)
