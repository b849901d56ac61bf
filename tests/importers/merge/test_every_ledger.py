"""Each ledger, present and future: a table with all its columns goes in without a fault, and the second time changes nothing."""

from __future__ import annotations

import pytest

from models.codes import code_list
from models.kinds import Choice, CreditCode, Day, Flag, Month, Quantity, Raw, Reference, Text
from models.ledgers import BY_ID, LEDGERS
from models.store.batches import Refused
from models.store.content import content_hash
from models.store.history import undo
from models.store.zones import zones
from tests.importers.merge.made import ZONE, accounted, add, code, rows, take, write

OWN = [ledger for ledger in LEDGERS if ledger.own_page]
ZONES = BY_ID["zone"]  # its one row is there before anything is imported


def cell(field, number):
    """What a person writes into a field, different for each row where it tells rows apart."""
    match field.kind:
        case CreditCode():
            return code(number + 10)
        case Choice(codes=codes):
            names = [one.name for one in code_list(codes).values()]
            return names[number % len(names)]
        case Flag():
            return "是"
        case Day():
            return f"2025年{number + 1}月3日"
        case Month():
            return f"2025.{number + 1:02}"
        case Quantity(unit=unit):
            return f"{number + 1}.5" if unit in {"万元", "亩"} else str(number + 1)
        case Text(limit=limit):
            return f"{field.label}{number}"[-limit:]
    raise AssertionError(field.kind)


def told(ledger, field, number):
    """The column that fills a field: a reference is told by what its record is known by."""
    if not isinstance(field.kind, Reference):
        return field.label, cell(field, number)
    known = BY_ID[field.kind.ledger]
    twice = (
        sum(link.kind.ledger == field.kind.ledger for link in ledger.links) > 1
    )  # then the column says which of them
    label = field.label if twice else known.by_id[known.key[0]].label
    return label, cell(known.by_id[known.key[0]], number)


@pytest.mark.parametrize("ledger", OWN, ids=lambda ledger: ledger.id)
def test_all_columns_go_in_and_come_again_without_change(file, tmp_path, ledger):
    for known in dict.fromkeys(BY_ID[link.kind.ledger] for link in ledger.links):
        for number in (0, 1):
            add(
                file,
                {name: known.by_id[name].kind.parse(cell(known.by_id[name], number)) for name in known.key},
                into=known,
            )
    fields = [field for field in ledger.stored if not field.digest]
    with file.reading() as connection:
        assert [zone.code for zone in zones(connection)] == [ZONE]
    wanted = 2 if ledger.key and ledger is not ZONES else 1
    lines = [dict(told(ledger, field, number) for field in fields) for number in range(wanted)]
    if ledger is ZONES:
        lines[0]["开发区代码"] = ZONE
    path = write(tmp_path / "表.xlsx", [*lines[0]], *([*line.values()] for line in lines))
    before = content_hash(file.path)

    first = take(file, path, ledger, "2025" if ledger.dated else "")
    assert [one.column.label for one in first.plan.matching.columns if not one.target] == []
    made = 0 if ledger is ZONES else wanted
    assert (first.counts.rows, first.counts.new, first.counts.kept) == (wanted, made, 0)
    stored = rows(file, ledger, *(field.id for field in fields))[-wanted:]
    assert not any(value is None or isinstance(value, Raw) for row in stored for value in row)

    after = content_hash(file.path)
    again = take(file, path, ledger, "2025" if ledger.dated else "")
    assert (again.counts.same, again.batch) == (wanted, None)
    assert accounted(again.counts)
    assert content_hash(file.path) == after
    undo(file)
    assert content_hash(file.path) == before


def test_another_zone_is_not_taken_into_this_one(file, tmp_path):
    before = content_hash(file.path)
    path = write(tmp_path / "表.xlsx", ["开发区代码", "开发区全称"], ["G361009", "别的开发区"])
    with pytest.raises(Refused, match="G361009"):
        take(file, path, ZONES)
    assert content_hash(file.path) == before
