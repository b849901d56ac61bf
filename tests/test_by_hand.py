"""The SQL written by hand for the benchmark of the packs says what the packs say: in every case of a rule, and on a spoilt zone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from models.demo import fill
from models.formula.binds import moments
from models.formula.wide import register
from models.indicators import indicator_set
from models.packs.pack import pack
from models.periods import Period
from models.rules import Scene, rule_set
from models.store.file import DataFile
from models.store.zones import create_zone
from tests.bench.by_hand import figure_statements, figures, rule_statements, rules_by_hand
from tests.bench.spoiling import spoil
from tests.models.cases import TODAY, Case, Loaded, by_rule, cases

PACKS = ("台办", "工信")
ZONE, HOME = "360701", "360799"


def given(zone: str, period: Period) -> dict[str, str | int]:
    return {"zone": zone, "form": period.form, "seq": period.seq, **moments(period, TODAY)}


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("spoilt") / "园区.db"
    with DataFile(path) as file:
        fill(file, enterprises=120, zone="")
    with closing(sqlite3.connect(path)) as raw:
        for seed in range(3):
            assert spoil(raw, 0.5, seed) > 1000
    return path


@pytest.fixture
def raw(spoilt: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(spoilt)) as opened:
        register(opened)
        yield opened


def test_the_packs_are_written_by_hand() -> None:
    """All but the few added since: a new rule or indicator is a line of a pack, its SQL by hand may wait."""
    rules = {rule.id for id in PACKS for rule in pack(id).rules}
    assert rules_by_hand() <= rules
    assert len(rules_by_hand()) >= 0.95 * len(rules)


@pytest.mark.parametrize("id", ["通用", *PACKS])
def test_cases(tmp_path: Path, id: str) -> None:
    """Each case asked by the statement of its rule alone: in a zone of its own, in a file of its own if all zones count."""
    written = rules_by_hand()
    every = {rule.id for rule in pack(id).rules if "各区" in rule.formula}
    wrong = []
    for number, case in enumerate(case for case in cases(pack(id)) if case.rule in written):
        path, zone = (tmp_path / f"{case}.db", HOME) if case.rule in every else (tmp_path / "例.db", f"3608{number:04}")
        for _, _, values in case.rows:  # the zone that cases are written for is named in some
            values |= {name: text.replace(HOME, zone) for name, text in values.items()}
        if not agrees(path, zone, case):
            wrong.append(str(case))
    assert not wrong


def agrees(path: Path, zone: str, case: Case) -> bool:
    with DataFile(path) as file:
        create_zone(file, zone, "示例园")
        loaded = Loaded(file, zone, case)
    with closing(sqlite3.connect(path)) as raw:
        register(raw)
        ((_, statement),) = rule_statements([case.rule])
        return {row for (row,) in raw.execute(statement, given(zone, case.period))} == set(
            map(loaded.ids.get, case.found)
        )


@pytest.mark.parametrize("period", ["2025", "2025-06"])
@pytest.mark.parametrize("id", PACKS)
def test_rules_of_a_spoilt_zone(spoilt: Path, raw: sqlite3.Connection, id: str, period: str) -> None:
    asked_for = Period.parse(period)
    with DataFile(spoilt) as file, file.reading() as connection:
        asked = rule_set(pack(id)).ask(connection, Scene(ZONE, asked_for, TODAY))
    written = {rule.id for rule in pack(id).rules} & rules_by_hand()
    ours = by_rule([(rule.id, row) for rule, row in asked.failed if rule.id in written])
    by_hand = {}
    for rule in written:
        ((_, statement),) = rule_statements([rule])
        if found := {row for (row,) in raw.execute(statement, given(ZONE, asked_for))}:
            by_hand[rule] = found
    assert by_hand == dict(ours)
    assert len(by_hand) > 40


@pytest.mark.parametrize("id", PACKS)
def test_figures_of_a_spoilt_zone(spoilt: Path, raw: sqlite3.Connection, id: str) -> None:
    period = Period(2025)
    with DataFile(spoilt) as file, file.reading() as connection:
        ours = indicator_set(pack(id)).values(connection, [ZONE], period, TODAY)
    units = {each.id: each.unit for each in pack(id).indicators}
    by_hand = figures(raw, figure_statements(id), units, given(ZONE, period))
    assert by_hand == {id: value for id, value in ours.items() if id in by_hand}
    assert len(by_hand) >= 0.95 * len(ours)
    assert sum(value not in {None, 0} for value in ours.values()) > len(ours) / 2
