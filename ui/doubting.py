"""The doubts of the return on show, looked for in the background once the audit has been carried on."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from models.audit import Finding
from models.doubts.doubt import Doubt, put_right
from models.doubts.kinds import HOME
from models.doubts.looking import Doubts, doubting
from models.store.batches import Batch
from models.store.changed import latest
from models.store.findings import write_note
from ui.asked import Asked
from ui.asking import asked_of
from ui.auditing import keep
from ui.session import Session
from ui.worker import Task


class Doubter(QObject):
    """One for each session. ``changed``: there are other doubts."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.setObjectName("doubter")
        self.session = session
        self.doubts: Doubts | None = None
        self._asked: Asked | None = None  # what was looked at last, after which batch
        self._seen = -1
        self._kept: dict[Asked, tuple[Doubts, int]] = {}  # of returns, parks and periods that may be turned to again
        self._task: Task | None = None
        session.scope_changed.connect(self._turn)

    @classmethod
    def of(cls, session: Session) -> Doubter:
        """The session's doubter."""
        found = session.findChild(cls)
        return found if found is not None else cls(session)

    def look(self) -> None:
        """Look again, where something was written or another return is on show."""
        if self._task is not None:
            return  # and it looks again when it is done
        session, asked = self.session, asked_of(self.session)
        with session.file.reading() as connection:
            now = latest(connection)
        if (asked, now) == (self._asked, self._seen):
            return
        self._task = task = Task(self, lambda: doubting(session.file, asked.pack, asked.zones, asked.period))
        task.done.connect(lambda made: self._looked(asked, now, made))
        task.failed.connect(self._failed)
        task.start()

    def _looked(self, asked: Asked, seen: int, made: Doubts) -> None:
        self._task, self._asked, self._seen = None, asked, seen
        keep(self._kept, asked, (made, seen))
        if asked_of(self.session) == asked:
            self.doubts = made
            self.changed.emit()
        self.look()

    def _failed(self, error: Exception) -> None:
        self._task = None
        self.session.said.emit(f"疑点没有查完：{error}", "error")

    def _turn(self) -> None:
        """Another zone, period or return is on show: what was found there last, until it is looked at again."""
        now = asked_of(self.session)
        if now == self._asked and self.doubts is not None:
            return
        self.doubts = None
        if now in self._kept:
            self.doubts, self._seen = self._kept[now]
            self._asked = now
        self.changed.emit()

    def of_finding(self, finding: Finding | None) -> Doubt | None:
        """The slip of the unit that a finding comes from: it marks the same cell."""
        if finding is None or self.doubts is None:
            return None
        place = finding.ledger.id, finding.row
        return next(
            (
                each
                for each in self.doubts.found
                if each.fix and (each.ledger.id, each.row) == place and set(each.fields) & set(finding.fields)
            ),
            None,
        )

    def put_right(self, doubt: Doubt) -> bool:
        """Write the correction, one named step; False after saying why it could not be done."""
        assert doubt.fix is not None
        done = self.session.write("更正", doubt.fix.title, lambda work: put_right(work, doubt), zone=doubt.zone)
        if done:
            self.session.said.emit(f"已{doubt.fix.title}（Ctrl+Z 撤销）", "good")
        return done

    def explain(self, doubt: Doubt, text: str) -> None:
        """Keep why a doubt is none, for the values that the row has now."""
        assert self.doubts is not None
        period, kind = self.doubts.period, doubt.kind.id

        def write(work: Batch) -> None:
            write_note(work, (HOME,), period, kind, doubt.ledger.id, doubt.row, doubt.seen, text)

        self.session.write("说明", f"已核实 {kind} · {doubt.title.name}", write, zone=doubt.zone)
