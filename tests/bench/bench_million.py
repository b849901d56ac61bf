"""A page of 1,000,000 lines: filtered, sorted, scrolled, against a bare QTableView that sends the same SQL through sqlite3."""

from __future__ import annotations

import gc
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView
from sqlalchemy import event

from models.store.file import DataFile
from tests.bench.bare import BareModel, bare_view, connected
from tests.bench.zone import MONEY, NOW, make
from ui import fonts
from ui.app import make_app, make_window
from ui.theme import Look

LINES, RUNS, GOAL = 1_000_000, 3, 1.3
PAGES = 40  # jumps of a screen's height in one scroll


def measure() -> list[dict[str, object]]:
    """Seconds to filter, to sort by a figure and to scroll through 40 far places, painting included; medians of turns."""
    app = make_app()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "百万.db"
        make(path, LINES, fields=3)
        raw = connected(path)
        with DataFile(path) as file:
            window = make_window(file, Look(fonts.load(Path(folder))), period=NOW, page="ent_period")
            window.show()
            QTest.qWaitForWindowExposed(window)
            page = window.current
            gc.freeze()  # as the program does once its window is painted
            bench = _Bench(app, file, page, raw)
            results = [bench.filtered(), bench.sorted(), bench.scrolled()]
            window.close()
            gc.unfreeze()
        raw.close()
    return results


class _Bench:
    """Our page and the bare one over the same lines."""

    def __init__(self, app: QApplication, file: DataFile, page: object, raw: object) -> None:
        self.app, self.file = app, file
        self.grid, self.model = page.grid, page.model  # type: ignore[attr-defined]
        self.raw = raw
        lines, values = self._sent(lambda: self.model.fetch(self.model.ids[:1]), ids=False)
        lines = lines[: lines.rindex("(")]
        self.bare = BareModel(raw, lines, len(self.model.columns), given=values[:-1])  # type: ignore[arg-type]
        self.view = bare_view(self.bare)

    def filtered(self) -> dict[str, object]:
        """A text typed into the filter."""

        def ours(turn: int) -> None:
            self.model.search = f"第{turn}7"
            self.model.reload()

        return self._asked("筛选", ours)

    def sorted(self) -> dict[str, object]:
        """Sorted by a figure of the page's own ledger."""
        column = next(shown.column for shown in self.model.columns if shown.field is MONEY[0])

        def ours(turn: int) -> None:
            self.model.search, self.model.order = "", (column, turn % 2 == 0)
            self.model.reload()

        return self._asked("按一列排序", ours)

    def _asked(self, what: str, ours: Callable[[int], None]) -> dict[str, object]:
        """Ours, then the bare view with the very statement that ours sent; both paint what they found."""
        taken: tuple[list[float], list[float]] = ([], [])
        for turn in range(RUNS):
            begin = time.perf_counter()
            statement, values = self._sent(partial(ours, turn), ids=True)
            self._paint(self.grid)
            taken[0].append(time.perf_counter() - begin)
            begin = time.perf_counter()
            self.bare.show(statement, values)
            self._paint(self.view)
            taken[1].append(time.perf_counter() - begin)
            if self.bare.ids != self.model.ids:
                raise AssertionError("the two show different lines")
        return self._line(what, taken)

    def scrolled(self) -> dict[str, object]:
        """From place to place, each painted."""
        taken: tuple[list[float], list[float]] = ([], [])
        for turn in range(RUNS):
            for view, times in zip((self.grid, self.view), taken, strict=True):
                begin = time.perf_counter()
                for page in range(PAGES):
                    view.scrollTo(view.model().index((page * 24_001 + turn * 7_919) % LINES, 0))
                    self._paint(view)
                times.append(time.perf_counter() - begin)
        return self._line("滚动", taken)

    def _line(self, what: str, taken: tuple[list[float], list[float]]) -> dict[str, object]:
        mine, least = (statistics.median(times) for times in taken)
        name = f"{LINES:,} 行的页{what} / 空 QTableView 用同样的 SQL"
        return {"name": name, "measured": mine, "floor": least, "ratio": mine / least, "goal": GOAL}

    def _paint(self, view: QTableView) -> None:
        view.viewport().repaint()
        self.app.processEvents()

    def _sent(self, work: Callable[[], None], *, ids: bool) -> tuple[str, tuple[object, ...]]:
        """The statement that ``work`` sends, with its values: the one for the lines' ids, or for what is in some of them."""
        with self._listening() as sent:
            work()
        return next(each for each in reversed(sent) if _asks_ids(each[0]) == ids)

    @contextmanager
    def _listening(self) -> Iterator[list[tuple[str, tuple[object, ...]]]]:
        sent: list[tuple[str, tuple[object, ...]]] = []

        def keep(connection: object, cursor: object, statement: str, values: tuple[object, ...], *_: object) -> None:
            sent.append((statement, values))

        event.listen(self.file.engine, "before_cursor_execute", keep)
        try:
            yield sent
        finally:
            event.remove(self.file.engine, "before_cursor_execute", keep)


def _asks_ids(statement: str) -> bool:
    """Whether it has but one column, and that an id."""
    return statement.partition("FROM")[0].split() == ["SELECT", "enterprise.id"]


if __name__ == "__main__":
    print(measure())
