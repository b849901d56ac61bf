"""A block of 5,000 × 40 figures from the clipboard, history included, against 200,000 UPDATEs of one cell in one transaction."""

from __future__ import annotations

import gc
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from models.fields import Field
from models.kinds import Quantity
from models.store.file import DataFile
from tests.bench.bare import connected
from tests.bench.zone import NOW, ZONE, make
from ui import fonts
from ui.app import make_app, make_window
from ui.table.columns import ALL, Shown
from ui.theme import Look
from ui.window import Window
from ui.worker import Task

ROWS, COLUMNS, RUNS, GOAL = 5_000, 40, 3, 1


def measure() -> list[dict[str, object]]:
    """Seconds from Ctrl+V until the block is in the file and painted; the medians of turns."""
    app = make_app()
    with tempfile.TemporaryDirectory() as folder:
        path, plain = Path(folder) / "ours.db", Path(folder) / "plain.db"
        make(path, ROWS, fields=COLUMNS)
        shutil.copy(path, plain)
        raw = connected(plain)
        taken: tuple[list[float], list[float]] = ([], [])
        with DataFile(path) as file:
            window = make_window(file, Look(fonts.load(Path(folder))), period=NOW, page="ent_period")
            window.show()
            QTest.qWaitForWindowExposed(window)
            grid, model = window.current.grid, window.current.model  # type: ignore[attr-defined]
            model.rearrange(ALL)
            _calm(app, window)
            gc.freeze()  # as the program does once its window is painted
            first = next(n for n, shown in enumerate(model.columns) if _open(shown))
            block = model.columns[first:]
            while sum(map(_open, block[:-1])) >= COLUMNS:
                block.pop()
            open_ = [shown.field for shown in block if _open(shown)]
            for turn in range(RUNS):
                QGuiApplication.clipboard().setText(_block(block, turn))
                grid.go(0, first)
                grid.setFocus()
                _calm(app, window)
                begin = time.perf_counter()
                QTest.keyClick(grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
                app.processEvents()
                taken[0].append(time.perf_counter() - begin)
                _calm(app, window)  # what is counted anew after a change would slow the other side
                taken[1].append(_one_by_one(raw, open_, turn))
            _check(file, raw, open_)
            window.close()
            gc.unfreeze()
        raw.close()
    mine, least = (statistics.median(times) for times in taken)
    name = f"粘贴 {ROWS:,} 行 × {COLUMNS} 列含历史 / 一个事务里 {ROWS * COLUMNS:,} 条单格 UPDATE"
    return [{"name": name, "measured": mine, "floor": least, "ratio": mine / least, "goal": GOAL}]


def _calm(app: QApplication, window: Window) -> None:
    """Wait until no work is under way."""
    while window.findChildren(Task) or window.session.findChildren(Task):
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
    app.processEvents()


def _value(row: int, column: int, turn: int) -> int:
    return (row * 7919 + column * 104729 + turn * 1299709) % 10**7


def _open(shown: Shown) -> bool:
    return not shown.readonly and isinstance(shown.field.kind, Quantity)


def _scale(shown: Shown) -> int:
    found = shown.field.kind.parse("1")
    assert isinstance(found, int)
    return found


def _block(columns: Sequence[Shown], turn: int) -> str:
    """The block as a spreadsheet copies it: nothing stands where a figure cannot be typed into."""
    wanted = [place for place, shown in enumerate(columns) if _open(shown)]
    rows = []
    for row in range(ROWS):
        line = [""] * len(columns)
        for column, place in enumerate(wanted):
            line[place] = str(_value(row, column, turn)) + (".25" if _scale(columns[place]) > 1 else "")
        rows.append("\t".join(line))
    return "\r\n".join(rows)


def _one_by_one(raw: sqlite3.Connection, fields: Sequence[Field], turn: int) -> float:
    rows = [id for (id,) in raw.execute(f"SELECT id FROM ent_period WHERE zone_code = '{ZONE}' ORDER BY id")]
    statements = [f"UPDATE ent_period SET {field.id} = ? WHERE zone_code = ? AND id = ?" for field in fields]
    scales = [field.kind.parse("1") for field in fields]
    parts = [scale // 4 if scale > 1 else 0 for scale in scales]
    begin = time.perf_counter()
    raw.execute("BEGIN IMMEDIATE")
    for n, row in enumerate(rows):
        for column, statement in enumerate(statements):
            raw.execute(statement, (_value(n, column, turn) * scales[column] + parts[column], ZONE, row))
    raw.execute("COMMIT")
    return time.perf_counter() - begin


def _check(file: DataFile, raw: sqlite3.Connection, fields: Sequence[Field]) -> None:
    """Both files hold the same."""
    wanted = f"SELECT {', '.join(field.id for field in fields)} FROM ent_period ORDER BY id"
    with file.reading() as connection:
        ours = connection.exec_driver_sql(wanted).fetchall()
    theirs = raw.execute(wanted).fetchall()
    if [tuple(row) for row in ours] != theirs:
        raise AssertionError("the pasted block is not what was written one by one")


if __name__ == "__main__":
    print(measure())
