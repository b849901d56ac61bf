"""Values of the columns that are worked out: not while a key is pressed but as soon as there is time, kept until something changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QObject, QTimer, Signal

from models.kinds import Stored
from models.ledger import Ledger
from models.store.faults import EnvironmentFault
from models.store.view import Column, Key, Line, View
from ui.session import Session

PAUSE = 60  # milliseconds without another wish: a held arrow key goes by without working anything out


class Derived(QObject):
    """The derived fields of a page's lines. ``ready(ids)``: those of these lines, asked for by :meth:`seen`, are there now."""

    ready = Signal(object)

    def __init__(self, session: Session, view: View) -> None:
        super().__init__()
        self.session = session
        shown = dict.fromkeys(c.ledger for c in view.everything if c.field.formula)
        self._ledgers: tuple[tuple[Ledger, bool], ...] = tuple((each, each is view.base) for each in shown)
        self._known: dict[bytes, Mapping[Key, Stored]] = {}
        self._wanted: dict[bytes, Line] = {}
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._work)

    def seen(self, line: Line) -> Line:
        """The line with what is known of its derived fields; what is not is worked out soon."""
        if self._ledgers and line.id not in self._known and line.id not in self._wanted:
            self._wanted[line.id] = line
            self._pause.start()
        return self.known(line)

    def has(self, id: bytes) -> bool:
        """Whether a line's derived fields are known."""
        return id in self._known

    def known(self, line: Line) -> Line:
        """The line with what is known of its derived fields."""
        values = self._known.get(line.id)
        return replace(line, values={**line.values, **values}) if values else line

    def now(self, lines: Sequence[Line]) -> list[Line]:
        """The lines with their derived fields, worked out at once where they are not known."""
        self._learn([line for line in lines if line.id not in self._known])
        return [self.known(line) for line in lines]

    def order(self, lines: Sequence[Line], column: Column, *, descending: bool) -> list[bytes]:
        """The ids of lines in the order of a derived column, empties last."""
        values = {line.id: line.values.get(column.key) for line in self.now(lines)}
        filled = [id for id, value in values.items() if value is not None]
        filled.sort(key=lambda id: values[id], reverse=descending)  # type: ignore[arg-type,return-value]
        return [*filled, *(id for id, value in values.items() if value is None)]

    def forget(self) -> None:
        """Something was changed, here or in a ledger that the formulas read."""
        self._known.clear()
        self._wanted.clear()

    def _work(self) -> None:
        wanted = list(self._wanted.values())
        self._wanted.clear()
        try:
            self._learn(wanted)
        except EnvironmentFault as error:
            self.session.said.emit(str(error), "error")
            return
        self.ready.emit({line.id for line in wanted})

    def _learn(self, lines: Sequence[Line]) -> None:
        if not lines:
            return
        # brings the formulas: many a page is shown without one of its derived columns
        from models.formula.derived import derived_fields, derived_values

        found: dict[bytes, dict[Key, Stored]] = {line.id: {} for line in lines}
        session = self.session
        with session.file.reading() as connection:
            for ledger, base in self._ledgers:
                fields = derived_fields(ledger)
                rows = {line.id if base else line.rows.get((ledger.id, False)): line.id for line in lines}
                given = derived_values(
                    connection, ledger, session.zone, session.period, date.today(), ids=[row for row in rows if row]
                )
                for row, values in given.items():
                    line = rows[row]
                    assert line is not None
                    found[line] |= {(ledger.id, field.id, False): values[field.id] for field in fields}
        self._known |= found
