"""The audit of the return on show, kept up to date in the background: all rules when asked for, changed rows after every batch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from models.audit import EXPLAIN, MUST, Finding, Report, auditing
from models.audit_again import audited_again
from models.ledgers.reporting import AUDIT_CHOICE
from models.progress import Progress, Steps
from models.store.changed import count_since, latest, rows_since
from models.store.findings import counted, write_note
from ui.asked import Asked
from ui.asking import asked_of
from ui.session import Mark, MarkKey, Session
from ui.worker import Task

FEW = 300  # rows that are looked at again after a batch; when more changed the whole audit is run
QUICK = 2.0  # seconds; an audit that takes no longer is run again whenever the clerk pauses
PAUSE = 600  # milliseconds
KEPT = 4  # audits of other returns, parks and periods, to go on from when they are turned to again
Marks = Mapping[MarkKey, Mark]
T = TypeVar("T")


@dataclass(frozen=True)
class _Made:
    """An audit as it was on show last: ``seen`` is the latest batch judged."""

    report: Report
    marks: Marks
    seen: int
    seconds: float
    stale: bool = False


class Auditor(QObject):
    """One for each session. ``changed``: there is another report; ``began``: rules are being asked; ``progressed``:
    how far a whole audit is."""

    changed = Signal()
    began = Signal()
    progressed = Signal(Progress)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.setObjectName("auditor")
        self.session = session
        self.report: Report | None = None
        self.asked: Asked | None = None
        self.seconds = 0.0
        self.stale = True  # something changed that only a whole audit can judge
        self._task: Task | None = None
        self._seen = 0  # the latest batch judged
        self._again = False
        self._kept: dict[Asked, _Made] = {}  # the latest last
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._catch_up)
        session.data_changed.connect(lambda _: self._follow())
        session.scope_changed.connect(self._turn)

    @classmethod
    def of(cls, session: Session) -> Auditor:
        """The session's auditor."""
        found = session.findChild(cls)
        return found if found is not None else cls(session)

    @property
    def busy(self) -> bool:
        """Whether rules are being asked now."""
        return self._task is not None

    def kept(self) -> tuple[int, int]:
        """How many 强制 and 核实 findings the last audit left in the file, to be shown until there is a report."""
        asked = asked_of(self.session)
        levels = {rule.id: rule.level for rule in asked.pack.rules}
        with self.session.file.reading() as connection:
            found = sum(
                (counted(connection, zone, asked.pack.id, asked.period) for zone in asked.zones), start=Counter[str]()
            )
        counts = {level: sum(n for rule, n in found.items() if levels.get(rule) == level) for level in (MUST, EXPLAIN)}
        return counts[MUST], counts[EXPLAIN]

    def run(self) -> None:
        """Ask all rules of all rows."""
        if self._task is not None:
            self._again = True
            return
        session, asked = self.session, asked_of(self.session)

        def work() -> Steps[tuple[Report, Marks, int, float]]:
            begun = perf_counter()
            with session.file.reading() as connection:
                seen = latest(connection)
            report = yield from auditing(session.file, asked.pack, asked.zones, asked.period)
            return report, _marks(report.findings), seen, perf_counter() - begun

        self._start(work, lambda made: self._audited(asked, *made))

    def _start(self, work: object, then: object) -> None:
        self._task = task = Task(self, work)  # type: ignore[arg-type]
        task.progressed.connect(self.progressed)
        task.done.connect(then)
        task.failed.connect(self._failed)
        task.start()
        self.began.emit()

    def _failed(self, error: Exception) -> None:
        self._task = None
        self.session.said.emit(f"审核没有做完：{error}", "error")
        self.changed.emit()

    def _audited(self, asked: Asked, report: Report, marks: Marks, seen: int, seconds: float) -> None:
        self._task = None
        if asked_of(self.session) != asked:  # another zone or period was chosen meanwhile
            keep(self._kept, asked, _Made(report, marks, seen, seconds))
            self._again = self._again or self.report is None
            self._go_on()
            return
        self._take(asked, _Made(report, marks, seen, seconds))

    def _take(self, asked: Asked, made: _Made) -> None:
        self.asked, self._seen, self.seconds, self.stale = asked, made.seen, made.seconds, made.stale
        self._show(made.report, made.marks)

    def _show(self, report: Report, marks: Marks) -> None:
        self.report = report
        self.session.put_marks(marks, (report.open_must, report.open_explain))
        self.changed.emit()
        self._go_on()

    def _go_on(self) -> None:
        """What was asked for or written while rules were asked."""
        if self._again and self._task is None:
            self._again = False
            self.run()
        else:
            self._follow()

    def _turn(self) -> None:
        """Another zone, period or return is on show: its audit of a while ago is carried on; where there is none it is audited as soon
        as the clerk pauses, if that was quick the last time.
        """
        now = asked_of(self.session)
        if self.report is not None and now == self.asked:
            return
        marks: Marks = {}
        counts = 0, 0
        if self.report is not None and self.asked is not None:
            keep(self._kept, self.asked, _Made(self.report, self.session.marks, self._seen, self.seconds, self.stale))
            if _inside(now, self.asked):  # a part of what was judged
                marks = self.session.marks
                counts = _counted(self.report, now)
        if (made := self._kept.pop(now, None)) is not None:
            self._take(now, made)
            return
        self.report, self.stale = None, True
        self.session.put_marks(marks, counts)
        self.changed.emit()
        if self.asked is not None:
            self._pause.start()

    def explain(self, finding: Finding, text: str) -> None:
        """Keep the explanation of a finding on show."""
        asked = self.asked
        assert asked is not None
        rule, ledger, row, seen = finding.rule.id, finding.ledger.id, finding.row, finding.message
        packs = asked.pack.kept_with(rule)
        self.session.write(
            "说明",
            f"说明 {rule} · {finding.title.name}",
            lambda work: write_note(work, packs, asked.period, rule, ledger, row, seen, text),
            zone=finding.zone,
        )

    # --- following what is written

    def _follow(self) -> None:
        """Look again at the rows that changed, and ask the rules that read them from other rows."""
        report, asked = self.report, self.asked
        if report is None or asked is None or self._task is not None:
            return
        with self.session.file.reading() as connection:
            seen, many = latest(connection), count_since(connection, self._seen) > FEW
            changed = {} if many else rows_since(connection, self._seen)
        if many or any(AUDIT_CHOICE.id in rows for rows in changed.values()):
            self.run()
            return
        if not changed:
            return
        self.stale = True  # how many rows could not be judged only a whole audit tells
        self._pause.start()
        file, before = self.session.file, self._seen

        def work() -> tuple[Report, Marks]:
            made = audited_again(file, report, asked.zones, before)
            return made, _marks(made.findings)

        self._start(work, lambda made: self._looked_again(asked, *made, seen))

    def _catch_up(self) -> None:
        """The clerk pauses: ask everything again, where that is quick."""
        if self.report is None and self.busy:
            return  # it is being audited, or will be when that is done
        if self.stale and self.seconds <= QUICK:
            self.run()

    def _looked_again(self, asked: Asked, report: Report, marks: Marks, seen: int) -> None:
        self._task = None
        if asked == self.asked and self.report is not None:
            self._seen = seen
            self._show(report, marks)
        else:  # another zone or period was chosen meanwhile
            self._go_on()


