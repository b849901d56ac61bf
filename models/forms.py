"""Forms sent out and taken back: which columns a ledger's form has, whose rows stand on it, and what the file says of itself.

A form carries a hidden sheet with its ledger, period, zone and columns, so that it comes back without matching, and another
with what it was sent out with, so that only what somebody changed is taken. Exporters write it, importers read it, both
from here. A personal field has a column to be filled in, never a value (decision 0007).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from models.codes import code_list
from models.fields import Field
from models.kinds import Choice, Kind, Raw, Reference, Stored
from models.ledger import Ledger, Time
from models.ledgers import BY_ID
from models.periods import Period
from models.store import Connection
from models.store.owning import owners
from models.store.titles import Title, titles
from models.store.view import Line, View, view_of
from models.store.views import Page

ABOUT, BEFORE = "_年报通表", "_年报通原数"  # hidden sheets: what the form is, what it was sent out with
NUMBER, CHECK, REMEDY = "记录号", "核对", "要改的地方"
WAITING, SURE = "待确认", "已核对"
VERSION = 1


@dataclass(frozen=True)
class FormColumn:
    """One column: a field of ``ledger``, or with ``via`` the field by which the record that it refers to is known.

    ``fixed`` columns tell which record a row is.
    """

    ledger: Ledger
    field: Field
    via: Field | None = None
    heading: str = ""
    fixed: bool = False

    @property
    def key(self) -> str:
        """What an import takes the column for."""
        return f"{self.ledger.id}.{self.field.id}" + (f"/{self.via.id}" if self.via else "")

    @property
    def told(self) -> Field:
        """The field whose label, kind and help the column has."""
        return self.via or self.field

    @property
    def kind(self) -> Kind:
        """How its cells are read."""
        return self.told.kind

    def text(self, value: Stored) -> str:
        """A value as the cell shows it, exactly."""
        if isinstance(self.kind, Choice) and value is not None and not isinstance(value, Raw):
            return entry_text(self.kind.codes, str(value))
        return str(value) if isinstance(value, Raw) or isinstance(self.kind, Reference) else self.kind.edit(value)


@dataclass(frozen=True)
class FormRow:
    """A row as it is sent out; ``old`` are the columns that hold last year's value, ``id`` the row of the page, if it is there."""

    id: bytes | None
    values: tuple[Stored, ...]
    old: frozenset[int] = frozenset()


