"""Random formulas on random rows: the SQL we make gives exactly what an independent evaluator gives."""

from __future__ import annotations

import shutil
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.formula.errors import FormulaError
from models.formula.figures import figure, figure_values
from models.formula.rows import FAIL, PASS, UNKNOWN, RowQuery, row_formula, verdicts
from models.ledgers import ledger
from models.periods import Period
from tests.models.formula.reference import YEAR, evaluate
from tests.models.formula.trees import WRITTEN, Grower, render
from tests.models.formula.world import ZONES, File, Maker, row_id

TODAY = date(2026, 1, 5)
OURS = {True: PASS, False: FAIL, None: UNKNOWN}
often = settings(max_examples=25)
seeds = st.randoms(use_true_random=True)  # trees and rows are grown with it, much faster than drawn


@pytest.fixture(scope="module")
def file(tmp_path_factory, empty_file):
    found = File(shutil.copy(empty_file, tmp_path_factory.mktemp("formula") / "rows.db"))
    yield found
    found.engine.dispose()


def grown(amount, grow, check):
    """That many trees with their checked formulas; the rare one that is too complex (test_limits.py) is left out."""
    trees, formulas = [], []
    while len(trees) < amount:
        tree = grow()
        try:
            formulas.append(check(render(tree)))
        except FormulaError as error:
            assert error.fault == "公式太复杂,请拆成几条"  # noqa: PT017 - any other fault is a mistake of ours
        else:
            trees.append(tree)
    return trees, formulas


def about(world, base):
    """The rows of ``base`` that a report is about."""
    rows = world.rows[base]
    return (
        rows
        if base == "企业"
        else [row for row in rows if (row["year"], row["form"], row["seq"]) == (YEAR, world.form, world.seq)]
    )


def bound(query, world, ids=None):
    return query.bind(list(ZONES), Period(YEAR, world.form, world.seq), TODAY, ids)


@often
@given(chance=seeds)
def test_conditions(file, chance):
    base, world, grower = chance.choice(("经济数据", "企业")), Maker(chance).world(), Grower(chance)
    book = ledger(base)
    trees, formulas = grown(
        chance.randrange(1, 34), lambda: grower.condition(base, 3), lambda text: row_formula(text, book, expect="bool")
    )
    query = RowQuery(book, formulas)
    expected = {
        row_id(row["id"]): [OURS[evaluate(tree, world, base, row)] for tree in trees] for row in about(world, base)
    }
    file.write(world)
    with file.engine.connect() as connection:
        for single in (False, True):
            found = connection.execute(query.verdicts(single=single), bound(query, world, expected))
            got = dict.fromkeys(expected, [PASS] * len(trees)) | {row.id: verdicts(row, len(trees)) for row in found}
            assert got == expected, wrong(trees, got, expected)


@often
@given(chance=seeds)
def test_rows_on_which_a_condition_holds(file, chance):
    base, world, grower = chance.choice(("经济数据", "企业")), Maker(chance).world(), Grower(chance)
    book = ledger(base)
    trees, formulas = grown(
        chance.randrange(1, 4), lambda: grower.condition(base, 2), lambda text: row_formula(text, book)
    )
    query = RowQuery(book, formulas)
    file.write(world)
    with file.engine.connect() as connection:
        holding = {row.id for row in connection.execute(query.holding(), bound(query, world))}
    rows = about(world, base)
    assert holding == {
        row_id(row["id"]) for row in rows if all(evaluate(tree, world, base, row) is True for tree in trees)
    }


@often
@given(chance=seeds)
def test_numbers(file, chance):
    base, world, grower = chance.choice(("经济数据", "企业")), Maker(chance).world(), Grower(chance)
    book = ledger(base)

    def number():
        return grower.number(base, chance.choice(sorted(WRITTEN)), 3)

    trees, formulas = grown(15, number, lambda text: row_formula(text, book, expect="value"))
    query = RowQuery(book, formulas)
    expected = {
        row_id(row["id"]): [
            in_unit(evaluate(tree, world, base, row), one.unit) for tree, one in zip(trees, formulas, strict=True)
        ]
        for row in about(world, base)
    }
    file.write(world)
    with file.engine.connect() as connection:
        for single in (False, True):
            values = query.values(single=single)
            found = connection.execute(values.statement, bound(query, world, expected))
            got = {row.id: list(values.read(row)) for row in found}
            assert got == expected, wrong(trees, got, expected)


@often
@given(chance=seeds)
def test_figures(file, chance):
    world, grower = Maker(chance).world(), Grower(chance)
    trees, made = grown(8, grower.figure, figure)
    expected = [in_unit(evaluate(tree, world, None, None), one.unit) for tree, one in zip(trees, made, strict=True)]
    file.write(world)
    with file.engine.connect() as connection:
        got = figure_values(made, connection, list(ZONES), Period(YEAR, world.form, world.seq), TODAY)
    assert got == expected, wrong(trees, {0: got}, {0: expected})


def in_unit(value, unit):
    return value if value is None else Fraction(value) / unit.factor


def wrong(trees, got, expected):
    """The formulas that differ, with one row's values."""
    pairs = [(render(tree), got[row][n], expected[row][n]) for row in expected for n, tree in enumerate(trees)]
    return [pair for pair in pairs if pair[1] != pair[2]]
