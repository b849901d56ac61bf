"""The totals of each pack's return, worked out again by LibreOffice from the exported workbook, are the ones we wrote."""

from __future__ import annotations

import io
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from models.packs.pack import pack, pack_ids
from tests.exporters.test_libreoffice import office, without_cached_values
from ui.commands.run import run_command

__all__ = ["office"]  # a fixture
FORMS = [id for id in pack_ids() if pack(id).form]


@pytest.fixture(scope="module")
def drafts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A draft of each return of a made-up zone; only drafts keep their formulas."""
    folder = tmp_path_factory.mktemp("草稿")
    data = str(folder / "演示.db")
    assert run_command(["demo", "--data", data, "--enterprises", "40", "--seed", "3"]) == 0
    for number, id in enumerate(FORMS):
        period = "2025" if "Y" in pack(id).forms else "2025-09"
        words = ["export", "--data", data, "--pack", id, "--period", period, "-o", str(folder / f"{number}.xlsx")]
        assert run_command(words) == 0
    return {str(number): (folder / f"{number}.xlsx").read_bytes() for number in range(len(FORMS))}


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")
def test_every_total_is_what_libreoffice_makes_of_it(drafts: dict[str, bytes], office: Any) -> None:
    bare = {name: without_cached_values(content) for name, content in drafts.items()}
    again: dict[str, Path] = office(bare, "xlsx")
    counted = {}
    for name, id in enumerate(FORMS):
        formulas, ours = (
            openpyxl.load_workbook(io.BytesIO(drafts[str(name)]), data_only=only) for only in (False, True)
        )
        theirs = openpyxl.load_workbook(again[str(name)], data_only=True)
        cells = [
            (sheet.title, cell.coordinate)
            for sheet in formulas
            for row in sheet.iter_rows()
            for cell in row
            if cell.data_type == "f"
        ]
        for sheet, cell in cells:
            found, expected = theirs[sheet][cell].value, ours[sheet][cell].value
            same = found == expected if isinstance(expected, str) else found == pytest.approx(float(expected), abs=1e-6)
            assert same, (id, sheet, cell, found, expected)
        counted[id] = len(cells)
    assert counted["工信"] >= 15
    assert counted["台办"] > 10
