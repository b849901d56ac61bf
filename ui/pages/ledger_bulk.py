"""对筛选结果批量填写: one value into a column of every row listed, after telling how many cells that changes; one step."""

from __future__ import annotations

from ui.choices import Choices
from ui.pages.strips import Strip, wide
from ui.session import Session
from ui.table.columns import why_readonly
from ui.table.model import LedgerModel
from ui.table.reading import options
from ui.table.view import Grid
from ui.widgets import Button, Elided, TextLine, label


class BulkStrip(Strip):
    """Follows the cursor: it fills the column the cursor is in when it is opened."""

    def __init__(self, session: Session, model: LedgerModel, grid: Grid) -> None:
        super().__init__()
        self.session, self.model, self.grid = session, model, grid
        self.place_of, self.filled = -1, 0
        self.told = label("", "secondary")
        self.line = TextLine()
        wide(session.look, self.line, 180)
        self.choices = Choices(self.line, session.look, self._options)
        self.effect = Elided("", "note")
        self.button = Button("填写", self._fill, primary=True)
        self.line.textChanged.connect(lambda _: self._tell())
        self.line.returnPressed.connect(self._fill)
        self.choices.on_taken = lambda _: self._tell()
        model.modelReset.connect(self._follow)
        self.place(self.told, self.line, self.button, self.effect)

    def _options(self, text: str) -> list:  # type: ignore[type-arg]
        return options(self.session, self.model.columns[self.place_of].field, text) if self.place_of >= 0 else []

    def open(self) -> bool:
        """Begin with the current column; False, after saying why, where it cannot be typed into."""
        place = self.grid.currentIndex().column()
        if not 0 <= place < len(self.model.columns):
            return False
        if not self.model.open_rows([0], place):
            self.session.said.emit(self.session.file.notice or why_readonly(self.model.columns[place].column), "error")
            return False
        self.place_of = place
        self.line.clear()
        self._count()
        self.line.setFocus()
        return True

    def _follow(self) -> None:
        if self.isHidden():
            return
        if self.place_of < len(self.model.columns) and self.model.open_rows([0], self.place_of):
            self._count()
        else:
            self.close_strip()

    def _count(self) -> None:
        texts = self.model.texts(range(self.model.known), [self.place_of])
        self.filled = sum(bool(text) for (text,) in texts)
        self._tell()

    def _tell(self) -> None:
        field, rows = self.model.columns[self.place_of].field, self.model.known
        self.told.setText(f"把列出的 {rows:,} 行的“{field.label}”都填成")
        self.line.setAccessibleName(self.told.text())
        unit = f"，单位 {field.unit}" if field.unit else ""
        over = f"其中 {self.filled:,} 格现在有内容，会被换掉" if self.filled else "这些格现在都空着"
        empty = "" if self.line.text().strip() else "；什么也不写就是清空"
        self.effect.setText(f"{over}{empty}{unit}；一步撤销")
        self.button.setText(f"填写 {rows:,} 格")
        self.button.setEnabled(rows > 0)

    def _fill(self) -> None:
        rows, field = self.model.known, self.model.columns[self.place_of].field
        if not rows:
            return
        value = self.choices.taken or self.line.text()
        typed = {self.place_of: dict.fromkeys(range(rows), value)}
        if self.model.put_cells(typed, "批量填写", f"批量填写 {field.label} {rows:,} 格"):
            self.session.said.emit(f"“{field.label}”填写了 {rows:,} 格（Ctrl+Z 一步撤销）", "good")
            self.close_strip()
