"""Taking back what was done: undo and redo across restarts, restoring deleted rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select

from models.kinds import Stored
from models.ledger import Ledger
from models.ledgers import BY_ID
from models.store.batches import Batch, Refused, Watch, batch
from models.store.carried import taken_back
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
    size,
    steps_of,
    touched_since,
)
from models.store.records import EDIT, GONE, NEW, same
from models.store.tables import BATCH, CARRIED, CHANGE
from models.store.values import Row

Kept = tuple[str, bytes, str]  # ledger, row, reason
Rows = dict[str, dict[bytes, Step]]  # ledger → row → what was done to it


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
    return reverse(file, found.no) if found else None


def redo(file: DataFile) -> Outcome | None:
    """Do again what was last taken back; None when there is nothing."""
    with file.reading() as connection:
        found = next_redo(connection)
    return reverse(file, found.no) if found else None


def reverse(file: DataFile, no: int, watch: Watch | None = None) -> Outcome:
    """Reverse batch ``no`` as a batch of its own; a row whose fields later work touched stays and is named with the reason.

    Taking back a taking back is doing again, so that what is then in effect can be undone like any other work.
    """
    with file.reading() as connection:
        origin = read_done(connection.execute(select(BATCH).where(BATCH.c.no == no)).mappings().one())
    title = origin.title.removeprefix(f"{UNDO}：").removeprefix(f"{REDO}：")
    kind = REDO if origin.kind == UNDO else UNDO
    with batch(file, origin.zone, kind, f"{kind}：{title}", reverses=no, watch=watch) as work:
        if work.connection.scalar(select(BATCH.c.reversed_by).where(BATCH.c.no == no)) is not None:
            raise Refused(f"“{origin.title}”已经撤销过了")
        steps = steps_of(work.connection, CHANGE.c.batch == no, CHANGE.c.zone_code == origin.zone)
        later = touched_since(work.connection, origin, {step.row for step in steps if step.op == NEW})
        kept = [(step.ledger, step.row, "这一行后来又改过，没有撤掉") for step in steps if step.row in later]
        made = _grouped(step for step in steps if step.op == NEW and step.row not in later)
        edited = _still_so(work, _grouped(step for step in steps if step.op == EDIT), kept)
        kept += _take_back(work, made, _grouped(step for step in steps if step.op == GONE), edited)
        touched = len(work.records)
    return Outcome(title, touched, tuple(kept))


def _grouped(steps: Iterable[Step]) -> Rows:
    found: Rows = {}
    for step in steps:
        found.setdefault(step.ledger, {})[step.row] = step
    return found


def _still_so(work: Batch, edited: Rows, kept: list[Kept]) -> Rows:
    """The edited rows that still hold what they were given; the others are named."""
    found: Rows = {}
    for name, rows in edited.items():
        fields = sorted({field for step in rows.values() for field in step.changed})
        now = work.values_of(BY_ID[name], list(rows), fields)
        for row, step in rows.items():
            if row not in now:
                kept.append((name, row, "这一行后来删掉了，没有撤销"))
            elif any(
                not same(now[row].get(field), new) for field, (_, new) in step.changed.items() if field != CARRIED
            ):
                kept.append((name, row, "同一格后来又改过，没有撤销"))
            else:
                found.setdefault(name, {})[row] = _with_marks(step, now[row].get(CARRIED))
    return found


def _with_marks(step: Step, now: Stored) -> Step:
    """The step as it is to be taken back: other fields of the row may have been confirmed since, which stays."""
    if CARRIED not in step.changed:
        return step
    old, new = step.changed[CARRIED]
    return replace(step, changed=step.changed | {CARRIED: (taken_back(now, old, new), new)})


def _take_back(work: Batch, made: Rows, gone: Rows, edited: Rows) -> list[Kept]:
    """Drop rows, return rows, set fields back; those that cannot be are named.

    One may have to wait for another, in any order: a row for the place another one takes, a record for the row that refers to it.
    """
    waiting = -1
    while waiting != (waiting := sum(len(rows) for each in (made, gone, edited) for rows in each.values())):
        made, gone, edited = _drop(work, made), _return(work, gone), _set_back(work, edited)
    kept = [(name, row, "后来有别的记录属于这一行，没有撤掉") for name, rows in made.items() for row in rows]
    for each, what in ((gone, "放回"), (edited, "撤销")):
        for name, rows in each.items():
            orphans = set(work.orphans(BY_ID[name], _before(rows)))
            for row in rows:
                reason = "它原来所属的记录已经删除" if row in orphans else "这个记录已另有一行"
                kept.append((name, row, f"{reason}，没有{what}"))
    return kept


def _before(rows: dict[bytes, Step]) -> dict[bytes, Row]:
    return {row: step.before for row, step in rows.items()}


def _drop(work: Batch, made: Rows) -> Rows:
    """Remove rows; those that rows belong to are given back."""
    held: Rows = {}
    for name in reversed(
        BY_ID
    ):  # a ledger's links lead to those before it, so what belongs to a row has gone before it
        rows = made.get(name, {})
        keeping = {row for row, _, _ in work.holders(BY_ID[name], list(rows))}
        held[name] = {row: step for row, step in rows.items() if row in keeping}
        work.remove(BY_ID[name], [row for row in rows if row not in keeping])
    return held


def _return(work: Batch, gone: Rows) -> Rows:
    """Put rows back; those that cannot be are given back."""
    found: Rows = {}
    for name, ledger in BY_ID.items():
        rows = gone.get(name, {})
        found[name] = {row: rows[row] for row in work.put_back(ledger, _before(rows))}
    return found


def _set_back(work: Batch, edited: Rows) -> Rows:
    """Set fields back; the rows where that cannot be are given back."""
    found: Rows = {}
    for name, rows in edited.items():
        ledger, back = BY_ID[name], _before(rows)
        orphans = work.orphans(ledger, back)
        for row in orphans:
            del back[row]
        found[name] = {row: rows[row] for row in (*orphans, *_write_back(work, ledger, back))}
    return found


def _write_back(work: Batch, ledger: Ledger, rows: dict[bytes, Row]) -> list[bytes]:
    """Write all rows, or each that can be; the others are given back."""
    try:
        with work.connection.begin_nested(), work.records.forgetting(ledger.id, rows):
            if len(rows) > 1 and ledger.one_per:  # empty first: two rows may have changed places
                key = ledger.key[0]
                work.set_many(ledger, {row: {key: None} for row, values in rows.items() if key in values})
            work.set_many(ledger, rows)
    except Refused:
        if len(rows) == 1:
            return list(rows)
        return [row for one in rows for row in _write_back(work, ledger, {one: rows[one]})]
    return []


def restore_row(file: DataFile, step: Step) -> Outcome:
    """Put a deleted row back as it was, with the rows of other ledgers that went with it. Raises Refused when it cannot be."""
    ledger = BY_ID[step.ledger]
    with batch(file, step.batch.zone, RESTORE, f"恢复“{ledger.label}”一行") as work:
        gone = steps_of(
            work.connection,
            CHANGE.c.zone_code == step.batch.zone,
            CHANGE.c.batch == step.batch.no,
            CHANGE.c.op == GONE,
        )
        kept = _take_back(work, {}, _grouped(_with_those_belonging(step, gone)), {})
        if any(row == step.row for _, row, _ in kept):
            raise Refused(f"不能恢复：{next(reason for _, row, reason in kept if row == step.row)}")
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
    "size",
    "undo",
]
