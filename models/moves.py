"""一月一调度: which stage each project stood in at two month ends, what moved between them, and what has long stood still.

A month end's stage is what the monthly round last reported up to it; of a project not yet reported, its milestones tell. A project
given up is counted nowhere (ledgers.md §0.5), so that 上月末 + 转入 − 转出 = 月末 holds for each stage, and is checked against a count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from models.codes import code_list
from models.dates import stored_date
from models.ledgers import ledger
from models.periods import Period
from models.store import Connection
from models.store.stages import Course, courses
from models.store.titles import Title, titles

GIVEN_UP, FULL = "90", "9"
NOT_YET = "不在库"
STILL = "未动月数"  # the parameter of a pack: after how many months without a move a project is told of


@dataclass(frozen=True)
class Stage:
    """One stage: how many projects stood in it, came in, went out, stand in it."""

    code: str
    name: str
    before: int
    came: int
    went: int
    after: int

    @property
    def holds(self) -> bool:
        """上月末 + 转入 − 转出 = 月末."""
        return self.before + self.came - self.went == self.after


@dataclass(frozen=True)
class Move:
    """A project: its stage at the end of the month before and of the month (codes, "" for none), and how many months it has not moved.

    ``reported`` says whether the month's round has a row of it.
    """

    id: bytes
    title: Title
    before: str
    after: str
    months: int
    reported: bool

    @property
    def moved(self) -> bool:
        """Whether it stands in another stage than a month ago."""
        return self.before != self.after


@dataclass(frozen=True)
class Round:
    """A month's round: the stages, and every project that was in the library at one of the two month ends."""

    month: Period
    stages: tuple[Stage, ...]
    projects: tuple[Move, ...]

    @property
    def moved(self) -> tuple[Move, ...]:
        """Those that changed their stage."""
        return tuple(each for each in self.projects if each.moved)

    @property
    def unreported(self) -> tuple[Move, ...]:
        """Those in the library that the month's round has no row of; what is in full operation needs none."""
        return tuple(each for each in self.projects if each.after not in ("", GIVEN_UP, FULL) and not each.reported)

    def still(self, months: int) -> tuple[Move, ...]:
        """Those that have stood where they are for so many months, longest first; what is in full operation has arrived."""
        there = [each for each in self.projects if each.after not in ("", GIVEN_UP, FULL) and each.months >= months]
        return tuple(sorted(there, key=lambda each: -each.months))

    def told(self, code: str) -> str:
        """What a stage is called."""
        return code_list("项目阶段")[code].name if code else NOT_YET


def latest_month(connection: Connection, zones: Sequence[str], until: Period) -> Period:
    """The last month with a reported row that is not after the end of a period; without one the period's last month."""
    last = until.end.year * 12 + until.end.month
    told = [month for each in courses(connection, zones) for month, _ in each.months if month <= last]
    return month_of(max(told, default=last))


def month_of(number: int) -> Period:
    """The month of a number year × 12 + month."""
    return Period((number - 1) // 12, "M", (number - 1) % 12 + 1)


def round_of(connection: Connection, zones: Sequence[str], month: Period) -> Round:
    """The round of a month, in three statements."""
    now = month.year * 12 + month.seq
    there = [(each, stage_at(each, now - 1), stage_at(each, now)) for each in courses(connection, zones)]
    there = [each for each in there if {each[1], each[2]} - {"", GIVEN_UP}]
    names = titles(connection, ledger("项目"), [each.id for each, *_ in there])
    projects = [
        Move(
            each.id, names[each.id], before, after, now - since(each, now), any(number == now for number, _ in each.months)
        )
        for each, before, after in there
    ]  # fmt: skip
    return Round(month, _stages(projects), tuple(projects))


def stage_at(course: Course, month: int) -> str:
    """The stage (its code) at the end of a month (year × 12 + month); "" while the project was not there."""
    told = [stage for number, stage in course.months if number <= month]
    if told:
        return told[-1]
    end = stored_date(month_of(month).end)
    return next((stage for stage, day in reversed(course.days) if day <= end), "")


def since(course: Course, month: int) -> int:
    """The month (year × 12 + month) from which a project has stood where it stood at the end of ``month``."""
    stage, first = stage_at(course, month), month
    while first > 1 and course.months and first > course.months[0][0] and stage_at(course, first - 1) == stage:
        first -= 1
    day = next((day for each, day in course.days if each == _milestone(stage)), 0)
    marked = day // 10000 * 12 + (day // 100 % 100 or 1)
    before_rows = not course.months or first <= course.months[0][0]
    return min(marked, month) if day and before_rows else first


def _milestone(stage: str) -> str:
    """The stage whose day tells when this one began: 储备 and 在建 have none of their own."""
    return {"1": "0", "6": "5"}.get(stage, stage)


def _stages(projects: Sequence[Move]) -> tuple[Stage, ...]:
    """Each stage that had or has a project; counted apart from who moved, so that the identity is a check."""
    before, after = Counter(each.before for each in projects), Counter(each.after for each in projects)
    moved = [each for each in projects if each.moved]
    came, went = Counter(each.after for each in moved), Counter(each.before for each in moved)
    return tuple(
        Stage(code, each.name, before[code], came[code], went[code], after[code])
        for code, each in code_list("项目阶段").items()
        if code != GIVEN_UP and (before[code] or after[code] or came[code] or went[code])
    )
