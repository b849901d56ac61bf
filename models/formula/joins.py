"""The rows a statement reads: a ledger's own and, LEFT JOINed once each, those that its formulas reach over links."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_, case, func, literal_column, select

from models.formula.binds import FORM, IDS, SEQ, YEAR, ZONES
from models.formula.tree import SAME, Aggregate, Cell, Path, Step, Years
from models.formula.whole import whole
from models.ledger import Ledger, Time
from models.ledgers import BY_ID
from models.store.tables import table_of

Sql = ColumnElement[Any]


@dataclass(frozen=True, eq=False)
class Times:
    """The year, form and seq that rows of other ledgers are matched by."""

    year: Sql
    form: Sql
    seq: Sql

    def of(self, years: Years) -> Times:
        """The same period of another year."""
        return Times(_year(self, years), self.form, self.seq) if years else self

    def during(self, season: tuple[str, int] | None) -> Times:
        """Another period of the same year."""
        return Times(self.year, literal_column(f"'{season[0]}'"), whole(season[1]).sql) if season else self

    def at(self, path: Path) -> Times:
        """The period that a path means: its season, so many periods back, the one before."""
        found = self.during(path.season)
        if path.seqs:
            found = Times(found.year, found.form, found.seq - path.seqs)
        return found.before() if path.before else found

    def before(self) -> Times:
        """The period before: of the same year, or the last one of the year before."""
        first = self.seq <= 1
        last = case((self.form == "M", 12), (self.form == "Q", 4), (self.form == "H", 2), else_=0)
        return Times(case((first, self.year - 1), else_=self.year), self.form, case((first, last), else_=self.seq - 1))


REPORT = Times(YEAR, FORM, SEQ)


class Scope:
    """Rows of ``ledger`` of the ``years`` meant at the time ``around``, and the joins found so far (``source``).

    ``sets`` holds the set functions that were worked out for all rows at once; ``everywhere`` that rows of every zone are meant.
    """

    def __init__(
        self, ledger: Ledger, years: Years = SAME, around: Times = REPORT, *, everywhere: bool = False
    ) -> None:
        self.ledger, self.years, self.everywhere = ledger, years, everywhere
        self.base = table_of(ledger).alias()
        self.source: FromClause = self.base
        self.froms: list[FromClause] = [self.base]
        self.times = _times(ledger, self.base, around.of(years))
        self.sets: dict[Aggregate, Any] = {}
        self._rows: dict[Path, FromClause] = {Path(): self.base}

    def row(self, path: Path) -> FromClause:
        """The row at ``path``, joined when first asked for."""
        path = _short(path)
        if path not in self._rows:
            step = path.steps[-1]
            target = table_of(step.ledger).alias()
            self.join(target, self._on(path, step, target))
            self._rows[path] = target
        return self._rows[path]

    def join(self, target: FromClause, on: Sql) -> None:
        """LEFT JOIN ``target``."""
        self.source = self.source.outerjoin(target, on)
        self.froms.append(target)

    def cell(self, cell: Cell) -> Sql:
        """The column of a stored field."""
        return self.row(cell.path).c[cell.field.id]

    def within(self, single: bool) -> Sql:
        """The rows the statement is about: those with the given ids, or all of the zones and the report period."""
        if single:
            return self.base.c.id.in_(IDS)
        return and_(self.base.c.zone_code.in_(ZONES), *matching(self.ledger, self.base, REPORT, self.years))

    def _on(self, path: Path, step: Step, target: FromClause) -> Sql:
        above = path.steps[:-1]
        own = "id"
        if step.how == "companion" and above and above[-1].how == "forward":
            above, own = above[:-1], above[-1].by  # joined by the reference itself, without the row it refers to
        source = self.row(replace(path, steps=above))
        zone = target.c.zone_code == source.c.zone_code
        times = self.times.at(path)
        dated = matching(BY_ID[step.ledger], target, times, path.years)
        match step.how:
            case "forward":
                return and_(zone, target.c.id == source.c[step.by])
            case "companion":
                if BY_ID[step.ledger].forms == "M" and not path.seqs:
                    dated = _last_month(step, (target, source, own), times, path.years)
                return and_(zone, target.c[step.by] == source.c[own], *dated)
            case "same":
                keys = BY_ID[step.ledger].key
                return and_(zone, *(target.c[key] == source.c[key] for key in keys), *dated)
            case "zone":
                return and_(zone, target.c.code == source.c.zone_code)
        return and_(zone, *dated)


def matching(ledger: Ledger, rows: FromClause, times: Times, years: Years = SAME) -> list[Sql]:
    """The conditions that dated ``rows`` are of the given time, or of other ``years``."""
    found: list[Sql] = []
    if ledger.dated and not years.every:
        found.append(rows.c.year == _year(times, years))
    if ledger.time is Time.PERIOD:
        found += [rows.c.form == times.form, rows.c.seq <= times.seq if years.so_far else rows.c.seq == times.seq]
    return found


def _year(times: Times, years: Years) -> Sql:
    if years.fixed:
        return whole(years.fixed).sql
    return times.year - years.back if years.back else times.year


def _last_month(step: Step, rows: tuple[FromClause, FromClause, str], times: Times, years: Years) -> list[Sql]:
    """The conditions that the row of a ledger kept by month is the last one there is up to the end of the given period.

    A month's report takes that very month: an earlier one would pass for it. The month is asked for by the row joined to (``rows``:
    the ledger's own, those they join, by which column), once for each: by the ledger's own rows it would be once for each month.
    """
    target, source, own = rows
    other = table_of(step.ledger).alias()
    until = case(
        (times.form == "Y", 12), (times.form == "H", times.seq * 6), (times.form == "Q", times.seq * 3), else_=times.seq
    )
    since = case((times.form == "M", times.seq), else_=1)
    kept = select(func.max(other.c.seq)).where(
        other.c.zone_code == source.c.zone_code,
        other.c[step.by] == source.c[own],
        other.c.year == _year(times, years),
        other.c.form == "M",
        other.c.seq.between(since, until),
    )
    last = kept.correlate_except(other).scalar_subquery()
    return [target.c.year == _year(times, years), target.c.form == "M", target.c.seq == last]


def _times(ledger: Ledger, rows: FromClause, around: Times) -> Times:
    """A row's own time; of what it does not have, that of the rows around it."""
    period = ledger.time is Time.PERIOD
    year = rows.c.year if ledger.dated else around.year
    return Times(year, rows.c.form if period else around.form, rows.c.seq if period else around.seq)


def _short(path: Path) -> Path:
    """The same row by the shortest way: the zone's rows hang on the zone code, undated rows have no earlier year."""
    steps = path.steps
    if steps and steps[-1].how in {"zone", "period"}:
        steps = steps[-1:]
    dated = [BY_ID[step.ledger] for step in steps if BY_ID[step.ledger].dated]
    return replace(path, steps=steps) if dated else Path(steps)
