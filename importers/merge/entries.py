"""The lines of a preview, made only when they are looked at: an import may have a hundred thousand."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import overload

from importers.lines import is_blank
from importers.merge.grouping import Column
from importers.merge.plan import CONFLICT, MERGED, NEW, RETURNED, SAME, UPDATED, Cell, Plan
from models.fields import Field
from models.kinds import Stored
from models.ledger import Time

KINDS = (CONFLICT, RETURNED, UPDATED, NEW, MERGED, SAME)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: what happens, to which record and field, the value now and after, and where in the file it stands.

    ``cell`` is given to :meth:`Plan.choose`, for 冲突 only.
    """

    kind: str
    record: str
    field: str
    now: str
    after: str
    place: str
    cell: Cell | None = None


class Entries(Sequence[Entry]):
    """The lines of one kind; several for a record whose fields are listed one by one."""

    def __init__(self, lines: Sequence[int], sizes: Sequence[int], make: Callable[[int, int], Entry]) -> None:
        self._lines, self._make = lines, make
        self._ends = list(accumulate(sizes)) if sizes else []

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else len(self._lines)

    @overload
    def __getitem__(self, index: int) -> Entry: ...
    @overload
    def __getitem__(self, index: slice) -> list[Entry]: ...
    def __getitem__(self, index: int | slice) -> Entry | list[Entry]:
        if isinstance(index, slice):
            return [self[one] for one in range(*index.indices(len(self)))]
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        index %= len(self)
        if not self._ends:
            return self._make(self._lines[index], 0)
        line = bisect_right(self._ends, index)
        return self._make(self._lines[line], index - (self._ends[line - 1] if line else 0))


def entries(plan: Plan, kind: str) -> Entries:
    """The lines of a plan of one kind: 新增 相同 (a record each), 更新 冲突 (a field each), 退回 并入 (a row each)."""
    if kind == RETURNED:
        return Entries(sorted(plan.faults), [], lambda row, _: _returned(plan, row))
    if kind == MERGED:
        rows = {
            row: record for record, mine in plan.groups.several.items() for row in mine[1:] if row not in plan.faults
        }
        return Entries(sorted(rows), [], lambda row, _: _merged(plan, row, rows[row]))
    records = [record for record, state in enumerate(plan.states) if state == kind]
    if kind in {NEW, SAME}:
        return Entries(records, [], lambda record, _: _whole(plan, record, kind))
    sizes = [_size(plan, record) for record in records]
    return Entries(records, sizes, lambda record, at: _field(plan, _cells(plan, record)[at]))


def _size(plan: Plan, record: int) -> int:
    """How many fields of a record are listed."""
    if any(part.fresh[record] for part in plan.parts) or plan.states[record] == CONFLICT:
        return len(_cells(plan, record))
    return sum(len(part.changes.get(record, ())) for part in plan.parts)


def _cells(plan: Plan, record: int) -> list[Cell]:
    """The fields of a record to list: disputed and changed ones, and those of a row that is made beside one that is there."""
    found = []
    for number, part in enumerate(plan.parts):
        made = part.fresh[record] and plan.states[record] != CONFLICT
        changes = part.changes.get(record, {})
        for index, column in enumerate(part.columns):
            own = column.field.id not in part.ledger.key
            if index in changes or record in column.disputed or (made and own and column.values[record] is not None):
                found.append((number, record, index))
    return found


def _field(plan: Plan, cell: Cell) -> Entry:
    number, record, index = cell
    part = plan.parts[number]
    column, change = part.columns[index], plan.change(cell)
    disputed = record in column.disputed or (change is not None and change.stays)
    now = _show(plan, column.field, change.now) if change else ""
    name = column.field.label
    if plan.ledger.time is Time.PERIOD and len(plan.parts) > 1:
        name += f" {part.periods[record].label}"
    after = column.disputed.get(record) or _show(plan, column.field, column.values[record])
    if change and after == now and column.field.kind.numeric:  # they differ only beyond the decimals shown
        now, after = (column.field.kind.edit(value) for value in (change.now, column.values[record]))
    if change and change.typed:
        now += "（手填）"
    kind = CONFLICT if disputed else UPDATED
    return Entry(kind, plan.title(record), name, now, after, _place(plan, record, column), cell if disputed else None)


def _whole(plan: Plan, record: int, kind: str) -> Entry:
    told = sum(
        column.values[record] is not None
        for part in plan.parts
        for column in part.columns
        if not (part.ledger.dated and column.field.id in part.ledger.key)
    )
    row = plan.matching.heading.data[plan.groups.first[record]]
    return Entry(kind, plan.title(record), f"{told} 项", "", "", plan.grid.row_place(row))


def _returned(plan: Plan, row: int) -> Entry:
    fault, at = plan.faults[row], plan.matching.heading.data[row]
    label = next((one.column.label for one in plan.matching.columns if one.column.index == fault.column), "")
    place = plan.grid.place(at, fault.column)
    return Entry(RETURNED, plan.grid.line(at), label, "", fault.sentence, place)


def _merged(plan: Plan, row: int, record: int) -> Entry:
    data, grid = plan.matching.heading.data, plan.grid
    first = grid.line(data[plan.groups.first[record]])
    place = grid.row_place(data[row])
    return Entry(MERGED, plan.title(record), "", "", f"与{' ' * (first[0] != '第')}{first}是同一条记录", place)


def _place(plan: Plan, record: int, column: Column) -> str:
    """Where a value stands: the first row of the record that says it, else one in which the column is filled at all."""
    mine, value = plan.groups.rows(record), column.values[record]
    stored = next(
        (one.cells.stored for one in plan.filled if one.field is column.field and one.index == column.index), []
    )
    data = plan.matching.heading.data
    filled = (row for row in mine if not is_blank(plan.grid.rows[data[row]][column.index]))
    row = next((row for row in mine if stored and stored[row] == value), next(filled, mine[0]))
    return plan.grid.place(data[row], column.index)


def _show(plan: Plan, field: Field, value: Stored) -> str:
    return plan.names.get(value, "") if isinstance(value, bytes) else field.kind.show(value)
