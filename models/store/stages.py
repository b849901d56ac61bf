"""Where each project stood month by month: what was reported in the monthly round, and the days of its milestones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from models.store.tables import table_of

MILESTONES = (  # the day of each, and the stage (its code) that a project is in from then on
    ("d_lead", "0"), ("d_talk", "2"), ("d_sign", "3"), ("d_reg", "4"), ("d_start", "5"), ("d_done", "7"), ("d_prod", "8"),
    ("d_full", "9"), ("d_stop", "90"),
)  # fmt: skip


@dataclass(frozen=True)
class Course:
    """A project's course: ``now`` the stage of its own row, ``days`` (stage, stored day), ``months`` (year × 12 + month, stage)."""

    id: bytes
    now: str
    days: tuple[tuple[str, int], ...]
    months: tuple[tuple[int, str], ...]


def courses(connection: Connection, zones: Sequence[str]) -> list[Course]:
    """The courses of all projects of the zones, in two statements."""
    table, round_ = table_of("project"), table_of("project_month")
    told: dict[tuple[str, bytes], list[tuple[int, str]]] = {}
    asked = select(round_.c.zone_code, round_.c.proj, round_.c.year, round_.c.seq, round_.c.stage)
    where = round_.c.zone_code.in_(zones), round_.c.form == "M", round_.c.stage.is_not(None)
    for zone, id, year, month, stage in connection.execute(asked.where(*where).order_by(round_.c.year, round_.c.seq)):
        told.setdefault((zone, id), []).append((year * 12 + month, stage))
    days = [table.c[name] for name, _ in MILESTONES]
    found = []
    for zone, id, now, *dates in connection.execute(
        select(table.c.zone_code, table.c.id, table.c.stage, *days).where(table.c.zone_code.in_(zones))
    ):
        marks = tuple((stage, day) for (_, stage), day in zip(MILESTONES, dates, strict=True) if day)
        found.append(Course(id, now or "", marks, tuple(told.get((zone, id), ()))))
    return found
