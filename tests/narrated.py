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
from models.packs.pack import pack
from ui.commands.run import run_command


def asked(data: Path, id: str, capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    """The JSON of a command about the return of 2025."""
    capsys.readouterr()
    given = [words[0], "--data", str(data), "--pack", id, "--period", "2025", *words[1:], "--json"]
    assert run_command(given) == 0
    return json.loads(capsys.readouterr().out)


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
