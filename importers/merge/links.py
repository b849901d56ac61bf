"""References of a file's rows: the record each means by code or name; what is not found is kept as typed and marked."""

from __future__ import annotations

from collections.abc import Sequence

from importers.matching.targets import known_by
from importers.merge.filled import OLD_CODE, Filled
from importers.merge.places import Directory, Known, described, directory
from models.columns import MARK, Converted, is_mark
from models.fields import Field
from models.kinds import Raw, Reference, Stored
from models.ledger import Ledger
from models.ledgers import BY_ID
from models.store.merging import Present

Cells = tuple[Stored, Stored, Stored, Stored]


def known_records(store: Present, ledger: Ledger) -> Directory:
    """The records of a ledger by what a file may name them by."""
    fields = known_by(ledger)
    ids, *columns = store.columns(ledger, [field.id for field in fields])
    code, name = _code_of(ledger), ledger.title[0]
    return directory(
        dict(zip([field.id for field in fields], columns, strict=True)), ids, code=code, old=OLD_CODE, name=name
    )


def resolve(link: Field, columns: Sequence[Filled], known: Directory, rows: int) -> Filled:
    """The column of a reference from the columns that tell it (code, 注册号, name, or one that may be either)."""
    ledger = referred(link)
    by_via = {column.target.via.id if column.target.via else "": column for column in columns}
    blank: list[Stored] = [None] * rows
    cells: list[list[Stored]] = [
        by_via[via].cells.stored if via in by_via else blank
        for via in (_code_of(ledger), OLD_CODE, ledger.title[0], "")
    ]
    texts = [*zip(*cells, strict=True)]
    meant = {key: _meant(key, known) for key in {*texts}}
    found = Converted([meant[key] for key in texts])
    first = next(by_via[via] for via in (_code_of(ledger), ledger.title[0], "", OLD_CODE) if via in by_via)
    for row, value in enumerate(found.stored) if any(isinstance(one, Raw) for one in meant.values()) else ():
        if isinstance(value, Raw) and value != MARK:
            found.raw[row] = str(value), f"“{ledger.label}”里没有“{value}”，请核对代码和名称，或先导入{ledger.label}"
    code = by_via.get(_code_of(ledger))
    for row, sentence in code.cells.destroyed.items() if code else ():
        if isinstance(found.stored[row], Raw):
            found.raw.pop(row, None)
            found.destroyed[row] = sentence
    told = {key: _text(key) for key in meant}
    return Filled(first.target, link, first.index, found, [told[key] for key in texts])


def referred(link: Field) -> Ledger:
    """The ledger a reference leads to."""
    assert isinstance(link.kind, Reference)
    return BY_ID[link.kind.ledger]


def _code_of(ledger: Ledger) -> str:
    return ledger.key[0]


def _meant(cells: Cells, known: Directory) -> Stored:
    """The id of the record meant, the texts kept as typed when there is none, None when there are no texts."""
    code, old, name, either = cells
    row = described(code, old, name)
    number = known.meant(row)
    if number is None and isinstance(either, str):
        number = known.meant(Known(None, either, either, either))
    if number is not None:
        return known.records[number].id
    return _text(cells)


def _text(cells: Cells) -> Stored:
    code, old, name, either = cells
    texts = dict.fromkeys(str(text) for text in (name, either, code, old) if text)
    if texts and all(map(is_mark, texts)):
        return MARK
    return Raw(" ".join(text for text in texts if not is_mark(text))) if texts else None
