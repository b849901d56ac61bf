"""Taking back what was done: undo and redo across restarts, restoring deleted rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from models.ledger import Ledger
from models.ledgers import BY_ID
from models.store.batches import Batch, Refused, batch
from models.store.file import DataFile
from models.store.past import (
    REDO,
    RESTORE,
    UNDO,
    Done,
    Step,
    deleted,
    done,
    next_redo,
    next_undo,
    past_of,
    read_done,
    steps_of,
    touched_since,
)
from models.store.records import EDIT, GONE, NEW, same
from models.store.tables import BATCH, CHANGE
from models.store.values import Row

Kept = tuple[str, bytes, str]  # ledger, row, reason


@dataclass(frozen=True)
class Outcome:
    """What an undo or redo did: the title of what was taken back and the rows that had to stay, with the reason."""

    title: str
    rows: int
    kept: tuple[Kept, ...]


def undo(file: DataFile) -> Outcome | None:
    """Take back the latest batch; None when there is nothing to take back."""
    with file.reading() as connection:
        found = next_undo(connection)
    return reverse(file, found.no, UNDO) if found else None


def redo(file: DataFile) -> Outcome | None:
    """Do again what was last taken back; None when there is nothing."""
    with file.reading() as connection:
        found = next_redo(connection)
    return reverse(file, found.no, REDO) if found else None


def reverse(file: DataFile, no: int, kind: str = UNDO) -> Outcome:
    """Reverse batch ``no`` as a batch of its own; a row whose fields later work touched stays and is named with the reason."""
    with file.reading() as connection:
        origin = read_done(connection.execute(select(BATCH).where(BATCH.c.no == no)).mappings().one())
    title = origin.title.removeprefix(f"{UNDO}:").removeprefix(f"{REDO}:")
    kept: list[Kept] = []
    with batch(file, origin.zone, kind, f"{kind}:{title}", reverses=no) as work:
        if work.connection.scalar(select(BATCH.c.reversed_by).where(BATCH.c.no == no)) is not None:
            raise Refused(f"“{origin.title}”已经撤销过了")
        steps = steps_of(work.connection, CHANGE.c.batch == no, CHANGE.c.zone_code == origin.zone)
        later = touched_since(work.connection, origin, {step.row for step in steps if step.op == NEW})
        made = _by_ledger(step for step in steps if step.op == NEW and step.row not in later)
        kept += [
            (step.ledger, step.row, "这一行后来又改过,没有撤掉")
            for step in steps
            if step.op == NEW and step.row in later
        ]
        # what stands in the place of a removed row goes first, what changed rows still refer to goes last
        made = _drop(work, made)
        _return(work, [step for step in steps if step.op == GONE], kept)
        _set_back(work, [step for step in steps if step.op == EDIT], kept)
        made = _drop(work, made)
        kept += [(name, row, "后来有别的记录属于这一行,没有撤掉") for name, rows in made.items() for row in rows]
        touched = len(work.records)
    return Outcome(title, touched, tuple(kept))


def _by_ledger(steps: Iterable[Step]) -> dict[str, list[bytes]]:
    found: dict[str, list[bytes]] = {}
    for step in steps:
        found.setdefault(step.ledger, []).append(step.row)
    return found


def _drop(work: Batch, rows: dict[str, list[bytes]]) -> dict[str, list[bytes]]:
    """Remove rows; those that rows of later work belong to are given back."""
    held: dict[str, list[bytes]] = {}
    for name in reversed(
        BY_ID
    ):  # a ledger's links lead to those before it, so what belongs to a row has gone before it
        if name in rows:
            keeping = {row for row, _, _ in work.holders(BY_ID[name], rows[name])}
            held[name] = [row for row in rows[name] if row in keeping]
            work.remove(BY_ID[name], [row for row in rows[name] if row not in keeping])
    return held


def _return(work: Batch, steps: Sequence[Step], kept: list[Kept]) -> None:
    for name, ledger in BY_ID.items():
        rows = {step.row: step.before for step in steps if step.ledger == name}
        if rows:
            orphans = set(work.orphans(ledger, rows))
            reasons = {True: "它所属的记录已经删除,没有放回", False: "这个记录已另有一行,没有放回"}
            kept += [(name, row, reasons[row in orphans]) for row in work.put_back(ledger, rows)]


def _set_back(work: Batch, steps: Sequence[Step], kept: list[Kept]) -> None:
    for ledger_id in dict.fromkeys(step.ledger for step in steps):
        ledger, mine = BY_ID[ledger_id], [step for step in steps if step.ledger == ledger_id]
        now = work.values_of(
            ledger, [step.row for step in mine], sorted({name for step in mine for name in step.changed})
        )
        back: dict[bytes, Row] = {}
        for step in mine:
            if step.row not in now:
                kept.append((ledger_id, step.row, "这一行后来删掉了,没有撤销"))
            elif any(not same(now[step.row].get(name), new) for name, (_, new) in step.changed.items()):
                kept.append((ledger_id, step.row, "同一格后来又改过,没有撤销"))
            else:
                back[step.row] = step.before
        for row in work.orphans(ledger, back):
            kept.append((ledger_id, row, "它原来所属的记录已经删除,没有撤销"))
            del back[row]
        kept += [(ledger_id, row, "这个记录已另有一行,没有撤销") for row in _write_back(work, ledger, back)]


def _write_back(work: Batch, ledger: Ledger, rows: dict[bytes, Row]) -> list[bytes]:
    """Write all rows, or each that can be; the others are given back."""
    try:
        with work.connection.begin_nested():
            work.set_many(ledger, rows)
    except Refused:
        if len(rows) == 1:
            return list(rows)
        return [row for one in rows for row in _write_back(work, ledger, {one: rows[one]})]
    return []


def restore_row(file: DataFile, step: Step) -> Outcome:
    """Put a deleted row back as it was, with the rows of other ledgers that went with it. Raises Refused when it cannot be."""
    ledger = BY_ID[step.ledger]
    kept: list[Kept] = []
    with batch(file, step.batch.zone, RESTORE, f"恢复“{ledger.label}”一行") as work:
        gone = steps_of(
            work.connection,
            CHANGE.c.zone_code == step.batch.zone,
            CHANGE.c.batch == step.batch.no,
            CHANGE.c.op == GONE,
        )
        _return(work, _with_those_belonging(step, gone), kept)
        if any(row == step.row for _, row, _ in kept):
            raise Refused(f"不能恢复:{next(reason for _, row, reason in kept if row == step.row)}")
        touched = len(work.records)
    return Outcome(step.batch.title, touched, tuple(kept))


def _with_those_belonging(step: Step, gone: Sequence[Step]) -> list[Step]:
    """``step`` and, of ``gone``, those of rows that belonged to its row, directly or through one another."""
    found = {step.row: step}
    for name, ledger in BY_ID.items():
        links = [field.id for field in ledger.links]
        for other in gone:
            if other.ledger == name and any(other.before.get(link) in found for link in links):
                found.setdefault(other.row, other)
    return list(found.values())


__all__ = [
    "Done",
    "Outcome",
    "Step",
    "deleted",
    "done",
    "next_redo",
    "next_undo",
    "past_of",
    "redo",
    "restore_row",
    "reverse",
    "undo",
]
