"""Which columns a ledger page has: the ledger's own, those of its base, those of what belongs to it; read off the definitions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import groupby

from models.fields import Field
from models.kinds import Stored
from models.ledger import Ledger, Time
from models.ledgers import BY_ID, LEDGERS

Key = tuple[str, str, bool]


@dataclass(frozen=True)
class Column:
    """One column of a page: a field of ``ledger``; ``prior`` shows the same record's value a year earlier."""

    ledger: Ledger
    field: Field
    prior: bool = False

    @property
    def key(self) -> Key:
        """Names the column whatever the definitions' objects are."""
        return self.ledger.id, self.field.id, self.prior


@dataclass(frozen=True)
class View:
    """A page: ``base`` gives the lines, ``own`` is the ledger the page is about, ``columns`` what is shown in order."""

    base: Ledger
    own: Ledger
    columns: tuple[Column, ...]

    @cached_property
    def companions(self) -> tuple[tuple[Ledger, bool], ...]:
        """The ledgers joined to the base, each with whether it is last year's row."""
        return tuple(dict.fromkeys((c.ledger, c.prior) for c in self.columns if c.ledger is not self.base or c.prior))

    @cached_property
    def everything(self) -> tuple[Column, ...]:
        """The columns and, where their ledgers define them, the fields that are worked out; :class:`Page` reads only the columns."""
        found: list[Column] = []
        for ledger, group in groupby(self.columns, key=lambda column: column.ledger):
            there = list(group)
            if ledger is self.base and self.own is not self.base:  # only the names of another page's records
                found += there
                continue
            for field in ledger.fields:
                found += [Column(ledger, field)] if field.formula else [c for c in there if c.field is field]
        return tuple(found)

    def with_prior(self, *fields: str) -> View:
        """The view with last year's column behind each of ``fields`` of the own ledger."""
        wide: list[Column] = []
        for column in self.columns:
            wide.append(column)
            if column.ledger is self.own and column.field.id in fields:
                wide.append(Column(column.ledger, column.field, True))
        return View(self.base, self.own, tuple(wide))


@dataclass(frozen=True)
class Line:
    """One line of a page: the base row's id, the ids of the companion rows that exist, values by column key, texts of references.

    ``carried`` are the keys of values taken over from last year that nobody has confirmed.
    """

    id: bytes
    rows: Mapping[tuple[str, bool], bytes]
    values: Mapping[Key, Stored]
    titles: Mapping[Key, str]
    carried: frozenset[Key] = frozenset()


def shown_on(ledger: Ledger) -> Ledger:
    """The ledger on whose page rows are shown: yearly ones stand beside the record they belong to."""
    if ledger.time is Time.YEARLY and (ledger.one_per or not ledger.key):
        return BY_ID[ledger.one_per or "zone"]
    return ledger


@cache
def view_of(ledger: Ledger) -> View:
    """The page of a ledger, read off the definitions."""
    base = BY_ID[ledger.one_per] if ledger.one_per and ledger.dated else ledger
    own = tuple(Column(ledger, field) for field in ledger.stored if not (base is not ledger and field.id in ledger.key))
    if base is not ledger:
        return View(base, ledger, tuple(Column(base, base.by_id[name]) for name in base.title) + own)
    yearly = (each for each in LEDGERS if each is not ledger and shown_on(each) is ledger)
    return View(
        ledger,
        ledger,
        own + tuple(Column(each, field) for each in yearly for field in each.stored if field.id not in each.key),
    )
