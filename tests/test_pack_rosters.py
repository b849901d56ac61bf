"""The lists of 湖南, 赣州 and 南通 over random zones: who is on them by plain Python over exported CSV, each with a reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from models.packs.pack import pack
from models.packs.rosters import Roster
from models.periods import Period
from models.rosters import Found, Rosters
from tests.independent import rosters
from tests.independent.compare import World, dated_world, programs, world

TODAY = date(2026, 1, 5)
OWN = {"湖南": (rosters.hunan, dated_world), "赣州": (rosters.ganzhou, world), "南通": (rosters.nantong, world)}
EACH = pytest.mark.parametrize("id", OWN)
Worlds = Callable[[str], World]


def lists_of(id: str) -> list[Roster]:
    """Those that the pack has itself."""
    own = {entry["编号"] for entry in pack(id).source.tables["名单"]}
    return [each for each in pack(id).rosters if each.id in own]


@EACH
def test_who_is_on_a_list_equals_plain_python_over_csv(tmp_path: Path, id: str) -> None:
    theirs, make = OWN[id]
    made, seen = make(tmp_path, 4711, 12), dict[str, int]()
    with made.reading() as connection:
        for code, when in made.asked:
            right = theirs(made.ledgers, code, when)
            lists = Rosters(connection, pack(id), programs(connection, code), Period.parse(str(when)), TODAY)
            assert right.keys() == {each.id for each in lists_of(id)}
            for each in lists_of(id):
                found = lists.found(each)
                assert called(found) == right[each.id], (each.id, code, when)
                assert all(row.why and "{" not in row.why for row in found.rows)
                seen[each.id] = seen.get(each.id, 0) + len(found.rows)
    assert all(seen.values()), f"a list that nobody is ever on shows nothing: {seen}"


def called(found: Found) -> list[str]:
    """What the rows are called; on the list of stages with their group and first day."""
    stages = found.roster.id == "HN-M1"
    return sorted(f"{row.title.key}|{row.group}|{row.since}" if stages else row.title.key for row in found.rows)


@EACH
def test_each_says_its_clause_and_words(id: str) -> None:
    for each in lists_of(id):
        assert each.clause
        assert each.words
        assert each.scope
        assert each.why
