"""Merging a colleague's data file (合并): what they did since the two files were one comes in, field by field, as one batch.

Two files of one origin share the batches of the time before they parted: what only one of them changed since is taken from it, what
both changed is a conflict. Rows of files without a common origin are known by their keys; there every difference is a conflict.
Nothing is written before :func:`join`, and nothing is left out without being told.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from models.ledger import Ledger
from models.ledgers import LEDGERS
from models.progress import Progress, Steps
from models.store.batches import Batch, Refused, batch
from models.store.faults import Damaged, NewerFile, told
from models.store.file import DataFile
from models.store.joining_rows import Compared, Mark, Pair, Since, compare, told_of
from models.store.past import steps_of
from models.store.records import GONE
from models.store.sqlite import connect, copy, pending, schema_of
from models.store.tables import CHANGE, SCHEMA
from models.store.values import Row, chunks

MERGE = "合并"
OURS, THEIRS = "ours", "theirs"
Key = tuple[str, bytes, str]  # ledger, row, field ("" for the whole row)


@dataclass(frozen=True)
class Conflict:
    """What both files changed: a field of a row or (``field`` "") whether the row is there.

    ``ours`` and ``theirs`` are the values as people read them, ``our_mark`` and ``their_mark`` who set them when, as far as the
    histories tell. ``prefer`` is the later of the two.
    """

    ledger: Ledger
    row: bytes
    name: str
    period: str
    field: str
    ours: str
    theirs: str
    our_mark: str
    their_mark: str
    prefer: str

    @property
    def key(self) -> Key:
        """What a choice is kept under."""
        return self.ledger.id, self.row, self.field


@dataclass
class Plan:
    """What merging would do. ``choices`` may be changed before :func:`join`; a conflict without one keeps :attr:`Conflict.prefer`."""

    path: Path
    zone: str
    common: bool
    at: int  # the batch of our file that was the latest when the plan was made
    new: dict[str, dict[bytes, Row]] = field(default_factory=dict)
    updates: dict[str, dict[bytes, Row]] = field(default_factory=dict)
    same: int = 0
    only_ours: int = 0
    conflicts: list[Conflict] = field(default_factory=list)
    theirs: dict[Key, Row] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    choices: dict[Key, str] = field(default_factory=dict)

    @property
    def added(self) -> int:
        """Rows that would come in."""
        return sum(map(len, self.new.values()))

    @property
    def changed(self) -> int:
        """Rows of ours that take fields of theirs, the conflicts left out."""
        return sum(map(len, self.updates.values()))

    def choice(self, conflict: Conflict) -> str:
        """Which side stands."""
        return self.choices.get(conflict.key, conflict.prefer)


@dataclass(frozen=True)
class Joined:
    """What merging did: the batch (None when nothing had to be written), rows touched, rows that could not be with the reason."""

    no: int | None
    rows: int
    kept: tuple[tuple[str, str], ...]  # what the row is called, why it stayed


def plan_of(file: DataFile, zone: str, path: Path) -> Steps[Plan]:
    """Compare ``path`` with the open file. Raises EnvironmentFault and Refused with a sentence; neither file is changed."""
    with TemporaryDirectory(prefix="合并") as folder:
        theirs = Path(folder) / "theirs.db"
        yield Progress(0, 0, f"读“{path.name}”")
        _copied(file, path, theirs)
        with told(file.path), closing(connect(file.path, "read")) as connection:
            connection.execute("ATTACH DATABASE ? AS theirs", (str(theirs),))
            connection.execute("BEGIN")
            return (yield from _compared(connection, zone, path))


def _copied(file: DataFile, path: Path, target: Path) -> None:
    """A copy of their file, brought to this schema: theirs stays as it is."""
    if path.exists() and path.samefile(file.path):
        raise Refused("这就是现在打开的文件，请选同事的那一份")
    number = schema_of(path)
    if not number:
        raise Refused(f"没有“{path.name}”这个文件，或它是空的")
    if number > SCHEMA:
        raise NewerFile(f"“{path.name}”是新版程序存的，请升级程序后再合并；两个文件都没有动")
    try:
        with told(path), closing(connect(path, "read" if pending(path) else "frozen")) as source:
            copy(source, target)
    except Damaged as fault:
        raise Damaged(f"“{path.name}”已损坏，没有合并；请同事从备份恢复后再给你一份") from fault
    DataFile(target).close()


def _compared(connection: sqlite3.Connection, zone: str, path: Path) -> Steps[Plan]:
    zones = [code for (code,) in connection.execute("SELECT DISTINCT code FROM theirs.zone WHERE code IS NOT NULL")]
    if zone not in zones:
        raise Refused(f"“{path.name}”里没有开发区 {zone}（有：{'、'.join(zones) or '无'}），没有可合并的")
    since = Since.read(connection, zone)
    at = connection.execute("SELECT max(no) FROM main.batch").fetchone()[0] or 0
    plan = Plan(path, zone, since.common, at)
    if others := [code for code in zones if code != zone]:
        plan.notes.append(f"“{path.name}”里另有开发区 {'、'.join(others)}：换到那个开发区再合并")
    if not since.common:
        plan.notes.append("两个文件不是从同一份来的：按代码、名称认记录，凡不同的都列为冲突")
    ids: dict[str, dict[bytes, bytes]] = {}  # their rows that have another id here
    for number, ledger in enumerate(LEDGERS):
        yield Progress(number, len(LEDGERS), f"比“{ledger.label}”")
        _add(plan, since, compare(connection, zone, ledger, since, ids))
    plan.conflicts = [_told(connection, zone, each) for each in plan.conflicts]
    return plan


def _add(plan: Plan, since: Since, found: Compared) -> None:
    """Sort what one ledger's comparison found into the plan."""
    ledger = found.ledger
    plan.same += found.same
    plan.only_ours += found.only_ours
    plan.notes += found.notes
    if found.new:
        plan.new[ledger.id] = found.new
    for pair in found.pairs:
        takes, conflicts = pair.sides(since)
        if takes:
            plan.updates.setdefault(ledger.id, {})[pair.row] = takes
        plan.same += not takes and not conflicts
        for name in conflicts:
            plan.theirs[ledger.id, pair.row, name] = {name: pair.theirs.get(name)}
            plan.conflicts.append(_conflict(ledger, pair, name, since))
    for row, values in found.gone_here.items():  # we removed it, they went on with it
        plan.theirs[ledger.id, row, ""] = values
        plan.conflicts.append(_about_row(ledger, row, ("已删除", "还在，后来改过"), since))
    for row in found.gone_there:
        plan.conflicts.append(_about_row(ledger, row, ("还在", "已删除"), since))


