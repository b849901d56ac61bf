"""Every ledger from a workbook as messy as offices write them: what is stored is what was meant, and what stays out is told."""

from __future__ import annotations

from random import Random

import pytest

from models.ledgers import BY_ID, LEDGERS
from models.store.content import content_hash
from models.store.merging import reading
from tests.importers.merge.made import ZONE, accounted, add, code, take
from tests.importers.merge.messy.meant import Cell
from tests.importers.merge.messy.office import STRANGERS, Office
from tests.importers.merge.messy.records import Known, fields_of, known_by, rows

OWN = [ledger for ledger in LEDGERS if ledger.own_page and ledger.id != "zone"]
COUNT = 4


def before(ledger):
    """The ledgers that a ledger's references lead to, the farthest first."""
    found = {}
    for link in ledger.links:
        found |= before(BY_ID[link.kind.ledger]) | {link.kind.ledger: BY_ID[link.kind.ledger]}
    return found


def records_of(file, ledger):
    """Records for references to lead to, four of each ledger."""
    known = {}
    for each in before(ledger).values():
        key, name = known_by(each)
        known[each.id] = []
        for number in range(COUNT):
            told = code(number + 10) if each.id == "enterprise" else f"{each.label[:1]}号{number + 1:03}"
            called = told if key == name else f"{each.label}第{'一二三四'[number]}个"
            links = {link.id: known[link.kind.ledger][number].id for link in each.links}
            (row,) = add(file, {key: told, name: called} | links, into=each)
            known[each.id].append(Known(row, told, called))
    return known


def stored(file, ledger):
    """All rows of a ledger as {field: value}, with their periods."""
    names = [one.id for one in fields_of(ledger)]
    with reading(file, ZONE) as store:
        columns = store.columns(ledger, names)
    times = columns[1 : len(columns) - len(names)]
    values = columns[len(columns) - len(names) :]
    return [
        (time, dict(zip(names, row, strict=True)))
        for time, row in zip(
            zip(*times, strict=True) if times else [()] * len(columns[0]), zip(*values, strict=True), strict=True
        )
    ]


def differences(found, meant):
    """{field: (stored, meant)} of values that differ, also when only one of them is text kept as typed."""
    return {
        name: (found[name], value)
        for name, value in meant.items()
        if (type(found[name]), found[name]) != (type(value), value)
    }


def period_columns(rng, ledger, made):
    """The period of each row as the file tells it: (names of columns, period of the import, the periods meant)."""
    years = [2025] * COUNT if ledger.key else [2025 - number for number in range(COUNT)]
    if not ledger.dated:
        return (), "", [()] * COUNT
    if ledger.time.name == "YEARLY":
        if ledger.key and rng.random() < 0.5:
            return (), "2025", [(2025,)] * COUNT
        for row, year in zip(made, years, strict=True):
            row.cells["#年度"] = Cell(
                rng.choice((f"{year}年", float(year), f"{year}年度", f" {year} ", str(year))), None
            )
        return ("年度",), "2025", [(year,) for year in years]
    form = ledger.forms[-1]
    if form == "M":
        for row, year in zip(made, years, strict=True):
            row.cells["#年份"] = Cell(rng.choice((f"{year}年", float(year))), None)
            row.cells["#月份"] = Cell(rng.choice(("9月", "09", 9.0, "9月份")), None)
        return ("年份", "月份"), "2025-09", [(year, "M", 9) for year in years]
    for row, year in zip(made, years, strict=True):
        row.cells["#报告期"] = Cell(
            rng.choice((f"{year}年三季度", f"{year}Q3", f"{year}年第3季度", f"{year}年1-9月")), None
        )
    return ("报告期",), "2025Q3", [(year, "Q", 3) for year in years]


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("ledger", OWN, ids=lambda ledger: ledger.id)
def test_what_was_meant_is_what_is_stored(file, tmp_path, ledger, seed):
    rng = Random(f"{ledger.id} {seed}")
    known = records_of(file, ledger)
    office = Office(rng, ledger)
    made = rows(rng, ledger, COUNT, office.units, known)
    more, when, periods = period_columns(rng, ledger, made)
    office.write(tmp_path / f"{ledger.label}.xlsx", made, more)
    before = content_hash(file.path)
    old = len(stored(file, ledger))
    result = take(file, tmp_path / f"{ledger.label}.xlsx", ledger, when, dry_run=True)
    assert content_hash(file.path) == before
    told = [*result.lines()]
    assert not [one.column.raw for one in result.plan.matching.columns if not one.target and one.column.index < 0], told
    assert (result.counts.rows, result.counts.new, result.counts.kept, result.counts.rounded) == (COUNT, COUNT, 0, 0), (
        told
    )
    result = take(file, tmp_path / f"{ledger.label}.xlsx", ledger, when)
    found = stored(file, ledger)[old:]
    assert [time for time, _ in found] == periods
    assert [differences(row, wanted.meant) for (_, row), wanted in zip(found, made, strict=True)] == [{}] * COUNT, told
    assert accounted(result.counts)
    assert all(any(name in line for line in told) for name in STRANGERS)
    again = take(file, tmp_path / f"{ledger.label}.xlsx", ledger, when)
    assert (again.counts.same, again.batch) == (COUNT, None), [*again.lines()]
