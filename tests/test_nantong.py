"""南通: every figure of random zones by plain Python over exported CSV, and where it stands among the packs."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from models.indicators import indicator_set
from models.packs.pack import pack, pack_ids
from models.periods import Period
from tests.independent.compare import TODAY, programs, world
from tests.independent.nantong import Nantong


@pytest.mark.parametrize("seed", range(4))
def test_every_figure_equals_plain_python_over_csv(tmp_path: Path, seed: int) -> None:
    made = world(tmp_path, 7000 + seed, 20)
    with made.reading() as connection:
        for code, year in made.asked:
            own = programs(connection, code)
            found = indicator_set(pack("南通")).values(connection, own, Period(year), TODAY)
            expected = Nantong(made.ledgers, code, year).figures()
            assert {id: found[id] for id in expected} == expected, (code, year)
            assert set(expected) == {each.id for each in pack("南通").indicators if each.id.startswith("NT")}


def test_a_clerk_in_jiangxi_finds_her_own_returns_first() -> None:
    ids = pack_ids()
    assert ids[:2] == ("台办", "工信")
    assert "南通" in ids[2:]
    assert pack("南通").due(Period(2025)) == date(2026, 1, 20)
