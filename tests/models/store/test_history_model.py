"""Random batches, undos, redos, restores and restarts against a plain dictionary of rows."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from sqlalchemy import select

from models.kinds import Raw
from models.ledgers import BY_ID
from models.periods import Period
from models.store.batches import batch
from models.store.check import check
from models.store.content import content_hash
from models.store.file import DataFile
from models.store.history import deleted, done, redo, restore_row, reverse, undo
from models.store.past import steps_of
from models.store.records import EDIT, GONE
from models.store.rows import content_columns
from models.store.tables import CHANGE, table_of
from models.store.values import join
from tests.models.store.made import ENTERPRISE, ENTERPRISE_YEAR, YOUTH, ZONE, empty

FIELDS = {
    ENTERPRISE: {
        "ent_name": st.text("甲乙丙 a\0'\"", min_size=1, max_size=4),
        "open_date": st.sampled_from([20230101, 20231100]) | st.builds(Raw, st.text(max_size=3)),
        "top500": st.sampled_from([0, 1]) | st.builds(Raw, st.sampled_from(["0", "1", "不清楚"])),
    },
    ENTERPRISE_YEAR: {"is_up": st.sampled_from([0, 1]), "op_state": st.sampled_from(["1", "2"])},
    YOUTH: {"id_no": st.text("1234567890", min_size=8, max_size=8), "startup_cap": st.integers(0, 10**13)},
}
LINKED = (ENTERPRISE_YEAR, YOUTH)
picks = st.integers(0, 10**6)
years = st.integers(2020, 2023)


def values_for(ledger):
    return st.fixed_dictionaries({}, optional={name: st.none() | values for name, values in FIELDS[ledger].items()})


operations = st.lists(
    st.one_of(
        *(st.tuples(st.just("add"), st.just(ledger.id), picks, years, values_for(ledger)) for ledger in FIELDS),
        *(st.tuples(st.just("set"), st.just(ledger.id), picks, years, values_for(ledger)) for ledger in FIELDS),
        *(st.tuples(st.just("remove"), st.just(ledger.id), picks, years, st.just({})) for ledger in FIELDS),
        st.tuples(st.just("insert"), st.just("enterprise"), picks, years, values_for(ENTERPRISE)),
        st.tuples(st.just("move"), st.sampled_from(["enterprise_year", "tw_youth"]), picks, years, st.just({})),
    ),
    min_size=1,
    max_size=6,
)


def known(value):
    return ("as typed", str(value)) if isinstance(value, Raw) else value


def rows_in(file):
    """Every row of the three ledgers: {(ledger, row): its values that are not empty}."""
    found = {}
    with file.reading() as connection:
        for ledger in FIELDS:
            table = table_of(ledger)
            columns = [table.c.id, table.c.raw, *(table.c[name] for name in content_columns(ledger))]
            for id, raw, *cells in connection.execute(select(*columns)):
                values = join(dict(zip(content_columns(ledger), cells, strict=True)), raw)
                found[(ledger.id, id)] = {name: known(value) for name, value in values.items() if value is not None}
    return found


class World:
    """A data file and what it must hold."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "a.db"
        self.path.write_bytes(empty())
        self.file = DataFile(self.path)
        self.rows = {}

    def close(self):
        self.file.close()
        assert check(self.path) == []
        self.folder.cleanup()

    def is_so(self):
        return rows_in(self.file) == self.rows

    def copy(self):
        return {key: dict(values) for key, values in self.rows.items()}

    def pick(self, ledger, number):
        mine = sorted(row for name, row in self.rows if name == ledger.id)
        return mine[number % len(mine)] if mine else None

    def taken(self, ent, year):
        return any(
            name == "enterprise_year" and values.get("ent") == ent and values["year"] == year
            for (name, _), values in self.rows.items()
        )

    def wrote(self, work, ledger, row, values):
        mine = self.rows.setdefault((ledger.id, row), {})
        now = work.values_of(ledger, [row], [*values, "id_hash"] if "id_no" in values else list(values))[row]
        for name, value in now.items():
            mine.pop(name, None)
            if value is not None:
                mine[name] = known(value)
        assert all(known(now[name]) == known(value) for name, value in values.items())

    def apply(self, work, operation):
        what, name, number, year, values = operation
        ledger = BY_ID[name]
        ent, row = self.pick(ENTERPRISE, number), self.pick(ledger, number)
        if what == "insert":
            self.insert(work, values)
        elif what == "add":
            self.add(work, ledger, values | {"ent": ent} if ledger in LINKED else values, year)
        elif row is None:
            return
        elif what == "set":
            self.set(work, ledger, row, values)
        elif what == "move" and not (ledger is ENTERPRISE_YEAR and self.taken(ent, self.rows[(name, row)]["year"])):
            self.set(work, ledger, row, {"ent": ent})
        elif what == "remove":
            work.remove(ledger, [row])
            del self.rows[(name, row)]
            for key in [key for key, kept in self.rows.items() if kept.get("ent") == row]:
                del self.rows[key]

    def insert(self, work, values):
        typed = {name: value for name, value in values.items() if not isinstance(value, Raw)} | {"tel": "1"}
        for made in work.insert(ENTERPRISE, [*typed], [(*typed.values(),)] * 2):
            self.rows[("enterprise", made)] = {name: value for name, value in typed.items() if value is not None}

    def add(self, work, ledger, values, year):
        if ledger is ENTERPRISE_YEAR and (values["ent"] is None or self.taken(values["ent"], year)):
            return
        period = Period(year) if ledger is ENTERPRISE_YEAR else None
        made = work.add(ledger, values, period)
        self.rows[(ledger.id, made)] = {"year": year} if period else {}
        self.wrote(work, ledger, made, values)

    def set(self, work, ledger, row, values):
        work.set(ledger, row, values)
        self.wrote(work, ledger, row, values)

    def batch(self, operations):
        """One batch; whether it changed anything."""
        before = self.copy()
        with batch(self.file, ZONE, "录入", "一步") as work:
            for operation in operations:
                self.apply(work, operation)
        assert self.is_so()
        assert (work.no is not None) == (before != self.rows)
        return work.no is not None


