"""One doubt: what was seen, where, what to do, and the correction that may be made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from models.doubts.kinds import HOME
from models.kinds import Quantity, Stored
from models.ledger import Ledger
from models.packs.pack import Rule
from models.store.batches import Batch, Refused
from models.store.findings import Note
from models.store.titles import Title
from models.substance import emptiness

Values = Mapping[str, int]  # figures of a row by field id, as they are stored
_REASON = "这几个数刚才已经变了，没有改；请看一遍现在的数"


@dataclass(frozen=True)
class Fix:
    """The row's fields with ``before`` → ``after``; ``label`` is the word on its button, ``title`` what the history says."""

    label: str
    title: str
    before: Mapping[str, int]
    after: Mapping[str, int]


@dataclass(frozen=True)
class Told:
    """What a doubt says of its row; as in :class:`Doubt`."""

    message: str
    fields: tuple[str, ...]
    heads: tuple[str, ...]
    lines: tuple[tuple[str, tuple[str, ...]], ...]
    fix: Fix | None = None
    unfixed: str = ""


@dataclass(frozen=True)
class Doubt:
    """Of one record. ``seen`` are its own values, for which an explanation holds; ``lines`` under ``heads`` show the scene, each with
    the field it is about ("" for none); ``unfixed`` says why there is no ``fix`` where one was to be expected; ``others`` are the rows
    that may be the same record, in the order of the lines after the first, and ``homes`` the zones they stand in.
    """

    kind: Rule
    ledger: Ledger
    zone: str
    row: bytes
    title: Title
    message: str
    seen: str
    fields: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    lines: tuple[tuple[str, tuple[str, ...]], ...] = ()
    fix: Fix | None = None
    unfixed: str = ""
    others: tuple[bytes, ...] = ()
    homes: tuple[str, ...] = ()
    note: Note | None = field(default=None, compare=False)

    @property
    def explained(self) -> bool:
        """Said to be right, with a reason, and the values still are what that was said of."""
        return self.note is not None and self.note.seen == self.seen and not self.want(self.note.text)

    @property
    def apart(self) -> bool:
        """Whether all that may be the same record stand in other parks: such cannot be made one row."""
        return bool(self.homes) and self.zone not in self.homes

    @property
    def key(self) -> tuple[str, bytes]:
        """What it is known by from one look to the next."""
        return self.kind.id, self.row

    def want(self, text: str) -> str:
        """What ``text`` still wants to be a reason (one Chinese sentence), "" when it is one."""
        return emptiness(text)

    def to_json(self) -> dict[str, object]:
        """As commands tell it, with the words of a finding and the correction where there is one."""
        told: dict[str, object] = {
            "code": self.kind.id,
            "level": HOME,
            "ledger": self.ledger.label,
            "zone": self.zone,
            "key": self.title.key,
            "name": self.title.name,
            "message": self.message,
            "remedy": self.kind.remedy,
            "explanation": self.note.text if self.note and self.explained else "",
        }
        if self.fix:
            shown = {
                self.ledger.field(name).label: _edit(self.ledger, name, new) for name, new in self.fix.after.items()
            }
            told["fix"] = {"title": self.fix.title, "values": shown}
        return told


def doubted(kind: Rule, ledger: Ledger, place: tuple[str, bytes], title: Title, *, told: Told, values: Values) -> Doubt:
    """The doubt about a row, at its zone and id, that is ``told`` of it and its ``values``."""
    zone, row = place
    seen = "，".join(f"{ledger.by_id[name].label} {show(ledger, name, values[name])}" for name in told.fields)
    message, heads = f"{title.name} {told.message}", ("项目", *told.heads)
    return Doubt(kind, ledger, zone, row, title, message, seen, told.fields, heads, told.lines, told.fix, told.unfixed)


def show(ledger: Ledger, name: str, value: int | None) -> str:
    """A stored figure as the table shows it."""
    kind = ledger.by_id[name].kind
    assert isinstance(kind, Quantity)
    return kind.show(value)


def _edit(ledger: Ledger, name: str, value: Stored) -> str:
    return ledger.by_id[name].kind.edit(value)


def scaled(ledger: Ledger, values: Mapping[str, int], power: int) -> tuple[dict[str, int], str]:
    """``values`` without the factor 10**``power``, exactly; or {} and why that cannot be."""
    after: dict[str, int] = {}
    for name, value in values.items():
        field_ = ledger.by_id[name]
        assert isinstance(field_.kind, Quantity)
        new, rest = divmod(value, 10**power) if power > 0 else (value * 10**-power, 0)
        if rest:
            return (
                {},
                f"{field_.label} {field_.kind.show(value)} 除以 {10**power:,} 有除不尽的尾数，不能一键改，请按原始表重填",
            )
        if not field_.kind.low <= new <= field_.kind.high:
            return {}, f"{field_.label} {field_.kind.show(value)} 乘以 {10**-power:,} 就大得存不下，请按原始表重填"
        after[name] = new
    return after, ""


def put_right(work: Batch, doubt: Doubt) -> None:
    """Write the correction. Refused where the row holds other values by now."""
    assert doubt.fix is not None
    now = work.values_of(doubt.ledger, [doubt.row], list(doubt.fix.before)).get(doubt.row)
    if now != dict(doubt.fix.before):
        raise Refused(_REASON)
    work.set(doubt.ledger, doubt.row, doubt.fix.after)
