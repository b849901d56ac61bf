"""提取上年数: the yearly ledgers roll over into a new year, and what became of each record between the two years.

For every record that was still there at last year's end and has no row this year, one row is made with the states that go on
(:class:`~models.ledger.Rolling`); they are marked until somebody confirms them. Nothing that is there already is touched, so
doing it twice does nothing more; it is one batch, so one undo takes it back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from models.kinds import Choice, Day, Raw, Stored
from models.ledger import Ledger, Rolling
from models.store import Connection
from models.store.batches import Batch, Refused, batch
from models.store.carried import ROLLING, packed
from models.store.file import DataFile
from models.store.merging import Present
from models.store.tables import CARRIED
from models.store.values import Row, dumps, split
from models.store.versions import issued_in

KIND = "结转"
CAME, LEFT, GONE = "新增", "退出", "上年已退出"
UNSAID = "未写原因"
Key = tuple[Stored, ...]


@dataclass(frozen=True)
class Moved:
    """One record that is not simply carried on: what became of it, why, and the row (of last year for GONE) that says so."""

    row: bytes
    how: str
    why: str


@dataclass(frozen=True)
class Turn:
    """One ledger between two years. ``last`` counts the records still there at last year's end.

    ``carry`` are last year's rows of those that have none this year, ``stayed`` counts those that have; ``moved`` are the records
    that came this year, leave in it, or had left before.
    """

    ledger: Ledger
    year: int
    last: int
    stayed: int
    carry: tuple[Mapping[str, Stored], ...]
    moved: tuple[Moved, ...]

    def of(self, how: str) -> list[Moved]:
        """The records that moved in one way."""
        return [each for each in self.moved if each.how == how]

    def reasons(self, how: str) -> Counter[str]:
        """How many of them for each reason."""
        return Counter(each.why for each in self.of(how))

    @cached_property
    def end(self) -> int:
        """How many will be there at this year's end when the rows are carried."""
        return self.last + len(self.of(CAME)) - len(self.of(LEFT))

    def to_json(self) -> dict[str, object]:
        """As the command tells it."""
        return {
            "ledger": self.ledger.label, "last": self.last, "carried": len(self.carry), "present": self.stayed,
            "new": dict(self.reasons(CAME)), "left": dict(self.reasons(LEFT)), "gone": dict(self.reasons(GONE)), "end": self.end,
        }  # fmt: skip


@dataclass(frozen=True)
class Rolled:
    """What rolling over came to; ``batch`` is None when there was nothing to carry."""

    batch: int | None
    turns: tuple[Turn, ...]

    @property
    def rows(self) -> int:
        """How many rows were made."""
        return sum(len(turn.carry) for turn in self.turns)


def turns(connection: Connection, zone: str, year: int) -> tuple[Turn, ...]:
    """Every ledger that rolls over, as it stands between the year before and ``year``; nothing is written."""
    present = Present(connection, zone)
    return tuple(_turn(present, ledger, year) for ledger in ROLLING)


def standing(connection: Connection, zone: str, year: int) -> str:
    """Why a year is not changed without asking: it has been issued; "" when it has not."""
    found = issued_in(connection, zone, year)
    told = "、".join(f"{pack} 第 {no} 版" for pack, no in found.items())
    return f"{year}年已经签发（{told}），带入的行会让台账和签发的报表不一致" if found else ""


def roll(file: DataFile, zone: str, year: int, *, issued: bool = False) -> Rolled:
    """Carry last year's states into ``year`` as one batch; a year that was issued only when ``issued`` says so.

    Raises Refused and EnvironmentFault, both with nothing written.
    """
    with batch(file, zone, KIND, f"提取上年数：{year - 1}年 → {year}年") as work:
        if not issued and (why := standing(work.connection, zone, year)):
            raise Refused(why)
        made = turns(work.connection, zone, year)
        for turn in made:
            _write(work, turn)
    return Rolled(work.no, made)