class Store(RuleBasedStateMachine):
    @initialize()
    def start(self):
        self.world = World()
        self.before, self.undone = [], []

    def teardown(self):
        if hasattr(self, "world"):
            self.world.close()

    @rule(operations=operations)
    def batch(self, operations):
        before = self.world.copy()
        if self.world.batch(operations):
            self.before.append(before)
            self.undone.clear()

    @rule()
    def undo(self):
        self.travel(undo, self.before, self.undone)

    @rule()
    def redo(self):
        self.travel(redo, self.undone, self.before)

    def travel(self, step, source, target):
        outcome = step(self.world.file)
        assert (outcome is None) == (not source)
        if outcome:
            assert outcome.kept == ()
            target.append(self.world.rows)
            self.world.rows = source.pop()
            assert self.world.is_so()

    @rule(number=picks)
    def restore(self, number):
        steps = deleted(self.world.file, ZONE, ENTERPRISE)
        if steps:
            step = steps[number % len(steps)]
            before = self.world.copy()
            restore_row(self.world.file, step)
            now = self.world.rows = rows_in(self.world.file)
            assert now[("enterprise", step.row)] == {name: known(value) for name, value in step.before.items()}
            assert {key: now[key] for key in before} == before
            assert all(now[key]["ent"] == step.row for key in now.keys() - before.keys() - {("enterprise", step.row)})
            self.before.append(before)
            self.undone.clear()

    @rule()
    def reopen(self):
        before = content_hash(self.world.path, ids=True)
        self.world.file.close()
        self.world.file = DataFile(self.world.path)
        assert content_hash(self.world.path, ids=True) == before


Store.TestCase.settings = settings(
    max_examples=50, stateful_step_count=30, suppress_health_check=[HealthCheck.too_slow]
)
test_store = Store.TestCase


@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(operations, min_size=2, max_size=6), picks)
@example([[("insert", "enterprise", 0, 2020, {}), ("add", "enterprise_year", 1, 2023, {})],
          [("move", "enterprise_year", 0, 2020, {}), ("add", "enterprise_year", 1, 2023, {})]], 0)  # fmt: skip
def test_an_older_batch_is_taken_back_row_by_row(batches, number):
    """Each of its rows goes back, or stays and is named; nothing else moves; taking that back restores all."""
    world = World()
    for each in batches:
        world.batch(each)
    all_done = done(world.file)
    if all_done:
        chosen = all_done[number % len(all_done)]
        with world.file.reading() as connection:
            steps = {step.row: step for step in steps_of(connection, CHANGE.c.batch == chosen.no)}
        kept = {row for _, row, _ in reverse(world.file, chosen.no).kept}
        now = rows_in(world.file)
        for key in world.rows.keys() | now.keys():
            step = steps.get(key[1])
            if step is None or step.row in kept:
                wanted = world.rows.get(key)
            elif step.op == EDIT:
                back = {name: known(old) for name, old in step.before.items()}
                wanted = {name: value for name, value in (world.rows[key] | back).items() if value is not None}
            else:
                wanted = {name: known(old) for name, old in step.before.items()} if step.op == GONE else None
            assert now.get(key) == wanted
        assert redo(world.file).kept == ()
        assert world.is_so()
    world.close()
