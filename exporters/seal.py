"""The seal of an issued return: what it said when it was issued, carried inside the workbook (design.md §2).

Two hidden sheets are added. `_meta` names the return and holds its hash and short code; `_data` holds, packed, what was
sealed: the manifest, every cell's content in canonical form, and the return's own data for the province. The hash is of
what `_data` holds, and the cells are compared with it one by one, so that a changed cell can be named with what it said
before. This finds accident and casual edits; what convinces is that the short code equals the one on the stamped page.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from exporters.alterations import Alteration, alterations, text_of
from exporters.canonical import Cells, Content, canonical_text, read_cells
from exporters.cellxml import text_sheet
from exporters.datecells import DateCells
from exporters.pagemarks import mark_issued, stamp_sheets
from exporters.references import split_address
from exporters.xlsx_package import Package, WorkbookFault
from models.numbering import version_title

META, DATA = "_meta", "_data"

_ALPHABET = "23456789ABCDFGHJKLMNPQRSTUVWXYZ"  # no E (2.19E+26), no 0 O 1 I (asks 54)
_CODE_LENGTH = 8
_CHUNK = 30_000  # characters of one cell, below Excel's 32,767
_LARGEST = 256 << 20  # bytes of sealed data once unpacked


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed return: the workbook's bytes, the hash of what it says, and the code printed on its pages."""

    content: bytes
    sha256: str
    short_code: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a sealed return, in one sentence, with the cells altered and what the seal holds."""

    ok: bool
    sentence: str
    altered: tuple[Alteration, ...] = ()
    manifest: Mapping[str, str] = field(default_factory=dict)
    data: Mapping[str, Any] = field(default_factory=dict)


def seal(xlsx: bytes, manifest: Mapping[str, str], data: Mapping[str, Any]) -> Sealed:
    """Seal a filled return. `manifest` names it (pack_id, zone_code, period, version …), `data` is any JSON.

    Personal data must not be in `data`: that is the caller's duty. Raises WorkbookFault when it is sealed already.
    """
    package = Package(xlsx)
    if {sheet.name for sheet in package.sheets()} & {META, DATA}:
        raise WorkbookFault("这份工作簿已经封过签，不能再签发；请从报表页重新导出。")
    cells = {
        sheet: [[at, content.type, content.value] for at, content in contents.items()]
        for sheet, contents in read_cells(package).items()
    }
    sealed = {"manifest": dict(manifest), "cells": cells, "data": data}
    payload = json.dumps(sealed, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    sha256 = hashlib.sha256(payload).hexdigest()
    code = short_code(sha256)
    packed = base64.b64encode(zlib.compress(payload)).decode("ascii")
    stamp_sheets(package, lambda sheet: mark_issued(sheet, code, manifest.get("version", ""), manifest.get("kind", "")))
    package.add_sheet(META, text_sheet([*manifest.items(), ("sha256", sha256), ("short_code", code)]), hidden=True)
    chunks = [(packed[at : at + _CHUNK],) for at in range(0, len(packed), _CHUNK)]
    package.add_sheet(DATA, text_sheet(chunks), hidden=True)
    return Sealed(package.content(), sha256, code)


def is_sealed(path: Path) -> bool:
    """Say whether there is a sealed return at a path, altered or not; what cannot be read is none."""
    try:
        return META in {sheet.name for sheet in Package.load(path).sheets()}
    except (WorkbookFault, OSError):
        return False


def short_code(sha256: str) -> str:
    """Give the code a person can read out and compare: 7K3M-9QXA."""
    number, letters = int(sha256, 16), ""
    for _ in range(_CODE_LENGTH):
        number, digit = divmod(number, len(_ALPHABET))
        letters += _ALPHABET[digit]
    return f"{letters[:4]}-{letters[4:]}"


def verify(source: bytes | Path) -> Verdict:
    """Say whether a sealed return still says what was issued. Raises WorkbookFault or OSError if it cannot be read."""
    package = Package.load(source)
    sheets = read_cells(package)
    if META not in sheets:
        return Verdict(
            False, "这份文件没有封签：不是签发的上报表，或封签（_meta 工作表）已被删去；请向报送单位索要签发的原件。"
        )
    meta = _pairs(sheets.pop(META))
    told = {key: value for key, value in meta.values() if key not in {"sha256", "short_code"}}
    payload = _unpack(sheets.pop(DATA, {}))
    sha256 = hashlib.sha256(payload).hexdigest()
    sealed = json.loads(payload) if payload and ("sha256", sha256) in meta.values() else {}
    if not sealed.keys() >= {"manifest", "cells", "data"}:
        return Verdict(
            False, "封存的数据与封签对不上（_data 或 _meta 被改动）；请向报送单位索要签发的原件。", manifest=told
        )
    manifest = {**sealed["manifest"], "sha256": sha256, "short_code": short_code(sha256)}
    was = {sheet: {at: Content(kind, value) for at, kind, value in cells} for sheet, cells in sealed["cells"].items()}
    altered = [*_altered_meta(manifest, meta), *alterations(was, sheets, DateCells(package).shown)]
    sentence = _sentence(manifest, altered)
    return Verdict(not altered, sentence, tuple(altered), manifest, sealed["data"])


def differences(was: bytes, now: bytes) -> list[Alteration]:
    """What another version of a return says otherwise, sealed or not."""
    package = Package(now)
    return alterations(cells_of(Package(was)), cells_of(package), DateCells(package).shown)


def cells_of(package: Package) -> dict[str, Cells]:
    """What a version's own sheets say, sealed or not."""
    return {sheet: cells for sheet, cells in read_cells(package).items() if sheet not in {META, DATA}}


def _pairs(cells: Cells) -> dict[int, tuple[str, str]]:
    """Read `_meta`: row number to key and value."""
    rows = sorted(split_address(at)[0] for at in cells if at.startswith("A"))
    return {row: (cells[f"A{row}"].value, text_of(cells.get(f"B{row}"))) for row in rows}


def _unpack(cells: Cells) -> bytes:
    """Put the packed data together again; b"" when it is missing or damaged."""
    packed = "".join(cells[at].value for at in sorted(cells, key=split_address))
    try:
        return zlib.decompressobj().decompress(base64.b64decode(packed, validate=True), _LARGEST)
    except (binascii.Error, zlib.error, ValueError):
        return b""


def _altered_meta(manifest: Mapping[str, str], meta: Mapping[int, tuple[str, str]]) -> list[Alteration]:
    now = {key: (f"B{row}", value) for row, (key, value) in meta.items()}
    return [
        Alteration(META, now.get(key, ("B", ""))[0], str(was), now.get(key, ("", ""))[1])
        for key, was in manifest.items()
        if now.get(key, ("", ""))[1] != canonical_text(str(was))
    ]


def _sentence(manifest: Mapping[str, str], altered: list[Alteration]) -> str:
    if not altered:
        name = " ".join(manifest[key] for key in ("zone_name", "pack_id", "period") if manifest.get(key))
        no = manifest.get("version")
        version = f" {version_title(no, manifest.get('kind', ''))}" if no else ""
        return f"完好：{name}{version} 与签发时一致，校验码 {manifest['short_code']}；请与盖章页上的校验码核对。"
    shown = "；".join(map(str, altered[:3]))
    more = f"；另有 {len(altered) - 3} 处" if len(altered) > 3 else ""
    return f"与签发时不同，共 {len(altered)} 处：{shown}{more}。请向报送单位索要签发的原件。"
