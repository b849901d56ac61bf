"""The lists a pack names (项目库、闲置土地 …), read off the ledgers: who is on one and why, who is not and why not, how long it lasts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import lru_cache

from models.choices import Threshold, in_force, thresholds
from models.codes import code_list
from models.dates import as_date
from models.formula.behind import NOT_SO, rows_behind
from models.formula.context import Context
from models.formula.figures import Figure, figure, figure_values
from models.formula.messages import Message, message
from models.formula.rows import RowFormula, RowQuery, Value, row_formula
from models.formula.tree import Kind
from models.formula.words import places, shown, words
from models.kinds import decimal_of
from models.ledger import Ledger
from models.ledgers import ledger
from models.packs.pack import Pack
from models.packs.rosters import Roster, Titled
from models.periods import Period
from models.rules import KEPT, context_of
from models.store import Connection
from models.store.choices import Choice
from models.store.titles import Title, is_private, titles

AT_ONCE = 500  # ids in one statement
NO_GROUP = "未填"
NOBODY = Title("", "")


@dataclass(frozen=True)
class Listed:
    """A row on a list: its values as text, its group's code, why it is on it, the day it counts from and how many days that is."""

    id: bytes
    title: Title
    cells: tuple[str, ...]
    values: tuple[Value, ...]
    group: str
    why: str
    since: date | None
    days: int | None
    late: bool


@dataclass(frozen=True)
class LeftOut:
    """A row of the ledger that is not on the list, and why."""

    id: bytes
    title: Title
    why: str


@dataclass(frozen=True)
class Rate:
    """A figure told above the list; None where it cannot be worked out."""

    title: str
    figure: Figure
    value: Fraction | None

    @property
    def told(self) -> str:
        """The figure as printed, “—” for none."""
        unit = self.figure.unit.name
        return (
            "—"
            if self.value is None
            else f"{self.figure.rounded(self.value):,f}{'%' if unit == '%' else f' {unit}'}".rstrip()
        )


@dataclass(frozen=True)
class Limit:
    """A number that a list goes by, as the pack has it and, where the zone changed it, as it is now."""

    threshold: Threshold
    choice: Choice | None

    @property
    def told(self) -> str:
        """项目停留天数 120（改过，报表包 180；王会计：理由）."""
        if self.choice is None:
            return f"{self.threshold.name} {self.threshold.value}"
        why = "：".join(filter(None, (self.choice.who, self.choice.why)))
        return f"{self.threshold.name} {self.choice.value}（改过，报表包 {self.threshold.value}{f'；{why}' if why else ''}）"


@dataclass(frozen=True)
class Found:
    """A list worked out: its rows in order, those left out, groups (code → name) with their rows counted, rates, days that are too many.

    ``limits`` are the numbers it goes by that the zone may change.
    """

    roster: Roster
    ledger: Ledger
    heads: tuple[tuple[str, str, bool], ...]
    rows: tuple[Listed, ...]
    left_out: tuple[LeftOut, ...]
    groups: tuple[tuple[str, str, int], ...]
    rates: tuple[Rate, ...]
    longest: int | None
    limits: tuple[Limit, ...] = ()


class Compiled:
    """The formulas of one list. Making one raises FormulaError, UnitError, KeyError at the first that is wrong."""

    def __init__(self, roster: Roster, context: Context) -> None:
        self.roster, self.ledger = roster, ledger(roster.ledger)
        of = f"{self.ledger.label}, {roster.condition}" if roster.condition else self.ledger.label
        self.members = figure(f"计数({of})", context)
        self.columns = tuple(row_formula(each.formula, self.ledger, context) for each in roster.columns)
        self.order = tuple(row_formula(each, self.ledger, context) for each in roster.order)
        self.group = row_formula(roster.group, self.ledger, context, expect="value") if roster.group else None
        self.since = {
            each.title if len(roster.since) > 1 else "": row_formula(each.formula, self.ledger, context, expect="value")
            for each in roster.since
        }
        self.longest = figure(roster.longest, context) if roster.longest else None
        self.why: Message | None = message(roster.why, self.ledger, context) if roster.why else None
        self.why_not = message(roster.why_not, self.ledger, context) if roster.why_not else None
        self.rates = tuple((each.title, rate_figure(each, context)) for each in roster.rates)

    def group_name(self, value: Value) -> str:
        """What the group of a value is called."""
        return "" if value is None or self.group is None else shown(value, self.group.node)

    @property
    def heads(self) -> tuple[tuple[str, str, bool], ...]:
        """Title, unit and whether it stands right, of each column."""
        named = zip(self.roster.columns, self.columns, strict=True)
        return tuple(
            (each.title, made.unit.name if made.kind is Kind.NUMBER else "", made.kind is Kind.NUMBER)
            for each, made in named
        )


def rate_figure(rate: Titled, context: Context) -> Figure:
    """The figure of a rate: in per cent. Raises FormulaError, UnitError."""
    return figure(rate.formula, context, unit="%")


@lru_cache(8 * KEPT)  # a pack has a score of lists; with other limits they are made anew
def compiled(pack: Pack, id: str) -> Compiled:
    """The formulas of a list of a pack, made once."""
    return Compiled(next(each for each in pack.rosters if each.id == id), context_of(pack))


