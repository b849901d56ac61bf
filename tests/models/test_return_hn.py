"""The return of 湖南 for the made-up zone, a month and a quarter: the filled form as text, and what its cells hang together by."""

from __future__ import annotations

import difflib
import io
import os
from pathlib import Path

import openpyxl
import pytest

from exporters.workbook import fill as fill_form
from models.demo import fill
from models.packs.pack import pack
from models.periods import Period
from models.returns import Frame, ReturnFigures
from models.store.file import DataFile
from models.store.zones import Zone, scope, zones
from tests.models.test_returns import CODE, SIGNED, TODAY, dump

DUMP = Path(__file__).resolve().parents[1] / "data" / "returns" / "湖南_演示.txt"
PERIODS = ("2025-01", "2025-09", "2025Q3")


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, openpyxl.Workbook]:
    """Period → the filled form."""
    made = {}
    with DataFile(tmp_path_factory.mktemp("湖南") / "演示.db", who="测试") as file:
        fill(file, zone=CODE)
        with file.reading() as connection:
            (zone,) = [each for each in zones(connection) if each.code == CODE]
            for period in PERIODS:
                frame = Frame(Zone(CODE, "示例产业园", "示例园", ""), Period.parse(period), SIGNED)
                figures = ReturnFigures(connection, pack("湖南"), frame, scope(connection, zone), TODAY)
                content = fill_form(pack("湖南").form, figures, draft=False).content
                made[period] = openpyxl.load_workbook(io.BytesIO(content))
    return made


def test_the_demonstration_return_is_as_it_was(books: dict[str, openpyxl.Workbook]) -> None:
    """Write tests/data/returns anew with YEARBOOK_NEW_REFERENCE=1, and read the difference before committing it."""
    lines = [f"{period}\t{line}" for period, book in books.items() for sheet in book for line in dump(sheet)]
    if os.environ.get("YEARBOOK_NEW_REFERENCE"):
        DUMP.write_text("\n".join(lines) + "\n", encoding="utf-8")
    expected = DUMP.read_text(encoding="utf-8").splitlines()
    assert lines == expected, "\n".join(difflib.unified_diff(expected, lines, "was", "is", n=0, lineterm=""))


def stages(book: openpyxl.Workbook) -> list[list[object]]:
    return [[book["表HN-2"].cell(row, column).value for column in range(4, 8)] for row in range(8, 22)]


@pytest.mark.parametrize("period", ["2025-09", "2025Q3"])
def test_every_row_of_the_stages_adds_up(books: dict[str, openpyxl.Workbook], period: str) -> None:
    """上期末 ＋ 转入 － 转出 ＝ 期末, and something moved."""
    rows = [[int(str(each)) for each in row] for row in stages(books[period])]
    for before, come, gone, now in rows:
        assert before + come - gone == now
    assert sum(row[0] for row in rows) > 0
    assert sum(row[1] for row in rows) > 0


def test_nothing_is_told_of_a_month_before_that_nobody_kept(books: dict[str, openpyxl.Workbook]) -> None:
    """The made-up zone keeps its projects by month from January on."""
    assert {tuple(row[:3]) for row in stages(books["2025-01"])} == {("—", "—", "—")}
    assert sum(int(str(row[3])) for row in stages(books["2025-01"])) > 0


def test_the_quarter_ends_as_its_last_month_does_or_an_earlier_one(books: dict[str, openpyxl.Workbook]) -> None:
    for month, quarter in zip(stages(books["2025-09"]), stages(books["2025Q3"]), strict=True):
        assert int(str(month[3])) <= int(str(quarter[3]))