def keep(kept: dict[Asked, T], asked: Asked, made: T) -> None:
    """Keep what was made of a return; of those kept the ones not looked at for longest go."""
    kept.pop(asked, None)
    kept[asked] = made
    while len(kept) > KEPT:
        del kept[next(iter(kept))]


def _inside(now: Asked, before: Asked) -> bool:
    """Whether what is asked now is one park of what was asked before."""
    same = (now.period, now.pack) == (before.period, before.pack)
    return same and set(now.zones) <= set(before.zones)


def _counted(report: Report, asked: Asked) -> tuple[int, int]:
    """How many 强制 and 核实 findings of some parks stand."""
    stand = [each.rule.level for each in report.findings if each.open and each.zone in asked.zones]
    return stand.count(MUST), stand.count(EXPLAIN)


def _marks(findings: Iterable[Finding]) -> Marks:
    """Open findings by cell; 强制 comes first and what else there is on the cell is told with it."""
    marks: dict[MarkKey, Mark] = {}
    for each in findings:
        for field in each.fields if each.open else ():
            key, text = (each.ledger.id, each.row, field), f"{each.rule.id} {each.rule.level}：{each.message}"
            before = marks.get(key)
            marks[key] = Mark(before.level, f"{before.text}\n{text}") if before else Mark(each.rule.level, text)
    return marks