def _conflict(ledger: Ledger, pair: Pair, name: str, since: Since) -> Conflict:
    ours, theirs = since.ours.get(ledger.id, pair.row, name), since.theirs.get(ledger.id, pair.their_row, name)
    later = THEIRS if theirs and (not ours or theirs.at > ours.at) else OURS
    mine, hers = (told_of(ledger, name, value) for value in (pair.ours.get(name), pair.theirs.get(name)))
    return Conflict(ledger, pair.row, "", "", name, mine, hers, _said(ours), _said(theirs), later)


def _about_row(ledger: Ledger, row: bytes, sides: tuple[str, str], since: Since) -> Conflict:
    mine, hers = _said(since.ours.any(ledger.id, row)), _said(since.theirs.any(ledger.id, row))
    return Conflict(ledger, row, "", "", "", *sides, mine, hers, OURS)


def _said(mark: Mark | None) -> str:
    return "" if mark is None else str(mark)


def _told(connection: sqlite3.Connection, zone: str, conflict: Conflict) -> Conflict:
    """With what its row is called."""
    name, period = Compared.named(connection, zone, conflict.ledger, conflict.row)
    return replace(conflict, name=name, period=period)


def join(file: DataFile, plan: Plan) -> Joined:
    """Carry out a plan as one batch. Raises Refused when the file has changed since; then nothing is written."""
    title = f"合并“{plan.path.name}”"
    kept: list[tuple[str, str]] = []
    with batch(file, plan.zone, MERGE, title, {"file": plan.path.name}) as work:
        latest = work.connection.exec_driver_sql("SELECT max(no) FROM batch").scalar() or 0
        if latest != plan.at:
            raise Refused("预览之后这个文件又改过了，请重新预览再合并")
        new, updates, gone = _decided(plan)
        for ledger in LEDGERS:
            kept += _take_rows(work, ledger, new.get(ledger.id, {}))
            kept += _take_fields(work, ledger, updates.get(ledger.id, {}))
        for ledger in reversed(LEDGERS):
            work.remove(ledger, [row for name, row in gone if name == ledger.id])
        touched = len(work.records)
    return Joined(work.no, touched, tuple(kept))


