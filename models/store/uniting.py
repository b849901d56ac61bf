"""Two rows that are one record, put together: one stays, what the other alone has comes to it, and all that belongs to the other
belongs to it from then on. Where both have something else the clerk chooses; nothing is dropped without being shown, and the whole
is one step that can be undone, so that the histories of both stay readable.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from models.kinds import Reference, Stored
from models.ledger import Ledger
from models.ledgers import BY_ID
from models.ledgers.enterprise import ENTERPRISE
from models.periods import period_label
from models.store.batches import Batch, Refused
from models.store.carried import marked
from models.store.naming import Named, hand_on_notes, named_by, rename
from models.store.records import same
from models.store.rows import Rows, content_columns
from models.store.tables import CARRIED, PERIOD_COLUMNS, table_of
from models.store.values import Row

_FORMER = ("ent_name", "former_name")  # of 企业: what it was called stays findable


@dataclass
class Clash:
    """A field that both rows have, differently: ``ours`` of the row that stays, ``theirs`` of the other; ``take`` chooses theirs."""

    ledger: Ledger
    row: bytes
    name: str
    period: str
    ours: Stored
    theirs: Stored
    take: bool = field(default=False, compare=False)


@dataclass
class Union:
    """What putting ``gone`` to ``kept`` comes to.

    ``pairs`` are the rows that become one, (ledger, stays, goes), the records themselves first; ``moves`` the links to be changed by
    ledger and row; ``fills`` what rows that stay get where they had nothing; ``named`` are, by code, the rows that name either
    record by it.
    """

    ledger: Ledger
    kept: bytes
    gone: bytes
    pairs: list[tuple[Ledger, bytes, bytes]] = field(default_factory=list)
    moves: dict[str, dict[bytes, Row]] = field(default_factory=dict)
    fills: dict[tuple[str, bytes], Row] = field(default_factory=dict)
    clashes: list[Clash] = field(default_factory=list)
    named: dict[Stored, list[Named]] = field(default_factory=dict)

    @property
    def renamed(self) -> tuple[list[Named], Stored]:
        """The rows that name the code that goes, and the one that they will name; as it is chosen now."""
        key = self.ledger.key[0] if len(self.ledger.key) == 1 else ""
        for clash in self.clashes:
            if (clash.row, clash.name) == (self.kept, key):
                stays, goes = (clash.theirs, clash.ours) if clash.take else (clash.ours, clash.theirs)
                return self.named.get(goes, []), stays
        return [], None

    @property
    def moved(self) -> dict[Ledger, int]:
        """How many rows change hands, by ledger."""
        return {BY_ID[id]: len(rows) for id, rows in self.moves.items()}


def union_of(connection: Connection, zone: str, ledger: Ledger, kept: bytes, gone: bytes) -> Union:
    """What it would come to; nothing is written. Raises Refused when either is not there, or both are one row."""
    rows = Rows(connection, zone)
    if kept == gone or len(rows.there(ledger, [kept, gone])) < 2:
        raise Refused("要合并的两行有一行已经不在了，请刷新后再选")
    found = Union(ledger, kept, gone, [(ledger, kept, gone)])
    while more := _further(rows, found):  # a pair found makes others: 项目 of both, then their 项目月度
        found.pairs += more
    for each, stays, goes in found.pairs:
        _weigh(rows, found, each, (stays, goes))
    for clash in found.clashes:
        if (clash.row, clash.name) in {(kept, name) for name in ledger.key}:
            found.named = {code: named_by(connection, zone, ledger, code) for code in (clash.ours, clash.theirs)}
    return found


def unite(work: Batch, union: Union) -> None:
    """Carry it out, with what was chosen of the clashes. Raises Refused where anything of it is another by now."""
    if union_of(work.connection, work.zone, union.ledger, union.kept, union.gone) != union:
        raise Refused("这两行或挂在它们名下的数刚才又变了，没有合并；请重新选中这两行再合并")
    fills = {key: dict(values) for key, values in union.fills.items()}
    for clash in union.clashes:
        if clash.take:
            fills.setdefault((clash.ledger.id, clash.row), {})[clash.name] = clash.theirs
    for id, rows in union.moves.items():
        work.set_many(BY_ID[id], rows)
    rename(work, *union.renamed)
    hand_on_notes(work, union.pairs)
    work.remove(union.ledger, [union.gone])  # and those of the pairs, which belong to it still
    for (id, row), values in fills.items():
        work.set(BY_ID[id], row, values)


def _further(rows: Rows, found: Union) -> list[tuple[Ledger, bytes, bytes]]:
    """The rows of other ledgers that become one with a row of the one that stays; the others that hang on it are noted to move."""
    heirs = {(ledger.id, goes): stays for ledger, stays, goes in found.pairs}
    paired = {(ledger.id, goes) for ledger, _, goes in found.pairs}
    taken = {
        (ledger.id, stays) for ledger, stays, _ in found.pairs
    }  # one row comes to each: a second one stays beside it
    found.moves.clear()
    more = []
    for ledger, _, goes in found.pairs:
        for _, other, row in rows.holders(ledger, [goes]):
            if (other.id, row) in paired or row in found.moves.get(other.id, {}):
                continue
            values, links = _inherited(rows, other, row, heirs)
            twin = _twin(rows, other, values, links)
            if twin is None or (other.id, twin) in taken:
                found.moves.setdefault(other.id, {})[row] = links
            else:
                paired.add((other.id, row))
                taken.add((other.id, twin))
                more.append((other, twin, row))
    return more


def _inherited(rows: Rows, ledger: Ledger, row: bytes, heirs: dict[tuple[str, bytes], bytes]) -> tuple[Row, Row]:
    """A row's key as it will be, and those of its links that change."""
    names = {*ledger.key, *PERIOD_COLUMNS.get(ledger.time, ()), *(link.id for link in ledger.links)}
    values = rows.values_of(ledger, [row], sorted(names))[row]
    links: Row = {}
    for link in ledger.links:
        assert isinstance(link.kind, Reference)
        value = values.get(link.id)
        if isinstance(value, bytes) and (link.kind.ledger, value) in heirs:
            links[link.id] = heirs[link.kind.ledger, value]
    return {**values, **links}, links


