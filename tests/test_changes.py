"""Why a figure changed: the parts add up exactly for every indicator of random zones, and equal an independent reckoning."""

from __future__ import annotations

import ast
from fractions import Fraction
from pathlib import Path

import pytest

from models.change.parts import BASIS, KEPT, MOVED_IN, When, explain
from models.change.told import LIMIT, difference, explanation, named
from models.indicators import indicator_set
from models.ledgers import BY_ID
from models.packs.pack import pack
from models.periods import Period
from models.store.batches import batch
from models.store.file import DataFile
from models.store.versions import keep_version
from models.substance import emptiness
from tests.independent import changes
from tests.independent.compare import TODAY, World, programs, world
from tests.independent.zones import fill

NOW = Period(2025)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> World:
    return world(tmp_path_factory.mktemp("变动"), 77, 6)


def explained(connection, name, zones, period=NOW, only=None):
    ready = indicator_set(pack(name))
    for result in ready.results(connection, zones, period, TODAY):
        if only is not None and result.indicator.id not in only:
            continue
        yield explain(result, ready.figures[result.indicator.id], connection, When(zones, period, TODAY))


@pytest.mark.parametrize("name", ["台办", "工信"])
def test_the_parts_add_up_or_a_sentence_says_why_there_are_none(made, name):
    parted = 0
    with made.reading() as connection:
        for code, year in made.asked[:4]:
            for change in explained(connection, name, programs(connection, code), Period(year)):
                where = change.result.indicator.id, code, year
                if change.why:
                    assert "对不上" not in change.why, where
                    assert change.total is None or "若" in change.why or "最大" in change.why or "0" in change.why, (
                        where
                    )
                    continue
                parted += 1
                assert change.remainder == 0, where
                assert sum(change.parts.values()) == change.result.value - change.result.prior, where
                assert sum(change.printed.values()) == change.result.difference, where
                assert sum((part for _, part in change.sets), Fraction(0)) == change.total - sum(
                    (each.amount for each in change.basis), Fraction(0)
                ), where
    assert parted > 200


def test_the_parts_are_those_of_plain_python(made):
    compared, kinds = 0, set()
    with made.reading() as connection:
        for code, year in made.asked:
            right = changes.parts(made.ledgers, code, year)
            zones = programs(connection, code)
            for change in explained(connection, "台办", zones, Period(year), right):
                id = change.result.indicator.id
                if not change.why:
                    ours, theirs = (
                        {kind: part for kind, part in side.items() if part} for side in (change.parts, right[id])
                    )
                    assert ours == theirs, (id, code, year)
                    compared += 1
                    kinds |= change.parts.keys()
    assert compared > 30
    assert kinds == {KEPT, changes.NEW, changes.LEFT, MOVED_IN, changes.MOVED_OUT}


def test_every_explanation_counts_as_one(made):
    told = 0
    with made.reading() as connection:
        for code, year in made.asked[:2]:
            for name in ("台办", "工信"):
                for change in explained(connection, name, programs(connection, code), Period(year)):
                    if change.why or not change.movers:
                        continue
                    names = {(one.mover.ledger, one.mover.row): one for one in named(connection, change.movers)}
                    text = explanation(change, names, Period(year))
                    assert emptiness(text, figure=True) == "", text
                    assert len(text) <= LIMIT
                    people = [one for one in names.values() if one.private]
                    assert not any(one.title.name in text for one in people if len(one.title.name) > 1), text
                    told += 1
    assert told > 30


def test_what_was_issued_last_year_beside_the_ledgers_is_a_change_of_basis(tmp_path):
    path = tmp_path / "园区.db"
    code = fill(path, 3, 1)[0]
    ready = indicator_set(pack("台办"))
    with DataFile(path, who="测试") as file:
        with file.reading() as connection:
            zones = programs(connection, code)
            before = ready.values(connection, zones, NOW.back(), TODAY)
        told = {id: None if value is None else value + 7 for id, value in before.items()}
        values = {"pack": "台办", "version": 1, "state": "签发", "issued_at": "2025-01-09T10:00:00"}
        with batch(file, code, "签发", "签发") as work:
            keep_version(work, NOW.back(), told, values)
        with file.reading() as connection:
            found = {each.result.indicator.id: each for each in explained(connection, "台办", zones)}
    change = found["TW02"]
    assert change.remainder == 0
    assert change.parts[BASIS] == -7
    assert "第 1 版" in change.basis[0].words
    assert all(each.parts.get(BASIS) == -7 for id, each in found.items() if not each.why and id != "TW15")


def test_a_percentage_changes_by_points(made):
    with made.reading() as connection:
        code, year = made.asked[0]
        for change in explained(connection, "台办", programs(connection, code), Period(year)):
            told = difference(change.result)
            assert ("百分点" in told) == (change.result.indicator.unit == "%" and change.result.difference is not None)
            assert "%）" not in told or change.result.indicator.unit != "%"


def test_the_independent_side_imports_nothing_of_the_program():
    source = Path(changes.__file__).read_text(encoding="utf-8")
    froms = {node.module for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom)}
    assert froms <= {
        "__future__",
        "collections.abc",
        "fractions",
        "tests.independent.ledgers",
        "tests.independent.taiwan",
    }


def test_movers_lead_to_rows_that_are_there(made):
    with made.reading() as connection:
        code, year = made.asked[0]
        for change in explained(connection, "台办", programs(connection, code), Period(year)):
            assert all(
                each.title.name or each.title.key or BY_ID[each.mover.ledger]
                for each in named(connection, change.movers)
            )