def _decided(plan: Plan) -> tuple[dict[str, dict[bytes, Row]], dict[str, dict[bytes, Row]], list[tuple[str, bytes]]]:
    """Rows to add, fields to write, rows to remove, the conflicts decided."""
    new = {name: dict(rows) for name, rows in plan.new.items()}
    updates = {name: {row: dict(values) for row, values in rows.items()} for name, rows in plan.updates.items()}
    gone: list[tuple[str, bytes]] = []
    for conflict in plan.conflicts:
        if plan.choice(conflict) == OURS:
            continue
        values = plan.theirs.get(conflict.key)
        if conflict.field and values is not None:
            updates.setdefault(conflict.ledger.id, {}).setdefault(conflict.row, {}).update(values)
        elif values is not None:
            new.setdefault(conflict.ledger.id, {})[conflict.row] = values
        else:
            gone.append((conflict.ledger.id, conflict.row))
    return new, updates, gone


def _take_rows(work: Batch, ledger: Ledger, rows: Mapping[bytes, Row]) -> Iterable[tuple[str, str]]:
    """Rows come in under their ids; one that was here before is put back as it was and then becomes what it is there."""
    before = _as_removed(work, ledger, rows)
    refused = work.put_back(ledger, {row: before.get(row, values) for row, values in rows.items()}) if rows else []
    for row in refused:
        yield _called(ledger, rows[row]), "它所属的记录不在本文件里，或这个记录已另有一行，没有带入"
    back = before.keys() - set(refused)
    yield from _take_fields(work, ledger, {row: dict.fromkeys(before[row]) | rows[row] for row in back})


def _as_removed(work: Batch, ledger: Ledger, rows: Mapping[bytes, Row]) -> dict[bytes, Row]:
    """What those of ``rows`` held that were here and were removed."""
    found: dict[bytes, Row] = {}
    for some in chunks(list(rows)):
        gone = (CHANGE.c.zone_code == work.zone, CHANGE.c.ledger == ledger.id, CHANGE.c.op == GONE)
        for step in steps_of(work.connection, *gone, CHANGE.c.row.in_(some)):
            found[step.row] = step.before
    return found


def _take_fields(work: Batch, ledger: Ledger, rows: Mapping[bytes, Row]) -> Iterable[tuple[str, str]]:
    orphans = set(work.orphans(ledger, rows))
    for row in orphans:
        yield _called(ledger, rows[row]), "它所属的记录不在本文件里，这一行没有改"
    yield from _written(work, ledger, {row: values for row, values in rows.items() if row not in orphans})


def _written(work: Batch, ledger: Ledger, rows: Mapping[bytes, Row]) -> Iterable[tuple[str, str]]:
    """Write all of them at once, or each that can be."""
    try:
        with work.connection.begin_nested(), work.records.forgetting(ledger.id, rows):
            work.set_many(ledger, rows)
    except Refused as fault:
        if len(rows) == 1:
            return [(_called(ledger, values), str(fault)) for values in rows.values()]
        return [told for row, values in rows.items() for told in _written(work, ledger, {row: values})]
    return []


def _called(ledger: Ledger, values: Row) -> str:
    said = next((str(values[name]) for name in ledger.title if isinstance(values.get(name), str)), "一行")
    return f"“{ledger.label}”{said}"
