"""Writing cells of a ledger's table: texts are read, changed rows become one batch, rows beyond the last new records."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from models.kinds import Stored
from models.store.batches import Batch
from models.store.views import Column, Line
from ui.table.cells import Typed
from ui.table.reading import read_column

if TYPE_CHECKING:
    from ui.table.model import LedgerModel

AGAIN = "again"  # the setting that names the fields a new record takes over from the one above it
MANY = 300  # rows; of more the old values are left to the batch to read
Changes = Mapping[Column, Mapping[int, Stored]]


def put(model: LedgerModel, typed: Typed, kind: str, title: str = "") -> bool:
    """Write texts (or options chosen from a list) into cells of the table as one batch; False when it could not be done."""
    return put_columns(model, [(model.columns[c].column, values) for c, values in typed.items()], kind, title)


def put_columns(
    model: LedgerModel, typed: Sequence[tuple[Column, Mapping[int, object]]], kind: str, title: str = ""
) -> bool:
    """Write texts by column and row; without ``title`` the batch is named after what it changes. Nothing changed, nothing written."""
    wanted = set[int]().union(*(cells for _, cells in typed))
    many = len(wanted) > MANY
    lines = _bare_lines(model, wanted) if many else model.lines(wanted)
    changes = {
        column: changed for column, cells in typed if (changed := _changed(model, lines, column, cells, blindly=many))
    }
    if not changes:
        return True
    rows = set[int]().union(*changes.values())
    made: list[bytes] = []
    begun = sorted(row for row in rows if row not in lines)
    again = _again(model) if len(begun) == 1 else {}

    def change(work: Batch) -> None:
        new = _begin(model, work, begun, changes, again)
        made.extend(line.id for line in new.values())
        there = lines | new
        ids = {row: line.id for row, line in there.items()}
        values = {}
        for column, cells in changes.items():
            known = cells
            if new and column.ledger is model.view.base:  # a new record has its own fields already
                known = {row: value for row, value in cells.items() if row in lines}
            values[column] = dict(zip(map(ids.__getitem__, known), known.values(), strict=True))
        model.page().write_many(work, there.values(), values)

    model.unsorted |= model.order[0] in changes
    if not model.session.write(kind, title or _title(model, changes, rows), change, model, rows=len(rows)):
        return False
    model.take_over({row: line.id for row, line in lines.items() if row in rows}, made)
    return True


def _bare_lines(model: LedgerModel, rows: Collection[int]) -> dict[int, Line]:
    """The lines of many rows without what is in them; the batch itself finds which rows of other ledgers there are."""
    base = (model.view.base.id, False)
    ids = {row: model.ids[row] for row in rows if 0 <= row < len(model.ids)}
    return {row: Line(id, {base: id}, {}, {}) for row, id in ids.items()}


def _changed(
    model: LedgerModel, lines: Mapping[int, Line], column: Column, cells: Mapping[int, object], *, blindly: bool = False
) -> dict[int, Stored]:
    """What the texts typed into a column mean, where it is not there already; typing what last year's was confirms it.

    ``blindly``: for all lines that there are, as their values were not read; the batch leaves alone what has its value already.
    """
    key, nothing = (column.ledger.id, column.field.id, False), Line(b"", {}, {}, {})
    stored = read_column(model.session, column.field, list(cells.values()))
    if blindly:
        found = dict(zip(cells, stored, strict=True))
        if None not in stored:
            return found
        return {row: now for row, now in found.items() if now is not None or row in lines}
    there = [lines.get(row, nothing) for row in cells]
    return {
        row: now
        for row, now, line in zip(cells, stored, there, strict=True)
        if now != (was := line.values.get(key)) or type(now) is not type(was) or key in line.carried
    }


def remove_rows(model: LedgerModel, rows: Sequence[int]) -> bool:
    """Delete records (on a roster page, this period's row of them); everything can be restored."""
    lines = [line for row in rows if (line := model.line(row))]
    key = (model.ledger.id, False)
    ids = [line.rows[key] for line in lines if key in line.rows]
    if not ids:
        return False
    names = model.name_of(rows[0]) if len(ids) == 1 else f"{len(ids)} 行"
    title = f"删除{model.ledger.label} {names}"
    return model.session.write("删除", title, lambda work: work.remove(model.ledger, ids), rows=len(ids))


def _again(model: LedgerModel) -> dict[str, Stored]:
    """What a new record takes over from the one above it: the columns that the clerk wants so."""
    above = model.line(model.known - 1)
    wanted = model.session.settings.get(f"table/{model.ledger.id}/{AGAIN}", [])
    if above is None:
        return {}
    values = {name: above.values.get((model.view.base.id, str(name), False)) for name in wanted}
    return {str(name): value for name, value in values.items() if value is not None}


def _begin(
    model: LedgerModel, work: Batch, rows: Sequence[int], changes: Changes, again: Mapping[str, Stored]
) -> dict[int, Line]:
    """New records with what was typed of their own fields, else with what they take over."""
    if not rows:
        return {}
    base = model.view.base
    own = [(column.field.id, cells) for column, cells in changes.items() if column.ledger is base]
    typed = [{name: cells[row] for name, cells in own if row in cells} for row in rows]
    ids = model.page().add_many(work, [{**again, **values} for values in typed])
    return {row: Line(id, {(base.id, False): id}, {}, {}) for row, id in zip(rows, ids, strict=True)}


def _title(model: LedgerModel, changes: Changes, rows: Collection[int]) -> str:
    (row, *others) = rows
    if others:
        return f"改{model.ledger.label} {sum(map(len, changes.values()))} 格"
    if row >= model.known:
        return f"新增{model.view.base.label}"
    return f"改 {model.name_of(row)} · {'、'.join(column.field.label for column in changes)}"
