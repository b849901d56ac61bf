"""Ledgers (台账): a plain frozen definition from which table, form, import, export, formula names and database table are read."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

from models.fields import ALWAYS, Field
from models.kinds import Reference
from models.text import fold_name


class Time(Enum):
    """How a ledger's rows live in time (design.md §2)."""

    LASTING = "lasting"  # identity, whatever the year: 企业, 台资企业
    YEARLY = "yearly"  # one row a year: 企业年度
    PERIOD = "period"  # one row a year, half-year, quarter or month: 经济数据
    EVENT = "event"  # dated happenings, kept for all years: 到资流水


@dataclass(frozen=True, kw_only=True, eq=False)
class Rolling:
    """What a yearly ledger takes over from the year before (提取上年数); figures of a year are not among it.

    ``states`` are the fields that go on as they were until somebody says otherwise; ``takes`` maps a field to the one of last
    year's row whose value it repeats; ``left`` are the fields of last year's row that say that the record is there no more, the
    plainest first, each with the codes that say so, () for whatever is filled in; ``entered`` says how a record came to be there.
    """

    states: tuple[str, ...]
    takes: Mapping[str, str] = field(default_factory=dict)
    left: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    entered: str = ""

    @cached_property
    def sources(self) -> Mapping[str, str]:
        """Field of this year's row → field of last year's."""
        return {**{name: name for name in self.states}, **self.takes}


@dataclass(frozen=True, kw_only=True, eq=False)
class Ledger:
    """``key`` are the fields that identify a record within its zone and period; ``title`` the ones that name it to a person.

    ``event`` is the date field of an EVENT ledger; ``forms`` the period forms a PERIOD ledger takes; ``rolls`` what a YEARLY one
    takes over from the year before; ``own_page`` is False for what other pages show.
    """

    id: str
    label: str
    time: Time
    key: tuple[str, ...]
    title: tuple[str, ...]
    fields: tuple[Field, ...]
    event: str = ""
    forms: str = ALWAYS
    rolls: Rolling | None = None
    own_page: bool = True
    help: str = ""

    @cached_property
    def by_id(self) -> dict[str, Field]:
        """Fields by identifier."""
        return {field.id: field for field in self.fields}

    @cached_property
    def stored(self) -> tuple[Field, ...]:
        """Fields that have a column (all but the derived ones)."""
        return tuple(field for field in self.fields if not field.formula)

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """Fields by folded label and by folded identifier, as formulas and people name them."""
        return {fold_name(field.id): field for field in self.fields} | {field.name: field for field in self.fields}

    @cached_property
    def links(self) -> tuple[Field, ...]:
        """Reference fields, many to one."""
        return tuple(field for field in self.fields if isinstance(field.kind, Reference))

    @property
    def dated(self) -> bool:
        """Whether rows carry year, form and seq columns (YEARLY ones only the year)."""
        return self.time in (Time.YEARLY, Time.PERIOD)

    @property
    def one_per(self) -> str:
        """The ledger of which each record has at most one row here (per period): its key is that single reference; else ""."""
        field = self.by_id[self.key[0]] if len(self.key) == 1 else None
        return field.kind.ledger if field and isinstance(field.kind, Reference) else ""

    def field(self, name: str) -> Field:
        """A field by label or identifier; KeyError with a Chinese sentence naming the nearest one."""
        found = self.by_name.get(fold_name(name))
        if found is None:
            near = nearest(name, (f.label for f in self.fields))
            raise KeyError(f"“{self.label}”里没有“{name}”这一项{near}")
        return found


def nearest(name: str, names: Iterable[str]) -> str:
    """ ",是否想写“…”?" for the likest of ``names``, "" when none is like it."""
    found = difflib.get_close_matches(name, list(names), 1, 0.5)
    return f"，是否想写“{found[0]}”？" if found else ""
