"""What the commands say of a pack, and whether each sentence of its narrative carries the return's own figures."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import docx
import pytest

from exporters.slots import read_slot
from exporters.wordmarks import blocks, is_table, text_of
from models.ledgers import LEDGERS
from models.packs.pack import pack
from ui.commands.run import run_command


def asked(data: Path, id: str, capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    """The JSON of a command about the return of 2025."""
    capsys.readouterr()
    given = [words[0], "--data", str(data), "--pack", id, "--period", "2025", *words[1:], "--json"]
    assert run_command(given) == 0
    return json.loads(capsys.readouterr().out)


def export_all(data: Path, zone: str) -> None:
    """Every ledger of a zone and its sub-parks as a CSV file beside the data."""
    for each in LEDGERS:
        out = str(data.with_name(f"{each.label}.csv"))
        assert run_command(["export", "--data", str(data), "--zone", zone, "--ledger", each.label, "-o", out]) == 0


def fill(data: Path, zone: str, ledger: str, key: str, *cells: str) -> None:
    """Fill in cells (项目=值) of one record for 2025."""
    where = ["--zone", zone, "--ledger", ledger, "--key", key, "--period", "2025"]
    assert run_command(["set", "--data", str(data), *where, *cells]) == 0


def table_told(id: str, report: bytes, found: Mapping[str, Mapping[str, Any]]) -> None:
    """The one table of the narrative says of each indicator what ``found`` does, of this year and of the last."""
    (table,) = docx.Document(io.BytesIO(report)).tables
    (wanted,) = docx.Document(io.BytesIO(pack(id).report)).tables
    for made, slot in zip(table.rows[1:], wanted.rows[1:], strict=True):
        of = found[slot.cells[2].text.strip("{} ")]
        values = ["—" if value is None else value for value in (of["value"], of["prior"])]
        assert [cell.text.replace(",", "") for cell in made.cells[2:4]] == values


def written(content: bytes) -> list[str]:
    """The paragraphs of a document, those in tables left out."""
    return [text_of(block) for block in blocks(docx.Document(io.BytesIO(content))) if not is_table(block)]


def bound(id: str, report: bytes, found: Mapping[str, Mapping[str, Any]]) -> set[str]:
    """The expressions that stand in sentences; each sentence must say what ``found`` does of this year and of the last."""
    checked = set()
    for wanted, text in zip(written(pack(id).report), written(report), strict=True):
        slot = read_slot(wanted)
        pattern = re.escape(slot.pieces[0]) if slot else re.escape(wanted)
        for expression, piece in zip(slot.expressions, slot.pieces[1:], strict=True) if slot else ():
            prior = expression.removeprefix("上年(").rstrip(")")
            value = found[expression]["value"] if expression in found else found.get(prior, {}).get("prior")
            if expression in found or expression.startswith("上年("):
                checked.add(expression)
                known = "—" if value is None else value
                pattern += f"{re.escape(known)}{'%?' if value is None and piece.startswith('%') else ''}"
                pattern += re.escape(piece.removeprefix("%") if value is None else piece)
            else:
                pattern += "(?:.{1,40}?)" + re.escape(piece)
        assert re.fullmatch(pattern, text), (pattern, text)
    return checked
