"""A figure typed, Enter, and the next cell ready and painted, against a bare QTableView whose model sends one UPDATE to sqlite3.

Ours writes rows, history and marks through the one door, tells everybody and shows the form beside the table; both get the same
key events and both are durable (WAL, synchronous=FULL) when the next cell is there.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView, QWidget

from models.store.file import DataFile
from tests.bench.bare import BareModel, bare_view, connected
from tests.bench.zone import MONEY, NOW, ZONE, make
from ui import fonts
from ui.app import make_app, make_window
from ui.theme import Look

ENTERPRISES, CELLS, GOAL = 5_000, 200, 2
FIELDS = MONEY[:12]
IDS = f"SELECT id FROM ent_period WHERE zone_code = '{ZONE}' AND year = {NOW.year} ORDER BY id"
LINES = f"SELECT id, {', '.join(field.id for field in FIELDS)} FROM ent_period WHERE zone_code = '{ZONE}' AND id IN"
UPDATE = f"UPDATE ent_period SET {FIELDS[0].id} = ? WHERE zone_code = '{ZONE}' AND id = ?"


def measure() -> list[dict[str, object]]:
    """Seconds for one cell, the median of cells typed in turn."""
    app = make_app()
    with tempfile.TemporaryDirectory() as folder:
        path, plain = Path(folder) / "ours.db", Path(folder) / "plain.db"
        make(path, ENTERPRISES)
        shutil.copy(path, plain)
        look = Look(fonts.load(Path(folder)))
        raw = connected(plain)
        with DataFile(path) as file:
            window = make_window(file, look, period=NOW, page="ent_period")
            window.show()
            page = window.current
            column = next(n for n, s in enumerate(page.model.columns) if s.field is FIELDS[0])  # type: ignore[attr-defined]
            model = BareModel(raw, LINES, len(FIELDS), UPDATE)
            model.show(IDS)
            view = bare_view(model)
            QTest.qWaitForWindowExposed(window)
            mine, least = _in_turn(app, (window, page.grid, column), (view, view, 0))  # type: ignore[attr-defined]
            _check(page.model.index(CELLS - 1, column).data(), raw)  # type: ignore[attr-defined]
            window.close()
        view.close()
        raw.close()
    name = "键入一格、回车到下一格可写(含历史、表单、重画) / 空 QTableView + 一条 UPDATE"
    return [{"name": name, "measured": mine, "floor": least, "ratio": mine / least, "goal": GOAL}]


def _in_turn(app: QApplication, *tables: tuple[QWidget, QTableView, int]) -> list[float]:
    """Seconds per cell for each table: one works down its column while the other rests, window by window."""
    taken: list[list[float]] = [[] for _ in tables]
    for start in range(0, CELLS, 50):
        for (window, grid, column), times in zip(tables, taken, strict=True):
            window.activateWindow()
            grid.setFocus()
            grid.setCurrentIndex(grid.model().index(start, column))
            _settle(app)
            for row in range(start, start + 50):
                times.append(_seconds(lambda grid=grid, row=row: _type(app, grid, row)))  # type: ignore[misc]
    return [statistics.median(times) for times in taken]


def _type(app: QApplication, grid: QTableView, row: int) -> None:
    """What a hand does in one cell."""
    for letter in f"{1000 + row}.5":
        QTest.keyClick(QApplication.focusWidget() or grid, letter)
    QTest.keyClick(QApplication.focusWidget() or grid, Qt.Key.Key_Return)
    app.processEvents()
    if grid.currentIndex().row() == row:
        QTest.keyClick(grid, Qt.Key.Key_Down)  # a bare table stays where it is
        app.processEvents()
    assert grid.currentIndex().row() == row + 1


def _check(shown: object, raw: object) -> None:
    assert str(shown).replace(",", "") == f"{1000 + CELLS - 1}.50", shown
    last = raw.execute(f"{IDS} LIMIT 1 OFFSET {CELLS - 1}").fetchone()[0]  # type: ignore[attr-defined]
    kept = raw.execute(f"SELECT {FIELDS[0].id} FROM ent_period WHERE id = ?", [last]).fetchone()[0]  # type: ignore[attr-defined]
    assert kept == int((1000 + CELLS - 1 + 0.5) * 10000), kept


def _settle(app: QApplication) -> None:
    """A pause of the clerk's: what waits for one is done."""
    until = time.perf_counter() + 0.4
    while time.perf_counter() < until:
        app.processEvents()


def _seconds(work: Callable[[], None]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


if __name__ == "__main__":
    print(measure())
