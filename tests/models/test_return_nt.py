"""The filled form of 南通 for the made-up zone as text (tests/data/returns), and its figures by plain Python over exported CSV."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from exporters.paging import page_sheets
from models.packs.pack import pack
from tests.independent.ledgers import read, rounded
from tests.independent.nantong import Nantong, places
from tests.models.test_return_jx import as_it_was
from tests.narrated import export_all
from ui.commands.run import run_command

CODE = "320691"


def test_the_demonstration_return_is_as_it_was(tmp_path: Path) -> None:
    """Write tests/data/returns anew with YEARBOOK_NEW_REFERENCE=1, and read the difference before committing it."""
    as_it_was(tmp_path, "南通", CODE)


def test_each_sheet_without_a_list_is_one_page(tmp_path: Path) -> None:
    data, out = str(tmp_path / "演示.db"), tmp_path / "年报.xlsx"
    assert run_command(["demo", "--data", data, "--zone", CODE]) == 0
    assert run_command(["export", "--data", data, "--pack", "南通", "--period", "2025", "-o", str(out)]) == 0
    lists = {each.sheet for each in pack("南通").sheets if each.ledger}
    pages = {sheet.name: len(sheet.pages) for sheet in page_sheets(out.read_bytes()) if sheet.name not in lists}
    assert len(pages) == 6
    assert set(pages.values()) == {1}


@pytest.mark.parametrize(("firms", "seed", "parks"), [("24", "1", "0"), ("60", "7", "2"), ("35", "2025", "1")])
def test_every_indicator_equals_plain_python_over_csv(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], firms: str, seed: str, parks: str
) -> None:
    data, made = str(tmp_path / "演示.db"), ["--enterprises", firms, "--seed", seed, "--parks", parks]
    assert run_command(["demo", "--data", data, "--zone", CODE, *made]) == 0
    export_all(Path(data), CODE)
    ledgers = read(tmp_path)
    for year in (2025, 2024):
        capsys.readouterr()
        asked = ["--data", data, "--zone", CODE, "--pack", "南通", "--period", str(year), "--json"]
        assert run_command(["indicators", *asked]) == 0
        found = {row["id"]: row["value"] for row in json.loads(capsys.readouterr().out)}
        right = Nantong(ledgers, CODE, year).figures()
        assert found.keys() == right.keys() == {each.id for each in pack("南通").indicators}
        assert {id: None if text is None else Fraction(text) for id, text in found.items()} == {
            id: None if figure is None else rounded(figure, places(id)) for id, figure in right.items()
        }
