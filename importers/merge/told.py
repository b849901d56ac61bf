"""What an import has to tell besides its counts: columns that stay out, rows that come back, cells to look at, with places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from importers.matching import Match
from importers.matching.match import ASK
from importers.merge.entries import Entry, entries
from importers.merge.plan import CONFLICT, RETURNED, Plan

_LINES = 20


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to look at: where it stands in the file, and one Chinese sentence."""

    place: str
    sentence: str


def lines(plan: Plan) -> Iterator[str]:
    """All of it in Chinese lines, one for cells with the same fault; of many the first twenty and how many more there are."""
    yield from columns(plan)
    for head, remarks in (
        ("不算数据的行", set_aside(plan)),
        ("退回", returned(plan)),
        ("冲突", conflicts(plan)),
        ("按原样保留并标红", kept(plan)),
        ("小数太长，已四舍五入", rounded(plan)),
    ):
        alike: dict[str, list[str]] = {}
        for one in remarks:
            alike.setdefault(one.sentence, []).append(one.place)
        for sentence, places in islice(alike.items(), _LINES):
            more = f" 等 {len(places)} 处" if len(places) > 1 else ""
            yield f"{head} {places[0]}{more}：{sentence}"
        if rest := [*alike.values()][_LINES:]:
            yield f"{head}：另有 {sum(map(len, rest))} 处（用 --json 可全部列出）"


def columns(plan: Plan) -> Iterator[str]:
    """The columns that stay out, those that a person must choose, and in which units figures were read."""
    by_note: dict[str, list[str]] = {}
    for one in plan.matching.columns:
        if one.how == ASK:
            yield f"没有导入 {_name(one)}：{one.note}"
        elif one.target is None and not one.column.serial:
            by_note.setdefault(f"没有导入的列（{one.note.removesuffix('，不导入')}）", []).append(_name(one))
        elif one.target and one.note:
            by_note.setdefault(one.note, []).append(_name(one))
        elif one.how.startswith("像") and one.target:
            by_note.setdefault("列名只是相像，请核对", []).append(f"{_name(one)} → {one.target.label}")
    for note, names in by_note.items():
        more = f" 等 {len(names)} 列" if len(names) > _LINES else ""
        yield f"{note}：{'、'.join(names[:_LINES])}{more}"


def set_aside(plan: Plan) -> Iterator[Remark]:
    """The rows that are no data."""
    return (Remark(one.place, f"{one.reason}“{one.text}”") for one in plan.matching.heading.aside)


def returned(plan: Plan) -> Iterator[Remark]:
    """The rows that could not be placed."""
    return (Remark(one.place, one.after) for one in entries(plan, RETURNED))


def conflicts(plan: Plan) -> Iterator[Remark]:
    """The fields of which the file says several things, or something else than what the ledger keeps."""
    return (Remark(one.place, _conflict(plan, one)) for one in entries(plan, CONFLICT) if one.cell is not None)


def kept(plan: Plan) -> Iterator[Remark]:
    """The cells that do not fit their field and are kept as typed."""
    data = plan.matching.heading.data
    for one in plan.filled:
        faults = {row: sentence for row, (_, sentence) in one.cells.raw.items()} | one.cells.destroyed
        for row, sentence in sorted(faults.items()):
            if row not in plan.faults:
                yield Remark(plan.grid.place(data[row], one.index), f"{one.field.label} {sentence}")


def rounded(plan: Plan) -> Iterator[Remark]:
    """The cells with more decimals than are stored."""
    data = plan.matching.heading.data
    for one in plan.filled:
        for row in one.cells.rounded:
            now = one.field.kind.edit(one.cells.stored[row])
            yield Remark(
                plan.grid.place(data[row], one.index), f"{one.field.label} 存为 {now} {one.field.unit}".rstrip()
            )


def _name(one: Match) -> str:
    return f"{one.column.where}“{one.column.label}”" if one.column.label else one.column.where


def _conflict(plan: Plan, one: Entry) -> str:
    what = f"{one.record} {one.field}"
    if not one.now:
        return f"{what} 文件里说法不一：{one.after}"
    which = "保留台账里的" if one.cell is not None and plan.keeps(one.cell) else "已用文件里的"
    return f"{what} 台账里是“{one.now}”，文件里是“{one.after}”，{which}"
