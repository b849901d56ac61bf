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
    texts, checked = written(report), set[str]()
    for wanted in written(pack(id).report):
        pattern = "".join(_sentence(each, found) for each in re.split("(?<=。)", wanted))
        if not re.fullmatch(pattern, texts[0]) and re.fullmatch(pattern, ""):
            continue  # nothing of the paragraph is known
        text = texts.pop(0)
        assert re.fullmatch(pattern, text), (pattern, text)
        checked |= {each for each in _expressions(wanted) if _known(each, found) is not UNSAID}
    assert not texts
    return checked


UNSAID = object()  # what ``found`` says nothing of


def _expressions(text: str) -> tuple[str, ...]:
    slot = read_slot(text)
    return slot.expressions if slot else ()


def _known(expression: str, found: Mapping[str, Mapping[str, Any]]) -> object:
    if expression in found:
        return found[expression]["value"]
    return found[expression[3:-1]]["prior"] if expression.startswith("上年(") else UNSAID


def _sentence(wanted: str, found: Mapping[str, Mapping[str, Any]]) -> str:
    """A sentence; left out when nothing of it is known, as is a part of it after the first."""
    if not wanted.endswith("。"):
        return _part(wanted, found)
    parts = re.split("(?<=；)", wanted)
    values = [[_known(each, found) for each in _expressions(part)] for part in parts]
    unknown = [bool(each) and all(value is None or value is UNSAID for value in each) for each in values]
    surely = [each and UNSAID not in of for each, of in zip(unknown, values, strict=True)]
    if all(surely):
        return ""
    told = [_part(part[:-1], found) for part in parts]
    later = [
        "" if gone else f"(?:；{text})?" if may else f"；{text}"
        for text, may, gone in zip(told[1:], unknown[1:], surely[1:], strict=True)
    ]
    pattern = f"{told[0]}{''.join(later)}。"
    return f"(?:{pattern})?" if all(unknown) else pattern


def _part(wanted: str, found: Mapping[str, Mapping[str, Any]]) -> str:
    slot = read_slot(wanted)
    pattern = re.escape(slot.pieces[0] if slot else wanted)
    for expression, piece in zip(slot.expressions, slot.pieces[1:], strict=True) if slot else ():
        value = _known(expression, found)
        if value is UNSAID:
            pattern += "(?:.{1,40}?)" + (f"%?{re.escape(piece[1:])}" if piece.startswith("%") else re.escape(piece))
        elif value is None:
            pattern += "—" + re.escape(piece.removeprefix("%"))
        else:
            pattern += re.escape(str(value)) + re.escape(piece)
    return pattern
