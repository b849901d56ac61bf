"""表TW-5 A: 期初 + 新增 − 流出 = 期末 (rule W015) for persons who leave and come back, have two posts at once, change what they do."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import openpyxl

from exporters.slots import read_slot
from models.ledgers.youth import TW_YOUTH
from models.packs.pack import pack
from models.periods import Period
from models.returns import Frame, ReturnFigures
from models.store.batches import batch
from models.store.file import DataFile
from models.store.zones import Zone, create_zone

ZONE = Zone("360799", "示例产业园", "示例园", "")
ROWS = {"就业创业": 9, "就业": 10, "创业": 11, "实习": 12}
Stay = tuple[str, str, int, int | None]  # person, kind, from, until

THERE: list[Stay] = [("甲", "1", 20230301, None)]
STAYS: dict[str, tuple[list[Stay], str, tuple[int, int, int, int, int]]] = {
    "there all along": (THERE, "就业", (1, 0, 0, 1, 1)),
    "left": ([("甲", "1", 20230301, 20250630)], "就业", (1, 0, 1, 0, 1)),
    "left before": ([("甲", "1", 20230301, 20241231)], "就业", (0, 0, 0, 0, 1)),
    "left on the last day": ([("甲", "1", 20230301, 20251231)], "就业", (1, 0, 1, 0, 1)),
    "came": ([*THERE, ("乙", "1", 20250101, None)], "就业", (1, 1, 0, 2, 2)),
    "came and left": ([("甲", "1", 20250201, 20250801)], "就业", (0, 1, 1, 0, 1)),
    "comes next year": ([("甲", "1", 20260101, None)], "就业", (0, 0, 0, 0, 0)),
    "left and came back": ([("甲", "1", 20230301, 20250401), ("甲", "1", 20250901, None)], "就业", (1, 0, 0, 1, 1)),
    "came twice": ([("甲", "1", 20250101, 20250301), ("甲", "1", 20250601, None)], "就业", (0, 1, 0, 1, 1)),
    "two posts, one given up": ([*THERE, ("甲", "1", 20240101, 20250501)], "就业", (1, 0, 0, 1, 1)),
    "two posts at the end": ([*THERE, ("甲", "1", 20250501, None)], "就业", (1, 0, 0, 1, 1)),
    "from practice to work: work": ([("甲", "3", 20240901, 20250228), ("甲", "1", 20250301, None)], "就业创业", (0, 1, 0, 1, 1)),
    "from practice to work: practice": ([("甲", "3", 20240901, 20250228), ("甲", "1", 20250301, None)], "实习", (1, 0, 1, 0, 1)),
    "work, then a firm of one's own: both": ([*THERE, ("甲", "2", 20250301, None)], "就业创业", (1, 0, 0, 1, 1)),
    "work, then a firm of one's own: the firm": ([*THERE, ("甲", "2", 20250301, None)], "创业", (0, 1, 0, 1, 1)),
}  # fmt: skip


def flows(file: DataFile) -> dict[str, tuple[object, ...]]:
    """What the form's cells say, row by row."""
    sheet = openpyxl.load_workbook(io.BytesIO(pack("台办").form))["表TW-5"]
    with file.reading() as connection:
        made = ReturnFigures(connection, pack("台办"), Frame(ZONE, Period(2025), {}), [ZONE.code], date(2026, 1, 5))
        slots = {kind: [read_slot(sheet.cell(row, at).value) for at in range(5, 10)] for kind, row in ROWS.items()}
        return {
            kind: tuple(made.value("表TW-5", slot.expressions[0]) for slot in cells if slot)
            for kind, cells in slots.items()
        }


def test_persons_are_followed_through_the_year(tmp_path: Path) -> None:
    """Each case in a zone of its own file; whatever happens, the identity holds in every row."""
    for name, (stays, kind, expected) in STAYS.items():
        with DataFile(tmp_path / f"{name.replace(':', '')}.db", who="测试") as file:
            create_zone(file, ZONE.code, ZONE.name)
            with batch(file, ZONE.code, "录入", "台青") as work:
                for number, (person, what, since, until) in enumerate(stays):
                    work.add(
                        TW_YOUTH,
                        {"ty_id": str(number), "id_no": person, "kind": what, "from_date": since, "to_date": until},
                    )
            found = flows(file)
        assert found[kind] == expected, name
        for first, came, gone, last, _ in found.values():
            assert first + came - gone == last, name  # type: ignore[operator]
