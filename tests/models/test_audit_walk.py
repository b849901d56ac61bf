"""A clerk at random: whatever is typed, taken back, done again, deleted, united or corrected, in whichever park, period and return, the
audit carried on says what a whole one says. ``WALK=500 WALK_SEED=7`` walks further.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date

import pytest
from sqlalchemy import select

from models.audit import EXPLAIN, HINT, Report, audit
from models.audit_again import audited_again
from models.demo import fill
from models.doubts.doubt import put_right
from models.doubts.looking import doubts
from models.folding import folded
from models.kinds import Flag, Quantity, Raw, Reference, Stored, Text
from models.ledger import Ledger
from models.ledgers import ledger
from models.ledgers.economy import ECONOMY
from models.ledgers.enterprise import ENTERPRISE
from models.packs.pack import pack
from models.periods import Period
from models.store.batches import Refused, batch
from models.store.carried import ROLLING
from models.store.changed import latest
from models.store.file import DataFile
from models.store.findings import write_note
from models.store.history import done, redo, restore_row, reverse, undo
from models.store.past import LASTING, deleted
from models.store.tables import CARRIED, table_of
from models.store.uniting import union_of, unite

TODAY = date(2026, 1, 5)
MAIN, SUB = "360799", "36079901"
ASKED = (
    ("台办", (MAIN, SUB), Period(2025)),
    ("湖南", (MAIN, SUB), Period(2025, "M", 6)),
    ("台办", (SUB,), Period(2024)),
)
STEPS, SEED = int(os.environ.get("WALK", "24")), int(os.environ.get("WALK_SEED", "4"))
LOOKED = sorted({rule.ledger for id, *_ in ASKED for rule in pack(id).rules} - {"开发区"})


@pytest.fixture
def file(tmp_path) -> Iterator[DataFile]:
    with DataFile(tmp_path / "演示.db", who="测试") as opened:
        fill(opened, zone=MAIN, years=2, parks=1)
        yield opened


class Clerk:
    """Does something at random; each kind is a method."""

    def __init__(self, file: DataFile, chance: random.Random) -> None:
        self.file, self.chance = file, chance
        self.kinds: list[tuple[Callable[[], object], int]] = [
            (self.types, 12), (self.adds, 3), (self.removes, 3), (self.undoes, 5), (self.redoes, 3), (self.takes_back, 3),
            (self.restores, 2), (self.unites, 3), (self.brings_over, 1), (self.slips, 3), (self.corrects, 3),
        ]  # fmt: skip

    def acts(self) -> str:
        """One step; what it was. What the store refuses is no step."""
        act = self.chance.choices([kind for kind, _ in self.kinds], [often for _, often in self.kinds])[0]
        with suppress(Refused):
            act()
        return act.__name__

    def _place(self, on: Ledger | None = None) -> tuple[str, Ledger, list[bytes]]:
        zone, found = self.chance.choice((MAIN, SUB)), on or ledger(self.chance.choice(LOOKED))
        table = table_of(found)
        with self.file.reading() as connection:
            rows = connection.scalars(select(table.c.id).where(table.c.zone_code == zone).order_by(table.c.id))
            return zone, found, list(rows)

    def types(self) -> None:
        zone, on, rows = self._place()
        with batch(self.file, zone, "录入", "录入") as work:
            for _ in range(self.chance.randint(1, 3) if rows else 0):
                field = self.chance.choice([each for each in on.stored if not each.digest])
                seen = work.values_of(on, [self.chance.choice(rows)], [field.id])
                value = self._value(field.kind, next(iter(seen.values()))[field.id])
                work.set(on, self.chance.choice(rows), {field.id: value})

    def _value(self, kind: object, other: Stored) -> Stored:
        if isinstance(kind, Reference):
            return other
        numbers = (0, 1, -1, 10**7, Raw("约三百")) if isinstance(kind, Quantity) else ()
        flags = (0, 1) if isinstance(kind, Flag) else ()
        words = ("某某电子有限公司", "91360703MA35TEST1X") if isinstance(kind, Text) else ()
        return self.chance.choice((None, other, Raw("去年底"), *numbers, *flags, *words))

    def adds(self) -> None:
        zone, on, rows = self._place()
        period = self.chance.choice((Period(2025), Period(2024), Period(2025, "M", 6)))
        with batch(self.file, zone, "录入", "新增") as work:
            for row in rows[:1]:
                values = work.values_of(on, [row], [each.id for each in on.stored if not each.digest])[row]
                work.add(on, {name: value for name, value in values.items() if value is not None}, period)

    def removes(self) -> None:
        zone, on, rows = self._place()
        with batch(self.file, zone, "删除", "删除") as work:
            work.remove(on, self.chance.sample(rows, min(1, len(rows))))

    def undoes(self) -> None:
        undo(self.file)

    def redoes(self) -> None:
        redo(self.file)

    def takes_back(self) -> None:
        steps = [each for each in done(self.file, 20) if each.kind not in ("演示", *LASTING) and not each.reversed_by]
        if steps:
            reverse(self.file, self.chance.choice(steps).no)

    def restores(self) -> None:
        zone, on, _ = self._place()
        if gone := deleted(self.file, zone, on):
            restore_row(self.file, self.chance.choice(gone))

    def unites(self) -> None:
        zone, on, rows = self._place(ENTERPRISE)
        kept, gone = self.chance.sample(rows, 2) if len(rows) > 5 else (b"", b"")
        with self.file.reading() as connection:
            union = union_of(connection, zone, on, kept, gone)
        for each in union.clashes:
            each.take = self.chance.random() < 0.5
        with batch(self.file, zone, "合并", "合并") as work:
            unite(work, union)

    def brings_over(self) -> None:
        zone, on, rows = self._place(self.chance.choice(ROLLING))
        with batch(self.file, zone, "结转", "结转") as work:
            for row in rows[:2]:
                work.set(on, row, {CARRIED: on.stored[-1].id})

    def slips(self) -> None:
        zone, on, rows = self._place(ECONOMY)
        times = self.chance.choice((10, 1000))
        with batch(self.file, zone, "录入", "错单位") as work:
            row = self.chance.choice(rows)
            revenue = work.values_of(on, [row], ["rev"])[row]["rev"]
            work.set(on, row, {"rev": revenue * times if isinstance(revenue, int) else 1})

    def corrects(self) -> None:
        id, zones, period = ASKED[0]
        fixes = [each for each in doubts(self.file, pack(id), zones, period, TODAY).found if each.fix]
        for each in fixes[:1]:
            with batch(self.file, each.zone, "更正", "更正量级") as work:
                put_right(work, each)

    def explains(self, report: Report) -> None:
        for each in [one for one in report.findings if one.rule.level == EXPLAIN][:1]:
            with batch(self.file, each.zone, "说明", "说明") as work:
                packs = report.pack.kept_with(each.rule.id)
                text = self.chance.choice(("二期产线投产，新增产能6亿元", "无"))
                write_note(work, packs, report.period, each.rule.id, each.ledger.id, each.row, each.message, text)


def seen(file: DataFile) -> int:
    with file.reading() as connection:
        return latest(connection)


def same(told: Report, whole: Report) -> None:
    """Whatever of a report is shown."""
    assert told.findings == whole.findings
    rules = [{row: sorted(ids) for row, ids in each.unknown_of.items()} for each in (told, whole)]
    assert rules[0] == rules[1]
    assert (told.verdict, told.unconfirmed) == (whole.verdict, whole.unconfirmed)


def adds_up(report: Report) -> None:
    """The verdict, the list and its folds speak of the same findings, each once, each called something."""
    folds = folded(report.pack, report.findings)
    shown = [(each.rule.id, each.row) for fold in folds for each in (fold.root, *fold.others)]
    assert sorted(shown) == sorted((each.rule.id, each.row) for each in report.findings)
    stands = [each for each in report.findings if each.open and each.rule.level != HINT]
    assert len(stands) == report.open_must + report.open_explain
    assert report.passed == (not stands and not report.unconfirmed)


def test_the_audit_carried_on_through_everything_a_clerk_does_is_the_whole_audit(file):
    chance = random.Random(SEED)
    clerk = Clerk(file, chance)
    known = [(audit(file, pack(id), zones, period, TODAY), seen(file)) for id, zones, period in ASKED]
    for step in range(STEPS):
        clerk.explains(chance.choice(known)[0]) if step % 5 == 4 else clerk.acts()
        number = step % len(ASKED)
        report, after = known[number]
        id, zones, period = ASKED[number]
        now = seen(file)
        whole = audit(file, pack(id), zones, period, TODAY)
        same(audited_again(file, report, zones, after, TODAY), whole)
        adds_up(whole)
        known[number] = whole, now