@dataclass(frozen=True)
class FormSheet:
    """One ledger's form. ``marks`` are messages by (row, column), ``remedies`` what is to be done by row."""

    ledger: Ledger
    period: Period | None
    zone: str
    zone_name: str
    columns: tuple[FormColumn, ...]
    rows: tuple[FormRow, ...] = ()
    grows: bool = True
    marks: Mapping[tuple[int, int], str] = field(default_factory=dict)
    remedies: Mapping[int, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """What stands above the table."""
        when = f" · {self.period.label}" if self.period else ""
        return f"{self.ledger.label}{when} · {self.zone_name}"

    @property
    def waits(self) -> bool:
        """Whether last year's values stand on it, to be confirmed."""
        return any(row.old for row in self.rows)

    def about(self, name: str) -> str:
        """What the file says of the sheet ``name``."""
        told = {
            "form": VERSION,
            "sheet": name,
            "ledger": self.ledger.id,
            "period": str(self.period or ""),
            "zone": self.zone,
            "zone_name": self.zone_name,
            "columns": [[column.heading, column.key, column.fixed] for column in self.columns],
        }
        return json.dumps(told, ensure_ascii=False)


@dataclass(frozen=True)
class About:
    """What a form that came back says of one of its sheets; ``columns`` are heading, key, whether it tells the record."""

    sheet: str
    ledger: Ledger
    period: Period | None
    zone: str
    zone_name: str
    columns: tuple[tuple[str, str, bool], ...]

    @classmethod
    def read(cls, text: str, mark: str) -> About | None:
        """The description, None where it is none of ours or was changed."""
        if mark != fingerprint(text):
            return None
        told = json.loads(text)
        if told["form"] != VERSION or told["ledger"] not in BY_ID:
            return None
        columns = tuple((str(heading), str(key), bool(fixed)) for heading, key, fixed in told["columns"])
        period = Period.parse(told["period"]) if told["period"] else None
        return cls(told["sheet"], BY_ID[told["ledger"]], period, told["zone"], told["zone_name"], columns)


def fingerprint(text: str) -> str:
    """The mark by which a form's description is known to be whole."""
    return hashlib.sha256(f"园区年报通·表\n{text}".encode()).hexdigest()[:16]


@cache
def entry_text(codes: str, code: str) -> str:
    """An entry of a code list as forms show it: 3963 智能车载设备制造 in long lists, the plain name in short ones."""
    kind = Choice(codes)
    name = kind.edit(code)
    if len(code_list(codes)) <= _SHORT or name == code:
        return name
    both = f"{code} {kind.show(code)}"
    found = code_list(codes).find(both)
    return both if found is not None and found.code == code else name


_SHORT = 40


@cache
def form_columns(ledger: Ledger) -> tuple[FormColumn, ...]:
    """The columns of a ledger's form: what tells the record first, then its fields in their order."""
    view = view_of(ledger)
    known: list[FormColumn] = []
    if view.base is not ledger:
        link = ledger.by_id[ledger.key[0]]
        known += [FormColumn(ledger, link, via, fixed=True) for via in _known_by(view.base)]
    own: list[FormColumn] = []
    for column in view.columns:
        of, on = column.field, column.ledger
        mine = on is ledger or (on is not view.base and on.one_per == ledger.id and ledger.time is Time.LASTING)
        if not mine or of.digest:
            continue
        fixed = on is ledger and of.id in (*ledger.key, *ledger.title[:1])
        if isinstance(of.kind, Reference) and on is ledger:
            own += [FormColumn(on, of, via, fixed=fixed) for via in _known_by(BY_ID[of.kind.ledger])]
        else:
            own.append(FormColumn(on, of, fixed=fixed))
    columns = (*known, *(each for each in own if each.fixed), *(each for each in own if not each.fixed))
    return _headed(columns)


def _known_by(ledger: Ledger) -> tuple[Field, ...]:
    """The name and the code by which people know a record."""
    names = dict.fromkeys((ledger.title[0], ledger.key[0]))
    return tuple(each for name in names if not isinstance((each := ledger.by_id[name]).kind, Reference))


def _headed(columns: Sequence[FormColumn]) -> tuple[FormColumn, ...]:
    """The columns with headings, each another one; of two alike the further ones say whose they are."""
    made, seen = list[FormColumn](), set[str]()
    for each in columns:
        unit = f"({each.told.unit})" if each.told.unit else ""
        heading = each.told.label + unit
        if heading in seen:
            heading = f"{each.field.label if each.via else each.ledger.label}:{heading}"
        seen.add(heading)
        made.append(FormColumn(each.ledger, each.field, each.via, heading, each.fixed))
    return tuple(made)


def blank_form(
    connection: Connection,
    ledger: Ledger,
    zone: Title,
    period: Period,
    *,
    last_year: bool = False,
) -> FormSheet:
    """The form of a ledger: ``zone`` is code and name. Rows stand on it where the page has them whether or not they are filled in,
    or where they are there; with ``last_year`` empty cells show last year's value.
    """
    rows = form_rows(connection, ledger, zone.key, period)
    if last_year and _dated(ledger):
        rows = _with_last_year(connection, ledger, zone.key, period, rows)
    return form_of(ledger, zone, period, rows)


def form_of(ledger: Ledger, zone: Title, period: Period, rows: Sequence[FormRow]) -> FormSheet:
    """A ledger's form with ``rows`` on it; ``zone`` is code and name."""
    when = period if _dated(ledger) else None
    columns, grows = form_columns(ledger), view_of(ledger).base is ledger
    return FormSheet(ledger, when, zone.key, zone.name, columns, tuple(rows), grows=grows)


def _dated(ledger: Ledger) -> bool:
    """Whether what stands on the form is of a period."""
    return any(column.ledger.dated for column in form_columns(ledger))


def form_rows(
    connection: Connection, ledger: Ledger, zone: str, period: Period, only: Collection[bytes] | None = None
) -> list[FormRow]:
    """The lines of a ledger's page as rows of its form."""
    if is_personal(ledger):
        return []
    view = view_of(ledger)
    page, columns = Page(view, zone, period), form_columns(ledger)
    ids = [id for id in page.ids(connection) if only is None or id in only]
    read = page.lines(connection, ids)
    lines = [read[id] for id in ids if id in read]
    named = _named(connection, columns, lines, view)
    return [FormRow(line.id, tuple(_value(column, line, named, view) for column in columns)) for line in lines]


def is_personal(ledger: Ledger) -> bool:
    """Whether what tells its records apart is personal: then no rows of it leave the file."""
    return any(ledger.by_id[name].personal or ledger.by_id[name].digest for name in ledger.key)


def _named(
    connection: Connection, columns: Sequence[FormColumn], lines: Sequence[Line], view: View
) -> dict[tuple[str, bytes], Title]:
    """What the records are called that the rows refer to, by ledger and id."""
    found: dict[tuple[str, bytes], Title] = {}
    if view.base is not view.own:
        base = titles(connection, view.base, [line.id for line in lines])
        found |= {(view.base.id, id): title for id, title in base.items()}
    for column in columns:
        kind = column.field.kind
        if not isinstance(kind, Reference):
            continue
        values = {value for line in lines if isinstance(value := line.values.get(_place(column)), bytes)}
        target = BY_ID[kind.ledger]
        found |= {(target.id, id): title for id, title in titles(connection, target, values).items()}
    return found


def _place(column: FormColumn) -> tuple[str, str, bool]:
    return column.ledger.id, column.field.id, False


def _value(column: FormColumn, line: Line, named: Mapping[tuple[str, bytes], Title], view: View) -> Stored:
    if column.told.personal:
        return None
    kind = column.field.kind
    if not isinstance(kind, Reference):
        return line.values.get(_place(column))
    is_base = view.base is not view.own and column.ledger is view.own and column.fixed
    value = line.id if is_base else line.values.get(_place(column))
    target, via = BY_ID[kind.ledger], column.via
    if isinstance(value, bytes):
        title = named.get((target.id, value))
        if title is None or via is None:
            return line.titles.get(_place(column)) or (title.name if title else None)
        return (title.name if via.id == target.title[0] else title.key) or None
    return value if via is None or via.id == target.title[0] else None  # a name kept as typed stands among the names


def _with_last_year(
    connection: Connection,
    ledger: Ledger,
    zone: str,
    period: Period,
    rows: Sequence[FormRow],
) -> list[FormRow]:
    """The rows with last year's values where this year's are empty; of a roster kept by year also those that are not there yet."""
    columns = form_columns(ledger)
    before = form_rows(connection, ledger, zone, period.back())
    known = [number for number, column in enumerate(columns) if column.fixed]

    def key(row: FormRow) -> tuple[Stored, ...]:
        return tuple(row.values[number] for number in known)

    last = {key(row): row for row in before}
    made = []
    for row in rows:
        old = last.pop(key(row), None)
        if old is None:
            made.append(row)
            continue
        filled = frozenset(
            number
            for number, (now, then) in enumerate(zip(row.values, old.values, strict=True))
            if now is None and then is not None and columns[number].ledger.dated and not columns[number].fixed
        )
        values = tuple(old.values[n] if n in filled else value for n, value in enumerate(row.values))
        made.append(FormRow(row.id, values, filled))
    if ledger.dated and view_of(ledger).base is ledger:
        every = frozenset(range(len(columns))) - frozenset(known)
        made += [
            FormRow(None, row.values, frozenset(n for n in every if row.values[n] is not None)) for row in last.values()
        ]
    return made


def per_enterprise(connection: Connection, sheet: FormSheet) -> dict[bytes, FormSheet]:
    """The same form for each enterprise that has rows on it, by its id: only its own rows."""
    return by_owner(sheet, owners(connection, view_of(sheet.ledger).base, sheet.zone))


def by_owner(sheet: FormSheet, owned: Mapping[bytes, bytes]) -> dict[bytes, FormSheet]:
    """The same form for each owner of rows on it; ``owned`` is row id → owner."""
    rows: dict[bytes, list[FormRow]] = {}
    for row in sheet.rows:
        owner = owned.get(row.id) if row.id else None
        if owner is not None:
            rows.setdefault(owner, []).append(row)
    return {owner: replace(sheet, rows=tuple(own)) for owner, own in rows.items()}
