"""What a form was sent out with: a change of a value that the ledger still has is no dispute with who typed it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from importers.merge.filled import Filled
from importers.merge.grouping import Groups
from importers.merge.parts import Part
from importers.merge.places import Known, described
from models.columns import convert
from models.fields import Field
from models.kinds import Raw, Reference, Stored
from models.text import clean

Cells = Mapping[tuple[int, int], str]  # by row and column of the grid


def stored(of: Field, value: object) -> Stored:
    """A cell as its field stores it; of a reference the text."""
    if isinstance(of.kind, Reference):
        return clean(str(value))
    read = convert(of.kind, [value])
    return Raw(str(value)) if read.raw or read.destroyed else read.stored[0]


def as_sent(sent: Cells, rows: Sequence[int], known: Sequence[Known], columns: Sequence[Filled | None]) -> list[Known]:
    """What each row is known by: what it was sent out with, where it was; ``columns`` are those of code, old number, name."""
    made = []
    for row, own in zip(rows, known, strict=True):
        texts = [sent.get((row, column.index), "") if column else "" for column in columns]
        made.append(described(*texts) if any(texts) else own)
    return made


def settle(sent: Cells, parts: Sequence[Part], groups: Groups, rows: Sequence[int], names: Mapping[bytes, str]) -> None:
    """Where the ledger still has what was sent out, the file's value simply takes its place."""
    for part in parts:
        for record, changes in part.changes.items():
            row = rows[groups.first[record]]
            for index, change in changes.items():
                column = part.columns[index]
                text = sent.get((row, column.index), "")
                if not text or not change.stays:
                    continue
                now = change.now
                same = names.get(now) == text if isinstance(now, bytes) else stored(column.field, text) == now
                if same:
                    changes[index] = replace(change, typed=False, code=False)
