"""Where in a file an imported row stood: the history keeps one number, which for several files in one step also tells which."""

from __future__ import annotations

import json

_ROWS = 10_000_000  # no sheet has so many


def number_in(file: int, row: int) -> int:
    """The number kept for a row of the file (or sheet) so numbered, the first being 0."""
    return file * _ROWS + row


def parted(place: int) -> tuple[int, int]:
    """The number of the file and the row that :func:`number_in` put together."""
    return divmod(place, _ROWS)


def told_place(place: int | None, source: str | None) -> str:
    """第 12 行, or 甲公司.xlsx 经济数据 第 12 行 where a step took in several; "" for none."""
    if not place:
        return ""
    number, row = parted(place)
    files = json.loads(source).get("files", []) if source else []
    named = " ".join(files[number]) if number < len(files) else ""
    return f"{named} 第 {row} 行".strip()