class Rosters:
    """The lists of a pack for zones and a period, by the limits that the first zone has decided on."""

    def __init__(self, connection: Connection, pack: Pack, zones: Sequence[str], period: Period, today: date) -> None:
        self.connection, self.zones, self.period, self.today = connection, list(zones), period, today
        self.pack, said = in_force(connection, pack, self.zones[0])
        self.limits = tuple(
            Limit(each, next((one for one in said if one.item == each.name), None)) for each in thresholds(pack)
        )

    def counted(self) -> dict[str, int]:
        """How many rows each list has, by id."""
        lists = [each.id for each in self.pack.rosters]
        values = self._figures([compiled(self.pack, id).members for id in lists])
        return {id: int(value or 0) for id, value in zip(lists, values, strict=True)}

    def found(self, of: Roster) -> Found:
        """A list worked out."""
        made = compiled(self.pack, of.id)
        (behind,) = rows_behind(made.members, self.connection, self.zones, self.period, self.today)
        ids = [id for id, _ in behind.included]
        names = titles(self.connection, made.ledger, [*ids, *(id for id, _ in behind.left_out)])
        if is_private(made.ledger):  # a list is exported and printed
            names = {id: replace(title, name=title.key) for id, title in names.items()}
        why, values = self._told(made.why, ids), self._values(made, ids)
        (longest,) = self._figures([made.longest]) if made.longest else (None,)
        most = None if longest is None else int(longest)
        ids.sort(key=lambda id: [_rank(value) for value in values[id][len(made.columns) : -2]])
        rows = [self._listed(made, (id, names.get(id, NOBODY)), values[id], why.get(id), most) for id in ids]
        why_not = self._told(made.why_not, [id for id, told in behind.left_out if told.startswith(NOT_SO)])
        left = tuple(LeftOut(id, names.get(id, NOBODY), why_not.get(id, told)) for id, told in behind.left_out)
        figures = self._figures([each for _, each in made.rates])
        rates = tuple(Rate(title, each, value) for (title, each), value in zip(made.rates, figures, strict=True))
        limits = tuple(each for each in self.limits if of.id in each.threshold.rules)
        return Found(of, made.ledger, made.heads, tuple(rows), left, _groups(made, rows), rates, most, limits)

    def _figures(self, of: Sequence[Figure]) -> list[Fraction | None]:
        found = figure_values(of, self.connection, self.zones, self.period, self.today)
        return [value if isinstance(value, Fraction) else None for value in found]

    def _told(self, of: Message | None, ids: Sequence[bytes]) -> dict[bytes, str]:
        return of.render(self.connection, ids, self.zones, self.period, self.today) if of else {}

    def _listed(
        self, made: Compiled, who: tuple[bytes, Title], values: tuple[Value, ...], why: str | None, most: int | None
    ) -> Listed:
        until = min(self.period.end, self.today)
        start = as_date(values[-1]) if isinstance(values[-1], int) and values[-1] else None
        days = (until - start).days if start and start <= until else None
        cells = tuple(text(value, formula) for value, formula in zip(values, made.columns, strict=False))
        where = made.members.sets[0].where
        told = why or (words(where) if where else "台账里的都列")
        group = "" if values[-2] is None else str(values[-2])
        late = most is not None and days is not None and days > most
        return Listed(*who, cells, values[: len(cells)], group, told, start, days, late)

    def _values(self, made: Compiled, ids: Sequence[bytes]) -> dict[bytes, tuple[Value, ...]]:
        """Per row the columns, what orders it, its group and its first day."""
        ends = [*([made.group] if made.group else []), *made.since.values()]
        query = RowQuery(made.ledger, [*made.columns, *made.order, *ends])
        asked, read = query.values(), dict[bytes, tuple[Value, ...]]()
        for first in range(0, len(ids), AT_ONCE):
            given = query.bind(self.zones, self.period, self.today, ids[first : first + AT_ONCE])
            for row in self.connection.execute(asked.statement, given):
                own = asked.read(row)
                own, rest = own[: len(own) - len(ends)], list(own[len(own) - len(ends) :])
                group = rest.pop(0) if made.group else None
                days = dict(zip(made.since, rest, strict=True))
                read[row[0]] = (*own, group, days.get(made.group_name(group), days.get("")))
        return read


def _groups(made: Compiled, rows: Sequence[Listed]) -> tuple[tuple[str, str, int], ...]:
    """The groups that have rows, in the order of their code list, what has none last."""
    if made.group is None:
        return ()
    numbers = Counter(each.group for each in rows)
    codes = code_list(made.group.node.type.codes) if made.group.node.type.codes else {}
    known = [(code, each.name, numbers[code]) for code, each in codes.items() if numbers[code]]
    others = [(code, code or NO_GROUP, number) for code, number in sorted(numbers.items()) if code not in codes]
    return (*known, *(each for each in others if each[0]), *(each for each in others if not each[0]))


def text(value: Value, formula: RowFormula) -> str:
    """A value as it stands in the list: its unit is in the heading, nothing for none."""
    if value is None:
        return ""
    if isinstance(value, Fraction):
        own = places(formula.node)
        return f"{decimal_of(value, 2 if own is None else own):,f}"
    return shown(value, formula.node)


def _rank(value: Value) -> tuple[bool, bool, Fraction | str]:
    """What comes first: numbers and dates by size, texts by themselves, what is not filled in last."""
    if value is None:
        return True, False, ""
    return (False, False, Fraction(value)) if isinstance(value, int | Fraction) else (False, True, str(value))