def _twin(rows: Rows, ledger: Ledger, values: Row, links: Row) -> bytes | None:
    """The row that is of the same record and period already; not another record's that happens to bear the same number."""
    names = [*ledger.key, *PERIOD_COLUMNS.get(ledger.time, ())]
    if not names or any(values.get(name) is None for name in names):
        return None
    table = table_of(ledger)
    alike = [table.c[name] == values[name] for name in dict.fromkeys([*names, *links])]
    wanted = select(table.c.id).where(table.c.zone_code == rows.zone, *alike)
    return rows.connection.scalars(wanted.order_by(table.c.id).limit(1)).first()


def _weigh(rows: Rows, found: Union, ledger: Ledger, pair: tuple[bytes, bytes]) -> None:
    """What of a pair comes over and what clashes; the other's name becomes 曾用名 where that is empty."""
    there = rows.values_of(ledger, pair, content_columns(ledger))
    ours, theirs = (_followed(found, ledger, there[row]) for row in pair)
    fills: Row = {}
    for name, old, new in _differing(ledger, ours, theirs):
        if old is None:
            fills[name] = new
        else:
            found.clashes.append(Clash(ledger, pair[0], name, _period(ledger, ours), old, new))
    if ledger is ENTERPRISE and not fills.get(_FORMER[1]) and ours.get(_FORMER[1]) is None:
        called = theirs.get(_FORMER[0])
        if called is not None and not same(called, ours.get(_FORMER[0])):
            fills[_FORMER[1]] = called
    if fills:
        found.fills[ledger.id, pair[0]] = _with_marks(ledger, fills, ours, theirs)


def _followed(found: Union, ledger: Ledger, values: Row) -> Row:
    """``values`` with the links to rows that go leading to those that stay."""
    heirs = {(of.id, goes): stays for of, stays, goes in found.pairs}
    links = {link.id: link.kind.ledger for link in ledger.links if isinstance(link.kind, Reference)}
    return {
        name: heirs.get((links[name], value), value) if name in links and isinstance(value, bytes) else value
        for name, value in values.items()
    }


def _differing(ledger: Ledger, ours: Row, theirs: Row) -> Iterator[tuple[str, Stored, Stored]]:
    """Fields of which theirs says something else, what follows from others and links within the pairs left out."""
    follows = {each.id for each in ledger.stored if each.digest} | {CARRIED, *PERIOD_COLUMNS.get(ledger.time, ())}
    kept = {link.id for link in ledger.links if link.id in ledger.key}
    for name in content_columns(ledger):
        old, new = ours.get(name), theirs.get(name)
        if name not in follows | kept and new is not None and not same(old, new):
            yield name, old, new


def _with_marks(ledger: Ledger, fills: Row, ours: Row, theirs: Row) -> Row:
    """``fills`` with the marks of what nobody confirmed: coming from the other row is no confirmation."""
    if not ledger.rolls:
        return fills
    marks = {*marked(ours.get(CARRIED)), *(name for name in marked(theirs.get(CARRIED)) if name in fills)}
    return {**fills, CARRIED: " ".join(sorted(marks)) or None}


def _period(ledger: Ledger, values: Row) -> str:
    return period_label([values.get(name) for name in PERIOD_COLUMNS.get(ledger.time, ())])
