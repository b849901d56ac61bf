"""What an import tells beside its counts: one line a cell that wants a look, naming file, sheet and cell."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from importers.merge.entries import entries
from importers.merge.plan import CONFLICT, RETURNED, Plan
from importers.merge.run import Result
from ui.commands.output import say

MOST = 20


def tell_import(result: Result) -> None:
    """Say what could not be read, which records are disputed, which rows come back and which cells are kept as typed."""
    plan = result.plan
    name = f"“{plan.path.name}”"
    for note in result.notes:
        say(f"{name}：{note}")
    disputed, returned = entries(plan, CONFLICT), entries(plan, RETURNED)
    disputes = (f"{e.place} 冲突 {e.record} {e.field}：{_two(e.now, e.after)}" for e in disputed)
    _some((f"{name}{line}" for line in disputes), len(disputed), "冲突")
    _some((f"{name}{e.place} 退回：{e.after}" for e in returned), len(returned), "退回")
    kept = _kept(plan)
    _some((f"{name}{line}" for line in kept), len(kept), "按原样保留")


def _some(lines: Iterator[str], count: int, what: str) -> None:
    for line in islice(lines, MOST):
        say(line)
    if count > MOST:
        say(f"……{what}还有 {count - MOST:,} 处，没有一一列出")


def _two(now: str, after: str) -> str:
    """The ledger's value beside the file's; what the file itself disputes carries its addresses."""
    return f"台账是“{now}”，文件是“{after}”" if now else after


def _kept(plan: Plan) -> list[str]:
    """The cells kept as typed, a line for each thing that is wrong with cells of a column; rows that come back are not kept."""
    data, lines = plan.matching.heading.data, list[str]()
    for one in plan.filled:
        cells: dict[str, list[int]] = {}
        for row, fault in ({row: fault for row, (_, fault) in one.cells.raw.items()} | one.cells.destroyed).items():
            if row not in plan.faults:
                cells.setdefault(fault, []).append(row)
        for fault, rows in cells.items():
            more = f" 等 {len(rows):,} 格" if len(rows) > 1 else ""
            lines.append(f"{plan.grid.place(data[min(rows)], one.index)}{more} 按原样保留：{fault}")
    return lines
