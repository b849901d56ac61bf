"""docs/规则对照.md accounts for every rule there is: a rule of a pack, or a check with its test."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from models.ledgers import ledger
from models.packs.pack import pack, pack_ids

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "规则对照.md").read_text(encoding="utf-8")
ROWS = [
    tuple(cell.strip() for cell in line.strip("|").split("|")) for line in TEXT.splitlines() if line.startswith("| ")
]
TABLE = {row[0]: row[1:] for row in ROWS if row[0] != "编号"}
with (ROOT / "tests" / "data" / "rule_ids.csv").open(encoding="utf-8", newline="") as file:
    IDS = {row["id"]: row["level"] for row in csv.DictReader(file)}
KINDS = {kind: [id for id, row in TABLE.items() if row[1].startswith(kind)] for kind in ("规则", "检查")}


def test_nothing_is_unaccounted_for() -> None:
    assert [row[0] for row in ROWS[1:]] == list(IDS)
    assert {id: row[0] for id, row in TABLE.items()} == IDS
    assert sorted(id for ids in KINDS.values() for id in ids) == sorted(IDS)
    for kind, ids in KINDS.items():
        (said,) = re.findall(rf"\*\*{kind}\*\*：.*共 (\d+) 条", TEXT)
        assert int(said) == len(ids), kind


def test_rules_are_in_the_pack_named_with_their_level_and_ledger() -> None:
    named = {id: TABLE[id][1].removeprefix("规则 ") for id in KINDS["规则"]}
    for id, name in named.items():
        (rule,) = [rule for rule in pack(name).rules if rule.id == id]
        assert id in own_ids(name), id
        assert rule.level == IDS[id], id
        assert TABLE[id][2].split("；")[0] == rule.ledger, id
    own = {rule for id in pack_ids() for rule in own_ids(id)}
    assert own & set(IDS) == set(named), "a rule of a pack that the table puts elsewhere"


def own_ids(name: str) -> set[str]:
    """The rules a pack has itself, without those it takes over from another one."""
    return {entry["编号"] for entry in pack(name).source.tables["规则"]}


@pytest.mark.parametrize("id", KINDS["检查"])
def test_checks_are_there_with_their_tests(id: str) -> None:
    _, where, how = TABLE[id]
    assert (ROOT / where.split("`")[1]).is_file()
    (path, name), *_ = re.findall(r"`(tests/\S+?)::(\w+)`", how)
    assert f"\ndef {name}(" in (ROOT / path).read_text(encoding="utf-8")


def test_a_chain_is_done_only_with_all_nine() -> None:
    """B010: what says 完成 is derived from the four maps and five lists, so it cannot be typed without them."""
    chain = ledger("产业链")
    nine = [field.label for field in chain.fields if field.section in ("四图", "五清单") and not field.formula]
    assert len(nine) == 9
    assert chain.field("四图五清单完成").formula.split(" 且 ") == nine
