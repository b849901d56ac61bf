"""What the window and its pages share: the open data file, the zone and period on show, and the one way to change anything."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from models.periods import Period
from models.store import Connection
from models.store.batches import Batch, Refused, Watch, batch
from models.store.faults import EnvironmentFault
from models.store.file import DataFile
from models.store.history import Done, next_redo, next_undo, reverse, size
from models.store.past import REDO, UNDO
from ui.busy import Stopped
from ui.names import Names
from ui.patience import MANY, Patience
from ui.settings import Settings
from ui.theme import Look


@dataclass(frozen=True)
class Mark:
    """A finding on one cell: its level (强制 or 核实) and what it says."""

    level: str
    text: str

    @property
    def token(self) -> str:
        """The colour it is shown in."""
        return "error" if self.level == "强制" else "warning"


@dataclass(frozen=True)
class Leaving:
    """The window is to close and open over ``path``, on ``page``; meanwhile ``work`` is done (it may be long), saying what it did."""

    path: Path
    work: Callable[[], str] | None = None
    page: str = ""


T = TypeVar("T")
MarkKey = tuple[str, bytes, str]  # ledger id, row id, field id


class Session(QObject):
    """Passed to every page; there is no other shared state.

    ``turning``: something else is about to be shown or undone, what is being typed is written first. ``scope_changed``: another
    zone or period is on show. ``data_changed(origin)``: rows changed, ``origin`` being the object that asked for it (it has shown
    the change already). ``saved``: a batch is on the disk. ``said(text, tone)``: a sentence for the status bar, tone "", "good" or
    "error". ``wanted(page, where)``: somebody asks to be shown a page; ``selected(text)``: count, sum and average of the selection;
    ``marks_changed``: the audit has new findings; ``backed_up``: there is another backup; ``help_wanted``: the manual is asked for;
    ``sought(by)``, ``explaining``: the next place to put right, or back, or to explain it, is asked for from whatever page (F8, F7);
    ``leaving(Leaving)``: another file is to be opened, or this one once something was done with it; ``working(Progress)``: how far a
    large change is, None when it is over.
    """

    turning = Signal()
    scope_changed = Signal()
    data_changed = Signal(object)
    saved = Signal(datetime)
    said = Signal(str, str)
    wanted = Signal(str, dict)
    selected = Signal(str)
    marks_changed = Signal()
    backed_up = Signal()
    help_wanted = Signal()
    sought = Signal(int)
    explaining = Signal()
    leaving = Signal(object)
    working = Signal(object)

    def __init__(self, file: DataFile, zone: str, period: Period, look: Look, settings: Settings | None = None) -> None:
        super().__init__()
        self.file, self.zone, self.period, self.look = file, zone, period, look
        self.settings = settings or Settings()
        self.pack = ""  # the id of the pack the audit, the indicators and the returns speak of
        self.names = Names(file)
        self.patience = Patience(self, self.working.emit)
        self.marks: Mapping[MarkKey, Mark] = {}
        self.left_at: tuple[str, Period] | None = (
            None  # zone and period: what was on show where somebody asked to be shown a row
        )
        self.outstanding = (0, 0)  # findings still open: 强制, 核实

    def show_scope(self, *, zone: str | None = None, period: Period | None = None, pack: str | None = None) -> None:
        """Turn to another zone, period or return."""
        scope = (zone or self.zone, period or self.period, pack or self.pack)
        if scope != (self.zone, self.period, self.pack):
            self.turning.emit()
            self.zone, self.period, self.pack = scope
            self.scope_changed.emit()

    def go(self, page: str, **where: object) -> None:
        """Ask the window for a page: ``go("ent_period", row=id, field="rev")``."""
        self.wanted.emit(page, where)

    def write(
        self,
        kind: str,
        title: str,
        change: Callable[[Batch], object],
        origin: object = None,
        *,
        rows: int = 1,
        zone: str = "",
    ) -> bool:
        """Carry out ``change`` of about so many ``rows`` as one batch (of ``zone``, else of the one on show); False after saying why it
        could not be done (then nothing is changed). Where they are many it is done in a thread, in which ``change`` runs too.
        """

        def work(watch: Watch | None = None) -> None:
            with batch(self.file, zone or self.zone, kind, title, watch=watch) as made:
                change(made)

        if not self._carry_out(kind, rows, work):
            return False
        self.note_written(origin)
        return True

    def _carry_out(self, doing: str, rows: int, work: Callable[[Watch | None], T]) -> list[T]:
        """What ``work`` gives; [] after saying why it could not be done."""
        try:
            if self.patience.task is not None:
                raise Refused("前一步还没有做完，请等它做完再改")
            return [self.patience.run(f"正在{doing}", rows, work) if rows > MANY else work(None)]
        except Stopped:
            self.said.emit(f"{doing}取消了，什么都没有改", "")
        except (Refused, EnvironmentFault) as error:
            self.said.emit(str(error), "error")
        return []

    def note_written(self, origin: object = None) -> None:
        """Tell everybody that something was written (also used after an import)."""
        self.saved.emit(datetime.now())
        self.names.forget()
        self.data_changed.emit(origin)

    def undo(self) -> None:
        """Take back the latest step, whoever did it and whenever (Ctrl+Z)."""
        self._turn(next_undo, UNDO, "没有可以撤销的了")

    def redo(self) -> None:
        """Do again what was last taken back (Ctrl+Y)."""
        self._turn(next_redo, REDO, "没有可以重做的了")

    def _turn(self, latest: Callable[[Connection], Done | None], word: str, nothing: str) -> None:
        self.turning.emit()
        try:
            with self.file.reading() as connection:
                found = latest(connection)
                rows = size(connection, found) if found else 0
        except EnvironmentFault as error:
            self.said.emit(str(error), "error")
            return
        if found is None:
            self.said.emit(nothing, "")
            return
        no = found.no
        done = self._carry_out(word, rows, lambda watch: reverse(self.file, no, watch))
        if not done:
            return
        (outcome,) = done
        self.note_written()
        kept = f"；有 {len(outcome.kept)} 行没动：{outcome.kept[0][2]}" if outcome.kept else ""
        self.said.emit(f"已{word}：{outcome.title}{kept}", "error" if kept else "good")

    def put_marks(self, marks: Mapping[MarkKey, Mark], outstanding: tuple[int, int]) -> None:
        """Show these findings on the cells and their number beside (called by the audit)."""
        self.marks, self.outstanding = marks, outstanding
        self.marks_changed.emit()
