"""A line of a pack's table 名单: which rows of a ledger are on a list that the policy names, why, and what is shown of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from models.packs.tables import Entry

_TITLED = re.compile(r"^([^：(（\"]+)：(.+)$", re.DOTALL)


@dataclass(frozen=True)
class Titled:
    """A formula and what stands above it; without a title of its own the formula says it."""

    title: str
    formula: str


@dataclass(frozen=True)
class Roster:
    """One list: the rows of ``ledger`` where ``condition`` holds, counted by ``group``.

    ``why`` and ``why_not`` (where the condition does not hold) are messages with formulas in braces. ``since`` is the day from which
    a row stands as it does (one formula for all, or one for each group by its name), ``longest`` the days after which that is too
    long, ``rates`` are figures told above the list.
    """

    id: str
    name: str
    kind: str
    ledger: str
    condition: str
    columns: tuple[Titled, ...]
    order: tuple[str, ...]
    group: str
    why: str
    why_not: str
    since: tuple[Titled, ...]
    longest: str
    rates: tuple[Titled, ...]
    scope: str
    clause: str
    words: str
    entry: Entry


def roster(entry: Entry) -> Roster:
    """The list that a line of the table tells of."""
    return Roster(
        entry["编号"],
        entry["名称"],
        entry["类别"],
        entry["台账"],
        entry["条件"],
        titled(entry["列"]),
        tuple(each.formula for each in titled(entry["排序"])),
        entry["分组"],
        entry["理由"],
        entry["不列"],
        titled(entry["起算"]),
        entry["停留上限"],
        titled(entry["率"]),
        entry["口径"],
        entry["条款"],
        entry["原文"],
        entry,
    )


def titled(text: str) -> tuple[Titled, ...]:
    """Formulas parted by full-width semicolons, each with its title before a full-width colon: 外资：属于(内外资, "台资")；签约日期."""
    found = []
    for part in (each.strip() for each in text.split("；")):
        match = _TITLED.match(part)
        if part:
            found.append(Titled(match[1].strip(), match[2].strip()) if match else Titled(_own(part), part))
    return tuple(found)


def _own(formula: str) -> str:
    """What a formula is called: a field by its own name."""
    return formula.rpartition(".")[2] if re.fullmatch(r"[\w.]+", formula) else formula
