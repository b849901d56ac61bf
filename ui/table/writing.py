"""Writing cells of a ledger's table: texts are read, changed rows become one batch, rows beyond the last new records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from models.kinds import Stored
from models.store.batches import Batch
from models.store.views import Column, Line
from ui.table.reading import read_column

if TYPE_CHECKING:
    from ui.table.model import LedgerModel

Place = tuple[int, int]  # row, column of the table


def put(model: LedgerModel, typed: Mapping[Place, object], kind: str, title: str = "") -> bool:
    """Write texts (or options chosen from a list) into cells of the table as one batch; False when it could not be done."""
    by_column: dict[int, dict[int, object]] = {}
    for (row, column), value in typed.items():
        by_column.setdefault(column, {})[row] = value
    return put_columns(model, [(model.columns[c].column, values) for c, values in by_column.items()], kind, title)


def put_columns(
    model: LedgerModel, typed: Sequence[tuple[Column, Mapping[int, object]]], kind: str, title: str = ""
) -> bool:
    """Write texts by column and row; without ``title`` the batch is named after what it changes. Nothing changed, nothing written."""
    by_row: dict[int, list[tuple[Column, Stored]]] = {}
    for column, cells in typed:
        key = (column.ledger.id, column.field.id, False)
        for row, value in zip(cells, read_column(model.session, column.field, list(cells.values())), strict=True):
            line = model.line(row)
            old = line.values.get(key) if line else None
            if old != value or type(old) is not type(value):
                by_row.setdefault(row, []).append((column, value))
    if not by_row:
        return True
    made: list[bytes] = []

    def change(work: Batch) -> None:
        for row, cells in sorted(by_row.items(), key=lambda pair: pair[0]):
            line = model.line(row) or _begin(model, work, cells, made)
            model.page().write(work, line, dict(cells))

    changed = {model.ids[row] for row in by_row if row < model.known}
    if not model.session.write(kind, title or _title(model, by_row), change, model):
        return False
    model.take_over(changed, made)
    return True


def remove_rows(model: LedgerModel, rows: Sequence[int]) -> bool:
    """Delete records (on a roster page, this period's row of them); everything can be restored."""
    lines = [line for row in rows if (line := model.line(row))]
    key = (model.ledger.id, False)
    ids = [line.rows[key] for line in lines if key in line.rows]
    if not ids:
        return False
    names = model.name_of(rows[0]) if len(ids) == 1 else f"{len(ids)} 行"
    title = f"删除{model.ledger.label} {names}"
    return model.session.write("删除", title, lambda work: work.remove(model.ledger, ids))


def _begin(model: LedgerModel, work: Batch, cells: Sequence[tuple[Column, Stored]], made: list[bytes]) -> Line:
    """A new record with what was typed of its own fields."""
    base = model.view.base
    id = model.page().add(work, {column.field.id: value for column, value in cells if column.ledger is base})
    made.append(id)
    return Line(id, {(base.id, False): id}, {}, {})


def _title(model: LedgerModel, by_row: Mapping[int, Sequence[tuple[Column, Stored]]]) -> str:
    (row, cells), *others = by_row.items()
    if others:
        return f"改{model.ledger.label} {sum(map(len, by_row.values()))} 格"
    if row >= model.known:
        return f"新增{model.view.base.label}"
    return f"改 {model.name_of(row)} · {'、'.join(column.field.label for column, _ in cells)}"
