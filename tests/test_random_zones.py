"""Every indicator of every pack for 200 random zones equals an independent computation in plain Python over the exported CSV.

What the zones hold is in tests/independent/cells.py: empties, noughts, negatives, halves, doubled persons, days at the edges, texts
that fit no kind, sub-parks; many stand in one file, so every zone has others whose rows must not count. ZONES=2000 tests more.
"""

from __future__ import annotations

import ast
import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from models.fields import Field
from models.formula.tree import Aggregate, Cell, Node
from models.indicators import indicator_set
from models.kinds import Reference, decimal_of
from models.ledgers import LEDGERS
from models.packs.pack import pack
from models.periods import Period
from tests.independent import compare
from tests.independent.cells import CELLS
from tests.independent.compare import SIDES, TODAY, World, expected, is_tie, printed, programs, same, world
from tests.independent.ledgers import read, rounded
from tests.independent.mutants import check
from ui.commands.run import run_command

TOGETHER = 25  # zones in one file
FILES = range(max(1, int(os.environ.get("ZONES", "200")) // TOGETHER))
SEED = int(os.environ.get("ZONES_SEED", "1"))
INDEPENDENT = ("ledgers", "taiwan", "jiangxi", "jiangxi_land", "jiangxi_firms", "nantong", "ganzhou", "ganzhou_land")
GIVEN = {
    "企业.统一社会信用代码",
    "开发区.开发区代码",
    "基准.指标编号",
    "上报批次.版本号",
    "项目.项目编号",
    "项目.项目法人代码",
    "项目.所属集群项目编号",
}  # by zones.py
STANDARD = {"__future__", "csv", "re", "collections.abc", "fractions", "pathlib", "typing", "decimal"}


Worlds = Callable[[int], World]  # each made when it is first asked for


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Worlds:
    """The files of random zones."""
    return cache(lambda number: world(tmp_path_factory.mktemp("随机"), SEED * 1000 + number, TOGETHER))


@pytest.mark.parametrize("number", FILES)
@pytest.mark.parametrize("name", SIDES)
def test_every_indicator_of_every_zone(worlds: Worlds, name: str, number: int) -> None:
    """Exact value and printed value."""
    wrong = []
    with worlds(number).reading() as connection:
        for code, year in worlds(number).asked:
            ours = indicator_set(pack(name)).values(connection, programs(connection, code), Period(year), TODAY)
            theirs = expected(worlds(number), name, code, year)
            assert ours.keys() == theirs.keys()
            for each in pack(name).indicators:
                found, right = ours[each.id], theirs[each.id]
                shown = None if found is None else Fraction(decimal_of(found, each.places))
                if not same(each.id, found, right) or shown != printed(name, each.id, right):
                    wrong.append(f"{each.id} {code} {year}: {found} ({shown}), by plain Python {right}")
    assert not wrong, "\n".join([f"{len(wrong)}:", *wrong[:20]])


@pytest.mark.parametrize("name", SIDES)
def test_last_year_difference_and_growth(worlds: Worlds, name: str) -> None:
    """As the return prints them beside each figure, from the figures as printed (indicators.md CM01)."""
    with worlds(0).reading() as connection:
        for code, year in worlds(0).asked[:3]:
            now, before = (expected(worlds(0), name, code, each) for each in (year, year - 1))
            for each in indicator_set(pack(name)).results(connection, programs(connection, code), Period(year), TODAY):
                id = each.indicator.id
                ours, last = printed(name, id, now[id]), printed(name, id, before[id])
                grown = None if ours is None or not last or last < 0 else rounded((ours / last - 1) * 100, 1)
                assert (each.rounded, each.rounded_prior) == (ours, last), (id, code)
                assert each.difference == (None if ours is None or last is None else ours - last), (id, code)
                assert each.growth == grown, (id, code)


@pytest.mark.parametrize("name", SIDES)
def test_every_indicator_is_printed_with_the_places_of_the_form(name: str) -> None:
    places = {each.id: each.places for each in pack(name).indicators}
    assert places == {id: SIDES[name][1](id) for id in places}


@pytest.mark.parametrize("name", SIDES)
def test_the_zones_are_worth_comparing(worlds: Worlds, name: str) -> None:
    """Every indicator takes several values, some cannot be worked out, halves are rounded on both sides of nought."""
    values: defaultdict[str, list[Fraction | None]] = defaultdict(list)
    for number in FILES[:4]:
        for code, year in worlds(number).asked:
            for id, figure in expected(worlds(number), name, code, year).items():
                values[id].append(figure)
    assert not {id for id, found in values.items() if len(set(found)) < 2}
    ties = [
        figure for id, found in values.items() for figure in found if figure is not None and is_tie(name, id, figure)
    ]
    assert len(ties) >= 10 * len(FILES[:4])
    assert sum(figure < 0 for figure in ties) >= len(FILES[:4])
    assert sum(None in found for found in values.values()) >= 20


@pytest.mark.parametrize("name", SIDES)
def test_every_field_that_an_indicator_reads_is_filled_at_random(name: str) -> None:
    """A new indicator may read what no zone has yet: it belongs into tests/independent/cells.py, or into what zones.py gives."""
    home = {field: ledger for ledger in LEDGERS for field in ledger.fields}
    read_by_some = {field for each in indicator_set(pack(name)).figures.values() for field in _fields(each.node)}
    left = {
        f"{home[field].label}.{field.label}"
        for field in read_by_some & home.keys()
        if not field.digest and not isinstance(field.kind, Reference)
        if field.label not in CELLS.get(home[field].label, {})
    }
    assert left <= GIVEN


def _fields(node: Node) -> Iterator[Field]:
    for each in node.walk():
        if isinstance(each, Cell):
            yield each.field
        if isinstance(each, Aggregate):
            for part in (each.value, each.where):
                yield from _fields(part) if part else ()


@pytest.mark.parametrize("name", SIDES)
def test_the_comparison_sees_a_changed_pack(name: str) -> None:
    """A sample of what python -m tests.independent.mutants does: one change, and a figure differs."""
    tried, lived = check(name, TOGETHER, SEED, sample=25)
    assert tried >= 5
    assert len(lived) <= tried / 5, lived


def test_the_command_exports_the_same(worlds: Worlds, tmp_path: Path) -> None:
    """What a user exports of one zone is what that zone was reckoned from."""
    made = worlds(0)
    every = {row.zone for row in made.ledgers["开发区"]}
    code = next(each for each, _ in made.asked if f"{each}A" in every)
    for each in LEDGERS:
        given = ["export", "--data", str(made.path), "--zone", code, "--ledger", each.label]
        assert run_command([*given, "-o", str(tmp_path / f"{each.label}.csv")]) == 0
    alone = read(tmp_path)
    assert {row.zone for row in alone["企业"]} == {code, f"{code}A", f"{code}AA"} & every
    for name, (side, _) in SIDES.items():
        assert side(alone, code, 2025).figures() == expected(made, name, code, 2025)


@pytest.mark.parametrize("module", INDEPENDENT)
def test_the_independent_side_imports_nothing_of_the_program(module: str) -> None:
    path = Path(compare.__file__).with_name(f"{module}.py")
    found: set[str | None] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            found.add(node.module)
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    assert found <= STANDARD | {f"tests.independent.{name}" for name in INDEPENDENT}
