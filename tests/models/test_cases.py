"""Every rule's failing and passing example, as ledger rows in a real file: the compiled SQL finds exactly the expected rows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.packs.pack import pack, pack_ids
from models.periods import Period
from models.rules import Scene, rule_set
from models.store.file import DataFile
from models.store.zones import create_zone
from tests.models.cases import TODAY, Case, Loaded, by_rule, cases

ALL = [(id, case) for id in pack_ids() for case in cases(pack(id))]


@pytest.fixture
def file(tmp_path: Path) -> Iterator[DataFile]:
    with DataFile(tmp_path / "例.db", who="测试") as opened:
        create_zone(opened, "360799", "示例园")
        yield opened


def failing(
    file: DataFile, pack_id: str, period: Period, rows: dict[str, list[bytes]] | None = None
) -> dict[str, set[bytes]]:
    with file.reading() as connection:
        asked = rule_set(pack(pack_id)).ask(connection, Scene("360799", period, TODAY), rows)
    return by_rule([(rule.id, row) for rule, row in asked.failed])


@pytest.mark.parametrize(("pack_id", "case"), ALL, ids=[f"{id}-{case}" for id, case in ALL])
def test_case(file: DataFile, pack_id: str, case: Case) -> None:
    loaded = Loaded(file, "360799", case)
    expected = {loaded.ids[label] for label in case.found}
    assert failing(file, pack_id, case.period).get(case.rule, set()) == expected
    assert bool(expected) is (case.kind == "失败")
    single = {loaded.ledgers[label].id: [loaded.ids[label]] for label in case.found}
    for label in case.found:
        assert (
            loaded.ids[label]
            in failing(file, pack_id, case.period, {loaded.ledgers[label].id: [loaded.ids[label]]})[case.rule]
        )
    for label, values in case.fixes:
        loaded.write(label, values)
    assert case.rule not in failing(file, pack_id, case.period)
    assert case.rule not in failing(file, pack_id, case.period, single)
    assert bool(case.fixes) is (case.kind == "失败"), "a failing case names the cell that puts it right"


@pytest.mark.parametrize("pack_id", pack_ids())
def test_every_rule_has_both_cases(pack_id: str) -> None:
    """Those it takes over from another pack have them there."""
    shown = {(case.rule, case.kind) for case in cases(pack(pack_id))}
    own = {entry["编号"] for entry in pack(pack_id).source.tables["规则"]}
    assert shown == {(id, kind) for id in own for kind in ("失败", "通过")}
