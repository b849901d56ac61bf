"""What was done, and taking it back: undo and redo across restarts, restoring deleted rows, the past of one row."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, select

from models.kinds import Stored
from models.ledger import Ledger
from models.ledgers import BY_ID
from models.store.batches import EDIT, GONE, NEW, Batch, Refused, batch
from models.store.file import DataFile
from models.store.tables import BATCH, CHANGE, table_of
from models.store.values import Row, unpack

UNDO, REDO = "撤销", "重做"


@dataclass(frozen=True)
class Done:
    """One batch as the history page shows it. ``reversed_by`` is the batch that took it back, if one did."""

    no: int
    zone: str
    at: str
    who: str
    host: str
    kind: str
    title: str
    source: str | None
    reverses: int | None
    reversed_by: int | None


@dataclass(frozen=True)
class Step:
    """What one batch did to one row: ``changed`` maps field → (old, new); ``place`` is the row of the imported file."""

    batch: Done
    ledger: str
    row: bytes
    op: int
    changed: dict[str, tuple[Stored, Stored]]
    place: int | None


@dataclass(frozen=True)
class Outcome:
    """What an undo or redo did: the title of what was taken back and the rows that had to stay, with the reason."""

    title: str
    rows: int
    kept: tuple[tuple[str, bytes, str], ...]


def _done(row: RowMapping) -> Done:
    return Done(**{("zone" if name == "zone_code" else name): value for name, value in row.items() if name != "id"})


def done(file: DataFile, limit: int = 200) -> list[Done]:
    """The latest batches, newest first."""
    with file.reading() as connection:
        return [
            _done(row) for row in connection.execute(select(BATCH).order_by(BATCH.c.no.desc()).limit(limit)).mappings()
        ]


def next_undo(connection: Connection) -> Done | None:
    """The batch Ctrl+Z takes back: the latest that is neither taken back nor itself a taking back."""
    wanted = (
        select(BATCH).where(BATCH.c.kind != UNDO, BATCH.c.reversed_by.is_(None)).order_by(BATCH.c.no.desc()).limit(1)
    )
    row = connection.execute(wanted).mappings().first()
    return _done(row) if row else None


def next_redo(connection: Connection) -> Done | None:
    """The undo that Ctrl+Y takes back: the latest open one, unless something new was done since."""
    latest = (
        select(BATCH.c.no)
        .where(BATCH.c.kind.not_in((UNDO, REDO)))
        .order_by(BATCH.c.no.desc())
        .limit(1)
        .scalar_subquery()
    )
    wanted = (
        select(BATCH)
        .where(BATCH.c.kind == UNDO, BATCH.c.reversed_by.is_(None), BATCH.c.no > latest)
        .order_by(BATCH.c.no.desc())
        .limit(1)
    )
    row = connection.execute(wanted).mappings().first()
    return _done(row) if row else None


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
        origin = _done(connection.execute(select(BATCH).where(BATCH.c.no == no)).mappings().one())
        steps = _steps(connection, CHANGE.c.batch == no, CHANGE.c.zone_code == origin.zone)
        later = _touched_since(connection, origin, {step.row for step in steps if step.op == NEW})
    if origin.reversed_by is not None:
        raise Refused(f"“{origin.title}”已经撤销过了")
    title = origin.title.removeprefix(f"{UNDO}:").removeprefix(f"{REDO}:")
    kept: list[tuple[str, bytes, str]] = []
    with batch(file, origin.zone, kind, f"{kind}:{title}", reverses=no) as work:
        # referenced rows come back before, and go after, the rows that refer to them
        _drop(work, [step for step in steps if step.op == NEW], later, kept)
        _return(work, [step for step in steps if step.op == GONE], kept)
        _set_back(work, [step for step in steps if step.op == EDIT], kept)
        touched = len(work.records)
    return Outcome(title, touched, tuple(kept))


def _drop(work: Batch, steps: Sequence[Step], later: set[bytes], kept: list[tuple[str, bytes, str]]) -> None:
    by_ledger: dict[str, list[bytes]] = {}
    for step in steps:
        if step.row in later:
            kept.append((step.ledger, step.row, "这一行后来又改过,没有撤掉"))
        else:
            by_ledger.setdefault(step.ledger, []).append(step.row)
    for name in reversed(BY_ID):
        if name in by_ledger:
            work.remove(BY_ID[name], by_ledger[name])


def _return(work: Batch, steps: Sequence[Step], kept: list[tuple[str, bytes, str]]) -> None:
    for name, ledger in BY_ID.items():
        rows = {
            step.row: {field: old for field, (old, _) in step.changed.items()} for step in steps if step.ledger == name
        }
        if rows:
            kept += [(name, row, "这个记录已另有一行,没有放回") for row in work.put_back(ledger, rows)]


def _set_back(work: Batch, steps: Sequence[Step], kept: list[tuple[str, bytes, str]]) -> None:
    for ledger_id in {step.ledger for step in steps}:
        ledger, mine = BY_ID[ledger_id], [step for step in steps if step.ledger == ledger_id]
        now = work.values_of(
            ledger, [step.row for step in mine], sorted({name for step in mine for name in step.changed})
        )
        back: dict[bytes, Row] = {}
        for step in mine:
            if step.row not in now:
                kept.append((ledger_id, step.row, "这一行后来删掉了,没有撤销"))
            elif any(now[step.row].get(name) != new for name, (_, new) in step.changed.items()):
                kept.append((ledger_id, step.row, "同一格后来又改过,没有撤销"))
            else:
                back[step.row] = {name: old for name, (old, _) in step.changed.items()}
        work.set_many(ledger, back)


def _touched_since(connection: Connection, origin: Done, rows: set[bytes]) -> set[bytes]:
    """Rows whose content is no longer what batch ``origin`` left: later changes that did not cancel out."""
    if not rows:
        return set()
    first: dict[tuple[bytes, str], Stored] = {}
    last: dict[tuple[bytes, str], Stored] = {}
    for step in _steps(connection, CHANGE.c.batch > origin.no, CHANGE.c.zone_code == origin.zone, CHANGE.c.op == EDIT):
        for name, (old, new) in step.changed.items() if step.row in rows else ():
            first.setdefault((step.row, name), old)
            last[(step.row, name)] = new
    return {row for (row, name), value in last.items() if first[(row, name)] != value}


def _steps(connection: Connection, *conditions: object) -> list[Step]:
    joined = select(BATCH, CHANGE.c.ledger, CHANGE.c.row, CHANGE.c.op, CHANGE.c.data, CHANGE.c.place).join_from(
        CHANGE, BATCH, CHANGE.c.batch == BATCH.c.no
    )
    steps = []
    known: dict[int, Done] = {}
    for row in connection.execute(joined.where(*conditions).order_by(CHANGE.c.batch)).mappings():  # type: ignore[arg-type]
        whole = dict(row)
        rest = {name: whole.pop(name) for name in ("ledger", "row", "op", "data", "place")}
        batch_done = known.get(whole["no"]) or known.setdefault(whole["no"], _done(whole))  # type: ignore[arg-type]
        data = {name: (unpack(old), unpack(new)) for name, (old, new) in json.loads(rest["data"] or "{}").items()}
        steps.append(Step(batch_done, rest["ledger"], rest["row"], rest["op"], data, rest["place"]))
    return steps


def past_of(file: DataFile, zone: str, row: bytes) -> list[Step]:
    """Everything that ever happened to a row, oldest first."""
    with file.reading() as connection:
        return _steps(connection, CHANGE.c.zone_code == zone, CHANGE.c.row == row)


def deleted(file: DataFile, zone: str, ledger: Ledger) -> list[Step]:
    """The latest removal of each row of a ledger that is not there now (回收站), newest first."""
    with file.reading() as connection:
        gone = {
            step.row: step
            for step in _steps(
                connection, CHANGE.c.zone_code == zone, CHANGE.c.ledger == ledger.id, CHANGE.c.op == GONE
            )
        }
        table = table_of(ledger)
        there = set(connection.scalars(select(table.c.id).where(table.c.zone_code == zone)))
    return [step for row, step in reversed(gone.items()) if row not in there]


def restore_row(file: DataFile, step: Step) -> None:
    """Put a deleted row back as it was."""
    ledger = BY_ID[step.ledger]
    with batch(file, step.batch.zone, "恢复", f"恢复“{ledger.label}”一行") as work:
        if work.put_back(ledger, {step.row: {name: old for name, (old, _) in step.changed.items()}}):
            raise Refused(f"“{ledger.label}”里这个记录已另有一行,不能再放回")


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
