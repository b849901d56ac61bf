"""Every ledger from a workbook as messy as offices write them: what is stored is what was meant, and what stays out is told."""

from __future__ import annotations

import pytest

from models.ledgers import LEDGERS
from models.store.content import content_hash
from tests.importers.merge.made import accounted, take
from tests.importers.merge.messy.heads import STRANGERS
from tests.importers.merge.messy.shelf import as_csv, differences, messy, stored

OWN = [ledger for ledger in LEDGERS if ledger.own_page]


def importing(file, shelf, **options):
    return take(file, shelf.path, shelf.ledger, shelf.when, **options)


@pytest.mark.parametrize("seed", ["甲", "乙"])
@pytest.mark.parametrize("ledger", OWN, ids=lambda ledger: ledger.id)
def test_what_was_meant_is_what_is_stored(file, tmp_path, ledger, seed):
    shelf = messy(file, tmp_path, ledger, seed)
    there, count = len(stored(file, ledger)), len(shelf.rows)
    before = content_hash(file.path)
    seen = importing(file, shelf, dry_run=True)
    assert content_hash(file.path) == before
    done = importing(file, shelf)
    assert seen.counts == done.counts
    told = [*done.lines()]
    fresh = ledger.id != "zone"  # the zone is there before anything is imported
    counts = done.counts
    assert (counts.rows, counts.new, counts.updated) == (count, count * fresh, count * (not fresh)), told
    assert (counts.kept, counts.rounded, counts.conflicts, counts.returned) == (0, 0, 0, 0), told
    assert accounted(counts)
    found = stored(file, ledger)[there * fresh :]
    assert [period for period, _ in found] == shelf.periods
    assert [differences(row, wanted) for (_, row), wanted in zip(found, shelf.rows, strict=True)] == [{}] * count, told
    again = importing(file, shelf)
    assert (again.counts.same, again.batch) == (count, None), [*again.lines()]
    is_told(shelf, done)


@pytest.mark.parametrize("ledger", OWN, ids=lambda ledger: ledger.id)
def test_the_same_table_as_csv(file, tmp_path, ledger):
    """Without merged cells, formats and other sheets; in the code page of old Windows programs, or in UTF-8."""
    shelf = messy(file, tmp_path, ledger, "丙", merged=False)
    there, count = len(stored(file, ledger)) * shelf.rows[0].fresh, len(shelf.rows)
    path = as_csv(shelf, "utf-8-sig" if len(ledger.id) % 2 else "gb18030")
    done = take(file, path, ledger, shelf.when)
    told = [*done.lines()]
    assert (done.counts.rows, done.counts.kept, done.counts.rounded) == (count, 0, 0), told
    found = stored(file, ledger)[there:]
    assert [period for period, _ in found] == shelf.periods
    assert [differences(row, wanted) for (_, row), wanted in zip(found, shelf.rows, strict=True)] == [{}] * count, told


def is_told(shelf, done):
    """Whatever is no record and no field is told with its place, and so is every unit that was taken or assumed."""
    asides = [(one.reason, one.place) for one in done.plan.matching.heading.aside]
    assert sum(reason in {"合计行", "分组行"} for reason, _ in asides) == shelf.made.totals, asides
    assert sum(reason in {"注释行", "表尾签署行", "表尾说明"} for reason, _ in asides) == 3, asides
    lines = [*done.lines()]
    assert sum(reason == "重复的标题行" for reason, _ in asides) == shelf.made.again
    assert all(any(place in line for line in lines) for _, place in asides)
    out = [line for line in lines if line.startswith("没有导入的列")]
    assert all(any(name in line for line in out) for name in STRANGERS)
    notes = {
        one.target.field.id: one.note for one in done.plan.matching.matched if one.target.field and not one.target.via
    }
    assert {name for name, note in notes.items() if "→" in note} == shelf.made.converted
    assert {name for name, note in notes.items() if note.startswith("没有写单位")} == shelf.made.assumed
    assert all(any(note in line for line in lines) for note in notes.values() if note)
    assert any("隐藏的工作表“代码”没有导入" in line for line in lines)
