"""What the keys do in a table, as in Excel; only keys no letter is typed with, so that an input method never meets them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence

from ui.table import clipboard
from ui.table.blocks import block, cells_of, open_cells, put, say_refused, spread
from ui.table.filling import copy_above, fill_down, fill_right

if TYPE_CHECKING:
    from ui.table.view import Grid

Key = Qt.Key
ENTERS, TABS = (Key.Key_Return, Key.Key_Enter), (Key.Key_Tab, Key.Key_Backtab)
LEAVING = (*ENTERS, *TABS)
_MOVES = {Key.Key_Up: (-1, 0), Key.Key_Down: (1, 0), Key.Key_Left: (0, -1), Key.Key_Right: (0, 1)}


def key(grid: Grid, event: QKeyEvent) -> bool:
    """Act on a key; False for one that is not ours (letters, F2, Esc …)."""
    pressed = Key(event.key())
    ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    if event.modifiers() & Qt.KeyboardModifier.AltModifier and pressed in _MOVES:
        return False
    return _move(grid, pressed, ctrl=ctrl, shift=shift) or _work(grid, event, pressed, ctrl=ctrl)


def _move(grid: Grid, pressed: Key, *, ctrl: bool, shift: bool) -> bool:
    at, model = grid.currentIndex(), grid.model()
    row, column = at.row(), at.column()
    page = max(1, grid.viewport().height() // max(1, grid.rowHeight(max(0, row))) - 1)
    if pressed in _MOVES:
        down, right = _MOVES[pressed]
        target = _edge(grid, at, down, right) if ctrl else (row + down, column + right)
        grid.go(*target, extend=shift)
    elif pressed in LEAVING and not ctrl:
        grid.leave(tab=pressed in TABS, back=shift or pressed == Key.Key_Backtab)
    elif pressed in (Key.Key_Home, Key.Key_End):
        side = 0 if pressed == Key.Key_Home else model.columnCount() - 1
        edge = (0 if pressed == Key.Key_Home else model.rowCount() - 1) if ctrl else row
        grid.go(edge, side, extend=shift)
    elif pressed in (Key.Key_PageUp, Key.Key_PageDown):
        grid.go(row + (page if pressed == Key.Key_PageDown else -page), column, extend=shift)
    else:
        return False
    return True


def _edge(grid: Grid, at: QModelIndex, down: int, right: int) -> tuple[int, int]:
    """Where Ctrl+arrow goes: the last filled cell of the run, or the next filled one, or the border."""
    model = grid.model()
    row, column = at.row(), at.column()
    rows, columns = model.rowCount(), model.columnCount()

    def filled(r: int, c: int) -> bool:
        return bool(model.index(r, c).data())

    in_run = 0 <= row + down < rows and 0 <= column + right < columns and filled(row + down, column + right)
    in_run = in_run and filled(row, column)
    while 0 <= row + down < rows and 0 <= column + right < columns:
        if in_run and not filled(row + down, column + right):
            break
        row, column = row + down, column + right
        if not in_run and filled(row, column):
            break
    return row, column


def _work(grid: Grid, event: QKeyEvent, pressed: Key, *, ctrl: bool) -> bool:
    for standard, act in _STANDARD.items():
        if event.matches(standard):
            act(grid)
            return True
    shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    if ctrl and pressed in _WITH_CTRL:
        _WITH_CTRL[pressed](grid)
    elif not ctrl and not shift and pressed in _ALONE:
        _ALONE[pressed](grid)
    elif shift and pressed == Key.Key_Space:
        grid.selectRow(grid.currentIndex().row())
    else:
        return False
    return True


def copy(grid: Grid) -> None:
    """The selection as tab-separated text, as Excel writes it."""
    rows, columns = block(grid)
    QGuiApplication.clipboard().setText(clipboard.to_text(cells_of(grid).texts(rows, columns)))


def clear(grid: Grid, kind: str = "清除") -> None:
    """Empty the selected cells; rows stay."""
    rows, columns = block(grid)
    typed = spread(grid, [row for row in rows if row < cells_of(grid).known], columns, "")
    if not put(grid, typed, kind):
        say_refused(grid, typed)


def _start_empty(grid: Grid) -> None:
    at = grid.currentIndex()
    if at.isValid() and at.flags() & Qt.ItemFlag.ItemIsEditable:
        grid.edit(at)
        grid.cells.editor.setText("")  # type: ignore[union-attr]


def paste(grid: Grid) -> None:
    """Put the clipboard's block down at the selection's corner; a single value fills the whole selection."""
    table = clipboard.from_clipboard(QGuiApplication.clipboard().mimeData())
    if not table:
        return
    rows, columns = block(grid)
    if len(table) == 1 and len(table[0]) == 1:
        typed = spread(grid, rows, columns, table[0][0])
        if not put(grid, typed, "粘贴"):
            say_refused(grid, typed)
        return
    _paste_block(grid, rows[0], columns[0], table)


def _paste_block(grid: Grid, top: int, left: int, table: list[list[str]]) -> None:
    model = cells_of(grid)
    known, tall, wide = model.known, len(table), max(map(len, table))
    fits = tall if model.grows else max(0, min(tall, known - top))
    there = range(left, min(left + wide, grid.model().columnCount()))
    open_ = open_cells(grid, range(top, top + fits), there)
    across = [*zip_longest(*table)]  # None where a line is shorter than others
    typed = {column: _column(across[column - left], top, rows) for column, rows in open_.items()}
    if open_ and model.put_cells(typed, "粘贴", f"粘贴 {fits:,} 行 × {wide} 列"):
        _tell_pasted(grid, (fits, wide), made=model.known - known, left=tall - fits, shut=wide - len(open_))
    else:
        say_refused(grid, typed)


def _column(cells: Sequence[str | None], top: int, rows: list[int]) -> dict[int, str]:
    """The texts of a column of the block for ``rows``, the block's first being ``top``."""
    texts = cells if len(rows) == len(cells) else [cells[row - top] for row in rows]
    found = dict(zip(rows, texts, strict=True))
    return {row: text for row, text in found.items() if text is not None} if None in texts else found  # type: ignore[return-value]


