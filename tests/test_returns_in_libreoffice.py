"""The returns' totals worked out again by LibreOffice: every formula of the workbooks of some random zones, both packs."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path

import openpyxl
import pytest

from models.packs.pack import pack
from models.periods import Period
from models.store.file import DataFile
from models.store.zones import pick
from tests.exporters.office import SOFFICE, convert, without_cached_values
from tests.independent.compare import SIDES, programs
from tests.independent.zones import fill
from ui.reporting import Asked, draft

ZONES = 2
Cells = dict[tuple[str, str], object]


def cells(content: bytes, *, formulas: bool = False) -> Cells:
    """(sheet, cell) → its value, or its formula."""
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=not formulas)
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
def test_every_total_is_what_libreoffice_makes_of_it(tmp_path: Path) -> None:
    drafts, values = {}, {}
    codes = fill(tmp_path / "随机.db", 1, ZONES)
    with DataFile(tmp_path / "随机.db", read_only=True) as file:
        for code in codes:
            with file.reading() as connection:
                zone, ranged = pick(connection, code), programs(connection, code)
            for name in SIDES:
                asked = Asked(zone, ranged, Period(2025), pack(name))
                drafts[f"{name}-{code}"] = draft(file, asked).content
                values[f"{name}-{code}"] = cells(draft(file, asked, marked=False).content)
    home = tmp_path / "office"
    home.mkdir()
    theirs = convert(home, {name: without_cached_values(content) for name, content in drafts.items()}, "xlsx")
    totals: Counter[str] = Counter()
    for name, content in drafts.items():
        ours, again = cells(content), cells(theirs[name].read_bytes())
        for place, text in cells(content, formulas=True).items():
            if not (isinstance(text, str) and text.startswith("=")):
                continue
            assert same(ours.get(place), values[name].get(place)), (name, place)
            assert same(ours.get(place), again.get(place)), (name, place, text, ours.get(place), again.get(place))
            totals[name.partition("-")[0]] += ours.get(place) not in (None, 0)
    assert all(totals[name] >= ZONES * 3 for name in SIDES), totals


def same(ours: object, theirs: object) -> bool:
    """Equal texts, or numbers but for the last digit of a double."""
    if isinstance(ours, int | float) and isinstance(theirs, int | float):
        return ours == pytest.approx(theirs, rel=1e-13, abs=1e-9)
    return ours == theirs
