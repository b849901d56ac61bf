"""Where the value of one field of a row came from: each time it was set, by whom, and of an import the file, sheet and cell."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from models.kinds import Stored
from models.ledger import Ledger
from models.store.past import Done, Step
from models.store.places import parted
from models.store.records import EDIT, NEW


@dataclass(frozen=True)
class Origin:
    """One setting of a field: the batch, the value it left, and of an import ``file``, ``sheet`` and ``cell`` (D12).

    ``cell`` is only the row (“第 12 行”) where the import did not say which column filled the field; "" where nothing is known.
    """

    batch: Done
    value: Stored
    file: str = ""
    sheet: str = ""
    cell: str = ""


def origins(steps: Iterable[Step], ledger: Ledger, field: str, now: Stored, period: str = "") -> list[Origin]:
    """Each time a field of one row was set, the latest first; ``steps`` are all that happened to the row, in any order."""
    mine = sorted((step for step in steps if step.ledger == ledger.id), key=lambda step: step.batch.no)
    setting = [step for step in mine if step.op == NEW or (step.op == EDIT and field in step.changed)]
    found = []
    for place, step in enumerate(setting):
        # a created row keeps no copy of itself: what it held is what the next change found there, else what stands there now
        later = next((each.changed[field][0] for each in setting[place + 1 :] if field in each.changed), now)
        value = later if step.op == NEW else step.changed[field][1]
        if step.op == EDIT or value is not None:
            found.append(Origin(step.batch, value, *_place(step, ledger, field, period)))
    return found[::-1]


def steps_of_row(steps: Iterable[Step], row: bytes | None) -> list[Step]:
    """Those of one row."""
    return [step for step in steps if step.row == row]


def _place(step: Step, ledger: Ledger, field: str, period: str) -> tuple[str, str, str]:
    """File, sheet and cell of what an import wrote."""
    try:
        source = json.loads(step.batch.source or "{}")
    except ValueError:
        return "", "", ""
    if not isinstance(source, dict) or not isinstance(columns := source.get("columns", {}), dict):
        return "", "", ""
    number, row = parted(step.place or 0)
    if row and number < len(files := source.get("files", [])):  # one step of several files
        return (*map(str, files[number][:2]), f"第 {row} 行")  # type: ignore[return-value]
    names = [f"{ledger.id}.{field}"] + [field] * (source.get("ledger", ledger.id) == ledger.id)
    column = _column(columns, names, period)
    cell = f"{column}{step.place}" if column and step.place else f"第 {step.place} 行" if step.place else ""
    return str(source.get("file", "")), str(source.get("sheet", "")), cell


def _column(columns: dict[str, str], names: Sequence[str], period: str) -> str:
    for name in names:
        for key in (f"{name}@{period}", name):
            if key in columns:
                return str(columns[key])
    return ""
