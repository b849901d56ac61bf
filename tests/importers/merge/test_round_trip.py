"""Each ledger exported by the program itself and taken into an empty file: the same content, from a workbook and from a CSV."""

from __future__ import annotations

import pytest

from exporters.ledger_sheet import write_csv, write_xlsx
from models.kinds import Quantity, Raw
from models.ledgers import BY_ID
from models.periods import Period
from models.store.content import content_hash
from models.store.file import DataFile
from models.store.listing import listing
from models.store.zones import create_zone
from tests.importers.merge.made import ZONE, add, take
from tests.importers.merge.test_every_ledger import OWN, ZONES, cell

YEAR = Period(2025)


def values(ledger, number, records):
    """A row as the store keeps it, each field filled; a reference leads to one of the ``records`` of its ledger."""
    return {
        field.id: records[field.kind.ledger][number]
        if field in ledger.links
        else 1_234_567 + number  # as many decimals as the store keeps
        if isinstance(field.kind, Quantity)
        else field.kind.parse(cell(field, number))
        for field in ledger.stored
        if not field.digest
    }


def before(ledger):
    """The ledgers a ledger's references lead to, those before that they lead to themselves, and it."""
    needed = {link.kind.ledger for link in ledger.links}
    return [
        *dict.fromkeys(one for each in sorted(needed, key=list(BY_ID).index) for one in before(BY_ID[each])),
        ledger,
    ]


def when(ledger):
    """A period that the ledger has rows of."""
    return None if not ledger.dated else YEAR if "Y" in ledger.forms else Period(2025, ledger.forms[-1], 3)


def filled(file, ledger, **more):
    """Two full rows of a ledger and of all it leads to."""
    records = {}
    for each in before(ledger):
        wanted = [values(each, number, records) for number in range(2 if each.key else 1)]
        if each is ledger:
            wanted[0] |= more
        records[each.id] = add(file, *wanted, into=each, when=when(each))


def carried(file, ledger, folder, suffix):
    """The ledger's own list, written as a person would write it."""
    path = folder / f"{ledger.id}{suffix}"
    with file.reading() as connection:
        columns, rows = listing(connection, ledger, [ZONE], personal=True)
        if suffix == ".csv":
            write_csv(path, columns, rows)
        else:
            write_xlsx(path, ledger.label, columns, rows)
    return path


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
@pytest.mark.parametrize("ledger", [each for each in OWN if each is not ZONES], ids=lambda ledger: ledger.id)
def test_what_was_exported_comes_back_without_a_difference(file, tmp_path, ledger, suffix):
    filled(file, ledger)
    with DataFile(tmp_path / "new.db") as other:
        create_zone(other, ZONE, "赣州经济技术开发区")
        for each in before(ledger):
            told = take(other, carried(file, each, tmp_path, suffix), each)
            assert (told.counts.new, told.counts.returned) == (2 if each.key else 1, 0)
        assert content_hash(other.path) == content_hash(file.path)
    again = take(file, carried(file, ledger, tmp_path, suffix), ledger)
    assert again.batch is None


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
@pytest.mark.parametrize("ledger", [each for each in OWN if each.links], ids=lambda ledger: ledger.id)
def test_a_reference_to_nothing_known_comes_back_as_it_was_typed(file, tmp_path, ledger, suffix):
    """The key's own reference has to be known, or the row could not be placed; of the others the text is kept."""
    free = [link for link in ledger.links if link.id not in ledger.key]
    filled(file, ledger, **{link.id: Raw("查无此户") for link in free})
    with DataFile(tmp_path / "new.db") as other:
        create_zone(other, ZONE, "赣州经济技术开发区")
        for each in before(ledger):
            take(other, carried(file, each, tmp_path, suffix), each)
        assert content_hash(other.path) == content_hash(file.path)
