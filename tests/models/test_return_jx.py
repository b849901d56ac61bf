"""The return of 工信 for the made-up zone: its figures by plain Python over exported CSV, and the filled form as text."""

from __future__ import annotations

import difflib
import io
import json
import os
from pathlib import Path

import openpyxl
import pytest

from exporters.workbook import fill as fill_form
from models.demo import fill
from models.packs.pack import pack
from models.returns import Frame, ReturnFigures
from models.store.file import DataFile
from models.store.zones import Zone, scope, zones
from tests.models.test_returns import CODE, SIGNED, TODAY, YEAR, dump
from tests.reference_jx import LEDGERS, Reference, read
from ui.commands.run import run_command

RETURNS = Path(__file__).resolve().parents[1] / "data" / "returns"


def as_it_was(folder: Path, id: str, code: str) -> None:
    """The form of a pack filled for the made-up zone reads as the text kept of it."""
    kept = RETURNS / f"{id}_演示.txt"
    with DataFile(folder / "演示.db", who="测试") as file:
        fill(file, zone=code)
        with file.reading() as connection:
            (zone,) = [each for each in zones(connection) if each.code == code]
            frame = Frame(Zone(code, "示例产业园", "示例园", ""), YEAR, SIGNED)
            made = ReturnFigures(connection, pack(id), frame, scope(connection, zone), TODAY)
            content = fill_form(pack(id).form, made, draft=False).content
    lines = [line for sheet in openpyxl.load_workbook(io.BytesIO(content)) for line in dump(sheet)]
    if os.environ.get("YEARBOOK_NEW_REFERENCE"):
        kept.write_text("\n".join(lines) + "\n", encoding="utf-8")
    expected = kept.read_text(encoding="utf-8").splitlines()
    assert lines == expected, "\n".join(difflib.unified_diff(expected, lines, "was", "is", n=0, lineterm=""))


def test_the_demonstration_return_is_as_it_was(tmp_path: Path) -> None:
    """Write tests/data/returns anew with YEARBOOK_NEW_REFERENCE=1, and read the difference before committing it."""
    as_it_was(tmp_path, "工信", CODE)


@pytest.mark.parametrize(("firms", "seed"), [("24", "1"), ("60", "7"), ("35", "2025")])
def test_every_indicator_equals_plain_python_over_csv(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], firms: str, seed: str
) -> None:
    data = str(tmp_path / "演示.db")
    assert run_command(["demo", "--data", data, "--enterprises", firms, "--seed", seed]) == 0
    for name in LEDGERS:
        assert run_command(["export", "--data", data, "--ledger", name, "-o", str(tmp_path / f"{name}.csv")]) == 0
    ledgers = read(tmp_path)
    for year in (2025, 2024):
        capsys.readouterr()
        assert run_command(["indicators", "--data", data, "--pack", "工信", "--period", str(year), "--json"]) == 0
        found = {row["id"]: row["value"] or "" for row in json.loads(capsys.readouterr().out)}
        expected = Reference(ledgers, year).figures()
        assert {id: found[id] for id in expected} == expected
        assert set(expected) == {each.id for each in pack("工信").indicators if each.clause}
