"""Loading the cases of a pack (用例) as ledger rows into a real data file."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from models.kinds import BadValue, Raw, Reference, Stored
from models.ledger import Ledger, Time
from models.ledgers import ledger
from models.ledgers.zone import ZONE
from models.packs.pack import Pack
from models.periods import Period
from models.store.batches import batch
from models.store.file import DataFile
from models.store.tables import table_of
from models.store.zones import create_zone, zones

PERIOD = Period(2025)
TODAY = date(2026, 1, 5)


@dataclass
class Case:
    """One example of a rule: its rows, those to be found, and the corrections."""

    rule: str
    kind: str
    rows: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    found: set[str] = field(default_factory=set)
    fixes: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.rule}-{self.kind}"

    @property
    def period(self) -> Period:
        """The report period it is asked in: that of its first row in a ledger kept by period, else 2025."""
        first = next((row for name, _, row in self.rows if ledger(name).time is Time.PERIOD), {})
        return Period.parse(first.get("报告期", str(PERIOD)))


def cases(pack: Pack) -> list[Case]:
    """The cases of a pack itself, without those of the pack it extends."""
    found: dict[tuple[str, str], Case] = {}
    for entry in pack.source.tables["用例"]:
        case = found.setdefault((entry["规则"], entry["例"]), Case(entry["规则"], entry["例"]))
        case.rows.append((entry["台账"], entry["行"], pairs(entry["数据"])))
        if entry["应查出"]:
            case.found.add(entry["行"])
        if entry["改正"]:
            case.fixes.append((entry["行"], pairs(entry["改正"])))
    return list(found.values())


def pairs(text: str) -> dict[str, str]:
    """What the cells of 数据 say: 字段=值, parted by semicolons."""
    return dict(part.split("=", 1) for part in text.split(";") if part)


class Loaded:
    """A case's rows in a file: ids by label, and writing a correction."""

    def __init__(self, file: DataFile, zone: str, case: Case) -> None:
        self.file, self.zone = file, zone
        self.ids: dict[str, bytes] = {}
        self.zones: dict[str, str] = {}
        self.ledgers: dict[str, Ledger] = {}
        for name, label, values in case.rows:
            self._add(ledger(name), label, dict(values))

    def _add(self, on: Ledger, label: str, values: dict[str, str]) -> None:
        period = Period.parse(values.pop("报告期", "2025"))
        self.ledgers[label] = on
        zone = self.zones[label] = values.pop("所在区", self.zone)
        with self.file.reading() as connection:
            known = {each.code for each in zones(connection)}
        if zone not in known:
            create_zone(self.file, zone, zone)
        with batch(self.file, zone, "录入", label) as work:
            if on is ZONE:
                table = table_of(ZONE)
                self.ids[label] = work.connection.scalars(select(table.c.id).where(table.c.code == zone)).one()
                if values:
                    work.set(on, self.ids[label], self._stored(on, values))
            else:
                self.ids[label] = work.add(on, self._stored(on, values), period if on.dated else None)

    def write(self, label: str, values: dict[str, str]) -> None:
        """Type some cells of a row."""
        with batch(self.file, self.zones[label], "录入", label) as work:
            work.set(self.ledgers[label], self.ids[label], self._stored(self.ledgers[label], values))

    def _stored(self, on: Ledger, values: dict[str, str]) -> dict[str, Stored]:
        return {on.field(name).id: self._value(on, name, text) for name, text in values.items()}

    def _value(self, on: Ledger, name: str, text: str) -> Stored:
        kind = on.field(name).kind
        if isinstance(kind, Reference):  # “…” names nothing that is there and is kept as typed
            return Raw(text.strip("“”")) if text.startswith("“") else self.ids[text] if text else None
        try:
            return kind.parse(text)
        except BadValue:
            return Raw(text)


def by_rule(pairs: list[tuple[str, bytes]]) -> dict[str, set[bytes]]:
    """Rows found, by rule."""
    found: dict[str, set[bytes]] = defaultdict(set)
    for rule, row in pairs:
        found[rule].add(row)
    return found
