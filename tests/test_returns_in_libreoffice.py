"""The returns of some random zones opened and reckoned again by LibreOffice: every total, and every figure beside plain Python."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import dataclass, field

import openpyxl
import pytest

from models.packs.pack import pack
from models.periods import Period
from models.store.file import DataFile
from models.store.zones import pick
from tests.exporters.office import SOFFICE, convert, without_cached_values
from tests.independent.compare import SIDES, World, expected, printed, programs, world
from ui.asked import Asked
from ui.reporting import draft

pytestmark = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
ZONES = 2
Key = tuple[str, str, int]
Cells = dict[tuple[str, str], object]


@dataclass
class Converted:
    """By pack, zone and year: the draft, what it says with values for formulas, and what LibreOffice makes of it."""

    made: World
    drafts: dict[Key, bytes] = field(default_factory=dict)
    values: dict[Key, Cells] = field(default_factory=dict)
    saved: dict[Key, Cells] = field(default_factory=dict)


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


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Converted:
    """Drafts of a few zones, opened, reckoned and saved again by LibreOffice."""
    made = world(tmp_path_factory.mktemp("随机"), 1, ZONES)
    found = Converted(made)
    with DataFile(made.path, read_only=True) as file:
        for code, year in made.asked:
            with file.reading() as connection:
                zone, ranged = pick(connection, code), programs(connection, code)
            for name in SIDES:
                asked, key = Asked(zone, ranged, Period(year), pack(name)), (name, code, year)
                found.drafts[key] = draft(file, asked).content
                found.values[key] = cells(draft(file, asked, marked=False).content)
    bare = {"-".join(map(str, key)): without_cached_values(content) for key, content in found.drafts.items()}
    saved = convert(tmp_path_factory.mktemp("office"), bare, "xlsx")
    found.saved |= {key: cells(saved["-".join(map(str, key))].read_bytes()) for key in found.drafts}
    return found


def test_every_total_is_what_libreoffice_makes_of_it(converted: Converted) -> None:
    totals: Counter[str] = Counter()
    for key, content in converted.drafts.items():
        ours, again = cells(content), converted.saved[key]
        for place, text in cells(content, formulas=True).items():
            if not (isinstance(text, str) and text.startswith("=")):
                continue
            assert same(ours.get(place), converted.values[key].get(place)), (key, place)
            assert same(ours.get(place), again.get(place)), (key, place, text, ours.get(place), again.get(place))
            totals[key[0]] += ours.get(place) not in (None, 0)
    least = {"台办": 3, "工信": 3}  # those of 赣州 and 南通 have few totals
    assert all(totals[name] >= ZONES * least.get(name, 1) for name in SIDES), totals


def test_the_saved_workbook_says_what_plain_python_says(converted: Converted) -> None:
    """Every cell that is one indicator, on the sheets whose rows stay where they are."""
    seen: Counter[str] = Counter()
    for (name, code, year), saved in converted.saved.items():
        right = expected(converted.made, name, code, year)
        ids = {each.name: each.id for each in pack(name).indicators}
        form = cells(pack(name).form)
        lists = {sheet for (sheet, _), text in form.items() if isinstance(text, str) and text.startswith("{{ *")}
        for (sheet, cell), text in form.items():
            id = ids.get(str(text)[2:-2].strip()) if str(text).startswith("{{") else None
            if id is None or sheet in lists:
                continue
            figure, said = printed(name, id, right[id]), saved.get((sheet, cell))
            assert said in (None, "—") if figure is None else same(said, float(figure)), (name, code, sheet, cell, id)
            seen[name] += 1
    assert all(seen[name] >= ZONES * 30 for name in SIDES), seen


def same(ours: object, theirs: object) -> bool:
    """Equal texts, or numbers but for the last digit of a double."""
    if isinstance(ours, int | float) and isinstance(theirs, int | float):
        return ours == pytest.approx(theirs, rel=1e-13, abs=1e-9)
    return ours == theirs