def _tell_pasted(grid: Grid, size: tuple[int, int], *, made: int, left: int, shut: int) -> None:
    """Say what was pasted, and what of the clipboard was not."""
    said = f"粘贴了 {size[0]} 行 × {size[1] - shut} 列"
    said += f"，其中新增 {made} 行" if made else ""
    said += f"；剪贴板里还有 {left} 行超出名录，没有粘贴" if left else ""
    said += f"；有 {shut} 列不能在这里改或已到最后一列，没有粘贴" if shut else ""
    grid.session.said.emit(said + "（Ctrl+Z 一步撤销）", "error" if left or shut else "good")


def cut(grid: Grid) -> None:
    """Copy, then empty."""
    copy(grid)
    clear(grid, "剪切")


_STANDARD: dict[QKeySequence.StandardKey, Callable[[Grid], None]] = {
    QKeySequence.StandardKey.Copy: copy,
    QKeySequence.StandardKey.Cut: cut,
    QKeySequence.StandardKey.Paste: paste,
}
_WITH_CTRL: dict[Key, Callable[[Grid], None]] = {
    Key.Key_D: fill_down,
    Key.Key_R: fill_right,
    Key.Key_Apostrophe: copy_above,
    Key.Key_Space: lambda grid: grid.selectColumn(grid.currentIndex().column()),
}
_ALONE: dict[Key, Callable[[Grid], None]] = {
    Key.Key_Delete: clear,
    Key.Key_Backspace: _start_empty,
    Key.Key_Insert: lambda grid: grid.wanted_row.emit(),
}
