"""Writing an import: one batch, so one undo, with the file's row in each record's history; stopped half-way it leaves nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from importers.merge.parts import Part
from importers.merge.plan import Counts, Plan
from importers.merge.times import of_each
from importers.progress import Progress, Steps
from models.kinds import Raw, Stored
from models.store.batches import Batch, batch
from models.store.carried import confirm
from models.store.file import DataFile
from models.store.merging import keep, period_columns
from models.store.values import Row, dumps

_STEP = 5_000


@dataclass(frozen=True, slots=True)
class Applied:
    """``batch`` is the number under which the import can be undone; None when there was nothing to write."""

    batch: int | None
    counts: Counts


def applying(file: DataFile, plan: Plan, title: str = "") -> Steps[Applied]:
    """Write a plan as one batch 导入. Closing the steps before the end leaves the file as it was."""
    source = {"file": plan.path.name, "sheet": plan.grid.sheet, "ledger": plan.ledger.id, "columns": _columns(plan)}
    with batch(file, plan.zone, "导入", title or f"导入 {plan.path.name}", source) as work:
        total = yield from writing(work, plan)
        yield Progress(total, total, "写历史，存盘")
    keep(file, plan.ledger, plan.matching.heading.fingerprint(), plan.matching.remembered())
    return Applied(work.no, plan.counts)


def writing(work: Batch, plan: Plan) -> Steps[int]:
    """Write a plan inside a batch that is open; how many rows it is about."""
    total = sum(sum(part.fresh) + len(part.changes) for part in plan.parts)
    writer = _Writer(work, plan, total)
    for number, part in enumerate(plan.parts):
        yield from writer.create(part)
        yield from writer.change(number, part)
        writer.confirm(number, part)
    return total


class _Writer:
    """Writes the parts one after another; rows that the main ledger gets are what the other parts refer to."""

    def __init__(self, work: Batch, plan: Plan, total: int) -> None:
        self.work, self.plan, self.total, self.done = work, plan, total, 0
        data, number = plan.matching.heading.data, plan.grid.row_number
        self.places = [number(data[row]) for row in plan.groups.first]
        self.owners: list[bytes | None] = list(plan.parts[0].rows)

    def create(self, part: Part) -> Steps[None]:
        """The rows that are new."""
        records = [record for record, fresh in enumerate(part.fresh) if fresh]
        if not records:
            return
        names, columns = self._columns(part, records)
        rows = [*zip(*columns, strict=True)]
        for start in range(0, len(rows), _STEP):
            yield Progress(self.done, self.total, f"写“{part.ledger.label}”")
            some = records[start : start + _STEP]
            places = [self.places[record] for record in some]
            ids = self.work.insert(part.ledger, names, rows[start : start + _STEP], places)
            self.done += len(ids)
            if not part.owner:
                for record, id in zip(some, ids, strict=True):
                    self.owners[record] = id

    def change(self, number: int, part: Part) -> Steps[None]:
        """The fields of rows that are there, but for those that the ledger keeps."""
        changed = sorted(part.changes)
        for start in range(0, len(changed), _STEP):
            yield Progress(self.done, self.total, f"改“{part.ledger.label}”")
            rows: dict[bytes, Row] = {}
            places: dict[bytes, int] = {}
            for record in changed[start : start + _STEP]:
                row = part.rows[record]
                assert row is not None
                rows[row] = {
                    part.columns[index].field.id: part.columns[index].values[record]
                    for index in part.changes[record]
                    if not self.plan.keeps((number, record, index))
                }
                places[row] = self.places[record]
            self.work.set_many(part.ledger, rows, places)
            self.done += len(rows)

    def confirm(self, number: int, part: Part) -> None:
        """What the file says of a row that was taken over from last year is this year's, be it the same as last year's."""
        rows = {}
        for record, row in enumerate(part.rows if part.ledger.rolls else ()):
            if row is not None:
                rows[row] = [
                    column.field.id
                    for index, column in enumerate(part.columns)
                    if column.values[record] is not None and not self.plan.keeps((number, record, index))
                ]
        confirm(self.work, part.ledger, rows)

    def _columns(self, part: Part, records: Sequence[int]) -> tuple[list[str], list[Sequence[object]]]:
        """The names and values of the columns of new rows: period, references, fields, and the texts kept as typed."""
        times = period_columns(part.ledger)
        whole = len(records) == len(part.fresh)
        names, columns = [*times], list[Sequence[object]]()
        if times:
            told = of_each(part.periods, lambda period: tuple(getattr(period, name) for name in times))
            columns += zip(*(told if whole else [told[record] for record in records]), strict=True)
        if part.owner:
            names.append(part.owner)
            columns.append([self.owners[record] for record in records])
        texts: dict[int, dict[str, str]] = {}
        for column in part.columns:
            values: Sequence[Stored] = column.values if whole else [column.values[record] for record in records]
            names.append(column.field.id)
            columns.append(_typed(values, column.field.id, texts))
        names.append("raw")
        columns.append([dumps(texts[row]) if row in texts else None for row in range(len(records))])
        return names, columns


def _typed(values: Sequence[Stored], name: str, texts: dict[int, dict[str, str]]) -> Sequence[Stored]:
    """A column without the texts that do not fit it, which go to ``texts``."""
    if Raw not in {*map(type, values)}:
        return values
    for row, value in enumerate(values):
        if isinstance(value, Raw):
            texts.setdefault(row, {})[name] = str(value)
    return [None if isinstance(value, Raw) else value for value in values]


def _columns(plan: Plan) -> dict[str, str]:
    """Which column of the file filled which field, for the history."""
    found: dict[str, str] = {}
    for one in plan.matching.matched:
        assert one.target is not None
        key = one.target.key.removeprefix(f"{plan.ledger.id}.")
        found[f"{key}@{one.target.period}" if one.target.named and one.target.period else key] = one.column.letter
    return found