def _write(work: Batch, turn: Turn) -> None:
    rolls = _rolls(turn.ledger)
    names = [*dict.fromkeys([*turn.ledger.key, *rolls.sources, *filter(None, [rolls.entered])])]
    rows = []
    for old in turn.carry:
        taken = {name: old.get(source) for name, source in rolls.sources.items()}
        said = {rolls.entered: KIND} if rolls.entered else {}
        typed, texts = split({name: old[name] for name in turn.ledger.key} | taken | said)
        marks = [name for name, value in taken.items() if value is not None]
        rows.append((turn.year, *map(typed.get, names), dumps(texts) if texts else None, packed(marks)))
    work.insert(turn.ledger, ["year", *names, "raw", CARRIED], rows)


def _turn(present: Present, ledger: Ledger, year: int) -> Turn:
    rolls = _rolls(ledger)
    fields = [*dict.fromkeys([*ledger.key, *rolls.sources.values(), *rolls.left, *filter(None, [rolls.entered])])]
    before, now = (_rows(present, ledger, fields, each) for each in (year - 1, year))
    there = {_key(ledger, row) for row in before if not _gone(ledger, row)}
    here = {_key(ledger, row) for row in now}
    missing = there - here
    carry = [row for row in before if _key(ledger, row) in missing and _placed(ledger, row) and _worth(ledger, row)]
    moved = sorted(_moved(ledger, before, now), key=lambda each: (CAME, LEFT, GONE).index(each.how))
    return Turn(ledger, year, len(there), len(there & here), tuple(carry), tuple(moved))


def _moved(ledger: Ledger, before: Sequence[Row], now: Sequence[Row]) -> Iterator[Moved]:
    """What the roster says of records that came, leave, or had left: only of ledgers that list records."""
    if not ledger.key:
        return
    gone = {_key(ledger, row): row for row in before if _gone(ledger, row)}
    there = {_key(ledger, row) for row in before} - gone.keys()
    entered = _rolls(ledger).entered
    for row in now:
        if _key(ledger, row) not in there:
            yield Moved(_id(row), CAME, _told(ledger, entered, row) if row.get(entered) else UNSAID)
        if why := _gone(ledger, row):
            yield Moved(_id(row), LEFT, why)
    here = {_key(ledger, row) for row in now}
    yield from (Moved(_id(row), GONE, _gone(ledger, row)) for key, row in gone.items() if key not in here)


def _gone(ledger: Ledger, row: Row) -> str:
    """Why a row says that its record is there no more; "" when it does not."""
    for name, codes in _rolls(ledger).left.items():
        if row.get(name) is not None and (not codes or row[name] in codes):
            return _told(ledger, name, row)
    return ""


def _told(ledger: Ledger, name: str, row: Row) -> str:
    """The reason in words: what is said of it, else where to, else the day."""
    field, value = ledger.by_id[name], row[name]
    text = field.kind.show(value)
    if isinstance(field.kind, Day):
        return f"{text} 退出"
    return text if isinstance(field.kind, Choice) or field.label.endswith("原因") else f"{field.label} {text}"


def _placed(ledger: Ledger, row: Row) -> bool:
    """Whether a row says whose it is."""
    return not any(value is None or isinstance(value, Raw) for value in _key(ledger, row))


def _worth(ledger: Ledger, row: Row) -> bool:
    """Whether there is anything to carry: a record's being there is, the zone's own empty row is not."""
    return bool(ledger.key) or any(row.get(source) is not None for source in _rolls(ledger).sources.values())


def _rows(present: Present, ledger: Ledger, fields: Sequence[str], year: int) -> list[Row]:
    ids, _, *columns = present.columns(ledger, fields, [year])
    return [
        {"id": id} | dict(zip(fields, values, strict=True))
        for id, values in zip(ids, zip(*columns, strict=True) if columns else [()] * len(ids), strict=True)
    ]


def _key(ledger: Ledger, row: Row) -> Key:
    return tuple(row[name] for name in ledger.key)


def _id(row: Row) -> bytes:
    assert isinstance(row["id"], bytes)
    return row["id"]


def _rolls(ledger: Ledger) -> Rolling:
    assert ledger.rolls
    return ledger.rolls
